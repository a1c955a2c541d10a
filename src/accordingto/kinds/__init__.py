"""Kinds of figure: killed, wounded, missing …, one TOML file each, merged into one list of words a language.

sheets.py says what a file holds. A new kind is a new file, here or in the user's own folder (`folder`): a user's
file that is broken, or that claims what another holds, is left out and told in one line (`problems`), the rest
works. Two files may not claim the same words, nor define one kind; but a kind's verbs that are too wide for it
stand in a second file with `only`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from .. import settings
from ..errors import LanguageError
from .sheets import Kind, Reading, Role, Sheet, sheet

__all__ = ["Kind", "Reading", "Role", "Sheet", "folder", "kinds", "merge", "problems", "readings", "sheet", "sheets"]


class _Loaded(NamedTuple):
    """The sheets in use, and a line for every file of the user's that is not."""

    sheets: tuple[Sheet, ...]
    problems: tuple[str, ...]


def folder() -> Path:
    """The user's own kinds: `ACCORDINGTO_KINDS`, else accordingto/kinds in the folder for settings (`~/.config`)."""
    return settings.folder("kinds")


def sheets() -> tuple[Sheet, ...]:
    """Every file of the package and every good one of the user's folder."""
    return _loaded().sheets


def problems() -> tuple[str, ...]:
    """A line for each file of the user's folder that is left out: file, line, what was expected."""
    return _loaded().problems


@cache
def kinds() -> Mapping[str, Kind]:
    """Kinds by name; of two files with one name, the one that counts more."""
    return {one.kind.name: one.kind for one in sorted(sheets(), key=lambda one: not (one.kind.only or one.kind.by))}


@cache
def readings(language: str) -> Mapping[str, tuple[Reading, ...]]:
    """Phrases of a language with their readings."""
    return merge(sheets(), language)


def merge(found: Iterable[Sheet], language: str) -> Mapping[str, tuple[Reading, ...]]:
    """One list of phrases from many sheets. Raises LanguageError when two of them claim the same words."""
    merged: dict[str, dict[Reading, str]] = {}
    for one in found:
        for phrase, role in one.phrases.get(language, ()):
            held = merged.setdefault(phrase, {})
            for reading, file in held.items():
                if file != one.file and reading.role == role and _overlap(reading.kind, one.kind):
                    raise LanguageError(
                        f"{one.file} and {file} both claim {phrase!r} as {role}; keep it in one of them"
                    )
            held[Reading(one.kind, role)] = one.file
    return {phrase: tuple(held) for phrase, held in merged.items()}


def _overlap(one: Kind, other: Kind) -> bool:
    """Whether both kinds may count the same: not where one of them alone names whom it counts."""
    if bool(one.only) != bool(other.only):
        return False
    return one.counts == other.counts or "any" in (one.counts, other.counts)


@cache
def _loaded() -> _Loaded:
    shipped = sorted((e for e in files(__package__).iterdir() if e.name.endswith(".toml")), key=lambda e: e.name)
    found, problems = [sheet(f"kinds/{entry.name}", entry.read_text("utf-8")) for entry in shipped], list[str]()
    for path in sorted(folder().glob("*.toml")):
        try:
            found.append(_own(path, found))
        except LanguageError as error:
            problems.append(str(error))
    return _Loaded(tuple(found), tuple(problems))


def _own(path: Path, found: list[Sheet]) -> Sheet:
    """A file of the user's that fits the sheets already found. Raises LanguageError."""
    try:
        own = sheet(str(path), path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise LanguageError(f"{path}: cannot be read as text ({error}); save it as UTF-8") from None
    known = {one.kind.name: one.file for one in found if not one.kind.only}
    if own.kind.name in known and not own.kind.only:
        twice = f"{own.file} and {known[own.kind.name]} both define the kind {own.kind.name!r}"
        raise LanguageError(f"{twice}; give yours another name")
    for name in (*own.kind.part_of, *own.kind.sum_of, *own.kind.out_of, *own.kind.yields_to):
        if name not in known:
            raise LanguageError(f"{own.file}: no kind is called {name!r}; expected one of {', '.join(sorted(known))}")
    for language in own.phrases:
        merge([*found, own], language)
    return own
