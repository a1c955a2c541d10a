"""The edges of what the tagger marked, mended by what every reader knows of written English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ..nearby import Nearby
from ..prose import Prose
from ..records import Span
from .drafts import Draft
from .mentions import read
from .phrases import described
from .sentences import Sentence, cited_end, cleft, index, said_from, sentence
from .words import Words, tokens

_WORD = re.compile(r"-?\w+(?:-\w+)*")
OPENS = 24
"""Characters at the head of a sentence in which a clause that says when may begin: "Three days after"."""


def mended(draft: Draft, prose: Prose, words: Words) -> Draft:
    """The draft with all of its source's name, its cue a word, and its content no more than what is said."""
    draft = _undescribed(_whole_words(_impersonal(draft, prose, words), prose), prose, words)
    draft = _described(draft, prose, words)
    draft = _cleft(_named(draft, prose, words), prose, words)
    draft = _asked(_cued(draft, prose, words), prose, words)
    draft = _citing(_quoted_by(draft, prose, words), prose, words)
    return enclosed(draft, prose, words)


def _impersonal(draft: Draft, prose: Prose, words: Words) -> Draft:
    """The draft without a source that is nobody: "It | is believed that 30 are buried"."""
    if draft.source is None or draft.cue is None or draft.source[1] + 1 != draft.cue[0]:
        return draft
    cue = [token.word for token in tokens(prose.text, *draft.cue)]
    dummy = prose.text[slice(*draft.source)].lower() in words.body
    believed = not words.being.isdisjoint(cue[:-1]) and cue[-1] in words.impersonal
    return replace(draft, source=None) if dummy and believed else draft


def _whole_words(draft: Draft, prose: Prose) -> Draft:
    """The source up to where its last word ends ("Yoo Yong-|won")."""
    if draft.source is None:
        return draft
    start, end = draft.source
    cut = (
        _WORD.match(prose.text, end)
        if prose.text[end - 1 : end].isalnum() or prose.text[end - 1 : end] == "-"
        else None
    )
    return replace(draft, source=(start, cut.end())) if cut else draft


def _undescribed(draft: Draft, prose: Prose, words: Words) -> Draft:
    """The source without what follows it where the comma was lost: "the Kelm Observatory | a Britain-based group"."""
    if draft.source is None:
        return draft
    start, _ = draft.source
    for before, token in pairwise(tokens(prose.text, *draft.source)):
        named = (before.capital or before.word == ")") and before.start > start
        if named and not token.capital and token.word in words.articles - words.definite:
            return replace(draft, source=(start, before.end))
    return draft


def _described(draft: Draft, prose: Prose, words: Words) -> Draft:
    """The source with the name that it describes: "The Kelm Observatory, | a Britain-based monitor, said"."""
    source, cue = draft.source, draft.cue
    sentence = prose.sentence_at(source[0]) if source and cue else None
    if source is None or cue is None or sentence is None or "," not in prose.text[source[1] - 1 : cue[0]]:
        return draft
    named = described(prose.text, source, sentence[0], words)
    if named is None or prose.text[named[1] : source[0]].strip() != ",":
        return draft
    ahead = tokens(prose.text, max(sentence[0], named[0] - 20), named[0])
    hangs = ahead and ahead[-1].word.isalnum() and ahead[-1].word not in words.clauses
    if hangs or read(prose.text[slice(*named)], words).shape not in ("body", "outlet", "person"):
        return draft
    kept = tuple(part for part in draft.content if not (named[0] <= part[0] and part[1] <= source[0]))
    return replace(draft, source=(named[0], source[1]), content=kept) if kept else draft


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


def _cleft(draft: Draft, prose: Prose, words: Words) -> Draft:
    """Who "that" stands for in "It was the coast guard, not the navy, that said"."""
    if draft.source is None or prose.text[slice(*draft.source)].lower() not in words.relative:
        return draft
    span = prose.sentence_at(draft.source[0])
    whom = cleft(sentence(prose.text, span, words)) if span else None
    return replace(draft, source=whom) if whom and whom[1] <= draft.source[0] else draft


def _cued(draft: Draft, prose: Prose, words: Words) -> Draft:
    """A cue of nothing but an apostrophe ("the rebels' | claim that") is the noun behind it."""
    if draft.cue is None or prose.text[slice(*draft.cue)] not in ("'", "’"):
        return draft
    found = tokens(prose.text, draft.cue[1], draft.cue[1] + 40)[:2]
    noun = next((token for token in found if token.word in words.closing | words.account), None)
    return replace(draft, cue=(noun.start, noun.end) if noun else None)


def _asked(draft: Draft, prose: Prose, words: Words) -> Draft:
    """ "refused | to say whether 12 died": the verb of saying is the cue's, and what is told begins behind it."""
    if draft.cue is None or not 0 <= draft.content[0][0] - draft.cue[1] <= 1:
        return draft
    found = tokens(prose.text, *draft.content[0])[:3]
    opens = words.open | words.asking | words.relative
    if len(found) < 3 or found[0].word not in words.links or found[1].word not in words.unsure | words.asserting:
        return draft
    if found[2].word not in opens:
        return draft
    said = (found[2].start, draft.content[0][1]), *draft.content[1:]
    return replace(draft, cue=(draft.cue[0], found[1].end), content=said)


def _quoted_by(draft: Draft, prose: Prose, words: Words) -> Draft:
    """ "Colonel Wael was quoted by the Wire as saying …": who is quoted stands before the cue, and is no content."""
    source, cue = draft.source, draft.cue
    if source is None or cue is None or not cue[1] <= source[0] or len(draft.content) < 2:
        return draft
    match = words.citing.search(prose.text, *cue)
    quoted, rest = draft.content[0], draft.content[1:]
    if match is None or not words.outward.fullmatch(match.group()) or not quoted[1] <= cue[0] or rest[0][0] < source[1]:
        return draft
    lead = words.as_saying.match(prose.text, *rest[0])
    if lead is None:
        return draft
    content = ((lead.end(), rest[0][1]), *rest[1:])
    return replace(draft, source=quoted, cue=cue, content=content, outer=((source, cue),))


def _citing(draft: Draft, prose: Prose, words: Words) -> Draft:
    """ "Norda reports, citing | a lawmaker, | that 12 died": the source cited, and any clause on it, is no content."""
    found = cited(draft, prose, words)
    if found is None:
        return draft
    s, last = found
    start, end = draft.content[0]
    said = next((n for n in range(last + 1, s.last) if s.found[n].start < end and said_from(s, n)), None)
    relative = s.word(last + 1) in words.relative and s.word(last + 1) not in words.clauses
    if said is None or not (relative or said <= last + 2):
        return draft
    relay = (start, s.found[last].end), draft.cue
    return replace(draft, content=((s.found[said].start, end), *draft.content[1:]), relays=(relay,))


def cited(draft: Draft, prose: Prose, words: Words) -> tuple[Sentence, int] | None:
    """The source that a content begins with right behind a cue such as "citing": its sentence and its last token."""
    cue, start = draft.cue, draft.content[0][0]
    if cue is None or not 0 <= start - cue[1] <= 1 or not words.citing.fullmatch(prose.text, *cue):
        return None
    span = prose.sentence_at(start)
    s = sentence(prose.text, span, words) if span else None
    last = cited_end(s, index(s, start)) if s else None
    return (s, last) if s is not None and last is not None else None


def apart(drafts: Sequence[Draft], prose: Prose, words: Words) -> list[Draft]:
    """Of two speakers set against each other ("police said …, while the fire service spoke of 19"), the first one's
    content ends where the second speaks."""
    kept = list(drafts)
    placed = Nearby((draft.hull, number) for number, draft in enumerate(drafts))
    for other in drafts:
        at = other.source[0] if other.source else 0
        ahead = tokens(prose.text, max(0, at - 12), at)[-2:]
        if [token.word for token in ahead[:1]] != [","] or ahead[-1].word not in words.contrasts or prose.quoted(at):
            continue
        for number in placed.touching(at, at + 1):
            draft = kept[number]
            if draft is not other and draft.source and draft.source[0] < at and draft.covers(at):
                parts = tuple(
                    (start, min(end, ahead[0].start)) for start, end in draft.content if start < ahead[0].start
                )
                kept[number] = replace(draft, content=parts) if parts else draft
    return kept


def enclosed(draft: Draft, prose: Prose, words: Words) -> Draft:
    """What is said in a relative clause ends with the clause: "Frenn, whose ministry says 51 drowned, | flew home"."""
    source, cue = draft.source, draft.cue
    if source is None or cue is None or not source[1] <= cue[0]:
        return draft
    parts = tuple(part for part in draft.content if part[0] >= cue[1])
    if not parts:
        return draft
    if relative(source, prose, words):
        return replace(draft, content=(*parts[:-1], _to_comma(parts[-1], prose, words)))
    if _dating(source, prose, words):
        return replace(draft, content=(*parts[:-1], _to_main(parts[-1], prose, words)))
    if _restricting(source, parts[0], prose, words):
        return replace(draft, content=(_to_clause(parts[0], prose, words),))
    return draft


def relative(source: Span, prose: Prose, words: Words) -> bool:
    """Whether the source speaks in a clause that a comma and a pronoun open: ", which the army", ", whose ministry"."""
    lead = (*tokens(prose.text, max(0, source[0] - 12), source[0])[-2:], *tokens(prose.text, *source)[:1])
    return any(comma.word == "," and pronoun.word in words.relative for comma, pronoun in pairwise(lead))


def _dating(source: Span, prose: Prose, words: Words) -> bool:
    """Whether the source speaks in a clause that only says when, at the head of its sentence or behind a comma: "After
    | the army announced an offensive, 12 died"."""
    span = prose.sentence_at(source[0])
    if span is None:
        return False
    lead = [t for t in tokens(prose.text, max(span[0], source[0] - 40), source[0]) if t.word not in words.determiners]
    if not lead or lead[-1].word not in words.dating:
        return False
    return lead[-1].start - span[0] < OPENS or [token.word for token in lead[-2:-1]] == [","]


def _to_main(part: Span, prose: Prose, words: Words) -> Span:
    """The object of the clause, up to the comma behind which the main clause has its verb; all of it where what is
    said is a clause itself ("After police said 12 people, among them 3 children, were dead, …")."""
    found = tokens(prose.text, *part)
    comma = next((n for n, token in enumerate(found) if token.word == ","), None)
    if comma is None or found[0].word not in words.determiners:
        return part
    inside, behind = ({token.word for token in side} for side in (found[:comma], found[comma:]))
    ends = words.clause.isdisjoint(inside) and not (words.clause | words.measured).isdisjoint(behind)
    return (part[0], found[comma].start) if ends else part


def _restricting(source: Span, content: Span, prose: Prose, words: Words) -> bool:
    """Whether the source speaks inside another clause of what a noun is: "a ferry that | the port authority | said |
    was carrying 303 people | sank"."""
    lead, said = tokens(prose.text, max(0, source[0] - 24), source[0]), tokens(prose.text, *content)
    noun = len(lead) > 1 and lead[-1].word in words.relative and lead[-2].word.isalpha()
    return noun and lead[-2].word not in words.function and said[0].word in words.clause - words.relative


def _to_clause(part: Span, prose: Prose, words: Words) -> Span:
    """The words up to a comma or an "and" that no count follows."""
    for token, behind in pairwise(tokens(prose.text, *part)):
        counted = words.numbers.fullmatch(behind.word) is not None
        if (token.word == "," or token.word in words.joining) and not counted:
            return part[0], token.start
    return part


def _to_comma(part: Span, prose: Prose, words: Words) -> Span:
    """The words up to the comma behind which the main clause goes on with its verb."""
    found = tokens(prose.text, *part)
    for comma, behind in pairwise(found):
        goes_on = not behind.capital and behind.word.isalpha() and not behind.word.endswith(("ing", "ly"))
        small = behind.word in words.function and behind.word not in words.clause
        if comma.word == "," and goes_on and not small and not prose.quoted(comma.start):
            return part[0], comma.start
    return part
