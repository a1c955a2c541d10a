"""Scales: when one question holds two tolls, of an incident and of the war around it.

One origin that keeps giving two numbers far apart on the same days ("471 in the hospital", "3,478 in all") counts
two things. The figures are parted where the gap between their numbers is widest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..records import Entry
from .counted import partial
from .naming import groups
from .saying import said, superseded

FAR = 2
"""How many times the lower number the higher one is, at least: tolls seldom double while the old one is told."""
REPORTS = 2
"""Reports in which the origin gives either, at least."""
FEWEST = 2 * REPORTS
"""Whole figures a question must hold to be looked at."""


def by_scale(rows: Sequence[Entry]) -> list[list[Entry]]:
    """The figures, parted by the size of the toll they belong to; mostly all in one."""
    firm = [row for row in rows if row.chain and _firm(row)]
    if len(firm) < FEWEST:
        return [list(rows)]
    cuts = sorted(_cuts(firm))
    if not cuts:
        return [list(rows)]
    values = sorted({_value(row) for row in rows if _firm(row)})
    low, high = cuts[0]
    limit = max(pairwise([v for v in values if low <= v <= high]), key=lambda pair: pair[1] / pair[0])[1]
    below, above = _parted(rows, limit)
    return [part for part in (below, *by_scale(above)) if part] if below and above else [list(rows)]


def _cuts(firm: Sequence[Entry]) -> Iterator[tuple[int, int]]:
    """Pairs of neighbouring numbers of one origin between which two tolls part."""
    names = groups(row.chain[-1] for row in firm)
    spoken: dict[str, list[Entry]] = defaultdict(list)
    for row in firm:
        spoken[names[row.chain[-1]]].append(row)
    for told in spoken.values():
        told.sort(key=_value)
        for at, (one, other) in enumerate(pairwise(told), 1):
            if _value(other) >= FAR * _value(one) and _apart(told[:at], told[at:]):
                yield _value(one), _value(other)


def _apart(low: Sequence[Entry], high: Sequence[Entry]) -> bool:
    """Whether the lower numbers are still told when the higher ones are, so that they are no growth: in several
    reports, or beside a higher one in the same report."""
    first = min((said(row) or "9" for row in high), default="9")
    standing = {row.report for row in low if (said(row) or "") >= first}
    told = {row.report for row in high}
    return len(told) >= REPORTS and (len(standing) >= REPORTS or not standing.isdisjoint(told))


def _parted(rows: Sequence[Entry], limit: int) -> tuple[list[Entry], list[Entry]]:
    """Figures below and from the limit on; a part goes with the whole it is told with, a vague number with most."""
    large = {row.figure for row in rows if _firm(row) and _value(row) >= limit}
    told = {(row.report, row.sentence) for row in rows if row.figure in large}
    small = {(row.report, row.sentence) for row in rows if _firm(row) and row.figure not in large}
    many = 2 * len(large) > sum(map(_firm, rows))
    below: list[Entry] = []
    above: list[Entry] = []
    for row in rows:
        here = (row.report, row.sentence)
        whole = row.part_of in large or (not _firm(row) and here in told and here not in small)
        up = many if _vague(row) and here not in small else whole or _value(row) >= limit
        (above if row.figure in large or up else below).append(row)
    return below, above


def _vague(row: Entry) -> bool:
    """Whether a whole toll tells no size: "dozens", "100 to 300", "fewer than 100"."""
    return row.mode == "total" and not partial(row) and not _firm(row)


def _firm(row: Entry) -> bool:
    return (
        row.mode == "total"
        and not partial(row)
        and not superseded(row)
        and row.stance == "asserted"
        and _value(row) > 0
        and row.low is not None
        and row.high in (row.low, None)
    )


def _value(row: Entry) -> int:
    return row.low if row.low is not None else row.high or 0
