"""A verdict on what somebody names by an id, or its beginning, in a ledger: found there, checked, ready to be added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ..errors import InputError
from ..ledger import SHOWN, either
from ..reconcile import GROUPING
from ..records import Review
from .verdicts import decision

if TYPE_CHECKING:
    from ..ledger import Ledger


def given(
    ledger: Ledger,
    record: str,
    verdict: str,
    reviewer: str,
    note: str | None = None,
    correction: str | Mapping[str, str] | None = None,
    sample: str | None = None,
) -> Review:
    """A verdict on a record of the ledger, see `Ledger.review`. Raises NotFound, InputError."""
    whole = ledger._id(record, ("figure",) if verdict == "correct" or sample else SHOWN)[1]
    if verdict in GROUPING:
        whole = _figure(ledger, record)
        if correction and verdict != "rename":
            correction = " ".join(_figure(ledger, one) for one in str(correction).split())
    made = decision(whole, verdict, reviewer, note, correction, sample=sample)
    if verdict in ("split", "merge"):
        _regroupable(ledger, made)
    return made


def withdrawn(made: Review, reviewer: str, note: str | None = None) -> Review:
    """The verdict that takes another back. Raises InputError."""
    if made.number is None:
        raise InputError("only a verdict that is in the ledger can be withdrawn; take it from reviews()")
    return replace(decision(made.record, "withdraw", reviewer, note, sample=made.sample), refers=made.number)


def _figure(ledger: Ledger, id: str) -> str:
    """The figure of this id, or the first one of the question of this id."""
    ledger.reconcile()
    kind, whole = ledger._id(id, ("figure", "question"))
    return whole if kind == "figure" else ledger.question(whole).figures[0]


def _regroupable(ledger: Ledger, made: Review) -> None:
    """Raises InputError when figures of a merge count two things, or those of a split are of two questions."""
    figures = [made.record, *(made.correction or "").split()]
    asked = [question for figure in figures if (question := ledger.question_of(figure))]
    kinds = sorted({question.kind for question in asked})
    if made.verdict == "merge" and len(kinds) > 1:
        raise InputError(f"{either(kinds)} cannot be one question; merge questions of one kind")
    if made.verdict == "split" and len({question.id for question in asked}) > 1:
        raise InputError("these figures answer more than one question; split those of one question at a time")
    if made.verdict == "split" and asked and set(asked[0].figures) <= set(figures):
        raise InputError(f"question {asked[0].id} has no other figures to split these from; leave some in it")
