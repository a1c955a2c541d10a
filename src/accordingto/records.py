"""The nouns of accordingto: frozen records, and nothing else.

A record states a fact and cannot change; derive with `dataclasses.replace`. Identity is a hash of
*where* something was said, never of what was understood, so that a person's decision survives a
better reader. Unknown is `None`. Dates are ISO 8601 strings, times EDTF (ISO 8601-2) strings,
countries ISO 3166-1 alpha-2 codes, offsets Unicode code points of the report's text, end exclusive.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import InitVar, dataclass
from functools import lru_cache
from typing import Literal

from .errors import EvidenceError

CONTEXT = 32
"""Code points kept before and after the exact words (W3C TextQuoteSelector prefix and suffix)."""

SourceKind = Literal["person", "organisation", "government", "document", "outlet", "unnamed"]
Manner = Literal["direct", "indirect", "mixed", "narrated"]
Stance = Literal["asserted", "denied", "planned", "possible"]
Mode = Literal["total", "added", "part"]
Verdict = Literal["accept", "reject", "correct", "unsure", "insufficient", "split", "merge", "rename", "withdraw"]
Span = tuple[int, int]


@lru_cache(maxsize=4096, typed=True)
def fingerprint(*parts: str | int | None) -> str:
    """Sixteen hexadecimal digits that identify the parts (BLAKE2b, 64 bits; no joins that collide)."""
    digest = hashlib.blake2b(digest_size=8)
    for part in parts:
        word = "" if part is None else str(part)
        digest.update(f"{len(word)}:{word}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Report:
    """One report as it was read: `text` never changes; `sha256` is of the archived bytes."""

    name: str
    text: str
    sha256: str
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    published: str | None = None
    fetched: str | None = None
    language: str | None = None
    medium: str | None = None
    doubts: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Where it was published and what was archived."""
        return fingerprint("report", self.url or self.name, self.publisher, self.published, self.sha256)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of one report. Cannot exist unless `text[start:end] == exact`.

    `text` is the report's text; it is checked, not kept. Build with `Evidence.of`.
    Raises EvidenceError.
    """

    report: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    text: InitVar[str]

    def __post_init__(self, text: str) -> None:
        found = text[self.start : self.end] if 0 <= self.start <= self.end else ""
        if found != self.exact or not self.exact:
            raise EvidenceError(
                f"report {self.report}: characters {self.start}–{self.end} read {found[:60]!r}, "
                f"the record says {self.exact[:60]!r}; read the report again"
            )

    @classmethod
    def of(cls, report: Report, start: int, end: int) -> Evidence:
        """The words at `start:end` of the report, with their surroundings."""
        text = report.text
        return cls(
            report.id,
            start,
            end,
            text[start:end],
            text[max(0, start - CONTEXT) : start],
            text[end : end + CONTEXT],
            text,
        )

    @property
    def span(self) -> Span:
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Source:
    """Who is said to have said it. An unnamed source is of kind `unnamed`, not a missing one."""

    name: str
    kind: SourceKind | None = None
    role: str | None = None
    affiliation: str | None = None
    country: str | None = None
    mention: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a chain: a source with the cue words and the hedge that attribute to it."""

    source: Source
    cue: Evidence | None = None
    hedge: str | None = None


@dataclass(frozen=True, slots=True)
class When:
    """A time: EDTF interval, its words, the date it was resolved against, the day it was known."""

    edtf: str
    evidence: Evidence | None = None
    anchor: str | None = None
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """A place; `precision` is UCDP GED's where_prec, 1 (exact) to 7 (water, airspace)."""

    name: str
    geonames: int | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: int | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is counted or who acts; `sector` is a PLOVER code (MIL, CVL, GOV, REB, MED, REF …)."""

    name: str
    country: str | None = None
    sector: str | None = None
    kind: str | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as said (`evidence`, `qualifier`) beside what was understood (`low`, `high`; None = open).
    `counted`: to whom it happened; `doer`: who did it, `weapon`: the words for with what, both
    where the text says so (who reports it is in the chain)."""

    evidence: Evidence
    low: int | None
    high: int | None
    kind: str
    qualifier: str | None = None
    counted: Actor | None = None
    mode: Mode = "total"
    stance: Stance = "asserted"
    part_of: str | None = None
    when: When | None = None
    where: Where | None = None
    doer: Actor | None = None
    weapon: Evidence | None = None

    @property
    def id(self) -> str:
        return fingerprint("figure", self.evidence.report, self.evidence.start, self.evidence.end)


@dataclass(frozen=True, slots=True)
class Claim:
    """What one chain of sources is said to have said. `chain` runs from the source nearest to the
    outlet to the origin; empty when the outlet speaks in its own voice. `parts` are the spans of a
    content broken by its attribution, else empty."""

    content: Evidence
    chain: tuple[Link, ...] = ()
    manner: Manner = "narrated"
    stance: Stance = "asserted"
    parts: tuple[Span, ...] = ()
    figures: tuple[Figure, ...] = ()
    times: tuple[When, ...] = ()
    places: tuple[Where, ...] = ()
    actors: tuple[Actor, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return fingerprint("claim", self.content.report, self.content.start, self.content.end)

    @property
    def origin(self) -> Source | None:
        """The innermost source, or None when the outlet speaks in its own voice."""
        return self.chain[-1].source if self.chain else None

    @property
    def spans(self) -> tuple[Span, ...]:
        return self.parts or (self.content.span,)


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure as a row of the ledger, flat: what reconcile and check work on. `chain` holds the
    names of the sources, origin last; `verdict` is the last review of the figure or its claim; `time_said` and
    `place_said` tell whether the figure's own sentence says when and where, or the words around it do."""

    figure: str
    claim: str
    report: str
    report_name: str
    publisher: str | None
    published: str | None
    start: int
    end: int
    exact: str
    kind: str
    low: int | None
    high: int | None
    qualifier: str | None
    mode: Mode
    stance: Stance
    part_of: str | None
    counted: str | None
    counted_country: str | None
    counted_sector: str | None
    edtf: str | None
    as_of: str | None
    place: str | None
    geonames: int | None
    place_country: str | None
    place_precision: int | None
    chain: tuple[str, ...]
    sentence: str
    verdict: Verdict | None = None
    time_said: bool = True
    place_said: bool = True
    lat: float | None = None
    lon: float | None = None
    speaks_for: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Who figures go back to: figures that share an origin are one witness."""

    id: str
    name: str
    figures: tuple[str, ...]
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """The figures that answer one question: how many, of whom, where, when."""

    id: str
    kind: str
    label: str
    actor: str | None
    place: str | None
    period: str | None
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stand:
    """What one origin says as of a date: the bounds it stands by, and every figure it gave, oldest first."""

    origin: Origin
    low: int | None
    high: int | None
    as_of: str | None
    figure: str
    history: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A question answered as of a date: low and high span all origins, `best` is chosen by `rule`.

    `as_of`: said up to that day; `known_on`: from what the ledger knew on that day; `trouble`: why the
    rule chose none."""

    question: Question
    as_of: str | None
    rule: str
    low: int | None
    best: int | None
    high: int | None
    stands: tuple[Stand, ...]
    known_on: str | None = None
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Claims that do not fit: which check, by how much, why it matters, in one sentence."""

    id: str
    check: str
    severity: int
    sentence: str
    figures: tuple[str, ...]
    question: str | None = None
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """A person's verdict on one record. Append-only: nothing is overwritten, not even by `withdraw`.

    `number`: its place among all verdicts of the ledger. `refers`: the number of the verdict it withdraws, or that it
    carries over to where a newer reading found the words. `sample`: the sample it was given in, blind; such a verdict
    decides nothing."""

    record: str
    verdict: Verdict
    reviewer: str
    time: str
    note: str | None = None
    correction: str | None = None
    number: int | None = None
    refers: int | None = None
    sample: str | None = None


def evidences(claim: Claim) -> Iterator[Evidence]:
    """Every anchor a claim holds, in no particular order."""
    yield claim.content
    for link in claim.chain:
        yield from (e for e in (link.source.mention, link.cue) if e)
    for figure in claim.figures:
        yield figure.evidence
        yield from (e for e in (figure.weapon,) if e)
        yield from _anchors(figure.counted, figure.when, figure.where, figure.doer)
    yield from _anchors(*claim.times, *claim.places, *claim.actors)


def _anchors(*parts: Actor | When | Where | None) -> Iterator[Evidence]:
    yield from (part.evidence for part in parts if part and part.evidence)
