"""Headlines and list entries: attributions without a verb, held together by a sign or by nothing at all."""

from __future__ import annotations

from collections.abc import Iterator

from ..records import Span
from ..who import country_of
from .drafts import Draft
from .phrases import rightwards
from .sentences import Sentence, is_source


def headlines(s: Sentence) -> Iterator[Draft]:
    """Every attribution that the form of a headline or list entry makes."""
    yield from _headed(s)
    yield from _trailed(s)
    yield from _pinned(s)


def _headed(s: Sentence) -> Iterator[Draft]:
    """ "* General Staff (2 Jan): up to ten vehicles": a list entry or headline headed by its source."""
    colon = next((n for n in range(min(len(s.found), 24)) if s.word(n) == ":"), None)
    if not colon:
        return
    first = s.opening()
    end = next((n for n in range(first, colon) if s.word(n) in ("(", "as")), colon)
    span = s.cut(first, end)
    content = s.cut(colon + 1, s.last)
    if content and s.text[s.span[0]] in "*•-–":
        line = s.text.find("\n", s.span[1])
        content = content[0], content[0] + len(s.text[content[0] : line if line >= 0 else None].rstrip())
    if span and content and is_source(s, span) and not s.numbered(span) and not _topic(s, span, content):
        yield Draft(span, (s.found[colon].start, s.found[colon].end), (content,), True)


def _topic(s: Sentence, span: Span, content: Span) -> bool:
    """ "Nigeria: pupils are free, says the governor": a country that heads a line with its own speaker."""
    said = (token.word for token in s.found if content[0] <= token.start < content[1])
    return country_of(s.text[slice(*span)]) is not None and not s.words.say.isdisjoint(said)


def _trailed(s: Sentence) -> Iterator[Draft]:
    """ "Over 3,700 people killed in Gaza - health officials": a headline that ends with its source."""
    for at in range(s.last - 2, max(0, s.last - 8), -1):
        if s.word(at) in ("-", "–", "—", ":"):
            span, content = s.cut(at + 1, s.last), s.cut(s.opening(), at)
            if span and content and is_source(s, span, strict=False):
                yield Draft(span, (s.found[at].start, s.found[at].end), (content,), True)
            return


def _pinned(s: Sentence) -> Iterator[Draft]:
    """ "Gas attack kills at least 58 Observatory", "33 dead monitoring group": a headline that lost the sign before its
    source. One body cannot be what 58 counts; the line, or a capital, ends behind it."""
    words = s.words
    single = (words.bodies | words.outlets | words.roles) - words.groups - words.plurals
    for at in range(s.opening() + 1, s.last - 1):
        if s.word(at) in words.after:
            return
        if not (words.numbers.fullmatch(s.word(at)) or (s.word(at) in words.measured and s.measured)):
            continue
        if "&" in s.text[s.found[at - 1].end : s.found[at].start] or s.word(at - 1) in words.joining:
            continue  # kill 35 & destroy hospital
        last = rightwards(s.found, at + 1, words)
        if last is None or not (last + 1 >= s.last or s.found[last + 1].capital):
            continue
        ends = last + 1 >= s.last and not s.found[at + 1].capital
        last = last if ends else at + 1 + (s.word(at + 2) in single and s.found[at + 2].capital)
        if s.word(last) not in single or not s.measured or (ends and s.word(last).endswith("s")):
            continue
        content = s.cut(s.opening(), at + 1)
        source = s.found[at + 1].start, s.found[last].end
        if (
            content
            and s.numbered(content)
            and (is_source(s, source, strict=False) or words.bodies_known.called(s.text[slice(*source)]))
        ):
            yield Draft(source, None, (content,), True)
            return
