"""The words of a kind in a sentence: "killed", "were taken hostage", "death toll", "dead or wounded"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ..kinds import Kind, Reading, Role, kinds
from .numerals import Numeral
from .words import Words

OF = 7
"""Tokens in which "the number of men who were killed" must name its kind."""
_VERBS: frozenset[Role] = frozenset({"active", "passive", "subject"})


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say what happened to a count; token places, both ends included."""

    first: int
    last: int
    readings: tuple[Reading, ...]
    verbal: bool
    passive: bool = False
    """A form of "be" stands before it: it takes no object."""
    among: bool = False
    """ "Among those killed": counts near it are parts."""

    def kinds_as(self, *roles: Role) -> Iterable[Kind]:
        """Kinds it can stand for in the roles."""
        return (reading.kind for reading in self.readings if reading.role in roles)


def cues(words: Words, numerals: list[Numeral]) -> list[Cue]:
    """Every cue of the sentence, in order, none overlapping; none inside a number's own words."""
    taken = {place for numeral in numerals if not numeral.single for place in range(numeral.first, numeral.last + 1)}
    found: list[Cue] = []
    floor = 0
    forward = words.lex.kinds.forward
    for place in [place for place, word in enumerate(words.lower) if word in forward]:
        month = words.isin(place, "month_verbs") and (words.capital(place) or _in_month(words, place))
        if (
            place >= floor
            and place not in taken
            and not month
            and (cue := _cue(words, place, forward[words.lower[place]]))
        ):
            found.append(cue)
            floor = cue.last + 1
    return _counted(words, _summed(words, found))


def _in_month(words: Words, place: int) -> bool:
    """Whether a month is meant where everything is in capitals: "IN MARCH", "4 MAY"."""
    return words.shouting and (words.isin(place - 1, "prepositions") or words.at(place - 1)[:1].isdigit())


Options = tuple[tuple[tuple[str, ...], tuple[Reading, ...]], ...]


def _cue(words: Words, place: int, options: Options) -> Cue | None:
    """The longest cue at a place; readings of a shorter one join where they count another family."""
    longest, readings, second = 0, list[Reading](), words.at(place + 1)
    for parts, found in options:
        if len(parts) > 1 and (parts[1] != second or words.lower[place : place + len(parts)] != parts):
            continue
        if not longest:
            longest, readings = len(parts), list(found)
        else:
            held = {reading.kind.counts for reading in readings}
            readings += [reading for reading in found if not held & {reading.kind.counts, "any"} and "any" not in held]
    if not longest:
        return None
    last = place + longest - 1
    if words.isin(last + 1, "of_people") and all(reading.role == "person" for reading in readings):
        return None  # the refugee agency
    verbal = any(reading.role in _VERBS for reading in readings)
    return Cue(place, last, tuple(readings), verbal, _passive(words, place), _among(words, place))


def _passive(words: Words, place: int) -> bool:
    """Whether a form of "be" governs the verb; adverbs, or another participle and "and", may stand between."""
    if words.isin(place - 1, "both_and"):
        return coordinated(words, place) and not (words.number(place + 1) and words.isin(place + 2, "people"))
    for before in range(place - 1, max(-1, place - 4), -1):
        if words.isin(before, "be_forms"):
            return True
        if not words.isin(before, "free", "be"):
            return False
    return False


def coordinated(words: Words, place: int) -> bool:
    """Whether a participle and "and" lead from "be" to the verb: "have been patched up and | sent"."""
    if not words.isin(place - 1, "both_and"):
        return False
    for before in range(place - 2, max(-1, place - 5), -1):
        if words.number(before) or words.isin(before, "people") or not words.alphabetic(before):
            return False
        if words.isin(before, "be_forms"):
            return words.ends_in(before + 1, "participle_endings") or words.ends_in(before + 2, "participle_endings")
    return False


def _among(words: Words, place: int) -> bool:
    before = place - 1
    while before > 0 and (words.isin(before, "determiners", "people") or words.number(before)):
        before -= 1
    return words.isin(before, "context_words")


def _summed(words: Words, found: list[Cue]) -> list[Cue]:
    """ "Killed or wounded" is one cue of the kind that sums both."""
    merged: list[Cue] = []
    for cue in found:
        before = merged[-1] if merged else None
        joined = before is not None and before.last + 2 == cue.first and words.isin(cue.first - 1, "either", "both_and")
        both = _sum(before, cue) if before is not None and joined else ()
        if before is not None and both and (words.isin(cue.first - 1, "either") or _shared(words, before, cue)):
            merged[-1] = replace(before, last=cue.last, readings=both)
        else:
            merged.append(cue)
    return merged


def _shared(words: Words, one: Cue, other: Cue) -> bool:
    """Whether "killed and wounded" shares one count: no count of its own follows a verb that has one before."""
    ahead = other.last + 1
    counted = words.number(ahead) or words.lex.before.starting(words.lower, ahead) or words.isin(ahead, "added")
    before = one.first - 1
    free = before < 0 or words.at(before) == "," or words.isin(before, "have", "modals", "relatives")
    return free or not counted or words.ends_in(one.last, "ing")


def _sum(one: Cue, other: Cue) -> tuple[Reading, ...]:
    first, second = ({reading.kind.name for reading in cue.readings} for cue in (one, other))
    roles = {reading.role for reading in one.readings} & {reading.role for reading in other.readings}
    roles = roles or {reading.role for reading in (*one.readings, *other.readings)}
    for kind in kinds().values():
        if any(a in kind.sum_of for a in first) and any(b in kind.sum_of for b in second) and not first & second:
            return tuple(Reading(kind, role) for role in sorted(roles))
    return ()


def _counted(words: Words, found: list[Cue]) -> list[Cue]:
    """With "the number of men killed" turned into a toll of the killed."""
    starts: Mapping[int, int] = {cue.first: number for number, cue in enumerate(found)}
    taken: dict[int, Cue] = {}
    for place, word in enumerate(words.lower):
        if word not in words.lex.sets["tallies"] or place in starts:
            continue
        number = _named(words, place, starts)
        if number is not None:
            cue = found[number]
            tolls = dict.fromkeys(Reading(reading.kind, "toll") for reading in cue.readings)
            taken[number] = replace(cue, first=place, readings=(*tolls, *cue.readings))
    return [taken.get(number, cue) for number, cue in enumerate(found)]


def _named(words: Words, place: int, starts: Mapping[int, int]) -> int | None:
    if place + 1 in starts:
        return starts[place + 1]
    if not words.isin(place + 1, "joins.of"):
        return None
    for ahead in range(place + 2, min(len(words), place + 2 + OF)):
        if ahead in starts and not words.isin(ahead, "reach"):
            return starts[ahead]
        if not words.lower[ahead][0].isalpha() or words.isin(ahead, "conjunctions"):
            return None
    return None
