"""Charts: where days and numbers stand, and that nothing written beside them covers anything else."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordingto.publish.axes import LEFT, Axes
from accordingto.publish.chart import APART, Point, history
from accordingto.publish.spark import course

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
NUMBERS = st.lists(st.integers(0, 10**12), min_size=1, max_size=8)


@given(DAYS, DAYS, NUMBERS, st.booleans(), st.sampled_from([340, 1208]))
def test_every_day_and_number_stands_inside_the_picture(
    one: date, other: date, values: list[int], tens: bool, width: int
) -> None:
    axes = Axes([one, other], values, width, 380, 18, tens)
    assert all(LEFT <= axes.x(on) <= width - 18 for on in (one, other))
    assert all(16 <= axes.y(value) <= 380 - 30 for value in values)
    written = axes.days(110)
    assert len(written) <= max(2, (width - 18 - LEFT) // 110)
    assert all(axes.first <= on <= axes.last for on, _ in written)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2025-06-15", "2025-06-18", ["15 June 2025", "16 June", "17 June", "18 June"]),
        ("2024-12-30", "2025-01-02", ["30 December 2024", "31 December", "1 January 2025", "2 January"]),
        ("2024-10-23", "2025-02-15", ["November 2024", "December 2024", "January 2025", "February 2025"]),
        ("2014-03-01", "2025-09-01", ["2016", "2018", "2020", "2022", "2024"]),
        ("2025-06-15", "2025-06-15", ["14 June 2025", "15 June", "16 June"]),
    ],
)
def test_days_are_written_in_a_rhythm_and_the_year_where_it_begins(first: str, last: str, words: list[str]) -> None:
    axes = Axes([date.fromisoformat(first), date.fromisoformat(last)], [1], 800, 380, 18)
    assert [said for _, said in axes.days(110)] == words


def test_numbers_far_apart_stand_by_tens_only_where_asked() -> None:
    days = [date(2025, 6, 15)]
    assert Axes(days, [3, 11_000], 800, 380, 18).steps == [0, 5_000, 10_000, 15_000]
    assert Axes(days, [30, 11_000], 800, 380, 18, tens=True).steps == [10, 100, 1_000, 10_000, 100_000]
    assert Axes(days, [0, 30, 11_000], 800, 380, 18, tens=True).steps == [0, 10, 100, 1_000, 10_000, 100_000]
    assert Axes(days, [30, 40], 800, 380, 18, tens=True).steps == [0, 10, 20, 30, 40]


@given(st.lists(st.integers(0, 100), min_size=1, max_size=14))
def test_names_at_the_ends_of_lines_never_cover_each_other(values: list[int]) -> None:
    points = [Point(chr(65 + n), f"Origin {n}", date(2025, 6, 15), value, value) for n, value in enumerate(values)]
    drawn = history(points, (None, None, None), 1208, 380)
    heights = [float(y) for y in re.findall(r'<text class="end c\d" x="\d+" y="([\d.]+)"', drawn)]
    assert len(heights) == len(values) and max(heights) <= 380
    assert all(below - above >= APART - 0.2 for above, below in pairwise(heights))


def test_what_stands_aside_joins_no_line() -> None:
    first, later = date(2025, 6, 15), date(2025, 6, 16)
    own = [Point("A", "agency", first, 12, 12), Point("A", "agency", later, 27, 27)]
    steps = [
        one.attrib["d"]
        for points in (own, [*own, Point("A", "agency", later, 9, 9, aside=True)])
        for one in ElementTree.fromstring(history(points, (None, None, None), 340, 260)).iter()
        if one.attrib.get("class", "").startswith("step")
    ]
    assert len(steps) == 2 and steps[0] == steps[1]


def test_a_small_course_begins_at_nought_so_that_little_changes_look_little() -> None:
    flat, steep = (course([("2025-06-15", low), ("2025-06-16", 100)]) for low in (99, 1))
    heights = [
        [float(y) for y in re.findall(r"[ML][\d.]+ ([\d.]+)", drawn.partition('class="course"')[2])]
        for drawn in (flat, steep)
    ]
    assert heights[0][0] - heights[0][1] < 1 < 10 < heights[1][0] - heights[1][1]


def test_one_day_is_no_course() -> None:
    assert course([("2025-06-15", 3)]) == "" and course([("2025", 3), ("2024", 4)]) == ""
