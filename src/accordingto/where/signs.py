"""What speaks for a name as a place and what against it: the words around, its fame, people and bodies of the name."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from math import log10

from .. import who, world
from ..gazetteer import Place
from .runs import Mention, Token, Words
from .weights import FAME, GREAT, PLACE

HEADLINE = 6
"""Capitalised words in a row from which it is a headline, where a capital tells nothing of the neighbour."""
LARGE = 300_000
"""People from which a first-level division is known by its name alone."""
STRONG = frozenset(["in", "at", "near", "outside", "inside", "around", "across", "throughout"])
_WORD_BEFORE = re.compile(r"([\w.\-]++)[\s\"“‘'(\[]*+$")
_WORD_AFTER = re.compile(r"\s?,?\s?([a-z]+)")
_EVENT_ON = re.compile(r"(\w++) on (?:the )?$")
_UNIT_OF = re.compile(r"\b([a-z]++) (?:of|called|named) (?:the )?$")


@cache
def initials() -> frozenset[str]:
    """Names of countries that are only initials: "US", "U.K."."""
    names = (name for row in world.countries().values() for name in row.get("aliases", ()))
    return frozenset(name for name in names if name.replace(".", "").isupper())


@cache
def nationalities() -> frozenset[str]:
    """Every nationality word."""
    return frozenset(who.nationalities())


def score(m: Mention, run: list[Token], at: int, end: int, text: str, known: Words, persons: frozenset[str]) -> float:
    """What speaks for a place and against it; the numbers were set by reading errors, one at a time."""
    single, low = end - at == 1, m.text.lower()
    great = low not in known.common and any(map(_great, m.places))
    fame = max(1.0 if m.spot is not None and p.kind == "site" else _fame(p) for p in m.places)
    total = fame + (0.0 if single else PLACE["several"])
    word, after = before(text, run, at), _WORD_AFTER.match(text, m.end)
    m.unit = "site" if m.spot is not None else _unit(m, run, end, after.group(1) if after else "", text, known)
    if m.unit:
        total += PLACE["unit"]
    strong = word in STRONG or (word == "on" and happened(text, m.start, known))
    strong = strong or " ".join(text[max(0, m.start - 24) : m.start].split()[-2:]) in known.bound
    total += PLACE["strong"] if strong else PLACE["locative"] if word in known.locative else 0.0
    if after and after.group(1) in known.belonging and text[m.end : m.end + 1] == " ":
        total += PLACE["belonging"]
    if (single or (low.startswith("the ") and low[4:] in known.common)) and not great:
        put = strong and text[max(0, m.start - 3) : m.start].islower()
        total += _single(m, low, known, persons, text, fame, put)
    total += _left(run, at, known, great) + _right(m, run, end, known, great)
    if after and after.group(1) in known.person_verbs and not great and text[m.end : m.end + 1] == " ":
        total += PLACE["does"]
    return total


def _great(place: Place) -> bool:
    """Countries, waters, large divisions: what a name means before all."""
    if place.kind == "admin1":
        return place.rank == 0 and place.population > LARGE
    return place.kind in ("country", "region", "water")


def happened(text: str, start: int, known: Words) -> bool:
    """ "the attack on": an event stands before the preposition."""
    match = _EVENT_ON.search(text, max(0, start - 24), start)
    return bool(match and match.group(1).lower() in known.happening)


@lru_cache(maxsize=16384)
def _fame(place: Place) -> float:
    if place.own:
        return FAME["own"]
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


def _single(m: Mention, low: str, known: Words, persons: frozenset[str], text: str, fame: float, put: bool) -> float:
    """What speaks against a name of one word. `put`: it stands behind a lower-case "in": "in Nice" is no word."""
    score = 0.0
    if put and fame > 0 and low in known.common:
        score += PLACE["common-put"]
    elif low in known.common or low in known.surnames:
        score += (PLACE["common"] - max(0.0, fame)) * (low in known.common) + PLACE["surname"] * (low in known.surnames)
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


def before(text: str, run: list[Token], at: int) -> str:
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
    if gap != " " or low in known.locative or left in nationalities() or len(run) > HEADLINE:
        return 0.0
    if low in known.titles:
        return PLACE["after-title"] if left.endswith(".") else weights["after-title"]
    if low in known.given or len(low) == 1:
        return weights["after-given"]
    return weights["after-common" if low in known.bodies or low in known.common else "after-name"]


def _right(m: Mention, run: list[Token], end: int, known: Words, great: bool) -> float:
    if end == len(run) or run[end].gap != " ":
        return 0.0
    low = run[end].text.lower().rstrip(".")
    if low in known.other_names:
        return PLACE["other-name"]
    if low in known.bodies or low in known.titles:
        return PLACE["body"]
    if len(run) > HEADLINE or low in known.common or run[end].text in nationalities():
        return 0.0
    namesake = m.text.lower() in known.namesakes
    return (GREAT if great and not namesake else PLACE)["before-name"] + (PLACE["given"] if namesake else 0.0)


def _unit(m: Mention, run: list[Token], end: int, after: str, text: str, known: Words) -> str | None:
    """The kind of division named beside: "Kursk region", "the province of Homs"."""
    if end < len(run) and run[end].gap == " ":
        return known.units.get(run[end].text.lower())
    if after in known.units:
        return known.units[after]
    named = _UNIT_OF.search(text, max(0, m.start - 30), m.start)
    return known.units.get(named.group(1)) if named is not None else None
