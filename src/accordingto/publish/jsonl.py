"""claims.jsonl, the ledger's own exchange format (docs/formats.md): one claim a line, read back by `accordingto read`.

Unknown is null. Offsets are code points of the report's text. The report's `text` stands on the first line of
each report only, so that a file stays a little longer than its reports and not a copy for every claim.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TextIO

from ..records import Actor, Claim, Evidence, Figure, Link, Report, Review, Source, When, Where
from .masking import OPEN, Mask

if TYPE_CHECKING:
    from ..ledger import Ledger

Row = dict[str, Any]


def write(ledger: Ledger, out: TextIO, unmask: bool = False) -> None:
    """Write every claim of a ledger, one a line, reports in the ledger's order. People at risk are
    masked unless `unmask`."""
    lines(ledger, out, OPEN if unmask else Mask.of(ledger))


def lines(ledger: Ledger, out: TextIO, mask: Mask) -> None:
    """The same with a mask that is already known."""
    asked, reviews = questions_of(ledger), reviews_of(ledger)
    for report in ledger.reports():
        seen = mask.report(report)
        rows = [claim(one, report, asked, reviews.get(one.id, ()), mask, seen) for one in ledger.claims(report.id)]
        put(rows, seen, out)


def put(rows: Iterable[Row], report: Report, out: TextIO) -> None:
    """Write the claims of one report (masked); the first line carries its text."""
    text: Row = {"text": report.text}
    for row in rows:
        line = {**row, "report": {**row["report"], **text}}
        out.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
        text = {}


def questions_of(ledger: Ledger) -> dict[str, str]:
    """Figure id -> id of the question it answers."""
    return {figure: question.id for question in ledger.questions() for figure in question.figures}


def claim(
    claim: Claim,
    report: Report,
    questions: Mapping[str, str] | None = None,
    reviews: Iterable[Review] = (),
    mask: Mask = OPEN,
    seen: Report | None = None,
) -> Row:
    """One claim as a JSON object. `questions`: figure id -> question id; `seen`: the report as masked, if known."""
    words = _Words(report.id, (seen or mask.report(report)).text, mask)
    content = words.quoted(claim.content)
    if claim.parts:
        content["parts"] = [list(span) for span in claim.parts]
    return {
        "id": claim.id,
        "report": about(report, mask, seen),
        "content": content,
        "manner": claim.manner,
        "stance": claim.stance,
        "chain": [_link(link, words) for link in claim.chain],
        "figures": [figure(one, words, (questions or {}).get(one.id)) for one in claim.figures],
        "times": [_when(time, words) for time in claim.times],
        "places": [_where(place, words) for place in claim.places],
        "actors": [_actor(actor, words) for actor in claim.actors],
        "doubts": list(claim.doubts),
        "review": _verdict(list(reviews), mask, report.id),
    }


def about(report: Report, mask: Mask = OPEN, seen: Report | None = None) -> Row:
    """What is known of a report, without its text."""
    shown = seen or mask.report(report)
    return {
        "id": report.id,
        "name": shown.name if " " in report.name else report.name,  # an identifier, by which results are joined
        "url": shown.url,
        "title": shown.title,
        "publisher": shown.publisher,
        "byline": shown.byline,
        "published": shown.published,
        "fetched": shown.fetched,
        "language": shown.language,
        "medium": shown.medium,
        "sha256": shown.sha256,
        "doubts": list(shown.doubts),
    }


def figure(figure: Figure, words: _Words, question: str | None) -> Row:
    """One figure, flat."""
    return {
        "id": figure.id,
        **words.span(figure.evidence),
        "low": figure.low,
        "high": figure.high,
        "qualifier": figure.qualifier,
        "kind": figure.kind,
        "mode": figure.mode,
        "stance": figure.stance,
        "part_of": figure.part_of,
        "counted": figure.counted and _actor(figure.counted, words),
        "doer": figure.doer and _actor(figure.doer, words),
        "weapon": figure.weapon and words.span(figure.weapon),
        "when": figure.when and _when(figure.when, words),
        "where": figure.where and _where(figure.where, words),
        "question": question,
    }


def reviews_of(ledger: Ledger) -> dict[str, list[Review]]:
    """Id of a record -> its verdicts, oldest first."""
    reviews: dict[str, list[Review]] = {}
    for review in ledger.reviews():
        reviews.setdefault(review.record, []).append(review)
    return reviews


class _Words:
    """The words of one report as they may be seen: cut from its masked text, so that spans stay right."""

    def __init__(self, report: str, text: str, mask: Mask) -> None:
        self.report, self.text, self.mask = report, text, mask

    def exact(self, evidence: Evidence | None) -> str | None:
        return self.text[evidence.start : evidence.end] if evidence else None

    def span(self, evidence: Evidence | None) -> Row:
        if evidence is None:
            return {"start": None, "end": None, "exact": None}
        return {"start": evidence.start, "end": evidence.end, "exact": self.exact(evidence)}

    def quoted(self, evidence: Evidence) -> Row:
        """With as many characters before and after as the evidence keeps."""
        before, after = evidence.start - len(evidence.prefix), evidence.end + len(evidence.suffix)
        return {
            **self.span(evidence),
            "prefix": self.text[before : evidence.start],
            "suffix": self.text[evidence.end : after],
        }

    def name(self, name: str) -> str:
        return self.mask.name(name, self.report)

    def said(self, words: str | None) -> str | None:
        return words and self.mask.text(words, self.report)


def _link(link: Link, words: _Words) -> Row:
    return {
        **source(link.source, words),
        "hedge": link.hedge,
        "mention": words.span(link.source.mention) if link.source.mention else None,
        "cue": words.span(link.cue) if link.cue else None,
    }


def source(source: Source, words: _Words) -> Row:
    """A source without its mention."""
    return {
        "name": words.name(source.name),
        "kind": source.kind,
        "role": words.said(source.role),
        "affiliation": words.said(source.affiliation),
        "country": source.country,
    }


def _actor(actor: Actor, words: _Words) -> Row:
    return {
        **words.span(actor.evidence),
        "name": words.name(actor.name),
        "country": actor.country,
        "sector": actor.sector,
        "kind": actor.kind,
    }


def _when(when: When, words: _Words) -> Row:
    return {"edtf": when.edtf, **words.span(when.evidence), "anchor": when.anchor, "as_of": when.as_of}


def _where(where: Where, words: _Words) -> Row:
    return {
        "name": where.name,
        "geonames": where.geonames,
        "country": where.country,
        "lat": where.lat,
        "lon": where.lon,
        "precision": where.precision,
        **words.span(where.evidence),
    }


def _verdict(reviews: list[Review], mask: Mask, report: str) -> Row | None:
    """The last review of a claim: verdict, who gave it, when, why."""
    if not reviews:
        return None
    last = reviews[-1]
    return {
        "verdict": last.verdict,
        "reviewer": last.reviewer,
        "time": last.time,
        "note": last.note and mask.text(last.note, report),
        "correction": last.correction and mask.text(last.correction, report),
    }
