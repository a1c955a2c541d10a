"""Two spellings of one person's name, and two people whose names are near."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordingto import spelling


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Yu Yong-weon", "Yoo Yong-won"),
        ("Lee Seong-kweun", "Lee Sung-gwen"),
        ("Volodymyr Zelenskyy", "Vladimir Zelensky"),
        ("Kyrylo Budanov", "Kyrylo Boudanov"),
        ("Rami Abdel Rahman", "Rami Abdulrahman"),
        ("Muammar Gaddafi", "Moammar Kadhafi"),
        ("Kim Jong Un", "Kim Jong-un"),
        ("John F. Kennedy", "John Kennedy"),
    ],
)
def test_romanisations_of_one_name_are_one_person(one: str, other: str) -> None:
    assert spelling.person(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Jong Un", "Kim Jong Il"),
        ("Lee Jin-ho", "Lee Jun-ho"),
        ("Hassan Nasrallah", "Hussein Nasrallah"),
        ("Ivan Petrov", "Ivan Petrova"),
        ("Mohammed Deif", "Mahmoud Deif"),
        ("Jon Marn", "Jan Marn"),
        ("Peter Hall", "Peter Hill"),
        ("Dan Bell", "Dan Ball"),
    ],
)
def test_near_names_of_two_people_stay_two(one: str, other: str) -> None:
    assert not spelling.person(one, other)


def test_a_family_name_stands_first_or_last_as_its_language_has_it() -> None:
    assert spelling.family("Yu", "Yoo Yong-won")
    assert spelling.family("Zelensky", "Volodymyr Zelenskyy")
    assert not spelling.family("Volodymyr", "Volodymyr Zelenskyy")


@given(st.text(max_size=24), st.text(max_size=24))
def test_it_never_matters_which_name_comes_first(one: str, other: str) -> None:
    assert spelling.person(one, other) == spelling.person(other, one)


@given(st.text(alphabet="aeiouyjh", max_size=12))
def test_vowels_of_any_kind_have_sounds(word: str) -> None:
    assert len(spelling.sounds(word)) <= len(word)
