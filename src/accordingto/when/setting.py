"""What a reading is resolved against: the words around it, the day of the report, the time told last."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from ..prose import Prose
from .grammar import Grammar, Reading
from .period import Period

PAST, FUTURE = -1, 1
_WORD_BEFORE = re.compile(r"([\w’']++)[^\w.!?;\n]*+$")
_WORD_AFTER = re.compile(r"[\s\xa0-]*([\w’']+|[^\w\s])")
_REACH = 240
"""Code points of a sentence looked at on either side for the verb that decides the tense."""


@dataclass(slots=True)
class Setting:
    """One text while its times are read in order. `told` is the time told last, at `told_at`, `quarter` the quarter."""

    text: str
    low: str
    prose: Prose
    grammar: Grammar
    anchor: date | None
    told: Period | None = None
    told_at: int = 0
    quarter: Period | None = None

    def before(self, start: int, words: int = 1) -> str:
        """The word before the offset, or several, lower case; "" when there is none in the sentence."""
        found = _WORD_BEFORE.search(self.low[max(0, start - 24) : start])
        if not found or words == 1:
            return found[1] if found else ""
        return f"{self.before(max(0, start - 24) + found.start(), words - 1)} {found[1]}".strip()

    def after(self, end: int) -> str:
        """The word or mark behind the offset."""
        found = _WORD_AFTER.match(self.low, end)
        return found[1] if found else ""

    def tense(self, start: int, end: int) -> int:
        """PAST or FUTURE: the verb nearest before the time in its sentence decides, else the nearest behind it."""
        sentence = self.prose.sentence_at(start) or (start, end)
        closes = self.grammar.listed("around", "closes") | self.grammar.listed("around", "closes_days")
        if self.before(start) in closes:
            *_, turn = 0, *self.grammar.pattern("tense", "deadline").finditer(self.low, sentence[0], start)
            return PAST if turn and turn.group() in self.grammar.listed("tense", "perfect") else FUTURE
        ahead = self._nearest(max(sentence[0], start - _REACH), start, last=True)
        behind = ahead or self._nearest(end, min(sentence[1], end + _REACH), last=False)
        return behind or PAST

    def _nearest(self, start: int, end: int, *, last: bool) -> int:
        turns = _turns(self.grammar)
        way = 0
        for found in turns.words.finditer(self.low, start, end):
            way = turns.ways.get(found.group(), PAST) or way
            if way and not last:
                break
        return way


@dataclass(frozen=True, slots=True)
class Turns:
    """The words that turn a clause to what was or what is to come."""

    words: re.Pattern[str]
    ways: dict[str, int]


@cache
def _turns(grammar: Grammar) -> Turns:
    tense = grammar.table["tense"]
    ways = dict.fromkeys(tense["past"], PAST) | dict.fromkeys(tense["future"], FUTURE)
    past, future = (_alternatives(tense[name]) for name in ("past", "future"))
    passive = "".join(rf"(?<!\b{re.escape(word)} )" for word in tense["passive"])
    endings = "|".join(map(re.escape, tense["past_endings"]))
    verbs = rf"(?:{future})(?!\w)|{passive}(?:(?:{past})(?!\w)|\w{{3,}}(?:{endings})(?!\w))"
    return Turns(re.compile(rf"(?<!\w)(?:{verbs})"), ways | dict.fromkeys(tense["not_past"], 0))


def _alternatives(phrases: list[str]) -> str:
    return "|".join(sorted(map(re.escape, phrases), key=lambda phrase: (-len(phrase), phrase)))


def slot(reading: Reading, name: str) -> int:
    """The number a slot of the reading is worth. Raises ValueError when its words are worth none."""
    value = reading.slots[name]
    if not isinstance(value, int):
        raise ValueError(f"{name} of {reading.means}: {value!r} is no number")
    return value


def part(setting: Setting, reading: Reading, whole: Period) -> Period:
    """“early May”: the days of that part; parts of other units leave the whole standing."""
    bounds = setting.grammar.table["parts"].get(reading.slots.get("part"))
    if bounds is None or whole.grain != "month":
        return whole
    first, last = bounds
    return Period(whole.first.replace(day=first), whole.first.replace(day=min(last, whole.last.day)), "part")
