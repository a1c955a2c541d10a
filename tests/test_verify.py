"""What was changed behind the ledger's back is found, and said in one plain sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from readers import counts

from accordingto.ledger import Ledger
from accordingto.records import Report

TEXT = "The ministry said that about 400 people were killed. Nobody knows more."


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    path = tmp_path / "valley-0503.txt"
    path.write_text(TEXT)
    with Ledger(tmp_path / "a.accordingto") as made:
        made.read([path], reader=counts, processes=1)
        yield made


@pytest.fixture
def change(ledger: Ledger) -> Iterator[Callable[[str], object]]:
    connection = sqlite3.connect(ledger.path, isolation_level=None)
    yield connection.execute
    connection.close()


def test_a_whole_ledger_has_no_faults(ledger: Ledger) -> None:
    assert ledger.verify() == []


def test_a_changed_text_is_told_with_both_wordings_and_what_to_do(
    ledger: Ledger, change: Callable[[str], object]
) -> None:
    change("UPDATE reports SET text = replace(text, '400', '500')")
    hashed, *anchors = ledger.verify()
    claim = next(iter(ledger.entries())).claim[:8]
    assert hashed.startswith("valley-0503.txt: its text has the hash ")
    assert anchors[0] == (
        "valley-0503.txt: characters 29–51 read '500 people were killed', the ledger says '400 people were killed'; "
        f"read it again (accordingto read --again valley-0503.txt) or reject claim {claim}."
    )


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE claims SET record = replace(record, '400 people', '4000 people')", "the ledger says '4000 people"),
        ("UPDATE claims SET record = 'x'", "is not JSON any more"),
        ("UPDATE figures SET exact = '4,000 people'", "'4,000 people', characters 29–39) is in no claim"),
        ("UPDATE reports SET published = '2023-05-03'", "its address, publisher, date or hash was changed"),
        ("UPDATE archive SET bytes = zeroblob(20)", "cannot be unpacked"),
        ("DELETE FROM claims", "FOREIGN KEY|belongs to a row of claims"),
    ],
)
def test_what_was_changed_behind_its_back_is_found(
    ledger: Ledger, change: Callable[[str], object], statement: str, says: str
) -> None:
    change(statement)
    faults = ledger.verify()
    assert any(part in fault for fault in faults for part in says.split("|")), faults
    assert all(fault.endswith(".") and "\n" not in fault for fault in faults)


def test_an_archived_original_that_was_swapped_is_found(ledger: Ledger) -> None:
    import zlib

    connection = sqlite3.connect(ledger.path, isolation_level=None)
    connection.execute("UPDATE archive SET bytes = ?", (zlib.compress(b"other words"),))
    connection.close()
    (fault,) = ledger.verify()
    assert "it was changed after it was archived" in fault


def test_a_report_added_without_its_original_is_no_fault(ledger: Ledger) -> None:
    report = Report("b.txt", TEXT, "00", published="2024-05-03")
    ledger.add(report, counts(report))
    assert ledger.verify() == []
