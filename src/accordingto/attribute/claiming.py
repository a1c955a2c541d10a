"""Attributions as claims: which drafts stand, whose words they are, how they were said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..nearby import Nearby
from ..prose import Prose
from ..records import Claim, Figure, Link, Report, Source, Span
from .cast import Cast
from .counted import Counted
from .doubts import doubts
from .drafts import Draft, tagged
from .edges import apart, mended
from .merging import standing
from .reasons import Reason, Reasons, Rule
from .relays import framed, nested, relayed, wire
from .stances import hedge, manner, stance
from .unsaid import unsaid
from .words import Words, key, words

UNNAMED = "unnamed"
"""Name of a source that the text leaves out."""
LONGEST_CHAIN = 5


def claims(report: Report, prose: Prose, figures: Iterable[Figure] = (), reasons: Reasons | None = None) -> list[Claim]:
    """The attributed claims of a report in text order; never two with one content. `figures` are those of its text:
    where they stand more is asked about sources, but no claim holds them yet. Why each has its sources is noted in
    `reasons`."""
    reasons = Reasons() if reasons is None else reasons
    table, counted = words(report.language), Counted(figures)
    prose = replace(prose, text=prose.flat)
    marked, frames = tagged(prose, table)
    marked = [mended(draft, prose, table) for draft in marked]
    drafts = [
        relayed(framed(draft, frames, prose, counted), prose, table, report.publisher, counted)
        for draft in apart(standing(marked, prose, table, counted), prose, table)
        if prose.text[slice(*draft.hull)].strip() and not unsaid(draft, prose, table, counted)
    ]
    drafts.sort(key=lambda draft: (draft.hull[0], -draft.hull[1]))
    cast = Cast(report, prose, table, reasons)
    for draft in drafts:
        for span, _ in sorted(
            [*draft.relays, *draft.outer, *([(draft.source, None)] if draft.source else [])], key=lambda relay: relay[0]
        ):
            cast.meet(*span)
    credits = wire(report.text, table)
    placed = Nearby((draft.hull, draft) for draft in drafts)
    found: dict[Span, Claim] = {}
    for draft in drafts:
        claim, why = _claim(draft, placed, cast, report, prose, table, credits)
        held = found.get(claim.content.span)
        if held is None or len(held.chain) < len(claim.chain):
            found[claim.content.span] = claim
            reasons.claims[claim.content.span] = why
    return list(found.values())


# -- one claim ----------------------------------------------------------------------------------------------------


def _claim(
    draft: Draft,
    standing: Nearby[Draft],
    cast: Cast,
    report: Report,
    prose: Prose,
    table: Words,
    credits: frozenset[str],
) -> tuple[Claim, list[Reason]]:
    text = report.text
    start, end = _trim(text, *draft.hull)
    parts = tuple(draft.content) if len(draft.content) > 1 else ()
    steps = _chain(draft, standing, cast, credits)
    chain = tuple(link for link, _ in steps)
    doubted = tuple(_doubts(draft, chain, prose))
    found = Reason(_found_by(draft), start, draft.cue or draft.source)
    claim = Claim(
        cast.anchor(start, end), chain, manner(draft, prose), stance(draft, text, table), parts, doubts=doubted
    )
    return claim, [found, *(why for _, why in steps)]


def _found_by(draft: Draft) -> Rule:
    tagged: Rule = "tagged" if draft.cue else "linked" if draft.source else "loose"
    return draft.form or ("ruled" if draft.ruled else tagged)


Step = tuple[Link, Reason]
"""A link of a chain with the reason why it is one."""


def _chain(draft: Draft, standing: Nearby[Draft], cast: Cast, credits: frozenset[str]) -> list[Step]:
    """Nearest to the outlet first: the chain around this draft, relays before the speaker, speaker, relays behind."""
    around = nested(standing.touching(*draft.hull), draft)
    steps: list[Step] = (
        [(link, replace(why, rule="around", by=around.hull)) for link, why in _chain(around, standing, cast, credits)]
        if around and around.hull != draft.hull and not _aside(draft, around, cast)
        else []
    )
    for span, cue in draft.outer:
        name = cast.meet(*span).name
        if cast.words.bodies_known.key(name) not in credits and name not in cast.words.outlets:
            steps.append(_step("carried", span, cue, cast))
    if draft.source:
        steps.append(_step("said", draft.source, draft.cue, cast))
    elif not steps:
        unnamed = _link(Source(UNNAMED, "unnamed"), draft.cue, cast)
        steps.append((unnamed, Reason("left-out", draft.hull[0], draft.cue)))
    steps.extend(_step("behind", span, cue, cast) for span, cue in draft.relays)
    kept: list[Step] = []
    for step in steps:
        if not kept or not _same(kept[-1][0].source, step[0].source, cast.words):
            kept.append(step)
    return kept[:LONGEST_CHAIN]


def _same(one: Source, other: Source, words: Words) -> bool:
    """Whether two sources of a chain are one: of one name, or a body and its own staff."""
    return one.name == other.name or (
        other.affiliation == one.name and not words.staff.isdisjoint(key(other.name).split()[-1:])
    )


def _step(rule: Rule, span: Span, cue: Span | None, cast: Cast) -> Step:
    return _link(cast.meet(*span), cue, cast), Reason(rule, span[0], cue)


def _aside(draft: Draft, around: Draft, cast: Cast) -> bool:
    """ "strikes that officials said killed 80": the outlet's own aside inside somebody else's words."""
    assert draft.source is not None
    start = max(begin for begin, _ in around.content if begin <= draft.source[0])
    ahead = cast.report.text[start : draft.source[0]].split()
    if len(ahead) < 3 or ahead[-1].lower() not in cast.words.relative:
        return False
    told = ahead[-2].endswith(",") or ahead[-2].lower() in cast.words.say
    return not (told and ahead[-1].lower() in cast.words.clauses)


def _link(source: Source, cue: Span | None, cast: Cast) -> Link:
    span = source.mention.span if source.mention else None
    return Link(source, cast.anchor(*cue) if cue else None, hedge(cast.report.text, span, cue, cast.words))


def _doubts(draft: Draft, chain: Sequence[Link], prose: Prose) -> Iterable[str]:
    yield from doubts(prose, *draft.hull)
    if chain and chain[0].source.mention is None:
        yield "no-source"
    if draft.cue is None:
        yield "no-cue"


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
