"""The words of `languages/<language>/asking.toml`, of every language together: rows of a ledger know no language."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from ..errors import LanguageError
from ..languages import supported, table

STAGE = "asking"
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_PARTS = re.compile(r"[-'’]")
_OWNER = re.compile(r"['’]s$|(?<=s)['’]$")


@cache
def tables() -> tuple[dict[str, Any], ...]:
    """The asking table of every language that has one, in order of language."""
    found = []
    for language in sorted(supported()):
        try:
            found.append(table(language, STAGE))
        except LanguageError:
            continue
    return tuple(found)


@cache
def listed(name: str) -> frozenset[str]:
    """A list of words, of all languages."""
    return frozenset(word for one in tables() for word in one.get(name, ()))


@cache
def alike(name: str) -> dict[str, str]:
    """Words that mean the same, each to the first of its group."""
    return {word: group[0] for one in tables() for group in one.get(name, ()) for word in group}


@cache
def section(name: str) -> dict[str, Any]:
    """A section (words under headings), of all languages."""
    merged: dict[str, Any] = {}
    for one in tables():
        merged.update(one.get(name, {}))
    return merged


def fold(text: str) -> str:
    """Lower case without accents."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


@lru_cache(maxsize=131072)
def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded, without possessive endings; hyphens part words."""
    found: list[str] = []
    for word in _WORD.findall(fold(text.replace(".", ""))):
        if word.isalnum():
            found.append(word)
        else:
            found.extend(part for part in _PARTS.split(_OWNER.sub("", word)) if part)
    return tuple(found)


_ENDINGS = (("ies", "y", 5), ("sses", "ss", 6), ("ing", "", 6), ("ed", "", 5), ("es", "e", 5), ("s", "", 4))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A light stem: plural and verb endings off, so that "deaths" meets "death" (not a linguist's stem)."""
    for ending, put, least in _ENDINGS:
        if word.endswith(ending) and len(word) >= least and not word.endswith("ss"):
            return word[: -len(ending)] + put
    return word
