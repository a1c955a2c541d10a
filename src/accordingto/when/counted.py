"""Times counted from the day of the report ("on Friday", "last week", "three days ago") or the time told last.

Each rule turns the words of one form into a Period, or None when there is no day to count from. It may raise
ValueError or OverflowError for days off the calendar; the caller drops the reading.
"""

from __future__ import annotations

from datetime import date

from .feasts import holiday
from .grammar import Reading
from .named import date_
from .period import DAY, Period, day, span, step, unit
from .setting import FUTURE, PAST, Setting, part, slot

_ROUGH = {"week", "fortnight"}
"""Units that "ago" counts only roughly: "two weeks ago" is about a day."""


def shifted(setting: Setting, reading: Reading) -> Period | None:
    """“last week”, “earlier this year”: a calendar unit; “this hour”, “this day” are no times to code."""
    if setting.anchor is None:
        return None
    grain, shift = str(reading.slots["unit"]), slot(reading, "shift")
    if grain in ("hour", "day"):
        return None
    whole = unit(grain, setting.anchor)
    return part(setting, reading, whole.shifted(shift) if shift else whole)


def rolling(setting: Setting, reading: Reading) -> Period | None:
    """“the past 24 hours”, “the next two weeks”: counted from the day of the report."""
    if setting.anchor is None:
        return None
    number, grain, way = _count(reading), str(reading.slots["unit"]), slot(reading, "past")
    if grain == "day" and way > 0 and "number" not in reading.slots:
        return None  # "the next day" is the one after the day told last
    if grain == "hour":
        number, grain = max(1, -(-number // 24)), "day"
    elif grain == "day" and number > 1:
        number -= 1
    other = step(setting.anchor, way * number, grain)
    return span(setting.anchor, other)


def _count(reading: Reading) -> int:
    value = reading.slots.get("number", 1)
    return value if isinstance(value, int) else 1


def told_unit(setting: Setting, reading: Reading) -> Period | None:
    """“that month”, “the following year”: of the time told last."""
    grain = str(reading.slots["unit"])
    if grain == "hour" or (told := setting.told) is None:
        return None
    whole = unit(grain, told.first)
    if whole.last < told.last and (grain == "day" or told.grain != "span"):
        return None  # "that day" of a year is not its first
    shift = slot(reading, "anaphor")
    return part(setting, reading, whole.shifted(shift) if shift else whole)


def told_daypart(setting: Setting, reading: Reading) -> Period | None:
    if setting.told is None or setting.told.grain != "day" or not _halts(setting, reading):
        return None
    return day(setting.told.first + DAY * slot(reading, "anaphor"))


def _halts(setting: Setting, reading: Reading) -> bool:
    """Whether nothing follows that the time would count from: "two days before.", not "two days before the vote"."""
    halts = setting.grammar.listed("around", "halts")
    return "halts" not in reading.slots or setting.after(reading.end) in {"", *halts}


def told_clock(setting: Setting, reading: Reading) -> Period | None:
    """“at 10 p.m.”: on the day told in its sentence or the one before."""
    if "hhmm" in reading.slots and setting.before(reading.start) not in setting.grammar.listed("around", "clock_after"):
        return None
    told, index = setting.told, setting.prose.sentence_index
    near = told and told.grain == "day" and index(reading.start) - index(setting.told_at) <= 1
    return told if near else None


def the_year(setting: Setting, reading: Reading) -> Period | None:
    """“profits for the year,” are this one's; most other years that "the" stands before are not to be told."""
    listed = setting.grammar.listed
    if setting.anchor is None or setting.before(reading.start) not in listed("around", "the_year_after"):
        return None
    return unit("year", setting.anchor) if setting.after(reading.end) in listed("around", "the_year_before") else None


def told_weekday(setting: Setting, reading: Reading) -> Period | None:
    """“the following Friday”, “that Friday”: counted from the day told last."""
    if setting.told is None:
        return None
    if not _plainly_a_weekday(setting, reading):
        return None
    shift = slot(reading, "anaphor")
    return _weekday_from(setting.told.first, slot(reading, "weekday"), shift or PAST, strict=bool(shift))


def weekday(setting: Setting, reading: Reading) -> Period | None:
    if setting.anchor is None or not _plainly_a_weekday(setting, reading):
        return None
    way = setting.tense(reading.start, reading.end)
    return _weekday_from(setting.anchor, slot(reading, "weekday"), way, strict=False)


def _plainly_a_weekday(setting: Setting, reading: Reading) -> bool:
    words = setting.low[reading.start : reading.end].split()
    if words[-1] not in setting.grammar.listed("doubtful_weekdays"):
        return True
    return len(words) == 1 and setting.before(reading.start) in setting.grammar.listed("doubtful_weekdays_after")


def owning_weekday(setting: Setting, reading: Reading) -> Period | None:
    """“Tuesdays attack”, its apostrophe lost; “on Tuesdays” is a habit, no time."""
    if setting.before(reading.start) in setting.grammar.listed("around", "habit"):
        return None
    return weekday(setting, reading) if setting.after(reading.end).isalpha() else None


def shifted_weekday(setting: Setting, reading: Reading) -> Period | None:
    """“last Friday” is before today, “next Friday” after it, “this Friday” as the tense says."""
    if setting.anchor is None:
        return None
    shift = slot(reading, "shift")
    way = shift or setting.tense(reading.start, reading.end)
    return _weekday_from(setting.anchor, slot(reading, "weekday"), way, strict=bool(shift))


def weekday_of_week(setting: Setting, reading: Reading) -> Period | None:
    """“Friday last week”: weeks begin on Monday."""
    if setting.anchor is None:
        return None
    monday = unit("week", setting.anchor).first
    return day(monday + DAY * (7 * slot(reading, "shift") + slot(reading, "weekday") - 1))


def _weekday_from(anchor: date, number: int, way: int, *, strict: bool) -> Period:
    """The nearest such weekday in one direction; the day itself counts unless `strict`."""
    distance = (anchor.isoweekday() - number) % 7 if way < 0 else (number - anchor.isoweekday()) % 7
    if strict and not distance:
        distance = 7
    return day(anchor + DAY * distance * (1 if way > 0 else -1))


def dayword(setting: Setting, reading: Reading) -> Period | None:
    before = setting.before(reading.start)
    listed = setting.grammar.listed
    if before in listed("dayword_not_after") and setting.before(reading.start, 2) not in listed("dayword_after"):
        return None
    return day(setting.anchor + DAY * slot(reading, "dayword")) if setting.anchor else None


def shifted_daypart(setting: Setting, reading: Reading) -> Period | None:
    if setting.anchor is None or setting.after(reading.end) in setting.grammar.listed("daypart_not_before"):
        return None
    return day(setting.anchor + DAY * slot(reading, "shift"))


def overnight(setting: Setting, reading: Reading) -> Period | None:
    """The night before the day of the report."""
    return span(setting.anchor - DAY, setting.anchor) if setting.anchor else None


def weekend(setting: Setting, reading: Reading) -> Period | None:
    """“over the weekend” on a Sunday is this one, otherwise the last; to come only when the clause says so."""
    if setting.anchor is None:
        return None
    here = unit("weekend", setting.anchor)
    if "holiday" in reading.slots:
        feast = holiday(setting, reading)
        return unit("weekend", feast.first) if feast else None
    shift = reading.slots.get("shift")
    under_way = setting.anchor >= here.first
    if shift == -1:
        return here.shifted(-1)
    if shift == 1:
        return here.shifted(1) if under_way else here
    return here if under_way or setting.tense(reading.start, reading.end) == FUTURE else here.shifted(-1)


def ago(setting: Setting, reading: Reading) -> Period | None:
    """“three days ago” is a day, “two weeks ago” about a day, “five months ago” a month, “42 years ago” a year."""
    if setting.anchor is None:
        return None
    way = reading.slots.get("relative", PAST)
    return _off(setting.anchor, _count(reading) * int(way), str(reading.slots["unit"]))


def _off(anchor: date, count: int, grain: str) -> Period | None:
    if grain == "hour":
        return day(anchor) if abs(count) < 12 else day(anchor + DAY * round(count / 24))
    moved = step(anchor, count, grain)
    return day(moved, approximate=True) if grain in _ROUGH else unit(grain, moved)


def offset(setting: Setting, reading: Reading) -> Period | None:
    """“two days earlier”, “a month later”: from the time told last, in its own grain when that is coarser."""
    told = setting.told or (day(setting.anchor) if setting.anchor else None)
    grain = str(reading.slots["unit"])
    if told is None or grain == "hour" or not _halts(setting, reading):
        return None
    count = _count(reading) * slot(reading, "relative")
    if grain == "year":
        return told.years(count)
    if told.grain != "day":
        return None if grain in ("day", "week") else unit(told.grain, step(told.first, count, grain))
    return _off(told.first, count, grain)


def offset_from(setting: Setting, reading: Reading) -> Period | None:
    """“two days after Monday”, “the day before Christmas”: from the day named behind."""
    slots = reading.slots
    named = (
        "month" if "month" in slots else "holiday" if "holiday" in slots else "shift" if "shift" in slots else "weekday"
    )
    base = {"month": date_, "holiday": holiday, "shift": shifted_weekday, "weekday": weekday}[named](setting, reading)
    count = _count(reading) * slot(reading, "relative")
    return _off(base.first if count < 0 else base.last, count, str(slots["unit"])) if base else None


def year_ago(setting: Setting, reading: Reading) -> Period | None:
    """“a year earlier”, “the year-ago quarter”: a year before the quarter told last, else before the time told last."""
    if setting.quarter and not _stretched(setting, reading):
        return setting.quarter.years(-1)
    if reading.slots["from"] == "report" or setting.told is None:
        return unit("year", setting.anchor).years(-1) if setting.anchor else None
    return setting.told.years(-1)


def _stretched(setting: Setting, reading: Reading) -> bool:
    """Whether the sentence speaks of "nine months" before the time."""
    sentence = setting.prose.sentence_at(reading.start) or (reading.start, reading.start)
    return bool(setting.grammar.pattern("around", "stretch").search(setting.low, sentence[0], reading.start))


def year_quarter(setting: Setting, reading: Reading) -> Period | None:
    """“the 1988 quarter”: the quarter told last, of that year."""
    year = slot(reading, "year")
    if setting.quarter:
        return setting.quarter.years(year - setting.quarter.first.year)
    return unit("year", date(year, 1, 1))


def told_quarter(setting: Setting, reading: Reading) -> Period | None:
    if setting.quarter:
        return setting.quarter
    return None
