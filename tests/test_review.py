"""Verdicts are added, never overwritten, and can be replayed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers import counts

from accordingto import review
from accordingto.errors import InputError, NotFound
from accordingto.ledger import Ledger
from accordingto.records import Report, Review

REPORT = Report("a.txt", "The ministry said that 12 people were killed.", "00", published="2024-05-03")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "a.accordingto") as made:
        made.add(REPORT, counts(REPORT))
        yield made


def test_every_verdict_is_kept_in_the_order_it_was_given(ledger: Ledger) -> None:
    claim = counts(REPORT)[0].id
    first = ledger.review(claim[:6], "reject", "Ada", note="two floods")
    second = ledger.review(claim, "accept", "Grace")
    assert ledger.reviews() == ledger.reviews(claim) == ledger.reviews(claim[:6]) == [first, second]
    assert review.standing(ledger.reviews()) == {claim: second}
    assert first.record == claim


def test_a_verdict_on_nothing_is_refused(ledger: Ledger) -> None:
    with pytest.raises(NotFound):
        ledger.review("ffffffffffffffff", "accept", "Ada")
    assert ledger.reviews() == []


def test_a_verdict_makes_the_questions_anew(ledger: Ledger) -> None:
    (answer,) = ledger.ask("people killed")
    assert answer.high == 12
    ledger.review(counts(REPORT)[0].figures[0].id, "reject", "Ada")
    assert all(answer.high is None for answer in ledger.ask("people killed"))


@pytest.mark.parametrize(
    ("verdict", "reviewer", "correction", "says"),
    [
        ("maybe", "Ada", None, "give one of accept, reject, correct, unsure"),
        ("accept", "  ", None, "needs the name"),
        ("correct", "Ada", None, "needs what it should be: number="),
        ("accept", "Ada", "13", "goes with the verdict 'correct'"),
    ],
)
def test_a_verdict_that_says_too_little_is_refused(
    verdict: str, reviewer: str, correction: str | None, says: str
) -> None:
    with pytest.raises(InputError, match=says):
        review.decision("a", verdict, reviewer, correction=correction)


def test_a_correction_says_what_it_should_be(ledger: Ledger) -> None:
    figure = counts(REPORT)[0].figures[0].id
    assert ledger.review(figure, "correct", "Ada", correction="number=120").correction == '{"number": "120"}'
    assert ledger.reviews(figure)[0].verdict == "correct"


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(("accept", "reject", "correct", "unsure")))))
def test_replaying_gives_the_last_verdict_on_each_record(given: list[tuple[str, str]]) -> None:
    reviews = [Review(record, verdict, "Ada", "2024-05-03") for record, verdict in given]  # type: ignore[arg-type]
    assert {record: held.verdict for record, held in review.standing(reviews).items()} == dict(given)
