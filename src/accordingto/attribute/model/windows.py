"""A text cut into windows the network can read: words, word pieces and word features."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ints = NDArray[np.int64]

WORD = re.compile(r"(?:\b[A-Z]\.)+|\w+(?:['’]\w+)*|[^\w\s]")  # initials keep their stops
BREAK = re.compile(r"[\n\r\v\f\x85\u2028\u2029]")
CLS, SEP = 101, 102  # the marks of BERT's vocabulary around and between passages
JOINED = 64  # paragraphs share a window up to this many pieces: neighbours are context for each other
LONGEST = 254  # pieces of a passage: a longer paragraph is cut, where a sentence ends if possible
PIECES_OF_WORD = 12  # pieces kept of one word: a run of Chinese is one word, and so is a long address
FEATURES = 12  # four shapes of a word, outside quotation marks, inside double, or inside single ones


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """A stretch of text of whole words, with what the network reads of it.

    `starts`, `ends`, `firsts`: one number a word: its code points (end exclusive), and the place in
    `ids` of its first piece.  `ids`, `features`: one number a piece, CLS and SEP marks included.
    """

    starts: Ints
    ends: Ints
    firsts: Ints
    ids: Ints
    features: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """The words of a whole text and their pieces: word `i` has the pieces `edges[i]:edges[i + 1]`."""

    starts: Ints
    ends: Ints
    features: Ints
    ids: Ints
    edges: Ints


def windows(text: str, tokenizer: "Tokenizer", joined: int = JOINED, longest: int = LONGEST) -> list[Window]:
    """The windows of a text, in text order; every word with a piece is in exactly one of them."""
    pieces = split(text, tokenizer)
    return [window(pieces, group) for group in groups(text, passages(text, pieces, longest), pieces, joined)]


def split(text: str, tokenizer: "Tokenizer") -> Pieces:
    """The words and word pieces of a text.  Words that the vocabulary reads as nothing are left out."""
    words = [match.span() for match in WORD.finditer(text)]
    encoding = tokenizer.encode(text, add_special_tokens=False)
    bounds = np.array(words, np.int64).reshape(-1, 2)
    ids = np.array(encoding.ids, np.int64)
    at = np.array(encoding.offsets, np.int64).reshape(-1, 2)[:, 0]
    owner = np.searchsorted(bounds[:, 0], at, side="right") - 1
    kept = owner >= 0
    kept[kept] = at[kept] < bounds[owner[kept], 1]
    ids, owner = ids[kept], owner[kept]
    rank = np.arange(len(owner)) - np.searchsorted(owner, owner)
    ids, owner = ids[rank < PIECES_OF_WORD], owner[rank < PIECES_OF_WORD]
    read, counts = np.unique(owner, return_counts=True)
    features = np.array(word_features(text, words), np.int64)
    edges = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
    return Pieces(bounds[read, 0], bounds[read, 1], features[read], ids, edges)


def word_features(text: str, words: Sequence[tuple[int, int]]) -> list[int]:
    """One number a word: its shape plus four times its state of quotation."""
    features, state, last = [], 0, 0
    for start, end in words:
        if start > last and BREAK.search(text, last, start):
            state = 0
        word = text[start:end]
        if word in MARKS:
            state = quotation(text, start, state)
        features.append(shape(word) + 4 * state)
        last = end
    return features


def shape(word: str) -> int:
    """0 for lower case, 1 for Title case, 2 for UPPER CASE, 3 for anything else."""
    return 0 if word.islower() else 1 if word.istitle() else 2 if word.isupper() else 3


MARKS = frozenset("\"“”„«»'‘’`")
OUTSIDE, DOUBLE, SINGLE = 0, 1, 2


def quotation(text: str, at: int, state: int) -> int:
    """The state of quotation after the mark at a place: outside, in double marks, or in single ones.

    A straight mark opens or closes by the blanks around it, and changes the state if they do not
    tell, so that one lost mark does not turn the rest of a paragraph inside out.  Two single marks
    (`` and '') are a double one.
    """
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if mark in "“„«":
        return DOUBLE
    if mark in "”»":
        return OUTSIDE
    if mark in "'`" and mark in (before, after):
        if mark == before:
            return state
        after, mark = text[at + 2 : at + 3], '"'
    opens = not (before.isalnum() or (before and before in ".,!?…;:)]%")) and after.strip() != ""
    closes = (not after or not after.isalnum()) and before.strip() != ""
    if mark == '"':
        return straight(opens, closes, state)
    if mark in "‘'`" and state == OUTSIDE and opens and not closes:
        return SINGLE
    if mark in "’'" and state == SINGLE and closes:
        return OUTSIDE
    return state


def straight(opens: bool, closes: bool, state: int) -> int:
    """The state after a straight double mark which, by its neighbours, may open or close."""
    if opens == closes:
        return OUTSIDE if state == DOUBLE else DOUBLE
    return DOUBLE if opens else OUTSIDE


def passages(text: str, pieces: Pieces, longest: int) -> Iterator[tuple[int, int]]:
    """The paragraphs as ranges of words, cut where they are longer than `longest` pieces."""
    breaks = np.array([match.start() for match in BREAK.finditer(text)], np.int64)
    paragraph = np.searchsorted(breaks, pieces.starts)
    cuts = np.flatnonzero(np.diff(paragraph)) + 1
    edges = [0, *cuts.tolist(), len(paragraph)]
    for first, end in pairwise(edges):
        while first < end:
            cut = sentence_end(text, pieces, first, end, longest)
            yield first, cut
            first = cut


def sentence_end(text: str, pieces: Pieces, first: int, end: int, longest: int) -> int:
    """Where to cut the words `first:end`: the end, or else the last full stop that is not too far."""
    reach = bisect_right(pieces.edges, pieces.edges[first] + longest) - 1
    if reach >= end:
        return end
    for word in range(reach - 1, first + (reach - first) // 2, -1):
        if text[pieces.starts[word]] in ".?!":
            return word + 1
    return max(reach, first + 1)


def groups(
    text: str, ranges: Iterator[tuple[int, int]], pieces: Pieces, joined: int
) -> Iterator[list[tuple[int, int]]]:
    """Neighbouring passages in groups of at most `joined` pieces.  A longer passage stands alone, but
    for one before it that ends in a colon and so announces it."""
    group: list[tuple[int, int]] = []
    for first, end in ranges:
        if group and pieces.edges[end] - pieces.edges[group[0][0]] + len(group) > joined:
            kept = group[-1:] if opens(text, pieces, group[-1]) else []
            if group != kept:
                yield group[: len(group) - len(kept)]
            group = kept
        group.append((first, end))
    if group:
        yield group


def opens(text: str, pieces: Pieces, passage: tuple[int, int]) -> bool:
    """Whether a passage announces the next one."""
    return text[pieces.starts[passage[1] - 1]] == ":"


def window(pieces: Pieces, group: Sequence[tuple[int, int]]) -> Window:
    """The window of some neighbouring passages: CLS passage SEP passage SEP."""
    ids: list[Ints] = [np.array([CLS])]
    features: list[Ints] = [np.array([0])]
    firsts: list[Ints] = []
    filled = 1
    for first, end in group:
        edges = pieces.edges[first : end + 1]
        ids += [pieces.ids[edges[0] : edges[-1]], np.array([SEP])]
        features += [np.repeat(pieces.features[first:end], np.diff(edges)), np.array([0])]
        firsts.append(edges[:-1] - edges[0] + filled)
        filled += int(edges[-1] - edges[0]) + 1
    first, end = group[0][0], group[-1][1]
    return Window(
        pieces.starts[first:end],
        pieces.ends[first:end],
        np.concatenate(firsts),
        np.concatenate(ids),
        np.concatenate(features),
    )
