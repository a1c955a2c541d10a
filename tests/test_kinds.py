"""The files of kinds: merged from all sides, with errors that say which file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from counting import told

from accordingto import kinds as folder
from accordingto.cli import main
from accordingto.count.words import lexicon
from accordingto.errors import LanguageError
from accordingto.kinds import kinds, merge, problems, readings, sheet, sheets

ASKED = [
    "killed", "wounded", "casualties", "missing", "captured", "detained", "abducted", "released", "displaced",
    "evacuated", "refugees", "sheltering", "deployed", "in_training", "returned", "repatriated", "recruited",
    "other:surrendered", "other:destroyed", "other:shot-down", "other:fired", "other:hungry", "other:in-need",
    "other:infected",
]  # fmt: skip

GOOD = """kind = "soaked"
counts = "people"
measure = "flow"
[en]
object = ["soak soaks soaked soaking soaked | through"]
"""


def test_every_kind_has_its_file() -> None:
    assert {one.kind.name for one in sheets()} == set(kinds())
    assert len(kinds()) == sum(not (one.kind.only or one.kind.by) for one in sheets()) > 30
    assert set(ASKED) <= set(kinds())


def test_sums_and_wholes_name_kinds_that_exist() -> None:
    for kind in kinds().values():
        assert {*kind.part_of, *kind.sum_of, *kind.yields_to} <= set(kinds())


def test_a_verb_is_a_line_of_principal_parts() -> None:
    phrases = dict(sheet("soaked.toml", GOOD).phrases["en"])
    assert phrases["soak through"] == "active"
    assert phrases["soaking through"] == "active"
    assert ("soaked through", "passive") in sheet("soaked.toml", GOOD).phrases["en"]


def test_a_dash_leaves_a_form_out_and_an_underscore_is_a_blank() -> None:
    text = GOOD.replace("soak soaks soaked soaking soaked | through", "- - well_soaked - well_soaked")
    assert {phrase for phrase, _ in sheet("soaked.toml", text).phrases["en"]} == {"well soaked"}


def test_words_in_two_files_are_an_error_that_names_both() -> None:
    one = sheet("soaked.toml", GOOD)
    other = sheet("drenched.toml", GOOD.replace('"soaked"\n', '"drenched"\n', 1))
    with pytest.raises(LanguageError, match=r"drenched\.toml and soaked\.toml both claim 'soak through'"):
        merge([one, other], "en")


def test_words_for_people_may_be_words_for_things_too() -> None:
    one = sheet("soaked.toml", GOOD)
    other = sheet("flooded.toml", GOOD.replace('"people"', '"things"').replace('"soaked"\n', '"flooded"\n', 1))
    assert len(merge([one, other], "en")["soak through"]) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kind = ", r"bad\.toml: .*line 1.*; mend the file"),
        ('counts = "people"\n', r"bad\.toml, line 1: no kind"),
        (GOOD.replace('"people"', '"cattle"'), r"line 2: counts is 'cattle'; expected one of people, things, any"),
        (GOOD.replace('"flow"', '"pond"'), r"line 3: measure is 'pond'; expected one of stock, flow"),
        (GOOD.replace("soak soaks", "soak"), r"line 5: .* has 4 forms; write base, -s, past, -ing, participle"),
        (GOOD.replace("object", "objects"), r"unknown list 'objects'; expected one of object, subject, state"),
        ("colour = 1\n" + GOOD, r"unknown field 'colour'"),
        (GOOD.replace("[en]", 'part_of = "killed"\n[en]'), r"line 4: part_of is 'killed'; expected a list"),
        (GOOD.replace("[en]", 'single = "no"\n[en]'), r"line 4: single is 'no'; expected true or false"),
        (GOOD.replace('["soak', '[" ", "soak'), r"object must be a list of words"),
    ],
)
def test_a_broken_file_says_where_and_what_is_expected(text: str, message: str) -> None:
    with pytest.raises(LanguageError, match=message):
        sheet("bad.toml", text)


def test_a_language_without_words_has_no_readings() -> None:
    assert not readings("xx")


Own = Callable[[str, str], Path]


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Own]:
    """Puts a file into the user's folder; what was read of the folders before is forgotten."""

    def put(name: str, text: str) -> Path:
        (tmp_path / name).write_text(text, "utf-8")
        return tmp_path / name

    def forget() -> None:
        for known in (folder._loaded, kinds, readings, lexicon):
            known.cache_clear()

    monkeypatch.setenv("ACCORDINGTO_KINDS", str(tmp_path))
    forget()
    yield put
    monkeypatch.undo()
    forget()


def test_a_kind_of_ones_own_is_one_file(own: Own) -> None:
    own("soaked.toml", GOOD)
    assert [(figure.low, figure.kind) for figure in told("The rain soaked through 40 marchers.")] == [(40, "soaked")]
    assert not problems()


def test_ask_answers_for_a_kind_of_ones_own(own: Own, tmp_path: Path) -> None:
    own("soaked.toml", GOOD)
    report = tmp_path / "rain.txt"
    report.write_text("The rain soaked through 40 marchers in Dorhan on Monday, police said.", "utf-8")
    ledger = ["--ledger", str(tmp_path / "rain.accordingto")]
    assert CliRunner().invoke(main, ["read", str(report), *ledger]).exit_code == 0
    assert "Marchers soaked" in CliRunner().invoke(main, ["ask", "soaked", *ledger]).output


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kind = ", "bad.toml: "),
        (GOOD.replace("flow", "pond"), "bad.toml, line 3: measure is 'pond'"),
        (GOOD.replace('"soaked"', '"killed"', 1), "bad.toml and kinds/killed.toml both define the kind 'killed'"),
        (
            GOOD.replace("soak soaks soaked soaking soaked | through", "kill kills killed killing killed"),
            "bad.toml and kinds/killed.toml both claim 'kill' as active",
        ),
        (GOOD.replace("[en]", 'part_of = ["wet"]\n[en]'), "bad.toml: no kind is called 'wet'"),
    ],
)
def test_a_bad_file_of_ones_own_is_left_out_and_told_in_one_line(own: Own, text: str, message: str) -> None:
    own("bad.toml", text)
    own("soaked.toml", GOOD)
    (problem,) = problems()
    assert message in problem and "\n" not in problem
    assert {"soaked", "killed"} <= set(kinds())
    assert told("The blast killed 12 people.")


def test_a_command_says_what_is_wrong_with_a_file_once(own: Own) -> None:
    own("bad.toml", "kind = ")
    told_ = CliRunner().invoke(main, ["mark", "-"], input="The blast killed 12 people.").output
    assert told_.count("bad.toml") == 1
