"""Whose voice a sentence is, where no word of saying tells: quotations, headlines, documents, accounts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordingto.pipeline import analysis
from accordingto.prose import Prose, unwrapped
from accordingto.records import Claim, Figure, Report


def told(text: str, words: str) -> tuple[Claim, Figure]:
    """The claim and the figure that stand at `words`."""
    report = Report("story.txt", text, "0" * 64, publisher="Evening Ledger", published="2024-05-14", language="en")
    at = text.index(words)
    return next(
        (claim, figure)
        for claim in analysis(report).claims
        for figure in claim.figures
        if figure.evidence.start < at + len(words) and at < figure.evidence.end
    )


def chain(text: str, words: str) -> list[str]:
    return [link.source.name for link in told(text, words)[0].chain]


# -- quotations without words of saying --------------------------------------------------------------------------------

RETREAT = """The commander described the retreat.

"We lost 14 men on the bridge," Colonel Pavel Dry said.

"At the mill we lost 22 more.

"By the evening 70 wounded were lying in the barn.

"Nobody came for them."

The valley road has cost 300 people their lives in a century."""


@pytest.mark.parametrize("words", ["14 men", "22", "70 wounded"])
def test_paragraphs_that_open_with_a_mark_and_never_close_are_one_speech(words: str) -> None:
    assert chain(RETREAT, words) == ["Pavel Dry"]


def test_what_follows_a_speech_is_the_outlets() -> None:
    assert chain(RETREAT, "300 people") == []


def test_a_bare_quotation_is_by_the_speaker_of_the_paragraph_before() -> None:
    text = 'Mayor Tomas Brill visited the camp. "There is one well," he said.\n\n"Six children died last night."'
    assert chain(text, "Six children") == ["Tomas Brill"]


def test_words_announced_by_a_colon_belong_to_whom_the_line_is_about() -> None:
    text = 'Health Minister Orla Venn gave this account: "On Monday we counted 31 dead.\n\n"On Tuesday it was 46 dead."'
    assert chain(text, "46 dead") == ["Orla Venn"]


def test_a_name_between_marks_is_no_speech() -> None:
    text = 'The so-called "Group of 40" never met. It was founded by Ada Renn.'
    assert not any(link for claim in analysis(Report("s", text, "0" * 64)).claims for link in claim.chain)


# -- documents, talks, accounts ----------------------------------------------------------------------------------------


def test_a_heading_names_whose_statement_the_rest_is() -> None:
    text = "Statement of the Ministry of Defence of Tarvia\n\nUp to 70 militants were eliminated, and two tanks."
    assert chain(text, "70 militants")[-1].startswith("Ministry of Defence")


def test_the_entries_of_a_situation_report_are_its_issuers() -> None:
    text = "Situation report of the Civil Defence, 6 May:\n\n- Dead: 41\n- Injured: 118\n"
    assert chain(text, "118") == ["Civil Defence"]


def test_the_answers_of_an_interview_are_its_guests() -> None:
    text = "Ada Lorne runs the relief mission.\n\nQ: How many fled?\n\nA: We registered 12,000 people at the border."
    assert chain(text, "12,000 people") == ["Ada Lorne"]


def test_a_persons_account_goes_on_behind_the_sentence_that_reports_it() -> None:
    text = (
        "Yusuf Darr, a fisherman, told how the boat went down. It left with 90 people aboard. By dawn 30 had drowned."
    )
    assert chain(text, "30") == ["Yusuf Darr"]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor, Ilse Tarn, said the bridge was safe. In 1987 a flood on the river killed 118 people.",
        "The mayor, Ilse Tarn, said the culprits would be found. The attack killed 118 people.",
        "The observatory said planes had struck at dawn. At least 118 people were killed.",
        '"It was the worst night," said Ilse Tarn. The hospital lost 118 people when the power failed.',
    ],
)
def test_background_behind_words_of_somebody_is_the_outlets(text: str) -> None:
    assert chain(text, "118 people") == []


# -- headlines and other forms -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("Health ministry: 12 dead in market fire", "12 dead", "Health ministry"),
        ("14 killed in shelling of market - governor", "14 killed", "governor"),
        ("Twelve dead in bus plunge, says police chief", "Twelve dead", "police chief"),
        ("Landslide buries 40 in their sleep governor says", "40", "governor"),
        ("Marenia lowers ferry toll to 9", "9", "Marenia"),
        ("Kyral put its losses at 40 dead.", "40 dead", "Kyral"),
        ("3,500 soldiers in training in the east, lawmaker told in Kostava", "3,500 soldiers", "lawmaker"),
        ("The strike, the defence ministry said, killed 50 soldiers.", "50 soldiers", "defence ministry"),
        (
            "The raid wounded 58 people on Tuesday a war monitor and medical workers in the rebel-held area said.",
            "58 people",
            "war monitor and medical workers in the rebel-held area",
        ),
    ],
)
def test_forms_of_headlines_and_of_texts_that_lost_their_commas(text: str, words: str, source: str) -> None:
    assert [name.lower() for name in chain(text, words)] == [source.lower()]


def test_who_was_told_stands_before_who_told() -> None:
    text = (
        "Some 3,500 soldiers are in training, a lawmaker was told in Kostava by the head of intelligence, Kiril Budan."
    )
    assert chain(text, "3,500 soldiers") == ["lawmaker", "Kiril Budan"]


def test_what_a_river_claims_is_no_statement() -> None:
    assert chain("The river Orl has claimed 300 lives in a century.", "300") == []


# -- stance ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The army denied that its planes had killed 12 civilians.", "denied"),
        ("The minister rejected reports that 12 civilians had been shot.", "denied"),
        ("The spokesman refused to say whether 12 civilians had been killed.", "possible"),
        ("The hospital could not confirm that 12 civilians had died.", "possible"),
        ("Officials were unable to verify that 12 civilians had died.", "possible"),
        ("The governor said that 12 civilians had died.", "asserted"),
        ("The governor not only confirmed that 12 civilians had died.", "asserted"),
        ("At least 12 civilians were feared dead after the dam burst, officials said.", "possible"),
        ("The bomb would have killed 12 civilians, the police chief said.", "possible"),
    ],
)
def test_what_turns_a_verb_of_saying_turns_its_stance(text: str, stance: str) -> None:
    assert told(text, "12 civilians")[1].stance == stance


def test_a_threat_is_planned() -> None:
    claim, figure = told("The group threatened to kill 10 hostages if the talks failed.", "10 hostages")
    assert (figure.stance, [link.source.name for link in claim.chain]) == ("planned", ["group"])


# -- text wrapped by hand ----------------------------------------------------------------------------------------------

WRAPPED = """Shelling killed nine people in the eastern quarter of the
city on Thursday, the regional governor said, and wounded
another 23. Rescue teams were still searching the ruins of a
school, he said, where as many as 15 pupils had taken shelter.

The army did not comment."""


def test_lines_of_like_width_that_end_inside_sentences_are_one_paragraph() -> None:
    assert len(Prose(WRAPPED).paragraphs) == 2
    assert chain(WRAPPED, "15 pupils") == ["regional governor"]


@pytest.mark.parametrize(
    "text",
    [
        "NINE DEAD IN THE EASTERN QUARTER OF THE CITY ON THURSDAY\nDam fails at night and nobody is there to see it.",
        "- Dead in the eastern quarter of the old city: 41\n- injured in the eastern quarter: 118\n- missing: 3",
        "The army did not comment on Thursday's shelling.\nIt had no men there.\nThe governor did not comment.",
    ],
)
def test_headlines_lists_and_paragraphs_of_a_line_are_left_alone(text: str) -> None:
    assert unwrapped(text) == text


@given(st.text(alphabet='ab ,.“"-\n\r\u2028', max_size=400))
def test_unwrapping_moves_no_offset(text: str) -> None:
    flat = unwrapped(text)
    assert len(flat) == len(text)
    assert all(one == other or other == " " for one, other in zip(text, flat, strict=True))
