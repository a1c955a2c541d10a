"""A chart for the terminal: what each origin said by day, over the band from low to high and the line of best."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from rich.text import Text

from ..publish.axes import step
from ..publish.wording import day as written
from ..publish.wording import letter
from ..reconcile import answer
from ..reconcile.saying import said
from ..records import Answer, Entry, Stand

HEIGHT = 9
WIDEST = 100
BEYOND = 0.06
"""Part of the time shown that the chart goes on after the last figure."""
SAMPLED = 60
"""Days at which the answer is worked out again, at most."""
COLOURS = ("cyan", "magenta", "green", "yellow", "blue", "red")
BAND, BEST, RANGE, MORE, LESS, MANY = "░", "─", "│", "↑", "↓", "*"


class Point(NamedTuple):
    """A figure an origin gave: its letter, the day, the bounds (None = open)."""

    letter: str
    on: int
    low: int | None
    high: int | None

    @property
    def value(self) -> int:
        return (self.low if self.low is not None else self.high) or 0


class _Plane:
    """Characters on a plane of days and numbers, each with its style."""

    def __init__(self, width: int, days: tuple[int, float], values: tuple[int, int]) -> None:
        self.width, self.days, self.values = width, days, values
        self.cells: dict[tuple[int, int], tuple[str, str]] = {}

    def column(self, on: float) -> int:
        first, last = self.days
        return round((self.width - 1) * (on - first) / (last - first)) if last > first else self.width // 2

    def row(self, value: int) -> int:
        least, most = self.values
        return HEIGHT - 1 - round((HEIGHT - 1) * (min(max(value, least), most) - least) / (most - least))

    def put(self, column: int, row: int, mark: str, style: str) -> None:
        if 0 <= row < HEIGHT:
            self.cells[column, row] = mark, style

    def line(self, row: int) -> Text:
        return Text.assemble(*(self.cells.get((column, row), (" ", "")) for column in range(self.width)))


def draw(told: Answer, entries: Iterable[Entry], copies: Mapping[str, str], width: int) -> Iterator[Text]:
    """The chart's lines, none when the figures are of one day."""
    rows = {entry.figure: entry for entry in entries}
    points = [point for number, stand in enumerate(told.stands) for point in _points(letter(number), stand, rows)]
    days = sorted({point.on for point in points})
    if len(days) < 2:
        return
    answers = _answers(told, rows.values(), copies, days)
    values = [value for p in points for value in (p.low, p.high) if value is not None]
    rise = step(max([*values, 1]))
    most = rise * -(-max([*values, 1]) // rise)
    least = min(values) // rise * rise if min(values) * 2 > most else 0
    label = max(len(f"{most:,}"), len(f"{least:,}")) + 1
    end = days[-1] + (days[-1] - days[0]) * BEYOND
    plane = _Plane(min(width, WIDEST) - label - 3, (days[0], end), (least, max(most, least + 1)))
    _band(plane, answers)
    for point in points:
        _mark(plane, point)
    yield from _framed(plane, label, rise, days)
    yield _key(told)


def _points(name: str, stand: Stand, rows: Mapping[str, Entry]) -> Iterator[Point]:
    for figure in stand.history:
        on = said(rows[figure]) if figure in rows else None
        if on:
            yield Point(name, date.fromisoformat(on).toordinal(), rows[figure].low, rows[figure].high)


def _answers(told: Answer, rows: Iterable[Entry], copies: Mapping[str, str], days: Sequence[int]) -> dict[int, Answer]:
    """The answer as of each day on which anything was said; of many days, some."""
    some = days[:: -(-len(days) // SAMPLED)]
    held = list(rows)
    dated = ((on, date.fromordinal(on).isoformat()) for on in some)
    return {on: answer(told.question, held, copies, until, told.rule) for on, until in dated}


def _band(plane: _Plane, answers: Mapping[int, Answer]) -> None:
    """From each day to the next the band of its answer, and the line of its best."""
    days = sorted(answers)
    for on, later in zip(days, [*days[1:], plane.days[1] + 1.0], strict=True):
        one = answers[on]
        top = plane.row(one.high if one.high is not None else plane.values[1])
        bottom = plane.row(one.low if one.low is not None else plane.values[0])
        for column in range(plane.column(on), min(plane.column(later), plane.width)):
            for row in range(top, bottom + 1) if bottom > top else ():
                plane.put(column, row, BAND, "dim")
            if one.best is not None:
                plane.put(column, plane.row(one.best), BEST, "bold")


def _mark(plane: _Plane, point: Point) -> None:
    """The origin's letter; a bar for a range, an arrow for an open end."""
    style = COLOURS[(ord(point.letter[-1]) - ord("A")) % len(COLOURS)]
    column, row = plane.column(point.on), plane.row(point.value)
    if point.high is None:
        plane.put(column, row - 1, MORE, style)
    elif point.low is None:
        plane.put(column, row + 1, LESS, style)
    else:
        for between in range(plane.row(point.high), row):
            plane.put(column, between, RANGE, style)
    held = plane.cells.get((column, row), (" ", ""))[0]
    other = held not in (" ", BAND, BEST, RANGE, MORE, LESS, point.letter[-1])
    plane.put(column, row, MANY if other else point.letter[-1], style)


def _framed(plane: _Plane, label: int, rise: int, days: Sequence[int]) -> Iterator[Text]:
    least, most = plane.values
    ticks = {plane.row(value): f"{value:,}" for value in range(least, most + 1, rise)}
    for row in range(HEIGHT):
        tick = ticks.get(row, "")
        yield Text(f"  {tick:>{label - 1}} ", style="dim") + Text("┤" if tick else "│", style="dim") + plane.line(row)
    first, last = (written(date.fromordinal(on).isoformat()) for on in (days[0], days[-1]))
    room = plane.width + 1 - len(first) - len(last)
    yield Text(" " * (label + 2) + first + " " * max(1, room) + last, style="dim")


def _key(told: Answer) -> Text:
    names = [f"{letter(number)} {stand.origin.name}" for number, stand in enumerate(told.stands)]
    return Text("  " + ", ".join([*names, f"{BAND} low to high", f"{BEST} best"]), style="dim")
