"""Speakers set beside their words: `"We lost the harvest." – Ana Lopes` behind, `MAREN: We lost it.` before them.

What the tagger takes for content without source or cue often has its speaker in the layout rather than in a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..prose import Prose
from ..records import Span
from .drafts import Draft
from .mentions import read
from .words import Words

_BEHIND = re.compile(r"[\s\"”’»'.]*([-–—―]{1,2})\s*")
_TURN = re.compile(r"[\"“]?((?:[A-ZÀ-Þ][\w.'’-]*[ ]?){1,5})(?=: )")
MARKS = frozenset('"“”«»„')
LONGEST = 60
"""Characters of a name behind a dash."""
TURNS = 3
"""Paragraphs that begin with a name and a colon from which on a text is a transcript."""


def announced(drafts: Sequence[Draft], prose: Prose, words: Words) -> list[Draft]:
    """The drafts that have neither source nor cue with the speaker that the layout names beside them."""
    named = dict(turns(prose))
    return [_named(draft, named, prose, words) if loose(draft, prose) else draft for draft in drafts]


def loose(draft: Draft, prose: Prose) -> bool:
    """Whether nobody is named, and no words of saying: no cue, or a colon alone."""
    return draft.source is None and (draft.cue is None or prose.text[slice(*draft.cue)] == ":")


def _named(draft: Draft, named: dict[Span, Span], prose: Prose, words: Words) -> Draft:
    paragraph = prose.paragraph_at(draft.hull[0])
    if paragraph is None:
        return draft
    turn = named.get(paragraph)
    if turn and turn[1] < draft.hull[0]:
        return replace(draft, source=turn, cue=(turn[1], turn[1] + 1), form="interviews")
    behind = credit(prose, draft.hull[1], paragraph[1], words)
    return replace(draft, source=behind[0], cue=behind[1], form="credited") if behind else draft


def turns(prose: Prose) -> Iterator[tuple[Span, Span]]:
    """Of a transcript, each paragraph that is a turn and the name before its colon; of a turn in quotation marks the
    paragraphs too that go on with one."""
    found = {span: match for span in prose.paragraphs if (match := _TURN.match(prose.text, *span))}
    names = Counter(match[1] for match in found.values())
    if len(found) < TURNS or max(names.values()) < 2:
        return
    speaks: Span | None = None
    for span in prose.paragraphs:
        quoted = prose.text[span[0]] in MARKS
        speaks = found[span].span(1) if span in found else speaks if quoted else None
        if speaks and (quoted or span in found):
            yield span, speaks
        if span in found and not quoted:
            speaks = None


def credited(prose: Prose, words: Words) -> Iterator[Draft]:
    """Quotations with a name behind a dash, one a paragraph."""
    for start, end in prose.quotes:
        paragraph = prose.paragraph_at(start)
        behind = credit(prose, end, paragraph[1], words) if paragraph and start - paragraph[0] <= 2 else None
        if behind:
            text = prose.text
            marks = text[start - 1 : start] in MARKS, text[end : end + 1] in MARKS
            yield Draft(behind[0], behind[1], ((start - marks[0], end + marks[1]),), True)


def credit(prose: Prose, at: int, end: int, words: Words) -> tuple[Span, Span] | None:
    """The name behind the dash at an offset, up to the end of its paragraph, and the dash."""
    match = _BEHIND.match(prose.text, at, end)
    if match is None or not 0 < end - match.end() <= LONGEST:
        return None
    name = prose.text[match.end() : end].rstrip(" .")
    mention = read(name, words)
    if mention.shape not in ("person", "name", "body", "outlet") or not name[:1].isupper():
        return None
    return (match.end(), match.end() + len(name)), match.span(1)
