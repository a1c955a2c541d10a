"""Attributions without a verb: "according to X", "in the ministry's telling", "by way of A and B: 89"."""

from __future__ import annotations

from collections.abc import Iterator

from ..records import Span
from .drafts import Draft
from .phrases import leftwards
from .sentences import Sentence, cited_end, index, number_at, source_end, span_of


def accounts(s: Sentence) -> Iterator[Draft]:
    """ "In the ministry's telling, …", "By the records of the Authority, …", "according to X"."""
    words = s.words
    for match in words.according.finditer(s.text, *s.span):
        first = index(s, match.end())
        last = cited_end(s, first)
        if last is None:
            continue
        at = index(s, match.start())
        leads = at <= s.opening() or _parenthetical(s, at, last)
        content = s.cut(_past_citing(s, last + 1), s.last) if leads else s.cut(s.opening(), at)
        if content:
            yield Draft((s.found[first].start, s.found[last].end), match.span(), (content,), True)
    first = s.opening()
    if s.word(first) not in words.account_prepositions:
        return
    comma = next((n for n in range(first, min(first + 16, s.last)) if s.word(n) == ","), s.last)
    noun = next((n for n in range(first + 1, min(first + 12, comma)) if s.word(n) in words.account), None)
    if noun is None:
        return
    owner = next(
        (n for n in range(first + 1, noun) if s.found[n].possessive or s.word(n) in words.possessive),
        None,
    )
    content = s.cut(comma + 1 if comma < s.last else noun + 1, s.last)
    if owner is not None and content:
        begin = leftwards(s.found, owner, words) if s.found[owner].possessive else owner
        if begin is not None and begin > first:
            end = s.found[owner].end - (
                2
                if s.found[owner].possessive
                and s.text[s.found[owner].end - 1] in "sS"
                and s.text[s.found[owner].end - 2] in "'’"
                else 0
            )
            yield Draft((s.found[begin].start, end), span_of(s, noun), (content,), True)
    elif s.word(noun + 1) == "of" and content:
        last = source_end(s, noun + 2)
        if last is not None:
            yield Draft((s.found[noun + 2].start, s.found[last].end), span_of(s, noun), (content,), True)


def _parenthetical(s: Sentence, at: int, last: int) -> bool:
    """ "that, | according to the ministry, | 12 died": whether it stands behind what opens a clause."""
    opens = s.words.clauses | s.words.relative
    return s.word(at - 1) == "," and s.word(at - 2) in opens and s.word(last + 1) == ","


def _past_citing(s: Sentence, comma: int) -> int:
    """Behind the aside that names a further source: "According to Norda, | which quoted a guard, | 45 …"."""
    inside = comma + 1 + (s.word(comma + 1) in s.words.relative)
    if s.word(comma) != "," or inside >= s.last or not s.words.citing.match(s.text, s.found[inside].start):
        return comma
    return next((n for n in range(inside, s.last) if s.word(n) == ","), comma)


def chained(s: Sentence) -> Iterator[Draft]:
    """ "… by way of A, which had it from B, whose source was C: 89": nothing but a chain, then the number."""
    colon = next((n for n in range(len(s.found)) if s.word(n) == ":" and number_at(s, n + 1)), None)
    if colon is None:
        return
    links: list[tuple[Span, Span | None]] = []
    for match in s.words.citing.finditer(s.text, s.span[0], s.found[colon].start):
        first = index(s, match.end())
        last = source_end(s, first)
        if last is not None:
            links.append(((s.found[first].start, s.found[last].end), match.span()))
    content = s.cut(colon + 1, s.last)
    if len(links) > 1 and content:
        yield Draft(links[0][0], links[0][1], (content,), True, tuple(links[1:]))
