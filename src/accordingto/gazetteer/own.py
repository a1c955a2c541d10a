"""The user's own places: files of theirs in one folder, indexed together beside the shipped gazetteer.

The folder is `ACCORDINGTO_GAZETTEER`, else accordingto/gazetteer in the folder for settings (`~/.config`). Its files
are kept as they were given, so that they outlive any index: one that has changed is read again on the next use.
`sheets.py` says what a file may hold. What cannot be used is told by line, the rest of the file and the others work.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import NamedTuple

from .. import settings, world
from ..errors import InputError, LanguageError
from . import index, sheets
from .index import SCHEMA, Entry

SUFFIXES = (".csv", ".tsv", ".txt")
_TOLD = 100
"""Faults of a file that are kept with the index; the others are only counted."""
_FIRST = -1_000_000
"""Ids of places that have none of GeoNames count down from here."""


class Sheet(NamedTuple):
    """A file of the user's: its name, how many places it gave, how many lines it did not, and why (the first ones)."""

    name: str
    places: int
    left_out: int
    faults: tuple[str, ...]


def folder() -> Path:
    """Where the user's files are kept."""
    return settings.folder("gazetteer")


def files() -> list[Path]:
    """The user's files, by name."""
    held = folder()
    return sorted(f for f in held.iterdir() if f.suffix.lower() in SUFFIXES) if held.is_dir() else []


def path() -> Path | None:
    """The index of the user's places, built when a file is new or changed; None without files."""
    found = files()
    if not found:
        return None
    stamps = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in found]
    what = hashlib.blake2b(repr((stamps, world.version(), SCHEMA)).encode(), digest_size=8).hexdigest()
    held = index.kept(f".own-{what}.sqlite", lambda file: _build(file, found), folder())
    for old in folder().glob(".own-*.sqlite"):
        if old != held:
            old.unlink(missing_ok=True)
    return held


def listed() -> list[Sheet]:
    """What each file gave."""
    held = path()
    if held is None:
        return []
    with closing(index.opened(held)) as connection:
        rows = connection.execute("SELECT value FROM about WHERE key LIKE 'file:%' ORDER BY key").fetchall()
    return [Sheet(name, places, out, tuple(faults)) for name, places, out, faults in (json.loads(r[0]) for r in rows)]


def problems() -> tuple[str, ...]:
    """A line for each file that gives no place at all."""
    return tuple(sheet.faults[0] for sheet in listed() if not sheet.places and sheet.faults)


def add(file: Path) -> Sheet:
    """Take a file into the folder, in place of one of that name. Raises InputError when it has no place to give."""
    if file.suffix.lower() not in SUFFIXES:
        raise InputError(f"{file}: expected a file ending in {', '.join(SUFFIXES)}; save the table as CSV")
    faults = list[str]()
    try:
        known = any(True for _ in sheets.entries(file, str(file), faults, count()))
    except LanguageError as error:
        raise InputError(str(error)) from None
    if not known:
        raise InputError(f"{faults[0] if faults else f'{file}: no place in it'}; nothing is added")
    held = folder() / file.name
    held.parent.mkdir(parents=True, exist_ok=True)
    if not held.exists() or not held.samefile(file):
        shutil.copyfile(file, held)
    return next(sheet for sheet in listed() if sheet.name == file.name)


def remove(name: str) -> None:
    """Forget a file. Raises InputError when there is none of that name."""
    held = {file.name: file for file in files()}
    chosen = held.get(name) or held.get(f"{name}.csv")
    if chosen is None:
        have = f"it has {', '.join(held)}" if held else "it has no files of yours"
        raise InputError(f"the gazetteer has no file {name!r}; {have}")
    chosen.unlink()
    if not files():
        for index_file in folder().glob(".own-*.sqlite"):
            index_file.unlink(missing_ok=True)


def _build(file: Path, found: list[Path]) -> None:
    about = dict[str, str]()
    index.write(file, _entries(found, about), lambda: about)


def _entries(found: list[Path], about: dict[str, str]) -> Iterator[Entry]:
    ids = count(_FIRST, -1)
    for file in found:
        faults, places = list[str](), 0
        try:
            for entry in sheets.entries(file, file.name, faults, ids):
                places += 1
                yield entry
        except LanguageError as error:
            faults.insert(0, str(error))
        about[f"file:{file.name}"] = json.dumps([file.name, places, len(faults), faults[:_TOLD]])
