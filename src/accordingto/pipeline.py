"""One report to its claims: the stages composed.

Everything here is a pure function of one report (no disk but the shipped model and gazetteer, no clock,
no network), so that reading many reports is a map: processes now, a cluster later.

Figures are read over the whole text before they are given to claims, because the word that says what
a number counts often stands outside the words attributed ("put the toll at “63”").
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from . import count, when, where
from .attribute import claiming, doubts, owners
from .attribute.reasons import Reasons
from .languages import supported
from .nearby import Nearby
from .prose import Prose
from .records import Claim, Evidence, Figure, Report, Span, When, Where

VERSION = "1"
"""Raised when a stage changes what it reads; the ledger keeps it with every claim."""


@dataclass(frozen=True)
class Analysis:
    """Everything the reader sees in one report; the lists are in text order."""

    prose: Prose
    claims: tuple[Claim, ...]
    figures: tuple[Figure, ...]
    times: tuple[When, ...]
    places: tuple[Where, ...]
    reasons: Reasons = field(default_factory=Reasons)
    """Why each claim has its sources (`why` words them)."""


def readable(report: Report) -> bool:
    """Whether the report's language can be read; unknown counts as readable."""
    return report.language is None or report.language in supported()


def claims(report: Report) -> tuple[Claim, ...]:
    """The claims of a report in text order; none when its language cannot be read."""
    return analysis(report).claims if readable(report) else ()


def analysis(report: Report) -> Analysis:
    """Read one report: attributed claims, figures with their time and place, and whose words each figure is."""
    prose = Prose(report.text, report.language)
    reasons = Reasons()
    counted = count.figures(report, prose)
    attributed = claiming.claims(report, prose, counted, reasons)
    times = when.times(report, prose)
    places = where.places(report, prose)
    figures = _situated(counted, times, places, report, prose)
    told = _tell(attributed, figures, report, prose, reasons)
    return Analysis(prose, tuple(_describe(told, times, places)), figures, tuple(times), tuple(places), reasons)


def _situated(
    counted: Sequence[Figure], times: Sequence[When], places: Sequence[Where], report: Report, prose: Prose
) -> tuple[Figure, ...]:
    """The figures with their times and places; a part whose sentence says none has those of its whole."""
    found: dict[str, Figure] = {}
    time_starts, place_starts = _starts(times), _starts(places)
    for figure in counted:
        one = replace(
            figure,
            when=when.of(figure, times, report, prose),
            where=where.of(figure, places, report, prose),
        )
        whole = found.get(figure.part_of) if figure.part_of else None
        if whole is not None and whole.kind == figure.kind:
            here = (_sentence(figure, prose),)
            one = replace(
                one,
                when=one.when if _within(time_starts, here) else whole.when,
                where=one.where if _within(place_starts, here) else whole.where,
            )
        found[figure.id] = one
    return tuple(found.values())


def _tell(
    attributed: list[Claim], figures: tuple[Figure, ...], report: Report, prose: Prose, reasons: Reasons
) -> list[Claim]:
    """Every figure in the claim whose words it is; sentences of the outlet's own voice become claims."""
    owned: dict[str, list[Figure]] = defaultdict(list)
    voice: dict[Span, list[Figure]] = defaultdict(list)
    placed = Nearby((claim.content.span, claim) for claim in attributed)
    for figure in figures:
        near = placed.touching(figure.evidence.start - owners.FAR, figure.evidence.end + owners.FAR)
        owner = owners.owner(figure, near, report, prose, reasons)
        if owner:
            owned[owner.id].append(_under(figure, owner))
        else:
            voice[_sentence(figure, prose)].append(figure)
    told = [replace(claim, figures=tuple(owned.get(claim.id, ()))) for claim in attributed]
    return told + list(_voice(voice, {claim.id for claim in attributed}, report, prose))


def _under(figure: Figure, owner: Claim) -> Figure:
    """The figure with its claim's stance, unless its own words already deny, plan or doubt it."""
    return figure if figure.stance != "asserted" else replace(figure, stance=owner.stance)


def _sentence(figure: Figure, prose: Prose) -> Span:
    start, end = prose.sentence_at(figure.evidence.start) or figure.evidence.span
    return start, max(end, figure.evidence.end)


def _voice(voice: dict[Span, list[Figure]], taken: set[str], report: Report, prose: Prose) -> Iterator[Claim]:
    """Claims in the outlet's own voice, one a sentence; a sentence that is already the content of an
    attributed claim is narrowed to its figures, since two claims never stand on the same words."""
    for (start, end), figures in voice.items():
        claim = Claim(Evidence.of(report, start, end), figures=tuple(figures))
        if claim.id in taken:
            first, last = figures[0].evidence.start, max(f.evidence.end for f in figures)
            claim = replace(claim, content=Evidence.of(report, first, last))
        taken.add(claim.id)
        yield replace(claim, doubts=tuple(doubts.doubts(prose, *claim.content.span)))


def _describe(told: list[Claim], times: Sequence[When], places: Sequence[Where]) -> Iterator[Claim]:
    """The claims in text order, each with the times, places and actors its words name."""
    time_starts, place_starts = _starts(times), _starts(places)
    for claim in sorted(told, key=lambda c: c.content.span):
        named = (actor for figure in claim.figures for actor in (figure.counted, figure.doer) if actor)
        actors = {actor.name: actor for actor in named}
        yield replace(
            claim,
            times=tuple(times[i] for i in _within(time_starts, claim.spans)),
            places=tuple(places[i] for i in _within(place_starts, claim.spans)),
            actors=tuple(actors.values()),
        )


def _starts(marks: Sequence[When] | Sequence[Where]) -> list[int]:
    return [mark.evidence.start if mark.evidence else 0 for mark in marks]


def _within(starts: list[int], spans: tuple[Span, ...]) -> list[int]:
    """Numbers of the marks that start inside the spans; `starts` rise."""
    return [n for start, end in spans for n in range(bisect_left(starts, start), bisect_left(starts, end))]
