"""People whom a provider signs in: what is kept while they are there, and the account they have when they are back.

An account is matched by issuer and subject. Before the first time it is found by the e-mail address that was given with
it, which the provider must have verified; from then on the address may change, and a second person who comes to have it
is not let in.
"""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import timedelta
from itertools import count
from urllib.parse import urlsplit

from .oidc import Begun, Person, Refused
from .store import NAME, WINDOW, Accounts, note, now, plain, signed

AWAY = timedelta(minutes=10)
"""How long somebody may take at the provider."""
BEGUN = 200
"""Sign-ins that one address may begin within WINDOW."""


def keep(accounts: Accounts, begun: Begun, visit: str, onward: str, address: str) -> None:
    """Keep what was begun until its answer comes. Raises Refused when one address begins too many."""
    with accounts.open() as file:
        file.execute("DELETE FROM begun WHERE time < ?", (now(-WINDOW),))
        many = file.execute("SELECT count(*) FROM begun WHERE address = ?", (address,)).fetchone()[0]
        if many >= BEGUN:
            raise Refused(429, "Too many sign-ins were begun.")
        row = (_hashed(begun.state), _hashed(visit), begun.nonce, begun.verifier, begun.back, onward, address, now())
        file.execute("INSERT INTO begun VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)", row)


def take(accounts: Accounts, state: str, visit: str) -> tuple[Begun, str]:
    """What was begun in this visit, once, and the page to go on to. Raises Refused."""
    with accounts.open() as file:
        row = file.execute(
            """UPDATE begun SET used = 1 WHERE state = ? AND visit = ? AND used = 0 AND time > ?
            RETURNING back, nonce, verifier, onward""",
            (_hashed(state), _hashed(visit), now(-AWAY)),
        ).fetchone()
    if row is None:
        raise Refused(400, "This sign-in was not begun here, or it is over already.")
    return Begun(row[0], state, row[1], row[2]), row[3]


def sign_in(accounts: Accounts, person: Person, role: str | None, address: str) -> str:
    """A new session of whom the provider knows; with a role, whoever is met first gets an account. Raises Refused."""
    with accounts.open() as file:
        known = "SELECT account FROM identities WHERE issuer = ? AND subject = ?"
        row = file.execute(known, (person.issuer, person.subject)).fetchone()
        name = row[0] if row else _met(file, person, role)
        return signed(file, name, f"sign-in through {urlsplit(person.issuer).netloc}", address)


def _met(file: sqlite3.Connection, person: Person, role: str | None) -> str:
    """The account of somebody who comes for the first time. Raises Refused."""
    if person.email is None:
        raise Refused(403, "Your e-mail address is not verified there, so it cannot be told whose account is yours.")
    email = plain(person.email)
    row = file.execute("SELECT account FROM emails WHERE address = ?", (email,)).fetchone()
    if row is None and role is None:
        raise Refused(403, "You have no account here. Ask an owner of the ledger to add one with your e-mail address.")
    name = row[0] if row else _free(file, person)
    taken = "SELECT 1 FROM identities WHERE issuer = ? AND account = ?"
    if file.execute(taken, (person.issuer, name)).fetchone():
        raise Refused(403, "Somebody else has signed in with this e-mail address. Ask an owner of the ledger.")
    if row is None:
        file.execute("INSERT INTO accounts (name, hash, role, made) VALUES (?, '', ?, ?)", (name, role, now()))
        file.execute("INSERT INTO emails VALUES (?, ?)", (name, email))
        note(file, name, f"add {role}", name)
    file.execute("INSERT INTO identities VALUES (?, ?, ?)", (person.issuer, person.subject, name))
    return name


def _free(file: sqlite3.Connection, person: Person) -> str:
    """A name that nobody has or had: what was done under it stays theirs."""
    told = " ".join(person.name.split())[:50].strip()
    local = (person.email or "").partition("@")[0][:50]
    name = next((one for one in (told, local) if NAME.fullmatch(one)), "Somebody new")
    for number in count(1):
        tried = name if number == 1 else f"{name} {number}"
        query = "SELECT 1 FROM accounts WHERE lower(name) = lower(?1)"
        had = "SELECT 1 FROM log WHERE lower(who) = lower(?1) OR lower(whom) = lower(?1)"
        if not file.execute(f"{query} UNION {had}", (tried,)).fetchone():
            return tried
    raise AssertionError


def _hashed(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()
