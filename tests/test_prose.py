"""Prose: paragraphs, sentences and quotation marks of any text, without loss and without surprise."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordingto.prose import LONGEST, Prose


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in Prose(text).sentences]


@pytest.mark.parametrize(
    "text",
    [
        "Gov. Petr Vale arrived on Monday.",
        "The U.S. embassy in Kelmin was shut.",
        "About 1.5 million people, e.g. in Velmora, had no power.",
        "Lt. Gen. J. R. Marlow spoke at 10 a.m. in the capital.",
    ],
)
def test_an_abbreviation_does_not_end_a_sentence(text: str) -> None:
    assert sentences(text) == [text]


def test_a_closing_quotation_mark_belongs_to_its_sentence() -> None:
    assert sentences("“We saw nine.” He left.") == ["“We saw nine.”", "He left."]


def test_a_line_break_ends_a_sentence() -> None:
    assert sentences("NINE DEAD IN VELMORA\nDam fails at night") == ["NINE DEAD IN VELMORA", "Dam fails at night"]


def test_a_quotation_that_never_closes_ends_with_its_paragraph() -> None:
    text = "“It was dark, she said.\nThen it was light."
    assert [text[a:b] for a, b in Prose(text).quotes] == ["It was dark, she said."]
    assert Prose(text).odd(0, 23)
    assert not Prose(text).odd(24, len(text))


@pytest.mark.parametrize(
    "text", ['"Nine," he said.', "“Nine,” he said.", "«Nine», he said.", "„Nine“, he said.", "''Nine'', he said."]
)
def test_quotation_marks_of_many_houses_are_read(text: str) -> None:
    quotes = [text[a:b].strip(",") for a, b in Prose(text).quotes]
    assert quotes == ["Nine"]
    assert not Prose(text).odd(0, len(text))


@given(st.text(alphabet='ab. \n"“”!?A', max_size=300))
def test_sentences_cover_every_word_in_order(text: str) -> None:
    spans = Prose(text).sentences
    assert all(a < b for a, b in spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


def test_a_text_without_any_stop_is_cut() -> None:
    text = "word " * 4000
    assert max(b - a for a, b in Prose(text).sentences) <= LONGEST


def test_an_offset_finds_its_sentence() -> None:
    prose = Prose("One. Two. Three.")
    assert prose.sentence_at(6) == (5, 9)
    assert prose.sentence_index(12) == 2
    assert prose.paragraph_at(12) == (0, 16)


def test_capitals_wrapped_by_hand_are_one_paragraph() -> None:
    lines = (
        "THE COMMAND OF THE EASTERN GARRISON HAS REPORTED THAT ABOUT 50 FARMERS",
        "OF THE VALLEY WERE TAKEN FROM THEIR HOMES BY ARMED MEN AND LED AWAY TO",
        "AN UNKNOWN PLACE.",
    )
    assert len(Prose("\n".join(lines), "en").sentences) == 1
