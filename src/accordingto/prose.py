"""The shape of a text: paragraphs, sentences, words, and what stands between quotation marks.

Read once per report and handed to every stage. Offsets are code points of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from .languages import words_of
from .records import Span

WORD = re.compile(r"\w+(?:['’\-]\w+)*|[^\w\s]")
PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")
LONGEST = 1200
"""Code points after which a sentence without a full stop is cut at a blank, so that no text is quadratic."""
_END = re.compile(r"(?:[.!?…]+|[:;](?=\s*[\"“«„]\s*$))[\"'”’»)\]]*(?=\s+[\"'“‘«„(\[—–-]*\s*[A-Z0-9À-ÞЀ-Я]|\s*$)")
_BEFORE = re.compile(r"[\w.&]+$")
_MARK = re.compile(r"[“”«»„‟\"]|''|``")
_CLOSERS = {"“": '”"', "„": '“”"', "‟": '”"', "«": '»"', "»": "«", '"': '"”', "``": "''", "''": "''"}
"""What may close a quotation, by what opened it; houses differ and some mix."""


@dataclass(frozen=True)
class Prose:
    """One text with its paragraphs and sentences as spans (trimmed of blanks)."""

    text: str
    language: str | None = None

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        trimmed = (_trim(self.text, m.start(), m.end()) for m in PARAGRAPH.finditer(self.text))
        return tuple(span for span in trimmed if span[0] < span[1])

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        abbreviations = words_of(self.language, "prose", "abbreviations")
        return tuple(s for start, end in self.paragraphs for s in _sentences(self.text, start, end, abbreviations))

    @cached_property
    def quotes(self) -> tuple[Span, ...]:
        """Spans between double quotation marks, marks excluded; a mark that never closes ends with its paragraph."""
        return tuple(quote for quotes, _ in self._quotations for quote in quotes)

    @cached_property
    def odd_quotes(self) -> tuple[Span, ...]:
        """Paragraphs whose double quotation marks do not pair."""
        return tuple(p for p, (_, odd) in zip(self.paragraphs, self._quotations, strict=True) if odd)

    def sentence_at(self, offset: int) -> Span | None:
        """The sentence that holds the offset, or the one before it when it falls between two."""
        return _at(self.sentences, self._sentence_starts, offset)

    def sentence_index(self, offset: int) -> int:
        """Number of the sentence at the offset, -1 before the first."""
        return bisect_right(self._sentence_starts, offset) - 1

    def paragraph_at(self, offset: int) -> Span | None:
        """The paragraph that holds the offset."""
        return _at(self.paragraphs, self._paragraph_starts, offset)

    def quoted(self, offset: int) -> bool:
        """Whether the offset lies between double quotation marks."""
        span = _at(self.quotes, self._quote_starts, offset)
        return span is not None and offset < span[1]

    @cached_property
    def _quotations(self) -> list[tuple[list[Span], bool]]:
        return [_quotes(self.text, start, end) for start, end in self.paragraphs]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [start for start, _ in self.paragraphs]

    @cached_property
    def _quote_starts(self) -> list[int]:
        return [start for start, _ in self.quotes]


def _at(spans: tuple[Span, ...], starts: list[int], offset: int) -> Span | None:
    number = bisect_right(starts, offset) - 1
    return spans[number] if number >= 0 else None


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _sentences(text: str, start: int, end: int, abbreviations: frozenset[str]) -> list[Span]:
    spans: list[Span] = []
    first = start
    for stop in _END.finditer(text, start, end):
        if _abbreviated(text, first, stop.start(), stop.group(), abbreviations):
            continue
        spans.extend(_cut(text, first, stop.end()))
        first = stop.end()
    spans.extend(_cut(text, first, end))
    return spans


def _cut(text: str, start: int, end: int) -> list[Span]:
    """The span, in pieces no longer than LONGEST."""
    pieces: list[Span] = []
    start, end = _trim(text, start, end)
    while end - start > LONGEST:
        blank = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = blank if blank > start else start + LONGEST
        pieces.append(_trim(text, start, cut))
        start, _ = _trim(text, cut, end)
    if start < end:
        pieces.append((start, end))
    return pieces


def _abbreviated(text: str, first: int, stop: int, mark: str, abbreviations: frozenset[str]) -> bool:
    if mark != ".":
        return False
    before = _BEFORE.search(text, max(first, stop - 24), stop)
    if not before:
        return False
    word = before.group().lower().rstrip(".")
    if word in abbreviations:
        return True
    if len(word) == 1 and word.isalpha():
        return True
    return "." in word and all(len(part) <= 2 for part in word.split("."))


def _quotes(text: str, start: int, end: int) -> tuple[list[Span], bool]:
    """Quoted spans of a paragraph, and whether a mark was left over."""
    spans: list[Span] = []
    opened, closers, odd = -1, "", False
    for mark in _MARK.finditer(text, start, end):
        sign = mark.group()
        if opened >= 0 and sign in closers:
            spans.append((opened, mark.start()))
            opened = -1
        elif opened < 0 and sign in _CLOSERS:
            opened, closers = mark.end(), _CLOSERS[sign]
        else:
            odd = True
    if 0 <= opened < end:
        spans.append((opened, end))
    return spans, odd or opened >= 0
