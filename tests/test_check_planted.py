"""Every kind of discrepancy is found wherever it is planted, and clean ledgers are left alone."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from planting import PLANTS, Plant, Story, clean

SLOW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(clean())
def test_nothing_is_found_in_a_clean_ledger(story: Story) -> None:
    assert [one.sentence for one in story.found()] == []


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__)
@SLOW
@given(clean(), st.data())
def test_what_is_planted_is_found(plant: Plant, story: Story, data: st.DataObject) -> None:
    name, figures = plant(story, data.draw)
    found = story.found()
    assert any(one.check == name and figures <= set(one.figures) for one in found), [one.sentence for one in found]
