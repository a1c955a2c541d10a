"""When a figure was said, and whether its own sentence calls it an older one."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ..records import Entry
from .words import fold, listed

_NUMBER = re.compile(r"\d[\d,.]*")
_PLAIN = re.compile(r"\w+(?: \w+)*")
_AHEAD, _AFTER, _LATER = 60, 40, 80
"""Code points before and after a figure in which its sentence may call it superseded, or tell of its revision."""


def said(entry: Entry) -> str | None:
    """The day a figure was said, or else published (ISO 8601); never after its publication."""
    spoken, printed = entry.as_of, entry.published
    if spoken and printed:
        return min(spoken[:10], printed[:10])
    return (spoken or printed or "")[:10] or None


def superseded(entry: Entry) -> bool:
    """Whether the sentence itself calls the figure an older one ("from 63", "earlier put at 31")."""
    return _superseded(entry.sentence, entry.exact)


@lru_cache(maxsize=131072)
def _superseded(sentence: str, exact: str) -> bool:
    sentence, exact = fold(sentence), fold(exact)
    at = sentence.find(exact)
    before = _NUMBER.split(sentence[max(0, at - _AHEAD) : max(0, at)])[-1]
    later = _NUMBER.split(sentence[at + len(exact) : at + len(exact) + _LATER])[0]
    after = later[:_AFTER]
    if f" {before}".rstrip().endswith(_endings("superseded_before")):
        return True
    return _says(before, "superseded") or _says(after, "superseded_after") or _says(later, "superseded_later")


def _says(text: str, name: str) -> bool:
    """Whether any of the list's words, or words in a row, stand in the text."""
    return _phrases(name).search(text) is not None


@cache
def _endings(name: str) -> tuple[str, ...]:
    """The list as the endings of a text."""
    return tuple(f" {word}" for word in listed(name))


@cache
def _phrases(name: str) -> re.Pattern[str]:
    """The list as one pattern; whatever stands between two words of a phrase, they follow each other."""
    found = (r"\W+".join(phrase.split()) for phrase in sorted(listed(name)) if _PLAIN.fullmatch(phrase))
    return re.compile(rf"(?<!\w)(?:{'|'.join(found) or '(?!)'})(?!\w)")
