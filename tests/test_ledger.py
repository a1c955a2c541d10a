"""The one object users hold: reports in once, kept whole whatever happens, found again by short ids and names."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from readers import counts, odd, unwritable

from accordingto.errors import InputError, LedgerError, NotFound
from accordingto.ledger import Ledger
from accordingto.records import Question, Report

TEXT = "The ministry said at noon that 12 people were killed. Later it said that 15 people were killed by the flood."


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "a.accordingto") as made:
        yield made


def told(name: str = "a.txt", text: str = TEXT, **more: str) -> Report:
    return Report(name, text, "00", published="2024-05-03", **more)  # type: ignore[arg-type]


def add(ledger: Ledger, report: Report) -> Report:
    ledger.add(report, counts(report))
    return report


def lines(path: Path, texts: list[str]) -> Path:
    path.write_text(
        "".join(json.dumps({"id": f"r{n}", "date": "2024-05-03", "text": text}) + "\n" for n, text in enumerate(texts))
    )
    return path


# reading


def test_reading_the_same_thing_twice_changes_nothing(ledger: Ledger, tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", [TEXT, TEXT.replace("12", "13")])
    first = ledger.read([path], reader=counts, processes=1)
    assert (first.added, first.known, first.claims, first.figures, first.failed) == (2, 0, 4, 4, ())
    before = list(ledger.entries()), list(ledger.reports()), ledger.questions()
    second = ledger.read([path, path], reader=counts, processes=1)
    assert (second.added, second.known) == (0, 4)
    assert (list(ledger.entries()), list(ledger.reports()), ledger.questions()) == before


def test_reading_again_replaces_the_claims_and_keeps_the_verdicts(ledger: Ledger, tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", [TEXT])
    ledger.read([path], reader=counts, processes=1)
    figure = next(ledger.entries()).figure
    ledger.review(figure, "reject", "Ada")
    assert ledger.read([path], reader=counts, processes=1, again=True).added == 1
    assert [entry.verdict for entry in ledger.entries()] == ["reject", None]


def test_one_bad_input_is_named_and_the_rest_goes_on(ledger: Ledger, tmp_path: Path) -> None:
    path = lines(
        tmp_path / "a.jsonl",
        [TEXT, "RAISE, the ministry said of the people and of the flood that it was", TEXT + " End."],
    )
    summary = ledger.read([tmp_path / "nowhere.txt", path], reader=odd, processes=1)
    assert summary.added == 2
    assert [name for name, _ in summary.failed] == [str(tmp_path / "nowhere.txt"), "r1"]
    assert "an odd report" in summary.failed[1][1]
    assert "2 inputs failed" in str(summary)


def test_a_report_that_ends_its_process_fails_alone(ledger: Ledger, tmp_path: Path) -> None:
    texts = [f"{TEXT} Report {n} of the ministry." * 20 for n in range(12)]
    texts[5] = "DIE, the ministry said of the people and of the flood that it was"
    summary = ledger.read([lines(tmp_path / "a.jsonl", texts)], reader=odd, processes=2)
    assert summary.added == 11
    assert [name for name, _ in summary.failed] == ["r5"]


def test_a_report_that_cannot_be_kept_fails_alone(ledger: Ledger, tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", [TEXT, f"SURROGATE {TEXT}", f"{TEXT} End."])
    summary = ledger.read(path, reader=unwritable, processes=1)
    assert summary.added == 2
    assert [name for name, _ in summary.failed] == ["r1"]


def test_what_failed_is_tried_again_the_next_time(ledger: Ledger, tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", ["RAISE, the ministry said that 12 people were killed by the flood"])
    assert ledger.read([path], reader=odd, processes=1).added == 0
    assert ledger.read([path], reader=counts, processes=1).added == 1


def test_a_report_in_a_language_that_cannot_be_read_is_kept_unread(ledger: Ledger, tmp_path: Path) -> None:
    text = "Le ministre a déclaré lundi que 12 people avaient été tuées dans la vallée par la crue de la rivière."
    summary = ledger.read([lines(tmp_path / "a.jsonl", [text])], reader=counts, processes=1)
    assert (summary.added, summary.unsupported, summary.claims) == (1, 1, 0)
    assert "their language is not supported" in str(summary)
    assert next(ledger.reports()).doubts == ("unsupported-language",)
    assert ledger.read([tmp_path / "a.jsonl"], reader=counts, processes=1).known == 1


def test_many_processes_make_the_same_ledger_as_one(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", [TEXT.replace("12", str(n)) * 30 for n in range(20)])
    held = []
    for processes in (1, 2):
        with Ledger(tmp_path / f"{processes}.accordingto") as ledger:
            ledger.read([path], reader=counts, processes=processes)
            held.append((list(ledger.reports()), list(ledger.entries()), list(ledger.claims()), ledger.questions()))
    assert held[0] == held[1]


def test_progress_counts_the_reports_done(ledger: Ledger, tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", [TEXT, TEXT + " End."])
    steps: list[int] = []
    ledger.read([path], reader=counts, processes=1, progress=steps.append)
    ledger.read([path], reader=counts, processes=1, progress=steps.append)
    assert steps == [1, 2, 1, 2]


def test_the_bytes_a_report_was_read_from_are_kept(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    ledger.read([path], reader=counts, processes=1)
    assert ledger.archived("a.txt") == path.read_bytes()


RUN = """import sys; sys.path[:0] = {path!r}
from pathlib import Path
from readers import slow
from accordingto.ledger import Ledger
from accordingto import reading
reading.REPORTS = 4
with Ledger(sys.argv[1]) as ledger:
    note = lambda done: Path(sys.argv[4]).write_text(str(done))
    ledger.read([sys.argv[2]], reader=slow, processes=int(sys.argv[3]), progress=note)
"""


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
@pytest.mark.parametrize(("sign", "processes"), [(signal.SIGINT, 1), (signal.SIGINT, 2), (signal.SIGKILL, 2)])
def test_an_interrupted_reading_goes_on_where_it_stopped(tmp_path: Path, sign: signal.Signals, processes: int) -> None:
    path = lines(tmp_path / "a.jsonl", [f"{TEXT} Report {n}. " * 15 for n in range(60)])
    home, mark = tmp_path / "a.accordingto", tmp_path / "done"
    command = [sys.executable, "-c", RUN.format(path=sys.path), str(home), str(path), str(processes), str(mark)]
    run = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 30
    while time.monotonic() < end and not (mark.exists() and int(mark.read_text() or 0) >= 10):
        time.sleep(0.02)
    run.send_signal(sign)
    assert run.wait(20) != 0
    with Ledger.open(home) as ledger:
        held = ledger._store.counts()
        assert 8 <= held["report"] < 60
        assert held["figure"] == 30 * held["report"], "no half of a report"
        assert ledger.verify() == []
        rest = ledger.read([path], reader=counts, processes=1)
        assert (rest.known, rest.added) == (held["report"], 60 - held["report"])


def test_two_readings_into_one_ledger_at_once_are_one_ledger(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", [f"{TEXT} Report {n}." for n in range(40)])
    home = tmp_path / "a.accordingto"
    command = [sys.executable, "-c", RUN.format(path=sys.path), str(home), str(path), "1"]
    runs = [subprocess.Popen([*command, str(tmp_path / name)]) for name in ("one", "two")]
    assert [run.wait(60) for run in runs] == [0, 0]
    with Ledger.open(home) as ledger:
        assert sum(1 for _ in ledger.reports()) == 40
        assert sum(1 for _ in ledger.entries()) == 80
        assert ledger.verify() == []


# finding


def test_a_report_answers_to_its_id_the_beginning_of_it_its_name_and_its_address(ledger: Ledger) -> None:
    report = add(ledger, told(url="https://valley.example/a"))
    for called in (report.id, report.id[:5], report.id[:5].upper(), "a.txt", "https://valley.example/a"):
        assert ledger.report(called) == report
        assert list(ledger.claims(called)) == counts(report)


def test_claims_and_figures_answer_to_the_beginning_of_their_ids(ledger: Ledger) -> None:
    claim, _ = counts(add(ledger, told()))
    assert ledger.claim(claim.id[:6]) == claim
    assert ledger.figure(claim.figures[0].id[:6]) == claim.figures[0]


def test_an_id_that_fits_more_than_one_record_is_refused(ledger: Ledger) -> None:
    add(ledger, told())
    add(ledger, told(publisher="The Valley Post"))
    with pytest.raises(InputError, match=r"'a\.txt' fits more than one record"):
        ledger.report("a.txt")
    with pytest.raises(InputError, match="empty id"):
        ledger.show(" ")
    beginnings = [claim.id[0] for claim in ledger.claims()]
    shared = next((one for one in beginnings if beginnings.count(one) > 1), None)
    if shared:
        with pytest.raises(InputError, match="give more of the id"):
            ledger.claim(shared)


@pytest.mark.parametrize("id", ["zzzz", "nowhere.txt", "%", "' OR 1=1", "ffffffffffffffff"])
def test_an_id_nothing_has_is_not_found(ledger: Ledger, id: str) -> None:
    add(ledger, told())
    with pytest.raises(NotFound):
        ledger.show(id)


def test_show_gives_the_record_whatever_it_is(ledger: Ledger) -> None:
    report = add(ledger, told())
    claim, _ = counts(report)
    question = ledger.questions()[0]
    for record in (report, claim, claim.figures[0], question):
        assert ledger.show(record.id) == record


def test_search_gives_claims(ledger: Ledger) -> None:
    report = add(ledger, told())
    assert ledger.search("killed flood") == [counts(report)[1]]
    assert ledger.search("earthquake") == []


# what is made of it


def test_questions_are_made_without_being_asked_for(ledger: Ledger) -> None:
    assert ledger.questions() == []
    add(ledger, told())
    held = ledger.questions()
    assert {figure for question in held for figure in question.figures} == {entry.figure for entry in ledger.entries()}
    for question in held:
        assert {entry.figure for entry in ledger.entries_of(question)} == set(question.figures)
        assert ledger.question(question.id[:8]) == question


def test_a_question_is_answered_and_an_unknown_rule_refused(ledger: Ledger) -> None:
    add(ledger, told())
    (answer, *_) = ledger.ask("people killed")
    assert answer.high == 15
    assert len(ledger.ask()) == len(ledger.questions())
    assert ledger.ask("volcano eruption ash") == []
    with pytest.raises(InputError, match="give one of"):
        ledger.ask("killed", rule="average")


def test_a_ledger_that_may_not_be_written_still_answers(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    add(ledger, told())
    ledger.close()
    monkeypatch.setattr("accordingto.store.sqlite.writable", lambda path: False)
    with Ledger.open(ledger.path) as held:
        questions = held.questions()
        assert questions and held.question(questions[0].id) == questions[0]
        assert held.entries_of(questions[0])
        assert held.ask("people killed")
        with pytest.raises(LedgerError):
            held.review(questions[0].id, "accept", "Ada")


def test_the_ledger_is_where_the_variable_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCORDINGTO_LEDGER", str(tmp_path / "mine.accordingto"))
    with Ledger() as ledger:
        assert ledger.path == tmp_path / "mine.accordingto"
    monkeypatch.delenv("ACCORDINGTO_LEDGER")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(LedgerError, match="there is no ledger"):
        Ledger.open()


def test_an_unknown_export_format_names_those_there_are(ledger: Ledger) -> None:
    with pytest.raises(InputError, match="csv, jsonl"):
        ledger.export("docx", sys.stdout)


def test_a_ledger_is_rebuilt_from_its_export(ledger: Ledger, tmp_path: Path) -> None:
    report = add(ledger, told(language="en", publisher="Post"))
    path = tmp_path / "claims.jsonl"
    with path.open("w", encoding="utf-8") as out:
        ledger.export("jsonl", out)
    with Ledger(tmp_path / "b.accordingto") as rebuilt:
        assert rebuilt.read([path], reader=counts, processes=1).failed == ()
        assert [held.id for held in rebuilt.reports()] == [report.id]
        assert [held.text for held in rebuilt.reports()] == [report.text]
        assert list(rebuilt.entries()) == list(ledger.entries())


def test_importing_the_ledger_loads_no_database() -> None:
    code = f"""import sys; sys.path[:0] = {sys.path!r}
import accordingto.ledger
print([name for name in ("sqlalchemy", "numpy", "trafilatura", "onnxruntime") if name in sys.modules])"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


def test_a_question_is_a_record_like_any_other(ledger: Ledger) -> None:
    add(ledger, told())
    question = ledger.questions()[0]
    assert isinstance(ledger.show(question.id[:10]), Question)
    assert ledger.review(question.id[:10], "unsure", "Ada").record == question.id
