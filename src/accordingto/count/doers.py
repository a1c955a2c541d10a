"""By whom: who did to the counted what the words say, where they say it; never who reports it.

"Gunmen killed 12", "12 were shot dead by police", "the killing of 12 by the Sul Brigade", "12 died in a raid by the
army". Only people, armed groups, bodies and weapons are doers: a flood, a Friday or a "time" is none.
"""

from __future__ import annotations

from ..records import Actor, Evidence, Report
from ..who import actor
from .memory import Decided
from .scene import Scene
from .words import Words

REACH = 14
"""Tokens after a count or its verb in which "by" names the doer."""
LONGEST = 9
"""Tokens of the longest name of a doer."""
_CLOSES = (
    "prepositions",
    "conjunctions",
    "relatives",
    "says",
    "be_forms",
    "have",
    "modals",
    "breaks",
    "clock",
    "marks",
)


def doer(scene: Scene, report: Report, one: Decided) -> Actor | None:
    """Who did it, None where the sentence does not say."""
    link = one.link
    if link is None or link.cue is None:
        return None
    cue, active = link.cue, any(kind == one.kind for kind in link.cue.kinds_as("active"))
    if scene.words.isin(cue.first, "undergone"):
        return None
    nominal = scene.words.isin(cue.last + 1, "joins.of")  # the killing of
    if active and not (cue.passive or nominal) and cue.first < one.group.first:
        return _subject(scene, report, cue.first)
    return _agent(scene, report, max(cue.last, one.group.last) + 1)


def _subject(scene: Scene, report: Report, verb: int) -> Actor | None:
    """The noun group right before an active verb: "Gunmen have killed", "soldiers who shot"."""
    words, last = scene.words, verb - 1
    while last >= 0 and words.isin(last, "have", "modals", "free", "relatives") and not words.isin(last, "determiners"):
        last -= 1
    first = last
    while first >= 0 and last - first < LONGEST and (_names(words, first) or _member(words, first)):
        first -= 1
    if words.isin(first, "prepositions") and not words.isin(first, "agents"):
        return None  # the attack in Orsk killed 12
    return _named(scene, report, first + 1, last)


def _agent(scene: Scene, report: Report, place: int) -> Actor | None:
    """Who stands after "by"."""
    words = scene.words
    for at in range(place, min(len(words), place + REACH)):
        if words.at(at) in (";", ".", ":") or words.isin(at, "relatives", "says", "breaks"):
            return None
        if words.isin(at, "by"):
            last = at
            while last - at < LONGEST and (_joins(words, last + 1) or _goes_on(words, last)):
                last += 1
            found = _named(scene, report, at + 1, last)
            if found:
                return found
    return None


def _member(words: Words, place: int) -> bool:
    """Whether "of" stands there after people: "fighters of the Harun Front"."""
    return words.isin(place, "joins.of") and words.isin(place - 1, "people")


def _goes_on(words: Words, last: int) -> bool:
    """Whether the name has a further word: after a noun of people or bodies only another, or a name."""
    ended = words.isin(last, "people", "bodies", "materiel") and not words.hyphen(last + 1)
    after = last + 1
    if ended and not words.shouting and words.at(after).islower() and words.raw[after].islower():
        return words.isin(after, "people", "bodies", "materiel", "groups", "possessive") and _names(words, after)
    return _names(words, after)


def _joins(words: Words, place: int) -> bool:
    """Whether "of" goes on with a name: "fighters of the Harun Front"."""
    named = place + 1 + words.isin(place + 1, "articles")
    return words.isin(place, "joins.of") and words.capital(named)


def _names(words: Words, place: int) -> bool:
    """Whether a word can be part of a name or noun group."""
    word = words.at(place)
    if words.hyphen(place) or words.isin(place, "possessive"):
        return True
    acronym = len(word) > 1 and word.isalpha() and words.raw[place].isupper() if 0 <= place < len(words) else False
    if acronym and not words.shouting:
        return True
    if words.isin(place, "subjects"):
        return False
    determiner = words.isin(place, "determiners") and not words.isin(place, "relatives")
    return word[:1].isalnum() and (determiner or not words.isin(place, *_CLOSES))


def _named(scene: Scene, report: Report, first: int, last: int) -> Actor | None:
    """The actor between two places, when it is one that can do something."""
    words = scene.words
    while first <= last and (words.isin(first, "determiners", "free") or words.hyphen(first)):
        first += 1
    head = next((at - 1 for at in range(first + 1, last + 1) if words.isin(at, "joins.of")), last)
    if first > head:
        return None
    while words.capital(head) and first < head and not (words.capital(first) or words.hyphen(first + 1)):
        first += 1  # accused | Hamas of killing 30
    evidence = Evidence.of(report, words.starts[first], words.ends[last])
    found = actor(evidence.exact, evidence)
    known = words.isin(head, "people", "groups", "materiel", "bodies") and not words.isin(head, "plain_state")
    named = words.capital(head) and (words.ends_in(head, "people_endings") or found.country is not None)
    return found if found.sector or known or named else None
