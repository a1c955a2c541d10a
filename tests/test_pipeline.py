"""The reading line: one report in, its claims out, the same every time and never an exception."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordingto import pipeline
from accordingto.records import Claim, Report, evidences


def read(text: str, **known: str) -> tuple[Claim, ...]:
    return pipeline.claims(Report("r.txt", text, "0" * 64, published="2024-05-13", language="en", **known))


def figures(text: str) -> dict[str, tuple[int | None, int | None, str, str, list[str]]]:
    return {
        f.evidence.exact: (f.low, f.high, f.kind, f.stance, [link.source.name for link in claim.chain])
        for claim in read(text)
        for f in claim.figures
    }


def test_an_attributed_figure_names_its_source() -> None:
    assert figures("At least 12 people were killed in the flood, the interior ministry said on Monday.") == {
        "At least 12 people": (12, None, "killed", "asserted", ["interior ministry"])
    }


def test_a_figure_nobody_is_credited_with_is_the_outlets_own() -> None:
    assert figures("A bomb killed nine people in Baghdad on Monday.") == {
        "nine people": (9, 9, "killed", "asserted", [])
    }


def test_a_sentence_of_the_outlet_without_a_figure_is_no_claim() -> None:
    assert read("The river rose during the night. The market stayed shut.") == ()


def test_a_denied_figure_is_denied() -> None:
    found = figures("The army denied that 12 civilians were killed in the strike.")
    assert [said[3] for said in found.values()] == ["denied"]


def test_no_report_of_casualties_is_not_zero_casualties() -> None:
    assert figures("There were no reports of casualties, the mayor said.") == {}


def test_a_report_in_an_unread_language_makes_no_claims() -> None:
    report = Report("r.txt", "Mindestens zwölf Menschen starben, sagte der Minister.", "0" * 64, language="de")
    assert pipeline.claims(report) == ()


def test_every_figure_belongs_to_one_claim_and_no_two_claims_share_their_words() -> None:
    text = (
        "“We have 14 dead and 30 wounded,” the governor said. Rescuers put the toll at 20. Some 2,000 people fled. "
        "Yonhap reported that 300 of them had returned, citing a lawmaker."
    )
    claims = read(text)
    spans = [claim.content.span for claim in claims]
    starts = [figure.id for claim in claims for figure in claim.figures]
    assert len(set(spans)) == len(spans)
    assert len(set(starts)) == len(starts) >= 4


ODD = st.text(alphabet=st.sampled_from("ab \t\n\"“”'’.,:;-–—()[]0123456789%$£AZé漢ا\u200f\u00a0\u0661"), max_size=160)
SCRAPS = """killed 12 wounded said the ministry “ ” " , . on Monday Kyiv officials at least dozens of people no reports
(AP) - half a million 30 February 0225 and denied that according to 1.500 1,500""".split()  # noqa: SIM905
WORDS = st.lists(st.sampled_from([*SCRAPS, "\t", "\n"]), max_size=40).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(st.one_of(ODD, WORDS))
def test_odd_prose_never_raises_and_every_anchor_reproduces_its_words(text: str) -> None:
    report = Report("r.txt", text, "0" * 64, published="2024-05-13", language="en", title=text[:40])
    for claim in pipeline.claims(report):
        assert all(text[e.start : e.end] == e.exact for e in evidences(claim))


@pytest.mark.parametrize("text", ["12 " * 3000, "“" * 3000, "Of Police Man " * 1000, "killed " * 3000, "9" * 4000])
def test_long_odd_prose_is_read(text: str) -> None:
    assert isinstance(read(text), tuple)
