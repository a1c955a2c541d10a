"""Who is meant: nationality, sector and a readable name from words such as "some 3,500 North Korean soldiers".

Sectors are PLOVER actor codes (github.com/openeventdata/PLOVER), countries ISO 3166-1 alpha-2. All words are
data: `world/countries.toml`, `world/regions.toml`, `languages/en/actors.toml`, `bodies.toml` and the
user's own bodies. Unknown stays None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from . import world
from .languages import table, words_of
from .records import Actor, Evidence

if TYPE_CHECKING:
    from .attribute.bodies import Body

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?:['’\-.]\w+)*")
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")
_WRITTEN = re.compile(r"(?<!['’\w])[^\W\d_]\w*")
_LIST = re.compile(r"[\w \-]+(?:, [\w \-]+)*,? and [\w \-]+")
_CAPITALISED = re.compile(r"(?=[A-Z])(?:(?:North|South|New|Saudi|Sri|Costa|El|Central|Puerto|East|Papua) )?[A-Z]\w+")
BRIEF = 3
"""Letters up to which initials are an actor only when their sector is told: "MIT" is much else."""
LONGEST = 6
"""Words in the longest name looked up."""


class _Named(NamedTuple):
    """What a name stands for: a country, or a body with its sector."""

    country: str | None
    sector: str | None
    name: str
    adjective: bool


class _Found(NamedTuple):
    """A name found in a list of words: first word, one past the last, what it stands for."""

    first: int
    end: int
    named: _Named


def country_of(words: str) -> str | None:
    """The country named in the words by name, nationality, capital, region or body, first one first.

    "Seoul's spy agency" is KR, "Ukrainian military" UA, "Russian-backed separatists" unknown.
    """
    return _country_of(words)


def actor(words: str, evidence: Evidence | None = None) -> Actor:
    """The actor the words name: readable name, country, PLOVER sector, kind (people, body or materiel)."""
    known = _actor(words)
    return known if evidence is None else replace(known, evidence=evidence)


def countries(words: str) -> list[str]:
    """Every country the words name by name, nationality, capital or region, in order."""
    return [match.named.country for match in _found(_tokens(words)) if match.named.country and not match.named.sector]


@cache
def nationalities() -> frozenset[str]:
    """Every nationality word, as written, that is not also the name of a country."""
    return frozenset(name for name, named in _names().items() if named.adjective)


@cache
def bodies() -> frozenset[str]:
    """Every name of an armed group, agency or other body, as written."""
    return frozenset(name for name, named in _names().items() if named.sector)


def nations(text: str) -> Iterator[str]:
    """The countries that nationality words of a text name, in text order, once a word."""
    adjectives = _adjectives()
    for match in _CAPITALISED.finditer(text):
        named = adjectives.get(match.group())
        if named is None and " " not in match.group():
            continue
        if named is not None:
            yield named


@cache
def _adjectives() -> dict[str, str]:
    return {name: named.country for name, named in _names().items() if named.adjective and named.country}


@lru_cache(maxsize=65536)
def _country_of(words: str) -> str | None:
    found = _found(_tokens(words))
    return next((match.named.country for match in found if match.named.country), None)


@lru_cache(maxsize=16384)
def _actor(words: str) -> Actor:
    phrase, rest = _split(_tokens(_first(words)))
    found = _found(phrase)
    country = next((match.named.country for match in reversed(found) if match.named.country), None)
    head = _head(phrase)
    if rest and rest[0].lower() in words_of("en", "actors", "origins") and (head is not None or not found):
        named = next((match.named for match in _found(rest)), None)
        if named is not None and named.sector is not None and (head is None or head[0] is None or country is None):
            return Actor(f"{named.name} {_name(phrase)}", named.country, named.sector, "people")
        if named is not None and named.country is not None and country is None and head is not None:
            country = named.country
            phrase = [(world.demonyms(country) or (named.name,))[0], *phrase]
    body = next((match.named for match in found if match.named.sector), None)
    if head is not None and not (body and found[-1].end == len(phrase) and found[-1].named is body):
        return Actor(_name(phrase), country, head[0], _kind(head))
    if body is not None:
        return Actor(body.name, body.country, body.sector, "body")
    return Actor(_name(phrase) or " ".join(words.split()), country, None, "people" if country else None)


def _kind(head: tuple[str | None, str]) -> str:
    if head[0] is None:
        return "materiel"
    return "body" if head[1] in words_of("en", "actors", "institutions") else "people"


def _first(words: str) -> str:
    """Up to the comma, unless it separates people ("men, women and children")."""
    before, comma, _ = words.partition(",")
    return words if not comma or _LIST.fullmatch(words) or not _head(_tokens(before)) else before


def _tokens(words: str) -> list[str]:
    return _TOKEN.findall(words)


def _split(tokens: list[str]) -> tuple[list[str], list[str]]:
    """The noun phrase without its opening number words, and what follows it."""
    leading, ending = words_of("en", "actors", "leading"), words_of("en", "actors", "ending")
    origins = words_of("en", "actors", "origins")
    first = 0
    while (
        first < len(tokens)
        and (tokens[first].lower() in leading or tokens[first][0].isdigit())
        and not _named(tokens, first)
    ):
        first += 1
    institutions = words_of("en", "actors", "institutions")
    for at in range(first, len(tokens)):
        word = tokens[at].lower()
        if word == "of" and at + 1 < len(tokens) and f"{tokens[at - 1]} of {tokens[at + 1]}".lower() in institutions:
            continue
        if at > first and (word in ending or (word in origins and not _named(tokens[first:], 0, at - first))):
            return tokens[first:at], tokens[at:]
    return tokens[first:], []


def _named(tokens: list[str], at: int, through: int = 0) -> bool:
    """Whether a known name starts at this word (and runs through that one)."""
    return any(match.first == at and match.end > through for match in _found(tokens[: at + LONGEST]))


def _found(tokens: list[str]) -> list[_Found]:
    """Names in the words, longest first at each place, left to right."""
    names, found, at = _names(), [], 0
    bare = [_POSSESSIVE.sub("", token) for token in tokens]
    while at < len(tokens):
        match = None
        for end in range(min(len(tokens), at + LONGEST), at, -1):
            named = names.get(" ".join(bare[at:end]))
            if named is not None:
                match = _Found(at, end, named)
                break
        if match is None and "-" in bare[at]:
            match = _hyphenated(bare[at], at)
        if match is not None and not _backer(tokens, match.end):
            found.append(match)
        at = match.end if match is not None else at + 1
    return found


def _hyphenated(word: str, at: int) -> _Found | None:
    """ "Iranian-American", "US-educated": the first part, unless it is only a backer."""
    first, _, last = word.partition("-")
    named = _names().get(first)
    if named is None or last.lower() in words_of("en", "actors", "backers"):
        return None
    return _Found(at, at + 1, named)


def _backer(tokens: list[str], after: int) -> bool:
    return after < len(tokens) and tokens[after].lower() in ("backed", "led")


def _head(phrase: list[str]) -> tuple[str | None, str] | None:
    """Sector and noun of the last noun of people (or materiel: sector None) in the phrase."""
    heads = _heads()
    lower = [_POSSESSIVE.sub("", word).lower() for word in phrase]
    for end in range(len(lower), 0, -1):
        for first in range(max(0, end - 4), end):
            noun = " ".join(lower[first:end])
            if noun in heads:
                return heads[noun], noun
    return None


def _name(phrase: list[str]) -> str:
    """Readable: nationality as a word ("Russia's soldier" -> "Russian soldiers"), last noun plural."""
    found = {match.first: match for match in _found(phrase)}
    words: list[str] = []
    at = 0
    while at < len(phrase):
        match = found.get(at)
        last = match is not None and match.end == len(phrase)
        if match is None or match.named.country is None or match.named.sector or last or match.named.adjective:
            words.append(match.named.name if match and match.named.adjective and "-" not in phrase[at] else phrase[at])
            at = match.end if match and match.named.adjective else at + 1
            continue
        national = match.named.name == world.countries()[match.named.country]["name"]
        spoken = world.demonyms(match.named.country) if national else ()
        words.append(spoken[0] if spoken else _POSSESSIVE.sub("", " ".join(phrase[at : match.end])))
        at = match.end
    if len(words) > 1 and all(word.isupper() for word in phrase):
        words = [word.lower() if word.isupper() and len(word) > 3 else word for word in words]
    if words and " ".join(words[-3:]).lower() not in _institutions():
        words[-1] = _plural(_POSSESSIVE.sub("", words[-1]))
    return " ".join(words)


@cache
def _institutions() -> frozenset[str]:
    return words_of("en", "actors", "institutions")


def _plural(word: str) -> str:
    irregular = table("en", "actors")["plurals"]
    lower = word.lower()
    if lower in _institutions():
        return word
    if lower in irregular:
        return str(irregular[lower])
    return (
        _inflected(word) if lower in _heads() and not lower.endswith("s") and lower not in irregular.values() else word
    )


def _inflected(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


@cache
def _heads() -> dict[str, str | None]:
    """Nouns of people, singular and plural, to their sector; materiel to None."""
    actors = table("en", "actors")
    heads: dict[str, str | None] = {}
    rows = [(None, actors["materiel"]["words"]), *actors["sectors"].items()]
    for sector, nouns in rows:
        for noun in nouns:
            before, _, last = noun.rpartition(" ")
            plural = actors["plurals"].get(last) or _inflected(last)
            for form in (last, plural):
                heads.setdefault(f"{before} {form}".strip(), sector)
    return heads


@cache
def _names() -> dict[str, _Named]:
    """Every name that tells a country or a body, as news writes it."""
    names: dict[str, _Named] = {}
    for written, body in _bodies():
        names.setdefault(_key(written), _Named(body.country, body.sector, body.name, False))
    for code, row in world.countries().items():
        for name in (row["name"], *row.get("aliases", ())):
            names.setdefault(_key(name), _Named(code, None, row["name"], False))
        for name in world.demonyms(code):
            names.setdefault(_key(name), _Named(code, None, name, True))
    for code, row in world.countries().items():
        for name in row.get("capitals", ()):
            names.setdefault(_key(name), _Named(code, None, row["name"], False))
    for row in world.regions():
        for name in (*row["names"], *row.get("demonyms", ())):
            if row.get("country"):
                adjective = name in row.get("demonyms", ())
                names.setdefault(_key(name), _Named(row["country"], None, row["names"][0], adjective))
    names |= {"Al-" + name[3:]: named for name, named in names.items() if name.startswith("al-")} | names
    names |= {name.upper(): named for name, named in names.items() if len(name) > 3 and name.upper() not in names}
    return names


def _bodies() -> Iterator[tuple[str, Body]]:
    """The bodies of bodies.toml and the user's, with capitals; what is much else only where its sector is told."""
    from .attribute.bodies import bodies  # not before: attribute asks this module for countries
    from .attribute.keys import key

    known, small = bodies("en"), words_of("en", "actors", "small")
    for form, body in reversed(known.forms):  # the user's own are the last
        much = body.kind == "outlet" or body.stands_for or (len(form) <= BRIEF and form.isupper())
        if much and known.sectored.isdisjoint((key(form), key(body.name) if len(form) > BRIEF else "")):
            continue
        capital = _WRITTEN.sub(lambda word: word[0] if word[0] in small else word[0][0].upper() + word[0][1:], form)
        spelt = dict.fromkeys((form, capital, capital.replace("Al-", "al-")))
        yield from ((written, body) for written in spelt if not written.islower())


def _key(name: str) -> str:
    """A name as its tokens, so that "U.S." and "Izz ad-Din" compare as they are read."""
    return " ".join(_POSSESSIVE.sub("", token) for token in _tokens(name))
