"""Which words say what happened to a count: every cue near a group is scored, the best one wins.

A score starts at about 1 for words in a fitting role and loses what it costs to reach them (scene.py).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from ..kinds import Kind, Reading, kinds
from . import roles
from .cues import Cue
from .groups import Group
from .roles import NEAR
from .scene import Scene
from .wholes import clause, inner, said_of_whole

REACH = 40
"""Tokens beyond which nothing is linked."""
ENOUGH = {"people": 0.3, "materiel": 0.3, "things": 0.4, "unknown": 0.6, "bare": 0.4}
"""Score from which a link counts, by what is counted."""
SURE = 0.6
"""Score from which a single person, nobody, or a softer kind (other:…) counts."""
DOUBT = 0.15
"""Taken off where a count without a noun would count things, or people where only things were named."""
FAR = 25
"""Tokens in which a main verb may follow a relative clause."""

Way = Literal["inside", "after", "before", "shared", "frame"]
"""200 hostages; 12 were killed; killed 12; told of a count it is joined to; a frame such as "put the toll at"."""


@dataclass(frozen=True, slots=True)
class Link:
    """A kind for a group, how good the evidence is, the cue, and how it was found."""

    score: float
    kind: Kind
    cue: Cue | None
    way: Way


def best(scene: Scene, group: Group, *, armed: bool = False) -> Link | None:
    """The best link of a group to a cue of its sentence, whatever its score.

    `armed`: people of whom nothing is said are soldiers by what was told before.
    """
    top, others = _parted(scene, group, armed), said_of_whole(scene, group)
    things = group.family == "bare" and _of_things(scene, group)
    furthest = group.last + (clause(scene, group) if inner(scene, group) else REACH)
    if group.first < scene.front:
        furthest = scene.front  # of the 33 crew, seven swam
    for cue in scene.cues:
        if cue.first > furthest:
            break
        if cue.last >= group.first - REACH and cue.first not in others:
            for reading in cue.readings:
                link = _link(scene, group, cue, reading) if _fits(scene, group, reading.kind, armed) else None
                if link and things and reading.kind.counts == "people":
                    link = replace(link, score=link.score - DOUBT - 0.1)
                if link and (top is None or _rank(link) > _rank(top)):
                    top = link
    if top and top.way == "inside" and group.subset == "noun":
        top = _said_of_part(scene, group, armed) or top
    if top is None or inner(scene, group):
        return top
    return _yielding(group, _main_verb(scene, group, top), scene)


def _of_things(scene: Scene, group: Group) -> bool:
    """Whether things were named before a bare count, and no people: "rockets: 12 launched, 3 fell in open areas"."""
    before = range(group.first)
    if any(scene.words.isin(place, "people") for place in before):
        return False
    return any(scene.words.isin(place, "materiel") for place in before)


def _rank(link: Link) -> tuple[float, bool]:
    """By score; of two readings of one word, the kind that names whom it counts."""
    return link.score, bool(link.kind.only)


def _said_of_part(scene: Scene, group: Group, armed: bool) -> Link | None:
    """What is said of "three hundred of the wounded", beside what they are."""
    after = (cue for cue in scene.cues if cue.first > group.last and cue.first <= group.last + REACH)
    links = (_link(scene, group, cue, r) for cue in after for r in cue.readings if _fits(scene, group, r.kind, armed))
    return max((link for link in links if link and link.score >= SURE), key=lambda link: link.score, default=None)


def joined(scene: Scene, first: int, end: int) -> float:
    """How well two counts share what is said of one of them, by the tokens between them: "two soldiers and three
    civilians", "17 in Velmora, 9 in Brastovo"; 0 = not."""
    words = scene.words
    if not 0 < end - first <= NEAR + 2:
        return 0.0
    between = range(first, end)
    linked = any(words.isin(at, "linked") for at in between) or words.isin(end - 1, "predicates")
    if not linked or any(words.isin(at, "apart") for at in between):
        return 0.0
    busy = {cue.first for cue in scene.cues if cue.verbal}
    described = False
    for at in between:
        if words.isin(at, "prepositions") and not words.isin(at + 1, "besides_linking"):
            described = described or not words.isin(at, "no_break")
        elif words.isin(at, "linking", "marks") or (words.isin(at, "people") and words.isin(at - 1, "determiners")):
            continue  # patients, their carers and 80 staff
        elif not described or at in busy or not words.alphabetic(at) or words.lower[at] in words.lex.costly:
            return 0.0
    return SURE + 0.02 if described else 0.8


def _fits(scene: Scene, group: Group, kind: Kind, armed: bool = False) -> bool:
    """Whether the kind counts what the group counts."""
    if kind.only and (kind.counts == "things" or group.family not in ("materiel", "things")) and not armed:
        named = group.noun and any(scene.words.lower[at] in kind.only for at in range(group.noun[0], group.last + 1))
        if not named:
            return False
    if kind.by and not any(word in kind.by for word in scene.words.lower):
        return False
    if group.numeral.single and group.family == "people" and not kind.single:
        return False
    if group.head is not None and scene.words.lower[group.head] in kind.excluded:
        return False
    if group.family == "people":
        return kind.counts != "things"
    return group.family in ("bare", "unknown") or kind.counts != "people"


def _parted(scene: Scene, group: Group, armed: bool) -> Link | None:
    """A verb whose second word stands behind its object: "pulled 88 survivors from the water", "let 30 men go"."""
    words, place = scene.words, group.first - 1
    top: tuple[int, Link] | None = None
    for parts, readings in words.lex.kinds.forward.get(words.at(place), ()):
        size = len(parts) - 1
        if size < 1 or words.lower[group.last + 1 : group.last + 1 + size] != parts[1:] or (top and top[0] >= size):
            continue
        for reading in readings:
            if reading.role == "active" and _fits(scene, group, reading.kind, armed):
                top = size, Link(1.05, reading.kind, Cue(place, place, readings, True), "before")
    return top[1] if top else None


def _link(scene: Scene, group: Group, cue: Cue, reading: Reading) -> Link | None:
    score: float | None = None
    way: Way = "inside"
    if group.first <= cue.first <= group.last:
        score = roles.inside(group, cue, reading, guarded=scene.words.isin(cue.first, "nouns_too"))
    elif cue.first > group.last:
        score, way = roles.after(scene, group, cue, reading), "after"
    elif cue.last < group.first:
        score, way = roles.before(scene, group, cue, reading), "before"
    if score is None:
        return None
    doubt = DOUBT if group.family in ("unknown", "bare") and reading.kind.counts != "people" else 0.0
    return Link(score - doubt, reading.kind, cue, way)


# ---- Second thoughts ----


def _yielding(group: Group, top: Link, scene: Scene) -> Link:
    """The state people are in, where the verb says no more: "captured 200 hostages"."""
    if not top.kind.yields_to or top.way != "before":
        return top
    for cue in scene.cues:
        if group.first <= cue.first <= group.last:
            for kind in cue.kinds_as("person", "noun"):
                if kind.name in top.kind.yields_to:
                    return Link(top.score, kind, cue, "inside")
    return top


def _main_verb(scene: Scene, group: Group, top: Link) -> Link:
    """The verb a described count has later: "40 drones sent at the town were brought down"."""
    said = top.cue
    if top.way != "after" or said is None:
        return top
    reduced = said.first == group.last + 1 and not said.passive
    reduced = reduced and (scene.words.ends_in(said.first, "ing") or not any(said.kinds_as("subject")))
    status = top.kind.measure == "stock" or top.kind.planned
    relative = status and scene.words.isin(group.last + 1, "relatives")
    aboard = status and group.first >= scene.front  # all ten aboard …, died
    aboard = aboard and any(top.kind.name in kind.out_of for kind in kinds().values())
    if not (reduced or relative):
        return top
    for cue in scene.cues:
        if (cue.passive or (aboard and any(cue.kinds_as("subject")))) and said.last < cue.first <= said.last + (
            NEAR + 2 if reduced and not aboard else FAR
        ):
            cost = scene.cost(said.last + 1, cue.first, after=True)
            if cost < SURE or ((relative or aboard) and roles.resumed(scene, cue)):
                for kind in cue.kinds_as("passive" if cue.passive else "subject"):
                    if _fits(scene, group, kind):
                        return Link(max(SURE, 1.0 - cost), kind, cue, "after")
    return top
