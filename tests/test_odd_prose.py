"""Odd prose: never an exception, never more than its share of work, and a doubt on the claim concerned."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from accordingto import pipeline
from accordingto.nearby import Nearby
from accordingto.prose import LONGEST
from accordingto.records import Claim, Report
from accordingto.store import rows

PIECES = (
    *(
        '"',
        "“",
        "”",
        "'",
        "’",
        "«",
        "»",
        "''",
        "``",
        "(",
        "[",
        "\n",
        "\n\n",
        " - ",
        ": ",
        ", ",
        ". ",
        "? ",
        "...",
        "\u200f",
    ),
    *("12", "1,500", "0.5 million", "dozens", "no one", "half", "3 March 2025", "on Monday", "of whom", "at least"),
    *("said", "SAID", "according to", "told", "denied that", "citing", "reported", "he", "they", "who", "which", "Q:"),
    *("the mayor", "THE MAYOR", "Tasko", "VALE:", "the Northern Civil Defence", "Kharkiv", "officials there", "AFP"),
    *(
        "killed",
        "were wounded",
        "KILLED",
        "displaced",
        "загинули",
        "死亡",
        "قتلوا",
        "sont mortes",
        "🔥",
        "\x00",
        "é",
        "ß",
    ),
)
texts = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(("", " ", " "))), max_size=60).map(
    lambda pairs: "".join(piece + blank for piece, blank in pairs)
)


def report(text: str) -> Report:
    return Report("odd", text, "0", published="2025-03-03", language="en", title=text[:40])


def claims(text: str) -> tuple[Claim, ...]:
    return pipeline.claims(report(text))


def holding(text: str, words: str) -> Claim:
    return next(claim for claim in claims(text) if words in claim.content.exact)


@settings(max_examples=150, deadline=None)
@given(texts)
def test_whatever_is_read_every_record_stands_on_its_words(text: str) -> None:
    one = report(text)
    found = pipeline.claims(one)
    places = [
        e for c in found for e in (c.content, *(f.evidence for f in c.figures), *(link.cue for link in c.chain)) if e
    ]
    assert all(text[place.start : place.end] == place.exact for place in places)
    assert len({claim.id for claim in found}) == len(found)
    assert len(rows.rows(one, found, "1").claims) == len(found)


@settings(max_examples=30, deadline=None)
@given(texts)
def test_the_same_text_is_read_the_same(text: str) -> None:
    assert claims(text) == claims(text)


spans = st.tuples(st.integers(0, 9000), st.integers(1, 5000)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(spans, max_size=20), spans)
def test_what_is_nearby_is_what_overlaps(placed: list[tuple[int, int]], span: tuple[int, int]) -> None:
    found = Nearby((one, number) for number, one in enumerate(placed)).touching(*span)
    assert found == [n for n, (start, end) in enumerate(placed) if start < span[1] and span[0] < end]


def test_a_quotation_that_never_closes_is_a_doubt() -> None:
    text = "“We counted 40 dead, the mayor of Kelmin said on Monday.\n\nThe army said 12 soldiers were killed."
    assert "unclosed-quote" in holding(text, "40 dead").doubts
    assert "unclosed-quote" not in holding(text, "12 soldiers").doubts


def test_capitals_are_a_doubt() -> None:
    text = "AT LEAST 40 PEOPLE WERE KILLED IN KELMIN, THE MAYOR SAID.\n\nThe army said 12 soldiers were killed."
    assert "capitals" in holding(text, "40 PEOPLE").doubts
    assert "capitals" not in holding(text, "12 soldiers").doubts


def test_a_sentence_that_had_to_be_cut_is_a_doubt() -> None:
    text = "the road was closed and then " * (LONGEST // 20) + "at least 40 people were killed"
    assert "cut-sentence" in holding(text, "40 people").doubts
    assert not holding("At least 40 people were killed. It rained.", "40 people").doubts


def test_lost_paragraphs_are_a_doubt() -> None:
    text = "The army said 12 soldiers were killed. " + "The road was closed for repairs. " * 300
    assert "no-paragraphs" in holding(text, "12 soldiers").doubts


def test_words_of_another_language_are_a_doubt() -> None:
    text = (
        "The army said 12 soldiers were killed.\n\n"
        "Le ministère affirme que 40 personnes sont mortes hier dans une frappe contre une école, selon des témoins."
    )
    assert "other-language" in holding(text, "40 personnes").doubts
    assert "other-language" not in holding(text, "12 soldiers").doubts


def test_two_phrases_that_could_each_name_the_other_settle_nothing_and_never_end_in_a_circle() -> None:
    for text in ("its spokesman\n\nThe agency said", "Its spokesman said 12 people died.\n\nThe agency said 5 died."):
        assert all(claim.content.exact in text for claim in claims(text))
    assert claims("Its spokesman said 12 people died.\n\nThe agency said 5 died.")
