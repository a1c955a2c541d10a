"""One thing told in two different years: the whole ledger is looked through for the same telling number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ..reconcile.counted import noun, things
from ..reconcile.days import day, days, iso
from ..reconcile.labels import dated
from ..records import Discrepancy, Entry
from .case import Asked, discrepancy, quote, spoken, value

MOST = 100
"""Figures of each year that are compared, at most."""
STORY = 400
"""Days between the reports of one story, at most."""
Key = tuple[str, str, int, str]
"""Kind, mode, number and month of the year: what one thing told in two years has in common."""


def key(row: Entry) -> Key | None:
    """What the figure shares with others of the same thing; None where its number or its time tells too little."""
    month = _month(row)
    if month is None or row.stance not in ("asserted", "possible") or not _telling(row):
        return None
    return row.kind, row.mode, value(row), month


def year(row: Entry) -> int:
    """The year a figure's time begins in, 0 when unknown."""
    span = days(row.edtf)
    return int(iso(span.first)[:4]) if span and span.first is not None else 0


def year_differs(told: Sequence[Entry], asked: Asked) -> Iterator[Discrepancy]:
    """One thing told of the same month in two years: the same telling number, of people who can be the same.

    The year fewer reports give is taken for the slip; each report's slip is told once.
    """
    years: dict[int, list[Entry]] = defaultdict(list)
    for row in sorted(told, key=lambda row: row.figure):
        years[year(row)].append(row)
    for given in sorted(years):
        for other in (given - 1, given + 1):
            wrong, right = years[given], years.get(other, [])
            rank, rival = (len({r.report for r in wrong}), given), (len({r.report for r in right}), other)
            if not right or rank > rival:
                continue
            pair = _nearest(wrong, right)
            if pair:
                yield _slip(*pair, len({r.report for r in right}), asked)


def _nearest(wrong: Sequence[Entry], right: Sequence[Entry]) -> tuple[Entry, Entry] | None:
    """Two of different reports of one story that can tell of the same people."""
    pairs = (
        (-len({a.counted_country, b.counted_country} - {None}), a, b)
        for a in wrong[:MOST]
        for b in right[:MOST]
        if a.report != b.report and _one_story(a, b) and _alike(a, b)
    )
    found = min(pairs, key=lambda pair: (pair[0], pair[1].figure, pair[2].figure), default=None)
    return (found[1], found[2]) if found else None


def _told(row: Entry) -> str:
    """When it was, in words: "October 2024"."""
    span = days(row.edtf)
    return dated(span) if span and span.first is not None and span.last is not None else str(row.edtf)


def _slip(wrong: Entry, right: Entry, times: int, asked: Asked) -> Discrepancy:
    question = asked.get(wrong.figure)
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


def _one_story(one: Entry, other: Entry) -> bool:
    a, b = day(one.published), day(other.published)
    return (
        a is not None
        and b is not None
        and abs(a - b) <= STORY
        and (one.place_country or "") in ("", other.place_country or one.place_country)
    )


def _alike(one: Entry, other: Entry) -> bool:
    """Whether two figures can count the same: not of two countries, nor of two things."""
    a, b = one.counted_country, other.counted_country
    if a and b:
        return a == b
    return not things(one.kind) or a is not None or b is not None or noun(one) == noun(other)


def _month(row: Entry) -> str | None:
    """Month of the year a figure's time begins in, where the time is no longer than a month or begins on a day."""
    span = days(row.edtf)
    if span is None or span.first is None or not row.edtf or len(row.edtf.split("/")[0].rstrip("~?%")) < 7:
        return None
    return iso(span.first)[5:7]


def _telling(row: Entry) -> bool:
    """A number unlikely to recur by chance."""
    return row.low == row.high and (len(str(value(row)).rstrip("0")) >= 2 or value(row) >= 1000)
