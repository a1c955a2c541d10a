"""Stories of different kinds of event, read and grouped: how well is pinned, and goes up only."""

from __future__ import annotations

import pytest
from stories import FOLDER, grouping

FLOORS = {"displaced": 0.73, "flood": 0.86, "prison": 0.77, "shelling": 0.71}


@pytest.mark.parametrize("story", sorted(path.stem for path in FOLDER.glob("*.txt")))
def test_figures_of_one_thing_find_one_another(story: str) -> None:
    assert grouping(FOLDER / f"{story}.txt") >= FLOORS[story]
