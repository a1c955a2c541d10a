"""One record of the ledger with its words, for the terminal: a report, claim, figure, question or discrepancy.

These views stay on the machine and show the ledger as it is; what leaves it is masked (publish/masking.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from . import passages, why
from .mark import STYLES, printable
from .mark import of_claim as marks_of
from .passages import SHORT
from .publish.wording import bounds, chain, day, kind, many, time
from .records import Claim, Discrepancy, Entry, Figure, Link, Question, Report, Review

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text
    from rich.tree import Tree

    from .ledger import Ledger
    from .reconcile import Tie

NEAR = 400
"""Code points within which a cue or source is shown with the content it goes with."""


def show(ledger: Ledger, id: str, console: Console) -> None:
    """Print the record of this id, beginning of an id or report name. Raises NotFound, InputError."""
    record = ledger.show(id)
    if isinstance(record, Report):
        _report(ledger, record, console)
    elif isinstance(record, Claim):
        _claim(ledger, record, console)
    elif isinstance(record, Figure):
        _claim(ledger, _claim_of(ledger, record), console)
    elif isinstance(record, Question):
        _question(ledger, record, console)
    else:
        _discrepancy(ledger, record, console)


def report(ledger: Ledger, id: str, console: Console) -> None:
    """Print a report: its text with the claims' marks, and the claims."""
    _report(ledger, ledger.report(id), console)


def claim(ledger: Ledger, id: str, console: Console) -> None:
    """Print a claim: the sentence, the chain from the outlet to the origin, figures, times, places, doubts, reviews."""
    _claim(ledger, ledger.claim(id), console)


def question(ledger: Ledger, id: str, console: Console) -> None:
    """Print a question: what each origin says, and every figure given, oldest first."""
    _question(ledger, ledger.question(id), console)


def as_json(ledger: Ledger, id: str) -> dict[str, Any]:
    """The record as a JSON object with its `record` kind; shapes as in claims.jsonl (docs/formats.md)."""
    from . import codec
    from .publish import jsonl

    record = ledger.show(id)
    if isinstance(record, Figure):
        record = _claim_of(ledger, record)
    if isinstance(record, Report):
        claims = [jsonl.claim(one, record, reviews=ledger.reviews(one.id)) for one in ledger.claims(record.id)]
        for row in claims:
            del row["report"]
        return {"record": "report", **jsonl.about(record), "text": record.text, "claims": claims}
    if isinstance(record, Claim):
        home = ledger.report(record.content.report)
        row = jsonl.claim(record, home, jsonl.questions_of(ledger), ledger.reviews(record.id))
        return {"record": "claim", **row, "why": why.as_json(why.of(record, home), home)}
    if isinstance(record, Question):
        from .ask.out import as_json

        told = as_json(_answer(ledger, record), ledger.entries_of(record))
        return {"record": "question", **told, "ties": [tie._asdict() for tie in ledger.ties(record)]}
    entries = [codec.encode(entry) for entry in _entries(ledger, record.figures)]
    return {"record": "discrepancy", "id": record.id, **codec.encode(record), "entries": entries}


def _claim_of(ledger: Ledger, figure: Figure) -> Claim:
    claims = ledger.claims(figure.evidence.report)
    return next(claim for claim in claims if any(one.id == figure.id for one in claim.figures))


def _answer(ledger: Ledger, question: Question) -> Any:
    from . import reconcile

    return reconcile.answer(question, ledger.entries_of(question), ledger.copies())


def _entries(ledger: Ledger, figures: Iterable[str]) -> list[Entry]:
    wanted = list(dict.fromkeys(figures))
    held = {entry.figure: entry for entry in ledger.entries(wanted)}
    return [held[figure] for figure in wanted if figure in held]


def _text(words: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(printable(words), style=style)


def _head(console: Console, kind: str, id: str, title: str, about: str = "") -> None:
    console.print(_text(f"{kind} {id}", "dim"))
    console.print(_text(title, "bold"))
    if about:
        console.print(_text(about, "dim"))
    console.print()


def _about(report: Report) -> str:
    parts = report.publisher, day(report.published), report.byline, report.url or report.name
    return " · ".join(part for part in parts if part)


def _report(ledger: Ledger, report: Report, console: Console) -> None:
    claims = sorted(ledger.claims(report.id), key=lambda claim: claim.content.span)
    _head(console, "report", report.id, report.title or report.name, _about(report))
    console.print(passages.legend(passages.plain(console)), "", sep="\n", width=min(console.width, passages.WIDEST))
    passages.show(report, claims, passages.of_claims(report, claims), console, ids=True)
    _doubts(console, report.doubts)
    if not claims:
        console.print(_text("No claims were read in this report.", "dim"))


def _claim(ledger: Ledger, claim: Claim, console: Console) -> None:
    home = ledger.report(claim.content.report)
    _head(console, "claim", claim.id, home.title or home.name, _about(home))
    console.print(_sentence(claim, home, passages.plain(console)))
    console.print()
    console.print(_chain(claim, home))
    manner = claim.manner if claim.chain else "the outlet's own voice"
    console.print(_text(f"{manner}, {claim.stance}", "dim"))
    console.print()
    _why(claim, home, console)
    _figures(ledger, claim, console)
    for figure in claim.figures:
        question = ledger.question_of(figure.id)
        for tie in ledger.ties(question) if question else ():
            if tie.figure == figure.id:
                console.print(_text(f"{figure.evidence.exact}: ", "dim") + _text(tie.words))
    for label, found in (("times", claim.times), ("places", claim.places)):
        words = [_known(part) for part in found]
        if words:
            console.print(_text(f"{label}: ", "dim") + _text("; ".join(words)))
    _doubts(console, claim.doubts)
    ids = (claim.id, *(figure.id for figure in claim.figures))
    _reviews(console, [review for id in ids for review in ledger.reviews(id)])


def _why(claim: Claim, report: Report, console: Console) -> None:
    """Why this source: one line a reason, what goes without saying left out."""
    from rich.table import Table

    reasons = why.of(claim, report)
    told = [why.OTHERWISE] if reasons is None else [one.words for one in reasons if one.rule not in why.PLAIN]
    table = Table.grid(padding=(0, 1))
    for words in told:
        table.add_row(_text("·", "dim"), _text(words))
    console.print(_text("why", "dim"), table, "", sep="\n")


def _known(part: Any) -> str:
    meaning = time(part.edtf) if hasattr(part, "edtf") else ", ".join(filter(None, (part.name, part.country)))
    words = part.evidence.exact if part.evidence else None
    return f"{words} = {meaning}" if words and words != meaning else meaning


def _sentence(claim: Claim, report: Report, plain: bool) -> Text:
    """The sentences that hold the claim, its cue and its sources where they stand near, with their marks."""
    from .prose import Prose

    prose = Prose(report.text, report.language)
    start, end = claim.content.span
    first, last = prose.paragraph_at(start) or (start, end), prose.paragraph_at(end - 1) or (start, end)
    told = [e for link in claim.chain for e in (link.cue, link.source.mention) if e]
    near = [e for e in told if max(first[0], start - NEAR) <= e.start < min(last[1], end + NEAR)]
    start, end = min([start, *(e.start for e in near)]), max([end, *(e.end for e in near)])
    first, last = prose.sentence_at(start) or (start, end), prose.sentence_at(end - 1) or (start, end)
    start, end = min(start, first[0]), max(end, last[1])
    inside = (mark for mark in marks_of(claim, report.text) if start <= mark["start"] and mark["end"] <= end)
    marks = [{**mark, "start": mark["start"] - start, "end": mark["end"] - start} for mark in inside]
    return passages.signed(report.text[start:end], marks, [(0, end - start)], {claim.id: ""}, plain)[0]


def _chain(claim: Claim, report: Report) -> Tree:
    """The outlet, and under it each source it leans on, the origin innermost."""
    from rich.tree import Tree

    root = branch = Tree(_text(report.publisher or report.name))
    for link in claim.chain:
        branch = branch.add(_link(link, last=link is claim.chain[-1]))
    return root


def _link(link: Link, last: bool) -> Text:
    source = link.source
    words = _text("← ") + _text(source.name, STYLES["source"] if last else "cyan")
    about = ", ".join(filter(None, (source.role, source.affiliation, source.kind, source.country)))
    if about:
        words += _text(f" ({about})", "dim")
    if link.cue:
        words += _text("  “") + _text(link.cue.exact, STYLES["cue"]) + _text("”")
    if link.hedge:
        words += _text(f"  hedged: {link.hedge}")
    return words


def _figures(ledger: Ledger, claim: Claim, console: Console) -> None:
    from rich.table import Table

    if not claim.figures:
        return
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for heading in ("figure", "words", "means", "of whom", "when, where"):
        table.add_column(heading, header_style="dim", overflow="fold", no_wrap=heading == "figure")
    for figure in claim.figures:
        table.add_row(
            _text(figure.id[:SHORT], "dim"),
            _text(figure.evidence.exact, STYLES["figure"]),
            _text(_means(figure)),
            _text(figure.counted.name if figure.counted else ""),
            _text(_when_where(figure)),
        )
    console.print(table)
    console.print()


def _when_where(figure: Figure) -> str:
    when = time(figure.when.edtf) if figure.when else ""
    return "; ".join(filter(None, (when, figure.where.name if figure.where else "")))


def _means(figure: Figure) -> str:
    parts = [f"{kind(figure.kind)} {bounds(figure.low, figure.high)}"]
    if figure.qualifier:
        parts.append(f"“{figure.qualifier}”")
    if figure.mode != "total":
        parts.append(figure.mode + (f" of {figure.part_of[:SHORT]}" if figure.part_of else ""))
    if figure.stance != "asserted":
        parts.append(figure.stance)
    return ", ".join(parts)


def _question(ledger: Ledger, question: Question, console: Console) -> None:
    from .ask.view import table

    answer, entries = _answer(ledger, question), ledger.entries_of(question)
    console.print(_text(f"question {question.id}", "dim"))
    console.print(table(answer, entries, width=min(console.width, 100)))
    reports = len({entry.report for entry in entries})
    count = f"{many(len(entries), 'figure')} in {many(reports, 'report')}"
    console.print(_text(f"Every figure given ({count}), oldest first", "bold"))
    for line in _history(entries, ledger.ties(question)):
        console.print(line)
    _reviews(console, ledger.reviews(question.id))


def _history(entries: Iterable[Entry], ties: Iterable[Tie] = ()) -> Iterator[Any]:
    """Every figure with its sentence, and why it is no witness of its own."""
    from rich.padding import Padding

    tied = {tie.figure: tie.words for tie in ties}
    for entry in sorted(entries, key=lambda e: (e.as_of or e.published or "", e.report, e.start)):
        said = day(entry.as_of or entry.published)
        yield _text(f"{said}: ") + _text(bounds(entry.low, entry.high), "bold") + _text(f"  {_by(entry)}")
        sentence = " ".join(entry.sentence.split())
        yield Padding(_text(f"“{sentence}”  ", "italic") + _text(entry.figure[:SHORT], "dim"), (0, 0, 0, 2))
        if entry.figure in tied:
            yield Padding(_text(tied[entry.figure], "dim"), (0, 0, 0, 2))


def _by(entry: Entry) -> str:
    return chain(entry.publisher or entry.report_name, entry.chain)


def _discrepancy(ledger: Ledger, found: Discrepancy, console: Console) -> None:
    _head(console, "discrepancy", found.id, found.sentence, f"check: {found.check}, severity {found.severity}")
    for line in _history(_entries(ledger, found.figures)):
        console.print(line)
    if found.question:
        console.print(_text(f"question {found.question}", "dim"))
    _reviews(console, ledger.reviews(found.id))


def _doubts(console: Console, doubts: Iterable[str]) -> None:
    words = ", ".join(doubts)
    if words:
        console.print(_text("doubts: ", "dim") + _text(words))


def _reviews(console: Console, reviews: Iterable[Review]) -> None:
    for review in reviews:
        note = f": {review.note}" if review.note else ""
        console.print(_text("review: ", "dim") + _text(f"{review.verdict} by {review.reviewer}, {review.time}{note}"))
