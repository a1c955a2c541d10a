"""Verdicts: how one is made, and which of many holds.

A verdict is on one record (a claim, figure, report, question or discrepancy) by its id. The last one on a record
that was not withdrawn holds; all are kept, so that any state can be replayed. A figure stands under its own verdict
and its claim's, whichever came last. Corrections of a figure add up until they are withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import get_args

from ..errors import InputError
from ..reconcile.decisions import GROUPING
from ..records import Review, Verdict
from . import corrections

VERDICTS: tuple[str, ...] = get_args(Verdict)
TAKING = ("correct", "split", "merge", "rename")
"""Verdicts that say more than themselves."""
NEEDS = {
    "merge": "the question or figure to merge with",
    "rename": "the new name, in quotation marks",
    "correct": f"what it should be: {corrections.EXAMPLE}",
}
ALONE = ("withdraw", *GROUPING)
"""Verdicts that do not say whether a record is right."""


def decision(
    record: str,
    verdict: str,
    reviewer: str,
    note: str | None = None,
    correction: str | Mapping[str, str] | None = None,
    time: str | None = None,
    sample: str | None = None,
) -> Review:
    """A verdict as a record; `time` (ISO 8601) is now, in UTC, unless given. Raises InputError."""
    if verdict not in VERDICTS:
        raise InputError(f"verdict {verdict!r} is not known; give one of {', '.join(VERDICTS)}")
    if not reviewer.strip():
        raise InputError("a verdict needs the name of who gives it; set --reviewer or ACCORDINGTO_REVIEWER")
    if correction and verdict not in TAKING:
        raise InputError(f"a correction goes with the verdict 'correct', not {verdict!r}")
    if verdict in NEEDS and not (correction.strip() if isinstance(correction, str) else correction):
        raise InputError(f"the verdict {verdict!r} needs {NEEDS[verdict]}")
    if sample and verdict in GROUPING:
        raise InputError(f"{verdict!r} is about questions, and no part of a sample; leave --sample out")
    said = corrections.checked(correction or "") if verdict == "correct" else correction
    now = time or datetime.now(UTC).isoformat(timespec="milliseconds")
    return Review(record, verdict, reviewer.strip(), now, note or None, said, sample=sample)  # type: ignore[arg-type]


def withdrawn(reviews: Iterable[Review]) -> set[int | None]:
    """The numbers of the verdicts that were withdrawn."""
    return {review.refers for review in reviews if review.verdict == "withdraw"}


def standing(reviews: Iterable[Review]) -> dict[str, Review]:
    """The verdict that holds on each record, replayed in the order given."""
    given = list(reviews)
    gone = withdrawn(given) - {None}
    return {one.record: one for one in given if one.verdict not in ALONE and one.number not in gone}
