"""Names that stand together: "Paris, Texas", "Yida camp, Unity State", lists."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from ..gazetteer import Place
from .runs import Mention, Words
from .weights import PLACE

_LISTS = frozenset({", ", " and ", ", and ", " or ", "; "})
LONGEST_GAP = 48
"""Characters between two names above which one does not hold the other."""
_WORD = re.compile(r"(\w+) (?:the )?$")


@lru_cache(maxsize=4)
def _between(forms: frozenset[str], units: frozenset[str]) -> re.Pattern[str]:
    """What stands between a place and the one that holds it: ", ", " in ", ", a village in ", " district of "."""
    kinds = "|".join(sorted(units, key=len, reverse=True))
    patterns = (
        re.escape(form).replace(r"\{unit\}", f"(?:{kinds})").replace(r"\*", r"[\w-]+(?: [\w-]+)?") for form in forms
    )
    return re.compile("|".join(patterns))


def holding(known: Words) -> re.Pattern[str]:
    """The pattern of all that may stand between a place and the one that holds it."""
    return _between(known.between, known.settled | frozenset(known.units))


def chain(found: list[Mention], text: str, known: Words) -> None:
    """ "Paris, Texas": the one after the comma holds the one before, when the gazetteer agrees."""
    between = holding(known)
    for one, two in pairwise(found):
        gap = text[one.end : two.start]
        if len(gap) < LONGEST_GAP and between.fullmatch(gap):
            _hold(one, two, gap, known)
        elif gap == " " and any(place.kind == "country" for place in two.places) and holds(two, one):
            one.parent = two  # near Deir ez-Zor Syria
        elif gap == " for " and (word := _WORD.search(text, max(0, one.start - 24), one.start)):
            two.score += PLACE["strong"] if word.group(1) in known.leaving else 0.0
    _list(found, text)
    for m in found:
        if m.text in known.postal and not m.chained:
            m.score -= 9


def _hold(one: Mention, two: Mention, gap: str, known: Words) -> None:
    """The second may hold the first. Where it is a division by its own words and knows no such place, the name is
    that of a place the gazetteer lacks: "Yida, Unity State" is not Jeddah."""
    sure = gap.startswith(",")
    division = two.unit or known.units.get(two.text.rpartition(" ")[2].lower())
    if one.unheard and (two.score >= 1 or division):
        one.parent, two.score = two, two.score + 0.3
    elif not one.unheard and holds(two, one):
        one.parent = two
        one.score += PLACE["chain"] if sure else PLACE["chain-in"]
        two.score += PLACE["chain-end"] if sure else 0.3
        one.chained = two.chained = sure
    elif sure and division in ("admin1", "admin2") and not _shared(one, two):
        one.parent, one.unheard, one.places = two, True, ()
        one.score, two.score = max(one.score, 1.0), two.score + PLACE["chain-end"]


def _shared(one: Mention, two: Mention) -> bool:
    """Whether some place of one name is in a country of the other's."""
    return not {p.country for p in one.places}.isdisjoint({p.country for p in two.places})


def _list(found: list[Mention], text: str) -> None:
    """What stands in a list beside a place is one, of the kind that is said before the list."""
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
                two.unit = two.unit or one.unit


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
        if inner.admin1 is None:
            return inner.kind in ("site", "region") and close(inner, outer, 2.5)
        return inner.admin1 == outer.admin1 and inner.kind in ("city", "site", "admin2", "region")
    return (
        inner.kind in ("city", "site")
        and (outer.kind == "region" or inner.admin1 in (None, outer.admin1))
        and close(inner, outer, 1.5)
    )


def close(one: Place, other: Place, degrees: float) -> bool:
    return abs(one.lat - other.lat) < degrees and abs(one.lon - other.lon) < degrees * 1.4
