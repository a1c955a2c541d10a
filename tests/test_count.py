"""Figures: kind, mode, stance, wholes and parts, and laws that hold for any text."""

from __future__ import annotations

import pytest
from counting import told
from hypothesis import given
from hypothesis import strategies as st

from accordingto.kinds import kinds

Told = list[tuple[int | None, str]]


def said(text: str) -> Told:
    """Lower (or only) bound and kind of every figure."""
    return [(figure.low if figure.low is not None else figure.high, figure.kind) for figure in told(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A landslide killed 12 people and injured 30.", [(12, "killed"), (30, "wounded")]),
        ("12 people were killed and 30 were hurt.", [(12, "killed"), (30, "wounded")]),
        ("12 killed and 30 wounded in blast", [(12, "killed"), (30, "wounded")]),
        ("2 killed 10 injured in shelling", [(2, "killed"), (10, "wounded")]),
        ("600 dead, 4,100 hurt", [(600, "killed"), (4100, "wounded")]),
        ("Dead: 31. Injured: 46. Missing: 140 persons.", [(31, "killed"), (46, "wounded"), (140, "missing")]),
        ("The blast claimed the lives of 80 people.", [(80, "killed")]),
        ("The deaths of 14 miners were confirmed.", [(14, "killed")]),
        ("The storm left 12 dead and hundreds homeless.", [(12, "killed"), (200, "displaced")]),
        ("Hundreds of perished conscripts were buried.", [(200, "killed")]),
        ("The ministry spoke of 63 deaths.", [(63, "killed")]),
        ("Police detained three engineers.", [(3, "detained")]),
        ("The rebels took 200 villagers hostage.", [(200, "abducted")]),
        ("The rebels captured 200 hostages.", [(200, "abducted")]),
        ("The army captured 40 fighters.", [(40, "captured")]),
        ("Kidnappers released nine pupils.", [(9, "released")]),
        ("More than 600,000 people have fled the north.", [(600_000, "displaced")]),
        ("Some 2,000 residents had been taken to higher ground.", [(2000, "evacuated")]),
        ("A school sheltering 4,000 people was flooded.", [(4000, "sheltering")]),
        ("1,100 crossed into Sorvia as refugees.", [(1100, "refugees")]),
        ("Dozens were unaccounted for.", [(24, "missing")]),
        ("Hundreds are still buried under the rubble.", [(200, "missing")]),
        ("The country sent 1,500 soldiers to the border.", [(1500, "deployed")]),
        ("Some 3,500 troops are in training in the east.", [(3500, "in_training")]),
        ("Roughly 700 evacuees had gone home.", [(700, "returned")]),
        ("The army recruited 900 men.", [(900, "recruited")]),
        ("200 prisoners were repatriated.", [(200, "repatriated")]),
        ("Air defences shot down 40 drones.", [(40, "other:shot-down")]),
        ("Six rockets were fired at the town.", [(6, "other:fired")]),
        ("The flood destroyed 812 homes.", [(812, "other:destroyed")]),
        ("Crews rescued 23 people from rooftops.", [(23, "other:rescued")]),
    ],
)
def test_words_around_a_count_say_its_kind(text: str, expected: Told) -> None:
    assert said(text) == expected


@pytest.mark.parametrize("text", ["Hundreds were killed or wounded.", "The raid killed or wounded hundreds."])
def test_killed_or_wounded_are_casualties(text: str) -> None:
    assert said(text) == [(200, "casualties")]


def test_those_who_kill_are_not_those_who_are_killed() -> None:
    assert said("Three soldiers have killed 12 people.") == [(12, "killed")]
    assert said("Two gunmen killed five shoppers.") == [(5, "killed")]


def test_the_main_verb_outweighs_a_description() -> None:
    assert said("The 40 drones sent at the town were brought down.") == [(40, "other:shot-down")]


def test_counts_joined_by_and_share_their_verb() -> None:
    assert said("Two soldiers, a nurse and three civilians were killed.") == [
        (2, "killed"),
        (1, "killed"),
        (3, "killed"),
    ]
    assert said("The blast killed two soldiers and three civilians.") == [(2, "killed"), (3, "killed")]


def test_a_toll_is_reached_at_a_distance() -> None:
    assert said("The death toll from Sunday's landslide in the hills has risen to 86.") == [(86, "killed")]
    assert said("It lifted its count of men killed at Orsk to 89 from 63.") == [(89, "killed"), (63, "killed")]
    assert said("He gave about 400 as the number of men killed.") == [(400, "killed")]


def test_a_toll_without_a_kind_is_of_the_kind_told_before() -> None:
    assert said("A dam burst, and 14 people are missing. The mayor put the number at 20.") == [
        (14, "missing"),
        (20, "missing"),
    ]


def test_a_heading_lends_its_kind() -> None:
    assert said("Deaths. In Velmora, 62, says the mayor.") == [(62, "killed")]


def test_a_number_told_again_is_of_the_same_kind() -> None:
    assert said("The flood killed 63 people. The 63 it named were villagers.")[1] == (63, "killed")


def test_a_part_points_to_its_whole() -> None:
    whole, part = told("At least 72 people, including nine children, were killed.")
    assert (whole.mode, part.mode, part.part_of) == ("total", "part", whole.id)
    assert part.kind == "killed"


@pytest.mark.parametrize(
    "text",
    [
        "The blast wounded 46 people, of whom twelve gravely.",
        "Fourteen people died, two of them children.",
        "Among those killed, 12 were children, after 40 people died.",
        "Four of the six rockets got through.",
        "Of 46 wounded people, 12 of them lost a limb.",
    ],
)
def test_words_tell_a_part(text: str) -> None:
    assert "part" in [figure.mode for figure in told(text)]


def test_a_part_may_have_a_kind_of_its_own() -> None:
    whole, part = told("Some 3,600 were wounded, of whom 300 returned to the front.")
    assert (whole.kind, part.kind, part.mode) == ("wounded", "returned", "part")


def test_more_of_the_same_is_added_but_more_of_another_kind_is_a_total() -> None:
    assert [f.mode for f in told("Two people died. Another three people died later.")] == ["total", "added"]
    assert [f.mode for f in told("The blast killed 471 people and injured hundreds more.")] == ["total", "total"]


def test_more_than_is_not_more() -> None:
    assert [f.mode for f in told("More than 400 troops were killed.")] == ["total"]


def test_a_daily_increment_is_added() -> None:
    assert [f.mode for f in told("Some 436 people were killed in the past 24 hours.")] == ["added"]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Hundreds of people are feared dead.", "possible"),
        ("The blast likely killed 100 people.", "possible"),
        ("Up to 15,000 people might have to leave.", "possible"),
        ("The ministry plans to send 6,000 soldiers.", "planned"),
        ("Another 1,500 residents would be moved by Tuesday.", "planned"),
        ("He denied that 12 guards were killed.", "denied"),
        ("There are not seventy dead.", "denied"),
        ("The army did not kill 12 people.", "denied"),
        ("Not only 12 people were killed.", "asserted"),
        ("On Thursday 18 May 2017 a raid killed 50 people.", "asserted"),
        ("He estimated that 1,000 people had been killed.", "asserted"),
    ],
)
def test_words_around_a_count_say_its_stance(text: str, stance: str) -> None:
    (figure,) = told(text)
    assert figure.stance == stance


def test_the_counted_are_an_actor_with_evidence() -> None:
    (figure,) = told("About 400 Russian soldiers were killed.")
    assert figure.counted is not None
    assert figure.counted.country == "RU"
    assert figure.counted.evidence is not None
    assert figure.counted.evidence.exact == "Russian soldiers"


def test_capitals_change_nothing() -> None:
    text = "three soldiers were killed and seven others were wounded in the clash."
    assert said(text.upper()) == said(text.capitalize()) == [(3, "killed"), (7, "wounded")]


def test_lost_commas_change_nothing() -> None:
    text = "The attack killed at least 58 people including 11 children under the age of eight a monitor said."
    assert said(text) == [(58, "killed"), (11, "killed")]


@given(st.text(alphabet=st.sampled_from("0123456789,.-–% ’'\"“”()$£abAB\n\u00a0٣१२½²Ⅷ"), max_size=120))
def test_odd_text_never_raises(text: str) -> None:
    told(text)


VOCABULARY = (
    "a an the one two 12 1,500 dozens of hundreds no none at least more than up to people soldiers rockets children "
    "killed wounded were died dead missing and or , . : “ ” not feared would plan to send including them toll rose at "
    "third half Reuters Kyiv said that who 12-year-old per cent May 2017 $ 0 99999999999999999999999999 I's - – ( )"
)


@given(st.lists(st.sampled_from(VOCABULARY.split()), max_size=40))
def test_figures_stand_in_text_order_with_their_own_words(words: list[str]) -> None:
    text = " ".join(words)
    found = told(text)
    assert [f.evidence.start for f in found] == sorted(f.evidence.start for f in found)
    assert len({f.id for f in found}) == len(found)
    for figure in found:
        assert text[figure.evidence.start : figure.evidence.end] == figure.evidence.exact
        assert figure.low is not None or figure.high is not None
        assert figure.low is None or figure.high is None or figure.low <= figure.high
        assert figure.kind in kinds() or figure.kind.startswith("other:")
        assert figure.part_of is None or figure.mode == "part"
