"""Passages in many registers, each with the chain of every figure (chains.txt)."""

from __future__ import annotations

from chaining import score


def test_of_ten_origins_nine_are_right_and_of_ten_chains_more_than_eight() -> None:
    right, wrong = score()
    assert right["found"] >= 0.8 * right["asked"]
    assert right["origin"] >= 0.9 * right["found"], "\n".join(wrong)
    assert right["chain"] >= 0.82 * right["found"], "\n".join(wrong)
