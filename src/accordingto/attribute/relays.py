"""The sources behind and before the one who speaks: "X, citing Y", "Z told the agency, the daily reports"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..nearby import Nearby
from ..prose import Prose
from ..records import Span
from .counted import Counted
from .drafts import Draft
from .mentions import read
from .phrases import leftwards, rightwards
from .sentences import Sentence, cited_end, index, is_source, said_from, sentence, source_end, span_of, subject_before
from .words import Words, key, tokens

Relay = tuple[Span, Span | None]
CLOSE = 4
"""Characters between what is said and a source behind it that only carries it."""
REACH = 50
"""Characters of the longest phrase that names a carrier."""
ASIDE = 12
"""Words of the longest aside between a speaker and the verb that names who carries the words."""


def relayed(draft: Draft, prose: Prose, words: Words, publisher: str | None, counted: Counted) -> Draft:
    """The draft with the relays its own sentence names around source and cue."""
    if draft.source is None:
        return draft
    span = prose.sentence_at(draft.source[0])
    if span is None or draft.source[1] > span[1] + 1:
        return draft
    text = prose.text
    draft = _carried(_beside_aside(draft, text, span, words), text, words)
    assert draft.source is not None
    behind = list(draft.relays)
    outer = list(draft.outer)
    # An outlet that was told stands before the speaker only where a figure is passed on: elsewhere it is the occasion.
    counts = bool(counted.at(*draft.content))
    if counts:
        for relay in (_told(draft, text, span, words, publisher), _holds(draft, text, span, words)):
            outer.extend([relay] if relay else [])
    for match in words.citing.finditer(text, *span):
        relay = _cited(draft, text, span, match, words)
        if relay is None:
            continue
        if words.outward.fullmatch(match.group()) or _interposed(draft, match, words):
            outer[:0] = [relay] if counts else []
        else:
            behind.append(relay)
    behind += _briefed(behind[-1][0] if behind else draft.source, text, span, words)
    if not behind and not outer:
        return draft
    return replace(draft, relays=tuple(dict.fromkeys(behind)), outer=tuple(dict.fromkeys(outer)))


def framed(draft: Draft, frames: Nearby[tuple[Span, Span]], prose: Prose, counted: Counted) -> Draft:
    """ "The ministry admitted 70 deaths, | the Mail can reveal": who closes the sentence stands before its speaker."""
    end = draft.hull[1]
    for source, cue in frames.touching(end, end + CLOSE) if draft.source and counted.at(*draft.content) else ():
        if source != draft.source and prose.text[end : source[0]].strip('”" ') == ",":
            return replace(draft, outer=((source, cue), *draft.outer))
    return draft


def _cited(draft: Draft, text: str, span: Span, match: re.Match[str], words: Words) -> Relay | None:
    """The source a citing phrase names, when the phrase belongs to the draft."""
    assert draft.source is not None
    at = match.start()
    outward = words.outward.fullmatch(match.group()) is not None or _interposed(draft, match, words)
    if draft.cue and draft.cue[0] <= at < draft.cue[1] and not outward:
        return _quoted(draft, text, span, match, words)
    inside = any(start < at < end for start, end in draft.content)
    if inside and not outward and not _tail(draft, at, text):
        return None
    s = sentence(text, span, words)
    first = index(s, match.end())
    last = cited_end(s, first)
    if last is None:
        return None
    if s.found[first].start < draft.source[0] < s.found[last].end:
        last = rightwards(s.found, first, words) or last
    found = s.found[first].start, s.found[last].end
    if found[0] <= draft.source[0] < found[1] or (
        draft.source[0] <= found[0] < draft.source[1] and match.start() <= draft.source[0] + 1
    ):
        return None
    word = match.group().lower()
    document = outward and read(text[slice(*draft.source)], words).shape == "document"
    if outward and not (_outlet(text[slice(*found)], words, word) or (document and _holder(text, found, words))):
        return None
    told = words.according.fullmatch(word) and not (inside and _outlet(text[slice(*draft.source)], words, ""))
    if (told and not outward) or not _belongs(draft, s, first, last, match, words):
        return None
    return found, match.span()


def _interposed(draft: Draft, match: re.Match[str], words: Words) -> bool:
    """ "The army says, | according to | the Herald, that 12 died": the outlet stands between speaker and words."""
    within = draft.cue is not None and draft.cue[1] <= match.start() and match.end() <= draft.content[0][0]
    return within and words.according.fullmatch(match.group()) is not None


def _outlet(name: str, words: Words, citing: str) -> bool:
    """Whether the name is an outlet's: by its words, or, as somebody "was quoted by" it, by its article."""
    mention = read(name, words)
    if mention.shape == "outlet":
        return True
    return mention.shape == "name" and citing.split()[-1:] == ["by"] and name[:1].isupper() and mention.definite


def _briefed(source: Span, text: str, span: Span, words: Words) -> list[Relay]:
    """ "lawmaker Ona Reis, who was briefed by the head of the service": who told the source what it says."""
    s = sentence(text, span, words)
    here = index(s, source[0])
    last = source_end(s, here)
    reach = max(source[1], s.found[last].end if last is not None else source[1])
    match = words.briefed.search(text, source[0], min(span[1], reach + 60))
    if match is None or match.start() > reach + 2:
        return []
    first = index(s, match.end())
    end = cited_end(s, first)
    if end is None:
        end = next(
            (n - 1 for n in range(first + 1, min(first + 8, s.last + 1)) if s.word(n) in ("", ",", ".", ";")), None
        )
    if end is None or end >= len(s.found):
        return []
    found = s.found[first].start, s.found[end].end
    return [(found, match.span())] if is_source(s, found, strict=False) or " " in text[slice(*found)] else []


def _quoted(draft: Draft, text: str, span: Span, match: re.Match[str], words: Words) -> Relay | None:
    """ "It quoted an official as writing": the cue itself names a source behind the speaker."""
    s = sentence(text, span, words)
    first = index(s, match.end())
    last = cited_end(s, first)
    if last is None or draft.source is None or s.found[first].start <= draft.source[0] < s.found[last].end:
        return None
    behind = last + 1 + (s.word(last + 1) == ",")
    if behind >= s.last or not said_from(s, behind):
        return None
    return (s.found[first].start, s.found[last].end), match.span()


def _belongs(draft: Draft, s: Sentence, first: int, last: int, match: re.Match[str], words: Words) -> bool:
    """Whether the cited source stands beside this draft's source and cue: behind them, or opening the sentence."""
    assert draft.source is not None
    if draft.source[0] < match.start() and match.end() < draft.source[1]:
        return True  # "the bulletin, which is | based on figures from | the governor, lists …"
    here = draft.cue[1] if draft.cue else draft.source[1]
    ahead = match.start() >= min(here, draft.source[1]) and not re.search(
        r"[;.]", s.text[min(here, draft.source[1]) : match.start()]
    )
    if s.word(last + 1) == "," and _leads(s, index(s, match.start())):
        return ";" not in s.text[match.end() : draft.source[0]]
    between = s.text[draft.source[1] : match.start()]
    return ahead and not any(
        w in words.after
        for w in re.findall(
            r"\w+", between[(draft.cue[1] - draft.source[1]) if draft.cue and draft.cue[0] >= draft.source[1] else 0 :]
        )
    )


def _leads(s: Sentence, at: int) -> bool:
    """Whether the phrase at token `at` opens its sentence: "Citing …", "In a statement | carried by …"."""
    first = s.opening()
    return at <= first + 1 or (
        s.word(first) in s.words.account_prepositions
        and not any(s.word(n) == "," or s.word(n) in s.words.after for n in range(first, at))
    )


def _carried(draft: Draft, text: str, words: Words) -> Draft:
    """ "documents | seen by the Guardian", "a statement by the ministry | carried by Norda": the source up to there,
    and nearer to us the outlet; a report that an outlet made is the outlet's, and stays one source."""
    assert draft.source is not None
    start, end = draft.source
    match = words.outward.search(text, start, end)
    if match is None or match.start() <= start + 1:
        return draft
    before = tokens(text, start, match.start())
    while before and (before[-1].word in words.joining or not before[-1].word.isalnum()):
        before = before[:-1]
    own = text[start : before[-1].end] if before else ""
    carrier = match.end() + 1, start + len(text[start:end].rstrip(" ,"))
    made = {token.word for token in tokens(match.group())} & words.made
    document = bool(own) and read(own, words).shape == "document"
    if not own or carrier[0] >= carrier[1]:
        return draft
    if not (
        _outlet(text[slice(*carrier)], words, match.group().lower()) or (document and _holder(text, carrier, words))
    ):
        return draft
    if made and document and not set(key(own).split()) & words.issued:
        return draft
    return replace(draft, source=(start, start + len(own)), outer=(*draft.outer, (carrier, match.span())))


def _holder(text: str, holder: Span, words: Words) -> bool:
    """Whether a body that the tables know, no government's, holds the document ("shared with Amnesty")."""
    mention = read(text[slice(*holder)], words)
    return mention.listed is not None and mention.kind == "organisation"


def _beside_aside(draft: Draft, text: str, span: Span, words: Words) -> Draft:
    """ "The army, in a statement quoted by Norda, | said": who speaks stands before the aside that names the outlet."""
    if draft.source is None or draft.cue is None or draft.cue[0] < draft.source[1]:
        return draft
    s = sentence(text, span, words)
    here = index(s, draft.source[0])
    near = max(span[0], draft.source[0] - REACH), draft.source[0]
    match = next((m for m in words.outward.finditer(text, *near) if m.end() + 1 == draft.source[0]), None)
    comma = next((n for n in range(here - 1, max(0, here - ASIDE), -1) if s.word(n) == ","), None)
    first = leftwards(s.found, comma - 1, words) if comma else None
    if match is None or comma is None or first is None or match.start() < s.found[comma].start:
        return draft
    carrier = draft.source[0], draft.source[0] + len(text[slice(*draft.source)].rstrip(" ,"))
    if not _outlet(text[slice(*carrier)], words, match.group().lower()):
        return draft
    speaker = s.found[first].start, s.found[comma - 1].end
    return replace(draft, source=speaker, outer=(*draft.outer, (carrier, match.span())))


def _tail(draft: Draft, at: int, text: str) -> bool:
    """Whether the offset stands at the edge of a content, behind its last comma."""
    return any(start <= at < end and "," not in text[at:end] for start, end in draft.content)


def _told(draft: Draft, text: str, span: Span, words: Words, publisher: str | None) -> Relay | None:
    """ "survivors told the Associated Press": the outlet that was told stands between speaker and report."""
    if draft.cue is None or draft.source is None:
        return None
    s = sentence(text, span, words)
    cue = next(
        (n for n, t in enumerate(s.found) if draft.cue[0] <= t.start < draft.cue[1] and t.word in words.told), None
    )
    if cue is None:
        return None
    if s.word(cue + 1) in words.object & words.person:
        return span_of(s, cue + 1), span_of(s, cue)
    last = rightwards(s.found, cue + 1, words)
    if last is None:
        return None
    found = s.found[cue + 1].start, s.found[last].end
    listener = read(text[found[0] : found[1]], words)
    named = any(token.capital for token in s.found[cue + 1 : last + 1])
    gathers = listener.definite and s.word(last) in words.gathering
    if not (_outlet(text[slice(*found)], words, "by") or _holder(text, found, words) or gathers):
        return None
    if not (named or (listener.definite and s.word(last) not in words.public)):
        return None
    name, own = words.bodies_known.key(listener.name), words.bodies_known.key(publisher or "")
    if own and (name == own or set(name.split()) <= set(own.split()) or set(own.split()) <= set(name.split())):
        return None
    return found, (s.found[cue].start, s.found[cue].end)


def _holds(draft: Draft, text: str, span: Span, words: Words) -> Relay | None:
    """ "The Gazette has seen a letter in which | the colonel says": the outlet that holds the document."""
    assert draft.source is not None
    s = sentence(text, span, words)
    here = index(s, draft.source[0])
    if s.word(here - 1) not in words.relative or s.word(here - 2) not in words.within:
        return None
    held = next((n for n in range(here - 3, max(0, here - ASIDE), -1) if s.word(n) in words.holding), None)
    owner = subject_before(s, held) if held else None
    if held is None or owner is None or read(text[slice(*owner)], words).shape != "outlet":
        return None
    return owner, span_of(s, held)


def wire(text: str, words: Words) -> frozenset[str]:
    """Keys of the agencies that a byline or credit names: "(AFP) -", "With Reuters", "Northline" as the last line."""
    credit = re.findall(r"\(([A-Z][\w /.-]{1,40})\)\s*[-–—]", text[:400])
    tail = text.rstrip().rsplit("\n", 1)[-1][-80:]
    credit += re.findall(r"(?:\(|[-–—] ?|^|[.!?] )(?:[Ww]ith (?:input from )?)?([A-Z][\w /.-]{1,40}?)\)?\.?$", tail)
    return frozenset(words.bodies_known.key(part) for name in credit for part in re.split(r"\s*/\s*", name))


def nested(outer: Sequence[Draft], inner: Draft) -> Draft | None:
    """The innermost draft whose content holds all of `inner`."""
    if inner.source is None:
        return None
    first, last = inner.content[0][0], inner.content[-1][1] - 1
    holding = [
        draft
        for draft in outer
        if draft.content[0][0] <= first
        and draft.content[-1][1] >= last
        and draft is not inner
        and draft.source is not None
        and draft.content != inner.content
        and any(start <= inner.source[0] and inner.source[1] <= end for start, end in draft.content)
        and any(start <= inner.content[0][0] and inner.content[-1][1] <= end + 1 for start, end in draft.content)
    ]
    return min(holding, key=lambda draft: draft.hull[1] - draft.hull[0], default=None)
