"""The files of kinds: merged from all sides, with errors that say which file."""

from __future__ import annotations

import pytest

from accordingto.errors import LanguageError
from accordingto.kinds import kinds, merge, readings, sheet, sheets

GOOD = """kind = "soaked"
counts = "people"
measure = "flow"
[en]
object = ["soak soaks soaked soaking soaked | through"]
"""


def test_every_kind_has_its_file() -> None:
    assert {one.kind.name for one in sheets()} == set(kinds())
    assert len(kinds()) == sum(not one.kind.only for one in sheets()) > 30
    assert {"killed", "wounded", "missing", "deployed", "in_training", "other:shot-down"} <= set(kinds())


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
    with pytest.raises(LanguageError, match=r"kinds/soaked\.toml and kinds/drenched\.toml both claim 'soak through'"):
        merge([one, other], "en")


def test_words_for_people_may_be_words_for_things_too() -> None:
    one = sheet("soaked.toml", GOOD)
    other = sheet("flooded.toml", GOOD.replace('"people"', '"things"').replace('"soaked"\n', '"flooded"\n', 1))
    assert len(merge([one, other], "en")["soak through"]) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kind = ", r"kinds/bad\.toml: .*; mend the file"),
        ('counts = "people"\n', r"kinds/bad\.toml: no kind"),
        (GOOD.replace('"people"', '"cattle"'), r"counts is 'cattle'; expected one of people, things, any"),
        (GOOD.replace('"flow"', '"pond"'), r"measure is 'pond'; expected one of stock, flow"),
        (GOOD.replace("soak soaks", "soak"), r"has 4 forms; write base, -s, past, -ing, participle"),
        (GOOD.replace("object", "objects"), r"unknown list 'objects'; expected one of object, subject, state"),
        ("colour = 1\n" + GOOD, r"unknown field 'colour'"),
        (GOOD.replace('["soak', '[" ", "soak'), r"object must be a list of words"),
    ],
)
def test_a_broken_file_says_where_and_what_is_expected(text: str, message: str) -> None:
    with pytest.raises(LanguageError, match=message):
        sheet("bad.toml", text)


def test_a_language_without_words_has_no_readings() -> None:
    assert not readings("xx")
