"""Chains of several sources, and forms in which a source hides: documents, passives, conversations, headlines."""

from __future__ import annotations

from test_attribute import chain, claims


def test_who_briefed_the_speaker_stands_behind_the_speaker() -> None:
    text = (
        "Talvera's Norda news agency reported on Monday, citing senator Pol Arrivas, who was told by the head of the "
        "border guard, Inga Solen, that 640 migrants had been turned back."
    )
    assert chain(text, "640 migrants")[1:] == ["Pol Arrivas", "Inga Solen"]


def test_a_document_by_somebody_is_theirs() -> None:
    text = "The storm has taken 19 lives, according to figures compiled by the regional disaster body Corda."
    assert chain(text, "19 lives")[-1].endswith("Corda")


def test_a_report_in_a_paper_that_goes_back_to_the_army_is_two_links() -> None:
    text = "According to a report in The Nation, based on figures from the army, 3,000 soldiers are searching."
    assert chain(text, "3,000 soldiers") == ["Nation", "army"]


def test_a_passive_names_its_source_behind_by() -> None:
    text = "In all, 118 cholera cases have been recorded by the health ministry."
    assert chain(text, "118 cholera cases") == ["health ministry"]


def test_answers_of_a_printed_conversation_are_the_guests() -> None:
    text = (
        "Dr Helen Okoro runs the trauma ward. She spoke to us by telephone.\n\nQ: How many came that night?\n\n"
        "A: We received 140 wounded in four hours. Nineteen of them died."
    )
    assert chain(text, "140 wounded") == ["Helen Okoro"]
    assert chain(text, "Nineteen") == ["Helen Okoro"]


def test_a_named_reporter_of_the_outlet_is_the_outlet() -> None:
    assert chain("Our reporter Sam Ortiz says she has counted nine coffins.", "nine coffins") == []


def test_her_organisation_is_no_further_source() -> None:
    text = "Relief Now's researcher, Awa Diop, said her organisation had verified 38 deaths."
    assert chain(text, "38 deaths") == ["Awa Diop"]


def test_the_mayor_of_a_headline_is_the_mayor_the_report_names() -> None:
    text = "17 killed as missile hits market, says mayor\n\nThe mayor Oleh Franchuk said the market was full."
    assert chain(text, "17 killed") == ["Oleh Franchuk"]


def test_a_dateline_is_no_part_of_what_is_said() -> None:
    claim = claims("VADRA, March 5, 2025 (Norda) - Some 30 people were hurt, police said on Wednesday.")[0]
    assert claim.content.exact.startswith("Some 30 people")
