"""Scenes: what a figure's sentence says it happened at, by which incidents of one day and town are told apart.

A scene is a site ("bus station"), a disaster ("landslide"), a happening ("riot"), `LASTING`, the whole of a war or a
siege, or `WIDE`: all that happened in a region, of no day. The words are data: `sites`, `disasters`, `lasting` … of
`asking.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from ..records import Entry, Span
from .days import shape
from .words import alike, fold, listed

LASTING = "*"
"""The scene of a figure that counts the whole of something that lasts."""
WIDE, REGION = "~", 4
"""The scene of a figure for a whole region, of nothing in particular; precision of such a place, at least."""
BEFORE = 1.3
"""How much further off a scene before the figure stands than one behind it."""
BESIDE = 60
"""Code points around a site in which something happens to it."""
_AFTER = re.compile(r" (\w+)")
_BEFORE = re.compile(r"(?:\w+ ){1,4}$")


def scenes(row: Entry) -> frozenset[str]:
    """The site or disaster and the happening nearest to a figure in its sentence; `LASTING` when that is nearer."""
    found = _scenes(row.sentence, row.exact)
    return frozenset([WIDE]) if not found and _wide(row) else found


@lru_cache(maxsize=65536)
def apart(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one tells of a site and of no disaster, the other of a disaster and of no site."""
    sorts, others = set(map(_sort, one)), set(map(_sort, other))
    return {"sites", "disasters"} <= sorts ^ others and not (sorts & others)


def wide(scenes: frozenset[str]) -> bool:
    """Whether figures of these scenes count all of a war, or all of a region."""
    return WIDE in scenes or LASTING in scenes


def _wide(row: Entry) -> bool:
    """Whether a figure is given for a region or country, of no day and no one thing that happened there."""
    if (row.place_precision or 1) < REGION or row.mode not in ("total", "added"):
        return False
    if row.time_said and shape(row.edtf) == "period":
        return True
    if not row.place_said or (row.time_said and shape(row.edtf) == "day" and row.mode == "total"):
        return False
    return _runs(row.sentence, row.exact)


@lru_cache(maxsize=65536)
def _runs(sentence: str, exact: str) -> bool:
    """Whether a sentence tells a toll that still runs, and of no one attack or accident but among what it includes."""
    text = fold(sentence)
    end = max(text.find(fold(exact)), 0) + len(exact)
    rest = _words("within").split(text[end:], maxsplit=1)[0]
    return _words("running").search(text) is not None and _once().search(text[:end] + rest) is None


@lru_cache(maxsize=65536)
def clash(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two figures' scenes exclude each other: two of a sort, a scene and a whole war, a site and a whole
    region."""
    if not one or not other or one & other:
        return False
    if WIDE in one or WIDE in other:
        return "sites" in map(_sort, (*one, *other))
    return (LASTING in one) != (LASTING in other) or not set(map(_sort, one)).isdisjoint(map(_sort, other))


@lru_cache(maxsize=65536)
def _scenes(sentence: str, exact: str) -> frozenset[str]:
    text = fold(sentence)
    start = max(text.find(fold(exact)), 0)
    figure = start, start + len(exact)
    found = [(_way(figure, span), scene) for span, scene in _told(text) if not _parted(text, figure, span)]
    nearest: dict[str, str] = {}
    for _, scene in sorted(found):
        nearest.setdefault(_sort(scene), scene)
    if {"sites", "disasters"} <= nearest.keys():
        sorts = [_sort(scene) for _, scene in sorted(found)]
        del nearest[max("sites", "disasters", key=sorts.index)]
    whole = nearest.pop(LASTING, None)
    return frozenset([LASTING] if whole and min(found)[1] == LASTING else nearest.values())


def _way(figure: Span, scene: Span) -> float:
    """Code points between a figure and a scene, more for one before it."""
    return scene[0] - figure[1] if scene[0] >= figure[1] else (figure[0] - scene[1]) * BEFORE


def _sort(scene: str) -> str:
    """What a scene is: scenes of one sort exclude each other."""
    if scene in (LASTING, WIDE):
        return scene
    return next((sort for sort in ("disasters", "happenings") if scene in alike(sort)), "sites")


def _told(text: str) -> Iterator[tuple[Span, str]]:
    """The scenes a sentence names, and where: not those that speak, nor where the wounded are brought."""
    for match in _named().finditer(text):
        scene = _known()[match[1]]
        if _happens(text, match.span(), scene, bool(match[2])):
            yield match.span(), scene
    for match in _whole().finditer(text):
        yield match.span(), LASTING


def _happens(text: str, span: Span, scene: str, several: bool) -> bool:
    """Whether something happened at what is named here."""
    after = _AFTER.match(text, span[1])
    if after is not None and after[1] in listed("speaking"):
        return False
    if scene in listed("moving"):
        return _beside("wrecks", text, span)
    before = _BEFORE.search(text, max(0, span[0] - BESIDE), span[0])
    words = before[0].split() if before else []
    cared = scene in listed("nursing")
    if _beside("acts", text, span):
        return "before" not in words[-2:] and (not cared or not _beside("brought", text, span))
    return not (cared or several) and listed("aside").isdisjoint(words)


def _beside(name: str, text: str, span: Span) -> bool:
    return _words(name).search(text, max(0, span[0] - BESIDE), min(len(text), span[1] + BESIDE)) is not None


def _parted(text: str, figure: Span, scene: Span) -> bool:
    """Whether a scene behind a figure is another's: of a part of those counted, or apart from them."""
    between = text[figure[1] : scene[0]]
    return ":" in between or _words("within").search(between) is not None


@cache
def _known() -> dict[str, str]:
    return alike("sites") | alike("disasters") | alike("happenings")


@cache
def _named() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])({_either(_known())})(e?s)?(?![\w-])")


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_either(listed(name))})(?:e?s)?(?![\w-])")


@cache
def _once() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_either(listed('incidents'))})\b")


@cache
def _whole() -> re.Pattern[str]:
    """ "the whole siege", "since the civil war began", "one month of siege", "the start of the war", "in its war"."""
    known = {name: f"(?:{_either(listed(name))})" for name in ("lasting", "wars", "whole", "spans", "starts", "its")}
    said = (form.replace("*", r"(?: \w+)?").format(**known) for form in sorted(listed("all_of")))
    return re.compile(rf"\b(?:{'|'.join(said)})\b")


def _either(found: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(found, key=lambda word: (-len(word), word)))
