"""SQLite behind the store: how a ledger file is opened, checked, locked and migrated.

WAL, so that readers never wait for a writer; one writer at a time (`BEGIN IMMEDIATE`), the others wait up
to WAIT seconds. What SQLite says goes wrong is said again as a LedgerError with a remedy.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from ..errors import LedgerError
from . import migrations

MARK = 0x61636374
"""`application_id` of a ledger: "acct"."""
WAIT = 60.0
"""Seconds a writer waits for another one."""

REMEDIES = (
    (
        "disk is full",
        "the disk is full; everything committed before is kept: free some space and run the same command again",
    ),
    ("disk i/o error", "the disk gives errors; copy the file to another disk and run the same command again"),
    ("database is locked", "another program keeps it locked; wait for it to end and run the same command again"),
    (
        "readonly database",
        "it may not be written; copy it to a folder you may write to, or give another one (--ledger)",
    ),
    (
        "unable to open",
        "the file or its folder cannot be opened or written; check the folder, or give another one (--ledger)",
    ),
    ("not a database", "this is not a ledger; give another file (--ledger) or move this one away"),
    ("malformed", "the file is damaged; restore a copy, or read the reports again into a new ledger (--ledger)"),
    (
        "no such table",
        "tables are missing, the file is damaged; restore a copy, or read the reports again into a new ledger",
    ),
    ("never ", ""),
)


def engine(path: Path, create: bool, readonly: bool = False, wait: float = WAIT) -> Engine:
    """An engine on the ledger at `path`, at the newest schema version; `wait`: seconds for another program's lock.
    Raises LedgerError."""
    _check(path, create)
    may_write = writable(path)

    def connection() -> sqlite3.Connection:
        return _connect(path, may_write, wait, readonly)

    made = create_engine("sqlite://", creator=connection, poolclass=QueuePool, pool_size=2, max_overflow=8)
    event.listen(made, "begin", _begin)
    try:
        with explained(path):
            _settle(made, path, may_write and not readonly)
    except BaseException:
        made.dispose()
        raise
    return made


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Database errors inside say which ledger, what, and what to do."""
    try:
        yield
    except DBAPIError as error:
        raise _error(path, error.orig or error) from error
    except sqlite3.Error as error:
        raise _error(path, error) from error


def _error(path: Path, error: BaseException) -> LedgerError:
    found = " ".join(str(error).split())
    remedy = next(
        (text for sign, text in REMEDIES if sign in found.lower()), "run accordingto verify, or restore a copy"
    )
    return LedgerError(f"{path}: {found}; {remedy}" if remedy else f"{path}: {found}")


def _check(path: Path, create: bool) -> None:
    if path.is_dir():
        raise LedgerError(
            f"{path}: is a folder, a ledger is one file; name a file in it (--ledger {path}/ledger.accordingto)"
        )
    if path.exists():
        return
    if not create:
        raise LedgerError(f"{path}: there is no ledger; make one with: accordingto read INPUT… --ledger {path}")
    if not path.parent.is_dir():
        raise LedgerError(f"{path}: the folder {path.parent} does not exist; make it, or give another one (--ledger)")


def writable(path: Path) -> bool:
    """Whether a ledger is, or may be made, there and written."""
    return not path.exists() or (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def _connect(path: Path, may_write: bool, wait: float = WAIT, readonly: bool = False) -> sqlite3.Connection:
    """A connection. `readonly` where it might write: it can tidy up what writers leave beside the file (a stale log
    beside a file that is replaced would be taken for its own)."""
    address = f"file:{quote(str(path.absolute()))}"
    if not may_write:
        beside = path.with_name(path.name + "-wal")
        address += "?mode=ro" if beside.exists() and beside.stat().st_size else "?mode=ro&immutable=1"
    connection = sqlite3.connect(address, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -32000")
        if readonly:
            connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _settle(engine: Engine, path: Path, may_write: bool) -> None:
    """Make, check or migrate the schema."""
    with engine.connect() as connection:
        version = _version(connection, path)
    if version == migrations.newest():
        return
    if not may_write:
        raise LedgerError(
            f"{path}: a ledger of schema {version} that may not be written cannot be brought to schema "
            f"{migrations.newest()}; copy it to a folder you may write to"
        )
    _to_wal(path)
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        version = _version(connection, path)
        if version < migrations.newest():
            version = migrations.migrate(connection, version)
            connection.exec_driver_sql(f"PRAGMA application_id = {MARK}")
            connection.exec_driver_sql(f"PRAGMA user_version = {version}")


def _version(connection: Connection, path: Path) -> int:
    """The ledger's schema version, 0 for an empty file. Raises LedgerError when it is another's file."""
    mark, version, tables = (
        _one(connection, sql)
        for sql in ("PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_master")
    )
    if mark != MARK and (mark or version or tables):
        raise LedgerError(f"{path}: an SQLite file, but not a ledger; give another file (--ledger)")
    if version > migrations.newest():
        raise LedgerError(
            f"{path}: a ledger of schema {version}, written by a newer accordingto; this one reads up to schema "
            f"{migrations.newest()}: install the newer one"
        )
    return int(version)


def _one(connection: Connection, sql: str) -> Any:
    return connection.exec_driver_sql(sql).scalar_one()


def _to_wal(path: Path) -> None:
    """Switch to WAL; another process doing the same makes SQLite refuse at once instead of waiting."""
    end = time.monotonic() + WAIT
    while True:
        connection = _connect(path, True)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(0.02)
        finally:
            connection.close()
