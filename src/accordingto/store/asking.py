"""The index of words that questions and claims are found by: FTS5 and indexed columns, never the figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, text

LAST = "\U0010ffff"


class Row(NamedTuple):
    """A question as the index has it: `told` its label's words, `met` those of its figures, with codes."""

    id: str
    kind: str
    figures: int
    told: str
    met: str


class Index:
    """The index, seen through a connection: one state of the ledger throughout."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def questions(
        self, match: str | None, kinds: Sequence[str] = (), limit: int | None = None, nearest: bool = True
    ) -> list[Row]:
        """Questions of these kinds (any, when none is given) that match an FTS5 expression, nearest first; without one,
        or not `nearest`, those with most figures first."""
        words = "question_words w JOIN question_terms t ON t.number = w.rowid" if match else "question_terms t"
        wanted = [*(["question_words MATCH :match"] if match else []), *(["t.kind IN :kinds"] if kinds else [])]
        order = "bm25(question_words, 4.0, 1.0), t.figures DESC" if match and nearest else "t.figures DESC, t.question"
        rows = self._rows(
            f"SELECT t.question, t.kind, t.figures, t.told, t.met FROM {words}"
            f"{' WHERE ' if wanted else ''}{' AND '.join(wanted)} ORDER BY {order} LIMIT :limit",
            {"match": match, "limit": -1 if limit is None else limit},
            kinds,
        )
        return [Row(*row) for row in rows]

    def count(self) -> int:
        """How many questions there are."""
        return int(self._rows("SELECT count(*) FROM question_terms", {})[0][0])

    def has(self, match: str) -> bool:
        """Whether any question matches the FTS5 expression."""
        query = "SELECT 1 FROM question_words WHERE question_words MATCH :match LIMIT 1"
        return bool(self._rows(query, {"match": match}))

    def vocabulary(self, letter: str) -> list[str]:
        """The index's words (stems) that begin with a letter."""
        query = "SELECT term FROM question_vocabulary WHERE term >= :first AND term < :last"
        return [row[0] for row in self._rows(query, {"first": letter, "last": letter + LAST})]

    def claims(self, match: str, limit: int) -> list[str]:
        """Ids of the claims whose words or origin match an FTS5 expression, nearest first."""
        query = (
            "SELECT c.id FROM claim_words w JOIN claims c ON c.number = w.rowid WHERE claim_words MATCH :match"
            " ORDER BY w.rank LIMIT :limit"
        )
        return [row[0] for row in self._rows(query, {"match": match, "limit": limit})]

    def in_claims(self, match: str, kinds: Sequence[str], limit: int) -> list[str]:
        """Ids of the questions whose figures stand in claims that match an FTS5 expression, most such claims first."""
        kind = " AND q.kind IN :kinds" if kinds else ""
        query = (
            "SELECT q.id FROM (SELECT rowid FROM claim_words WHERE claim_words MATCH :match ORDER BY rank LIMIT 500) w"
            " JOIN claims c ON c.number = w.rowid JOIN figures f ON f.claim = c.id"
            f" JOIN question_figures m ON m.figure = f.id JOIN questions q ON q.id = m.question WHERE true{kind}"
            " GROUP BY q.id ORDER BY count(*) DESC, q.id LIMIT :limit"
        )
        return [row[0] for row in self._rows(query, {"match": match, "limit": limit}, kinds)]

    def _rows(self, query: str, given: Mapping[str, Any], kinds: Sequence[str] = ()) -> Sequence[Any]:
        statement = text(query)
        if kinds:
            both = [name for kind in kinds for name in (kind, f"other:{kind.replace('_', '-')}")]
            return self._connection.execute(
                statement.bindparams(bindparam("kinds", expanding=True)), {**given, "kinds": both}
            ).all()
        return self._connection.execute(statement, dict(given)).all()
