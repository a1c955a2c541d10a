"""Lists for pages: ids and counts straight from the tables, a page at a time; no record is read on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, text

from . import statements

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


class Lists:
    """Lists, seen through a connection: one state of the ledger throughout."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def questions(self, limit: int, offset: int = 0, kind: str | None = None) -> list[str]:
        """Ids of questions: those with contradictions first, then those with most figures."""
        rows = self._rows(
            f"SELECT q.id FROM questions q LEFT JOIN ({TROUBLED}) t ON t.question = q.id"
            f"{' WHERE q.kind = :kind' if kind else ''}"
            " ORDER BY t.found IS NULL, q.number DESC, q.label, q.id LIMIT :limit OFFSET :offset",
            {"kind": kind, "limit": limit, "offset": offset},
        )
        return [row[0] for row in rows]

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
        statement = text(
            "SELECT f.id FROM figures f JOIN reports r ON r.id = f.report WHERE f.claim IN"
            " (SELECT claim FROM links WHERE name IN :names UNION SELECT c.id FROM claims c"
            " JOIN reports o ON o.id = c.report WHERE coalesce(o.publisher, o.name) IN :outlets)"
            " ORDER BY coalesce(f.as_of, r.published) DESC, f.report, f.start"
        ).bindparams(bindparam("names", expanding=True), bindparam("outlets", expanding=True))
        found = self._connection.execute(statement, {"names": list(names), "outlets": list(outlets)})
        return [row[0] for row in found]

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
