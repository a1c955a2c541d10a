"""Numbers: what is read as which bounds."""

from __future__ import annotations

import pytest
from counting import told
from hypothesis import given
from hypothesis import strategies as st


def bounds(words: str) -> tuple[int | None, int | None]:
    """The bounds of "… soldiers were killed", one figure."""
    (figure,) = told(f"Officials said {words} soldiers were killed near the river.")
    return figure.low, figure.high


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("1,500", 1500),
        ("1.500", 1500),
        ("1 500", 1500),
        ("１，５００", 1500),
        ("1\u00a0500", 1500),
        ("1’500", 1500),
        ("١٢", 12),
        ("1.2 million", 1_200_000),
        ("1.2m", 1_200_000),
        ("3k", 3000),
        ("15-hundred", 1500),
        ("12 hundred", 1200),
        ("four-thousand-100", 4100),
        ("half a million", 500_000),
        ("half a dozen", 6),
        ("two dozen", 24),
        ("a dozen", 12),
        ("a hundred and eighty", 180),
        ("three thousand four hundred", 3400),
        ("twenty-three", 23),
        ("forty-two thousand three hundred and five", 42_305),
        ("both", 2),
    ],
)
def test_a_number_is_read_however_it_is_written(words: str, value: int) -> None:
    assert bounds(words) == (value, value)


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("about 400", 400, 400),
        ("nearly 1,000", 1000, 1000),
        ("an estimated 70", 70, 70),
        ("at least 12", 12, None),
        ("more than 600", 600, None),
        ("no fewer than 12", 12, None),
        ("upwards of 90", 90, None),
        ("up to 300", None, 300),
        ("as many as 40", None, 40),
        ("no more than 15", None, 15),
        ("fewer than 50", None, 49),
        ("less than 100", None, 99),
        ("30 or more", 30, None),
        ("20-odd", 20, 20),
        ("500+", 500, None),
        ("at least some 30", 30, None),
    ],
)
def test_a_qualifier_opens_or_keeps_the_bounds(words: str, low: int | None, high: int | None) -> None:
    assert bounds(words) == (low, high)


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("11,000 to 12,000", 11_000, 12_000),
        ("between 50 and 70", 50, 70),
        ("50-70", 50, 70),
        ("50–70", 50, 70),
        ("seven or eight", 7, 8),
        ("two to three thousand", 2000, 3000),
        ("two or three dozen", 24, 36),
    ],
)
def test_a_range_has_two_bounds(words: str, low: int, high: int) -> None:
    assert bounds(words) == (low, high)


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("several", 3, 9),
        ("dozens of", 24, 99),
        ("several dozen", 24, 99),
        ("scores of", 40, 99),
        ("hundreds of", 200, 999),
        ("several hundred", 200, 999),
        ("thousands of", 2000, 9999),
        ("tens of thousands of", 20_000, 99_999),
        ("hundreds of thousands of", 200_000, 999_999),
    ],
)
def test_vague_words_have_the_bounds_of_their_table(words: str, low: int, high: int) -> None:
    assert bounds(words) == (low, high)


def test_a_user_may_choose_another_table_of_vague_words() -> None:
    (figure,) = told("Dozens of villagers were killed.", "acled")
    assert (figure.low, figure.high) == (12, 12)


def test_the_qualifier_is_kept_as_it_was_said() -> None:
    (figure,) = told("At least 12 miners were killed.")
    assert figure.qualifier == "at least"
    assert figure.evidence.exact == "At least 12 miners"


def test_points_and_commas_group_thousands_in_one_text() -> None:
    assert [one.low for one in told("Some 1.500 people died. Some 1,500 people were hurt.")] == [1500, 1500]


def test_a_qualifier_belongs_to_one_number_only() -> None:
    first, second = told("The count rose by 26 more dead than the 63 dead it gave before.")
    assert (first.low, first.high) == (26, 26)
    assert (second.low, second.high) == (63, 63)


def test_a_verb_that_ends_like_a_qualifier_is_none() -> None:
    (figure,) = told("The country has handed over 20 launchers since June.")
    assert (figure.low, figure.high, figure.qualifier) == (20, 20, None)


def test_a_fraction_of_a_number_has_derived_bounds() -> None:
    part, whole = told("A third of the 300 evacuees have gone home.")
    assert (part.low, part.high, part.mode) == (100, 100, "part")
    assert part.part_of == whole.id


def test_a_fraction_of_nothing_told_is_no_figure() -> None:
    assert not told("Nearly two-thirds of those killed were farmers.")


@pytest.mark.parametrize(
    "text",
    [
        "There were no casualties.",
        "No deaths were recorded.",
        "None of them was hurt.",
        "No one was injured in the fall.",
    ],
)
def test_none_is_zero(text: str) -> None:
    (figure,) = told(text)
    assert (figure.low, figure.high) == (0, 0)


@pytest.mark.parametrize(
    "text",
    [
        "There were no reports of casualties.",
        "There was no immediate word on casualties.",
        "No details of the casualties were given.",
        "There is no hope of aid being delivered.",
    ],
)
def test_no_reports_of_casualties_are_not_zero_casualties(text: str) -> None:
    assert not told(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A soldier was killed on Monday.", "killed"),
        ("The shelling wounded a nurse.", "wounded"),
        ("One woman died.", "killed"),
        ("Police arrested a man on Friday.", "detained"),
        ("A 14-year-old girl was hurt.", "wounded"),
        ("They mourned the death of a miner.", "killed"),
    ],
)
def test_one_person_to_whom_something_happened_is_one(text: str, kind: str) -> None:
    (figure,) = told(text)
    assert (figure.low, figure.high, figure.kind) == (1, 1, kind)


@pytest.mark.parametrize(
    "text",
    [
        "He was a soldier.",
        "Samir Adel, a teacher, was killed.",
        "The group would kill a hostage each time.",
        "He was arrested by a policeman.",
        "The ministry publishes a death toll every week.",
        "Gunmen released a statement.",
    ],
)
def test_a_person_who_is_only_mentioned_is_no_figure(text: str) -> None:
    assert not told(text)


def test_a_family_of_five_is_five() -> None:
    (figure,) = told("A family of five was killed in the collapse.")
    assert (figure.evidence.exact, figure.low, figure.kind) == ("A family of five", 5, "killed")


@given(st.integers(min_value=2, max_value=9_999_999), st.sampled_from([",", "", "\u00a0", "’"]))
def test_grouping_never_changes_a_value(value: int, separator: str) -> None:
    words = f"{value:,}".replace(",", separator)
    (figure,) = told(f"{words} people were displaced.")
    assert (figure.low, figure.high) == (value, value)


@pytest.mark.parametrize("words", ["9" * 40, "4,2017", "0800", "1.2.3", "²", "10" * 30 + ",000"])
def test_odd_digits_are_no_numbers(words: str) -> None:
    assert not told(f"{words} people were killed.")
