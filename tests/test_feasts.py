"""Feasts, by the calendar of the country a report is about."""

from __future__ import annotations

import pytest
from test_when import edtf


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("Twelve people were shot on Christmas Day.", "2024-12-28", "2024-12-25"),
        ("On New Year’s Eve a rocket fell on the depot.", "2023-01-03", "2022-12-31"),
        ("The bombs went off on Easter Sunday in Colombo.", "2019-04-22", "2019-04-21"),
        ("The market burned on Eid al-Fitr, police in Nigeria said.", "2024-04-15", "2024-04-10"),
        ("Gunmen struck on the second day of Eid al-Adha.", "2023-07-02", "2023-06-29"),
        ("The attack began on the feast of Simchat Torah.", "2023-10-20", "2023-10-07"),
        ("They left after Nowruz 2021.", "2024-11-02", "2021-03-21"),
        ("Shoppers were out for Diwali.", "2024-11-02", "2024-10-31"),
        ("Fighting paused during Ramadan.", "2025-04-10", "2025-03-01/2025-03-29"),
        ("The church was full on Orthodox Easter.", "2022-04-26", "2022-04-24"),
        ("They will march by Victory Day.", "2023-05-01", "../2023-05-09"),
    ],
)
def test_a_feast_is_its_day(text: str, published: str, expected: str) -> None:
    assert edtf(text, published)[0] == expected


def test_eid_falls_on_the_day_the_country_keeps() -> None:
    said = "{} police said the shop was looted on Eid al-Adha."
    assert edtf(said.format("Jordanian"), "2023-07-02") != edtf(said.format("Indonesian"), "2023-07-02")


def test_a_country_right_before_a_feast_owns_it() -> None:
    text = "US officials and American envoys were there when Ukraine's Independence Day was marked."
    assert edtf(text, "2023-08-30") == ["2023-08-24"]


def test_a_feast_without_owner_is_of_the_country_told_of_most() -> None:
    assert edtf("Ukrainian crews slept. Ukrainian towns were hit on Independence Day.", "2022-08-26") == ["2022-08-24"]
    assert edtf("Independence Day parades were cancelled.", "2024-07-06") == ["2024-07-04"]


def test_easter_follows_the_church_of_the_country() -> None:
    assert edtf("Greek police searched the port on Easter Sunday.", "2024-05-08") == ["2024-05-05"]
    assert edtf("Spanish police searched the port on Easter Sunday.", "2024-04-08") == ["2024-03-31"]


def test_a_common_word_is_no_feast() -> None:
    assert edtf("They said it was holi and tet.", "2024-04-08") == []


@pytest.mark.parametrize("year", ["0225", "1583", "2050", "9999"])
@pytest.mark.parametrize("feast", ["Diwali", "New Year's Eve", "Easter", "Thanksgiving", "Eid al-Fitr"])
def test_a_year_beyond_a_calendar_breaks_nothing(feast: str, year: str) -> None:
    edtf(f"Indian police said three people died on {feast} {year}.", f"{year}-06-01")
