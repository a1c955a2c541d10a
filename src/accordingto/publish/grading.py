"""The reliability of a source on the Admiralty scale (A to F), from how its figures held up; the rule: docs/serve.md.

What a source said last on a question is set beside what other origins said last within a week of it: later figures of
a growing toll contradict nobody. Verdicts count through what they change: a rejected figure stands in no answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from ..reconcile.rules import point
from ..records import Stand

NEAR = 7
"""Days between two figures that are compared, at most."""
LEAST = 5
"""Figures that were confirmed or contradicted, below which reliability cannot be judged."""
SCALE = (("A", 0.95, 20), ("B", 0.8, LEAST), ("C", 0.6, LEAST), ("D", 0.4, LEAST), ("E", 0.0, LEAST))
"""Letters, the share of judged figures that were confirmed, and how many judged figures there must be."""
MEANINGS = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable",
    "E": "unreliable", "F": "reliability cannot be judged",
}  # fmt: skip


def grade(pairs: Iterable[tuple[Stand, Sequence[Stand]]]) -> dict[str, Any]:
    """The letter for what an origin said last on each question, each beside what the other origins said last."""
    fates = [_fate(mine, others) for mine, others in pairs]
    confirmed, contradicted = fates.count("confirmed"), fates.count("contradicted")
    judged = confirmed + contradicted
    letter = next((one for one, share, least in SCALE if judged >= least and confirmed >= share * judged), "F")
    return {
        "letter": letter,
        "means": MEANINGS[letter],
        "figures": len(fates),
        "confirmed": confirmed,
        "contradicted": contradicted,
        "least": LEAST,
    }


def _fate(mine: Stand, others: Sequence[Stand]) -> str:
    """Confirmed by one other origin, contradicted by two or more and confirmed by none, or open."""
    near = [other for other in others if point(other) is not None and _near(mine.as_of, other.as_of)]
    if point(mine) is None or not near:
        return "open"
    if any(_meet(mine, other) for other in near):
        return "confirmed"
    return "contradicted" if len(near) > 1 else "open"


def _meet(one: Stand, other: Stand) -> bool:
    return _reaches(one, other) and _reaches(other, one)


def _reaches(one: Stand, other: Stand) -> bool:
    return one.high is None or other.low is None or one.high >= other.low


def _near(one: str | None, other: str | None) -> bool:
    try:
        days = date.fromisoformat((one or "")[:10]) - date.fromisoformat((other or "")[:10])
    except ValueError:
        return False
    return abs(days.days) <= NEAR
