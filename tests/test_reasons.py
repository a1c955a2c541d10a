"""Why this source: what the reader went by, noted as it decides."""

from __future__ import annotations

from typing import get_args

from telling import report

from accordingto import pipeline
from accordingto.attribute.reasons import Rule
from accordingto.pipeline import Analysis

TEXT = (
    "Governor Ilse Tarvan told Radio Korran that 19 bodies had been recovered. "
    "She said that 40 people were missing.\n\n"
    "The rescue ministry said 300 houses were under mud. The ministry added that 12 soldiers had died.\n\n"
    "Two trains were stuck, and 7 cars burnt."
)


def read(text: str = TEXT) -> Analysis:
    return pipeline.analysis(report(text, "2025-06-15", "Meridian Wire"))


def test_every_claim_has_a_reason_and_one_for_each_link() -> None:
    seen = read()
    attributed = [claim for claim in seen.claims if claim.chain]
    assert attributed
    assert all(len(seen.reasons.claims[claim.content.span]) == 1 + len(claim.chain) for claim in attributed)


def test_every_figure_has_a_reason() -> None:
    seen = read()
    assert {figure.evidence.start for figure in seen.figures} == set(seen.reasons.figures)


def test_a_pronoun_rests_on_the_words_that_name_its_speaker() -> None:
    reason = read().reasons.mentions[TEXT.index("She")][-1]
    assert (reason.rule, reason.word) == ("speaks", "she")
    assert reason.by is not None
    assert TEXT[slice(*reason.by)] == "Governor Ilse Tarvan"


def test_every_reason_is_one_of_the_rules() -> None:
    kept = read().reasons
    noted = [*kept.mentions.values(), *kept.claims.values(), *kept.figures.values()]
    assert {reason.rule for reasons in noted for reason in reasons} <= set(get_args(Rule))
