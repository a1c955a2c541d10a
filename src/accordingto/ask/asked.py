"""What plain words ask: kinds of figure, and terms (people, places, days, sources) with what else means them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from .. import gazetteer, who
from ..kinds import kinds
from ..publish.wording import dated
from ..reconcile.words import alike, listed, section, stem, words

LONGEST = 4
"""Words of a place's name that are looked up together, at most."""
PLACES = 4
"""Places of one name that are meant, at most, the largest first."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word asked. `others`: words for the same thing; `codes`: how a ledger writes the place or people meant."""

    word: str
    others: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as understood: `kinds` the kinds each word of a kind can mean, `terms` the other words that tell."""

    kinds: dict[str, frozenset[str]] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()

    @property
    def wanted(self) -> frozenset[str]:
        """The kinds a question may have; two asked together also mean the kind that holds both (killed or wounded)."""
        named = frozenset(kind for some in self.kinds.values() for kind in some)
        joint = (
            kind
            for kind, label in section("labels").items()
            if len(self.kinds) > 1 and {stem(word) for word in self.kinds} <= {stem(word) for word in words(label)}
        )
        return named | frozenset(joint)


def understand(text: str) -> Asked:
    """The words of a question, taken apart."""
    told = words(dated(text))
    heads = _heads()
    found = {word: heads[stem(word)] for word in told if stem(word) in heads}
    idle = {stem(word) for word in section("idle").get("words", ())} | listed("small")
    named = _named(told)
    terms = (
        Term(word, _others(word), named.get(at, frozenset()) | _sector(word))
        for at, word in enumerate(told)
        if word not in found and word not in idle and stem(word) not in idle
    )
    return Asked(found, tuple(dict.fromkeys(terms)))


def place(text: str) -> Term:
    """A place named alone, as `--where` has it."""
    told = words(text)
    codes = _place(told) or frozenset(code for some in _named(told, placed=True).values() for code in some)
    return Term(" ".join(told), codes=codes)


@cache
def _heads() -> dict[str, frozenset[str]]:
    """Words a kind is asked by, to the kinds they can mean: those listed, and the kinds' own names."""
    heads: dict[str, frozenset[str]] = {}
    named = {kind: kind.split("_") for kind in kinds() if "_" not in kind}
    for kind, known in (*section("asked").items(), *named.items()):
        for word in known:
            heads[stem(word)] = heads.get(stem(word), frozenset()) | {kind}
    return heads


def _named(told: Sequence[str], placed: bool = False) -> dict[int, frozenset[str]]:
    """The codes of countries and places that the words spell, the longest names first, by the number of the word."""
    found: dict[int, frozenset[str]] = {}
    for first, last in _runs(len(told)):
        if any(at in found for at in range(first, last)):
            continue
        run = told[first:last]
        inside = placed or (first > 0 and told[first - 1] in listed("placing"))
        codes = _country(run, inside) or _place(run)
        found |= dict.fromkeys(range(first, last), codes) if codes else {}
    return found


def _runs(count: int) -> Iterator[tuple[int, int]]:
    for length in range(min(LONGEST, count), 0, -1):
        for first in range(count - length + 1):
            yield first, first + length


def _country(run: Sequence[str], inside: bool) -> frozenset[str]:
    """A country as a place, and unless the words before say "in", also as a people."""
    country = _of(run)
    if not country or (len(run) > 1 and country in (_of(run[1:]), _of(run[:-1]))):
        return frozenset()
    return frozenset({f"place{country.lower()}"} | (set() if inside else {f"people{country.lower()}"}))


def _of(run: Sequence[str]) -> str | None:
    return who.country_of(" ".join(word.upper() if len(word) <= 3 else word.capitalize() for word in run))


def _place(run: Sequence[str]) -> frozenset[str]:
    held = sorted(gazetteer.find(" ".join(run)), key=lambda one: (one.rank, -(one.population or 0)))
    return frozenset(f"geo{one.id}" for one in held[:PLACES] if one.id > 0)


def _sector(word: str) -> frozenset[str]:
    sector = who.actor(word).sector
    return frozenset({f"sector{sector.lower()}"}) if sector and sector != "CVL" else frozenset()


def _others(word: str) -> frozenset[str]:
    """Words that count the same things: home, house, dwelling."""
    groups = alike("things")
    root = groups.get(word) or groups.get(stem(word))
    return frozenset(other for other, first in groups.items() if first == root) - {word} if root else frozenset()
