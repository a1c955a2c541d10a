"""Who says what, according to whom: claims of whole reports, and whose words a figure is."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from accordingto import count
from accordingto.attribute import claiming, owners
from accordingto.prose import Prose
from accordingto.records import Claim, Evidence, Figure, Report

FLOOD = """Floods killed 31 people in the Dravo valley, the regional rescue service said on Sunday.

Its director, Mila Torrence, said 400 families had been moved to schools. She added that 12 boats were at work.

The interior ministry, citing the rescue service, said that 900 houses had been damaged.
The ministry put the number of missing at 58."""


def report(text: str, publisher: str | None = "Evening Ledger") -> Report:
    return Report(
        name="story.txt", text=text, sha256="0" * 64, publisher=publisher, published="2024-05-14", language="en"
    )


def claims(text: str) -> list[Claim]:
    one, prose = report(text), Prose(text, "en")
    return claiming.claims(one, prose, count.figures(one, prose))


def chain(text: str, words: str, publisher: str | None = "Evening Ledger") -> list[str]:
    """The names of the chain of the figure written `words`; empty for the outlet's own voice."""
    one = report(text, publisher)
    prose = Prose(text, "en")
    start = text.index(words)
    figure = Figure(Evidence.of(one, start, start + len(words)), 1, 1, "killed")
    found = owners.owner(figure, claiming.claims(one, prose, [*count.figures(one, prose), figure]), one, prose)
    return [link.source.name for link in found.chain] if found else []


def test_a_figure_belongs_to_whoever_is_said_to_have_said_it() -> None:
    assert chain(FLOOD, "31 people") == ["regional rescue service"]


def test_a_spokesperson_named_beside_a_role_is_a_person_with_that_role() -> None:
    (claim,) = [c for c in claims(FLOOD) if "400 families" in c.content.exact]
    source = claim.chain[0].source
    assert (source.name, source.kind, source.role) == ("Mila Torrence", "person", "director")
    assert source.affiliation == "regional rescue service"


def test_she_is_the_person_named_before() -> None:
    assert chain(FLOOD, "12 boats") == ["Mila Torrence"]


def test_the_source_a_speaker_cites_is_the_origin() -> None:
    assert chain(FLOOD, "900 houses")[-1] == "regional rescue service"
    assert chain(FLOOD, "900 houses")[0] == "interior ministry"


def test_whoever_puts_a_toll_at_a_number_says_it() -> None:
    assert chain(FLOOD, "58") == ["interior ministry"]


def test_two_claims_never_share_a_content() -> None:
    spans = [claim.content.span for claim in claims(FLOOD)]
    assert len(spans) == len(set(spans))


def test_an_outlet_that_was_told_stands_before_the_one_who_told() -> None:
    text = "Residents told Reuters that 14 people had drowned in the harbour overnight."
    assert chain(text, "14 people") == ["Reuters", "Residents"]


def test_an_outlet_does_not_stand_in_its_own_chain() -> None:
    text = "Residents told Reuters that 14 people had drowned in the harbour overnight."
    assert chain(text, "14 people", publisher="Reuters") == ["Residents"]


def test_a_wire_credit_does_not_enter_the_chain() -> None:
    text = "PORT AVEL, May 3 (AFP) - A blast killed nine people in Port Avel, police said.\n\nAgence France-Presse"
    assert chain(text, "nine people") == ["police"]


def test_a_sentence_without_attribution_is_the_outlets_own() -> None:
    text = "The mayor said the bridge was safe.\n\nIn 1987 a flood on the same river killed 118 people."
    assert chain(text, "118 people") == []


def test_what_our_reporter_counted_is_the_outlets_own() -> None:
    assert chain("Our reporter counted seventeen coffins outside the school.", "seventeen coffins") == []


def test_background_inside_words_about_something_else_is_the_outlets_own() -> None:
    text = "The minister condemned the attack that killed 58 people in the capital on Tuesday."
    assert chain(text, "58 people") == []


def test_a_part_of_the_dead_goes_on_with_the_speaker_of_the_dead() -> None:
    text = "The coast guard said 40 people had died. Of them, 11 were children."
    assert chain(text, "11") == ["coast guard"]


def test_a_list_entry_belongs_to_the_source_that_heads_it() -> None:
    text = (
        "The statements so far:\n\n* Ministry of Health (3 May): 63 dead. Another 20 missing."
        "\n\n* Harbour police: 55 dead."
    )
    assert chain(text, "63 dead") == chain(text, "20 missing") == ["Ministry of Health"]
    assert chain(text, "55 dead") == ["Harbour police"]


def test_figures_are_those_of_whoever_is_said_to_own_them_afterwards() -> None:
    text = "Fourteen bodies have been found and 212 people are missing. Those are the figures of the Civil Guard."
    assert chain(text, "212 people") == ["Civil Guard"]


def test_a_report_that_carries_a_bulletin_speaks_with_the_bulletins_voice() -> None:
    text = (
        "The Tarvian Press Agency carries the following from the bulletin of the Rescue Service."
        "\n\nDead: 31. Injured: 46."
    )
    assert chain(text, "46") == ["Tarvian Press Agency", "Rescue Service"]


def test_who_figures_come_from_may_be_named_between_figure_and_verb() -> None:
    assert chain("The total includes 71 people who the health ministry said were killed on Monday.", "71 people") == [
        "health ministry"
    ]


def test_said_before_its_speaker_is_read_as_well() -> None:
    text = "Dozens were unaccounted for, said the army's spokesman, Joel Marn."
    assert chain(text, "Dozens") == ["Joel Marn"]


def test_a_quotation_over_several_paragraphs_has_one_speaker() -> None:
    text = (
        "“We found ten bodies on the first day,” Ada Renn said."
        "\n\n“There are perhaps 30 still under the stones.\n\n“We pulled six out alive,” she added."
    )
    assert chain(text, "30") == ["Ada Renn"]


def test_a_denial_is_denied() -> None:
    (claim,) = [c for c in claims("The governor denied that 400 residents had been left without warning.") if c.chain]
    assert claim.stance == "denied"


def test_a_quotation_is_direct() -> None:
    found = [c for c in claims("“We counted 12 dead,” the mayor told reporters.") if c.chain[0].source.mention]
    assert [claim.manner for claim in found] == ["direct"]


def test_an_unclosed_quotation_mark_is_a_doubt() -> None:
    found = claims('"We counted 12 dead, the mayor told reporters on Monday.')
    assert all("unclosed-quote" in claim.doubts for claim in found)


def test_a_source_the_text_leaves_out_is_unnamed() -> None:
    for claim in claims("Hundreds of people are feared dead after the collapse."):
        assert claim.chain[0].source.kind == "unnamed"
        assert claim.chain[0].source.mention is None


@pytest.mark.parametrize("text", ["", "\n\n", "…", "said", '"', "He said", ": 12 :", "* : 3", "According to"])
def test_odd_prose_raises_nothing(text: str) -> None:
    claims(text)


PIECES = st.sampled_from(
    ["the ministry", "said", "put the toll at", "12", "people", ",", ".", "“", "”", "according to",
     "he", "who", "Anna Lind",
     "its spokesman", "killed", "told", "Reuters", "\n\n", "of them", "citing", "—", ":", "and", "The agency", "Moscow"]
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES, max_size=30))
@example(["the ministry"] * 11 + ["said", "the ministry"] * 2 + ["the ministry", "said", "the ministry", "\n\n", "who"])
def test_every_anchor_reproduces_its_words(pieces: list[str]) -> None:
    text = " ".join(pieces)
    one = report(text)
    prose = Prose(text, "en")
    found = claiming.claims(one, prose, count.figures(one, prose))
    assert len({claim.id for claim in found}) == len(found)
    for claim in found:
        assert text[slice(*claim.content.span)] == claim.content.exact
        assert 0 < len(claim.chain) <= 5
        assert all(claim.content.start <= start < end <= claim.content.end for start, end in claim.parts)
    for number in re.finditer("12", text):
        figure = Figure(Evidence.of(one, *number.span()), 12, 12, "killed")
        owned = owners.owner(figure, found, one, prose)
        assert owned is None or owned in found
