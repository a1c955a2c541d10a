"""Figures: forms of counting that reports use, each with its bounds, kind and standing."""

from __future__ import annotations

import pytest
from counting import told

Told = list[tuple[int | None, str, str]]


def said(text: str) -> Told:
    """Lower (or only) bound, kind and mode of every figure."""
    return [(one.low if one.low is not None else one.high, one.kind, one.mode) for one in told(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 (twelve) villagers were killed.", [(12, "killed", "total")]),
        ("A couple of dozen villagers were hurt.", [(24, "wounded", "total")]),
        ("Some 1.1m are hungry.", [(1_100_000, "other:hungry", "total")]),
        ("1/3 of the 300 evacuees have gone home.", [(100, "returned", "part"), (300, "evacuated", "total")]),
        ("The number of dead is 12, the number of wounded 30.", [(12, "killed", "total"), (30, "wounded", "total")]),
        ("On 23 September 28 bodies were found.", [(28, "killed", "total")]),
        ("Two boys, aged 4 and 7, were killed.", [(2, "killed", "total")]),
    ],
)
def test_a_number_is_told_from_the_numbers_beside_it(text: str, expected: Told) -> None:
    assert said(text) == expected


def test_a_percentage_of_a_number_leaves_the_number_what_it_was() -> None:
    assert said("About 3.5 percent of the 300 evacuees were hurt.") == [(300, "evacuated", "total")]


@pytest.mark.parametrize(
    "text",
    [
        "Two children — aged 4 and 7 — were killed.",
        "Two children -- a boy of 4 years and his cousin -- were killed.",
        "Two children (cousins from one village) were killed.",
    ],
)
def test_an_aside_parts_no_count_from_its_verb(text: str) -> None:
    assert said(text)[0] == (2, "killed", "total")


@pytest.mark.parametrize(
    "text",
    [
        "Ten people — six of them children — died.",
        "Ten people (six of them children) died.",
        "Ten people, including six children, died.",
        "Ten people died, among them the mayor's six sons.",
        "Ten people were hurt, with six in critical condition.",
        "Ten drones were launched; six of the drones were shot down.",
        "Ten hikers died. Six of the hikers were buried on Monday.",
    ],
)
def test_a_part_is_told_in_many_ways(text: str) -> None:
    whole, part = told(text)
    assert (whole.low, whole.mode, part.low, part.mode, part.part_of) == (10, "total", 6, "part", whole.id)


def test_what_stands_among_others_is_their_part() -> None:
    assert said("There were 68 children among 126 dead.") == [(68, "killed", "part"), (126, "killed", "total")]
    assert said("Twelve officers were among the 31 killed.") == [(12, "killed", "part"), (31, "killed", "total")]
    assert said("Police: 8 killed, 2 kids among dead")[1] == (2, "killed", "part")


def test_one_of_those_told_is_a_part_too() -> None:
    assert said("Five people, including a baby, were killed.") == [(5, "killed", "total"), (1, "killed", "part")]


def test_parts_listed_after_of_whom_share_the_whole() -> None:
    text = "The group said 131 people had died, of whom 42 were civilians, 51 soldiers and 38 rebels."
    whole, *parts = told(text)
    assert [(part.low, part.part_of) for part in parts] == [(42, whole.id), (51, whole.id), (38, whole.id)]


def test_what_is_said_of_the_whole_is_not_said_of_the_part() -> None:
    assert said("Three of the four climbers missing since Friday have been found dead.") == [
        (3, "killed", "part"),
        (4, "missing", "total"),
    ]
    assert said("About 600 of the 11,000 soldiers Pyrenia sent last autumn have been killed.") == [
        (600, "killed", "part"),
        (11_000, "deployed", "total"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Twelve people were killed, bringing the total to 60.", [12, 60]),
        ("The ministry says 27 civilians died; the rebels say 61.", [27, 61]),
        ("Eleven people died, down from a report that gave the number as 14.", [11, 14]),
        ("Six people have died in Orsk and three in Dorhan.", [6, 3]),
        ("The number of those killed since May has risen above 2,000.", [2000]),
        ("The raiders killed the mayor and three of his clerks.", [3]),
    ],
)
def test_a_toll_is_told_in_many_ways(text: str, expected: list[int]) -> None:
    assert [(one.low, one.kind) for one in told(text)] == [(low, "killed") for low in expected]


def test_more_to_follow_are_added_and_planned() -> None:
    first, more = told("The army sent 1,500 soldiers in May; a further 700 are to follow in June.")
    assert (more.low, more.kind, more.mode, more.stance) == (700, "deployed", "added", "planned")
    assert first.stance == "asserted"


def test_a_verb_joined_to_a_passive_may_have_an_object() -> None:
    assert (6, "killed", "total") in said("Eight bombs were detonated and killed six soldiers.")


def test_counts_that_sum_to_the_one_before_are_its_parts() -> None:
    whole, *parts = told("The storm killed 48 people: 30 in Ilmar, 12 in Tovel and six in Sarn.")
    assert [(part.low, part.mode, part.part_of) for part in parts] == [(n, "part", whole.id) for n in (30, 12, 6)]


def test_soldiers_are_moved_where_villagers_are_evacuated() -> None:
    assert said("Some 300 soldiers were moved on Monday.") == [(300, "deployed", "total")]
    assert said("Some 300 villagers were moved on Monday.") == [(300, "evacuated", "total")]


def test_a_count_without_a_noun_is_of_things_only_where_things_are_told() -> None:
    assert said("Out of 120 who set out, only 34 reached the coast.") == []
    assert said("Rockets: 12 launched, 3 fell in open areas.") == [
        (12, "other:fired", "total"),
        (3, "other:hit", "total"),
    ]


def test_cases_of_a_disease_count_the_infected() -> None:
    assert said("There were 214 confirmed cases of measles and three deaths.") == [
        (214, "other:infected", "total"),
        (3, "killed", "total"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Twelve members of Hamas were killed.", "Hamas members"),
        ("Two soldiers of the Israeli army were killed.", "Israeli soldiers"),
        ("Three fighters of the Wagner Group were captured.", "Wagner Group fighters"),
    ],
)
def test_the_counted_are_named_by_whom_they_belong_to(text: str, name: str) -> None:
    (figure,) = told(text)
    assert figure.counted is not None and figure.counted.name == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Six were found dead and a search was on for 14 others.", [(6, "killed", "total"), (14, "missing", "total")]),
        ("The coastguard has brought 104 people ashore.", [(104, "other:rescued", "total")]),
        ("Gunmen took more than 100 pupils from a school.", [(100, "abducted", "total")]),
        ("The ward saw 12 new cases and three deaths.", [(12, "other:infected", "added"), (3, "killed", "total")]),
        ("Forty villagers may be buried alive.", [(40, "missing", "total")]),
        (
            "Of the 21 people on the bus, three walked away.",
            [(21, "other:present", "total"), (3, "other:safe", "part")],
        ),
        ("All ten people aboard the jet, crew and passengers, died.", [(10, "killed", "total")]),
        ("Fewer than ten were hit by gunfire.", [(9, "wounded", "total")]),
        ("With as many as 40 others still buried under rubble, he wept.", [(40, "missing", "total")]),
        ("Twelve men were held by police.", [(12, "detained", "total")]),
        ("They counted 110 casualties, including 10 dead.", [(110, "casualties", "total"), (10, "killed", "part")]),
        ("Nineteen of the crew of 22 are missing.", [(19, "missing", "part")]),
        ("The gunmen shot dead the mayor, his driver and two guards.", [(2, "killed", "total")]),
        ("The number of those killed in the raids, meanwhile, was put at 40.", [(40, "killed", "total")]),
        ("Raiders overran villages, killing 40 people, and were stronger than the army.", [(40, "killed", "total")]),
    ],
)
def test_what_is_said_in_a_roundabout_way_is_counted(text: str, expected: Told) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "He killed the guard with one shot.",
        "The bus took 40 girls to school.",
        "Bandits took two villages on Monday.",
        "A million customers lost power.",
        "Two soldiers lost limbs.",
        "One needed stitches.",
        "Some 5,000 people marched through the capital.",
    ],
)
def test_what_only_looks_like_a_toll_is_none(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Twenty-nine of those who escaped are behind bars again.", [(29, "detained", "total")]),
        ("Thirty of those who were abducted have been freed.", [(30, "released", "total")]),
        ("Five of those who died were soldiers.", [(5, "killed", "total")]),
    ],
)
def test_what_is_said_behind_those_who_is_said_of_the_count(text: str, expected: Told) -> None:
    assert said(text) == expected


def test_the_name_of_an_agency_counts_nobody() -> None:
    text = "Another 4,500 people fled, the refugee agency said, bringing the total to 25,500."
    assert said(text) == [(4500, "displaced", "added"), (25_500, "displaced", "total")]
