"""Statements and shapes the store is made of: what is selected and inserted, and rows to records.

Functions that take a connection belong to the transaction it is in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, Table, delete, exists, func, insert, select, text, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.elements import ColumnElement

from ..reconcile.decisions import GROUPING
from ..records import Discrepancy, Entry, Question, Report
from ..review import corrections
from . import rows, schema

T = TypeVar("T", str, int)
CHUNK = 500
"""Values in one IN (…), rows fetched at a time."""
MET = (
    "f.counted", "'people' || f.counted_country", "'sector' || f.counted_sector", "f.place",
    "'place' || f.place_country", "'geo' || f.geonames", "replace(c.chain, char(31), ' ')", "r.publisher",
)  # fmt: skip
"""What of a question's figures it is found by."""
DESCRIBED = """INSERT INTO question_terms (question, kind, figures, told, met)
    SELECT q.id, q.kind, count(*), q.label || ' ' || replace(q.kind, 'other:', ''),
           {met}
    FROM questions q JOIN question_figures m ON m.question = q.id JOIN figures f ON f.id = m.figure
    JOIN claims c ON c.id = f.claim JOIN reports r ON r.id = f.report WHERE {wanted} GROUP BY q.id
    ON CONFLICT (question) DO UPDATE SET
        kind = excluded.kind, figures = excluded.figures, told = excluded.told, met = excluded.met"""
"""What questions are found by, from the columns of their figures."""
LINES = "\n"
"""Between the corrections of a figure."""
LAST = "9999"
"""A time after every verdict."""
CORRECTED = """(SELECT group_concat(correction, char(10)) FROM (
    SELECT v.correction FROM reviews v
    WHERE v.record = figures.id AND v.verdict = 'correct' AND v.sample IS NULL AND v.time < :before AND NOT EXISTS (
        SELECT 1 FROM reviews w WHERE w.refers = v.number AND w.verdict = 'withdraw' AND w.time < :before)
    ORDER BY v.number))"""
"""The corrections of a figure that hold, in the order they were given."""
_R, _C, _F, _V = schema.reports.c, schema.claims.c, schema.figures.c, schema.reviews.c
_L = schema.links.c
REVIEW = tuple(
    _V[name] for name in ("record", "verdict", "reviewer", "time", "note", "correction", "number", "refers", "sample")
)
"""The columns of a Review in its order."""


def holds(before: str | None = None) -> tuple[ColumnElement[bool], ...]:
    """Whether a verdict was not given blind nor withdrawn; with a time, by then."""
    later = schema.reviews.alias("later").c
    withdrawn = exists().where(later.refers == _V.number, later.verdict == "withdraw", *_by(later, before))
    return (_V.sample.is_(None), _V.verdict != "withdraw", ~withdrawn, *_by(_V, before))


def carried() -> ColumnElement[bool]:
    """Whether a verdict was carried over to where its words are now."""
    later = schema.reviews.alias("later").c
    return exists().where(later.refers == _V.number, later.verdict != "withdraw")


def withdrawn() -> ColumnElement[bool]:
    """Whether a verdict was withdrawn."""
    later = schema.reviews.alias("later").c
    return exists().where(later.refers == _V.number, later.verdict == "withdraw")


def _by(reviews: Any, before: str | None) -> tuple[ColumnElement[bool], ...]:
    return (reviews.time < before,) if before else ()


@lru_cache(maxsize=32)
def entries(before: str | None = None) -> Select[Any]:
    """The columns of Entry in its order, and the corrections; the verdict is the last one on the figure or its claim.

    With a time, only what the ledger had learned and people had decided before it."""
    verdict: ColumnElement[Any] = (
        select(_V.verdict)
        .where(_V.record.in_((_F.id, _F.claim)), *holds(before), _V.verdict.not_in(GROUPING))
        .order_by(_V.number.desc())
        .limit(1)
        .correlate(schema.figures)
        .scalar_subquery()
    )
    # coalesce keeps SQLite from going through all links of that name
    speaks_for: ColumnElement[Any] = (
        select(_L.affiliation)
        .where(_L.claim == _F.claim, _L.affiliation.is_not(None), func.coalesce(_L.name, "") == _C.origin)
        .limit(1)
        .correlate(schema.figures, schema.claims)
        .scalar_subquery()
    )
    query = select(
        _F.id,
        _F.claim,
        _F.report,
        _R.name,
        _R.publisher,
        _R.published,
        _F.start,
        _F.stop,
        _F.exact,
        _F.kind,
        _F.low,
        _F.high,
        _F.qualifier,
        _F.mode,
        _F.stance,
        _F.part_of,
        _F.counted,
        _F.counted_country,
        _F.counted_sector,
        _F.edtf,
        _F.as_of,
        _F.place,
        _F.geonames,
        _F.place_country,
        _F.place_precision,
        _C.chain,
        _F.sentence,
        verdict,
        func.coalesce(_F.time_said, 1),
        func.coalesce(_F.place_said, 1),
        _F.lat,
        _F.lon,
        speaks_for,
        text(CORRECTED).bindparams(before=before or LAST),
    ).select_from(schema.figures.join(schema.claims, _C.id == _F.claim).join(schema.reports, _R.id == _F.report))
    return query.where(_R.learned < before) if before else query


def picked(
    connection: Connection,
    column: str | None = None,
    values: Iterable[str] = (),
    before: str | None = None,
    as_read: bool = False,
) -> Iterator[Entry]:
    """The figures whose `id`, `claim` or `report` is one of the values, in no order but report by report; all of them
    without a column, by report and place. By the database's own cursor: there may be millions. See `to_entry`."""
    query, names, given = _picking(column, before)
    for some in pieces(values) if column else [[]]:
        found = cursor(connection).execute(query, [json.dumps(some) if n == "picked" else given[n] for n in names])
        while held := found.fetchmany(CHUNK):
            yield from (to_entry(row, as_read) for row in held)


@lru_cache(maxsize=32)
def _picking(column: str | None, before: str | None) -> tuple[str, Sequence[str], Mapping[str, Any]]:
    """The text of a query for `picked`, the names of its values in their order, and those that are known."""
    query = entries(before)
    if column:
        query = query.where(text(f"figures.{column} IN (SELECT value FROM json_each(:picked))").bindparams(picked=""))
    if column != "id":
        query = query.order_by(_F.report, _F.start, _F.stop)
    made = query.compile(dialect=sqlite.dialect(), compile_kwargs={"render_postcompile": True})
    return str(made), made.positiontup or (), made.params


def to_report(row: Any) -> Report:
    """A report of its columns, in the order of `rows.REPORT`."""
    values = dict(zip(rows.REPORT, row, strict=True))
    values["doubts"] = tuple(json.loads(values["doubts"]))
    return Report(**values)


def to_entry(row: Any, as_read: bool = False) -> Entry:
    """An entry of its columns, in the order of `entries`; `as_read`: without what people said of it."""
    *said, chain, sentence, verdict, time, place, lat, lon, body, corrected = row
    names = tuple(chain.split(rows.CHAIN)) if chain else ()
    if as_read:
        verdict = corrected = None
    made = Entry(*said, names, sentence, verdict, bool(time), bool(place), lat, lon, body)  # type: ignore[call-arg]
    return corrections.applied(made, corrected.split(LINES)) if corrected else made


def question_rows(questions: Iterable[Question], event: int | None = None) -> list[rows.Row]:
    names = ("id", "kind", "label", "actor", "place", "period")
    return [{"number": len(q.figures), "event": event, **{name: getattr(q, name) for name in names}} for q in questions]


def discrepancy_rows(discrepancies: Iterable[Discrepancy]) -> list[rows.Row]:
    names = ("id", "severity", "sentence", "question", "amount")
    return [
        {"number": n, "test": d.check, **{name: getattr(d, name) for name in names}}
        for n, d in enumerate(discrepancies)
    ]


def describe(connection: Connection, questions: Iterable[str] | None = None) -> None:
    """Write anew what these questions, or all, are found by; call it whenever a question or its figures changed."""
    if questions is None:
        connection.exec_driver_sql(_described("true"))
        return
    for some in pieces(questions):
        connection.exec_driver_sql(_described(f"q.id IN ({', '.join('?' * len(some))})"), tuple(some))


def _described(wanted: str) -> str:
    met = " || ' ' || ".join(f"coalesce(group_concat(DISTINCT {column}), '')" for column in MET)
    return DESCRIBED.format(met=met, wanted=wanted)


def members(name: str, records: Iterable[Question | Discrepancy]) -> list[rows.Row]:
    return [
        {name: record.id, "number": number, "figure": figure}
        for record in records
        for number, figure in enumerate(record.figures)
    ]


def held(connection: Connection, table: Table, owners: Iterable[str] | None = None) -> dict[str, tuple[str, ...]]:
    """The figures of every question, or of every discrepancy, in their order; or of these alone."""
    owner, number, figure = table.c
    query = select(owner, figure).order_by(owner, number)
    held: dict[str, list[str]] = {}
    for some in [query] if owners is None else [query.where(owner.in_(some)) for some in pieces(owners)]:
        for name, one in connection.execute(some):
            held.setdefault(name, []).append(one)
    return {name: tuple(some) for name, some in held.items()}


def cursor(connection: Connection) -> Any:
    """The database's own cursor, in the connection's transaction."""
    return connection.connection.cursor()


def pieces(values: Iterable[T]) -> Iterator[list[T]]:
    some = list(values)
    for first in range(0, len(some), CHUNK):
        yield some[first : first + CHUNK]


def readers(connection: Connection, wanted: Iterable[str]) -> dict[str, str | None]:
    """The reports that are here, with the version that read each."""
    found: dict[str, str | None] = {}
    for some in pieces(wanted):
        found |= dict(connection.execute(select(_R.id, _R.reader).where(_R.id.in_(some))).all())
    return found


def learned(connection: Connection, wanted: Iterable[str]) -> dict[str, str]:
    """When the ledger learned of these reports, those it holds."""
    found: dict[str, str] = {}
    for some in pieces(wanted):
        found |= dict(connection.execute(select(_R.id, _R.learned).where(_R.id.in_(some))).all())
    return found


def drop(connection: Connection, reports: Iterable[str]) -> None:
    """Take reports out with all that was read in them; verdicts stay, they are by id."""
    for some in pieces(reports):
        connection.execute(delete(schema.reports).where(_R.id.in_(some)))


def put(connection: Connection, table: Table, values: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that have the same columns, by the database's own cursor: they are many."""
    if values:
        names = ", ".join(values[0])
        given = ", ".join(f":{name}" for name in values[0])
        cursor(connection).executemany(f"INSERT INTO {table.name} ({names}) VALUES ({given})", values)


def archive(connection: Connection, archived: Iterable[rows.Row]) -> None:
    """Keep originals that are not here yet."""
    wanted = {row["sha256"]: row for row in archived}
    for some in pieces(wanted):
        for name in connection.execute(
            select(schema.archive.c.sha256).where(schema.archive.c.sha256.in_(some))
        ).scalars():
            del wanted[name]
    put(connection, schema.archive, list(wanted.values()))


def counter(connection: Connection, name: str) -> int:
    return int(connection.execute(select(schema.meta.c.value).where(schema.meta.c.name == name)).scalar_one())


def count_as(connection: Connection, name: str, value: int) -> None:
    connection.execute(update(schema.meta).where(schema.meta.c.name == name).values(value=str(value)))


def setting(connection: Connection, name: str) -> str | None:
    """A value of `meta`, None when it is not there."""
    return connection.execute(select(schema.meta.c.value).where(schema.meta.c.name == name)).scalar()


def set_to(connection: Connection, name: str, value: str) -> None:
    connection.execute(delete(schema.meta).where(schema.meta.c.name == name))
    connection.execute(insert(schema.meta), {"name": name, "value": value})


def bump(connection: Connection) -> None:
    count_as(connection, "changed", counter(connection, "changed") + 1)
