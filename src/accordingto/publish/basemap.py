"""A map as inline SVG: land, borders and a point for each place, the larger the more figures it has. No scripts.

The picture shows the part of the world the points lie in (equirectangular, true at its middle). The base is Natural
Earth 1:50m as changed by Visionscarto, made by scripts/basemap.py; the policy of its borders is printed beside it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from html import escape
from importlib.resources import files
from itertools import pairwise
from math import cos, radians, sqrt
from typing import Any

from ..errors import InputError
from .wording import many

RECOGNISED = "recognised"

BOUNDARIES = {
    RECOGNISED: "Borders: Natural Earth 1:50m as changed by Visionscarto towards the views of the United Nations; "
    "Crimea is drawn in Ukraine, Western Sahara apart from Morocco.",
    "none": "No borders are drawn, only coasts (Natural Earth 1:50m as changed by Visionscarto).",
}
"""The policies a map can be drawn by, in words."""
SPAN = 20.0
"""Degrees a map shows from west to east, at least."""
TOP, BOTTOM = 84.0, -58.0
COARSE = 1.5
"""Pixels between two points of a line, at least."""
NAMED = 12
"""Places that carry their names, at most."""
Box = tuple[float, float, float, float]
Point = tuple[float, float]


def policy(name: str) -> str:
    """What the boundaries of this name are, in words. Raises InputError when there are none."""
    if name not in BOUNDARIES:
        raise InputError(f"boundaries {name!r} are not known; give one of {', '.join(BOUNDARIES)} (--boundaries)")
    return BOUNDARIES[name]


def draw(
    places: Sequence[Mapping[str, Any]],
    width: int,
    height: int,
    policy: str = "recognised",
    to: Callable[[str], str] | None = None,
) -> str:
    """The map of places (`name`, `lat`, `lon`, `figures`, perhaps `href`), those of most figures above the others."""
    box = _box([(place["lon"], place["lat"]) for place in places], width, height)
    west, south, east, north = box
    scale_x, scale_y = width / (east - west), height / (north - south)

    def spot(lon: float, lat: float) -> Point:
        return (lon - west) * scale_x, (north - lat) * scale_y

    most = max((place["figures"] for place in places), default=1)
    parts = [f'<rect class="sea" width="{width}" height="{height}"/>', _base(box, width, height, policy == "none")]
    taken: list[Box] = []
    drawn = []
    for number, place in enumerate(places):
        x, y = spot(place["lon"], place["lat"])
        radius = 4 + 10 * sqrt(place["figures"] / most)
        told = escape(f"{place['name']}: {many(place['figures'], 'figure')}", quote=True)
        mark = f'<circle class="place" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/><title>{told}</title>'
        if to and place.get("href"):
            mark = f'<a href="{escape(to(place["href"]), quote=True)}" aria-label="{told}">{mark}</a>'
        drawn.append(f"<g>{mark}</g>")
        if number < NAMED and (label := _label(place["name"], x, y, radius, taken, width, height)):
            parts.append(label)
    told = f"Map of {many(len(places), 'place')}"
    return (
        f'<svg class="worldmap" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group" '
        f'aria-label="{told}">{"".join([*parts[:2], *reversed(drawn), *parts[2:]])}</svg>'
    )


def _label(name: str, x: float, y: float, radius: float, taken: list[Box], width: int, height: int) -> str:
    """The name beside its point, where no other name stands and the picture has room."""
    wide = 6.6 * len(name)
    for left, anchor, at in (
        (x + radius + 3, "start", x + radius + 3),
        (x - radius - 3 - wide, "end", x - radius - 3),
        (x - wide / 2, "middle", x),
    ):
        top = y - 7 if anchor != "middle" else y + radius + 3
        box = (left, top, left + wide, top + 14)
        apart = all(box[2] < o[0] or o[2] < box[0] or box[3] < o[1] or o[3] < box[1] for o in taken)
        if apart and left > 2 and box[2] < width - 2 and top > 0 and box[3] < height:
            taken.append(box)
            return (
                f'<text class="placename" x="{at:.1f}" y="{top + 11:.1f}" text-anchor="{anchor}">{escape(name)}</text>'
            )
    return ""


def _box(points: Sequence[Point], width: int, height: int) -> Box:
    """West, south, east, north of what is shown: the points with room around them, in the picture's proportions."""
    if not points:
        return -180.0, BOTTOM, 180.0, TOP
    west, east = min(lon for lon, _ in points), max(lon for lon, _ in points)
    south, north = min(lat for _, lat in points), max(lat for _, lat in points)
    shrink = max(0.3, cos(radians((south + north) / 2)))
    ratio = width / height / shrink
    wide = max(SPAN, 1.35 * (east - west), 1.35 * (north - south) * ratio)
    if wide >= 300:
        wide = 360.0
    tall = wide / ratio
    middle = 0.0 if wide == 360.0 else (west + east) / 2
    center = min(max((south + north) / 2, BOTTOM + tall / 2), TOP - tall / 2) if tall < TOP - BOTTOM else 13.0
    return tuple(
        round(value, 2) for value in (middle - wide / 2, center - tall / 2, middle + wide / 2, center + tall / 2)
    )  # type: ignore[return-value]


@lru_cache(maxsize=256)
def _base(box: Box, width: int, height: int, bare: bool) -> str:
    """Land and borders inside a box as paths."""
    west, south, east, north = box
    scale_x, scale_y = width / (east - west), height / (north - south)

    def path(line: Sequence[Point], closed: bool) -> str:
        made, last = [], (1e9, 1e9)
        for lon, lat in line:
            x, y = (lon - west) * scale_x, (north - lat) * scale_y
            if abs(x - last[0]) + abs(y - last[1]) >= COARSE:
                made.append(f"{x:.1f} {y:.1f}")
                last = x, y
        return f"M{'L'.join(made)}{'Z' if closed else ''}" if len(made) > (2 if closed else 1) else ""

    near = (west - 1, south - 1, east + 1, north + 1)
    land = "".join(path(_clipped(ring, near), True) for ring in _near("land", near))
    parts = [f'<path class="land" d="{land}"/>']
    if not bare:
        lines = (piece for line in _near("borders", near) for piece in _inside(line, near))
        parts.append(f'<path class="border" d="{"".join(path(line, False) for line in lines)}"/>')
    return "".join(parts)


def _near(name: str, box: Box) -> Iterator[list[Point]]:
    """The lines that meet a box, which may reach beyond 180 degrees."""
    for line, around in _world()[name]:
        for turn in (-360.0, 0.0, 360.0):
            if _meet((around[0] + turn, around[1], around[2] + turn, around[3]), box):
                yield [(lon + turn, lat) for lon, lat in line] if turn else line


@cache
def _world() -> Mapping[str, list[tuple[list[Point], Box]]]:
    """The lines of the base map in degrees, each with what it spans."""
    held = json.loads(files(__package__).joinpath("world.json").read_text("utf-8"))
    return {name: [(line, _around(line)) for line in map(_decoded, lines)] for name, lines in held.items()}


def _decoded(coded: Sequence[int]) -> list[Point]:
    x = y = 0
    line = []
    for dx, dy in zip(coded[::2], coded[1::2], strict=True):
        x, y = x + dx, y + dy
        line.append((x / 100, y / 100))
    return line


def _around(line: Sequence[Point]) -> Box:
    xs, ys = [x for x, _ in line], [y for _, y in line]
    return min(xs), min(ys), max(xs), max(ys)


def _meet(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _inside(line: Sequence[Point], box: Box) -> list[list[Point]]:
    """The pieces of a line whose steps touch a box."""
    pieces: list[list[Point]] = []
    open_piece = False
    for one, other in pairwise(line):
        if _meet(_around((one, other)), box):
            if not open_piece:
                pieces.append([one])
            pieces[-1].append(other)
            open_piece = True
        else:
            open_piece = False
    return pieces


def _clipped(ring: list[Point], box: Box) -> list[Point]:
    """A ring cut to a box (Sutherland and Hodgman, 1974)."""
    for axis, edge, above in ((0, box[0], True), (0, box[2], False), (1, box[1], True), (1, box[3], False)):
        if not ring:
            return ring
        kept: list[Point] = []
        for one, other in pairwise([*ring, ring[0]]):
            here, there = (one[axis] >= edge) == above, (other[axis] >= edge) == above
            if here:
                kept.append(one)
            if here != there:
                part = (edge - one[axis]) / (other[axis] - one[axis])
                kept.append((one[0] + part * (other[0] - one[0]), one[1] + part * (other[1] - one[1])))
        ring = kept
    return ring
