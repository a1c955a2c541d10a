"""Bodies, outlets and metonyms by all their names: `languages/<code>/bodies.toml`, and files of the user's own.

The user's files are every `*.toml` of a folder (`folder`), written like bodies.toml, for every language; what they
name replaces what is shipped under that name. A file that is broken is left out and told in one line (`problems`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from .. import settings, world
from ..errors import LanguageError
from ..languages import table
from ..records import SourceKind
from .keys import key
from .places import beside, nationality

_KINDS: Mapping[str, SourceKind] = {
    "government": "government", "organisation": "organisation", "outlet": "outlet", "metonym": "government",
}  # fmt: skip
_SECTIONS = (*_KINDS, "capitals", "offices", "sectors", "wikidata")
_PLAIN = ("offices", "sectors")
"""Sections of lists that are not sorted by country."""
_SECTORS: Mapping[str, str] = {"government": "GOV", "organisation": "NGO"}
NATIONAL = "~"
"""Before a form that holds only beside its country: "~spy agency"."""


class Body(NamedTuple):
    """A body, outlet or metonym; `nouns` are the common words it is also called by ("spy", "agency")."""

    name: str
    kind: SourceKind
    country: str | None
    stands_for: str | None
    nouns: frozenset[str] = frozenset()
    sector: str | None = None
    """PLOVER code."""
    wikidata: str | None = None


class Form(NamedTuple):
    """One way to write a body, as the file has it."""

    words: str
    body: Body


@dataclass(frozen=True, slots=True)
class Bodies:
    """All the names: by their key, by country and key, and the offices every country has."""

    named: Mapping[str, Body]
    national: Mapping[tuple[str, str], Body]
    offices: Mapping[str, str]
    forms: tuple[Form, ...]
    """Every way to write a body that needs no country beside it, capitals left out, in the order of the files."""
    sectored: frozenset[str]
    """Keys that stand under a sector."""
    common: frozenset[str]
    """Keys that news also writes without a capital."""

    def called(self, words: str) -> Body | None:
        """The body written so; None when no table knows it, or when a name lacks its capital ("the guardian")."""
        name = key(words)
        found = self.named.get(name)
        if found is not None:
            return found if name in self.common or words != words.lower() else None
        place = beside(name)
        if place is None:
            return None
        code, rest = place
        found = self.national.get(place) or self.named.get(rest)
        if found is not None and found.country == code:
            return found
        office = self.offices.get(rest)
        return Body(f"{nationality(code)} {office}", "government", code, None) if office else None

    def key(self, words: str) -> str:
        """One key for all the names of a body: that of "AP" is that of "Associated Press"."""
        found = self.called(words)
        return key(found.name if found else words)


def folder() -> Path:
    """The user's own bodies: `ACCORDINGTO_BODIES`, else accordingto/bodies in the folder for settings (`~/.config`)."""
    return settings.folder("bodies")


def problems() -> tuple[str, ...]:
    """A line for each file of the user's that is left out: file, line, what was expected."""
    return _own()[1]


@cache
def bodies(language: str) -> Bodies:
    """The bodies a language's news names, with the user's own. Raises LanguageError when the shipped file is broken."""
    tables = [table(language, "bodies"), *_own()[0]]
    sectors = {key(name): code for one in tables for code, more in one.get("sectors", {}).items() for name in more}
    capitals = {name for one in tables for name in one.get("capitals", {})}
    ids = {key(name): id for one in tables for name, id in one.get("wikidata", {}).items()}
    forms = [form._replace(body=_known(form.body, sectors, ids)) for one in tables for form in _forms(one)]
    offices = {
        key(form): name for one in tables for name, more in one.get("offices", {}).items() for form in (name, *more)
    }
    plain = [form for form in forms if not form.words.startswith(NATIONAL)]
    return Bodies(
        {key(form.words): form.body for form in plain},
        {(form.body.country or "", key(form.words)): form.body for form in forms if form.words.startswith(NATIONAL)},
        offices,
        tuple(form for form in plain if form.body.name not in capitals),
        frozenset(sectors),
        frozenset(key(form.words) for form in plain if form.words == form.words.lower()),
    )


def _known(body: Body, sectors: Mapping[str, str], ids: Mapping[str, str]) -> Body:
    """The body with its sector and Wikidata id."""
    name = key(body.name)
    return body._replace(sector=sectors.get(name, _SECTORS.get(body.kind)), wikidata=ids.get(name))


def check(file: str, text: str) -> dict[str, Any]:
    """The table a file holds. Raises LanguageError naming file, line and remedy."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"line (\d+)", str(error))
        what = re.sub(r" \(at .*", "", str(error))
        raise LanguageError(f"{file}, line {where[1] if where else '?'}: {what}; mend that line") from None
    for section, rows in data.items():
        if section not in _SECTIONS:
            raise _wrong(file, text, section, f"unknown section {section!r}", f"use one of {', '.join(_SECTIONS)}")
        if not isinstance(rows, dict):
            raise _wrong(file, text, section, f"{section!r} is no section", f"write [{section}]")
        for name, row in rows.items():
            _check_row(file, text, section, name, row)
    return data


def _check_row(file: str, text: str, section: str, name: str, row: object) -> None:
    if section == "capitals":
        if row not in world.countries():
            raise _wrong(file, text, name, f"{row!r} is no country", 'write its two letters, as in Kyiv = "UA"')
    elif section == "wikidata":
        if not re.fullmatch(r"Q[1-9]\d*", str(row)):
            raise _wrong(file, text, name, f"{row!r} is no Wikidata id", 'write it as in "Name" = "Q42"')
    elif isinstance(row, dict) and section not in _PLAIN:
        if name not in world.countries():
            raise _wrong(
                file, text, f"{section}.{name}", f"{name!r} is no country", "write two letters: [government.UA]"
            )
        for inner, forms in row.items():
            _check_forms(file, text, inner, forms)
    else:
        _check_forms(file, text, name, row)


def _check_forms(file: str, text: str, name: str, forms: object) -> None:
    if not isinstance(forms, list) or not all(isinstance(form, str) and form.strip(NATIONAL) for form in forms):
        raise _wrong(file, text, name, f"{name!r} has no list of names", 'write "Name" = ["other name", "…"]')


def _wrong(file: str, text: str, words: str, what: str, remedy: str) -> LanguageError:
    line = next((n for n, row in enumerate(text.splitlines(), 1) if words in row), 1)
    return LanguageError(f"{file}, line {line}: {what}; {remedy}")


@cache
def _own() -> tuple[tuple[dict[str, Any], ...], tuple[str, ...]]:
    """The good tables of the user's folder, and a line for each of the others."""
    good, bad = list[dict[str, Any]](), list[str]()
    for path in sorted(folder().glob("*.toml")):
        try:
            good.append(check(str(path), path.read_text("utf-8")))
        except LanguageError as error:
            bad.append(f"{error}; the file is left out")
        except (OSError, UnicodeDecodeError) as error:
            bad.append(f"{path}: cannot be read ({error}); save it as UTF-8 text; the file is left out")
    return tuple(good), tuple(bad)


def _forms(data: Mapping[str, Any]) -> Iterator[Form]:
    """Every form of every body in a table; a bare name before the forms of the next."""
    for capital, code in data.get("capitals", {}).items():
        yield Form(capital, Body(capital, "government", code, None))
    for section, kind in _KINDS.items():
        for name, row in data.get(section, {}).items():
            of_country = cast(dict[str, list[str]], row if isinstance(row, dict) else {name: row})
            for one, forms in of_country.items():
                yield from _body(section, kind, name if isinstance(row, dict) else None, one, forms)


def _body(section: str, kind: SourceKind, country: str | None, name: str, forms: list[str]) -> Iterator[Form]:
    stands_for = forms[0] if section == "metonym" and forms else None
    common = (form.strip(NATIONAL) for form in forms if form == form.lower())
    body = Body(name, kind, country, stands_for, frozenset(word for form in common for word in key(form).split()))
    for form in (name, *(forms[1:] if stands_for else forms)):
        yield Form(form, body)
