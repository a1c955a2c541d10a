"""Records: evidence is exact, identity is where something was said, JSON goes there and back."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordingto import codec
from accordingto.errors import EvidenceError
from accordingto.records import (
    Actor,
    Claim,
    Evidence,
    Figure,
    Link,
    Report,
    Source,
    When,
    Where,
    evidences,
    fingerprint,
)

TEXT = "The ministry said at least 12 people were killed in Velmora on Friday."
REPORT = Report("velmora.txt", TEXT, "0" * 64, published="2024-05-12")


def words(exact: str) -> Evidence:
    start = TEXT.index(exact)
    return Evidence.of(REPORT, start, start + len(exact))


def claim() -> Claim:
    figure = Figure(
        words("at least 12 people"),
        12,
        None,
        "killed",
        qualifier="at least",
        counted=Actor("people", None, "CVL", evidence=words("people")),
        when=When("2024-05-10", words("Friday"), "2024-05-12", "2024-05-12"),
        where=Where("Velmora", evidence=words("Velmora")),
    )
    link = Link(Source("The ministry", "government", mention=words("The ministry")), words("said"))
    return Claim(words("at least 12 people were killed in Velmora on Friday"), (link,), "indirect", figures=(figure,))


def test_evidence_gives_back_its_words() -> None:
    assert TEXT[words("Velmora").start : words("Velmora").end] == "Velmora"


def test_evidence_that_misquotes_cannot_exist() -> None:
    with pytest.raises(EvidenceError, match="12 people"):
        Evidence(REPORT.id, 0, 9, "12 people", "", "", TEXT)


@pytest.mark.parametrize(("start", "end"), [(-3, 2), (5, 2), (0, 0), (60, 900)])
def test_evidence_outside_the_text_cannot_exist(start: int, end: int) -> None:
    with pytest.raises(EvidenceError):
        Evidence(REPORT.id, start, end, TEXT[start:end] + "x", "", "", TEXT)


def test_a_record_cannot_change() -> None:
    with pytest.raises(FrozenInstanceError):
        claim().stance = "denied"  # type: ignore[misc]


def test_identity_is_where_it_was_said_not_what_was_understood() -> None:
    understood_otherwise = replace(claim(), stance="denied", chain=(), figures=())
    assert understood_otherwise.id == claim().id


def test_two_outlets_with_one_text_are_two_reports() -> None:
    assert replace(REPORT, publisher="A").id != replace(REPORT, publisher="B").id


@given(st.lists(st.text(), min_size=1, max_size=4), st.lists(st.text(), min_size=1, max_size=4))
def test_fingerprints_do_not_collide_by_joining(one: list[str], other: list[str]) -> None:
    assert (fingerprint(*one) == fingerprint(*other)) == (one == other)


def test_a_claim_survives_json() -> None:
    assert codec.loads(Claim, codec.dumps(claim()), {REPORT.id: TEXT}) == claim()


def test_json_without_its_report_is_refused() -> None:
    with pytest.raises(EvidenceError, match="read it first"):
        codec.loads(Claim, codec.dumps(claim()), {})


def test_json_about_a_changed_text_is_refused() -> None:
    with pytest.raises(EvidenceError):
        codec.loads(Claim, codec.dumps(claim()), {REPORT.id: TEXT.replace("12", "21")})


@given(st.text(min_size=1), st.data())
def test_every_span_of_any_text_survives_json(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    evidence = Evidence.of(Report("r", text, "s"), start, end)
    assert codec.decode(Evidence, codec.encode(evidence), {evidence.report: text}) == evidence


def test_every_anchor_of_a_claim_is_listed() -> None:
    assert {e.exact for e in evidences(claim())} >= {"The ministry", "said", "people", "Friday", "Velmora"}
