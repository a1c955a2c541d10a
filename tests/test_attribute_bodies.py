"""Bodies by all their names, the shipped ones and a user's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from accordingto import who
from accordingto.attribute import bodies as stage
from accordingto.attribute.bodies import bodies
from accordingto.errors import LanguageError


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder for the user's own files; what was read of it is forgotten afterwards."""
    monkeypatch.setenv("ACCORDINGTO_BODIES", str(tmp_path))
    _forget()
    yield tmp_path
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    stage._own.cache_clear()
    bodies.cache_clear()
    who._names.cache_clear()
    who._actor.cache_clear()


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Seoul's spy agency", "National Intelligence Service"),
        ("the South Korean spy agency", "National Intelligence Service"),
        ("South Korea's National Intelligence Service", "National Intelligence Service"),
        ("Chile's health ministry", "Chilean Health Ministry"),
        ("the Ministry of Health of Chile", "Chilean Health Ministry"),
        ("the United Nations' migration agency", "International Organization for Migration"),
    ],
)
def test_a_body_is_known_by_its_country_and_office(words: str, name: str) -> None:
    found = bodies("en").called(words)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("words", ["the spy agency", "the guardian", "the civil guard"])
def test_a_common_noun_names_no_body(words: str) -> None:
    assert bodies("en").called(words) is None


def test_a_metonym_says_whose_words_they_are() -> None:
    found = bodies("en").called("the Kremlin")
    assert found is not None
    assert (found.stands_for, found.country) == ("Government of Russia", "RU")


def test_no_shipped_form_names_two_bodies() -> None:
    names: dict[tuple[str, str], set[str]] = defaultdict(set)
    for form in stage._forms(stage.table("en", "bodies")):
        country = form.body.country or "" if form.words.startswith(stage.NATIONAL) else ""
        names[country, stage.key(form.words)].add(form.body.name)
    assert {form: found for form, found in names.items() if len(found) > 1} == {}


def test_a_body_of_the_users_own_is_known(own: Path) -> None:
    (own / "valley.toml").write_text('[organisation.CL]\n"Valley Watch" = ["VW", "~valley monitor"]\n', "utf-8")
    found = bodies("en").called("Chile's valley monitor")
    assert found is not None
    assert (found.name, found.kind) == ("Valley Watch", "organisation")
    assert stage.problems() == ()


def test_a_broken_file_is_one_line_and_the_others_work(own: Path) -> None:
    (own / "a.toml").write_text('[outlet]\n"Dale Post = []\n', "utf-8")
    (own / "b.toml").write_text('[outlet]\n"Dale Courier" = []\n', "utf-8")
    (problem,) = stage.problems()
    assert "a.toml, line 2" in problem
    assert "\n" not in problem
    assert bodies("en").called("Dale Courier") is not None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[agency]\nX = []\n", "unknown section 'agency'"),
        ("[government.XQ]\nX = []\n", "'XQ' is no country"),
        ('[capitals]\nVadra = "Tarvia"\n', "'Tarvia' is no country"),
        ('[outlet]\n\n"Dale Post" = "DP"\n', "line 3"),
        ('[wikidata]\n"Dale Post" = "42"\n', "line 2: '42' is no Wikidata id"),
        ('[sectors]\nREB = "Dale Front"\n', "line 2"),
    ],
)
def test_a_wrong_file_is_told_with_its_line_and_remedy(text: str, told: str) -> None:
    with pytest.raises(LanguageError, match=told):
        stage.check("mine.toml", text)


def test_a_body_of_the_users_own_acts_with_its_country_and_sector(own: Path) -> None:
    (own / "valley.toml").write_text(
        '[organisation.CL]\n"Valley Front" = ["VF"]\n[sectors]\nREB = ["Valley Front"]\n'
        '[wikidata]\n"Valley Front" = "Q1"\n',
        "utf-8",
    )
    found = who.actor("fighters of the Valley Front")
    assert (found.name, found.country, found.sector) == ("Valley Front fighters", "CL", "REB")
    known = bodies("en").called("VF")
    assert known is not None
    assert known.wikidata == "Q1"


@pytest.mark.parametrize(
    ("words", "country", "sector"),
    [
        ("the Myanmar National Democratic Alliance Army", "MM", "REB"),
        ("al-Nusra Front", "SY", "REB"),
        ("the Border Security Force", "IN", "GOV"),
        ("Lebanese Civil Defence", "LB", "GOV"),
        ("Mossad", "IL", "SPY"),
    ],
)
def test_the_bodies_that_speak_are_the_bodies_that_act(words: str, country: str, sector: str) -> None:
    found = who.actor(words)
    assert (found.country, found.sector) == (country, sector)


@pytest.mark.parametrize("words", ["three MIT researchers", "two Dawn raiders", "a Baku man"])
def test_names_that_are_much_else_are_no_bodies(words: str) -> None:
    assert who.actor(words).kind != "body"
    assert "MIT" not in who.bodies() and "Dawn" not in who.bodies() and "Baku" not in who.bodies()
