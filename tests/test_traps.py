"""A hundred sentences with one trap each (traps.toml), read by the whole line."""

from __future__ import annotations

import re
from typing import Any

import pytest
from trapping import FOLDER, LIMITS, TRAPS, Trap, faults


def _case(trap: Trap) -> Any:
    marks = [pytest.mark.xfail(reason=trap["limit"], strict=True)] if "limit" in trap else []
    return pytest.param(trap, id=trap["trap"], marks=marks)


@pytest.mark.parametrize("trap", [_case(trap) for trap in TRAPS])
def test_a_trap_is_read_as_a_careful_reader_reads_it(trap: Trap) -> None:
    assert faults(trap) == []


def test_there_are_a_hundred_traps_and_each_is_another() -> None:
    assert len(TRAPS) == len({trap["trap"] for trap in TRAPS}) == len({trap["text"] for trap in TRAPS}) == 100


def test_at_least_ninety_are_read_right() -> None:
    assert len(TRAPS) - len(LIMITS) >= 90


def test_the_docs_list_every_trap_that_is_not_read_right() -> None:
    docs = (FOLDER.parent / "docs" / "attribute.md").read_text(encoding="utf-8")
    listed = re.findall(r"^- Trap: (.+?): “(.+)”\.$", docs, re.MULTILINE)
    assert dict(listed) == LIMITS
