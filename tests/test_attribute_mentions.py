"""One mention of a source, read as it stands."""

from __future__ import annotations

import pytest

from accordingto.attribute.mentions import read
from accordingto.attribute.words import words

WORDS = words("en")


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Governor Petra Holm of Kelm province", "Petra Holm", "Governor"),
        ("Ilse Marn, the interior minister,", "Ilse Marn", "interior minister"),
        ("its spokesman, Joel Marn", "Joel Marn", "spokesman"),
        ("a spokesman for the Health Ministry, Omar Sayegh,", "Omar Sayegh", "spokesman"),
        ("Tom Barr, 52, a member of the crew and its doctor", "Tom Barr", None),
        ("Lena Ost head of the health authority", "Lena Ost", "head"),
        ("Pensioner Bruno Falk, 78,", "Bruno Falk", "Pensioner"),
        ("spokesman Ashraf al-Marn", "Ashraf al-Marn", "spokesman"),
        ("The mayor, Dr. Ola Marn", "Ola Marn", "Dr"),
        ("Lt. Gen. Ola d'Ost, the commander", "Ola d'Ost", "Lt. Gen"),
    ],
)
def test_a_person_is_named_apart_from_the_role(text: str, name: str, role: str | None) -> None:
    mention = read(text, WORDS)
    assert mention.name == name
    assert role is None or mention.role == role


def test_the_body_a_spokesman_speaks_for_is_the_affiliation() -> None:
    assert read("a spokesman for the Health Ministry, Omar Sayegh,", WORDS).affiliation == "Health Ministry"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Seoul's spy agency", "National Intelligence Service"),
        ("the NIS", "National Intelligence Service"),
        (
            "The Britain-based Syrian Observatory for Human Rights monitoring group",
            "Syrian Observatory for Human Rights",
        ),
        ("Agence France-Presse", "AFP"),
    ],
)
def test_a_body_with_many_names_is_known_by_one(text: str, name: str) -> None:
    assert read(text, WORDS).name == name


def test_the_name_of_an_outlet_stands_behind_its_description() -> None:
    mention = read("The Velmar daily Morgen Pravda", WORDS)
    assert (mention.name, mention.kind) == ("Morgen Pravda", "outlet")


def test_two_who_speak_together_are_one_source() -> None:
    assert (
        read("a war monitor and medical workers in the area", WORDS).name
        == "war monitor and medical workers in the area"
    )


def test_a_relative_clause_is_no_part_of_the_name() -> None:
    assert read("The harbour authority, which runs the lock,", WORDS).name == "harbour authority"


def test_a_capital_that_speaks_is_a_government() -> None:
    mention = read("Moscow", WORDS)
    assert (mention.name, mention.kind, mention.country) == ("Moscow", "government", "RU")


def test_somebody_who_asked_not_to_be_named_is_unnamed() -> None:
    assert read("A military official who asked not to be named", WORDS).kind == "unnamed"


def test_initials_behind_the_word_for_an_agency_are_an_outlet() -> None:
    mention = read("the state agency KPA", WORDS)
    assert (mention.name, mention.kind) == ("KPA", "outlet")
