"""How a figure stands: part of another, added to it, or a total; asserted, planned, possible or denied."""

from __future__ import annotations

from ..kinds import Kind
from ..records import Mode, Stance
from .groups import Group
from .links import Link
from .scene import Scene, subset_before
from .words import Words

VERB_GROUP = 5
"""Tokens before a verb in which "could", "feared", "will" still govern it."""
DENIAL = 25
"""Tokens a denial, or an increment such as "in the past 24 hours", reaches within its clause."""
CLAUSE = 1.2
"""Price (scene.py) of the way to an increment of the same clause."""


def is_part(scene: Scene, group: Group, link: Link | None) -> bool:
    """Whether the words make the figure a part of another: "including", "of them", "four of the six"."""
    words = scene.words
    if group.numeral.fraction is not None:
        return True
    if any(words.isin(place, "whole") for place in range(group.first, group.numeral.core)):
        return False
    first = scene.groups[0].last
    opens = any(first < aside.start < group.first < min(aside.stop, aside.start + 3) for aside in scene.asides)
    bracketed = group.noun is not None and opens and not words.alphabetic(group.first - 1)
    named = group.subset not in (None, "told")
    if bracketed or subset_before(words, group) or named or fronted(scene, group):
        return True
    whole = words.isin(group.first - 1, "context_words")  # among the 31 killed
    if link and link.cue and link.cue.among and link.way != "inside" and not whole:
        return True
    if group.family == "bare" and words.isin(group.last + 1, "degrees") and not words.alphabetic(group.last + 2):
        return True
    if any(cue.among and cue.last < group.first <= cue.last + 4 for cue in scene.cues):
        return True
    return out_of(scene, group)


def out_of(scene: Scene, group: Group) -> bool:
    """ "68 children among 126 dead": whether the whole stands right after the part."""
    out = scene.words.lex.phrases["out_of"].starting(scene.words.lower, group.last + 1)
    return out is not None and _counted(scene.words, group.last + 1 + out[0])


def _counted(words: Words, place: int) -> bool:
    """Whether a count begins at a place: "126", "the 31", "at least 40"."""
    place += words.isin(place, "determiners")
    led = words.lex.before.starting(words.lower, place)
    return words.number(place + (led[0] if led else 0))


def fronted(scene: Scene, group: Group) -> bool:
    """ "Of the wounded, 300 are back": the sentence opens with the whole."""
    return 0 < scene.front < group.first and ";" not in scene.words.lower[scene.front : group.first]


def is_rest(scene: Scene, group: Group) -> bool:
    """ "The other two", "the remaining four": the rest of a whole already told."""
    return " ".join(scene.words.lower[group.first : group.numeral.core]) in scene.words.lex.sets["rest"]


def mode(scene: Scene, group: Group, kind: Kind, link: Link | None, before: str | None, *, part: bool) -> Mode:
    """Total, added or part; `before` is the kind of the figure told before this one.

    "Another 1,000 wounded" right after a figure of the killed is besides the dead: a total.
    """
    if part:
        return "part"
    more = group.more or scene.words.lex.phrases["besides"].starting(scene.words.lower, group.last + 1)
    if more and (kind.planned or before is None or before == kind.name):
        return "added"
    tolled = link is not None and link.cue is not None and any(link.cue.kinds_as("toll"))
    return "added" if kind.measure == "flow" and not tolled and _increment(scene, group) else "total"


def _increment(scene: Scene, group: Group) -> bool:
    """ "In the past 24 hours", in the clause of the figure."""
    lower, first = scene.words.lower, group.last + 1
    increments = scene.words.lex.phrases["increments"]
    for place, _, _ in increments.within(lower, 0, group.first):
        if place == 0 or not lower[place - 1][0].isalnum():
            return ";" not in lower[place : group.first]
    behind = next(increments.within(lower, first, first + DENIAL), None)
    return behind is not None and scene.cost(first, behind[0], after=True) < CLAUSE


def stance(scene: Scene, group: Group, kind: Kind, link: Link | None) -> Stance:
    """What the words around the count and its verb make of it."""
    if _denied(scene, group, link):
        return "denied"
    effects = {_effect(scene, place) for place in _governing(scene, group, link)}
    if "possible" in effects or _supposed(scene, group) or _feared(scene, group):
        return "possible"
    if "future" in effects and not (link and link.way == "frame"):
        return "planned" if kind.planned else "possible"
    return "planned" if "planned" in effects and kind.planned else "asserted"


def _effect(scene: Scene, place: int) -> str | None:
    words = scene.words
    verb = words.isin(place + 1, "have", "be_forms")  # 300 may have died
    if (
        words.isin(place, "months")
        and not verb
        and (words.capital(place) or words.number(place - 1) or words.number(place + 1))
    ):
        return None  # 18 May
    match = words.lex.stance.starting(words.lower, place)
    return match[1] if match else None


def _governing(scene: Scene, group: Group, link: Link | None) -> range:
    """The places whose words govern the count: between it and its verb, and the verb group."""
    cue = link.cue if link else None
    if cue is None or group.first <= cue.first <= group.last:
        follows = 2 if cue is None and group.more else 0  # 600 more are to follow
        return range(_verb_start(scene, group.first), min(len(scene.words), group.last + 1 + follows))
    if cue.first > group.last:
        return range(group.last + 1, cue.last + 1)
    return range(_verb_start(scene, cue.first), group.first)


def _verb_start(scene: Scene, place: int) -> int:
    """Where the words before a place stop belonging to it."""
    words, first = scene.words, max(0, place - VERB_GROUP)
    for before in range(place - 1, first - 1, -1):
        if words.lower[before] in ",;:.!?" or words.isin(before, "relatives", "says"):
            return before + 1
    return first


def _supposed(scene: Scene, group: Group) -> bool:
    """ "Assuming … that a strike had killed at least 12"."""
    return any(scene.words.isin(place, "supposed") for place in range(max(0, group.first - DENIAL), group.first))


def _feared(scene: Scene, group: Group) -> bool:
    """ "It had feared that 150 people were dead"."""
    words, place = scene.words, group.first - 1
    place -= words.isin(place, "clause")
    return words.isin(place, "fearing")


def _denied(scene: Scene, group: Group, link: Link | None) -> bool:
    words, place = scene.words, group.first - 1
    while words.isin(place, "marks"):
        place -= 1
    verb = link.cue.first if link and link.cue and link.cue.first < group.first else None
    if _negated(scene, place) or words.isin(place, "stance.not_be"):
        return True
    auxiliaries = (verb - 1, verb - 2) if verb is not None else ()
    if any(_negated(scene, at) or words.ends_in(at, "stance.not_endings") for at in auxiliaries):
        return True
    for at, size, effect in words.lex.stance.within(words.lower, group.first - DENIAL, group.first):
        turned = effect != "denied" or _negated(scene, at - 1) or words.ends_in(at - 1, "stance.not_endings")
        if not turned and _reaches(scene, at + size, group.first):
            return True
    return False


def _negated(scene: Scene, place: int) -> bool:
    """Whether "not" stands there and denies: not in "not only"."""
    words = scene.words
    exempt = words.lex.phrases["stance.not_denials"]
    return words.isin(place, "stance.not") and exempt.starting(words.lower, place) is None


def _reaches(scene: Scene, first: int, end: int) -> bool:
    """Whether a denial's clause runs up to the figure: "denied that …", "denied killing 12"."""
    words = scene.words
    if not words.isin(first, "clause") and end - first > VERB_GROUP:
        return False
    resumed = (words.isin(at, "both_and") and words.isin(at + 1, "speaking") for at in range(first, end))
    return not any(words.isin(at, "turn") for at in range(first, end)) and not any(resumed)
