"""The training texts: read, worn as copied pages are, cut into windows, and labelled by hand or by a teacher."""

import json
import random
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from accordingto.attribute.model.decoding import CONTENT, CUE, LABELS, SOURCE, Chunk
from accordingto.attribute.model.windows import BREAK, JOINED, Window, windows
from accordingto.attribute.tagger import Attribution, Span

WORN = 0.5  # of the documents, some of their marks
TAUGHT = 0.5  # of a marked word's label, the part that the teacher has a say in
JOINS = (0, 64, 96, 126, 126, 160)  # how much context a window has, drawn anew each time


Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Document:
    """A text and its attributions.

    `taught`: what the teacher thinks of each word, by the word's first code point: how likely each label is.
    `marked`: whether people marked the attributions; else they are the teacher's too.
    """

    doc: str
    text: str
    attributions: tuple[Attribution, ...]
    taught: Mapping[int, Floats] = field(default_factory=dict)
    marked: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A window and its answers: how likely each label is for each word (words, 7), the chunks, and whose
    (attribution numbers) each is."""

    window: Window
    labels: Floats
    chunks: list[Chunk]
    owners: list[frozenset[int]]


def documents(path: Path) -> list[Document]:
    """The documents of a JSON-lines file: `doc`, `text`, `attributions` (spans in code points)."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [Document(row["doc"], row["text"], tuple(attribution(a) for a in row["attributions"])) for row in rows]


def unmarked(paths: Sequence[Path]) -> list[Document]:
    """The texts of JSON-lines files (`text`), for the teacher to mark."""
    rows = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]
    return [Document(str(number), row["text"], (), marked=False) for number, row in enumerate(rows)]


def attribution(parts: dict[str, list[list[int]]]) -> Attribution:
    def spans(part: str) -> tuple[Span, ...]:
        return tuple((start, end) for start, end in parts[part])

    return Attribution(source=spans("source"), cue=spans("cue"), content=spans("content"))


def examples(document: Document, tokenizer: Tokenizer, joined: int = JOINED) -> Iterator[Example]:
    """The windows of a document, with their answers."""
    for window in windows(document.text, tokenizer, joined=joined):
        yield example(window, document)


def epoch(corpus: Sequence[Document], tokenizer: Tokenizer, rng: random.Random) -> list[Example]:
    """The examples of one pass over the corpus: worn and windowed anew."""
    return [found for document in corpus for found in examples(worn(document, rng), tokenizer, rng.choice(JOINS))]


def example(window: Window, document: Document) -> Example:
    owners: dict[Chunk, set[int]] = {}
    for number, said in enumerate(document.attributions):
        for kind, spans in ((CONTENT, said.content), (CUE, said.cue), (SOURCE, said.source)):
            for first, last in ranges(window, spans):
                owners.setdefault((kind, first, last), set()).add(number)
    labels, kept = [0] * len(window.starts), []
    for chunk in sorted(owners, key=lambda c: (c[1] - c[2], c)):
        kind, first, last = chunk
        if not any(labels[first : last + 1]):  # the few overlaps go to the longer chunk
            labels[first : last + 1] = [2 * kind + 1] + [2 * kind + 2] * (last - first)
            kept.append(chunk)
    kept.sort(key=lambda c: c[1])
    return Example(window, blend(window, labels, document), kept, [frozenset(owners[chunk]) for chunk in kept])


def blend(window: Window, labels: Sequence[int], document: Document) -> Floats:
    """(words, 7): the labels as certainties, and the teacher's opinion mixed in or, where nobody marked, alone."""
    told = np.eye(len(LABELS), dtype=np.float32)[list(labels)].reshape(-1, len(LABELS))
    part = TAUGHT if document.marked else 1.0
    for word, start in enumerate(window.starts.tolist()):
        if start in document.taught:
            told[word] += part * (document.taught[start] - told[word])
    return told


def ranges(window: Window, spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The words (first, last) that some spans cover in a window; touching spans are one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        first = bisect_right(window.ends, start)  # type: ignore[call-overload]
        last = bisect_left(window.starts, end) - 1  # type: ignore[call-overload]
        if last < first:
            continue
        if merged and first <= merged[-1][1] + 1:
            first, last = merged.pop()[0], max(last, first)
        merged.append((first, last))
    yield from merged


# --- wear: what copying does to a page.  Each rule rewrites characters, so that spans can follow.

DOUBLE, COMMAS = frozenset('"“”'), frozenset(",")
CURLY = {"“": '"', "”": '"', "‘": "'", "’": "'"}


def worn(document: Document, rng: random.Random) -> Document:
    """The document after some chance wear, its spans moved along."""
    if rng.random() > WORN:
        return document
    chars = list(document.text)
    if rng.random() < 0.25:
        chars = [CURLY.get(c, c) for c in chars]
    for start, end in paragraphs(document.text):
        wear(chars, start, end, rng)
    if rng.random() < 0.15:
        join(chars)
    return moved(document, chars)


def paragraphs(text: str) -> list[Span]:
    edges = [0, *(match.end() for match in BREAK.finditer(text)), len(text)]
    return [(a, b) for a, b in pairwise(edges) if text[a:b].strip()]


def wear(chars: list[str], start: int, end: int, rng: random.Random) -> None:
    """Lose or change some characters of a paragraph, in place."""
    chance = rng.random()
    if chance < 0.06:
        lose(chars, [i for i in range(start, end) if chars[i] in DOUBLE])
    elif chance < 0.10:
        marks = [i for i in range(start, end) if chars[i] in DOUBLE]
        lose(chars, rng.sample(marks, min(1, len(marks))))
    elif chance < 0.18:
        lose(chars, [i for i in range(start, end) if chars[i] in COMMAS])
    elif chance < 0.22:
        lose(chars, [i for i in range(start, end) if chars[i] in DOUBLE | COMMAS])
    elif chance < 0.24:
        chars[start:end] = [c.upper() for c in chars[start:end]]
    elif chance < 0.28:
        chars[start:end] = [c.lower() for c in chars[start:end]]


def lose(chars: list[str], places: Sequence[int]) -> None:
    for place in places:
        chars[place] = ""


def join(chars: list[str]) -> None:
    """Put every paragraph on one line."""
    for place, char in enumerate(chars):
        if char and BREAK.match(char):
            chars[place] = " "


def moved(document: Document, chars: Sequence[str]) -> Document:
    """The document rewritten: `chars` holds what each of its characters has become."""
    at = [0, *accumulate(len(c) for c in chars)]

    def spans(some: Sequence[Span]) -> tuple[Span, ...]:
        return tuple((at[s], at[e]) for s, e in some if at[e] > at[s])

    return replace(
        document,
        text="".join(chars),
        attributions=tuple(
            Attribution(source=spans(a.source), cue=spans(a.cue), content=spans(a.content))
            for a in document.attributions
        ),
        taught={at[place]: told for place, told in document.taught.items() if whole(chars, place)},
    )


def whole(chars: Sequence[str], place: int) -> bool:
    """Whether a word's first label still holds: it is there, and nothing just before it was lost."""
    before = max(place - 2, 0)
    return all(chars[before : place + 1])
