"""Names of people at risk, in the ledger's tables: looked for once in each report, again when the rules change.

`Names` is how a ledger asks for them. They are found while a report is read, and come in with it. In reports of older
ledgers they are looked for when names are first wanted; where the ledger may not be written, each time. Functions take
a connection and belong to its transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection, bindparam, func, select, text

from .. import atrisk
from ..records import Report, Source
from . import rows, schema, statements

if TYPE_CHECKING:
    from .sql import Store

READ = "read"
"""The row of `meta` that counts how often reports came in or were read again; without one, never since it is kept."""
SOME = 200
"""Reports looked through in one transaction."""
BY = "names by"
"""The row of `meta` that tells by which rules names were found."""
_R, _N, _U = schema.reports.c, schema.names.c, schema.unlooked.c
_ROLES = text(
    "SELECT DISTINCT c.report, l.name, l.kind, l.role FROM links l JOIN claims c ON c.id = l.claim"
    " WHERE l.role IS NOT NULL AND c.report IN :some ORDER BY c.report, l.name"
).bindparams(bindparam("some", expanding=True))
"""Sources whose role is told."""


def keep(connection: Connection, fresh: Sequence[rows.Rows]) -> None:
    """The names found in reports that came in."""
    anew(connection)
    found = [row for item in fresh for row in item.names or ()]
    statements.put(connection, schema.names, found)
    waiting = [{"report": item.report["id"]} for item in fresh if item.names is None]
    statements.put(connection, schema.unlooked, waiting)


def anew(connection: Connection) -> None:
    """Forget names that were found by other rules: in all reports here they are to be looked for again."""
    if stale(connection):
        for statement in ("DELETE FROM names", "INSERT OR IGNORE INTO unlooked SELECT id FROM reports"):
            connection.exec_driver_sql(statement)
        statements.set_to(connection, BY, atrisk.rules())


def stale(connection: Connection) -> bool:
    return statements.setting(connection, BY) != atrisk.rules()


def waiting(connection: Connection) -> int:
    """In how many reports names have still to be looked for."""
    table = schema.reports if stale(connection) else schema.unlooked
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def look(connection: Connection) -> int:
    """Look for names in some reports that wait; in how many."""
    anew(connection)
    some = list(connection.execute(select(_U.report).limit(SOME)).scalars())
    found = [row for report, sources in _with_sources(connection, some) for row in rows.at_risk(report, sources)]
    statements.put(connection, schema.names, found)
    connection.execute(schema.unlooked.delete().where(_U.report.in_(some)))
    return len(some)


def found(connection: Connection) -> Iterator[tuple[str, atrisk.Words, str]]:
    """(report, words of a name in small letters, what puts its bearer at risk), in the order of reports."""
    other = stale(connection)
    query = select(_N.report, _N.name, _N.people).join(schema.reports).order_by(_R.published, _R.name, _R.id, _N.name)
    told = [] if other else [(row[0], tuple(row[1].split()), row[2]) for row in connection.execute(query)]
    unlooked = select(_R.id if other else _U.report)
    for some in statements.pieces(connection.execute(unlooked).scalars()):
        for report, sources in _with_sources(connection, some):
            told += [(report.id, name, people) for name, people in atrisk.named(report, sources).items()]
    yield from told


def _with_sources(connection: Connection, some: Sequence[str]) -> Iterator[tuple[Report, Sequence[Source]]]:
    """These reports with the sources in them whose role is told."""
    roles: dict[str, list[Source]] = {}
    for report, *told in connection.execute(_ROLES, {"some": some}):
        roles.setdefault(report, []).append(Source(*told))
    for row in connection.execute(select(*(_R[name] for name in rows.REPORT)).where(_R.id.in_(some))):
        report = statements.to_report(row)
        yield report, roles.get(report.id, ())


class Names:
    """The names of people at risk in one open ledger."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def waiting(self) -> int:
        """In how many reports they have still to be looked for."""
        with self._store.reading() as connection:
            return waiting(connection)

    def look(self) -> None:
        """Look for them where that was not done, and keep them where the ledger may be written."""
        while self._store.writable and self.waiting():
            with self._store.writing() as connection:
                look(connection)

    def found(self) -> list[tuple[str, atrisk.Words, str]]:
        """(report, words of a name in small letters, what puts its bearer at risk), in the order of reports."""
        with self._store.reading() as connection:
            return list(found(connection))

    def text(self, report: str) -> str | None:
        """The text of a report."""
        with self._store.reading() as connection:
            return connection.execute(select(_R.text).where(_R.id == report)).scalar()

    def texts(self, match: str) -> list[tuple[str, str]]:
        """(report, its text) of the reports with claims that match an FTS5 expression."""
        query = text(
            "SELECT r.id, r.text FROM reports r WHERE r.id IN (SELECT c.report FROM claim_words w"
            " JOIN claims c ON c.number = w.rowid WHERE claim_words MATCH :match)"
        )
        with self._store.reading() as connection:
            return [(row[0], row[1]) for row in connection.execute(query, {"match": match})]

    def mark(self) -> tuple[int | str | None, ...]:
        """What changes when reports came in, were read again, or somebody decided on a name."""
        file = self._store.path.stat()
        with self._store.reading() as connection:
            last = connection.execute(select(func.max(schema.audit.c.number))).scalar()
            return file.st_dev, file.st_ino, statements.setting(connection, READ), last
