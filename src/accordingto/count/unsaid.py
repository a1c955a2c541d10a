"""Counts whose kind stands elsewhere: put in a frame, told before, corrected, or said of those beside them."""

from __future__ import annotations

from math import log

from ..kinds import kinds
from .groups import Group
from .links import SURE, Link
from .memory import Decided, Memory, agrees, present
from .scene import Scene
from .words import Words

FRAME = 8
"""Tokens of the longest frame."""


def unsaid(scene: Scene, memory: Memory, decided: list[Decided | None], number: int) -> Decided | None:
    """A count whose kind stands elsewhere: "it put the number at 63", "the 63 it announced", "four rockets"."""
    group, words = scene.groups[number], scene.words
    numeral = group.numeral
    if group.family == "materiel" and group.head is not None and numeral.value > 1 and _closed(scene, group):
        return Decided(group, present(words.lower[group.head]), None)
    if group.family not in ("bare", "people") or numeral.fraction is not None:
        return None
    recalled = words.isin(group.first, "definite") or words.at(group.first - 1) == ":"
    if group.family == "bare" and recalled and (told := memory.same(numeral.low, numeral.high)):
        return Decided(group, kinds().get(told.kind) or present(told.kind), None)
    near = next((one for one in reversed(decided[:number]) if one and agrees(group, one.kind)), None)
    if near and not numeral.vague and _replaces(scene, group, near.group):
        return Decided(group, near.kind, Link(SURE, near.kind, None, "frame"))
    topic = memory.latest if group.family == "bare" and not group.more else memory.topic
    wholes = (one for one in reversed(decided[:number]) if one and not one.part and agrees(group, one.kind))
    whole = min(wholes, key=lambda one: _apart(one.group, group), default=None)
    topic = whole.kind if whole and (near is whole or topic is None) else topic
    if topic is None or not (framed(scene, group) or _continued(scene, group)):
        topic = memory.header if memory.header and agrees(group, memory.header) and not numeral.vague else None
    return Decided(group, topic, Link(SURE, topic, None, "frame")) if topic else None


def _replaces(scene: Scene, group: Group, before: Group) -> bool:
    """Whether the count is one that the count before corrects: "24, not 27", "to 24 from 27"."""
    words, gap = scene.words, group.first - before.last - 1
    match = words.lex.phrases["contrasts"].ending(words.lower, group.first - 1)
    if group.family != "bare" or match is None or gap < match[0]:
        return False
    comma = words.at(group.first - 1 - match[0]) == ","
    return gap == match[0] or (comma and (match[1] != "from" or gap == match[0] + 1))


def _continued(scene: Scene, group: Group) -> bool:
    """ "1,500 more followed": what was said of the count before is said of this one."""
    continued = scene.words.lex.phrases["continued"].starting(scene.words.lower, group.last + 1)
    return group.more and continued is not None


def alongside(scene: Scene, group: Group) -> Link | None:
    """ "Killed …, along with two of his guards": the verb before is said of them too."""
    match = scene.words.lex.phrases["alongside"].ending(scene.words.lower, group.first - 1)
    verbs = [cue for cue in scene.cues if match and cue.verbal and cue.last < group.first]
    kind = next(iter(verbs[-1].kinds_as("passive", "active")), None) if verbs else None
    return Link(SURE, kind, verbs[-1], "before") if kind and kind.single and group.family == "people" else None


def _apart(one: Group, other: Group) -> float:
    """How far apart two counts are: "137 dead and 5,000 hurt, revising a figure of 135" revises the dead."""
    return abs(log(max(1, one.numeral.value)) - log(max(1, other.numeral.value)))


def framed(scene: Scene, group: Group) -> bool:
    """Whether words such as "put the toll at" or "spoke of" lead to the count."""
    words, place = scene.words, group.first - 1
    while place >= 0 and words.isin(place, "passed") and not words.isin(place, "frame_words"):
        place -= 1
    behind = group.last + 1
    last = words.isin(behind, "conjunctions") or not (words.alphabetic(behind) or words.isin(behind, "marks"))
    if group.family == "bare" and last and words.lex.phrases["frames_last"].ending(words.lower, place):
        return True
    if words.at(place) == ":" and any(words.isin(at, "tallies") for at in range(max(0, place - FRAME), place)):
        return True  # the last figure it gave, in September: 5,937
    frames = words.lex.phrases["frames"]
    return any(
        frames.ending(lead, len(lead) - 1) is not None
        for at in (place, group.first - 1)
        for lead in (words.lower[: at + 1], _plainly(words, at))
    )


def _plainly(words: Words, place: int) -> list[str]:
    """The words up to a place without what "the true number was" says of the number."""
    near = range(max(0, place - FRAME), place + 1)
    return [words.lower[at] for at in near if not words.isin(at, "frame_adjectives")]


def _closed(scene: Scene, group: Group) -> bool:
    """Whether the noun group ends where it seems to: not in "two chemical weapons facilities"."""
    words, after = scene.words, group.last + 1
    if group.numeral.fraction is not None:
        return False
    if not words.at(after)[:1].isalnum() or (words.small(after) and not words.number(after)):
        return True
    return any(cue.first == after for cue in scene.cues)
