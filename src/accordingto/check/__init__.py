"""What does not add up: a check is a small pure function, a discrepancy one plain sentence with its quotations.

    origins_disagree      independent origins whose bounds leave no common number, said about the same day
    origin_differs        one origin with two different figures at one time
    total_falls           a total that only grows, and yet falls; a mere note where its report tells it as a revision
    part_exceeds_whole    a part larger than its whole
    parts_do_not_sum      parts that make more, or less, than their whole
    qualifier_changed     a number whose qualifier changes on its way through reports or copies
    dated_after_report    a figure of something after its own report was published
    year_differs          one thing told in two different years

Bounds are respected: "at least 100" does not contradict 300, nor "about 400" 397.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from rich.text import Text

from ..records import Discrepancy, Entry, Question
from .case import Case, case, misread
from .dates import dated_after_report, year_differs
from .relay import qualifier_changed
from .tolls import origin_differs, origins_disagree, part_exceeds_whole, parts_do_not_sum, total_falls

Check = Callable[[Case], Iterable[Discrepancy]]

CHECKS: tuple[Check, ...] = (
    origin_differs,
    origins_disagree,
    total_falls,
    part_exceeds_whole,
    parts_do_not_sum,
    qualifier_changed,
    dated_after_report,
)
"""Checks of one question."""

__all__ = ["CHECKS", "Case", "Check", "as_json", "discrepancies", "lines"]


def discrepancies(
    questions: Iterable[Question], entries: Iterable[Entry], copies: Mapping[str, str]
) -> list[Discrepancy]:
    """Everything that does not add up, most severe first; rejected and denied figures are left out."""
    rows = {entry.figure: entry for entry in entries if entry.verdict != "reject" and entry.stance != "denied"}
    doubtful = misread(rows.values())
    rows = {figure: row for figure, row in rows.items() if figure not in doubtful}
    found: dict[str, Discrepancy] = {}
    asked = sorted(questions, key=lambda question: question.id)
    for question in asked:
        if sum(figure in rows for figure in question.figures):
            told = case(question, rows, copies)
            for check in CHECKS:
                found.update((d.id, d) for d in check(told))
    found.update((d.id, d) for d in year_differs(asked, rows))
    return sorted(
        found.values(), key=lambda d: (-d.severity, d.check != "year-differs", -(d.amount or 0), d.sentence, d.id)
    )


def lines(found: Iterable[Discrepancy]) -> Iterator[Text]:
    """The discrepancies for a person to read: one sentence each, with the check and an id for `show`."""
    for discrepancy in found:
        yield Text.assemble(
            ("!" * discrepancy.severity, "bold"), " ", discrepancy.sentence, (f" [{discrepancy.id[:8]}]", "dim")
        )


def as_json(found: Iterable[Discrepancy]) -> list[dict[str, Any]]:
    """The discrepancies as JSON values, with the figures concerned."""
    return [asdict(discrepancy) for discrepancy in found]
