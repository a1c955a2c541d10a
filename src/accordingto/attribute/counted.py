"""Where a report counts: the rules that look for a figure's source read no other sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from ..records import Figure, Span


class Counted:
    """The figures of a report by where they stand."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._starts = sorted(figure.evidence.start for figure in figures)

    def at(self, *spans: Span) -> list[int]:
        """Where the figures in the spans start."""
        return [
            at
            for start, end in spans
            for at in self._starts[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        ]
