"""Reports laid beside those that are there: whatever the order they come in, the questions are the same."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rows import entry
from test_reconcile import DISPATCH, ledgers

from accordingto import reconcile
from accordingto.errors import InputError
from accordingto.ledger import Ledger
from accordingto.reconcile.overlap import sampled
from accordingto.reconcile.tellings import of_report
from accordingto.records import Entry, Report
from accordingto.store import laying, rows, statements
from accordingto.store.sql import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "a.accordingto", True) as made:
        yield made


def written(told: list[Entry], text: str = "") -> rows.Rows:
    """One report's figures as the rows a reading would write."""
    first = told[0]
    report = Report(first.report_name, text, "00", publisher=first.publisher, published=first.published)
    made = rows.Rows(rows.report_row(report, "1") | {"id": first.report}, [], [], [])
    for row in told:
        claim = {"id": row.claim, "report": row.report, "start": row.start, "stop": row.end, "content": row.sentence}
        claim |= {"manner": "indirect", "stance": row.stance, "origin": row.chain[-1] if row.chain else None}
        made.claims.append(claim | {"chain": rows.CHAIN.join(row.chain), "doubts": "[]", "record": "{}"})
        said = asdict(row)
        made.figures.append({column: said[name] for name, column in rows.COLUMNS.items()})
    made.tellings.extend(rows.telling(one) for one in of_report(sorted(told, key=reconcile.order)))
    made.runs.extend(sampled(text))
    return made


def by_report(told: list[Entry]) -> list[list[Entry]]:
    return [[row for row in told if row.report == name] for name in sorted({row.report for row in told})]


def unlike(told: list[Entry]) -> list[Entry]:
    """The same rows without verdicts: those are not read but given."""
    return [replace(row, verdict=None) for row in told]


@settings(max_examples=40, deadline=None)
@given(ledgers(), st.randoms(use_true_random=False))
def test_reports_one_by_one_in_any_order_make_the_questions_of_all_at_once(told: list[Entry], chance: Any) -> None:
    told = unlike(told)
    reports = by_report(told)
    chance.shuffle(reports)
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "a.accordingto", True) as store:
        for report in reports:
            store.save([written(report)])
            store.lay()
        assert store.questions() == reconcile.questions(told, {})
        again = chance.choice(reports)
        store.save([written(again)], again=True)
        store.lay()
        assert store.questions() == reconcile.questions(told, {})


def test_a_report_that_is_replaced_leaves_nothing_behind(store: Store) -> None:
    said = {"place": "Tarn", "edtf": "2024-05-11", "place_precision": 1}
    told = [entry("a", 9, **said), entry("b", 9, **said)]
    store.save([written(one) for one in by_report(told)])
    store.lay()
    assert [len(question.figures) for question in store.questions()] == [2]
    store.save([rows.Rows(written(told[:1]).report, [], [], [])], again=True)
    store.lay()
    assert [question.figures for question in store.questions()] == [(told[1].figure,)]


def test_copies_are_found_as_they_come_in(store: Store) -> None:
    told = [entry(name, 12, publisher=name) for name in ("a", "b", "c")]
    for one, text in zip(by_report(told), (DISPATCH, "Wire: " + DISPATCH, "Another text. " * 40), strict=True):
        store.save([written(one, text)])
        store.lay()
    assert store.copies() == {"a": "a", "b": "a"}


def test_an_interrupted_laying_goes_on_where_it_stopped(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    told = [entry(f"r{n}", 12, place="Tarn", edtf="2024-05-11") for n in range(6)]
    store.save([written(one) for one in by_report(told)])
    monkeypatch.setattr(laying, "REPORTS", 2)
    steps = iter((laying.place,))
    monkeypatch.setattr(laying, "place", lambda *where: next(steps)(*where))
    with pytest.raises(StopIteration):
        store.lay()
    assert not store.laid()
    monkeypatch.undo()
    store.lay()
    assert store.laid() and store.questions() == reconcile.questions(told, {})


@pytest.mark.parametrize("laid", [True, False])
def test_a_ledger_of_other_rules_is_laid_anew(store: Store, laid: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    told = [entry(f"r{n}", 12, place="Tarn", edtf="2024-05-11") for n in range(3)]
    store.save([written(one) for one in by_report(told)])
    if laid:
        store.lay()
    monkeypatch.setattr(laying, "RULES", "others")
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE tellings SET profile = 'of another shape'")
        statements.count_as(connection, "settled", store.counters()[0])
    assert not store.laid()
    store.lay()
    assert store.laid() and store.questions() == reconcile.questions(told, {})
    changed, settled = store.counters()
    assert changed != settled


# what people decide


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Two slides of Tarn, told by two reports each, a month apart."""
    with Ledger(tmp_path / "a.accordingto") as made:
        for month in (5, 6):
            said = {"place": "Tarn", "edtf": f"2024-0{month}-11", "published": f"2024-0{month}-12"}
            told = [entry(f"{name}{month}", 10 + month, **said) for name in "ab"]
            made._store.save([written(one) for one in by_report(told)])
        yield made


def sizes(ledger: Ledger) -> list[int]:
    return [len(question.figures) for question in ledger.questions()]


def test_two_questions_that_a_person_merges_are_one_and_stay_so(ledger: Ledger) -> None:
    one, other = ledger.questions()
    ledger.review(one.id[:8], "merge", "Ada", correction=other.id[:8])
    assert sizes(ledger) == [4]
    said = {"place": "Tarn", "edtf": "2024-06-11", "published": "2024-06-13"}
    ledger._store.save([written([entry("c6", 16, **said)])])
    assert sizes(ledger) == [5]


def test_a_figure_that_a_person_splits_off_answers_a_question_of_its_own(ledger: Ledger) -> None:
    figure = ledger.questions()[0].figures[1]
    ledger.review(figure, "split", "Ada")
    assert sizes(ledger) == [2, 1, 1]
    question = ledger.question_of(figure)
    assert question and question.figures == (figure,)


def test_a_name_that_a_person_gives_outlives_a_new_report(ledger: Ledger) -> None:
    question = ledger.questions()[0]
    ledger.review(question.id, "rename", "Ada", correction="the slide at the mill")
    month = 5 if ledger.entries_of(question)[0].published == "2024-05-12" else 6
    said = {"place": "Tarn", "edtf": f"2024-0{month}-11", "published": f"2024-0{month}-13"}
    ledger._store.save([written([entry("c", 10 + month, **said)])])
    assert (ledger.questions()[0].label, sizes(ledger)[0]) == ("the slide at the mill", 3)


def test_what_is_decided_about_questions_leaves_the_verdict_on_a_figure(ledger: Ledger) -> None:
    figure = ledger.questions()[0].figures[1]
    ledger.review(figure, "reject", "Ada")
    ledger.review(figure, "split", "Ada")
    assert [one.verdict for one in ledger.entries([figure])] == ["reject"]
    assert ledger.ask(ledger.question_of(figure).id)[0].best is None  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("verdict", "correction", "says"),
    [
        ("merge", None, "needs the question or figure"),
        ("rename", None, "needs the new name"),
        ("split", "all", "leave some"),
    ],
)
def test_a_decision_that_cannot_be_carried_out_says_why(
    ledger: Ledger, verdict: str, correction: str | None, says: str
) -> None:
    question = ledger.questions()[0]
    others = " ".join(question.figures) if correction else None
    with pytest.raises(InputError, match=says):
        ledger.review(question.id, verdict, "Ada", correction=others)
    assert sizes(ledger) == [2, 2]
