"""Names of people at risk, withheld from everything that leaves the ledger.

Prisoners of war, asylum seekers, children, victims of sexual violence and witnesses. A name is found (`atrisk`)
by the words beside it ("Ana R…, a witness who", "the nine-year-old Jonas P…") and by the role of a source; from
then on it is withheld in every report of the ledger, and its parts (a surname) in every report that holds the
whole name. In running text each character becomes FULL BLOCK, so that offsets stay true; a field that holds a
name alone reads "[name withheld: …]", with what it is told beside (of the person or of one of their kin).

Limits, to be known before publishing: a name that stands nowhere beside such a word is not found, nor one
spelt differently in another report; words that give a person away without the name (village, kin, photograph)
stay; the length of a name can be read off the blocks; names in scripts without capitals are not found. Too
much is withheld rather than too little: whoever shares a surname with such a person in the same report too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..errors import InputError
from ..languages import table
from ..records import Claim, Report, Source
from .atrisk import STAGE, TOKEN, Words, named, quoted

if TYPE_CHECKING:
    from ..ledger import Ledger

BLOCK = "█"
_JOINT = re.compile(r"[\s\u00a0'’._+%-]{0,3}\Z")


@dataclass(frozen=True)
class Mask:
    """What is withheld: `names`, whole names (lower-case words) in every report with their group of people;
    `parts`, report id -> single words withheld in that report -> their group."""

    names: Mapping[Words, str] = field(default_factory=dict)
    parts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, ledger: Ledger) -> Mask:
        """Everything to withhold from what is written out of a ledger. Reads its reports twice."""
        return cls.over(ledger.reports, lambda report: ledger.claims(report.id), groups(ledger))

    @classmethod
    def over(
        cls,
        reports: Callable[[], Iterable[Report]],
        claims: Callable[[Report], Iterable[Claim]],
        decided: Mapping[Words, str | None] = MappingProxyType({}),
    ) -> Mask:
        """Everything to withhold from what is written out of these reports and their claims. `decided`: what people
        said of names, the group of those to withhold, None for those to show."""
        return Withheld().mask(reports, lambda report: quoted(claims(report)), decided)

    @cached_property
    def _starts(self) -> Mapping[str, tuple[Words, ...]]:
        starts: dict[str, tuple[Words, ...]] = {}
        for name in sorted(self.names, key=lambda n: (-len(n), n)):
            starts[name[0]] = (*starts.get(name[0], ()), name)
        return starts

    def text(self, words: str | None, report: str | None = None) -> str:
        """Running text of a report (its id) with every withheld name in blocks, as long as before."""
        if not words or not (self.names or self.parts):
            return words or ""
        characters = list(words)
        for start, end in self._spans(words, self.parts.get(report or "", {})):
            characters[start:end] = BLOCK * (end - start)
        return "".join(characters)

    def name(self, name: str, report: str | None = None) -> str:
        """A name alone as a report has it, or what stands in its place."""
        parts = self.parts.get(report or "", {})
        if not self.names and not parts:
            return name
        words = [word.lower() for word in TOKEN.findall(name)]
        for whole in self._in(words):
            return f"[name withheld: {self.names[whole]}]"
        for part, group in parts.items():
            if part in words and self.text(name, report) != name:
                return f"[name withheld: {group}]"
        return name

    def address(self, url: str | None) -> str | None:
        """A web address, or None when it spells a withheld name."""
        return None if url is None or self.text(url) != url else url

    def report(self, report: Report) -> Report:
        """The report as it may be seen. Its `id` may differ from the ledger's when its address is withheld."""
        if not (self.names or self.parts):
            return report
        key = report.id
        return replace(
            report,
            text=self.text(report.text, key),
            title=report.title and self.text(report.title, key),
            byline=report.byline and self.text(report.byline, key),
            name=self.text(report.name),
            url=self.address(report.url),
        )

    def held(self, text: str) -> Iterator[Words]:
        """Withheld whole names that a text holds."""
        return self._in(TOKEN.findall(text.lower()))

    def _in(self, words: list[str]) -> Iterator[Words]:
        """Withheld whole names that these lower-case words hold."""
        for number, word in enumerate(words):
            for name in self._starts.get(word, ()):
                if tuple(words[number : number + len(name)]) == name:
                    yield name

    def _spans(self, text: str, parts: Mapping[str, str]) -> Iterator[tuple[int, int]]:
        tokens = list(TOKEN.finditer(text))
        for number, token in enumerate(tokens):
            word = token.group()
            for name in self._starts.get(word.lower(), ()):
                if len(name) == 1 and word[0] != word[0].upper():
                    continue
                run = tokens[number : number + len(name)]
                if tuple(t.group().lower() for t in run) == name and _joined(text, run):
                    yield run[0].start(), run[-1].end()
                    break
            if word.lower() in parts and word[0] == word[0].upper():
                yield token.span()


OPEN = Mask()
"""Withholds nothing."""


class Withheld:
    """Names found so far in the reports of a ledger that grows, so that a report is looked through once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, tuple[Source, ...]], dict[Words, str]] = {}
        self._held: dict[tuple[str, frozenset[Words]], frozenset[Words]] = {}

    def mask(
        self,
        reports: Callable[[], Iterable[Report]],
        sources: Callable[[Report], Iterable[Source]],
        decided: Mapping[Words, str | None] = MappingProxyType({}),
    ) -> Mask:
        """What is withheld now, see Mask.over. `sources`: those a report quotes, at least all whose role is told."""
        names: dict[Words, str] = {}
        alone: dict[str, dict[str, str]] = {}
        for report in reports():
            known = report.id, tuple(source for source in sources(report) if source.role)
            if known not in self._found:
                self._found[known] = named(report, known[1])
            for name, group in self._found[known].items():
                if _shown(name, decided):
                    continue
                if len(name) > 1:
                    names.setdefault(name, group)
                else:
                    alone.setdefault(report.id, {}).setdefault(name[0], group)
        names |= {name: group for name, group in decided.items() if group is not None}
        whole, all_names = Mask(names), frozenset(names)
        for report in reports() if names else ():
            held = report.id, all_names
            if held not in self._held:
                self._held[held] = frozenset(whole.held(report.text))
            row = alone.setdefault(report.id, {}) if self._held[held] else {}
            for name in sorted(self._held[held]):
                row.update((part, names[name]) for part in name if len(part) > 1 and part not in row)
        self._held = {held: some for held, some in self._held.items() if held[1] == all_names}
        return Mask(names, alone)


class Decision(NamedTuple):
    """What a person decided on a name: withhold it as one of a group, or show it (group None)."""

    name: str
    group: str | None
    who: str
    time: str
    why: str | None


def decisions(ledger: Ledger) -> dict[Words, Decision]:
    """What people decided on names, the last decision on each."""
    found: dict[Words, Decision] = {}
    for row in ledger.decisions.audit("mask", "unmask"):
        group = group_of_anyone() if row["what"] == "mask" else None
        found[words_of(row["whom"])] = Decision(row["whom"], group, row["who"], row["time"], row["why"])
    return found


def groups(ledger: Ledger) -> dict[Words, str | None]:
    """Names people decided on to the group of those to withhold, None for those to show."""
    return {name: one.group for name, one in decisions(ledger).items()}


def decide(ledger: Ledger, what: Literal["mask", "unmask"], name: str, who: str, why: str | None) -> None:
    """Withhold a name in everything that leaves the ledger, or show it; kept in the audit log. Raises InputError."""
    if not words_of(name):
        raise InputError(f"{name!r} is no name; give it as the reports spell it, in quotation marks")
    if not who.strip():
        raise InputError("a decision on a name needs who makes it; set --reviewer or ACCORDINGTO_REVIEWER")
    if what == "unmask" and not (why or "").strip():
        raise InputError(f"showing {name!r} may put a person or their family at risk; say why it is safe (--note)")
    ledger.decisions.note(who.strip(), what, " ".join(name.split()), why)


def words_of(name: str) -> Words:
    """A name as it is compared: its words in lower case."""
    return tuple(word.lower() for word in TOKEN.findall(name))


def group_of_anyone() -> str:
    """The group of people a person withheld by name."""
    return str(table("en", STAGE)["around"]["anyone"])


def _shown(name: Words, decided: Mapping[Words, str | None]) -> bool:
    """Whether a person decided to show this name, or a longer one that it is the end of."""
    return any(
        group is None and shown[-len(name) :] == name and (len(name) > 1 or len(shown) == 1)
        for shown, group in decided.items()
    )


def _joined(text: str, run: list[re.Match[str]]) -> bool:
    return all(_JOINT.match(text[left.end() : right.start()]) for left, right in pairwise(run))
