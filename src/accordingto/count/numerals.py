"""The numbers of a sentence: digits, words, mixtures, ranges, vague words, zero, with their qualifiers.

A numeral is a run of tokens with its bounds (None = open) by the rules of DESIGN.md. Whether it counts
anything is decided later; odd numbers (forty digits, "4,2017", "0800") are simply not numerals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from .words import Words

LARGEST = 10_000_000_000
"""No count of people or materiel exceeds it (and a ledger's integers have 64 bits)."""
Value = int | Fraction
LONGEST = 20
"""Digits of the longest number that is read at all."""
CHANGE = 9
"""Tokens in which "rose" makes "from 40 to 87", "by 12 to 87" two counts."""
CLOSE, WIDE = 2, 50
"""How many times the lower end the higher end of "seven or eight" and of "50-70" may be."""

_DIGITS = re.compile(r"(\d+(?:[.,，．٬٫'’\u00a0\u202f\u2009]\d+)*)(\w*)")
_SEPARATOR = re.compile(r"[.,，．٬٫'’\u00a0\u202f\u2009]")
_DECIMAL = ".,．，٫"


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number with its words: `first`–`last` with what leads it (qualifier, "the", "another"), `core` where
    the number itself begins; token places, both ends included."""

    first: int
    core: int
    last: int
    low: int | None
    high: int | None
    qualifier: str | None = None
    digits: bool = False
    vague: bool = False
    single: bool = False
    zero: bool = False
    fraction: Fraction | None = None
    doubtful: bool = False
    """Digits that count only people: "1.500", "2m"."""

    @property
    def multiple(self) -> bool:
        """Whether it multiplies another count: "double", "three times"."""
        return self.fraction is not None and self.fraction > 1

    @property
    def value(self) -> int:
        """The number said: for bounds, the one that is known."""
        return self.low if self.low is not None else self.high or 0


def numerals(words: Words) -> list[Numeral]:
    """Every numeral of the sentence, in order, none overlapping; "12 (twelve)" is one."""
    found: list[Numeral] = []
    floor = 0
    openers = words.lex.openers
    for place, word in enumerate(words.lower):
        if place < floor or not (word in openers or word[0].isdigit()):
            continue
        core = _core(words, place)
        if core is None:
            continue
        if core.high != _NOTHING:
            core = _trailing(words, _leading(words, core, floor))
            if found and _repeats(words, found[-1], core):
                core = replace(found.pop(), last=core.last + 1)
            found.append(core)
        floor = core.last + 1
    return found


def _repeats(words: Words, one: Numeral, other: Numeral) -> bool:
    """Whether a numeral says the one before it again in brackets: "12 (twelve)"."""
    bracketed = words.at(other.first - 1) == "(" and words.at(other.last + 1) == ")"
    return bracketed and one.last == other.first - 2 and (one.low, one.high) == (other.low, other.high)


_NOTHING = -1


def _core(words: Words, place: int) -> Numeral | None:
    """The numeral whose number begins at a place; one with high -1 for digits that are no number."""
    word = words.lower[place]
    if words.isin(place, "lead.single") and words.at(place + 1) not in words.lex.seconds:
        return Numeral(place, place, place, 1, 1, single=True) if _single(words, place) else None
    options = [*_phrases(words, place)]
    number = _number(words, place)
    if number is not None:
        options.append(_ranged(words, number))
    if options:
        return max(options, key=lambda option: (option.last, not option.single))
    if word[0].isdigit():
        return Numeral(place, place, place, None, _NOTHING)
    return None


def _single(words: Words, place: int) -> bool:
    """Whether "a" can stand for one: not in "a further 300", "a total of", "a 12-hour"."""
    before, lower = words.lex.before, words.lower
    if words.number(place + 1):
        return words.hyphen(place + 2) and not words.isin(place + 3, "hyphened")  # a 12-year-old girl
    if before.starting(lower, place) or before.starting(lower, place + 1):
        return False
    return words.alphabetic(place + 1) and not words.isin(place + 1, "added")


def _phrases(words: Words, place: int) -> Iterator[Numeral]:
    for table in (words.lex.vague, words.lex.exact):
        match = table.starting(words.lower, place)
        if match:
            low, high = match[1]
            yield Numeral(place, place, place + match[0] - 1, low, high, vague=table is words.lex.vague)
    part = _fraction(words, place) or _all_but(words, place)
    if part:
        yield part
    nothing = words.lex.phrases["zero.words"].starting(words.lower, place)
    if nothing and not words.lex.before.starting(words.lower, place):
        yield Numeral(place, place, place + nothing[0] - 1, 0, 0, zero=True)


def _fraction(words: Words, place: int) -> Numeral | None:
    """ "two-thirds", "a third", "2/3 of": a numeral without bounds of its own."""
    up, down = words.at(place), words.at(place + 2)
    if words.at(place + 1) == "/" and up in "123456789" and down in "23456789" and words.isin(place + 3, "joins.of"):
        return Numeral(place, place, place + 2, None, None, fraction=Fraction(int(up), int(down)))
    if up not in words.lex.fractions.forward:
        return None
    match = words.lex.fractions.starting([word for word in words.lower[place : place + 4] if word != "-"], 0)
    if match is None:
        return None
    last, left = place, match[0]
    while True:
        left -= words.lower[last] != "-"
        if not left:
            return Numeral(place, place, last, None, None, fraction=Fraction(*match[1]))
        last += 1


def _all_but(words: Words, place: int) -> Numeral | None:
    """ "All but two of the 18" is sixteen of them."""
    said = words.lex.phrases["joins.except"].starting(words.lower, place)
    left = _number(words, place + said[0]) if said else None
    if left is None or not words.isin(left.last + 1, "joins.of"):
        return None
    whole = _number(words, left.last + 2 + words.isin(left.last + 2, "lead.words"))
    if whole is None or left.value >= whole.value:
        return None
    return Numeral(place, place, left.last, None, None, fraction=Fraction(whole.value - left.value, whole.value))


@dataclass(frozen=True, slots=True)
class _Number:
    """A plain number: its tokens and its value, whether it was written in digits, whether it may be no count."""

    first: int
    last: int
    value: int
    digits: bool
    doubtful: bool


@dataclass(slots=True)
class _Sum:
    """A plain number while it is read. `total` holds what scales have closed, `current` what is still open,
    `room` what the next part must stay below; after digits no words are added (`spelled`)."""

    last: int
    total: Value = 0
    current: Value | None = None
    room: int = LARGEST
    digits: bool = False
    doubtful: bool = False
    spelled: bool = True
    closed: bool = False

    def take(self, words: Words, place: int) -> bool:
        """Add the part at a place; False when it does not belong to the number."""
        word, lex = words.lower[place], words.lex
        if word[0].isdigit():
            return self._digits(words, place)
        if word in lex.tens or word in lex.units:
            return self._word(lex.tens.get(word) or lex.units.get(word, 0), place)
        return word in lex.scales and self._scale(lex.scales[word], place)

    def _digits(self, words: Words, place: int) -> bool:
        read = _digits(words, place)
        if read is None or self.current is not None or read.value >= self.room:
            return False
        self.current, self.last, self.closed = read.value, read.last, read.scaled
        self.digits, self.doubtful, self.spelled = True, read.doubtful, False
        return True

    def _word(self, value: int, place: int) -> bool:
        fits = value < self.room if self.current is None else self.spelled and value < _gap(self.current)
        if fits:
            self.current, self.last = (self.current or 0) + value, place
        return fits

    def _scale(self, scale: int, place: int) -> bool:
        opening = self.current is None and bool(self.total)
        if opening or scale >= self.room or (scale < 1000 and self.current is not None and self.current >= 1000):
            return False
        value = (self.current or 1) * scale
        self.last = place
        if scale < 1000:
            self.current = value
        else:
            self.total, self.current, self.room = self.total + value, None, scale
        return True


def _number(words: Words, place: int) -> _Number | None:
    """The plain number at a place: "1,500", "four-thousand-100", "3.2 million", "a hundred and eighty"."""
    first, reading = place, _Sum(place - 1)
    if words.isin(place, "lead.one"):
        if words.at(place + 1) not in words.lex.scales:
            return None
        reading.current, place = 1, place + 1
    while place < len(words) and not reading.closed and reading.take(words, place):
        place = _onward(words, reading.last, reading.spelled)
    value = reading.total + (reading.current or 0)
    if reading.last < first or value > LARGEST or value.denominator != 1:
        return None
    return _Number(first, reading.last, int(value), reading.digits, reading.doubtful)


def _gap(current: Value) -> int:
    """How large the word after this one may be: "twenty" takes a unit, "hundred" a ten."""
    value = int(current)
    return 1 if value % 10 else 10 if value % 100 else 100


def _onward(words: Words, last: int, spelled: bool) -> int:
    """Where the next part of a number may stand: after a glued hyphen, after "and" in a spelled one."""
    lex, ahead = words.lex, words.at(last + 2)
    small = ahead in lex.units or ahead in lex.tens
    scale = lex.scales.get(words.lower[last], 0)
    if words.hyphen(last + 1):
        return last + 2 if small or ahead in lex.scales or (scale and ahead[:1].isdigit()) else last + 1
    return last + 2 if spelled and small and scale >= 100 and words.isin(last + 1, "joins.within") else last + 1


@dataclass(frozen=True, slots=True)
class _Digits:
    """Digits as a value; `scaled`: with a suffix that closes the number, `doubtful`: perhaps no count."""

    last: int
    value: Value
    scaled: bool
    doubtful: bool


def _digits(words: Words, place: int) -> _Digits | None:
    match = _DIGITS.fullmatch(words.lower[place])
    if not match or len(match[1]) > LONGEST or (match[2] and match[2] not in words.lex.suffixes):
        return None
    parts, signs = _SEPARATOR.split(match[1]), _SEPARATOR.findall(match[1])
    if len(parts[0]) > 1 and int(parts[0][0]) == 0:
        return None
    if not signs and not match[2] and (spaced := _spaced(words, place, parts[0])):
        return spaced
    scaled, doubtful = bool(match[2]), match[2] in words.lex.sets["doubtful"]
    scale = words.lex.suffixes.get(match[2], 1)
    point = len(signs) == 1 and signs[0] in ".．"
    grouped = len(parts[0]) < 4 and int(parts[0]) > 0 and all(len(part) == 3 for part in parts[1:])
    if not signs or (grouped and len(set(signs)) == 1 and not (point and (scaled or _scale_follows(words, place)))):
        return _Digits(place, int("".join(parts)) * scale, scaled, doubtful or point)
    if len(signs) == 1 and signs[0] in _DECIMAL:
        value = (int(parts[0]) + Fraction(int(parts[1]), 10 ** len(parts[1]))) * scale
        return _Digits(place, value, scaled, doubtful)
    return None


def _scale_follows(words: Words, place: int) -> bool:
    return words.at(place + 1) in words.lex.scales


def _spaced(words: Words, place: int, digits: str) -> _Digits | None:
    """ "1 500 soldiers": groups of three digits after a blank, only right before someone or something counted."""
    last = place
    while (ahead := words.at(last + 1)).isdecimal() and len(ahead) == 3:
        digits, last = digits + ahead, last + 1
    counted = last > place and words.isin(last + 1, "people", "materiel") and not words.capital(place - 1)
    return _Digits(last, int(digits), False, True) if counted and len(digits) <= LONGEST else None


def _ranged(words: Words, low: _Number) -> Numeral:
    """The number, or the range it opens: "60 to 70", "seven or eight", "between 50 and 70", "50-70"."""
    high = _range_end(words, low)
    first = low.first - 1 if high and words.isin(low.first - 1, "joins.between") else low.first
    if high is None:
        return Numeral(first, first, low.last, low.value, low.value, digits=low.digits, doubtful=low.doubtful)
    least, scale = low.value, words.lex.scales.get(words.lower[high.last], 1)
    if high.value >= scale > 1 and least < 1000 and least * scale < high.value and not _scaled(words, low):
        least *= scale  # two to three million
    return Numeral(first, first, high.last, least, high.value, digits=low.digits, doubtful=low.doubtful)


def _scaled(words: Words, number: _Number) -> bool:
    return words.lower[number.last] in words.lex.scales


def _range_end(words: Words, low: _Number) -> _Number | None:
    """The higher end of a range, None when there is none."""
    join, place = low.last + 1, low.last + 2
    between = words.isin(low.first - 1, "joins.between") and words.isin(join, "joins.between_and")
    changed = words.isin(low.first - 1, "from", "by") and any(
        words.isin(at, "changes") for at in range(max(0, low.first - CHANGE), low.first)
    )
    if changed or place >= len(words) or not (between or words.isin(join, "joins.range")):
        return None
    dash = not words.alphabetic(join)
    if dash and not (words.touching(join) and words.touching(place)):
        return None
    high = _number(words, place)
    if high is None or high.value <= low.value:
        return None
    widest = CLOSE if words.isin(join, "joins.range_close") else WIDE if dash else None
    return high if widest is None or high.value <= widest * low.value or _scaled(words, high) else None


def _leading(words: Words, numeral: Numeral, floor: int) -> Numeral:
    """The numeral with the words that lead it: qualifiers set its bounds, determiners only join it."""
    if numeral.zero:
        return numeral
    first, said, definite = numeral.first, numeral.qualifier, False
    for _ in range(4):
        match = words.lex.before.ending(words.lower, first - 1) if first > floor else None
        if match and match[0] == 1 and (verb := words.lex.kinds.ending(words.lower, first - 1)) and verb[0] > 1:
            break  # "handed over 20"
        if match and match[1] != "exact" and definite:
            break  # "26 more than the 63"
        if match and first - match[0] >= floor:
            words_before = " ".join(words.lower[first - match[0] : first])
            first -= match[0]
            said = words_before if said is None else f"{words_before} {said}"
            low, high = _bounded(numeral, match[1])
            numeral = replace(numeral, first=first, qualifier=said, low=low, high=high)
        elif first > floor and words.isin(first - 1, "lead.words") and not numeral.single:
            first -= 1
            definite = definite or words.isin(first, "definite")
        else:
            break
    return numeral if numeral.first == first else replace(numeral, first=first)


def _bounded(numeral: Numeral, effect: str) -> tuple[int | None, int | None]:
    """The bounds a qualifier leaves: "at least", "up to", "fewer than"."""
    low, high = numeral.low, numeral.high
    if effect == "low":
        return low, None
    if effect in ("high", "under"):
        top = high if high is not None else low
        return None, top - 1 if effect == "under" and top is not None else top
    return low, high


def _trailing(words: Words, numeral: Numeral) -> Numeral:
    """The numeral with a qualifier that follows it: "or more", "-odd", "+"."""
    ahead = numeral.last + 1
    if words.at(ahead) in ("-", "‑") and words.touching(ahead):
        ahead += 1
    match = words.lex.after.starting(words.lower, ahead)
    if match is None or numeral.single or (words.at(ahead) == "+" and not words.touching(ahead)):
        return numeral
    last = ahead + match[0] - 1
    if words.number(last + 1) or words.isin(last + 1, "lead.single"):
        return numeral  # it qualifies the next number
    said = " ".join(words.lower[ahead : last + 1])
    low, high = _bounded(numeral, match[1])
    said = said if numeral.qualifier is None else f"{numeral.qualifier} {said}"
    return replace(numeral, last=last, qualifier=said, low=low, high=high)
