"""The edges of what the tagger marked, mended by what every reader knows of written English."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from ..prose import Prose
from ..records import Span
from .drafts import Draft
from .words import Words, tokens


def mended(draft: Draft, prose: Prose, words: Words) -> Draft:
    """The draft with all of its source's name, its cue a word, and its content no more than what is said."""
    draft = _named(draft, prose, words)
    draft = _cued(draft, prose, words)
    draft = _quoted_by(draft, prose, words)
    return enclosed(draft, prose, words)


def _named(draft: Draft, prose: Prose, words: Words) -> Draft:
    """The rest of a name is no verb: "President Arno | Held vowed". In some headlines verbs have capitals too."""
    source, cue = draft.source, draft.cue
    if source is None or cue is None or any(token.capital for token in tokens(prose.text, *cue)[-1:]):
        return draft
    sentence = prose.sentence_at(source[0])
    found = tokens(prose.text, *sentence) if sentence else ()
    here = next((n for n, token in enumerate(found) if token.end == source[1]), None)
    if here is None or not found[here].capital or found[here].possessive:
        return draft
    end = source[1]
    for token in found[here + 1 :]:
        taken = token.word in words.asserting | words.days | words.function or draft.covers(token.start)
        if not token.capital or taken or token.start != end + 1 or prose.text[end] != " ":
            break
        end = token.end
    if source[1] <= cue[0] < end:
        cue = end + 1, cue[1]
    return replace(draft, source=(source[0], end), cue=cue)


def _cued(draft: Draft, prose: Prose, words: Words) -> Draft:
    """A cue of nothing but an apostrophe ("the rebels' | claim that") is the noun behind it."""
    if draft.cue is None or prose.text[slice(*draft.cue)] not in ("'", "’"):
        return draft
    found = tokens(prose.text, draft.cue[1], draft.cue[1] + 40)[:2]
    noun = next((token for token in found if token.word in words.closing | words.account), None)
    return replace(draft, cue=(noun.start, noun.end) if noun else None)


def _quoted_by(draft: Draft, prose: Prose, words: Words) -> Draft:
    """ "Colonel Wael was quoted by the Wire as saying …": who is quoted stands before the cue, and is no content."""
    source, cue = draft.source, draft.cue
    if source is None or cue is None or not cue[1] <= source[0] or len(draft.content) < 2:
        return draft
    match = words.citing.search(prose.text, *cue)
    quoted, rest = draft.content[0], draft.content[1:]
    if match is None or match.group().lower() not in words.outward or not quoted[1] <= cue[0] or rest[0][0] < source[1]:
        return draft
    lead = words.as_saying.match(prose.text, *rest[0])
    if lead is None:
        return draft
    content = ((lead.end(), rest[0][1]), *rest[1:])
    return replace(draft, source=quoted, cue=cue, content=content, outer=((source, cue),))


def enclosed(draft: Draft, prose: Prose, words: Words) -> Draft:
    """What is said in a relative clause ends with the clause: "Frenn, whose ministry says 51 drowned, | flew home"."""
    source, cue = draft.source, draft.cue
    if source is None or cue is None or not source[1] <= cue[0]:
        return draft
    opening = prose.text[max(0, source[0] - 12) : source[0]]
    lead = (*tokens(opening)[-2:], *tokens(prose.text, *source)[:1])
    if not any(comma.word == "," and pronoun.word in words.relative for comma, pronoun in pairwise(lead)):
        return draft
    parts = tuple(part for part in draft.content if part[0] >= cue[1])
    if not parts:
        return draft
    return replace(draft, content=(*parts[:-1], _to_comma(parts[-1], prose, words)))


def _to_comma(part: Span, prose: Prose, words: Words) -> Span:
    """The words up to the comma behind which the main clause goes on with its verb."""
    found = tokens(prose.text, *part)
    for comma, behind in pairwise(found):
        goes_on = not behind.capital and behind.word.isalpha() and not behind.word.endswith(("ing", "ly"))
        small = behind.word in words.function and behind.word not in words.clause
        if comma.word == "," and goes_on and not small and not prose.quoted(comma.start):
            return part[0], comma.start
    return part
