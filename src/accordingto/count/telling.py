"""Decided groups turned into figures: bounds, mode, stance, whom they count, of which whole they are part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor

from ..records import Actor, Evidence, Figure
from ..who import actor
from . import standing
from .doers import doer
from .groups import Group, plural
from .memory import EARLIER, Decided, Memory
from .scene import Scene
from .weapons import weapon
from .wholes import inner

Bounds = tuple[int | None, int | None]


def tell(scene: Scene, memory: Memory, decided: Sequence[Decided | None]) -> None:
    """Add the figures of one sentence to the memory."""
    spans = {
        n: _evidence(scene, memory, one.group.first, _end(scene, one.group)) for n, one in enumerate(decided) if one
    }
    figure: Figure | None = None
    for number, one in enumerate(decided):
        alone = figure is None  # "over half of the 11,000": the half is no figure, nor is the 11,000 the topic
        figure = _figure(scene, memory, decided, spans, number)
        if one and figure and not _supposed(one, figure):
            memory.add(figure, one.kind, aside=alone and inner(scene, one.group))


def _end(scene: Scene, group: Group) -> int:
    """The last word of who is counted: "90 military personnel dead" are personnel."""
    words = scene.words
    state = next(
        (cue for cue in scene.cues if cue.last == group.last == group.head and any(cue.kinds_as("state"))), None
    )
    if state is None or state.first - 1 <= group.numeral.last:
        return group.last
    people = words.isin(state.first - 1, "people") and plural(words, state.first - 1)
    return state.first - 1 if people else group.last


def _supposed(one: Decided, figure: Figure) -> bool:
    """Whether it is one person to whom nothing has happened yet: "would kill a hostage each time"."""
    return one.group.numeral.single and figure.stance in ("planned", "possible")


def _evidence(scene: Scene, memory: Memory, first: int, last: int) -> Evidence:
    return Evidence.of(memory.report, scene.words.starts[first], scene.words.ends[last])


def _figure(
    scene: Scene, memory: Memory, decided: Sequence[Decided | None], spans: Mapping[int, Evidence], number: int
) -> Figure | None:
    one = decided[number]
    if one is None:
        return None
    group, numeral = one.group, one.group.numeral
    whole = _whole(memory, one, spans)
    bounds = _derived(scene, one, whole) if numeral.fraction is not None else (numeral.low, numeral.high)
    if bounds is None:
        return None
    part = one.part and not numeral.multiple
    before = memory.figures[-1].kind if memory.figures else None
    if before and memory.figures[-1].evidence.start < scene.words.starts[0] and one.kind.name in memory.last:
        before = one.kind.name  # nine more bodies, after other news
    return Figure(
        evidence=spans[number],
        low=bounds[0],
        high=bounds[1],
        kind=one.kind.name,
        qualifier=numeral.qualifier,
        counted=_counted(scene, memory, one, whole),
        mode=standing.mode(scene, group, one.kind, one.link, before, part=part),
        stance=standing.stance(scene, group, one.kind, one.link),
        part_of=_whole_id(one, spans, whole) if part else None,
        doer=doer(scene, memory.report, one),
        weapon=weapon(scene, memory.report, one, decided),
    )


def _whole(memory: Memory, one: Decided, spans: Mapping[int, Evidence]) -> Figure | None:
    """The whole among the figures already told: in this sentence or, for an earlier one, of the same kind."""
    if not one.part or one.whole is None:
        return None
    if one.whole == EARLIER:
        told = memory.last.get(one.of.name) if one.of else None
        return told or memory.last.get(one.kind.name) or (memory.figures[-1] if memory.figures else None)
    words = spans.get(one.whole)
    return next((f for f in reversed(memory.figures) if f.evidence == words), None)


def _whole_id(one: Decided, spans: Mapping[int, Evidence], whole: Figure | None) -> str | None:
    """Id of the whole, also of one that stands further on: "four of the six"."""
    if whole is not None:
        return whole.id
    words = spans.get(one.whole) if one.whole is not None else None
    return Figure(words, None, None, one.kind.name).id if words else None


def _derived(scene: Scene, one: Decided, whole: Figure | None) -> Bounds | None:
    """Bounds of a fraction of a number, as far as they follow: a third of the 300 is 100."""
    group, share = one.group, one.group.numeral.fraction
    if share is None or group.subset in (None, "told") or _open(scene, group):
        return None
    if group.numeral.qualifier and (not _of_named(one, whole)):
        return None
    low, high = (whole.low, whole.high) if whole else (None, None)
    if group.subset == "number" and one.whole is not None and 0 <= one.whole < len(scene.groups):
        inner = scene.groups[one.whole].numeral
        low, high = inner.low, inner.high
    if low is None and high is None:
        return None
    least = ceil if high is None else floor  # a third of more than 5,000 is 1,667 at least
    return None if low is None else least(low * share), None if high is None else ceil(high * share)


def _of_named(one: Decided, whole: Figure | None) -> bool:
    """Whether the whole of an approximate share is beyond doubt."""
    if one.group.subset == "number":
        return True
    return one.group.subset == "noun" and whole is not None and (one.of is None or whole.kind == one.of.name)


def _open(scene: Scene, group: Group) -> bool:
    """Whether words such as "more than" leave the share open: "about a third" is a third."""
    said = (group.numeral.qualifier or "").split()
    effect = scene.words.lex.before.ending(said, len(said) - 1)
    return bool(said) and (effect is None or effect[1] != "exact")


def _counted(scene: Scene, memory: Memory, one: Decided, whole: Figure | None) -> Actor | None:
    """Whom the figure counts: its own noun group, or the whole's."""
    noun = one.noun or one.group.noun
    if noun is None:
        return whole.counted if whole else None
    words, (first, last) = scene.words, noun
    last = min(last, _end(scene, one.group)) if noun == one.group.noun else last
    name = last + 2 + (words.isin(last + 1, "joins.of") and words.isin(last + 2, "articles"))
    if words.isin(last + 1, "from", "joins.of") and words.capital(name) and words.alphabetic(name):
        last = name  # fighters of the Harun Front
        while words.capital(last + 1) or (words.hyphen(last + 1) and words.capital(last + 2)):
            last += 1
    while first < last and words.isin(first, "determiners"):
        first += 1
    evidence = _evidence(scene, memory, first, last)
    return actor(evidence.exact, evidence)
