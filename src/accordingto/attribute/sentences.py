"""One sentence as tokens, and what the rules ask of it: who stands before a verb, where does a source end."""

from __future__ import annotations

import re
from functools import lru_cache

from ..records import Span
from .mentions import read
from .phrases import leftwards, nominal, plain, rightwards
from .places import country
from .words import Words, tokens

_DATELINE = re.compile(
    r"\W*(?:[A-Z][\w.'’-]*[ ,]+){1,5}(?:[A-Z][a-z]+\.? \d{1,2},? (?:\d{4},? )?)?(?:\([^)]{1,40}\) ?)?[-–—] "
)
STOPS = frozenset('.!?;:)|"”»')
PLACE = 5
"""Tokens of a phrase that says where a source is ("medical workers in | the rebel-held area")."""
PLAIN = 3
"""Plain words in a row inside the name of a cited source."""
_SOURCES = ("body", "outlet", "person", "role", "group", "document")


class Sentence:
    """One sentence as tokens, with what the rules ask of it."""

    def __init__(self, text: str, span: Span, words: Words) -> None:
        self.text, self.span, self.words = text, span, words
        self.found = tokens(text, *span)
        line = _DATELINE.match(text, *span)
        self.start = line.end() if line else span[0]
        last = len(self.found)
        while last and self.found[last - 1].word in ".!?":
            last -= 1
        self.last = last
        self.measured = any(token.word in words.measured for token in self.found)
        """One past the last token that is no full stop."""

    def word(self, at: int) -> str:
        return self.found[at].word if 0 <= at < len(self.found) else ""

    def cut(self, first: int, end: int) -> Span | None:
        """From token `first` to before token `end`, trimmed of signs that only separate."""
        while first < end and self.word(first) in ",;:-–—|":
            first += 1
        while end > first and self.word(end - 1) in ",;:-–—|":
            end -= 1
        return (self.found[first].start, self.found[end - 1].end) if first < end else None

    def opening(self) -> int:
        """The first token of the sentence proper, behind a dateline."""
        return next(
            (n for n, token in enumerate(self.found) if token.start >= self.start and token.word not in "*•-–—"), 0
        )

    def numbered(self, span: Span | None) -> bool:
        return bool(span and self.words.numbers.search(self.text, *span))


@lru_cache(maxsize=64)
def sentence(text: str, span: Span, words: Words) -> Sentence:
    """The sentence at a span, read once."""
    return Sentence(text, span, words)


def subject_before(s: Sentence, at: int, hidden: bool = False) -> Span | None:
    """Who stands before the verb at token `at`, behind any adverbs and its apposition; when that phrase hangs on
    a preposition or participle ("a statement read out on television | put") and `hidden`, who begins the clause."""
    found = _beside(s, at)
    if hidden and (found is None or _hanging(s, found)):
        return subject_first(s, at) or found
    return found


def _hanging(s: Sentence, found: Span) -> bool:
    first = index(s, found[0])
    return any(s.word(n) in s.words.links for n in range(max(0, first - 3), first))


def _beside(s: Sentence, at: int) -> Span | None:
    words, here = s.words, at - 1
    if here > 3 and s.word(here) in words.relative and (whom := cleft(s)):
        return whom
    while (
        here >= 0 and s.word(here) in words.between and not (s.found[here].capital and s.word(here) not in words.days)
    ):
        here -= 1
    while here > 2 and s.word(here) == "," and s.word(here - 1) in words.between and s.word(here - 2) == ",":
        here -= 3
    if s.word(here) == ",":
        here = _past_aside(s, here)
    if here < 0:
        return None
    if s.word(here) == ",":
        return _apposed(s, here)
    token = s.found[here]
    if (
        token.word in words.person | words.body | words.several
        and not token.possessive
        and token.word not in words.possessive | words.object
    ):
        return token.start, token.end
    first = _whole_phrase(s, leftwards(s.found, here, words), here)
    if first is None or s.word(first - 1) in words.links | {"by", "with", "than"} or s.word(first) == "no":
        return None
    first += s.word(first) in words.clauses and s.word(first - 1) in words.say
    return s.found[first].start, token.end


def _whole_phrase(s: Sentence, first: int | None, last: int) -> int | None:
    """The first token of the source that the phrase at `first` only places: "medical workers in | the town", with what
    stands before its "and"."""
    if first is None:
        places = range(last, max(0, last - PLACE), -1)
        first = next((n for n in places if s.word(n) in s.words.articles and s.word(n - 1) in s.words.inner), None)
        here = _whole_phrase(s, first, last) if first is not None else None
        return here if here != first else None
    if s.word(first - 1) not in s.words.inner:
        return first
    here = leftwards(s.found, first - 2, s.words)
    if here is None or not is_source(s, (s.found[here].start, s.found[first - 2].end), strict=False):
        return first
    other = leftwards(s.found, here - 2, s.words) if s.word(here - 1) in s.words.joining else None
    if other is not None and is_source(s, (s.found[other].start, s.found[here - 2].end), strict=False):
        return other
    return here


def cleft(s: Sentence) -> Span | None:
    """ "It was the coast guard, not the navy, that | said": who the sentence is about."""
    first = s.opening()
    if s.word(first) not in s.words.body or s.word(first + 1) not in s.words.being:
        return None
    last = rightwards(s.found, first + 2, s.words)
    return (s.found[first + 2].start, s.found[last].end) if last is not None else None


def _past_aside(s: Sentence, comma: int) -> int:
    """The token before ", for its part," when that is what ends at the comma."""
    first = next((n for n in range(comma - 1, max(-1, comma - 6), -1) if s.word(n) == ","), None)
    if first is None or s.text[s.found[first].end : s.found[comma].start].strip().lower() not in s.words.asides:
        return comma
    return first - 1


def _apposed(s: Sentence, comma: int) -> Span | None:
    """ "the Directorate, part of the Armed Forces, | had given": the phrase before an aside between commas."""
    for here in range(comma - 1, max(0, comma - 22), -1):
        if s.word(here) == "," and here > 0:
            first = leftwards(s.found, here - 1, s.words)
            inside = s.word(here + 1)
            if first is None or _taken(s, first, inside):
                continue
            if s.words.citing.match(s.text, s.found[here + 1].start):
                return s.found[first].start, s.found[here - 1].end
            if (
                inside in s.words.determiners | s.words.relative | s.words.heads | {"part"}
                or inside.isdigit()
                or s.found[here + 1].capital
            ):
                verb = next((n for n in range(here + 1, comma) if s.word(n) in s.words.after), None)
                if verb is not None and number_at(s, first - 1):
                    return _beside(s, verb)  # "killed 41 people, the Observatory said, | raising"
                return s.found[first].start, s.found[comma - 1 if verb is None else here - 1].end
        elif s.word(here) in STOPS:
            return None
    return None


def _taken(s: Sentence, first: int, inside: str) -> bool:
    """Whether the phrase at token `first` hangs on what stands before it, and so says nothing itself."""
    if s.word(first - 1) in s.words.authored or s.words.citing.match(s.text, s.found[max(0, first - 1)].start):
        return True
    return s.word(first - 1) in s.words.links and inside not in s.words.relative


def subject_first(s: Sentence, at: int) -> Span | None:
    """The phrase that the sentence, or the clause behind a verb of saying, begins with."""
    starts = [s.opening() + (s.word(s.opening()) in s.words.breaks)]
    starts += [
        n + 1
        for n in range(at)
        if n and s.word(n) in s.words.say and s.word(n - 1) not in s.words.links | s.words.determiners
    ]
    for first in reversed(starts):
        last = rightwards(s.found, first, s.words)
        if (
            last is not None
            and last < at
            and s.word(last) not in s.words.toll_nouns
            and is_source(s, (s.found[first].start, s.found[last].end))
        ):
            return s.found[first].start, s.found[last].end
    return None


def source_end(s: Sentence, first: int) -> int | None:
    """The last token of the source that starts at token `first`, with its apposition."""
    if s.word(first) in s.words.person | s.words.body | s.words.several and s.word(first) not in s.words.possessive:
        return first
    last = rightwards(s.found, first, s.words)
    return None if last is None else _with_apposition(s, first, last)


def _with_apposition(s: Sentence, first: int, last: int) -> int:
    """The last token of the source from `first` to `last` with the name or role behind its comma."""
    if s.word(last + 1) == "," and last + 2 < s.last:
        named = rightwards(s.found, last + 2, s.words)
        closing = named is not None and (named + 1 >= s.last or s.word(named + 1) in (",", ".", ";", ":"))
        one, other = s.found[first : last + 1], s.found[last + 2 : (named or last) + 1]
        described = any(not t.capital and t.word in s.words.heads for t in (*one, *other)) or any(
            t.word in s.words.roles for t in one
        )
        if (
            named is not None
            and closing
            and described
            and not any(t.word in s.words.after and not t.capital for t in s.found[named + 1 : named + 2])
        ):
            return named
    return last


def cited_end(s: Sentence, first: int) -> int | None:
    """The last token of a source that is cited at token `first`: no verb follows it, so plain words inside it are its
    own ("the Kostava | resistance committee", "the governor of Tarsk | province, Ilya Brenn"), and a document goes on
    to whose it is ("a briefing | by the agency")."""
    last = source_end(s, first)
    here = first + (s.word(first) in s.words.determiners) if last is None else last + 1
    run = here
    while run < min(here + PLAIN, s.last) and plain(s.found, run, s.words) and s.word(run) not in s.words.heads:
        run += 1
    more = rightwards(s.found, run, s.words) if here < run < s.last else None
    if more is not None:
        last = _with_apposition(s, first, more)
    elif here < run and last is not None and (run >= s.last or s.word(run) in STOPS or s.word(run) == ","):
        last = _with_apposition(s, first, run - 1)
    if last is None or s.word(last) not in s.words.documents:
        return last
    by = last + 1
    while s.word(by) in s.words.made:
        by += 1
    whose = cited_end(s, by + 1) if s.word(by) in s.words.authored else None
    return whose if whose is not None else last


def said_from(s: Sentence, at: int) -> bool:
    """Whether what a cited source said begins at the token: "| that 12 died", "| as saying that"."""
    return s.word(at) in s.words.clauses or s.words.as_saying.match(s.text, s.found[at].start) is not None


def closes(s: Sentence, at: int) -> bool:
    """Whether nothing but description follows the source: the end, a stop, or "a British-based group"."""
    if at >= s.last or s.word(at) in STOPS or s.word(at) == ",":
        return True
    if s.word(at) in s.words.determiners | s.words.heads:
        return all(
            nominal(t, s.words) or t.word in s.words.determiners | s.words.links or t.word.isalpha()
            for t in s.found[at : s.last]
        ) and not any(t.word in s.words.between for t in s.found[at : s.last])
    return s.word(at) in s.words.going_on


def is_source(s: Sentence, span: Span, strict: bool = True) -> bool:
    mention = read(s.text[span[0] : span[1]], s.words)
    if mention.shape == "role" and strict:
        return mention.definite
    if mention.shape == "name":
        return country(mention.name) is not None and " " not in mention.name
    return mention.shape in _SOURCES


def number_at(s: Sentence, at: int) -> bool:
    """Whether a number starts within the next three words ("up to ten", "as many as 200")."""
    for here in range(at, min(at + 6, s.last)):
        if s.words.numbers.fullmatch(s.word(here)) or s.word(here)[:1].isdigit():
            return True
        if s.word(here) not in s.words.qualifiers:
            return False
    return False


def finished(s: Sentence, at: int) -> bool:
    """ "812 destroyed": the number is followed by what befell."""
    return any(s.word(n).endswith("ed") or s.word(n) in s.words.toll_nouns for n in range(at + 1, min(at + 3, s.last)))


def attributes(s: Sentence, span: Span) -> bool:
    return any(token.word in s.words.after for token in tokens(s.text, *span))


def past(s: Sentence, at: int) -> int:
    """Past adverbs, days and "on Telegram", "in a statement" behind a verb."""
    words = s.words
    while at < s.last:
        if s.word(at) in words.between - words.halting:
            at += 1
        elif (
            s.word(at) in words.carried
            and s.word(at + 1) in words.articles | words.possessive
            and (
                end := next(
                    (n for n in range(at + 2, min(at + 6, s.last)) if s.word(n) in words.documents | words.outlets),
                    None,
                )
            )
        ):
            at = end + 1
        else:
            return at
    return at


def index(s: Sentence, offset: int) -> int:
    """The first token at or after the offset."""
    return next((n for n, token in enumerate(s.found) if token.start >= offset), len(s.found))


def span_of(s: Sentence, at: int) -> Span:
    return s.found[at].start, s.found[at].end
