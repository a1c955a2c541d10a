"""Which body, outlet or document is meant: "the ministry", "the agency", "its statement", "officials there"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from dataclasses import replace
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from ..records import Source
from . import people, pronouns
from .mentions import read
from .phrases import before, described
from .shapes import Mention
from .speakers import Speaker, head_of, source_of
from .words import Words, key, tokens

if TYPE_CHECKING:
    from .cast import Cast

TELLING = 6
"""Words of what tells a body apart that are kept in its name."""
NEAR = 3
"""Sentences that are searched backwards for an outlet that the text names."""
TRIED = 8
"""Other places of the same word that are looked at for a fuller name."""
_CAPITALS = re.compile(r"(?:[A-Z][\w\-]+\s?){1,4}")


def body(cast: Cast, mention: Mention, at: int) -> Speaker | Source:
    """The last body that was called so, or named more fully in the text; else as it stands."""
    words = cast.words
    mention = _unseated(mention, words)
    head = head_of(mention, words)
    parts = [part for part in key(mention.name).split() if part != head]
    telling = [part for part in parts if part not in words.heads | words.modifiers]
    bare = mention.definite and not mention.listed and head in words.heads and len(parts) <= 1 and not telling
    if mention.shape == "document" and (named := _issuing(mention, words)):
        return cast.resolved(named, at, at)
    if mention.shape == "document" and (mention.owner or head in words.issued):
        issuer = _issuer(cast, mention, at)
        if issuer:
            return cast.because("issuer", at, issuer, head)
    if mention.owner and mention.shape in ("body", "group"):
        holder = pronouns.meant(cast, mention.owner, at)
        if holder:
            return replace(
                source_of(mention),
                name=f"{holder.source.name}'s {mention.name}",
                affiliation=holder.source.name,
                country=holder.source.country,
            )
    if bare and head and (told := _told_apart(cast, head, at)):
        return replace(source_of(mention), name=f"{mention.name} {told}")
    if bare and head:
        return _called(cast, head, mention, at) or placed(cast, mention, at)
    same = _same_words(cast, mention)
    if same:
        return cast.because("same-name", at, same)
    return _expanded(cast, mention, at) or placed(cast, mention, at)


def _told_apart(cast: Cast, head: str, at: int) -> str:
    """What tells a body from those met before: "the movement | behind the sit-in", "the group | running the camp"."""
    sentence = cast.prose.sentence_at(at)
    found = tokens(cast.text, at, sentence[1]) if sentence else ()
    here = next((n for n, token in enumerate(found[:4], 1) if token.word == head), len(found))
    if here >= len(found) or found[here].word not in cast.words.restricting:
        return ""
    rest = takewhile(lambda token: token.word[:1].isalnum() and token.word not in cast.words.asserting, found[here:])
    last = deque(islice(rest, TELLING), 1)
    return cast.text[found[here].start : last[0].end]


def _unseated(mention: Mention, words: Words) -> Mention:
    """The mention without where it sits, when nothing else in it is a name: "the New York-based | organization"."""
    found = tokens(mention.name) if mention.definite and not mention.listed else ()
    seat = next((n for n, token in enumerate(found[:-1]) if token.word.endswith(words.based)), None)
    if seat is None or any(token.capital for token in found[seat + 1 :]):
        return mention
    return replace(mention, name=mention.name[found[seat + 1].start :])


def _expanded(cast: Cast, mention: Mention, at: int) -> Source | None:
    """Initials that this report itself spells out differently from the tables: "Reporters for Rights (RSF)"."""
    letters = mention.listed or ""
    if not letters.isupper() or f"({letters})" not in cast.text:
        return None
    span = people.spelt_out(cast, letters)
    full = read(cast.text[slice(*span)], cast.words) if span else None
    if full is None or full.name == mention.name or full.listed:
        return None
    return cast.because("full-name", at, replace(source_of(full), kind=mention.kind), by=span)


def _issuing(mention: Mention, words: Words) -> Mention | None:
    """The body that a document's name begins with: "a | Front | statement", "an | army | bulletin"."""
    issuer, _, document = mention.name.rpartition(" ")
    if mention.owner or document.lower() not in words.issued or not issuer:
        return None
    named = read(f"the {issuer}", words)
    return named if named.shape in ("body", "outlet") else None


def _issuer(cast: Cast, mention: Mention, at: int) -> Speaker | None:
    if mention.owner:
        return pronouns.meant(cast, mention.owner, at)
    if mention.affiliation or any(token.possessive for token in tokens(mention.name)):
        return None
    return pronouns.last_speaker(
        cast,
        at,
        lambda s: s.source.kind in ("government", "organisation") or s.mention.shape in ("body", "person", "role"),
    )


def _called(cast: Cast, head: str, mention: Mention, at: int) -> Speaker | Source | None:
    words = cast.words
    extra = [w for w in key(mention.name).split() if w != head]
    earlier = cast.earlier(at)
    for speaker in reversed(earlier):
        theirs = set(key(speaker.source.name).split()) | speaker.mention.nouns
        if speaker.mention.shape == "role" or speaker.source.kind == "person":
            continue
        if speaker.mention.shape == "group" and mention.shape != "group":
            continue
        if head in theirs and all(w in theirs for w in extra):
            return cast.because("called", at, speaker, head)
    if mention.name.split()[-1][:1].isupper() and extra:
        return None
    if mention.shape == "outlet" or (head in words.wired and set(extra) <= words.wires):
        outlet = pronouns.last_speaker(cast, at, lambda s: s.source.kind == "outlet") or _outlet_nearby(cast, at)
        if outlet:
            return cast.because("outlet-near", at, outlet, head)
    found = _phrase_with(cast, head, extra, at)
    if found:
        return found
    if head in words.collective:
        whose = [
            s
            for s in reversed(earlier)
            if s.at < cast.sentence_start(at)
            and (s.source.kind == "organisation" or (s.source.kind is None and s.mention.shape == "name"))
        ]
        called = (s for s in whose if not set(key(s.source.name).split()).isdisjoint(extra))  # the rights group
        return cast.because("collective", at, next(called, None) or next(iter(whose), None), head)
    return None


def _outlet_nearby(cast: Cast, at: int) -> Source | None:
    """An outlet that the text names before `at` without a word of saying."""
    sentences = cast.prose.sentences
    start = sentences[max(0, cast.prose.sentence_index(at) - NEAR)][0] if sentences else 0
    for match in reversed(list(_CAPITALS.finditer(cast.text, start, at))):
        mention = read(match.group().strip(), cast.words)
        if mention.shape == "outlet" and not cast.is_publisher(key(mention.name)):
            return source_of(mention)
    return None


def _phrase_with(cast: Cast, head: str, extra: list[str], at: int) -> Source | None:
    """A fuller name with the same head somewhere before, else after: "Russia's defence | ministry"; of "the Kelm
    Observatory, a war monitor" the name."""
    text = cast.text
    if head not in cast.heads:
        cast.heads[head] = [m.span() for m in re.finditer(rf"\b{re.escape(head)}(?=\b|s\b)", text, re.IGNORECASE)]
    spans = cast.heads[head]
    ahead = bisect_left(spans, at, key=lambda span: span[1])
    behind = bisect_right(spans, at, key=lambda span: span[0])
    ordered = [*reversed(spans[max(0, ahead - TRIED) : ahead]), *spans[behind : behind + TRIED]]
    for start, end in ordered[:TRIED]:
        sentence = cast.prose.sentence_at(start) or (0, len(text))
        span = before(text, sentence[0], end, cast.words)
        if not span or span[0] == at or span[1] - span[0] <= len(head) + 5:
            continue
        mention = read(text[slice(*span)], cast.words)
        theirs = set(key(mention.name).split()) | mention.nouns
        if mention.shape in ("body", "outlet") and set(extra) <= theirs and len(theirs) > 1 + len(extra):
            named = described(text, span, sentence[0], cast.words)
            whole = read(text[slice(*named)], cast.words) if named else mention
            return cast.because(
                "phrase", at, source_of(whole if whole.shape != "other" else mention), head, named or span
            )
    return None


def _same_words(cast: Cast, mention: Mention) -> Speaker | None:
    """A speaker met under the same name, or whose name holds all the words of this one."""
    mine = set(key(mention.name).split())
    for speaker in reversed(cast.lately()):
        theirs = set(key(speaker.source.name).split())
        if mine == theirs or (mention.definite and mine < theirs and len(mine) > 1):
            return speaker
    return None


def placed(cast: Cast, mention: Mention, at: int) -> Source:
    """ "officials there": the place is the last one named with "in"."""
    source, text = source_of(mention), cast.text
    end = at + len(mention.name)
    there = next((word for word in cast.words.there if source.name.endswith(f" {word}")), None)
    if there is None:
        there = next((w for w in cast.words.there if re.match(rf"\w{{0,4}}\s+{w}\b", text[end : end + 12])), None)
        if there is None:
            return source
        source = replace(source, name=f"{source.name} {there}")
    start = max(0, cast.sentence_start(at) - 300)
    within = "|".join(sorted(cast.words.within))
    places = re.findall(rf"\b({within}) ((?:\w+ )?[A-Z][\w\-]+(?:\s[A-Z][\w\-]+)*)", text[start:at])
    name = source.name.removesuffix(there).strip()
    return replace(source, name=f"{name} {' '.join(places[-1])}") if places else source
