"""Which rule reads which form: the `means` of languages/<language>/times.toml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from . import counted, feasts, named
from .grammar import Reading
from .period import Period
from .setting import Setting

Rule = Callable[[Setting, Reading], Period | None]

_NAMED: tuple[Rule, ...] = (
    named.iso, named.figures, named.edge_of_year, named.dates, named.shifted_month, named.week_of, named.year,
    named.decade, named.quarter, named.half, named.season, named.season_of_year, named.bare_season, feasts.holiday,
    named.numbered_day, named.edge,
)  # fmt: skip
_COUNTED: tuple[Rule, ...] = (
    counted.shifted, counted.rolling, counted.told_unit, counted.told_daypart, counted.told_weekday, counted.weekday,
    counted.shifted_weekday, counted.weekday_of_week, counted.dayword, counted.shifted_daypart, counted.overnight,
    counted.weekend, counted.ago, counted.offset, counted.year_ago, counted.year_quarter, counted.told_quarter,
    counted.told_clock, counted.offset_from, counted.the_year, counted.owning_weekday,
)  # fmt: skip
RULES: Mapping[str, Rule] = MappingProxyType(
    {"date": named.date_, "month": named.month_} | {rule.__name__: rule for rule in (*_NAMED, *_COUNTED)}
)
