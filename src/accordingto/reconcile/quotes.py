"""Quotations across reports: which are one quotation, and which words were changed, cut or added on the way.

Quotations are compared only with others that share one of their rarest words, and of those only with the next few, so
that a sentence printed by a thousand papers costs a thousand comparisons. Punctuation and case change nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from rapidfuzz import fuzz

from .naming import same
from .words import fold

SHORTEST = 4
"""Words of a quotation, at least; fewer are a title or a word held up between tongs."""
RAREST = 6
"""Words by which a quotation is found again."""
NEIGHBOURS = 8
"""Quotations with one of those words in common that each is compared with, at most."""
SHARED = 0.5
"""Part of the shorter wording's words that two wordings have in common, at least."""
ALIKE, ALIKE_OF_ONE = 78, 62
"""Similarity (0–100) of two wordings, at least; of one speaker's words less will do."""
WITHIN = 90
"""Similarity of a shorter quotation and the part of a longer one that it may be."""
_MARKED = re.compile(r"“([^“”]+)[”]?|\"([^\"]+)\"?|«([^«»]+)»?|„([^„“”]+)[“”]?")
_WORD = re.compile(r"[^\W_]+(?:['’\-.,][^\W_]+)*")
GAP = " … "
"""Between the parts of a quotation that words of saying stand in."""

Words = tuple[str, ...]
"""A wording as it is compared: words in plain letters."""
Change = Literal["same", "changed", "cut", "added"]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words between marks as one report has them; `chain` the sources, the speaker last."""

    claim: str
    report: str
    report_name: str
    publisher: str | None
    published: str | None
    chain: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Words of the first wording (`before`) and what stands for them (`after`); equal where nothing changed."""

    before: str
    after: str

    @property
    def touched(self) -> bool:
        """Whether the words differ, and not only their case or punctuation."""
        return _plain(self.before) != _plain(self.after)


@dataclass(frozen=True, slots=True)
class Version:
    """The quotation in one report, held against its first wording: what happened to it, and word by word."""

    quote: Quote
    change: Change
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation in all its reports, the earliest and then the fullest first."""

    speaker: str | None
    versions: tuple[Version, ...]

    @property
    def reports(self) -> int:
        return len({version.quote.report for version in self.versions})

    @property
    def changed(self) -> bool:
        return any(version.change != "same" for version in self.versions)


def spoken(content: str) -> str:
    """The words between marks in a claim's content; all of it where there are no marks. Empty when they are few."""
    parts = [next(filter(None, found)) for found in _MARKED.findall(content)]
    words = " ".join(GAP.join(part.strip(" ,;") for part in parts or [content]).split())
    return words if len(_WORD.findall(words)) >= SHORTEST else ""


def tellingly(quote: Quote) -> str:
    """An expression for the full-text index that finds other wordings: any of the longest words."""
    longest = sorted(set(_plain(quote.words)), key=lambda word: (-len(word), word))[:RAREST]
    return " OR ".join(f'"{word}"' for word in longest)


def quotations(quotes: Iterable[Quote]) -> list[Quotation]:
    """Every quotation once, those whose words changed first, then those in most reports."""
    wordings: dict[Words, list[Quote]] = defaultdict(list)
    for quote in quotes:
        if words := _plain(quote.words):
            wordings[words].append(quote)
    keys = sorted(wordings, key=lambda words: (min(map(_order, wordings[words])), words))
    found = [_quotation([quote for key in group for quote in wordings[key]]) for group in _groups(keys, wordings)]
    return sorted(found, key=lambda one: (not one.changed, -one.reports, _order(one.versions[0].quote)))


def aligned(before: str, after: str) -> list[Edit]:
    """Two wordings word by word, in their own spelling: what is equal, changed, cut ("" after), added ("" before)."""
    old, new = _spans(before), _spans(after)
    matcher = SequenceMatcher(None, [word for word, _, _ in old], [word for word, _, _ in new], autojunk=False)
    return [Edit(_between(before, old[a:b]), _between(after, new[c:d])) for _, a, b, c, d in matcher.get_opcodes()]


def _groups(keys: Sequence[Words], held: dict[Words, list[Quote]]) -> Iterator[list[Words]]:
    """Wordings that are one quotation."""
    boss = list(range(len(keys)))
    for one, other in _pairs(keys):
        if _root(boss, one) != _root(boss, other) and _one(keys[one], keys[other], held):
            a, b = sorted((_root(boss, one), _root(boss, other)))
            boss[b] = a
    groups: dict[int, list[Words]] = defaultdict(list)
    for number, key in enumerate(keys):
        groups[_root(boss, number)].append(key)
    yield from groups.values()


def _pairs(keys: Sequence[Words]) -> Iterator[tuple[int, int]]:
    """Wordings worth comparing: those that share one of their rarest words."""
    common = Counter(word for key in keys for word in set(key))
    holders: dict[str, list[int]] = defaultdict(list)
    for number, key in enumerate(keys):
        for word in sorted(set(key), key=lambda word: (common[word], word))[:RAREST]:
            for other in holders[word][-NEIGHBOURS:]:
                yield other, number
            holders[word].append(number)


def _one(one: Words, other: Words, held: dict[Words, list[Quote]]) -> bool:
    if len(set(one) & set(other)) < SHARED * min(len(one), len(other)):
        return False
    a, b = " ".join(one), " ".join(other)
    likeness = fuzz.ratio(a, b)
    if likeness >= ALIKE or (min(len(one), len(other)) > SHORTEST and fuzz.partial_ratio(a, b) >= WITHIN):
        return True
    return likeness >= ALIKE_OF_ONE and _speaks(held[one][0], held[other][0])


def _speaks(one: Quote, other: Quote) -> bool:
    return bool(one.chain and other.chain) and same(one.chain[-1], other.chain[-1])


def _quotation(quotes: Sequence[Quote]) -> Quotation:
    ordered = sorted(quotes, key=_order)
    first = ordered[0]
    once = {(quote.report, _plain(quote.words)): quote for quote in reversed(ordered)}
    versions = [_version(first, quote) for quote in sorted(once.values(), key=_order)]
    names = Counter(quote.chain[-1] for quote in ordered if quote.chain)
    return Quotation(max(names, key=lambda name: (names[name], name)) if names else None, tuple(versions))


def _version(first: Quote, quote: Quote) -> Version:
    edits = tuple(aligned(first.words, quote.words))
    touched = [edit for edit in edits if edit.touched]
    change: Change = "same"
    if touched:
        cut, added = all(not edit.after for edit in touched), all(not edit.before for edit in touched)
        change = "cut" if cut else "added" if added else "changed"
    return Version(quote, change, edits)


def _order(quote: Quote) -> tuple[str, int, str, str]:
    return quote.published or "9", -len(quote.words), quote.report_name, quote.claim


def _plain(words: str) -> tuple[str, ...]:
    return tuple(word for word, _, _ in _spans(words))


def _spans(words: str) -> list[tuple[str, int, int]]:
    return [(fold(found[0]).replace("’", "'"), *found.span()) for found in _WORD.finditer(words)]


def _between(text: str, spans: Sequence[tuple[str, int, int]]) -> str:
    return text[spans[0][1] : spans[-1][2]] if spans else ""


def _root(boss: list[int], number: int) -> int:
    while boss[number] != number:
        boss[number] = boss[boss[number]]
        number = boss[number]
    return number
