"""How a thing is said: its stance, the hedge on its link, and how much of it stands between quotation marks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from ..prose import Prose
from ..records import Manner, Span, Stance
from .drafts import Draft, words_in
from .words import Words

AHEAD = 60
"""Code points between a source and its cue over which the words between still belong to the cue."""
REACH = 16
"""Tokens behind the cue in which "could not confirm that …" governs the first number."""
NEGATED = 4
"""Tokens before a verb in which "did not", "refused to" turn it."""


def hedge(text: str, source: Span | None, cue: Span | None, table: Words) -> str | None:
    """The words of the cue, or between source and cue, that keep a distance ("reportedly", "believed")."""
    span = _led(source, cue)
    hedges = dict.fromkeys(word for word in words_in(text, span, table) if word in table.hedges)
    return " ".join(hedges) or None


def stance(draft: Draft, text: str, table: Words) -> Stance:
    """What the attribution makes of its content: the verb of saying, what turns it ("did not deny", "could not
    confirm that", "refused to say whether"), and the word that opens the content."""
    cue = words_in(text, draft.cue, table)
    said = _before_number(draft, text, table)
    turned = [at for at, word in enumerate(said) if word in table.denied and _negated(said, at, table)]
    if any(word in table.denied for word in cue) and not turned:
        return "denied"
    if any(_unsure(said, at, table) for at, word in enumerate(said) if word in table.unsure):
        return "possible"
    if set(words_in(text, draft.content[0], table)[:1]) & table.open and set(said) & table.open:
        return "possible"
    phrase = f" {' '.join(cue)} "
    if any(f" {words} " in phrase for words in table.planned):
        return "planned"
    return "possible" if any(f" {words} " in phrase for words in table.possible) else "asserted"


def _led(source: Span | None, cue: Span | None) -> Span | None:
    """The cue with the words between it and the source before it."""
    if cue and source and source[1] <= cue[0] < source[1] + AHEAD:
        return source[1], cue[1]
    return cue


def _before_number(draft: Draft, text: str, table: Words) -> list[str]:
    """The words from source or cue up to the first number of what is said, where one sentence holds both."""
    span = _led(draft.source, draft.cue)
    if span is None:
        return []
    said = _negations(words_in(text, span, table), table)
    start, end = draft.content[0]
    if start < span[1] - 1:
        return said
    number = table.numbers.search(text, start, end)
    more = words_in(text, (start, min(number.start() if number else end, start + 20 * REACH)), table)[:REACH]
    stop = next((at for at, word in enumerate(more) if word in table.turns), len(more))
    return said + _negations(more[:stop], table)


def _negations(said: list[str], table: Words) -> list[str]:
    """The words with each contracted "not" as the first of the negations."""
    return [table.turning[0] if word.endswith(table.contracted) else word for word in said]


def _negated(said: list[str], at: int, table: Words) -> bool:
    before = said[max(0, at - NEGATED) : at]
    return any(word in table.turning for word in before) and not any(word in table.unturned for word in before)


def _unsure(said: list[str], at: int, table: Words) -> bool:
    """ "could not confirm that", but not "did not know who" and not "not only confirmed"."""
    return _negated(said, at, table) and (at + 1 >= len(said) or said[at + 1] not in table.asking)


def manner(draft: Draft, prose: Prose) -> Manner:
    """Direct when all of it stands between quotation marks, mixed when some does, narrated without a verb of saying."""
    inside = total = 0
    for start, end in draft.content:
        total += end - start
        inside += sum(max(0, min(end, stop) - max(start, first)) for first, stop in _quotes(prose, start, end))
    if inside >= 0.9 * total - 3 and inside:
        return "direct"
    return "mixed" if inside else "indirect" if draft.cue else "narrated"


def _quotes(prose: Prose, start: int, end: int) -> Iterable[Span]:
    first = max(0, bisect_left(prose.quotes, (start, 0)) - 1)
    return (quote for quote in prose.quotes[first : bisect_left(prose.quotes, (end, 0))] if quote[1] > start)
