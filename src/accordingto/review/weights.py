"""What a decision on a figure weighs: whether an answer would move without it.

Only what an origin stands by can move an answer. Its figure is taken away as if the origin had stopped at what it said
before; where it said nothing before, as if it had never spoken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from ..reconcile import rules, standing
from ..records import Entry, Stand

BEST, BOUND, ONLY, NOTHING = 3, 2, 1, 0
"""What a figure moves: best, low or high alone, an answer that has no other figure, nothing."""
RULE = "latest"


class Weight(NamedTuple):
    """A figure's place in the queue: larger comes first."""

    moves: int
    doubts: int
    size: int
    figure: str


Bounds = tuple[int | None, int | None, int | None]


def moves(entries: Iterable[Entry], copies: Mapping[str, str], rule: str = RULE) -> dict[str, int]:
    """What each figure of one question moves; those not named move nothing."""
    rows = {entry.figure: entry for entry in entries}
    stands = standing(rows.values(), copies)
    if len(stands) == 1 and len(stands[0].history) == 1:
        return {stands[0].figure: ONLY}
    whole = _bounds(stands, rule)
    found: dict[str, int] = {}
    for at, stand in enumerate(stands):
        without = [*stands[:at], *_before(stand, rows), *stands[at + 1 :]]
        low, best, high = _bounds(without, rule)
        if best != whole[1]:
            found[stand.figure] = BEST
        elif (low, high) != (whole[0], whole[2]):
            found[stand.figure] = BOUND
    return found


def _before(stand: Stand, rows: Mapping[str, Entry]) -> list[Stand]:
    """What an origin stood by before it gave its last figure, if anything."""
    if len(stand.history) < 2:
        return []
    last = rows[stand.history[-2]]
    return [replace(stand, low=last.low, high=last.high, figure=last.figure, history=stand.history[:-1])]


def _bounds(stands: Sequence[Stand], rule: str) -> Bounds:
    lows, highs = [stand.low for stand in stands], [stand.high for stand in stands]
    low = None if None in lows else min((low for low in lows if low is not None), default=None)
    high = None if None in highs else max((high for high in highs if high is not None), default=None)
    return low, rules.best(rule, stands)[0], high
