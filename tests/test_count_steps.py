"""Multiples, steps, tables, members and other forms of counting that reports hold."""

from __future__ import annotations

import pytest
from counting import told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The number of wounded is double last week's 200.", [(400, 400, "wounded", "total")]),
        ("The toll rose by 12 to 87.", [(12, 12, "killed", "added"), (87, 87, "killed", "total")]),
        ("Deaths rose by 12.", [(12, 12, "killed", "added")]),
        ("A fourth person died in hospital.", [(1, 1, "killed", "added")]),
        ("All but two of the 18 crew were rescued.", [(16, 16, "other:rescued", "part")]),
        ("A 12-member crew was rescued.", [(12, 12, "other:rescued", "total")]),
        ("Neither of the two pilots died.", [(0, 0, "killed", "total")]),
        (
            "Killed - 5; wounded - 12; missing - 1",
            [(5, 5, "killed", "total"), (12, 12, "wounded", "total"), (1, 1, "missing", "total")],
        ),
        (
            "Killed 3 Injured 11 Missing 2",
            [(3, 3, "killed", "total"), (11, 11, "wounded", "total"), (2, 2, "missing", "total")],
        ),
        (
            "Ten members of one family, seven of them children, perished.",
            [(10, 10, "killed", "total"), (7, 7, "killed", "part")],
        ),
        ("Three civilians died, among them a boy of 11.", [(3, 3, "killed", "total"), (1, 1, "killed", "part")]),
        (
            "All 176 passengers died; 82 were Iranians and 63 Canadians.",
            [(176, 176, "killed", "total"), (82, 82, "killed", "part"), (63, 63, "killed", "part")],
        ),
        ("The murder of the mayor, his wife and two guards was condemned.", [(2, 2, "killed", "total")]),
        ("At least 3 soldiers KIA, 8 WIA.", [(3, None, "killed", "total"), (8, 8, "wounded", "total")]),
        ("Air defence forces destroyed 34 drones.", [(34, 34, "other:shot-down", "total")]),
    ],
)
def test_a_form_is_read(text: str, expected: list[tuple[int | None, int | None, str, str]]) -> None:
    assert [(one.low, one.high, one.kind, one.mode) for one in told(text)] == expected


def test_a_part_among_its_whole_names_it() -> None:
    part, whole = told("There were 68 children among 126 dead.")
    assert part.part_of == whole.id


@pytest.mark.parametrize(
    "text",
    [
        "They lost the match 4 to 2 and mourned the dead.",
        "In 2,000 BC men were killed with spears.",
        "Some 2 in 3 of the dead were minors.",
        "The drones came at three times the speed.",
        "The toll is double last week's.",
        "The murder of the mayor by two gunmen was condemned.",
    ],
)
def test_a_number_that_counts_nobody_here_is_no_figure(text: str) -> None:
    assert told(text) == []
