"""EDTF times as days: what grouping and checks compare.

Only the part of EDTF (ISO 8601-2) the reader writes is understood; anything else is `None`, never an error.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

Shape = Literal["day", "coarse", "period", "until"]
"""How a time tells its event: a day or two; a month or year it falls in; a period; everything up to a day."""
SHORT = 4
"""Days a time may cover and still tell of one incident ("overnight", "over the weekend")."""
_DATE = re.compile(r"(-?\d{1,3}X|\d{4})(?:-(\d\d|XX)(?:-(\d\d|XX))?)?$")
_QUALIFIED = re.compile(r"[~?%]")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14), 33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12)}


class Days(NamedTuple):
    """First and last day (proleptic ordinals) a time may cover; None = open."""

    first: int | None
    last: int | None

    @property
    def length(self) -> int | None:
        """Days covered, or None when an end is open."""
        return None if self.first is None or self.last is None else self.last - self.first + 1


@lru_cache(maxsize=65536)
def days(edtf: str | None) -> Days | None:
    """The days an EDTF string covers (`2023-01`, `2022-12-31/2023-01-01`, `../2024-05-14`); None when unknown."""
    if not edtf:
        return None
    start, slash, end = edtf.strip().partition("/")
    first, last = _ends(start), _ends(end) if slash else _ends(start)
    if (first is None and start not in ("", "..")) or (last is None and end not in ("", "..")):
        return None
    if first is None and last is None:
        return None
    low, high = first and first[0], last and last[1]
    if low is not None and high is not None and high < low:
        return None
    return Days(low, high)


def shape(edtf: str | None) -> Shape | None:
    """What an EDTF time says of an event's extent."""
    found = days(edtf)
    if found is None:
        return None
    if found.first is None:
        return "until"
    if found.length is not None and found.length <= SHORT:
        return "day"
    return "period" if edtf and "/" in edtf else "coarse"


@lru_cache(maxsize=65536)
def day(text: str | None) -> int | None:
    """The first day of an ISO 8601 date or date and time, or None."""
    found = _ends((text or "").strip()[:10].rstrip("T"))
    return found[0] if found else None


def iso(ordinal: int) -> str:
    """The day as ISO 8601."""
    return date.fromordinal(ordinal).isoformat()


def _ends(text: str) -> tuple[int, int] | None:
    match = _DATE.match(_QUALIFIED.sub("", text))
    if not match:
        return None
    years, month, dom = match.groups()
    try:
        return _year(years) if month in (None, "XX") else _month(int(years), int(month), dom)
    except ValueError:
        return None


def _year(years: str) -> tuple[int, int]:
    low, high = int(years.replace("X", "0")), int(years.replace("X", "9"))
    return date(low, 1, 1).toordinal(), date(high, 12, 31).toordinal()


def _month(year: int, month: int, dom: str | None) -> tuple[int, int]:
    if month in _SEASONS:
        first, last = _SEASONS[month]
        end, over = year + (last > 12), (last - 1) % 12 + 1
        return date(year, first, 1).toordinal(), date(end, over, monthrange(end, over)[1]).toordinal()
    if dom in (None, "XX"):
        return date(year, month, 1).toordinal(), date(year, month, monthrange(year, month)[1]).toordinal()
    day_ = date(year, month, int(dom)).toordinal()
    return day_, day_
