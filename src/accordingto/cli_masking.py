"""The commands by which a person decides on a name: `accordingto mask`, `accordingto unmask`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .cli_common import by, with_ledger
from .errors import InputError, NotFound

if TYPE_CHECKING:
    from .ledger import Ledger


private = click.option("--private", "private", is_flag=True, help="Everyone in private life, whatever is told of them.")


@click.command()
@click.argument("name", required=False)
@private
@by
@click.option("--note", help="Why.")
@with_ledger()
def mask(ledger: Ledger, name: str | None, private: bool, reviewer: str, note: str | None) -> None:
    """Withhold a name in everything that leaves the ledger; without NAME, list what was decided on names.

    Names of people at risk are found and withheld by themselves; this is for those that are not found. A single word is
    withheld wherever it begins with a capital."""
    from .publish import masking

    whom = _whom(name, private)
    if whom is not None:
        masking.decide(ledger, "mask", whom, reviewer, note)
        return
    found = ledger.decisions.audit("mask", "unmask")
    if not found:
        raise NotFound("nobody decided on a name yet; those the reader finds are withheld (docs/masking.md)")
    for row in found:
        why = f"  ({row['why']})" if row["why"] else ""
        click.echo(
            f"{row['what']}  {masking.spelt(row['whom'])}  by {row['who']}, {row['time'][:16].replace('T', ' ')}{why}"
        )


def _whom(name: str | None, private: bool) -> str | None:
    from .publish import masking

    if name is not None and private:
        raise InputError(f"got both {name!r} and --private; give a name, or --private for everyone in private life")
    return masking.EVERYONE if private else name


@click.command()
@click.argument("name", required=False)
@private
@by
@click.option("--note", required=True, help="Why it is safe.")
@with_ledger()
def unmask(ledger: Ledger, name: str | None, private: bool, reviewer: str, note: str) -> None:
    """Show a name that is withheld. Who, when and why goes into the audit log.

    Their families may be at risk: be sure that the person agrees, or that the name is public with their will."""
    from .publish import masking

    whom = _whom(name, private)
    if whom is None:
        raise InputError("nobody to show; give a name as the reports spell it, or --private")
    masking.decide(ledger, "unmask", whom, reviewer, note)
