"""The speakers of one report: who is meant by "he", "the ministry", "Tasko", "SOHR" or "officials there".

Mentions are met in text order. A mention that does not name its source by itself is taken for the last speaker it fits;
failing that for somebody the text names nearby, before or after. Pronouns are resolved in `pronouns`, names and roles
of people in `people`, bodies, outlets and documents in `institutions`.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import replace
from typing import TypeVar

from ..prose import Prose
from ..records import CONTEXT, Evidence, Report, Source, Span
from . import institutions, people, pronouns
from .mentions import read
from .reasons import Reason, Reasons, Rule
from .shapes import Mention
from .speakers import Speaker, source_of, surname
from .words import Words, key

Found = TypeVar("Found", bound=Speaker | Source | None)
DEEPEST = 20
"""Phrases that may wait for each other's meaning."""
REMEMBERED = 400
"""Mentions after which a speaker is no longer meant by "he" or a surname, so that a book costs no more a page."""


def _at(speaker: Speaker) -> int:
    return speaker.at


class Cast:
    """Who has spoken so far in one report."""

    def __init__(self, report: Report, prose: Prose, words: Words, reasons: Reasons | None = None) -> None:
        self.report, self.prose, self.words = report, prose, words
        self.text = report.text
        self.reasons = Reasons() if reasons is None else reasons
        self.report_id = report.id
        self.full_names: dict[str, tuple[Mention, Span] | None] = {}
        self.holders: dict[str, list[tuple[str, Span]]] = {}
        self.heads: dict[str, list[Span]] = {}
        self.met: list[Speaker] = []
        self.known: dict[Span, Speaker] = {}
        self.gender: dict[str, str] = {}
        self._meeting = -1
        self._asked: set[Span] = set()

    def meet(self, start: int, end: int) -> Source:
        """The source mentioned at `start:end`; met from now on."""
        if (start, end) in self.known:
            return self.known[start, end].source
        mention = read(self.text[start:end], self.words)
        found = self._decided(mention, start, end)
        evidence = self.anchor(start, end)
        source = replace(found.source if isinstance(found, Speaker) else found, mention=evidence)
        nouns = mention.nouns | (found.mention.nouns if isinstance(found, Speaker) else frozenset())
        kept = found.mention if isinstance(found, Speaker) else mention
        speaker = Speaker(start, replace(kept, nouns=nouns), source, surname(source), end)
        self.known[start, end] = speaker
        insort(self.met, speaker, key=_at)
        if mention.shape == "pronoun":
            pronouns.note_gender(self, mention.name, source.name)
        return source

    def earlier(self, at: int) -> list[Speaker]:
        """The speakers met before `at` that are not too long ago."""
        end = bisect_left(self.met, at, key=_at)
        return self.met[max(0, end - REMEMBERED) : end]

    def lately(self) -> list[Speaker]:
        """The last speakers of those met so far."""
        return self.met[-REMEMBERED:]

    def speaker(self, span: Span) -> Speaker:
        """The speaker mentioned at a span; met from now on."""
        self.meet(*span)
        return self.known[span]

    def candidate(self, span: Span) -> Speaker | None:
        """Who the phrase at a span would be, without meeting anybody; None for a pronoun or no source at all, and
        where the answer would rest on itself ("its spokesman … The agency") or on too many others."""
        mention = read(self.text[slice(*span)], self.words)
        if mention.shape in ("pronoun", "other") or span in self._asked or len(self._asked) >= DEEPEST:
            return None
        self._asked.add(span)
        try:
            found = self.resolved(mention, *span)
        finally:
            self._asked.remove(span)
        return found if isinstance(found, Speaker) else Speaker(span[0], mention, found, surname(found), span[1])

    def anchor(self, start: int, end: int) -> Evidence:
        """The words at `start:end` as evidence (the report's id, a hash, is made only once)."""
        before, behind = self.text[max(0, start - CONTEXT) : start], self.text[end : end + CONTEXT]
        return Evidence(self.report_id, start, end, self.text[start:end], before, behind, self.text)

    def own(self, source: Source) -> bool:
        """Whether the source is the outlet itself."""
        name = key(source.name)
        return name in self.words.own or self.is_publisher(name)

    def is_publisher(self, name: str) -> bool:
        publisher = key(self.report.publisher or "")
        return bool(name) and bool(publisher) and (name == publisher or publisher.endswith(" " + name))

    def sentence_start(self, at: int) -> int:
        sentence = self.prose.sentence_at(at)
        return sentence[0] if sentence else 0

    def because(self, rule: Rule, at: int, found: Found, word: str | None = None, by: Span | None = None) -> Found:
        """Note why the mention at `at`, if it is the one being met, is taken for `found`, which is given back."""
        if found is not None and at == self._meeting:
            by = (found.at, found.end) if isinstance(found, Speaker) else by
            name = found.source.name if isinstance(found, Speaker) else found.name
            self.reasons.mentions[at].append(Reason(rule, at, by, word, name))
        return found

    def resolved(self, mention: Mention, at: int, end: int) -> Speaker | Source:
        """Who a mention at `at:end` means: a speaker met before, or a source as it stands."""
        if mention.shape == "pronoun":
            return pronouns.meant(self, mention.name, at) or source_of(mention)
        if mention.shape in ("name", "person"):
            return people.named(self, mention, at)
        if mention.shape == "role":
            return people.role(self, mention, at, end)
        if mention.shape in ("body", "outlet", "group", "document"):
            return institutions.body(self, mention, at)
        return institutions.placed(self, mention, at)

    def _decided(self, mention: Mention, at: int, end: int) -> Speaker | Source:
        """Who is meant, with the reasons noted."""
        outer, self._meeting = self._meeting, at
        self.reasons.mentions[at] = [
            Reason("listed" if mention.listed else "as-written", at, word=mention.listed, name=mention.name)
        ]
        found = self.resolved(mention, at, end)
        self._meeting = outer
        return found
