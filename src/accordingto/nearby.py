"""What stands near a place of a long text, so that no stage compares everything with everything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

from .records import Span

T = TypeVar("T")
BLOCK = 2048
"""Code points of text that share a list of what touches them."""


class Nearby(Generic[T]):
    """Things and where they stand. One that reaches far is listed in every block it touches."""

    def __init__(self, placed: Iterable[tuple[Span, T]]) -> None:
        self.placed = list(placed)
        self._blocks: dict[int, list[int]] = defaultdict(list)
        for number, ((start, end), _) in enumerate(self.placed):
            for block in range(start // BLOCK, max(start, end - 1) // BLOCK + 1):
                self._blocks[block].append(number)

    def touching(self, start: int, end: int) -> list[T]:
        """Those that share a code point with `start:end`, in the order they were given."""
        blocks = range(max(0, start) // BLOCK, max(start, end - 1, 0) // BLOCK + 1)
        numbers = sorted({number for block in blocks for number in self._blocks.get(block, ())})
        found = (self.placed[number] for number in numbers)
        return [thing for (first, last), thing in found if first < end and start < last]
