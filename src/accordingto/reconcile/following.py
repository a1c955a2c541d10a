"""Following: a telling follows the one before it in line that it is most like; those that follow one another, directly
or through others, are of one event.

The line goes by day of publication, and is the same whatever came in when. A telling is held against the few that stand
nearest before it under each of its keys (place and day, number, rare word …), so adding one touches the few that stand
nearest behind it, and nobody else. Who follows whom depends on what two tellings say and on their neighbours in line,
never on how the rest of the ledger came to be grouped: the same reports in any order give the same events, and a chain
cannot jump from one event to the next through a vague report, because that report follows only the one it is most like.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from heapq import heapify, heappop, heappush
from typing import Protocol

from .affinity import affinity
from .tellings import Telling

ENOUGH = 2.5
"""Evidence for following, at least."""
NEAREST = 4
"""Tellings nearest in line that one is held against, under each key."""
LOOK = 8
"""Tellings one is held against in all: those that share most keys with it."""


class Shelf(Protocol):
    """Where tellings stand in line under their keys. Numbers are places in line (`Telling.line`)."""

    def put(self, found: Iterable[Telling]) -> None: ...
    def telling(self, line: int) -> Telling: ...
    def before(self, key: int, line: int, most: int) -> Collection[int]:
        """The nearest before `line` under the key and its two neighbours in time."""
        ...

    def behind(self, key: int, line: int, most: int) -> Collection[int]:
        """The nearest behind `line` under each of the three."""
        ...

    def last(self) -> int:
        """The end of the line."""
        ...

    def leader(self, line: int) -> int | None: ...
    def follow(self, line: int, leader: int | None) -> None: ...
    def followers(self, line: int) -> Collection[int]: ...
    def event(self, line: int) -> int | None: ...
    def enter(self, line: int, event: int) -> None: ...


def lay(shelf: Shelf, new: Iterable[Telling], restless: Iterable[int] = ()) -> set[int]:
    """Lay new tellings beside those on the shelf; the events that changed. `restless` ones choose again as well."""
    last, found = shelf.last(), list(new)
    shelf.put(found)
    fresh = {one.line for one in found}
    moving = fresh | set(restless)
    choosing = set(moving)
    for one in found:
        if one.line < last:
            choosing.update(touched(shelf, one))
    moved = []
    for line in sorted(choosing):
        leader = choose(shelf, shelf.telling(line))
        if line in moving or leader != shelf.leader(line):
            shelf.follow(line, leader)
            moved.append(line)
    return _entered(shelf, moved)


def touched(shelf: Shelf, one: Telling) -> set[int]:
    """Those who may choose otherwise when a telling comes or goes: the nearest behind it under its keys."""
    return {line for key in one.keys for line in shelf.behind(key, one.line, NEAREST)}


def choose(shelf: Shelf, one: Telling) -> int | None:
    """Whom a telling follows."""
    votes = Counter(line for key in one.keys for line in shelf.before(key, one.line, NEAREST))
    ranked = sorted(votes, key=lambda line: (-votes[line], line))
    best, chosen, looked = ENOUGH, None, 0
    for line in ranked:
        other = shelf.telling(line)
        if other.report == one.report:
            continue
        score = affinity(one.profile, other.profile)
        if score > best or (score == best and (chosen is None or line < chosen)):
            best, chosen = score, line
        looked += 1
        if looked == LOOK:
            break
    return chosen


def _entered(shelf: Shelf, moved: list[int]) -> set[int]:
    """Write down the event of all that moved and of those behind them; the events left and entered."""
    changed: set[int] = set()
    heapify(moved)
    while moved:
        line = heappop(moved)
        leader, old = shelf.leader(line), shelf.event(line)
        event = line if leader is None else shelf.event(leader)
        assert event is not None, "leaders stand before their followers"
        changed.add(event)
        if event != old:
            shelf.enter(line, event)
            changed.update(() if old is None else (old,))
            for follower in shelf.followers(line):
                heappush(moved, follower)
    return changed


class Line:
    """A shelf in memory."""

    def __init__(self) -> None:
        self._held: dict[int, Telling] = {}
        self._under: dict[int, list[int]] = defaultdict(list)
        self._leader: dict[int, int | None] = {}
        self._followers: dict[int, set[int]] = defaultdict(set)
        self._event: dict[int, int] = {}

    def put(self, found: Iterable[Telling]) -> None:
        for one in found:
            self._held[one.line] = one
            for key in one.keys:
                insort(self._under[key], one.line)

    def telling(self, line: int) -> Telling:
        return self._held[line]

    def before(self, key: int, line: int, most: int) -> Collection[int]:
        found: list[int] = []
        for beside in (key - 1, key, key + 1):
            if under := self._under.get(beside):
                at = bisect_left(under, line)
                found.extend(under[max(0, at - most) : at])
        return sorted(found)[-most:]

    def behind(self, key: int, line: int, most: int) -> Collection[int]:
        found: list[int] = []
        for beside in (key - 1, key, key + 1):
            if under := self._under.get(beside):
                at = bisect_right(under, line)
                found.extend(under[at : at + most])
        return found

    def last(self) -> int:
        return max(self._held, default=-1)

    def leader(self, line: int) -> int | None:
        return self._leader.get(line)

    def follow(self, line: int, leader: int | None) -> None:
        old = self._leader.get(line)
        if old is not None:
            self._followers[old].discard(line)
        self._leader[line] = leader
        if leader is not None:
            self._followers[leader].add(line)

    def followers(self, line: int) -> Collection[int]:
        return self._followers.get(line, ())

    def event(self, line: int) -> int | None:
        return self._event.get(line)

    def enter(self, line: int, event: int) -> None:
        self._event[line] = event


def events(found: Iterable[Telling]) -> list[list[Telling]]:
    """The tellings of all reports by event, each event in line."""
    line = Line()
    held = list(found)
    lay(line, held)
    gathered: dict[int | None, list[Telling]] = defaultdict(list)
    for one in sorted(held, key=lambda one: one.line):
        gathered[line.event(one.line)].append(one)
    return list(gathered.values())
