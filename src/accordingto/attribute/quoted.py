"""Quotations without a word of saying: who speaks between the marks when no attribution covers them.

A quotation that runs over several paragraphs opens each of them with a mark and closes only the last; houses also
close every paragraph, or name the speaker once and let the next paragraphs stand as bare quotations ("floating"
ones). Only quotations with a number are asked about.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from ..prose import Prose
from ..records import Span
from .drafts import Draft
from .mentions import read
from .sentences import Sentence, source_end
from .words import Words

SHORTEST = 3
"""Words from which on a quotation is speech; fewer are a title, a nickname, a word held up between tongs."""
BEFORE = 4
"""Sentences before a floating quotation in which its speaker may be the one the sentence is about."""


def quoted(drafts: Sequence[Draft], prose: Prose, words: Words) -> list[Draft]:
    """The drafts, with a source for those between marks that lack one, and one more for every quotation with a number
    that none covers."""
    kept = list(drafts)
    for number, span in enumerate(prose.quotes):
        if not words.numbers.search(prose.text, *span) or len(prose.text[slice(*span)].split()) < SHORTEST:
            continue
        inside = [at for at, draft in enumerate(kept) if span[0] <= draft.hull[0] < span[1]]
        silent = [at for at in inside if kept[at].source is None and kept[at].cue is None]
        if any(match for match in words.numbers.finditer(prose.text, *span) if not _covered(match.start(), kept)):
            source = _speaker(number, kept, prose, words)
            if source:
                kept = [draft for at, draft in enumerate(kept) if at not in silent]
                kept.append(Draft(source, None, (_trimmed(prose.text, _free(span, kept)),), True, form="quotation"))
    return kept


def _covered(at: int, drafts: Sequence[Draft]) -> bool:
    return any(draft.covers(at) and (draft.source or draft.cue) for draft in drafts)


def _free(span: Span, drafts: Sequence[Draft]) -> Span:
    """The quotation behind the last content that ends in it."""
    ends = [end for draft in drafts for _, end in draft.content if span[0] < end < span[1] and draft.hull[0] <= span[0]]
    return max([span[0], *ends]), span[1]


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and (text[start].isspace() or text[start] in ".,;"):
        start += 1
    return start, end


def _speaker(number: int, drafts: Sequence[Draft], prose: Prose, words: Words) -> Span | None:
    """Who speaks in a quotation: the speaker of another in the same paragraph, of the one that a paragraph of nothing
    but quotation goes on with, or the person the sentence before is about."""
    start, end = prose.quotes[number]
    first, last = prose.paragraph_at(start) or (start, end)
    here = bisect_right(prose.paragraphs, (first, last)) - 1
    speakers = [d for d in drafts if d.source and d.hull[0] < last]
    beside = [d for d in speakers if first <= d.hull[0] and _between_marks(d, prose)]
    if beside:
        before = [d for d in beside if d.hull[0] < start]
        return (max if before else min)(before or beside, key=lambda d: d.hull[0]).source
    if _bare(prose, first, last) and here:
        previous = prose.paragraphs[here - 1]
        said = [d for d in speakers if previous[0] <= d.hull[0] < previous[1]]
        if said:
            return max(said, key=lambda d: d.hull[1]).source
        colon = prose.text[slice(*previous)].endswith(":")
        return _subject(previous[0], start, prose, words) if colon or not _odd(previous, prose) else None
    within = [d for d in speakers if first <= d.hull[0] < start and _person(d.source, prose, words)]
    return within[-1].source if within else _subject(first, start, prose, words)


def _between_marks(draft: Draft, prose: Prose) -> bool:
    return prose.quoted(draft.hull[0]) or prose.quoted(draft.hull[0] + 1)


def _odd(paragraph: Span, prose: Prose) -> bool:
    return paragraph in prose.odd_quotes


def _bare(prose: Prose, first: int, last: int) -> bool:
    """Whether the paragraph is one quotation and nothing else."""
    held = [span for span in prose.quotes if first <= span[0] < last]
    return len(held) == 1 and held[0][0] - first <= 2 and last - held[0][1] <= 2


def _person(source: Span | None, prose: Prose, words: Words) -> bool:
    return source is not None and read(prose.text[slice(*source)], words).shape in ("person", "pronoun", "name", "role")


def _subject(first: int, start: int, prose: Prose, words: Words) -> Span | None:
    """The person that one of the last sentences between two offsets begins with."""
    held = [span for span in prose.sentences if first <= span[0] and span[1] <= start]
    for span in reversed(held[-BEFORE:]):
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
