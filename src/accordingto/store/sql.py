"""The store: what a ledger asks of its database, in SQLAlchemy Core.

Nothing here knows what a claim means. Reading methods stream; each writing method is one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, Engine, Select, delete, func, select, text

from ..errors import LedgerError
from ..records import Discrepancy, Entry, Question, Report, Review
from . import anchoring, deciding, laying, names, queueing, rows, schema, sqlite, statements
from .shelf import Shelf
from .statements import cursor

_R, _C, _F, _V = schema.reports.c, schema.claims.c, schema.figures.c, schema.reviews.c
FEW = 4
"""Reports of one name that are named when it has several."""
TABLES = {
    "report": schema.reports,
    "claim": schema.claims,
    "figure": schema.figures,
    "question": schema.questions,
    "discrepancy": schema.discrepancies,
}
"""The tables whose rows people call by id, in the order a shortened id is looked up."""


class Store:
    """One open ledger file."""

    def __init__(self, path: Path, engine: Engine, explain: Any, readonly: bool = False) -> None:
        self.path = path
        self.engine = engine
        self._explain = explain
        self._readonly = readonly

    @property
    def writable(self) -> bool:
        """Whether the file and its folder may be written."""
        return not self._readonly and sqlite.writable(self.path)

    def close(self) -> None:
        self.engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the ledger throughout."""
        with self._explain(self.path), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The only writer, in a transaction that is kept whole or not at all."""
        with self._explain(self.path), self.engine.connect() as connection:
            connection = connection.execution_options(writing=True)
            with connection.begin():
                yield connection

    # reports, claims, figures

    def save(self, batch: Sequence[rows.Rows], archived: Iterable[rows.Row] = (), again: bool = False) -> list[str]:
        """Insert reports with all that was read in them; the ids of those that were new, unread until now, or
        replaced with `again`."""
        with self.writing() as connection:
            wanted = {item.report["id"]: item for item in batch}
            known = statements.readers(connection, wanted)
            old = {id for id, reader in known.items() if again or (reader is None and wanted[id].report["reader"])}
            learned, now = statements.learned(connection, old), schema.now()
            laying.leave(connection, old)
            statements.drop(connection, old)
            fresh = [item for id, item in wanted.items() if id in old or id not in known]
            held = [
                {**item.report, "learned": learned.get(item.report["id"]) or item.report["learned"] or now}
                for item in fresh
            ]
            statements.put(connection, schema.reports, held)
            for table, name in (
                (schema.claims, "claims"),
                (schema.links, "links"),
                (schema.figures, "figures"),
                (schema.tellings, "tellings"),
            ):
                statements.put(connection, table, [row for item in fresh for row in getattr(item, name)])
            names.keep(connection, fresh)
            statements.archive(connection, archived)
            laying.expect(connection, fresh)
            new = [item.report["id"] for item in fresh]
            if connection.execute(select(_V.number).limit(1)).first():
                anchoring.carry(connection, new)
                laying.tell_anew(connection, laying.corrected(connection, new))
            if fresh:
                statements.bump(connection)
                statements.set_to(connection, names.READ, str(int(statements.setting(connection, names.READ) or 0) + 1))
        return new

    def reader_of(self, report: str) -> tuple[bool, str | None, str | None]:
        """Whether the report is here, the version that read it, and its language."""
        with self.reading() as connection:
            row = cursor(connection).execute("SELECT reader, language FROM reports WHERE id = ?", (report,)).fetchone()
        return (True, row[0], row[1]) if row else (False, None, None)

    def reports(self) -> Iterator[Report]:
        """Every report, by date and name."""
        columns = [_R[name] for name in rows.REPORT]
        for row in self._stream(select(*columns).order_by(_R.published, _R.name, _R.id)):
            yield statements.to_report(row)

    def report_ids(self) -> list[str]:
        """The ids of all reports, in the order in which they lie in the file."""
        with self.reading() as connection:
            return [row[0] for row in cursor(connection).execute("SELECT id FROM reports ORDER BY rowid")]

    def report(self, id: str) -> Report | None:
        with self.reading() as connection:
            row = connection.execute(select(*(_R[name] for name in rows.REPORT)).where(_R.id == id)).first()
        return statements.to_report(row) if row else None

    def records(self, report: str | None = None, claim: str | None = None) -> Iterator[tuple[str, str, str]]:
        """(report, claim, record as JSON) of claims in the order of reports and text."""
        query = select(_C.report, _C.id, _C.record)
        if report is not None:
            query = query.where(_C.report == report).order_by(_C.start, _C.stop)
        elif claim is not None:
            query = query.where(_C.id == claim)
        else:
            query = query.join(schema.reports).order_by(_R.published, _R.name, _R.id, _C.start, _C.stop)
        for row in self._stream(query):
            yield row[0], row[1], row[2]

    def texts(self, claim_ids: Sequence[str]) -> dict[str, str]:
        """The texts of the reports that hold the claims."""
        found: dict[str, str] = {}
        with self.reading() as connection:
            for some in statements.pieces(claim_ids):
                query = select(_R.id, _R.text).where(_R.id.in_(select(_C.report).where(_C.id.in_(some))))
                found |= {row[0]: row[1] for row in connection.execute(query)}
        return found

    def claim_of(self, figure: str) -> str | None:
        with self.reading() as connection:
            found = connection.execute(select(_F.claim).where(_F.id == figure)).scalar()
        return str(found) if found else None

    def entries(
        self, figures: Sequence[str] | None = None, before: str | None = None, as_read: bool = False
    ) -> Iterator[Entry]:
        """Every figure as a flat row, straight from the columns, by report and place; or these, in no order.

        With a time (ISO 8601, UTC): as the ledger was before it. `as_read`: without what people said of it."""
        with self.reading() as connection:
            yield from statements.picked(
                connection, "id" if figures is not None else None, figures or (), before, as_read
            )

    def entries_of(self, reports: Sequence[str]) -> Iterator[Entry]:
        """The figures of these reports, report by report in the order of their texts."""
        with self.reading() as connection:
            yield from statements.picked(connection, "report", reports)

    def quoted(self, claims: Sequence[str] | None = None) -> Iterator[Any]:
        """(claim, report, its name, publisher, date, chain, content) of what is quoted: of all claims, or of these."""
        query = (
            select(_C.id, _C.report, _R.name, _R.publisher, _R.published, _C.chain, _C.content)
            .join(schema.reports)
            .where(_C.manner.in_(("direct", "mixed")))
        )
        for some in [query] if claims is None else [query.where(_C.id.in_(few)) for few in statements.pieces(claims)]:
            yield from self._stream(some)

    def learned_since(self, start: str) -> list[str]:
        """Ids of the reports the ledger learned of at or after a time (ISO 8601, UTC), oldest first."""
        with self.reading() as connection:
            query = select(_R.id).where(_R.learned >= start).order_by(_R.learned, _R.id)
            return [str(row[0]) for row in connection.execute(query)]

    def search(self, words: str, limit: int) -> list[str]:
        """Ids of the claims whose content or origin has all the words (the last may be a beginning), best first."""
        terms = match_all(words)
        if terms is None:
            return []
        query = text(
            "SELECT c.id FROM claim_words w JOIN claims c ON c.number = w.rowid"
            " WHERE claim_words MATCH :terms ORDER BY w.rank LIMIT :limit"
        )
        with self.reading() as connection:
            return [row[0] for row in connection.execute(query, {"terms": terms, "limit": limit})]

    # what was made of the figures

    def counters(self) -> tuple[int, int]:
        """How often the figures or reviews changed, and at which change the questions were made."""
        with self.reading() as connection:
            found = dict(connection.execute(select(schema.meta.c.name, schema.meta.c.value)).all())
        return int(found["changed"]), int(found["settled"])

    def lay(self) -> None:
        """Lay what came in beside what is there: copies, events, questions, the queue. In steps, each kept whole."""
        self._step(laying.anew)
        shelf = Shelf()
        while self._step(lambda connection: laying.place(connection, shelf)):
            pass
        while self._step(laying.ask) or self._step(queueing.weigh):
            pass

    def _step(self, work: Callable[[Connection], bool]) -> bool:
        with self.writing() as connection:
            return work(connection)

    def laid(self) -> bool:
        """Whether everything that came in lies beside the rest."""
        with self.reading() as connection:
            waits = connection.execute(select(schema.unsettled.c.what).limit(1)).first()
            return waits is None and not laying.stale(connection)

    def settle(self, changed: int, discrepancies: Sequence[Discrepancy]) -> bool:
        """Replace the discrepancies as of the change `changed`; False when the figures changed meanwhile."""
        with self.writing() as connection:
            if statements.counter(connection, "changed") != changed:
                return False
            connection.execute(delete(schema.discrepancies))
            statements.put(connection, schema.discrepancies, statements.discrepancy_rows(discrepancies))
            statements.put(connection, schema.discrepancy_figures, statements.members("discrepancy", discrepancies))
            queueing.contradicted(connection)
            statements.count_as(connection, "settled", changed)
        return True

    def copies(self, reports: Iterable[str] | None = None) -> dict[str, str]:
        """Reports to the group of copies they belong to; all, or of these."""
        query = select(schema.copies.c.report, schema.copies.c.original)
        found: dict[str, str] = {}
        with self.reading() as connection:
            if reports is None:
                return dict(connection.execute(query).all())
            for some in statements.pieces(reports):
                found |= dict(connection.execute(query.where(schema.copies.c.report.in_(some))).all())
        return found

    def questions(self, ids: Sequence[str] | None = None) -> list[Question]:
        """All questions in their order, or these in the order given."""
        columns = [schema.questions.c[name] for name in ("id", "kind", "label", "actor", "place", "period")]
        q = schema.questions.c
        query = select(*columns).order_by(q.number.desc(), q.label, q.id)
        with self.reading() as connection:
            held = statements.held(connection, schema.question_figures, ids)
            some = [query] if ids is None else [query.where(columns[0].in_(few)) for few in statements.pieces(ids)]
            found = [
                Question(*row, held.get(row[0], ()))  # type: ignore[call-arg]
                for one in some
                for row in connection.execute(one)
            ]
        if ids is None:
            return found
        by = {question.id: question for question in found}
        return [by[id] for id in ids if id in by]

    def question_sizes(self) -> list[tuple[str, int]]:
        """The ids of all questions with how many figures each has, those with most first."""
        with self.reading() as connection:
            return list(cursor(connection).execute("SELECT id, number FROM questions ORDER BY number DESC, id"))

    def heading(self, figure: str) -> Question | None:
        """The question a figure answers, without its figures."""
        members, q = schema.question_figures.c, schema.questions.c
        query = select(q.id, q.kind, q.label, q.actor, q.place, q.period).join(schema.question_figures)
        with self.reading() as connection:
            row = connection.execute(query.where(members.figure == figure)).first()
        return Question(*row, ()) if row else None

    def question_of(self, figure: str) -> Question | None:
        """The question a figure answers."""
        members = schema.question_figures.c
        with self.reading() as connection:
            found = connection.execute(select(members.question).where(members.figure == figure)).scalar()
        return self.questions([found])[0] if found else None

    def discrepancies(self) -> list[Discrepancy]:
        with self.reading() as connection:
            held = statements.held(connection, schema.discrepancy_figures)
            found = connection.execute(select(schema.discrepancies).order_by(schema.discrepancies.c.number)).mappings()
            return [
                Discrepancy(
                    r["id"], r["test"], r["severity"], r["sentence"], held.get(r["id"], ()), r["question"], r["amount"]
                )
                for r in found
            ]

    # looking up

    def lookup(self, table: str, prefix: str, limit: int = 4) -> list[str]:
        """Ids of the table's rows that begin so, a whole id alone."""
        column = TABLES[table].c.id
        with self.reading() as connection:
            query = select(column).where(column >= prefix, column < prefix + "\U0010ffff").order_by(column).limit(limit)
            found = [str(row[0]) for row in connection.execute(query)]
        return [prefix] if prefix in found else found

    def named(self, name: str, limit: int = 4) -> list[str]:
        """Ids of the reports of this name or address."""
        with self.reading() as connection:
            query = select(_R.id).where((_R.name == name) | (_R.url == name)).order_by(_R.published, _R.id).limit(limit)
            return [str(row[0]) for row in connection.execute(query)]

    def namesakes(self, names: Iterable[str]) -> dict[str, list[str]]:
        """Names that reports of different texts share, with the ids of a few of them."""
        found: dict[str, list[str]] = {}
        with self.reading() as connection:
            ask = cursor(connection)
            for name in names:
                query = "SELECT text_sha256, id FROM reports WHERE name = ? ORDER BY id LIMIT ?"
                held = dict(ask.execute(query, (name, FEW)).fetchall())
                if len(held) > 1:
                    found[name] = sorted(held.values())
        return found

    def counts(self) -> dict[str, int]:
        """How many rows the main tables hold."""
        with self.reading() as connection:
            return {
                name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for name, table in {**TABLES, "review": schema.reviews}.items()
            }

    # reviews

    def decide(self, review: Review) -> Review:
        """Add a verdict; it comes back with its number."""
        with self.writing() as connection:
            return deciding.decide(connection, review)

    def reviews(self, record: str | None = None, after: int = 0) -> Iterator[Review]:
        """Every verdict in the order it was given, but those given blind; those `after` a number."""
        query = select(*statements.REVIEW).where(_V.sample.is_(None), _V.number > after).order_by(_V.number)
        for row in self._stream(query if record is None else query.where(_V.record == record)):
            yield Review(*row)

    # checking

    def archived(self) -> Iterator[tuple[str, int, bytes]]:
        """(sha256, size, compressed bytes) of everything archived."""
        for row in self._stream(select(schema.archive.c.sha256, schema.archive.c.size, schema.archive.c.bytes)):
            yield row[0], row[1], row[2]

    def archived_bytes(self, sha256: str) -> bytes | None:
        """The compressed original of a report, None when it was not archived."""
        with self.reading() as connection:
            return connection.execute(select(schema.archive.c.bytes).where(schema.archive.c.sha256 == sha256)).scalar()

    def guarded(self) -> Iterator[tuple[str, Report, str]]:
        """(id, report, SHA-256 the text had when it was read) of every report."""
        for row in self._stream(select(*(_R[name] for name in rows.REPORT), _R.text_sha256, _R.id)):
            yield row[-1], statements.to_report(row[:-2]), row[-2]

    def figure_columns(self, report: str) -> dict[tuple[int, int, str], str]:
        """Where the figures of a report are said to stand: (start, end, words) -> id."""
        with self.reading() as connection:
            query = select(_F.id, _F.start, _F.stop, _F.exact).where(_F.report == report)
            return {(row[1], row[2], row[3]): row[0] for row in connection.execute(query)}

    def faults(self) -> list[str]:
        """What the database itself finds wrong with the file."""
        with self.reading() as connection:
            found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(20)")]
            lost = [
                f"a row of {row[0]} belongs to a row of {row[2]} that is not there"
                for row in connection.exec_driver_sql("PRAGMA foreign_key_check")
            ]
        return [line for line in found if line != "ok"] + lost[:20]

    def _stream(self, query: Select[Any]) -> Iterator[Any]:
        with self.reading() as connection:
            yield from connection.execute(query.execution_options(yield_per=statements.CHUNK))


def match_all(words: str) -> str | None:
    """An FTS5 expression for all the words, the last of which may be a beginning; None without words."""
    terms = ['"' + word.replace('"', '""') + '"' for word in words.replace("\0", " ").split()]
    return " ".join(terms) + "*" if terms else None


def open_store(address: str | Path, create: bool, readonly: bool = False, wait: float = sqlite.WAIT) -> Store:
    """The store at a path; `wait`: seconds for another program's lock. Raises LedgerError."""
    if "://" in str(address):
        raise LedgerError(f"{address}: a ledger is a file for now; give a path (--ledger ledger.accordingto)")
    path = Path(address)
    return Store(path, sqlite.engine(path, create, readonly, wait), sqlite.explained, readonly)
