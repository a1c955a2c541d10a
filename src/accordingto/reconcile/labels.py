"""Labels: a question in the words of its figures: whom they count, where, when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..kinds import kinds
from ..records import Entry
from .counted import narrow
from .days import Days, days, iso, shape
from .words import listed, section

NATIONAL = 4
"""A label names a nationality when one in so many figures names it, and half of those that say whom they count."""
NAMED = 3
"""A label names people or things when one in so many figures does, and half of those that say whom they count."""


SAID = 3
"""Votes of a place or time that the figure's own sentence says."""


class Label(NamedTuple):
    """The words of a question, together and apart."""

    text: str
    actor: str | None
    place: str | None
    period: str | None


def label(kind: str, rows: Sequence[Entry]) -> Label:
    """What most of the figures say: "North Korean soldiers killed, Kursk, to 5 March 2025"."""
    actor, period = _actor(rows), _period(rows)
    place = _heaviest((row.place, row.place_said) for row in rows)
    text = ", ".join(part for part in (f"{actor or _anyone(kind)} {_kind(kind)}", place, period) if part)
    return Label(text, actor, place, period)


def dated(span: Days) -> str:
    """The days in words: "14 June 2025", "14–15 June 2025", "June 2025", "2024", "to 5 March 2025"."""
    if span.first is None or span.last is None:
        return f"{_word('to')} {_day(span.last)}" if span.last is not None else f"{_word('from')} {_day(span.first)}"
    (year, month, first), (other, end, last) = _parts(span.first), _parts(span.last)
    whole = first == 1 and _parts(span.last + 1)[2] == 1
    if whole and (year, month) == (other, end):
        return f"{_month(month)} {year}"
    if whole and year == other:
        return str(year) if (month, end) == (1, 12) else f"{_month(month)} – {_month(end)} {year}"
    if (year, month) == (other, end):
        return f"{first} {_month(month)} {year}" if first == last else f"{first}–{last} {_month(month)} {year}"
    head = f"{first} {_month(month)}" if year == other else f"{first} {_month(month)} {year}"
    return f"{head} – {_day(span.last)}"


def _actor(rows: Sequence[Entry]) -> str | None:
    """Whom most figures count; None when they say so only of people, or do not agree."""
    held = [row for row in rows if row.stance != "denied"] or list(rows)
    held = [row for row in held if not _some(row)] or held
    told = [row for row in held if row.counted]
    national = [row for row in told if row.counted_country and _name(row.counted)]
    if len(national) * NATIONAL >= len(held) and len(national) * 2 >= len(told) and national:
        return _most(_name(row.counted) for row in national)
    votes = Counter(_name(row.counted) for row in told)
    common = max(votes, key=lambda name: (votes[name], name is not None, name or ""), default=None)
    firm = common and votes[common] * 2 >= len(told) and votes[common] * NAMED >= len(held)
    sectors = Counter(row.counted_sector for row in told)
    sector = max(sectors, key=lambda name: (sectors[name], name or ""), default=None)
    if not firm and sector and sectors[sector] * 2 > len(told):
        return section("sectors").get(sector)
    return common if firm else None


def _anyone(kind: str) -> str:
    known = kinds().get(kind)
    return _word("things" if known is not None and known.counts == "things" else "people")


def _some(row: Entry) -> bool:
    return row.mode == "part" or (row.mode == "total" and narrow(row))


def _name(counted: str | None) -> str | None:
    """Who is counted without words that only say that they are counted: "Russians dead" are Russians, "dead" nobody."""
    return " ".join(word for word in (counted or "").split() if not _blank(word.lower())) or None


def _blank(word: str) -> bool:
    return word in listed("blank") or word.removesuffix("s") in listed("blank")


def _most(values: Iterable[str | None]) -> str | None:
    votes = Counter(value for value in values if value)
    return max(votes, key=lambda value: (votes[value], value)) if votes else None


def _heaviest(values: Iterable[tuple[str | None, bool]]) -> str | None:
    """What most rows have; what a sentence says itself counts more than what it has from the words around it."""
    votes: Counter[str] = Counter()
    for value, said in values:
        if value:
            votes[value] += SAID if said else 1
    return max(votes, key=lambda value: (votes[value], value)) if votes else None


def _kind(kind: str) -> str:
    plain = kind.removeprefix("other:").replace("-", " ")
    return str(section("labels").get(kind, plain.replace("_", " ")))


def _period(rows: Sequence[Entry]) -> str | None:
    """The day or month of an incident, or up to when a running total runs."""
    shapes = Counter(found for row in rows if (found := shape(row.edtf)))
    if not shapes:
        return None
    common = max(shapes, key=lambda s: (shapes[s], s))
    alike = [row.edtf for row in rows if shape(row.edtf) == common]
    spans = [span for edtf in alike if (span := days(edtf))]
    ends = [span.last for span in spans if span.last is not None]
    if common in ("day", "coarse") or not ends:
        span = days(_heaviest((row.edtf, row.time_said) for row in rows if shape(row.edtf) == common))
        return dated(span) if span else None
    return dated(Days(None, max(ends)))


def _parts(day: int) -> tuple[int, int, int]:
    year, month, dom = iso(day).split("-")
    return int(year), int(month), int(dom)


def _day(day: int | None) -> str:
    if day is None:
        return ""
    year, month, dom = _parts(day)
    return f"{dom} {_month(month)} {year}"


def _month(month: int) -> str:
    return str(section("calendar")["months"][month - 1])


def _word(name: str) -> str:
    return str(section("calendar")[name])
