"""The text of a report cut into pieces that carry their marks, ready to be written as nested-free HTML.

Marks overlap in every way (a figure inside a content inside another content), HTML elements may not; so the text
is cut at every boundary and each piece names all the layers that cover it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ..records import Span

_BREAK = re.compile(r"[\n\r\u2028\u2029]+")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Piece:
    """Words under one set of layers; `anchors` are ids that begin here, `notes` numbers of claims that end here."""

    words: str
    layers: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    notes: tuple[int, ...] = ()


def paragraphs(text: str, claims: Sequence[Row]) -> list[list[Piece]]:
    """Paragraphs of pieces. `claims` are claims as jsonl rows, numbered from 1 in their order."""
    layered = [(start, end, layer) for claim in claims for start, end, layer in _spans(claim)]
    anchors, notes = _anchors(claims), _notes(claims)
    blocks = [span for span in _blocks(text) if text[span[0] : span[1]].strip()]
    cuts = {0, len(text), *anchors, *notes}
    cuts |= {edge for start, end, _ in layered for edge in (start, end)}
    cuts |= {edge for block in blocks for edge in block}
    opens, closes = defaultdict(list), defaultdict(list)
    for start, end, layer in layered:
        opens[start].append(layer)
        closes[end].append(layer)
    pieces: list[tuple[int, Piece]] = []
    active: dict[str, int] = defaultdict(int)
    ordered = sorted(cuts)
    for start, end in pairwise(ordered):
        for layer in opens[start]:
            active[layer] += 1
        for layer in closes[start]:
            active[layer] -= 1
        layers = tuple(sorted(layer for layer, depth in active.items() if depth > 0))
        pieces.append((start, Piece(text[start:end], layers, tuple(anchors[start]), tuple(notes[end]))))
    return _in_blocks(pieces, blocks)


def _in_blocks(pieces: list[tuple[int, Piece]], blocks: list[Span]) -> list[list[Piece]]:
    found: list[list[Piece]] = [[] for _ in blocks]
    number = 0
    for start, piece in pieces:
        while number < len(blocks) and start >= blocks[number][1]:
            number += 1
        if number < len(blocks) and start >= blocks[number][0]:
            found[number].append(piece)
    return found


def _blocks(text: str) -> Iterable[Span]:
    start = 0
    for gap in _BREAK.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _spans(claim: Row) -> Iterable[tuple[int, int, str]]:
    content = claim["content"]
    for start, end in content.get("parts", [(content["start"], content["end"])]):
        yield start, end, "content"
    for link in claim["chain"]:
        for key, layer in (("mention", "source"), ("cue", "cue")):
            if link[key]:
                yield link[key]["start"], link[key]["end"], layer
    for figure in claim["figures"]:
        yield figure["start"], figure["end"], "figure"
    for layer, found in (
        ("time", [*claim["times"], *_of(claim, "when")]),
        ("place", [*claim["places"], *_of(claim, "where")]),
    ):
        for start, end in sorted({(one["start"], one["end"]) for one in found if one["start"] is not None}):
            yield start, end, layer


def _of(claim: Row, part: str) -> Iterable[Row]:
    return (figure[part] for figure in claim["figures"] if figure[part])


def _anchors(claims: Sequence[Row]) -> dict[int, list[str]]:
    """Offset -> ids of the claims ("t-…") and figures ("f-…") whose words begin there."""
    found: dict[int, list[str]] = defaultdict(list)
    for claim in claims:
        found[claim["content"]["start"]].append(f"t-{claim['id']}")
        for figure in claim["figures"]:
            found[figure["start"]].append(f"f-{figure['id']}")
    return found


def _notes(claims: Sequence[Row]) -> dict[int, list[int]]:
    """Offset -> numbers of the claims whose content ends there."""
    found: dict[int, list[int]] = defaultdict(list)
    for number, claim in enumerate(claims, 1):
        found[claim["content"]["end"]].append(number)
    return found
