"""What the ledger learned since a day."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from readers import counts

from accordingto import InputError, Ledger, Report
from accordingto.store import rows


def learn(ledger: Ledger, name: str, text: str, published: str, learned: str) -> None:
    """Add a report as if the ledger had learned of it at a time."""
    report = Report(name, text, name, published=published, publisher=name)
    row = rows.rows(report, counts(report), "1")
    row.report["learned"] = learned
    ledger._store.save([row])


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "l.accordingto") as made:
        learn(made, "a", "The ministry said that 12 people were killed.", "2024-05-03", "2025-01-10T08:00:00+00:00")
        learn(made, "b", "The ministry said that 15 people were killed.", "2024-05-04", "2025-02-10T08:00:00+00:00")
        yield made


def test_new_figures_and_revisions_are_those_learned_since(ledger: Ledger) -> None:
    found = ledger.changes("2025-02")
    assert [entry.report_name for entry in found.figures] == ["b"]
    assert [(one.origin, one.before, one.now) for one in found.revisions if one.origin] == [("Jan Novak", "12", "15")]
    assert [(one.before, one.now) for one in found.revisions if not one.origin] == [("12", "15")]


def test_what_is_all_new_revises_nothing(ledger: Ledger) -> None:
    found = ledger.changes("2025-01-01")
    assert (found.reports, len(found.figures), found.revisions) == (2, 2, ())


def test_after_the_last_report_nothing_is_new(ledger: Ledger) -> None:
    assert not ledger.changes("2025-02-11")


def test_a_verdict_given_since_revises_the_answer(ledger: Ledger) -> None:
    figure = next(entry.figure for entry in ledger.entries() if entry.report_name == "b")
    ledger.review(figure, "reject", "Ada", note="misprint")
    found = ledger.changes("2025-03-01")
    assert [(one.before, one.now) for one in found.revisions if not one.origin] == [("15", "12")]
    assert [review.note for review in found.reviews] == ["misprint"]


def test_what_was_known_on_a_day_is_what_the_ledger_had_learned_and_judged_by_then(ledger: Ledger) -> None:
    figure = next(entry.figure for entry in ledger.entries() if entry.report_name == "b")
    ledger.review(figure, "reject", "Ada")
    best = [ledger.ask("killed", known_on=day)[0].best for day in ("2025-01-09", "2025-01", "2025-02-10")]
    assert best == [None, 12, 15]
    assert ledger.ask("killed")[0].best == 12


def test_a_day_that_is_none_is_refused(ledger: Ledger) -> None:
    with pytest.raises(InputError, match="since '2025-13' is not a day; give it as YYYY-MM-DD"):
        ledger.changes("2025-13")
