"""People in private life of whom a sentence tells what puts them at risk, without a noun of a group beside the name.

"Marta E… spent a year in a cell": whose name it is decides more than how it is said. A name of two words or more
is taken for a private person's unless the report anywhere gives it an office, or puts it where places and bodies
stand, or it holds a word of their names. The words are data (`[private]` in languages/<language>/atrisk.toml).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..languages import table
from ..prose import Prose
from ..who import country_of

STAGE = "atrisk"
NEAR = 40
"""Characters before a name in which an office is looked for."""
BEFORE, BEHIND = 60, 110
"""Characters between a sign and the name it tells of."""
_LETTERS = re.compile(r"\w+")
_FRONT = re.compile(r"(?:[a-z][\w’'-]*[ \u00a0]+){1,3}\Z")
_OFFICE = re.compile(r"([a-z-]+)(?: (?:of|for|in)(?: the)?(?: [A-Z][\w’'-]*)+)?, \Z")
"""An office and the comma before its holder's name ("the mayor of Kelmin, Mira O…")."""
_PART = re.compile(r"[A-Z][\w’'-]* of\s+\Z")
"""A name that has the next as its body ("Mira O… of Open Fields")."""
_BEHIND = re.compile(r"\s*(?:,|\(|—|–)\s*((?:[\w’'-]+\s+){0,4}[\w’'-]+)")
_QUOTED = re.compile(r"[“\"«]([^”\"»]+)(?:[”\"»]|\Z)")

Signs = tuple[re.Pattern[str], str, bool]
"""Words of what puts somebody at risk, the group of people, and whether those who did wrong are not of it."""


@dataclass(frozen=True)
class _Words:
    """What a language knows of public and private people, and each group's signs."""

    signs: tuple[Signs, ...]
    public: frozenset[str]
    things: frozenset[str]
    leading: re.Pattern[str]
    agents: re.Pattern[str]
    telling: re.Pattern[str]
    back: re.Pattern[str]
    first: re.Pattern[str]
    opening: re.Pattern[str]
    guilty: re.Pattern[str]


def private(text: str, language: str, name: re.Pattern[str], not_names: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Names in a text of which a sentence tells what puts whoever bears them at risk, with their group of people; then
    all names in it that are private people's, as far as it tells, of the group `untold`."""
    words = _words(language)
    here = tuple(signs for signs in words.signs if signs[0].search(text))
    known = _people(text, name, not_names, words)
    for start, end in Prose(text, language).sentences if known and here else ():
        sentence = text[start:end]
        yield from _told(sentence, [m for m in name.finditer(sentence) if _bare(m, not_names) in known], here, words)
    yield from ((one, untold(language)) for one in sorted(known))


def untold(language: str) -> str:
    """The group of people in private life of whom nothing is told that puts them at risk."""
    return str(table(language, STAGE)["private"]["untold"])


def _told(
    sentence: str, people: list[re.Match[str]], here: tuple[Signs, ...], words: _Words
) -> Iterator[tuple[str, str]]:
    guilty = bool(people and words.guilty.search(sentence))
    for number, person in enumerate(people):
        until = people[number + 1].start() if number + 1 < len(people) else len(sentence)
        since = people[number - 1].end() if number else 0
        for signs, group, answering in here:
            if not (guilty and answering) and any(
                _about(sentence, person, sign, (since, until), words) for sign in signs.finditer(sentence)
            ):
                yield person.group(), group
                break


def _about(sentence: str, person: re.Match[str], sign: re.Match[str], reach: tuple[int, int], words: _Words) -> bool:
    """Whether a sign tells of the person: behind the name, unless the person tells it of others; before the name,
    unless the person tells or does it; or in what they say of themselves."""
    quoted = next((q for q in _QUOTED.finditer(sentence) if q.start() <= sign.start() < q.end()), None)
    if quoted and not quoted.start() < person.start() < quoted.end():
        sides = sentence[max(0, person.start() - NEAR) : person.start()], sentence[person.end() : person.end() + NEAR]
        return bool(words.first.search(quoted[1]) and any(words.opening.search(side) for side in sides))
    if sign.start() >= person.end():
        gap = sentence[person.end() : sign.end()]
        telling = words.telling.search(gap)
        near = sign.start() < min(reach[1], person.end() + BEHIND)
        return near and (not telling or bool(words.back.search(gap, telling.end())))
    own = sentence[person.end() :].lstrip(" ,")
    tells = words.agents.search(sentence[: person.start()]) or words.telling.match(own)
    return max(reach[0], person.start() - BEFORE) <= sign.start() and sign.end() <= person.start() and not tells


def _people(text: str, name: re.Pattern[str], not_names: frozenset[str], words: _Words) -> frozenset[str]:
    """Names in a text that are private people's, as far as it tells."""
    found: set[str] = set()
    others: set[str] = set()
    for match in name.finditer(text):
        bare = _bare(match, not_names)
        if bare:
            (others if _public(text, match, words) or _thing(text, match, words) else found).add(bare)
    ends = {bare.split()[-1] for bare in others}
    return frozenset(bare for bare in found - others if bare.split()[-1] not in ends)


def _bare(match: re.Match[str], not_names: frozenset[str]) -> str | None:
    """A name without the words that are none, None when fewer than two are left."""
    left = [word for word in _LETTERS.findall(match.group()) if word not in not_names]
    return " ".join(left) if len(left) > 1 and len(left[-1]) > 1 else None


def _public(text: str, match: re.Match[str], words: _Words) -> bool:
    before = _FRONT.search(text[max(0, match.start() - NEAR) : match.start()])
    behind = _BEHIND.match(text, match.end())
    office = _OFFICE.search(text, max(0, match.start() - NEAR), match.start())
    first = match.group().rpartition(" ")[0]
    around = " ".join(filter(None, (before and before[0], office and office[1], first, behind and behind[1])))
    return any(word.lower() in words.public for word in _LETTERS.findall(around))


def _thing(text: str, match: re.Match[str], words: _Words) -> bool:
    spelt = _LETTERS.findall(match.group())
    lower = {word.lower() for word in spelt}
    near = max(0, match.start() - NEAR), match.start()
    led = words.leading.search(text, *near) or _PART.search(text, *near)
    return bool(match.group().isupper() or lower & words.things or led or any(map(country_of, spelt)))


@cache
def _words(language: str) -> _Words:
    table_: dict[str, Any] = table(language, STAGE)["private"]
    return _Words(
        tuple((_any(group["signs"]), group["name"], group.get("unless_guilty", False)) for group in table_["group"]),
        frozenset(table_["public"]),
        frozenset(table_["things"]),
        _any(table_["leading"], r"\s+\Z"),
        _any(table_["agents"], r"\s+\Z"),
        *(_any(table_[one]) for one in ("telling", "back", "first", "opening", "guilty")),
    )


def _any(words: Iterable[str], then: str = "") -> re.Pattern[str]:
    """Any of some words, whole ones; a star is up to three words."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    spelt = "|".join(re.escape(word).replace(r"\*\ ", r"(?:[\w-]+\ ){0,3}?") for word in ordered)
    return re.compile(rf"\b(?:{spelt})\b{then}", re.IGNORECASE)
