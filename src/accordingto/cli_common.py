"""What several commands share: an open ledger, JSON out, a console as wide as a page."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from textwrap import TextWrapper
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from .ledger import Ledger

WIDTH = 80
MANY = 1000
"""Reports that take a second to look through."""


def console() -> Console:
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH, soft_wrap=False)


def print_lines(lines: Iterable[Text]) -> None:
    """Lines that may be very many; in a pipe, where they have no colours, by the quicker hand."""
    if sys.stdout.isatty():
        shown = console()
        for line in lines:
            shown.print(line)
        return
    wrapper = TextWrapper(WIDTH, break_on_hyphens=False)
    for line in lines:
        sys.stdout.write(wrapper.fill(line.plain) + "\n")


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


def look(ledger: Ledger) -> None:
    """Have names of people at risk looked for in reports of an earlier version, and say so where that takes a while."""
    if (waiting := ledger.names.waiting()) > MANY:
        click.echo(f"Looking for names of people at risk in {waiting:,} reports, once …", err=True)
    ledger.names.look()


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
