"""Bodies by all their names, the shipped ones and a user's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

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
    ],
)
def test_a_wrong_file_is_told_with_its_line_and_remedy(text: str, told: str) -> None:
    with pytest.raises(LanguageError, match=told):
        stage.check("mine.toml", text)
