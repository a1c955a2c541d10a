"""Attributions that follow a known form of words, for sentences with a figure.

The tagger learnt on political news, where few tolls are put, lifted and revised. These rules read one sentence at a
time and know no grammar beyond noun phrases (`phrases`) and the lists of `attribution.toml`. What they find is
used where the tagger found nothing (`claiming`), or inside what it found, as a further link of the chain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..records import Span
from .accounts import accounts, chained
from .counted import Counted
from .drafts import Draft, words_in
from .headlines import headlines
from .mentions import read
from .phrases import rightwards
from .places import country
from .sentences import (
    STOPS,
    Sentence,
    attributes,
    cited_end,
    cleft,
    closes,
    finished,
    index,
    number_at,
    past,
    sentence,
    source_end,
    span_of,
    subject_before,
)
from .words import Words, key

OPENING, CLOSING = re.compile(r'["“”]'), re.compile(r'["”]')
Links = tuple[tuple[Span, Span | None], ...]


def drafts(text: str, span: Span, words: Words, counted: Counted) -> list[Draft]:
    """Every attribution the rules find in a sentence whose content holds a figure."""
    s = sentence(text, span, words)
    found: list[Draft] = [*headlines(s), *accounts(s), *chained(s)]
    for at, token in enumerate(s.found):
        if token.word in words.verbs:
            found.extend(_verb(s, at))
    found = [_unquoted(s, draft) for draft in found if _speaks(s, draft)]
    found = _coordinated(found, text, words)
    return [draft for draft in found if counted.at(*draft.content)]


def _unquoted(s: Sentence, draft: Draft) -> Draft:
    """The draft with its content ending where the quotation it began in ends: "“It thinks | 50 died,” Park said"."""
    *before, (start, end) = draft.content
    opened = OPENING.findall(s.text, s.start, start)
    closing = CLOSING.search(s.text, start, end)
    if before or not closing or len(opened) % 2 == 0 or OPENING.search(s.text, start, closing.start()):
        return draft
    return replace(draft, content=((start, start + len(s.text[start : closing.start()].rstrip(" ,"))),))


def _speaks(s: Sentence, draft: Draft) -> bool:
    """Whether the source is one by its words, a pronoun, or a name that is no sentence's first word by chance."""
    if draft.source is None or s.text[draft.source[1] - 2 : draft.source[1]] in ("'s", "’s"):
        return False
    mention = read(s.text[slice(*draft.source)], s.words)
    if mention.shape != "name":
        return mention.shape != "other"
    single = " " not in mention.name
    apposed = re.match(r",\s+(\w+)", s.text[draft.source[0] + len(mention.name) : draft.source[1] + 8])
    if (
        not single
        or (apposed and apposed.group(1) in s.words.articles)
        or draft.source[0] > s.found[s.opening()].start
        or country(mention.name)
        or (set(words_in(s.text, draft.cue, s.words)) & s.words.agents and key(mention.name) not in s.words.events)
    ):
        return True
    return re.search(rf"[a-z,] {re.escape(mention.name)}\b", s.text) is not None


def _coordinated(found: list[Draft], text: str, words: Words) -> list[Draft]:
    """Of two clauses side by side, the first ends where the second begins; a clause that opens the first's content
    or is relative to it stays inside."""
    for number, draft in enumerate(found):
        start, end = draft.hull
        for other in found:
            if (
                other.source is None
                or other is draft
                or not start + 12 < other.source[0] < end
                or other.content[0][0] < other.source[0]
            ):
                continue
            ahead = text[start : other.source[0]].rstrip()
            if ahead.rsplit(" ", 1)[-1].lower() in words.relative | words.asking:
                continue
            cut = max(ahead.rfind(","), ahead.rfind(";"), ahead.rfind(" and "), ahead.rfind(" |"))
            if cut > 0 and draft.source is not None and draft.source[0] < start and re.search(r"\d|\w{3}", ahead[:cut]):
                found[number] = draft = replace(draft, content=((start, start + len(ahead[:cut].rstrip(" ,;"))),))
                end = draft.hull[1]
    return found


# -- a verb and its subject -------------------------------------------------------------------------------------------


def _verb(s: Sentence, at: int) -> Iterator[Draft]:
    words, word = s.words, s.word(at)
    if at and (s.found[at - 1].possessive or s.word(at - 1) in words.determiners) and not cleft(s):
        return
    if word in words.documents and (s.word(at + 1) in words.made or words.outward.match(s.text, s.found[at].end + 1)):
        return
    if s.found[at].capital and not s.text[s.found[at].start : s.found[at].end].isupper():
        return
    if word in words.say or word in words.count:
        yield from _said(s, at)
    if word in words.toll_verbs:
        yield from _toll(s, at)
    if word in words.followed:
        yield from _followed(s, at)
    if word in words.plan and s.word(at + 1) == "to":
        yield from _direct(s, at, at + 1)


def _said(s: Sentence, at: int) -> Iterator[Draft]:
    """ "X says that …", "…, X says", "…, said X", "X counts 89 dead"."""
    if _passive(s, at):
        yield from _by(s, at)
        yield from _was_told(s, at)
        return
    words, word, after = s.words, s.word(at), past(s, at + 1)
    if word in words.count and number_at(s, after) and s.word(at) not in words.plain:
        yield from _direct(s, at, after)
    elif word in ("has", "have") and number_at(s, at + 1) and finished(s, at + 1):
        yield from _direct(s, at, at + 1)
    if word not in words.say:
        return
    told = _listener(s, after) if word in words.told else None
    after = after if told is None else told + 1
    if not s.measured and (told is None or not (s.word(after) in words.clauses or number_at(s, after))):
        return
    ends = after >= s.last or s.word(after) in STOPS or s.word(after) == ","
    person = subject_before(s, at)
    if word in words.after and not (person and ends):
        yield from _inverted(s, at, person)
    if person is None:
        return
    if ends and s.word(after) != ":" and word in words.after:
        content = s.cut(s.opening(), index(s, person[0]))
        rest = s.cut(after + 1, s.last) if s.word(after) == "," else None
        if content:
            parts = (content, rest) if rest and not attributes(s, rest) else (content,)
            yield Draft(person, span_of(s, at), parts, True)
            return
    content = s.cut(after, s.last)
    if s.word(after) in words.links and not number_at(s, after) and s.word(after + 1) not in words.between:
        return
    if word in words.clausal and not any(s.word(n) in words.clause for n in range(after, s.last)):
        return
    if content and word in words.say and not (word in words.count and number_at(s, at + 1)):
        yield Draft(person, span_of(s, at), (content,), True)


def _passive(s: Sentence, at: int) -> bool:
    """ "are now reported to have", "was found": said of them, not by them."""
    here = at - 1
    while here >= 0 and s.word(here) in s.words.between | s.words.being:
        if s.word(here) in s.words.being and s.word(at).endswith(("ed", "en", "nd", "ld")):
            return True
        here -= 1
    return False


def _listener(s: Sentence, at: int) -> int | None:
    """The last token of who is told: "told | the agency", "told | it"."""
    if s.word(at) in s.words.object | s.words.body | s.words.own:
        return at
    return rightwards(s.found, at, s.words)


def _by(s: Sentence, at: int) -> Iterator[Draft]:
    """ "118 cases have been recorded by the ministry, nine of them fatal"."""
    words = s.words
    if s.word(at) not in words.passive or s.word(at + 1) != "by":
        return
    last = source_end(s, at + 2)
    end = at
    while s.word(end - 1) in words.between | words.being:
        end -= 1
    content = s.cut(s.opening(), end)
    if last is None or content is None or not closes(s, last + 1):
        return
    rest = s.cut(last + 1, s.last)
    yield Draft(
        (s.found[at + 2].start, s.found[last].end), span_of(s, at), (content, rest) if rest else (content,), True
    )


def _was_told(s: Sentence, at: int) -> Iterator[Draft]:
    """ "…, a lawmaker was told in Kostava by the head of intelligence": what was told stands before."""
    if s.word(at) not in s.words.told:
        return
    here = at
    while s.word(here - 1) in s.words.between | s.words.being:
        here -= 1
    person = subject_before(s, here)
    by = next((n for n in range(at + 1, min(at + 6, s.last)) if s.word(n) == "by"), None)
    by = at + 1 if by is None and _asked_at(s, at + 1) else by
    last = cited_end(s, by + 1) if by else None
    behind = last is not None and (s.word(last + 1) in s.words.clauses or _leading(s, person))
    if last is not None and behind:
        content = s.cut(last + 1, s.last)
    else:
        content = s.cut(s.opening(), index(s, person[0])) if person else None
    if person is None or content is None:
        return
    relays: Links = ()
    if by and last is not None:
        relays = (((s.found[by + 1].start, s.found[last].end), span_of(s, by)),)
    yield Draft(person, span_of(s, at), (content,), True, relays)


def _leading(s: Sentence, person: Span | None) -> bool:
    """ "As | the agency | was told at the ministry, …": whether nothing has been said before who was told."""
    return person is not None and index(s, person[0]) <= s.opening() + 1


def _asked_at(s: Sentence, at: int) -> bool:
    """ "was told | at the ministry": whether the words behind the preposition are a body, which was asked there."""
    last = source_end(s, at + 1) if s.word(at) in s.words.seats else None
    return last is not None and any(s.word(n) in s.words.bodies for n in range(at + 1, last + 1))


def _direct(s: Sentence, at: int, after: int) -> Iterator[Draft]:
    person = subject_before(s, at, hidden=True)
    content = s.cut(after, s.last)
    taken = s.word(at) in s.words.taking and any(s.word(n) in s.words.lives for n in range(after, after + 4))
    if person and content and not taken:
        yield Draft(person, span_of(s, at), (content,), True)


def _inverted(s: Sentence, at: int, person: Span | None) -> Iterator[Draft]:
    """ "…, said its spokesman": what is said stands before the verb, who says it after."""
    first = at + 1
    quoted = at > 0 and s.word(at - 1) in "\"”’»'"
    last = source_end(s, first)
    if last is None or not (quoted or closes(s, last + 1)):
        return
    if (
        not quoted
        and person
        and s.word(at - 1) != ","
        and (" " in s.text[slice(*person)] or s.text[person[0]].isupper())
    ):
        return
    content = s.cut(s.opening(), at)
    if content:
        yield Draft((s.found[first].start, s.found[last].end), span_of(s, at), (content,), True)


def _toll(s: Sentence, at: int) -> Iterator[Draft]:
    """ "put the toll at 58", "gave a far grimmer estimate: nearly 400", "was put at 1,400 by the authorities"."""
    words = s.words
    window = range(at + 1, min(at + 9, s.last))
    noun = next((n for n in window if s.word(n) in words.toll_nouns and s.word(n - 1) not in words.inner), None)
    by = next((n for n in range(at + 1, min(at + 12, s.last)) if s.word(n) == "by"), None)
    if by is not None and (
        s.word(at - 1) in words.toll_led
        or (s.word(at + 1) in words.toll_set and (s.word(at + 1) == "by" or number_at(s, at + 2)))
    ):
        last = source_end(s, by + 1)
        content = s.cut(s.opening(), by) if by > at + 1 else s.cut(s.opening(), at)
        if last is not None and content:
            rest = s.cut(last + 1, s.last)
            parts = (content, rest) if rest and s.word(last + 1) in words.joining else (content,)
            yield Draft((s.found[by + 1].start, s.found[last].end), span_of(s, at), parts, True)
            return
    low = any(s.word(n) in words.toll_low and (n < at + 4 or number_at(s, n + 1)) for n in range(at + 1, at + 8)) or (
        (s.word(at + 1) in words.those | words.body and s.word(at + 2) == "to" and number_at(s, at + 3))
        or (s.word(at) in ("given", "gave") and number_at(s, at + 1) and "as" in [s.word(n) for n in window])
    )
    if noun is None and not low and not _which_put(s, at):
        return
    content = s.cut(at + 1, s.last)
    person = subject_before(s, at, hidden=True)
    if person and content and s.word(index(s, person[1]) - 1) not in words.toll_nouns:
        yield Draft(person, span_of(s, at), (content,), True, _from(s, noun))


def _which_put(s: Sentence, at: int) -> bool:
    """ "the real number, which he | put at nine": the relative pronoun before the subject is the number."""
    if s.word(at + 1) not in s.words.toll_set or not number_at(s, at + 2):
        return False
    return any(s.word(n) in s.words.relative for n in range(max(0, at - 4), at - 1))


def _from(s: Sentence, noun: int | None) -> Links:
    """ "a new number | from the ministry"."""
    if noun is None or s.word(noun + 1) != "from" or number_at(s, noun + 2):
        return ()
    last = source_end(s, noun + 2)
    return (((s.found[noun + 2].start, s.found[last].end), span_of(s, noun + 1)),) if last is not None else ()


def _followed(s: Sentence, at: int) -> Iterator[Draft]:
    """ "spoke of 640 homes", "stood by its estimate of 90", "heard from the mayor of 62 dead"."""
    words = s.words
    heard = words.heard.match(s.text, s.found[at].start)
    after = at + 1 if s.word(at + 1) in words.followed[s.word(at)] else past(s, at + 1)
    if heard:
        first = index(s, heard.end())
        last = source_end(s, first)
        of = (
            None
            if last is None
            else next((n for n in range(last + 1, min(last + 4, s.last)) if s.word(n) in ("of", "that")), None)
        )
        person = subject_before(s, at)
        if person and last is not None and of is not None:
            content = s.cut(of, s.last)
            if content:
                inner = ((s.found[first].start, s.found[last].end), (heard.start(), heard.end()))
                yield Draft(person, span_of(s, at), (content,), True, (inner,))
        return
    if s.word(after) not in words.followed[s.word(at)]:
        listener = rightwards(s.found, at + 1, words) if s.word(at) in words.told else None
        if listener is None or s.word(listener + 1) not in words.followed[s.word(at)]:
            return
        after = listener + 1
    person = subject_before(s, at, hidden=True)
    content = s.cut(after, s.last)
    if person and content:
        yield Draft(person, span_of(s, at), (content,), True)
