"""Near copies: reports that carry one text.

Every run of five words is hashed. A report is kept under some of its runs, and held only against those of about its
days that are kept under the same ones: no pair is compared that has nothing in common, and of a dispatch printed by a
thousand papers a new print is compared with a few.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias
from zlib import crc32

from ..records import Report
from .days import day

if TYPE_CHECKING:  # numpy takes longer to load than a question to answer: only what compares texts loads it
    import numpy as np
    from numpy.typing import NDArray

    Hashes: TypeAlias = NDArray[np.uint64]

RUN = 5
"""Words in a run (a shingle)."""
WINDOW = 4
"""Days between the publications of two copies, at most."""
SHARE = 0.25
"""Share of the shorter report's runs that two copies have in common, at least."""
FEWEST = 12
"""Runs two copies have in common, at least: shorter agreements are formulas ("did not immediately respond to")."""
TRIES = 3
"""Reports of one group a text is compared with, at most."""
EVERY = 8
"""One in so many runs is kept to find copies by; all are compared before two reports count as copies."""
NEVER = 10_000_000
"""Stands for the day of a report without a date; far from every day."""

_WORD = re.compile(r"[^\W_]+")
_PRIMES = (1, 1_000_003, 998_244_353, 1_000_000_007, 4_294_967_291)


def copies(reports: Iterable[Report]) -> dict[str, str]:
    """Group of every report that has a near copy, named by the group's smallest report id."""
    groups: dict[str, str] = {}
    held: dict[str, Hashes] = {}
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for report in sorted(reports, key=lambda r: (dated(r.published), r.id)):
        at, ident = dated(report.published), report.id
        held[ident] = runs(report.text)
        shared = Counter(other for run in sampled(report.text) for told, other in found[run] if at - told <= WINDOW)
        joined = joining(ident, shared, groups, held.__getitem__)
        groups |= {one: min(joined) for one in joined if len(joined) > 1}
        for run in sampled(report.text):
            found[run].append((at, ident))
    return groups


def joining(
    report: str, shared: Mapping[str, int], groups: Mapping[str, str], text: Callable[[str], Hashes]
) -> set[str]:
    """The report and all members of the groups it joins; `shared` counts the kept runs it has in common with others.

    One copy in a group is enough, so that a dispatch printed by a thousand papers is compared with one of them.
    """
    own, joined, tried = text(report), {report}, Counter[str]()
    members: dict[str, list[str]] = defaultdict(list)
    for one, group in groups.items():
        members[group].append(one)
    for other in sorted(shared, key=lambda one: (-shared[one], one)):
        if other not in joined and tried[groups.get(other, other)] < TRIES:
            tried[groups.get(other, other)] += 1
            if alike(own, text(other)):
                joined |= {other, *members.get(groups.get(other, ""), ())}
    return joined


def alike(one: Hashes, other: Hashes) -> bool:
    """Whether two texts have enough runs in common."""
    import numpy as np

    common = len(np.intersect1d(one, other, assume_unique=True))
    return common >= FEWEST and common >= SHARE * min(len(one), len(other))


def dated(published: str | None) -> int:
    """The day of a report, however it is dated."""
    return day(published) or NEVER


def sampled(text: str) -> list[int]:
    """The runs a report is kept under."""
    import numpy as np

    found = runs(text)
    return [int(run >> np.uint64(1)) for run in found[found % np.uint64(EVERY) == 0]]


def runs(text: str) -> Hashes:
    """Distinct hashes of the runs of words of a text (uint64)."""
    import numpy as np

    words = np.array(
        [crc32(word.encode("utf-8", "surrogatepass")) for word in _WORD.findall(text.lower())], dtype=np.uint64
    )
    if len(words) < RUN:
        return np.empty(0, dtype=np.uint64)
    count = len(words) - RUN + 1
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(RUN):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + words[place : place + count] * np.uint64(_PRIMES[place])
    return np.unique(mixed)
