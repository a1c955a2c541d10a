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
from accordingto.reconcile.overlap import sampled
from accordingto.reconcile.tellings import of_report
from accordingto.records import Entry, Report
from accordingto.store import laying, rows
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
