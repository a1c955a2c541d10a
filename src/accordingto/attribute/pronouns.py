"""Who "he", "it", "they", "who", "the former" and "its" stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ..records import Span
from .mentions import read
from .phrases import apposed, before, rightwards, subject
from .speakers import Speaker, bodily, plural, source_of, surname
from .words import tokens

if TYPE_CHECKING:
    from .cast import Cast

BACK = 6
"""Sentences that are searched for the subject a pronoun stands for."""
PAIRED = 3
"""Sentences that are searched backwards for the two of whom one is "the latter"."""
_TITLED = re.compile(r"\b(?:[A-ZÀ-Þ][\w'’-]+ |[a-z]{4,} ){1,2}[A-ZÀ-Þ][\w'’-]+ [A-ZÀ-Þ][\w'’-]+")


def meant(cast: Cast, word: str, at: int) -> Speaker | None:
    """The speaker a pronoun at `at` stands for."""
    words = cast.words
    if word in words.own:
        return None
    if word in words.relative:
        return cast.because("antecedent", at, _antecedent(cast, word, at), word)
    if word in words.latter | words.former:
        return cast.because("pair", at, _pair(cast, word in words.latter, at), word)
    if word in words.person:
        told = word in words.object and cast.text[at - 5 : at].lower().endswith(tuple(w + " " for w in words.told))
        skip = 1 if told else 0
        last = last_speaker(cast, at, lambda s: _is_person(cast, s, word), skip)
        last = last or last_speaker(cast, at, lambda s: _may_be_person(cast, s, word), skip)
        if last is None:
            return cast.because("ahead", at, _ahead(cast, at, lambda s: s.source.kind == "person"), word)
        return cast.because("speaks", at, last, word)
    if word in words.body:
        last = cast.because("speaks", at, last_speaker(cast, at, bodily), word)
        return last or cast.because("ahead", at, _ahead(cast, at, lambda s: s.mention.shape == "body"), word)
    if word in words.several:
        last = _seated(cast, at) or last_speaker(cast, at, plural)
        last = last or last_speaker(cast, at, lambda s: s.source.kind != "person")
        return cast.because("speaks", at, last, word)
    return None


def _seated(cast: Cast, at: int) -> Speaker | None:
    """ "In the press service of the ministry | they reported": the body the sentence opens with."""
    start = cast.sentence_start(at)
    found = tokens(cast.text, start, at)
    last = rightwards(found, 1, cast.words) if found and found[0].word in cast.words.seats else None
    if last is None or any(token.word != "," for token in found[last + 1 :]):
        return None
    candidate = cast.candidate((found[1].start, found[last].end))
    return candidate if candidate and candidate.mention.shape == "body" else None


def _antecedent(cast: Cast, word: str, at: int) -> Speaker | None:
    """The noun phrase right before "who", or before the "who" that this one goes on from ("and who")."""
    start = cast.sentence_start(at)
    span = before(cast.text, start, at, cast.words)
    for token in tokens(cast.text, start, at) if span is None else ():
        if token.word == word:
            span = span or before(cast.text, start, token.start, cast.words)
    return cast.speaker(span) if span else None


def _pair(cast: Cast, latter: bool, at: int) -> Speaker | None:
    """One of the two sources that a sentence shortly before joins with "and"."""
    number = cast.prose.sentence_index(at)
    for start, end in reversed(cast.prose.sentences[max(0, number - PAIRED) : number + 1]):
        for one, other in _joined(cast, start, min(end, at)):
            return cast.speaker(other if latter else one)
    return None


def _joined(cast: Cast, start: int, end: int) -> Iterator[tuple[Span, Span]]:
    found = tokens(cast.text, start, end)
    for number, token in enumerate(found):
        if token.word not in cast.words.joining or not 0 < number < len(found) - 1:
            continue
        one = before(cast.text, start, token.start, cast.words)
        last = rightwards(found, number + 1, cast.words)
        if one and last is not None and not found[number - 1].possessive:
            other = apposed(cast.text, (found[number + 1].start, found[last].end), end, cast.words)
            if cast.candidate(one) and cast.candidate(other):
                yield one, other


def last_speaker(cast: Cast, at: int, fits: Callable[[Speaker], bool], skip: int = 0) -> Speaker | None:
    """The last speaker before `at` that fits: sentence by sentence backwards from the `skip`th, a sentence's
    subject first."""
    number = cast.prose.sentence_index(at)
    met = cast.earlier(at)
    for index in range(number - skip, max(-1, number - BACK), -1):
        start, end = cast.prose.sentences[index]
        speakers = [s for s in met if start <= s.at < end and fits(s)]
        if speakers:
            return speakers[0] if index < number else speakers[-1]
        found = subject(cast.text, start, min(end, at), cast.words)
        if found and found not in cast.known and (index < number or found[1] < at):
            candidate = cast.candidate(found)
            if candidate and fits(candidate):
                return candidate
        named = _person_in(cast, start, min(end, at))
        if named and fits(named):
            return named
    return next((s for s in reversed(met) if fits(s)), None)


def _person_in(cast: Cast, start: int, end: int) -> Speaker | None:
    """The last person named with a role in a stretch of text."""
    for match in reversed(list(_TITLED.finditer(cast.text, start, end))):
        mention = read(match.group(), cast.words)
        if mention.shape == "person" and mention.role:
            return Speaker(match.start(), mention, source_of(mention), surname(source_of(mention)), match.end())
    return None


def _ahead(cast: Cast, at: int, fits: Callable[[Speaker], bool]) -> Speaker | None:
    """The first fitting source that begins a later sentence, for an extract whose first sentence says "it" or "he"."""
    number = cast.prose.sentence_index(at)
    for start, end in cast.prose.sentences[number + 1 : number + 1 + BACK]:
        found = subject(cast.text, start, end, cast.words)
        candidate = cast.candidate(found) if found else None
        if candidate and fits(candidate):
            return candidate
    return None


def _is_person(cast: Cast, speaker: Speaker, word: str) -> bool:
    if speaker.mention.shape == "group" or speaker.source.kind not in ("person", "unnamed"):
        return False
    if speaker.mention.shape not in ("person", "role", "name", "other"):
        return False
    gender = "she" if word in cast.words.she else "he"
    return cast.gender.get(speaker.source.name, gender) == gender


def _may_be_person(cast: Cast, speaker: Speaker, word: str) -> bool:
    """A name of which the text does not say what it is ("Yu told reporters"): a person's, where no other is named."""
    nameless = speaker.source.kind is None and speaker.mention.shape == "name" and not speaker.mention.definite
    return nameless and _is_person(cast, replace(speaker, source=replace(speaker.source, kind="person")), word)


def note_gender(cast: Cast, word: str, name: str) -> None:
    """Remember that a name was "she" or "he"."""
    if word in cast.words.person:
        cast.gender.setdefault(name, "she" if word in cast.words.she else "he")
