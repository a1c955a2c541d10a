"""Days a person gives: YYYY-MM-DD, or a month or year, of which the last or the first day is meant."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from .errors import InputError

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def first(words: str, option: str) -> str:
    """The first day meant, ISO 8601. Raises InputError, which calls it `option`."""
    return _days(words, option)[0].isoformat()


def last(words: str, option: str) -> str:
    """The last day meant, ISO 8601. Raises InputError, which calls it `option`."""
    return _days(words, option)[1].isoformat()


def after(words: str, option: str) -> str:
    """The day after the last one meant: what happened before it had happened by then."""
    end = _days(words, option)[1]
    return (end + timedelta(1)).isoformat() if end < date.max else "9999-12-31T24"


def before(day: str) -> str:
    """The day before an ISO day."""
    found = date.fromisoformat(day)
    return (found - timedelta(1)).isoformat() if found > date.min else day


def _days(words: str, option: str) -> tuple[date, date]:
    found = _DAY.fullmatch(words.strip())
    try:
        year, month, day = (int(part) if part else None for part in found.groups()) if found else (None, None, None)
        if year is not None:
            ends = (month or 12, day or monthrange(year, month or 12)[1])
            return date(year, month or 1, day or 1), date(year, *ends)
    except ValueError:
        pass
    raise InputError(f"{option} {words!r} is not a day; give it as YYYY-MM-DD, for instance 2025-03-10")
