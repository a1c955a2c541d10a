"""Stories of our own, told in a few short reports each: `stories/*.txt`.

A report begins with `== name | day | outlet`; a marked figure is `[words|group]`. Figures of one group and kind answer
one question.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from accordingto import pipeline, reconcile
from accordingto.reconcile.named import names
from accordingto.records import Entry, Report
from accordingto.store import rows

FOLDER = Path(__file__).parent / "stories"
_MARK = re.compile(r"\[([^\]|]+)\|([^\]]+)\]")
Marks = list[tuple[int, int, str]]


def told(path: Path) -> list[tuple[Report, Marks]]:
    """The reports of a story, with where its figures are marked."""
    found = []
    for block in re.split(r"^== ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        head, _, body = block.partition("\n")
        name, day, outlet = (part.strip() for part in head.split("|"))
        text, marks, at = "", Marks(), 0
        for mark in _MARK.finditer(body := body.strip()):
            text += body[at : mark.start()]
            marks.append((len(text), len(text) + len(mark[1]), mark[2]))
            text, at = text + mark[1], mark.end()
        found.append((Report(name, text + body[at:], "00", published=day, publisher=outlet, language="en"), marks))
    return found


def read(path: Path) -> tuple[list[Entry], dict[str, str], dict[str, tuple[str, ...]]]:
    """The figures read in a story, the group of those that are marked, and the names in each report."""
    entries: list[Entry] = []
    groups: dict[str, str] = {}
    named: dict[str, tuple[str, ...]] = {}
    for report, marks in told(path):
        here = rows.entries(rows.rows(report, pipeline.claims(report), "1"))
        entries += here
        named[report.id] = names(report.title, report.text)
        for start, end, group in marks:
            meet = {e.figure: min(e.end, end) - max(e.start, start) for e in here if e.figure not in groups}
            best = max(meet, key=lambda figure: meet[figure], default=None)
            if best and meet[best] > 0:
                groups[best] = group
    return entries, groups, named


def grouping(path: Path) -> float:
    """B-cubed F1 of the questions against the groups, over the marked figures that were read."""
    entries, groups, named = read(path)
    asked = {figure: q.id for q in reconcile.questions(entries, {}, named=named) for figure in q.figures}
    pairs = [(group, asked[figure]) for figure, group in groups.items()]
    both, gold, found = Counter(pairs), Counter(g for g, _ in pairs), Counter(f for _, f in pairs)
    precision = sum(n * n / found[f] for (_, f), n in both.items()) / len(pairs)
    recall = sum(n * n / gold[g] for (g, _), n in both.items()) / len(pairs)
    return 2 * precision * recall / (precision + recall)
