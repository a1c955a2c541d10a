"""Scripts of bench/ that people run on files of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).resolve().parents[1] / "bench"
DIRECT = BENCH / "direct.py"
TEXT = "“We lost it,” the mayor said. “Go home,” he said. Police said it rained."


def _line(*told: tuple[str, str]) -> str:
    def span(words: str) -> list[list[int]]:
        return [[TEXT.index(words), TEXT.index(words) + len(words)]]

    attributions = [{"source": span(source), "cue": [], "content": span(content)} for source, content in told]
    return json.dumps({"doc": "one", "text": TEXT, "attributions": attributions})


def test_direct_quotations_are_counted_on_both_sides(tmp_path: Path) -> None:
    gold, read = tmp_path / "gold.jsonl", tmp_path / "read.jsonl"
    gold.write_text(_line(("the mayor", "We lost it,"), ("he", "Go home,"), ("Police", "it rained")), "utf-8")
    read.write_text(_line(("the mayor", "We lost it,")), "utf-8")
    done = subprocess.run([sys.executable, DIRECT, gold, read], capture_output=True, text=True, check=True)
    assert "2 direct quotations in the gold, 50.0 % of them right" in done.stdout
    assert "75.0 on average" in done.stdout


def test_a_made_ledger_is_kept_and_measured_again_without_laying(tmp_path: Path) -> None:
    kept = tmp_path / "made.accordingto"
    call = [sys.executable, BENCH / "questions.py", "--sizes", "300", "--kept", kept]
    lines = [subprocess.run(call, capture_output=True, text=True, check=True).stdout.splitlines()[1] for _ in range(2)]
    assert [line.split()[1] == "–" for line in lines] == [False, True]
    assert lines[0].split()[0] == lines[1].split()[0], "adding reports leaves the kept ledger as it is"
