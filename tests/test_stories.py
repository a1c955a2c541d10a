"""Stories of different kinds of event, read and grouped: how well is pinned, and goes up only."""

from __future__ import annotations

import pytest
from stories import FOLDER, grouping

FLOORS = {"bridge": 0.79, "displaced": 0.75, "flood": 0.86, "prison": 0.78, "shelling": 0.8, "siege": 0.71}


@pytest.mark.parametrize("story", sorted(path.stem for path in FOLDER.glob("*.txt")))
def test_figures_of_one_thing_find_one_another(story: str) -> None:
    assert grouping(FOLDER / f"{story}.txt") >= FLOORS[story]
