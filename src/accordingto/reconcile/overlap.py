"""Near copies: reports that carry one text.

Every run of five words is hashed; runs that several reports share are found by sorting, not by comparing
all pairs, and each run links a report only to its nearest neighbours in time, so that a dispatch printed
by a thousand papers costs a thousand links and not a million.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ..records import Report
from .days import day

RUN = 5
"""Words in a run (a shingle)."""
WINDOW = 4
"""Days between the publications of two copies, at most."""
SHARE = 0.25
"""Share of the shorter report's runs that two copies have in common, at least."""
FEWEST = 12
"""Runs two copies have in common, at least: shorter agreements are formulas ("did not immediately respond to")."""
NEIGHBOURS = 5
"""Reports, next in time, a run links a report to."""
NEVER = 10_000_000
"""Stands for the day of a report without a date; far from every day."""

_WORD = re.compile(r"[^\W_]+")
_PRIMES = np.array([1, 1_000_003, 998_244_353, 1_000_000_007, 4_294_967_291], dtype=np.uint64)
Hashes = NDArray[np.uint64]


def copies(reports: Iterable[Report]) -> dict[str, str]:
    """Group of every report that has a near copy, named by the group's smallest report id. Texts are not kept."""
    rows = sorted(((day(r.published) or NEVER, r.id), _runs(r.text)) for r in reports)
    groups = list(range(len(rows)))
    for one, other in _pairs([key[0] for key, _ in rows], [runs for _, runs in rows]):
        _join(groups, one, other)
    members: dict[int, list[str]] = {}
    for number, ((_, report), _) in enumerate(rows):
        members.setdefault(_root(groups, number), []).append(report)
    return {report: min(group) for group in members.values() if len(group) > 1 for report in group}


def _runs(text: str) -> Hashes:
    """Distinct hashes of the runs of words of a text (uint64)."""
    words = np.array(
        [crc32(word.encode("utf-8", "surrogatepass")) for word in _WORD.findall(text.lower())], dtype=np.uint64
    )
    if len(words) < RUN:
        return np.empty(0, dtype=np.uint64)
    count = len(words) - RUN + 1
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(RUN):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + words[place : place + count] * _PRIMES[place]
    return np.unique(mixed)


def _pairs(dates: list[int], runs: list[Hashes]) -> list[tuple[int, int]]:
    """Pairs of reports (numbers, in order of publication) that share enough."""
    if len(runs) < 2:
        return []
    sizes = np.array([len(r) for r in runs])
    hashes, owners = np.concatenate(runs), np.repeat(np.arange(len(runs)), sizes)
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    near = _shared(hashes, owners, np.array(dates))
    if not len(near):
        return []
    keys, counts = np.unique(near, return_counts=True)
    first, second = keys // len(runs), keys % len(runs)
    enough = (counts >= FEWEST) & (counts >= SHARE * np.minimum(sizes[first], sizes[second]))
    return list(zip(first[enough].tolist(), second[enough].tolist(), strict=True))


def _shared(hashes: Hashes, owners: NDArray[Any], dates: NDArray[Any]) -> NDArray[Any]:
    """One number (first · reports + second) for every run that two neighbours in time share."""
    found = []
    for step in range(1, NEIGHBOURS + 1):
        same = np.flatnonzero(hashes[step:] == hashes[:-step])
        first, second = owners[same], owners[same + step]
        close = dates[second] - dates[first] <= WINDOW
        found.append(first[close] * len(dates) + second[close])
    return np.concatenate(found)


def _root(groups: list[int], number: int) -> int:
    while groups[number] != number:
        groups[number] = groups[groups[number]]
        number = groups[number]
    return number


def _join(groups: list[int], one: int, other: int) -> None:
    a, b = _root(groups, one), _root(groups, other)
    groups[max(a, b)] = min(a, b)
