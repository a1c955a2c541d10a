"""Names in a report's text: who and what its story is about, by which a later report of the same story is known."""

from __future__ import annotations

import re
from collections import Counter

from .naming import of_country
from .rarity import rarity
from .words import fold, stem

NAMED = 550
"""Rarity of a name, at least: Baker and Stone tell nothing."""
MOST = 16
"""Names of a report that are kept, those it says most often."""
_CAPITAL = re.compile(r"(?<![^\W_])[A-Z][^\W\d_]{3,}")
_SMALL = re.compile(r"(?<![^\W_])[a-z][^\W\d_]{3,}")


def names(title: str | None, text: str) -> tuple[str, ...]:
    """The rarest words that a report writes with a capital only, stemmed, the most frequent first."""
    whole = f"{title or ''}\n{text}"
    small = set(_SMALL.findall(whole))
    told = Counter(stem(fold(word)) for word in _CAPITAL.findall(whole) if word.lower() not in small)
    found = [word for word in told if rarity(word) >= NAMED and not of_country(word)]
    return tuple(sorted(found, key=lambda word: (-told[word], word))[:MOST])
