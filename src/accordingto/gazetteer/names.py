"""How names of places are compared: folded to plain letters, by their consonants, by likeness."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

_SPECIAL = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th", "ə": "e"}
)
_JOINED = re.compile(r"['’‘ʼʻʿʾ`´.]")
_APART = re.compile(r"[\W_]+")
_SOUNDS = (
    (re.compile(r"(?<=.)h"), ""),
    (re.compile(r"[aeiouyw]+"), ""),
    (re.compile(r"q|ck|c(?![eiy])"), "k"),
    (re.compile(r"dj|zh"), "j"),
    (re.compile(r"(.)\1+"), r"\1"),
)


def fold(name: str) -> str:
    """A name as it is compared: no accents, no case, no apostrophes or full stops, single blanks."""
    if not name.isascii():
        apart = unicodedata.normalize("NFKD", name.lower())
        name = "".join(letter for letter in apart if not unicodedata.combining(letter)).lower().translate(_SPECIAL)
    return _APART.sub(" ", _JOINED.sub("", name)).strip().lower()


def sound(name: str) -> str:
    """The consonants of a name, so that "Sheikhoun" and "Shaykhūn" meet; "" when too few are left to tell."""
    key = fold(name).replace(" al ", " ").removeprefix("al ").removeprefix("el ").replace(" ", "")
    first, rest = key[:1], key[1:]
    for pattern, to in _SOUNDS:
        rest = pattern.sub(to, rest)
    return first + rest if len(rest) >= 3 else ""


def alike(one: str, other: str) -> bool:
    """Whether two names are spellings of one."""
    return SequenceMatcher(None, fold(one), fold(other)).ratio() >= 0.7
