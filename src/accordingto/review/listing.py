"""The queue and what was decided, as lines and as JSON values: what a pipe gets instead of the keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ..publish import wording
from ..records import Entry, Review
from . import corrections
from .agreement import agreement
from .weights import BEST, BOUND, ONLY, Weight

if TYPE_CHECKING:
    from rich.table import Table

    from ..ledger import Ledger
    from .desk import Desk

SHORT = 8
"""Letters of an id that are shown."""
SENTENCE = 160
MOVES = {BEST: "moves the best figure", BOUND: "moves low or high", ONLY: "the only figure of its question"}
HOW = "decide with accordingto review ID accept|reject|unsure|insufficient, or here with keys on a terminal"

Row = dict[str, Any]


def row(review: Review) -> Row:
    """A verdict as a JSON value."""
    return {name: value for name, value in asdict(review).items() if value is not None}


def said(review: Review) -> str:
    """A verdict on one line: what, on which record, by whom, when, why."""
    what = {"withdraw": f"withdraws {review.refers}"}.get(review.verdict, review.verdict)
    given = corrections.words(review.correction) if review.verdict == "correct" else review.correction
    parts = [f"{review.number}", review.record[:SHORT], what + (f" {given}" if given else "")]
    carried = review.refers is not None and review.verdict != "withdraw"
    parts += [f"by {review.reviewer}, {review.time[:16].replace('T', ' ')}"]
    parts += [f"carried over from {review.refers}"] * carried + [f"({review.note})"] * bool(review.note)
    return "  ".join(parts)


def about(entry: Entry) -> str:
    """What a figure is taken to say, on one line."""
    number = wording.said(entry.low, entry.high, entry.qualifier)
    parts = [f"{number} {wording.kind(entry.kind)}", entry.counted, entry.place, wording.time(entry.edtf)]
    chain = wording.chain(entry.publisher or entry.report_name, entry.chain)
    return "; ".join(part for part in (*parts, chain) if part)


def why(weight: Weight | None, doubts: Iterable[str] = ()) -> str:
    """Why a figure stands where it does in the queue."""
    told = [doubt.replace("-", " ") for doubt in doubts]
    if weight is not None:
        told = [*filter(None, (MOVES.get(weight.moves),)), *told]
        told += ["stands in a contradiction"] * (weight.doubts > len([*doubts]))
    return ", ".join(told)


def _figures(desk: Desk, most: int) -> Iterable[str]:
    figure, seen = desk.after(), set[str]()
    while figure is not None and figure not in seen and len(seen) < most:
        seen.add(figure)
        yield figure
        figure = desk.after(figure)


def show(desk: Desk, most: int, say: Callable[[str], object]) -> bool:
    """Tell the first figures of the queue, two lines each; whether there were any."""
    figures = list(_figures(desk, most))
    left, done = desk.counts()
    for figure in figures:
        card = desk.card(figure)
        reason = why(card.weight, card.doubts) if desk.work == "queue" else ""
        say(f"{figure[:SHORT]}  {about(card.entry)}{f' [{reason}]' if reason else ''}")
        say(f"    “{wording_of(card.entry)}”")
        for coding in card.codings if desk.work == "adjudicate" else ():
            say(f"    {said(coding)}")
    if figures:
        say(f"{left:,} to decide, {done:,} decided")
    return bool(figures)


def wording_of(entry: Entry) -> str:
    return entry.sentence if len(entry.sentence) <= SENTENCE else entry.sentence[: SENTENCE - 1].rstrip() + "…"


def as_json(desk: Desk, most: int) -> Row:
    """The first figures of the queue."""
    figures = [_card(desk, figure) for figure in _figures(desk, most)]
    left, done = desk.counts()
    return {"left": left, "decided": done, "figures": figures}


def _card(desk: Desk, figure: str) -> Row:
    card = desk.card(figure)
    return {
        "figure": asdict(card.entry),
        "question": card.question and {"id": card.question.id, "label": card.question.label},
        "why": why(card.weight, card.doubts) if desk.work == "queue" else None,
        "doubts": list(card.doubts),
        "reviews": [row(one) for one in card.reviews],
        "codings": [row(one) for one in card.codings],
    }


def agreement_of(ledger: Ledger, sample: str) -> Row:
    """How far the coders of a sample agree."""
    figures, codings = ledger.decisions.sampled(sample), ledger.decisions.codings(sample)
    read = {entry.figure: entry for entry in ledger._store.entries(figures, as_read=True)}
    return {
        "sample": sample,
        "figures": len(figures),
        "coders": sorted({one.reviewer for one in codings}),
        "fields": [asdict(one) for one in agreement(read, codings)],
    }


def agreement_table(found: Row) -> Table:
    """The agreement as a table for people."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    table.add_column("field")
    for name in ("alpha", "coded twice", "alike"):
        table.add_column(name, justify="right")
    for one in found["fields"]:
        alpha = f"{one['alpha']:.2f}" if one["alpha"] is not None else "–"
        table.add_row(one["field"], alpha, str(one["figures"]), str(one["alike"]))
    return table
