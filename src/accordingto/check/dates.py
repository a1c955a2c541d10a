"""Checks of time: figures of days that had not come, or before their event began, and one event on two days."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from ..reconcile.counted import grows
from ..reconcile.days import day, days, iso, shape
from ..reconcile.labels import dated
from ..reconcile.saying import said
from ..reconcile.words import fold, listed, section
from ..records import Discrepancy, Entry
from .case import Case, Told, discrepancy, quote, speaker, spoken, value

ZONES = 1
"""Days by which a date may run ahead of a report's, for clocks around the world."""
BEFORE = 10
"""Days by which a slip puts a figure before its event, at most; what lies further back was something else."""
FOLLOWED = 60
"""Days for which reports tell of an event."""
DAY = re.compile(r"\b(\d{1,2})(?!\d|[.,]\d)")
SURE = 2
"""Reports that must agree on the day of an event before another report's figures are held against it."""


def dated_after_report(case: Case) -> Iterator[Discrepancy]:
    """A figure asserted of days after its own report was published."""
    for row in case.rows:
        span, published = days(row.edtf), day(row.published)
        if row.stance != "asserted" or span is None or span.first is None or published is None:
            continue
        if span.first > published + ZONES:
            yield discrepancy(
                "dated-after-report",
                2,
                f"{row.report_name} tells of {spoken(row)} for {row.edtf}, after it was published: {quote(row)}.",
                (row,),
                case.question,
                span.first - published,
            )


def report_from_future(told: Told, today: str | None) -> Iterator[Discrepancy]:
    """A report dated after the day on which it lies in the ledger; `today` None = not known, no finding."""
    row, now = told.rows[0], day(today)
    published = day(row.published)
    if now is not None and published is not None and published > now + ZONES:
        yield discrepancy(
            "report-from-future",
            2,
            f"{row.report_name} is dated {(row.published or '')[:10]}, which has not come yet: {quote(row)}.",
            (row,),
            told.asked(row.figure),
            published - now,
        )


def begun(case: Case) -> Entry | None:
    """A figure dated on the day an event began, if reports agree on it: the earliest day that enough of them give."""
    told: dict[int, dict[str, Entry]] = defaultdict(dict)
    for row in case.rows:
        span = days(row.edtf)
        if span and span.first is not None and shape(row.edtf) == "day" and row.stance == "asserted":
            told[span.first].setdefault(case.copies.get(row.report, row.report), row)
    first = min((first for first, rows in told.items() if len(rows) >= SURE), default=None)
    return None if first is None else next(iter(told[first].values()))


def dated_before_event(told: Told, begins: Mapping[str, Entry]) -> Iterator[Discrepancy]:
    """What an event did, dated before the event: a figure of days before its story begins in other reports.

    `begins` holds, for each question on whose first day reports agree, a figure of that day.
    """
    published = day(told.rows[0].published)
    starts = {_first(row): row for figure in told.rows if (row := begins.get(_question(told, figure)))}
    starts = {
        start: row for start, row in starts.items() if published is not None and 0 <= published - start <= FOLLOWED
    }
    if not starts:
        return
    start = min(starts)
    for row in told.rows:
        span = days(row.edtf)
        if early(row) and span and span.last is not None and 0 < start - span.last <= BEFORE and not _another(row):
            yield discrepancy(
                "dated-before-event",
                2,
                f"{speaker(row)} gives {spoken(row)} ({told.label(row)}) as of {dated(span)}, before it began in other "
                f"reports, on {iso(start)}: {quote(row)} against {quote(starts[start])}.",
                (row, starts[start]),
                told.asked(row.figure),
                start - span.last,
            )


def early(row: Entry) -> bool:
    """Whether a figure is of a day its own sentence writes out, near enough its report to be of a slip's day."""
    span, published = days(row.edtf), day(row.published)
    if not grows(row.kind) or row.stance != "asserted" or span is None or span.last is None or published is None:
        return False
    return 0 < published - span.last <= FOLLOWED + BEFORE and shape(row.edtf) == "day" and _dated(row)


def _first(row: Entry) -> int:
    span = days(row.edtf)
    return span.first or 0 if span else 0


def _question(told: Told, row: Entry) -> str:
    question = told.asked(row.figure)
    return question.id if question else ""


def event_dated_differently(case: Case) -> Iterator[Discrepancy]:
    """One event with one toll, put on two different days by dates that the reports themselves write out."""
    told: dict[tuple[int | None, int | None], dict[int, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    if len({row.edtf for row in case.rows}) < 2:
        return
    for row in case.whole:
        span = days(row.edtf)
        if span and span.first is not None and value(row) > 1 and row.edtf != said(row):
            told[row.low, row.high][span.first].append(row)
    for all_days in told.values():
        held = {first: [row for row in rows if _dated(row)] for first, rows in all_days.items() if len(all_days) > 1}
        by_day = {first: rows for first, rows in held.items() if rows}
        if not by_day:
            continue
        votes = Counter({first: len({row.report for row in rows}) for first, rows in by_day.items()})
        right = min(votes, key=lambda first: (-votes[first], first))
        for first, rows in sorted(by_day.items()):
            if 1 < abs(first - right) <= FOLLOWED and {r.report for r in rows}.isdisjoint(
                r.report for r in by_day[right]
            ):
                yield _two_days(rows[0], by_day[right][0], case)


def _two_days(one: Entry, other: Entry, case: Case) -> Discrepancy:
    told = [dated(span) if (span := days(row.edtf)) else "" for row in (one, other)]
    return discrepancy(
        "event-dated-differently",
        2,
        f"{one.report_name} puts {spoken(one)} ({case.question.label}) on {told[0]}, {other.report_name} on {told[1]}: "
        f"{quote(one)} against {quote(other)}.",
        (one, other),
        case.question,
        abs((day(one.edtf) or 0) - (day(other.edtf) or 0)),
    )


def _dated(row: Entry) -> bool:
    """Whether the figure's own sentence writes out the day: "10 May", "May 10"."""
    span = days(row.edtf)
    if span is None or span.first is None or span.last is None or span.last - span.first >= SURE:
        return False
    told = {int(number) for number in DAY.findall(row.sentence)}
    if not any(int(iso(one)[8:]) in told for one in (span.first, span.last)):
        return False
    return _month_names().search(fold(row.sentence)) is not None


@cache
def _month_names() -> re.Pattern[str]:
    """The months of every language, and their short forms of three letters."""
    names = {fold(name) for name in section("calendar")["months"]}
    return re.compile(rf"\b(?:{'|'.join(sorted(names | {name[:3] for name in names}))})\b")


def _another(row: Entry) -> bool:
    """Whether the sentence says that it tells of another event."""
    folded = f" {' '.join(re.findall(r'[a-z]+', fold(row.sentence)))} "
    return any(f" {word} " in folded for word in listed("another_event"))
