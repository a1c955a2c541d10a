"""The file of accounts beside a ledger: one SQLite file, readable by its owner alone."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from ..errors import InputError, LedgerError, NotFound
from .roles import ROLES

SHORTEST, LONGEST = 10, 1000
"""Characters of a password."""
IDLE, WHOLE = timedelta(hours=12), timedelta(days=7)
"""A session ends after so long without a request, and after so long in any case."""
WINDOW = timedelta(minutes=15)
TRIES = {"pair": 5, "name": 25, "address": 50}
"""Failed sign-ins within WINDOW for one name from one address, for one name, and from one address."""
WAIT = 5.0
NAME = re.compile(r"[^\W_][\w .'’-]{0,58}\w|[^\W_]")
_EMAIL = re.compile(r"[^\s@<>\"]{1,64}@[^\s@<>\"]{1,180}")
_TABLES = """
CREATE TABLE IF NOT EXISTS accounts (name TEXT PRIMARY KEY, hash TEXT NOT NULL, role TEXT NOT NULL, made TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sessions (id TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
    made TEXT NOT NULL, seen TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS tries (time TEXT NOT NULL, name TEXT NOT NULL, address TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS emails (account TEXT PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
    address TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS identities (issuer TEXT NOT NULL, subject TEXT NOT NULL, account TEXT NOT NULL
    REFERENCES accounts ON DELETE CASCADE, PRIMARY KEY (issuer, subject), UNIQUE (issuer, account));
CREATE TABLE IF NOT EXISTS begun (state TEXT PRIMARY KEY, visit TEXT NOT NULL, nonce TEXT NOT NULL,
    verifier TEXT NOT NULL, back TEXT NOT NULL, onward TEXT NOT NULL, address TEXT NOT NULL, time TEXT NOT NULL,
    used INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS feeds (key TEXT PRIMARY KEY, made TEXT NOT NULL,
    account TEXT NOT NULL UNIQUE REFERENCES accounts ON DELETE CASCADE);
CREATE TABLE IF NOT EXISTS secret (value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS log (number INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL, who TEXT NOT NULL,
    what TEXT NOT NULL, whom TEXT NOT NULL);
CREATE TRIGGER IF NOT EXISTS log_keep BEFORE UPDATE ON log BEGIN SELECT raise(ABORT, 'the log is never changed'); END;
CREATE TRIGGER IF NOT EXISTS log_stay BEFORE DELETE ON log BEGIN SELECT raise(ABORT, 'the log is never cut'); END;
"""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in."""

    name: str
    role: str


def beside(ledger: Path) -> Path:
    """Where the accounts of a ledger lie."""
    return ledger.with_name(ledger.name + ".accounts")


def exist(ledger: Path) -> bool:
    """Whether the ledger has accounts."""
    return beside(ledger).is_file() and bool(Accounts(ledger).all())


class Accounts:
    """The accounts of a ledger; the file is made when the first one is added. Raises LedgerError, InputError."""

    def __init__(self, ledger: Path) -> None:
        self.file = beside(ledger)

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """The file, for one step that is done whole or not at all."""
        try:
            if not self.file.exists():
                os.close(os.open(self.file, os.O_CREAT | os.O_WRONLY, 0o600))
            with closing(sqlite3.connect(self.file, timeout=WAIT)) as connection, connection:
                connection.execute("PRAGMA foreign_keys = ON")
                connection.executescript(_TABLES)
                yield connection
        except (sqlite3.Error, OSError) as error:
            raise LedgerError(
                f"{self.file.name}: {error}; restore a copy, or move it away and add the accounts again"
            ) from error

    # people

    def all(self) -> list[Account]:
        """Every account by name."""
        if not self.file.exists():
            return []
        with self.open() as file:
            return [Account(*row) for row in file.execute("SELECT name, role FROM accounts ORDER BY name")]

    def add(self, name: str, role: str, password: str | None, by: str, email: str | None = None) -> None:
        """Without a password only a provider signs them in, which knows the e-mail address (through.py)."""
        name = " ".join(name.split())
        if not NAME.fullmatch(name):
            raise InputError(f"the name {name[:60]!r} is none; give up to 60 letters and digits")
        _check(role, password or ("x" * SHORTEST if email else ""))
        with self.open() as file:
            if file.execute("SELECT 1 FROM accounts WHERE lower(name) = lower(?)", (name,)).fetchone():
                raise InputError(f"{name} has an account; accordingto accounts role or password changes it")
            made = (name, hasher().hash(password) if password else "", role, now())
            file.execute("INSERT INTO accounts (name, hash, role, made) VALUES (?, ?, ?, ?)", made)
            note(file, by, f"add {role}", name)
            if email:
                _known_by(file, name, email)

    def change(self, name: str, by: str, role: str | None = None, password: str | None = None) -> None:
        """Give an account another role or password; everybody signed in under it is signed out."""
        _check(role or "reader", password or "x" * SHORTEST)
        with self.open() as file:
            _known(file, name)
            if role:
                file.execute("UPDATE accounts SET role = ? WHERE name = ?", (role, name))
                note(file, by, f"role {role}", name)
            if password:
                file.execute("UPDATE accounts SET hash = ? WHERE name = ?", (hasher().hash(password), name))
                note(file, by, "password", name)
            file.execute("DELETE FROM sessions WHERE account = ?", (name,))

    def email(self, name: str, address: str | None, by: str) -> None:
        """Give an account another e-mail address, or none; whom a provider knew by the old one is forgotten."""
        with self.open() as file:
            _known(file, name)
            for table in ("emails", "identities", "sessions"):
                file.execute(f"DELETE FROM {table} WHERE account = ?", (name,))
            if address:
                _known_by(file, name, address)
            note(file, by, "email" if address else "no email", name)

    def emails(self) -> dict[str, str]:
        """Account -> e-mail address, of those that have one."""
        with self.open() as file:
            return dict(file.execute("SELECT account, address FROM emails").fetchall())

    def feed(self, name: str, by: str) -> str:
        """A new key of an account for the feed of what changed; the one before it is good no more."""
        key = secrets.token_urlsafe(32)
        with self.open() as file:
            _known(file, name)
            file.execute("DELETE FROM feeds WHERE account = ?", (name,))
            file.execute("INSERT INTO feeds (key, made, account) VALUES (?, ?, ?)", (_hashed(key), now(), name))
            note(file, by, "feed", name)
        return key

    def end_feed(self, name: str, by: str) -> None:
        """Let the key of an account be good no more."""
        with self.open() as file:
            _known(file, name)
            file.execute("DELETE FROM feeds WHERE account = ?", (name,))
            note(file, by, "no feed", name)

    def feeding(self, key: str) -> Account | None:
        """Whose key it is; with it they are a reader, whatever else they may do."""
        with self.open() as file:
            row = file.execute("SELECT account FROM feeds WHERE key = ?", (_hashed(key),)).fetchone()
        return Account(row[0], "reader") if row else None

    def remove(self, name: str, by: str) -> None:
        with self.open() as file:
            _known(file, name)
            file.execute("DELETE FROM accounts WHERE name = ?", (name,))
            note(file, by, "remove", name)

    # signing in

    def sign_in(self, name: str, password: str, address: str) -> str | None:
        """The name of a new session, None when name and password do not go together. Costs the same either way."""
        row: Any = None
        with self.open() as file:
            row = file.execute(
                "SELECT name, hash FROM accounts WHERE lower(name) = lower(?)", (name.strip(),)
            ).fetchone()
        fits = _fits((row and row[1]) or _nobody(), password[:LONGEST])
        with self.open() as file:
            if not (row and fits):
                file.execute("INSERT INTO tries VALUES (?, ?, ?)", (now(), name.strip().lower()[:60], address))
                note(file, row[0] if row else "somebody", "sign-in refused", address)
                return None
            if hasher().check_needs_rehash(row[1]):
                file.execute("UPDATE accounts SET hash = ? WHERE name = ?", (hasher().hash(password), row[0]))
            return signed(file, row[0], "sign-in", address)

    def failed(self, address: str, through: str) -> None:
        """Keep that a sign-in through a provider came to nothing."""
        with self.open() as file:
            file.execute("INSERT INTO tries VALUES (?, '', ?)", (now(), address))
            note(file, "somebody", f"sign-in refused through {through}", address)

    def refused(self, name: str | None, address: str) -> bool:
        """Whether too many sign-ins failed lately: under a name, or without one at a provider."""
        since, name = now(-WINDOW), name if name is None else name.strip().lower()[:60]
        with self.open() as file:
            file.execute("DELETE FROM tries WHERE time < ?", (since,))
            rows: Sequence[tuple[str, str]] = file.execute("SELECT name, address FROM tries").fetchall()
        counts = {
            "pair": rows.count((name, address)),
            "name": sum(row[0] == name for row in rows),
            "address": sum(row[1] == address for row in rows),
        }
        return any(counts[what] >= most for what, most in TRIES.items() if name is not None or what == "address")

    def account(self, session: str) -> Account | None:
        """Whose session it is, None when it has ended."""
        if not self.file.exists():
            return None
        with self.open() as file:
            query = """SELECT a.name, a.role, s.seen FROM sessions s JOIN accounts a ON a.name = s.account
                WHERE s.id = ? AND s.seen > ? AND s.made > ?"""
            row = file.execute(query, (_hashed(session), now(-IDLE), now(-WHOLE))).fetchone()
            if row and row[2] < now(-timedelta(minutes=1)):
                file.execute("UPDATE sessions SET seen = ? WHERE id = ?", (now(), _hashed(session)))
        return Account(row[0], row[1]) if row else None

    def sign_out(self, session: str) -> None:
        with self.open() as file:
            row = file.execute("SELECT account FROM sessions WHERE id = ?", (_hashed(session),)).fetchone()
            if row:
                file.execute("DELETE FROM sessions WHERE id = ?", (_hashed(session),))
                note(file, row[0], "sign-out", row[0])

    def secret(self) -> str:
        """What cookies and forms are signed with; made once."""
        with self.open() as file:
            row = file.execute("SELECT value FROM secret").fetchone()
            if row is None:
                row = (secrets.token_urlsafe(32),)
                file.execute("INSERT INTO secret VALUES (?)", row)
        return str(row[0])

    def note(self, who: str, what: str, whom: str) -> None:
        """Put into the log what somebody did."""
        with self.open() as file:
            note(file, who, what, whom)

    def log(self) -> list[dict[str, str]]:
        """Who signed in and out, was refused, and changed accounts, oldest first."""
        if not self.file.exists():
            return []
        with self.open() as file:
            rows = file.execute("SELECT time, who, what, whom FROM log ORDER BY number").fetchall()
        return [dict(zip(("time", "who", "what", "whom"), row, strict=True)) for row in rows]


@cache
def hasher() -> PasswordHasher:
    """Argon2id with the library's parameters (RFC 9106, low memory)."""
    return PasswordHasher()


@cache
def _nobody() -> str:
    """A hash to compare with when there is no such account, so that both take as long."""
    return hasher().hash(secrets.token_urlsafe())


def _fits(hash: str, password: str) -> bool:
    try:
        return hasher().verify(hash, password)
    except (Argon2Error, InvalidHashError):
        return False


def _check(role: str, password: str) -> None:
    if role not in ROLES:
        raise InputError(f"the role {role!r} is none; give one of {', '.join(ROLES)}")
    if not SHORTEST <= len(password) <= LONGEST:
        raise InputError(f"the password has {len(password)} characters; give {SHORTEST} to {LONGEST}")


def _known(file: sqlite3.Connection, name: str) -> None:
    if not file.execute("SELECT 1 FROM accounts WHERE name = ?", (name,)).fetchone():
        raise NotFound(f"nobody is called {name!r}; accordingto accounts list shows who has an account")


def _known_by(file: sqlite3.Connection, name: str, email: str) -> None:
    """Raises InputError."""
    address = plain(email)
    if not _EMAIL.fullmatch(address):
        raise InputError(f"{email[:60]!r} is no e-mail address; give one like ada@example.org")
    row = file.execute("SELECT account FROM emails WHERE address = ?", (address,)).fetchone()
    if row:
        raise InputError(f"{row[0]} has the e-mail address {address}; accordingto accounts email gives them another")
    file.execute("INSERT INTO emails VALUES (?, ?)", (name, address))


def plain(email: str) -> str:
    """An e-mail address as it is compared: without capitals of A to Z, and nothing else taken for the same."""
    return email.strip().encode("utf-8", "replace").lower().decode()


def signed(file: sqlite3.Connection, name: str, how: str, address: str) -> str:
    """The name of a new session of somebody who has signed in."""
    session = secrets.token_urlsafe(32)
    file.execute("INSERT INTO sessions VALUES (?, ?, ?, ?)", (_hashed(session), name, now(), now()))
    note(file, name, how, address)
    return session


def note(file: sqlite3.Connection, who: str, what: str, whom: str) -> None:
    file.execute("INSERT INTO log (time, who, what, whom) VALUES (?, ?, ?, ?)", (now(), who, what, whom))


def _hashed(session: str) -> str:
    return hashlib.sha256(session.encode()).hexdigest()


def now(shift: timedelta = timedelta()) -> str:
    return (datetime.now(UTC) + shift).isoformat(timespec="milliseconds")
