"""Attributions before anybody has asked who is meant: spans of source, cue and content."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..nearby import Nearby
from ..prose import Prose
from ..records import Span
from . import tagger
from .reasons import Rule
from .words import Words, tokens

CROWDED = 250
"""Blanks in a paragraph from which on its sentences are tagged one by one: the tagger learnt on news paragraphs."""
GLUED = re.compile(r"(?<=[a-z0-9”\"])\.(?=[A-Z][a-z])")
"""A full stop whose blank was lost ("500 dead.The ministry")."""
OPENING = frozenset("“\"«„‘'`")
_JOINTS = frozenset(("", "and", "or", "the", "and the"))
"""What may stand between two sources of one attribution that are one mention."""


_DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ.' -]+(?:, [A-Z][\w. ]+)?(?: \([^)]{1,40}\))? [-–—] ")


@dataclass(frozen=True, slots=True)
class Draft:
    """Somebody (`source`) says (`cue`) something (`content`, one or more spans). `relays` are further sources
    behind `source`, `outer` ones between the outlet and `source`; each with its cue. `ruled`: not from the tagger;
    `form`: the rule that made or mended it, where the reader of `reasons` should know."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    ruled: bool = False
    relays: tuple[tuple[Span, Span | None], ...] = ()
    outer: tuple[tuple[Span, Span | None], ...] = ()
    form: Rule | None = None

    @property
    def hull(self) -> Span:
        return self.content[0][0], self.content[-1][1]

    @property
    def reach(self) -> Span:
        """From the first of its words to the last, the cue and the sources among them."""
        relays = [span for link in (*self.relays, *self.outer) for span in link]
        spans = [span for span in (self.source, self.cue, *self.content, *relays) if span]
        return min(start for start, _ in spans), max(end for _, end in spans)

    def covers(self, at: int) -> bool:
        return any(start <= at < end for start, end in self.content)


def tagged(prose: Prose, words: Words) -> tuple[list[Draft], Nearby[tuple[Span, Span]]]:
    """The tagger's attributions that have a content, one content, one draft; and by where they stand the sources and
    cues that have none of their own ("…, | the Mail can reveal")."""
    drafts: dict[Span, Draft] = {}
    frames: list[tuple[Span, tuple[Span, Span]]] = []
    lines = breathing(prose)
    for found in tagger.attributions(lines):
        cue = _one(lines, found.cue, None)
        source = _one(lines, _beside(lines, found.source, cue), cue)
        if not found.content:
            if source and cue:
                frames.append((source, (source, cue)))
            continue
        content = _said(prose, lines, found.content, cue)
        draft = Draft(_bare(lines, source, words), cue, content)
        drafts.setdefault(draft.hull, draft)
    return list(drafts.values()), Nearby(frames)


def _beside(text: str, spans: tuple[Span, ...], cue: Span | None) -> tuple[Span, ...]:
    """The spans in the paragraph of the cue: who speaks in the next one is another question (`cast`)."""
    if cue is None:
        return spans
    start, end = text.rfind("\n", 0, cue[0]), text.find("\n", cue[1])
    return tuple(span for span in spans if span[0] > start and (end < 0 or span[1] <= end))


def _said(prose: Prose, lines: str, content: tuple[Span, ...], cue: Span | None) -> tuple[Span, ...]:
    """The content in the cue's paragraph, and in the next ones as far as quotations or a colon carry it on."""
    pieces = tuple(piece for span in content for piece in _pieces(prose, *span))
    near = list(_beside(lines, pieces, cue) or pieces)
    for piece in pieces[pieces.index(near[-1]) + 1 :]:
        if not _carried_on(prose, near[-1], piece):
            break
        near.append(piece)
    return tuple(near)


def _carried_on(prose: Prose, last: Span, piece: Span) -> bool:
    """Whether a piece in a later paragraph goes on with the one before: behind a colon, in a quotation that was left
    open, or as a paragraph that is nothing but quotation."""
    before, here = prose.paragraph_at(last[1] - 1), prose.paragraph_at(piece[0])
    if before is None or here is None:
        return False
    if prose.text[before[1] - 1] == ":":
        return True
    return prose.text[piece[0]] in OPENING and (prose.odd(*before) or piece == here)


def _pieces(prose: Prose, start: int, end: int) -> Iterator[Span]:
    """The span cut where paragraphs end."""
    for line in re.finditer(r"\S[^\n\r\u2028\u2029]*", prose.text[start:end]):
        yield start + line.start(), start + line.start() + len(line.group().rstrip())


def _bare(text: str, source: Span | None, words: Words) -> Span | None:
    """The source without a dateline before it, or the "who" of the clause it speaks in ("who the ministry said …")."""
    line = _DATELINE.match(text, *source) if source else None
    found = tokens(text, *source) if source and not line else ()
    if len(found) > 1 and source and found[0].word in words.relative and found[1].word in words.articles:
        return found[1].start, source[1]
    return (line.end(), source[1]) if line and source and line.end() < source[1] else source


def breathing(prose: Prose) -> str:
    """The text with a line end for each glued full stop and after each sentence of a crowded paragraph; not one
    offset moves."""
    text = GLUED.sub("\n", prose.text)
    crowded = [(start, end) for start, end in prose.paragraphs if text.count(" ", start, end) >= CROWDED]
    if not crowded:
        return text
    signs = list(text)
    for start, end in crowded:
        for first, _ in prose.sentences[prose.sentence_index(start) + 1 : prose.sentence_index(end) + 1]:
            if first < end and signs[first - 1] == " ":
                signs[first - 1] = "\n"
    return "".join(signs)


def _one(text: str, spans: Sequence[Span], cue: Span | None) -> Span | None:
    """One span for several: those that stand together are one, and of the rest the one nearest to the cue stands."""
    together: list[Span] = []
    for start, end in spans:
        gap = text[together[-1][1] : start] if together else ""
        if together and gap.strip(" ,.-–—") in _JOINTS and "\n" not in gap:
            together[-1] = together[-1][0], end
        else:
            together.append((start, end))
    if not together:
        return None
    if cue is None:
        return max(together, key=lambda span: span[1] - span[0])
    return min(together, key=lambda span: max(span[0] - cue[1], cue[0] - span[1]))


def words_in(text: str, span: Span | None, words: Words) -> list[str]:
    """The lower-case words of a span."""
    return [token.word for token in tokens(text, *span)] if span else []
