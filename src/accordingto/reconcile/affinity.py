"""How alike two tellings are: plain evidence for (above 0) and against one event, the same both ways.

The weights are plain and few; what matters is their order: a telling number shared and the same town on the same day
speak loudest for one event, another country and another week loudest against. What a sentence says itself counts
whole, what it has from the words around it (`profile.HEARD`) less: a report gives its main place and day to all its
figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import cos, hypot, log, radians, sqrt
from typing import Any, TypeVar

from rapidfuzz import fuzz

from .profile import Profile
from .scenes import apart, clash, wide
from .units import Told, telling

INSIDE = 0.3
"""Weight of such a place or time within one report, where all figures have it from one sentence."""
K = TypeVar("K")
SAME_TOWN, SAME_REGION, SAME_COUNTRY = 3.0, 1.5, 0.3
OTHER_TOWN, OTHER_COUNTRY = 3.0, 4.0
SAME_DAY, NEXT_DAY = 3.0, 1.0
ANYWHERE, ELSEWHERE = 0.8, 0.0
"""What is left of the evidence of one time where no place is shared, and where two places are apart."""
SPELT = 84
"""Similarity (0–100) of two spellings of one town, at least."""
DEGREE = 111.0
"""Kilometres in a degree of latitude."""
FEW = 900_000
"""Rarity added to what each side says: a word or two in common tell little."""
WORDS = 8.0
"""Evidence of two sentences of the same telling words."""
STORY, ASIDE = 8.0, 0.3
"""Evidence of two reports of the same telling words, for the main thing of each; share of it for other things."""
NAMES, ONE = 5.0, 4
"""Evidence of two reports that name the same; names added to each side, because one in common tells little."""
STRANGERS = 1.0
"""Evidence against one event of two reports that name that many each, and none the same."""
FRESH, LASTING = 7, 60
"""Days for which a new incident's toll is told day by day, and for which it is still being counted."""
SURE, FORGIVEN = 1.8, 2.0
"""Evidence of shared figures from which on they are telling; what they leave of evidence against, at most."""
TWICE = 2.5
"""How many times larger a whole number of one report is when it likely counts something else."""
GROWN = 10
"""How many times the first number a toll may become."""
OTHER_PEOPLE = 2.0
"""Evidence against one event whose dead are of two nationalities."""
AGES = 9.0
"""Evidence against one event in two seasons."""
MOST = 6.5
"""Evidence of shared figures, at most."""
SAME_SCENE, OTHER_SCENE, OTHER_INSIDE = 2.0, 5.0, 9.0
"""Evidence of one scene over reports; against one event of scenes that clash, over reports and within one."""
SITE = 2.0
"""Evidence against one event of a disaster and what happened at a site, of which either says nothing."""
WHOLE, WHOLE_INSIDE = 4.0, 3.0
"""Evidence against one event of a toll of a whole war or region and that of a day; of any other in one report."""


def affinity(one: Profile, other: Profile, inside: bool = False) -> float:
    """Evidence that two profiles are of one event; `inside`: both are of one report."""
    heard = INSIDE if inside else 1.0
    shared = numbers(one, other, inside)
    place, time = where(one, other, heard), when(one, other, heard)
    against = (place if place < 0.0 else 0.0) + (time if time < 0.0 else 0.0)
    if shared >= SURE and against < -FORGIVEN:
        against = -FORGIVEN
    if time > 0.0:
        time *= ELSEWHERE if place < 0.0 else ANYWHERE if place <= SAME_COUNTRY else 1.0
    found = shared + (place if place > 0.0 else 0.0) + (time if time > 0.0 else 0.0) + against
    if one.counted and other.counted and not one.counted & other.counted:
        found -= OTHER_PEOPLE
    if common := one.tokens.keys() & other.tokens.keys():
        found += WORDS * sum([one.tokens[word] ** 2 for word in common]) / sqrt((one.mass + FEW) * (other.mass + FEW))
    found += scene(one, other, inside)
    if inside:
        return found
    if common := one.story.keys() & other.story.keys():
        weight = STORY if one.main and other.main else STORY * ASIDE
        found += (
            weight
            * sum([one.story[word] ** 2 for word in common])
            / sqrt((one.story_mass + FEW) * (other.story_mass + FEW))
        )
    return found + names(one, other) + _lag(one, other)


def names(one: Profile, other: Profile) -> float:
    """The same names in two reports speak for one event; several in each, and none shared, against it."""
    if common := len(one.names & other.names):
        return NAMES * common / sqrt((len(one.names) + ONE) * (len(other.names) + ONE))
    return -STRANGERS if min(len(one.names), len(other.names)) >= ONE else 0.0


def scene(one: Profile, other: Profile, inside: bool) -> float:
    """What the scenes say: two of a kind exclude each other, and the whole of a war or region any one day of it."""
    if not one.scenes and not other.scenes:
        return 0.0
    found = 0.0
    if wide(one.scenes) != wide(other.scenes):
        rest = other if wide(one.scenes) else one
        found -= WHOLE_INSIDE if inside else WHOLE if rest.on else 0.0
    if apart(one.scenes, other.scenes):
        found -= SITE
    if clash(one.scenes, other.scenes):
        found -= OTHER_INSIDE if inside else OTHER_SCENE
    return found + (SAME_SCENE if one.scenes & other.scenes and not inside else 0.0)


def where(one: Profile, other: Profile, heard: float) -> float:
    if one.countries and other.countries and not one.countries.keys() & other.countries.keys():
        return -OTHER_COUNTRY * _weight(one.countries, other.countries, heard)
    town = _shared(one.towns, other.towns, heard)
    if town:
        return SAME_TOWN * town
    region = _shared(one.regions, other.regions, heard)
    if region:
        return SAME_REGION * region
    if one.towns and other.towns:
        return _beside(one, other) * _weight(one.towns, other.towns, heard)
    return SAME_COUNTRY if one.countries and other.countries else 0.0


def _beside(one: Profile, other: Profile) -> float:
    """Two towns of other names: spellings of one, near each other, or far apart."""
    if any(_spelt(a, b) for a in one.towns for b in other.towns):
        return SAME_TOWN
    if not (one.points and other.points):
        return -OTHER_TOWN / 2
    far = min(_distance(a, b) for a in one.points for b in other.points)
    return SAME_TOWN / 2 if far <= 10 else 0.0 if far <= 60 else -OTHER_TOWN / 2 if far <= 200 else -OTHER_TOWN


@lru_cache(maxsize=65536)
def _spelt(one: str, other: str) -> bool:
    return fuzz.ratio(one, other) >= SPELT


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points not far from each other."""
    north = one[0] - other[0]
    east = (one[1] - other[1]) * cos(radians((one[0] + other[0]) / 2))
    return DEGREE * hypot(north, east)


def when(one: Profile, other: Profile, heard: float) -> float:
    if one.on and other.on:
        return _days(one, other, heard)
    if one.since and other.since:
        gap, weight = _gap(one.since, other.since), _weight(one.since, other.since, heard)
        return weight * (3.0 if gap <= 3 else -1.0 if gap <= 31 else -3.0)
    if (one.since and other.on) or (one.on and other.since):
        return -3.0 * _weight(one.since or one.on, other.since or other.on, heard)
    if one.until and other.until:
        gap = _gap(one.until, other.until)
        return heard if gap <= 30 else 0.0 if gap <= 90 else -3.0
    if (one.until and other.on) or (one.on and other.until):
        told = _until(one.on or other.on, one.until or other.until)
        return told * heard if told > 0.0 else told
    if one.within or other.within:
        return _within(one, other)
    return 0.0


def _days(one: Profile, other: Profile, heard: float) -> float:
    same = _shared(one.on, other.on, heard)
    if same:
        return SAME_DAY * same
    gap, weight = _gap(one.on, other.on), _weight(one.on, other.on, heard)
    if gap <= FRESH and gap > 1 and _running(one, other):
        return -1.5 * weight
    return weight * (NEXT_DAY if gap == 1 else -2.0 if gap <= 3 else -4.0 if gap <= LASTING else -AGES)


def _running(one: Profile, other: Profile) -> bool:
    """Whether the later one, dated on the day it is told, can be the toll so far of what happened days before."""
    early, later = sorted((one, other), key=lambda profile: max(profile.on))
    if later.said is None or later.said - max(later.on) > 1:
        return False
    pairs = [(_point(a), _point(b)) for a in early.told for b in later.told if a[0] == b[0]]
    return any(a <= b <= GROWN * a for a, b in pairs)


def _until(on: Mapping[int, float], until: Mapping[int, float]) -> float:
    first, last = min(on), max(until)
    return -5.0 if first > last + 1 else 1.0 if last - first <= LASTING else -2.0


def _within(one: Profile, other: Profile) -> float:
    if one.within and other.within:
        meet = any(a <= d and c <= b for a, b in one.within for c, d in other.within)
        return 2.0 if meet else -4.0
    span, rest = (one, other) if one.within else (other, one)
    if rest.on or rest.since:
        told = min(rest.on or rest.since)
        gap = min(max(a - told, told - b, 0) for a, b in span.within)
        return 1.0 if not gap else -4.0 if gap <= LASTING else -AGES
    gap = min(min(rest.until) - b for _, b in span.within) if rest.until else 0
    return -AGES if gap > LASTING else -2.0 if gap > 0 else 0.0


def _lag(one: Profile, other: Profile) -> float:
    """Told of about the same days."""
    if one.said is None or other.said is None:
        return 0.0
    gap = abs(one.said - other.said)
    return 0.5 if gap <= 3 else 0.0 if gap <= 14 else -1.0 if gap <= LASTING else -2.5


def numbers(one: Profile, other: Profile, inside: bool = False) -> float:
    """The same number is strong evidence, the more telling it is; numbers far apart speak against.

    One report that gives two whole numbers far apart tells of two things; two reports may tell of a toll that grows.
    """
    if common := one.told & other.told:
        shared = sorted(map(telling, common), reverse=True)
        return min(MOST, shared[0] + 0.5 * sum(shared[1:]))
    if not one.kinds & other.kinds:
        return 0.0
    nearest: dict[str, float] = {}
    for kind, at in one.sizes:
        for other_kind, size in other.sizes:
            if kind == other_kind:
                nearest[kind] = min(abs(at - size), nearest.get(kind, 99.0))
    worst = max(nearest.values(), default=0.0)
    if inside:
        return -5.0 if worst > log(20) else -3.5 if worst > log(5) else -3.0 if worst > log(TWICE) else 0.0
    return -2.5 if worst > log(40) else -1.5 if worst > log(10) else -0.5 if worst > log(3) else 0.0


def _point(told: Told) -> int:
    return (told[1] if told[1] is not None else told[2]) or 0


def _shared(one: Mapping[K, float], other: Mapping[K, float], heard: float) -> float:
    """The weight of the key both hold that counts most."""
    return max((_both(one[key], other[key], heard) for key in one.keys() & other.keys()), default=0.0)


def _weight(one: Mapping[Any, float], other: Mapping[Any, float], heard: float) -> float:
    return _both(max(one.values()), max(other.values()), heard)


def _both(one: float, other: float, heard: float) -> float:
    least = min(one, other)
    return least if least >= 1.0 else least * heard


def _gap(one: Mapping[int, float], other: Mapping[int, float]) -> int:
    return max(min(one) - max(other), min(other) - max(one), 0)
