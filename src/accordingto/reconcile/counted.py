"""Whom a figure counts, as far as it tells one question from another: which people, or which things."""

from __future__ import annotations

from functools import lru_cache

from ..kinds import kinds
from ..records import Entry
from .words import alike, listed, stem, words


@lru_cache(maxsize=65536)
def _narrow(counted: str | None) -> bool:
    found = words(counted or "")
    return any(word in listed("some") for word in found) or " ".join(found[-2:]) in listed("some")


@lru_cache(maxsize=65536)
def _none_of(sentence: str, exact: str) -> bool:
    """Whether a count of none goes on to say of whom."""
    rest = sentence[sentence.find(exact) + len(exact) :].split(maxsplit=1) if exact in sentence else []
    return bool(rest) and rest[0].lower() in listed("none_of")


@lru_cache(maxsize=65536)
def _noun(counted: str | None) -> str | None:
    """The noun of what is counted, one word for all its synonyms; None when unknown or anyone at all."""
    found = [word for word in words(counted or "") if not word.isdigit()]
    if not found or any(word in listed("anyone") for word in found):
        return None
    last = stem(found[-1])
    return alike("things").get(last, last)


def partial(entry: Entry) -> bool:
    """Whether a figure counts some of the people only: a stated part, or "children", "officers"."""
    return entry.mode == "part" or (entry.mode == "total" and narrow(entry))


def things(kind: str) -> bool:
    """Whether figures of the kind can count things, so that the noun tells one question from another."""
    known = kinds().get(kind)
    return known is None or known.counts != "people"


def grows(kind: str) -> bool:
    """Whether a total of the kind only grows while its event lasts."""
    known = kinds().get(kind)
    return known is not None and known.measure == "flow"


def narrow(entry: Entry) -> bool:
    """Whether the words counted name some of the people only: "children", "nobody on my teams"."""
    return _narrow(entry.counted) or (entry.high == 0 and _none_of(entry.sentence, entry.exact))


def noun(entry: Entry) -> str | None:
    """What is counted, as one noun; None when unknown or anyone at all."""
    return _noun(entry.counted)
