"""What the ledger learned since a day: new figures, revisions of answers, and contradictions that came with them.

Nothing is remembered for it: a report carries the day the ledger learned of it, a verdict its time, and a
discrepancy is as young as the youngest of its figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console
from rich.text import Text

from .ask.view import span
from .mark import printable
from .publish.wording import begin, chain, day, many, said
from .records import Answer, Discrepancy, Entry, Review, Stand

SHORT = 8
"""Digits of an id that are shown."""


@dataclass(frozen=True, slots=True)
class Revision:
    """An answer that moved, or an origin's word in it: what it was before the day, and what it is now."""

    question: str
    label: str
    origin: str | None
    before: str | None
    now: str | None
    figure: str | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything since a day: reports learned, figures new in them, revisions, contradictions, verdicts."""

    since: str
    reports: int
    figures: tuple[Entry, ...]
    revisions: tuple[Revision, ...]
    discrepancies: tuple[Discrepancy, ...]
    reviews: tuple[Review, ...]

    def __bool__(self) -> bool:
        return bool(self.reports or self.reviews)


def changes(
    start: str,
    reports: Sequence[str],
    entries: Sequence[Entry],
    reviews: Sequence[Review],
    answers: Iterable[tuple[Answer, Answer]],
    held: Mapping[str, Sequence[Entry]],
    discrepancies: Iterable[Discrepancy],
) -> Changes:
    """What changed since the day `start`: `reports` and their `entries` are new, `answers` are those before it with
    those now, `held` the figures of each question."""
    figures = {entry.figure for entry in entries}
    told = {entry.figure: entry for rows in held.values() for entry in rows}
    moved = [one for then, now in answers for one in revisions(then, now, told)]
    found = [one for one in discrepancies if figures & set(one.figures)]
    ordered = sorted(entries, key=lambda entry: (entry.published or "", entry.report_name, entry.start))
    return Changes(start, len(reports), tuple(ordered), tuple(moved), tuple(found), tuple(reviews))


def revisions(then: Answer, now: Answer, entries: Mapping[str, Entry]) -> Iterator[Revision]:
    """The answer first, when there was one and it moved; then each origin that had spoken and says another thing."""
    question = now.question
    if not then.stands:
        return
    if (then.low, then.best, then.high) != (now.low, now.best, now.high):
        yield Revision(question.id, question.label, None, _answer(then), _answer(now))
    before = {stand.origin.id: stand for stand in then.stands}
    after = {stand.origin.id: stand for stand in now.stands}
    for id, stand in after.items():
        old = before.get(id)
        if old and (old.low, old.high) != (stand.low, stand.high):
            yield _moved(now, stand.origin.name, old, stand, entries)
    for id, old in before.items():
        if id not in after:
            yield _moved(now, old.origin.name, old, None, entries)


def _moved(now: Answer, origin: str, old: Stand, new: Stand | None, entries: Mapping[str, Entry]) -> Revision:
    question = now.question
    told = _spoken(entries[new.figure]) if new and new.figure in entries else None
    earlier = _spoken(entries[old.figure]) if old.figure in entries else span(old.low, old.high)
    return Revision(question.id, question.label, origin, earlier, told, new.figure if new else None)


def _spoken(entry: Entry) -> str:
    return said(entry.low, entry.high, entry.qualifier)


def _answer(answer: Answer) -> str:
    best = "open" if answer.best is None else f"{answer.best:,}"
    ends = span(answer.low, answer.high)
    return best if ends == best else f"{best} ({ends})"


def as_json(found: Changes) -> dict[str, Any]:
    """The changes as JSON values."""
    return asdict(found)


def show(found: Changes, console: Console) -> None:
    """Print the changes: what moved and what does not fit first, then every new figure under its report."""
    console.print(_text(_summary(found)), style="bold")
    for title, lines in (
        ("Revised", _revised(found.revisions)),
        ("New contradictions", _contradictions(found.discrepancies)),
        ("New figures", _figures(found.figures)),
        ("Verdicts", _verdicts(found.reviews)),
    ):
        told = list(lines)
        if told:
            console.print()
            console.print(title, style="bold")
            for line in told:
                console.print(line)


def _summary(found: Changes) -> str:
    if not found:
        return f"Nothing new since {day(found.since)}."
    counts = (
        many(found.reports, "new report"), many(len(found.figures), "new figure"),
        many(len(found.revisions), "revision"), many(len(found.discrepancies), "new contradiction"),
    )  # fmt: skip
    return f"Since {day(found.since)}: {', '.join(counts)}"


def _revised(revisions: Iterable[Revision]) -> Iterator[Text]:
    label = ""
    for one in revisions:
        if one.question != label:
            label = one.question
            yield _text(f"{begin(one.label)} ") + _text(one.question[:SHORT], "dim")
        who = one.origin or "answer"
        told = f"{one.before} → {one.now}" if one.now else f"{one.before}, rejected since"
        yield _text(f"  {who}: ", "dim" if one.origin else "bold") + _text(told)


def _contradictions(found: Sequence[Discrepancy]) -> Iterator[Text]:
    from .check import lines

    yield from lines(found)


def _figures(entries: Iterable[Entry]) -> Iterator[Text]:
    report = ""
    for entry in entries:
        if entry.report != report:
            report = entry.report
            dated = f", {entry.published[:10]}" if entry.published else ""
            yield _text(f"{entry.report_name}{dated}", "dim")
        who = chain(entry.publisher or entry.report_name, entry.chain)
        yield _text("  ") + _text(f"{_spoken(entry)} {entry.kind.removeprefix('other:')}", "bold") + _text(f"  {who}")


def _verdicts(reviews: Iterable[Review]) -> Iterator[Text]:
    for review in reviews:
        note = f": {review.note}" if review.note else ""
        yield _text(f"  {review.record[:SHORT]} {review.verdict} by {review.reviewer}, {review.time[:10]}{note}")


def _text(words: str, style: str = "") -> Text:
    return Text(printable(words), style=style)
