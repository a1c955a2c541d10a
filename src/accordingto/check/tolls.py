"""Checks of numbers: origins against each other and against themselves, totals, parts and wholes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from math import inf

from ..reconcile.counted import grows, narrow, noun, things
from ..reconcile.days import day, days
from ..reconcile.saying import said, superseded
from ..reconcile.units import place_key
from ..reconcile.words import fold, listed
from ..records import Discrepancy, Entry
from .case import Case, apart, below, bounds, discrepancy, figures, on, others, quote, spoken, value, whole

STANDING = 60
"""Days for which an origin's figure stands when it says nothing newer."""
SETTLED = 180
"""Days after which the toll of an event no longer moves."""
MOST = 60
"""Different statements of one question that are compared with each other, at most."""
PLAUSIBLE = 7
"""How many times one number may be the other and still mean the same thing; beyond, the grouping is wrong."""
STEEP = 3
"""The same for two numbers of one origin, for things, and where nothing shows that both are of one town."""
LINES = 5
"""Discrepancies of one kind that one question gives, at most; the widest are kept."""


def origins_disagree(case: Case) -> Iterator[Discrepancy]:
    """Independent origins whose bounds leave no common number, said about the same day or not withdrawn since.

    A later, higher figure is growth, no contradiction; a later, lower one contradicts. For each origin only the widest.
    """
    stated = _statements(case)
    best: dict[str, tuple[float, Entry, Entry]] = {}
    clashes: Counter[str] = Counter()
    for one, other in combinations(stated, 2):
        a, b = case.origin[one.figure], case.origin[other.figure]
        if a == b or not apart(one, other) or not _same_moment(one, other) or not _comparable(one, other):
            continue
        width = _width(one, other)
        if width > (PLAUSIBLE if _one_scope(one, other) else STEEP):
            continue
        for origin in (a, b):
            clashes[origin] += 1
            if origin not in best or width > best[origin][0]:
                best[origin] = (width, one, other)
    pairs = {frozenset((value(one), value(other))): (width, one, other) for width, one, other in best.values()}
    ranked = sorted(pairs.values(), key=lambda found: (-found[0], found[1].figure, found[2].figure))
    for width, one, other in _spread(ranked)[:LINES]:
        low, high = sorted((one, other), key=value)
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
    for rows in _by_origin(case).values():
        clashing = [
            pair
            for pair in combinations(_distinct(rows), 2)
            if apart(*pair) and _one_time(*pair) and _comparable(*pair) and _width(*pair) <= STEEP
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
    for rows in _by_origin(case).values():
        falls = [pair for pair in combinations(sorted(_distinct(rows), key=_rank), 2) if _falls(*pair)]
        told = [pair for pair in falls if _told_as_revision(*pair)]
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


def part_exceeds_whole(case: Case) -> Iterator[Discrepancy]:
    """A part larger than its whole, in one report."""
    for part, total in _parts(case):
        if below(total, part):
            yield discrepancy(
                "part-exceeds-whole",
                3,
                f"{part.report_name} gives {spoken(part)} as a part of {spoken(total)} ({case.question.label}), "
                f"and a part cannot be larger than its whole: {quote(part)} against {quote(total)}.",
                (part, total),
                case.question,
                value(part) - value(total),
            )


def parts_do_not_sum(case: Case) -> Iterator[Discrepancy]:
    """Parts of one sentence that make more than their whole, or less although they are said to be all of it."""
    shares: dict[str, list[Entry]] = defaultdict(list)
    totals: dict[str, Entry] = {}
    for part, total in _parts(case):
        if part.sentence == total.sentence and part.low == part.high:
            shares[total.figure].append(part)
            totals[total.figure] = total
    for figure, parts in sorted(shares.items()):
        total, made = totals[figure], sum(value(part) for part in parts)
        if len(parts) < 2 or total.low != total.high or len({part.start for part in parts}) < len(parts):
            continue
        if made > value(total) or (made != value(total) and _exhaustive(total.sentence)):
            listed_ = " + ".join(figures(part) for part in parts)
            yield discrepancy(
                "parts-do-not-sum",
                2,
                f"{total.report_name} splits {spoken(total)} into {listed_}, which make {made:,} "
                f"({case.question.label}): {quote(total)}.",
                (total, *parts),
                case.question,
                abs(made - value(total)),
            )


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


def _one_scope(one: Entry, other: Entry) -> bool:
    """Whether two tolls far apart can be of one thing: people in one town; in a region there are many tolls."""
    a, b = place_key(one), place_key(other)
    return not things(one.kind) and a is not None and a == b and not _large(one) and not _large(other)


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
    rows = [row for row in case.rows if whole(row) and not superseded(row)]
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
    low, high = (bounds(one), bounds(other)) if below(one, other) else (bounds(other), bounds(one))
    return (high.low or 0.0) / low.high if low.high else inf


def _by_origin(case: Case) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for row in case.rows:
        if whole(row):
            found[case.origin[row.figure]].append(row)
    return found


def _distinct(rows: Sequence[Entry]) -> list[Entry]:
    """One row for each report, day and bounds, at most MOST."""
    first: dict[object, Entry] = {}
    for row in rows:
        first.setdefault((row.report, said(row), row.low, row.high), row)
    return list(first.values())[:MOST]


def _same_moment(one: Entry, other: Entry) -> bool:
    """Said on one day; or what only grows is put lower later by somebody else, while the higher still stands."""
    a, b = day(said(one)), day(said(other))
    if a is None or b is None:
        return False
    earlier, later = (one, other) if a <= b else (other, one)
    return (
        a == b
        or (grows(one.kind) and below(later, earlier) and abs(a - b) <= STANDING)
        or (_settled(one) and _settled(other))
    )


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
    a, b = place_key(one), place_key(other)
    if a and b and a != b and not (_large(one) and _large(other)):
        return False
    if _settled(one) != _settled(other):
        return False
    if things(one.kind) and (noun(one) is None or noun(one) != noun(other)):
        return False
    return one.counted_country == other.counted_country or None in (one.counted_country, other.counted_country)


def _large(row: Entry) -> bool:
    return row.place_precision is not None and row.place_precision >= 4


def _rank(row: Entry) -> tuple[str, bool, str, int]:
    return said(row) or "", not superseded(row), row.report, row.start


def _falls(before: Entry, after: Entry) -> bool:
    """Whether the total falls from the first to the second: on a later day, or called older by its own report."""
    if not below(after, before) or not _comparable(before, after) or superseded(after):
        return False
    if _width(before, after) > STEEP:
        return False
    return (said(before) or "") < (said(after) or "") or (before.report == after.report and superseded(before))


def _parts(case: Case) -> Iterator[tuple[Entry, Entry]]:
    """Every part with its whole: the one it names, else the one it is told with."""
    by_figure = {row.figure: row for row in case.rows}
    reports: dict[str, list[Entry]] = defaultdict(list)
    for row in case.rows:
        reports[row.report].append(row)
    for row in case.rows:
        if row.mode != "part":
            continue
        total = by_figure.get(row.part_of or "") or _whole_of(row, reports[row.report])
        if total is not None:
            yield row, total


def _whole_of(part: Entry, rows: Iterable[Entry]) -> Entry | None:
    """The whole a part is told with: in its sentence, else the last before it by the same source."""
    totals = [
        row
        for row in rows
        if row.mode == "total" and row.stance == part.stance and not narrow(row) and (row.low or row.high)
    ]
    near = [row for row in totals if row.sentence == part.sentence]
    before = [row for row in near or totals if row.start < part.start and row.chain[-1:] == part.chain[-1:]]
    return before[-1] if before else near[0] if near else None


def _exhaustive(sentence: str) -> bool:
    folded = f" {fold(sentence)} "
    return any(f" {word} " in folded or f" {word}," in folded for word in listed("exhaustive"))
