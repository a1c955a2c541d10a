"""The gazetteer: the world's places by name, the shipped ones (`shipped.py`) and the user's own (`own.py`).

Both are SQLite files made on first use and afterwards only read (`index.py`): a look-up is one or two queries.
"""

from __future__ import annotations

import os
import sqlite3
from functools import lru_cache

from . import own, shipped
from .index import Place, opened
from .names import alike, fold, sound

__all__ = ["Place", "alike", "begins", "find", "fold", "forget", "line", "own", "shipped", "sound", "sounding"]

_FIND = (
    "SELECT p.id, p.name, p.country, p.admin1, p.kind, p.lat, p.lon, p.population, p.precision, p.own, {rank} "
    "FROM {table} n JOIN place p ON p.id = n.place WHERE n.key = ? ORDER BY {rank}, p.population DESC LIMIT 60"
)
_BY_NAME, _BY_SOUND = _FIND.format(table="name", rank="n.rank"), _FIND.format(table="sound", rank="1")
_connections: dict[int, tuple[sqlite3.Connection, ...]] = {}


@lru_cache(maxsize=8192)
def find(name: str) -> tuple[Place, ...]:
    """Places of this name: the user's own first, then those of that very name, then the largest; none when unknown."""
    return _rows(_BY_NAME, fold(name))


@lru_cache(maxsize=4096)
def sounding(name: str) -> tuple[Place, ...]:
    """Towns whose name is spelt otherwise but has the same consonants."""
    key = sound(name)
    return _rows(_BY_SOUND, key) if key else ()


def begins(words: str) -> bool:
    """Whether the name of some place begins with these words."""
    key = fold(words)
    found = (c.execute("SELECT key FROM name WHERE key >= ? LIMIT 1", (key,)).fetchone() for c in _opened())
    return any(row is not None and row[0].startswith(key) for row in found)


def line(place: Place) -> str:
    """A place in one line: name, kind, country, point, whose it is."""
    whose = "yours" if place.own else f"GeoNames {place.id}" if place.id > 0 else ""
    held = " ".join(filter(None, (place.country, place.admin1)))
    people = f"{place.population:,} people" if place.population else ""
    parts = (place.kind, held, f"{place.lat:g}, {place.lon:g}", people, f"precision {place.precision}", whose)
    return f"{place.name}: {'; '.join(filter(None, parts))}"


def forget() -> None:
    """Open the indexes anew at the next look-up: the user's own places have changed."""
    _connections.clear()
    find.cache_clear()
    sounding.cache_clear()


def _rows(statement: str, key: str) -> tuple[Place, ...]:
    connections = _opened()
    found = [Place._make(row) for row in connections[0].execute(statement, (key,))]
    for connection in connections[1:]:
        known = {place.id for place in found}
        more = (Place._make(row) for row in connection.execute(statement, (key,)))
        found = sorted([*found, *(place for place in more if place.id not in known)], key=_order)
    return tuple(found)


def _order(place: Place) -> tuple[bool, int, int]:
    return not place.own, place.rank, -place.population


def _opened() -> tuple[sqlite3.Connection, ...]:
    """Read-only connections of this process (a forked one opens its own): the user's places, then the shipped ones."""
    process = os.getpid()
    if process not in _connections:
        _connections.clear()
        files = filter(None, (own.path(), shipped.path()))
        _connections[process] = tuple(opened(file) for file in files)
    return _connections[process]
