"""One contract for every database a ledger may live in; today SQLite. Another one is another parameter of `store`."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest
from readers import counts
from sqlalchemy import Connection

from accordingto.errors import LedgerError
from accordingto.records import Discrepancy, Entry, Report, Review
from accordingto.store import migrations, rows, schema
from accordingto.store.sql import Store, open_store

TEXT = "The ministry said at noon that 12 people were killed. Later it said 15 people were killed."


@pytest.fixture(params=["sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / f"{request.param}.accordingto", create=True) as made:
        yield made


def made(name: str = "a.txt", text: str = TEXT, reader: str | None = "1", **more: str) -> rows.Rows:
    report = Report(name, text, "00", published="2024-05-03", **more)  # type: ignore[arg-type]
    return rows.rows(report, counts(report), reader)


def sql(store: Store, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(store.path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


# the contract


def test_what_is_saved_is_what_is_read(store: Store) -> None:
    report = Report("a.txt", TEXT, "00", published="2024-05-03", doubts=("no-date", "ünclear"))
    assert store.save([rows.rows(report, counts(report), "1")]) == [report.id]
    assert list(store.reports()) == [report]
    assert store.report(report.id) == report
    assert [claim for _, claim, _ in store.records(report.id)] == [claim.id for claim in counts(report)]


def test_saving_twice_changes_nothing(store: Store) -> None:
    store.save([made()])
    before = store.counts(), store.counters()
    assert store.save([made(), made()]) == []
    assert (store.counts(), store.counters()) == before


def test_saving_again_replaces_what_was_read(store: Store) -> None:
    first = made()
    store.save([first])
    fewer = rows.Rows(first.report, first.claims[:1], first.links[:2], first.figures[:1])
    assert store.save([fewer], again=True) == [first.report["id"]]
    assert store.counts()["figure"] == 1


def test_a_report_left_unread_is_replaced_once_it_is_read(store: Store) -> None:
    store.save([made(reader=None)])
    assert store.save([made(reader=None)]) == []
    assert store.save([made(reader="1")]) == [made().report["id"]]


def test_entries_are_the_columns_of_figures_in_the_order_of_entry(store: Store) -> None:
    store.save([made(publisher="Post")])
    first, second = store.entries()
    report = store.report(first.report)
    assert report is not None
    assert report.text[first.start : first.end] == first.exact == "12 people"
    assert first.chain == ("the ministry", "Jan Novak")
    assert first == Entry(
        first.figure, first.claim, report.id, "a.txt", "Post", "2024-05-03", 31, 40, "12 people", "killed", 12, 12,
        None, "total", "asserted", None, "people", "KP", "MIL", "2024-05-03", "2024-05-04", "Orlava", 7, "RU", 1,
        ("the ministry", "Jan Novak"), "The ministry said at noon that 12 people were killed.", None,
        False, False, first.lat, first.lon,
    )  # fmt: skip
    assert second.low == 15


def test_rows_and_tables_have_the_same_columns() -> None:
    held = made()
    for table, row in (
        (schema.reports, held.report),
        (schema.claims, held.claims[0]),
        (schema.links, held.links[0]),
        (schema.figures, held.figures[0]),
        (schema.archive, rows.archive("00", b"")),
    ):
        assert set(row) == {column.name for column in table.columns} - ({"number"} if table is schema.claims else set())
    assert {field.name for field in fields(Report)} <= set(held.report)


def test_the_sentence_of_a_long_report_is_cut_around_its_figure() -> None:
    text = "word " * 100 + "12 people were killed " + "word " * 100
    (figure,) = made(text=text).figures
    assert "12 people" in figure["sentence"]
    assert figure["sentence"].startswith("… ") and figure["sentence"].endswith(" …")
    assert len(figure["sentence"]) <= rows.SENTENCE + 10


def test_a_number_no_column_can_hold_is_cut_not_lost(store: Store) -> None:
    held = made()
    report = store.save([held]) and store.report(held.report["id"])
    assert report
    claim = counts(report)[0]
    huge = replace(claim, figures=(replace(claim.figures[0], low=10**30, high=None),))
    store.save([rows.rows(report, [huge], "1")], again=True)
    (entry,) = store.entries()
    assert (entry.low, entry.high) == (rows.LARGEST, None)


def test_search_finds_words_beginnings_and_origins(store: Store) -> None:
    store.save([made(), made("b.txt", "Ninety soldiers left. 90 soldiers came to Kraków.")])
    assert len(store.search("people killed", 10)) == 2
    assert len(store.search("krakow", 10)) == 1
    assert len(store.search("nov", 10)) == 3, "an origin, by its beginning"
    assert len(store.search("people", 1)) == 1
    assert store.search("  ", 10) == []
    assert store.search('a " NEAR( x* -y', 10) == [], "no word of a person is a command"


def test_the_ledger_keeps_when_it_learned_of_a_report_though_it_is_read_again(store: Store) -> None:
    early, late = made(), made()
    early.report["learned"] = "2025-03-01T08:00:00+00:00"
    store.save([early])
    store.save([late], again=True)
    assert sql(store, "SELECT learned FROM reports") == [("2025-03-01T08:00:00+00:00",)]


def test_search_forgets_what_was_replaced(store: Store) -> None:
    held = made()
    store.save([held])
    store.save([rows.Rows(held.report, [], [], [])], again=True)
    assert store.search("people", 10) == []


def test_discrepancies_come_back_as_they_were_kept(store: Store) -> None:
    store.save([made()])
    first, second = (entry.figure for entry in store.entries())
    found = Discrepancy("d1", "falling-total", 2, "It falls.", (first, second), "q1", 3)
    changed, settled = store.counters()
    assert (changed, settled) == (1, -1)
    assert store.settle(changed, [found])
    assert store.discrepancies() == [found]
    assert [entry.figure for entry in store.entries([second])] == [second]
    assert store.counters() == (1, 1)


def test_discrepancies_found_in_older_figures_are_not_kept(store: Store) -> None:
    store.save([made()])
    assert not store.settle(0, [Discrepancy("d1", "falling-total", 2, "It falls.", (), None, 3)])
    assert store.discrepancies() == []


def test_the_last_verdict_on_a_figure_or_its_claim_stands_on_the_entry(store: Store) -> None:
    store.save([made()])
    figure, claim = ((entry.figure, entry.claim) for entry in list(store.entries())[:1]).__next__()
    for record, verdict in ((figure, "reject"), (claim, "accept")):
        store.decide(Review(record, verdict, "Ada", "2024-05-05T10:00:00"))  # type: ignore[arg-type]
    assert [entry.verdict for entry in store.entries()] == ["accept", None]
    store.save([made()], again=True)
    assert [entry.verdict for entry in store.entries()] == ["accept", None], "verdicts outlive a new reading"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reviews SET verdict = 'accept'",
        "DELETE FROM reviews",
        "INSERT OR REPLACE INTO reviews (number, record, verdict, reviewer, time) VALUES (1, 'a', 'accept', 'Eve', '')",
    ],
)
def test_what_people_decided_is_never_changed(store: Store, statement: str) -> None:
    store.decide(Review("a", "reject", "Ada", "2024-05-05T10:00:00"))
    connection = sqlite3.connect(store.path, isolation_level=None)
    with pytest.raises(sqlite3.IntegrityError, match="reviews are never"):
        connection.execute(statement)
    connection.close()
    assert [review.verdict for review in store.reviews()] == ["reject"]


def test_the_views_answer_a_person_who_opens_the_file(store: Store) -> None:
    held = made(publisher="Post")
    store.save([held])
    store.lay()
    store.decide(Review(held.claims[0]["id"], "reject", "Ada", "2024-05-05T10:00:00"))
    columns = "report, publisher, origin, relay, kind, low, high, sentence"
    (first, _) = sql(store, f"SELECT {columns} FROM figure_rows ORDER BY low")
    assert first == ("a.txt", "Post", "Jan Novak", "the ministry", "killed", 12, 12, TEXT[:53])
    assert sql(store, "SELECT name, claims, originates FROM sources ORDER BY name") == [
        ("Jan Novak", 2, 2),
        ("the ministry", 2, 0),
    ]
    assert sql(store, "SELECT chain FROM claim_rows LIMIT 1") == [("the ministry ← Jan Novak",)]
    query = "SELECT label, low, verdict FROM question_rows WHERE low = 12"
    assert sql(store, query) == [("soldiers killed, Orlava, 3 May 2024", 12, "reject")]
    assert sql(store, "SELECT verdict, reviewer FROM verdicts") == [("reject", "Ada")]


def test_a_reader_sees_one_state_while_a_writer_writes(store: Store) -> None:
    store.save([made()])
    entries = store.entries()
    next(entries)
    store.save([made("b.txt", publisher="Other")])
    assert len(list(entries)) == 1
    assert len(list(store.entries())) == 4


def test_two_processes_may_make_and_write_one_ledger_at_once(tmp_path: Path) -> None:
    path = tmp_path / "shared.accordingto"
    code = (
        "import sys; from test_store import made; from accordingto.store.sql import open_store\n"
        "with open_store(sys.argv[1], True) as store:\n"
        "    for number in range(15): store.save([made(f'{number}.txt'), made(f'{sys.argv[2]}-{number}.txt')])"
    )
    command = [sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}\n{code}", str(path)]
    writers = [subprocess.Popen([*command, name]) for name in ("one", "two")]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    with open_store(path, create=False) as store:
        assert store.counts()["report"] == 45
        assert store.faults() == []


def test_a_full_disk_loses_nothing_and_says_what_to_do(store: Store) -> None:
    store.save([made()])
    for number in range(3):
        store.save([made(f"{number}.txt")])
    pages = sql(store, "PRAGMA page_count")[0][0]
    with store.engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        connection.commit()
    with pytest.raises(LedgerError, match=r"disk is full; everything committed before is kept"):
        store.save([made(f"more-{number}.txt", TEXT * 40) for number in range(50)])
    assert store.counts()["report"] == 4
    assert store.faults() == []


def test_a_ledger_that_stays_locked_says_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accordingto.store.sqlite.WAIT", 0.05)
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with (
        open_store(store.path, create=False) as second,
        pytest.raises(LedgerError, match="another program keeps it locked"),
    ):
        second.save([made()])
    other.close()
    assert store.save([made()])


# files that are not what they should be


def test_a_file_that_is_not_a_ledger_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are notes. " * 100)
    with pytest.raises(LedgerError, match="not a ledger"):
        open_store(path, create=True)
    assert path.read_text() == "These are notes. " * 100


def test_an_sqlite_file_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE things (a)")
    connection.close()
    with pytest.raises(LedgerError, match="not a ledger"):
        open_store(path, create=True)


def test_a_ledger_of_a_newer_version_is_refused(store: Store) -> None:
    store.close()
    connection = sqlite3.connect(store.path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(LedgerError, match="schema 99, written by a newer accordingto"):
        open_store(store.path, create=False)


def test_half_a_ledger_is_an_error_not_a_surprise(store: Store) -> None:
    store.save([made(f"{number}.txt") for number in range(200)])
    store.close()
    whole = store.path.read_bytes()
    store.path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(LedgerError, match="damaged"), open_store(store.path, create=False) as half:
        list(half.reports())
        list(half.entries())


def test_a_ledger_that_was_never_finished_being_made_is_made(tmp_path: Path) -> None:
    path = tmp_path / "empty.accordingto"
    path.touch()
    with open_store(path, create=False) as store:
        assert store.counts()["report"] == 0


@pytest.mark.parametrize(
    ("path", "create", "says"),
    [
        ("nowhere.accordingto", False, "there is no ledger"),
        ("no/such/folder.accordingto", True, "does not exist"),
        (".", True, "is a folder"),
        ("postgresql://host/db", True, "a ledger is a file for now"),
    ],
)
def test_a_ledger_that_cannot_be_opened_says_what_to_do(tmp_path: Path, path: str, create: bool, says: str) -> None:
    with pytest.raises(LedgerError, match=says):
        open_store(path if "://" in path else tmp_path / path, create)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder nobody may write to")
def test_a_folder_that_may_not_be_written_says_so() -> None:
    with pytest.raises(LedgerError, match="give another one"):
        open_store("/proc/self/ledger.accordingto", create=True)


def test_a_ledger_on_a_read_only_disk_can_be_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.save([made()])
    store.close()
    monkeypatch.setattr("accordingto.store.sqlite.writable", lambda path: False)
    with open_store(store.path, create=False) as held:
        assert len(list(held.entries())) == 2
        with pytest.raises(LedgerError, match="readonly"):
            held.save([made("b.txt")])
    assert {path.name for path in store.path.parent.iterdir()} == {store.path.name}


# migrations

NEXT = migrations.newest() + 1


def add_grade(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE reports ADD COLUMN grade TEXT")


def add_and_fail(connection: Connection) -> None:
    add_grade(connection)
    connection.exec_driver_sql("CREATE TABLE reports (a)")


def test_an_older_ledger_is_migrated_and_keeps_everything(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.save([made()])
    store.decide(Review("a", "reject", "Ada", "2024-05-05T10:00:00"))
    before = list(store.reports()), list(store.entries()), list(store.reviews())
    store.close()
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, migrations.Step(NEXT, "grades", add_grade)))
    with open_store(store.path, create=False) as newer:
        assert (list(newer.reports()), list(newer.entries()), list(newer.reviews())) == before
        assert sql(newer, "PRAGMA user_version") == [(NEXT,)]
        assert sql(newer, "SELECT grade FROM reports") == [(None,)]


def test_a_migration_that_fails_leaves_the_ledger_as_it_was(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.save([made()])
    store.close()
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "STEPS", (*migrations.STEPS, migrations.Step(NEXT, "broken", add_and_fail)))
        with pytest.raises(LedgerError):
            open_store(store.path, create=False)
    with open_store(store.path, create=False) as held:
        assert sql(held, "PRAGMA user_version") == [(NEXT - 1,)]
        assert "grade" not in {row[1] for row in sql(held, "PRAGMA table_info(reports)")}
        assert held.counts()["figure"] == 2


def test_every_table_and_view_is_documented() -> None:
    assert schema.__doc__ is not None
    for name in (*schema.metadata.tables, *schema.VIEWS, "claim_words", "question_words", "question_vocabulary"):
        assert name in schema.__doc__
