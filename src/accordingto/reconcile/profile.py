"""An event's profile: how many of its units say which place, day, beginning, figure and word. It grows and shrinks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from math import log
from typing import Any

from .days import Days
from .units import Told, Unit

STEPS = 4
"""Steps of size between a number and e times the number."""

NEXT = 3
"""Days between two days of one incident, at most."""


@dataclass(slots=True)
class Event:
    """What the units of one event say, counted."""

    number: int
    units: dict[int, Unit] = field(default_factory=dict)
    places: Counter[str] = field(default_factory=Counter)
    wide: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    on: Counter[int] = field(default_factory=Counter)
    within: Counter[Days] = field(default_factory=Counter)
    since: Counter[int] = field(default_factory=Counter)
    until: Counter[int] = field(default_factory=Counter)
    said: Counter[int] = field(default_factory=Counter)
    told: Counter[Told] = field(default_factory=Counter)
    sizes: Counter[tuple[str, int]] = field(default_factory=Counter)
    tokens: Counter[str] = field(default_factory=Counter)
    reports: Counter[str] = field(default_factory=Counter)
    _core: Days | None = None
    _stale: bool = False
    voices: dict[tuple[str, str, str], Counter[tuple[int | None, int | None]]] = field(default_factory=dict)

    def count(self, unit: Unit, step: int = 1) -> None:
        """Take a unit in (step 1) or out (-1)."""
        if step > 0:
            self.units[unit.number] = unit
        else:
            del self.units[unit.number]
        counted: list[tuple[Counter[Any], Iterable[Hashable]]] = [
            (self.wide if unit.level else self.places, (unit.place,)),
            (self.names, (unit.name,)),
            (self.countries, (unit.country,)),
            (self.said, (unit.said,)),
            (self.told, unit.told),
            (self.sizes, map(size, unit.told)),
            (self.tokens, unit.tokens),
            (self.reports, (unit.report,)),
            *self._times(unit),
        ]
        for counter, keys in counted:
            _add(counter, keys, step)
        for voice, bounds in unit.voices:
            _add(self.voices.setdefault(voice, Counter()), (bounds,), step)
        self._stale = True

    def _times(self, unit: Unit) -> Iterator[tuple[Counter[Any], Iterable[Hashable]]]:
        if unit.days is None:
            return
        first, last = unit.days
        if unit.shape == "day" and first is not None and last is not None:
            yield self.on, tuple(range(first, last + 1))
        elif unit.shape == "coarse":
            yield self.within, (unit.days,)
        elif unit.shape == "period":
            yield self.since, (first,)
        elif unit.shape == "until":
            yield self.until, (last,)

    @property
    def core(self) -> Days | None:
        """The days most units place the incident on: the day told most and those next to it told half as often."""
        if self._stale:
            self._core, self._stale = self._settled(), False
        return self._core

    @property
    def campaign(self) -> bool:
        """Whether most units tell of a period, not of a day."""
        return bool(self.since) and self.since.total() > self.on.total() / 2

    @property
    def begun(self) -> int | None:
        """The day on which most say the period began."""
        if not self.since:
            return None
        most = max(self.since.values())
        return min(start for start, votes in self.since.items() if votes == most)

    def _settled(self) -> Days | None:
        if not self.on:
            return None
        most = max(self.on.values())
        first = last = min(day for day, votes in self.on.items() if votes == most)
        kept = sorted(day for day, votes in self.on.items() if 2 * votes >= most)
        for day in kept:
            last = day if last < day <= last + NEXT else last
        for day in reversed(kept):
            first = day if first - NEXT <= day < first else first
        return Days(first, last)


def size(told: Told) -> tuple[str, int] | None:
    """A figure's kind and order of size, in steps of a quarter of e."""
    value = told[1] if told[1] is not None else told[2]
    return (told[0], round(STEPS * log(value))) if value else None


def _add(counter: Counter[Any], keys: Iterable[Hashable], step: int) -> None:
    for key in keys:
        if key is None:
            continue
        counter[key] += step
        if counter[key] <= 0:
            del counter[key]
