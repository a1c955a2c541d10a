"""How bounds, times and chains are written for people, on pages and on the terminal. Unknown is "unknown"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..records import Figure

_MONTHS = (
    *("", "January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_DATES = re.compile(r"\b(\d{4}-\d{2}(?:-\d{2})?)(?:/(\d{4}-\d{2}(?:-\d{2})?))?(?![\w-])(?!\.\w)")
_FILE = re.compile(r"\.\w{2,5}\Z")
ARROW = " ← "


def bounds(low: int | None, high: int | None) -> str:
    """ "400", "24–99", "600 or more", "up to 300", "unknown"."""
    if low is None and high is None:
        return "unknown"
    if high is None:
        return f"{low:,} or more"
    if low is None:
        return f"up to {high:,}"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def said(low: int | None, high: int | None, qualifier: str | None) -> str:
    """The bounds with the qualifier where they do not say it themselves: "about 400"."""
    return f"{qualifier} {low:,}" if qualifier and low is not None and low == high else bounds(low, high)


def kind(kind: str) -> str:
    """A kind of figure in words: "in training", or the word of a kind that has no file."""
    return kind.removeprefix("other:").replace("_", " ")


def figures(figures: Iterable[Figure]) -> str:
    """Figures in short: "killed 19; missing 40 or more"."""
    return "; ".join(f"{kind(figure.kind)} {bounds(figure.low, figure.high)}" for figure in figures)


def begin(words: str) -> str:
    """The words as they open a line: first letter a capital."""
    return words[:1].upper() + words[1:]


def capital(name: str) -> str:
    """A name as it opens a line; a file's name stays as it is."""
    return name if _FILE.search(name) else begin(name)


def number(value: int | None) -> str:
    """ "3,600"; an en dash when there is none."""
    return "–" if value is None else f"{value:,}"


def many(count: int, noun: str) -> str:
    """ "1 report", "12 reports"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def letter(number: int) -> str:
    """A, B, … Z, AA, AB …"""
    head, last = divmod(number, 26)
    return (letter(head - 1) if head else "") + chr(ord("A") + last)


def day(iso: str | None) -> str:
    """ "5 March 2025", "March 2025", "2025"; other words as they are; "no date"."""
    found = _DAY.match(iso or "")
    if not found:
        return iso or "no date"
    year, month, date = found.groups()
    if not month or not 1 <= int(month) <= 12:
        return year
    return " ".join(filter(None, (date and str(int(date)), _MONTHS[int(month)], year)))


def dated(words: str) -> str:
    """Words with their ISO dates written out: "to 2025-03-05" is "to 5 March 2025"."""
    return _DATES.sub(lambda found: _span(*found.groups()), words)


def _span(first: str, last: str | None) -> str:
    if last is None:
        return day(first)
    if first[:7] == last[:7] and len(first) == len(last) == 10:
        return f"{int(first[8:])}–{day(last)}"
    return f"{day(first)} to {day(last)}"


def time(edtf: str | None) -> str:
    """An EDTF time in words: "up to 5 March 2025", "January 2025 to February 2025", "about October 2024"."""
    if not edtf:
        return ""
    if "/" not in edtf:
        return _instant(edtf)
    start, end = edtf.split("/", 1)
    if start in ("", ".."):
        return f"up to {_instant(end)}"
    if end in ("", ".."):
        return f"since {_instant(start)}"
    plain = _DAY.fullmatch(start) and _DAY.fullmatch(end)
    return _span(start, end) if plain else f"{_instant(start)} to {_instant(end)}"


def chain(outlet: str | None, names: Iterable[str]) -> str:
    """Outlet ← relay ← origin."""
    return ARROW.join((outlet or "unknown outlet", *names))


def _instant(edtf: str) -> str:
    about = "about " if edtf[-1:] in "~?%" else ""
    return about + (day(edtf.rstrip("~?%")) if re.fullmatch(r"\d{4}(-\d{2}){0,2}[~?%]?", edtf) else edtf)
