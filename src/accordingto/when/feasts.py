"""Feasts: "Christmas Day", "Eid al-Fitr", "Easter Sunday", "Ukraine's Independence Day", as days of a year.

A rule of `slots.holiday` (languages/<language>/times.toml) is one of

    12-31                            month and day
    12-31/01-01                      from the last day of the year before to the first of that year
    11 thursday 4                    the fourth Thursday of November; a day later with "+1" behind it
    easter 0, orthodox -6/0          days from Easter Sunday of the western or the eastern church
    national NAME; RULE              what the calendar of the report's country calls NAME, else RULE, which may be
                                     another country ("national Eid al-Fitr; JO"); days on may stand before the name

National calendars are those of the `holidays` package, loaded when the first such feast is read.
"""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from itertools import takewhile
from typing import Literal

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

from ..who import countries
from .grammar import Reading
from .period import DAY, Period, day, month, span
from .setting import FUTURE, Setting, slot

_SOON = 14
"""Days a feast may lie ahead and still be the one spoken of."""
_OWNER = 40
"""Code points before a feast in which its country may be named: "Ukraine's 33rd Independence Day"."""
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CHURCHES: Mapping[str, Literal[1, 2, 3]] = {"easter": EASTER_WESTERN, "orthodox": EASTER_ORTHODOX}
_NATIONAL = re.compile(r"national (?:(?P<days>-?\d+(?:/-?\d+)?) )?(?P<name>[^;]+); (?P<other>.+)")
_CALENDARS = "en_US"
"""The language in which the rules name feasts, whatever the report's."""


def holiday(setting: Setting, reading: Reading) -> Period | None:
    """The feast nearest in the direction the clause speaks of; a fortnight ahead counts as past and present too."""
    rule = str(reading.slots["holiday"])
    nation = _nation(setting, reading) if rule.startswith("national") else None
    if "year" in reading.slots:
        return _feast(rule, slot(reading, "year"), nation)
    if setting.anchor is None:
        return None
    years = (setting.anchor.year + n for n in (-1, 0, 1))
    feasts = [feast for year in years if (feast := _feast(rule, year, nation))]
    shift = reading.slots.get("shift")
    way = shift if isinstance(shift, int) and shift else setting.tense(reading.start, reading.end)
    if way == FUTURE:
        return next((f for f in feasts if f.last >= setting.anchor), None)
    soon = setting.anchor + DAY * _SOON if shift is None else setting.anchor
    return next((f for f in reversed(feasts) if f.first <= soon), None)


def _feast(rule: str, year: int, nation: str | None) -> Period | None:
    """The days of a feast in a year, by its rule (see above); none at the ends of the calendar."""
    if not date.min.year < year < date.max.year:
        return None
    national = _NATIONAL.fullmatch(rule)
    if national:
        return _national(national, year, nation)
    name, _, rest = rule.partition(" ")
    if name in _CHURCHES:
        return _days(easter(year, _CHURCHES[name]), rest)
    if rest:
        return _nth_weekday(year, int(name), *rest.split())
    first, _, last = rule.partition("/")
    start = date(year, *_month_day(first))
    return span(start.replace(year=year - 1), date(year, *_month_day(last))) if last else day(start)


def _month_day(words: str) -> tuple[int, int]:
    number, _, of_month = words.partition("-")
    return int(number), int(of_month)


def _days(start: date, offsets: str) -> Period:
    first, _, last = offsets.partition("/")
    ends = start + DAY * int(first), start + DAY * int(last or first)
    return span(*ends) if last else day(ends[0])


def _nth_weekday(year: int, number: int, name: str, nth: str, days_on: str = "0") -> Period:
    whole = month(year, number)
    count = (whole.last - whole.first).days + 1
    found = [d for n in range(count) if (d := whole.first + DAY * n).weekday() == _WEEKDAYS.index(name)]
    return day(found[int(nth) - (int(nth) > 0)] + DAY * int(days_on))


# ---- Feasts of a country ----


def _national(rule: re.Match[str], year: int, nation: str | None) -> Period | None:
    name, other = rule["name"].lower(), rule["other"]
    code = other if len(other) == 2 else None
    kept = next((kept for one in (nation, code) if one and (kept := _calendar(one, year).get(name))), None)
    if kept:
        return _days(kept, rule["days"] or "0")
    return None if code else _feast(other, year, nation)


@lru_cache(256)
def _calendar(nation: str, year: int) -> dict[str, date]:
    """The first day of every feast that a country keeps in a year, by its name in lower case."""
    import holidays

    kept = holidays.list_supported_countries()
    if nation not in kept:
        return {}
    spoken = _CALENDARS in holidays.list_localized_countries().get(nation, ())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that the calendar of some country does not reach to this year
        own = holidays.country_holidays(
            nation, years=year, observed=False, language=_CALENDARS if spoken else None,
            categories=holidays.country_holidays(nation).supported_categories,
        )  # fmt: skip
    named = ((name.partition(" (")[0].lower(), when) for when in sorted(own) for name in own.get_list(when))
    found: dict[str, date] = {}
    for name, when in named:
        found.setdefault(name, when)
    return found


def _nation(setting: Setting, reading: Reading) -> str | None:
    """Whose feast it is: of the country named right before it, else of the one the report names most often."""
    sentence = setting.prose.sentence_at(reading.start) or (0, 0)
    before = setting.text[max(sentence[0], reading.start - _OWNER) : reading.start]
    near = countries("".join(reversed([*takewhile(lambda sign: sign not in ",;:", reversed(before))])))
    return near[-1] if near else _named_most(setting.text)


@lru_cache(16)
def _named_most(text: str) -> str | None:
    """The country a text names most often, the first of equals."""
    return next((code for code, _ in Counter(countries(text)).most_common(1)), None)
