"""By whom: who did it, kept apart from who says so."""

from __future__ import annotations

import pytest
from counting import told


def doers(text: str) -> list[str | None]:
    """The words that name the doer of every figure."""
    return [one.doer.evidence.exact if one.doer and one.doer.evidence else None for one in told(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Gunmen killed 12 farmers.", "Gunmen"),
        ("Islamic State gunmen have shot dead 12 farmers.", "Islamic State gunmen"),
        ("The men who kidnapped 40 girls fled.", "men"),
        ("Fighters of the Harun Front abducted 30 villagers, the governor said.", "Fighters of the Harun Front"),
        ("Turkey sent 500 soldiers.", "Turkey"),
        ("An air strike by the Saudi-led coalition killed 12 people.", "Saudi-led coalition"),
        ("Twelve protesters were shot dead by the army.", "army"),
        ("The killing of 12 miners by the Sul Brigade was condemned.", "Sul Brigade"),
        ("Twelve people died in a raid by government forces on Monday.", "government forces"),
        ("Russian missiles killed 12 people.", "Russian missiles"),
    ],
)
def test_the_doer_is_who_did_it(text: str, words: str) -> None:
    assert doers(text) == [words]


def test_counts_that_share_a_verb_share_its_doer() -> None:
    assert doers("Three medics, two reporters and a girl were killed by Israeli soldiers.") == ["Israeli soldiers"] * 3


@pytest.mark.parametrize(
    "text",
    [
        "The flood killed 12 people.",
        "Twelve people were killed by Friday.",
        "The attack in Orsk killed 12 people.",
        "The army lost 240 men.",
        "Some 300 people were evacuated by bus.",
        "At least 12 people died on Monday, according to a count by the police.",
        "Twelve people were killed, the army said.",
    ],
)
def test_what_does_nothing_or_only_tells_is_no_doer(text: str) -> None:
    assert doers(text) == [None]


def test_a_doer_has_a_country_and_a_sector() -> None:
    (figure,) = told("Israeli soldiers shot dead 12 protesters.")
    assert figure.doer is not None and figure.counted is not None
    assert (figure.doer.country, figure.doer.sector, figure.counted.sector) == ("IL", "MIL", "OPP")
