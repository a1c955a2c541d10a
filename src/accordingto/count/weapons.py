"""With what: the weapon of a figure, where its clause names one, kept beside the doer.

"Killed by a car bomb", "an air strike killed 12", "12 died in the shelling", "stabbed with knives". Weapons and attacks
that tell one are data (`weapons` of counting.toml); what is itself counted ("destroyed six howitzers") is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..records import Evidence, Report
from .groups import Group
from .memory import Decided
from .scene import Scene
from .words import Words

REACH = 18
"""Tokens between a count or its verb and the weapon."""
FAR = 1.5
"""Price (scene.py) of the way between them from which they belong to two clauses."""
NAMED = 2
"""Words of a weapon's own name before its kind: "Shahed drones", "Fateh-110 missile"."""


def weapon(scene: Scene, report: Report, one: Decided, decided: Sequence[Decided | None]) -> Evidence | None:
    """The words for what harmed the counted, None where the clause does not say."""
    if one.kind.name not in scene.words.lex.sets["harm"]:
        return None
    group, cue = one.group, one.link.cue if one.link else None
    first = min(group.first, cue.first if cue else group.first)
    last = max(group.last, cue.last if cue else group.last)
    harmed = [other.group for other in decided if other and other.kind.name in scene.words.lex.sets["undone"]]
    named = [span for span in _named(scene.words, first, last) if not _within(span, (group, *harmed))]
    near = [(cost, span) for span in named if (cost := _way(scene, first, last, *span)) < FAR]
    if not near:
        return None
    begin, end = min(near)[1]
    return Evidence.of(report, scene.words.starts[_own_name(scene.words, begin)], scene.words.ends[end])


def _within(span: tuple[int, int], groups: Sequence[Group]) -> bool:
    """Whether the words are counted themselves."""
    return any(group.first <= span[1] <= group.last for group in groups)


def _named(words: Words, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Weapons near a count and its verb, token places, both ends included."""
    floor, weapons = 0, words.lex.phrases["weapons"]
    for place, size, _ in weapons.within(words.lower, first - REACH, last + 1 + REACH):
        if place >= floor and not any(words.isin(before, "stance.not") for before in (place - 1, place - 2)):
            yield place, place + size - 1
        floor = max(floor, place + size)


def _way(scene: Scene, first: int, last: int, begin: int, end: int) -> float:
    """Price of the way from the count and its verb to a weapon behind or before them."""
    if begin > last:
        return scene.cost(last + 1, begin, after=True)
    return 0.0 if begin >= first else scene.cost(end + 1, first, after=False)


def _own_name(words: Words, place: int) -> int:
    """Where the weapon's own name begins."""
    first = place
    while first > max(0, place - NAMED) and words.capital(first - 1) and not words.isin(first - 1, "determiners"):
        first -= 1
    return first
