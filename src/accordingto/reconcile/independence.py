"""Why two figures are one witness, in words: "same origin as herald-0114: both go back to Budanov (13 January 2025)".

Every figure of an origin is tied to the earliest one of another report; the first report has nothing to be tied to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..records import Entry
from .days import Days, day
from .labels import dated
from .naming import parse, same
from .saying import said
from .witnesses import order, origins, outlet
from .words import section


class Tie(NamedTuple):
    """A figure, the earlier figure of another report that has the same origin, and why."""

    figure: str
    other: str
    words: str


def ties(entries: Iterable[Entry], copies: Mapping[str, str]) -> list[Tie]:
    """The ties among the figures of one question."""
    rows = {entry.figure: entry for entry in entries}
    return [
        tie for origin in origins(rows.values(), copies) for tie in tied((rows[one] for one in origin.figures), copies)
    ]


def tied(members: Iterable[Entry], copies: Mapping[str, str]) -> list[Tie]:
    """The ties among figures that have one origin."""
    held = sorted(members, key=order)
    found = ((row, _nearest(row, held, copies)) for row in held)
    return [Tie(row.figure, earlier.figure, _words(row, earlier, copies)) for row, earlier in found if earlier]


def _nearest(row: Entry, members: Sequence[Entry], copies: Mapping[str, str]) -> Entry | None:
    """The earliest figure of another report, before the row's: of a copy, else of the same name, else any."""
    before = [one for one in members if one.report != row.report and order(one) < order(row)]
    copied = [one for one in before if _copied(one, row, copies)]
    named = [one for one in before if one.chain[-1:] == row.chain[-1:]]
    return next(iter(copied or named or before), None)


def _copied(one: Entry, other: Entry, copies: Mapping[str, str]) -> bool:
    return one.report in copies and copies[one.report] == copies.get(other.report)


def _words(row: Entry, other: Entry, copies: Mapping[str, str]) -> str:
    told = section("ties")
    return str(told["tie"]).format(
        report=other.report_name, why=told[_why(row, other, copies)].format(**_names(row, other))
    )


def _why(row: Entry, other: Entry, copies: Mapping[str, str]) -> str:
    if _copied(row, other, copies):
        return "copy"
    if not row.chain and not other.chain:
        return "outlet"
    if row.chain and same(row.chain[-1], outlet(other)):
        return "cites"
    if not row.chain or not other.chain:
        return "relayed"
    one, two = row.chain[-1], other.chain[-1]
    if one == two:
        return "source"
    if row.speaks_for or other.speaks_for:
        return "speaks"
    return "stands" if parse(one).bare or parse(two).bare else "spelt"


def _names(row: Entry, other: Entry) -> dict[str, str]:
    one, two = (entry.chain[-1] if entry.chain else outlet(entry) for entry in (row, other))
    speaker, body = (one, row.speaks_for or two) if row.speaks_for else (two, other.speaks_for or one)
    told = {at for entry in (row, other) if (at := day(said(entry))) is not None}
    when = f" ({dated(Days(at, at))})" if len(told) == 1 and (at := next(iter(told))) else ""
    return {"one": one, "other": two, "outlet": outlet(other), "speaker": speaker, "body": body, "when": when}
