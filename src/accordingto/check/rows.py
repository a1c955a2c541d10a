"""What checks read: figures report by report, or those of some questions; never all of a large ledger at once.

`Stored` reads from a ledger, over processes where there is enough to do; `Held` serves figures that are in memory.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache, partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from .. import scale
from ..errors import AccordingtoError
from ..reconcile.saying import superseded
from ..reconcile.witnesses import order
from ..records import Entry, Question

if TYPE_CHECKING:
    from ..store.sql import Store

MANY = 50_000
"""Figures from which on a check is spread over processes."""
RINGS = 200_000
"""Objects after which a process looks for rings of references among them."""
Work = Callable[..., Any]
"""A function of (rows, what all pieces are given, piece); but for the rows, JSON values."""


class Rows(Protocol):
    """Where figures and questions are read from, as often as asked."""

    @property
    def copies(self) -> Mapping[str, str]:
        """Reports to the group of copies they belong to."""

    def each(self, work: Work, given: Any, pieces: Iterable[Any]) -> Iterator[Any]:
        """What the function makes of every piece."""

    def reports(self) -> list[str]:
        """The ids of all reports."""

    def questions(self) -> list[tuple[str, int]]:
        """The ids of all questions, each with how many figures it has, those with most first."""

    def told(self, reports: Sequence[str]) -> Iterator[Sequence[Entry]]:
        """The figures of each of these reports that has any."""

    def of(self, figures: Sequence[str]) -> Mapping[str, Entry]:
        """These figures by id."""

    def asked(self, questions: Sequence[str]) -> list[Question]:
        """These questions."""

    def question(self, figure: str) -> Question | None:
        """The question a figure answers; its figures may be left out."""


class Stored:
    """Figures in a ledger's store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._heading = lru_cache(maxsize=4096)(store.heading)

    @cached_property
    def copies(self) -> dict[str, str]:
        return self._store.copies()

    def each(self, work: Work, given: Any, pieces: Iterable[Any]) -> Iterator[Any]:
        if self._store.counts()["figure"] < MANY:
            yield from (work(self, given, piece) for piece in pieces)
            return
        for _, made in scale.each(partial(_opened, work, str(self._store.path), given), pieces):
            if isinstance(made, scale.Failed):
                raise AccordingtoError(f"{self._store.path}: checking did not go on: {made.message}")
            yield made

    def reports(self) -> list[str]:
        return self._store.report_ids()

    def questions(self) -> list[tuple[str, int]]:
        return self._store.question_sizes()

    def told(self, reports: Sequence[str]) -> Iterator[Sequence[Entry]]:
        yield from (list(rows) for _, rows in groupby(self._store.entries_of(reports), key=lambda row: row.report))

    def of(self, figures: Sequence[str]) -> Mapping[str, Entry]:
        return {row.figure: row for row in self._store.entries(figures)}

    def asked(self, questions: Sequence[str]) -> list[Question]:
        return self._store.questions(questions)

    def question(self, figure: str) -> Question | None:
        return self._heading(figure)


@lru_cache(maxsize=1)
def _store(path: str) -> Store:
    from ..store.sql import open_store

    return open_store(Path(path), create=False, readonly=True)


def _opened(work: Work, path: str, given: Any, piece: Any) -> Any:
    """The work on a piece, in a process of its own, which keeps the ledger open. What a piece needs is let go as a
    whole: looking through it for rings of references meanwhile finds nothing."""
    gc.set_threshold(RINGS)
    return work(Stored(_store(path)), given, piece)


class Held:
    """Figures in memory."""

    def __init__(self, entries: Iterable[Entry], questions: Iterable[Question], copies: Mapping[str, str]) -> None:
        self._copies = copies
        self._rows = {entry.figure: entry for entry in sorted(entries, key=order)}
        self._reports = {report: list(rows) for report, rows in groupby(self._rows.values(), lambda row: row.report)}
        self._questions = {question.id: question for question in questions}
        self._asked = {figure: question for question in self._questions.values() for figure in question.figures}

    @property
    def copies(self) -> Mapping[str, str]:
        return self._copies

    def each(self, work: Work, given: Any, pieces: Iterable[Any]) -> Iterator[Any]:
        return (work(self, given, piece) for piece in pieces)

    def reports(self) -> list[str]:
        return list(self._reports)

    def questions(self) -> list[tuple[str, int]]:
        return [(question.id, len(question.figures)) for question in self._questions.values()]

    def told(self, reports: Sequence[str]) -> Iterator[Sequence[Entry]]:
        return (self._reports[report] for report in reports if report in self._reports)

    def of(self, figures: Sequence[str]) -> Mapping[str, Entry]:
        return {figure: self._rows[figure] for figure in figures if figure in self._rows}

    def asked(self, questions: Sequence[str]) -> list[Question]:
        return [self._questions[id] for id in questions]

    def question(self, figure: str) -> Question | None:
        return self._asked.get(figure)


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


Mended = Mapping[str, Sequence[Any] | None]
"""Figures that are not used as they were read: mode and whole they are used with, None = left out."""


def mended(rows: Sequence[Entry], kept: Sequence[Entry]) -> dict[str, tuple[str, str | None] | None]:
    """What became of the figures that are not used as they were read."""
    used = {row.figure: row for row in kept}
    changed = {row.figure: used.get(row.figure) for row in rows if used.get(row.figure) is not row}
    return {figure: (row.mode, row.part_of) if row else None for figure, row in changed.items()}


def as_used(held: Mapping[str, Entry], figures: Iterable[str], changed: Mended) -> list[Entry]:
    """Figures as they are used, without those that are left out."""
    found = []
    for row in (held[figure] for figure in figures if figure in held):
        use = changed.get(row.figure, ())
        if use is not None:
            found.append(replace(row, mode=use[0], part_of=use[1]) if use else row)
    return found


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
