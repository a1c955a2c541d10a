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
    core: Days | None = None
    campaign: bool = False
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
        self._settle()

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

    def _settle(self) -> None:
        """Work out `core`, the days most units place the incident on, and `campaign`: most tell a period, not a day."""
        most = max(self.on.values(), default=0)
        kept = [day for day, votes in self.on.items() if 2 * votes >= most]
        self.core = Days(min(kept), max(kept)) if kept else None
        self.campaign = self.since.total() > self.on.total() / 2


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
