"""Passages of every register, each with all its figures: tests/passages.txt."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from counting import told

_BOUNDS = re.compile(r"(\d*)(-?)(\d*)")
Told = tuple[int | None, int | None, str, str, str]


def passages() -> list[tuple[str, list[Told]]]:
    """Texts with their figures: bounds, kind, mode, stance."""
    lines = [line for line in (Path(__file__).parent / "passages.txt").read_text("utf-8").splitlines() if line]
    lines = [line for line in lines if not line.startswith("#")]
    return [
        (text, [_figure(*one.split()) for one in figures.removeprefix("=").split(";") if one.strip()])
        for text, figures in zip(lines[::2], lines[1::2], strict=True)
    ]


def _figure(bounds: str, kind: str, *more: str) -> Told:
    found = _BOUNDS.fullmatch(bounds)
    assert found, bounds
    low = int(found[1]) if found[1] else None
    high = int(found[3]) if found[3] else None if found[2] else low
    mode = next((word for word in more if word in ("part", "added")), "total")
    return low, high, kind, mode, next((word for word in more if word in ("planned", "possible", "denied")), "asserted")


@pytest.mark.parametrize(("text", "expected"), passages())
def test_a_passage_is_read_as_it_was_marked(text: str, expected: list[Told]) -> None:
    assert [(one.low, one.high, one.kind, one.mode, one.stance) for one in told(text)] == expected


@pytest.mark.parametrize("text", [text for text, _ in passages()])
def test_a_passage_in_capitals_is_read_alike(text: str) -> None:
    one, other = (
        [(figure.low, figure.high, figure.kind, figure.mode, figure.stance) for figure in told(said)]
        for said in (text, text.upper())
    )
    assert one == other
