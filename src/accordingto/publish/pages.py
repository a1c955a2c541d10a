"""The pages of a ledger as plain values: what the static site writes to files and the server answers with.

Each method reads what one page needs and no more, so that a page of a large ledger costs what a page of a small one
does. Raises NotFound for an id that is not there, InputError for a parameter that is none.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING, Any

from ..errors import InputError, NotFound
from ..records import Answer, Discrepancy, Entry, Question
from . import jsonl, marked, sources, table
from .naming import file, place
from .state import State
from .templating import heading, titled
from .views import CONTRADICTIONS, View, Views

if TYPE_CHECKING:
    from ..ledger import Ledger
    from ..store.listing import PlaceLine
    from .sources import Line

SHOWN = 5
"""Contradictions on the front page."""
PRECISIONS = {
    1: "exact", 2: "near", 3: "district", 4: "province", 5: "region", 6: "country", 7: "sea or air",
}  # fmt: skip
"""UCDP's where_prec in a word."""
LONGEST = 1_000_000
"""The last page of a list that can be asked for."""


class Pages:
    """The pages of a ledger in one state; `long`: rows on one page of a list."""

    def __init__(self, ledger: Ledger, state: State, long: int = 50) -> None:
        self.ledger, self.state, self.long = ledger, state, long

    # lists

    def warm(self) -> None:
        """Work out beforehand what takes longest on the pages that are opened first."""
        self.home()
        self.state.sources(self.ledger)
        self.state.places(self.ledger)
        self.changes()

    def home(self) -> View:
        """The front page: contradictions, then the questions, those with contradictions and many figures first."""

        def made() -> View:
            return {
                "counts": dict(self.state.counts),
                "news": None,
                "discrepancies": self.discrepancies(self.state.discrepancies[:SHOWN]),
                "questions": self.lines(self._questions(1)),
            }

        return self.state.once(("home",), made)

    def questions(self, page: int = 1, kind: str | None = None) -> View:
        """All questions, or those of a kind."""
        with self.ledger.lists() as lists:
            kinds = lists.kinds()
            total = lists.how_many(kind)
        if kind is not None and kind not in kinds:
            raise InputError(f"kind {kind!r} is not in this ledger; give one of {', '.join(list(kinds)[:12])}")
        lines = self.lines(self._questions(self._page(page, total), kind))
        return {**self.leaf(page, total), "kinds": kinds, "asked": {"kind": kind}, "questions": lines}

    def places(self) -> View:
        """Where the figures are placed, the places of most figures first."""
        rows = [_placed(line) for line in self.state.places(self.ledger).values()]
        return {"total": len(rows), "figures": sum(row["figures"] for row in rows), "places": rows}

    def place(self, id: str, page: int = 1) -> View:
        """A place: the questions its figures answer."""
        line = self.state.places(self.ledger).get(id)
        if line is None:
            raise NotFound(f"no place has the id {id!r}")
        ids = self.state.once(("at", id), lambda: self._at(line.name))
        lines = self.lines(self._cut(ids, page))
        total = len(ids)
        return {**self.leaf(page, total), **_placed(line), "questions": lines}

    def reports(self, page: int = 1) -> View:
        """All reports, the newest first."""
        total = self.state.counts["reports"]
        with self.ledger.lists() as lists:
            lines = lists.reports(self.long, self.long * (self._page(page, total) - 1))
        mask = self.state.mask
        rows = [
            {
                "id": line.id,
                "href": f"reports/{file(line.id)}",
                "heading": mask.text(titled(line.title, line.beginning, line.name), line.id),
                "publisher": line.publisher,
                "published": line.published,
                "claims": line.claims,
                "figures": line.figures,
            }
            for line in lines
        ]
        return {**self.leaf(page, total), "reports": rows}

    def checks(self, page: int = 1, check: str | None = None) -> View:
        """All discrepancies, or those of one check, the weightiest first."""
        known = self.state.checks
        if check is not None and check not in known:
            raise InputError(f"check {check!r} found nothing; give one of {', '.join(known) or 'none'}")
        found = [one for one in self.state.discrepancies if check in (None, one.check)]
        some = self._cut(found, page)
        return {
            **self.leaf(page, len(found)),
            "kinds": known,
            "asked": {"check": check},
            "discrepancies": self.discrepancies(some),
        }

    def sources(self, page: int = 1) -> View:
        """All sources, those that are the origin of most figures first."""
        known = list(self.state.sources(self.ledger).values())
        some = self._cut(known, page)
        return {**self.leaf(page, len(known)), "sources": [line.view() for line in some]}

    def search(self, words: str = "", page: int = 1, **wanted: str | None) -> View:
        """What is found for words: questions, claims (publish/searching.py)."""
        from . import searching

        return searching.view(self, words, page=page, **wanted)

    def changes(self, since: str | None = None, page: int = 1) -> View:
        """What the ledger learned since a day (publish/changing.py)."""
        from . import changing

        return changing.view(self, since, page)

    def feed(self, since: str | None = None) -> View:
        """What changed since a day as the entries of a feed (publish/feed.py)."""
        from . import feed

        return feed.view(self, since)

    def news(self, since: str) -> View:
        """How much the ledger learned since a time (ISO 8601, UTC), in short."""
        with self.ledger.lists() as lists:
            reports, figures = lists.learned(since)
        return {"since": since, "reports": reports, "figures": figures}

    # records

    def question(self, answer: Answer, page: int = 1) -> View:
        """A question with its answer: what each origin says, every figure given, what does not fit."""
        found = [one for one in self.state.discrepancies if one.question == answer.question.id]
        self._page(page, len(answer.question.figures))

        def made() -> View:
            entries = self.ledger.figures_of([answer.question, *found[:CONTRADICTIONS]])
            return self.views(entries, found).question(answer, page)

        return self.state.once(("view", answer.question.id, answer.as_of, answer.rule, answer.known_on, page), made)

    def answer(self, id: str, as_of: str | None = None, rule: str = "latest", known_on: str | None = None) -> Answer:
        """The answer to the question of this whole id."""

        def made() -> Answer:
            return self.ledger.answers([self.question_of(id)], as_of, rule, known_on)[0]

        return self.state.once(("answer", id, as_of, rule, known_on), made)

    def table(self, question: Question) -> str:
        """The figures of a question as CSV."""
        out = io.StringIO()
        held = self.ledger.figures_of([question]).values()
        table.some(held, {row.figure: question.id for row in held}, {question.id: question.label}, out, self.state.mask)
        return out.getvalue()

    def report(self, id: str) -> View:
        """A report: its text, its claims, the questions its figures answer."""
        report = self.ledger.report(id)
        seen, mask = self.state.mask.report(report), self.state.mask
        claims = list(self.ledger.claims(report.id))
        with self.ledger.lists() as lists:
            asked = lists.questions_of(figure.id for claim in claims for figure in claim.figures)
            labels = lists.labels(asked.values())
        reviews = {claim.id: self.ledger.reviews(claim.id) for claim in claims}
        rows = [jsonl.claim(one, report, asked, reviews[one.id], mask, seen) for one in claims]
        for row in rows:
            del row["report"]
        kept = self.ledger.archived(report.id) is not None
        return {
            **jsonl.about(report, seen=seen),
            "href": f"reports/{file(report.id)}",
            "original": ("withheld" if seen.text != report.text else "kept") if kept else None,
            "heading": heading(seen),
            "text": seen.text,
            "claims": rows,
            "questions": {id: mask.text(label) for id, label in labels.items()},
        }

    def original(self, id: str) -> tuple[str, bytes]:
        """Name and bytes of the archived original of a report, unless it spells a name that is withheld."""
        report = self.ledger.report(id)
        kept, mask = self.ledger.archived(report.id), self.state.mask
        if kept is None:
            raise NotFound("the ledger does not hold the original of this report")
        for words in (report.text, report.title or "", unescape(kept.decode("utf-8", "replace"))):
            if mask.text(words, report.id) != words:
                raise NotFound("the original spells the name of a person at risk and is withheld")
        return file(report.id), kept

    @staticmethod
    def paragraphs(report: View) -> list[list[marked.Piece]]:
        """The text of a report's page in pieces that carry their marks."""
        return marked.paragraphs(report["text"], report["claims"])

    def check(self, id: str) -> View:
        """One discrepancy with the sentences that cause it."""
        found = next((one for one in self.state.discrepancies if one.id == id), None)
        if found is None:
            raise NotFound(f"no contradiction has the id {id!r}; it may have been resolved since")
        return self.discrepancies([found])[0]

    def source(self, id: str, page: int = 1) -> View:
        """A source: everything it said or passed on, newest first, and how its figures held up."""
        line = self.state.sources(self.ledger).get(id)
        if line is None:
            raise NotFound(f"no source has the id {id!r}")
        told = self.state.once(("told", id), lambda: self._told(line))
        some = self._cut(told, page)
        return self.state.once(("source", id, page), lambda: self._source(line, told, some, page))

    def _source(self, line: Line, told: Sequence[str], some: Sequence[str], page: int) -> View:
        figures = list(dict.fromkeys((*some, *told[: sources.CHARTED])))
        with self.ledger.lists() as lists:
            asked = lists.questions_of(figures)
            labels = lists.labels(asked.values())
        rows = {row.figure: row for row in self.ledger.entries(figures)}
        judged = dict.fromkeys(asked[figure] for figure in (*some, *told[: sources.JUDGED]) if figure in asked)
        answers = self.ledger.answers(self.ledger.questions(list(judged)))
        carried = [report for relay in line.carried for report in relay.newest]
        views = replace(self.views(rows, also=carried), labels=labels)
        return {**self.leaf(page, len(told)), **sources.page(line, some, told, rows, answers, asked, views)}

    # what they are made of

    def question_of(self, id: str) -> Question:
        """The question of this whole id."""
        held = self.ledger.questions([id])
        if not held:
            raise NotFound(f"no question has the id {id!r}; reports that came in since may have made it another one")
        return held[0]

    def _questions(self, page: int, kind: str | None = None) -> list[str]:
        with self.ledger.lists() as lists:
            return lists.questions(self.long, self.long * (page - 1), kind)

    def _at(self, place: str) -> list[str]:
        """The questions with figures of a place."""
        with self.ledger.lists() as lists:
            return lists.questions(-1, 0, None, place)

    def _told(self, line: Line) -> list[str]:
        """The figures a source gave or passed on."""
        with self.ledger.lists() as lists:
            return lists.told(line.names, line.outlets)

    def lines(self, ids: Sequence[str]) -> list[View]:
        """Questions in one line each; those that were worked out before are taken as they are."""
        kept = self.state.lines
        missing = self.ledger.questions([id for id in ids if ("line", id) not in kept])
        if missing:
            rows = self.ledger.figures_of(missing)
            views = Views(self.state, rows)
            for answer in self.ledger.answers(missing, entries=rows):
                kept["line", answer.question.id] = views.line(answer)
        lines = [kept["line", id] for id in ids if ("line", id) in kept]
        return [{**line, "discrepancies": self.state.troubled[line["id"]]} for line in lines]

    def discrepancies(self, found: Sequence[Discrepancy]) -> list[View]:
        """Discrepancies with the sentences that cause them."""
        views = self.views(self.ledger.figures_of(found), found)
        return [views.discrepancy(one) for one in found]

    def views(self, entries: Mapping[str, Entry], found: Sequence[Discrepancy] = (), also: Iterable[str] = ()) -> Views:
        """What these figures, discrepancies between them, and further reports are shown with."""
        with self.ledger.lists() as lists:
            labels = lists.labels(one.question for one in found if one.question)
            heads = lists.headings((*(row.report for row in entries.values()), *also))
        titles = {id: titled(title, beginning, name) for id, (name, title, beginning) in heads.items()}
        return Views(self.state, entries, titles, labels, self.long)

    # pages of a list

    def _page(self, page: int, total: int) -> int:
        last = max(1, -(-total // self.long))
        if not 1 <= page <= last:
            raise NotFound(f"page {page} is not there: the list has {last} page{'' if last == 1 else 's'}")
        return page

    def _cut(self, rows: Sequence[Any], page: int) -> Sequence[Any]:
        first = self.long * (self._page(page, len(rows)) - 1)
        return rows[first : first + self.long]

    def leaf(self, page: int, total: int) -> View:
        """Which page of a list this is. Raises NotFound when the list has no such page."""
        self._page(page, total)
        return {"total": total, "page": page, "pages": max(1, -(-total // self.long))}


def _placed(line: PlaceLine) -> View:
    precise = PRECISIONS.get(line.precision or 0, "unknown")
    return {**line._asdict(), "precise": precise, "href": f"places/{place(line.name, line.country)}"}
