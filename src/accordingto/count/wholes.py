"""A whole that stands beside its part: the six of "four of the six who fled", and what is said of it alone."""

from __future__ import annotations

from .groups import Group
from .scene import Scene

NEAR = 8
"""Tokens in which a relative clause must have its verb."""


def inner(scene: Scene, group: Group) -> bool:
    """Whether the group is the six of "four of the six", "40 percent of the six": what follows is said of the four."""
    words, before = scene.words, group.first - 1
    if words.isin(before, "joins.of") and words.isin(before - 1, "percents"):
        return True
    return any(
        other.subset == "number" and other.first < group.first <= max(other.last, other.numeral.last + 3)
        for other in scene.groups
    )


def said_of_whole(scene: Scene, group: Group) -> range:
    """Places of what is said of the six in "four of the six who fled", of those in "four of those who fled are back":
    not of the four."""
    if group.subset == "pronoun" and scene.words.isin(group.last, "those") and _goes_on(scene, group.last):
        return range(group.last + 1, group.last + 2 + clause(scene, group))
    whole = next((one for one in scene.groups if one.first > group.first), None) if group.subset == "number" else None
    end = whole.last if whole else group.last
    return range(end + 1, end + 1 + (clause(scene, whole) if whole else 0))


def _goes_on(scene: Scene, place: int) -> bool:
    """Whether something else is said behind the relative clause that begins at a place: "those who fled are back"."""
    words = scene.words
    if not words.isin(place + 1, "relatives"):
        return False
    ahead = [cue for cue in scene.cues if cue.first > place + 1]
    return any(
        cue.passive or words.isin(cue.first - 1, "be_forms", "have")
        for cue in ahead[1:]
        if ahead[0].first <= place + NEAR and all(words.alphabetic(at) for at in range(ahead[0].last + 1, cue.first))
    )


def clause(scene: Scene, group: Group) -> int:
    """Tokens after a whole that are still said of it: "the 11,000 soldiers first sent"."""
    words, last = scene.words, group.last
    subject = words.isin(last + 1, "subjects") or (words.capital(last + 1) and not words.small(last + 1))
    if words.isin(last + 1, "relatives") or subject:
        said = (cue.first - last for cue in scene.cues if last + 1 < cue.first <= last + NEAR and cue.verbal)
        return next(said, 0)  # the 620 fighters who laid down their arms
    reach = 1 + (words.isin(last + 1, "free", "lead.words") and not words.isin(last + 1, "determiners"))
    told = any(cue.first == last + reach and any(cue.kinds_as("passive", "state")) for cue in scene.cues)
    return reach if told else 0
