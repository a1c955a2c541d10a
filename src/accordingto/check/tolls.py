"""Checks of numbers: origins against each other and against themselves, and totals that fall."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from math import inf
from typing import NamedTuple

from rapidfuzz import fuzz

from ..reconcile.counted import grows, noun, things
from ..reconcile.days import day, days
from ..reconcile.saying import said, superseded
from ..reconcile.units import place_key, place_name
from ..reconcile.words import fold
from ..records import Discrepancy, Entry
from .case import (
    Case,
    apart,
    below,
    bounds,
    discrepancy,
    excludes,
    on,
    others,
    quote,
    spoken,
    value,
    without_headlines,
)
from .relay import specific

NEAR = 400
"""Code points between an old total and a new one that a report tells together, at most."""
STANDING = 60
"""Days for which an origin's figure stands when it says nothing newer."""
OWN = 1.5
"""How many times one number in an outlet's own voice may be its other and still mean the same thing."""
SETTLED = 180
"""Days after which the toll of an event no longer moves."""
MOST = 60
"""Different statements of one question that are compared with each other, at most."""
PLAUSIBLE = 7
"""How many times one number may be the other and still mean the same thing; beyond, the grouping is wrong."""
STEEP = 2.5
"""The same for two numbers of one origin, for things, and where nothing shows that both are of one town."""
FEW = 10
"""Numbers of things below this are seldom of the same things: four missiles, six missiles."""
SPELT = 80
"""Likeness (0–100) of two spellings of one place's name, at least."""
LINES = 5
"""Discrepancies of one kind that one question gives, at most; the widest are kept."""


def origins_disagree(case: Case) -> Iterator[Discrepancy]:
    """Independent origins whose bounds leave no common number, said about the same day or not withdrawn since.

    A later, higher figure is growth, no contradiction; a later, lower one contradicts. For each origin only the widest.
    """
    best: dict[str, float] = {}
    clashes: Counter[str] = Counter()
    pairs: dict[tuple[int, int], list[tuple[float, Entry, Entry]]] = defaultdict(list)
    for low, high in _clashes([_statement(row, case) for row in _statements(case)]):
        width = _width(low, high)
        pairs[value(low), value(high)].append((width, low, high))
        for origin in (case.origin[low.figure], case.origin[high.figure]):
            clashes[origin] += 1
            best[origin] = max(width, best.get(origin, 0.0))
    chosen = [_clearest(found, case) for found in pairs.values() if any(_widest(one, best, case) for one in found)]
    for width, low, high in _spread(sorted(chosen, key=lambda found: (-found[0], found[1].figure)))[:LINES]:
        more = max(clashes[case.origin[low.figure]], clashes[case.origin[high.figure]]) - 1
        yield discrepancy(
            "origins-disagree",
            3 if width >= 2 and _firm(low) and _firm(high) else 2,
            f"{case.speaker(low)} and {case.speaker(high)} disagree, {spoken(low)} against {spoken(high)} "
            f"({case.question.label}): "
            f"{quote(low)} against {quote(high)}.{others(more, 'statement')}",
            (low, high),
            case.question,
            value(high) - value(low),
        )


def origin_differs(case: Case) -> Iterator[Discrepancy]:
    """One origin with two different figures at one time: in one report, on one day, or on an event long settled."""
    for rows in case.by_origin.values():
        if len(rows) < 2:
            continue
        clashing = [
            pair
            for pair in combinations(_distinct(rows), 2)
            if apart(*pair) and _one_time(*pair) and _comparable(*pair) and _width(*pair) <= _reach(*pair)
        ]
        if not clashing:
            continue
        low, high = max(
            (sorted(pair, key=value) for pair in clashing),
            key=lambda pair: (value(pair[1]) - value(pair[0]), pair[0].figure),
        )
        where = (
            "in one report"
            if low.report == high.report
            else f"on {on(low)}"
            if on(low) == on(high)
            else "of one settled event"
        )
        yield discrepancy(
            "origin-differs",
            2,
            f"{case.speaker(low)} is given two figures {where}, {spoken(low)} and {spoken(high)} "
            f"({case.question.label}): "
            f"{quote(low)} against {quote(high)}.{others(len(clashing) - 1, 'pair')}",
            (low, high),
            case.question,
            value(high) - value(low),
        )


def total_falls(case: Case) -> Iterator[Discrepancy]:
    """A total that can only grow, and falls in the words of one origin; the deepest fall of each.

    A fall that its own report tells as a revision is worth a note and no more.
    """
    if not grows(case.question.kind):
        return
    told_falls: dict[str, list[tuple[Entry, Entry]]] = defaultdict(list)
    for before, after in _told_falls(case):
        told_falls[case.origin[after.figure]].append((before, after))
    for origin, rows in case.by_origin.items():
        falls = [pair for pair in combinations(sorted(_distinct(rows), key=_rank), 2) if _falls(*pair)]
        falls += [pair for pair in told_falls[origin] if pair not in falls]
        told = [pair for pair in falls if _told_as_revision(*pair) or pair in told_falls[origin]]
        if not falls:
            continue
        before, after = max(told or falls, key=lambda pair: (value(pair[0]) - value(pair[1]), pair[0].figure))
        yield discrepancy(
            "total-falls",
            1 if told else 2,
            (_revised if told else _fell)(case, before, after) + others(len(falls) - 1, "pair"),
            (before, after),
            case.question,
            value(before) - value(after),
        )


def _told_falls(case: Case) -> Iterator[tuple[Entry, Entry]]:
    """Falls that one report tells where it names another source for the old total than for the new one; the old total
    as whoever gave it first had it."""
    reports: dict[str, list[Entry]] = defaultdict(list)
    telling = {row.report for row in case.whole if row.chain and superseded(row)}
    for row in case.whole:
        if row.chain and row.report in telling:
            reports[row.report].append(row)
    for rows in reports.values():
        new = [row for row in rows if not superseded(row)]
        for old in rows:
            if not superseded(old) or any(case.origin[row.figure] == case.origin[old.figure] for row in new):
                continue
            after = [row for row in new if row.low == row.high and abs(row.start - old.start) <= NEAR]
            if len(after) == 1 and _can_fall(old, after[0]):
                first = (row for row in case.whole if (row.low, row.high) == (old.low, old.high))
                yield next((row for row in first if row.chain and not superseded(row)), old), after[0]


def _can_fall(before: Entry, after: Entry) -> bool:
    """Whether the second figure is lower than the first, of the same people, and not so much lower as to be another."""
    return below(after, before) and _comparable(before, after) and _width(before, after) <= _reach(before, after)


def _fell(case: Case, before: Entry, after: Entry) -> str:
    return (
        f"The total of {case.speaker(after)} falls from {spoken(before)} to {spoken(after)} ({case.question.label}), "
        f"which a running total may not: {quote(before)}, then {quote(after)}."
    )


def _revised(case: Case, before: Entry, after: Entry) -> str:
    quotes = quote(after) if before.sentence == after.sentence else f"{quote(before)}, then {quote(after)}"
    return (
        f"{case.speaker(after)} revises its total from {spoken(before)} down to {spoken(after)} "
        f"({case.question.label}): {quotes}."
    )


def _told_as_revision(before: Entry, after: Entry) -> bool:
    """Whether the report of the lower figure itself says that the higher one is withdrawn."""
    return before.report == after.report and superseded(before) and not superseded(after)


class _Statement(NamedTuple):
    """A figure, and what it is held against others by: worked out once, since pairs are many."""

    row: Entry
    origin: str
    low: float
    high: float
    day: int | None
    settled: bool


def _statement(row: Entry, case: Case) -> _Statement:
    low, high = bounds(row)
    least, most = -inf if low is None else low, inf if high is None else high
    return _Statement(row, case.origin[row.figure], least, most, day(said(row)), _settled(row))


def _clashes(statements: Sequence[_Statement]) -> Iterator[tuple[Entry, Entry]]:
    """Figures of two origins that exclude each other, of one moment and of the same people, as near as one toll's can
    be; the lower first."""
    for one, other in combinations(statements, 2):
        if (one.high >= other.low and other.high >= one.low) or one.origin == other.origin:
            continue
        if not _same_moment(one, other):
            continue
        low, high = (one.row, other.row) if value(one.row) <= value(other.row) else (other.row, one.row)
        if not _comparable(low, high) or _described(low, high) or _described(high, low):
            continue
        if _width(low, high) <= (PLAUSIBLE if _one_scope(low, high) else STEEP):
            yield low, high


def _described(one: Entry, other: Entry) -> bool:
    """Whether one report's words for its source stand beside the other's name for its own: "a monitoring group"."""
    name = one.chain[-1] if one.chain else ""
    plain = name == name.lower() and one.report != other.report
    return bool(name and plain and other.chain) and fold(name) in fold(other.sentence)


def _widest(found: tuple[float, Entry, Entry], best: Mapping[str, float], case: Case) -> bool:
    """Whether a clash is the widest of one of its origins."""
    width, *rows = found
    return any(width >= best[case.origin[row.figure]] for row in rows)


def _clearest(found: Sequence[tuple[float, Entry, Entry]], case: Case) -> tuple[float, Entry, Entry]:
    """Of clashes between two numbers the one to show: by sources that say which they are, most often heard, in one
    report."""
    heard = Counter(case.origin.values())
    return max(
        found,
        key=lambda one: (
            sum(specific(row.chain[-1]) for row in one[1:] if row.chain),
            one[1].report == one[2].report,
            sum(heard[case.origin[row.figure]] for row in one[1:]),
            one[1].figure,
            one[2].figure,
        ),
    )


def _one_scope(one: Entry, other: Entry) -> bool:
    """Whether two tolls far apart can be of one thing: people in one town; in a region there are many tolls."""
    placed = place_key(one) is not None and place_key(other) is not None and not _elsewhere(one, other)
    return not things(one.kind) and placed and not _large(one) and not _large(other)


def _firm(row: Entry) -> bool:
    """Whether the figure is a number, not a vague word that spans many."""
    return row.low == row.high or None in (row.low, row.high)


def _spread(ranked: Iterable[tuple[float, Entry, Entry]]) -> list[tuple[float, Entry, Entry]]:
    """The pairs, without those of a figure that is in two already: one odd figure is one finding, not many."""
    used: Counter[str] = Counter()
    kept = []
    for width, one, other in ranked:
        if max(used[one.figure], used[other.figure]) < 2:
            used.update((one.figure, other.figure))
            kept.append((width, one, other))
    return kept


def _statements(case: Case) -> list[Entry]:
    """Whole figures not called superseded, one for each origin, day and bounds; of many the most frequent bounds.

    What an outlet says in its own voice is left out where a named source gives the number: it is likely that source's.
    """
    rows = without_headlines(row for row in case.whole if not superseded(row))
    named = {(row.low, row.high) for row in case.rows if row.chain}
    points = {bound for pair in named for bound in pair if bound is not None}
    rows = [row for row in rows if row.chain or not points & {row.low, row.high}]
    votes = Counter((row.low, row.high) for row in rows)
    first: dict[object, Entry] = {}
    for row in rows:
        first.setdefault((case.origin[row.figure], said(row), row.low, row.high), row)
    kept = list(first.values())
    if len(kept) > MOST:
        bare: dict[object, Entry] = {}
        for row in kept:
            bare.setdefault((said(row), row.low, row.high), row)
        kept = sorted(bare.values(), key=lambda row: -votes[row.low, row.high])[:MOST]
    return kept


def _width(one: Entry, other: Entry) -> float:
    """How many times the nearest number of the higher is that of the lower; infinite when that is zero."""
    low, high = bounds(one), bounds(other)
    if not excludes(low, high):
        low, high = high, low
    return (high.low or 0.0) / low.high if low.high else inf


def _distinct(rows: Sequence[Entry]) -> list[Entry]:
    """One row for each report, day and bounds, at most MOST."""
    if len(rows) < 2:
        return list(rows)
    first: dict[object, Entry] = {}
    for row in rows:
        first.setdefault((row.report, said(row), row.low, row.high), row)
    return list(first.values())[:MOST]


def _same_moment(one: _Statement, other: _Statement) -> bool:
    """Said on one day; or what only grows is put lower later by somebody else, while the higher still stands."""
    if one.day is None or other.day is None:
        return False
    if one.day == other.day or (one.settled and other.settled):
        return True
    earlier, later = (one, other) if one.day < other.day else (other, one)
    standing = abs(one.day - other.day) <= STANDING and later.high < earlier.low
    return standing and grows(one.row.kind)


def _one_time(one: Entry, other: Entry) -> bool:
    """Whether two figures of one origin are of one time: told together, neither as old, or of a settled event."""
    if superseded(one) or superseded(other):
        return False
    if one.report == other.report:
        return said(one) == said(other) and one.sentence != other.sentence
    return bool(one.chain) and (_settled(one) and _settled(other))


def _settled(row: Entry) -> bool:
    span, spoken_ = days(row.edtf), day(said(row))
    return bool(span and span.last is not None and spoken_ is not None and spoken_ - span.last > SETTLED)


def _comparable(one: Entry, other: Entry) -> bool:
    """Whether two whole figures can be of the same people: not of two places, not of two times."""
    if _elsewhere(one, other) and not (_large(one) and _large(other)):
        return False
    if _settled(one) != _settled(other):
        return False
    if things(one.kind) and (max(value(one), value(other)) < FEW or _nouns_differ(one, other)):
        return False
    return one.counted_country == other.counted_country or None in (one.counted_country, other.counted_country)


def _reach(one: Entry, other: Entry) -> float:
    """How many times one number of a source may be its other; an outlet's own two are of one thing only when near."""
    return STEEP if one.chain and other.chain else OWN


def _elsewhere(one: Entry, other: Entry) -> bool:
    """Whether two figures name two places; spellings of one name are one place."""
    a, b = place_key(one), place_key(other)
    if a is None or b is None or a == b:
        return False
    if not (one.place_said and other.place_said) and one.report == other.report:
        return False  # the reader gave one of them the place of the words around it
    return fuzz.ratio(place_name(one) or "", place_name(other) or "") < SPELT


def _nouns_differ(one: Entry, other: Entry) -> bool:
    return None not in (noun(one), noun(other)) and noun(one) != noun(other)


def _large(row: Entry) -> bool:
    return row.place_precision is not None and row.place_precision >= 4


def _rank(row: Entry) -> tuple[str, bool, str, int]:
    return said(row) or "", not superseded(row), row.report, row.start


def _falls(before: Entry, after: Entry) -> bool:
    """Whether the total falls from the first to the second: on a later day, or called older by its own report."""
    if superseded(after) or not _can_fall(before, after):
        return False
    return (said(before) or "") < (said(after) or "") or (before.report == after.report and superseded(before))
