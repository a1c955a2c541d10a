"""One file of a kind: what it may say, and the errors that say where it is wrong.

A file says what the kind counts (`people`, `things`, `any`), whether its numbers are a `stock` (how many there are)
or a `flow` (how many there came), of which kinds it is part (`part_of`), which it sums (`sum_of`), out of which its
numbers come (`out_of`: the killed out of the deployed, so that what comes out of them cannot be more), to which it
yields when a noun names them ("captured 200 hostages"), whether it can be `planned`, whether a `single` person
counts, which nouns it never counts (`except`), which people alone (`only`: it wins over a kind that counts all), by
whom alone its verbs are done (`by`), and its words per language. A verb is a line of its principal parts: base, -s,
past, -ing, participle, then, after "|", the words that follow it; "-" stands for a form too ambiguous to use, "_" for a
blank.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from ..errors import LanguageError

Counts = Literal["people", "things", "any"]
Measure = Literal["stock", "flow"]
Role = Literal["active", "passive", "subject", "state", "noun", "person", "act", "toll"]
"""How words of a kind stand to their count: "killed 12", "12 were killed", "12 died", "12 dead", "12 deaths",
"12 hostages" (a state people are in: a verb beside it says more), "the killing of 12", "the death toll is 12"."""

_LISTS: Mapping[str, Role] = {"state": "state", "nouns": "noun", "persons": "person", "acts": "act", "tolls": "toll"}
_PARTS = 5
_NAMES = ("part_of", "sum_of", "out_of", "yields_to", "except", "only", "by")
_SWITCHES = ("planned", "single")
_FIELDS = ("kind", "counts", "measure", *_NAMES, *_SWITCHES)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of figure. `planned`: it can be a plan, so that "will" and "would" announce it; `single`: "a soldier"
    to whom it happened counts as one; `excluded`: nouns it never counts; `only`: the people it counts, when not all;
    `by`: those who do it, when its verbs are too wide to tell."""

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
    out_of: tuple[str, ...] = ()
    by: tuple[str, ...] = ()


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


class _Wrong(Exception):
    """What is wrong in a file, and the words to look for its line by."""

    def __init__(self, message: str, words: str = "") -> None:
        super().__init__(message)
        self.words = words


def sheet(file: str, text: str) -> Sheet:
    """The sheet a file holds; `file` is its path as the user knows it. Raises LanguageError: file, line, remedy."""
    try:
        table = tomllib.loads(text)
        phrases = {name: tuple(_phrases(value)) for name, value in table.items() if isinstance(value, dict)}
        return Sheet(file, _kind(table), phrases)
    except tomllib.TOMLDecodeError as error:
        told = str(error).replace("end of document", f"line {len(text.splitlines())}, the end of the file")
        raise LanguageError(f"{file}: {told}; mend the file") from None
    except _Wrong as wrong:
        lines = enumerate(text.splitlines(), 1)
        line = next((number for number, said in lines if wrong.words and wrong.words in said), 1)
        raise LanguageError(f"{file}, line {line}: {wrong}") from None


def _kind(table: Mapping[str, Any]) -> Kind:
    fields = {name: value for name, value in table.items() if not isinstance(value, dict)}
    unknown = next((name for name in fields if name not in _FIELDS), None)
    if unknown:
        raise _Wrong(f"unknown field {unknown!r}; expected one of {', '.join(sorted(_FIELDS))}", unknown)
    name = fields.get("kind")
    if not isinstance(name, str) or not name:
        raise _Wrong('no kind; write kind = "…"', "kind")
    counts, measure = _choice(fields, "counts", get_args(Counts)), _choice(fields, "measure", get_args(Measure))
    lists = {field: _names(fields, field) for field in _NAMES}
    return Kind(
        name, cast(Counts, counts), cast(Measure, measure), lists["part_of"], lists["sum_of"], lists["yields_to"],
        _switch(fields, "planned"), _switch(fields, "single"), lists["except"], lists["only"], lists["out_of"],
        lists["by"],
    )  # fmt: skip


def _choice(fields: Mapping[str, Any], field: str, known: tuple[str, ...]) -> str:
    value = fields.get(field)
    if value not in known:
        raise _Wrong(f"{field} is {value!r}; expected one of {', '.join(known)}", field)
    return str(value)


def _names(fields: Mapping[str, Any], field: str) -> tuple[str, ...]:
    value = fields.get(field, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _Wrong(f"{field} is {value!r}; expected a list of words in brackets", field)
    return tuple(value)


def _switch(fields: Mapping[str, Any], field: str) -> bool:
    value = fields.get(field, False)
    if not isinstance(value, bool):
        raise _Wrong(f"{field} is {value!r}; expected true or false", field)
    return value


def _phrases(lists: Mapping[str, Any]) -> Iterator[tuple[str, Role]]:
    for name, lines in lists.items():
        if not isinstance(lines, list) or not all(isinstance(line, str) and line.strip() for line in lines):
            raise _Wrong(f"{name} must be a list of words", name)
        for line in lines:
            if name in ("object", "subject"):
                yield from _verb(line.lower(), name == "object")
            elif name in _LISTS:
                yield line.lower(), _LISTS[name]
            else:
                raise _Wrong(
                    f"unknown list {name!r}; expected one of {', '.join(['object', 'subject', *_LISTS])}", name
                )


def _verb(line: str, takes_object: bool) -> Iterator[tuple[str, Role]]:
    forms, _, tail = line.partition("|")
    parts = forms.split()
    if len(parts) != _PARTS:
        raise _Wrong(f"{line!r} has {len(parts)} forms; write base, -s, past, -ing, participle", line)
    phrases = ["" if part == "-" else f"{part.replace('_', ' ')} {tail.strip()}".strip() for part in parts]
    for phrase in dict.fromkeys(phrases[:-1] if takes_object else phrases):
        if phrase:
            yield phrase, "active" if takes_object else "subject"
    if takes_object and phrases[-1]:
        yield phrases[-1], "passive"
