"""Records to the rows of the ledger's tables: pure, without a database, so that reading processes do it.

`Rows` holds one report as it will be inserted. Column order is that of the tables in `store/schema.py`;
`test_store` holds the two together.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from .. import atrisk
from ..codec import dumps
from ..prose import Prose
from ..reconcile.named import names
from ..reconcile.overlap import sampled
from ..reconcile.tellings import Telling, of_report
from ..records import Claim, Entry, Evidence, Figure, Link, Report, Source

SENTENCE = 300
"""Code points of the sentence that are kept beside a figure."""
CHAIN = "\x1f"
"""Between the names of a chain in one column (unit separator: no name holds it)."""
UNNAMED = "unnamed"
"""The name of a source that has none."""
LARGEST = 2**63 - 1
"""Bounds above what a column holds are cut to this; the record keeps them whole."""
REPORT = tuple(field.name for field in fields(Report))
OTHERS = {"figure": "id", "end": "stop"}
"""Fields of an entry whose column of `figures` is called otherwise."""
ELSEWHERE = ("report_name", "publisher", "published", "chain", "verdict", "speaks_for")
"""Fields of an entry that stand in other tables."""
COLUMNS = {f.name: OTHERS.get(f.name, f.name) for f in fields(Entry) if f.name not in ELSEWHERE}
"""Fields of an entry and their columns of `figures`."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rows:
    """One report as rows, ready to insert; `names` None when people at risk were not looked for."""

    report: Row
    claims: list[Row]
    links: list[Row]
    figures: list[Row]
    tellings: list[Row] = field(default_factory=list)
    runs: list[int] = field(default_factory=list)
    names: list[Row] | None = None

    def fields(self) -> dict[str, Any]:
        """Its fields as JSON values; `Rows(**fields)` is the same again."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def weight(self) -> int:
        """Roughly how many characters they hold."""
        return len(self.report["text"]) + sum(len(claim["record"]) for claim in self.claims)


def rows(report: Report, claims: Sequence[Claim], reader: str | None = None) -> Rows:
    """The rows of a report and its claims; `reader` is the version that read it, None when it was not read."""
    home = report.id
    made = Rows(report_row(report, reader), [], [], [])
    prose = Prose(report.text, report.language)
    taken: set[str] = set()
    for claim in claims:
        own = claim.id
        if own in taken:
            continue
        taken.add(own)
        made.claims.append(_claim(claim, own, home))
        made.links.extend(_link(link, own, number) for number, link in enumerate(claim.chain))
        for figure in claim.figures:
            if (id := figure.id) not in taken:
                taken.add(id)
                made.figures.append({"id": id, "claim": own, "report": home, **_figure(figure, claim, prose)})
    made.tellings.extend(telling(one) for one in of_report(entries(made), names(report.title, report.text)))
    made.runs.extend(sampled(report.text))
    return replace(made, names=at_risk(report, atrisk.quoted(claims)))


def at_risk(report: Report, sources: Iterable[Source]) -> list[Row]:
    """The names of people at risk in a report and among the sources of its claims."""
    found = atrisk.named(report, sources)
    return [{"report": report.id, "name": " ".join(name), "people": people} for name, people in found.items()]


def entries(made: Rows) -> list[Entry]:
    """The figures of a report as the ledger will give them back, without verdicts."""
    report, chains = made.report, {claim["id"]: claim["chain"] for claim in made.claims}
    found = []
    for row in made.figures:
        chain = chains[row["claim"]]
        said = {name: row[column] for name, column in COLUMNS.items()}
        found.append(
            Entry(
                **said,
                report_name=report["name"],
                publisher=report["publisher"],
                published=report["published"],
                chain=tuple(chain.split(CHAIN)) if chain else (),
            )
        )
    return found


def telling(one: Telling) -> Row:
    return {
        "line": one.line,
        "report": one.report,
        "figures": " ".join(one.figures),
        "profile": one.profile.packed(),
        "leader": None,
        "event": None,
    }


def report_row(report: Report, reader: str | None) -> Row:
    """The row of a report; the ledger writes `learned` when it takes the row in, unless it is given."""
    row: Row = {name: getattr(report, name) for name in REPORT}
    row |= {
        "id": report.id,
        "doubts": json.dumps(report.doubts, ensure_ascii=False),
        "text_sha256": hashlib.sha256(report.text.encode("utf-8", "surrogatepass")).hexdigest(),
        "reader": reader,
        "learned": None,
    }
    return row


def archive(sha256: str, archived: bytes) -> Row:
    """The original bytes of a report, compressed (zlib)."""
    return {"sha256": sha256, "size": len(archived), "bytes": zlib.compress(archived)}


def _claim(claim: Claim, own: str, home: str) -> Row:
    names = [_name(link) for link in claim.chain]
    return {
        "id": own,
        "report": home,
        "start": claim.content.start,
        "stop": claim.content.end,
        "content": claim.content.exact,
        "manner": claim.manner,
        "stance": claim.stance,
        "origin": names[-1] if names else None,
        "chain": CHAIN.join(name.replace(CHAIN, " ") for name in names),
        "doubts": json.dumps(claim.doubts, ensure_ascii=False),
        "record": dumps(claim),
    }


def _link(link: Link, claim: str, number: int) -> Row:
    return {
        "claim": claim,
        "number": number,
        "name": _name(link),
        "kind": link.source.kind,
        "role": link.source.role,
        "affiliation": link.source.affiliation,
        "country": link.source.country,
        "mention": _exact(link.source.mention),
        "cue": _exact(link.cue),
        "hedge": link.hedge,
    }


def _name(link: Link) -> str:
    """The name of a link's source: a source without one is an unnamed source, not a missing one."""
    return link.source.name if link.source.name.strip() else UNNAMED


def _figure(figure: Figure, claim: Claim, prose: Prose) -> Row:
    counted, when, where = figure.counted, figure.when, figure.where
    return {
        "start": figure.evidence.start,
        "stop": figure.evidence.end,
        "exact": figure.evidence.exact,
        "kind": figure.kind,
        "low": _bounded(figure.low),
        "high": _bounded(figure.high),
        "qualifier": figure.qualifier,
        "mode": figure.mode,
        "stance": figure.stance,
        "part_of": figure.part_of,
        "counted": counted and counted.name,
        "counted_country": counted and counted.country,
        "counted_sector": counted and counted.sector,
        "edtf": when and when.edtf,
        "as_of": when and when.as_of,
        "place": where and where.name,
        "geonames": where and where.geonames,
        "place_country": where and where.country,
        "place_precision": where and where.precision,
        "lat": where and where.lat,
        "lon": where and where.lon,
        "sentence": sentence(figure, claim, prose),
        "time_said": _inside(when.evidence if when else None, figure, prose),
        "place_said": _inside(where.evidence if where else None, figure, prose),
    }


def _inside(said: Evidence | None, figure: Figure, prose: Prose) -> bool:
    """Whether the words stand in the sentence of the figure."""
    first, last = prose.sentence_at(figure.evidence.start) or figure.evidence.span
    return said is not None and first <= said.start < last


def sentence(figure: Figure, claim: Claim, prose: Prose) -> str:
    """The sentence around a figure, else the content of its claim, on one line, cut to about SENTENCE."""
    start, end = figure.evidence.span
    first, last = prose.sentence_at(start) or claim.content.span
    if not (first <= start and end <= last):
        first, last = min(start, claim.content.start), max(end, claim.content.end)
    return " ".join(_cut(prose.text, first, last, start, end))


def _cut(text: str, first: int, last: int, start: int, end: int) -> Iterator[str]:
    """The words of `first:last`, or of a window around `start:end` marked with dots."""
    room = max(0, SENTENCE - (end - start))
    left, right = first, last
    if last - first > SENTENCE:
        left = max(first, min(start - room // 2, last - SENTENCE))
        right = min(last, max(end, left + SENTENCE))
        if left > first:
            left = min(start, max(left, text.find(" ", left, start) + 1))
        if right < last:
            right = max(end, text.rfind(" ", end, right))
    if left > first:
        yield "…"
    yield from text[left:right].split()
    if right < last:
        yield "…"


def _exact(evidence: Evidence | None) -> str | None:
    return evidence.exact if evidence else None


def _bounded(number: int | None) -> int | None:
    return None if number is None else max(-LARGEST, min(LARGEST, number))
