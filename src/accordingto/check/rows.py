"""The figures as checks read them: report by report, or those of some questions; never all of them at once.

`Stored` reads them from a ledger; `Held` serves figures that are in memory anyway.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Protocol

from ..reconcile.saying import superseded
from ..reconcile.witnesses import order
from ..records import Entry, Question

if TYPE_CHECKING:
    from ..store.sql import Store

TOGETHER = 15_000
"""Figures of questions read at one time, as long as one question does not hold more."""


class Rows(Protocol):
    """Where figures are read from, as often as asked."""

    def reports(self, wanted: Collection[str] | None = None) -> Iterator[Sequence[Entry]]:
        """The figures of each report, or of these reports."""

    def of(self, figures: Sequence[str]) -> Mapping[str, Entry]:
        """These figures by id."""


class Stored:
    """Figures in a ledger's store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def reports(self, wanted: Collection[str] | None = None) -> Iterator[Sequence[Entry]]:
        found = self._store.entries() if wanted is None else self._store.entries_of(sorted(wanted))
        yield from (list(rows) for _, rows in groupby(found, key=lambda row: row.report))

    def of(self, figures: Sequence[str]) -> Mapping[str, Entry]:
        return {row.figure: row for row in self._store.entries(figures)}


class Held:
    """Figures in memory."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._rows = {entry.figure: entry for entry in sorted(entries, key=order)}
        self._reports = {report: list(rows) for report, rows in groupby(self._rows.values(), lambda row: row.report)}

    def reports(self, wanted: Collection[str] | None = None) -> Iterator[Sequence[Entry]]:
        yield from (rows for report, rows in self._reports.items() if wanted is None or report in wanted)

    def of(self, figures: Sequence[str]) -> Mapping[str, Entry]:
        return {figure: self._rows[figure] for figure in figures if figure in self._rows}


def usable(rows: Sequence[Entry]) -> list[Entry]:
    """A report's figures in the order of its text, without those that a person rejected or whose kind is misread; the
    shares of a total that read like totals are parts."""
    held = sorted((row for row in rows if row.verdict != "reject"), key=order)
    doubtful = _misread(held)
    shares = _shares(held)
    return [
        replace(row, mode="part", part_of=shares[row.figure]) if row.figure in shares else row
        for row in held
        if row.figure not in doubtful
    ]


def mended(rows: Sequence[Entry], kept: Sequence[Entry]) -> dict[str, Entry | None]:
    """What became of the figures that are not used as they were read: the figure as it is used, None = left out."""
    used = {row.figure: row for row in kept}
    return {row.figure: found for row in rows if (found := used.get(row.figure)) != row}


def by_question(
    questions: Iterable[Question], rows: Rows, changed: Mapping[str, Entry | None]
) -> Iterator[tuple[Question, list[Entry]]]:
    """Every question with its usable figures, read some questions at a time; `changed` is what `mended` says."""
    for some in _batches(questions):
        held = rows.of([figure for question in some for figure in question.figures])
        for question in some:
            found = [changed.get(figure, held[figure]) for figure in question.figures if figure in held]
            yield question, [row for row in found if row is not None]


def by_text(copies: Mapping[str, str], rows: Rows) -> Iterator[list[Sequence[Entry]]]:
    """The reports of every group of copies, each with its usable figures, read some groups at a time."""
    for some in _batches_of(copies):
        groups: dict[str, list[Sequence[Entry]]] = defaultdict(list)
        for held in rows.reports(some):
            if kept := usable(held):
                groups[copies[kept[0].report]].append(kept)
        yield from groups.values()


def _batches_of(copies: Mapping[str, str]) -> Iterator[list[str]]:
    """Reports that have copies, some whole groups at a time."""
    batch: list[str] = []
    for _, group in groupby(sorted(copies, key=lambda report: (copies[report], report)), copies.__getitem__):
        batch += group
        if len(batch) >= TOGETHER // 10:
            yield batch
            batch = []
    if batch:
        yield batch


def _batches(questions: Iterable[Question]) -> Iterator[list[Question]]:
    batch: list[Question] = []
    size = 0
    for question in questions:
        if batch and size + len(question.figures) > TOGETHER:
            yield batch
            batch, size = [], 0
        batch.append(question)
        size += len(question.figures)
    if batch:
        yield batch


def _misread(rows: Iterable[Entry]) -> set[str]:
    """Superseded figures whose sentence tells no newer one of their kind, but of another: the kind is read wrongly.

    In "31 are missing, down from 40" the forty were missing, whatever else the report counts.
    """
    told: dict[str, list[Entry]] = defaultdict(list)
    for row in rows:
        told[row.sentence].append(row)
    doubtful: set[str] = set()
    for together in told.values():
        if len(together) < 2:
            continue
        newer = {row.kind for row in together if not superseded(row)}
        doubtful.update(row.figure for row in together if newer and superseded(row) and row.kind not in newer)
    return doubtful


def _shares(rows: Iterable[Entry]) -> dict[str, str]:
    """Totals that only share out the total before them ("68 dead: 40 in Camana and 28 in Mollendo"), with its id."""
    told: dict[object, list[Entry]] = defaultdict(list)
    for row in rows:
        if row.mode == "total" and row.low == row.high and row.low:
            told[row.sentence, row.kind, row.stance, row.chain[-1:]].append(row)
    found: dict[str, str] = {}
    for whole, *parts in told.values():
        if len(parts) < 2 or any(superseded(row) for row in (whole, *parts)):
            continue
        made = sum(row.low or 0 for row in parts)
        largest = max(row.low or 0 for row in parts)
        between = whole.sentence[whole.sentence.find(whole.exact) + len(whole.exact) :].split(parts[0].exact)[0]
        if largest < (whole.low or 0) <= 2 * made <= 3 * (whole.low or 0) and any(c in between for c in ":(–—"):
            found.update((row.figure, whole.figure) for row in parts)
    return found
