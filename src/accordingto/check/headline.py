"""The headline against the story beneath it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ..reconcile.counted import noun, things
from ..reconcile.days import days
from ..reconcile.naming import same
from ..reconcile.saying import superseded
from ..records import Discrepancy, Entry
from .case import Told, apart, discrepancy, headline, quote, spoken, value, whole


def headline_differs(told: Told) -> Iterator[Discrepancy]:
    """A headline with a number that nothing in its report allows, of the same source where the headline names one."""
    heads = [row for row in told.rows if headline(row)]
    body = [row for row in told.rows if not headline(row)]
    for head in heads:
        if head.mode != "total" or head.stance == "denied" or not (head.low or head.high):
            continue
        rivals = [row for row in body if row.kind == head.kind and _comparable(head, row)]
        named = [row for row in rivals if head.chain and row.chain and same(head.chain[-1], row.chain[-1])]
        rivals = named if head.chain else [row for row in rivals if not superseded(row)]
        if not rivals or not all(apart(head, row) for row in rivals) or _sums(head, rivals):
            continue
        row = min(rivals, key=lambda row: (abs(value(row) - value(head)), row.start))
        yield discrepancy(
            "headline-differs",
            2,
            f"The headline of {head.report_name} gives {spoken(head)}, its text {spoken(row)} ({told.label(row)}): "
            f"{quote(head)} against {quote(row)}.",
            (head, row),
            told.asked(row.figure),
            abs(value(row) - value(head)),
        )


def _comparable(head: Entry, row: Entry) -> bool:
    """Whether a figure of the text can be what the headline counts: a whole toll, of its time, people and things."""
    if not (whole(row) or (row.mode == "total" and row.stance == "possible")):
        return False
    if None not in (head.counted_country, row.counted_country) and head.counted_country != row.counted_country:
        return False
    if things(head.kind) and None not in (noun(head), noun(row)) and noun(head) != noun(row):
        return False
    a, b = days(head.edtf), days(row.edtf)
    if a is None or b is None or None in (a.first, b.last) or None in (a.last, b.first):
        return True
    return _year_apart(a.first, b.last) and _year_apart(b.first, a.last)


def _year_apart(first: int | None, last: int | None) -> bool:
    """Whether a time that begins on the first day is not long after one that ends on the last."""
    return first is not None and last is not None and first - last < 300


def _sums(head: Entry, rows: Sequence[Entry]) -> bool:
    """Whether the headline adds up what one sentence tells apart: "9 soldiers and 3 civilians" are twelve."""
    together: dict[str, int] = defaultdict(int)
    for row in rows:
        together[row.sentence] += value(row)
    return value(head) in together.values()
