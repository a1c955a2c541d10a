"""Sources of a ledger: who gave figures as their origin, who passed them on, how their figures held up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..reconcile.rules import point
from ..records import Answer, Entry, Stand
from ..store.rows import CHAIN
from . import grading, wording
from .masking import Mask
from .naming import file
from .naming import source as named

if TYPE_CHECKING:
    from ..store.listing import Lists
    from .views import Views

JUDGED = 50
"""Figures by which a source is graded, the newest."""

PLACES = ("within", "below", "above", "alone")
"""Where what a source says lies to what the others say."""


@dataclass(slots=True)
class Line:
    """A source as it may be seen. `names` and `outlets`: what the ledger calls it, as a source and as a publisher."""

    id: str
    name: str
    names: set[str] = field(default_factory=set)
    outlets: set[str] = field(default_factory=set)
    reports: set[str] = field(default_factory=set)
    claims: int = 0
    figures: int = 0
    relayed: int = 0

    def view(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "href": f"sources/{self.id}",
            "name": self.name,
            "claims": self.claims,
            "figures": self.figures,
            "relayed": self.relayed,
            "reports": len(self.reports),
        }


def lines(lists: Lists, mask: Mask) -> dict[str, Line]:
    """Every source by its id, those that are the origin of most figures first."""
    found: dict[str, Line] = {}
    for chain, report, publisher, name, claims, figures in lists.chains():
        outlet = publisher or name
        raw = [outlet, *(chain.split(CHAIN) if chain else ())]
        seen = [publisher or mask.text(name), *(mask.name(one, report) for one in raw[1:])]
        met = set[str]()
        for number, (called, one) in enumerate(zip(raw, seen, strict=True)):
            id = named(one)
            line = found.setdefault(id, Line(id, one))
            (line.names if number else line.outlets).add(called)
            line.reports.add(report)
            if id in met:
                continue
            met.add(id)
            if named(seen[-1]) == id:
                line.figures, line.claims = line.figures + figures, line.claims + claims
            else:
                line.relayed += figures
    ranked = sorted(found.values(), key=lambda s: (-s.figures, -s.relayed, -s.claims, s.name.lower(), s.name))
    return {line.id: line for line in ranked}


def page(
    line: Line,
    figures: Sequence[str],
    newest: Sequence[str],
    rows: Mapping[str, Entry],
    answers: Sequence[Answer],
    asked: Mapping[str, str],
    views: Views,
) -> dict[str, Any]:
    """A source with these of its figures, and what they came to in the questions they answer; its grade is by the
    newest."""
    labels = {answer.question.id: views.label(answer.question.label) for answer in answers}
    shown = [rows[figure] for figure in figures if figure in rows]
    mine = {row.figure for row in shown if _origin(row, views.mask) == line.id}
    own = {figure for figure in newest if figure in rows and _origin(rows[figure], views.mask) == line.id}
    held = [_held(answer, stand) for answer in answers for stand in answer.stands if mine & set(stand.origin.figures)]
    return {
        **line.view(),
        "reliability": grading.grade(
            (stand, [other for other in answer.stands if other.origin.id != stand.origin.id])
            for answer in answers
            for stand in answer.stands
            if own & set(stand.origin.figures)
        ),
        "held": [{**row, "label": labels[row["question"]]} for row in held],
        "tally": {place: sum(row["held"] == place for row in held) for place in PLACES},
        "history": [
            {
                **views.figure(row),
                "part": "origin" if row.figure in mine else "relay",
                "question": asked.get(row.figure),
                "question_href": f"questions/{file(asked[row.figure])}" if row.figure in asked else None,
                "question_label": labels.get(asked.get(row.figure, "")),
            }
            for row in shown
        ],
    }


def _origin(row: Entry, mask: Mask) -> str:
    if row.chain:
        return named(mask.name(row.chain[-1], row.report))
    return named(row.publisher or mask.text(row.report_name))


def _held(answer: Answer, mine: Stand) -> dict[str, Any]:
    """What one origin says now beside what the others say now: within, below or above it, or alone."""
    others = [stand for stand in answer.stands if stand.origin.id != mine.origin.id]
    lows = [value for stand in others if (value := point(stand)) is not None]
    highs = [stand.high if stand.high is not None else None for stand in others]
    high = None if None in highs else max((value for value in highs if value is not None), default=None)
    return {
        "question": answer.question.id,
        "href": f"questions/{file(answer.question.id)}",
        "says": wording.bounds(mine.low, mine.high),
        "as_of": mine.as_of,
        "others": wording.bounds(min(lows), high) if lows else None,
        "held": _place(point(mine), min(lows), high) if lows else "alone",
        "low": answer.low,
        "best": answer.best,
        "high": answer.high,
    }


def _place(value: int | None, low: int, high: int | None) -> str:
    if value is None:
        return "alone"
    if value < low:
        return "below"
    return "above" if high is not None and value > high else "within"
