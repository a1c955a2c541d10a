"""Which drafts stand: the tagger's, mended by the rules, and the ruled ones where it found nothing or less."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from ..nearby import Nearby
from ..prose import Prose
from ..records import Span
from .announced import announced, credited, loose
from .counted import Counted
from .drafts import GLUED, Draft, words_in
from .edges import enclosed
from .mentions import read
from .quoted import quoted
from .reasons import Rule
from .relays import nested
from .rules import drafts
from .sentences import sentence
from .whole import closings, interviews, whole
from .words import Words

_FORMS: dict[Rule, Callable[[Prose, Words], Iterator[Draft]]] = {
    "whole": whole,
    "closings": closings,
    "interviews": interviews,
    "credited": credited,
}

MARK = 1
"""Characters by which the tagger may take more than a turn holds: a quotation mark before it, a full stop behind it."""
CLOSING = 200
"""Characters at the end of a content in which its source's own source is looked for (", citing the mayor")."""


def standing(found: list[Draft], prose: Prose, table: Words, counted: Counted) -> list[Draft]:
    """The tagger's drafts, mended, and the ruled ones where it found nothing or less."""
    ruled = [replace(rule, form=form) for form, rules in _FORMS.items() for rule in rules(prose, table)]
    held = Nearby((rule.hull, rule) for rule in ruled)
    kept = [
        draft
        for draft in _admitted(announced(found, prose, table), prose, table, counted)
        if not _held(draft, held, prose)
    ]
    taken = {draft.hull for draft in kept}
    for rule in ruled:
        if rule.hull not in taken:
            taken.add(rule.hull)
            kept.append(rule)
    return [_undated(draft, prose, table) for draft in quoted(kept, prose, table, counted)]


def _held(draft: Draft, ruled: Nearby[Draft], prose: Prose) -> bool:
    """Whether a scrap without a source, or a part of a turn, stands inside what a form gives to somebody."""
    start, end = draft.hull
    for rule in ruled.touching(start, end):
        inside = end <= rule.hull[1] + MARK
        if rule.form == "interviews" and rule.source and draft.source in (None, rule.source):
            if draft.cue == rule.cue or (inside and rule.source[0] - MARK <= start):
                return True
        elif inside and rule.hull[0] <= start and loose(draft, prose):
            return True
    return False


def _admitted(found: list[Draft], prose: Prose, table: Words, counted: Counted) -> list[Draft]:
    """The tagger's drafts with the rules' ones of each sentence let in; a rule meets only the drafts that reach into
    its words, so that a long text costs no more a sentence than a short one."""
    text = prose.text
    past: list[Draft] = []
    near: list[Draft] = []
    ahead = deque(sorted(found, key=lambda draft: draft.reach[0]))
    for span in _sentences(prose):
        rules = drafts(text, span, table, counted) if counted.at(span) else []
        rules = [enclosed(rule, prose, table) for rule in rules]
        if not rules:
            continue
        end = max(rule.reach[1] for rule in rules)
        past += [draft for draft in near if draft.reach[1] < span[0]]
        near = [draft for draft in near if draft.reach[1] >= span[0]]
        tagged = sum(not draft.ruled for draft in near)
        while ahead and ahead[0].reach[0] <= end:
            near.insert(tagged, ahead.popleft())
            tagged += 1
        pinned = [rule for rule in rules if rule.cue is None]
        for rule in rules:
            near = near if rule in pinned else _admit(rule, near, text, table, counted)
        for rule in pinned:
            near = [*_below(rule, near), rule]
    return [*past, *near, *ahead]


def _below(headline: Draft, kept: Sequence[Draft]) -> list[Draft]:
    """The drafts without what they hold of a headline that ran into the text."""
    assert headline.source is not None
    start, end = headline.hull[0], headline.source[1]
    cut = [
        replace(
            draft, content=tuple((end if start <= a < end else a, b) for a, b in draft.content if b > end or b <= start)
        )
        for draft in kept
    ]
    return [draft for draft in cut if draft.content]


def _undated(draft: Draft, prose: Prose, table: Words) -> Draft:
    """The draft without the dateline its content begins with ("SEOUL, March 5 (Northline) - ")."""
    at = draft.hull[0]
    span = prose.sentence_at(at)
    start = sentence(prose.text, span, table).start if span else at
    if span is None or at >= start or draft.hull[1] <= start:
        return draft
    line = prose.text[span[0] : start]
    if "(" not in line and not line.split(" ")[0].strip(",").isupper():
        return draft
    return replace(draft, content=tuple((max(first, start), end) for first, end in draft.content if end > start))


def _sentences(prose: Prose) -> Iterable[Span]:
    """The sentences, cut where the blank behind a full stop was lost."""
    for start, end in prose.sentences:
        for stop in GLUED.finditer(prose.text, start, end):
            yield start, stop.end()
            start = stop.end()
        yield start, end


def _admit(rule: Draft, kept: list[Draft], text: str, table: Words, counted: Counted) -> list[Draft]:
    """Take a ruled draft in: as the missing source of a tagged one, as a new one, or not at all."""
    kept = [_relieved(draft, rule) for draft in kept]
    rule = _before_frames(rule, kept, text, table)
    same = next((n for n, d in enumerate(kept) if d.cue and rule.cue and d.cue[0] <= rule.cue[0] < d.cue[1]), None)
    if same is not None:
        draft = kept[same]
        if draft.ruled:
            return kept
        if draft.source is None and not (set(words_in(text, draft.cue, table)) & {"feared", "expected"}):
            content = draft.content if _fits(draft, rule) else rule.content
            draft = replace(draft, source=rule.source, content=content, relays=rule.relays, form="sourced")
            return [*kept[:same], _mended(draft, rule, kept, text, table, counted), *kept[same + 1 :]]
        return [*kept[:same], _mended(draft, rule, kept, text, table, counted), *kept[same + 1 :]]
    for number, draft in enumerate(kept):
        joined = _framed(draft, rule)
        if joined is not None:
            return [*kept[:number], joined, *kept[number + 1 :]]
    if any(d.hull == rule.hull for d in kept):
        return _sourced(rule, kept)
    weak = next((n for n, d in enumerate(kept) if _weaker(d, rule, text, table)), None)
    if weak is not None:
        return [*kept[:weak], rule, *kept[weak + 1 :]]
    inside = nested(kept, rule)
    if inside is not None:
        said = words_in(text, rule.source, table)
        himself = set(said) <= table.person | table.body | table.several
        around = text[slice(*inside.source)] if inside.source else ""
        himself = himself and not _another(said, around, table)
        himself = himself or (said[0] in table.possessive and said[-1] in table.collective)
        himself = himself or _its_own(rule, inside, text, table)
        return kept if himself or set(words_in(text, rule.cue, table)) & table.plan else [*kept, rule]
    free = [at for at in counted.at(*rule.content) if not any(d.covers(at) and d.source for d in kept)]
    if not free:
        return kept
    trimmed = _trimmed(rule, [d for d in kept if d.source])
    if trimmed is None:
        return kept
    kept = [d for d in kept if d.source or not any(s < d.hull[1] and d.hull[0] < e for s, e in trimmed)]
    return [*kept, replace(rule, content=trimmed)]


def _its_own(rule: Draft, around: Draft, text: str, table: Words) -> bool:
    """Whether a body speaks through its own man behind it: "The hospital admitted 46, | its director said"."""
    assert rule.source is not None and around.source is not None
    owner = words_in(text, around.source, table)[:1]
    return rule.source[1] <= around.source[0] and bool(set(owner) & table.possessive)


def _weaker(draft: Draft, rule: Draft, text: str, table: Words) -> bool:
    """Whether a tagged draft has the rule's source, but a cue that only stands by ("reported, without naming …")."""
    if draft.ruled or not draft.source or not rule.source or not draft.cue or not rule.cue:
        return False
    same = draft.source[0] < rule.source[1] and rule.source[0] < draft.source[1]
    holds = rule.hull[0] <= draft.hull[0] and draft.hull[1] <= rule.hull[1] + 1
    if table.citing.match(text, draft.cue[0]) and draft.hull[0] < rule.hull[1] and rule.hull[0] < draft.hull[1]:
        which = set(words_in(text, draft.source, table)) <= table.relative and rule.source[1] <= draft.source[0]
        if which or (same and draft.cue[1] < rule.cue[0] < draft.hull[1]):
            return True
    return same and holds and rule.cue[0] < draft.cue[0] and not set(words_in(text, draft.cue, table)) & table.asserting


def _another(one: list[str], other: str, table: Words) -> bool:
    """Whether a pronoun is somebody else: "She said …, he told the agency", "“It thinks …,” the lawmaker said"."""
    if set(one) <= table.body and read(other, table).shape in ("person", "role"):
        return True
    both = set(one) <= table.person and other.lower() in table.person
    return both and (one[0] in table.she) != (other.lower() in table.she)


def _relieved(draft: Draft, rule: Draft) -> Draft:
    """A tagged draft without the later part that the rule gives to a speaker of its own ("… 63 men")."""
    if draft.ruled or len(draft.content) < 2 or rule.source is None or rule.cue is None or draft.cue is None:
        return draft
    if draft.cue[1] > rule.source[0] or draft.source == rule.source or rule.content[0][0] > rule.cue[1] + 1:
        return draft
    kept = tuple(part for part in draft.content if not rule.cue[1] <= part[0] < rule.hull[1])
    return replace(draft, content=kept) if kept and kept[0] == draft.content[0] else draft


def _before_frames(rule: Draft, kept: Sequence[Draft], text: str, table: Words) -> Draft:
    """The rule without the attribution that closes its sentence (", the agency added", ", citing the mayor")."""
    start, end = rule.hull
    for match in table.citing.finditer(text, max(start, end - CLOSING), end):
        if text[match.start() - 2 : match.start()] == ", " and "," not in text[match.end() : end]:
            end = match.start()
            break
    for draft in kept:
        if (
            draft.source
            and draft.cue
            and draft.hull[1] <= draft.source[0] < end
            and draft.source[0] > start
            and (draft.cue[1] >= end or (draft.hull[0] <= start and rule.source and rule.source[0] < draft.source[0]))
        ):
            end = draft.cue[0] if draft.hull[1] <= draft.cue[0] < draft.source[0] else draft.source[0]
    parts = tuple(
        (first, first + len(text[first : min(last, end)].rstrip(" ,;"))) for first, last in rule.content if first < end
    )
    return replace(rule, content=parts) if end < rule.hull[1] and parts else rule


def _framed(draft: Draft, rule: Draft) -> Draft | None:
    """One content between two attributions: "the mayor told of forty drones, the agency added"."""
    if (
        draft.source is None
        or draft.cue is None
        or rule.source is None
        or rule.cue is None
        or draft.relays
        or draft.outer
    ):
        return None
    if (draft.source[0] < rule.source[1] and rule.source[0] < draft.source[1]) or draft.ruled:
        return None
    overlap = any(start < draft.hull[1] and draft.hull[0] < end for start, end in rule.content)
    if overlap and rule.cue[1] <= draft.hull[0] and draft.cue[0] >= draft.hull[1] and draft.source[0] >= draft.hull[1]:
        return replace(draft, relays=((rule.source, rule.cue),))
    holds = any(
        start <= draft.hull[0] and draft.source[1] <= end and draft.cue[1] <= end for start, end in rule.content
    )
    if holds and rule.cue[0] > draft.cue[1] and draft.source[0] >= draft.hull[0] and rule.source[0] > draft.cue[1]:
        return replace(draft, outer=((rule.source, rule.cue),))
    return None


def _mended(draft: Draft, rule: Draft, kept: Sequence[Draft], text: str, table: Words, counted: Counted) -> Draft:
    """A tagged draft with what the rule for the same cue knows more: relays, a source that is no clause of its own,
    and the part of the content whose figure was left out."""
    assert rule.source is not None
    if rule.relays and not draft.relays:
        draft = replace(draft, relays=rule.relays)
    source = draft.source
    if source and rule.source[0] < source[0] and rule.source[1] == source[1] and not _fits(draft, rule):
        draft, source = replace(draft, source=rule.source, content=rule.content), rule.source
    cites = source and draft.cue and table.citing.search(text, draft.cue[1], source[0])
    if cites and rule.source[1] <= rule.cue[0] and not draft.relays:  # type: ignore[index]
        draft = replace(draft, source=rule.source, content=rule.content)
    elif (source and read(text[slice(*source)], table).shape == "other") or (
        source
        and rule.source[0] <= source[0]
        and source[1] < rule.source[1]
        and len(words_in(text, source, table)) == 1
    ):
        draft = replace(draft, source=rule.source)
    elif source and draft.cue and source != rule.source:
        behind = text[source[1] : source[1] + 16].split()
        if (
            behind
            and behind[0].strip(",.").lower() in table.after
            and not draft.cue[0] <= source[1] + 1 < draft.cue[1]
            and source[0] > rule.source[0]
        ):
            draft = replace(draft, relays=((rule.source, rule.cue),))
        elif any(word in table.after for word in words_in(text, source, table)[1:]):
            draft = replace(draft, source=rule.source, content=draft.content if _fits(draft, rule) else rule.content)
    others = [d for d in kept if d.source and d.cue != draft.cue]
    free = [at for at in counted.at(*rule.content) if not draft.covers(at) and not any(d.covers(at) for d in others)]
    if free and rule.hull != draft.hull:
        more = (
            _trimmed(replace(rule, content=_without(rule.content, draft)), others)
            if _apart(rule, draft)
            else _trimmed(rule, others)
        )
        if more and any(start <= at < end for at in free for start, end in more):
            content = tuple(sorted((*draft.content, *more))) if _apart(rule, draft) else more
            draft = replace(draft, content=content)
    return draft


def _apart(rule: Draft, draft: Draft) -> bool:
    return rule.hull[0] >= draft.hull[1] or rule.hull[1] <= draft.hull[0]


def _without(content: tuple[Span, ...], draft: Draft) -> tuple[Span, ...]:
    return (
        tuple(part for part in content if not any(start < part[1] and part[0] < end for start, end in draft.content))
        or content
    )


def _fits(draft: Draft, rule: Draft) -> bool:
    """Whether the tagged content holds neither the source itself nor another sentence's words."""
    assert rule.source is not None
    return not any(start <= rule.source[0] < end for start, end in draft.content)


def _sourced(rule: Draft, kept: list[Draft]) -> list[Draft]:
    return [replace(rule, cue=d.cue or rule.cue) if d.hull == rule.hull and d.source is None else d for d in kept]


def _trimmed(rule: Draft, kept: Sequence[Draft]) -> tuple[Span, ...] | None:
    """The content up to where another attribution of the sentence begins."""
    parts: list[Span] = []
    for start, end in rule.content:
        for draft in kept:
            edges = [span for span in (draft.source, draft.cue, *draft.content) if span]
            for first, last in edges:
                if start <= first < end and (rule.source is None or not first <= rule.source[0] < last):
                    end = first
                elif first <= start < last < end:
                    start = last
        if start < end:
            parts.append((start, end))
    return tuple(parts) or None
