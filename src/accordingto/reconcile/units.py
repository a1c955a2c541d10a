"""Units: the figures one sentence gives of one event, with what tells that event from others.

Grouping works on units, because figures told together ("471 killed and 314 injured") belong together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from ..records import Entry
from .counted import partial
from .days import Days, Shape, day, days, shape
from .saying import said, superseded
from .scenes import clash, scenes
from .witnesses import order
from .words import words

Told = tuple[str, int | None, int | None]
"""Kind, low and high of a figure."""
Bounds = tuple[int | None, int | None]
"""Low and high; None = open."""
Voice = tuple[tuple[str, str, str], Bounds]
"""Report, kind and speaker of a figure that is not called superseded, with its bounds."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Figures of one sentence about one event.

    `level` of the place: 0 a town, 1 a region, 2 a country; `inferred`: the time is approximate; `told`: whole
    figures; `voices`: who gives them; `scenes`: what it happened at.
    """

    number: int
    report: str
    rows: tuple[Entry, ...]
    place: str | None
    name: str | None
    level: int
    country: str | None
    shape: Shape | None
    days: Days | None
    inferred: bool
    time_said: bool
    place_said: bool
    point: tuple[float, float] | None
    said: int | None
    kinds: frozenset[str]
    told: tuple[Told, ...]
    voices: tuple[Voice, ...]
    added: bool
    scenes: frozenset[str]


def units(entries: Iterable[Entry]) -> list[Unit]:
    """The units of a ledger, in order of publication, report and text."""
    found: list[Unit] = []
    for _, report in groupby(sorted(entries, key=order), key=lambda entry: (entry.published or "", entry.report)):
        for rows in _told_together(list(report)):
            found.append(_unit(len(found), rows))
    return found


def place_key(entry: Entry) -> str | None:
    """One key for a place: its GeoNames id, or its name folded."""
    return f"#{entry.geonames}" if entry.geonames is not None else place_name(entry)


def place_name(entry: Entry) -> str | None:
    """A place's name, folded."""
    return _folded(entry.place) if entry.place else None


@lru_cache(maxsize=65536)
def _folded(place: str) -> str | None:
    return " ".join(words(place)) or None


def _told_together(rows: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Runs of figures of one sentence that agree in place and time and do not speak of one kind twice."""
    run: list[Entry] = []
    for entry in rows:
        if run and not all(_together(other, entry) for other in run):
            yield run
            run = []
        run.append(entry)
    if run:
        yield run


def _together(one: Entry, other: Entry) -> bool:
    if clash(scenes(one), scenes(other)):
        return False
    if other.part_of == one.figure or (other.mode == "part" and one.kind == other.kind and _parted(one, other)):
        return True
    if one.sentence != other.sentence or not _agree(place_key(one), place_key(other)):
        return False
    if not _agree(shape(one.edtf), shape(other.edtf)) or not _agree(one.place_country, other.place_country):
        return False
    return one.kind != other.kind or _compatible(one, other)


def _parted(one: Entry, part: Entry) -> bool:
    """Whether a part of the same sentence belongs to the figure before it: another place may be, no other time."""
    return one.sentence == part.sentence and _agree(one.edtf, part.edtf)


def _compatible(one: Entry, other: Entry) -> bool:
    """Whether two figures of one kind in one sentence can be of one event: a part, an increase, a revision."""
    if (one.low, one.high) == (other.low, other.high) or one.mode != other.mode or one.mode != "total":
        return True
    return superseded(one) or superseded(other) or partial(one) or partial(other) or one.stance != other.stance


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _unit(number: int, rows: Sequence[Entry]) -> Unit:
    placed = next((row for row in rows if row.place), None)
    timed = next((row for row in rows if shape(row.edtf)), None)
    wholes = [row for row in rows if row.mode == "total" and not partial(row)]
    spoken = min((d for row in rows if (d := day(said(row))) is not None), default=None)
    return Unit(
        number,
        rows[0].report,
        tuple(rows),
        place_key(placed) if placed else None,
        place_name(placed) if placed else None,
        _level(placed) if placed else 0,
        next((row.place_country for row in rows if row.place_country), None),
        shape(timed.edtf) if timed else None,
        days(timed.edtf) if timed else None,
        timed is not None and "~" in (timed.edtf or ""),
        timed is not None and timed.time_said,
        placed is not None and placed.place_said,
        (placed.lat, placed.lon) if placed and placed.lat is not None and placed.lon is not None else None,
        spoken,
        frozenset(row.kind for row in rows),
        tuple(sorted({_told(row) for row in wholes}, key=repr)),
        tuple(sorted({_voice(row) for row in wholes if not superseded(row)}, key=repr)),
        any(row.mode == "added" for row in rows),
        frozenset(scene for row in rows for scene in scenes(row)),
    )


def _level(entry: Entry) -> int:
    """0 a town or near one, 1 a region (UCDP precision 4 and 5), 2 a country or more."""
    precision = entry.place_precision or 1
    return 2 if precision >= 6 else 1 if precision >= 4 else 0


def _told(entry: Entry) -> Told:
    """A figure as evidence: "at least 58" and "58" are one number told."""
    low, high = entry.low, entry.high
    point = low if low is not None else high
    return (entry.kind, point, point) if None in (low, high) else (entry.kind, low, high)


def _voice(entry: Entry) -> Voice:
    return (entry.report, entry.kind, entry.chain[-1] if entry.chain else ""), (entry.low, entry.high)


def telling(told: Told) -> float:
    """How much a shared figure says: 471 much, 100 little, "dozens" nothing."""
    _, low, high = told
    value = low if low is not None else high
    if value is None or (low is not None and high is not None and low != high):
        return 0.3
    digits = len(str(value).rstrip("0"))
    return 2.5 if digits >= 3 else 1.8 if digits == 2 else 1.0 if value >= 10 else 0.4
