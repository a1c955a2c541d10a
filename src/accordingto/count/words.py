"""Words of a sentence, and what the language's tables say of them.

A token is one word, number, or mark of punctuation; a possessive 's and a hyphen are tokens of their own, so
that "12-year-old" is five tokens that touch. Tables are read once a language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from ..kinds import Reading, readings
from ..languages import supported, table

TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., a.m.
    r"|\d+(?:[.,，．٬٫'’\u00a0\u202f\u2009]\d+)*\w*"  # 1,500  1.2m  227mm
    r"|[^\W\d_]\w*(?:(?:(?<![nN])['’](?![sS]\b)(?=\w)|(?<=[nN])['’](?=[tT]\b))\w*)*"  # words; didn't is one
    r"|['’][sS]\b"
    r"|[^\w\s]"
)
SHOUTING = 0.6
"""Share of words in capitals from which capitals tell nothing."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Phrases(Generic[T]):
    """Phrases with a value each, found by their first (or last) word, the longest first."""

    forward: Mapping[str, tuple[tuple[tuple[str, ...], T], ...]]
    backward: Mapping[str, tuple[tuple[tuple[str, ...], T], ...]]

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, T]]) -> Phrases[T]:
        split = [(tuple(TOKEN.findall(phrase.lower())), value) for phrase, value in pairs]
        split.sort(key=lambda pair: -len(pair[0]))
        return cls(_grouped(split, lambda parts: parts[0]), _grouped(split, lambda parts: parts[-1]))

    def starting(self, lower: Sequence[str], place: int) -> tuple[int, T] | None:
        """Words in the longest phrase that starts at a place, and its value."""
        for parts, value in self.forward.get(lower[place], ()) if 0 <= place < len(lower) else ():
            if len(parts) == 1 or tuple(lower[place : place + len(parts)]) == parts:
                return len(parts), value
        return None

    def within(self, lower: Sequence[str], first: int, end: int) -> Iterator[tuple[int, int, T]]:
        """Every phrase that starts at a place of `first` to `end` (exclusive): the place, its words, its value."""
        for place in range(max(0, first), min(end, len(lower))):
            if lower[place] in self.forward and (found := self.starting(lower, place)):
                yield place, *found

    def ending(self, lower: Sequence[str], place: int) -> tuple[int, T] | None:
        """Words in the longest phrase that ends at a place (inclusive), and its value."""
        for parts, value in self.backward.get(lower[place], ()) if 0 <= place < len(lower) else ():
            first = place + 1 - len(parts)
            if len(parts) == 1 or (first >= 0 and tuple(lower[first : place + 1]) == parts):
                return len(parts), value
        return None


Split = Iterable[tuple[tuple[str, ...], T]]


def _grouped(
    split: Split[T], key: Callable[[tuple[str, ...]], str]
) -> dict[str, tuple[tuple[tuple[str, ...], T], ...]]:
    groups: dict[str, list[tuple[tuple[str, ...], T]]] = {}
    for parts, value in split:
        groups.setdefault(key(parts), []).append((parts, value))
    return {first: tuple(found) for first, found in groups.items()}


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Everything the tables say, ready to be asked: lists of words by name, phrases, numbers."""

    sets: Mapping[str, frozenset[str]]
    held: Mapping[str, frozenset[str]]
    """The names of the lists that hold a word."""
    phrases: Mapping[str, Phrases[str]]
    endings: Mapping[str, tuple[str, ...]]
    units: Mapping[str, int]
    tens: Mapping[str, int]
    scales: Mapping[str, int]
    suffixes: Mapping[str, int]
    exact: Phrases[tuple[int, int]]
    vague: Phrases[tuple[int, int]]
    fractions: Phrases[tuple[int, int]]
    before: Phrases[str]
    after: Phrases[str]
    kinds: Phrases[tuple[Reading, ...]]
    stance: Phrases[str]
    numeric: frozenset[str]
    """Words a number can begin with."""
    openers: frozenset[str]
    """The same with "a", which may be one."""
    seconds: frozenset[str]
    """Second words of numbers that begin with "a": "a dozen", "a handful"."""
    victims: frozenset[str]
    """Words that can begin a cue of what happens to a single person."""
    grammar: frozenset[str]
    """Small words: neither a noun nor a verb of their own."""
    costly: frozenset[str]
    """Words that begin a clause or a verb: two counts apart by one share nothing."""


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of one sentence: lower case, as written, and where they stand (code points, end exclusive)."""

    lex: Lexicon
    lower: tuple[str, ...]
    raw: tuple[str, ...]
    held: tuple[frozenset[str] | None, ...]
    """The names of the lists that hold each."""
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    shouting: bool

    def __len__(self) -> int:
        return len(self.lower)

    def at(self, place: int) -> str:
        """The word at a place, "" outside the sentence."""
        return self.lower[place] if 0 <= place < len(self.lower) else ""

    def isin(self, place: int, *lists: str) -> bool:
        """Whether the word at a place is in one of the lists of the tables."""
        held = self.held[place] if 0 <= place < len(self.held) else None
        return held is not None and not held.isdisjoint(lists)

    def ends_in(self, place: int, name: str) -> bool:
        """Whether the word at a place has one of the endings of a list."""
        return self.at(place).endswith(self.lex.endings[name])

    def touching(self, place: int) -> bool:
        """Whether the token touches the one before it."""
        return 0 < place < len(self.lower) and self.ends[place - 1] == self.starts[place]

    def capital(self, place: int) -> bool:
        """Whether the word is capitalised by itself: not where everything is."""
        return not self.shouting and 0 <= place < len(self.raw) and self.raw[place][0].isupper()

    def alphabetic(self, place: int) -> bool:
        """Whether the token is a word."""
        return self.at(place)[:1].isalpha()

    def number(self, place: int) -> bool:
        """Whether a number can begin there."""
        word = self.at(place)
        return word[:1].isdigit() or word in self.lex.numeric

    def small(self, place: int) -> bool:
        """Whether it is a word of the grammar, not a noun or a verb of its own."""
        return self.at(place) in self.lex.grammar

    def hyphen(self, place: int) -> bool:
        """Whether a hyphen stands there that touches both its neighbours."""
        return self.at(place) in ("-", "‑") and self.touching(place) and self.touching(place + 1)


def words(text: str, start: int, end: int, lex: Lexicon) -> Words:
    """The tokens between two offsets of a text."""
    spans = [match.span() for match in TOKEN.finditer(text, start, end)]
    raw = tuple([text[a:b] for a, b in spans])
    shouting = sum(map(str.isupper, raw)) > SHOUTING * sum(map(str.isalpha, raw))
    starts, ends = zip(*spans, strict=True) if spans else ((), ())
    lower = tuple(map(str.lower, raw))
    return Words(lex, lower, raw, tuple(map(lex.held.get, lower)), starts, ends, shouting)


_COSTLY = ("be_forms", "have", "modals", "says", "relatives", "breaks")
_GRAMMAR = (*_COSTLY, "be", "free", "determiners", "prepositions", "conjunctions", "stoppers")


@cache
def lexicon(language: str | None, vague: str = "design") -> Lexicon:
    """The tables of a language (English when it is unknown); `vague` names a table of vague words."""
    known = language if language in supported() else "en"
    assert known is not None
    numbers, counting = table(known, "numbers"), table(known, "counting")
    vagues = {p: (row[0], row[1]) for p, row in (numbers["vague"].get(vague) or numbers["vague"]["design"]).items()}
    exact = {phrase: (value, value) for phrase, value in numbers["exact"].items()}
    fractions = {phrase: (up, down) for phrase, (up, down) in numbers["fractions"].items()}
    units, tens, scales = (dict(numbers[name]) for name in ("units", "tens", "scales"))
    lists = _lists(numbers, counting)
    sets = {name: frozenset(word.lower() for word in listed) for name, listed in lists}
    sets["passed"] = sets["marks"] | sets["free"]
    openers = [
        TOKEN.findall(phrase) for phrase in (*vagues, *exact, *fractions, *sets["zero.words"], *sets["joins.except"])
    ]
    numeric = frozenset([*units, *tens, *scales, *(parts[0] for parts in openers)])
    single = sets["lead.single"]
    return Lexicon(
        sets=sets,
        held=_held(sets),
        phrases={name: Phrases.of((word, word) for word in listed) for name, listed in lists},
        endings={name: tuple(listed) for name, listed in lists},
        units=units,
        tens=tens,
        scales=scales,
        suffixes=dict(numbers["suffixes"]),
        exact=Phrases.of(exact.items()),
        vague=Phrases.of(vagues.items()),
        fractions=Phrases.of(fractions.items()),
        before=_effects(numbers["before"]),
        after=_effects(numbers["after"]),
        kinds=Phrases.of(readings(known).items()),
        stance=_effects(counting["stance"]),
        numeric=numeric - single,
        openers=numeric | single,
        seconds=frozenset([*scales, *(parts[1] for parts in openers if len(parts) > 1)]),
        victims=_victims(readings(known)),
        grammar=frozenset().union(numeric - single, *(sets[name] for name in _GRAMMAR)),
        costly=frozenset().union(*(sets[name] for name in _COSTLY)),
    )


def _held(sets: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """The tables turned round: for each word the names of its lists."""
    held: dict[str, set[str]] = {}
    for name, listed in sets.items():
        for word in listed:
            held.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in held.items()}


def _effects(lists: Mapping[str, Sequence[str]]) -> Phrases[str]:
    """Phrases with the name of their list."""
    return Phrases.of((phrase, effect) for effect, listed in lists.items() for phrase in listed)


def _victims(found: Mapping[str, tuple[Reading, ...]]) -> frozenset[str]:
    telling = (p for p, said in found.items() if any(r.kind.single or r.kind.counts != "people" for r in said))
    return frozenset(TOKEN.findall(phrase)[0] for phrase in telling)


def _lists(*tables: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """The lists of words of the tables by name; those of an inner table as "table.name"."""
    found: list[tuple[str, list[str]]] = []
    for one in tables:
        for name, value in one.items():
            inner = value.items() if isinstance(value, dict) else ()
            found += [(f"{name}.{deep}", listed) for deep, listed in inner if _worded(listed)]
            if _worded(value):
                found.append((name, value))
    return found


def _worded(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
