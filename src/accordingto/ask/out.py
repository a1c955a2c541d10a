"""Answers as data: JSON with everything behind them, CSV with one row a figure."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any, TextIO

from ..publish.table import cell
from ..publish.wording import ARROW
from ..reconcile.saying import said
from ..records import Answer, Claim, Entry, Stand

COLUMNS = (
    "question", "label", "rule", "as_of", "known_on", "low", "best", "high", "origins", "reports",
    "origin", "stands", "said", "origin_low", "origin_high", "qualifier", "report", "publisher", "published", "chain",
    "words", "sentence", "figure", "claim",
)  # fmt: skip
"""Columns of the CSV: the question and its answer, then one figure; `stands` 1 where its origin stands by it now."""


def as_json(answer: Answer, entries: Iterable[Entry]) -> dict[str, Any]:
    """Everything behind the answer as JSON values: every origin, every figure with its sentence, span and chain."""
    rows = {entry.figure: entry for entry in entries}
    question = answer.question
    return {
        "question": {
            "id": question.id, "label": question.label, "kind": question.kind, "actor": question.actor,
            "place": question.place, "period": question.period,
        },
        "as_of": answer.as_of,
        "known_on": answer.known_on,
        "rule": answer.rule,
        "trouble": answer.trouble,
        "low": answer.low,
        "best": answer.best,
        "high": answer.high,
        "reports": len(reports(answer, rows)),
        "origins": [_stand(stand, rows) for stand in answer.stands],
        "figures": [asdict(rows[figure]) for figure in question.figures if figure in rows],
    }  # fmt: skip


def claim(found: Claim, report: str) -> dict[str, Any]:
    """A claim that answers no question with a figure, as JSON values; `report` is its report's name."""
    return {
        "claim": found.id, "report": report, "start": found.content.start, "end": found.content.end,
        "content": found.content.exact, "chain": [link.source.name for link in found.chain], "stance": found.stance,
    }  # fmt: skip


def as_csv(answers: Iterable[tuple[Answer, list[Entry]]], out: TextIO) -> None:
    """Write a header and, for each answer, the figures its origins gave, oldest first."""
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(COLUMNS)
    for answer, entries in answers:
        rows = {entry.figure: entry for entry in entries}
        lines.writerows([cell(value) for value in line] for line in _lines(answer, rows))


def reports(answer: Answer, rows: Mapping[str, Entry]) -> set[str]:
    """The reports that give the figures of an answer."""
    return {rows[figure].report for stand in answer.stands for figure in stand.history if figure in rows}


def _stand(stand: Stand, rows: Mapping[str, Entry]) -> dict[str, Any]:
    told = [rows[figure] for figure in stand.history if figure in rows]
    return {
        "id": stand.origin.id, "name": stand.origin.name, "low": stand.low, "high": stand.high, "as_of": stand.as_of,
        "figure": stand.figure, "history": list(stand.history), "reports": list(stand.origin.reports),
        "revisions": [
            {"said": said(row), "low": row.low, "high": row.high, "figure": row.figure, "report": row.report}
            for row in told
        ],
    }  # fmt: skip


def _lines(answer: Answer, rows: Mapping[str, Entry]) -> Iterator[tuple[object, ...]]:
    question = answer.question
    head = (
        question.id, question.label, answer.rule, answer.as_of, answer.known_on, answer.low, answer.best, answer.high,
        len(answer.stands), len(reports(answer, rows)),
    )  # fmt: skip
    for stand in answer.stands:
        for row in (rows[figure] for figure in stand.history if figure in rows):
            yield (
                *head, stand.origin.name, int(row.figure == stand.figure), said(row), row.low, row.high, row.qualifier,
                row.report_name, row.publisher, row.published, ARROW.join(row.chain), row.exact, row.sentence,
                row.figure, row.claim,
            )  # fmt: skip
