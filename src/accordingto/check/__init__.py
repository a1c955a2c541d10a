"""What does not add up: a check is a small pure function, a discrepancy one plain sentence with its quotations.

Of one question (`CHECKS`): origins_disagree, origin_differs, total_falls, figure_denied, qualifier_changed,
origin_swapped, circular_sourcing, dated_after_report, event_dated_differently. Of one report (`REPORT_CHECKS`):
part_exceeds_whole, parts_do_not_sum, headline_differs, does_not_balance. Of the copies of one text: copies_differ. Of
the whole ledger: year_differs, killed_wounded_swapped, dated_before_event, report_from_future. docs/check.md has a
line for each.

Bounds are respected: "at least 100" does not contradict 300, nor "about 400" 397. Figures are read in streams, report
by report and question by question; what is kept for the whole ledger is a number a figure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from rich.text import Text

from ..records import Discrepancy, Entry, Question
from .balance import does_not_balance
from .case import Asked, Case, Told, case
from .copied import copies_differ
from .dates import begun, dated_after_report, dated_before_event, event_dated_differently, report_from_future
from .denied import figure_denied
from .headline import headline_differs
from .parts import part_exceeds_whole, parts_do_not_sum
from .relay import circular_sourcing, origin_swapped, qualifier_changed
from .rows import Held, Rows, Stored, by_question, by_text, mended, usable
from .seen import Seen
from .swapped import Pair, killed_wounded_swapped, pair_reattributed, pairs
from .tolls import origin_differs, origins_disagree, total_falls
from .years import key, year_differs

Check = Callable[[Case], Iterable[Discrepancy]]
ReportCheck = Callable[[Told], Iterable[Discrepancy]]

CHECKS: tuple[Check, ...] = (
    origin_differs,
    origins_disagree,
    total_falls,
    figure_denied,
    qualifier_changed,
    origin_swapped,
    circular_sourcing,
    dated_after_report,
    event_dated_differently,
)
"""Checks of one question."""

REPORT_CHECKS: tuple[ReportCheck, ...] = (part_exceeds_whole, parts_do_not_sum, headline_differs, does_not_balance)
"""Checks of one report."""

CULPRITS = {"dated-before-event": 1, "headline-differs": 1, "killed-wounded-swapped": 2}
"""How many of a finding's figures, from the first, are likely wrong: that others disagree with them is no news."""

GENERAL = frozenset({"origins-disagree", "origin-differs", "total-falls", "qualifier-changed", "origin-swapped"})
"""Checks whose finding another, of the same figures, explains."""

DISPUTES = frozenset({"origins-disagree", "origin-differs"})
"""Checks that find nothing new where one of the figures is likely wrong."""

__all__ = [
    "CHECKS",
    "REPORT_CHECKS",
    "Case",
    "Check",
    "Held",
    "Rows",
    "Stored",
    "Told",
    "as_json",
    "discrepancies",
    "found",
    "lines",
    "ranked",
]


def discrepancies(
    questions: Iterable[Question], entries: Iterable[Entry], copies: Mapping[str, str], today: str | None = None
) -> list[Discrepancy]:
    """Everything that does not add up among figures in memory, most severe first; rejected ones are left out."""
    return ranked(found(list(questions), Held(entries), copies, today))


def found(
    questions: Collection[Question], rows: Rows, copies: Mapping[str, str], today: str | None = None
) -> Iterator[Discrepancy]:
    """Every discrepancy, in no order, some more than once. `today` (ISO 8601) is what reports from the future are
    told by."""
    asked = {figure: question for question in questions for figure in question.figures}
    changed: dict[str, Entry | None] = {}
    seen = Seen()
    for held in rows.reports():
        kept = usable(held)
        changed |= mended(held, kept)
        seen.add(kept)
        yield from _of_report(kept, asked, today)
    begins: dict[str, Entry] = {}
    for question, members in by_question(questions, rows, changed):
        if not members:
            continue
        held_case = case(question, members, copies)
        if (first := begun(held_case)) is not None:
            begins[question.id] = first
        for check in CHECKS:
            yield from check(held_case)
    for reports in by_text(copies, rows):
        yield from copies_differ(reports, asked)
    yield from _of_ledger(rows, asked, begins, seen)


def ranked(found: Iterable[Discrepancy]) -> list[Discrepancy]:
    """Each discrepancy once, the weightiest first, without those that another one explains."""
    unique = {one.id: one for one in found}
    telling = defaultdict(list)
    wrong: set[str] = set()
    for one in unique.values():
        wrong.update(one.figures[: CULPRITS.get(one.check, 0)])
        if one.check not in GENERAL or len(one.figures) > 2:
            for figure in one.figures:
                telling[figure].append(one)
    kept = [one for one in unique.values() if one.check not in GENERAL or not _explained(one, telling, wrong)]
    return sorted(kept, key=lambda d: (-d.severity, d.check != "year-differs", -(d.amount or 0), d.sentence, d.id))


def _explained(one: Discrepancy, telling: Mapping[str, list[Discrepancy]], wrong: Collection[str]) -> bool:
    """Whether a more telling check found the same figures, or that one of them is likely wrong."""
    others = [other for figure in one.figures for other in telling.get(figure, ()) if other is not one]
    same = any(set(one.figures) <= set(other.figures) for other in others)
    return same or (one.check in DISPUTES and not set(one.figures).isdisjoint(wrong))


def _of_report(kept: list[Entry], asked: Asked, today: str | None) -> Iterator[Discrepancy]:
    told = Told(tuple(row for row in kept if row.stance != "denied"), asked)
    if told.rows:
        yield from report_from_future(told, today)
        for check in REPORT_CHECKS:
            yield from check(told)


def _of_ledger(rows: Rows, asked: Asked, begins: Mapping[str, Entry], seen: Seen) -> Iterator[Discrepancy]:
    """What only shows over the whole ledger: the reports in which a first reading saw something to compare."""
    years, swaps, wanted = seen.worth()
    dated: dict[object, list[Entry]] = defaultdict(list)
    turned: dict[object, list[tuple[bool, Pair]]] = defaultdict(list)
    for held in rows.reports(wanted):
        kept = usable(held)
        for row in kept:
            if (told := key(row)) and hash(told) in years:
                dated[told].append(row)
        for numbers, way, pair in pairs(kept):
            if hash(numbers) in swaps:
                turned[numbers].append((way, pair))
        if kept:
            yield from dated_before_event(Told(tuple(kept), asked), begins)
    for told_rows in dated.values():
        yield from year_differs(told_rows, asked)
    for told_pairs in turned.values():
        yield from killed_wounded_swapped(told_pairs, asked)
        yield from pair_reattributed(told_pairs, asked)


def lines(found: Iterable[Discrepancy]) -> Iterator[Text]:
    """The discrepancies for a person to read: one sentence each, with the check and an id for `show`."""
    for discrepancy in found:
        yield Text.assemble(
            ("!" * discrepancy.severity, "bold"), " ", discrepancy.sentence, (f" [{discrepancy.id[:8]}]", "dim")
        )


def as_json(found: Iterable[Discrepancy], rows: Mapping[str, Entry]) -> list[dict[str, Any]]:
    """The discrepancies as JSON values; `told` holds the figures concerned with their words, from `rows`."""
    return [asdict(one) | {"told": [_words(rows[figure]) for figure in one.figures if figure in rows]} for one in found]


def _words(row: Entry) -> dict[str, Any]:
    names = ("figure", "report_name", "start", "end", "exact", "kind", "low", "high", "chain", "published", "sentence")
    return {name.removesuffix("_name"): getattr(row, name) for name in names}
