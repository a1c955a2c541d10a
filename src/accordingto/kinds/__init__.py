"""Kinds of figure: killed, wounded, missing …, one TOML file each, merged into one list of words a language.

A file says what the kind counts (`people`, `things`, `any`), whether its numbers are a `stock` (how many there
are) or a `flow` (how many there came), of which kinds it is part (`part_of`), which it sums (`sum_of`), to which
it yields when a noun names them ("captured 200 hostages"), whether it can be `planned`, whether a `single` person
counts, which nouns it never counts (`except`), which people alone (`only`), and its words per language. Two files
may name one kind: verbs too wide for it stand in a file with `only`. A verb is a line of its principal
parts: base, -s, past, -ing, participle, then, after "|", the words that follow it; "-" stands for a form too
ambiguous to use, "_" for a blank. A new kind is a new file; two files may not claim the same words.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast, get_args

from ..errors import LanguageError

Counts = Literal["people", "things", "any"]
Measure = Literal["stock", "flow"]
Role = Literal["active", "passive", "subject", "state", "noun", "person", "act", "toll"]
"""How words of a kind stand to their count: "killed 12", "12 were killed", "12 died", "12 dead", "12 deaths",
"12 hostages" (a state people are in: a verb beside it says more), "the killing of 12", "the death toll is 12"."""

_LISTS: Mapping[str, Role] = {"state": "state", "nouns": "noun", "persons": "person", "acts": "act", "tolls": "toll"}
_PARTS = 5
_FIELDS = frozenset(
    {"kind", "counts", "measure", "part_of", "sum_of", "yields_to", "planned", "single", "except", "only"}
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of figure. `planned`: it can be a plan, so that "will" and "would" announce it; `single`: "a soldier"
    to whom it happened counts as one; `excluded`: nouns it never counts; `only`: the people it counts, when not all."""

    name: str
    counts: Counts
    measure: Measure
    part_of: tuple[str, ...] = ()
    sum_of: tuple[str, ...] = ()
    yields_to: tuple[str, ...] = ()
    planned: bool = False
    single: bool = False
    excluded: tuple[str, ...] = ()
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a phrase can mean: a kind, and the role it plays beside the count."""

    kind: Kind
    role: Role


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file: its name, its kind and its phrases per language, lower case."""

    file: str
    kind: Kind
    phrases: Mapping[str, tuple[tuple[str, Role], ...]]


@cache
def sheets() -> tuple[Sheet, ...]:
    """Every file of the folder. Raises LanguageError for a broken one."""
    entries = sorted((e for e in files(__package__).iterdir() if e.name.endswith(".toml")), key=lambda e: e.name)
    return tuple(sheet(entry.name, entry.read_text("utf-8")) for entry in entries)


@cache
def kinds() -> Mapping[str, Kind]:
    """Kinds by name; of two files with one name, the one that counts more."""
    return {one.kind.name: one.kind for one in sorted(sheets(), key=lambda one: not one.kind.only)}


@cache
def readings(language: str) -> Mapping[str, tuple[Reading, ...]]:
    """Phrases of a language with their readings. Raises LanguageError when two files claim the same words."""
    return merge(sheets(), language)


def sheet(file: str, text: str) -> Sheet:
    """The sheet a file holds. Raises LanguageError."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LanguageError(f"kinds/{file}: {error}; mend the file") from None
    words = {name: value for name, value in table.items() if isinstance(value, dict)}
    return Sheet(
        file, _kind(file, table), {language: tuple(_phrases(file, lists)) for language, lists in words.items()}
    )


def merge(found: Iterable[Sheet], language: str) -> Mapping[str, tuple[Reading, ...]]:
    """One list of phrases from many sheets. Raises LanguageError when two of them claim the same words."""
    merged: dict[str, dict[Reading, str]] = {}
    for one in found:
        for phrase, role in one.phrases.get(language, ()):
            held = merged.setdefault(phrase, {})
            for reading, file in held.items():
                if file != one.file and reading.role == role and _overlap(reading.kind.counts, one.kind.counts):
                    raise LanguageError(
                        f"kinds/{file} and kinds/{one.file} both claim {phrase!r} as {role}; keep it in one of them"
                    )
            held[Reading(one.kind, role)] = one.file
    return {phrase: tuple(held) for phrase, held in merged.items()}


def _overlap(one: Counts, other: Counts) -> bool:
    return one == other or "any" in (one, other)


def _kind(file: str, table: Mapping[str, Any]) -> Kind:
    unknown = sorted(name for name, value in table.items() if name not in _FIELDS and not isinstance(value, dict))
    if unknown:
        raise LanguageError(f"kinds/{file}: unknown field {unknown[0]!r}; expected one of {', '.join(sorted(_FIELDS))}")
    name = table.get("kind")
    if not isinstance(name, str) or not name:
        raise LanguageError(f'kinds/{file}: no kind; write kind = "…"')
    counts = _choice(file, table, "counts", get_args(Counts))
    measure = _choice(file, table, "measure", get_args(Measure))
    return Kind(
        name, cast(Counts, counts), cast(Measure, measure),
        tuple(table.get("part_of", ())), tuple(table.get("sum_of", ())),
        tuple(table.get("yields_to", ())), bool(table.get("planned", False)),
        bool(table.get("single", False)), tuple(table.get("except", ())), tuple(table.get("only", ())),
    )  # fmt: skip


def _choice(file: str, table: Mapping[str, Any], field: str, known: tuple[str, ...]) -> str:
    value = table.get(field)
    if value not in known:
        raise LanguageError(f"kinds/{file}: {field} is {value!r}; expected one of {', '.join(known)}")
    return str(value)


def _phrases(file: str, lists: Mapping[str, Any]) -> Iterator[tuple[str, Role]]:
    for name, lines in lists.items():
        if not isinstance(lines, list) or not all(isinstance(line, str) and line.strip() for line in lines):
            raise LanguageError(f"kinds/{file}: {name} must be a list of words")
        for line in lines:
            if name in ("object", "subject"):
                yield from _verb(file, line.lower(), name == "object")
            elif name in _LISTS:
                yield line.lower(), _LISTS[name]
            else:
                expected = ", ".join(["object", "subject", *_LISTS])
                raise LanguageError(f"kinds/{file}: unknown list {name!r}; expected one of {expected}")


def _verb(file: str, line: str, takes_object: bool) -> Iterator[tuple[str, Role]]:
    forms, _, tail = line.partition("|")
    parts = forms.split()
    if len(parts) != _PARTS:
        raise LanguageError(f"kinds/{file}: {line!r} has {len(parts)} forms; write base, -s, past, -ing, participle")
    phrases = ["" if part == "-" else f"{part.replace('_', ' ')} {tail.strip()}".strip() for part in parts]
    for phrase in dict.fromkeys(phrases[:-1] if takes_object else phrases):
        if phrase:
            yield phrase, "active" if takes_object else "subject"
    if takes_object and phrases[-1]:
        yield phrases[-1], "passive"
