"""How well words of a kind fit a count in the role they play: within its group, after it, before it.

A score starts at about 1 and loses what it costs to reach the words (scene.py); None where they do not fit.
"""

from __future__ import annotations

from ..kinds import Reading, Role
from .cues import Cue, coordinated
from .groups import Group
from .scene import Scene
from .wholes import said_of_whole
from .words import Words

ASIDE = 0.2
"""Price of an aside between two commas."""
ANOTHER = 0.35
"""Price of an "and" right before a verb: it may have another subject."""
LISTED = 0.2
"""Discount of an "and" right before a count that a verb may have as one of its objects."""
OBLIQUE = 0.15
"""Price of a preposition before a count that a verb after it might have as its subject."""
NEAR = 8
"""Tokens in which a toll must be reached."""
ACT = 16
"""Tokens in which a count may follow "the murder of"."""
_CLAUSES = ("relatives", "breaks", "says", "modals", "be_forms", "have")
_STATES: tuple[Role, ...] = ("noun", "person", "passive", "state")


# ---- Inside the group ----


def inside(group: Group, cue: Cue, reading: Reading, *, guarded: bool) -> float | None:
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


def after(scene: Scene, group: Group, cue: Cue, reading: Reading) -> float | None:
    words, role, first = scene.words, reading.role, said_of_whole(scene, group).stop
    if group.family == "bare" and any(other.first == first for other in scene.groups):
        return None  # a page's counter, not a count
    if _of_its_part(scene, first, cue):
        return None
    cost = _way_to_verb(scene, first, cue) + (OBLIQUE if _oblique(scene, group) else 0.0)
    if cue.among and role in _STATES:
        return 1.05 - cost
    if role == "toll" and _as_toll(scene, cue):
        return 0.95 - scene.cost(first, cue.first - 2, after=True)
    if role not in ("passive", "subject", "state"):
        return None
    if role == "passive" and not cue.passive and (_active_voice(scene, cue) or _object_follows(scene, cue)):
        return None
    if role == "passive" and not cue.passive and group.head is not None and _undergoes(words, cue):
        return None
    if role == "subject" and (_nominal(scene, cue) or _loose(scene, cue, first)):
        return None
    if role == "state" and words.isin(cue.first, "prepositions") and _busy(words, cue.first - 1):
        return None
    if role == "state" and words.isin(cue.first, "prepositions") and not _copula(scene, cue):
        soft = reading.kind.name.startswith("other:") and cue.first != first
        return None if soft else 0.75 - cost
    return (1.05 if cue.passive or cue.first == first else 1.0) - cost


def _oblique(scene: Scene, group: Group) -> bool:
    """Whether a preposition makes the count no subject: "fired at 2,000 marchers, and 64 people were hurt"."""
    words, before = scene.words, group.first - 1
    return words.isin(before, "prepositions") and not words.isin(before, "bringing_in", "attaching", "context_words")


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
    if not (cue.passive or scene.words.at(cue.first - 1) == ",") or not resumed(scene, cue):
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


def _undergoes(words: Words, cue: Cue) -> bool:
    """ "Customers lost power", "soldiers lost limbs": what is lost is named, and it is not they."""
    after = cue.first + 1
    named = cue.last < after and words.alphabetic(after) and not words.small(after) and not words.capital(after)
    return named and words.isin(cue.first, "undergone") and not words.isin(after, "adverbs", "deictic")


def _own_state(scene: Scene, group: Group) -> bool:
    """Whether the count has a word of its own, as in the headline "2 killed 10 injured"."""
    behind = group.numeral.last + 1, group.last + 1
    return any(cue.first in behind and any(cue.kinds_as("passive", "state")) for cue in scene.cues)


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


def _busy(words: Words, place: int) -> bool:
    """Whether another verb stands there: "were hiding | in the hospital"."""
    return words.ends_in(place, "ing") and not words.isin(place, "be", "people")


# ---- After its verb: "killed 12", "the killing of 12", "the death toll rose to 12", "Dead: 12" ----


def before(scene: Scene, group: Group, cue: Cue, reading: Reading) -> float | None:
    words, role, first = scene.words, reading.role, cue.last + 1
    if cue.among and role in _STATES:
        return 1.0 - 0.5 * scene.cost(first, group.first, after=True)
    if role != "active" and words.at(group.first - 1) == ":" and group.first - first < NEAR:
        return 1.0 - 0.04 * (group.first - first)
    if role in _STATES and listed(words, cue, group.first):
        return 1.1
    if role == "active":
        if cue.last > cue.first and words.isin(cue.last, "destinations"):
            return None
        if first == group.first and not cue.passive and not words.isin(cue.first - 1, "determiners"):
            if words.isin(cue.first - 1, "relatives"):
                return 1.1  # the men who took 40 girls fled
            headline = any(other.last == cue.first - 1 for other in scene.groups)  # 2 killed 10 injured
            return 1.0 if headline else 1.06  # evacuated 250 tourists stranded by snow
        if _among_objects(scene, group, first):
            return 0.7  # shot dead the mayor, his driver and two guards
        cost = scene.cost(first, group.first, after=False)
        joined_ = LISTED if words.isin(group.first - 1, "both_and") else 0.0  # kidnapped the judge and two clerks
        return None if _no_object(scene, group, cue) else 1.0 - cost + min(joined_, cost)
    of = words.isin(first, "joins.of")
    if role in ("act", "noun") and words.isin(group.first - 1, "by") and not group.more:
        return None  # the murder of the mayor by two gunmen
    if role == "act" and _done_to(scene, group, first):
        return 0.85
    if (role == "act" and (of or words.isin(cue.last, "of_act"))) or (role == "noun" and of):
        return 0.95 - scene.cost(first + of, group.first, after=False)
    if role == "toll" or (role in ("noun", "person") and group.first - cue.last <= NEAR):
        return _reached(scene, group, cue, role)
    return None


def _among_objects(scene: Scene, group: Group, first: int) -> bool:
    """Whether a count is the last of several objects of the verb that ends before `first`."""
    words, between = scene.words, range(first, group.first)
    named = words.isin(first, "determiners") or words.capital(first)
    if not named or len(between) > ACT or not words.isin(group.first - 1, "both_and"):
        return False
    busy = any(cue.verbal and cue.first in between for cue in scene.cues)
    return not busy and not any(words.isin(at, *_CLAUSES, "prepositions") for at in between)


def _done_to(scene: Scene, group: Group, first: int) -> bool:
    """Whether an act is done to a count further on: "the murder of the mayor, his wife and two guards", "the killing on
    Tuesday of six men"."""
    words, place = scene.words, group.first - 1
    between = range(first, group.first)
    if len(between) > ACT or any(words.isin(at, *_CLAUSES) for at in between):
        return False
    if any(cue.verbal and first <= cue.first < group.first for cue in scene.cues):
        return False
    later = words.isin(place, "joins.of") and words.isin(first, "prepositions")
    return later or (words.isin(first, "joins.of") and words.isin(place, "listing"))


def listed(words: Words, cue: Cue, place: int) -> bool:
    """Whether a count stands behind words of a kind as in a table: "Killed - 5; wounded - 12", "Dead 14 Wounded 28"."""
    opens = (
        cue.first == 0
        or words.at(cue.first - 1) in (";", ",", "|", ".", "•", "*", "-", "–")
        or words.number(cue.first - 1)
    )
    if not opens or not words.at(place)[:1].isdigit():
        return False
    dash = place == cue.last + 2 and words.at(place - 1) in ("-", "–", "—", "|", "=") and not words.hyphen(place - 1)
    return dash or (place == cue.last + 1 and words.capital(cue.first))


def _no_object(scene: Scene, group: Group, cue: Cue) -> bool:
    """Whether the verb cannot have the group as its object."""
    words = scene.words
    if words.isin(group.last + 1, "says") and not words.alphabetic(group.last + 2):
        return True  # killing four, two residents said
    return _nominal(scene, cue) or (cue.passive and any(cue.kinds_as("passive")))


def _reached(scene: Scene, group: Group, cue: Cue, role: Role) -> float | None:
    """A count that a toll reaches: "the death toll from the attack has risen to 86", "the missing were down to 57"."""
    words, toll, place = scene.words, role == "toll", group.first - 1
    reaching = "reach" if toll else "reach_nouns"
    while place > cue.last and words.isin(place, "passed") and not words.isin(place, reaching):
        place -= 1
    if words.at(place - 1) == "," and words.isin(place, "predicates"):
        return None  # the toll may rise, as 30 are missing
    grown = group.more and words.isin(place, "by")  # deaths rose by 12
    reached = grown or words.isin(place, reaching) or (toll and place == cue.last)
    if not (reached or words.isin(group.first, "surpassed") or words.isin(group.first - 1, "surpassed")):
        return None
    return (1.0 if toll else 0.8) - 0.3 * scene.cost(cue.last + 1, group.first, after=True)


def resumed(scene: Scene, cue: Cue) -> bool:
    """Whether a main verb resumes after a comma: "relatives who had fled there, …, were killed"."""
    return any(scene.words.at(place) == "," for place in range(cue.first - 4, cue.first))
