"""The schema's versions, each a step from the one before.

A new ledger is made by running every step; an older one by running those it lacks. All run in one
transaction, so a ledger is at one version or at another, never between. A step once released is never
edited: add another one, and only with statements that keep what people decided and what reports said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from . import anchoring, laying, names, schema, statements

COUNTERS = {"changed": "0", "settled": "0"}


@dataclass(frozen=True)
class Step:
    """From version `version - 1` to `version`."""

    version: int
    what: str
    run: Callable[[Connection], None]


def _first(connection: Connection) -> None:
    schema.metadata.create_all(connection, checkfirst=False)
    connection.exec_driver_sql(schema.SEARCH)
    for name, body in schema.VIEWS.items():
        connection.exec_driver_sql(f"CREATE VIEW {name} AS {body}")
    for name, body in schema.TRIGGERS.items():
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {body}")
    rows = [{"name": name, "value": value} for name, value in {"made": schema.now(), **COUNTERS}.items()]
    connection.execute(insert(schema.meta), rows)


def _learned(connection: Connection) -> None:
    """Reports of older ledgers count as learned now: no later, and nobody can say how much earlier."""
    held = {row[1] for row in connection.exec_driver_sql("PRAGMA table_info(reports)")}
    if "learned" not in held:
        connection.exec_driver_sql("ALTER TABLE reports ADD COLUMN learned TEXT")
        connection.execute(update(schema.reports).values(learned=schema.now()))
    schema.metadata.create_all(connection)
    for index in schema.reports.indexes:
        index.create(connection, checkfirst=True)
    for statement in schema.ASKING:
        connection.exec_driver_sql(statement)
    statements.describe(connection)


def _laid(connection: Connection) -> None:
    """Figures say whether their own sentence tells time and place; every report is laid beside the others anew."""
    for table, column in (("figures", "time_said"), ("figures", "place_said"), ("questions", "event")):
        held = {row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")}
        if column not in held:
            connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER")
    schema.metadata.create_all(connection)
    for index in (*schema.questions.indexes, *schema.copies.indexes):
        index.create(connection, checkfirst=True)
    connection.exec_driver_sql("DROP VIEW verdicts")
    connection.exec_driver_sql(f"CREATE VIEW verdicts AS {schema.VIEWS['verdicts']}")
    connection.execute(delete(schema.questions))
    statements.set_to(connection, "laid by", laying.RULES)
    connection.exec_driver_sql("INSERT OR IGNORE INTO unsettled SELECT 'report', id FROM reports")
    connection.execute(update(schema.meta).where(schema.meta.c.name == "settled").values(value="-1"))


def _decided(connection: Connection) -> None:
    """Verdicts can be withdrawn, carried over and given blind; every figure has its place in the queue."""
    held = {row[1] for row in connection.exec_driver_sql("PRAGMA table_info(reviews)")}
    for column, kind in (("refers", "INTEGER"), ("sample", "TEXT")):
        if column not in held:
            connection.exec_driver_sql(f"ALTER TABLE reviews ADD COLUMN {column} {kind}")
    schema.metadata.create_all(connection)
    for index in schema.reviews.indexes:
        index.create(connection, checkfirst=True)
    for name, body in schema.AUDITED.items():
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {body}")
    connection.exec_driver_sql("DROP VIEW verdicts")
    connection.exec_driver_sql(f"CREATE VIEW verdicts AS {schema.VIEWS['verdicts']}")
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO unweighed SELECT DISTINCT event FROM tellings WHERE event NOTNULL"
    )
    anchoring.keep(connection, connection.execute(select(schema.reviews.c.record).distinct()).scalars())


def _named(connection: Connection) -> None:
    """Names of people at risk are kept; in the reports that are here they have still to be looked for."""
    schema.metadata.create_all(connection)
    names.anew(connection)


STEPS: tuple[Step, ...] = (
    Step(1, "the first schema", _first),
    Step(2, "when the ledger learned of a report, and the words a question is found by", _learned),
    Step(3, "tellings, and what has still to be laid beside the others", _laid),
    Step(4, "verdicts withdrawn, carried over and given blind; the queue; the audit log", _decided),
    Step(5, "names of people at risk, found once in each report", _named),
)


def newest(steps: Sequence[Step] | None = None) -> int:
    """The schema version this program writes."""
    return (steps or STEPS)[-1].version


def migrate(connection: Connection, version: int) -> int:
    """Run the steps after `version` (0: an empty file) inside the connection's transaction; the new version."""
    for step in STEPS:
        if step.version > version:
            step.run(connection)
    return newest()
