"""The file behind the gazetteer: what a place is, how the index is laid out, where it is kept and how it is written.

Two indexes of one layout: the shipped one (`shipped.py`), made once, and one of the user's own places (`own.py`), made
again when their files change. The first lives in the user's cache folder (`ACCORDINGTO_CACHE`, else `XDG_CACHE_HOME`
or `~/.cache`, then `accordingto/`), the second beside its files; both are afterwards only read.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from .. import world
from ..world import Feature
from .names import fold, sound

try:
    import fcntl
except ImportError:  # not on every system: there each process builds its own
    fcntl = None  # type: ignore[assignment]

LOCK = ".gazetteer-lock"
"""The file that the process holds which builds an index in its folder."""
SCHEMA = 3
"""To be raised when the layout changes: it is in the file's name."""
_CREATE = """
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, country TEXT, admin1 TEXT, kind TEXT, lat REAL, lon REAL,
                    population INTEGER, precision INTEGER, own INTEGER);
CREATE TABLE name (key TEXT, place INTEGER, rank INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE sound (key TEXT, place INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT);
"""


class Place(NamedTuple):
    """One place. `id` is the GeoNames id, negative for places GeoNames has no id for; `kind` city, site, admin1,
    admin2, country, region or water; `own`: of a list of the user's; `rank` 0 when found by its own name, else 1."""

    id: int
    name: str
    country: str | None
    admin1: str | None
    kind: str
    lat: float
    lon: float
    population: int
    precision: int
    own: bool = False
    rank: int = 0


class Entry(NamedTuple):
    """A place with its other names."""

    place: Place
    names: tuple[str, ...] = ()


def called(name: str, feature: Feature | None = None) -> str:
    """A spot as it is looked up beside its kind: "Yida camp" for "Yida refugee camp", and for "Yida", a camp."""
    found = world.kind_of(name)
    if found is not None:
        return f"{found[0]} {found[1].name}"
    return f"{name} {feature.name}" if feature is not None else name


def write(file: Path, entries: Iterable[Entry], about: Callable[[], Mapping[str, str]]) -> None:
    """Write an index to `file`; what it is about is asked when the entries are read."""
    connection = sqlite3.connect(file)
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _CREATE)
    for entry in entries:
        _store(connection, entry)
    connection.executemany("INSERT INTO about VALUES (?, ?)", about().items())
    connection.commit()
    connection.close()


def _store(connection: sqlite3.Connection, entry: Entry) -> None:
    place = entry.place
    connection.execute("INSERT OR IGNORE INTO place VALUES (?,?,?,?,?,?,?,?,?,?)", place[:-1])
    other = 0 if place.kind in ("region", "water") else 1
    keys = dict.fromkeys(map(fold, entry.names), other) | {fold(place.name): 0}
    rows = ((key, place.id, rank) for key, rank in keys.items() if len(key) > 1)
    connection.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?)", rows)
    if place.kind in ("city", "site") and (key := sound(place.name)):
        connection.execute("INSERT OR IGNORE INTO sound VALUES (?,?)", (key, place.id))


def kept(name: str, build: Callable[[Path], None], *folders: Path) -> Path:
    """The file of this name in the first of the folders, then of the cache folders, that has it or can be written,
    built when it is not there."""
    for folder in (*folders, *_folders()):
        file = folder / name
        if file.is_file() or _built(file, build):
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


def _built(file: Path, build: Callable[[Path], None]) -> bool:
    """Written beside its place and then moved there, so that nobody reads half an index, by one process at a time: the
    others wait for it."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock = (file.parent / LOCK).open("a")
    except OSError:
        return False
    with lock:
        if fcntl:
            fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.is_file():
            _write(file, build)
    return True


def _write(file: Path, build: Callable[[Path], None]) -> None:
    handle, name = tempfile.mkstemp(prefix=file.name, dir=file.parent)
    os.close(handle)
    try:
        build(Path(name))
        os.replace(name, file)
    finally:
        Path(name).unlink(missing_ok=True)


def opened(file: Path) -> sqlite3.Connection:
    """A read-only connection."""
    address = file.resolve().as_uri() + "?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, check_same_thread=False)
