"""The schema's versions, each a step from the one before.

A new ledger is made by running every step; an older one by running those it lacks. All run in one
transaction, so a ledger is at one version or at another, never between. A step once released is never
edited: add another one, and only with statements that keep what people decided and what reports said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, insert

from . import schema

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
    made = datetime.now(UTC).isoformat(timespec="seconds")
    rows = [{"name": name, "value": value} for name, value in {"made": made, **COUNTERS}.items()]
    connection.execute(insert(schema.meta), rows)


STEPS: tuple[Step, ...] = (Step(1, "the first schema", _first),)


def newest(steps: Sequence[Step] | None = None) -> int:
    """The schema version this program writes."""
    return (steps or STEPS)[-1].version


def migrate(connection: Connection, version: int) -> int:
    """Run the steps after `version` (0: an empty file) inside the connection's transaction; the new version."""
    for step in STEPS:
        if step.version > version:
            step.run(connection)
    return newest()
