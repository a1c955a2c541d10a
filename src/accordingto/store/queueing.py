"""The queue of figures to decide, in the ledger's tables: written anew for the events and questions that changed.

Functions take a connection and belong to its transaction. Reading the next figure is one look into an index.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, text, update

from ..records import Entry
from ..review.weights import Weight, moves
from . import schema, statements

EVENTS = 500
"""Events weighed in one transaction."""
MOST = 200
"""Figures found by words, at most."""
_ORDER = "moves {way}, doubts {way}, size {way}, figure {way}"
_KEY = "(moves, doubts, size, figure)"
_DOUBTS = """SELECT f.id, json_array_length(c.doubts) + json_array_length(r.doubts),
    EXISTS (SELECT 1 FROM discrepancy_figures d WHERE d.figure = f.id)
    FROM figures f JOIN claims c ON c.id = f.claim JOIN reports r ON r.id = f.report WHERE f.id IN ({marks})"""
_SEARCH = """figure IN (SELECT f.id FROM claim_words w JOIN claims c ON c.number = w.rowid
    JOIN figures f ON f.claim = c.id WHERE claim_words MATCH :words)"""
_M, _Q, _T = schema.question_figures.c, schema.queue.c, schema.tellings.c


def expect(connection: Connection, events: Iterable[int]) -> None:
    """The questions of these events were made anew: their figures have still to be weighed."""
    some = [{"event": event} for event in events]
    if some:
        connection.execute(insert(schema.unweighed).prefix_with("OR IGNORE"), some)


def weighed(connection: Connection) -> bool:
    """Whether every figure has its place."""
    return connection.execute(select(schema.unweighed.c.event).limit(1)).first() is None


def weigh(connection: Connection) -> bool:
    """Put the figures of some events that wait in their places; whether there were any."""
    waiting = list(connection.execute(select(schema.unweighed.c.event).limit(EVENTS)).scalars())
    if not waiting:
        return False
    told = connection.execute(select(_T.figures).where(_T.event.in_(waiting))).scalars()
    place(connection, [figure for figures in told for figure in figures.split()])
    connection.execute(delete(schema.unweighed).where(schema.unweighed.c.event.in_(waiting)))
    return True


def place(connection: Connection, figures: Sequence[str]) -> None:
    """Weigh these figures and all others of their questions."""
    questions = _questions(connection, figures)
    wanted = dict.fromkeys([*figures, *(one for some in questions for one in some)])
    entries = _entries(connection, wanted)
    copies = _copies(connection, {entry.report for entry in entries.values()})
    doubts = _doubts(connection, wanted)
    rows: dict[str, dict[str, Any]] = {}
    for some in questions:
        held = [entries[one] for one in some]
        moved = moves(held, copies)
        rows |= {one.figure: _row(one, moved.get(one.figure, 0), *doubts[one.figure], len(held)) for one in held}
    for one in entries.values():
        rows.setdefault(one.figure, _row(one, 0, *doubts[one.figure], 0))
    if rows:
        connection.execute(insert(schema.queue).prefix_with("OR REPLACE"), list(rows.values()))


def reweigh(connection: Connection, figures: Sequence[str]) -> None:
    """The answers to the questions of these figures may be others: what each figure of them moves is found anew."""
    for some in _questions(connection, figures):
        held = _entries(connection, some)
        moved = moves([held[one] for one in some], _copies(connection, {entry.report for entry in held.values()}))
        was: dict[str, int] = {}
        for few in statements.pieces(some):
            was |= dict(connection.execute(select(_Q.figure, _Q.moves).where(_Q.figure.in_(few))).all())
        changed = [(now, figure) for figure in some if (now := moved.get(figure, 0)) != was.get(figure)]
        statements.cursor(connection).executemany("UPDATE queue SET moves = ? WHERE figure = ?", changed)


def _row(entry: Entry, moved: int, told: int, contradicted: int, size: int) -> dict[str, Any]:
    done, doubts = int(entry.verdict is not None), told + contradicted
    return {
        "figure": entry.figure, "decided": done, "moves": moved, "doubts": doubts, "size": size, "told": told,
    }  # fmt: skip


def decided(connection: Connection, figures: Iterable[str]) -> None:
    """What was decided on these figures changed."""
    q = schema.queue
    for entry in list(statements.picked(connection, "id", figures)):
        done = int(entry.verdict is not None)
        connection.execute(update(q).where(q.c.figure == entry.figure).values(decided=done))


def contradicted(connection: Connection) -> None:
    """Discrepancies were found anew: standing in one is a doubt."""
    held = "(SELECT 1 FROM discrepancy_figures d WHERE d.figure = queue.figure)"
    connection.exec_driver_sql(f"UPDATE queue SET doubts = told + EXISTS {held} WHERE doubts <> told + EXISTS {held}")


def following(
    connection: Connection, at: Weight | None, way: int, words: str | None = None, most: int = 1
) -> list[Weight]:
    """The undecided figures after (way 1) or before (-1) a place in the queue, nearest first; the first ones without
    a place. `words`: an FTS5 expression its claim matches."""
    beyond = f"AND {_KEY} {'<' if way > 0 else '>'} (:moves, :doubts, :size, :figure)" if at else ""
    found = f"AND {_SEARCH}" if words else ""
    order = _ORDER.format(way="DESC" if way > 0 else "ASC")
    query = f"""SELECT moves, doubts, size, figure FROM queue WHERE decided = 0 {beyond} {found}
        ORDER BY {order} LIMIT :most"""
    given: dict[str, Any] = {"most": most, **(at._asdict() if at else {}), **({"words": words} if words else {})}
    return [Weight(*row) for row in connection.execute(text(query), given)]


def weight(connection: Connection, figure: str) -> Weight | None:
    """The place of a figure in the queue."""
    q = schema.queue.c
    row = connection.execute(select(q.moves, q.doubts, q.size, q.figure).where(q.figure == figure)).first()
    return Weight(*row) if row else None


def counts(connection: Connection) -> tuple[int, int]:
    """How many figures are undecided, and decided."""
    query = text("SELECT sum(decided = 0), sum(decided) FROM queue")
    row = connection.execute(query).one()
    return int(row[0] or 0), int(row[1] or 0)


def figures_of(connection: Connection, record: str) -> list[str]:
    """The figure of this id, or the figures of the claim of this id."""
    f = schema.figures.c
    return [
        str(one) for one in connection.execute(select(f.id).where((f.id == record) | (f.claim == record))).scalars()
    ]


def _questions(connection: Connection, figures: Iterable[str]) -> list[list[str]]:
    """The figures of each question that holds one of these."""
    found: dict[str, list[str]] = defaultdict(list)
    owners: dict[str, None] = {}
    for some in statements.pieces(figures):
        owners |= dict.fromkeys(connection.execute(select(_M.question).where(_M.figure.in_(some))).scalars())
    for some in statements.pieces(owners):
        for question, figure in connection.execute(select(_M.question, _M.figure).where(_M.question.in_(some))):
            found[question].append(figure)
    return list(found.values())


def _entries(connection: Connection, figures: Iterable[str]) -> dict[str, Entry]:
    return {entry.figure: entry for entry in statements.picked(connection, "id", figures)}


def _copies(connection: Connection, reports: Iterable[str]) -> Mapping[str, str]:
    c = schema.copies.c
    found: dict[str, str] = {}
    for some in statements.pieces(reports):
        found |= dict(connection.execute(select(c.report, c.original).where(c.report.in_(some))).all())
    return found


def _doubts(connection: Connection, figures: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Doubts told of each figure's claim and report, and whether it stands in a contradiction."""
    found: dict[str, tuple[int, int]] = {}
    for some in statements.pieces(figures):
        marks = ", ".join("?" * len(some))
        for figure, told, against in connection.exec_driver_sql(_DOUBTS.format(marks=marks), tuple(some)):
            found[figure] = int(told), int(against)
    return found
