"""Sources that stand outside the sentence: a report that carries another's bulletin, "Those are the figures of X"."""

from __future__ import annotations

from collections.abc import Iterator

from ..prose import Prose
from ..records import Span
from .drafts import Draft
from .sentences import Sentence, index, source_end, subject_first
from .words import Words

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
        summary = words.summaries.match(prose.text, *span)
        if summary and any(s.word(n) in words.whole_documents for n in range(min(8, s.last))):
            issuer = _issuer(s, 0)
            if issuer:
                yield Draft(issuer, None, (rest,), True)
                return


def _issuer(s: Sentence, start: int) -> Span | None:
    """Whose document it is: the source behind the last "of", "from" or "by" of the sentence."""
    for at in range(s.last - 1, start, -1):
        if s.word(at) in s.words.issuing:
            last = source_end(s, at + 1)
            if last is not None and s.word(last) in s.words.heads | {"society"} | s.words.bodies:
                return s.found[at + 1].start, s.found[last].end
    return None


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
