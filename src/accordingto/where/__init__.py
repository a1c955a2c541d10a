"""Places in a report, and the place of the event a figure counts.

Precision is UCDP GED's where_prec: 1 exact place, 2 near it, 3 and 4 second- and first-level division, 5 region,
6 country, 7 water or airspace.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Set

from .. import who, world
from ..gazetteer import Place, alike
from ..prose import Prose
from ..records import Evidence, Report, Where
from .event import of
from .mentions import mentions
from .resolve import resolve
from .runs import Mention, words
from .weights import PLACE

__all__ = ["of", "places"]

OBSCURE = 20_000
"""Inhabitants below which a by-name of a town is not taken for it unless the report speaks of its country."""


def places(report: Report, prose: Prose) -> list[Where]:
    """Every place named in the report, resolved, in text order. Nationality words are not places. A name the
    gazetteer does not know but the text puts things in is a place without a point."""
    found = mentions(prose)
    nations = Counter(who.nations(prose.text))
    heard = [m for m in found if not m.unheard]
    for code in {p.country for m in heard if m.score >= 2 for p in m.places[:1] if p.country and p.kind == "country"}:
        nations[code] += 0
    for m in heard:
        if -1 < m.score < 2 and any(p.country in nations for p in m.places[:3]):
            m.score += PLACE["prior"]
    sure = {m.key for m in heard if m.score >= PLACE["sure"]}
    meant = [m for m in heard if m.score >= PLACE["threshold"] or (m.key in sure and m.score >= PLACE["again"])]
    resolved = {start: place for start, place in resolve(meant, nations).items() if not _far(place, nations.keys())}
    countries = nations.keys() | {place.country for place in resolved.values() if place.country}
    named = {m.start: _where(m, resolved[m.start], report, prose) for m in meant if m.start in resolved}
    unheard = [m for m in found if m.unheard] + [m for m in meant if m.start not in resolved]
    named |= {m.start: where for m, where in _unheard(unheard, resolved, countries, report, prose)}
    return [named[start] for start in sorted(named)]


def _far(place: Place, nations: Set[str]) -> bool:
    """Whether it is a hamlet that merely has a by-name like this, in a country the report does not speak of."""
    return place.kind == "city" and place.rank > 0 and place.population < OBSCURE and place.country not in nations


def _unheard(
    found: list[Mention], resolved: Mapping[int, Place], countries: Set[str], report: Report, prose: Prose
) -> Iterator[tuple[Mention, Where]]:
    """Names spelt otherwise in the gazetteer, of a country the report speaks of; and names that are new to it."""
    for m in found:
        spelt = [place for place in m.places if place.country in countries and alike(m.key, place.name)]
        if spelt:
            yield m, _where(m, max(spelt, key=lambda place: place.population), report, prose)
        elif m.score >= 1 or m.parent is not None or prose.text.count(m.text) > 1:
            yield m, _within(m, resolved.get(m.parent.start) if m.parent is not None else None, report)


def _within(m: Mention, outer: Place | None, report: Report) -> Where:
    """A place that is only known to lie in another: at that one's point, no more exact than it."""
    evidence = Evidence.of(report, m.start, m.end)
    if outer is None:
        return Where(m.text, evidence=evidence)
    if outer.kind == "country":
        return Where(m.text, country=outer.country, evidence=evidence)
    return Where(m.text, None, outer.country, outer.lat, outer.lon, max(outer.precision, 2), evidence)


def _where(m: Mention, place: Place, report: Report, prose: Prose) -> Where:
    name, precision = _name(m, place), 2 if place.precision == 1 and _near(m, prose) else place.precision
    if m.landmark is not None:
        name, precision = (
            prose.text[m.start : m.end],
            (world.feature(m.landmark) or world.features()["region"]).precision,
        )
    return Where(
        name=name,
        geonames=place.id if place.id > 0 and m.landmark is None else None,
        country=place.country,
        lat=place.lat,
        lon=place.lon,
        precision=precision,
        evidence=Evidence.of(report, m.start, m.end),
    )


def _name(m: Mention, place: Place) -> str:
    """The gazetteer's name; the report's where the gazetteer's is a scholarly transliteration ("Khān Shaykhūn")."""
    if place.kind == "country" or not place.rank or not any(letter >= "\u0100" for letter in place.name):
        return place.name
    return m.text.title() if m.text.isupper() else m.text


def _near(m: Mention, prose: Prose) -> bool:
    before = " ".join(prose.text[max(0, m.start - 24) : m.start].lower().split()[-2:])
    nearby = words(prose.language).nearby
    return before in nearby or before.rpartition(" ")[2] in nearby
