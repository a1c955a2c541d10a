"""Impossible dates and odd numbers, through the shell: what cannot be is left out, and the rest is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from accordingto.cli import main


def marks(tmp_path: Path, text: str) -> list[dict[str, Any]]:
    """What `accordingto mark` prints for a text."""
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    run = CliRunner().invoke(main, ["mark", "--json", str(path)])
    assert run.exit_code == 0, run.output
    found: list[dict[str, Any]] = json.loads(run.stdout)["marks"]
    return found


def figures(tmp_path: Path, text: str) -> list[tuple[int | None, int | None]]:
    return [(mark["low"], mark["high"]) for mark in marks(tmp_path, text) if mark["layer"] == "figure"]


@pytest.mark.parametrize("day", ["30 February 2024", "31 April 2024", "2024-02-30"])
def test_a_day_that_does_not_exist_is_no_time_and_the_count_is_kept(tmp_path: Path, day: str) -> None:
    found = marks(tmp_path, f"The mayor said 12 people were killed on {day}.")
    layers = [mark["layer"] for mark in found]
    assert "time" not in layers
    assert layers.count("figure") == 1


def test_a_year_of_the_third_century_is_no_crash(tmp_path: Path) -> None:
    assert figures(tmp_path, "On 3 March 0225 the mayor said 12 people were killed.") == [(12, 12)]


def test_forty_digits_count_nobody(tmp_path: Path) -> None:
    assert figures(tmp_path, f"The mayor said {'7' * 40} people were killed and 12 people were hurt.") == [(12, 12)]


def test_points_and_commas_in_one_text_both_part_thousands(tmp_path: Path) -> None:
    text = "The mayor said 1.500 people were killed. The army said 1,500 people were killed."
    assert figures(tmp_path, text) == [(1500, 1500), (1500, 1500)]


@pytest.mark.parametrize("number", ["١٢", "۱۲", "１２", "\u200f١٢\u200f"])
def test_digits_of_any_script_and_direction_are_read(tmp_path: Path, number: str) -> None:
    assert figures(tmp_path, f"The mayor said {number} people were killed.") == [(12, 12)]
