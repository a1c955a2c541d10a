"""Whose words a figure is: the innermost content that covers it, or an implied continuation."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ..prose import Prose
from ..records import Claim, Figure, Link, Report, Span
from .edges import relative
from .reasons import Reason, Reasons, Rule
from .unsaid import left_open
from .words import Words, key, tokens, words

APART = 60
"""Code points between a figure and the clause behind it that says whose it is."""
SHORT = 6
"""Sentences of a paragraph up to which it tells one thing; a text that lost its breaks is longer."""
NOUN = 3
"""Words of what a number counts, before such a clause."""
FOLLOWED = 3
"""Sentences over which one person's account goes on without a word of saying."""
CLAUSE = 20
"""Words of a relative clause up to its last number."""
OPENS = 3
"""Code points of quotation marks and stops that may stand around a sentence outside the content."""
HEAD = 80
"""Code points of a date or place that may stand before the title at the head of a text."""
FAR = 8000
"""Code points from a figure within which a claim can be the one it belongs to, unless it covers the figure."""
Decision = tuple[Rule, Claim | None]
"""By which rule a figure goes with a claim, or with none."""


def owner(
    figure: Figure, claims: Sequence[Claim], report: Report, prose: Prose, reasons: Reasons | None = None
) -> Claim | None:
    """The claim a figure belongs to; None when the outlet says it in its own voice. Why is noted in `reasons`."""
    table = words(report.language)
    at = figure.evidence.start
    known = [one for one in claims if not any(link.source.name.lower() in table.relative for link in one.chain)]
    rule, claim = _decided(figure, known, report, prose, table)
    own = claim is None or rule == "presupposed" or _outlets_own(claim, report, table)
    if claim is not None and rule != "presupposed" and own:
        rule = "own-words"
    if reasons is not None:
        reasons.figures[at] = [Reason(rule, at, claim.content.span if claim else None)]
    return None if own else claim


def _decided(figure: Figure, claims: Sequence[Claim], report: Report, prose: Prose, table: Words) -> Decision:
    """The claim a figure goes with; that claim may turn out to be the outlet's own words."""
    at = figure.evidence.start
    found = [(size, claim) for size, claim in _covering(at, claims) if not _strays(claim, at, report, prose)]
    covering = sorted(found, key=lambda found: (found[0], -len(found[1].chain)))
    for _, claim in covering:
        if _outlets_own(claim, report, table):
            return "quoted-on", _quoted_on(at, claims, prose) or claim
        if not _presupposed(claim, at, prose, table):
            return "inside", claim
    if covering:
        return "presupposed", covering[0][1]
    if near := _extracted(figure, claims, prose, table):
        return "extracted", near
    if near := _same_breath(figure, claims, prose, table):
        return "same-breath", near
    return _continued(figure, claims, prose, table)


def _covering(at: int, claims: Sequence[Claim]) -> list[tuple[int, Claim]]:
    return [(end - start, claim) for claim in claims for start, end in claim.spans if start <= at < end]


def _strays(claim: Claim, at: int, report: Report, prose: Prose) -> bool:
    """Whether the content reaches the figure only across the headline's end, or through a part of a sentence in which
    nobody speaks: indirect speech takes in whole sentences beside its own, or none."""
    sentence = prose.sentence_at(at)
    ends = [(m.start, m.end) for link in claim.chain for m in (link.source.mention, link.cue) if m is not None]
    if sentence is None or not ends or prose.quoted(at):
        return False
    headline = _headline(report)
    if headline and at < headline[1] and all(start >= headline[1] for start, _ in ends):
        return True
    here = report.text[slice(*sentence)]
    if any(sentence[0] <= start < sentence[1] for start, _ in ends) or any(
        link.source.name in here for link in claim.chain
    ):
        return False
    start, end = next((start, end) for start, end in claim.spans if start <= at < end)
    return start > sentence[0] + OPENS or end < sentence[1] - OPENS


def _headline(report: Report) -> Span | None:
    """Where the report's title stands at the head of its text, run into the first sentence."""
    title = report.title or ""
    at = report.text.find(title, 0, HEAD + len(title)) if title else -1
    return (at, at + len(title)) if at >= 0 else None


def _outlets_own(claim: Claim, report: Report, table: Words) -> bool:
    """Whether nobody is named, or only the outlet itself ("our reporter", "I", its own name)."""
    publisher = key(report.publisher or "")
    for link in claim.chain:
        name = key(link.source.name)
        if link.source.mention is not None and name not in table.own and name != publisher and not _ours(link, table):
            return False
    return True


def _ours(link: Link, table: Words) -> bool:
    """ "Our reporter Sam Ortiz at the scene": the outlet's own, by name or not."""
    said = key(link.source.mention.exact) if link.source.mention else ""
    return any(said.startswith(f"{own} ") for own in table.own if " " in own)


def _presupposed(claim: Claim, at: int, prose: Prose, table: Words) -> bool:
    """Whether the figure is background the outlet adds: in what somebody condemned, or in "an attack that killed 58"
    inside words about something else."""
    if prose.quoted(at) or _put_there(claim.content.start, at, prose, table):
        return False
    cue = claim.chain[-1].cue if claim.chain else None
    start = claim.content.start
    if cue is not None:
        said = {token.word for token in tokens(prose.text, *cue.span)}
        said = said - table.clause or said
        asserting = said <= table.account_prepositions or bool(said & (table.asserting | {":", "-", "–", "—"}))
        if "according" in said:
            return False
        if claim.stance != "possible" and left_open(claim, prose, table):
            return True
        if not asserting and claim.stance != "denied" and not _clause(claim, table) and not _relays(cue.exact, table):
            return True
    return _relative(start, at, prose, table)


def _put_there(start: int, at: int, prose: Prose, table: Words) -> bool:
    """ "of hiding the true number, which he put at | nine": the clause of the figure has its own words of saying."""
    words = [token.word for token in tokens(prose.text, start, at)]
    comma = max((n for n, word in enumerate(words) if word == ","), default=len(words))
    clause = words[comma + 1 :]
    return bool(clause) and clause[0] in table.relative and not table.toll_verbs.isdisjoint(clause)


def _clause(claim: Claim, table: Words) -> bool:
    """Whether the content opens as a clause ("that 58 were killed", "whether …")."""
    first = next((token.word for token in tokens(claim.content.exact) if token.word.isalpha()), "")
    return first in table.clauses


def _relays(cue: str, table: Words) -> bool:
    return bool(table.citing.search(cue) or table.briefed.search(cue) or table.heard.search(cue))


def _relative(start: int, at: int, prose: Prose, table: Words) -> bool:
    """ "for a chemical attack that killed 58": a relative clause on an event that is not what the sentence says."""
    sentence = prose.sentence_at(at)
    found = tokens(prose.text, max(start, sentence[0] if sentence else start), at)
    for here in range(len(found) - 1, max(0, len(found) - CLAUSE), -1):
        word = found[here].word
        if word in (",", ";", ":") or word == "and":
            return False
        if word in ("that", "which") and here > 1:
            noun = next((n for n in range(here - 1, max(-1, here - 6), -1) if found[n].word in table.events), None)
            if noun is None:
                return False
            lead = next(
                (n for n in range(noun - 1, max(-1, noun - 6), -1) if found[n].word in table.links | table.causes),
                None,
            )
            return lead is not None and not any(t.word in table.say or t.word in table.after for t in found[here:])
    return False


def _extracted(figure: Figure, claims: Sequence[Claim], prose: Prose, table: Words) -> Claim | None:
    """ "471 people that the ministry says were killed": the figure stands before the clause that attributes it."""
    end = figure.evidence.end
    for claim in claims:
        mention = claim.chain[-1].source.mention if claim.chain else None
        if mention is None or not end <= mention.start < claim.spans[-1][0] or mention.start - end > APART:
            continue
        between = [token.word for token in tokens(prose.text, end, mention.start)]
        if between[-1:] and between[-1] in table.articles:
            between.pop()
        if between[-1:] and between[-1] in table.relative:
            between.pop()
        if len(between) <= NOUN and all(word[0].isalnum() and word not in table.clauses for word in between):
            return claim
    return None


def _same_breath(figure: Figure, claims: Sequence[Claim], prose: Prose, table: Words) -> Claim | None:
    """A figure behind the content in the sentence that reports it: "cut the toll to 28 | as three were twice in it"."""
    at = figure.evidence.start
    sentence = prose.sentence_at(at)
    if sentence is None:
        return None
    inside = [
        c for c in claims if sentence[0] <= c.content.start < at and c.content.end <= at and c.chain and c.chain[-1].cue
    ]
    last = max(inside, key=lambda claim: claim.content.end, default=None)
    if last is None or last.stance == "denied":
        return None
    cue, source = last.chain[-1].cue, last.chain[-1].source.mention
    if cue is None or source is None or cue.start > last.content.start or source.start > last.content.start:
        return None
    between = prose.text[last.content.end : at]
    said = {token.word for token in tokens(cue.exact)}
    if relative(source.span, prose, table):
        return None
    if ";" in between or not said & (table.say | table.toll_verbs | table.count):
        return None
    signs = [token.word for token in tokens(prose.text, last.content.end, at)]
    turned = any(sign == "," and word in table.aside for sign, word in pairwise(signs))
    return None if turned else last


# -- continuation ---------------------------------------------------------------------------------------------------


def _continued(figure: Figure, claims: Sequence[Claim], prose: Prose, table: Words) -> Decision:
    """The claim whose speaker is still speaking where no attribution covers the figure."""
    at = figure.evidence.start
    sentence = prose.sentence_at(at)
    paragraph = prose.paragraph_at(at)
    if sentence is None or paragraph is None:
        return "no-saying", None
    if claim := _quoted_on(at, claims, prose):
        return "quoted-on", claim
    opens = table.openings.match(prose.text, *sentence)
    if (opens or table.parts.search(figure.evidence.exact)) and (claim := _before(sentence[0], paragraph, claims)):
        return "goes-on" if opens else "of-them", claim
    if claim := _between(sentence, paragraph, claims):
        return "between", claim
    claim = _account(sentence, paragraph, claims, prose, table)
    return ("account", claim) if claim else ("no-saying", None)


def _before(start: int, paragraph: Span, claims: Sequence[Claim]) -> Claim | None:
    """The last claim that ends in this paragraph before `start`."""
    earlier = [claim for claim in claims if paragraph[0] <= claim.content.start < start and claim.content.end <= start]
    return max(earlier, key=lambda claim: claim.content.end, default=None)


def _between(sentence: Span, paragraph: Span, claims: Sequence[Claim]) -> Claim | None:
    """A sentence between two that one speaker says, in one paragraph, is that speaker's too."""
    inside = [claim for claim in claims if paragraph[0] <= claim.content.start]
    if any(sentence[0] <= claim.content.start < sentence[1] for claim in inside):
        return None
    before = max((c for c in inside if c.content.end <= sentence[0] + 1), key=lambda c: c.content.end, default=None)
    after = min((c for c in inside if c.content.start >= sentence[1]), key=lambda c: c.content.start, default=None)
    if before is None or after is None or not before.chain or not after.chain:
        return None
    if after.content.start > paragraph[1] + 80 or before.content.start < paragraph[0]:
        return None
    if before.chain[0].source.name != after.chain[0].source.name or sentence[0] - before.content.end > 40:
        return None
    return before


def _account(sentence: Span, paragraph: Span, claims: Sequence[Claim], prose: Prose, table: Words) -> Claim | None:
    """The person whose account goes on: a plain sentence behind one that tells, not quotes, what somebody said, unless
    it speaks of the event as known or of another time. Bodies do not go on: what stands behind their figures in a
    report is the outlet's."""
    last = prose.sentence_index(sentence[0])
    first = prose.sentence_index(paragraph[0])
    if prose.sentence_index(paragraph[1] - 1) - first >= SHORT or table.background.search(prose.text, *sentence):
        return None
    if any(sentence[0] <= claim.content.start < sentence[1] for claim in claims):
        return None
    for number in range(last - 1, max(first, last - FOLLOWED) - 1, -1):
        start, end = prose.sentences[number]
        said = [claim for claim in claims if start <= claim.content.start < end]
        if said:
            claim = max(said, key=lambda one: one.content.end)
            told = table.accounts.search(prose.text, start, end)
            return claim if _goes_on(claim, bool(told)) and (told or not _recalls(sentence, prose, table)) else None
    return None


def _goes_on(claim: Claim, told: bool) -> bool:
    """Whether the claim is a person's, in indirect speech; of a group only where it gives an account."""
    source = claim.chain[-1].source if claim.chain else None
    if source is None or source.mention is None or claim.manner == "direct" or claim.stance != "asserted":
        return False
    return source.kind == "person" or (told and source.kind in ("unnamed", None))


def _recalls(sentence: Span, prose: Prose, table: Words) -> bool:
    """Whether the sentence names the event it counts for ("the attack killed 58"), as a report does that sums up."""
    return any(token.word in table.events for token in tokens(prose.text, *sentence))


def _quoted_on(at: int, claims: Sequence[Claim], prose: Prose) -> Claim | None:
    """Inside a quotation whose speaker is named beside it: in this paragraph, in one that leaves its quotation open
    before it, or, when this one is left open, in the one that goes on with it."""
    paragraph = prose.paragraph_at(at)
    if paragraph is None or not prose.quoted(at):
        return None
    first, end = paragraph
    number = prose.paragraph_index(at)
    if prose.odd(*paragraph) and number + 1 < len(prose.paragraphs):
        end = prose.paragraphs[number + 1][1]
    while first > at - FAR and number > 0 and prose.odd(*prose.paragraphs[number - 1]):
        number -= 1
        first = prose.paragraphs[number][0]
    near = [
        c
        for c in claims
        if first <= c.content.start < end and c.manner in ("direct", "mixed") and c.chain and c.chain[0].source.mention
    ]
    earlier = [c for c in near if c.content.start < at]
    if earlier:
        return max(earlier, key=lambda claim: claim.content.start)
    return min(near, key=lambda claim: claim.content.start, default=None)
