"""Stocks and flows: what one report tells of one body of people or things, as linear constraints that must all hold.

The kinds say what adds up: casualties are the killed and the wounded (`sum_of`); the killed, the captured and those
who went home come out of those deployed (`out_of`) and cannot be more; a total before and what was added make the
total after.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from math import inf

from ..kinds import kinds
from ..reconcile.counted import narrow, noun, things
from ..reconcile.days import days
from ..reconcile.saying import said, superseded
from ..reconcile.units import place_key
from ..records import Discrepancy, Entry
from .case import Told, bounds, discrepancy, quote, speaker, spoken, value
from .solver import Range, Sum, smallest

NEAR = 600
"""Code points between figures of one balance, at most."""
MILITARY = "MIL"
"""The sector of soldiers (PLOVER)."""
BEFORE, ADDED, AFTER = "before", "added", "after"


def does_not_balance(told: Told) -> Iterator[Discrepancy]:
    """Figures of one report that cannot all be true together, as few of them as do not fit: more killed, captured and
    gone home than were sent; casualties that are not the killed and wounded; a rise that does not lead from the old
    total to the new.
    """
    kinds_told = {row.kind for row in told.rows}
    if not any(row.mode == "added" for row in told.rows) and not any(
        one.whole in kinds_told and not kinds_told.isdisjoint(one.parts) for one in _sums()
    ):
        return
    done: set[frozenset[str]] = set()
    for whole in told.rows:
        for claims, sums in (_about(whole, told.rows), _risen(whole, told.rows)):
            if len(claims) < 2 or not sums:
                continue
            names = smallest({name: _hull(rows) for name, rows in claims.items()}, sums)
            rows = [_witness(name, claims, sums) for name in names]
            figures = frozenset(row.figure for row in rows)
            if len(figures) > 1 and figures not in done and not any(figures <= other for other in done):
                done.add(figures)
                yield _discrepancy(sorted(rows, key=lambda row: row.start), told)


def _about(whole: Entry, rows: Sequence[Entry]) -> tuple[dict[str, list[Entry]], list[Sum]]:
    """What a report tells of the people or things that a sum or a pool counts, by kind, and how the kinds add up."""
    if whole.kind not in _wholes() or not _counts(whole) or narrow(whole) or whole.mode != "total":
        return {}, []
    if any(row.kind == whole.kind and row.mode == "added" for row in rows):
        return {}, []
    claims: dict[str, list[Entry]] = {whole.kind: [whole]}
    for row in rows:
        newest = not any(other.kind == row.kind and other.start > row.start for other in rows)
        if row.kind != whole.kind and _counts(row, newest) and _one_body(whole, row) and _all(row, whole):
            claims.setdefault(row.kind, []).append(row)
    sums = [one for one in _sums() if _told(one, claims)]
    kept = [one for one in sums if one.whole == whole.kind]
    for one in sums:
        if one not in kept and any(part in other.parts for other in kept for part in one.parts):
            kept.append(one)
    used = {name for one in kept for name in (one.whole, *one.parts)}
    return {name: found for name, found in claims.items() if name in used}, kept


def _told(one: Sum, claims: Mapping[str, Sequence[Entry]]) -> bool:
    """Whether a report tells enough of a sum: of a pool any part, of a definition all parts, by one source."""
    if one.whole not in claims or not any(part in claims for part in one.parts):
        return False
    if not one.exact:
        return True
    held = [row for name in (one.whole, *one.parts) for row in claims.get(name, ())]
    together = len({speaker(row) for row in held}) == 1 or len({row.sentence for row in held}) == 1
    return together and all(part in claims for part in one.parts)


def _risen(added: Entry, rows: Sequence[Entry]) -> tuple[dict[str, list[Entry]], list[Sum]]:
    """ "raised the toll by 26, to 89 from 63": the totals before and after an increase that its report tells of."""
    if added.mode != "added" or not _counts(added):
        return {}, []
    totals = [row for row in rows if (row.kind, row.mode) == (added.kind, "total") and _counts(row, old=True)]
    alike = [row for row in totals if row.chain[-1:] == added.chain[-1:] and abs(row.start - added.start) < NEAR // 2]
    old = [row for row in alike if superseded(row) and row.sentence == added.sentence]
    new = [row for row in alike if not superseded(row) and row.start < added.end + NEAR // 4]
    if len({(row.low, row.high) for row in old}) != 1 or not new or narrow(new[-1]):
        return {}, []
    return {BEFORE: old[:1], ADDED: [added], AFTER: new[-1:]}, [Sum(AFTER, (BEFORE, ADDED), True)]


@cache
def _sums() -> tuple[Sum, ...]:
    """How kinds add up, as their files say."""
    pools: dict[str, list[str]] = defaultdict(list)
    for kind in kinds().values():
        for pool in kind.out_of:
            pools[pool].append(kind.name)
    exact = [Sum(kind.name, kind.sum_of, True) for kind in kinds().values() if kind.sum_of]
    return (*exact, *(Sum(pool, tuple(sorted(parts)), False) for pool, parts in sorted(pools.items())))


@cache
def _wholes() -> frozenset[str]:
    return frozenset(one.whole for one in _sums())


def _counts(row: Entry, old: bool = False) -> bool:
    """Whether a figure is one to reckon with: asserted, a number, not called older by its own sentence."""
    number = row.low is not None or row.high is not None
    return row.stance == "asserted" and number and value(row) > 0 and (old or not superseded(row))


def _all(row: Entry, whole: Entry) -> bool:
    """Whether a figure counts all of its kind, as far as the whole goes: no part of its own kind, no "children"."""
    return not narrow(row) and (row.mode == "total" or (row.mode == "part" and row.kind != whole.kind))


def _one_body(whole: Entry, row: Entry) -> bool:
    """Whether two figures can be of one body of people or things: told close by, of one day, place, country, noun."""
    if abs(whole.start - row.start) > NEAR or said(whole) != said(row):
        return False
    pairs = ((place_key(whole), place_key(row)), (whole.counted_country, row.counted_country))
    if any(a != b for a, b in pairs if a is not None and b is not None):
        return False
    if not _alike(whole, row):
        return False
    a, b = days(whole.edtf), days(row.edtf)
    return a is None or b is None or ((a.first or 0) <= (b.last or inf) and (b.first or 0) <= (a.last or inf))


def _alike(whole: Entry, row: Entry) -> bool:
    """Whether what is counted can be the same: parts of the whole told after it, one noun, soldiers of one country, or
    nothing said close by, where only people or only things can be meant."""
    if row.mode == "part":
        return 0 <= row.start - whole.start <= NEAR // 2
    if whole.counted_sector == row.counted_sector == MILITARY and whole.counted_country == row.counted_country:
        return True
    if None in (whole.counted, row.counted):
        either = kinds()[whole.kind].counts == "any" or kinds()[row.kind].counts == "any"
        return not either and abs(whole.start - row.start) <= NEAR // 2
    return noun(whole) == noun(row) and (noun(row) is not None or not things(whole.kind))


def _hull(rows: Iterable[Entry]) -> Range:
    """The amounts that any of the figures allows."""
    held = [bounds(row) for row in rows]
    return min(low or 0.0 for low, _ in held), max(inf if high is None else high for _, high in held)


def _witness(name: str, claims: Mapping[str, Sequence[Entry]], sums: Sequence[Sum]) -> Entry:
    """The figure of a kind that comes nearest to fitting: the highest whole, the lowest part."""
    rank = max if any(one.whole == name for one in sums) else min
    return rank(claims[name], key=lambda row: (value(row), row.figure))


def _discrepancy(rows: Sequence[Entry], told: Told) -> Discrepancy:
    counted = ", ".join(
        f"{spoken(row)} {row.kind.removeprefix('other:').replace('-', ' ')} ({speaker(row)})" for row in rows
    )
    quotes = " against ".join(dict.fromkeys(quote(row) for row in rows))
    return discrepancy(
        "does-not-balance",
        2,
        f"{rows[0].report_name} tells of {counted}, which cannot all be true together: {quotes}.",
        rows,
        told.asked(rows[0].figure),
        abs(value(rows[0]) - sum(value(row) for row in rows[1:])),
    )
