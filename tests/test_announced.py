"""Speakers that the layout names beside their words."""

from __future__ import annotations

from accordingto import pipeline
from accordingto.records import Report


def said(text: str) -> list[tuple[list[str], str]]:
    report = Report("r", text, "0", title="T", published="2026-01-05", language="en")
    return [([link.source.name for link in c.chain], c.content.exact) for c in pipeline.claims(report) if c.chain]


def test_a_name_behind_a_dash_spoke_the_quotation_before_it() -> None:
    text = (
        "“We have had no power for three weeks and 40 of us are sick.” ― Ana Lopes.\n"
        "“They promised water and sent soldiers, and nobody came.” – Carla Bonet"
    )
    assert said(text) == [
        (["Ana Lopes"], "“We have had no power for three weeks and 40 of us are sick.”"),
        (["Carla Bonet"], "“They promised water and sent soldiers, and nobody came.”"),
    ]


def test_a_dash_before_anything_but_a_name_credits_nobody() -> None:
    assert all(chain != ["the last"] for chain, _ in said("“The bridge is gone” – the last of five, on 3 May."))


def test_each_turn_of_a_transcript_is_its_speakers() -> None:
    text = "GRANT: What happened?\nMAREN: We lost 14 men there, and 20 were wounded.\nGRANT: And after?"
    assert (["MAREN"], "We lost 14 men there, and 20 were wounded.") in said(text)


def test_a_paragraph_that_ends_in_a_colon_announces_the_next() -> None:
    text = (
        "The governor continued:\n\n“We have buried 34 people since Monday, and the river is still rising. Nobody "
        "from the capital has come to see us in all of this time, and I do not expect anyone to come now, because they "
        "never do. We ask for tents, for blankets and for water, and what we get are speeches. The road is cut.”"
    )
    [(chain, content)] = said(text)
    assert chain == ["governor"] and content.startswith("“We have buried") and content.endswith("is cut.”")


def test_a_turn_is_told_once_and_goes_on_with_the_paragraphs_that_open_a_quotation() -> None:
    text = (
        '"HALE: Minister, how many people have died?\n\n'
        '"ORTIZ: We have counted 61 dead so far. The hospitals in the north are full.\n\n'
        '"I was there yesterday. Twelve people were wounded there.\n\n'
        '"HALE: And the missing?\n\n"ORTIZ: 40 are missing.'
    )
    report = Report("r", text, "0", title="T", published="2026-01-05", language="en")
    told = [(c.chain[0].source.name, [f.evidence.exact for f in c.figures]) for c in pipeline.claims(report)]
    assert told == [("HALE", []), ("ORTIZ", ["61 dead", "Twelve people"]), ("HALE", []), ("ORTIZ", ["40"])]
