"""Where the records people decided on stood, so that decisions find their words again after a new reading.

A record's id is where it was said. A better reader may end a figure a word later, and a newer version of a page moves
its sentences: the id is another one then, the words are the same. A decision is carried over by adding it again on the
record that has the words now; what finds none is listed (`lost`). Functions belong to their connection's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, exists, func, insert, select, update

from ..reconcile.decisions import GROUPING
from ..records import CONTEXT, Review
from . import schema, statements

ALIKE = 0.5
"""How much of two claims must be the same for one to be the other."""
_A, _C, _F, _R, _V = schema.anchors.c, schema.claims.c, schema.figures.c, schema.reports.c, schema.reviews.c
_PLACED = {"figure": schema.figures, "claim": schema.claims}


class Lost(NamedTuple):
    """A verdict whose words are nowhere any more, and where they stood: the words, those around them, their report."""

    review: Review
    exact: str | None
    prefix: str | None
    suffix: str | None
    report: str | None
    start: int | None


def keep(connection: Connection, records: Iterable[str]) -> None:
    """Remember where these claims and figures stand, with their words."""
    for some in statements.pieces(records):
        for what, table in _PLACED.items():
            own = table.c
            query = select(own.id, own.report, own.start, own.stop, _R.url, _R.name, _R.text).join(
                schema.reports, _R.id == own.report
            )
            made = [_anchor(what, *row) for row in connection.execute(query.where(own.id.in_(some)))]
            if made:
                connection.execute(insert(schema.anchors).prefix_with("OR IGNORE"), made)


def _anchor(what: str, record: str, report: str, start: int, stop: int, url: str, name: str, said: str) -> Any:
    return {
        "record": record, "what": what, "report": report, "address": url or name, "start": start, "stop": stop,
        "exact": said[start:stop], "prefix": said[max(0, start - CONTEXT) : start],
        "suffix": said[stop : stop + CONTEXT],
    }  # fmt: skip


def carry(connection: Connection, reports: Iterable[str]) -> None:
    """Reports were read, or read again: carry decisions to the records that have their words now."""
    moved: dict[str, str] = {}
    for some in statements.pieces(reports):
        query = select(_R.id, _R.url, _R.name).where(_R.id.in_(some))
        for report, url, name in connection.execute(query).all():
            moved |= _moved(connection, report, url or name)
    if not moved:
        return
    for review in _held(connection):
        made = _carried(review, moved)
        if made is not None:
            connection.execute(insert(schema.reviews), made)
    for old, new in moved.items():
        of = schema.sample_figures
        connection.execute(update(of).where(of.c.figure == old).values(figure=new))
    keep(connection, moved.values())


def _moved(connection: Connection, report: str, address: str) -> dict[str, str]:
    """Records that were decided on in this report, or in another version of it, to those that have their words."""
    anchors = connection.execute(select(schema.anchors).where((_A.report == report) | (_A.address == address))).all()
    wanted = [one for one in anchors if one.report != report or not _here(connection, one)]
    if not wanted:
        return {}
    said = str(connection.execute(select(_R.text).where(_R.id == report)).scalar_one())
    found = {one.record: _found(connection, report, one, said) for one in wanted}
    return {old: new for old, new in found.items() if new and new != old}


def _here(connection: Connection, anchor: Row[Any]) -> bool:
    own = _PLACED[anchor.what].c
    return connection.execute(select(own.id).where(own.id == anchor.record)).first() is not None


def _found(connection: Connection, report: str, anchor: Row[Any], said: str) -> str | None:
    """The record of a report that has the words of an anchor: those that overlap them, the most alike first."""
    start, stop = anchor.start, anchor.stop
    if anchor.report != report:
        whole = anchor.prefix + anchor.exact + anchor.suffix
        at = said.find(whole)
        if at < 0 or said.find(whole, at + 1) >= 0:
            return None
        start = at + len(anchor.prefix)
        stop = start + len(anchor.exact)
    own = _PLACED[anchor.what].c
    query = select(own.id, own.start, own.stop).where(own.report == report, own.start < stop, own.stop > start)
    ranked = sorted((-_likeness((start, stop), (row[1], row[2])), row[0]) for row in connection.execute(query))
    if not ranked or (anchor.what == "claim" and -ranked[0][0] < ALIKE):
        return None
    return str(ranked[0][1])


def _likeness(one: tuple[int, int], other: tuple[int, int]) -> float:
    """How much of two spans both hold."""
    both = min(one[1], other[1]) - max(one[0], other[0])
    return both / (max(one[1], other[1]) - min(one[0], other[0]))


def _held(connection: Connection) -> list[Review]:
    """Every verdict that was neither withdrawn nor carried over before, blind ones too."""
    wanted = _V.verdict != "withdraw", ~statements.withdrawn(), ~statements.carried()
    return [Review(*row) for row in connection.execute(select(*statements.REVIEW).where(*wanted).order_by(_V.number))]


def _carried(review: Review, moved: Mapping[str, str]) -> dict[str, Any] | None:
    """The verdict as it is added where the words are now, None when it stays where it is."""
    record, correction = moved.get(review.record, review.record), review.correction
    if review.verdict in GROUPING and review.verdict != "rename":
        others = (correction or "").split()
        if record != review.record or any(one in moved for one in others):
            every = [*(moved.get(one, one) for one in others), *others, review.record]
            correction = " ".join(dict.fromkeys(one for one in every if one != record))
    if (record, correction) == (review.record, review.correction):
        return None
    return {
        "record": record, "verdict": review.verdict, "reviewer": review.reviewer, "time": schema.now(),
        "note": review.note, "correction": correction, "refers": review.number, "sample": review.sample,
    }  # fmt: skip


def lost(connection: Connection) -> list[Lost]:
    """Verdicts that hold but whose record is nowhere, with the words it had where they are known."""
    homes: Sequence[Any] = (schema.figures, schema.claims, schema.reports, schema.questions, schema.discrepancies)
    nowhere = [~exists().where(table.c.id == _V.record) for table in homes]
    words = _A.exact, _A.prefix, _A.suffix, _A.report, _A.start
    query = select(*statements.REVIEW, *words).outerjoin(schema.anchors, _A.record == _V.record)
    rows = connection.execute(query.where(*statements.holds(), ~statements.carried(), *nowhere).order_by(_V.number))
    return [Lost(Review(*row[: -len(words)]), *row[-len(words) :]) for row in rows]


def near(connection: Connection, one: Lost, most: int) -> list[str]:
    """The figures of its report that stand nearest to where the words of a lost verdict stood."""
    if one.report is None or one.start is None:
        return []
    query = select(_F.id).where(_F.report == one.report).order_by(func.abs(_F.start - one.start), _F.id)
    return list(connection.execute(query.limit(most)).scalars())
