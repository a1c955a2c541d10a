"""Grades of sources: by how their figures held up, and none where too little is known."""

from __future__ import annotations

import pytest

from accordingto.publish.grading import grade
from accordingto.records import Origin, Stand


def stand(low: int | None, high: int | None, on: str | None = "2025-06-15") -> Stand:
    return Stand(Origin("o", "Origin", (), ()), low, high, on, "f", ())


SAID = stand(20, 20)
CONFIRMED = SAID, [stand(18, 22), stand(40, 40)]
CONTRADICTED = SAID, [stand(30, 30), stand(40, None)]


@pytest.mark.parametrize(
    ("confirmed", "contradicted", "letter"),
    [(20, 1, "A"), (5, 0, "B"), (19, 0, "B"), (4, 2, "C"), (2, 3, "D"), (1, 4, "E"), (4, 0, "F"), (0, 0, "F")],
)
def test_the_letter_is_the_share_of_judged_figures_that_were_confirmed(
    confirmed: int, contradicted: int, letter: str
) -> None:
    given = grade([CONFIRMED] * confirmed + [CONTRADICTED] * contradicted)
    assert given["letter"] == letter
    assert (given["confirmed"], given["contradicted"]) == (confirmed, contradicted)


@pytest.mark.parametrize("others", [[], [stand(30, 30)], [stand(30, 30, "2025-09-01")] * 3, [stand(30, 30, None)] * 3])
def test_nobody_is_contradicted_by_one_origin_or_by_what_was_said_at_another_time(others: list[Stand]) -> None:
    assert grade([(SAID, others)] * 9)["letter"] == "F"


def test_an_open_bound_is_met_by_any_number_beyond_it() -> None:
    assert grade([(stand(20, None), [stand(30, 30)])])["confirmed"] == 1
