"""Counts that share what is said of one of them: "two soldiers and three civilians were killed"."""

from __future__ import annotations

from .groups import Group
from .links import Link, joined
from .memory import Decided, agrees, present
from .scene import Scene

SHARED = 0.6
"""Score from which two counts joined by "and" share what is said of one."""
LISTED = 0.8
"""Score of counts listed without a word between: "including 11 women nine children"."""
AUXILIARY = 0.1
"""Price up to which nothing but forms of "be" and "have" stands between a count and its verb."""
_COUNTED = {"materiel": "things", "things": "things", "people": "people"}


def share(scene: Scene, group: Group, before: Decided) -> Decided:
    if before.link is None and before.kind == present(before.kind.name) and group.head is not None:
        return Decided(group, present(scene.words.lower[group.head]), None)  # 9 tanks, 31 howitzers
    link = Link(SHARED, before.kind, before.link.cue if before.link else None, "shared")
    return Decided(group, before.kind, link, before.part, before.whole)


def sharing(scene: Scene, before: Decided, group: Group) -> float:
    """How well a group shares what was said of the one before it."""
    one, other, link = before.group.family, group.family, before.link
    first = (before.noun[1] if before.noun else before.group.last) + 1
    if link and link.way == "after" and link.cue and link.cue.last < group.first:
        plain = scene.cost(first, link.cue.first, after=True) <= AUXILIARY
        if not plain or other != "bare" or not scene.words.isin(group.last + 1, "prepositions"):
            return 0.0
        first = link.cue.last + 1  # 45 people dead in the north, 12 in the south
    if link and link.way == "inside":
        return 0.0
    if before.part and before.group.last + 1 == group.first and one == other == "people":
        return LISTED
    things = {one, other} <= {"materiel", "things"}
    alike = one == other or "bare" in (one, other) or things or before.kind.counts == "any"
    alike = alike or (one == "unknown" and other == "people" and link is not None and link.way == "before")
    return joined(scene, first, group.first) if alike and other != "unknown" and agrees(group, before.kind) else 0.0


def otherwise(scene: Scene, before: Decided, group: Group) -> Decided | None:
    """ "Lost 240 men, two tanks": the verb of the men is one of things too, by another of its kinds, and so back."""
    link = before.link
    if link is None or link.cue is None or link.way not in ("before", "shared") or group.family not in _COUNTED:
        return None
    counts = _COUNTED[group.family]
    kind = next((kind for kind in link.cue.kinds_as("active") if kind.counts == counts), None)
    if (
        kind is None
        or link.cue.last >= before.group.first
        or joined(scene, before.group.last + 1, group.first) < SHARED
    ):
        return None
    return Decided(group, kind, Link(SHARED, kind, link.cue, "shared"), before.part, before.whole)


def shared_backward(scene: Scene, group: Group, after: Decided | None) -> Decided | None:
    """ "Two soldiers and three civilians were killed": the verb after the last count is said of all."""
    link = after.link if after and not after.part else None
    if after is None or link is None or link.way not in ("after", "shared"):
        return None
    if (link.cue and link.cue.first < group.first) or (group.numeral.single and not introduced(scene, group)):
        return None
    if scene.words.isin(group.first - 1, "prepositions") and not scene.words.isin(group.first - 1, "bringing_in"):
        return None  # fired at 2,000 marchers, and 64 people were hurt
    alike = group.family == after.group.family and agrees(group, after.kind)
    if not alike or joined(scene, group.last + 1, after.group.first) < SHARED:
        return None
    return Decided(group, after.kind, Link(SHARED, after.kind, link.cue, "shared"))


def introduced(scene: Scene, group: Group) -> bool:
    """Whether "a soldier" brings someone in: not "he was a soldier", "by a soldier", "Samir, a doctor, …"."""
    words, before = scene.words, group.first - 1
    if words.isin(before, "be_forms") and any(cue.among and cue.last == before - 1 for cue in scene.cues):
        return True  # among the dead was a boy
    if words.isin(before, "be_forms", "comparing"):
        return False
    if words.isin(before, "joins.of"):
        return any(cue.last in (before - 1, before) for cue in scene.cues)
    if words.isin(before, "prepositions") and not words.isin(before, "bringing_in"):
        return False
    named = words.capital(before - 1) or words.at(before - 1).isdigit() or words.at(group.last + 1) == ","
    return not (words.at(before) == "," and named)
