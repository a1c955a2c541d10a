"""The line of tellings in the ledger's tables: what `reconcile.following` asks of a shelf.

Plain statements on the connection's own cursor: laying one telling asks some twenty small questions.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection

from ..reconcile.profile import Profile
from ..reconcile.tellings import Telling
from .statements import cursor

KEPT = 20_000
"""Tellings kept in memory."""
TAIL, TAILS = 16, 300_000
"""Tellings kept in memory under a key, the last ones, and the most keys kept."""
_BEHIND = " UNION ALL ".join(
    f"SELECT * FROM (SELECT line FROM telling_keys WHERE key = ?{key} AND line > ?4 ORDER BY line LIMIT ?5)"
    for key in (1, 2, 3)
)


class Shelf:
    """Tellings of one ledger, over one transaction after the other (`use`)."""

    def __init__(self) -> None:
        self._kept: dict[int, Telling] = {}
        self._tails: dict[int, list[int]] = {}
        self._cursor: Any = None

    def use(self, connection: Connection) -> Shelf:
        self._cursor = cursor(connection)
        return self

    def put(self, found: Iterable[Telling]) -> None:
        """Their rows stand in `tellings` already."""
        for one in found:
            self._keep(one)
            some = [(key, one.line) for key in one.keys]
            for key in one.keys:
                if (tail := self._tails.get(key)) is not None and one.line not in tail:
                    if len(tail) >= TAIL and one.line < tail[0]:
                        continue
                    insort(tail, one.line)
                    del tail[: max(0, len(tail) - 2 * TAIL)]
            self._cursor.executemany("INSERT OR IGNORE INTO telling_keys (key, line) VALUES (?, ?)", some)

    def take(self, one: Telling) -> None:
        """Take a telling off the shelf, and let who followed it follow nobody for now."""
        self._kept.pop(one.line, None)
        for key in one.keys:
            self._tails.pop(key, None)
        some = [(key, one.line) for key in one.keys]
        self._cursor.executemany("DELETE FROM telling_keys WHERE key = ? AND line = ?", some)
        self._cursor.execute("UPDATE tellings SET leader = NULL WHERE leader = ?", (one.line,))

    def of_report(self, report: str) -> list[Telling]:
        found = self._cursor.execute("SELECT line, report, figures, profile FROM tellings WHERE report = ?", (report,))
        return [_telling(row) for row in found.fetchall()]

    def telling(self, line: int) -> Telling:
        found = self._kept.get(line)
        if found is None:
            query = "SELECT line, report, figures, profile FROM tellings WHERE line = ?"
            found = _telling(self._cursor.execute(query, (line,)).fetchone())
            self._keep(found)
        return found

    def before(self, key: int, line: int, most: int) -> Collection[int]:
        found: list[int] = []
        for beside in (key - 1, key, key + 1):
            tail = self._tail(beside)
            at = bisect_left(tail, line)
            if at < most and len(tail) >= TAIL:
                query = "SELECT line FROM telling_keys WHERE key = ? AND line < ? ORDER BY line DESC LIMIT ?"
                found.extend(row[0] for row in self._cursor.execute(query, (beside, line, most)).fetchall())
            else:
                found.extend(tail[max(0, at - most) : at])
        return sorted(found)[-most:]

    def _tail(self, key: int) -> list[int]:
        """The last under a key: all of them when they are fewer than TAIL."""
        tail = self._tails.get(key)
        if tail is None:
            if len(self._tails) >= TAILS:
                self._tails.clear()
            query = "SELECT line FROM telling_keys WHERE key = ? ORDER BY line DESC LIMIT ?"
            tail = self._tails[key] = [row[0] for row in self._cursor.execute(query, (key, TAIL)).fetchall()][::-1]
        return tail

    def behind(self, key: int, line: int, most: int) -> Collection[int]:
        return [row[0] for row in self._cursor.execute(_BEHIND, (key - 1, key, key + 1, line, most)).fetchall()]

    def last(self) -> int:
        found = self._cursor.execute("SELECT max(line) FROM tellings WHERE event IS NOT NULL").fetchone()[0]
        return -1 if found is None else int(found)

    def leader(self, line: int) -> int | None:
        return self._number("SELECT leader FROM tellings WHERE line = ?", line)

    def follow(self, line: int, leader: int | None) -> None:
        self._cursor.execute("UPDATE tellings SET leader = ? WHERE line = ?", (leader, line))

    def followers(self, line: int) -> Collection[int]:
        return [
            row[0] for row in self._cursor.execute("SELECT line FROM tellings WHERE leader = ?", (line,)).fetchall()
        ]

    def event(self, line: int) -> int | None:
        return self._number("SELECT event FROM tellings WHERE line = ?", line)

    def enter(self, line: int, event: int) -> None:
        self._cursor.execute("UPDATE tellings SET event = ? WHERE line = ?", (event, line))

    def _number(self, query: str, line: int) -> int | None:
        row = self._cursor.execute(query, (line,)).fetchone()
        return None if row is None or row[0] is None else int(row[0])

    def _keep(self, one: Telling) -> None:
        if len(self._kept) >= KEPT:
            for line in list(self._kept)[: KEPT // 4]:
                del self._kept[line]
        self._kept[one.line] = one


def _telling(row: Any) -> Telling:
    line, report, figures, profile = row
    return Telling(line, report, tuple(figures.split()), Profile.unpacked(profile))
