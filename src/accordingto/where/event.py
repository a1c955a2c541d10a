"""The place of the event a figure counts."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from .. import who, world
from ..campaigns import counts_a_country
from ..prose import Prose
from ..records import Figure, Report, Span, Where
from .chains import LONGEST_GAP, holding
from .mentions import mentions
from .runs import Words, words

PLACED, DIRECTION, UNSAID, PASSING, BODY = 0.5, 0.4, 0.3, 0.05, 0.1
"""Roles: from PLACED up something is put there; a direction; a name in passing; part of the name of a body."""
CLAUSE = 60
"""Code points that a semicolon between a figure and a place counts for."""
NEAR = 2
"""Sentences before a figure in which the place told last can be that of people of its country."""
WIDE, CARRIED = 4, 60
"""Precision of a place as wide as a country or region; code points before it in which people are carried there."""
HOLDER = 0.3
"""What a place loses that holds the one before it."""
MOVING = frozenset(
    {
        "deployed",
        "in_training",
        "returned",
        "repatriated",
        "evacuated",
        "displaced",
        "refugees",
        "sheltering",
        "recruited",
    }
)
"""Kinds of figure whose place is where people go."""
ABROAD = frozenset({"MIL", "REB", "GOV", "SPY", "JRN", "NGO"})
"""Sectors whose people are often counted outside their country."""
_GROUND = re.compile(r"\b([A-Z][a-z]+) ([a-z]+)(?:[ -]([a-z]+))?(?: ([a-z]+))?")
_BEFORE = re.compile(r"([\w\-]++)[\s\"“‘(]*+$")
_SPOKEN = re.compile(r"\b(\w++) (?:in|at|from) (?:the )?$")
_OFFICE = re.compile(r"\b(\w++) of (?:the )?$")
_NEXT = re.compile(r"(['’]s)?(-\w+)?(\W*)(\w+(?:-\w+)*)?(?: ([\w\-]+(?: [\w\-]+)?))?")
_NATIONAL = re.compile(r"\b([A-Z]\w+) ([A-Za-z]+)")
_DATELINE = re.compile(r"[^.!?\n]{0,40}?(?:\([A-Z][\w /]+\)|\s[-–—]+\s)")
_BEHIND = re.compile(r" \w+ (?:the )?")
_SPEAKS = re.compile(r"\s[-–—]+\s$")
_ENDS = re.compile(r"[.\s]*(?:\n|$)")
_JOINED = re.compile(r"(?:, | and |, and | or |/|–|-)$")


@dataclass(frozen=True, slots=True)
class Scene:
    """What a report's places are together: their spans and roles, the weight of each country named (early mentions
    count double), and each country's most frequent place. `passing`: nothing is put anywhere."""

    spans: tuple[Span, ...]
    roles: tuple[float, ...]
    countries: Mapping[str | None, float]
    frequent: Mapping[str | None, Where]
    passing: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """A list of places as itself, so that what is read of it is read once a report and not once a figure."""

    places: Sequence[Where]

    def __hash__(self) -> int:
        return id(self.places)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.places is self.places


@lru_cache(maxsize=8)
def _scene(same: _Same, prose: Prose) -> Scene:
    places = same.places
    spans = tuple(place.evidence.span if place.evidence else (0, 0) for place in places)
    roles = _finer(places, spans, _roles(prose, spans), prose)
    countries: dict[str | None, float] = defaultdict(float)
    named: dict[tuple[str | None, str], float] = defaultdict(float)
    holders: dict[tuple[str | None, str], Where] = {}
    floor = PLACED if any(role >= PLACED for role in roles) else PASSING
    for place, role in zip(places, roles, strict=True):
        if place.evidence is None or role < PASSING:
            continue
        key = (place.country, place.name)
        holders.setdefault(key, place)
        weight = (role if role >= floor else 0.05) * (2.0 if prose.sentence_index(place.evidence.start) < 3 else 1.0)
        countries[place.country] += weight
        named[key] += weight * (0.7 if (place.precision or 1) >= 6 else 1.0)
    frequent: dict[str | None, tuple[str | None, str]] = {}
    for key in named:
        if key[0] not in frequent or named[key] > named[frequent[key[0]]]:
            frequent[key[0]] = key
    return Scene(spans, roles, countries, {code: holders[key] for code, key in frequent.items()}, floor == PASSING)


def _finer(
    places: Sequence[Where], spans: tuple[Span, ...], roles: tuple[float, ...], prose: Prose
) -> tuple[float, ...]:
    """The roles, less for what only says where the place before it lies: "in Swat, Khyber Pakhtunkhwa"."""
    between, found = holding(words(prose.language)), list(roles)
    for number, (one, two) in enumerate(pairwise(places), 1):
        same = one.lat is not None and (one.lat, one.lon) == (two.lat, two.lon)
        coarser = same or (one.country == two.country and (one.precision or 1) < (two.precision or 1))
        first, last = spans[number - 1][1], spans[number][0]
        if coarser and last - first < LONGEST_GAP and between.fullmatch(prose.text, first, last):
            found[number] = max(min(found[number], found[number - 1] - HOLDER), 0.0)
    return tuple(found)


def of(figure: Figure, places: Sequence[Where], report: Report, prose: Prose) -> Where | None:
    """Where what the figure counts happened: the nearest place its sentence puts something at, else what "there"
    points back to, else the place most of the report is about. Never the dateline or a government's capital."""
    if not places:
        return None
    scene = _scene(_Same(places), prose)
    spans, roles = scene.spans, scene.roles
    start = figure.evidence.start
    sentence = prose.sentence_at(start) or (0, len(prose.text))
    moving = figure.kind in MOVING
    best = _nearest(places, spans, roles, figure.evidence.span, sentence, moving, prose)
    if best is None and _any(prose.language, "back").search(prose.text, *sentence):
        best = _last(places, spans, roles, sentence[0])
    if ground := _grounds(prose, sentence, figure.evidence.span, best):
        best = scene.frequent.get(ground) or _country(ground)
    before = _just_before(places, spans, roles, figure, prose)
    home = figure.counted.country if figure.counted else None
    if best is None and before is not None and home is not None and before.country == home:
        best = before  # militants slipped into Israel; 1,400 Israelis have died
    if best is not None and best.country is not None:
        return best
    left = _carried_to(places, scene, sentence, prose)
    main = _main(scene, figure, home if before is None else None, report, prose, left)
    if best is None and main is not None and counts_a_country(prose.text[slice(*sentence)], prose.language):
        main = _widest(main, places)
    return replace(best, country=main.country) if best is not None and main is not None else main


def _widest(place: Where, places: Sequence[Where]) -> Where:
    """The country of a town or division, or the widest region of it that the report names ("Gaza Strip")."""
    if place.country is None or (place.precision or 1) > 4 or place.name in _regions():
        return place
    held = (one for one in places if one.country == place.country)
    wide = (one for one in held if 4 < (one.precision or 1) < 7 or one.name in _regions())
    return max(wide, key=lambda one: one.precision or 1, default=_country(place.country))


@cache
def _regions() -> frozenset[str]:
    return frozenset(row["names"][0] for row in world.regions())


def _nearest(
    places: Sequence[Where],
    spans: tuple[Span, ...],
    roles: tuple[float, ...],
    figure: Span,
    sentence: Span,
    moving: bool,
    prose: Prose,
) -> Where | None:
    """The place of the sentence that is nearest to the figure, those put by a preposition first."""
    options: list[tuple[float, int]] = []
    for number in range(bisect_left(spans, (sentence[0], 0)), len(spans)):
        start, end = spans[number]
        if start >= sentence[1]:
            break
        role = 1.0 if moving and roles[number] == DIRECTION else roles[number]
        if role < PLACED or _another(prose, figure, spans[number]):
            continue
        if _BEHIND.fullmatch(prose.text, figure[1], start):
            return places[number]  # nine in Velm, eleven in Tarn
        distance = _way(figure, spans[number])
        distance += CLAUSE if ";" in prose.text[min(end, figure[1]) : max(start, figure[0])] else 0
        options.append((role * 2 - distance / 100, number))
    return places[max(options)[1]] if options else None


def _another(prose: Prose, figure: Span, place: Span) -> bool:
    """Whether what stands between a figure and a place says that the place is another event's."""
    if place[0] > figure[1]:
        return _any(prose.language, "elsewhere").search(prose.text, figure[1], place[0]) is not None
    return _any(prose.language, "answering").search(prose.text, place[1], figure[0]) is not None


@lru_cache(maxsize=8)
def _any(language: str | None, name: str) -> re.Pattern[str]:
    """A list of the language's words about places as one expression."""
    return re.compile(rf"\b(?:{'|'.join(sorted(getattr(words(language), name)))})\b", re.IGNORECASE)


def _carried_to(places: Sequence[Where], scene: Scene, sentence: Span, prose: Prose) -> frozenset[str | None]:
    """The countries to which a sentence says that people were carried off: "took 200 hostages back to Gaza"."""
    first, last = (bisect_left(scene.spans, (at, 0)) for at in sentence)
    carrying, found = _any(prose.language, "carrying"), set[str | None]()
    for number in range(first, last):
        start, place = scene.spans[number][0], places[number]
        towards = scene.roles[number] == DIRECTION and (place.precision or 1) >= WIDE
        if towards and carrying.search(prose.text, max(sentence[0], start - CARRIED), start):
            found.add(place.country)
    return frozenset(found)


def _last(places: Sequence[Where], spans: tuple[Span, ...], roles: tuple[float, ...], before: int) -> Where | None:
    for number in range(bisect_left(spans, (before, 0)) - 1, -1, -1):
        if roles[number] >= PLACED and (places[number].precision or 1) < 6:
            return places[number]
    return None


def _way(figure: Span, place: Span) -> float:
    """Code points between a figure and a place, more for one before it."""
    return place[0] - figure[1] if place[0] >= figure[1] else (figure[0] - place[1]) * 1.3


def _just_before(
    places: Sequence[Where], spans: tuple[Span, ...], roles: tuple[float, ...], figure: Figure, prose: Prose
) -> Where | None:
    """The place that something was put at last, in the figure's sentence or right before it."""
    first = prose.sentences[max(0, prose.sentence_index(figure.evidence.start) - NEAR)][0]
    before = range(bisect_left(spans, (first, 0)), bisect_left(spans, figure.evidence.span))
    return next((places[number] for number in reversed(before) if roles[number] >= PLACED), None)


def _grounds(prose: Prose, sentence: Span, figure: Span, best: Where | None) -> str | None:
    """The country whose ground a sentence speaks of by its nationality ("Israeli border villages"), nearer to the
    figure than the best place it names."""
    nearest = _way(figure, best.evidence.span) if best is not None and best.evidence is not None else math.inf
    for match in _GROUND.finditer(prose.text, *sentence):
        nation, *nouns = match.groups()
        if nation in who.nationalities() and not words(prose.language).grounds.isdisjoint(nouns):
            return who.country_of(nation) if _way(figure, match.span()) < nearest else None
    return None


def _main(
    scene: Scene, figure: Figure, home: str | None, report: Report, prose: Prose, left: frozenset[str | None]
) -> Where | None:
    """The place the report puts most at, none of those `left`; the title and the country of those counted (`home`)
    weigh in. Within its country the most exact of the frequent. Names in passing count only where nothing is put
    anywhere."""
    countries = {country: weight for country, weight in scene.countries.items() if country not in left}
    for country, weight in (*_hints(figure, home, report.title, prose.language), *_counting(prose)):
        if country in countries or (scene.passing and scene.countries):
            countries[country] = countries.get(country, 0.0) + weight
    if not countries:
        return None
    best = max(countries, key=lambda code: countries[code])
    return scene.frequent.get(best) or (_country(best) if best is not None else None)


def _hints(figure: Figure, home: str | None, title: str | None, language: str | None) -> tuple[tuple[str, float], ...]:
    """Countries that the title and the counted people's nationality speak for."""
    hints = _title(title, language) if title else ()
    if home is not None and figure.counted is not None and figure.counted.sector not in ABROAD:
        hints += ((home, 1.0),)
    return hints


@lru_cache(maxsize=8)
def _counting(prose: Prose) -> tuple[tuple[str, float], ...]:
    """Nationalities of bodies that count in their own country: "Palestinian health authorities"."""
    known, text = words(prose.language), prose.text
    found = ((m.group(1), m.group(2)) for m in _NATIONAL.finditer(text) if m.group(2).lower() in known.territorial)
    return tuple(
        (country, 0.6) for nation, _ in found if nation in who.nationalities() and (country := who.country_of(nation))
    )


def _country(code: str) -> Where:
    row = world.countries()[code]
    lat, lon = row["point"]
    return Where(row["name"], row["geonames"], code, lat, lon, precision=6)


@lru_cache(maxsize=64)
def _title(title: str, language: str | None) -> tuple[tuple[str, float], ...]:
    prose = Prose(title, language)
    found = [m for m in mentions(prose) if m.score >= 1 and m.places and m.places[0].country]
    roles = _roles(prose, tuple((m.start, m.end) for m in found))
    return tuple(
        (m.places[0].country or "", 2.0 if role >= PLACED else 0.3) for m, role in zip(found, roles, strict=True)
    )


@lru_cache(maxsize=16)
def _roles(prose: Prose, spans: tuple[Span, ...]) -> tuple[float, ...]:
    """How much each mention is where something happens, 0 to 1; a list shares the role of its first."""
    known = words(prose.language)
    roles: list[float] = []
    for number, span in enumerate(spans):
        role = _role(prose, span, known)
        if role == UNSAID and number and _JOINED.fullmatch(prose.text[spans[number - 1][1] : span[0]]):
            role = roles[-1] * 0.9 if roles[-1] > UNSAID else role
        roles.append(role)
    return tuple(roles)


def _role(prose: Prose, span: Span, known: Words) -> float:
    text, (start, end) = prose.text, span
    after = _NEXT.match(text, end)
    possessive, hyphen, gap, word, more = after.groups() if after else (None, None, "", None, None)
    before = _BEFORE.search(text, max(0, start - 30), start)
    low = before.group(1).lower() if before else ""
    follows = word.lower() if word and gap == " " else ""
    if _dateline(prose, start, end):
        return 0.0
    if _SPEAKS.search(text, max(0, start - 3), start) and _ENDS.match(text, end):
        return PASSING  # "… killed in hospital blast - Israel"
    if follows in known.territorial or (
        more and not known.territorial.isdisjoint(more.lower().split()) and (possessive or hyphen)
    ):
        return PLACED
    if (hyphen and hyphen.lower() in known.lending) or (text[start:end].isupper() and follows in known.acts):
        return 0.0
    if (
        hyphen
        or follows in known.offices
        or (word and follows and word[0].isupper() and (follows in known.bodies or follows in known.titles))
    ):
        return BODY
    if follows in known.happening and not possessive:
        return 0.9
    put = low in known.placing
    if follows in known.government_verbs and not possessive and not (put and follows in known.auxiliaries):
        return UNSAID if put else 0.0
    if possessive and low not in known.placing:
        return PASSING if follows in known.happening else BODY
    if low in known.directions or follows in known.hosting:
        return DIRECTION
    if (spoken := _SPOKEN.search(text, max(0, start - 40), start)) and spoken.group(1).lower() in known.saying:
        return UNSAID
    office = _OFFICE.search(text, max(0, start - 40), start)
    if office and office.group(1).lower() in known.offices | known.natives:
        return BODY  # the embassy of the Philippines said
    if low in known.placing:
        return 0.6 if low in ("of", "on") else 1.0
    return 0.2 if low in known.sources else UNSAID


def _dateline(prose: Prose, start: int, end: int) -> bool:
    """ "KYIV, Jan 2 (AFP) -" at the head of a paragraph."""
    paragraph = prose.paragraph_at(start)
    return bool(
        paragraph and start - paragraph[0] < 3 and prose.text[start:end].isupper() and _DATELINE.match(prose.text, end)
    )
