"""What does not add up: a check is a small pure function, a discrepancy one plain sentence with its quotations.

Of one question (`CHECKS`): origins_disagree, origin_differs, total_falls, figure_denied, qualifier_changed,
origin_swapped, circular_sourcing, dated_after_report, event_dated_differently. Of one report (`REPORT_CHECKS`):
part_exceeds_whole, parts_do_not_sum, headline_differs, does_not_balance. Of the copies of one text: copies_differ. Of
the whole ledger: year_differs, killed_wounded_swapped, dated_before_event, report_from_future. docs/check.md has a
line for each.

Bounds are respected: "at least 100" does not contradict 300, nor "about 400" 397. A ledger is checked in rounds
(rounds.py), report by report and question by question, large ones by several processes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from rich.text import Text

from ..records import Discrepancy, Entry, Question
from .rounds import CHECKS, LEDGER_CHECKS, REPORT_CHECKS, found
from .rows import Held, Rows, Stored

CULPRITS = {"dated-before-event": 1, "headline-differs": 1, "killed-wounded-swapped": 2}
"""How many of a finding's figures, from the first, are likely wrong: that others disagree with them is no news."""

GENERAL = frozenset({"origins-disagree", "origin-differs", "total-falls", "qualifier-changed", "origin-swapped"})
"""Checks whose finding another, of the same figures, explains."""

DISPUTES = frozenset({"origins-disagree", "origin-differs"})
"""Checks that find nothing new where one of the figures is likely wrong."""

__all__ = [
    "CHECKS",
    "LEDGER_CHECKS",
    "REPORT_CHECKS",
    "Held",
    "Rows",
    "Stored",
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
    return ranked(found(Held(entries, questions, copies), today))


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
