"""Where days and numbers fall in a chart, and which of them are written beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from math import floor, log10

from .wording import day

TOP, BOTTOM, LEFT = 16, 30, 56
"""Pixels around the picture; the right side is given."""
RADIUS = 9
FAR = 60
"""Ratio of the largest to the smallest number from which on a scale by tens may be asked for."""
_STEPS: tuple[tuple[int, int], ...] = (
    *((0, days) for days in (1, 2, 5, 7, 14)),
    *((months, 0) for months in (1, 2, 3, 6, *(12 * years for years in (1, 2, 5, 10, 20, 50, 100, 500, 1000, 5000)))),
)
"""Months and days between two days that are written, the first that leave room."""


class Axes:
    """The scales of a picture of this size. `tens`: numbers by tens where they lie far apart."""

    def __init__(
        self, days: Sequence[date], values: Sequence[int], width: int, height: int, right: int, tens: bool = False
    ) -> None:
        self.width, self.height, self.right = width, height, width - right
        self.first, self.last = min(days), max(days)
        if self.first == self.last:
            self.first = max(date.min + timedelta(1), self.first) - timedelta(1)
            self.last = min(date.max - timedelta(1), self.last) + timedelta(1)
        positive = [value for value in values if value > 0]
        self.tens = tens and bool(positive) and max(positive) >= FAR * min(positive)
        if self.tens:
            least, most = (floor(log10(end)) for end in (min(positive), max(positive)))
            self.steps = [10**power for power in range(least, most + 2)]
            if len(positive) < len(values):
                self.steps = [0, *(step for step in self.steps if step > 1)]
        else:
            by = step(max([*values, 1]))
            self.steps = list(range(0, by * -(-max([*values, 1]) // by) + 1, by))

    def x(self, on: date) -> float:
        room = self.right - LEFT - 2 * RADIUS
        return LEFT + RADIUS + room * (on - self.first).days / (self.last - self.first).days

    def y(self, value: int) -> float:
        least, most, here = (self._at(one) for one in (self.steps[0], self.steps[-1], value))
        return TOP + (self.height - TOP - BOTTOM) * (1 - (max(here, least) - least) / (most - least))

    def _at(self, value: int) -> float:
        return log10(1 + value) if self.tens else value

    def days(self, room: int) -> list[tuple[date, str]]:
        """Days to write below, each with its words, at most one for every `room` pixels; the year where it begins."""
        most = max(2, int((self.right - LEFT) / room))
        for months, days in _STEPS:
            found = list(_every(self.first, self.last, months, days))
            if len(found) <= most:
                break
        shown = 10 if days else 7 if months % 12 else 4
        words = [(on, day(on.isoformat()[:shown])) for on in found]
        years = [None, *(on.year for on in found)]
        return [
            (on, said.removesuffix(f" {on.year}") if days and on.year == year else said)
            for (on, said), year in zip(words, years, strict=False)
        ]


def _every(first: date, last: date, months: int, days: int) -> Iterator[date]:
    """Days of a rhythm between two days; of months and years their first."""
    if days:
        yield from map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1, days))
        return
    begins = -(-(first.year * 12 + first.month - 1 + (first.day > 1)) // months) * months
    for number in range(begins, last.year * 12 + last.month, months):
        yield date(number // 12, number % 12 + 1, 1)


def step(most: int) -> int:
    """A round step (1, 2 or 5 and noughts) that cuts 0 to `most` into two to five."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if most <= factor * step * 5:
                return factor * step
        step *= 10
