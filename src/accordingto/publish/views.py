"""What each page of the site says, as plain values: the same that its .json twin holds.

Everything here is masked already; nothing is marked up. A question's origins are lettered A, B, C … in the order
of the answer; `href` leads from the top of the site.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..reconcile.rules import RULES, best
from ..records import Answer, Discrepancy, Entry, Stand
from . import wording
from .masking import Mask
from .naming import file, source
from .state import State

View = dict[str, Any]
BEFORE, CONTRADICTIONS, COURSE, STANDS = 4, 20, 60, 40
"""On the page of a question: what an origin said before, contradictions, days of a spark line, and origins that are
shown with their words, the newest first, at most."""


@dataclass(frozen=True)
class Views:
    """The views of some records of a ledger. `entries`: figure id -> row, all that the records name; `titles`:
    report id -> what to call it; `labels`: question id -> what it is called; `long`: rows on one page of a list."""

    state: State
    entries: Mapping[str, Entry]
    titles: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    long: int = 200

    @property
    def mask(self) -> Mask:
        return self.state.mask

    def line(self, answer: Answer) -> View:
        """A question in one line."""
        question = answer.question
        rows = self._rows(question.figures)
        reports = {row.report for row in rows}
        return {
            "id": question.id,
            "href": f"questions/{file(question.id)}",
            "label": self.label(question.label),
            "kind": question.kind,
            "low": answer.low,
            "best": answer.best,
            "high": answer.high,
            "low_says": _end(answer, answer.low, min, "under "),
            "high_says": _end(answer, answer.high, max, "over "),
            "rule": answer.rule,
            "as_of": max((stand.as_of for stand in answer.stands if stand.as_of), default=None),
            "origins": len(answer.stands),
            "reports": len(reports),
            "figures": len(question.figures),
            "discrepancies": self.state.troubled[question.id],
            "course": _course(rows),
        }

    def question(self, answer: Answer, page: int = 1) -> View:
        """A question with its answer, what each origin says, a page of the figures given, and what does not fit."""
        letters = {stand.origin.id: wording.letter(number) for number, stand in enumerate(answer.stands)}
        by = {figure: letters[stand.origin.id] for stand in answer.stands[:STANDS] for figure in stand.history}
        rows = sorted(self._rows(answer.question.figures), key=lambda row: (_said(row), row.report, row.start))
        found = [one for one in self.state.discrepancies if one.question == answer.question.id]
        first = self.long * (page - 1)
        return {
            **self.line(answer),
            "as_of_asked": answer.as_of,
            "known_on": answer.known_on,
            "trouble": answer.trouble,
            "actor": answer.question.actor and self.mask.text(answer.question.actor),
            "place": answer.question.place,
            "period": answer.question.period,
            "rule_in_words": _in_words(answer.rule),
            "rules": [{"rule": name, "best": best(name, answer.stands)[0], "means": _in_words(name)} for name in RULES],
            "stands": [self._stand(stand, letters[stand.origin.id]) for stand in answer.stands[:STANDS]],
            "points": self._points(rows, by),
            "places": _places(rows),
            "total": len(rows),
            "page": page,
            "pages": max(1, -(-len(rows) // self.long)),
            "history": [{**self.figure(row), "letter": by.get(row.figure)} for row in rows[first : first + self.long]],
            "contradictions": [self.discrepancy(one) for one in found[:CONTRADICTIONS]],
        }

    def _points(self, rows: Iterable[Entry], by: Mapping[str, str]) -> list[View]:
        """What each origin said by day, each number once a day: what a chart is drawn of."""
        points = {
            (by[row.figure], _said(row), row.low, row.high): {
                "letter": by[row.figure],
                "said": _said(row),
                "low": row.low,
                "high": row.high,
                "href": f"reports/{file(row.report)}#f-{row.figure}",
            }
            for row in rows
            if row.figure in by and _said(row)
        }
        return list(points.values())

    def figure(self, row: Entry) -> View:
        """One figure with its sentence and where to read it."""
        report = row.report
        return {
            "figure": row.figure,
            "claim": row.claim,
            "report": report,
            "title": self.mask.text(self.titles.get(report, row.report_name), report),
            "href": f"reports/{file(report)}#f-{row.figure}",
            "publisher": row.publisher,
            "published": row.published,
            "as_of": row.as_of,
            "said": _said(row) or None,
            "kind": row.kind,
            "low": row.low,
            "high": row.high,
            "says": wording.said(row.low, row.high, row.qualifier),
            "exact": self.mask.text(row.exact, report),
            "qualifier": row.qualifier,
            "mode": row.mode,
            "stance": row.stance,
            "counted": row.counted and self.mask.text(row.counted, report),
            "when": row.edtf,
            "place": row.place,
            "outlet": row.publisher or self.mask.text(row.report_name),
            "chain": [self.mask.name(name, report) for name in row.chain],
            "sentence": self.mask.text(" ".join(row.sentence.split()), report),
            "verdict": row.verdict,
        }

    def discrepancy(self, found: Discrepancy) -> View:
        """What does not fit, with the sentences that cause it."""
        rows = self._rows(found.figures)
        sentence = found.sentence
        for report in dict.fromkeys(row.report for row in rows):
            sentence = self.mask.text(sentence, report)
        question = found.question if found.question in self.labels else None
        return {
            "id": found.id,
            "href": f"checks/{file(found.id)}",
            "check": found.check,
            "severity": found.severity,
            "sentence": self.mask.text(sentence),
            "headline": _headline(self.mask.text(sentence)),
            "amount": found.amount,
            "figures": [self.figure(row) for row in rows],
            "question": question,
            "question_label": self.label(self.labels[question]) if question else None,
            "question_href": f"questions/{file(question)}" if question else None,
        }

    def _stand(self, stand: Stand, letter: str) -> View:
        rows, figure = self._rows(stand.history), self.figure(self.entries[stand.figure])
        return {
            "letter": letter,
            "origin": self.origin(stand),
            "source": source(self._source(stand)),
            "low": stand.low,
            "high": stand.high,
            "says": figure["says"],
            "as_of": stand.as_of,
            "figure": figure,
            "before": [self.figure(row) for row in _once(rows) if row.figure != stand.figure][-BEFORE:],
            "reports": len(stand.origin.reports),
            "relays": sorted({row.publisher or self.mask.text(row.report_name) for row in rows}),
        }

    def _source(self, stand: Stand) -> str:
        """The origin as its last figure has it, as it may be seen: what its own page is found by."""
        row = self.entries[stand.figure]
        return (
            self.mask.name(row.chain[-1], row.report) if row.chain else row.publisher or self.mask.text(row.report_name)
        )

    def origin(self, stand: Stand) -> str:
        """The origin's name as it may be seen in any of its reports."""
        key = stand.origin.id, stand.origin.reports
        if key not in self._origins:
            self._origins[key] = self._seen(stand)
        return self._origins[key]

    def _seen(self, stand: Stand) -> str:
        for report in stand.origin.reports:
            name = self.mask.name(stand.origin.name, report)
            if name != stand.origin.name:
                return name
        return self.mask.name(stand.origin.name)

    def _rows(self, figures: Iterable[str]) -> list[Entry]:
        return [self.entries[figure] for figure in figures if figure in self.entries]

    @cached_property
    def _origins(self) -> dict[tuple[str, tuple[str, ...]], str]:
        return {}

    def label(self, label: str) -> str:
        """What a question is called, as it opens a line."""
        return wording.begin(self.mask.text(label))


def _end(answer: Answer, value: int | None, most: Callable[[list[int]], int], beyond: str) -> str:
    """Low or high of an answer in words; an open end shows the outermost number said."""
    told = [bound for stand in answer.stands for bound in (stand.low, stand.high) if bound is not None]
    return wording.number(value) if value is not None or not told else f"{beyond}{most(told):,}"


def _headline(sentence: str) -> str:
    """The sentence up to its quotations, which stand below it on a page."""
    head, mark, _ = sentence.partition(": “")
    return wording.begin(head + "." if mark else sentence)


def _once(rows: Iterable[Entry]) -> list[Entry]:
    """The figures, each number once a day."""
    return list({(row.low, row.high, row.qualifier, _said(row)): row for row in rows}.values())


def _course(rows: Iterable[Entry]) -> list[tuple[str, int]]:
    """The middle of what was said on each day, oldest first; of many days, some."""
    days: dict[str, list[int]] = {}
    for row in rows:
        value = row.low if row.low is not None else row.high
        if value is not None and row.verdict != "reject" and _said(row):
            days.setdefault(_said(row)[:10], []).append(value)
    course = [(day, sorted(values)[(len(values) - 1) // 2]) for day, values in sorted(days.items())]
    return course[:: -(-len(course) // COURSE)] if course else []


def _places(rows: Iterable[Entry]) -> list[View]:
    """Where the figures are placed, the places of most figures first."""
    found: dict[tuple[str, float, float], View] = {}
    for row in rows:
        if row.place and row.lat is not None and row.lon is not None:
            known = {"name": row.place, "lat": row.lat, "lon": row.lon, "precision": row.place_precision, "figures": 0}
            found.setdefault((row.place, row.lat, row.lon), known)["figures"] += 1
    return sorted(found.values(), key=lambda one: (-one["figures"], one["name"]))


def _said(row: Entry) -> str:
    return row.as_of or row.published or ""


def _in_words(rule: str) -> str:
    """The first sentence of the rule's own documentation."""
    words = " ".join((RULES[rule].__doc__ or "").split()) if rule in RULES else ""
    return words.rstrip(".")
