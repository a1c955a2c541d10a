"""When two names mean one source: spellings, short forms, titles, initials, bodies of one country.

Strict on purpose: two sources taken for one hide a contradiction, one taken for two only counts a witness twice.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

from .. import spelling, who
from .words import alike, listed, words

CROWD = 40
"""Names under one key, at most, that are compared with each other."""


_AND = re.compile(" (?:" + "|".join(sorted(listed("and"))) + ") ", re.IGNORECASE)


class Name(NamedTuple):
    """What a source's name is made of."""

    key: tuple[str, ...]
    """All words without titles and small words."""
    telling: frozenset[str]
    """Words that say which one: no titles, offices, countries."""
    country: str | None
    office: bool
    """Names a body, or people by their office."""
    bare: bool
    """Only a country or a capital: "Moscow"."""
    part: str | None = None
    """The second name in "Ashraf al-Qudra, Gaza Health Ministry"."""
    common: bool = False
    """Says what it is, not how it is called: "monitoring group", "the Observatory"."""
    joint: bool = False
    """Two sources that speak together: "Hamas and Palestinian officials"."""

    @property
    def unnamed(self) -> bool:
        """Says nothing of which one: "officials", "a doctor"."""
        return not self.country and (not self.telling or self.telling <= listed("unnamed"))


@lru_cache(maxsize=65536)
def parse(text: str) -> Name:
    """The parts of a source's name."""
    head, _, rest = _owner(text).partition(", ")
    country = who.country_of(head) or (who.country_of(rest) if rest else None)
    said = _called(words(head))
    named = _without_country(said)
    key = tuple(alike("alike").get(word, word) for word in said if word not in listed("small"))
    titled = _untitled(key)
    telling = frozenset(
        alike("alike").get(w, w) for w in named if w not in listed("small") and w not in listed("offices")
    )
    telling = frozenset(w for w in telling if w not in listed("offices"))
    office = any(word in listed("offices") for word in said) or not listed("forces").isdisjoint(said[-1:])
    if not office and titled != key:
        telling = frozenset(w for w in titled if w in telling) or telling
    return Name(
        titled if not office else key,
        telling,
        country,
        office,
        bool(country) and not telling and not office,
        rest or None,
        head.islower() or (len(key) == 1 and key[0] in alike("alike").values()),
        _joint(head),
    )


def _owner(text: str) -> str:
    """The person whose people speak: "Ilena Marrovic's services" are hers, "Ukraine's services" are no person's."""
    owner, mark, rest = text.replace("’", "'").partition("'s ")
    plain = words(owner)
    if not mark or not plain or rest.lower() not in listed("household") or not owner[:1].isupper():
        return text
    return text if any(word in listed("offices") or of_country(word) for word in plain) else owner


@lru_cache(maxsize=65536)
def _called(found: tuple[str, ...]) -> tuple[str, ...]:
    """The words with every run that is another name of an office replaced by its first one."""
    text = f" {' '.join(found)} "
    for name, first in alike("called").items():
        if f" {name} " in text:
            text = text.replace(f" {name} ", f" {first} ")
    return tuple(text.split())


def _joint(text: str) -> bool:
    """Whether a body stands on either side of an "and"."""
    parts = [words(part) for part in _AND.split(text)]
    return len(parts) > 1 and all(_body(part) for part in parts[:1] + parts[-1:])


def _body(part: tuple[str, ...]) -> bool:
    return any(word in listed("offices") or of_country(word) or who.actor(word).kind == "body" for word in part)


def groups(names: Iterable[str], speaks_for: Mapping[str, str] | None = None) -> dict[str, str]:
    """Every name to the name that stands for its source (most telling, then first in order).

    `names` as often as they occur; `speaks_for`: people to the body they speak for.
    """
    counted = Counter(names)
    bodies = {name: body for name, body in (speaks_for or {}).items() if name in counted and parse(body).office}
    unique = sorted({*counted, *bodies.values()})
    boss = {name: name for name in unique}
    for one, other in _near(unique):
        if one in boss and other in boss and same(one, other):
            _join(boss, one, other)
    for name, body in sorted(bodies.items()):
        _join(boss, name, body)
    _described(boss)
    _bare(boss, counted)
    return {name: _root(boss, name) for name in counted}


def _join(boss: dict[str, str], one: str, other: str) -> None:
    a, b = _root(boss, one), _root(boss, other)
    boss[max(a, b)] = min(a, b)


def _described(boss: dict[str, str]) -> None:
    """ "The monitor", "health officials" or "a war monitor and doctors" are the one named body these words fit."""
    named = [name for name in boss if parse(name).telling and not parse(name).common]
    for name in sorted(boss):
        one = parse(name)
        if one.common and not one.joint:
            one = parse(_AND.split(name)[0])
        if one.common and one.telling:
            fit = {_root(boss, other) for other in named if _fits(one, parse(other))}
            if len(fit) == 1:
                _join(boss, name, fit.pop())


def _fits(common: Name, named: Name) -> bool:
    return common.telling <= named.telling and common.country in (None, named.country)


@lru_cache(maxsize=262144)
def same(one: str, other: str) -> bool:
    """Whether two names mean one source, whatever else is said in the ledger."""
    a, b = parse(one), parse(other)
    if a.unnamed or b.unnamed or a.joint != b.joint:
        return False
    if a.key == b.key or _initials(a, b) or _initials(b, a):
        return True
    if a.country and b.country and a.country != b.country:
        return False
    if (a.part and same(a.part, other)) or (b.part and same(one, b.part)):
        return True
    if a.office or b.office or a.bare or b.bare:
        return _one_body(a, b)
    return _one_person(a.key, b.key)


@lru_cache(maxsize=65536)
def signs(text: str) -> frozenset[str]:
    """What two names of one body share at least one of: a word's first letter, or the country. People's names may
    begin otherwise in another romanisation."""
    one = parse(text)
    found = {word[0] for word in (*one.key, *one.telling)} | ({"=" + one.country} if one.country else set())
    return frozenset(found | signs(one.part)) if one.part else frozenset(found)


def _one_body(a: Name, b: Name) -> bool:
    """Bodies: the telling words of one are all in the other, and so is the country."""
    if not a.telling and not b.telling:
        return a.country is not None and a.country == b.country
    if a.telling == b.telling:
        return a.country == b.country or None in (a.country, b.country)
    short, long = sorted((a, b), key=lambda name: len(name.telling))
    if not short.telling < long.telling or short.country not in (None, long.country):
        return False
    return set(_without_country(short.key)) <= set(long.key)


def _one_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """People: two full names by `spelling.person`; one word is a family name, or exactly the given one."""
    short, long = sorted((a, b), key=len)
    if len(short) > 1:
        return spelling.person(" ".join(a), " ".join(b)) or sorted(a) == sorted(b)
    if not short:
        return False
    alone = spelling.alike(short[0], long[0], "family") if len(long) == 1 else short[0] == long[0]
    return alone or spelling.family(short[0], " ".join(long))


def _initials(short: Name, long: Name) -> bool:
    """ "KPA" and "Karvenian Press Agency"."""
    return (
        len(short.key) == 1
        and len(short.key[0]) >= 3
        and len(long.key) == len(short.key[0])
        and short.key[0] == "".join(word[0] for word in long.key)
    )


def _near(names: list[str]) -> Iterable[tuple[str, str]]:
    """Pairs worth comparing: names that share a country without more, a word's beginning, or initials."""
    keyed: dict[str, list[str]] = defaultdict(list)
    for name in names:
        parts = [parse(name)]
        if parts[0].part:
            parts.append(parse(parts[0].part))
        keys = {word[:3] for part in parts for word in (part.telling or part.key)}
        keys |= {"=" + part.country for part in parts if part.country and not part.telling}
        keys |= {"".join(word[0] for word in part.key)[:3] for part in parts}
        for key in keys:
            keyed[key].append(name)
    for members in keyed.values():
        yield from combinations(members, 2) if len(members) <= CROWD else pairwise(members)


def _bare(boss: dict[str, str], counted: Counter[str]) -> None:
    """ "Moscow" is the body in Moscow that speaks for most figures of the question, when it speaks for half of them."""
    bodies: dict[str, Counter[str]] = defaultdict(Counter)
    for name in boss:
        parsed = parse(name)
        if parsed.country and parsed.telling and (parsed.office or parsed.key[-1] in listed("forces")):
            bodies[parsed.country][_root(boss, name)] += counted[name]
    plain: dict[str, bool] = defaultdict(lambda: True)
    for name in boss:
        plain[_root(boss, name)] &= parse(name).bare
    for name in sorted(boss):
        root, country = _root(boss, name), parse(name).country
        if plain[root] and country and bodies[country]:
            most = max(bodies[country].values())
            body = min(one for one, count in bodies[country].items() if count == most)
            if 2 * most > bodies[country].total():
                boss[root] = body


def _without_country(found: tuple[str, ...]) -> tuple[str, ...]:
    """The words that name no country or nationality."""
    return tuple(word for word in found if len(word) > 1 and not of_country(word))


@lru_cache(maxsize=65536)
def of_country(word: str) -> bool:
    """Whether a word names a country, a capital or a nationality; "Hamas" names a body, though one of a country."""
    name = word.upper() if len(word) <= 3 else word.capitalize()
    return who.country_of(name) is not None and who.actor(name).kind != "body"


def _untitled(key: tuple[str, ...]) -> tuple[str, ...]:
    """The name without titles before it, as long as something remains."""
    first = 0
    while first < len(key) - 1 and key[first] in listed("titles"):
        first += 1
    return key[first:]


def _root(boss: dict[str, str], name: str) -> str:
    while boss[name] != name:
        boss[name] = boss[boss[name]]
        name = boss[name]
    return name
