"""Words of saying that say nothing: "said no one", "goes without saying", "according to plan", "said nothing",
"contrary to what the ministry said"."""

from __future__ import annotations

from ..prose import Prose
from ..records import Claim, Span
from .counted import Counted
from .drafts import OPENING, Draft, words_in
from .edges import cited
from .words import Words, tokens

SCRAP, CLAUSE = 3, 15
"""Words up to which a content without source, and one without source, cue or quotation marks, is no attribution."""


def unsaid(draft: Draft, prose: Prose, words: Words, counted: Counted) -> bool:
    """Whether nobody says the content: its source is nobody, its cue a set phrase, its content no content, or it
    is told against what the source said."""
    if draft.source and (_nobody(draft.source, prose, words) or _contrary(draft.source[0], prose, words)):
        return True
    if _set_phrase(draft, prose, words) or _scrap(draft, prose, counted) or _only_cited(draft, prose, words):
        return True
    said = words_in(prose.text, draft.hull, words)
    return " ".join(word for word in said if word.isalnum()) in words.nothing


def _only_cited(draft: Draft, prose: Prose, words: Words) -> bool:
    """Whether the content is nothing but the source that somebody cites (", citing | the lawmaker")."""
    found = cited(draft, prose, words)
    return found is not None and found[0].found[found[1]].end >= draft.hull[1]


def _scrap(draft: Draft, prose: Prose, counted: Counted) -> bool:
    """Whether too little is left to be an attribution: of a few words without a source, or, when there is no cue
    either, of anything shorter than a sentence that is no quotation. What holds a figure is never too little."""
    text = prose.text
    if draft.source or counted.at(*draft.content):
        return False
    length = sum(len(text[slice(*part)].split()) for part in draft.content)
    if draft.cue is None and text[draft.hull[0]] not in OPENING:
        return length <= CLAUSE
    return length <= SCRAP


def _nobody(source: Span, prose: Prose, words: Words) -> bool:
    """ "No official", "nobody", but not an address ("No 10")."""
    found = tokens(prose.text, *source)[:2]
    return bool(found) and found[0].word in words.nobody and not found[-1].word.isdigit()


def _contrary(start: int, prose: Prose, words: Words) -> bool:
    """Whether "contrary to what", "whatever" stands right before the source."""
    sentence = prose.sentence_at(start)
    before = prose.text[sentence[0] : start] if sentence and sentence[0] <= start else ""
    return " ".join(before.lower().split()).endswith(words.contrary)


def _set_phrase(draft: Draft, prose: Prose, words: Words) -> bool:
    if draft.cue is None:
        return False
    span = prose.sentence_at(draft.cue[0])
    found = words.set_phrases.finditer(prose.text, *span) if span else ()
    return any(match.start() < draft.cue[1] and draft.cue[0] < match.end() for match in found)


def left_open(claim: Claim, prose: Prose, words: Words) -> bool:
    """Whether a question is left without its answer ("did not say how many of the 90 had survived"): what its words
    take for granted is nobody's but the outlet's."""
    cue = claim.chain[-1].cue if claim.chain else None
    if cue is None:
        return False
    first = tokens(prose.text, *claim.content.span)[:1]
    said = {token.word for token in (*tokens(prose.text, max(0, cue.start - 24), cue.start)[-2:], *tokens(cue.exact))}
    return bool(first) and first[0].word in words.questioning and not words.negations.isdisjoint(said)
