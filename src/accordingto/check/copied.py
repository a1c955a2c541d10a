"""Checks of copies: one text in several reports, laid sentence beside sentence, so that what changed is seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz

from ..reconcile.words import fold
from ..records import Discrepancy, Entry
from .case import Asked, apart, discrepancy, headline, quote, speaker, spoken, value
from .relay import requalified, rivals

ALIKE = 72
"""Likeness (0–100) of two sentences that can be one, their numbers left out, at least."""
QUOTE = re.compile(r"[“„«‹\"‘‚‟]([^“”„«»‹›\"‟]{3,600})[”“»›\"’‟]")
NUMBER = re.compile(r"\d[\d.,]*")


def copies_differ(reports: Iterable[Sequence[Entry]], asked: Asked) -> Iterator[Discrepancy]:
    """What changed between the copies of one text: the words of a quotation, a number, its qualifier, its source.

    Every copy is laid beside the first to be published; headlines are each house's own.
    """
    first: Sequence[Entry] | None = None
    for rows in sorted(reports, key=lambda rows: (rows[0].published or "", rows[0].report) if rows else ("", "")):
        rows = [row for row in rows if not headline(row)]
        if first is None:
            first = rows
            continue
        for one, other in aligned(first, rows):
            found = _changed(one, other, asked)
            if found is not None:
                yield found


def aligned(one: Sequence[Entry], other: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Figures of two copies that stand in the same sentence: those of one number first, then those of one kind and
    place."""
    pairs = sorted(
        (
            (not _shared(a, b), -ratio, abs(_place(a) - _place(b)), a.start, b.start, a, b)
            for a in one
            for b in other
            if (_shared(a, b) or a.kind == b.kind) and (ratio := fuzz.ratio(_plain(a), _plain(b), score_cutoff=ALIKE))
        ),
        key=lambda pair: pair[:5],
    )
    used: set[str] = set()
    for *_, a, b in pairs:
        if used.isdisjoint((a.figure, b.figure)):
            used |= {a.figure, b.figure}
            yield a, b


def _changed(one: Entry, other: Entry, asked: Asked) -> Discrepancy | None:
    """What differs between a figure and its copy, the weightiest alone."""
    question = asked(one.figure)
    both = f"({question.label if question else one.kind}): {quote(one)} against {quote(other)}"
    where = one.report_name, other.report_name
    gap = abs(value(one) - value(other))
    said_ = _quoted(one), _quoted(other)
    if (one.low, one.high) != (other.low, other.high) and all(said_) and said_[0] != said_[1]:
        sentence = f"{speaker(one)} is quoted with {spoken(one)} in {where[0]} and with {spoken(other)} in {where[1]}"
        return discrepancy("quote-changed", 3, f"{sentence}, copies of one text {both}.", (one, other), question, gap)
    if apart(one, other) and one.mode == other.mode:
        sentence = f"One text gives {spoken(one)} in {where[0]} and {spoken(other)} in its copy {where[1]}"
        return discrepancy("origin-differs", 2, f"{sentence} {both}.", (one, other), question, gap)
    if (one.low, one.high) == (other.low, other.high) and rivals(one, other):
        sentence = f"One text gives {spoken(one)} to {speaker(one)} in {where[0]} and to {speaker(other)} in its copy"
        return discrepancy("origin-swapped", 2, f"{sentence} {where[1]} {both}.", (one, other), question, 0)
    if requalified(one, other):
        sentence = f"{speaker(one)}'s {spoken(one)} in {where[0]} is {spoken(other)} in {where[1]}, a copy of one text"
        return discrepancy("qualifier-changed", 1, f"{sentence} {both}.", (one, other), question, 0)
    return None


def _shared(one: Entry, other: Entry) -> bool:
    """Whether two figures share a number."""
    return bool({one.low, one.high} & {other.low, other.high} - {None})


def _plain(row: Entry) -> str:
    """The sentence without numbers and this figure's own words."""
    text = fold(row.sentence)
    return NUMBER.sub("", text.replace(fold(row.exact), ""))


def _place(row: Entry) -> float:
    """Where in its sentence a figure stands, 0 to 1."""
    return row.sentence.find(row.exact) / max(1, len(row.sentence))


def _quoted(row: Entry) -> str | None:
    """The quotation a figure stands in, in plain letters; None outside quotations."""
    at = row.sentence.find(row.exact)
    for found in QUOTE.finditer(row.sentence):
        if found.start() <= at < found.end():
            return " ".join(fold(found[1]).split())
    return None
