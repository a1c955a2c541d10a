"""Three invented stories with planted discrepancies, read through the shell; what is found of them may not shrink."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from accordingto.check import rounds, rows
from accordingto.cli import main

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "bench"))
import discrepancies as bench  # noqa: E402

FOUND = {"ferry": 9, "border": 7, "quake": 9}
"""Planted discrepancies that are found, at least; docs/accuracy.md says which are not, and why."""


def checked(story: dict[str, Any], place: Path) -> list[dict[str, Any]]:
    """What `check --json` says of a story's reports."""
    fields = ("id", "date", "outlet", "text")
    lines = [json.dumps({name: report[name].strip() for name in fields}) for report in story["report"]]
    (place / "reports.jsonl").write_text("\n".join(lines), "utf-8")
    ledger = ["--ledger", str(place / "story.accordingto")]
    CliRunner().invoke(main, ["read", str(place / "reports.jsonl"), *ledger], catch_exceptions=False)
    found: list[dict[str, Any]] = json.loads(CliRunner().invoke(main, ["check", "--json", *ledger]).stdout)
    return found


def claim(story: dict[str, Any], report: str, words: str) -> list[Any]:
    """Where words first stand in a report."""
    text = next(one["text"].strip() for one in story["report"] if one["id"] == report)
    found = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)
    assert found, f"{report} has no {words!r}"
    return [report, *found.span()]


@pytest.mark.parametrize("name", sorted(FOUND))
def test_what_was_planted_in_a_story_is_found(name: str, tmp_path: Path) -> None:
    story = tomllib.loads((HERE / "stories" / f"{name}.toml").read_text("utf-8"))
    gold = [{"kind": p["kind"], "claims": [claim(story, *words) for words in p["words"]]} for p in story["planted"]]
    pairs = bench.compared(gold, checked(story, tmp_path), {})
    assert sum(bool(reported) for _, reported in pairs) >= FOUND[name]


def test_several_processes_find_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story = tomllib.loads((HERE / "stories" / "quake.toml").read_text("utf-8"))
    alone, spread = (tmp_path / name for name in ("alone", "spread"))
    alone.mkdir()
    spread.mkdir()
    found = checked(story, alone)
    for module, name in ((rows, "MANY"), (rounds, "REPORTS"), (rounds, "FIGURES")):
        monkeypatch.setattr(module, name, 1)
    assert found and checked(story, spread) == found
