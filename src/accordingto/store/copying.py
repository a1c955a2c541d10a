"""Near copies in the ledger's tables: the runs each report is kept under, and the groups it joins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from ..reconcile.overlap import WINDOW, dated, joining, runs
from .statements import cursor

if TYPE_CHECKING:
    from ..reconcile.overlap import Hashes

MOST = 64
"""Reports of the most runs in common that one is compared with, at most."""
_SHARED = """SELECT r.report, count(*), coalesce(c.original, r.report) FROM report_runs o
    JOIN report_runs r ON r.run = o.run AND r.day BETWEEN o.day - ?2 AND o.day + ?2 AND r.report <> o.report
    LEFT JOIN copies c ON c.report = r.report
    WHERE o.report = ?1 GROUP BY r.report ORDER BY count(*) DESC, r.report LIMIT ?3"""


def keep(connection: Connection, reports: Iterable[tuple[str, str | None, Sequence[int]]]) -> None:
    """The runs of reports: (id, date of publication, runs)."""
    some = [(run, dated(published), report) for report, published, found in reports for run in found]
    cursor(connection).executemany("INSERT OR IGNORE INTO report_runs (run, day, report) VALUES (?, ?, ?)", some)


def drop(connection: Connection, report: str) -> None:
    cursor(connection).execute("DELETE FROM report_runs WHERE report = ?", (report,))


def join(connection: Connection, reports: Iterable[str]) -> None:
    """Find the copies of reports that came in."""
    ask = cursor(connection)
    known: dict[str, Hashes] = {}
    for report in reports:
        found = ask.execute(_SHARED, (report, WINDOW, MOST)).fetchall()
        if not found:
            continue
        shared = {other: count for other, count, _ in found}
        groups = {other: original for other, _, original in found}
        joined = joining(report, shared, groups, partial(_runs, ask, known))
        if len(joined) > 1:
            _write(ask, joined, {groups[one] for one in joined if one in groups})


def _write(ask: Any, joined: set[str], originals: set[str]) -> None:
    for group in originals:
        joined |= {row[0] for row in ask.execute("SELECT report FROM copies WHERE original = ?", (group,)).fetchall()}
    first = min(joined)
    ask.executemany("INSERT OR REPLACE INTO copies (report, original) VALUES (?, ?)", [(one, first) for one in joined])


def _runs(ask: Any, known: dict[str, Hashes], report: str) -> Hashes:
    """The runs of a report's text, of the last few kept."""
    if report not in known:
        if len(known) > 500:
            known.clear()
        known[report] = runs(ask.execute("SELECT text FROM reports WHERE id = ?", (report,)).fetchone()[0])
    return known[report]
