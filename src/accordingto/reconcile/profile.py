"""A telling's profile: what its sentences say of place, time and numbers, so that it can be held against others."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from math import log
from typing import TypeVar

from .rarity import rarity, tokens
from .scenes import LASTING
from .units import Bounds, Told, Unit

HEARD = 0.4
"""Weight of a place or a time that the sentence does not say itself."""
INFERRED = 0.5
"""Share of the weight of an approximate time."""
K = TypeVar("K")


@dataclass(slots=True)
class Profile:
    """What a telling says of place, time and numbers; weights 1 for what its sentences say themselves."""

    said: int | None = None
    towns: dict[str, float] = field(default_factory=dict)
    regions: dict[str, float] = field(default_factory=dict)
    countries: dict[str, float] = field(default_factory=dict)
    on: dict[int, float] = field(default_factory=dict)
    within: dict[tuple[int, int], float] = field(default_factory=dict)
    since: dict[int, float] = field(default_factory=dict)
    until: dict[int, float] = field(default_factory=dict)
    told: set[Told] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    tokens: dict[str, int] = field(default_factory=dict)
    voices: dict[tuple[str, str, str], set[Bounds]] = field(default_factory=dict)
    counted: set[str] = field(default_factory=set)
    points: set[tuple[float, float]] = field(default_factory=set)
    story: dict[str, int] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    main: bool = False
    scenes: frozenset[str] = frozenset()
    _sizes: list[tuple[str, float]] | None = None
    _mass: tuple[int, int] = (0, 0)
    _story_mass: tuple[int, int] = (0, 0)

    @classmethod
    def of(cls, unit: Unit) -> Profile:
        made = cls()
        made.add(unit)
        return made

    def add(self, unit: Unit) -> None:
        """Take in what another unit says."""
        if unit.said is not None:
            self.said = unit.said if self.said is None else min(self.said, unit.said)
        place = 1.0 if unit.place_said else HEARD
        if unit.name:
            _most(self.regions if unit.level else self.towns, unit.name, place)
        if unit.point and not unit.level:
            self.points.add(unit.point)
        if unit.country:
            _most(self.countries, unit.country, place)
        self._time(unit)
        self.told.update(unit.told)
        self.kinds.update(unit.kinds)
        self.tokens.update(tokens(unit.rows[0].sentence, without=unit.name))
        self.counted.update(row.counted_country for row in unit.rows if row.counted_country)
        self.scenes |= unit.scenes
        for voice, bounds in unit.voices:
            self.voices.setdefault(voice, set()).add(bounds)

    def _time(self, unit: Unit) -> None:
        if unit.days is None:
            return
        first, last = unit.days
        weight = (1.0 if unit.time_said else HEARD) * (INFERRED if unit.inferred else 1.0)
        runs = LASTING in unit.scenes or (not unit.time_said and _told_on(last, unit.said))
        if unit.shape == "day" and last is not None and runs:
            _most(self.until, last, weight)
        elif unit.shape == "day" and first is not None and last is not None:
            for day in range(first, last + 1):
                _most(self.on, day, weight)
        elif unit.shape == "coarse" and first is not None and last is not None:
            _most(self.within, (first, last), weight)
        elif unit.shape == "period" and first is not None:
            _most(self.since, first, weight)
        elif unit.shape == "until" and last is not None:
            _most(self.until, last, weight)

    @property
    def mass(self) -> int:
        """What its words say, together."""
        if self._mass[0] != len(self.tokens):
            self._mass = len(self.tokens), sum([weight * weight for weight in self.tokens.values()])
        return self._mass[1]

    @property
    def story_mass(self) -> int:
        """What the words of its report's story say, together."""
        if self._story_mass[0] != len(self.story):
            self._story_mass = len(self.story), sum([weight * weight for weight in self.story.values()])
        return self._story_mass[1]

    @property
    def sizes(self) -> list[tuple[str, float]]:
        """Kinds and the logarithms of their numbers."""
        if self._sizes is None or len(self._sizes) != len(self.told):
            self._sizes = [(kind, log((low if low is not None else high or 0) + 1)) for kind, low, high in self.told]
        return self._sizes

    @property
    def definite(self) -> int:
        """2 says where and on which day, 1 says where or when, 0 neither."""
        where = max(self.towns.values(), default=0.0) >= 1.0
        when = max((*self.on.values(), *self.since.values()), default=0.0) >= 1.0
        return where + when

    def packed(self) -> str:
        """One line of JSON, of all but the voices; `unpacked` gives it back."""
        pairs = (self.towns, self.regions, self.countries, self.on, self.since, self.until)
        lists = (
            sorted(self.told, key=repr),
            sorted(self.kinds),
            sorted(self.points),
            sorted(self.counted),
            list(self.tokens),
            list(self.story),
            sorted(self.names),
            sorted(self.scenes),
        )
        within = [[*span, weight] for span, weight in self.within.items()]
        return json.dumps(
            [self.said, self.main, within, *(list(one.items()) for one in pairs), *lists],
            ensure_ascii=False, separators=(",", ":"),
        )  # fmt: skip

    @classmethod
    def unpacked(cls, line: str) -> Profile:
        said, main, within, *rest = json.loads(line)
        towns, regions, countries, on, since, until = (dict(pairs) for pairs in rest[:6])
        told, kinds, points, counted, words, story, names, scenes = rest[6:]
        return cls(
            said, towns, regions, countries, on, {(a, b): weight for a, b, weight in within}, since, until,
            {(kind, low, high) for kind, low, high in told}, set(kinds), {word: rarity(word) for word in words}, {},
            set(counted), {(lat, lon) for lat, lon in points}, {word: rarity(word) for word in story},
            frozenset(names), main, frozenset(scenes),
        )  # fmt: skip

    def contradicted(self, unit: Unit, times: float) -> bool:
        """Whether a voice of this telling gives a number that excludes the unit's, so many times smaller or larger."""
        return any(
            _apart(bounds, other, times) for voice, bounds in unit.voices for other in self.voices.get(voice, ())
        )

    def disputed(self, unit: Unit, times: float) -> bool:
        """Whether another named voice of this telling gives another number of a kind, not so many times apart."""
        return any(
            kind == other_kind and speaker != other and "" not in (speaker, other) and not _apart(bounds, told, times)
            for (_, kind, speaker), bounds in unit.voices
            for (_, other_kind, other), held in self.voices.items()
            for told in held
        )


def _told_on(day: int | None, said: int | None) -> bool:
    """Whether a day that the sentence does not say is the day it was told, so that the figure is one up to then."""
    return said is not None and day is not None and day >= said - 1


def _apart(one: Bounds, other: Bounds, times: float) -> bool:
    (low, high), (least, most) = one, other
    return (high is not None and least is not None and times * high < least) or (
        most is not None and low is not None and times * most < low
    )


def _most(held: dict[K, float], key: K, weight: float) -> None:
    held[key] = max(weight, held.get(key, 0.0))
