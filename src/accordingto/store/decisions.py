"""What people's work asks of the store: the queue, samples, what was undone or lost, the audit log."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import func, select

from ..records import Review
from ..review.weights import Weight
from . import anchoring, deciding, queueing, schema
from .anchoring import Lost
from .sql import Store, match_all

_R, _C, _F = schema.reports.c, schema.claims.c, schema.figures.c


class Decisions:
    """The decisions of one open ledger."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def last_of(self, reviewer: str, sample: str | None) -> Review | None:
        """The last verdict a person gave that was not withdrawn; in a sample, or outside of all."""
        with self.store.reading() as connection:
            return deciding.last_of(connection, reviewer, sample)

    def last(self) -> int:
        """The number of the last verdict, 0 without any."""
        with self.store.reading() as connection:
            return int(connection.execute(select(func.max(schema.reviews.c.number))).scalar() or 0)

    def said(self, *records: str) -> list[Review]:
        """The verdicts on these records that hold, in the order they were given."""
        with self.store.reading() as connection:
            return deciding.said(connection, records)

    def numbered(self, number: int) -> Review | None:
        """The verdict of this number."""
        with self.store.reading() as connection:
            return deciding.numbered(connection, number)

    def log(self, most: int, after: int = 0) -> tuple[list[tuple[Review, bool]], int]:
        """Some verdicts that were not given blind, the last first, each with whether it was withdrawn; and how many
        there are."""
        with self.store.reading() as connection:
            return deciding.log(connection, most, after), deciding.logged(connection)

    def lost(self) -> list[Lost]:
        """Verdicts that hold but whose record is nowhere, with the words it had."""
        with self.store.reading() as connection:
            return anchoring.lost(connection)

    def near(self, one: Lost, most: int) -> list[str]:
        """The figures that stand nearest to where the words of a lost verdict stood."""
        with self.store.reading() as connection:
            return anchoring.near(connection, one, most)

    def doubts_of(self, figure: str) -> tuple[list[str], list[str]]:
        """The doubts of a figure's claim, and of its report."""
        with self.store.reading() as connection:
            query = select(_C.doubts, _R.doubts).join(schema.figures, _F.claim == _C.id).join(schema.reports)
            row = connection.execute(query.where(_F.id == figure)).first()
        return (json.loads(row[0]), json.loads(row[1])) if row else ([], [])

    def weigh(self) -> None:
        """Put figures in the queue that wait for their place."""
        with self.store.reading() as connection:
            done = queueing.weighed(connection)
        while not done:
            done = not self._some()

    def _some(self) -> bool:
        with self.store.writing() as connection:
            return queueing.weigh(connection)

    def following(self, figure: str | None, way: int, words: str = "") -> list[Weight]:
        """The undecided figure after (way 1) or before (-1) a figure of the queue, or the first; of those whose claim
        has all the words."""
        if figure is None:
            self.weigh()
        with self.store.reading() as connection:
            at = queueing.weight(connection, figure) if figure else None
            return queueing.following(connection, at, way, match_all(words))

    def weight(self, figure: str) -> Weight | None:
        """The place of a figure in the queue."""
        with self.store.reading() as connection:
            return queueing.weight(connection, figure)

    def queue_counts(self) -> tuple[int, int]:
        """How many figures are undecided, and decided."""
        with self.store.reading() as connection:
            return queueing.counts(connection)

    def draw(self, name: str, size: int, by: str) -> list[str]:
        """Draw a sample of figures and keep it under a name."""
        with self.store.writing() as connection:
            return deciding.draw(connection, name, size, by)

    def samples(self) -> list[tuple[str, str, str]]:
        """(name, when it was drawn, by whom) of every sample, the oldest first."""
        with self.store.reading() as connection:
            return deciding.samples(connection)

    def sampled(self, sample: str) -> list[str]:
        """The figures of a sample, in the order they were drawn."""
        with self.store.reading() as connection:
            return deciding.sampled(connection, sample)

    def codings(self, sample: str) -> list[Review]:
        """The verdicts given blind in a sample that were not withdrawn."""
        with self.store.reading() as connection:
            return deciding.codings(connection, sample)

    def note(self, who: str, what: str, whom: str, why: str | None) -> None:
        """Add a line to the audit log."""
        with self.store.writing() as connection:
            deciding.note(connection, who, what, whom, why)

    def audit(self, *what: str) -> list[dict[str, Any]]:
        """The audit log, oldest first; of these acts, or of all."""
        with self.store.reading() as connection:
            return deciding.audit(connection, what)
