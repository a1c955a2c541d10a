"""The commands for the people of a ledger: `accordingto accounts add | list | role | password | email | …`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .cli_common import me
from .errors import InputError, NotFound

if TYPE_CHECKING:
    from .accounts import Accounts

_ledger = click.option(
    "--ledger", "path", envvar="ACCORDINGTO_LEDGER", metavar="FILE", help="The ledger [ledger.accordingto]."
)
_role = click.option("--role", default="reader", show_default=True, help="reader, coder, adjudicator or owner.")


def _of(path: str | None) -> Accounts:
    from .accounts import Accounts
    from .ledger import DEFAULT

    held = Path(path or DEFAULT)
    if not held.is_file():
        raise InputError(f"{held}: there is no ledger; make one with: accordingto read INPUT… --ledger {held}")
    return Accounts(held)


def _password() -> str:
    """A password typed twice without being shown; in a pipe, the first line."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


@click.group()
def accounts() -> None:
    """People who sign in to the pages of a ledger, and what they may do.

    Without accounts the pages are for this machine alone, and whoever uses it is the owner."""


@accounts.command()
@click.argument("name")
@_role
@click.option("--email", metavar="ADDRESS", help="Whom serve --oidc signs in without a password.")
@_ledger
def add(name: str, role: str, email: str | None, path: str | None) -> None:
    """Add an account; the password is asked for, or read from standard input, unless there is an e-mail address."""
    _of(path).add(name, role, None if email else _password(), me(), email)


@accounts.command(name="list")
@_ledger
def listed(path: str | None) -> None:
    """List who has an account, and their roles."""
    held = _of(path)
    found = held.all()
    if not found:
        raise NotFound("nobody has an account; accordingto accounts add NAME --role owner adds the first")
    for one in found:
        click.echo("  ".join(filter(None, (one.name, one.role, held.emails().get(one.name)))))


@accounts.command()
@click.argument("name")
@click.argument("address", required=False)
@click.option("--none", is_flag=True, help="Take the address away.")
@_ledger
def email(name: str, address: str | None, none: bool, path: str | None) -> None:
    """Give an account another e-mail address by which serve --oidc knows it; it is signed out everywhere."""
    if none == bool(address):
        raise InputError("give an e-mail address, or --none to take it away")
    _of(path).email(name, address, me())


@accounts.command()
@click.argument("name")
@click.argument("role")
@_ledger
def role(name: str, role: str, path: str | None) -> None:
    """Give an account another role; it is signed out everywhere."""
    _of(path).change(name, me(), role=role)


@accounts.command()
@click.argument("name")
@_ledger
def password(name: str, path: str | None) -> None:
    """Give an account another password; it is signed out everywhere."""
    _of(path).change(name, me(), password=_password())


@accounts.command()
@click.argument("name")
@click.option("--none", is_flag=True, help="Let the address be good no more.")
@_ledger
def feed(name: str, none: bool, path: str | None) -> None:
    """Print the address at which a feed reader reads what changed, once; the one before it is good no more."""
    if none:
        _of(path).end_feed(name, me())
        return
    click.echo(f"/changes.atom?key={_of(path).feed(name, me())}")
    click.echo("Put the server's address before it; whoever has it can read the feed.", err=True)


@accounts.command()
@click.argument("name")
@_ledger
def remove(name: str, path: str | None) -> None:
    """Remove an account. What it decided stays."""
    _of(path).remove(name, me())


@accounts.command()
@_ledger
def log(path: str | None) -> None:
    """Show who signed in, was refused, and changed accounts."""
    for row in _of(path).log():
        click.echo(f"{row['time'][:19].replace('T', ' ')}  {row['who']}  {row['what']}  {row['whom']}")
