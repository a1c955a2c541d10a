"""What a sentence says of its counts, and what it leaves to the figures told before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from ..kinds import Kind, kinds
from ..who import actor
from . import standing
from .groups import Group
from .links import ENOUGH, SURE, Link, best
from .memory import EARLIER, Decided, Memory, agrees
from .scene import Scene, subset_before
from .sharing import SHARED, introduced, otherwise, share, shared_backward, sharing
from .unsaid import alongside, framed, unsaid
from .wholes import inner

OWN, CLEAR, CERTAIN = 0.7, 0.85, 0.9
"""Scores from which a part keeps what is said of itself ("of whom 300 returned"), from which "one of them" or a
part after "including" does, and from which "both" counts."""
NEVER = 9.0
"""A score no link has."""


def decide(scene: Scene, memory: Memory) -> list[Decided | None]:
    """The groups of a sentence with their kinds, None for those that are no figures."""
    decided: list[Decided | None] = []
    for number in range(len(scene.groups)):
        decided.append(_decide(scene, memory, decided, number))
    for number in range(len(decided) - 2, -1, -1):
        decided[number] = decided[number] or shared_backward(scene, scene.groups[number], decided[number + 1])
    return _broken_down(scene, decided)


def _broken_down(scene: Scene, decided: list[Decided | None]) -> list[Decided | None]:
    """With counts that sum to the one before them as its parts: "48 died: 30 in Ilmar, 12 in Tovel, six in Sarn"."""
    for number, whole in enumerate(decided):
        if whole is None or whole.part:
            continue
        left, parts = whole.group.numeral.value, list[int]()
        for place in range(number + 1, len(decided)):
            one, group = decided[place], scene.groups[place]
            if one and one.part:
                continue  # 154 civilians, including 54 children
            kept = one.kind == whole.kind if one else group.family == "people"
            if not kept or group.numeral.vague or not (parts or _announced(scene, whole.group, group)):
                break
            left, parts = left - group.numeral.value, [*parts, place]
            if left <= 0:
                break
        if left == 0 and len(parts) > 1:
            for place in parts:
                one = decided[place] or Decided(scene.groups[place], whole.kind, None)
                decided[place] = replace(one, part=True, whole=number)
            return decided
    return decided


def _announced(scene: Scene, whole: Group, part: Group) -> bool:
    """Whether a colon or a dash stands between a whole and the first of the counts that may break it down."""
    between = range(whole.last + 1, part.first)
    return any(scene.words.at(at) == ":" or any(at == aside.start for aside in scene.asides) for at in between)


def _decide(scene: Scene, memory: Memory, decided: list[Decided | None], number: int) -> Decided | None:
    group, words = scene.groups[number], scene.words
    before = decided[number - 1] if number else None
    if _speaks(scene, group) or _mistaken(scene, group):
        return None
    own = best(scene, group, armed=_armed(memory, scene, group, before))
    if group.numeral.single or group.numeral.zero:
        one = _one_or_none(scene, group, own, before)
        near = one and one.kind.single and (_near(scene, group) or (own and own.cue and own.cue.among))
        whole = _whole(memory, scene, decided, number) if near else None
        return replace(one, part=True, whole=whole) if one and whole is not None and whole >= 0 else one
    own = own if own and own.score >= _enough(scene, group, own.kind) and _about(scene, memory, before, own) else None
    if own and own.way == "before" and own.score < SURE and framed(scene, group):
        own = None  # 5,000 were hurt, it said, revising an earlier figure of 135
    pronoun = words.isin(group.first, "one_of") and words.isin(group.first + 1, "joins.of")
    if pronoun and not (own and own.score >= CLEAR) and (own or not _predicate(scene, group)):
        return None
    part = _part(scene, memory, decided, number, own)
    if part:
        return part
    shared = sharing(scene, before, group) if before else 0.0
    if before and not own and (other := otherwise(scene, before, group)):
        return other
    listed = before and before.part and own and own.kind == before.kind and shared > SHARED
    if before and (listed or shared > (own.score if own else 0.0)):
        return share(scene, group, before)
    if own and (own.way != "inside" or own.score >= SURE):
        return Decided(group, own.kind, own)
    beside = alongside(scene, group)
    if beside and not own:
        return Decided(group, beside.kind, beside)
    return unsaid(scene, memory, decided, number) or (Decided(group, own.kind, own) if own else None)


def _armed(memory: Memory, scene: Scene, group: Group, before: Decided | None) -> bool:
    """Whether a count without a noun of its own, or with a people's name, is of soldiers by what was told before."""
    if group.family == "bare" and before and before.kind.planned and before.kind.measure == "stock":
        return True
    if not memory.figures or group.family not in ("bare", "people"):
        return False
    if group.family == "bare":
        counted = memory.figures[-1].counted
        return counted is not None and counted.sector == "MIL"
    if (
        group.head is None
        or not scene.words.capital(group.head)
        or not scene.words.ends_in(group.head, "people_endings")
    ):
        return False
    first, last = scene.words.starts[group.numeral.last + 1], scene.words.ends[group.head]
    return actor(memory.report.text[first:last]).country in memory.soldiers


def _speaks(scene: Scene, group: Group) -> bool:
    """ "Two lawmakers said …": who speaks is not counted; "two men said to be dead" do not speak."""
    words, after = scene.words, group.last + 1
    inverted = words.isin(after + 1, "determiners") or words.capital(after + 1)  # killing four, said the mayor
    speaks = words.isin(after, "speaking") and not words.isin(after + 1, "aim")
    return group.family == "people" and speaks and not inverted


def _mistaken(scene: Scene, group: Group) -> bool:
    """ "Three bodies had been registered twice" counts mistakes."""
    words = scene.words
    near = words.lex.phrases["miscounted"].within(words.lower, group.last + 1, group.last + 5)
    return next(near, None) is not None


def _enough(scene: Scene, group: Group, kind: Kind) -> float:
    """Score a link must have."""
    other = kind.name.startswith("other:")
    if group.family == "bare" and scene.words.isin(group.numeral.core, "both"):
        return CERTAIN
    if group.family == "unknown" and (kind.planned or (other and kind.measure == "stock")):
        return NEVER  # "released two mugshots"
    least = ENOUGH[group.family]
    return max(least, SURE) if other and group.family not in ("materiel", "things") else least


def _about(scene: Scene, memory: Memory, before: Decided | None, own: Link) -> bool:
    """Whether things are talked about, where a kind counts nothing else: not in "34 of those who set out arrived"."""
    told = before.kind if before else memory.latest
    subject = own.cue is not None and own.kind in own.cue.kinds_as("subject")
    if not subject or own.kind.counts != "things" or (told and told.counts != "people"):
        return True
    return any(scene.words.isin(place, "materiel", "things") for place in range(len(scene.words)))


# ---- One, and none ----


def _one_or_none(scene: Scene, group: Group, own: Link | None, before: Decided | None) -> Decided | None:
    """ "A soldier was killed" is one, "no casualties" is none: only with words that leave no doubt."""
    single = group.numeral.single
    if single and not introduced(scene, group):
        return None
    if own and own.score >= SURE and not (_unnamed(own) if single else _silent(scene, group, own)):
        return Decided(group, own.kind, own)
    if single and before and not own and before.kind.single and _near(scene, group) and agrees(group, before.kind):
        return Decided(group, before.kind, None)  # three died, among them a boy
    return share(scene, group, before) if single and before and sharing(scene, before, group) > SHARED else None


def _near(scene: Scene, group: Group) -> bool:
    """Whether the words before a group make it a part of a whole of its sentence."""
    return subset_before(scene.words, group) in scene.words.lex.sets["subset_near"]


def _unnamed(own: Link) -> bool:
    """Whether nothing but the noun says a softer kind: "a survivor"."""
    return own.way == "inside" and own.kind.name.startswith("other:")


def _silent(scene: Scene, group: Group, own: Link) -> bool:
    """ "No" that does not count: "no reports of casualties", "no soldiers" without a word of harm."""
    words, numeral = scene.words, group.numeral
    if any(words.isin(place, "zero.silence") for place in range(group.first - 2, group.last + 3)):
        return True
    if own.way == "inside" and own.cue and any(own.cue.kinds_as("person")) and not any(own.cue.kinds_as("noun")):
        return True  # none of the victims
    alone = " ".join(words.lower[numeral.core : numeral.last + 1]) in words.lex.sets["zero.alone"]
    return not alone and (group.family == "bare" or own.way == "before" or own.kind.measure == "stock")


# ---- Parts ----


def _part(scene: Scene, memory: Memory, decided: list[Decided | None], number: int, own: Link | None) -> Decided | None:
    """The group as a part of a whole, which lends it its kind unless the part says its own."""
    group = scene.groups[number]
    noun, rest = _predicate(scene, group), standing.is_rest(scene, group)
    joined = _attached(scene, decided[:number], group, own) or _retold(scene, memory, decided[:number], group)
    if not (noun or rest or joined or standing.is_part(scene, group, own)):
        return None
    marker = subset_before(scene.words, group)
    whole = _whole(memory, scene, decided, number)
    if whole in (None, EARLIER) and not _known(scene, memory, group, own):
        return None
    if whole == EARLIER and marker in scene.words.lex.sets["subset_near"]:
        whole = None
    said = own is not None and (own.way == "after" or (own.way == "inside" and own.score > 1))  # including 100 dead
    least = CLEAR if marker else SURE if own and own.cue and own.cue.passive else OWN
    keeps = own and not noun and own.score >= least and (said or not marker)
    kind = own.kind if own and keeps else None
    if not kind and not own and number and (before := decided[number - 1]) and group.subset == "told":
        kind = before.kind if sharing(scene, before, group) > SHARED else None  # 71 of the drones and four of the jets
    kind = kind or _lent(memory, scene, decided, whole, group) or (own.kind if own else None)
    if kind is None or (rest and whole is None and own is None):
        return None
    return Decided(
        group, kind, own if own and own.kind == kind else None, True, whole, _named_whole(scene, group), noun
    )


def _attached(scene: Scene, decided: Sequence[Decided | None], group: Group, own: Link | None) -> bool:
    """ "Some 400 were hurt, with 37 in critical condition": more of the kind just told."""
    before = decided[-1] if decided else None
    if before is None or own is None or not scene.words.isin(group.first - 1, "attaching"):
        return False
    fewer = group.numeral.value <= before.group.numeral.value
    return fewer and own.way == "after" and own.kind == before.kind


def _retold(scene: Scene, memory: Memory, decided: Sequence[Decided | None], group: Group) -> bool:
    """ "Launched 84 drones, 71 of the drones": whether the counted were counted before."""
    if group.subset != "told" or group.head is None:
        return False
    head, fresh = scene.words.lower[group.head], memory.figures[memory.stale :]
    told = [one.counted.evidence.exact.lower() for one in fresh if one.counted and one.counted.evidence]
    told += [scene.words.lower[one.group.head] for one in decided if one and one.group.head is not None]
    return any(words.endswith(head) for words in told)


def _named_whole(scene: Scene, group: Group) -> Kind | None:
    """The kind the words of the whole name: "a third of the casualties", "of the wounded, 300"."""
    inside = group.subset == "noun"
    first, last = (group.first, group.last) if inside else (0, group.first - 1)
    if not inside and not standing.fronted(scene, group):
        first = _includes(scene, group)
    named = (cue for cue in scene.cues if first <= cue.first <= last)
    return next((kind for cue in named for kind in cue.kinds_as("person", "noun", "state")), None)


def _includes(scene: Scene, group: Group) -> int:
    """Where the whole of "the dead include 14 children" begins; the group itself when it is no such part."""
    marker = scene.words.lex.phrases["includes"].ending(scene.words.lower, group.first - 1)
    end = group.first - 1 - marker[0] if marker else -1
    return next((cue.first for cue in scene.cues if cue.last == end), group.first)


def _known(scene: Scene, memory: Memory, group: Group, own: Link | None) -> bool:
    """Whether the whole behind "them" or "which" can be one that was told."""
    words, last = scene.words, group.last
    if not words.isin(last, "subset_of") or words.isin(last, "whom"):
        return True
    if words.isin(last, "which"):
        return own is not None and own.score >= OWN and own.kind.counts == "people"
    return len(memory.figures) > memory.stale and not _overlooked(scene, group)


def _overlooked(scene: Scene, group: Group) -> bool:
    """Whether something that is not kept was counted before in the sentence: "400 schools, 300 of them in Orsk"."""
    words = scene.words
    dull = (place for place in range(group.first) if words.isin(place, "never", "things"))
    return any(words.number(at) for place in dull for at in range(max(0, place - 3), place))


def _lent(memory: Memory, scene: Scene, decided: list[Decided | None], whole: int | None, group: Group) -> Kind | None:
    """The kind of the whole, where it can be that of the part."""
    kind = _told_before(memory, _named_whole(scene, group)) if whole == EARLIER else None
    if whole is not None and len(decided) <= whole < len(scene.groups):
        ahead = scene.groups[whole]
        said, own = memory.same(ahead.numeral.low, ahead.numeral.high), best(scene, ahead)
        kind = kinds().get(said.kind) if said else own.kind if own and own.score >= OWN else None
    if whole is not None and 0 <= whole < len(decided):
        told = decided[whole]
        kind = told.kind if told else None
    return kind if kind and agrees(group, kind) else None


def _told_before(memory: Memory, named: Kind | None) -> Kind | None:
    """The kind of a whole told earlier, by its name: "the victims" are the dead where only dead were told."""
    told = [kinds()[part] for part in named.sum_of if part in memory.last] if named else []
    return told[0] if len(told) == 1 else named or memory.topic


def _predicate(scene: Scene, group: Group) -> tuple[int, int] | None:
    """The noun of "1,524 were children" or "30 of them children": a part told by what its people are."""
    if inner(scene, group):
        return None
    words, place = scene.words, group.last + 1
    if group.subset == "number":  # four of the 14 | were children
        place = next((other.last + 1 for other in scene.groups if other.first > group.first), place)
    verb = words.isin(place, "be_forms")
    if group.family != "bare" or not (verb or group.subset == "pronoun"):
        return None
    place += verb
    named = words.isin(place, "people") or (words.capital(place) and words.ends_in(place, "people_endings"))
    return (place, place) if named and not words.isin(place, "plain_state") else None


def _whole(memory: Memory, scene: Scene, decided: list[Decided | None], number: int) -> int | None:
    """Number of the group this one is part of, EARLIER when it was told in an earlier sentence."""
    group = scene.groups[number]
    if (group.subset == "number" or standing.out_of(scene, group)) and number + 1 < len(scene.groups):
        return number + 1
    told = [n for n in range(number - 1, -1, -1) if (one := decided[n]) and _may_hold(one, group)]
    whole = next((n for n in told if not cast(Decided, decided[n]).part), None)
    if whole is None and told and subset_before(scene.words, group) in scene.words.lex.sets["subset_near"]:
        whole = told[0]  # 40 of the dead are from Velm, including six of one family
    return whole if whole is not None else EARLIER if memory.figures else None


def _may_hold(one: Decided, group: Group) -> bool:
    """Whether a count can be the whole of another."""
    return not one.group.numeral.single and agrees(group, one.kind)
