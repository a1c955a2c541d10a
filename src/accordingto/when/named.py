"""Times that name themselves: dates, months, years, quarters, seasons; the missing year is found.

Each rule turns the words of one form into a Period, or None when the words are no time here ("may" the verb,
"2,000 people"). It may raise ValueError or OverflowError for days that do not exist; the caller drops the reading.
"""

from __future__ import annotations

import re
from datetime import date

from .grammar import Reading
from .period import DAY, Period, day, month, months, span, step, unit
from .setting import FUTURE, PAST, Setting, part, slot

_AHEAD = 130
"""Days a date without a year may lie ahead of the report in a clause of the past, or behind it in one of the future."""
_DAY_BEFORE = re.compile(r"(?<!\w)\d\d?(?:st|nd|rd|th)?[ \xa0-]$")


def iso(setting: Setting, reading: Reading) -> Period | None:
    return day(date.fromisoformat(setting.low[reading.start : reading.start + 10]))


def figures(setting: Setting, reading: Reading) -> Period | None:
    """3/5/2024: whichever order exists; when both do, the one at most a fortnight before the report."""
    one, two, year = (int(part) for part in re.split(r"[/.-]", str(reading.slots["figures"])))
    year += 0 if year > 99 else 2000 if year < 50 else 1900
    orders = [date(year, m, d) for m, d in ((one, two), (two, one)) if m <= 12 and 0 < d <= 31 and m]
    if len(set(orders)) == 1:
        return day(orders[0])
    near = [d for d in orders if setting.anchor and 0 <= (setting.anchor - d).days <= 14]
    return day(near[0]) if len(near) == 1 else None


def date_(setting: Setting, reading: Reading) -> Period | None:
    if "month" not in reading.slots:
        return _weekday_and_day(setting, reading)
    number, of_month = slot(reading, "month"), slot(reading, "day")
    year_number = _named_year(setting, reading) or _year(setting, reading, number, of_month)
    if year_number is None:
        return None
    when = date(year_number, number, of_month)
    return Period(when, when, doubtful=reading.slots.get("weekday", when.isoweekday()) != when.isoweekday())


def _named_year(setting: Setting, reading: Reading) -> int | None:
    """The year of "3 May last year", "October this year"."""
    shift = reading.slots.get("of_year")
    return setting.anchor.year + shift if setting.anchor and isinstance(shift, int) else None


def _weekday_and_day(setting: Setting, reading: Reading) -> Period | None:
    """“Tuesday the 4th”: the nearest such day."""
    if setting.anchor is None:
        return None
    near = (setting.anchor + DAY * n for n in sorted(range(-62, 62), key=abs))
    wanted = (slot(reading, "weekday"), slot(reading, "day"))
    return next((day(d) for d in near if (d.isoweekday(), d.day) == wanted), None)


def _year(setting: Setting, reading: Reading, month_number: int, day_number: int = 1) -> int | None:
    """The year of a date that names none: the report's, or the one before or after it as the tense says."""
    if "year" in reading.slots:
        return slot(reading, "year")
    if "of" in reading.slots:
        return slot(reading, "of")
    if "short_year" in reading.slots:
        return _century(slot(reading, "short_year"))
    if "bare_year" in reading.slots:
        ends = setting.after(reading.end) in setting.grammar.listed("around", "bare_year_before")
        return _century(slot(reading, "bare_year")) if ends else None
    anchor = setting.anchor
    if anchor is None:
        return setting.told.first.year if setting.told else None
    if "shift" in reading.slots and slot(reading, "shift") and "weekday" not in reading.slots:
        return _shifted_year(anchor, slot(reading, "shift"), month_number, day_number)
    ahead = (anchor.year, month_number, day_number) > (anchor.year, anchor.month, anchor.day)
    distance = abs((month_number - anchor.month) * 30 + day_number - anchor.day)
    if distance <= _AHEAD / 4:
        return anchor.year
    tense = setting.tense(reading.start, reading.end)
    if ahead and tense == PAST and distance > _AHEAD:
        return anchor.year - 1
    if not ahead and tense == FUTURE and distance > _AHEAD / 2:
        return anchor.year + 1
    return anchor.year


def _shifted_year(anchor: date, shift: int, month_number: int, day_number: int) -> int:
    """“last Oct. 23” is the latest before the report, “next May 3” the first after it."""
    this = (month_number, day_number)
    now = (anchor.month, anchor.day)
    if shift < 0:
        return anchor.year - (this >= now)
    return anchor.year + (this <= now)


def edge_of_year(setting: Setting, reading: Reading) -> Period | None:
    """“the first minutes of 2023”."""
    return day(date(slot(reading, "year"), slot(reading, "month"), slot(reading, "day")))


def dates(setting: Setting, reading: Reading) -> Period | None:
    first = date_(setting, reading)
    if first is None:
        return None
    last = first.first.replace(day=slot(reading, "to"))
    return span(first.first, last) if first.first < last else None


def month_(setting: Setting, reading: Reading) -> Period | None:
    number = slot(reading, "month")
    if _has_a_day(setting, reading) or (len(reading.slots) == 1 and not _plainly_a_month(setting, reading)):
        return None
    today = min(28, setting.anchor.day) if setting.anchor else 1
    found = _named_year(setting, reading) or _year(setting, reading, number, today)
    return None if found is None else part(setting, reading, month(found, number))


def _century(year: int) -> int:
    return year + (1900 if year >= 40 else 2000)


def _has_a_day(setting: Setting, reading: Reading) -> bool:
    """Whether the month is left of a day that does not exist: "30 February", "February 30"."""
    if _DAY_BEFORE.search(setting.low[max(0, reading.start - 6) : reading.start]):
        return True
    after = setting.after(reading.end)
    return "year" not in reading.slots and after.isdecimal() and 0 < int(after[:4]) < 32


def _plainly_a_month(setting: Setting, reading: Reading) -> bool:
    """A lone name of a month that is a verb or a first name too needs a preposition in front, or "the"."""
    words = setting.low[reading.start : reading.end]
    grammar = setting.grammar
    before = setting.before(reading.start)
    if words not in grammar.listed("doubtful"):
        return True
    if before in grammar.listed("doubtful_owner") and setting.text[reading.start].isupper():
        after = setting.text[reading.end : reading.end + 2].strip()
        return after.islower() and setting.after(reading.end) not in grammar.listed("doubtful_not_owned")
    return before in grammar.listed("doubtful_after") or before in grammar.words["month"]


def shifted_month(setting: Setting, reading: Reading) -> Period | None:
    """“last April” is the latest that is over by a month, “next May” the first to come, “this June” of this year."""
    anchor = setting.anchor
    if anchor is None:
        return None
    number, shift = slot(reading, "month"), slot(reading, "shift")
    year = anchor.year
    if shift < 0 and number >= anchor.month - 1:
        year -= number > 1
    elif shift > 0 and number <= anchor.month:
        year += 1
    return part(setting, reading, month(year, number))


def week_of(setting: Setting, reading: Reading) -> Period | None:
    found = date_(setting, reading)
    return unit("week", found.first) if found else None


def year(setting: Setting, reading: Reading) -> Period | None:
    if len(reading.slots) == 1 and setting.low[reading.start].isdigit() and not _plainly_a_year(setting, reading):
        return None
    return unit("year", date(slot(reading, "year"), 1, 1))


def _plainly_a_year(setting: Setting, reading: Reading) -> bool:
    """A lone number is a year after "in", "since" …, in brackets, or behind a hyphen; never before what is counted."""
    listed = setting.grammar.listed
    number = slot(reading, "year")
    sign = setting.low[max(0, reading.start - 1) : reading.start]
    before, after = setting.before(reading.start), setting.after(reading.end)
    if not 1500 <= number <= 2100 or setting.low[reading.end : reading.end + 1] in ("%", "-"):
        return False
    if sign in ("(", "-") or before in listed("around", "year_surely_after"):
        return True
    if after in listed("around", "year_not_before") or before not in listed("around", "year_after"):
        return False
    return 1900 <= number < 2000 or not (after.isalpha() and after.endswith("s") and len(after) > 3)


def decade(setting: Setting, reading: Reading) -> Period | None:
    start = slot(reading, "decade")
    if start < 100:
        if setting.low[reading.start].isdigit() and setting.low[reading.start - 1 : reading.start] != "'":
            return None  # "in his 30s"
        start += 1900 if start >= 20 else 2000
    return unit("decade", date(start, 1, 1))


def quarter(setting: Setting, reading: Reading) -> Period | None:
    """A quarter without a year: of this year, unless it is yet to come in a clause of the past."""
    number = slot(reading, "ordinal")
    if number > 4:
        return None
    named = reading.slots.get("year", reading.slots.get("of"))
    if isinstance(named, int):
        return months(named, number * 3 - 2, 3, "quarter")
    if setting.anchor is None:
        return None
    shift = reading.slots.get("shift")
    if isinstance(shift, int):
        return months(setting.anchor.year + shift, number * 3 - 2, 3, "quarter")
    back = number > (setting.anchor.month + 2) // 3 + 1
    return months(setting.anchor.year - back, number * 3 - 2, 3, "quarter")


def edge(setting: Setting, reading: Reading) -> Period | None:
    """“the first six months of 2023”, “the last week of March”, “the second week of May”."""
    if "month" in reading.slots:
        whole = month_(setting, reading)
    else:
        named = _named_year(setting, reading) or reading.slots.get("year")
        whole = unit("year", date(named, 1, 1)) if isinstance(named, int) else None
    grain, count, nth = str(reading.slots["unit"]), reading.slots.get("number", 1), slot(reading, "edge")
    if whole is None or grain == "hour" or not isinstance(count, int):
        return None
    first = step(whole.first, (nth - 1) * count, grain) if nth > 0 else step(whole.last + DAY, -count, grain)
    found = Period(first, step(first, count, grain) - DAY, grain if (grain, count) == ("month", 1) else "span")
    return found if whole.first <= found.first and found.last <= whole.last else None


def half(setting: Setting, reading: Reading) -> Period | None:
    number = reading.slots.get("ordinal", 2)
    if number not in (1, 2):
        return None
    if "month" in reading.slots:
        whole = month_(setting, reading)
        return whole and (
            span(whole.first.replace(day=16), whole.last)
            if number == 2
            else span(whole.first, whole.first.replace(day=15))
        )
    named = reading.slots.get("year")
    if not isinstance(named, int):
        shift = reading.slots.get("shift", 0)
        if setting.anchor is None or not isinstance(shift, int):
            return None
        named = setting.anchor.year + shift
    return months(named, 7 if number == 2 else 1, 6, "half")


def season(setting: Setting, reading: Reading) -> Period | None:
    """Northern seasons; the winter of a year begins in its December, "last fall" is the latest that is over."""
    number = slot(reading, "season")
    if "year" in reading.slots:
        return months(slot(reading, "year"), number, 3, "season")
    if setting.anchor is None:
        return None
    shift = slot(reading, "shift")
    this = months(setting.anchor.year, number, 3, "season")
    if shift < 0 and this.last >= setting.anchor:
        return this.shifted(-1)
    return this.shifted(1) if shift > 0 and this.first <= setting.anchor else this


def season_of_year(setting: Setting, reading: Reading) -> Period | None:
    """“the spring of last year”."""
    if setting.anchor is None:
        return None
    return months(setting.anchor.year + slot(reading, "shift"), slot(reading, "season"), 3, "season")


def bare_season(setting: Setting, reading: Reading) -> Period | None:
    listed = setting.grammar.listed
    if setting.anchor is None or setting.before(reading.start) not in listed("season_after"):
        return None
    if setting.after(reading.end) in listed("season_not_before"):
        return None
    this = months(setting.anchor.year, slot(reading, "season"), 3, "season")
    tense = setting.tense(reading.start, reading.end)
    if tense == PAST and this.first > setting.anchor:
        return this.shifted(-1)
    return this.shifted(1) if tense == FUTURE and this.last < setting.anchor else this


def numbered_day(setting: Setting, reading: Reading) -> Period | None:
    """“the 5th of the month”, “the 5th of last month”."""
    if setting.anchor is None:
        return None
    whole = unit("month", setting.anchor).shifted(slot(reading, "shift"))
    return day(whole.first.replace(day=slot(reading, "day")))
