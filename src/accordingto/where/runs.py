"""Capitalised words that follow each other: what a place name can be made of; and the language's words about places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ..gazetteer import Place
from ..languages import supported, table, words_of
from ..prose import Prose
from ..world import Feature

_UPPER = "".join(chr(c) for c in (*range(65, 0x250), *range(0x1E00, 0x1F00)) if chr(c).isupper())
_SMALL = "of|of the|de|del|da|do|dos|du|des|la|le|de la|el|al|and|&|the|on|upon|am|e|y|in"
_JOINS = frozenset(f" {word} " for word in _SMALL.split("|")) | {
    " ",
    "-",
    " al-",
    " el-",
    " d'",
    " d’",
    ", ",
    "\u00a0",
    "'s ",
    "’s ",
}
_AGE = re.compile(r", \d\d(?:,|\.|\s+of\b)")


class Token(NamedTuple):
    """A capitalised word and what stands between it and the one before (None: they do not belong together)."""

    start: int
    end: int
    text: str
    gap: str | None


@dataclass(slots=True)
class Mention:
    """A name the gazetteer knows. `score` above zero: it is likely to be meant as a place. `unit`: the kind of
    division or spot named beside it; `parent`: the name that holds it; `landmark`: its last word ("river") if meant."""

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
    spot: Feature | None = None
    landmark: str | None = None


class Words(NamedTuple):
    """The language's words about places, as sets."""

    locative: frozenset[str]
    placing: frozenset[str]
    nearby: frozenset[str]
    bodies: frozenset[str]
    other_names: frozenset[str]
    of_bodies: frozenset[str]
    titles: frozenset[str]
    person_verbs: frozenset[str]
    government_verbs: frozenset[str]
    belonging: frozenset[str]
    happening: frozenset[str]
    acts: frozenset[str]
    lending: frozenset[str]
    directions: frozenset[str]
    sources: frozenset[str]
    territorial: frozenset[str]
    offices: frozenset[str]
    natives: frozenset[str]
    elsewhere: frozenset[str]
    answering: frozenset[str]
    carrying: frozenset[str]
    back: frozenset[str]
    openers: frozenset[str]
    saying: frozenset[str]
    common: frozenset[str]
    given: frozenset[str]
    surnames: frozenset[str]
    settled: frozenset[str]
    landmarks: frozenset[str]
    leaving: frozenset[str]
    hosting: frozenset[str]
    namesakes: frozenset[str]
    between: frozenset[str]
    bound: frozenset[str]
    auxiliaries: frozenset[str]
    grounds: frozenset[str]
    units: dict[str, str]
    short: dict[str, tuple[str, str]]
    postal: dict[str, tuple[str, str]]
    adjectival: tuple[str, ...]
    token: re.Pattern[str]


@cache
def words(language: str | None) -> Words:
    """`languages/<language>/places.toml`, and the pattern of a capitalised word made from it."""
    sets = {name: words_of(language, "places", name) for name in Words._fields[: Words._fields.index("units")]}
    rows = table(language if language in supported() else "en", "places")
    units = {word: kind for kind, names in rows["units"].items() for word in names}
    short, postal = (
        {k: (v.rpartition(", ")[0], v.rpartition(", ")[2]) for k, v in rows[t].items()} for t in ("short", "postal")
    )
    token = _token_pattern(short, frozenset(rows["titles"]))
    return Words(**sets, units=units, short=short, postal=postal, adjectival=tuple(rows["adjectival"]), token=token)


def _token_pattern(short: dict[str, tuple[str, str]], titles: frozenset[str]) -> re.Pattern[str]:
    dotted = "|".join(re.escape(s) for s in sorted(short, key=len, reverse=True) if s.endswith("."))
    spoken = "|".join(re.escape(title) for title in sorted(titles, key=len, reverse=True) if len(title) <= 4)
    small = r"(?:au|aux|sur|en|de|du|des|la|le|les|on|upon|under|al|el|ash|as|ar|in|by|the|i|e)"
    word = rf"[{_UPPER}]\w*(?:['’](?!s\b)\w+)*(?:[-–](?:{small}-)?[{_UPPER}]\w*(?:['’](?!s\b)\w+)*)*"
    return re.compile(
        rf"(?<![\w.])(?:{dotted}|(?:[{_UPPER}]\.){{2,}}|(?:St|Ste|Ft|Mt|{spoken})\.(?= [{_UPPER}])|"
        rf"(?:(?:al|el|ash|esh|ar|as|an|ad|at|az|er|es|en|ed|et|ez)-)?{word})"
    )


def runs(prose: Prose, known: Words) -> Iterator[list[Token]]:
    """Capitalised words that follow each other, with small words between them allowed, within one paragraph."""
    run: list[Token] = []
    last = -1
    text = prose.text
    for match in known.token.finditer(text):
        start, end = match.span()
        gap = text[last:start] if last >= 0 and start - last <= 8 else None
        if gap not in _JOINS:
            gap = None
        if gap is None and run:
            yield run
            run = []
        run.append(Token(start, end, match.group(), gap))
        last = end
    if run:
        yield run


def people(runs: list[list[Token]], text: str, known: Words) -> frozenset[str]:
    """Words that are somebody's name in this text: after a title or a given name, or before an age."""
    names: set[str] = set()
    for run in runs:
        for at, token in enumerate(run):
            low = token.text.lower().rstrip(".")
            if low in known.titles or low in known.given or low in known.namesakes:
                for other in run[at + 1 : at + 4]:
                    if other.gap != " " or other.text.lower() in known.bodies:
                        break
                    names.add(other.text)
        if len(run) > 1 and run[-1].gap == " " and _AGE.match(text, run[-1].end):
            names.add(run[-1].text)
    return frozenset(names)
