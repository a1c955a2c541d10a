"""The passages of chains.txt, read; run as a program it prints every chain that is not right, and the score."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from accordingto.pipeline import analysis
from accordingto.records import Claim, Figure, Report

SMALL = frozenset(("the", "a", "an", "of"))
Expected = tuple[str, list[str]]
"""The words of a figure and the names of its chain."""


def passages() -> Iterator[tuple[str, list[Expected]]]:
    """Each text (a pilcrow ends a paragraph) with its figures in text order."""
    for block in (Path(__file__).parent / "chains.txt").read_text("utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if lines:
            told = [line[1:].rsplit(":", 1) for line in lines[1:]]
            yield lines[0].replace(" ¶ ", "\n\n"), [(words.strip(), _chain(names)) for words, names in told]


def _chain(names: str) -> list[str]:
    return [name.strip() for name in names.split(">") if name.strip() != "-"]


def score() -> tuple[Counter[str], list[str]]:
    """How many figures are `asked`, `found`, have their `origin` and `chain` right; and a line for each that is not."""
    right: Counter[str] = Counter()
    wrong: list[str] = []
    for text, expected in passages():
        report = Report("p.txt", text, "0" * 64, publisher="Evening Ledger", published="2025-06-05", language="en")
        held = [(figure, claim) for claim in analysis(report).claims for figure in claim.figures]
        at = 0
        for words, names in expected:
            start = text.index(words, at)
            at = start + 1
            right["asked"] += 1
            claim = _nearest(start, start + len(words), held)
            if claim is None:
                continue
            read = [link.source.name for link in claim.chain]
            right["found"] += 1
            right["origin"] += _same(names[-1:], read[-1:])
            right["chain"] += _same(names, read)
            if not _same(names, read):
                wrong.append(f"{words}: {' > '.join(read) or '-'}, not {' > '.join(names) or '-'}: {text[:60]}")
    return right, wrong


def _nearest(start: int, end: int, held: list[tuple[Figure, Claim]]) -> Claim | None:
    near = [(f, c) for f, c in held if f.evidence.start < end and start < f.evidence.end]
    return min(near, key=lambda one: abs(one[0].evidence.start - start))[1] if near else None


def _same(names: list[str], read: list[str]) -> bool:
    """Whether each name has all the words of the other, or the other way round."""
    sides = [[_words(name) for name in chain] for chain in (names, read)]
    return len(names) == len(read) and all(a <= b or b <= a for a, b in zip(*sides, strict=True))


def _words(name: str) -> set[str]:
    return set(re.findall(r"[\w-]+", name.lower())) - SMALL


if __name__ == "__main__":
    rates, errors = score()
    print("\n".join(errors))
    print(f"{rates['asked']} figures, {rates['found']} found; of these right:")
    for rate in ("origin", "chain"):
        print(f"{rate} {rates[rate] / rates['found']:.3f}")
