"""A publication date as inputs write it, to ISO 8601.

Only what can be read in one way: `03/04/2025` is the third of April or the fourth of March, so it is no date.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

NO_DATE = "no-date"
FROM_DATELINE = "date-from-dateline"
HEAD = 600
"""Code points at the head of a text in which a dateline may stand."""
WRITTEN = (
    "%d %B %Y",
    "%d %b %Y",
    "%B %d %Y",
    "%b %d %Y",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y %B %d",
    "%d %B %Y %H:%M",
    "%d %b %Y %H:%M",
    "%B %d %Y %H:%M",
    "%b %d %Y %H:%M",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
)
"""Ways to write a date that leave no choice, commas, dots after months and weekdays taken away (months in English)."""
_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s*", re.I)
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b", re.I)
_SLASHED = re.compile(r"^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})$")
_DATE = r"(?:\d{1,2} [A-Z][a-z]{2,8}\.?,? |[A-Z][a-z]{2,8}\.? \d{1,2},? )(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d"
_DATELINE = re.compile(
    r"^[ \t]*(?:[A-ZÀ-Þ][\w.'’-]*(?:[ ,/]+[A-ZÀ-Þ(][\w.'’)-]*){0,7}[ ,–—-]+)??"  # KYIV, Ukraine,
    rf"\(?({_DATE})\)?[ ,]*(?:\([^()\n]{{1,40}}\)|/[^/\n]{{1,40}}/)?[ \t]*(?:[-–—:]|--|$)",
    re.MULTILINE,
)
_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")


def iso(value: object) -> str | None:
    """The date, or date and time, of a value in ISO 8601, None when there is none or it can be read in two ways."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _epoch(value)
    words = " ".join(str(value).split())
    return _standard(words) or _mail(words) or _written(words) or _slashed(words) if words else None


def in_name(name: str) -> str | None:
    """A day written in a file's name (`2025-02-27-yonhap.txt`)."""
    found = _IN_NAME.search(name)
    return _standard(f"{found[1]}-{found[3]}-{found[4]}") if found else None


def or_dateline(published: str | None, text: str) -> tuple[str | None, tuple[str, ...]]:
    """The date, else that of the dateline ("KYIV, 5 March 2025 (Wire) —"), else None; with the doubt that says so."""
    if published:
        return published, ()
    for found in _DATELINE.finditer(text, 0, HEAD):
        if day := iso(found[1]):
            return day, (FROM_DATELINE,)
    return None, (NO_DATE,)


def _standard(words: str) -> str | None:
    if not words[:4].isdigit() or (words.isdigit() and len(words) != 8):
        return None
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        return None
    if len(words) <= 10:
        return found.date().isoformat()
    return found.isoformat(timespec="seconds")


def _epoch(value: float) -> str | None:
    """Seconds or milliseconds since 1970; a day written as a number (20250305)."""

    if 19_000_000 <= value <= 21_001_231 and value == int(value):
        return _standard(str(int(value)))
    seconds = value / 1000 if value > 1e11 else value
    if not 1e8 <= seconds <= 1e10:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def _mail(words: str) -> str | None:
    """RFC 5322, as feeds and HTTP write it."""
    if words.count(":") == 0:
        return None
    try:
        return parsedate_to_datetime(words).isoformat(timespec="seconds")
    except (ValueError, TypeError, IndexError):
        return None


def _written(words: str) -> str | None:
    plain = _ORDINAL.sub(r"\1", _WEEKDAY.sub("", words)).replace(",", " ").replace(". ", " ")
    plain = re.sub(r"\bSept\b", "Sep", " ".join(plain.split()))
    for pattern in WRITTEN:
        try:
            found = datetime.strptime(plain, pattern)
        except ValueError:
            continue
        return found.isoformat(timespec="seconds") if "%H" in pattern else found.date().isoformat()
    return None


def _slashed(words: str) -> str | None:
    """Day and month in figures, only when one of them cannot be a month, or both are the same."""
    found = _SLASHED.match(words)
    if not found:
        return None
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    if first <= 12 and second <= 12 and first != second:
        return None
    day, month = (first, second) if second <= 12 else (second, first)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
