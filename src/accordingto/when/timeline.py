"""Every time expression of a report, in text order, as EDTF with its words and the day it was counted from."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache

from ..prose import Prose
from ..records import Evidence, Report, When
from .grammar import Reading, grammar_of, lower, readings
from .period import Period
from .rules import RULES
from .setting import Setting

_DATELINE = 300
"""Code points at the head of a text where a date is the report's own."""
_LATE = 7
"""Days a dateline may precede the publication and still be the day the report speaks from."""
_TITLE = 120
"""Code points at the head where a whole date may be the only day a report without one has."""
_HEADING = 8
"""Words that may stand before the date of a dateline."""
_WORDS = re.compile(r"[^\W\d_]+")
_AFTER_DATELINE = re.compile(r"\s*(?:\([^)\n]{1,40}\)|/[^/\n]{1,40}/)?\s*(?:[-–—_:]|--|$)", re.MULTILINE)

_YEARLESS = ("date", "dates", "month")
"""Forms that may take their year from the time they are joined to."""

Found = tuple[Reading, Period, str | None]


def times(report: Report, prose: Prose) -> list[When]:
    """Every time of the text. Relative ones count from the dateline or the publication date; without
    either they are left out, as unknown. Never raises for prose."""
    setting = _setting(report, prose)
    setting.anchor = told_on(report, prose)[0]
    return [_when(report, setting, *each) for each in _ranges(setting, _found(setting))]


@lru_cache(16)
def told_on(report: Report, prose: Prose) -> tuple[date | None, int]:
    """The day the report speaks from (its dateline's, else of publication), and where the dateline ends, else 0."""
    setting = _setting(report, prose)
    day, end = _dateline(setting)
    return day or setting.anchor, end


def _setting(report: Report, prose: Prose) -> Setting:
    grammar = grammar_of(report.language or prose.language)
    return Setting(report.text, lower(report.text), prose, grammar, published(report))


def published(report: Report) -> date | None:
    """The day of publication, or None when it is not known or not a date."""
    try:
        return date.fromisoformat((report.published or "")[:10])
    except ValueError:
        return None


def _dateline(setting: Setting) -> tuple[date | None, int]:
    """The first whole date at the head of the text, when it can be the day the report speaks from, and its end."""
    for options in readings(setting.text, setting.low, setting.grammar, 0, min(len(setting.text), _DATELINE)):
        reading = options[0]
        if reading.means not in ("date", "iso", "figures") or not ("month" in reading.slots or reading.means != "date"):
            continue
        period = _resolve(setting, reading)
        if period and _is_dateline(setting, reading, period.first):
            return period.first, reading.end
    return None, 0


def _is_dateline(setting: Setting, reading: Reading, day: date) -> bool:
    if not _at_head(setting, reading):
        return setting.anchor is None and reading.start < _TITLE and reading.names_year
    return setting.anchor is None or 0 <= (setting.anchor - day).days <= _LATE


def _at_head(setting: Setting, reading: Reading) -> bool:
    """Whether the date stands alone before the first sentence: "KYIV, Jan 2 (AFP) -", "Tuesday 4 Apr 2017"."""
    before = setting.text[setting.low.rfind("\n", 0, reading.start) + 1 : reading.start]
    heading = setting.grammar.listed("around", "heading")
    words = _WORDS.findall(before)
    if len(words) > _HEADING or not all(word[0].isupper() or word.lower() in heading for word in words):
        return False
    return reading.names_year or bool(_AFTER_DATELINE.match(setting.low, reading.end))


def _found(setting: Setting) -> list[Found]:
    found: list[Found] = []
    for start, end in setting.prose.paragraphs:
        stream = readings(setting.text, setting.low, setting.grammar, start, end)
        options = next(stream, None)
        while options is not None:
            best = next(((r, p) for r in options if (p := _resolve(setting, r))), None)
            if best:
                found.append((*best, _counted_from(setting, best[0])))
                _remember(setting, best[1], best[0])
            try:
                options = stream.send(best[0].end if best else options[0].start)
            except StopIteration:
                break
    return found


def _resolve(setting: Setting, reading: Reading) -> Period | None:
    try:
        return RULES[reading.means](setting, reading)
    except (ValueError, OverflowError):
        return None


def _remember(setting: Setting, period: Period, reading: Reading) -> None:
    begun = setting.anchor is None or period.first <= setting.anchor
    if reading.means == "quarter" and begun and not (setting.quarter and period.first < setting.quarter.first):
        setting.quarter = period
    setting.told, setting.told_at = period, reading.start


def _counted_from(setting: Setting, reading: Reading) -> str | None:
    """The day a relative time was counted from; None for times that name their own year."""
    if reading.names_year or setting.anchor is None:
        return None
    if reading.means in ("offset", "told_unit", "told_daypart", "year_ago") and setting.told:
        return setting.told.first.isoformat()
    return setting.anchor.isoformat()


def _ranges(setting: Setting, found: list[Found]) -> list[Found]:
    """Two neighbours joined by "to" or "and" after "from" or "between" become one span of days."""
    joins = setting.grammar.listed("around", "joins")
    between = setting.grammar.listed("around", "between")
    merged: list[Found] = []
    for each in found:
        if merged:
            one, period, anchor = merged[-1]
            link = setting.low[one.end : each[0].start].strip()
            opened = setting.before(one.start) in between or (link in "-–—" and link)
            if link in joins:
                period = _of_one_year(one, period, *each[:2])
                merged[-1] = (one, period, anchor)
            if link in joins and opened and period.first < each[1].first and period.last < each[1].last:
                whole = replace(one, end=each[0].end)
                merged[-1] = (whole, Period(period.first, each[1].last, "span"), anchor or each[2])
                continue
        merged.append(each)
    return merged


def _of_one_year(one: Reading, period: Period, other: Reading, later: Period) -> Period:
    """The first of two joined times in the year that only the second names: "from 3 May to 7 June 2023"."""
    if one.names_year or not other.names_year or one.means not in _YEARLESS or "weekday" in one.slots:
        return period
    same = period.years(later.first.year - period.first.year)
    return same if same.first <= later.first else same.years(-1)


def _when(report: Report, setting: Setting, reading: Reading, period: Period, anchor: str | None) -> When:
    before, listed = setting.before(reading.start), setting.grammar.listed
    edtf = period.edtf
    if before in listed("around", "opens"):
        edtf = f"{period.ends[0]}/.."
    elif before in listed("around", "closes") or (
        period.grain in ("day", "month") and before in listed("around", "closes_days")
    ):
        edtf = f"../{period.ends[1]}"
    return When(edtf, Evidence.of(report, reading.start, reading.end), anchor)
