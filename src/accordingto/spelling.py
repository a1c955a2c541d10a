"""Whether two written names can be one person's: romanisation apart, never on one half of a name alone.

A word becomes its sounds (`world/names.toml`: "oo" and "ou" are "u", "shch" is one sound), and two words are one name
when sound stands beside sound, a few of them alternating as scripts are transcribed (k/g, h/g, o/u, a/e). Hasan and
Husein, Jin-ho and Jun-ho, Petrov and Petrova stay two. Vowels are never dropped, the first and last name must both fit.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from rapidfuzz import fuzz

from . import world

LONG = 7
"""Letters from which on one slip of the pen is forgiven."""
FREE = 4
"""Sounds from which on every vowel may alternate: Jon and Jan are two."""
SLIP = 88
"""Similarity (0–100) of two long words of which one is misspelt, at least."""
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=65536)
def person(one: str, other: str) -> bool:
    """Whether two full names can be one person's: every word beside its like, in either order; a middle name, an
    initial and the particles may be missing. One word alone is compared by `family`."""
    a, b = parts(one), parts(other)
    if min(len(a), len(b)) < 2:
        return False
    if "".join(a) == "".join(b) or _beside(a, b) or (len(a) == len(b) == 2 and _beside(a, b[::-1])):
        return True
    joined = alike(a[0], b[0], "family") and alike("".join(a[1:]), "".join(b[1:]))
    return joined or (len(a) != len(b) and alike("".join(a[1:]), "".join(b[1:])) and alike(a[0], b[0], "given"))


def _beside(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    short, long = sorted((a, b), key=len)
    family_first = short[0] in _listed("first", "family") or long[0] in _listed("first", "family")
    if len(short) != len(long):
        if family_first or len(long) - len(short) > 1:
            return False
        long = (long[0], *long[len(long) - len(short) + 1 :])
    last = alike(short[-1], long[-1], "given" if family_first else "family")
    rest = all(_given(x, y) for x, y in zip(short[:-1], long[:-1], strict=True))
    return last and rest


def _given(one: str, other: str) -> bool:
    return (
        (min(len(one), len(other)) == 1 and one[0] == other[0])
        or alike(one, other, "given")
        or alike(one, other, "family")
    )


def family(word: str, name: str) -> bool:
    """Whether one word can be the family name in `name`: the last word, or the first where family names stand first."""
    found, full = parts(word), parts(name)
    if len(found) != 1 or len(full) < 2:
        return False
    if full[0] in _listed("first", "family") and ("-" in name or len(full) == 3):
        return alike(found[0], full[0], "family")
    return alike(found[0], full[-1], "family")


def particled(word: str) -> bool:
    """Whether a word begins small as names do: "al-Qudra", "d'Arc"."""
    head, mark, rest = word.partition("-") if "-" in word else word.replace("’", "'").partition("'")
    return bool(mark) and rest[:1].isupper() and head in _listed("particles", "words" if mark == "-" else "elided")


@lru_cache(maxsize=65536)
def alike(one: str, other: str, kind: str = "") -> bool:
    """Whether two words, folded, can be spellings of one name; `kind` (family, given) adds the lists of such names."""
    if one == other:
        return True
    if kind and _groups(kind).get(one, one) == _groups(kind).get(other, other):
        return True
    if min(len(one), len(other)) < 2:
        return False
    a, b = sounds(one), sounds(other)
    if a == b:
        return True
    if len(a) == len(b):
        pairs = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
        if all(frozenset(pair) in _alternating(len(a) >= FREE) for pair in pairs) and len(pairs) <= max(1, len(a) // 3):
            return True
    slip = min(len(one), len(other)) >= LONG and a[:1] == b[:1] and a[-2:] == b[-2:]
    return slip and fuzz.ratio(one, other) >= SLIP


@lru_cache(maxsize=65536)
def sounds(word: str) -> str:
    """The sounds of a folded word, one letter each: "zelenskyy" and "zelensky" are one."""
    spelt, replaced = _pattern()
    found = spelt.sub(lambda match: replaced[match.group()], word)
    found = re.sub(r"y(?![aeiou])", "i", found)
    found = re.sub(r"(?<=[^aeiou])w(?=[aeiou])", "u", found) if len(found) > 4 else found
    return re.sub(r"(.)\1+", r"\1", found)


@lru_cache(maxsize=65536)
def parts(name: str) -> tuple[str, ...]:
    """The words of a name, folded, hyphens apart, without particles before the last word."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()
    found = _WORD.findall(re.sub(r"['’ʼ`]s\b|['’ʼ`]", "", plain))
    return tuple(word for word in found if word not in _listed("particles", "words")) or tuple(found)


@cache
def _data() -> dict[str, Any]:
    return world.table("names")


@cache
def _listed(section: str, name: str) -> frozenset[str]:
    return frozenset(_data()[section][name])


@cache
def _groups(kind: str) -> dict[str, str]:
    """Every word of a list of same names to the first of its group."""
    return {word: line.split()[0] for line in _data()["same"][kind] for word in line.split()}


@cache
def _alternating(free: bool) -> frozenset[frozenset[str]]:
    rows = _data()["alternate"]
    pairs = (*rows["consonants"], *rows["near"], *(rows["vowels"] if free else ()))
    return frozenset(frozenset(pair) for pair in pairs)


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    replaced = _data()["sounds"]
    return re.compile("|".join(sorted(replaced, key=len, reverse=True))), replaced
