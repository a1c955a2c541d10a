"""The commands for places of the user's own: `accordingto gazetteer add | list | remove | find`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from .errors import NotFound

_FAULTS = 5
"""Faults of a file that are told when it is added; `gazetteer list` tells more."""

_as_json = click.option("--json", "as_json", is_flag=True, help="As JSON.")


@click.group()
def gazetteer() -> None:
    """Places of your own: add files of them, list and remove them, and see what a name finds.

    The reader knows the world's towns, divisions and countries by itself; camps, hospitals, ranges and villages come
    from your files. docs/gazetteer.md tells what a file may hold."""


@gazetteer.command("add")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
def gazetteer_add(files: tuple[Path, ...]) -> None:
    """Add files of places: CSV with a name, lat and lon, or a dump of GeoNames.

    Further columns: country, admin1, feature, alternatives, geonames, population, precision. A file of the same name
    is replaced. Reports are read with the new places from the next `read` on."""
    from .gazetteer import own

    for file in files:
        sheet = own.add(file)
        for fault in sheet.faults[:_FAULTS]:
            click.echo(f"accordingto: {fault}", err=True)
        if sheet.left_out > _FAULTS:
            click.echo(f"accordingto: {sheet.name}: {sheet.left_out - _FAULTS} more lines are left out", err=True)
        click.echo(f"{sheet.name}: {_number_of(sheet.places, 'place')} added", err=True)


@gazetteer.command("list")
@_as_json
def gazetteer_list(as_json: bool) -> None:
    """List your files: how many places each gives, how many lines are left out and why."""
    from .gazetteer import own

    sheets = own.listed()
    if as_json:
        _put([sheet._asdict() for sheet in sheets])
        return
    if not sheets:
        raise NotFound("the gazetteer has no files of yours; accordingto gazetteer add FILE.csv adds one")
    for sheet in sheets:
        left_out = f", {_number_of(sheet.left_out, 'line')} left out" if sheet.left_out else ""
        click.echo(f"{sheet.name}: {_number_of(sheet.places, 'place')}{left_out}")
        for fault in sheet.faults:
            click.echo(f"  {fault.removeprefix(sheet.name).removeprefix(', ')}")


@gazetteer.command("remove")
@click.argument("names", nargs=-1, required=True, metavar="FILE...")
def gazetteer_remove(names: tuple[str, ...]) -> None:
    """Remove files of yours, named as `list` names them."""
    from .gazetteer import own

    for name in names:
        own.remove(name)


@gazetteer.command("find")
@click.argument("words", nargs=-1, required=True, metavar="NAME")
@_as_json
def gazetteer_find(words: tuple[str, ...], as_json: bool) -> None:
    """Show the places that a name can mean, yours first."""
    from . import gazetteer as index

    found = index.find(" ".join(words))
    if not found:
        raise NotFound(f"no place is called {' '.join(words)!r}; accordingto gazetteer add FILE.csv adds your own")
    if as_json:
        _put([place._asdict() for place in found])
        return
    for line in map(index.line, found):
        click.echo(line)


def _number_of(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _put(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
