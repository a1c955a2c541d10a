"""The example reports: all readable, dated, ours, and without a prisoner's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from accordingto import intake
from accordingto.atrisk import at_risk
from accordingto.records import Report

FOLDER = Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    read = list(intake.reports([FOLDER / "reports"]))
    assert [one for one in read if isinstance(one, intake.Failure)] == []
    return [one for one in read if isinstance(one, Report)]


def test_there_are_twelve_reports_in_three_formats(reports: list[Report]) -> None:
    assert len(reports) == 12
    assert {path.suffix for path in (FOLDER / "reports").iterdir()} == {".txt", ".html", ".jsonl"}


def test_every_report_has_a_date_an_outlet_or_a_byline_and_is_english(reports: list[Report]) -> None:
    assert [one.name for one in reports if not one.published] == []
    assert {one.language for one in reports} == {"en"}


def test_pages_bring_their_title_outlet_and_date(reports: list[Report]) -> None:
    page = next(one for one in reports if one.name.startswith("harbour-tribune"))
    assert (page.title, page.publisher, page.published) == (
        "Kyiv and Seoul far apart on North Korean losses", "Harbour Tribune", "2024-12-23"
    )  # fmt: skip
    assert "Most read" not in page.text and "Privacy" not in page.text


def test_every_example_is_described(reports: list[Report]) -> None:
    described = (FOLDER / "README.md").read_text("utf-8")
    assert [path.name for path in (FOLDER / "reports").iterdir() if path.name not in described] == []


def test_nobody_at_risk_is_named_but_the_invented_witness(reports: list[Report]) -> None:
    assert {name for one in reports for name in at_risk(one)} == {("marta", "elling")}
