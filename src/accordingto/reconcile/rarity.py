"""How much a word says of which story a sentence tells: the rarer in the language, the more.

Rarity is a property of the word, never of the ledger: that one more report changes how two others compare would make
every figure the neighbour of every other.
"""

from __future__ import annotations

from functools import cache, lru_cache
from math import log

from ..errors import LanguageError
from ..languages import supported, table
from .naming import of_country
from .words import fold, section, stem, words

LETTERS = 4
"""Letters of the shortest word that tells a story."""
PLAIN = 30
"""Rarity of words that name the kind of a figure."""
COMMON = 40
"""The most frequent words, whose rarity is 0."""
TELLING = 400
"""Rarity from which on a word alone is worth looking for its story."""


def tokens(sentence: str, without: str | None = None) -> dict[str, int]:
    """The words of a sentence that can tell a story, stemmed, with their rarity; no numbers, nor the words of a place
    that is known as one."""
    named = {stem(word) for word in words(without or "")}
    found = (stem(word) for word in words(sentence) if len(word) >= LETTERS and not word.isdigit())
    return {word: weight for word in found if word not in named and (weight := rarity(word))}


@lru_cache(maxsize=131072)
def rarity(stemmed: str) -> int:
    """0 for the most frequent words to about 600 for those the list does not hold: whole numbers, so that sums do not
    depend on the order of words."""
    if stemmed in _calendar() or of_country(stemmed):
        return 0
    if stemmed in _plain():
        return PLAIN
    ranks = _ranks()
    return round(100 * log(max(1.0, ranks.get(stemmed, len(ranks) * 2) / COMMON)))


@cache
def _ranks() -> dict[str, int]:
    """The place of a word in its language's list, the best of its forms."""
    ranks: dict[str, int] = {}
    for language in sorted(supported()):
        try:
            listed = table(language, "frequent")["words"].split()
        except LanguageError:
            continue
        for rank, word in enumerate(listed, 1):
            ranks[stem(word)] = min(rank, ranks.get(stem(word), rank))
    return ranks


@cache
def _calendar() -> frozenset[str]:
    """Names of days and months: every report has some, and they are compared as times."""
    named = section("calendar")
    return frozenset(stem(fold(word)) for name in ("months", "weekdays") for word in named[name])


@cache
def _plain() -> frozenset[str]:
    """Words that name a kind of figure: they say what is counted, not in which story."""
    return frozenset(stem(word) for known in section("asked").values() for word in known)
