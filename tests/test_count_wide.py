"""Figures: wide verbs, wholes that open a sentence, counts that replace others, and who is never counted."""

from __future__ import annotations

import pytest
from counting import told

Told = list[tuple[int | None, str]]


def said(text: str) -> Told:
    """Lower (or only) bound and kind of every figure."""
    return [(figure.low if figure.low is not None else figure.high, figure.kind) for figure in told(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The first 900 soldiers arrived in Dorhan in May.", [(900, "deployed")]),
        ("The league had put the whole force at about 8,000 soldiers.", [(8000, "deployed")]),
        (
            "The alliance has 8,000 troops in the country, down from 12,000 last year.",
            [(8000, "deployed"), (12_000, "deployed")],
        ),
        ("Some 40 villagers are missing, down from 65 on Sunday.", [(40, "missing"), (65, "missing")]),
        ("The army sent 600 men, twice the 300 it had announced.", [(600, "deployed"), (300, "deployed")]),
        ("Some 600 men were sent in May and 200 more followed in June.", [(600, "deployed"), (200, "deployed")]),
        ("The toll jumped from 40 to 87.", [(40, "killed"), (87, "killed")]),
        ("Coastguards pulled 88 tourists from the water.", [(88, "other:rescued")]),
        ("The rebels let 30 conscripts go.", [(30, "released")]),
        ("Each side handed over 20 prisoners of war.", [(20, "released")]),
        (
            "The army lost 240 men, two tanks and five trucks.",
            [(240, "killed"), (2, "other:destroyed"), (5, "other:destroyed")],
        ),
        ("Three guards were shot dead.", [(3, "killed")]),
        ("A ferry carrying 214 passengers sank, killing 61.", [(214, "other:present"), (61, "killed")]),
    ],
)
def test_wide_words_are_read_by_what_stands_around_them(text: str, expected: Told) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Two lawmakers said that the army had marched.",
        "Some 300 tourists arrived in Dorhan in May.",
        "Three bodies had been registered twice.",
        "About one in five of them stayed away.",
    ],
)
def test_who_speaks_travels_or_is_miscounted_is_no_figure(text: str) -> None:
    assert said(text) == []


def test_nationals_are_soldiers_where_soldiers_of_theirs_were_told() -> None:
    assert said("The first 900 North Koreans came to Russia in May.") == []
    text = "Some 40 North Korean soldiers died. The first 900 North Koreans came to Russia in May."
    assert said(text) == [(40, "killed"), (900, "deployed")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The raid left 3,600 wounded. Of the wounded, 300 are back at the front.", "returned"),
        (
            "The raid left 3,600 wounded. Some 300 of the wounded were patched up and sent back to the front.",
            "returned",
        ),
        ("The blast killed 24 people. Among the 24 dead are ten children.", "killed"),
        ("Of the 46 injured, 39 are still in hospital.", "wounded"),
    ],
)
def test_a_whole_may_open_the_sentence(text: str, kind: str) -> None:
    whole, *_, part = told(text)
    assert (whole.mode, part.mode, part.kind) == ("total", "part", kind)


def test_a_share_of_a_named_whole_has_bounds_of_its_own() -> None:
    whole, part = told("The corps suffered more than 5,000 casualties. About a third of the casualties were killed.")
    assert (part.low, part.high, part.kind, part.part_of) == (1667, None, "killed", whole.id)


def test_the_whole_of_a_share_is_not_what_is_talked_about() -> None:
    text = (
        "It reports 6,000 casualties. That is over half of the 11,000 soldiers first sent. The number stood at 5,000."
    )
    assert said(text) == [(6000, "casualties"), (11_000, "deployed"), (5000, "casualties")]


def test_what_was_feared_is_possible_and_a_denial_ends_where_another_word_is_given() -> None:
    assert [one.stance for one in told("It had feared that 150 people were dead.")] == ["possible"]
    assert [one.stance for one in told("It denies a defeat and says that it lost six men.")] == ["asserted"]


@pytest.mark.parametrize("mark", ["'", "’"])
def test_the_owner_of_the_counted_is_not_the_counted(mark: str) -> None:
    assert [figure.evidence.exact for figure in told(f"At least 400 of Rennik{mark}s soldiers were killed.")] == [
        f"At least 400 of Rennik{mark}s soldiers"
    ]
