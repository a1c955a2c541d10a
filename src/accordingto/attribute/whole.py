"""Sources that stand outside the sentence: a report that carries another's bulletin, "Those are the figures of X"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from ..prose import Prose
from ..records import Span
from .announced import turns
from .drafts import Draft
from .mentions import read
from .sentences import Sentence, index, is_source, source_end, subject_first
from .words import Words, tokens

LINE = 150
"""Characters of the longest heading that ends like a sentence."""
OPENING = 3
"""Sentences at the head of a report in which it can say whose words follow."""


def whole(prose: Prose, words: Words) -> Iterator[Draft]:
    """The rest of a report that carries or sums up somebody's document."""
    for span in prose.sentences[:OPENING]:
        s = Sentence(prose.text, span, words)
        rest = _rest(prose, span[1])
        if rest is None:
            return
        carries = words.carries.search(prose.text, *span)
        if carries:
            person = subject_first(s, index(s, carries.start()))
            behind = _issuer(s, index(s, carries.end()))
            if person:
                yield Draft(person, carries.span(), (rest,), True, ((behind, None),) if behind else ())
            elif behind:
                yield Draft(behind, carries.span(), (rest,), True)
            return
        heading = _heading(prose, span, words)
        issuer = _source_at(s, index(s, heading.end())) if heading else _letterhead(s, rest, prose)
        if issuer:
            yield Draft(issuer, None, (rest,), True)
            return
        summary = words.summaries.match(prose.text, *span)
        if summary and any(s.word(n) in words.whole_documents for n in range(min(8, s.last))):
            issuer = _issuer(s, 0)
            if issuer:
                yield Draft(issuer, None, (rest,), True)
                return


def _heading(prose: Prose, span: Span, words: Words) -> re.Match[str] | None:
    """ "Statement of the Ministry of Defence": a line without a verb that heads what follows."""
    titled = prose.text[span[1] - 1] not in ".!?"
    if span not in prose.paragraphs or not (titled or _verbless(prose.text, span, words)):
        return None
    return words.headings.match(prose.text, *span)


def _verbless(text: str, span: Span, words: Words) -> bool:
    """Whether a short line says nothing of anybody, full stop or not."""
    found = {token.word for token in tokens(text, *span)}
    return span[1] - span[0] <= LINE and found.isdisjoint(words.clause)


def _letterhead(s: Sentence, rest: Span, prose: Prose) -> Span | None:
    """ "MINISTRY OF HEALTH", a line of its own over "Daily bulletin No 14": the body whose document follows."""
    below = prose.paragraph_at(rest[0])
    if s.span not in prose.paragraphs[:OPENING] or below is None or not s.found or prose.text[below[1] - 1] in ".!?":
        return None
    titled = any(token.word in s.words.issued for token in tokens(prose.text, *below))
    own = _source_at(s, 0) if titled else None
    return own if own == s.span and read(prose.text[slice(*own)], s.words).shape == "body" else None


def _issuer(s: Sentence, start: int) -> Span | None:
    """Whose document it is: the body behind the last "of", "from" or "by" of the sentence, or the person behind the
    first."""
    for at in range(s.last - 1, start, -1):
        if s.word(at) in s.words.issuing:
            last = source_end(s, at + 1)
            if last is not None and s.word(last) in s.words.heads:
                return s.found[at + 1].start, s.found[last].end
    return next((_source_at(s, at + 1) for at in range(start, s.last) if s.word(at) in s.words.issuing), None)


def _source_at(s: Sentence, first: int) -> Span | None:
    """The source that starts at a token, past its article."""
    last = source_end(s, first)
    span = (s.found[first].start, s.found[last].end) if last is not None else None
    return span if span and is_source(s, span, strict=False) else None


def _rest(prose: Prose, end: int) -> Span | None:
    start, stop = end, len(prose.text.rstrip())
    while start < stop and prose.text[start].isspace():
        start += 1
    return (start, stop) if start < stop else None


def closings(prose: Prose, words: Words) -> Iterator[Draft]:
    """ "Those are the figures of Civil Protection.": the paragraph before this sentence is theirs."""
    for number, (start, end) in enumerate(prose.sentences):
        if number == 0 or end - start > 120:
            continue
        head = prose.text[start : start + 6].lower().split(" ")[0].strip("“\"'’")
        if head not in words.those:
            continue
        s = Sentence(prose.text, (start, end), words)
        noun = next((n for n in range(min(s.last, 8)) if s.word(n) in words.closing), None)
        if noun is None or s.word(1) not in words.being:
            continue
        if s.word(noun + 1) in words.issuing:
            first = noun + 2 + (s.word(noun + 2) in words.issuing)
            last = source_end(s, first)
            source = (s.found[first].start, s.found[last].end) if last is not None else None
        else:
            owner = next((n for n in range(2, noun) if s.found[n].possessive), None)
            source = (s.found[2].start, s.found[owner].end - 2) if owner else None
        paragraph = prose.paragraph_at(start)
        if source and paragraph and paragraph[0] < start:
            yield Draft(source, (s.found[noun].start, s.found[noun].end), ((paragraph[0], start - 1),), True)


def interviews(prose: Prose, words: Words) -> Iterator[Draft]:
    """A conversation in print: each answer is the words of who is interviewed ("A: We took in 140 …"), and in a
    transcript each turn those of the name before its colon."""
    text = prose.text
    asked = next((start for start, _ in prose.paragraphs if text.startswith(words.questions, start)), None)
    if asked is None:
        for (first, last), paragraphs in groupby(turns(prose), key=itemgetter(1)):
            parts = [(max(start, last + 1), end) for (start, end), _ in paragraphs]
            parts = [(start, end) for start, end in parts if text[start:end].strip()]
            if parts:
                yield Draft((first, last), (last, last + 1), tuple(parts), True)
        return
    guest = _guest(prose, asked, words)
    for start, end in prose.paragraphs:
        if guest and text.startswith(words.answers, start):
            sign = start + len(next(sign for sign in words.answers if text.startswith(sign, start)))
            if text[sign:end].strip():
                yield Draft(guest, (start, sign), ((sign, end),), True)


def _guest(prose: Prose, asked: int, words: Words) -> Span | None:
    """The first person named before the first question."""
    for start, end in prose.sentences:
        if start >= asked:
            return None
        s = Sentence(prose.text, (start, end), words)
        for first in range(s.last):
            if s.found[first].capital or s.word(first) in words.roles:
                last = source_end(s, first)
                span = (s.found[first].start, s.found[last].end) if last is not None else None
                mention = read(prose.text[slice(*span)], words) if span else None
                if mention and mention.shape in ("person", "name") and " " in mention.name:
                    return span
    return None
