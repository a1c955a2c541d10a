"""Origins: who each figure really goes back to. Figures that share an origin are one witness."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ..records import Entry, Origin, fingerprint
from .naming import groups, parse, same, signs
from .words import words

Key = tuple[str, str]
"""What an origin is: ("source", name), ("unnamed", name and report) or ("outlet", name)."""


def origins(entries: Iterable[Entry], copies: Mapping[str, str]) -> list[Origin]:
    """The origins of one question's figures, most figures first."""
    found = keyed(sorted(entries, key=order), copies)
    made = [_origin(key, members) for key, members in found.items()]
    return sorted(made, key=lambda origin: (-len(origin.figures), origin.name, origin.id))


def keyed(rows: Sequence[Entry], copies: Mapping[str, str]) -> dict[Key, list[Entry]]:
    """The figures of one question, in order, by what their origin is."""
    found: dict[Key, list[Entry]] = defaultdict(list)
    for entry, key in zip(rows, _keys(rows, copies), strict=True):
        found[key].append(entry)
    return found


def ident(key: Key) -> str:
    """An origin's id."""
    return fingerprint("origin", *key)


def name(key: Key, members: Iterable[Entry]) -> str:
    """An origin's name: an outlet's own, or the one its figures have most often."""
    spoken = Counter(entry.chain[-1] for entry in members if entry.chain) if key[0] != "outlet" else None
    return min(spoken, key=lambda n: (-spoken[n], -len(n), n)) if spoken else key[1]


def order(entry: Entry) -> tuple[str, str, int, int, str]:
    """The order rows are worked in, whatever the order they come in."""
    return entry.published or "", entry.report, entry.start, entry.end, entry.figure


def speaks_for(rows: Iterable[Entry]) -> dict[str, str]:
    """People to the body they speak for, as most rows have it."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row.chain and row.speaks_for:
            votes[row.chain[-1]][row.speaks_for] += 1
    return {name: max(found, key=lambda body: (found[body], body)) for name, found in votes.items()}


def outlet(entry: Entry) -> str:
    """The outlet of a figure's report."""
    return entry.publisher or entry.report_name


def _keys(rows: Sequence[Entry], copies: Mapping[str, str]) -> list[Key]:
    """The origin of every row."""
    named = groups((entry.chain[-1] for entry in rows if entry.chain), speaks_for(rows))
    outlets = _outlets(rows, copies)
    return _relayed(rows, [_key(entry, named, outlets, copies) for entry in rows])


def _key(entry: Entry, named: Mapping[str, str], outlets: Mapping[str, str], copies: Mapping[str, str]) -> Key:
    if not entry.chain:
        return "outlet", outlets[entry.report]
    name = entry.chain[-1]
    if parse(name).unnamed:
        return "unnamed", " ".join(words(name)) + "@" + copies.get(entry.report, entry.report)
    return "source", named[name]


def _outlets(rows: Sequence[Entry], copies: Mapping[str, str]) -> dict[str, str]:
    """The outlet whose own voice a report is: for copies, that of the first of them."""
    first: dict[str, str] = {}
    for entry in rows:
        first.setdefault(copies.get(entry.report, entry.report), outlet(entry))
    return {entry.report: first[copies.get(entry.report, entry.report)] for entry in rows}


def _relayed(rows: Sequence[Entry], keys: list[Key]) -> list[Key]:
    """A figure taken from an outlet whose report is here goes back to whoever that report names for it."""
    told: dict[tuple[str, int | None, int | None], Key] = {}
    for entry, key in zip(rows, keys, strict=True):
        told.setdefault((entry.publisher or "", entry.low, entry.high), key)
    known = _publishers(rows, {name for kind, name in keys if kind == "source"})
    return [
        told.get((publisher, entry.low, entry.high), ("outlet", publisher)) if (publisher := known.get(key[1])) else key
        for entry, key in zip(rows, keys, strict=True)
    ]


def _publishers(rows: Sequence[Entry], names: Iterable[str]) -> dict[str, str | None]:
    """The publisher that each name means, if any: only those that can be the same are held against each other."""
    near: dict[str, list[str]] = defaultdict(list)
    for publisher in sorted({entry.publisher for entry in rows if entry.publisher}):
        for sign in signs(publisher):
            near[sign].append(publisher)
    found = {}
    for name in names:
        beside = sorted({publisher for sign in signs(name) for publisher in near.get(sign, ())})
        found[name] = next((publisher for publisher in beside if same(name, publisher)), None)
    return found


def _origin(key: Key, members: Sequence[Entry]) -> Origin:
    reports = tuple(dict.fromkeys(entry.report for entry in members))
    return Origin(ident(key), name(key, members), tuple(entry.figure for entry in members), reports)
