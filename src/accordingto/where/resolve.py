"""Which place a name means: the countries and divisions the report names, the neighbourhood, the size."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from math import log10, sqrt
from typing import NamedTuple

from .. import world
from ..gazetteer import Place, alike
from .chains import inside
from .runs import Mention
from .signs import LARGE
from .weights import MEANT

CANDIDATES = 40
"""Places of one name that are weighed."""


class Prior(NamedTuple):
    """What a report speaks of: weights of countries, and of first-level divisions (country, code)."""

    countries: Counter[str]
    divisions: Counter[tuple[str, str]]


class Shares(NamedTuple):
    """The prior as parts of one."""

    countries: dict[str, float]
    divisions: dict[tuple[str, str], float]


def resolve(found: Iterable[Mention], nations: Counter[str]) -> dict[int, Place]:
    """The place of every mention, by its start. One name means one place within a report, unless a
    comma says otherwise ("Paris, Texas")."""
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in found:
        groups[mention.key].append(mention)
    prior = _prior(groups, nations)
    shares = _shares(prior)
    around = Neighbourhood(groups)
    chosen = {key: _choose(group, shares, around) for key, group in groups.items()}
    shares = _shares(_refined(prior, groups, chosen))
    chosen = {key: _choose(group, shares, around) for key, group in groups.items()}
    return {m.start: _own(m, chosen[key]) for key, group in groups.items() for m in group}


def _prior(groups: dict[str, list[Mention]], nations: Counter[str]) -> Prior:
    countries, divisions = Counter(nations), Counter[tuple[str, str]]()
    for group in groups.values():
        first = group[0].places
        nation = next((p for p in first if p.kind == "country"), None)
        division = next((p for p in first if p.kind == "admin1" and p.rank == 0 and p.population > LARGE), None)
        if nation is not None and nation.country and division is None:
            countries[nation.country] += 2 * len(group)
        elif division is not None and division.country and division.admin1:
            rivals = any(p.country != division.country and p.population * 5 > division.population for p in first[:10])
            countries[division.country] += 0 if rivals else len(group)
            divisions[division.country, division.admin1] += 0 if rivals else len(group)
        if all(p.country == first[0].country for p in first) and first[0].country and nation is None:
            countries[first[0].country] += len(group)
    return Prior(countries, divisions)


def _shares(prior: Prior) -> Shares:
    nations, parts = sum(prior.countries.values()) or 1, sum(prior.divisions.values()) or 1
    return Shares(
        {c: n / nations for c, n in prior.countries.items()}, {d: n / parts for d, n in prior.divisions.items()}
    )


def _refined(prior: Prior, groups: dict[str, list[Mention]], chosen: dict[str, Place]) -> Prior:
    """The prior with the places chosen so far."""
    countries, divisions = Counter(prior.countries), Counter(prior.divisions)
    for key, place in chosen.items():
        sure = any(m.chained or m.score >= 2 for m in groups[key])
        if place.country and place.kind != "country" and sure:
            countries[place.country] += 1
            if place.admin1:
                divisions[place.country, place.admin1] += 2 if any(m.chained for m in groups[key]) else 1
    return Prior(countries, divisions)


class Neighbourhood:
    """Names of the report by degree square: how many have a place near another, telling ones counting more."""

    def __init__(self, groups: dict[str, list[Mention]]) -> None:
        self._cells: dict[tuple[int, int], dict[str, float]] = defaultdict(dict)
        self._around: dict[tuple[int, int], tuple[float, dict[str, float]]] = {}
        for key, group in groups.items():
            local = [p for p in group[0].places[:CANDIDATES] if p.kind in ("city", "admin2")]
            for place in local:
                self._cells[int(place.lat // 1), int(place.lon // 1)][key] = 1 / sqrt(len(local))

    def near(self, place: Place, key: str) -> float:
        """The other names with a place in or beside the square of this one."""
        cell = int(place.lat // 1), int(place.lon // 1)
        if cell not in self._around:
            self._around[cell] = self._gather(*cell)
        total, names = self._around[cell]
        return total - names.get(key, 0.0)

    def _gather(self, row: int, column: int) -> tuple[float, dict[str, float]]:
        names: dict[str, float] = {}
        for down in (-1, 0, 1):
            for right in (-1, 0, 1):
                names |= self._cells.get((row + down, column + right), {})
        return sum(names.values()), names


def _choose(group: list[Mention], shares: Shares, around: Neighbourhood) -> Place:
    if len(group[0].places) == 1:
        return group[0].places[0]
    parent = next((m.parent for m in group if m.parent is not None and m.chained), None)
    parent = parent or next((m.parent for m in group if m.parent is not None), None)
    unit = next((m.unit for m in group if m.unit), None)
    candidates = group[0].places[:CANDIDATES]
    best = max(candidates, key=lambda p: weight(p, group[0], parent, unit, shares, around))
    if best.rank and best.admin1 and not alike(best.name, group[0].key):
        division = (best.country, best.admin1, "admin1", 0)
        return next((p for p in candidates if (p.country, p.admin1, p.kind, p.rank) == division), best)
    return best


def _own(mention: Mention, chosen: Place) -> Place:
    """The report's place of this name, unless this mention's own comma or unit says otherwise."""
    if mention.parent is not None and mention.chained:
        held = [p for p in mention.places if any(inside(p, q) for q in mention.parent.places)]
        if held and chosen not in held:
            return max(held, key=size)
    if mention.unit and chosen.kind != mention.unit:
        same = [p for p in mention.places if p.kind == mention.unit and p.country == chosen.country]
        if same:
            return same[0]
    return chosen


def weight(
    place: Place, mention: Mention, parent: Mention | None, unit: str | None, shares: Shares, around: Neighbourhood
) -> float:
    total = size(place)
    if unit == place.kind == "site":
        total = max(total, MEANT["spot"])
    if place.country:
        share = shares.countries.get(place.country, 0.0)
        total += MEANT["country"] * sqrt(share)
        if place.admin1 and place.kind != "admin1":
            total += MEANT["division"] * sqrt(shares.divisions.get((place.country, place.admin1), 0.0))
        if place.kind == "country" and share > 0.3:
            total += MEANT["itself"]
    if parent is not None and any(inside(place, outer) for outer in parent.places):
        total += MEANT["inside"]
    if unit is not None:
        total += MEANT["unit"] if place.kind == unit else 0.0
    if place.kind == "region":
        total += MEANT["division"] if place.country in shares.countries else 0.0
    elif place.kind in ("city", "site", "admin2"):
        total += min(MEANT["near"], around.near(place, mention.key))
    return total


@lru_cache(maxsize=16384)
def size(place: Place) -> float:
    """How likely a name means this place before anything is known: its size, by kind."""
    if place.own:
        return MEANT["own"]
    if place.kind == "country":
        return MEANT["nation"]
    total = log10(place.population + 100) + MEANT["other"] * place.rank
    if place.kind in ("region", "water"):
        return max(total, MEANT[place.kind])
    if place.kind == "admin1":
        return total + MEANT["admin1-other" if place.rank else "admin1"]
    if place.kind == "admin2":
        return total + (0.0 if place.name.endswith(_PLAIN) else MEANT["admin2"])
    return total + (MEANT["capital"] if capital(place) else 0.0)


_PLAIN = (" County", " Parish")
"""Divisions that bear their kind in the name, and so are meant when it is said."""


def capital(place: Place) -> bool:
    return place.kind == "city" and place.population > 50000 and (place.country, place.name) in _capitals()


@cache
def _capitals() -> frozenset[tuple[str, str]]:
    return frozenset((code, name) for code, row in world.countries().items() for name in row.get("capitals", ()))
