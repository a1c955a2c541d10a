"""What a check sees: one question's figures with their origins, or one report's figures, and how to speak of two."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from ..reconcile.counted import narrow
from ..reconcile.saying import said
from ..reconcile.witnesses import ident, keyed, name, order, outlet
from ..reconcile.words import fold, listed
from ..records import Discrepancy, Entry, Question, fingerprint

TREATED = 60
"""Code points after a figure in which its sentence may say where the people are cared for."""
QUOTED = 110
"""Code points of a sentence quoted in a discrepancy."""

TOP = 300
"""Code points in which headlines stand, from the top of a report."""
STOPS = (".", "!", "?", "…", ":", ";", ",")
"""What ends a sentence, and no headline."""
CLOSING = "\"'”’»)] "


class Bounds(NamedTuple):
    """Numbers a figure allows; None = open."""

    low: float | None
    high: float | None


Asked = Callable[[str], Question | None]
"""The question a figure answers, which may be without its figures."""


@dataclass(frozen=True)
class Case:
    """One question's figures in order of publication, each figure's origin, and the names of origins that speak for
    themselves; what was denied stands apart."""

    question: Question
    rows: tuple[Entry, ...]
    denied: tuple[Entry, ...]
    origin: Mapping[str, str]
    names: Mapping[str, str]
    copies: Mapping[str, str]

    @cached_property
    def whole(self) -> list[Entry]:
        """The figures that are whole tolls."""
        return [row for row in self.rows if whole(row)]

    @cached_property
    def by_origin(self) -> dict[str, list[Entry]]:
        """The whole tolls of each origin, without what a headline shortens."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for row in without_headlines(self.whole):
            found[self.origin[row.figure]].append(row)
        return found

    def speaker(self, row: Entry) -> str:
        """The origin's name, as the report gives it; the outlet when it speaks in its own voice."""
        return row.chain[-1] if row.chain else self.names[self.origin[row.figure]]


@dataclass(frozen=True, slots=True)
class Told:
    """One report's figures in the order of its text, and the questions they answer."""

    rows: tuple[Entry, ...]
    asked: Asked

    def label(self, row: Entry) -> str:
        """What the figure counts, in the words of its question; its kind where it answers none."""
        question = self.asked(row.figure)
        return question.label if question else row.kind


def case(question: Question, rows: Iterable[Entry], copies: Mapping[str, str]) -> Case:
    """The case of a question and the figures that answer it."""
    held = sorted(rows, key=order)
    owner: dict[str, str] = {}
    names: dict[str, str] = {}
    for key, members in keyed(held, copies).items():
        origin = ident(key)
        owner.update((row.figure, origin) for row in members)
        if not all(row.chain for row in members):
            names[origin] = name(key, members)
    said_so = tuple(row for row in held if row.stance != "denied")
    denied = tuple(row for row in held if row.stance == "denied")
    return Case(question, said_so, denied, owner, names, copies)


def speaker(row: Entry) -> str:
    """Who says it, as the report has it: the innermost source, or the outlet itself."""
    return row.chain[-1] if row.chain else outlet(row)


def bounds(row: Entry) -> Bounds:
    """The numbers a figure allows: a loose qualifier ("about") leaves a tenth either way."""
    low, high = row.low, row.high
    if not row.qualifier or fold(row.qualifier) not in listed("approximate"):
        return Bounds(low, high)
    return Bounds(None if low is None else low * 0.9, None if high is None else high * 1.1)


def apart(one: Entry, other: Entry) -> bool:
    """Whether no number satisfies both figures."""
    if (one.low, one.high) == (other.low, other.high):
        return False
    a, b = bounds(one), bounds(other)
    return excludes(a, b) or excludes(b, a)


def below(one: Entry, other: Entry) -> bool:
    """Whether every number the first allows is lower than every number the second allows."""
    return excludes(bounds(one), bounds(other))


def whole(row: Entry) -> bool:
    """Whether the figure is a whole toll that somebody asserts: no part, no increase, no plan, more than nothing."""
    return (
        row.mode == "total"
        and row.stance == "asserted"
        and (row.low or row.high or 0) > 0
        and not narrow(row)
        and not _increase(row.exact)
        and not _treated(row.sentence, row.exact)
    )


def headline(row: Entry) -> bool:
    """Whether a figure stands in a headline: near the top, in a line that no mark ends."""
    return row.start < TOP and not row.sentence.rstrip(CLOSING).endswith(STOPS)


def without_headlines(rows: Iterable[Entry]) -> list[Entry]:
    """The figures without those of headlines whose report, or whose source, tells more beneath: a headline shortens."""
    held = [(row, headline(row)) for row in rows]
    body = [row for row, top in held if not top]
    if len(body) == len(held):
        return body
    told = {row.report for row in body} | {(row.report, row.chain[-1:]) for row in body}
    return [r for r, top in held if not top or ((r.report, r.chain[-1:]) if r.chain else r.report) not in told]


def digits(row: Entry) -> bool:
    """Whether a figure was told in digits: "60 to 70", not "dozens"."""
    return any(c.isdigit() for c in row.exact)


@lru_cache(maxsize=65536)
def _increase(exact: str) -> bool:
    """Whether the figure's words end like an increase: "20 more"."""
    return fold(exact).endswith(_increases())


@cache
def _increases() -> tuple[str, ...]:
    return tuple(f" {word}" for word in listed("increase"))


@lru_cache(maxsize=16384)
def _treated(sentence: str, exact: str) -> bool:
    """Whether the words after a figure say that it counts those in care somewhere, who are some of the injured."""
    after = fold(sentence).partition(fold(exact))[2][:TREATED]
    return _care().search(after) is not None


@cache
def _care() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(listed("treated")))) or "(?!)")


def value(row: Entry) -> int:
    """The number a figure stands for in arithmetic."""
    return row.low if row.low is not None else row.high or 0


def discrepancy(
    check: str, severity: int, sentence: str, told: Sequence[Entry], question: Question | None, amount: int
) -> Discrepancy:
    """The record; its id is a hash of the check and the figures, whatever their order."""
    figures = tuple(row.figure for row in told)
    ident = fingerprint("discrepancy", check, *sorted(figures))
    return Discrepancy(ident, check, severity, sentence, figures, question.id if question else None, amount)


def quote(row: Entry) -> str:
    """The figure's words in their sentence, shortened, with report and date."""
    dated = f", {row.published[:10]}" if row.published else ""
    return f"“{_shorten(row.sentence, row.exact)}” ({row.report_name}{dated})"


def spoken(row: Entry) -> str:
    """The figure with its qualifier, as said."""
    number = figures(row)
    if row.low != row.high and None not in (row.low, row.high) and not digits(row):
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


def excludes(a: Bounds, b: Bounds) -> bool:
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
