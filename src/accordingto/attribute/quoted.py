"""Quotations without a word of saying: who speaks between the marks when no attribution covers them.

A quotation that runs over several paragraphs opens each of them with a mark and closes only the last; houses also
close every paragraph, or name the speaker once and let the next paragraphs stand as bare quotations ("floating"
ones). Only quotations with a figure are asked about.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from ..prose import Prose
from ..records import Span
from .counted import Counted
from .drafts import Draft
from .mentions import read
from .sentences import Sentence, source_end
from .words import Words

SHORTEST = 3
"""Words from which on a quotation is speech; fewer are a title, a nickname, a word held up between tongs."""
BEFORE = 4
"""Sentences before a floating quotation in which its speaker may be the one the sentence is about."""


def quoted(drafts: Sequence[Draft], prose: Prose, words: Words, counted: Counted) -> list[Draft]:
    """The drafts, and one more for every quotation with a figure that none covers; it takes the place of those that
    know neither who speaks nor a word of saying."""
    kept = sorted(drafts, key=lambda draft: draft.hull)
    parts = sorted(part for draft in kept if draft.source or draft.cue for part in draft.content)
    ends = list(accumulate((end for _, end in parts), max))
    for number, span in enumerate(prose.quotes):
        free = _free(span, parts, ends)
        if not counted.at(free) or len(prose.text[slice(*span)].split()) < SHORTEST:
            continue
        first, last = (bisect_left(kept, at, key=_start) for at in span)
        named = [draft for draft in kept[first:last] if draft.source or draft.cue]
        source = None if _broken(span, named, prose) else _speaker(number, kept, prose, words)
        if source:
            kept[first:last] = sorted([*named, Draft(source, None, (free,), True, form="quotation")], key=_start)
    return kept


def _start(draft: Draft) -> int:
    return draft.hull[0]


def _broken(span: Span, inside: Sequence[Draft], prose: Prose) -> bool:
    """Whether the quotation never closes and words of saying stand in it: nobody knows where it ended."""
    paragraph = prose.paragraph_at(span[0])
    closes = paragraph is not None and span[1] < paragraph[1]
    return not closes and any(draft.cue and span[0] <= draft.cue[0] < span[1] for draft in inside)


def _free(span: Span, parts: Sequence[Span], ends: Sequence[int]) -> Span:
    """The rest of a quotation behind the last content that ends in it; nothing when one reaches to its end. `ends` are
    the furthest ends of the parts so far."""
    before = bisect_left(parts, (span[1], 0)) - 1
    start, end = max(span[0], ends[before]) if before >= 0 else span[0], span[1]
    return (start, end) if start < end else (end, end)


def _speaker(number: int, drafts: Sequence[Draft], prose: Prose, words: Words) -> Span | None:
    """Who speaks in a quotation: the speaker of another in the same paragraph, of the one that a paragraph of nothing
    but quotation goes on with, or the person the sentence before is about."""
    start, end = prose.quotes[number]
    first, last = prose.paragraph_at(start) or (start, end)
    beside = [draft for draft in _spoken(drafts, first, last) if _between_marks(draft, prose)]
    if beside:
        before = [draft for draft in beside if draft.hull[0] < start]
        return (before[-1] if before else beside[0]).source
    here = bisect_left(prose.paragraphs, (first, last))
    if _bare(prose, number, first, last) and here:
        previous = prose.paragraphs[here - 1]
        said = _spoken(drafts, *previous)
        if said:
            return max(said, key=lambda draft: draft.hull[1]).source
        left_open = number > 0 and prose.quotes[number - 1][1] == previous[1]
        return None if left_open else _subject(previous[0], start, prose, words)
    within = [draft for draft in _spoken(drafts, first, start) if _person(draft.source, prose, words)]
    return within[-1].source if within else _subject(first, start, prose, words)


def _spoken(drafts: Sequence[Draft], first: int, last: int) -> list[Draft]:
    """The drafts with a source that begin between two offsets; `drafts` are in text order."""
    held = drafts[bisect_left(drafts, first, key=_start) : bisect_left(drafts, last, key=_start)]
    return [draft for draft in held if draft.source]


def _between_marks(draft: Draft, prose: Prose) -> bool:
    return prose.quoted(draft.hull[0]) or prose.quoted(draft.hull[0] + 1)


def _bare(prose: Prose, number: int, first: int, last: int) -> bool:
    """Whether the paragraph is one quotation and nothing else."""
    start, end = prose.quotes[number]
    return start - first <= 2 and last - end <= 2


def _person(source: Span | None, prose: Prose, words: Words) -> bool:
    return source is not None and read(prose.text[slice(*source)], words).shape in ("person", "pronoun", "name", "role")


def _subject(first: int, start: int, prose: Prose, words: Words) -> Span | None:
    """The person that one of the last sentences between two offsets begins with."""
    here = prose.sentence_index(start - 1)
    for span in reversed(prose.sentences[max(0, here - BEFORE) : here + 1]):
        if span[0] < first or span[1] > start:
            continue
        s = Sentence(prose.text, span, words)
        opening = s.opening()
        last = source_end(s, opening)
        if last is None:
            continue
        source = s.found[opening].start, s.found[last].end
        mention = read(prose.text[slice(*source)], words)
        if mention.shape == "person" or (mention.shape == "name" and " " in mention.name):
            return source
    return None
