"""The times of a text as EDTF."""

from __future__ import annotations

import pytest

from accordingto import when
from accordingto.prose import Prose
from accordingto.records import Report, When


def times(text: str, published: str | None = "2024-05-15") -> list[When]:
    report = Report("a", text, "0", published=published, language="en")
    return when.times(report, Prose(text, "en"))


def edtf(text: str, published: str | None = "2024-05-15") -> list[str]:
    return [time.edtf for time in times(text, published)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The bridge fell on 3 May 2023.", "2023-05-03"),
        ("The bridge fell on May 3, 2023.", "2023-05-03"),
        ("The bridge fell on Wednesday, 3 May 2023.", "2023-05-03"),
        ("The bridge fell on the 3rd of May 2023.", "2023-05-03"),
        ("The log reads 2023-05-03.", "2023-05-03"),
        ("BOGOTA, 3 JAN 90 (AGENCY) -- A TRUCK BURNED.", "1990-01-03"),
        ("The bridge fell on May 3, '98.", "1998-05-03"),
        ("The log reads 23/05/2023.", "2023-05-23"),
        ("The bridge fell on April 28.", "2024-04-28"),
        ("The bridge fell on 28 December.", "2023-12-28"),
        ("The bridge fell in May 2023.", "2023-05"),
        ("The bridge fell in March.", "2024-03"),
        ("The bridge fell last October.", "2023-10"),
        ("The bridge fell in October last year.", "2023-10"),
        ("The bridge fell in early April.", "2024-04-01/2024-04-10"),
        ("The bridge fell in late February 2023.", "2023-02-21/2023-02-28"),
        ("The bridge fell in mid-March.", "2024-03-11/2024-03-20"),
        ("The bridge fell in 1987.", "1987"),
        ("The bridge fell in nineteen eighty-seven.", "1987"),
        ("The bridge fell in the 1980s.", "198X"),
        ("The bridge fell in the early 1980s.", "198X"),
        ("The bridge fell in the third quarter of 2022.", "2022-07/2022-09"),
        ("The bridge fell in the summer of 2021.", "2021-22"),
        ("The bridge fell last autumn.", "2023-23"),
        ("The bridge fell on Monday.", "2024-05-13"),
        ("The bridge fell on Wednesday.", "2024-05-15"),
        ("The bridge fell last Wednesday.", "2024-05-08"),
        ("The bridge fell on Friday last week.", "2024-05-10"),
        ("The bridge fell yesterday.", "2024-05-14"),
        ("The bridge fell early on Tuesday morning.", "2024-05-14"),
        ("The bridge fell overnight.", "2024-05-14/2024-05-15"),
        ("The bridge fell last night.", "2024-05-14"),
        ("The bridge fell over the weekend.", "2024-05-11/2024-05-12"),
        ("The bridge fell last week.", "2024-05-06/2024-05-12"),
        ("The bridge fell earlier this year.", "2024"),
        ("The bridge fell three days ago.", "2024-05-12"),
        ("The bridge fell two weeks ago.", "2024-05-01~"),
        ("The bridge fell five months ago.", "2023-12"),
        ("The bridge fell forty-two years ago.", "1982"),
        ("Nine bridges fell in the past 24 hours.", "2024-05-14/2024-05-15"),
        ("The bridge fell on New Year's Eve.", "2023-12-31"),
        ("The bridge fell at Christmas 2022.", "2022-12-25"),
        ("The bridge fell on Easter Monday.", "2024-04-01"),
        ("The bridge fell on Thanksgiving.", "2023-11-23"),
        ("The bridge has been shut since March.", "2024-03/.."),
        ("The bridge will be shut until Friday.", "../2024-05-17"),
        ("The bridge will open by December.", "../2024-12"),
        ("It rained between 3 and 5 May 2023.", "2023-05-03/2023-05-05"),
        ("It rained from May 3 to 5, 2023.", "2023-05-03/2023-05-05"),
        ("It rained from Sunday to Tuesday.", "2024-05-12/2024-05-14"),
        ("It rained from 3 April to 7 May 2023.", "2023-04-03/2023-05-07"),
        ("It rained from 2014 to 2018.", "2014/2018"),
        ("It rained on April 3-4.", "2024-04-03/2024-04-04"),
        ("It rained on 7, 8 and 9 April.", "2024-04-07/2024-04-09"),
        ("It rained on the night of 3-4 April.", "2024-04-03/2024-04-04"),
        ("It rained in the first week of April.", "2024-04-01/2024-04-07"),
        ("It rained in the last week of March 2023.", "2023-03-25/2023-03-31"),
        ("It rained in the first six months of 2023.", "2023-01/2023-06"),
        ("It rained in the second half of April.", "2024-04-16/2024-04-30"),
        ("It rained in Q3 2023.", "2023-07/2023-09"),
        ("It has rained since early April.", "2024-04/.."),
        ("It rained over the past week.", "2024-05-08/2024-05-15"),
        ("It will open two weeks from now.", "2024-05-29~"),
        ("It rained after Tuesdays attack.", "2024-05-14"),
        ("It rained after the March attack.", "2024-03"),
        ("It rained at 10 p.m. (1900 GMT) Monday.", "2024-05-13"),
        ("The log reads 2024-05-03T14:00:00Z.", "2024-05-03"),
        ("It rained on ５ May ２０２３.", "2023-05-05"),
        ("It rained on ٥ May ٢٠٢٣.", "2023-05-05"),
        ("It rained on Election Day 2022.", "2022-11-08"),
        ("It rained two days after Sunday.", "2024-05-14"),
        ("It rained the day before Christmas 2022.", "2022-12-24"),
    ],
)
def test_a_time_is_read_against_the_day_of_publication(words: str, expected: str) -> None:
    assert edtf(words) == [expected]


@pytest.mark.parametrize(
    "words",
    [
        "It may rain, and they march on.",
        "Nobody saw the 2000 people who came.",
        "They paid $1987 for 1,987 loaves.",
        "She is in her 30s.",
        "Sun Microsystems sold the plant.",
        "The fall of the city shook them.",
        "They won 1-2 on 30 February.",
        "No such day: 2023-02-30.",
        "It rained on 30 February 2024.",
        "It rained on February 30.",
        "It rained on 31st April.",
        "It rained in 0225.",
        "They rest on Tuesdays.",
        "They are the people of tomorrow.",
        "On this day they rest.",
        "They closed at 10 p.m.",
        "The shelling began at 1930 on the hill.",
        "They met at 3-80 Jan Street.",
    ],
)
def test_words_that_only_look_like_times_are_left_alone(words: str) -> None:
    assert edtf(words) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("They will meet on Friday.", "2024-05-17"),
        ("They planned to leave on Thursday.", "2024-05-16"),
        ("The exhibition is scheduled to open on Monday.", "2024-05-20"),
        ("The hall will be finished in January.", "2025-01"),
        ("The hall was finished in January.", "2024-01"),
        ("He said it would snow on Sunday.", "2024-05-19"),
        ("He had to answer by Saturday.", "../2024-05-11"),
    ],
)
def test_the_verb_beside_a_weekday_says_whether_it_is_to_come(words: str, expected: str) -> None:
    assert edtf(words) == [expected]


def test_a_year_earlier_counts_from_the_time_told_last() -> None:
    assert edtf("The dam broke on 3 May 2020. A year earlier it had leaked.") == ["2020-05-03", "2019-05-03"]


def test_the_next_day_counts_from_the_day_told_last() -> None:
    assert edtf("The dam broke on 3 May 2020. The next day it rained.") == ["2020-05-03", "2020-05-04"]


def test_two_days_later_counts_from_the_day_told_last() -> None:
    assert edtf("The dam broke on 3 May 2020. Two days later, it rained.") == ["2020-05-03", "2020-05-05"]


def test_a_clock_is_of_the_day_told_beside_it() -> None:
    assert edtf("The dam broke on Monday. It gave way at 22:40.") == ["2024-05-13", "2024-05-13"]


def test_that_day_of_a_year_is_no_day() -> None:
    assert edtf("The dam broke in 1987. That day it rained.") == ["1987"]


def test_months_joined_by_and_share_the_year_that_only_one_names() -> None:
    assert edtf("It rained in March and April 2021.") == ["2021-03", "2021-04"]


def test_a_weekday_that_contradicts_its_date_leaves_a_doubt() -> None:
    assert edtf("The dam broke on Thursday, May 3.") == ["2024-05-03?"]


def test_a_year_ago_beside_a_quarter_is_that_quarter() -> None:
    assert edtf("In the first quarter 40 died, against 60 a year ago.") == ["2024-01/2024-03", "2023-01/2023-03"]


def test_a_deadline_looks_ahead_of_an_earlier_past() -> None:
    assert edtf("Some had left, and others would follow by Friday.") == ["../2024-05-17"]


def test_days_before_an_event_are_not_guessed() -> None:
    assert edtf("They met on 3 May 2020, ten days before the flood.") == ["2020-05-03"]


def test_a_dateline_gives_the_day_of_a_report_without_one() -> None:
    assert edtf("KELMIN, Jan 2 2023 (Northline) - The mill burned on Sunday.", None) == ["2023-01-02", "2023-01-01"]


def test_a_dateline_before_the_day_of_publication_is_what_the_report_counts_from() -> None:
    found = times("KELMIN, May 13 (Northline) - The mill burned on Sunday.", "2024-05-15")
    assert [time.edtf for time in found] == ["2024-05-13", "2024-05-12"]
    assert found[1].anchor == "2024-05-13"


def test_without_any_date_relative_times_stay_unknown() -> None:
    assert edtf("The mill burned on Sunday, three days ago.", None) == []


def test_a_publication_date_that_is_no_date_is_no_date() -> None:
    assert edtf("The mill burned on Sunday.", "0225") == []


def test_an_absolute_date_names_no_anchor() -> None:
    assert times("The mill burned on 3 May 2023.")[0].anchor is None


def test_a_relative_date_names_the_day_it_was_counted_from() -> None:
    assert times("The mill burned on Sunday.")[0].anchor == "2024-05-15"


def test_the_time_of_publication_may_carry_hours() -> None:
    assert edtf("The mill burned yesterday.", "2024-05-15T08:30:00Z") == ["2024-05-14"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-05-03", "2024-05-03", "2024-05-03"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("198X", "1980-01-01", "1989-12-31"),
        ("2024-22", "2024-06-01", "2024-08-31"),
        ("2024-05~", "2024-05-01", "2024-05-31"),
        ("../2024", None, "2024-12-31"),
        ("2024-06/..", "2024-06-01", None),
        ("nonsense", None, None),
    ],
)
def test_days_reads_back_what_is_written(text: str, first: str | None, last: str | None) -> None:
    assert tuple(day.isoformat() if day else None for day in when.days(text)) == (first, last)
