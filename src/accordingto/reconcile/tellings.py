"""Tellings: what one report tells of one thing that happened, with all that says which thing that is.

A pure function of one report. Tellings, not figures, are compared over reports, because figures told together
("471 killed and 314 injured") belong together, and a report says where and when it happened only once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from itertools import groupby

from ..records import Entry
from .affinity import affinity
from .days import day
from .keys import keys
from .profile import Profile
from .rarity import tokens
from .units import Unit, units
from .witnesses import order
from .words import stem, words

INSIDE = 1.2
"""Evidence for taking two sentences of a report to tell of one thing, at least."""
NEXT = 1.5
"""Evidence of standing next to each other."""
APART = 0.3
"""Evidence against one thing of which the same voice gives two numbers in one report."""
FAR, FAR_APART = 2.0, 4.0
"""How many times larger the other number is when it is no revision, and the evidence against one thing then."""
DISPUTE, DISPUTED = 5, 2.0
"""How many times larger the number of another voice is at most when the two dispute one thing; its evidence."""
LOOK = 12
"""Tellings of a report a sentence is held against: the last ones and the first."""
STORY, WORDS = 250, 24
"""Rarity from which on a word tells a report's story, and the most words that do."""
UNDATED = 4_000_000
"""Stands for the day of a report without a date: after every day."""


@dataclass(frozen=True)
class Telling:
    """Figures of one report about one thing, the profile that tells it from others, and its place in line."""

    line: int
    report: str
    figures: tuple[str, ...]
    profile: Profile

    @cached_property
    def keys(self) -> tuple[int, ...]:
        """The keys it is found by."""
        return tuple(keys(self.profile))


@dataclass(slots=True)
class _Group:
    profile: Profile
    units: list[Unit] = field(default_factory=list)


def tellings(entries: Iterable[Entry], named: Mapping[str, Collection[str]] | None = None) -> list[Telling]:
    """The tellings of all reports, each report by itself; `named`: the names in each report's text."""
    rows, held = sorted(entries, key=order), named or {}
    return [
        made
        for report, some in groupby(rows, key=lambda row: row.report)
        for made in of_report(list(some), held.get(report, ()))
    ]


def of_report(rows: Sequence[Entry], named: Collection[str] = ()) -> list[Telling]:
    """The tellings of one report's figures; `named`: the names in its text."""
    groups: list[_Group] = []
    last: _Group | None = None
    for unit in units(rows):
        last = _join(groups, last, unit)
    story, places = _story(rows), {stem(word) for row in rows for word in words(row.place or "")}
    main = max(groups, key=lambda group: sum(len(unit.rows) for unit in group.units), default=None)
    for group in groups:
        group.profile.story, group.profile.main = story, group is main
        group.profile.names = frozenset(named) - places
    return [_telling(group) for group in groups]


def _join(groups: list[_Group], last: _Group | None, unit: Unit) -> _Group:
    """Put a unit into the telling it fits best, or into a new one."""
    alone = Profile.of(unit)
    near = groups if len(groups) <= LOOK else [groups[0], *groups[-LOOK:]]
    scored = [(_fit(alone, unit, group, group is last), -number) for number, group in enumerate(near)]
    best, number = max(scored, default=(0.0, 0))
    if best >= INSIDE:
        chosen = near[-number]
        chosen.profile.add(unit)
    else:
        chosen = _Group(alone)
        groups.append(chosen)
    chosen.units.append(unit)
    return chosen


def _fit(alone: Profile, unit: Unit, group: _Group, last: bool) -> float:
    score = affinity(alone, group.profile, inside=True) + (NEXT if last else 0.0)
    if group.profile.contradicted(unit, FAR):
        return score - FAR_APART
    if group.profile.disputed(unit, DISPUTE):
        score += DISPUTED
    return score - (APART if group.profile.contradicted(unit, 1) else 0.0)


def _story(rows: Sequence[Entry]) -> dict[str, int]:
    """The rarest words of a report's figures and their sources; places are compared as such."""
    told = {
        word: weight
        for row in rows
        for text in (row.sentence, " ".join(row.chain))
        for word, weight in tokens(text, without=row.place).items()
        if weight >= STORY
    }
    return {word: told[word] for word in sorted(told, key=lambda word: (-told[word], word))[:WORDS]}


def _telling(group: _Group) -> Telling:
    rows = [row for unit in group.units for row in unit.rows]
    first = min(rows, key=order)
    figures = tuple(row.figure for row in rows)
    return Telling(_line(group.profile, first), first.report, figures, group.profile)


def _line(profile: Profile, first: Entry) -> int:
    """The place in line: by day of publication, then those that say where and when, then by a hash of the figure."""
    published = day(first.published) or UNDATED
    ident = int.from_bytes(blake2b(first.figure.encode(), digest_size=5).digest(), "big") >> 1
    return (published << 41) | (2 - profile.definite) << 39 | ident
