"""What the pages of the review show, as plain values with names of people at risk withheld."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..kinds import kinds as known
from ..publish import wording
from ..publish.masking import Mask
from ..records import Entry, Review
from ..review import corrections, listing
from ..review.desk import Card, Decided

View = dict[str, Any]


def kinds() -> list[str]:
    """The kinds a figure may be corrected to."""
    return sorted(known())


def card(shown: Card, mask: Mask, work: str) -> View:
    """A figure as it is put before a person."""
    entry, report = shown.entry, shown.entry.report
    whole = mask.text(shown.before + entry.exact + shown.after, report)
    start, end = len(shown.before), len(shown.before) + len(entry.exact)
    return {
        "figure": shown.figure,
        "claim": entry.claim,
        "report": report,
        "report_name": mask.text(entry.report_name),
        "published": entry.published,
        "outlet": entry.publisher or mask.text(entry.report_name),
        "chain": [mask.name(name, report) for name in entry.chain],
        "says": wording.said(entry.low, entry.high, entry.qualifier),
        "kind": entry.kind,
        "counted": entry.counted,
        "time": entry.edtf,
        "place": entry.place,
        "before": whole[:start],
        "exact": whole[start:end],
        "after": whole[end:],
        "question": shown.question and {"id": shown.question.id, "label": mask.text(shown.question.label)},
        "why": listing.why(shown.weight, shown.doubts) if work == "queue" else listing.why(None, shown.doubts),
        "fields": fields(entry, mask),
        "verdict": entry.verdict,
        "seen": shown.seen,
        "reviews": [said(one, mask, report) for one in shown.reviews],
        "codings": [said(one, mask, report) for one in shown.codings],
    }


def fields(entry: Entry, mask: Mask) -> View:
    """What can be corrected, as a person writes it."""
    low, high = ("" if end is None else str(end) for end in (entry.low, entry.high))
    number = low if low == high else f"{low}-{high}"
    source = mask.name(entry.chain[-1], entry.report) if entry.chain else ""
    return {
        "number": number, "kind": entry.kind, "source": source, "time": entry.edtf or "", "place": entry.place or "",
    }  # fmt: skip


def said(review: Review, mask: Mask, report: str | None = None) -> View:
    """A verdict as it is shown."""
    given = corrections.words(review.correction) if review.verdict == "correct" else review.correction
    told = {"note": review.note, "correction": given}
    return listing.row(review) | {name: words and mask.text(words, report) for name, words in told.items()}


def told(decided: Decided | None, mask: Mask) -> View | None:
    """A decision that was just taken, with what others had said meanwhile."""
    if decided is None:
        return None
    others: Sequence[Review] = decided.meanwhile
    return {"review": said(decided.review, mask), "meanwhile": [said(one, mask) for one in others]}
