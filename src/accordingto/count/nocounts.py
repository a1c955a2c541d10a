"""Numbers that count nothing: ages, dates, times, labels, money, measures, shares, "one" as a pronoun."""

from __future__ import annotations

from .numerals import Numeral
from .words import Words

NEAR = 10
"""Tokens in which a toll before "at" tells a count from a time of day."""
OLDEST = 115
"""A bare number up to this after a name is an age."""
ODDS = 100
"""The largest second number of "one in five"."""
YEARS = range(1900, 2101)
"""Four digits in here may be a year."""


def no_count(words: Words, numeral: Numeral) -> bool:
    """Whether the numeral counts nobody and nothing."""
    return any(test(words, numeral) for test in _TESTS)


def chain(words: Words, place: int) -> int:
    """The last word of a compound that starts at a place: "12-year-old", "rebel-held"."""
    while words.hyphen(place + 1):
        place += 2
    return place


def _glued(words: Words, numeral: Numeral) -> bool:
    """AK-47, 12-year-old, two-storey, 24/7, +380."""
    before, after = numeral.core - 1, numeral.last + 1
    if words.at(before) in _GLUE and words.touching(numeral.core):
        return words.at(before) in ("+", "#") or words.touching(before)
    if words.at(after) in _GLUE and words.touching(after) and words.touching(after + 1):
        return words.at(after + 1)[:1].isalnum() and not words.isin(after + 1, "hyphened")
    return False


_GLUE = ("-", "‑", "/", ".", ":", "+", "#")


def _money(words: Words, numeral: Numeral) -> bool:
    """$500 million; millions in damage."""
    worth = words.isin(numeral.last + 1, "worth") and words.isin(numeral.last + 2, "goods")
    return worth or words.isin(numeral.core - 1, "currencies")


def _measured(words: Words, numeral: Numeral) -> bool:
    """Percent, distances, weights, money, times over; also after "more"."""
    after = numeral.last + 1
    if words.isin(after, "strokes") and words.isin(numeral.first - 1, "prepositions"):
        told = words.lex.kinds.starting(words.lower, after)
        return told is None or told[0] == 1  # with one shot; "with 12 shot dead" counts
    if words.isin(after, "added", "determiners") or words.at(after) == "-":
        after += 1
    if words.isin(after, "periods") and after > numeral.last + 1 and words.isin(after + 1, "back"):
        return False
    if words.isin(after, "shares", "measures") or (words.isin(after, "periods") and not numeral.vague):
        return True
    return words.isin(after, "joins.of") and words.isin(after + 1, "measures")


def _dated(words: Words, numeral: Numeral) -> bool:
    core, value = numeral.core, numeral.value
    core += words.isin(core, "joins.between")
    if words.isin(numeral.last + 1, "eras"):
        return True
    if not numeral.digits or value > YEARS.stop + 50:
        return False
    before = core - 2 if words.at(core - 1) == "." else core - 1
    if _month(words, before) and (value <= 31 or value >= 1800):
        told = words.at(before - 1).isdigit() and value <= 31 and _eventful(words, numeral.last + 1)
        return not told  # on 4 May 28 bodies were found
    if _month(words, numeral.last + 1) and value <= 31:
        return True
    if value in YEARS and len(words.raw[core]) == 4:
        free = not _eventful(words, numeral.last + 1)
        mark = words.at(core - 1) in (",", "(", ".") or words.at(core - 1)[:1].isdigit()
        return free or mark or words.isin(core - 1, "years_after")
    return False


def _month(words: Words, place: int) -> bool:
    small = words.isin(place, "month_verbs") and not words.capital(place) and not words.shouting
    return words.isin(place, "months") and not small


def _eventful(words: Words, place: int) -> bool:
    """Whether something that can be counted, or can happen, is told next."""
    named = words.isin(place, "people", "groups", "materiel", "things")
    return named or words.lex.kinds.starting(words.lower, place) is not None


def _timed(words: Words, numeral: Numeral) -> bool:
    core, after = numeral.core, numeral.last + 1
    raw, value = words.raw[core], numeral.value
    military = len(raw) == 4 and raw.isdigit() and value % 100 < 60 and value < 2400
    if military and words.isin(core - 1, "clock_before") and not _tallied(words, core):
        return not words.alphabetic(after) or words.small(after)
    if words.isin(after, "clock") and not words.isin(after, "stoppers"):
        return True
    return words.lex.phrases["half_past"].ending(words.lower, core - 1) is not None


def _tallied(words: Words, place: int) -> bool:
    """Whether a toll is told right before: "put the toll at 1300" is no time of day."""
    return any(words.isin(at, "tallies", "tolls") for at in range(place - NEAR, place))


def _aged(words: Words, numeral: Numeral) -> bool:
    """Lida Orsk, 22, said; aged between 5 and 12; under the age of eight."""
    first, core = numeral.first, numeral.core
    for place in (first - 1, core - 1):
        if words.isin(place, "ages") or (words.isin(place, "age_of") and words.isin(place - 1, "ages")):
            return True
    if words.isin(first - 1, "joins.of") and words.isin(first - 2, "minors"):
        return True  # a girl of 12
    if words.isin(first - 1, "and_or") and words.at(first - 2).isdigit() and words.isin(first - 3, "ages"):
        return True  # aged 4 and 7
    if numeral.value > OLDEST or numeral.vague or first != core:
        return False
    before, after = words.at(first - 1), words.at(numeral.last + 1)
    if before == "(" and after == ")":
        return _name(words, core - 2)
    aside = before == "," and after in (",", ".", ")", ";", "")
    return aside and _name(words, core - 2) and not _placed(words, core - 2)


def _name(words: Words, place: int) -> bool:
    """Whether a personal name or a person's noun ends at a place."""
    if words.shouting:
        return words.alphabetic(place)
    return words.capital(place) or words.isin(place, "people")


def _placed(words: Words, place: int) -> bool:
    """Whether the name stands after a preposition: "in Velmora, 62"."""
    if words.shouting:
        near = range(place - 3, place + 1)
        return any(words.isin(at, "prepositions") or words.at(at)[:1].isdigit() for at in near)
    while words.capital(place) and not words.isin(place, "prepositions"):
        place -= 1
    return words.isin(place, "prepositions")


def _labelled(words: Words, numeral: Numeral) -> bool:
    """School No. 19, Article 51, items 2 and 3, Boeing 737, day 315."""
    place = numeral.first - 1
    if numeral.vague or numeral.first != numeral.core:
        return False
    if words.at(place) == "." and words.isin(place - 1, "labels"):
        return len(words.at(place - 1)) <= len("nos")
    if words.isin(place, "labels"):
        counted = words.isin(place, "reach_nouns") and words.isin(place - 1, "people")  # the dead number 60
        return not counted and not words.isin(numeral.last + 1, "people")
    return words.isin(place, "listing") and words.at(place - 1).isdigit() and words.isin(place - 2, "labels")


def _pronoun(words: Words, numeral: Numeral) -> bool:
    """ "One" that counts nobody: "one of the best", "this one", "one another", "one day", "the lower one"."""
    core, after = numeral.core, numeral.last + 1
    if not words.isin(core, "one_of") or core != numeral.last:
        return False
    if words.at(after)[:1].isdigit():
        return chain(words, after) == after  # one 60 mm mortar, not one 12-year-old girl
    if numeral.qualifier:
        return False
    if words.isin(core - 1, "determiners", "one_before") or words.isin(after, "one_after"):
        return True
    if words.isin(after, "aim") and words.at(core - 1) == ",":
        return True
    if words.isin(after, "joins.of"):
        return not words.isin(after + 1, "subset_of")
    described = words.alphabetic(core - 1) and not words.capital(core - 1) and not words.isin(core - 1, *_OPENERS)
    return described and words.lex.kinds.ending(words.lower, core - 1) is None


def _scored(words: Words, numeral: Numeral) -> bool:
    """ "Lost 4 to 2", "by 12 votes to 3": neither is a count; "fell from 14 to 9" changes one."""
    for first in (numeral.core, numeral.core - 2):
        one, other = _small(words, first), _small(words, first + 2)
        if one is None or other is None or not other < one or not words.isin(first + 1, "to"):
            continue
        changed = range(max(0, first - NEAR), first)
        return not any(words.isin(at, "changes", "from", "reach", "tallies", "tolls") for at in changed)
    return False


def _of_members(words: Words, numeral: Numeral) -> bool:
    """ "Ten members of one family": the ten are counted."""
    first = numeral.first
    return words.isin(first - 1, "joins.of") and words.isin(first - 2, "members") and words.number(first - 3)


def _odds(words: Words, numeral: Numeral) -> bool:
    """ "One in five of the recruits", "2 in 3": neither is a count."""
    return any(
        words.isin(first + 1, "odds") and 0 < (_small(words, first) or 0) < (_small(words, first + 2) or 0) <= ODDS
        for first in (numeral.core, numeral.core - 2)
    )


def _small(words: Words, place: int) -> int | None:
    """The number a single word says."""
    word = words.at(place)
    return int(word) if word.isdecimal() and len(word) < 4 else words.lex.units.get(word, words.lex.tens.get(word))


_OPENERS = ("conjunctions", "prepositions", "says", "relatives", "be", "have", "breaks", "free", "lead.words")
_TESTS = (_glued, _money, _measured, _dated, _timed, _aged, _labelled, _scored, _of_members, _odds, _pronoun)
