"""Sources of a ledger: who gave figures as their origin, who passed them on, how their figures held up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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

JUDGED, CHARTED = 50, 200
"""Figures by which a source is graded and its chart is drawn, the newest."""
LINES = 12
"""Questions in a chart, those it spoke to most."""
RELAYS, REPORTS = 30, 5
"""Who passed a source on, and reports of each, that are listed at most."""
PLACES = ("within", "below", "above", "alone")
"""Where what a source says lies to what the others say."""


@dataclass(slots=True)
class Relay:
    """Who passed a source on: an outlet of these reports, or somebody between the outlet and the source."""

    id: str
    name: str
    outlet: bool
    claims: int = 0
    figures: int = 0
    reports: dict[str, None] = field(default_factory=dict)

    @property
    def newest(self) -> list[str]:
        """The reports that are listed, the newest first."""
        return list(self.reports)[-REPORTS:][::-1]


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
    relays: dict[str, Relay] = field(default_factory=dict)

    def passed_on(self, by: Sequence[str], report: str, claims: int, figures: int) -> None:
        """Claims of a report came from this source by way of these, the outlet first."""
        for number, name in enumerate(by):
            id = named(name)
            if id != self.id:
                relay = self.relays.setdefault(id, Relay(id, name, not number))
                relay.claims, relay.figures = relay.claims + claims, relay.figures + figures
                relay.reports[report] = None

    @property
    def carried(self) -> list[Relay]:
        """Who passed it on, those of most figures first."""
        ranked = sorted(self.relays.values(), key=lambda one: (-one.figures, -one.claims, one.name.lower(), one.name))
        return ranked[:RELAYS]

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
            if named(seen[-1]) != id:
                line.relayed += figures
                continue
            line.figures, line.claims = line.figures + figures, line.claims + claims
            line.passed_on(seen[:-1], report, claims, figures)
    ranked = sorted(found.values(), key=lambda s: (-s.figures, -s.relayed, -s.claims, s.name.lower(), s.name))
    return {line.id: line for line in ranked}


def page(
    line: Line,
    figures: Sequence[str],
    told: Sequence[str],
    rows: Mapping[str, Entry],
    answers: Sequence[Answer],
    asked: Mapping[str, str],
    views: Views,
) -> dict[str, Any]:
    """A source with these of its figures, and what they came to in the questions they answer; grade and chart are by
    the newest of all it `told`."""
    labels = {id: views.label(label) for id, label in views.labels.items()}
    drawn = chart(line, [rows[figure] for figure in told[:CHARTED] if figure in rows], asked, views)
    letters = {one["question"]: one["letter"] for one in drawn["lines"]}
    shown = [rows[figure] for figure in figures if figure in rows]
    mine = {row.figure for row in shown if _origin(row, views.mask) == line.id}
    own = {figure for figure in told[:JUDGED] if figure in rows and _origin(rows[figure], views.mask) == line.id}
    held = [_held(answer, stand) for answer in answers for stand in answer.stands if mine & set(stand.origin.figures)]
    return {
        **line.view(),
        "reliability": grading.grade(
            (stand, [other for other in answer.stands if other.origin.id != stand.origin.id])
            for answer in answers
            for stand in answer.stands
            if own & set(stand.origin.figures)
        ),
        **drawn,
        "relays": [_relay(one, views.titles) for one in line.carried],
        "relayers": len(line.relays),
        "held": [{**row, "label": labels[row["question"]], "letter": letters.get(row["question"])} for row in held],
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


def chart(line: Line, rows: Iterable[Entry], asked: Mapping[str, str], views: Views) -> dict[str, Any]:
    """What a source said or passed on by day: a line for each of the questions it spoke to most, and their points."""
    told = [(row, asked[row.figure]) for row in rows if row.figure in asked and (row.as_of or row.published)]
    most = [question for question, _ in Counter(question for _, question in told).most_common(LINES)]
    letters = {question: wording.letter(number) for number, question in enumerate(most)}
    asides = {row.figure for row, _ in told if row.mode != "total" or _origin(row, views.mask) != line.id}
    points = {
        (question, said, row.low, row.high): {
            "letter": letters[question],
            "said": said,
            "low": row.low,
            "high": row.high,
            "href": f"reports/{file(row.report)}#f-{row.figure}",
            "aside": row.figure in asides,
        }
        for row, question in sorted(told, key=lambda one: (one[0].figure not in asides, one[0].report, one[0].start))
        if question in letters and (said := row.as_of or row.published or "")
    }
    lines = [
        {"letter": letter, "question": id, "label": views.label(views.labels[id]), "href": f"questions/{file(id)}"}
        for id, letter in letters.items()
    ]
    return {"lines": lines, "points": list(points.values()), "charted": len(told)}


def _relay(relay: Relay, titles: Mapping[str, str]) -> dict[str, Any]:
    """Who passed a source on, with the newest of its reports that did."""
    return {
        "href": f"sources/{relay.id}",
        "name": relay.name,
        "outlet": relay.outlet,
        "claims": relay.claims,
        "figures": relay.figures,
        "reports": len(relay.reports),
        "in": [{"href": f"reports/{file(id)}", "title": titles[id]} for id in relay.newest if id in titles],
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
