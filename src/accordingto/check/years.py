"""One thing told in two different years: the whole ledger is looked through for the same telling number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..reconcile.counted import noun, things
from ..reconcile.days import day, days, iso
from ..reconcile.labels import dated
from ..records import Discrepancy, Entry
from .case import Asked, discrepancy, quote, spoken, value

MOST = 100
"""Figures of each year that are compared, at most."""
STORY = 400
"""Days between the reports of one story, at most."""


def key(row: Entry) -> str | None:
    """What one thing told in two years has in common: kind, mode, number and month of the year. None where number or
    time tells too little."""
    if row.stance not in ("asserted", "possible") or not _telling(row) or (month := _month(row)) is None:
        return None
    return f"{row.kind}|{row.mode}|{value(row)}|{month}"


class Dated(NamedTuple):
    """What is noted of a figure to compare it over the whole ledger; `noun`: what it counts, of things alone."""

    figure: str
    report: str
    year: int
    published: str | None
    country: str | None
    place_country: str | None
    noun: str | None


def dated_in(row: Entry) -> Dated:
    """The note of a figure that has a key."""
    counted = noun(row) if things(row.kind) else None
    return Dated(row.figure, row.report, year(row), row.published, row.counted_country, row.place_country, counted)


def year(row: Entry) -> int:
    """The year a figure's time begins in, 0 when unknown."""
    span = days(row.edtf)
    return int(iso(span.first)[:4]) if span and span.first is not None else 0


def two_years(told: Sequence[Dated]) -> bool:
    """Whether a key is told in two years running."""
    years = {one.year for one in told}
    return any(one + 1 in years for one in years)


def slips(told: Sequence[Dated]) -> Iterator[tuple[Dated, Dated, int]]:
    """One thing told of the same month in two years: the same telling number, of people who can be the same; with how
    many reports tell the second year.

    The year fewer reports give is taken for the slip; each report's slip is told once.
    """
    years: dict[int, list[Dated]] = defaultdict(list)
    for one in sorted(told):
        years[one.year].append(one)
    for given in sorted(years):
        for other in (given - 1, given + 1):
            wrong, right = years[given], years.get(other, [])
            rank, rival = (len({r.report for r in wrong}), given), (len({r.report for r in right}), other)
            if not right or rank > rival:
                continue
            pair = _nearest(wrong, right)
            if pair:
                yield *pair, len({r.report for r in right})


def _nearest(wrong: Sequence[Dated], right: Sequence[Dated]) -> tuple[Dated, Dated] | None:
    """Two of different reports of one story that can tell of the same people, if possible of one that is named."""
    best = None
    for a in wrong[:MOST]:
        for b in right[:MOST]:
            if a.report != b.report and _alike(a, b) and _one_story(a, b):
                if a.country or b.country:
                    return a, b
                best = best or (a, b)
    return best


def _told(row: Entry) -> str:
    """When it was, in words: "October 2024"."""
    span = days(row.edtf)
    return dated(span) if span and span.first is not None and span.last is not None else str(row.edtf)


def year_differs(wrong: Entry, right: Entry, times: int, asked: Asked) -> Discrepancy:
    question = asked(wrong.figure)
    label = question.label if question else wrong.kind
    reports = "another report says" if times == 1 else f"{times} reports say"
    return discrepancy(
        "year-differs",
        3,
        f"{wrong.report_name} says {spoken(wrong)} in {_told(wrong)}, {reports} {_told(right)} ({label}); "
        f"one of the years is wrong: {quote(wrong)} against {quote(right)}.",
        (wrong, right),
        question,
        abs(year(wrong) - year(right)),
    )


def _one_story(one: Dated, other: Dated) -> bool:
    a, b = day(one.published), day(other.published)
    return (
        a is not None
        and b is not None
        and abs(a - b) <= STORY
        and (one.place_country or "") in ("", other.place_country or one.place_country)
    )


def _alike(one: Dated, other: Dated) -> bool:
    """Whether two figures can count the same: not of two countries, nor of two things."""
    a, b = one.country, other.country
    if a and b:
        return a == b
    return a is not None or b is not None or one.noun == other.noun


def _month(row: Entry) -> str | None:
    """Month of the year a figure's time begins in, where the time is no longer than a month or begins on a day."""
    span = days(row.edtf)
    if span is None or span.first is None or not row.edtf or len(row.edtf.split("/")[0].rstrip("~?%")) < 7:
        return None
    return iso(span.first)[5:7]


def _telling(row: Entry) -> bool:
    """A number unlikely to recur by chance."""
    return row.low == row.high and (len(str(value(row)).rstrip("0")) >= 2 or value(row) >= 1000)
