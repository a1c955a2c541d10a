"""What people decided, in the ledger's tables: verdicts, samples that are coded blind, the audit log.

Functions take a connection and belong to its transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, func, insert, select

from ..records import Review
from . import anchoring, laying, queueing, schema, statements

_V, _S, _N, _A = schema.reviews.c, schema.samples.c, schema.sample_figures.c, schema.audit.c
REVIEW = tuple(field.name for field in fields(Review) if field.name != "number")


def decide(connection: Connection, review: Review) -> Review:
    """Add a verdict; it comes back with its number."""
    row = {name: getattr(review, name) for name in REVIEW}
    number = int(connection.execute(insert(schema.reviews).returning(_V.number), row).scalar_one())
    others = (review.correction or "").split() if review.verdict in ("split", "merge") else []
    anchoring.keep(connection, [review.record, *others])
    if review.sample is None:
        _take_effect(connection, review)
    return replace(review, number=number)


def _take_effect(connection: Connection, review: Review) -> None:
    """Questions and queue follow what was decided, or withdrawn."""
    meant = review
    if review.verdict == "withdraw" and review.refers is not None:
        meant = numbered(connection, review.refers) or review
    laying.decided(connection, meant)
    figures = queueing.figures_of(connection, meant.record)
    if _rejected(connection, meant.record):
        queueing.reweigh(connection, figures)
    queueing.decided(connection, figures)
    statements.bump(connection)


def _rejected(connection: Connection, record: str) -> bool:
    """Whether anybody ever rejected this: only rejecting and taking that back move an answer."""
    query = select(_V.number).where(_V.record == record, _V.verdict == "reject", _V.sample.is_(None))
    return connection.execute(query.limit(1)).first() is not None


def said(connection: Connection, records: Sequence[str]) -> list[Review]:
    """The verdicts on these records that hold, in the order they were given."""
    query = select(*statements.REVIEW).where(_V.record.in_(records), *statements.holds()).order_by(_V.number)
    return [Review(*row) for row in connection.execute(query)]


def log(connection: Connection, most: int, after: int) -> list[tuple[Review, bool]]:
    """Verdicts that were not given blind, the last first, and whether each was withdrawn."""
    query = select(*statements.REVIEW, statements.withdrawn()).where(_V.sample.is_(None)).order_by(_V.number.desc())
    return [(Review(*row[:-1]), bool(row[-1])) for row in connection.execute(query.limit(most).offset(after))]


def logged(connection: Connection) -> int:
    """How many verdicts were not given blind."""
    return int(connection.execute(select(func.count()).where(_V.sample.is_(None))).scalar_one())


def numbered(connection: Connection, number: int) -> Review | None:
    """The verdict of this number."""
    row = connection.execute(select(*statements.REVIEW).where(_V.number == number)).first()
    return Review(*row) if row else None


def last_of(connection: Connection, reviewer: str, sample: str | None) -> Review | None:
    """The last verdict a person gave that was not withdrawn; in a sample, or outside of all."""
    here = _V.sample.is_(None) if sample is None else _V.sample == sample
    query = select(*statements.REVIEW).where(
        _V.reviewer == reviewer, here, _V.verdict != "withdraw", ~statements.withdrawn()
    )
    row = connection.execute(query.order_by(_V.number.desc()).limit(1)).first()
    return Review(*row) if row else None


def codings(connection: Connection, sample: str) -> list[Review]:
    """The verdicts given blind in a sample that were not withdrawn, in the order they were given."""
    query = select(*statements.REVIEW).where(_V.sample == sample, _V.verdict != "withdraw", ~statements.withdrawn())
    return [Review(*row) for row in connection.execute(query.order_by(_V.number))]


def draw(connection: Connection, name: str, size: int, by: str) -> list[str]:
    """A sample of so many figures, kept under a name: drawn by a hash of both, so that anyone can draw it again."""
    everyone = connection.execute(select(schema.figures.c.id)).scalars()
    drawn = sorted(everyone, key=lambda figure: blake2b(f"{name}\n{figure}".encode(), digest_size=8).digest())[:size]
    connection.execute(insert(schema.samples), {"name": name, "made": schema.now(), "by": by})
    rows = [{"sample": name, "number": number, "figure": figure} for number, figure in enumerate(drawn)]
    if rows:
        connection.execute(insert(schema.sample_figures), rows)
    return drawn


def samples(connection: Connection) -> list[tuple[str, str, str]]:
    """(name, when it was drawn, by whom) of every sample, the oldest first."""
    query = select(_S.name, _S.made, _S.by).order_by(_S.made, _S.name)
    return [(row[0], row[1], row[2]) for row in connection.execute(query)]


def sampled(connection: Connection, sample: str) -> list[str]:
    """The figures of a sample in the order they were drawn."""
    query = select(_N.figure).where(_N.sample == sample).order_by(_N.number)
    return [str(row[0]) for row in connection.execute(query)]


def note(connection: Connection, who: str, what: str, whom: str, why: str | None) -> None:
    """Add a line to the audit log; what is shown of the ledger may be another afterwards."""
    connection.execute(insert(schema.audit), {"time": schema.now(), "who": who, "what": what, "whom": whom, "why": why})


def audit(connection: Connection, what: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The audit log, oldest first; of these acts, or of all."""
    query = select(_A.time, _A.who, _A.what, _A.whom, _A.why).order_by(_A.number)
    rows = connection.execute(query.where(_A.what.in_(what)) if what else query)
    return [dict(row) for row in rows.mappings()]
