"""Noun phrases that may be sources, found by their words: no parser, only articles, capitals and source words."""

from __future__ import annotations

from collections.abc import Sequence

from ..records import Span
from .words import Token, Words, tokens

REACH = 14
"""Words of the longest phrase."""


def before(text: str, start: int, end: int, words: Words) -> Span | None:
    """The phrase that ends right before `end`, not reaching back before `start`."""
    found = list(tokens(text, start, end))
    while found and (found[-1].word in ',;:—–-"“”' or (found[-1].word in words.between and not found[-1].capital)):
        found.pop()
    at = leftwards(found, len(found) - 1, words) if found else None
    return None if at is None else (found[at].start, found[-1].end)


def subject(text: str, start: int, end: int, words: Words) -> Span | None:
    """The phrase a sentence begins with, if it can be a source."""
    found = tokens(text, start, min(end, start + 240))
    first = 0
    while first < len(found) and found[first].word in "\"“”'‘’*-–—•(":
        first += 1
    if first >= len(found):
        return None
    last = rightwards(found, first, words)
    return None if last is None else (found[first].start, found[last].end)


def apposed(text: str, span: Span, end: int, words: Words) -> Span:
    """The phrase with the name behind its comma ("the interior minister, | Ilena Marrovic,"), not past `end`."""
    found = tokens(text, span[1], min(end, span[1] + 120))
    if len(found) < 2 or found[0].word != ",":
        return span
    last = 1
    while last < len(found) and (found[last].capital or (last > 1 and found[last].word in words.particles)):
        last += 1
    closed = last < len(found) and found[last].word in (",", ".", ";")
    described = any(token.word in words.heads and not token.capital for token in tokens(text, *span))
    return (span[0], found[last - 1].end) if last > 2 and described and (closed or last == len(found)) else span


def described(text: str, span: Span, start: int, words: Words) -> Span | None:
    """The name before the comma that a phrase with an article describes: "the Kelm Observatory, | a war monitor"."""
    found = tokens(text, start, span[0])
    lead = tokens(text, *span)
    if not found or found[-1].word != "," or not lead or lead[0].word not in words.articles:
        return None
    named = before(text, start, found[-1].start, words)
    return named if named and tokens(text, *named)[-1].capital else None


def nominal(token: Token, words: Words) -> bool:
    """Whether the word can stand inside the name of a source."""
    if token.word in words.function and not token.initials:
        return False
    return (
        token.capital
        or token.word in words.heads
        or token.word in words.modifiers
        or token.word in words.particles
        or ("-" in token.word and token.word[:1].isalpha())
    )


def _amid(found: Sequence[Token], at: int) -> bool:
    """Whether a small word is part of a name by its capital ("Ruvan Now")."""
    return (
        at > 0 and found[at].capital and found[at - 1].capital and found[at].word.isalpha() and len(found[at].word) > 2
    )


def plain(found: Sequence[Token], at: int, words: Words) -> bool:
    """Whether the word may be any noun or adjective ("the port | authority")."""
    word = found[at].word if at < len(found) else ""
    return word.isalpha() and word not in words.function and word not in words.say and word not in words.toll_verbs


def leftwards(found: Sequence[Token], at: int, words: Words) -> int | None:
    """The first token of the phrase that ends with token `at`; None when that is no source."""
    if at < 0 or not (found[at].capital or found[at].word in words.heads or found[at].word == ")"):
        return None
    first, best = at, None
    limit = max(0, at - REACH)
    while first >= limit:
        token = found[first]
        if token.word in words.determiners and first < at:
            best = first
            if token.word in words.articles | words.possessive:
                link = first - 1
                if link > limit and found[link].word in words.inner and nominal(found[link - 1], words):
                    first -= 2
                    continue
            break
        if nominal(token, words) or (best is not None and _amid(found, first)):
            best = first
            first -= 1
        elif (
            (
                plain(found, first, words)
                and best is not None
                and first > 0
                and found[first - 1].word in words.determiners
            )
            or (
                token.word in words.days
                and best is not None
                and first > 0
                and found[first - 1].word in words.determiners
            )
            or (
                token.word in words.inner
                and best is not None
                and first > 0
                and nominal(found[first - 1], words)
                and (token.word != "in" or not found[first - 1].capital or found[first - 1].word in words.heads)
            )
            or (token.word in "()" and first > 0)
        ):
            first -= 1
        else:
            break
    return best


def rightwards(found: Sequence[Token], at: int, words: Words) -> int | None:
    """The last token of the phrase that starts with token `at`; None when it is no source."""
    last = None
    here = at
    while here < len(found) and here - at < REACH:
        token = found[here]
        if token.word in words.determiners and (here == at or found[here - 1].word in words.links | {"and"}):
            here += 1
            continue
        if nominal(token, words) or (here > at and _amid(found, here)):
            if not token.capital and token.word in words.after and last == here - 1 and found[last].capital:
                break
            if token.capital or token.word in words.heads:
                last = here
            here += 1
        elif (
            plain(found, here, words)
            and here > at
            and here + 1 < len(found)
            and found[here + 1].word in words.heads
            and last is None
        ) or (
            token.word in words.inner
            and last == here - 1
            and here + 1 < len(found)
            and (nominal(found[here + 1], words) or found[here + 1].word in words.determiners)
        ):
            here += 1
        else:
            break
    return last
