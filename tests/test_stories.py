"""Stories of different kinds of event, read and grouped: how well is pinned, and goes up only."""

from __future__ import annotations

import pytest
from stories import FOLDER, grouping

FLOORS = {
    "bridge": 0.9,
    "camp": 1.0,
    "displaced": 0.77,
    "flood": 0.86,
    "front": 0.82,
    "mine": 0.91,
    "prison": 0.87,
    "raids": 0.82,
    "shelling": 0.97,
    "siege": 0.89,
    "storm": 0.85,
    "sweep": 0.77,
    "tremor": 0.92,
}


@pytest.mark.parametrize("story", sorted(path.stem for path in FOLDER.glob("*.txt")))
def test_figures_of_one_thing_find_one_another(story: str) -> None:
    assert grouping(FOLDER / f"{story}.txt") >= FLOORS[story]
