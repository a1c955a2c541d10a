"""What a first reading of the ledger notes, a few numbers a figure: a second one then reads only the reports in which
something can be compared over the whole ledger."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence

from ..records import Entry
from .dates import early
from .swapped import UNMARKED, Mark, comparable, marked, pairs
from .years import key, year


class Seen:
    """Numbers told in which years, pairs of numbers told which way round, and the reports that tell them."""

    def __init__(self) -> None:
        self._years: dict[int, int] = defaultdict(int)
        self._swaps: dict[int, Mark] = {}
        self._reports: list[str] = []
        self._early: set[str] = set()
        self._told, self._home = array("q"), array("L")

    def add(self, rows: Sequence[Entry]) -> None:
        """Note a report's usable figures."""
        if not rows:
            return
        self._reports.append(rows[0].report)
        for row in rows:
            if told := key(row):
                self._years[hash(told)] |= 1 << year(row)
                self._note(hash(told))
        for numbers, way, pair in pairs(rows):
            self._swaps[hash(numbers)] = marked(self._swaps.get(hash(numbers), UNMARKED), way, pair)
            self._note(hash(numbers))
        if any(map(early, rows)):
            self._early.add(rows[0].report)

    def _note(self, told: int) -> None:
        self._told.append(told)
        self._home.append(len(self._reports) - 1)

    def worth(self) -> tuple[set[int], set[int], set[str]]:
        """Hashes of the numbers told in two years running and of the pairs to compare; the reports to read again."""
        years = {told for told, mask in self._years.items() if mask & mask << 1}
        swaps = {told for told, mark in self._swaps.items() if comparable(mark)}
        both = years | swaps
        return (
            years,
            swaps,
            self._early
            | {self._reports[home] for told, home in zip(self._told, self._home, strict=True) if told in both},
        )
