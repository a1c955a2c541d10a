"""Finding names of people at risk: by the words beside them, and by the roles of sources.

The words are data (languages/<language>/atrisk.toml). The ledger keeps what was found (`store.names`); what is then
withheld, and its limits, stands in `publish.masking`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Any

from ..languages import supported, table
from ..records import Claim, Report, Source
from ..who import country_of
from .private import private, untold

Words = tuple[str, ...]
TOKEN = re.compile(r"\w+")
STAGE = "atrisk"
PRIVATE = untold("en")
"""The group of people in private life of whom nothing is told that puts them at risk."""
TABLES = (STAGE, "prose", "actors")
"""The tables of a language by which names are found."""
_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽΑ-ΩЀ-Я"
_WORD = rf"[{_UPPER}][\w’'-]*\w|[{_UPPER}]\.?"
_PARTICLE = r"(?:(?:de|del|der|den|di|da|dos|la|le|van|von|al|el|bin|bint|abu|ibn|ben)[ -])?"
NAME = rf"(?:{_WORD})(?:[ \u00a0-]{_PARTICLE}(?:{_WORD})){{0,4}}"
FULL = rf"(?:{_WORD})(?:[ \u00a0-]{_PARTICLE}(?:{_WORD})){{1,4}}"
"""A name of two words or more."""
_NAME = re.compile(NAME)
_RUN = re.compile(rf"\b(?:{_WORD})(?:[ \u00a0-]{_PARTICLE}(?:{_WORD})){{1,7}}")
"""A name with the titles before it."""


@dataclass(frozen=True)
class _Patterns:
    """The words of a language as expressions. `finders` are (words of which a text holds one or the expression
    need not be tried, expression with a group `name`, group of people); `triggers` all those words."""

    finders: tuple[tuple[frozenset[str], re.Pattern[str], str], ...]
    triggers: frozenset[str]
    roles: tuple[tuple[re.Pattern[str], str], ...]
    not_names: frozenset[str]
    offices: frozenset[str]
    articles: frozenset[str]


@cache
def rules() -> str:
    """What tells these rules of finding from others: a fingerprint of their words and of this package."""
    made, languages = blake2b(digest_size=8), files("accordingto.languages")
    for name in ("__init__.py", "private.py"):
        made.update(files(__package__).joinpath(name).read_bytes())
    for language in sorted(supported()):
        for stage in TABLES:
            made.update(languages.joinpath(language, f"{stage}.toml").read_bytes())
    return made.hexdigest()


def at_risk(report: Report, claims: Iterable[Claim] = ()) -> dict[Words, str]:
    """Names in a report that must not leave the ledger: words of the name, lower case -> group of people."""
    return {name: group for name, group in named(report, quoted(claims)).items() if group != PRIVATE}


def quoted(claims: Iterable[Claim]) -> Iterator[Source]:
    return (link.source for claim in claims for link in claim.chain)


def named(report: Report, sources: Iterable[Source]) -> dict[Words, str]:
    """Names in a report and among these sources of its claims, with their group of people, see `at_risk`, those of
    everybody else in private life (PRIVATE) among them."""
    language = report.language if report.language in supported() else "en"
    patterns = _patterns(language or "en")
    found, rest = dict[Words, str](), dict[Words, str]()
    for text in filter(None, (report.text, report.title)):
        lower = text.lower()
        here = {word for word in patterns.triggers if word in lower}
        for triggers, finder, group in patterns.finders:
            if not triggers.isdisjoint(here):
                for match in finder.finditer(text):
                    if not _proper(match):
                        _add(found, match.group("name"), group, patterns)
        for name, group in private(text, language or "en", _RUN, patterns.not_names):
            _add(rest if group == PRIVATE else found, name, group, patterns)
    for source in sources:
        if source.role and source.kind in (None, "person"):
            for role, group in patterns.roles:
                if role.match(source.role):
                    _add(found, source.name, group, patterns)
    return rest | found


def _proper(match: re.Match[str]) -> bool:
    """Whether the noun is itself part of a name ("Refugee Agency", "Boys Club"): capital within a sentence."""
    noun = match.groupdict().get("noun") or ""
    before = match.string[: match.start()].rstrip(" \"“”‘'(—–-")
    return noun[:1].isupper() and not noun[:2].isupper() and bool(before) and before[-1] not in ".!?…:;\n"


def _add(found: dict[Words, str], names: str, group: str, patterns: _Patterns) -> None:
    """Keep the names in some words, unless they are of bodies ("The Orlan Brigade") or of holders of an office; a name
    of three words or more also by its last two, since the first may only open the sentence."""
    if any(word in patterns.offices for word in TOKEN.findall(names)):
        return
    for name in _NAME.findall(names):
        if name.partition(" ")[0] in patterns.articles:
            continue
        words = [word for word in TOKEN.findall(name) if word not in patterns.not_names]
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


@cache
def _patterns(language: str) -> _Patterns:
    words: dict[str, Any] = table(language, STAGE)
    around = words["around"]
    tried, roles = [], []
    for group in words["group"]:
        tried += [(triggers, pattern, group["name"]) for triggers, pattern in _finders(group, around)]
        roles.append((_role(group, around), group["name"]))
    finders = [
        (frozenset(word.partition(" *")[0] for word in triggers), finder, group) for triggers, finder, group in tried
    ]
    finders += [(frozenset([""]), pattern, words["ages"]["group"]) for pattern in _aged(words["ages"], around)]
    return _Patterns(
        tuple(finders),
        frozenset(word for triggers, _, _ in finders for word in triggers),
        tuple(roles),
        *(frozenset(around[one]) for one in ("not_names", "offices", "definite")),
    )


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
    barred = _any([*around["between"], *around["holders"]])
    marked, inner = tuple(group["marked"]), rf"(?:(?!{barred}\b)[a-z][\w-]*\s+){{0,2}}?"
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
    yield re.compile(rf"\b(?P<name>{FULL}),?\s+{_any(around['copulas'])}\s+(?:{_any(ages['only'])}\s+)?{young}\b{then}")
    yield re.compile(rf"\b{_any(ages['of'])}\s+{young},\s+(?P<name>{FULL})")
    yield re.compile(rf"\b(?P<name>{NAME}),?\s+(?:{aged}\s+{young}\b|{_any(around['copulas'])}\s+{young}\s+{old})")
