"""Days on the calendar, and their EDTF (ISO 8601-2) strings.

A `Period` runs from a first to a last day and knows its grain, so that a year earlier than a quarter
is a quarter. Arithmetic that leaves the calendar raises ValueError or OverflowError, which
`timeline.times` turns into "unresolved".
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta

DAY = timedelta(1)
_STEPS = {"day": 0, "weekend": 7, "week": 7, "fortnight": 14, "month": 1, "quarter": 3, "season": 12, "half": 6}
_STEPS |= {"year": 12, "decade": 120, "century": 1200}


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day (both included), grain, and EDTF's "~" when approximate, "?" when its words contradict."""

    first: date
    last: date
    grain: str = "day"
    approximate: bool = False
    doubtful: bool = False

    @property
    def edtf(self) -> str:
        """`2024-05-03`, `2024-05`, `2024`, `2024-21` (spring), `198X`, or an interval of days or months."""
        write = _WRITERS.get(self.grain)
        if write:
            return write(self.first) + "~" * self.approximate + "?" * self.doubtful
        if self.first == self.last:
            return self.first.isoformat()
        if (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31):
            return f"{self.first.year:04}/{self.last.year:04}"
        if self.first.day == 1 and self.last == month(self.last.year, self.last.month).last:
            return f"{self.first.isoformat()[:7]}/{self.last.isoformat()[:7]}"
        return f"{self.first.isoformat()}/{self.last.isoformat()}"

    @property
    def ends(self) -> tuple[str, str]:
        """How an interval that begins or ends with this period is written: `1980` and `1989` for the 1980s, and the
        whole month for a part of it, since "early May" has no agreed first and last day."""
        if self.grain == "part":
            return self.first.isoformat()[:7], self.first.isoformat()[:7]
        if self.grain in ("decade", "century"):
            return self.first.isoformat()[:4], self.last.isoformat()[:4]
        first, _, last = self.edtf.partition("/")
        return first, last or first

    def shifted(self, steps: int) -> Period:
        """The period of the same grain so many grains later (negative: earlier)."""
        return unit(self.grain, step(self.first, steps, self.grain))

    def years(self, steps: int) -> Period:
        """The same part of the year so many years later; a week or a span of days keeps its length."""
        first = self.first + relativedelta(years=steps)
        if self.grain in _WRITERS or self.grain in ("quarter", "half"):
            return unit(self.grain, first)
        return replace(self, first=first, last=first + (self.last - self.first))


def _season(first: date) -> str:
    return f"{first.year:04}-{ {3: 21, 6: 22, 9: 23, 12: 24}[first.month] }"


_WRITERS: Mapping[str, Callable[[date], str]] = {
    "day": lambda first: first.isoformat(),
    "month": lambda first: first.isoformat()[:7],
    "season": _season,
    "year": lambda first: first.isoformat()[:4],
    "decade": lambda first: first.isoformat()[:3] + "X",
    "century": lambda first: first.isoformat()[:2] + "XX",
}


def day(when: date, *, approximate: bool = False) -> Period:
    return Period(when, when, "day", approximate)


def span(first: date, last: date) -> Period:
    """Any days in a row; order does not matter."""
    return Period(min(first, last), max(first, last), "span")


def month(year: int, number: int) -> Period:
    return Period(date(year, number, 1), date(year, number, monthrange(year, number)[1]), "month")


def months(year: int, number: int, count: int, grain: str) -> Period:
    """`count` months from month `number` on."""
    first = date(year, number, 1)
    return Period(first, first + relativedelta(months=count) - DAY, grain)


def unit(grain: str, when: date) -> Period:
    """The calendar unit that holds the day. Seasons are the northern ones: March to May is spring."""
    match grain:
        case "week" | "fortnight":
            monday = when - DAY * when.weekday()
            return Period(monday, monday + DAY * (13 if grain == "fortnight" else 6), grain)
        case "weekend":
            saturday = when + DAY * (5 - when.weekday())
            return Period(saturday, saturday + DAY, grain)
        case "month":
            return month(when.year, when.month)
        case "quarter" | "half":
            size = 3 if grain == "quarter" else 6
            return months(when.year, (when.month - 1) // size * size + 1, size, grain)
        case "season":
            number = when.month // 3 * 3 or 12
            return months(when.year - (when.month < 3), number, 3, grain)
        case "year":
            return months(when.year, 1, 12, grain)
        case "decade" | "century":
            years = 10 if grain == "decade" else 100
            start = when.year // years * years
            return Period(date(start, 1, 1), date(start + years - 1, 12, 31), grain)
    return Period(when, when)


def step(when: date, count: int, grain: str) -> date:
    """The day so many units later (negative: earlier)."""
    size = _STEPS.get(grain, 0)
    if grain in ("day", "hour") or not size:
        return when + DAY * count
    if grain in ("week", "weekend", "fortnight"):
        return when + DAY * size * count
    return when + relativedelta(months=size * count)


_EDTF_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?$|(\d{3})X$|(\d\d)XX$")


@lru_cache(4096)
def days(edtf: str) -> tuple[date | None, date | None]:
    """First and last day of an EDTF string this package writes; None where open or unknown."""
    start, slash, end = edtf.partition("/")
    first = _bounds(start)
    last = _bounds(end) if slash else first
    return (first[0] if first else None, last[1] if last else None)


def _bounds(text: str) -> tuple[date, date] | None:
    found = _EDTF_DATE.match(text.rstrip("~?%"))
    if not found:
        return None
    try:
        period = _read(*found.groups())
    except ValueError:
        return None
    return period.first, period.last


def _read(year: str | None, part: str | None, of_month: str | None, decade: str | None, century: str | None) -> Period:
    if decade or century:
        start = date(int(decade) * 10 if decade else int(century or 0) * 100, 1, 1)
        return unit("decade" if decade else "century", start)
    whole = int(year or 0)
    if not part:
        return unit("year", date(whole, 1, 1))
    if of_month:
        return day(date(whole, int(part), int(of_month)))
    if int(part) > 20:
        return months(whole, {21: 3, 22: 6, 23: 9, 24: 12}.get(int(part), 0), 3, "season")
    return month(whole, int(part))
