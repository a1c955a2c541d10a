"""Chains of several sources, and forms in which a source hides: documents, passives, conversations, headlines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_attribute import chain, claims

from accordingto.attribute.mentions import read
from accordingto.attribute.words import words


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


@pytest.mark.parametrize(
    "text, words, names",
    [
        (
            "In a statement carried by Norda News, the army said 18 rebels had died.",
            "18 rebels",
            ["Norda News", "army"],
        ),
        ("The army, in a statement quoted by Norda News, said 18 rebels died.", "18 rebels", ["Norda News", "army"]),
        (
            "The death toll is 82, according to a statement by the health ministry carried by the Vadra Press Agency.",
            "82",
            ["Vadra Press Agency", "health ministry"],
        ),
        (
            "Police said, as reported earlier by the Karst Gazette, that 48 were held.",
            "48",
            ["Karst Gazette", "Police"],
        ),
        (
            "Documents seen by the Karst Gazette show that 340 men were moved.",
            "340 men",
            ["Karst Gazette", "Documents"],
        ),
        ("In an interview with Norda News, the bishop said 22 men were held.", "22 men", ["Norda News", "bishop"]),
        ("The guards said in a statement to Norda News that 17 men were held.", "17 men", ["Norda News", "guards"]),
        ("Norda News has seen a letter in which the colonel says 90 men died.", "90 men", ["Norda News", "colonel"]),
        ("Two soldiers died, the army said, according to Norda News.", "Two soldiers", ["Norda News", "army"]),
        (
            "A video posted by the army and verified by Norda News shows 11 captured soldiers.",
            "11 captured soldiers",
            ["Norda News", "army"],
        ),
        (
            "The health ministry said 19 people had died, Norda News reported.",
            "19 people",
            ["Norda News", "health ministry"],
        ),
        (
            "The health ministry said 19 people had died, according to Norda News.",
            "19 people",
            ["Norda News", "health ministry"],
        ),
    ],
)
def test_an_outlet_that_carries_somebodys_words_stands_before_them(text: str, words: str, names: list[str]) -> None:
    assert chain(text, words) == names


@pytest.mark.parametrize(
    "cited, name",
    [
        ("the Karst resistance committee", "Karst resistance committee"),
        ("the governor of Tarn province, Ivo Brenn", "Ivo Brenn"),
        ("a briefing by the border guard", "border guard"),
        ("two US officials", "two US officials"),
        ("preliminary data", "preliminary data"),
    ],
)
def test_who_is_cited_is_named_in_full(cited: str, name: str) -> None:
    text = f"At least 31 miners were trapped, Norda News reported, citing {cited}."
    assert chain(text, "31 miners") == ["Norda News", name]


def test_a_speaker_behind_a_speaker_is_inside_what_the_first_one_said() -> None:
    text = "Norda News reported that the Karst Gazette, citing two engineers, had said 315 houses were lost."
    assert chain(text, "315 houses") == ["Norda News", "Karst Gazette", "two engineers"]


def test_whoever_cites_is_not_whoever_briefed_the_cited() -> None:
    text = (
        "Norda News reported, quoting lawmaker Pol Arrivas, who was briefed by the head of the border guard, "
        "Inga Solen, that 640 migrants were turned back."
    )
    assert chain(text, "640 migrants") == ["Norda News", "Pol Arrivas", "Inga Solen"]


def test_what_is_said_against_somebody_is_no_part_of_their_words() -> None:
    text = "The army said 12 people had died, while the health ministry put the toll at 30."
    assert chain(text, "30") == ["health ministry"]


def test_the_agency_of_the_dateline_is_no_link_under_its_full_name() -> None:
    text = "VADRA, March 5 (AP) - Twelve people died. A doctor told The Associated Press that 20 houses were burned."
    assert chain(text, "20 houses") == ["doctor"]


def test_initials_are_no_pronoun() -> None:
    assert read("the WHO", words("en")).shape == "body"


@given(st.permutations(["the army", "Norda News", "two officials", "the Karst Gazette"]))
def test_no_chain_is_longer_than_its_sources(order: list[str]) -> None:
    text = f"{order[0]} said, citing {order[1]}, as reported earlier by {order[2]}, quoting {order[3]}, that 48 died."
    names = chain(text, "48")
    assert len(names) == len(set(names)) <= 4


@pytest.mark.parametrize(
    "speaker",
    [
        "Senator Pol Arrivas, who said he had been briefed by the border guard,",
        "Senator Pol Arrivas, who attended a closed-door briefing by the border guard,",
    ],
)
def test_a_briefing_is_where_the_speaker_has_it_from(speaker: str) -> None:
    assert chain(f"{speaker} said 640 migrants were turned back.", "640 migrants") == ["Pol Arrivas", "border guard"]


def test_what_an_outlet_attributes_to_another_is_theirs() -> None:
    text = "The figure of 1,300 dead was first given by the daily Vesna, which attributed it to a police report."
    assert chain(text, "1,300 dead") == ["Vesna", "police report"]


def test_a_chain_may_have_four_links() -> None:
    text = (
        "The Karst Gazette reported, quoting a security source, that the judge had been told by the army that "
        "19 cells had been broken up."
    )
    assert chain(text, "19 cells") == ["Karst Gazette", "security source", "judge", "army"]


def test_telling_the_newspaper_that_the_report_names_is_a_link_and_telling_the_press_is_none() -> None:
    named = "The Karst Gazette reported floods. The mayor, Ona Reis, told the newspaper that 20 houses were lost."
    assert chain(named, "20 houses") == ["Karst Gazette", "Ona Reis"]
    assert chain("The mayor, Ona Reis, told the press that 20 houses were lost.", "20 houses") == ["Ona Reis"]


def test_where_a_body_sits_is_no_part_of_its_name() -> None:
    text = "The Karst Observatory said 30 people had died. The Oslo-based observatory said 12 people were missing."
    assert chain(text, "12 people") == ["Karst Observatory"]


def test_a_telling_inside_a_report_is_a_link_whatever_is_counted() -> None:
    text = "The Karst Gazette reported that the harbour company had told it 27 boats had capsized."
    assert chain(text, "27 boats") == ["Karst Gazette", "harbour company"]


def test_the_citing_that_closes_a_sentence_is_no_part_of_what_another_said_in_it() -> None:
    text = "Norda News reported that the army had told lawmakers that 3,400 troops would leave, citing a letter."
    assert chain(text, "3,400 troops")[:2] == ["Norda News", "army"]


def test_a_group_that_holds_a_document_stands_before_it() -> None:
    text = "Hospital records shared with Human Rights Watch show that 300 people were killed."
    assert chain(text, "300 people") == ["Human Rights Watch", "Hospital records"]


def test_a_source_that_is_only_cited_makes_no_claim_of_its_own() -> None:
    told = claims("Radio Korran reported that 12 men were killed, citing the lawmaker Ona Reis.")
    assert [claim.content.exact for claim in told] == ["that 12 men were killed"]


def test_a_clause_on_the_cited_source_is_no_part_of_what_it_said() -> None:
    text = "Norda reports, citing a senator who attended a briefing by the army, that 1,200 soldiers have been killed."
    assert chain(text, "1,200 soldiers") == ["Norda", "senator", "army"]


@pytest.mark.parametrize(
    ("text", "words", "names"),
    [
        (
            "Hospital bosses admitted that 70 patients died, the Mail can reveal.",
            "70 patients",
            ["Mail", "Hospital bosses"],
        ),
        ("The army says, according to the Karst Herald, that 60 men died.", "60 men", ["Karst Herald", "army"]),
        (
            "Police sources told Human Rights Watch that 26 men were shot.",
            "26 men",
            ["Human Rights Watch", "Police sources"],
        ),
        (
            "Der Spiegel wrote that, according to the army, 90 conscripts were killed.",
            "90 conscripts",
            ["Der Spiegel", "army"],
        ),
        (
            "The aid group said its staff had been told by elders that 35 children died.",
            "35 children",
            ["aid group", "elders"],
        ),
    ],
)
def test_whoever_passes_words_on_is_a_link_and_a_bodys_own_staff_is_none(
    text: str, words: str, names: list[str]
) -> None:
    assert chain(text, words) == names


def test_an_outlet_at_the_head_of_a_sentence_is_not_that_of_the_clause_behind_a_semicolon() -> None:
    text = "As first reported by the Tarsk Herald, 44 miners were killed; the company said 40 miners were killed."
    assert chain(text, "40 miners") == ["company"]


def test_it_is_believed_has_no_source() -> None:
    assert chain("It is believed that at least 30 villagers were killed.", "at least 30 villagers") == []


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("one of them, a gunner who asked to be called Luko", "Luko"),
        ("a medic with the call sign “Fox”", "Fox"),
        ("a trader who gave his name only as Abu Samir", "Abu Samir"),
    ],
)
def test_the_only_name_somebody_gives_is_theirs(mention: str, name: str) -> None:
    assert read(mention, words("en")).name == name


def test_a_quotation_in_a_long_paragraph_stays_whole() -> None:
    said = " ".join(f"The {name} road was closed and nobody came." for name in ["north", "south", "east", "west"] * 5)
    (claim,) = claims(f"“{said}” the mayor, Ilse Tarvan, said.")
    assert claim.content.exact.strip("“”") == said
