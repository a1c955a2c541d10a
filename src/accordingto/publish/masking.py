"""Names of people at risk, withheld from everything that leaves the ledger.

Prisoners of war, asylum seekers, children, victims of sexual violence and witnesses (the words are data:
languages/<language>/atrisk.toml). A name is found by the words beside it ("Ana R…, a witness who", "the
nine-year-old Jonas P…") and by the role of a source; from then on it is withheld in every report of the
ledger, and its parts (a surname) in every report that holds the whole name. In running text each character
becomes FULL BLOCK, so that offsets stay true; a field that holds a name alone reads "[name withheld: …]".

Limits, to be known before publishing: a name that stands nowhere beside such a word is not found, nor one
spelt differently in another report; words that give a person away without the name (village, kin, photograph)
stay; the length of a name can be read off the blocks; names in scripts without capitals are not found. Too
much is withheld rather than too little: whoever shares a surname with such a person in the same report too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import pairwise
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ..errors import InputError
from ..languages import supported, table
from ..records import Claim, Report, Source
from ..who import country_of

if TYPE_CHECKING:
    from ..ledger import Ledger

Words = tuple[str, ...]
BLOCK = "█"
STAGE = "atrisk"
_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽΑ-ΩЀ-Я"
_WORD = rf"[{_UPPER}][\w’'-]*\w|[{_UPPER}]\.?"
_PARTICLE = r"(?:(?:de|del|der|den|di|da|dos|la|le|van|von|al|el|bin|bint|abu|ibn|ben)[ -])?"
NAME = rf"(?:{_WORD})(?:[ \u00a0-]{_PARTICLE}(?:{_WORD})){{0,4}}"
FULL = rf"(?:{_WORD})(?:[ \u00a0-]{_PARTICLE}(?:{_WORD})){{1,4}}"
"""A name of two words or more."""
_NAME = re.compile(NAME)
_TOKEN = re.compile(r"\w+")
_JOINT = re.compile(r"[\s\u00a0'’._+%-]{0,3}\Z")


@dataclass(frozen=True)
class _Patterns:
    """The words of a language as expressions. `finders` are (words of which a text holds one or the expression
    need not be tried, expression with a group `name`, group of people)."""

    finders: tuple[tuple[tuple[str, ...], re.Pattern[str], str], ...]
    roles: tuple[tuple[re.Pattern[str], str], ...]
    not_names: frozenset[str]
    offices: frozenset[str]


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
        return Withheld().mask(reports, lambda report: _sources(claims(report)), decided)

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
        words = [word.lower() for word in _TOKEN.findall(name)]
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
        return self._in(_TOKEN.findall(text.lower()))

    def _in(self, words: list[str]) -> Iterator[Words]:
        """Withheld whole names that these lower-case words hold."""
        for number, word in enumerate(words):
            for name in self._starts.get(word, ()):
                if tuple(words[number : number + len(name)]) == name:
                    yield name

    def _spans(self, text: str, parts: Mapping[str, str]) -> Iterator[tuple[int, int]]:
        tokens = list(_TOKEN.finditer(text))
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
        self._found: dict[Hashable, dict[Words, str]] = {}
        self._held: dict[tuple[Hashable, frozenset[Words]], frozenset[Words]] = {}

    def mask(
        self,
        reports: Callable[[], Iterable[Report]],
        sources: Callable[[Report], Iterable[Source]],
        decided: Mapping[Words, str | None] = MappingProxyType({}),
        key: Callable[[Report], Hashable] = attrgetter("id"),
    ) -> Mask:
        """What is withheld now, see Mask.over. `sources`: those a report quotes; `key`: another one for a report whose
        claims were read anew."""
        names: dict[Words, str] = {}
        alone: dict[str, dict[str, str]] = {}
        for report in reports():
            known = key(report)
            if known not in self._found:
                self._found[known] = _at_risk(report, sources(report))
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
            held = key(report), all_names
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
    return tuple(word.lower() for word in _TOKEN.findall(name))


def group_of_anyone() -> str:
    """The group of people a person withheld by name."""
    return str(table("en", STAGE)["around"]["anyone"])


def _shown(name: Words, decided: Mapping[Words, str | None]) -> bool:
    """Whether a person decided to show this name, or a longer one that it is the end of."""
    return any(
        group is None and shown[-len(name) :] == name and (len(name) > 1 or len(shown) == 1)
        for shown, group in decided.items()
    )


def at_risk(report: Report, claims: Iterable[Claim] = ()) -> dict[Words, str]:
    """Names in a report that must not leave the ledger: words of the name, lower case -> group of people."""
    return _at_risk(report, _sources(claims))


def _sources(claims: Iterable[Claim]) -> Iterator[Source]:
    return (link.source for claim in claims for link in claim.chain)


def _at_risk(report: Report, sources: Iterable[Source]) -> dict[Words, str]:
    patterns = _patterns(report.language if report.language in supported() else "en")
    found: dict[Words, str] = {}
    for text in filter(None, (report.text, report.title)):
        lower = text.lower()
        for triggers, finder, group in patterns.finders:
            if any(word.partition(" *")[0] in lower for word in triggers):
                for match in finder.finditer(text):
                    if not _proper(match):
                        _add(found, match.group("name"), group, patterns)
    for source in sources:
        if source.role and source.kind in (None, "person"):
            for role, group in patterns.roles:
                if role.match(source.role):
                    _add(found, source.name, group, patterns)
    return found


def _proper(match: re.Match[str]) -> bool:
    """Whether the noun is itself part of a name ("Refugee Agency", "Boys Club"): capital within a sentence."""
    noun = match.groupdict().get("noun") or ""
    before = match.string[: match.start()].rstrip(" \"“”‘'(—–-")
    return noun[:1].isupper() and not noun[:2].isupper() and bool(before) and before[-1] not in ".!?…:;\n"


def _add(found: dict[Words, str], names: str, group: str, patterns: _Patterns) -> None:
    """Keep the names in some words, unless they belong to holders of an office; a name of three words or more
    also by its last two, since the first may only open the sentence."""
    if any(word in patterns.offices for word in _TOKEN.findall(names)):
        return
    for name in _NAME.findall(names):
        words = [word for word in _TOKEN.findall(name) if word not in patterns.not_names]
        while len(words) > 2 and country_of(words[0]):
            words = words[1:]
        shouted = len(words) == 1 and words[0].isupper()
        if not words or shouted or _nationality(words) or len("".join(words)) < 3:
            continue
        key = tuple(word.lower() for word in words)
        found.setdefault(key, group)
        if len(key) > 2:
            found.setdefault(key[-2:], group)


def _nationality(words: list[str]) -> bool:
    """Whether the words are a country or its people ("a nine-year-old Syrian", "North Koreans"), not a name."""
    if len(words) == 1:
        return country_of(words[0]) is not None
    country = country_of(" ".join(words))
    return country is not None and country not in (country_of(word) for word in words)


def _joined(text: str, run: list[re.Match[str]]) -> bool:
    return all(_JOINT.match(text[left.end() : right.start()]) for left, right in pairwise(run))


@cache
def _patterns(language: str) -> _Patterns:
    words: dict[str, Any] = table(language, STAGE)
    around = words["around"]
    finders, roles = [], []
    for group in words["group"]:
        finders += [(triggers, pattern, group["name"]) for triggers, pattern in _finders(group, around)]
        roles.append((_role(group, around), group["name"]))
    finders += [(("",), pattern, words["ages"]["group"]) for pattern in _aged(words["ages"], around)]
    return _Patterns(tuple(finders), tuple(roles), frozenset(around["not_names"]), frozenset(around["offices"]))


def _any(words: Iterable[str]) -> str:
    """Alternatives, the longest first; case does not matter in them, a star is up to three words."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?i:" + "|".join(re.escape(word).replace(r"\*\ ", r"(?:[\w-]+\ ){0,3}?") for word in ordered) + ")"


def _adjectives(around: Mapping[str, Any]) -> str:
    """Up to four words before a noun, none of which begins another phrase."""
    return rf"(?:(?!{_any(around['between'])}\b)[\w’'-]+[ \u00a0]){{0,4}}?"


def _ends(around: Mapping[str, Any]) -> str:
    return rf"(?=\s*(?:[^\w\s'’-]|\Z)|\s+{_any(around['after'])}\b|\s*\n)"


def _finders(group: Mapping[str, Any], around: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], re.Pattern[str]]]:
    nouns, plurals, clauses = tuple(group["nouns"]), tuple(group["plurals"]), tuple(group["clauses"])
    naming = rf"(?:,?\s+{_any(around['naming'])})?[ \u00a0]"
    several = rf"(?P<name>{NAME}(?:,\s+{NAME})*,?\s+{_any(around['and'])}\s+{NAME})"
    yield nouns, re.compile(rf"\b(?P<noun>{_any(nouns)})\b{naming}(?P<name>{NAME})")
    yield plurals, re.compile(rf"\b(?P<noun>{_any(plurals)})\b{naming}{several}")
    one = rf"(?:{_any(nouns)}|{_any(around['singling'])}\s+(?:[\w-]+\s+){{0,3}}?{_any(plurals)})"
    yield (*nouns, *plurals), re.compile(rf"\b{one},\s+(?P<name>{FULL})(?=,|\s+\()")
    noun = rf"(?:{_any(around['articles'])}\s+{_adjectives(around)})?{_any(nouns)}\b{_ends(around)}"
    yield nouns, re.compile(rf"\b(?P<name>{NAME})(?:,\s+|\s+\(|\s+[—–-]\s+|,?\s+{_any(around['copulas'])}\s+){noun}")
    if clauses:
        yield clauses, re.compile(rf"\b(?P<name>{NAME}),?\s+{_any(clauses)}\b")
    yield nouns, re.compile(rf"\b{_any(nouns)},\s+(?P<name>{_WORD}),(?=\s+[a-z])")
    some = rf"{_any(around['singling'])}\s+{_adjectives(around)}{_any(plurals)}\b"
    yield plurals, re.compile(rf"\b(?P<name>{FULL})(?:,\s+|\s+\(|\s+[—–-]\s+){some}")
    marked, inner = tuple(group["marked"]), rf"(?:(?!{_any(around['between'])}\b)[a-z][\w-]*\s+){{0,2}}?"
    yield marked, re.compile(rf"\b{_any(marked)}\s+{inner}(?P<name>{FULL})")
    yield marked, re.compile(rf"\b{_any(marked)}\s+(?:[a-z][\w-]*\s+)?[a-z][\w-]*,\s+(?P<name>{FULL}),")
    told = tuple(group["told"])
    yield from ((told, pattern) for pattern in _told(told, around))


def _told(told: Iterable[str], around: Mapping[str, Any]) -> Iterator[re.Pattern[str]]:
    """A name of which the same clause tells something, or tells it of a pronoun; no other name stands between."""
    word = rf"(?!{_any(around['others'])}\b)[a-z0-9][\w’'-]*"
    age, gap = r"(?:,\s+\d{1,3},)?", rf"(?:,?\s+{word}){{0,4}}?,?\s+"
    yield re.compile(rf"\b(?P<name>{FULL}){age}{gap}{_any(told)}\b")
    meant, them = _any(around["pronouns"]), _any(around["objects"])
    far = r"(?:,?\s+[a-z][\w’'-]*){0,6}?\s+"
    yield re.compile(rf"\b(?P<name>{FULL}){age}{far}{meant}(?:\s+[a-z][\w’'-]*){{0,3}}?\s+{_any(told)}\b")
    yield re.compile(rf"\b(?P<name>{FULL}){age}{far}{_any(told)}\s+{them}\b")


def _role(group: Mapping[str, Any], around: Mapping[str, Any]) -> re.Pattern[str]:
    return re.compile(rf"\s*{_adjectives(around)}{_any(group['nouns'])}\b{_ends(around)}")


def _aged(ages: Mapping[str, Any], around: Mapping[str, Any]) -> Iterator[re.Pattern[str]]:
    numbers = "|".join(str(age) for age in range(ages["adult"] - 1, -1, -1))
    young = rf"(?<![\w-])(?:{numbers}|{_any(ages['words'])})"
    old, aged, article = _any(ages["old"]), _any(ages["aged"]), rf"(?:{_any(around['articles'])}\s+)?"
    yield re.compile(rf"{young}[ -]{old}\s+(?:\w+\s+)??(?P<name>{NAME})")
    yield re.compile(rf"\b(?P<name>{FULL})(?:,\s+|\s+\(){article}{young}(?:[ -]{old}|(?=[,;)]))")
    then = rf"(?=\s*[,.;]|\s+{_any(ages['then'])}\b)"
    yield re.compile(
        rf"\b(?P<name>{FULL}),?\s+{_any(around['copulas'])}\s+(?:{_any(ages['only'])}\s+)?(?:{numbers})\b{then}"
    )
    yield re.compile(rf"\b(?P<name>{NAME}),?\s+(?:{aged}\s+{young}\b|{_any(around['copulas'])}\s+{young}\s+{old})")
