"""Lists for pages: ids and counts straight from the tables, a page at a time; no record is read on the way."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, text

from . import statements

MANY = 2000
"""Claims that are put in the order of how well they match, at most."""
TOUCHED = 200
"""Questions looked at for what changed, at most."""
BEGINNING = 200
"""Characters of a text that are read to find a heading in it."""
TROUBLED = "SELECT question, count(*) AS found FROM discrepancies WHERE question IS NOT NULL GROUP BY question"


class ReportLine(NamedTuple):
    """A report in a list; `beginning` opens its text."""

    id: str
    name: str
    title: str | None
    beginning: str
    publisher: str | None
    published: str | None
    claims: int
    figures: int


class PlaceLine(NamedTuple):
    """A place in a list; `precision` as UCDP codes it."""

    name: str
    country: str | None
    lat: float
    lon: float
    precision: int | None
    figures: int
    questions: int


class ClaimLine(NamedTuple):
    """A claim in a list, with what its report is called by."""

    id: str
    report: str
    content: str
    chain: str
    name: str
    title: str | None
    beginning: str
    publisher: str | None
    published: str | None


class Wanted(NamedTuple):
    """Conditions on claims: a kind of figure in them, their outlet, their dates; `hidden`: reports to leave out."""

    kind: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    hidden: tuple[str, ...] = ()


WANTED = {
    "kind": "EXISTS (SELECT 1 FROM figures f WHERE f.claim = c.id AND +f.kind = :kind)",
    "outlet": "r.publisher = :outlet",
    "since": "r.published >= :since",
    "until": "substr(r.published, 1, 10) <= :until",
}


class Lists:
    """Lists, seen through a connection: one state of the ledger throughout."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def questions(self, limit: int, offset: int = 0, kind: str | None = None, place: str | None = None) -> list[str]:
        """Ids of questions (of a kind, with figures of a place): those with contradictions first, then those with
        most figures."""
        rows = self._rows(
            f"SELECT q.id FROM questions q LEFT JOIN ({TROUBLED}) t ON t.question = q.id{_asked(kind, place)}"
            " ORDER BY t.found IS NULL, q.number DESC, q.label, q.id LIMIT :limit OFFSET :offset",
            {"kind": kind, "place": place, "limit": limit, "offset": offset},
        )
        return [row[0] for row in rows]

    def how_many(self, kind: str | None = None) -> int:
        """How many questions there are, or are of a kind."""
        return int(self._rows(f"SELECT count(*) FROM questions q{_asked(kind, None)}", {"kind": kind})[0][0])

    def places(self, limit: int) -> list[PlaceLine]:
        """Places with a point, those of most figures first."""
        rows = self._rows(
            "SELECT f.place, f.place_country, avg(f.lat), avg(f.lon), min(f.place_precision), count(*),"
            " count(DISTINCT m.question) FROM figures f LEFT JOIN question_figures m ON m.figure = f.id"
            " WHERE f.place IS NOT NULL AND f.lat IS NOT NULL AND f.lon IS NOT NULL"
            " GROUP BY f.place, f.place_country, f.geonames ORDER BY count(*) DESC, f.place LIMIT :limit",
            {"limit": limit},
        )
        return [PlaceLine(*row) for row in rows]

    def kinds(self) -> dict[str, int]:
        """Kinds of figure and how many questions ask for each, the most asked first."""
        rows = self._rows("SELECT kind, count(*) FROM questions GROUP BY kind ORDER BY count(*) DESC, kind")
        return {row[0]: row[1] for row in rows}

    def labels(self, questions: Iterable[str]) -> dict[str, str]:
        """Questions to what they are called."""
        rows = self._in("SELECT id, label FROM questions WHERE id IN :some", questions)
        return {row[0]: row[1] for row in rows}

    def questions_of(self, figures: Iterable[str]) -> dict[str, str]:
        """Figures to the question each answers."""
        rows = self._in("SELECT figure, question FROM question_figures WHERE figure IN :some", figures)
        return {row[0]: row[1] for row in rows}

    def asked_about(self, records: Iterable[str]) -> set[str]:
        """Questions that hold these figures, or figures of these claims."""
        query = (
            "SELECT m.question FROM question_figures m JOIN figures f ON f.id = m.figure"
            " WHERE f.id IN :some UNION SELECT m.question FROM figures f JOIN question_figures m ON m.figure = f.id"
            " WHERE f.claim IN :some"
        )
        return {row[0] for row in self._in(query, records)}

    def reports(self, limit: int, offset: int = 0) -> list[ReportLine]:
        """Reports, the newest first."""
        rows = self._rows(
            "SELECT r.id, r.name, r.title, substr(r.text, 1, :beginning), r.publisher, r.published,"
            " (SELECT count(*) FROM claims c WHERE c.report = r.id),"
            " (SELECT count(*) FROM figures f WHERE f.report = r.id)"
            " FROM (SELECT id FROM reports ORDER BY published DESC, name DESC, id DESC LIMIT :limit OFFSET :offset) n"
            " JOIN reports r ON r.id = n.id ORDER BY r.published DESC, r.name DESC, r.id DESC",
            {"beginning": BEGINNING, "limit": limit, "offset": offset},
        )
        return [ReportLine(*row) for row in rows]

    def chains(self) -> Iterator[tuple[str, str, str | None, str, int, int]]:
        """(chain, report, its publisher, its name, claims, figures) of the claims of each report with one chain."""
        query = (
            "SELECT c.chain, c.report, r.publisher, r.name, count(DISTINCT c.id), count(f.id)"
            " FROM claims c JOIN reports r ON r.id = c.report LEFT JOIN figures f ON f.claim = c.id"
            " GROUP BY c.report, c.chain ORDER BY r.published, r.name, r.id, c.chain"
        )
        for row in self._rows(query):
            yield tuple(row)

    def told(self, names: Iterable[str], outlets: Iterable[str]) -> list[str]:
        """Ids of the figures that sources of these names gave or relayed, or reports of these outlets, newest first."""
        outlets = list(outlets)
        told = " UNION SELECT c.id FROM claims c JOIN reports o ON o.id = c.report WHERE o.publisher IN :outlets"
        told += " OR (o.publisher IS NULL AND o.name IN :outlets)"
        statement = text(
            "SELECT f.id FROM figures f JOIN reports r ON r.id = f.report WHERE f.claim IN"
            f" (SELECT claim FROM links WHERE name IN :names{told if outlets else ''})"
            " ORDER BY coalesce(f.as_of, r.published) DESC, f.report, f.start"
        ).bindparams(bindparam("names", expanding=True))
        if outlets:
            statement = statement.bindparams(bindparam("outlets", expanding=True))
        found = self._connection.execute(statement, {"names": list(names), "outlets": outlets})
        return [row[0] for row in found]

    def search(self, match: str, wanted: Wanted, limit: int, offset: int = 0) -> tuple[list[ClaimLine], int]:
        """Claims that match an FTS5 expression and these conditions, best first, and how many there are (at most
        MANY + 1); where many match, those read last come first."""
        given = wanted._asdict() | {"match": match, "limit": limit, "offset": offset, "many": MANY + 1}
        hidden = given.pop("hidden")
        conditions = "".join(f" AND {condition}" for name, condition in WANTED.items() if given[name])
        if hidden:
            conditions += " AND c.report NOT IN (SELECT value FROM json_each(:hidden))"
            given["hidden"] = json.dumps(hidden)
        found = (
            "FROM claim_words w JOIN claims c ON c.number = w.rowid JOIN reports r ON r.id = c.report"
            f" WHERE claim_words MATCH :match{conditions}"
        )
        total = int(self._rows(f"SELECT count(*) FROM (SELECT 1 {found} LIMIT :many)", given)[0][0])
        order = "w.rank" if total <= MANY else "w.rowid DESC"
        rows = self._rows(
            f"SELECT c.id, c.report, c.content, c.chain, r.name, r.title, substr(r.text, 1, {BEGINNING}), r.publisher,"
            f" r.published {found} ORDER BY {order} LIMIT :limit OFFSET :offset",
            given,
        )
        return [ClaimLine(*row) for row in rows], total

    def labelled(self, match: str, limit: int) -> list[str]:
        """Ids of the questions whose label matches an FTS5 expression, best first."""
        query = (
            "SELECT t.question FROM question_words w JOIN question_terms t ON t.number = w.rowid"
            " WHERE question_words MATCH :match ORDER BY bm25(question_words, 4.0, 1.0), t.figures DESC LIMIT :limit"
        )
        return [row[0] for row in self._rows(query, {"match": match, "limit": limit})]

    def learned(self, since: str) -> tuple[int, int]:
        """How many reports the ledger learned of since a time (ISO 8601, UTC), and how many figures are in them."""
        query = (
            "SELECT count(*), coalesce(sum((SELECT count(*) FROM figures f WHERE f.report = r.id)), 0)"
            " FROM reports r WHERE r.learned >= :since"
        )
        row = self._rows(query, {"since": since})[0]
        return int(row[0]), int(row[1])

    def last_learned(self) -> str | None:
        """When the ledger last learned of a report."""
        found = self._rows("SELECT max(learned) FROM reports")[0][0]
        return str(found) if found else None

    def learned_at(self, reports: Iterable[str]) -> dict[str, str]:
        """Reports to when the ledger learned of them."""
        return {row[0]: str(row[1]) for row in self._in("SELECT id, learned FROM reports WHERE id IN :some", reports)}

    def fresh(self, since: str, limit: int, offset: int = 0) -> list[str]:
        """Ids of the figures in reports learned since a time, the last reports first."""
        rows = self._rows(
            "SELECT f.id FROM reports r JOIN figures f ON f.report = r.id WHERE r.learned >= :since"
            " ORDER BY r.learned DESC, r.published DESC, r.id, f.start LIMIT :limit OFFSET :offset",
            {"since": since, "limit": limit, "offset": offset},
        )
        return [row[0] for row in rows]

    def touched(self, since: str) -> list[tuple[str, int]]:
        """Questions with figures in reports learned since a time, or decided on since, and how many figures they
        have; those of most figures first. Only questions that had figures before."""
        if not self._rows("SELECT 1 FROM reports WHERE learned < :since LIMIT 1", {"since": since}):
            return []
        rows = self._rows(
            "WITH moved AS (SELECT f.id FROM reports r JOIN figures f ON f.report = r.id WHERE r.learned >= :since"
            " UNION SELECT f.id FROM reviews v JOIN figures f ON f.id = v.record OR f.claim = v.record"
            " WHERE v.time >= :since)"
            " SELECT q.id, q.number FROM questions q WHERE q.id IN"
            " (SELECT m.question FROM question_figures m WHERE m.figure IN moved) AND EXISTS"
            " (SELECT 1 FROM question_figures o JOIN figures g ON g.id = o.figure JOIN reports b ON b.id = g.report"
            " WHERE o.question = q.id AND b.learned < :since) ORDER BY q.number DESC, q.id LIMIT :limit",
            {"since": since, "limit": TOUCHED},
        )
        return [(row[0], row[1]) for row in rows]

    def troubled(self, since: str) -> set[str]:
        """Ids of the discrepancies with figures in reports learned since a time."""
        rows = self._rows(
            "SELECT DISTINCT d.discrepancy FROM discrepancy_figures d JOIN figures f ON f.id = d.figure"
            " JOIN reports r ON r.id = f.report WHERE r.learned >= :since",
            {"since": since},
        )
        return {row[0] for row in rows}

    def headings(self, reports: Iterable[str]) -> dict[str, tuple[str, str | None, str]]:
        """Reports to (name, title, beginning of the text)."""
        query = f"SELECT id, name, title, substr(text, 1, {BEGINNING}) FROM reports WHERE id IN :some"
        return {row[0]: (row[1], row[2], row[3]) for row in self._in(query, reports)}

    def _in(self, query: str, values: Iterable[str]) -> list[Any]:
        statement = text(query).bindparams(bindparam("some", expanding=True))
        found: list[Any] = []
        for some in statements.pieces(dict.fromkeys(values)):
            found += self._connection.execute(statement, {"some": some}).all()
        return found

    def _rows(self, query: str, given: Mapping[str, Any] | None = None) -> Sequence[Any]:
        return self._connection.execute(text(query), dict(given or {})).all()


def _asked(kind: str | None, place: str | None) -> str:
    """The condition on questions `q`."""
    inside = (
        "q.id IN (SELECT m.question FROM figures f JOIN question_figures m ON m.figure = f.id WHERE f.place = :place)"
    )
    wanted = [*(["q.kind = :kind"] if kind else []), *([inside] if place else [])]
    return f" WHERE {' AND '.join(wanted)}" if wanted else ""
