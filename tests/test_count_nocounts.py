"""Numbers that count nobody."""

from __future__ import annotations

import pytest
from counting import told

CLASSES = {
    "age": [
        "Lida Orsk, 22, was killed.",
        "He was 34 years old and died.",
        "Boys aged between 5 and 12 died.",
        "Lida Orsk (22) was killed.",
    ],
    "date": ["They died on 4 April.", "Killed on April 4, 2017, he was buried.", "They were killed on 12 May 2023."],
    "year": ["They were killed in 1987.", "Since 2014 they have died there.", "The flood of 1987 killed them."],
    "time": [
        "They died at 20:30.",
        "Killed at 6 p.m., they fell.",
        "They were hurt at half past six.",
        "Killed at 1300, he fell.",
    ],
    "duration": ["They died within 72 hours.", "Killed after 12 days, they fell.", "A three-day battle killed them."],
    "unit name": ["The 810th Brigade was killed off.", "The 3rd Engineer Brigade lost them."],
    "label": [
        "School No. 19 was where they died.",
        "Article 51 was cited as they died.",
        "Room 12 is where they died.",
    ],
    "model": [
        "M142 launchers killed them.",
        "A 227mm rocket killed them.",
        "An AK-47 killed them.",
        "An F-16 killed them.",
    ],
    "distance": ["They died 15 km from here.", "Killed 40 kilometres away, they fell."],
    "weight": ["It weighs 16 tonnes and killed them."],
    "money": [
        "They lost $500 million.",
        "Damage of 240 million crowns killed trade.",
        "The dead cost 12,000 dollars.",
        "The blast hurt trade with millions in damage.",
    ],
    "percentage": ["About 80 percent were killed.", "41 per cent died.", "80% of them were killed."],
    "score": ["They lost 3-2 and died of shame.", "The 4:1 win killed their hopes."],
    "calibre": ["A 155 mm shell killed them.", "A 12.7-mm gun killed them."],
    "years between": ["They were killed between 2011 and 2014."],
    "age of a child": ["The girl of 12 was killed."],
    "phone": ["Call 0800 if you were hurt.", "Call 510-238-3326 if you were hurt."],
    "ordinal": ["The 4th person died.", "The first was killed."],
    "times over": ["The video of the killed was seen 13 million times."],
    "views": ["The clip of the wounded had 3,000 views."],
    "pronoun": [
        "One of the best known among them died.",
        "This one died.",
        "The lower one died.",
        "They killed one another.",
    ],
    "onlookers": ["A crowd of 300 watched the match.", "Some 50 members of the party met."],
    "events": ["Two attacks killed them.", "Several terrorist attacks were fought off.", "Three raids hit the town."],
    "places": ["They captured three villages.", "Nine terrorist strongpoints were seen."],
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in CLASSES.items() for text in texts])
def test_a_number_that_counts_nobody_is_no_figure(name: str, text: str) -> None:
    assert not told(text), name


def test_a_count_may_stand_among_numbers_that_are_none() -> None:
    text = "On 4 April 2017 at 6 a.m., a 227mm rocket of the 3rd Brigade killed 15 villagers, 3% of all."
    assert [figure.evidence.exact for figure in told(text)] == ["15 villagers"]


def test_a_count_that_looks_like_a_year_counts_before_people() -> None:
    (figure,) = told("In all 2000 people were killed.")
    assert figure.low == 2000


def test_a_toll_at_a_number_is_no_time_of_day() -> None:
    (figure,) = told("They put the death toll at 1300.")
    assert (figure.low, figure.kind) == (1300, "killed")
