"""Two numbers told together, in two reports of one story: the other way round, or with another body as their source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from ..kinds import kinds
from ..reconcile.counted import narrow
from ..reconcile.days import day
from ..reconcile.naming import parse
from ..reconcile.saying import said, superseded
from ..records import Discrepancy, Entry
from .case import Asked, discrepancy, quote, speaker, spoken, value
from .relay import body, rivals, swap

Pair = tuple[Entry, Entry]
"""Two figures told together, of two kinds of one sum or pool; the kind first in the alphabet first."""
Key = tuple[str, str, int, int]
"""Their kinds, and their numbers in order of size."""

Mark = tuple[int, int | None, bool]
"""Which ways round the pairs of a key are (bits), which body gave the first of them, and whether another did, too."""
UNMARKED: Mark = (0, None, False)

NEAR = 250
"""Code points between two figures told together, at most."""
SMALLEST = 4
"""The smallest number that does not recur by chance; both must be that large."""
MOST = 50
"""Pairs of one key that a pair is compared with, at most."""
STORY = 21
"""Days between the sayings of two reports of one story, at most."""


def marked(held: Mark, way: bool, pair: Pair) -> Mark:
    """The mark of a key after one more pair of it."""
    ways, first, several = held
    name = pair[0].chain[-1] if pair[0].chain else ""
    given = hash(parse(name).telling) if body(name) else None
    several = several or (None not in (first, given) and first != given)
    return ways | 1 << way, given if first is None else first, several


def comparable(held: Mark) -> bool:
    """Whether pairs of one key are told both ways round, or given by two bodies."""
    return held[0] == 3 or held[2]


def pairs(rows: Sequence[Entry]) -> Iterator[tuple[Key, bool, Pair]]:
    """Pairs of a report's figures that can be swapped: their key, which way round they are, and the two."""
    held = [row for row in rows if _summed().get(row.kind) and _firm(row)]
    for one, other in pairwise(row for row in held if not superseded(row)):
        if one.kind == other.kind or value(one) == value(other) or other.start - one.start > NEAR:
            continue
        if not _summed()[one.kind] & _summed()[other.kind]:
            continue
        a, b = sorted((one, other), key=lambda row: row.kind)
        low, high = sorted((value(a), value(b)))
        yield (a.kind, b.kind, low, high), value(a) < value(b), (a, b)


def killed_wounded_swapped(told: Iterable[tuple[bool, Pair]], asked: Asked) -> Iterator[Discrepancy]:
    """Two numbers of one story told both ways round; the way that fewer reports tell is taken for the slip."""
    ways: dict[bool, list[Pair]] = defaultdict(list)
    for way, pair in told:
        ways[way].append(pair)
    if len(ways) < 2:
        return
    rare, common = sorted(ways.values(), key=lambda found: (len({a.report for a, _ in found}), -_first(found)))
    done: set[str] = set()
    for wrong in rare:
        right = next((pair for pair in common if _one_story(wrong[0], pair[0])), None)
        if right is None or wrong[0].report in done:
            continue
        done.add(wrong[0].report)
        (a, b), (c, d) = wrong, right
        yield discrepancy(
            "killed-wounded-swapped",
            3,
            f"{a.report_name} has {spoken(a)} {_kind(a)} and {spoken(b)} {_kind(b)}, {c.report_name} the other way "
            f"round ({speaker(a)} and {speaker(c)}); one of them swaps the two: {quote(a)} against {quote(c)}.",
            (a, b, c, d),
            asked.get(c.figure),
            abs(value(a) - value(b)),
        )


def pair_reattributed(told: Iterable[tuple[bool, Pair]], asked: Asked) -> Iterator[Discrepancy]:
    """Two numbers of one statement that reports credit to two different bodies; each report's slip once."""
    done: set[str] = set()
    held = sorted((pair for _, pair in told), key=lambda pair: (said(pair[0]) or "", pair[0].figure))
    for number, (a, b) in enumerate(held):
        for c, d in held[:number][:MOST]:
            if a.report not in done and _one_story(a, c) and rivals(a, c) and rivals(b, d):
                done.add(a.report)
                yield swap([(c, a), (d, b)], asked.get(c.figure), 2)


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


def _one_story(one: Entry, other: Entry) -> bool:
    a, b = day(said(one)), day(said(other))
    near = a is not None and b is not None and abs(a - b) <= STORY
    alike = one.place_country == other.place_country or None in (one.place_country, other.place_country)
    return near and alike and one.report != other.report


def _first(found: Sequence[Pair]) -> int:
    return min((day(said(a)) or 0 for a, _ in found), default=0)


def _kind(row: Entry) -> str:
    return row.kind.removeprefix("other:").replace("-", " ")
