"""What the reader sees in one report, as JSON and as coloured words."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from rich.console import Console
from telling import report, story

from accordingto import mark, pipeline
from accordingto.prose import Prose
from accordingto.records import Report

FIELDS = {
    "time": {"edtf"},
    "place": {"name", "geonames", "country", "lat", "lon", "precision"},
    "source": {"claim"},
    "cue": {"claim"},
    "content": {"claim"},
    "figure": {"claim"},
    "actor": {"claim"},
}


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Report:
    """The first report of the story, read as its claims were told."""
    one, claims = story()[0]
    seen = pipeline.Analysis(Prose(one.text, "en"), tuple(claims), tuple(f for c in claims for f in c.figures), (), ())
    monkeypatch.setattr(pipeline, "analysis", lambda report: seen)
    return one


def test_a_report_is_one_line(held: Report) -> None:
    line = json.loads(mark.line(held))
    assert list(line) == ["report", "marks"]
    assert line["report"] == held.name
    assert "\n" not in mark.line(held)


def test_every_mark_reproduces_its_words(held: Report) -> None:
    found = mark.marks(held)
    assert {one["layer"] for one in found} == {"source", "cue", "content", "figure"}
    assert all(held.text[one["start"] : one["end"]] == one["exact"] for one in found)
    assert all(FIELDS[one["layer"]] <= one.keys() for one in found)


def test_marks_come_in_text_order(held: Report) -> None:
    starts = [one["start"] for one in mark.marks(held)]
    assert starts == sorted(starts)


def test_a_mark_names_its_claim(held: Report) -> None:
    claims = {claim.id for claim in story()[0][1]}
    assert {one["claim"] for one in mark.marks(held)} == claims


def test_a_language_that_cannot_be_read_has_no_marks() -> None:
    assert mark.marks(report("Ein Satz.", "2025-06-15", "Blatt", language="xx")) == []


@pytest.mark.parametrize("sign", ["\x1b", "\x07", "\x9b", "\x00", "\u202e", "\u2066", "\r", "\x7f"])
def test_a_terminal_is_never_steered(sign: str) -> None:
    shown = mark.printable(f"a{sign}[31mb\n\tc")
    assert sign not in shown
    assert len(shown) == len(f"a{sign}[31mb\n\tc")
    assert shown.endswith("\n\tc")


def test_marks_are_coloured_on_a_terminal(held: Report) -> None:
    painted: Any = mark.painted(held.text, mark.marks(held))
    figure = held.text.index("At least 12")
    assert mark.STYLES["figure"] in [str(span.style) for span in painted.spans if span.start == figure]


def test_a_language_that_cannot_be_read_is_said_so() -> None:
    out = io.StringIO()
    mark.coloured(report("Ein Satz.", "2025-06-15", "Blatt", language="xx"), Console(file=out, width=80))
    assert "language xx is not read" in out.getvalue()
    assert "Ein Satz." in out.getvalue()
