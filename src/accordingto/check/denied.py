"""One source denies what another gives."""

from __future__ import annotations

from collections.abc import Iterator

from ..reconcile.days import day
from ..reconcile.saying import said
from ..records import Discrepancy, Entry
from .case import Case, apart, digits, discrepancy, quote, spoken, value, whole

STANDING = 30
"""Days between a figure and its denial, at most."""


def figure_denied(case: Case) -> Iterator[Discrepancy]:
    """A number that one source gives and another denies; each denial once, against the figure nearest to it."""
    if not case.denied:
        return
    given = [row for row in case.rows if whole(row) or (row.mode == "total" and row.stance == "possible")]
    done: set[tuple[str, int | None, int | None]] = set()
    for denial in case.denied:
        if any(row.sentence == denial.sentence and row.report == denial.report for row in given):
            continue  # "19, not 22" is a correction
        key = case.origin[denial.figure], denial.low, denial.high
        meant = [row for row in given if value(denial) and _meant(row, denial, case)]
        if key in done or not meant:
            continue
        done.add(key)
        row = min(meant, key=lambda row: (row.report != denial.report, abs(value(row) - value(denial)), row.figure))
        yield discrepancy(
            "figure-denied",
            2,
            f"{case.speaker(denial)} denies {spoken(denial)}, which {_giver(row, denial, case)} "
            f"({case.question.label}): {quote(denial)} against {quote(row)}.",
            (row, denial),
            case.question,
            abs(value(row) - value(denial)),
        )


def _giver(row: Entry, denial: Entry, case: Case) -> str:
    itself = case.origin[row.figure] == case.origin[denial.figure]
    return f"{case.speaker(row)} {'itself gave elsewhere' if itself else 'gives'} as {spoken(row)}"


def _meant(row: Entry, denial: Entry, case: Case) -> bool:
    """Whether the denial can mean the figure: it allows the number denied, of about the same days, and is not told
    with it."""
    a, b = day(said(row)), day(said(denial))
    if (a is not None and b is not None and abs(a - b) > STANDING) or apart(row, denial):
        return False
    if row.report == denial.report and case.origin[row.figure] == case.origin[denial.figure]:
        return False
    return value(denial) in (row.low, row.high) or (
        row.low != row.high and None not in (row.low, row.high) and digits(row)
    )
