"""The ledger: the one object users hold. Reports in, claims kept, questions answered.

    with Ledger("my.accordingto") as ledger:
        ledger.read(["reports/"])
        for answer in ledger.ask("killed"): ...

Reading the same thing twice changes nothing, an interrupted run goes on where it stopped, and what people decide is
only ever added. Ids may be shortened as long as they fit one record; a report also answers to its name.
Raises LedgerError when the file cannot be used, NotFound when nothing fits, InputError when too much does.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any

from . import codec, dates
from .errors import InputError, LedgerError, NotFound
from .records import Answer, Claim, Discrepancy, Entry, Figure, Question, Report, Review

if TYPE_CHECKING:
    from .ask.finding import Found
    from .diff import Changes
    from .intake import Input
    from .reconcile import Tie
    from .reconcile.quotes import Quotation, Quote
    from .store.decisions import Decisions
    from .store.listing import Lists
    from .store.names import Names
    from .store.sql import Store

DEFAULT = "ledger.accordingto"
ID = 16
"""Letters of a whole id."""
QUOTED, NEAR = 200, 20
"""Claims that hold the words of a quotation looked for, and wordings looked at for each, at most."""
Reader = Callable[[Report], Sequence[Claim]]
Progress = Callable[[int], object]
SHOWN: tuple[str, ...] = ("report", "claim", "figure", "question", "discrepancy")


@dataclass(frozen=True, slots=True)
class ReadSummary:
    """What a reading did: reports added (of them `unsupported` kept unread because of their language), reports already
    known, inputs that failed as (input, message), the claims and figures that came in, and names of reports that
    others with different texts have too, as (name, ids of a few)."""

    added: int = 0
    known: int = 0
    unsupported: int = 0
    failed: tuple[tuple[str, str], ...] = ()
    claims: int = 0
    figures: int = 0
    shared: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __str__(self) -> str:
        parts = [f"{_many(self.added, 'report')} added" if self.added else "nothing new"]
        parts += [f"{_many(self.claims, 'claim')}, {_many(self.figures, 'figure')}"] * bool(self.added)
        parts += [f"{_many(self.known, 'report')} already known"] * bool(self.known)
        parts += [f"{self.unsupported} kept unread, their language is not supported"] * bool(self.unsupported)
        parts += [f"{_many(len(self.failed), 'input')} failed"] * bool(self.failed)
        return "; ".join(parts)


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


class Ledger:
    """One ledger file, open. Made when it is not there; a context manager.

    `readonly`: as it lies, beside somebody who writes: reports that came in since it was last laid are in no question.
    """

    def __init__(
        self, path: str | Path | None = None, *, create: bool = True, readonly: bool = False, wait: float = 60.0
    ) -> None:
        from .store.sql import open_store

        self.path = Path(path or os.environ.get("ACCORDINGTO_LEDGER") or DEFAULT)
        address = str(path) if path and "://" in str(path) else self.path
        self._store: Store = open_store(address, create and not readonly, readonly, wait)
        self._readonly = readonly
        self._fresh: tuple[list[Question], dict[str, str]] | None = None
        self._found: tuple[int, list[Discrepancy]] | None = None

    @classmethod
    def open(cls, path: str | Path | None = None, create: bool = False) -> Ledger:
        """An existing ledger, or a new one with `create`."""
        return cls(path, create=create)

    def close(self) -> None:
        self._store.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # reports in

    def read(
        self,
        inputs: str | Path | Iterable[Input],
        *,
        again: bool = False,
        processes: int | None = None,
        progress: Progress | None = None,
        reader: Reader | None = None,
    ) -> ReadSummary:
        """Read files, folders or `-` (or what `intake.received` yields) into the ledger, beside what is there.

        `again` reads known reports anew; `processes` None means all cores; `progress` is called with the number of
        reports done; `reader` takes the place of `pipeline.claims` (a function of a module, so that processes find it).
        """
        from . import reading

        summary = reading.read(self._store, inputs, again, processes, progress, reader)
        self.reconcile()
        return summary

    def add(
        self, report: Report, claims: Sequence[Claim], archived: bytes | None = None, reader: str | None = None
    ) -> bool:
        """Add one report with its claims; False when the ledger holds it already."""
        from .store import rows

        kept = [rows.archive(report.sha256, archived)] if archived is not None else []
        return bool(self._store.save([rows.rows(report, claims, reader or "by hand")], kept))

    # what was read

    def reports(self) -> Iterator[Report]:
        """Every report, by date and name."""
        return self._store.reports()

    def report(self, id: str) -> Report:
        """The report of this id, beginning of an id, name or address."""
        found = self._store.report(self._id(id, ("report",))[1])
        assert found is not None
        return found

    def claims(self, report: str | None = None) -> Iterator[Claim]:
        """The claims of a report in text order, or of all reports by date and name."""
        wanted = None if report is None else self._id(report, ("report",))[1]
        home, texts = "", {}
        for owner, _, record in self._store.records(wanted):
            if owner != home:
                held = self._store.report(owner)
                home, texts = owner, {owner: held.text if held else ""}
            yield codec.loads(Claim, record, texts)

    def claim(self, id: str) -> Claim:
        """The claim of this id or beginning of an id."""
        return self._claims([self._id(id, ("claim",))[1]])[0]

    def figure(self, id: str) -> Figure:
        """The figure of this id or beginning of an id."""
        whole = self._id(id, ("figure",))[1]
        claim = self._store.claim_of(whole)
        held = self._claims([claim] if claim else [])
        found = next((figure for one in held for figure in one.figures if figure.id == whole), None)
        if found is None:
            raise LedgerError(
                f"{self.path}: figure {whole} is not in the record of its claim {claim}; run accordingto verify"
            )
        return found

    def entries(self, figures: Sequence[str] | None = None) -> Iterator[Entry]:
        """Every figure as a flat row, or these figures, in no order."""
        return self._store.entries(figures)

    def entries_of(self, question: Question | str, known_on: str | None = None) -> list[Entry]:
        """The figures of one question, in its order; `known_on` (a day): those the ledger held then, as judged then."""
        self.reconcile()
        wanted = question if isinstance(question, Question) else self.question(question)
        return self._entries_of([wanted], known_on)[wanted.id]

    def figures_of(self, records: Iterable[Question | Discrepancy]) -> dict[str, Entry]:
        """The figures that questions or discrepancies name, by id."""
        wanted = dict.fromkeys(figure for record in records for figure in record.figures)
        return {entry.figure: entry for entry in self._store.entries(list(wanted))}

    def _entries_of(self, questions: Sequence[Question], known_on: str | None = None) -> dict[str, list[Entry]]:
        """The figures of each question, in its order."""
        before = dates.after(known_on, "known on") if known_on else None
        wanted = [figure for question in questions for figure in question.figures]
        return _members(questions, {entry.figure: entry for entry in self._store.entries(wanted, before)})

    def quotes(self, words: str = "") -> list[Quotation]:
        """Quotations that stand in more than one report, those whose words changed first; with words, every quotation
        that holds them, or whose speaker they name."""
        from .reconcile import quotes
        from .store.asking import Index

        if not words.strip():
            return [one for one in quotes.quotations(self._quoted()) if one.reports > 1]
        named = self._store.search(words, QUOTED)
        held = {quote.claim: quote for quote in self._quoted(named)}
        with self._store.reading() as connection:
            index = Index(connection)
            near = {claim for quote in held.values() for claim in index.claims(quotes.tellingly(quote), NEAR)}
        found = quotes.quotations(self._quoted(sorted(near | held.keys())))
        return [one for one in found if any(version.quote.claim in held for version in one.versions)]

    def _quoted(self, claims: Sequence[str] | None = None) -> Iterator[Quote]:
        from .reconcile.quotes import Quote, spoken
        from .store.rows import CHAIN

        for claim, report, name, publisher, published, chain, content in self._store.quoted(claims):
            if words := spoken(content):
                names = tuple(chain.split(CHAIN)) if chain else ()
                yield Quote(claim, report, name, publisher, published, names, words)

    def changes(self, since: str, rule: str = "latest") -> Changes:
        """What the ledger learned from the beginning of a day (UTC) until now: figures, revisions, contradictions."""
        from . import diff

        self.reconcile()
        start = dates.first(since, "since")
        fresh = self._store.learned_since(start)
        reviews = [review for review in self.reviews() if review.time >= start]
        entries = list(self._store.entries_of(fresh))
        records = [*(entry.figure for entry in entries), *(review.record for review in reviews)]
        with self.lists() as lists:
            about = sorted(lists.asked_about(records))
        touched = self._fresh[0] if self._fresh else self._store.questions(about)
        then, now = (self.answers(touched, None, rule, known) for known in (dates.before(start), None))
        held = self._entries_of(touched)
        return diff.changes(
            start, fresh, entries, reviews, list(zip(then, now, strict=True)), held, self.discrepancies()
        )

    @contextmanager
    def lists(self) -> Iterator[Lists]:
        """Lists for pages, of one state of the ledger."""
        from .store.listing import Lists

        with self._store.reading() as connection:
            yield Lists(connection)

    def search(self, words: str, limit: int = 20) -> list[Claim]:
        """Claims whose words or origin have all these words (the last may be a beginning), best first."""
        return self._claims(self._store.search(words, limit))

    def archived(self, report: str) -> bytes | None:
        """The bytes a report was read from, None when they were not kept."""
        import zlib

        packed = self._store.archived_bytes(self.report(report).sha256)
        return None if packed is None else zlib.decompress(packed)

    def counts(self) -> dict[str, int]:
        """How many reports, claims, figures, questions, discrepancies and reviews there are."""
        self.reconcile()
        return self._store.counts()

    # what is made of it

    def counters(self) -> tuple[int, int]:
        """How often figures or reviews changed, and at which change the discrepancies were last found."""
        return self._store.counters()

    def settled(self) -> bool:
        """Whether everything that came in lies beside the rest and was checked."""
        changed, settled = self._store.counters()
        return changed == settled and self._store.laid()

    def laid(self) -> bool:
        """Whether everything that came in lies beside the rest."""
        return self._store.laid()

    def borrow(self, other: Ledger) -> None:
        """Take over what another made of the same file, when it may not be written and was not laid."""
        self._fresh, self._found = other._fresh, other._found

    def reconcile(self) -> None:
        """Lay what came in beside what is there: copies, and the questions of the events it touches."""
        from . import reconcile

        if self._readonly:
            return
        if self._store.laid():
            self._fresh = None
        elif self._store.writable:
            self._store.lay()
            self._fresh = None
        elif self._fresh is None:
            copies = reconcile.copies(self._store.reports())
            decided = [one for one in self._store.reviews() if one.verdict in reconcile.GROUPING]
            self._fresh = list(reconcile.questions(self._store.entries(), copies, decided)), copies

    def _checked(self) -> list[Discrepancy]:
        """The discrepancies as of the last change of figures or reviews, kept where the ledger may be written."""
        from . import check

        if self._readonly:
            return self._found[1] if self._found else self._store.discrepancies()
        self.reconcile()
        changed, settled = self._store.counters()
        if changed == settled and not self._fresh:
            return self._store.discrepancies()
        if self._found is None or self._found[0] != changed:
            fresh = check.Held(self._store.entries(), *self._fresh) if self._fresh else None
            found = check.found(fresh or check.Stored(self._store), date.today().isoformat())
            self._found = changed, check.ranked(found)
        if self._store.writable:
            self._store.settle(*self._found)
        return self._found[1]

    def questions(self, ids: Sequence[str] | None = None) -> list[Question]:
        """The questions the figures answer; or those of these whole ids that are there, in the order given."""
        self.reconcile()
        if not self._fresh:
            return self._store.questions(ids)
        held = {question.id: question for question in self._fresh[0]}
        return self._fresh[0] if ids is None else [held[id] for id in ids if id in held]

    def question(self, id: str) -> Question:
        """The question of this id or beginning of an id."""
        self.reconcile()
        whole = self._id(id, ("question",))[1]
        held = self._fresh[0] if self._fresh else self._store.questions([whole])
        return next(question for question in held if question.id == whole)

    def question_of(self, figure: str) -> Question | None:
        """The question a figure answers."""
        self.reconcile()
        if self._fresh:
            return next((question for question in self._fresh[0] if figure in question.figures), None)
        return self._store.question_of(figure)

    def ties(self, question: Question | str) -> list[Tie]:
        """Why figures of a question have one origin, in words."""
        from . import reconcile

        return reconcile.ties(self.entries_of(question), self.copies())

    def discrepancies(self) -> list[Discrepancy]:
        """What does not fit, the weightiest first."""
        return self._checked()

    def copies(self, reports: Iterable[str] | None = None) -> dict[str, str]:
        """Reports to the group of copies they belong to; all, or of these."""
        self.reconcile()
        return self._fresh[1] if self._fresh else self._store.copies(reports)

    def find(
        self, words: str = "", *, where: str | None = None, source: str | None = None, most: int | None = None
    ) -> list[Found]:
        """The questions these words ask, best first, with how well each fits; all questions without words.

        Words may be a question's id or its beginning. `where`: only of this place; `source`: only those this source or
        outlet gave a figure for. Looked up in an index; no figure is read.
        """
        from .ask import finding
        from .reconcile import told_by
        from .store.asking import Index

        self.reconcile()
        if self._fresh:
            return finding.find(words, self._fresh[0], where)[:most]
        called = words.strip().lower()
        with self._store.reading() as connection:
            if finding.like_id(called) and (named := self._store.lookup("question", called, limit=10)):
                found = [(id, 1.0) for id in named]
            else:
                found = finding.stored(Index(connection), words, where, source, finding.SIFTED if source else most)
        fits = dict(found)
        questions = self._store.questions(list(fits))
        if source:
            held = self._entries_of(questions)
            questions = [one for one in questions if any(told_by(row, source) for row in held[one.id])]
        return [finding.Found(question, fits[question.id]) for question in questions[:most]]

    def ask(
        self,
        words: str = "",
        as_of: str | None = None,
        rule: str = "latest",
        most: int | None = None,
        *,
        known_on: str | None = None,
        source: str | None = None,
        where: str | None = None,
    ) -> list[Answer]:
        """The answers to the questions these words mean, best first, `most` of them; to all questions without words.

        `as_of`: from what was said up to this day. `known_on`: from what the ledger held, and people had decided, by
        the end of this day. `source`: from figures this source or outlet gave or relayed. `where`: only of this place.
        Raises InputError for a date or rule that is none.
        """
        found = self.find(words, where=where, source=source, most=most)
        return self.answers([one.question for one in found], as_of, rule, known_on, source)

    def answers(
        self,
        questions: Sequence[Question],
        as_of: str | None = None,
        rule: str = "latest",
        known_on: str | None = None,
        source: str | None = None,
        entries: Mapping[str, Entry] | None = None,
    ) -> list[Answer]:
        """The answers to these questions, see `ask`; those the source says nothing about are left out. `entries`: their
        figures by id, where they are known."""
        from . import reconcile

        reconcile.rules.rule(rule)
        as_of = dates.last(as_of, "as of") if as_of else None
        known_on = dates.last(known_on, "known on") if known_on else None
        held = self._entries_of(questions, known_on) if entries is None else _members(questions, entries)
        copies = self.copies({entry.report for rows in held.values() for entry in rows})
        if source:
            held = {id: [row for row in rows if reconcile.told_by(row, source)] for id, rows in held.items()}
        return [
            reconcile.answer(question, held[question.id], copies, as_of, rule, known_on)
            for question in questions
            if held[question.id] or not source
        ]

    def check(self) -> list[Discrepancy]:
        """The discrepancies; the same as `discrepancies`, named like the command."""
        return self.discrepancies()

    def show(self, id: str) -> Report | Claim | Figure | Question | Discrepancy:
        """The record of this id, beginning of an id, or report name."""
        self.reconcile()
        kind, whole = self._id(id, SHOWN)
        if kind == "discrepancy":
            return next(found for found in self.discrepancies() if found.id == whole)
        record: Report | Claim | Figure | Question = getattr(self, kind)(whole)
        return record

    # what people decide

    def review(
        self,
        record: str,
        verdict: str,
        reviewer: str,
        note: str | None = None,
        correction: str | Mapping[str, str] | None = None,
        sample: str | None = None,
    ) -> Review:
        """Add a person's verdict on a record of this ledger; with `sample`, blind: it is compared, and decides nothing.

        `correct` takes the fields that should be otherwise, {"number": "120", "place": "Kursk"} (review.corrections).

        `split` takes a figure, and those whose ids `correction` holds, out of their question; `merge` makes its
        question and that of `correction` one; `rename` calls it `correction`. Given a question, they hold on its first
        figure.
        """
        from .review import giving

        return self._store.decide(giving.given(self, record, verdict, reviewer, note, correction, sample))

    def withdraw(self, made: Review, reviewer: str, note: str | None = None) -> Review:
        """Take a verdict of this ledger back: what held before holds again, and both stay on record."""
        from .review import giving

        return self._store.decide(giving.withdrawn(made, reviewer, note))

    @property
    def names(self) -> Names:
        """The names of people at risk that were found in the reports."""
        from .store.names import Names

        return Names(self._store)

    @property
    def decisions(self) -> Decisions:
        """What was decided and what waits for it: the queue, samples, the audit log."""
        from .store.decisions import Decisions

        return Decisions(self._store)

    def reviews(self, record: str | None = None, after: int = 0) -> list[Review]:
        """Every verdict in the order it was given; of one record, whose id may be shortened; those `after` a number."""
        found = list(self._store.reviews(record, after))
        if found or record is None or len(record) == ID:
            return found
        return list(self._store.reviews(self._id(record, SHOWN)[1]))

    # out

    def verify(self) -> list[str]:
        """Check every anchor, text and archived hash; plain sentences about what does not hold."""
        from .verify import faults

        return list(faults(self._store))

    def export(self, format: str, out: IO[str]) -> None:
        """Write the ledger as `jsonl` (one claim a line) or `csv` (one figure a row)."""
        from importlib import import_module

        names = {"jsonl": "jsonl", "csv": "table"}
        if format not in names:
            raise InputError(f"export format {format!r} is not known; give one of {', '.join(sorted(names))}")
        self.reconcile()
        import_module(f".publish.{names[format]}", __package__).write(self, out)

    def publish(self, directory: str | Path, boundaries: str = "recognised") -> None:
        """Write a static site of the ledger into a folder; `boundaries`: which its maps draw (publish/basemap.py)."""
        from .publish import site

        self.reconcile()
        site.write(self, Path(directory), boundaries=boundaries)

    def brief(self, question: str, out: IO[str], format: str = "md", unmask: bool = False, **options: Any) -> Answer:
        """Write one page (`md`, `html`) on the question these words or this id mean; `options` as for `ask`.

        Raises NotFound when none is meant, InputError when several are."""
        from .ask.finding import clear
        from .publish import brief

        found = self.find(question)
        if not found:
            raise NotFound(
                f"no question in the ledger matches {question!r}; accordingto ask (without words) lists them"
            )
        if not clear(found):
            listed = "; ".join(f"{one.question.id[:8]} {one.question.label}" for one in found[:4])
            raise InputError(f"{len(found)} questions fit {question!r}; give the id of one: {listed}")
        (answer,) = self.answers([found[0].question], **options)
        brief.write(self, answer, out, format, unmask)
        return answer

    # ids

    def _claims(self, ids: Sequence[str]) -> list[Claim]:
        texts = self._store.texts(ids)
        return [codec.loads(Claim, record, texts) for id in ids for _, _, record in self._store.records(claim=id)]

    def _id(self, id: str, kinds: Sequence[str]) -> tuple[str, str]:
        """(kind, whole id) of the one record meant. Raises NotFound, InputError."""
        called = id.strip()
        if not called:
            raise InputError(f"an empty id names no {either(kinds)}; give an id, or its beginning")
        whole_id = called.lower() if len(called) == ID else ""
        found = [(kind, whole_id) for kind in kinds if whole_id and self._lookup(kind, whole_id) == [whole_id]]
        if not found and "report" in kinds:
            found = [("report", whole) for whole in self._store.named(called)]
        if not found:
            found = [(kind, whole) for kind in kinds for whole in self._lookup(kind, called.lower())]
            found = [match for match in found if match[1] == called.lower()] or found
        if not found and "discrepancy" in kinds:
            found = [("discrepancy", one.id) for one in self._checked() if one.id.startswith(called.lower())]
        if not found:
            hint = "accordingto export -f csv lists every figure with its ids"
            raise NotFound(f"{self.path}: no {either(kinds)} has the id {called!r}, or one that begins so; {hint}")
        if len(found) > 1:
            listed = ", ".join(f"{kind} {whole}" for kind, whole in found[:3]) + (", …" if len(found) > 3 else "")
            raise InputError(f"{called!r} fits more than one record ({listed}); give more of the id")
        return found[0]

    def _lookup(self, kind: str, beginning: str) -> list[str]:
        """Ids of this kind that begin so; of questions that could not be kept (a read-only file), those made here."""
        if kind == "discrepancy" and self._found:
            return [found.id for found in self._found[1] if found.id.startswith(beginning)]
        if self._fresh and kind == "question":
            return [question.id for question in self._fresh[0] if question.id.startswith(beginning)]
        return self._store.lookup(kind, beginning)


def _members(questions: Iterable[Question], entries: Mapping[str, Entry]) -> dict[str, list[Entry]]:
    """The figures of each question, in its order."""
    return {question.id: [entries[one] for one in question.figures if one in entries] for question in questions}


def either(kinds: Sequence[str]) -> str:
    """Kinds of record, or of figure, in words: "a, b or c"."""
    return " or ".join([", ".join(kinds[:-1]), kinds[-1]]) if len(kinds) > 1 else kinds[0]
