"""Place names in a text: capitalised words the gazetteer knows, with how much the words around speak for a place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from math import log10

from .. import gazetteer, who, world
from ..gazetteer import Place
from ..prose import Prose
from .runs import Token, Words, people, runs, words
from .weights import FAME, GREAT, PLACE

LONGEST = 5
"""Words in the longest place name looked up."""
HEADLINE = 6
"""Capitalised words in a row from which it is a headline, where a capital tells nothing of the neighbour."""
LARGE = 300_000
"""People from which a first-level division is known by its name alone."""
_CHAINS = frozenset({", ", " (", ", in ", " in ", ", the ", ", a city in ", ", a town in ", ", a village in "})
_LISTS = frozenset({", ", " and ", ", and ", " or ", "; "})
_UNIT_BEFORE = re.compile(r"(?:city|town|village|suburb|district|province|region|hamlet|port) (?:of|called|named) $")
_WORD_BEFORE = re.compile(r"([\w.\-]+)[\s\"“‘'(\[]*$")
_WORD_AFTER = re.compile(r"\s?,?\s?([a-z]+)")
_EVENT_ON = re.compile(r"(\w+) on (?:the )?$")
_SAINTS = {"st": "Saint", "st.": "Saint", "ft.": "Fort", "mt.": "Mount", "ste.": "Sainte"}


@dataclass(slots=True)
class Mention:
    """A name the gazetteer knows. `score` above zero: it is likely to be meant as a place."""

    start: int
    end: int
    text: str
    key: str
    places: tuple[Place, ...]
    score: float = 0.0
    unit: str | None = None
    parent: Mention | None = None
    chained: bool = False
    listed: bool = False
    unheard: bool = False


def mentions(prose: Prose) -> list[Mention]:
    """Every name of a place in the text, scored, in text order; nationality words are left to `who`."""
    known = words(prose.language)
    found_runs = list(runs(prose, known))
    persons = people(found_runs, prose.text, known)
    shouted = _shouted(prose.text)
    found = [mention for run in found_runs for mention in _in_run(run, prose, known, persons, shouted)]
    _chain(found, prose.text, known)
    return found


def _shouted(text: str) -> bool:
    """Whether the text is in capitals, where a capital tells nothing."""
    head = text[:2000]
    return sum(map(str.isupper, head)) > 3 * sum(map(str.islower, head))


def _in_run(run: list[Token], prose: Prose, known: Words, persons: frozenset[str], shouted: bool) -> Iterator[Mention]:
    at = 0
    while at < len(run):
        low = run[at].text.lower()
        if shouted and ((low in known.common and low not in known.openers) or run[at].text in _initials()):
            at += 1
            continue
        found = _longest(run, at, prose.text, known)
        if found is None:
            unheard = _unheard(run, at, prose, known, persons)
            if unheard is not None:
                yield unheard
            at += 1
            continue
        end, mention = found
        mention.score = _score(mention, run, at, end, prose, known, persons)
        yield mention
        at = end


def _unheard(run: list[Token], at: int, prose: Prose, known: Words, persons: frozenset[str]) -> Mention | None:
    """A name new to the gazetteer, put somewhere by "in" or "the town of"; `places` are those that sound like it."""
    token = run[at]
    after = run[at + 1].gap if at + 1 < len(run) else None
    if (token.gap is not None and run[at - 1].text.lower() not in _STRONG) or after not in (None, ", ", " and "):
        return None
    if len(token.text) < 4 or token.text.isupper() or not token.text[-1].isalpha():
        return None
    before = _before(prose.text, run, at)
    named = _UNIT_BEFORE.search(prose.text, max(0, token.start - 24), token.start) is not None
    if not (named or before in _STRONG or (before == "on" and _happened(prose.text, token.start, known))):
        return None
    if _otherwise(token.text, known) or token.text in persons:
        return None
    if token.text.endswith("s") and (owner := gazetteer.find(token.text[:-1])) and owner[0].population > LARGE:
        return Mention(
            token.start, token.end - 1, token.text[:-1], gazetteer.fold(token.text[:-1]), owner, PLACE["sure"]
        )
    key, alike = gazetteer.fold(token.text), gazetteer.sounding(token.text)
    return Mention(token.start, token.end, token.text, key, alike, 1.0 if named else 0.0, unheard=True)


def _otherwise(word: str, known: Words) -> bool:
    """Whether the word is known as something else than a place."""
    low = word.lower()
    lists = (known.common, known.titles, known.given, known.surnames, known.bodies)
    return any(low in words for words in lists) or _is_body(word)


@lru_cache(maxsize=4096)
def _is_body(word: str) -> bool:
    known = who.actor(word)
    return known.sector is not None or known.country is not None


def _longest(run: list[Token], at: int, text: str, known: Words) -> tuple[int, Mention] | None:
    start, last = run[at].start, min(len(run), at + LONGEST)
    if last > at + 1 and not _begins(text[start : run[at + 1].end]):
        last = at + 1
    for end in range(last, at, -1):
        name = text[start : run[end - 1].end]
        places = _lookup(name, known, end - at == 1)
        if places:
            return end, Mention(start, run[end - 1].end, name, gazetteer.fold(name), places)
    return None


def _lookup(words: str, known: Words, single: bool) -> tuple[Place, ...]:
    if single and (words in known.short or words in known.postal):
        full, country = known.short.get(words) or known.postal[words]
        return tuple(p for p in gazetteer.find(full) if p.country == country and (p.kind != "city" or "D.C." in full))
    if words in who.bodies() or (single and words in _nationalities()):
        return ()
    if len(words) < 3 and words not in _initials():
        return ()
    return _find(words)


@lru_cache(maxsize=16384)
def _find(words: str) -> tuple[Place, ...]:
    found = gazetteer.find(words) or gazetteer.find(_spelt_out(words))
    if words in _initials():
        return tuple(p for p in found if p.kind == "country")
    if words.upper() in _initials():
        return tuple(p for p in found if p.kind != "country")
    return found


@lru_cache(maxsize=16384)
def _begins(two: str) -> bool:
    """Whether a place's name begins with these two words, so that longer names need not be looked up in vain."""
    return gazetteer.begins(two) or (_spelt_out(two) != two and gazetteer.begins(_spelt_out(two)))


def _spelt_out(words: str) -> str:
    """ "St. Petersburg" as "Saint Petersburg"."""
    first, blank, rest = words.partition(" ")
    return f"{_SAINTS.get(first.lower(), first)}{blank}{rest}"


@cache
def _initials() -> frozenset[str]:
    """Names of countries that are only initials: "US", "U.K."."""
    names = (name for row in world.countries().values() for name in row.get("aliases", ()))
    return frozenset(name for name in names if name.replace(".", "").isupper())


@cache
def _nationalities() -> frozenset[str]:
    return frozenset(who.nationalities())


def _score(
    m: Mention, run: list[Token], at: int, end: int, prose: Prose, known: Words, persons: frozenset[str]
) -> float:
    """What speaks for a place and against it; the numbers were set by reading errors, one at a time."""
    text, single = prose.text, end - at == 1
    great = m.text.lower() not in known.common and any(
        p.kind in ("country", "region", "water") or (p.kind == "admin1" and p.rank == 0 and p.population > LARGE)
        for p in m.places
    )
    score = max(map(_fame, m.places)) + (0.0 if single else PLACE["several"])
    before = _before(text, run, at)
    after = _WORD_AFTER.match(text, m.end)
    low = m.text.lower()
    m.unit = _unit(m, run, end, after.group(1) if after else "", before, known)
    if m.unit:
        score += PLACE["unit"]
    score += (
        PLACE["strong"]
        if before in _STRONG or (before == "on" and _happened(text, m.start, known))
        else PLACE["locative"]
        if before in known.locative
        else 0.0
    )
    if after and after.group(1) in known.belonging and text[m.end : m.end + 1] == " ":
        score += PLACE["belonging"]
    if (single or (low.startswith("the ") and low[4:] in known.common)) and not great:
        score += _single(m, low, known, persons, text)
    score += _left(run, at, known, great) + _right(run, end, known, great)
    if after and after.group(1) in known.person_verbs and not great and text[m.end : m.end + 1] == " ":
        score += PLACE["does"]
    return score


_STRONG = frozenset(["in", "at", "near", "outside", "inside", "around", "across", "throughout"])


def _happened(text: str, start: int, known: Words) -> bool:
    """ "the attack on": an event stands before the preposition."""
    match = _EVENT_ON.search(text, max(0, start - 24), start)
    return bool(match and match.group(1).lower() in known.happening)


@lru_cache(maxsize=16384)
def _fame(place: Place) -> float:
    if place.kind == "country":
        return FAME["country"] - 0.3 * place.rank
    if place.kind in ("region", "water"):
        return FAME["region"]
    size = min(1.8, max(-1.0, (log10(place.population + 10) - FAME["middle"]) * FAME["slope"]))
    if place.kind == "admin1":
        return FAME["admin1"] if place.rank == 0 and place.population > LARGE else min(size, 0.5)
    if place.kind == "admin2":
        size = FAME["admin2"] if " " in place.name and place.rank == 0 else min(size, 0.0)
    return size + FAME["other"] * place.rank


def _single(m: Mention, low: str, known: Words, persons: frozenset[str], text: str) -> float:
    score = 0.0
    if low in known.common:
        score += PLACE["common"] - max(0.0, max(map(_fame, m.places)))
    if low in known.surnames:
        score += PLACE["surname"]
    if low in known.given:
        score += PLACE["given"]
    if m.text in persons:
        score += PLACE["person"]
    if m.text.isupper() and len(m.text) < 6 and not _heads_paragraph(m, text):
        score += PLACE["initials"]
    return score


def _heads_paragraph(m: Mention, text: str) -> bool:
    """ "KYIV, Jan 2" or "ROME (AP)": a dateline is in capitals without being initials."""
    return (m.start == 0 or text[m.start - 1] == "\n") and text[m.end : m.end + 2] in (", ", " (", " -", " –", " —")


def _before(text: str, run: list[Token], at: int) -> str:
    """The word before the name, lower case; across the small word of a run as well ("of")."""
    gap = run[at].gap
    if gap is not None and (between := gap.strip(" -,").split()):
        return between[0].lower()
    if gap == " ":
        return run[at - 1].text.lower()
    match = _WORD_BEFORE.search(text, max(0, run[at].start - 24), run[at].start)
    return match.group(1).lower() if match else ""


def _left(run: list[Token], at: int, known: Words, great: bool) -> float:
    if at == 0 or run[at].gap is None:
        return 0.0
    gap, left = run[at].gap, run[at - 1].text
    low = left.lower().rstrip(".")
    weights = PLACE | GREAT if great else PLACE
    if gap in (" of ", " of the "):
        return weights["of-body"] if low in known.of_bodies else 0.3
    if gap != " " or low in known.locative or left in _nationalities() or len(run) > HEADLINE:
        return 0.0
    if low in known.titles:
        return weights["after-title"]
    if low in known.given or len(low) == 1:
        return weights["after-given"]
    return weights["after-common" if low in known.bodies or low in known.common else "after-name"]


def _right(run: list[Token], end: int, known: Words, great: bool) -> float:
    if end == len(run) or run[end].gap != " ":
        return 0.0
    low = run[end].text.lower().rstrip(".")
    if low in known.other_names:
        return PLACE["other-name"]
    if low in known.bodies or low in known.titles:
        return PLACE["body"]
    if len(run) > HEADLINE or low in known.common or run[end].text in _nationalities():
        return 0.0
    return (GREAT if great else PLACE)["before-name"]


def _unit(m: Mention, run: list[Token], end: int, after: str, before: str, known: Words) -> str | None:
    """The kind of division named beside: "Kursk region", "the province of Homs"."""
    if end < len(run) and run[end].gap == " ":
        return known.units.get(run[end].text.lower())
    return known.units.get(after) or (known.units.get(before) if before in known.units and before != "state" else None)


def _chain(found: list[Mention], text: str, known: Words) -> None:
    """ "Paris, Texas": the one after the comma holds the one before, when the gazetteer agrees."""
    for one, two in pairwise(found):
        gap = text[one.end : two.start]
        if gap not in _CHAINS:
            continue
        if one.unheard:
            one.parent = two if gap.startswith(",") and two.score >= 1 else None
        elif holds(two, one):
            one.parent = two
            sure = gap.startswith(",")
            one.score += PLACE["chain"] if sure else PLACE["chain-in"]
            two.score += PLACE["chain-end"] if sure else 0.3
            one.chained = two.chained = sure
    for pairs in (pairwise(found), pairwise(found[::-1])):
        for one, two in pairs:
            gap = text[min(one.end, two.end) : max(one.start, two.start)]
            if (
                gap in _LISTS
                and not two.unheard
                and one.score >= 1
                and not one.chained
                and not two.chained
                and not two.listed
            ):
                two.listed = True
                two.score += PLACE["listed"]
    for m in found:
        if m.text in known.postal and not m.chained:
            m.score -= 9


def holds(outer: Mention, inner: Mention) -> bool:
    return any(
        inside(p, q)
        for q in outer.places
        if q.kind in ("country", "admin1", "admin2", "region")
        for p in inner.places[:30]
    )


def inside(inner: Place, outer: Place) -> bool:
    """Whether the outer place is the country or the first-level division of the inner one."""
    if inner.country is None or inner.country != outer.country or inner.id == outer.id or inner.kind == "country":
        return False
    if outer.kind == "country":
        return True
    if outer.kind == "admin1":
        return inner.admin1 == outer.admin1 and inner.kind in ("city", "admin2", "region")
    return (
        inner.kind == "city" and (outer.kind == "region" or inner.admin1 == outer.admin1) and close(inner, outer, 1.5)
    )


def close(one: Place, other: Place, degrees: float) -> bool:
    return abs(one.lat - other.lat) < degrees and abs(one.lon - other.lon) < degrees * 1.4
