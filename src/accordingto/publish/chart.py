"""Charts as inline SVG, drawn on the server from whole numbers and dates: no scripts, no styles inside, colours from
the page's style sheet by class, the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import Any

from .wording import bounds, day, number

TOP, BOTTOM, LEFT, RIGHT = 16, 30, 52, 18
RADIUS = 9
ALL = 250
"""Points from which on the small ones lead nowhere, to keep the page light; the list below it has them all."""
CROWD = 40
"""Points from which on only the last of each origin carries its letter."""


@dataclass(frozen=True)
class Point:
    """One figure an origin gave: the origin's letter and name, the day, the bounds (None = open), where to read it."""

    letter: str
    origin: str
    on: date
    low: int | None
    high: int | None
    address: str = ""

    @property
    def value(self) -> int:
        return (self.low if self.low is not None else self.high) or 0


def question(view: Mapping[str, Any], to: Callable[[str], str], width: int, height: int) -> str:
    """The figures of a question's view by day; `to` leads from a path to the address of a page."""
    names = {stand["letter"]: stand["origin"] for stand in view["stands"]}
    points = [
        Point(one["letter"], names[one["letter"]], on, one["low"], one["high"], to(one["href"]))
        for one in view["points"]
        if (on := _date(one["said"]))
    ]
    ordered = sorted(points, key=lambda point: (point.on, point.letter, point.value))
    return history(ordered, (view["low"], view["best"], view["high"]), width, height)


def history(points: Sequence[Point], answer: tuple[int | None, int | None, int | None], width: int, height: int) -> str:
    """Figures by day, a letter for each origin, each leading to its words, over the band of low, best and high."""
    if not points:
        return ""
    axes = _Axes(points, answer, width, height)
    parts = [*_grid(axes), *_band(axes, answer), *_lines(axes, points), *_points(axes, points)]
    return (
        f'<svg class="chart" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group" '
        f'aria-label="Figures by day, {len(points)} points">{"".join(parts)}</svg>'
    )


def spark(course: Sequence[tuple[str, int]], width: int = 96, height: int = 22) -> str:
    """The course of a question by day, small: a line, and a dot for the last day."""
    days = [(on, value) for day, value in course if (on := _date(day))]
    if len(days) < 2:
        return ""
    first, last = days[0][0], days[-1][0]
    least, most = min(value for _, value in days), max(value for _, value in days)
    room, tall = width - 8, height - 8
    spots = [
        (
            4 + room * (on - first).days / max(1, (last - first).days),
            4 + tall * (1 - (value - least) / (most - least) if most > least else 0.5),
        )
        for on, value in days
    ]
    line = "L".join(f"{x:.1f} {y:.1f}" for x, y in spots)
    x, y = spots[-1]
    return (
        f'<svg class="spark" viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true">'
        f'<path class="course" d="M{line}"/><circle class="best" cx="{x:.1f}" cy="{y:.1f}" r="3"/></svg>'
    )


def strip(low: int | None, best: int | None, high: int | None, width: int = 120) -> str:
    """A small bar from low to high with best marked; its scale runs from 0 to the largest of them."""
    known = [value for value in (low, best, high) if value is not None]
    if best is None or max(known) == 0 or low == high:
        return ""
    scale = (width - 12) / (max(known) * (1 if high is not None else 1.35))
    left = 2 + (low if low is not None else 0) * scale
    right = 2 + high * scale if high is not None else width - 2
    end = "" if high is not None else f'<path class="open" d="M{width - 7} 3l4 4l-4 4"/>'
    return (
        f'<svg class="strip" viewBox="0 0 {width} 14" width="{width}" height="14" aria-hidden="true">'
        f'<path class="axis" d="M2 7H{width - 2}"/>'
        f'<path class="range" d="M{left:.1f} 7H{max(right, left + 0.1):.1f}"/>{end}'
        f'<circle class="best" cx="{2 + best * scale:.1f}" cy="7" r="4.5"/></svg>'
    )


class _Axes:
    """Where days and numbers fall in the picture."""

    def __init__(
        self, points: Sequence[Point], answer: tuple[int | None, int | None, int | None], width: int, height: int
    ) -> None:
        self.width, self.height = width, height
        values = [value for p in points for value in (p.low, p.high) if value is not None]
        self.step = step(max([*values, *(value for value in answer if value is not None), 1]))
        self.most = self.step * -(-max([*values, *(value for value in answer if value is not None), 1]) // self.step)
        self.first, self.last = min(p.on for p in points), max(p.on for p in points)
        if self.first == self.last:
            self.first, self.last = self.first - timedelta(1), self.last + timedelta(1)

    def x(self, on: date) -> float:
        room = self.width - LEFT - RIGHT - 2 * RADIUS
        return LEFT + RADIUS + room * (on - self.first).days / (self.last - self.first).days

    def y(self, value: int) -> float:
        return TOP + (self.height - TOP - BOTTOM) * (1 - value / self.most)


def step(most: int) -> int:
    """A round step (1, 2 or 5 and noughts) that cuts 0 to `most` into two to five."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if most <= factor * step * 5:
                return factor * step
        step *= 10


def _grid(axes: _Axes) -> list[str]:
    right = axes.width - RIGHT
    rows = [
        f'<path class="grid" d="M{LEFT} {axes.y(value):.1f}H{right}"/>'
        f'<text class="tick" x="{LEFT - 8}" y="{axes.y(value) + 4:.1f}" text-anchor="end">{number(value)}</text>'
        for value in range(0, axes.most + 1, axes.step)
    ]
    return rows + _days(axes)


def _days(axes: _Axes) -> list[str]:
    """First and last day, and the middle one where there is room."""
    y = axes.height - 8
    span = (axes.last - axes.first).days
    marks = [(axes.first, "start"), (axes.last, "end")]
    if axes.width > 500 and span > 3:
        marks.insert(1, (axes.first + timedelta(span // 2), "middle"))
    edges = {"start": float(LEFT), "end": float(axes.width - RIGHT)}
    return [
        f'<text class="tick" x="{edges.get(anchor, axes.x(on)):.1f}" y="{y}" text-anchor="{anchor}">'
        f"{day(on.isoformat())}</text>"
        for on, anchor in marks
    ]


def _band(axes: _Axes, answer: tuple[int | None, int | None, int | None]) -> list[str]:
    low, best, high = answer
    parts = []
    if best is not None:
        top, bottom = axes.y(axes.most if high is None else high), axes.y(0 if low is None else low)
        room = axes.width - LEFT - RIGHT
        parts.append(
            f'<rect class="band" x="{LEFT}" y="{top:.1f}" width="{room}" height="{max(bottom - top, 0):.1f}"/>'
            f'<path class="bestline" d="M{LEFT} {axes.y(best):.1f}H{axes.width - RIGHT}"/>'
        )
    return parts


def _lines(axes: _Axes, points: Sequence[Point]) -> list[str]:
    """A step line for every origin that spoke more than once."""
    parts = []
    for letter in dict.fromkeys(p.letter for p in points):
        mine = [p for p in points if p.letter == letter]
        if len(mine) > 1:
            start = f"M{axes.x(mine[0].on):.1f} {axes.y(mine[0].value):.1f}"
            steps = "".join(f"H{axes.x(p.on):.1f}V{axes.y(p.value):.1f}" for p in mine[1:])
            parts.append(f'<path class="step" d="{start}{steps}"/>')
    return parts


def _points(axes: _Axes, points: Sequence[Point]) -> list[str]:
    parts: list[str] = []
    taken: list[tuple[float, float]] = []
    lettered = points if len(points) < CROWD else list({point.letter: point for point in points}.values())
    if lettered is not points:
        spots = {(round(axes.x(p.on)), round(axes.y(p.value))): p for p in points}
        parts += [
            _leading(p, f'<circle class="small" cx="{x}" cy="{y}" r="2.5"/>', focus=False)
            if len(spots) < ALL
            else f'<circle class="small" cx="{x}" cy="{y}" r="2.5"/>'
            for (x, y), p in spots.items()
        ]
    for point in lettered:
        x, y = _free(axes.x(point.on), axes.y(point.value), taken, axes)
        taken.append((x, y))
        dot = (
            f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS}"/>'
            f'<text class="letter" x="{x:.1f}" y="{y + 3.7:.1f}" text-anchor="middle">{escape(point.letter)}</text>'
        )
        parts += [_whisker(axes, point, x), _leading(point, dot)]
    return parts


def _leading(point: Point, drawn: str, focus: bool = True) -> str:
    """What is drawn of a point, leading to its words where an address is known."""
    told = escape(
        f"{point.letter}, {point.origin}, {day(point.on.isoformat())}: {bounds(point.low, point.high)}", quote=True
    )
    if not point.address:
        return f"<g>{drawn}<title>{told}</title></g>"
    still = "" if focus else ' tabindex="-1"'
    return f'<a href="{escape(point.address, quote=True)}" aria-label="{told}"{still}><title>{told}</title>{drawn}</a>'


def _date(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:
        return None


def _whisker(axes: _Axes, point: Point, x: float) -> str:
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


def _free(x: float, y: float, taken: Sequence[tuple[float, float]], axes: _Axes) -> tuple[float, float]:
    """The nearest place to the left or right that no other letter covers."""
    gap = 2 * RADIUS + 1
    for shift in (0, 1, -1, 2, -2, 3, -3, 4, -4):
        moved = x + shift * gap
        if moved - RADIUS < LEFT or moved + RADIUS > axes.width:
            continue
        if all(abs(moved - a) >= gap or abs(y - b) >= gap for a, b in taken):
            return moved, y
    return x, y
