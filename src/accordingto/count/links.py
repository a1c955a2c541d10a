"""Which words say what happened to a count: every cue near a group is scored, the best one wins.

A score starts at about 1 for words in a fitting role and loses what it costs to reach them (scene.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..kinds import Kind, Reading, Role
from .cues import Cue, coordinated
from .groups import Group
from .scene import Scene

REACH = 40
"""Tokens beyond which nothing is linked."""
ENOUGH = {"people": 0.3, "materiel": 0.3, "things": 0.4, "unknown": 0.6, "bare": 0.4}
"""Score from which a link counts, by what is counted."""
SURE = 0.6
"""Score from which a single person, nobody, or a softer kind (other:…) counts."""
ASIDE = 0.2
"""Price of an aside between two commas."""
ANOTHER = 0.35
"""Price of an "and" right before a verb: it may have another subject."""
LISTED = 0.2
"""Discount of an "and" right before a count that a verb may have as one of its objects."""
NEAR, FAR = 8, 25
"""Tokens in which a toll must be reached, and in which a main verb may follow a relative clause."""

Way = Literal["inside", "after", "before", "shared", "frame"]
"""200 hostages; 12 were killed; killed 12; told of a count it is joined to; a frame such as "put the toll at"."""
_STATES: tuple[Role, ...] = ("noun", "person", "passive", "state")


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
    top, others = _parted(scene, group, armed), _said_of_whole(scene, group)
    furthest = group.last + (_clause(scene, group) if inner(scene, group) else REACH)
    if group.first < scene.front:
        furthest = scene.front  # of the 33 crew, seven swam
    for cue in scene.cues:
        if cue.first > furthest:
            break
        if cue.last >= group.first - REACH and cue.first not in others:
            for reading in cue.readings:
                link = _link(scene, group, cue, reading) if _fits(scene, group, reading.kind, armed) else None
                if link and (top is None or link.score > top.score):
                    top = link
    if top and top.way == "inside" and group.subset == "noun":
        top = _said_of_part(scene, group, armed) or top
    if top is None or inner(scene, group):
        return top
    return _yielding(group, _main_verb(scene, group, top), scene)


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
        elif words.isin(at, "linking", "marks"):
            continue
        elif not described or at in busy or not words.alphabetic(at) or words.lower[at] in words.lex.costly:
            return 0.0
    return SURE + 0.02 if described else 0.8


def inner(scene: Scene, group: Group) -> bool:
    """Whether the group is the six of "four of the six", "40 percent of the six": what follows is said of the four."""
    words, before = scene.words, group.first - 1
    if words.isin(before, "joins.of") and words.isin(before - 1, "percents"):
        return True
    return any(
        other.subset == "number" and other.first < group.first <= max(other.last, other.numeral.last + 3)
        for other in scene.groups
    )


def _said_of_whole(scene: Scene, group: Group) -> range:
    """Places of what is said of the six in "four of the six who fled": not of the four."""
    whole = next((one for one in scene.groups if one.first > group.first), None) if group.subset == "number" else None
    end = whole.last if whole else group.last
    return range(end + 1, end + 1 + (_clause(scene, whole) if whole else 0))


def _clause(scene: Scene, group: Group) -> int:
    """Tokens after a whole that are still said of it: "the 11,000 soldiers first sent"."""
    words, last = scene.words, group.last
    if words.isin(last + 1, "relatives") or (words.capital(last + 1) and not words.small(last + 1)):
        said = (cue.first - last for cue in scene.cues if last + 1 < cue.first <= last + NEAR and cue.verbal)
        return next(said, 0)  # the 620 fighters who laid down their arms
    reach = 1 + (words.isin(last + 1, "free", "lead.words") and not words.isin(last + 1, "determiners"))
    told = any(cue.first == last + reach and any(cue.kinds_as("passive", "state")) for cue in scene.cues)
    return reach if told else 0


def _fits(scene: Scene, group: Group, kind: Kind, armed: bool = False) -> bool:
    """Whether the kind counts what the group counts."""
    if kind.only and group.family not in ("materiel", "things") and not armed:
        named = group.noun and any(scene.words.lower[at] in kind.only for at in range(group.noun[0], group.last + 1))
        if not named:
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
        score = _inside(group, cue, reading, guarded=scene.words.isin(cue.first, "nouns_too"))
    elif cue.first > group.last:
        score, way = _after(scene, group, cue, reading), "after"
    elif cue.last < group.first:
        score, way = _before(scene, group, cue, reading), "before"
    if score is None:
        return None
    doubt = 0.15 if group.family in ("unknown", "bare") and reading.kind.counts != "people" else 0.0
    return Link(score - doubt, reading.kind, cue, way)


# ---- Inside the group ----


def _inside(group: Group, cue: Cue, reading: Reading, *, guarded: bool) -> float | None:
    """ "63 deaths", "200 hostages", "perished draftees", "28 of the injured", "90 dead or missing"."""
    head = group.head is not None and cue.first <= group.head <= cue.last
    match reading.role:
        case "noun":
            return 1.3 if head else None
        case "person":
            return 0.85 if head else 0.6
        case "subject" if guarded:
            return None  # three guards
        case "passive" | "state" | "subject":
            if head and cue.first == group.numeral.last + 1:
                return 1.1
            return 0.45 if head or reading.kind.planned else 0.9
        case _:
            return None


# ---- Before its verb: "12 were killed", "12 who died", "12 were among the dead" ----


def _after(scene: Scene, group: Group, cue: Cue, reading: Reading) -> float | None:
    words, role, first = scene.words, reading.role, _said_of_whole(scene, group).stop
    if group.family == "bare" and any(other.first == first for other in scene.groups):
        return None  # a page's counter, not a count
    if _of_its_part(scene, first, cue):
        return None
    cost = _way_to_verb(scene, first, cue)
    if cue.among and role in _STATES:
        return 1.05 - cost
    if role == "toll" and _as_toll(scene, cue):
        return 0.95 - scene.cost(first, cue.first - 2, after=True)
    if role not in ("passive", "subject", "state"):
        return None
    if role == "passive" and not cue.passive and (_active_voice(scene, cue) or _object_follows(scene, cue)):
        return None
    if role == "subject" and (_nominal(scene, cue) or _loose(scene, cue, first)):
        return None
    if role == "state" and words.isin(cue.first, "prepositions") and not _copula(scene, cue):
        soft = reading.kind.name.startswith("other:") and cue.first != first
        return None if soft else 0.75 - cost
    return (1.05 if cue.passive or cue.first == first else 1.0) - cost


def _of_its_part(scene: Scene, first: int, cue: Cue) -> bool:
    """Whether the words are said of a part that stands between: "63 people, 32 of them believed dead"."""
    for other in scene.groups:
        if first <= other.first < cue.first and other.subset == "pronoun":
            aside = any(other.first in aside and cue.first not in aside for aside in scene.asides)
            return not aside and "," not in scene.words.lower[other.last : cue.first]
    return False


def _way_to_verb(scene: Scene, first: int, cue: Cue) -> float:
    """Price of the way from a group to its verb; what stands between two commas before "were" is an aside."""
    whole = scene.cost(first, cue.first, after=True)
    if coordinated(scene.words, cue.first):
        whole -= 0.5
    elif scene.words.isin(cue.first - 1, "both_and"):
        whole += ANOTHER  # samples were taken from 40 patients and sent
    if not cue.passive or not _resumed(scene, cue):
        return whole
    lower = scene.words.lower
    opening = next((place for place in range(first, cue.first) if lower[place] == ","), None)
    closing = next(place for place in range(cue.first - 1, -1, -1) if lower[place] == ",")
    if opening is None or opening >= closing:
        return whole
    aside = scene.cost(first, opening, after=True) + scene.cost(closing + 1, cue.first, after=True) + ASIDE
    return min(whole, aside)


def _as_toll(scene: Scene, cue: Cue) -> bool:
    """ "Gave 400 as the number of men killed", "brought to 20 the number of people shot"."""
    words = scene.words
    named = words.isin(cue.first - 2, "predicates") or any(g.last == cue.first - 2 for g in scene.groups)
    return named and words.isin(cue.first - 1, "determiners") and not words.capital(cue.first - 1)


def _loose(scene: Scene, cue: Cue, first: int) -> bool:
    """Whether a verb in -ing is too far from its subject."""
    return scene.words.ends_in(cue.first, "ing") and not cue.passive and cue.first > first + 4


def _active_voice(scene: Scene, cue: Cue) -> bool:
    """ "Have killed": the group before is the doer."""
    for place in range(cue.first - 1, max(-1, cue.first - 4), -1):
        if scene.words.isin(place, "have"):
            return True
        if not scene.words.isin(place, "free"):
            return False
    return False


def _object_follows(scene: Scene, cue: Cue) -> bool:
    """Whether the verb takes the words after it: "gunmen killed 12", "troops shot a man"."""
    words, place = scene.words, cue.last + 1
    if place >= len(words) or words.isin(cue.last, "prepositions"):
        return False
    if words.isin(place, "determiners", "people", "objects"):
        return not any(cue.first == place + 1 and any(cue.kinds_as("passive", "state")) for cue in scene.cues)
    following = next((group for group in scene.groups if group.first == place), None)
    return following is not None and not words.isin(place, "free") and not _own_state(scene, following)


def _own_state(scene: Scene, group: Group) -> bool:
    """Whether the count has a word of its own, as in the headline "2 killed 10 injured"."""
    return any(cue.first == group.numeral.last + 1 and any(cue.kinds_as("passive", "state")) for cue in scene.cues)


def _nominal(scene: Scene, cue: Cue) -> bool:
    """Whether what looks like a verb is a noun: "the strike", "rocket fire", "police patrol"."""
    words, before = scene.words, cue.first - 1
    if cue.first == cue.last and words.isin(cue.first, "nouns_too"):
        return not _verb_place(scene, cue)
    return words.isin(before, "determiners", "adjectives") and not words.isin(before, "relatives", "whole")


def _verb_place(scene: Scene, cue: Cue) -> bool:
    """Whether "attack", "patrol", "fire" stands where a verb does: after a count, "who", "to", "will", people."""
    words, before = scene.words, cue.first - 1
    if words.isin(before, "modals", "relatives", "have", "people", "never"):
        return not words.isin(before, "determiners") or words.isin(before, "relatives")
    return cue.first == 0 or any(group.last == before for group in scene.groups)


def _copula(scene: Scene, cue: Cue) -> bool:
    """Whether a form of "be", "lie", "remain" stands before words such as "in hospital"."""
    return any(scene.words.isin(place, "be") for place in range(cue.first - 3, cue.first))


# ---- After its verb: "killed 12", "the killing of 12", "the death toll rose to 12", "Dead: 12" ----


def _before(scene: Scene, group: Group, cue: Cue, reading: Reading) -> float | None:
    words, role, first = scene.words, reading.role, cue.last + 1
    if cue.among and role in _STATES:
        return 1.0 - 0.5 * scene.cost(first, group.first, after=True)
    if role != "active" and words.at(group.first - 1) == ":" and group.first - first < NEAR:
        return 1.0 - 0.04 * (group.first - first)
    if role == "active":
        if cue.last > cue.first and words.isin(cue.last, "destinations"):
            return None
        if first == group.first and not cue.passive and not words.isin(cue.first - 1, "determiners"):
            return 1.0
        cost = scene.cost(first, group.first, after=False)
        joined_ = LISTED if words.isin(group.first - 1, "both_and") else 0.0  # kidnapped the judge and two clerks
        return None if _no_object(scene, group, cue) else 1.0 - cost + min(joined_, cost)
    of = words.isin(first, "joins.of")
    if (role == "act" and (of or words.isin(cue.last, "of_act"))) or (role == "noun" and of):
        return 0.95 - scene.cost(first + of, group.first, after=False)
    if role == "toll" or (role in ("noun", "person") and group.first - cue.last <= NEAR):
        return _reached(scene, group, cue, role)
    return None


def _no_object(scene: Scene, group: Group, cue: Cue) -> bool:
    """Whether the verb cannot have the group as its object."""
    words = scene.words
    if words.isin(group.last + 1, "says") and not words.alphabetic(group.last + 2):
        return True  # killing four, two residents said
    return _nominal(scene, cue) or (cue.passive and any(cue.kinds_as("passive")))


def _reached(scene: Scene, group: Group, cue: Cue, role: Role) -> float | None:
    """A count that a toll reaches: "the death toll from the attack has risen to 86", "the missing were down to 57"."""
    words, toll, place = scene.words, role == "toll", group.first - 1
    while place > cue.last and words.isin(place, "passed") and not words.isin(place, "reach"):
        place -= 1
    reached = words.isin(place, "reach" if toll else "reach_nouns") or (toll and place == cue.last)
    if not (reached or words.isin(group.first, "surpassed") or words.isin(group.first - 1, "surpassed")):
        return None
    return (1.0 if toll else 0.8) - 0.3 * scene.cost(cue.last + 1, group.first, after=True)


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
    if not (reduced or relative):
        return top
    for cue in scene.cues:
        if cue.passive and said.last < cue.first <= said.last + (NEAR + 2 if reduced else FAR):
            cost = scene.cost(said.last + 1, cue.first, after=True)
            if cost < SURE or (relative and _resumed(scene, cue)):
                for kind in cue.kinds_as("passive"):
                    if _fits(scene, group, kind):
                        return Link(max(SURE, 1.0 - cost), kind, cue, "after")
    return top


def _resumed(scene: Scene, cue: Cue) -> bool:
    """Whether a main verb resumes after a comma: "relatives who had fled there, …, were killed"."""
    return any(scene.words.at(place) == "," for place in range(cue.first - 4, cue.first))
