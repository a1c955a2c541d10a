"""Why a claim has its source, in words: what the reader noted as it decided (`attribute.reasons`).

Reading is a pure function of the report, so the reasons are not stored: the report is read again when they are asked
for. When the ledger's claim was read otherwise (by another version, or corrected) there are none to give.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from . import pipeline
from .attribute.reasons import Reason, Rule
from .pipeline import Analysis
from .prose import Prose
from .records import Claim, Figure, Link, Report, Span

WORDS: dict[Rule, str] = {
    # whom a mention means
    "as-written": "“{about}” is taken as it stands",
    "listed": "“{word}” is a name of {name} in the list of bodies and outlets (bodies.toml)",
    "speaks": "“{word}” is {name}, the nearest source before it that the word fits: “{by}”, {where}",
    "antecedent": "“{word}” is the noun it follows: “{by}”",
    "pair": "“{word}” is one of the two named together: “{by}”, {where}",
    "ahead": "“{word}” has nobody before it that fits; the first body that opens a later sentence is “{by}”, {where}",
    "surname": "“{about}” shares the name of {name}: “{by}”, {where}",
    "full-name": "“{about}” is {name}, named in full {where}: “{by}”",
    "role-met": "“{about}” is the last source with the role “{word}”: “{by}”, {where}",
    "role-named": "“{about}” is {name}, named with the role “{word}” {where}: “{by}”",
    "called": "“{about}” is {name}, the last source called “{word}”: “{by}”, {where}",
    "outlet-near": "“{about}” is the last outlet named before it, {name}",
    "phrase": "“{about}” is short for “{by}”, {where}",
    "collective": "“{about}” is the last organisation named before it: “{by}”, {where}",
    "same-name": "“{about}” is {name}, as is “{by}”, {where}",
    "issuer": "“{about}” is a document; whose it is: “{by}”, {where}",
    # why the claim stands
    "tagged": "“{by}”{off} attributes it, as the reader's model reads the sentence",
    "linked": "no words of saying: the reader's model gives it to “{by}”, {where}",
    "loose": "neither a source nor words of saying: the reader's model takes it for somebody's words",
    "ruled": "“{by}”{off} attributes it, by the rules for sentences with figures",
    "sourced": "“{by}”{off} attributes it; its source is found by the rules for sentences with figures",
    "whole": "the report says {where} whose account the rest of it is: “{by}”",
    "closings": "a sentence behind the paragraph says whose figures these are: “{by}”",
    "credited": "a name stands behind the quotation, after a dash",
    "interviews": "the report is a conversation: a turn is the words of who gives it, an answer the guest's",
    "quotation": "a quotation without words of saying: “{by}” is who speaks around it",
    # each link of its chain
    "said": "“{about}” is who says it",
    "around": "it stands inside the words of “{about}”{cited}",
    "carried": "relayed: “{about}” stands between the outlet and who says it{cited}",
    "behind": "the one before leans on “{about}”{cited}",
    "left-out": "the report does not say who{cited}",
    # whose words a figure is
    "inside": "“{about}” stands inside the words attributed",
    "extracted": "“{about}” stands before the clause that attributes it",
    "same-breath": "“{about}” stands behind these words, in the sentence that reports them",
    "quoted-on": "“{about}” stands in the same quotation, whose speaker is named with “{by}”, {where}",
    "goes-on": "no words of saying for “{about}”: its sentence takes up the statement “{by}”, {where}",
    "of-them": "no words of saying for “{about}”, but it counts out of the statement “{by}”, {where}",
    "between": "no words of saying for “{about}”: its sentence stands between two statements of one speaker{cited}",
    "account": "no words of saying for “{about}”: the account “{by}” goes on, {where}",
    "own-words": "“{about}” stands with words for which nobody is named but the outlet itself: its own voice",
    "presupposed": "“{about}” stands inside what somebody says, but as background that the outlet gives: its own voice",
    "no-saying": "no words of saying cover “{about}”, and it goes on with nobody's statement: the outlet's own voice",
}
PLAIN: frozenset[Rule] = frozenset({"as-written", "inside"})
"""Rules that need no words on a terminal: what is written is what is meant."""
OTHERWISE = "this version of the reader reads the claim otherwise, so it has no reasons to give"
HERE = "in the same sentence"
DEEP = 5
"""Mentions that are followed back: "he" was "the mayor", who was "Ilse Tarvan"."""
SHOWN = 60
"""Characters of evidence that are quoted; the rest is cut behind a word."""


@dataclass(frozen=True, slots=True)
class Why:
    """One reason in words, with the words of the report it is about and those it rests on."""

    rule: Rule
    words: str
    about: Span
    by: Span | None


def of(claim: Claim, report: Report) -> list[Why] | None:
    """Why the claim has its chain and its figures; None when today's reader reads the claim otherwise or not at all."""
    if not pipeline.readable(report):
        return None
    seen = pipeline.analysis(report)
    read = next((one for one in seen.claims if one.id == claim.id), None)
    if read is None or _said(read) != _said(claim):
        return None
    return list(dict.fromkeys(_reasons(read, report, seen)))


def as_json(reasons: list[Why] | None, report: Report) -> list[dict[str, Any]] | None:
    """The reasons as JSON: `rule`, `words`, and `about` and `by` (or null) with `start`, `end` and `exact`."""
    if reasons is None:
        return None
    return [
        {"rule": why.rule, "words": why.words, "about": _evidence(why.about, report), "by": _evidence(why.by, report)}
        for why in reasons
    ]


def _evidence(span: Span | None, report: Report) -> dict[str, Any] | None:
    return {"start": span[0], "end": span[1], "exact": report.text[slice(*span)]} if span else None


def _said(claim: Claim) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the reasons are about: the names of the chain and the figures."""
    return tuple(link.source.name for link in claim.chain), tuple(figure.id for figure in claim.figures)


def _reasons(claim: Claim, report: Report, seen: Analysis) -> Iterator[Why]:
    noted = seen.reasons.claims.get(claim.content.span, []) if claim.chain else []
    for reason in noted[:1]:
        yield _worded(reason, claim.content.span, report, seen.prose)
    for link, reason in zip(claim.chain, noted[1:], strict=False):
        yield _worded(reason, _mentioned(link) or claim.content.span, report, seen.prose)
        yield from _meant(link, report, seen)
    for figure in claim.figures:
        yield from _owned(figure, report, seen)


def _mentioned(link: Link) -> Span | None:
    return link.source.mention.span if link.source.mention else None


def _meant(link: Link, report: Report, seen: Analysis) -> Iterator[Why]:
    """Whom the link's mention means, followed back to the words that name the source."""
    about, followed = _mentioned(link), 0
    while about and followed < DEEP:
        noted = seen.reasons.mentions.get(about[0], [])
        for reason in noted:
            itself = reason.by == about or (reason.rule == "listed" and reason.word == reason.name)
            if reason.rule not in PLAIN and not itself:
                yield _worded(reason, about, report, seen.prose)
        about, followed = noted[-1].by if noted else None, followed + 1


def _owned(figure: Figure, report: Report, seen: Analysis) -> Iterator[Why]:
    for reason in seen.reasons.figures.get(figure.evidence.start, ()):
        yield _worded(reason, figure.evidence.span, report, seen.prose)


def _worded(reason: Reason, about: Span, report: Report, prose: Prose) -> Why:
    where = _where(about, reason.by, prose)
    words = WORDS[reason.rule].format(
        about=_quoted(about, report),
        by=_quoted(reason.by, report),
        where=where,
        cited=f" (“{_quoted(reason.by, report)}”)" if reason.by else "",
        off="" if where == HERE else f", {where},",
        word=reason.word,
        name=reason.name,
    )
    return Why(reason.rule, words, about, reason.by)


def _quoted(span: Span | None, report: Report) -> str:
    words = " ".join(report.text[slice(*span)].split()) if span else ""
    return words if len(words) <= SHOWN else words[:SHOWN].rsplit(" ", 1)[0] + " …"


def _where(about: Span, by: Span | None, prose: Prose) -> str:
    """How far off the words are that a reason rests on: "in the sentence before"."""
    if by is None:
        return "elsewhere"
    apart = prose.sentence_index(by[0]) - prose.sentence_index(about[0])
    side = "before" if apart < 0 else "after"
    if abs(apart) < 2:
        return f"in the sentence {side}" if apart else HERE
    return f"{abs(apart)} sentences {side}"
