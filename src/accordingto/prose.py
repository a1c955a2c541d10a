"""The shape of a text: paragraphs, sentences, words, and what stands between quotation marks.

Read once per report and handed to every stage. Offsets are code points of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from .languages import words_of
from .records import Span

WORD = re.compile(r"\w+(?:['’\-]\w+)*|[^\w\s]")
PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")
LONGEST = 1200
"""Code points after which a sentence without a full stop is cut at a blank, so that no text is quadratic."""
NARROWEST, WIDEST = 40, 130
"""Code points of the widest line where text may be wrapped by hand: shorter lines are lists, longer ones paragraphs."""
FULL = 0.85
"""Share of that width which a wrapped line and the first word of the next would pass."""
_BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029]")
_END = re.compile(r"(?:[.!?…]+|[:;](?=\s*[\"“«„]\s*$))[\"'”’»)\]]*(?=\s+[\"'“‘«„(\[—–-]*\s*[A-Z0-9À-ÞЀ-Я]|\s*$)")
_STOPS = frozenset(".!?…:;\"'”’»)]")
_BEFORE = re.compile(r"[\w.&]++$")
_MARK = re.compile(r"[“”«»„‟\"]|''|``")
_CLOSERS = {"“": '”"', "„": '“”"', "‟": '”"', "«": '»"', "»": "«", '"': '"”', "``": "''\"”", "''": "''"}
"""What may close a quotation, by what opened it; houses differ and some mix."""
_OPENING = frozenset("\"'“‘«„([$€£")
"""Signs besides letters and digits that a wrapped line may begin with; others head the entry of a list."""


@dataclass(frozen=True)
class Prose:
    """One text with its paragraphs and sentences as spans (trimmed of blanks)."""

    text: str
    language: str | None = None

    @cached_property
    def flat(self) -> str:
        """The text with a blank for each line end inside a paragraph that was wrapped by hand; not one offset moves."""
        return unwrapped(self.text)

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        trimmed = (_trim(self.flat, m.start(), m.end()) for m in PARAGRAPH.finditer(self.flat))
        return tuple(span for span in trimmed if span[0] < span[1])

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        abbreviations = words_of(self.language, "prose", "abbreviations")
        return tuple(s for start, end in self.paragraphs for s in _sentences(self.text, start, end, abbreviations))

    @cached_property
    def quotes(self) -> tuple[Span, ...]:
        """Spans between double quotation marks, marks excluded; a mark that never closes ends with its paragraph."""
        return tuple(quote for quotes, _ in self._quotations for quote in quotes)

    def sentence_at(self, offset: int) -> Span | None:
        """The sentence that holds the offset, or the one before it when it falls between two."""
        return _at(self.sentences, self._sentence_starts, offset)

    def sentence_index(self, offset: int) -> int:
        """Number of the sentence at the offset, -1 before the first."""
        return bisect_right(self._sentence_starts, offset) - 1

    def paragraph_at(self, offset: int) -> Span | None:
        """The paragraph that holds the offset."""
        return _at(self.paragraphs, self._paragraph_starts, offset)

    def paragraph_index(self, offset: int) -> int:
        """Number of the paragraph at the offset, -1 before the first."""
        return bisect_right(self._paragraph_starts, offset) - 1

    def odd(self, start: int, end: int) -> bool:
        """Whether the double quotation marks of a paragraph that `start:end` touches do not pair."""
        first = max(0, self.paragraph_index(start))
        last = self.paragraph_index(end - 1)
        return any(
            odd and self.paragraphs[number][1] > start
            for number, (_, odd) in enumerate(self._quotations[first : last + 1], first)
        )

    def cut(self, start: int, end: int) -> bool:
        """Whether a sentence that `start:end` touches had no end, or no beginning, but was cut."""
        touched = range(max(0, self.sentence_index(start)), self.sentence_index(end - 1) + 1)
        return any(self._endless(number) or (number > 0 and self._endless(number - 1)) for number in touched)

    def _endless(self, number: int) -> bool:
        """Whether the sentence ends where neither a full stop nor its paragraph does."""
        start, end = self.sentences[number]
        paragraph = self.paragraph_at(start)
        return end - start > LONGEST // 2 and paragraph is not None and end < paragraph[1] and not self._stops(end)

    def _stops(self, end: int) -> bool:
        return self.text[end - 1] in _STOPS

    def quoted(self, offset: int) -> bool:
        """Whether the offset lies between double quotation marks."""
        span = _at(self.quotes, self._quote_starts, offset)
        return span is not None and offset < span[1]

    @cached_property
    def _quotations(self) -> list[tuple[list[Span], bool]]:
        found: list[tuple[list[Span], bool]] = []
        opener = ""
        for start, end in self.paragraphs:
            spans, odd, opener = _quotes(self.text, start, end, opener)
            found.append((spans, odd))
        return found

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


def _quotes(text: str, start: int, end: int, opener: str = "") -> tuple[list[Span], bool, str]:
    """Quoted spans of a paragraph, whether a mark was left over, and the mark it leaves open. `opener` is the mark the
    paragraph before left open: what stands before a mark that can only close goes on with its quotation."""
    spans: list[Span] = []
    opened, closers, odd, sign = -1, "", False, ""
    if opener and not text.startswith(tuple(_CLOSERS), start):
        first = _MARK.search(text, start, end)
        if first and first.group() in _CLOSERS[opener] and not text[first.start() - 1].isspace():
            opened, closers, sign = start, _CLOSERS[opener], opener
    for mark in _MARK.finditer(text, start, end):
        if opened >= 0 and mark.group() in closers:
            spans.append((opened, mark.start()))
            opened = -1
        elif opened < 0 and mark.group() in _CLOSERS:
            sign = mark.group()
            opened, closers = mark.end(), _CLOSERS[sign]
        else:
            odd = True
    if start + len(sign) < opened < end and text[opened].isspace() and not text[opened - len(sign) - 1].isspace():
        opened = end  # a mark that can only close: its opening one was lost
    left = 0 <= opened < end
    if left:
        spans.append((opened, end))
    return spans, odd or opened >= 0, sign if left else ""


# -- text wrapped by hand ----------------------------------------------------------------------------------------------


def unwrapped(text: str) -> str:
    """The text with a blank for each line end inside a wrapped paragraph: lines of like width, the first word of each
    too long for the line before, that break in the middle of sentences."""
    lines, start = [], 0
    for found in _BREAK.finditer(text):
        lines.append((start, found.start()))
        start = found.end()
    lines.append((start, len(text)))
    signs: list[str] = []
    block: list[Span] = []
    for line in (*lines, (0, 0)):
        if text[slice(*line)].strip():
            block.append(line)
            continue
        for first, last in _wrapped(text, block):
            signs = signs or list(text)
            signs[first:last] = " " * (last - first)
        block = []
    return "".join(signs) if signs else text


def _wrapped(text: str, block: list[Span]) -> Iterator[Span]:
    """The line ends inside the wrapped paragraphs of lines between two blank ones."""
    width = max((end - start for start, end in block), default=0)
    shouted = bool(block) and text[block[0][0] : block[-1][1]].isupper()  # capitals do not tell where sentences begin
    ends: list[Span] = []
    broken = 0
    for number, (start, end) in enumerate(block if NARROWEST <= width <= WIDEST else ()):
        follows = block[number + 1] if number + 1 < len(block) else (end, end)
        word = text[slice(*follows)].split(maxsplit=1)[0] if follows[0] < follows[1] else ""
        if word and (word[0].isalnum() or word[0] in _OPENING) and end - start + 1 + len(word) > FULL * width:
            ends.append((end, follows[0]))
            last = text[start:end].rstrip()[-1]
            broken += word[0].islower() or last in ",;" or (shouted and last not in _STOPS)
            continue
        if 2 * broken >= len(ends):
            yield from ends
        ends, broken = [], 0
