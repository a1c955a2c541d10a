"""What several commands share: an open ledger, JSON out, a console as wide as a page."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 80


def console() -> Console:
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH, soft_wrap=False)


def with_ledger(create: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Hands the command an open ledger as its first argument and closes it afterwards."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @click.option(
            "--ledger", "path", envvar="ACCORDINGTO_LEDGER", metavar="FILE", help="The ledger [ledger.accordingto]."
        )
        @wraps(command)
        def opened(path: str | None, **options: Any) -> Any:
            from .ledger import Ledger

            with Ledger.open(path, create=create) as ledger:
                return command(ledger, **options)

        return opened

    return decorate


def me() -> str:
    """Who acts when nothing says so: the name under which this person uses the machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


by = click.option(
    "--reviewer", envvar="ACCORDINGTO_REVIEWER", metavar="NAME", default=me, help="Who decides [your user name]."
)


def put(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
