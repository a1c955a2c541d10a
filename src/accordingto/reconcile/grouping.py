"""Questions: figures of one event that count the same people or things in the same way."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from ..records import Entry, Question, Review, fingerprint
from .counted import narrow, noun, partial, things
from .following import events
from .labels import label
from .scale import by_scale
from .tellings import tellings
from .witnesses import order


def questions(
    entries: Iterable[Entry],
    copies: Mapping[str, str],
    decisions: Sequence[Review] = (),
    named: Mapping[str, Collection[str]] | None = None,
) -> list[Question]:
    """Every figure in exactly one question; most figures first. Ids are hashes of a question's first figure.

    `decisions`: what people split, merged and renamed; `named`: the names in each report's text (`named.names`).
    """
    from .decisions import applied

    held = {entry.figure: entry for entry in entries}
    found = [
        question
        for event in events(tellings(held.values(), named))
        for question in answered([held[figure] for telling in event for figure in telling.figures])
    ]
    decided = applied(found, held, decisions) if decisions else found
    return sorted(decided, key=lambda q: (-len(q.figures), q.label, q.id))


def answered(rows: Iterable[Entry]) -> list[Question]:
    """The questions that the figures of one event answer."""
    return [
        question(kind, some)
        for kind, alike in _by_kind(sorted(rows, key=order))
        for counted in _by_counted(alike)
        for some in by_scale(counted)
    ]


def question(kind: str, rows: Sequence[Entry]) -> Question:
    """The question the figures answer, described from what most of them say."""
    ordered = sorted(rows, key=order)
    said = label(kind, ordered)
    ident = fingerprint("question", kind, ordered[0].figure)
    return Question(ident, kind, said.text, said.actor, said.place, said.period, tuple(row.figure for row in ordered))


def whole(rows: Sequence[Entry]) -> list[Entry]:
    """The figures that answer the question itself: whole tolls, asserted before possible before planned.

    Parts, increases and denials answer nothing; where there are no whole tolls, parts stand for themselves.
    """
    rows = [row for row in rows if row.stance != "denied" and row.verdict != "reject"]
    totals = [row for row in rows if row.mode == "total" and not narrow(row)]
    if not totals:
        totals = [row for row in rows if row.mode == "total"] or [row for row in rows if partial(row)] or list(rows)
    for stances in (("asserted",), ("possible",), ("planned",)):
        firm = [row for row in totals if row.stance in stances]
        if firm:
            return firm
    return totals


def _by_kind(rows: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    kinds: dict[str, list[Entry]] = defaultdict(list)
    for row in rows:
        kinds[row.kind].append(row)
    return sorted(kinds.items())


def _by_counted(rows: Sequence[Entry]) -> list[list[Entry]]:
    """Apart by nationality and, where things are counted, by what they are; the silent join the most frequent."""
    keys = {row.figure: (row.counted_country, _thing(row)) for row in rows}
    votes = Counter(keys.values())
    ranked = sorted(votes, key=lambda key: (-votes[key], key[0] or "", key[1] or ""))
    full = [key for key in ranked if not any(key != other and _fits(key, other) for other in ranked)]
    groups: dict[tuple[str | None, str | None], list[Entry]] = defaultdict(list)
    for row in rows:
        key = keys[row.figure]
        groups[next(other for other in full or ranked if key == other or _fits(key, other))].append(row)
    return list(groups.values())


def _fits(vague: tuple[str | None, str | None], full: tuple[str | None, str | None]) -> bool:
    """Whether a key that leaves something open can be the fuller one."""
    return vague != full and all(a is None or a == b for a, b in zip(vague, full, strict=True))


def _thing(row: Entry) -> str | None:
    """What is counted, where that may be things: a sector of people, or a noun."""
    if not things(row.kind):
        return None
    if row.counted_sector not in (None, "CVL"):
        return row.counted_sector
    return noun(row)
