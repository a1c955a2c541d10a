"""What a check sees: one question's figures with their origins, and how to speak of two of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..reconcile.counted import narrow
from ..reconcile.saying import said, superseded
from ..reconcile.witnesses import order, origins
from ..reconcile.words import fold, listed
from ..records import Discrepancy, Entry, Question, fingerprint

QUOTED = 110
"""Code points of a sentence quoted in a discrepancy."""


class Bounds(NamedTuple):
    """Numbers a figure allows; None = open."""

    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Case:
    """One question's figures in order of publication, each figure's origin, and the origins' names."""

    question: Question
    rows: tuple[Entry, ...]
    origin: Mapping[str, str]
    names: Mapping[str, str]
    copies: Mapping[str, str]

    def speaker(self, row: Entry) -> str:
        """The origin's name, as the report gives it; the outlet when it speaks in its own voice."""
        return row.chain[-1] if row.chain else self.names[self.origin[row.figure]]


def case(question: Question, rows: Mapping[str, Entry], copies: Mapping[str, str]) -> Case:
    """The case of a question."""
    held = sorted((rows[figure] for figure in question.figures if figure in rows), key=order)
    found = origins(held, copies)
    owner = {figure: origin.id for origin in found for figure in origin.figures}
    return Case(question, tuple(held), owner, {origin.id: origin.name for origin in found}, copies)


def misread(rows: Iterable[Entry]) -> set[str]:
    """Superseded figures whose sentence tells no newer one of their kind, but of another: the kind is read wrongly.

    In "31 are missing, down from 40" the forty were missing, whatever else the report counts.
    """
    told: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for row in rows:
        told[row.report, row.sentence].append(row)
    doubtful: set[str] = set()
    for together in told.values():
        newer = {row.kind for row in together if not superseded(row)}
        doubtful.update(row.figure for row in together if newer and superseded(row) and row.kind not in newer)
    return doubtful


def bounds(row: Entry) -> Bounds:
    """The numbers a figure allows: a loose qualifier ("about") leaves a tenth either way."""
    loose = fold(row.qualifier or "") in listed("approximate")
    low, high = row.low, row.high
    if not loose:
        return Bounds(low, high)
    return Bounds(None if low is None else low * 0.9, None if high is None else high * 1.1)


def apart(one: Entry, other: Entry) -> bool:
    """Whether no number satisfies both figures."""
    a, b = bounds(one), bounds(other)
    return _below(a, b) or _below(b, a)


def below(one: Entry, other: Entry) -> bool:
    """Whether every number the first allows is lower than every number the second allows."""
    return _below(bounds(one), bounds(other))


def whole(row: Entry) -> bool:
    """Whether the figure is a whole toll that somebody asserts: no part, no increase, no plan, more than nothing."""
    return (
        row.mode == "total"
        and row.stance == "asserted"
        and not narrow(row)
        and not fold(row.exact).endswith(tuple(f" {word}" for word in listed("increase")))
        and (row.low or row.high or 0) > 0
    )


def value(row: Entry) -> int:
    """The number a figure stands for in arithmetic."""
    return row.low if row.low is not None else row.high or 0


def discrepancy(
    check: str, severity: int, sentence: str, told: Sequence[Entry], question: Question, amount: int
) -> Discrepancy:
    """The record; its id is a hash of the check and the figures, whatever their order."""
    figures = tuple(row.figure for row in told)
    ident = fingerprint("discrepancy", check, *sorted(figures))
    return Discrepancy(ident, check, severity, sentence, figures, question.id, amount)


def quote(row: Entry) -> str:
    """The figure's words in their sentence, shortened, with report and date."""
    dated = f", {row.published[:10]}" if row.published else ""
    return f"“{_shorten(row.sentence, row.exact)}” ({row.report_name}{dated})"


def spoken(row: Entry) -> str:
    """The figure with its qualifier, as said."""
    number = figures(row)
    if row.low != row.high and None not in (row.low, row.high) and not any(c.isdigit() for c in row.exact):
        return f"“{row.exact}”"
    loose = (row.qualifier or "").strip()
    return f"{loose} {number}" if loose and row.low == row.high else number


def figures(row: Entry) -> str:
    """The bounds in plain words."""
    if row.low is None:
        return "an unknown number" if row.high is None else f"up to {row.high:,}"
    if row.high is None:
        return f"at least {row.low:,}"
    return f"{row.low:,}" if row.low == row.high else f"{row.low:,} to {row.high:,}"


def on(row: Entry) -> str:
    """The day it was said."""
    return said(row) or "an unknown day"


def others(count: int, noun: str) -> str:
    """How many more there are of the kind, in words; nothing for none."""
    return "" if count <= 0 else f" So does one other {noun}." if count == 1 else f" So do {count:,} other {noun}s."


def _below(a: Bounds, b: Bounds) -> bool:
    return a.high is not None and b.low is not None and a.high < b.low


def _shorten(sentence: str, exact: str) -> str:
    text = re.sub(r"\s+", " ", sentence).strip()
    if len(text) <= QUOTED:
        return text
    at = max(0, text.find(re.sub(r"\s+", " ", exact)))
    start = max(0, min(at - QUOTED // 3, len(text) - QUOTED))
    end = min(len(text), start + QUOTED)
    start = 0 if start == 0 else text.find(" ", start) + 1
    end = end if end == len(text) else max(text.rfind(" ", 0, end), at + len(exact))
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
