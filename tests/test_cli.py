"""The commands, through the shell, as a person uses them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from accordingto import Ledger

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples" / "reports"


def run(
    *words: str, ledger: Path | None = None, cwd: Path | None = None, given: str | None = None
) -> subprocess.CompletedProcess[str]:
    place = {k: v for k, v in os.environ.items() if k != "ACCORDINGTO_LEDGER"} | {"COLUMNS": "80", "NO_COLOR": "1"}
    if ledger:
        place["ACCORDINGTO_LEDGER"] = str(ledger)
    command = [str(Path(sys.executable).parent / "accordingto"), *words]
    return subprocess.run(
        command, env=place, cwd=cwd, input=given, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "examples.accordingto"
    done = run("read", str(EXAMPLES), ledger=path)
    assert done.returncode == 0, done.stderr
    return path


def test_help_names_every_command() -> None:
    done = run("--help")
    assert done.returncode == 0
    for verb in ("read", "ask", "check", "show", "mark", "export", "publish", "review", "verify"):
        assert f"\n  {verb}" in done.stdout


def test_a_mistyped_command_is_said_in_one_line_without_a_traceback() -> None:
    done = run("raed", "x.txt")
    assert done.returncode == 2
    assert "raed" in done.stderr
    assert "Traceback" not in done.stderr


def test_reading_twice_changes_nothing(ledger: Path) -> None:
    before = run("export", "-f", "jsonl", ledger=ledger).stdout
    again = run("read", str(EXAMPLES), ledger=ledger)
    assert again.returncode == 0
    assert run("export", "-f", "jsonl", ledger=ledger).stdout == before


def test_a_question_in_plain_words_is_answered_within_80_columns(ledger: Path) -> None:
    done = run("ask", "north", "korean", "soldiers", "killed", "--as-of", "2025-03-10", ledger=ledger)
    assert done.returncode == 0, done.stderr
    assert "400" in done.stdout
    assert "Budanov" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_the_answer_as_json_holds_everything_behind_it(ledger: Path) -> None:
    answers = json.loads(run("ask", "north", "korean", "soldiers", "killed", "--json", ledger=ledger).stdout)
    assert answers
    assert "Budanov" in json.dumps(answers[0], ensure_ascii=False)


def test_a_date_before_the_first_report_leaves_nothing_known(ledger: Path) -> None:
    done = run("ask", "north", "korean", "soldiers", "killed", "--as-of", "2020-01-01", ledger=ledger)
    assert done.returncode in (0, 1)
    assert "400" not in done.stdout


def test_an_impossible_date_is_refused_with_what_was_expected(ledger: Path) -> None:
    done = run("ask", "killed", "--as-of", "tomorrowish", ledger=ledger)
    assert done.returncode == 2
    assert "tomorrowish" in done.stderr
    assert "YYYY-MM-DD" in done.stderr


def test_an_unknown_rule_is_refused_with_the_known_ones(ledger: Path) -> None:
    done = run("ask", "killed", "--rule", "average", ledger=ledger)
    assert done.returncode == 2
    assert "conservative" in done.stderr


def test_questions_that_fit_alike_are_listed_with_numbers_and_what_to_type_next(ledger: Path) -> None:
    done = run("ask", "killed", ledger=ledger)
    assert "accordingto ask killed --pick 1" in done.stdout
    chosen = run("ask", "killed", "--pick", "2", ledger=ledger)
    label = next(line[4:] for line in done.stdout.splitlines() if line.startswith("  2 "))
    assert chosen.stdout.startswith(label)


def test_a_number_beyond_the_list_is_refused_with_how_many_there_are(ledger: Path) -> None:
    done = run("ask", "killed", "--pick", "99", ledger=ledger)
    assert done.returncode == 2
    assert "questions fit" in done.stderr


def test_before_the_ledger_learned_of_anything_nothing_was_known(ledger: Path) -> None:
    done = run("ask", "north", "korean", "soldiers", "killed", "--known-on", "2020-01-01", ledger=ledger)
    assert done.returncode == 1
    assert "nothing known on 2020-01-01" in done.stdout


def test_only_what_one_source_gave_or_relayed_is_answered(ledger: Path) -> None:
    done = run("ask", "killed", "in", "halvena", "--from", "Ilse Tarvan", "--json", ledger=ledger)
    (answer,) = json.loads(done.stdout)[:1]
    assert {origin["name"] for origin in answer["origins"]} == {"Ilse Tarvan"}


def test_a_place_narrows_the_questions(ledger: Path) -> None:
    found = json.loads(run("ask", "wounded", "--where", "Halvena", "--json", ledger=ledger).stdout)
    assert found and all("Halvena" in {figure["place"] for figure in answer["figures"]} for answer in found)


def test_an_empty_ledger_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "empty.accordingto"
    Ledger(path).close()
    done = run("ask", "killed", ledger=path)
    assert done.returncode == 1
    assert "accordingto read" in done.stderr


def test_the_chart_is_drawn_in_a_pipe_only_when_asked(ledger: Path) -> None:
    words = ("ask", "dead", "in", "halvena")
    assert "─ best" not in run(*words, ledger=ledger).stdout
    assert "─ best" in run(*words, "--chart", ledger=ledger).stdout


def test_words_that_match_nothing_exit_with_1(ledger: Path) -> None:
    assert run("ask", "zeppelins", "painted", ledger=ledger).returncode == 1


def test_the_wrong_year_is_found_by_check(ledger: Path) -> None:
    done = run("check", ledger=ledger)
    assert done.returncode == 1
    assert "2023" in done.stdout


def test_a_report_is_shown_by_its_name_and_a_claim_by_its_id(ledger: Path) -> None:
    assert "Budanov" in run("show", "meridian-wire-2025-03-05.txt", ledger=ledger).stdout
    claim = json.loads(run("export", "-f", "jsonl", ledger=ledger).stdout.splitlines()[0])
    done = run("show", claim["id"][:10], ledger=ledger)
    assert done.returncode == 0, done.stderr
    assert claim["content"]["exact"].split()[0] in done.stdout


def test_an_id_that_is_not_there_exits_with_1(ledger: Path) -> None:
    done = run("show", "ffffffffffff", ledger=ledger)
    assert done.returncode == 1
    assert "ffffffffffff" in done.stderr


def test_every_exported_claim_points_at_its_words(ledger: Path) -> None:
    lines = run("export", "-f", "jsonl", ledger=ledger).stdout.splitlines()
    assert len(lines) > 20
    texts: dict[str, str] = {}
    for claim in map(json.loads, lines):
        text = texts.setdefault(claim["report"]["id"], claim["report"].get("text"))
        assert text[claim["content"]["start"] : claim["content"]["end"]] == claim["content"]["exact"]
        for figure in claim["figures"]:
            assert text[figure["start"] : figure["end"]] == figure["exact"]


def test_an_export_is_read_back(ledger: Path, tmp_path: Path) -> None:
    first = run("export", "-f", "jsonl", ledger=ledger).stdout
    (tmp_path / "claims.jsonl").write_text(first, "utf-8")
    again = tmp_path / "again.accordingto"
    done = run("read", str(tmp_path / "claims.jsonl"), ledger=again)
    assert done.returncode == 0, done.stderr
    figures = [
        sorted(f["id"] for line in text.splitlines() for f in json.loads(line)["figures"])
        for text in (first, run("export", "-f", "jsonl", ledger=again).stdout)
    ]
    assert figures[0] == figures[1]


def test_a_rejected_figure_leaves_the_answer_and_stays_in_the_ledger(ledger: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.accordingto"
    copy.write_bytes(ledger.read_bytes())
    claims = [json.loads(line) for line in run("export", "-f", "jsonl", ledger=copy).stdout.splitlines()]
    for figure in (f for c in claims for f in c["figures"] if f["exact"].startswith("At least 400")):
        assert (
            run(
                "review", figure["id"], "reject", "--reviewer", "test", "--note", "lost its about", ledger=copy
            ).returncode
            == 0
        )
    answers = json.loads(run("ask", "north", "korean", "soldiers", "killed", "--json", ledger=copy).stdout)
    assert answers[0]["high"] is not None
    assert "At least 400" in run("export", "-f", "csv", ledger=copy).stdout


def test_verify_finds_every_anchor_in_place(ledger: Path) -> None:
    done = run("verify", ledger=ledger)
    assert (done.returncode, done.stdout) == (0, "")


def test_text_from_standard_input_is_read(tmp_path: Path) -> None:
    path = tmp_path / "in.accordingto"
    done = run("read", "-", ledger=path, given="HALVENA, June 15, 2025 - Nine people were killed, the mayor said.\n")
    assert done.returncode == 0, done.stderr
    assert "Nine people" in run("export", "-f", "csv", ledger=path).stdout


def test_marks_are_printed_without_a_ledger(tmp_path: Path) -> None:
    done = run("mark", str(EXAMPLES / "meridian-wire-2025-03-05.txt"), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    layers = {mark["layer"] for mark in json.loads(done.stdout)["marks"]}
    assert layers >= {"source", "cue", "content", "figure", "time", "place"}
    assert not list(tmp_path.iterdir())


def test_a_missing_file_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    done = run(
        "read",
        "no-such.txt",
        str(EXAMPLES / "meridian-wire-2025-06-15.txt"),
        ledger=tmp_path / "l.accordingto",
        cwd=tmp_path,
    )
    assert done.returncode == 0
    assert "no-such.txt" in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_readable_exits_with_2(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    done = run("read", str(tmp_path / "empty.txt"), ledger=tmp_path / "l.accordingto")
    assert done.returncode == 2
    assert "empty.txt" in done.stderr


def test_asking_without_a_ledger_says_how_to_make_one(tmp_path: Path) -> None:
    done = run("ask", "killed", cwd=tmp_path)
    assert done.returncode == 2
    assert "accordingto read" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_site_is_published(ledger: Path, tmp_path: Path) -> None:
    done = run("publish", str(tmp_path / "site"), ledger=ledger)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site" / "index.html").is_file()


def test_a_closed_pipe_ends_quietly(ledger: Path) -> None:
    command = f"{Path(sys.executable).parent / 'accordingto'} export -f jsonl --ledger {ledger} | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert len(done.stdout.splitlines()) == 1
    assert "Traceback" not in done.stderr and "BrokenPipe" not in done.stderr
