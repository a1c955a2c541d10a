"""Inputs to files: a path, a folder with everything in it, or `-`; in a stable order, without loops."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

from .format import Failure

STDIN = "-"
Identity = tuple[int, int]


def files(given: str | Path, suffixes: Iterable[str]) -> Iterator[Path | Failure]:
    """The files an input names. In a folder: sorted, hidden ones and what no format reads left out (and counted in one
    line at the end)."""
    name = str(given)
    if address(name):
        yield Failure(
            name, "an address, and reading goes to the network only with --fetch; or save the page and read the file"
        )
        return
    path = Path(given)
    try:
        found = path.stat()
    except (OSError, ValueError) as error:
        yield Failure(name, trouble(error))
        return
    if not stat.S_ISDIR(found.st_mode):
        yield path
        return
    left: Counter[str] = Counter()
    yield from _folder(path, frozenset(suffixes), left, [(found.st_dev, found.st_ino)])
    if left:
        kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(left.items()))
        yield Failure(name, f"files left unread, no format reads them: {kinds}; formats: {' '.join(sorted(suffixes))}")


def address(given: str) -> str | None:
    """The web address an input is, None for the name of a file."""
    if given.lower().startswith("www."):
        return f"https://{given}"
    return given if "://" in given else None


def trouble(error: Exception) -> str:
    """One line for a file that cannot be opened."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder; check the name"
    if isinstance(error, PermissionError):
        return "may not be read; check its permissions"
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror.lower()}"
    return f"cannot be read: {error}"


def _folder(
    folder: Path, suffixes: frozenset[str], left: Counter[str], above: list[Identity]
) -> Iterator[Path | Failure]:
    try:
        with os.scandir(folder) as listed:
            names = sorted(entry.name for entry in listed if not entry.name.startswith(".") and not _ledger(entry.name))
    except OSError as error:
        yield Failure(str(folder), trouble(error))
        return
    for name in names:
        yield from _inside(folder / name, suffixes, left, above)


def _ledger(name: str) -> bool:
    """Whether the file is a ledger (or SQLite's beside one), which is no report."""
    return PurePath(name).suffix.startswith(".accordingto")


def _inside(
    path: Path, suffixes: frozenset[str], left: Counter[str], above: list[Identity]
) -> Iterator[Path | Failure]:
    try:
        found = path.stat()
    except OSError as error:
        yield Failure(str(path), trouble(error))
        return
    identity = found.st_dev, found.st_ino
    if stat.S_ISDIR(found.st_mode):
        if identity in above:
            yield Failure(str(path), "a link back to a folder it lies in; left out")
        else:
            yield from _folder(path, suffixes, left, [*above, identity])
    elif stat.S_ISREG(found.st_mode) and PurePath(path.name).suffix.lower() in {*suffixes, ""}:
        yield path
    else:
        left[PurePath(path.name).suffix.lower() or "special"] += 1
