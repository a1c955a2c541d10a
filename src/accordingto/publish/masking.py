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
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from unicodedata import combining, normalize

from ..atrisk import PRIVATE, STAGE, TOKEN, Words, at_risk
from ..errors import InputError
from ..languages import table
from ..records import Claim, Report

if TYPE_CHECKING:
    from ..ledger import Ledger

BLOCK = "█"
EVERYONE = "*"
"""Stands in the audit log for everyone in private life; no name has such a sign."""
NONE: Mapping[str, str] = MappingProxyType({})
_JOINT = re.compile(r"[\s\u00a0'’._+%-]{0,3}\Z")


def _unknown(report: str) -> str | None:
    return None


def folded(word: str) -> str:
    """A word as the search has it: small letters without marks."""
    return "".join(sign for sign in normalize("NFD", word.lower()) if not combining(sign))


@dataclass(frozen=True)
class Mask:
    """What is withheld: `names`, whole names (lower-case words) in every report with their group of people;
    `alone`, report id -> single words withheld in that report -> their group; `texts`: the text of a report by its id,
    from which it is told whose whole names it holds."""

    names: Mapping[Words, str] = field(default_factory=dict)
    alone: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    texts: Callable[[str], str | None] = _unknown
    _parts: dict[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, ledger: Ledger) -> Mask:
        """Everything to withhold from what is written out of a ledger, for as long as that is open."""
        ledger.names.look()
        found, everyone = ledger.names.found(), private(ledger) is not None
        found = [one for one in found if everyone or one[2] != PRIVATE]
        return _withheld(found, groups(ledger), ledger.names.text)

    @classmethod
    def over(
        cls,
        reports: Callable[[], Iterable[Report]],
        claims: Callable[[Report], Iterable[Claim]],
        decided: Mapping[Words, str | None] = MappingProxyType({}),
    ) -> Mask:
        """Everything to withhold from what is written out of these reports and their claims. `decided`: what people
        said of names, the group of those to withhold, None for those to show."""
        texts = {report.id: report.text for report in reports()}
        found = ((one.id, *told) for one in reports() for told in at_risk(one, claims(one)).items())
        return _withheld(found, decided, texts.get)

    def beside(self, ledger: Ledger) -> Mask:
        """The same mask of the same ledger, opened again."""
        made = replace(self, texts=ledger.names.text)
        made.__dict__.update(_starts=self._starts, _words=self._words)
        return made

    def parts(self, report: str | None) -> Mapping[str, str]:
        """Single words withheld in a report, with their group: those found there alone, and the parts of every whole
        name that its text holds."""
        if report is None:
            return NONE
        if report not in self._parts:
            text = self.texts(report) if self.names else None
            row = dict(self.alone.get(report, NONE))
            for name in sorted(set(self.held(text or ""))):
                row.update((part, self.names[name]) for part in name if len(part) > 1 and part not in row)
            self._parts[report] = row or NONE
        return self._parts[report]

    def asked(self, words: Collection[str], matching: Callable[[], Iterable[tuple[str, str]]]) -> Iterator[str]:
        """Reports in which one of these words (as they are searched for) is a withheld name, or part of one, among
        those matching (report, its text)."""
        yield from (one for one, row in self.alone.items() if any(folded(part) in words for part in row))
        names = [name for name in self.names if any(len(part) > 1 and folded(part) in words for part in name)]
        whole = Mask(dict.fromkeys(names, ""))
        yield from (report for report, text in (matching() if names else ()) if any(whole.held(text)))

    @cached_property
    def _words(self) -> frozenset[str]:
        """Every word that is withheld anywhere."""
        return frozenset(word for row in (*self.names, *self.alone.values()) for word in row)

    @cached_property
    def _starts(self) -> Mapping[str, tuple[Words, ...]]:
        starts: dict[str, tuple[Words, ...]] = {}
        for name in sorted(self.names, key=lambda n: (-len(n), n)):
            starts[name[0]] = (*starts.get(name[0], ()), name)
        return starts

    def text(self, words: str | None, report: str | None = None) -> str:
        """Running text of a report (its id) with every withheld name in blocks, as long as before."""
        if not words or self._words.isdisjoint(TOKEN.findall(words.lower())):
            return words or ""
        characters = list(words)
        for start, end in self._spans(words, self.parts(report)):
            characters[start:end] = BLOCK * (end - start)
        return "".join(characters)

    def name(self, name: str, report: str | None = None) -> str:
        """A name alone as a report has it, or what stands in its place."""
        words = [word.lower() for word in TOKEN.findall(name)]
        if self._words.isdisjoint(words):
            return name
        for whole in self._in(words):
            return f"[name withheld: {self.names[whole]}]"
        for part, group in self.parts(report).items():
            if part in words and self.text(name, report) != name:
                return f"[name withheld: {group}]"
        return name

    def address(self, url: str | None) -> str | None:
        """A web address, or None when it spells a withheld name."""
        return None if url is None or self.text(url) != url else url

    def report(self, report: Report) -> Report:
        """The report as it may be seen. Its `id` may differ from the ledger's when its address is withheld."""
        if not self._words:
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


def _withheld(
    found: Iterable[tuple[str, Words, str]],
    decided: Mapping[Words, str | None],
    texts: Callable[[str], str | None],
) -> Mask:
    """What is withheld of names found in reports, as people decided on them."""
    names: dict[Words, str] = {}
    alone: dict[str, dict[str, str]] = {}
    for report, name, group in found:
        if _shown(name, decided):
            continue
        if len(name) > 1:
            names.setdefault(name, group)
        else:
            alone.setdefault(report, {}).setdefault(name[0], group)
    names |= {name: group for name, group in decided.items() if group is not None}
    return Mask(names, alone, texts)


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
        if row["whom"] == EVERYONE:
            continue
        group = group_of_anyone() if row["what"] == "mask" else None
        found[words_of(row["whom"])] = Decision(row["whom"], group, row["who"], row["time"], row["why"])
    return found


def private(ledger: Ledger) -> Mapping[str, Any] | None:
    """The decision to withhold everyone in private life, whatever is told of them; None where it does not hold."""
    rows = [row for row in ledger.decisions.audit("mask", "unmask") if row["whom"] == EVERYONE]
    return rows[-1] if rows and rows[-1]["what"] == "mask" else None


def groups(ledger: Ledger) -> dict[Words, str | None]:
    """Names people decided on to the group of those to withhold, None for those to show."""
    return {name: one.group for name, one in decisions(ledger).items()}


def decide(ledger: Ledger, what: Literal["mask", "unmask"], name: str, who: str, why: str | None) -> None:
    """Withhold a name in everything that leaves the ledger, or show it; kept in the audit log. Raises InputError."""
    if name != EVERYONE and not words_of(name):
        raise InputError(f"{name!r} is no name; give it as the reports spell it, in quotation marks")
    if not who.strip():
        raise InputError("a decision on a name needs who makes it; set --reviewer or ACCORDINGTO_REVIEWER")
    if what == "unmask" and not (why or "").strip():
        raise InputError(f"showing {spelt(name)} may put people or their families at risk; say why it is safe (--note)")
    ledger.decisions.note(who.strip(), what, " ".join(name.split()), why)


def spelt(whom: str) -> str:
    """Whom a decision is on, as people are told."""
    return "everyone in private life" if whom == EVERYONE else whom


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
