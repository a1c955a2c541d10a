"""Charts as inline SVG, drawn on the server from whole numbers and dates: no scripts, no styles inside, colours from
the page's style sheet by class, the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from .axes import BOTTOM, LEFT, RADIUS, TOP, Axes
from .wording import bounds, capital, day, number

ALL = 250
"""Points from which on the small ones lead nowhere, to keep the page light; the list below it has them all."""
CROWD = 40
"""Points from which on only the last of each line carries its letter."""
COLOURS = 7
"""Colours of the style sheet, taken by turns."""
NAMED = 14
"""Lines that carry their names at their ends, at most; a caption names more."""
NAMES, LETTERS, BARE = 290, 38, 18
"""Pixels right of the picture for names with letters and numbers, in letters of a name, and without."""
WIDE = 700
"""Pixels of a picture from which on names have room beside it."""
APART = 17
"""Pixels between two names."""
Bounds = tuple[int | None, int | None, int | None]


@dataclass(frozen=True)
class Point:
    """One figure of a line: the line's letter and name, the day, the bounds (None = open), where to read it, whether
    it stands `aside` of the line: passed on only, or a part."""

    letter: str
    name: str
    on: date
    low: int | None
    high: int | None
    address: str = ""
    aside: bool = False

    @property
    def value(self) -> int:
        return (self.low if self.low is not None else self.high) or 0


def question(view: Mapping[str, Any], to: Callable[[str], str], width: int, height: int) -> str:
    """The figures of a question's view by day, a line for each origin; `to`: path of a page -> address."""
    names = {stand["letter"]: capital(stand["origin"]) for stand in view["stands"]}
    holds = {(stand["letter"], stand["low"], stand["high"]) for stand in view["stands"]}
    ordered = sorted(view["points"], key=lambda row: (row["letter"], row["low"], row["high"]) in holds)
    return history(points(ordered, names, to), (view["low"], view["best"], view["high"]), width, height)


def source(view: Mapping[str, Any], to: Callable[[str], str], width: int, height: int) -> str:
    """The figures of a source's view by day, a line for each question it speaks to."""
    names = {one["letter"]: one["label"] for one in view["lines"]}
    return history(points(view["points"], names, to), (None, None, None), width, height, tens=True)


def points(rows: Sequence[Mapping[str, Any]], names: Mapping[str, str], to: Callable[[str], str]) -> list[Point]:
    """The points of a view, oldest first; those of one day and line stay in their order."""
    found = [
        Point(
            row["letter"], names[row["letter"]], on, row["low"], row["high"], to(row["href"]), row.get("aside", False)
        )
        for row in rows
        if (on := moment(row["said"]))
    ]
    return sorted(found, key=lambda point: (point.on, point.letter))


def history(points: Sequence[Point], answer: Bounds, width: int, height: int, tens: bool = False) -> str:
    """Figures by day, a letter for each line, each leading to its words, over the band of low, best and high."""
    if not points:
        return ""
    named = width >= WIDE and len({point.letter for point in points}) <= NAMED
    values = [value for point in points for value in (point.low, point.high) if value is not None]
    values += [value for value in answer if value is not None]
    axes = Axes([p.on for p in points], values, width, height, NAMES if named else BARE, tens)
    lines = _by_letter(points)
    parts = [*_band(axes, answer), *_grid(axes), *_best(axes, answer), *_lines(axes, lines)]
    parts += [*(_names(axes, lines) if named else ()), *_points(axes, points)]
    return (
        f'<svg class="chart" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group" '
        f'aria-label="Figures by day, {len(points)} points">{"".join(parts)}</svg>'
    )


def _by_letter(points: Sequence[Point]) -> dict[str, list[Point]]:
    """The points of each line in their order; those that stand aside where there are no others."""
    letters = sorted({point.letter for point in points}, key=lambda letter: (len(letter), letter))
    of = {letter: [point for point in points if point.letter == letter] for letter in letters}
    return {letter: [point for point in mine if not point.aside] or mine[-1:] for letter, mine in of.items()}


def colour(letter: str) -> str:
    """The class of the style sheet by which a line is coloured."""
    return f"c{(ord(letter[-1]) - ord('A')) % COLOURS}"


def _grid(axes: Axes) -> list[str]:
    rows = [
        f'<path class="grid" d="M{LEFT} {axes.y(value):.1f}H{axes.right}"/>'
        f'<text class="tick" x="{LEFT - 8}" y="{axes.y(value) + 4:.1f}" text-anchor="end">{number(value)}</text>'
        for value in axes.steps
    ]
    return rows + _days(axes)


def _days(axes: Axes) -> list[str]:
    """Days below the picture."""
    ground, y, parts = axes.height - BOTTOM, axes.height - 8, list[str]()
    for on, words in axes.days(110):
        x, half = axes.x(on), 3.4 * len(words)
        anchor = "start" if x - half < 0 else "end" if x + half > axes.width else "middle"
        parts.append(
            f'<path class="grid" d="M{x:.1f} {ground}v5"/>'
            f'<text class="tick" x="{x:.1f}" y="{y}" text-anchor="{anchor}">{words}</text>'
        )
    return parts


def _band(axes: Axes, answer: Bounds) -> list[str]:
    low, best, high = answer
    if best is None:
        return []
    top, bottom = axes.y(axes.steps[-1] if high is None else high), axes.y(0 if low is None else low)
    return [
        f'<rect class="band" x="{LEFT}" y="{top:.1f}" width="{axes.right - LEFT}" height="{max(bottom - top, 0):.1f}"/>'
    ]


def _best(axes: Axes, answer: Bounds) -> list[str]:
    best = answer[1]
    return [] if best is None else [f'<path class="bestline" d="M{LEFT} {axes.y(best):.1f}H{axes.right}"/>']


def _lines(axes: Axes, lines: Mapping[str, Sequence[Point]]) -> list[str]:
    """A step line for everyone who spoke more than once, and on to the right edge what each said last."""
    parts = []
    for letter, mine in lines.items():
        by = colour(letter)
        x, y = axes.x(mine[-1].on), axes.y(mine[-1].value)
        if len(mine) > 1:
            start = f"M{axes.x(mine[0].on):.1f} {axes.y(mine[0].value):.1f}"
            steps = "".join(f"H{axes.x(p.on):.1f}V{axes.y(p.value):.1f}" for p in mine[1:])
            parts.append(f'<path class="step {by}" d="{start}{steps}"/>')
        parts.append(f'<path class="stays {by}" d="M{x:.1f} {y:.1f}H{axes.right}"/>')
    return parts


def _names(axes: Axes, lines: Mapping[str, Sequence[Point]]) -> list[str]:
    """At its end each line's letter, what was said last, and its name, none over another."""
    ends = sorted((axes.y(mine[-1].value), letter) for letter, mine in lines.items())
    parts = []
    for (y, letter), place in zip(ends, _apart([y for y, _ in ends], axes.height - 6), strict=True):
        last, by = lines[letter][-1], colour(letter)
        words = bounds(last.low, last.high)
        room = LETTERS - len(words)
        name = last.name if len(last.name) <= room else last.name[: room - 1].rstrip() + "…"
        x = axes.right + 14
        parts.append(
            f'<path class="stays {by}" d="M{axes.right} {y:.1f}L{x - 3} {place:.1f}"/>'
            f'<text class="end {by}" x="{x}" y="{place + 4:.1f}"><tspan class="says">{words}</tspan> '
            f"{escape(name)}<title>{escape(last.name)}</title></text>"
        )
    return parts


def _apart(wished: Sequence[float], lowest: float) -> list[float]:
    """Heights near those wished, in their order, each a line apart."""
    found: list[float] = []
    for y in wished:
        found.append(max(y, found[-1] + APART if found else TOP))
    for back, y in enumerate(reversed(found), 1):
        found[-back] = min(y, lowest)
        lowest = found[-back] - APART
    return found


def _points(axes: Axes, points: Sequence[Point]) -> list[str]:
    parts: list[str] = []
    taken: list[tuple[float, float]] = []
    lettered = points if len(points) < CROWD else list({point.letter: point for point in points}.values())
    if lettered is not points:
        parts += _small(axes, points)
    for point in lettered:
        x, y = _free(axes.x(point.on), axes.y(point.value), taken, axes)
        taken.append((x, y))
        aside = " aside" if point.aside else ""
        dot = (
            f'<circle class="dot {colour(point.letter)}{aside}" cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS}"/>'
            f'<text class="letter{aside}" x="{x:.1f}" y="{y + 3.7:.1f}" text-anchor="middle">'
            f"{escape(point.letter)}</text>"
        )
        parts += [_whisker(axes, point, x), _leading(point, dot)]
    return parts


def _small(axes: Axes, points: Sequence[Point]) -> Iterator[str]:
    """Points without letters, one for each spot of the picture."""
    spots = {(round(axes.x(point.on)), round(axes.y(point.value))): point for point in points}
    for (x, y), point in spots.items():
        drawn = f'<circle class="small {colour(point.letter)}" cx="{x}" cy="{y}" r="3"/>'
        yield _leading(point, drawn, focus=False) if len(spots) < ALL else drawn


def _leading(point: Point, drawn: str, focus: bool = True) -> str:
    """What is drawn of a point, leading to its words where an address is known."""
    said = f"{point.letter}, {point.name}, {day(point.on.isoformat())}: {bounds(point.low, point.high)}"
    told = escape(said, quote=True)
    if not point.address:
        return f"<g>{drawn}<title>{told}</title></g>"
    still = "" if focus else ' tabindex="-1"'
    return f'<a href="{escape(point.address, quote=True)}" aria-label="{told}"{still}><title>{told}</title>{drawn}</a>'


def moment(iso: str) -> date | None:
    """The day of an ISO date, None of one that has no day."""
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:
        return None


def _whisker(axes: Axes, point: Point, x: float) -> str:
    """From low to high; open bounds end in an arrow head."""
    if point.low == point.high:
        return ""
    top = axes.y(point.high) if point.high is not None else max(axes.y(point.value) - 24, 4.0)
    bottom = axes.y(point.low) if point.low is not None else axes.y(point.value) + 24
    head = f"M{x - 4:.1f} {top + 5:.1f}L{x:.1f} {top:.1f}L{x + 4:.1f} {top + 5:.1f}" if point.high is None else ""
    foot = (
        f"M{x - 4:.1f} {bottom - 5:.1f}L{x:.1f} {bottom:.1f}L{x + 4:.1f} {bottom - 5:.1f}" if point.low is None else ""
    )
    return f'<path class="whisker" d="M{x:.1f} {top:.1f}V{bottom:.1f}{head}{foot}"/>'


def _free(x: float, y: float, taken: Sequence[tuple[float, float]], axes: Axes) -> tuple[float, float]:
    """The nearest place to the left or right that no other letter covers."""
    gap = 2 * RADIUS + 1
    for shift in (0, 1, -1, 2, -2, 3, -3, 4, -4):
        moved = x + shift * gap
        if moved - RADIUS < LEFT or moved + RADIUS > axes.right + 4:
            continue
        if all(abs(moved - a) >= gap or abs(y - b) >= gap for a, b in taken):
            return moved, y
    return x, y
