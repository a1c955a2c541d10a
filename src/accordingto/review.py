"""What people decide about records: verdicts that are added and never overwritten.

A verdict is on one record (a claim, figure, report, question or discrepancy) by its id. The last one on a record
holds; all are kept, so that any state can be replayed. A figure stands under its own verdict and its claim's,
whichever came last.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import get_args

from .errors import InputError
from .reconcile.decisions import GROUPING
from .records import Review, Verdict

VERDICTS: tuple[str, ...] = get_args(Verdict)
TAKING = ("correct", "split", "merge", "rename")
"""Verdicts that say more than themselves."""
NEEDS = {"merge": "the question or figure to merge with", "rename": "the new name, in quotation marks"}


def decision(
    record: str,
    verdict: str,
    reviewer: str,
    note: str | None = None,
    correction: str | None = None,
    time: str | None = None,
) -> Review:
    """A verdict as a record; `time` (ISO 8601) is now, in UTC, unless given. Raises InputError."""
    if verdict not in VERDICTS:
        raise InputError(f"verdict {verdict!r} is not known; give one of {', '.join(VERDICTS)}")
    if not reviewer.strip():
        raise InputError("a verdict needs the name of who gives it; set --reviewer or ACCORDINGTO_REVIEWER")
    if verdict in ("merge", "rename") and not (correction or "").strip():
        raise InputError(f"the verdict {verdict!r} needs {NEEDS[verdict]}")
    if verdict == "correct" and not (correction or "").strip():
        raise InputError("the verdict 'correct' needs the correction (what it should be)")
    if correction and verdict not in TAKING:
        raise InputError(f"a correction goes with the verdict 'correct', not {verdict!r}")
    now = time or datetime.now(UTC).isoformat(timespec="milliseconds")
    return Review(record, verdict, reviewer.strip(), now, note, correction)  # type: ignore[arg-type]


def standing(reviews: Iterable[Review]) -> dict[str, Review]:
    """The verdict that holds on each record, replayed in the order given."""
    return {review.record: review for review in reviews if review.verdict not in GROUPING}
