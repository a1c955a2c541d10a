"""Two numbers told together, in two reports of one story: the other way round, or with another body as their source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from ..kinds import kinds
from ..reconcile.counted import narrow
from ..reconcile.days import day
from ..reconcile.naming import parse
from ..reconcile.saying import said, superseded
from ..records import Discrepancy, Entry
from .case import Asked, discrepancy, quote, speaker, spoken, value
from .relay import body, rivals, swap

Two = tuple[Entry, Entry]
"""Two figures told together, of two kinds of one sum or pool; the kind first in the alphabet first."""


class Pair(NamedTuple):
    """What is noted of two figures told together to compare them over the whole ledger: which way round they are, and
    the body that gave the first of them (its telling words), if any."""

    figures: tuple[str, str]
    report: str
    said: str | None
    country: str | None
    way: bool
    body: str


NEAR = 250
"""Code points between two figures told together, at most."""
SMALLEST = 4
"""The smallest number that does not recur by chance; both must be that large."""
MOST = 50
"""Pairs of one key that a pair is compared with, at most."""
STORY = 21
"""Days between the sayings of two reports of one story, at most."""


def comparable(told: Iterable[Pair]) -> bool:
    """Whether pairs of one key are told both ways round, or given by two bodies."""
    return len({one.way for one in told}) > 1 or len({one.body for one in told} - {""}) > 1


def pairs(rows: Sequence[Entry]) -> Iterator[tuple[str, Pair]]:
    """Pairs of a report's figures that can be swapped, each with its key: their kinds, and their numbers by size."""
    held = [row for row in rows if _summed().get(row.kind) and _firm(row)]
    if len({row.kind for row in held}) > 1:
        held = [row for row in held if not superseded(row)]
    for one, other in pairwise(held):
        if one.kind == other.kind or value(one) == value(other) or other.start - one.start > NEAR:
            continue
        if not _summed()[one.kind] & _summed()[other.kind]:
            continue
        a, b = sorted((one, other), key=lambda row: row.kind)
        low, high = sorted((value(a), value(b)))
        given = _given(a.chain[-1]) if a.chain else ""
        yield (
            f"{a.kind}|{b.kind}|{low}|{high}",
            Pair((a.figure, b.figure), a.report, said(a), a.place_country, value(a) < value(b), given),
        )


def swapped(told: Iterable[Pair]) -> Iterator[tuple[Pair, Pair]]:
    """Two numbers of one story told both ways round; the way that fewer reports tell, the likely slip, comes first.

    Each report's slip is told once.
    """
    ways: dict[bool, list[Pair]] = defaultdict(list)
    for pair in sorted(told, key=lambda pair: pair.report):
        ways[pair.way].append(pair)
    if len(ways) < 2:
        return
    rare, common = sorted(ways.values(), key=lambda found: (len({pair.report for pair in found}), -_first(found)))
    near: dict[int, list[tuple[int, Pair]]] = defaultdict(list)
    for number, pair in enumerate(common):
        near[(day(pair.said) or 0) // STORY].append((number, pair))
    done: set[str] = set()
    for wrong in rare:
        if wrong.report in done:
            continue
        at = (day(wrong.said) or 0) // STORY
        beside = (one for days in (at - 1, at, at + 1) for one in near.get(days, ()))
        right = min(((number, pair) for number, pair in beside if _one_story(wrong, pair)), default=None)
        if right is not None:
            done.add(wrong.report)
            yield wrong, right[1]


def killed_wounded_swapped(wrong: Two, right: Two, asked: Asked) -> Discrepancy:
    """Two numbers of one story told both ways round."""
    (a, b), (c, d) = wrong, right
    return discrepancy(
        "killed-wounded-swapped",
        3,
        f"{a.report_name} has {spoken(a)} {_kind(a)} and {spoken(b)} {_kind(b)}, {c.report_name} the other way "
        f"round ({speaker(a)} and {speaker(c)}); one of them swaps the two: {quote(a)} against {quote(c)}.",
        (a, b, c, d),
        asked(c.figure),
        abs(value(a) - value(b)),
    )


def credited(told: Iterable[Pair]) -> Iterator[tuple[Pair, Pair]]:
    """Two numbers of one story, each time of one body, the later pair first: the bodies may be two."""
    held = sorted(told, key=lambda pair: (pair.said or "", pair.figures))
    for number, later in enumerate(held):
        for earlier in held[:number][:MOST] if later.body else ():
            if earlier.body and earlier.body != later.body and _one_story(later, earlier):
                yield later, earlier


def pair_reattributed(later: Two, earlier: Two, asked: Asked) -> Discrepancy | None:
    """Two numbers of one statement that reports credit to two different bodies."""
    (a, b), (c, d) = later, earlier
    return swap([(c, a), (d, b)], asked(c.figure), 2) if rivals(a, c) and rivals(b, d) else None


@lru_cache(maxsize=65536)
def _given(name: str) -> str:
    """The telling words of a body, nothing for anybody else."""
    return " ".join(sorted(parse(name).telling)) if body(name) else ""


@cache
def _summed() -> dict[str, set[str]]:
    """Kinds that one sum adds up or that come out of one pool, each with those sums and pools."""
    found: dict[str, set[str]] = defaultdict(set)
    for kind in kinds().values():
        found[kind.name].update(kind.out_of)
        for part in kind.sum_of:
            found[part].add(kind.name)
    return found


def _firm(row: Entry) -> bool:
    """Whether a figure is one asserted number of all the people; "300 more" beside the dead are all the wounded."""
    asserted = row.stance in ("asserted", "possible") and row.mode == "total" and not narrow(row)
    return asserted and row.low == row.high and value(row) >= SMALLEST


def _one_story(one: Pair, other: Pair) -> bool:
    a, b = day(one.said), day(other.said)
    near = a is not None and b is not None and abs(a - b) <= STORY
    alike = one.country == other.country or None in (one.country, other.country)
    return near and alike and one.report != other.report


def _first(found: Sequence[Pair]) -> int:
    return min((day(pair.said) or 0 for pair in found), default=0)


def _kind(row: Entry) -> str:
    return row.kind.removeprefix("other:").replace("-", " ")
