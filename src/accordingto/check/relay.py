"""Checks of relay: what changes while a figure passes from report to report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..reconcile.counted import partial
from ..reconcile.words import fold, listed
from ..records import Discrepancy, Entry
from .case import Case, discrepancy, quote, spoken

Form = str
"""How a number is bounded: "plain", "about", "least", "most", "range"."""


def qualifier_changed(case: Case) -> Iterator[Discrepancy]:
    """A number whose qualifier changes in relay: lost or gained between copies, or another one ("about", "over").

    Reports that only tell of the same day may count more plainly; that is no change. Each pair of reports once.
    """
    relayed: dict[tuple[str, int, str], dict[Form, Entry]] = defaultdict(dict)
    for row in sorted(case.rows, key=lambda row: not row.chain):
        if row.stance == "asserted" and (row.chain or row.report in case.copies):
            who = (row.counted or "") if partial(row) else ""
            for teller in dict.fromkeys((case.copies.get(row.report, ""), case.origin[row.figure])):
                for end in dict.fromkeys(end for end in (row.low, row.high) if end) if teller else ():
                    relayed[teller, end, who].setdefault(form(row), row)
    told: set[object] = set()
    for (_, number, _), forms in sorted(relayed.items(), key=lambda item: item[0]):
        pair = _changed(list(forms.values()), case)
        if pair is None:
            continue
        reports = (number, frozenset(row.report for row in pair))
        if reports in told or not told.isdisjoint(row.figure for row in pair):
            continue
        told.update((reports, *(row.figure for row in pair)))
        yield _change(*pair, case)


def form(row: Entry) -> Form:
    """How the figure's number is bounded."""
    if row.low != row.high:
        return "least" if row.high is None else "most" if row.low is None else "range"
    return "about" if fold(row.qualifier or "") in listed("approximate") else "plain"


def _changed(rows: list[Entry], case: Case) -> tuple[Entry, Entry] | None:
    """The two forms furthest apart, in the order of publication, if one cannot be an honest version of the other."""
    pairs = [
        (one, other)
        for one in rows
        for other in rows
        if (one.published or "", one.report, one.figure) < (other.published or "", other.report, other.figure)
        and one.report != other.report
        and (_copied(one, other, case) or ("plain" not in (form(one), form(other)) and _related(one, other, case)))
    ]
    return max(pairs, key=lambda pair: (_distance(*pair), pair[0].figure), default=None)


def _copied(one: Entry, other: Entry, case: Case) -> bool:
    return one.report in case.copies and case.copies[one.report] == case.copies.get(other.report)


def _related(one: Entry, other: Entry, case: Case) -> bool:
    return case.origin[one.figure] == case.origin[other.figure]


def _distance(one: Entry, other: Entry) -> int:
    """2 when the bounds differ, 1 when only the words do."""
    return 2 if (one.low, one.high) != (other.low, other.high) else 1


def _change(one: Entry, other: Entry, case: Case) -> Discrepancy:
    return discrepancy(
        "qualifier-changed",
        1,
        f"{case.speaker(one)}'s {spoken(one)} is {spoken(other)} in another report ({case.question.label}): "
        f"{quote(one)} against {quote(other)}.",
        (one, other),
        case.question,
        0,
    )
