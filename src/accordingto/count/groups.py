"""Who or what a numeral counts: the noun group after it.

Without a parser the group is what follows the number up to a verb, a preposition or a mark; its head is the
last word of counting.toml's lists in it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from .cues import Cue
from .nocounts import chain, no_count
from .numerals import Numeral
from .words import Words

Family = Literal["people", "materiel", "things", "unknown", "bare"]
Cues = dict[int, Cue]
"""Cues by the place where they begin."""

REACH = 7
"""Tokens between a number and its noun: "thirty fully equipped field ambulances"."""
GROWN = 4
"""Tokens between "rose" and "by 12"."""
MULTIPLIED = 5
"""Tokens between "double" and the count it doubles: "the previous week's 200"."""


@dataclass(frozen=True, slots=True)
class Group:
    """A numeral with the words of its noun group; token places, both ends included."""

    numeral: Numeral
    first: int
    last: int
    family: Family
    head: int | None = None
    noun: tuple[int, int] | None = None
    subset: str | None = None
    """What it is of by its own words: "pronoun" (of them), "number" (of the six), "noun" (of the dead), which make
    it a part, or "told" (of the drones), which does where drones were counted before."""
    more: bool = False
    """Said to be besides others: "another", "more", "additional"."""


@dataclass(frozen=True, slots=True)
class Nouns:
    """A noun group: its family, head, first and last place; `head` None when nothing is named."""

    family: Family
    head: int | None
    first: int
    last: int


def groups(words: Words, numerals: list[Numeral], cues: list[Cue]) -> list[Group]:
    """The groups of the numerals that count someone or something, in order."""
    begun = {cue.first: cue for cue in cues}
    found = [group for numeral in numerals if (group := _group(words, numeral, begun))]
    for number, (one, other) in enumerate(pairwise(found), 1):
        things = one.family in ("things", "materiel") and not one.numeral.single
        if things and other.head is not None and words.isin(other.head, "anything"):
            found[number] = replace(other, family=one.family)  # 5,000 houses fell and 11,000 others were damaged
    return [group for group in found if (not group.numeral.single or _singular(words, group))]


def _group(words: Words, numeral: Numeral, cues: Cues) -> Group | None:
    if not numeral.single and no_count(words, numeral):
        return None
    lead = range(numeral.first, numeral.last + 1)
    more = any(words.isin(at, "added") and not words.isin(at + 1, "than") for at in lead) or _grown(words, numeral)
    place, last, subset = numeral.last + 1, numeral.last, None
    if words.isin(place, "added"):
        more = True
        if place not in cues:  # 12 new cases
            last, place = place, place + 1
    if numeral.multiple:
        subset, place = "number", _multiplied(words, place)
        if not words.number(place):
            return None  # double last week's toll: no number
    elif words.isin(place, "joins.of"):
        place += 1
        subset = _subset(words, place)
        if subset == "pronoun":
            named = words.isin(place, "those") and words.isin(place + 1, "people")
            return Group(numeral, numeral.first, place + named, "bare", None, None, subset, more)
    quoted = words.isin(place, "quotes") and family_of(words, place + 1, cues) == "people"  # 12 "terrorists"
    nouns = _nouns(words, place + quoted, cues, owned=subset is not None)
    if words.hyphen(numeral.last + 1) and words.isin(numeral.last + 2, "manned"):
        after = numeral.last + 3
        end = after if words.alphabetic(after) and after not in cues and not words.small(after) else after - 1
        return Group(numeral, numeral.first, end, "people")  # a 30-man patrol
    if _tabled(words, numeral, cues):
        return Group(numeral, numeral.first, numeral.last, "bare")
    if nouns is None or (numeral.zero and nouns.family not in ("people", "bare")):
        return None
    if numeral.doubtful and nouns.family in ("unknown", "bare") and not words.isin(place, "be_forms", "have"):
        return None  # 1.500, 2m; but "1.1m are hungry"
    if nouns.head is None and not numeral.single:
        return _collective(words, numeral) or Group(
            numeral, numeral.first, last, "bare", None, None, subset if subset == "number" else None, more
        )
    if nouns.head is None:
        return None
    if nouns.family == "people" and _describes(words, numeral, nouns.head, cues):
        return None
    if subset == "noun" and nouns.last not in cues and nouns.head not in cues:
        subset = "told" if words.isin(place, "definite") else None
    span = (nouns.first, nouns.last)
    closed = quoted and words.isin(nouns.last + 1, "quotes")
    return Group(numeral, numeral.first, nouns.last + closed, nouns.family, nouns.head, span, subset, more)


def _grown(words: Words, numeral: Numeral) -> bool:
    """ "The toll rose by 12", "a fourth body": what joins those told before."""
    if numeral.single:
        return words.isin(numeral.last + 1, "ordinals")
    changed = range(max(0, numeral.first - GROWN), numeral.first)
    return words.isin(numeral.first - 1, "by") and any(words.isin(at, "changes") for at in changed)


def _tabled(words: Words, numeral: Numeral, cues: Cues) -> bool:
    """ "Killed 3 Injured 11": whether the words of a kind behind the count head the next one."""
    ahead = cues.get(numeral.last + 1)
    if ahead is None or not words.capital(ahead.first) or not words.number(ahead.last + 1):
        return False
    return any(cue.last == numeral.first - 1 and words.capital(cue.first) for cue in cues.values())


def _collective(words: Words, numeral: Numeral) -> Group | None:
    """ "A family of five", "a crew of 12": people without a noun of their own."""
    first = numeral.first - 2
    if not (words.isin(first + 1, "joins.of") and words.isin(first, "collectives")):
        return None
    first -= words.isin(first - 1, "articles")
    return Group(numeral, first, numeral.last, "people")


def _multiplied(words: Words, place: int) -> int:
    """Where the count that "double" multiplies may stand: "the 30", "last week's 200"."""
    last = place + MULTIPLIED
    while place < last and words.isin(place, "determiners", "deictic", "periods", "possessive"):
        place += 1
    return place


def _subset(words: Words, place: int) -> str | None:
    """What follows "of": a pronoun, another number, a noun with its article."""
    if words.isin(place, "subset_of"):
        return "pronoun"
    inner = place + words.isin(place, "determiners")
    inner += 2 * (words.isin(inner, "collectives") and words.isin(inner + 1, "joins.of"))  # 19 of the crew of 22
    ahead = words.at(inner)
    if ahead[:1].isdigit() or (
        (ahead in words.lex.units or ahead in words.lex.tens) and not words.isin(inner, "lead.single")
    ):
        return "number"
    return "noun" if inner > place else None


def _nouns(words: Words, place: int, cues: Cues, *, owned: bool) -> Nouns | None:
    """The noun group at a place ("of" before it when `owned`); None when what it names is of no interest."""
    at, unknown, dull = place, 0, False
    while at < len(words) and at - place < REACH:
        when = words.isin(at, "deictic", "articles") and words.isin(at + 1, "periods")
        if when and (words.isin(at, "deictic") or words.isin(at + 2, "back")):
            break  # 12,000 last year, 380,000 a month earlier
        if unknown and words.isin(place - 1, "joins.of") and words.isin(at, "possessive"):
            at += 1  # 400 of Rennik's soldiers: here 's is no "is"
            continue
        end = chain(words, at)
        family = family_of(words, end, cues)
        if end > at and family is None:
            if words.isin(end, "age_nouns") and not _described(words, end, cues):
                return Nouns("people", end, place, end)
            unknown, at = unknown + 1, end + 1
            continue
        at = end
        if words.isin(at, "containers") and words.isin(at + 1, "joins.of"):
            at += 2
            continue
        if family is not None and not _ends(words, at, cues):
            head = _head(words, at, cues)
            if head is not None:
                return _named(words, place, head, cues)
            dull = False
        elif words.number(at):
            if not owned:
                break
        elif unknown and _two_peoples(words, at, cues):
            at += 2
            continue
        elif _ends(words, at, cues) or _restarts(words, at, place, owned):
            break
        elif words.isin(at, "measures", "periods"):
            return None
        elif words.isin(at, "never") and not words.capital(at):
            dull = True
        elif words.at(at) == "(":
            close = _closing(words, at) if unknown else None
            if close is None:
                break
            at = close
        elif at in cues and not _attributive(words, at, cues):
            after = cues[at].last + 1
            if (cues[at].verbal and not owned) or not words.alphabetic(after) or words.small(after):
                break
            unknown += 1
        elif words.isin(at, "free") and not owned and not words.isin(at, "determiners"):
            break
        elif not words.isin(at, "determiners"):
            unknown += 1
        at += 1
    if dull:
        return None
    return Nouns("unknown", at - 1, place, at - 1) if unknown else Nouns("bare", None, place, place)


def _two_peoples(words: Words, at: int, cues: Cues) -> bool:
    """Whether an "and" joins two names that both describe the noun: "Iraqi | and | Syrian tribesmen"."""
    joined = words.isin(at, "and_or") and words.capital(at - 1) and words.capital(at + 1)
    return joined and not words.capital(at + 2) and family_of(words, at + 2, cues) == "people"


def _restarts(words: Words, at: int, place: int, owned: bool) -> bool:
    """Whether an article begins another noun group: "dozens more | the Observatory said"."""
    return words.isin(at, "articles") and not words.shouting and (at > place or not owned)


def _ends(words: Words, place: int, cues: Cues) -> bool:
    """Whether a noun group ends before a place: a verb, a preposition, a mark."""
    if place in cues and cues[place].last > place and any(cues[place].kinds_as("noun")):
        return False  # 214 confirmed cases
    word = words.lower[place]
    if not word[0].isalpha() and word != "(" and not words.isin(place, "determiners"):
        return True
    acronym = words.raw[place].isupper() and len(word) > 1 and not words.shouting  # IS, US
    if words.isin(place, "prepositions", "conjunctions") or (words.isin(place, "stoppers") and not acronym):
        return True
    return words.isin(place, "be") and not acronym and not words.isin(place, "people")


def _head(words: Words, place: int, cues: Cues) -> int | None:
    """The head of a run of nouns that starts at a place; None when it only describes or owns what follows."""
    head = place
    while True:
        if head in cues and not cues[head].verbal:
            head = cues[head].last
        if words.isin(head + 1, "possessive") and head + 2 < len(words):
            return None
        after = head + 1
        if after >= len(words) or (after in cues and cues[after].verbal):
            return head
        if family_of(words, after, cues) is not None and not _ends(words, after, cues):
            if plural(words, head) and not plural(words, after):
                return head  # ten civilians | activist group said
            head = after
            continue
        dull = words.isin(after, "measures", "periods", "never")
        return None if dull and not (plural(words, head) and words.isin(head, "people")) else head


def _named(words: Words, first: int, head: int, cues: Cues) -> Nouns | None:
    family = family_of(words, head, cues) or "people"
    return Nouns(family, head, first, _joined(words, head, family, cues))


def _joined(words: Words, head: int, family: Family, cues: Cues) -> int:
    """The last token of the head with what is joined to it: "patients and staff", "women and children"."""
    after = head + 2
    if not words.isin(head + 1, "and_or") or after >= len(words) or after in cues:
        return head
    alike = family_of(words, after) == family and words.at(after + 1) not in ("'s", "’s", "-")
    return after if alike else head


def family_of(words: Words, place: int, cues: Cues | None = None) -> Family | None:
    """Whether a noun names people, materiel or other things that are counted."""
    cue = cues.get(place) if cues else None
    if cue and not any(cue.kinds_as("toll")) and any(k.counts == "people" for k in cue.kinds_as("noun", "person")):
        return "people"
    if words.isin(place, "people", "groups"):
        return "people"
    if words.isin(place, "materiel"):
        return "materiel"
    if words.isin(place, "things"):
        return "things"
    if words.isin(place, "never") or not words.alphabetic(place):
        return None
    named = words.capital(place) and words.ends_in(place, "people_endings")
    return "people" if named or words.ends_in(place, "people_tails") else None


def _attributive(words: Words, place: int, cues: Cues) -> bool:
    """Whether a word of a kind describes the noun right after it: "perished draftees"."""
    after = cues[place].last + 1
    return after < len(words) and family_of(words, after) is not None and not words.isin(after, "determiners")


def _described(words: Words, place: int, cues: Cues) -> bool:
    """Whether "14-year-old" describes a noun after it, or stands for the person."""
    return words.alphabetic(place + 1) and place + 1 not in cues and not words.small(place + 1)


def _closing(words: Words, place: int) -> int | None:
    """Where a short bracket closes: "Daesh (ISIS) commanders"."""
    return next((at for at in range(place + 1, min(len(words), place + 5)) if words.lower[at] == ")"), None)


def plural(words: Words, place: int) -> bool:
    return words.isin(place, "plurals", "groups") or words.ends_in(place, "plural_endings")


def _describes(words: Words, numeral: Numeral, head: int, cues: Cues) -> bool:
    """Whether a singular noun describes another: "nine terrorist strongpoints", "an official note"."""
    after = head + 1
    if plural(words, head) or words.isin(head, "age_nouns"):
        return False
    if numeral.value > 1 and not numeral.single and words.isin(after, "nouns_too"):
        return True  # several terrorist attacks
    if head in cues or after in cues or not words.alphabetic(after) or words.small(after):
        return False
    return numeral.value > 1 or not (words.capital(after) or words.ends_in(after, "verb_endings"))


def _singular(words: Words, group: Group) -> bool:
    """Whether "a" stands before one person, or one major piece: "a soldier", not "a police"."""
    head = group.head
    if head is None or group.subset:
        return False
    if words.isin(head, "age_nouns"):
        return True
    if group.family == "materiel":
        return words.isin(head, "major")
    return group.family == "people" and words.isin(head, "people") and not plural(words, head)
