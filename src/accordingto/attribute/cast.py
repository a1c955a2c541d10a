"""The speakers of one report: who is meant by "he", "the ministry", "Tasko", "SOHR" or "officials there".

Mentions are met in text order. A mention that does not name its source by itself is taken for the last speaker
it fits; failing that for somebody the text names nearby, before or (a country that turns out to be its ministry) after.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from ..prose import Prose
from ..records import CONTEXT, Evidence, Report, Source, Span
from .mentions import Mention, read
from .phrases import before, subject
from .reasons import Reason, Reasons, Rule
from .speakers import Speaker, bodily, family_name, head_of, initials, plural, source_of, surname, unopened
from .words import Words, key, tokens

Found = TypeVar("Found", bound=Speaker | Source | None)
BACK = 6
"""Sentences that are searched backwards for the subject a pronoun stands for."""
_LED = re.compile(r"(?:[A-ZÀ-ÞЀ-Я][\w'’\-]* ){1,3}$")
_TITLED = re.compile(r"\b(?:[A-ZÀ-Þ][\w'’-]+ |[a-z]{4,} ){1,2}[A-ZÀ-Þ][\w'’-]+ [A-ZÀ-Þ][\w'’-]+")


class Cast:
    """Who has spoken so far in one report."""

    def __init__(self, report: Report, prose: Prose, words: Words, reasons: Reasons | None = None) -> None:
        self.report, self.prose, self.words = report, prose, words
        self.reasons = Reasons() if reasons is None else reasons
        self.report_id = report.id
        self._full_names: dict[str, tuple[Mention, Span] | None] = {}
        self.met: list[Speaker] = []
        self.known: dict[tuple[int, int], Speaker] = {}
        self.gender: dict[str, str] = {}
        self._meeting = -1

    def meet(self, start: int, end: int) -> Source:
        """The source mentioned at `start:end`; met from now on."""
        if (start, end) in self.known:
            return self.known[start, end].source
        text = self.report.text[start:end]
        mention = read(text, self.words)
        found = self._decided(mention, start)
        evidence = self.anchor(start, end)
        source = replace(found.source if isinstance(found, Speaker) else found, mention=evidence)
        nouns = mention.nouns | (found.mention.nouns if isinstance(found, Speaker) else frozenset())
        kept = found.mention if isinstance(found, Speaker) else mention
        speaker = Speaker(start, replace(kept, nouns=nouns), source, surname(source), end)
        self.known[start, end] = speaker
        self.met.append(speaker)
        self.met.sort(key=lambda met: met.at)
        if mention.shape == "pronoun":
            self._note_gender(mention.name, source.name)
        return source

    def anchor(self, start: int, end: int) -> Evidence:
        """The words at `start:end` as evidence (the report's id, a hash, is made only once)."""
        text = self.report.text
        before, behind = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        return Evidence(self.report_id, start, end, text[start:end], before, behind, text)

    def own(self, source: Source) -> bool:
        """Whether the source is the outlet itself."""
        name = key(source.name)
        return name in self.words.own or self._is_publisher(name)

    def _is_publisher(self, name: str) -> bool:
        publisher = key(self.report.publisher or "")
        return bool(name) and bool(publisher) and (name == publisher or publisher.endswith(" " + name))

    def _decided(self, mention: Mention, at: int) -> Speaker | Source:
        """Who is meant, with the reasons noted."""
        outer, self._meeting = self._meeting, at
        self.reasons.mentions[at] = [
            Reason("listed" if mention.listed else "as-written", at, word=mention.listed, name=mention.name)
        ]
        found = self._resolved(mention, at)
        self._meeting = outer
        return found

    def _because(self, rule: Rule, at: int, found: Found, word: str | None = None, by: Span | None = None) -> Found:
        """Note why the mention at `at`, if it is the one being met, is taken for `found`, which is given back."""
        if found is not None and at == self._meeting:
            by = (found.at, found.end) if isinstance(found, Speaker) else by
            name = found.source.name if isinstance(found, Speaker) else found.name
            self.reasons.mentions[at].append(Reason(rule, at, by, word, name))
        return found

    # -- resolving ---------------------------------------------------------------------------------------------

    def _resolved(self, mention: Mention, at: int) -> Speaker | Source:
        if mention.shape == "pronoun":
            return self._pronoun(mention, at) or source_of(mention)
        if mention.shape in ("name", "person"):
            return self._named(mention, at)
        if mention.shape == "role":
            return self._role(mention, at)
        if mention.shape in ("body", "outlet", "group", "document"):
            return self._body(mention, at)
        return self._placed(mention, at)

    def _pronoun(self, mention: Mention, at: int) -> Speaker | None:
        word = mention.name
        words = self.words
        if word in words.own:
            return None
        if word in words.relative and word != "whose":
            return self._because("antecedent", at, self._antecedent(at), word)
        if word in words.latter | words.former:
            return self._because("pair", at, self._pair(word in words.latter, at), word)
        if word in words.person:
            told = word in words.object and self.report.text[at - 5 : at].lower().endswith(
                tuple(w + " " for w in words.told)
            )
            last = self._last(at, lambda s: self._is_person(s, word), 1 if told else 0)
            return self._because("speaks", at, last, word)
        if word in words.body:
            last = self._because("speaks", at, self._last(at, bodily), word)
            return last or self._because("ahead", at, self._ahead(at), word)
        if word in words.several:
            last = self._last(at, plural) or self._last(at, lambda s: s.source.kind != "person")
            return self._because("speaks", at, last, word)
        return None

    def _antecedent(self, at: int) -> Speaker | None:
        """The noun phrase right before "who" or "which"."""
        start = self._sentence_start(at)
        span = before(self.report.text, start, at, self.words)
        if span is None:
            for match in re.finditer(r"\bwho\b", self.report.text[start:at]):
                span = span or before(self.report.text, start, start + match.start(), self.words)
        return self._speaker(span) if span else None

    def _pair(self, latter: bool, at: int) -> Speaker | None:
        """One of the two that the sentence before begins with."""
        number = self.prose.sentence_index(at)
        for start, end in reversed(self.prose.sentences[max(0, number - 1) : number + 1]):
            found = subject(self.report.text, start, min(end, at), self.words)
            match = found and re.search(r"\s+and\s+", self.report.text[found[0] : found[1]])
            if found and match:
                cut = found[0] + match.start(), found[0] + match.end()
                return self._speaker((cut[1], found[1]) if latter else (found[0], cut[0]))
        return None

    def _speaker(self, span: tuple[int, int]) -> Speaker:
        self.meet(*span)
        return self.known[span]

    def _last(self, at: int, fits: Callable[[Speaker], bool], skip: int = 0) -> Speaker | None:
        """The last speaker before `at` that fits: sentence by sentence backwards from the `skip`th, a sentence's
        subject first."""
        number = self.prose.sentence_index(at)
        met = [s for s in self.met if s.at < at]
        for index in range(number - skip, max(-1, number - BACK), -1):
            start, end = self.prose.sentences[index]
            speakers = [s for s in met if start <= s.at < end and fits(s)]
            if speakers:
                return speakers[0] if index < number else speakers[-1]
            found = subject(self.report.text, start, min(end, at), self.words)
            if found and found not in self.known and (index < number or found[1] < at):
                candidate = self._candidate(found)
                if candidate and fits(candidate):
                    return candidate
            named = self._person_in(start, min(end, at))
            if named and fits(named):
                return named
        return next((s for s in reversed(met) if fits(s)), None)

    def _person_in(self, start: int, end: int) -> Speaker | None:
        """The last person named with a role in a stretch of text."""
        for match in reversed(list(_TITLED.finditer(self.report.text, start, end))):
            mention = read(match.group(), self.words)
            if mention.shape == "person" and mention.role:
                return Speaker(match.start(), mention, source_of(mention), surname(source_of(mention)), match.end())
        return None

    def _ahead(self, at: int) -> Speaker | None:
        """The first body that begins a later sentence, for an extract whose first sentence says "it"."""
        number = self.prose.sentence_index(at)
        for start, end in self.prose.sentences[number + 1 : number + 1 + BACK]:
            found = subject(self.report.text, start, end, self.words)
            candidate = self._candidate(found) if found else None
            if candidate and candidate.mention.shape == "body":
                return candidate
        return None

    def _candidate(self, span: tuple[int, int]) -> Speaker | None:
        mention = read(self.report.text[span[0] : span[1]], self.words)
        if mention.shape == "pronoun" or mention.shape == "other":
            return None
        found = self._resolved(mention, span[0])
        if isinstance(found, Speaker):
            return found
        return Speaker(span[0], mention, found, surname(found), span[1])

    def _is_person(self, speaker: Speaker, word: str) -> bool:
        if speaker.mention.shape == "group" or speaker.source.kind not in ("person", "unnamed"):
            return False
        if speaker.mention.shape not in ("person", "role", "name", "other"):
            return False
        gender = "she" if word in self.words.she else "he"
        return self.gender.get(speaker.source.name, gender) == gender

    def _note_gender(self, word: str, name: str) -> None:
        if word in self.words.person:
            self.gender.setdefault(name, "she" if word in self.words.she else "he")

    def _named(self, mention: Mention, at: int) -> Speaker | Source:
        """A person or a proper name: met before under the same surname, or named in full elsewhere in the text."""
        parts = key(mention.name).split()
        surname = parts[-1] if parts else ""
        for speaker in reversed(self.met):
            if (
                surname
                and (
                    speaker.surname == surname
                    or (len(parts) == 1 and family_name(speaker.source) == mention.name.lower())
                    or initials(speaker.source.name) == mention.name
                )
                and speaker.source.kind != "unnamed"
            ):
                return self._because("surname", at, self._fuller(speaker, mention))
        if len(parts) == 1 and mention.name[:1].isupper():
            full, where = self._full_name(mention) or (None, None)
            if full:
                self._because("full-name", at, source_of(full), by=where)
                return replace(
                    source_of(mention),
                    name=full.name,
                    kind=full.kind or "person",
                    role=mention.role or full.role,
                    affiliation=mention.affiliation or full.affiliation,
                )
        if mention.shape == "name" and set(parts) & (self.words.modifiers | self.words.heads):
            return replace(source_of(mention), kind="organisation")
        if mention.shape == "name" and not mention.definite and 2 <= len(parts) <= 4 and not mention.nouns & set(parts):
            return replace(source_of(mention), kind="person" if self._acts_as_person(mention) else None)
        return replace(source_of(mention), affiliation=self._affiliated(mention, at))

    def _affiliated(self, mention: Mention, at: int) -> str | None:
        """The body behind "its spokesman"."""
        if mention.affiliation or not mention.owner:
            return mention.affiliation
        pronoun = "it" if mention.owner in ("its", "whose") else mention.owner
        found = self._pronoun(Mention(pronoun, "pronoun"), at)
        return found.source.name if found else None

    def _fuller(self, speaker: Speaker, mention: Mention) -> Speaker:
        """The speaker with what this mention adds (a role, a longer name)."""
        source = speaker.source
        longer = (
            len(mention.name) > len(source.name) and key(mention.name).split()[-1:] == key(source.name).split()[-1:]
        )
        return replace(
            speaker,
            source=replace(
                source,
                name=mention.name if longer else source.name,
                role=source.role or mention.role,
                affiliation=source.affiliation or mention.affiliation,
                kind=source.kind or mention.kind,
            ),
        )

    def _full_name(self, mention: Mention) -> tuple[Mention, Span] | None:
        """The longer form of a surname or of initials, anywhere in the text."""
        if mention.name not in self._full_names:
            self._full_names[mention.name] = self._look_up(mention)
        return self._full_names[mention.name]

    def _look_up(self, mention: Mention) -> tuple[Mention, Span] | None:
        text = self.report.text
        if mention.name.isupper() and len(mention.name) > 1:
            inside = r"\s+(?:(?:for|of|and|the|in)\s+){0,2}".join(
                f"{letter}[\\w-]+" for letter in mention.name if letter.isalpha()
            )
            match = re.search(rf"\b{inside}\b", text) if f"({mention.name})" in text or len(mention.name) > 2 else None
            if match is None:
                return None
            return replace(read(match.group(), self.words), kind="organisation"), match.span()
        at = text.find(f" {mention.name}")
        while at > 0:
            end = at + 1 + len(mention.name)
            match = _LED.search(text, max(0, at - 60), at + 1)
            at = text.find(f" {mention.name}", end)
            if match is None or text[end : end + 1].isalnum():
                continue
            name = unopened(match.group() + mention.name, text, match.start())
            found = read(name, self.words)
            if found.shape in ("person", "name") and found.name.endswith(mention.name) and " " in found.name:
                return found, (end - len(name), end)
        return None

    def _acts_as_person(self, mention: Mention) -> bool:
        """Whether the text never puts an article before the name."""
        text = self.report.text
        return f" the {mention.name}" not in text and f"The {mention.name}" not in text

    def _role(self, mention: Mention, at: int) -> Speaker | Source:
        """ "the minister", "its spokesman": the last person with that role; else the role itself."""
        noun = head_of(mention, self.words)
        bare = self.report.text.startswith(mention.role or " ", at)
        headline = bare and at < (self.prose.sentences[0][1] if self.prose.sentences else 0)
        if headline and noun and not mention.affiliation:
            named = self._person_with_role(noun, mention, at)
            if named:
                return named
        if mention.definite and noun:
            for speaker in reversed([s for s in self.met if s.at < at]):
                role = (speaker.source.role or "").lower().split()
                if (
                    speaker.source.kind in ("person", "unnamed")
                    and (noun in role or noun in speaker.mention.nouns)
                    and self._same_place(mention, speaker)
                ):
                    return self._because("role-met", at, speaker, noun)
            named = self._person_with_role(noun, mention, at)
            if named:
                return named
        return replace(source_of(mention), affiliation=self._affiliated(mention, at))

    def _same_place(self, mention: Mention, speaker: Speaker) -> bool:
        if not mention.affiliation:
            return True
        mine = set(key(mention.affiliation).split())
        theirs = set(key(f"{speaker.source.affiliation} {speaker.source.role} {speaker.source.name}").split())
        return bool(mine & theirs)

    def _person_with_role(self, noun: str, mention: Mention, at: int) -> Source | None:
        """A person the text names with this role: "the mayor of Velmora, Anton Krizh"."""
        text = self.report.text
        name = r"[A-ZÀ-Þ][\w'’\-]+"
        behind = rf"\b{noun}\b(?:\s+(?:of|for)\s+(?:the\s+)?[A-Z][\w\-]+)?,?\s+((?:{name}\s*){{2,3}})"
        ahead = rf"((?:{name}\s){{1,2}}{name}),\s+(?:the|an?|its|their)\s+[\w\s\-]{{0,40}}\b{noun}\b"
        last = where = None
        for match in re.finditer(f"{behind}|{ahead}", text):
            if match.start() >= at and last:
                break
            found = (match.group(1) or match.group(2)).strip()
            if read(found, self.words).shape in ("name", "person"):
                last, where = found, (match.start(), match.start() + len(match.group().rstrip()))
        named = replace(source_of(mention), name=last, kind="person") if last else None
        return self._because("role-named", at, named, noun, where)

    def _body(self, mention: Mention, at: int) -> Speaker | Source:
        """ "the ministry", "the group": the last body that was called so; else as it stands."""
        head = head_of(mention, self.words)
        generic = self.words.heads | self.words.modifiers
        parts = key(mention.name).split()
        bare = mention.definite and head in self.words.heads and len(parts) <= 2 and all(w in generic for w in parts)
        if mention.shape == "document" and (mention.owner or head in self.words.issued):
            issuer = self._issuer(mention, at)
            if issuer:
                return self._because("issuer", at, issuer, head)
        if mention.owner and mention.shape in ("body", "group"):
            pronoun = "it" if mention.owner in ("its", "whose") else mention.owner
            holder = (
                self._antecedent(at) if mention.owner == "whose" else self._pronoun(Mention(pronoun, "pronoun"), at)
            )
            if holder:
                return replace(
                    source_of(mention),
                    name=f"{holder.source.name}'s {mention.name}",
                    affiliation=holder.source.name,
                    country=holder.source.country,
                )
        if bare and head:
            return self._called(head, mention, at) or self._placed(mention, at)
        same = self._same_words(mention)
        if same:
            return self._because("same-name", at, same)
        return self._placed(mention, at)

    def _issuer(self, mention: Mention, at: int) -> Speaker | None:
        if mention.owner:
            pronoun = "it" if mention.owner in ("its", "whose") else mention.owner
            return self._pronoun(Mention(pronoun, "pronoun"), at)
        if mention.affiliation or any(token.possessive for token in tokens(mention.name)):
            return None
        return self._last(
            at,
            lambda s: s.source.kind in ("government", "organisation") or s.mention.shape in ("body", "person", "role"),
        )

    def _called(self, head: str, mention: Mention, at: int) -> Speaker | Source | None:
        extra = [w for w in key(mention.name).split() if w != head]
        earlier = [s for s in self.met if s.at < at]
        for speaker in reversed(earlier):
            own_words = set(key(speaker.source.name).split()) | speaker.mention.nouns
            if speaker.mention.shape == "group" and mention.shape != "group":
                continue
            if (
                head in own_words
                and all(w in own_words for w in extra)
                and speaker.mention.shape != "role"
                and speaker.source.kind != "person"
            ):
                return self._because("called", at, speaker, head)
        if mention.name.split()[-1][:1].isupper() and extra:
            return None
        if mention.shape == "outlet" or (head == "agency" and set(extra) <= self.words.wires):
            outlet = self._last(at, lambda s: s.source.kind == "outlet") or self._outlet_nearby(at)
            if outlet:
                return self._because("outlet-near", at, outlet, head)
        found = self._phrase_with(head, extra, at)
        if found:
            return found
        if head in self.words.collective:
            whose = (
                s
                for s in reversed(earlier)
                if s.source.kind == "organisation" or (s.source.kind is None and s.mention.shape == "name")
            )
            return self._because("collective", at, next(whose, None), head)
        return None

    def _outlet_nearby(self, at: int) -> Source | None:
        """An outlet that the text names before `at` without a word of saying."""
        start = self.prose.sentences[max(0, self.prose.sentence_index(at) - 3)][0] if self.prose.sentences else 0
        for match in reversed(list(re.finditer(r"(?:[A-Z][\w\-]+\s?){1,4}", self.report.text[start:at]))):
            mention = read(match.group().strip(), self.words)
            if mention.shape == "outlet" and not self._is_publisher(key(mention.name)):
                return source_of(mention)
        return None

    def _phrase_with(self, head: str, extra: list[str], at: int) -> Source | None:
        """A fuller name with the same head somewhere before, else after: "Russia's defence | ministry"."""
        text = self.report.text
        spans = [m.span() for m in re.finditer(rf"\b{re.escape(head)}(?=\b|s\b)", text, re.IGNORECASE)]
        ordered = [s for s in reversed(spans) if s[1] < at] + [s for s in spans if s[0] > at]
        for start, end in ordered[:8]:
            sentence = self.prose.sentence_at(start) or (0, len(text))
            span = before(text, sentence[0], end, self.words)
            if not span or span[1] - span[0] <= len(head) + 5:
                continue
            mention = read(text[span[0] : span[1]], self.words)
            if (
                mention.shape in ("body", "outlet")
                and set(extra) <= set(key(mention.name).split())
                and len(key(mention.name).split()) > 1 + len(extra)
            ):
                return self._because("phrase", at, source_of(mention), head, span)
        return None

    def _same_words(self, mention: Mention) -> Speaker | None:
        """A speaker met under the same name, or whose name holds all the words of this one."""
        mine = set(key(mention.name).split())
        for speaker in reversed(self.met):
            theirs = set(key(speaker.source.name).split())
            if mine == theirs or (mention.definite and mine < theirs and len(mine) > 1):
                return speaker
        return None

    def _placed(self, mention: Mention, at: int) -> Source:
        """ "officials there": the place is the last one named with "in"."""
        source = source_of(mention)
        end = at + len(mention.name)
        if not source.name.endswith(" there"):
            if not re.match(r"\w{0,4}\s+there\b", self.report.text[end : end + 12]):
                return source
            source = replace(source, name=f"{source.name} there")
        start = max(0, self._sentence_start(at) - 300)
        places = re.findall(r"\bin ((?:the )?[A-Z][\w\-]+(?:\s[A-Z][\w\-]+)*)", self.report.text[start:at])
        return replace(source, name=f"{source.name[:-6]} in {places[-1]}") if places else source

    def _sentence_start(self, at: int) -> int:
        sentence = self.prose.sentence_at(at)
        return sentence[0] if sentence else 0
