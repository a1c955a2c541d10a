"""How well direct quotations are read: which of them have content and source right, of one corpus and of what was read.

    python bench/direct.py gold.jsonl attributions.jsonl

Both files are one document a line, {"doc": name, "attributions": [{"source": [[start, end]], "cue": …, "content": …}]},
the gold one with the document's "text"; bench/attributions.py makes the other from an export. Attributions are paired
one to one by the words of their contents, the likest first, and are right when contents and sources share at least half
of their words (Dice). A quotation is direct when all of its words stand between double quotation marks. The figure is
the mean of two rates: of the gold's direct quotations that are right, and of those read.
"""

from __future__ import annotations

import json
import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

WORD = re.compile(r"\w+(?:['’]\w+)*")
QUOTED = re.compile(r"“[^”\n]*|\"[^\"\n]*\"?|(?:''|``)(?:(?!''|``)[^\n])*(?:''|``)?")
HALF = 0.5
Words = frozenset[int]
"""Where the words of a span start."""


class Said:
    """One attribution as the words of its content and source; `direct` if the content stands between marks."""

    def __init__(self, attribution: dict[str, Any], starts: list[tuple[int, int]], quoted: Words) -> None:
        self.content, self.source = (_words(attribution.get(part) or [], starts) for part in ("content", "source"))
        self.direct = self.content <= quoted


def _words(spans: Iterable[Sequence[int]], words: list[tuple[int, int]]) -> Words:
    starts, ends = [start for start, _ in words], [end for _, end in words]
    return frozenset(at for start, end in spans for at in starts[bisect_right(ends, start) : bisect_left(starts, end)])


def dice(one: Words, other: Words) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0


def right(gold: list[Said], read: list[Said]) -> list[tuple[Said, Said]]:
    """The pairs whose content and source are both right."""
    likest = sorted(
        (
            (-dice(g.content, r.content), -dice(g.source, r.source), i, j)
            for i, g in enumerate(gold)
            for j, r in enumerate(read)
            if g.content & r.content
        ),
    )
    paired: list[tuple[Said, Said]] = []
    used: tuple[set[int], set[int]] = set(), set()
    for unlike, _, i, j in likest:
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            if -unlike >= HALF and dice(gold[i].source, read[j].source) >= HALF:
                paired.append((gold[i], read[j]))
    return paired


def documents(path: str) -> dict[str, dict[str, Any]]:
    lines = Path(path).read_text("utf-8").splitlines()
    return {document["doc"]: document for document in map(json.loads, filter(None, lines))}


def main(gold_path: str, read_path: str) -> None:
    marked, read = documents(gold_path), documents(read_path)
    asked, hits = [0, 0], [0, 0]
    for name, document in marked.items():
        text: str = document["text"]
        words = [match.span() for match in WORD.finditer(text)]
        quoted = _words((match.span() for match in QUOTED.finditer(text)), words)
        sides = [
            [said for said in (Said(one, words, quoted) for one in side.get("attributions", ())) if said.content]
            for side in (document, read.get(name, {}))
        ]
        pairs = right(*sides)
        for number, side in enumerate(sides):
            asked[number] += sum(said.direct for said in side)
            hits[number] += sum(pair[number].direct for pair in pairs)
    rates = [100 * hit / max(1, all_of) for hit, all_of in zip(hits, asked, strict=True)]
    for whose, rate, all_of in zip(("in the gold", "as read"), rates, asked, strict=True):
        print(f"{all_of:5} direct quotations {whose}, {rate:.1f} % of them right")
    print(f"{sum(rates) / 2:.1f} on average")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python bench/direct.py GOLD ATTRIBUTIONS, two JSON-lines files (see the head of this script)")
    main(*sys.argv[1:])
