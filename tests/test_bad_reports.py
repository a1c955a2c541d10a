"""Reports and figures that are not as they should be, through the shell: handled, said, and nothing lost."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from accordingto import Ledger
from accordingto.records import Claim, Evidence, Figure, Link, Report, Source

SANK = "At least {} people were killed when a ferry sank off Tarn on Saturday, the coast guard said."
REPORTS = (
    {"id": "harbour", "date": "2024-05-12", "outlet": "Tarn Gazette", "text": SANK.format(12)},
    {"id": "harbour", "date": "2024-05-13", "outlet": "Tarn Gazette", "text": SANK.format(17)},
    {
        "id": "ahead",
        "date": "2199-01-01",
        "outlet": "Vale Post",
        "text": "Some 40 people were wounded in a blast in Velmora on Monday, the health ministry said.",
    },
    {
        "id": "undated",
        "outlet": "Vale Post",
        "text": "A fire in Ostravel left 230 families displaced on Monday, the health ministry said.",
    },
)
PACKAGE = "Metadata-Version: 2.1\nName: broken-rule\nVersion: 1.0\n"
POINTS = "[accordingto.rules]\nbroken = broken_rule:best\n"


def run(*words: str, ledger: Path, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    place = os.environ | {"COLUMNS": "80", "NO_COLOR": "1", "ACCORDINGTO_LEDGER": str(ledger)}
    place |= {"PYTHONPATH": str(path)} if path else {}
    command = [str(Path(sys.executable).parent / "accordingto"), *words]
    done = subprocess.run(command, env=place, capture_output=True, text=True, timeout=120, check=False)
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A ledger of the reports, and what was said as they were read."""
    folder = tmp_path_factory.mktemp("bad")
    (folder / "reports.jsonl").write_text("\n".join(map(json.dumps, REPORTS)), "utf-8")
    done = run("read", str(folder / "reports.jsonl"), ledger=folder / "bad.accordingto")
    assert done.returncode == 0
    return folder / "bad.accordingto", done.stderr


@pytest.fixture
def ledger(read: tuple[Path, str]) -> Path:
    return read[0]


def words(ledger: Path) -> list[str]:
    return [row["words"] for row in csv.DictReader(io.StringIO(run("export", "-f", "csv", ledger=ledger).stdout))]


def test_a_report_from_the_future_is_told_by_check_and_still_answers(ledger: Path) -> None:
    told = run("check", ledger=ledger)
    assert told.returncode == 1
    assert "ahead is dated 2199-01-01" in " ".join(told.stdout.split())
    assert json.loads(run("ask", "wounded", "in", "Velmora", "--json", ledger=ledger).stdout)[0]["best"] == 40


def test_a_report_without_a_date_answers_but_not_as_of_a_day(ledger: Path) -> None:
    asked = ("ask", "displaced", "in", "Ostravel")
    assert json.loads(run(*asked, "--json", ledger=ledger).stdout)[0]["best"] == 230
    dated = run(*asked, "--as-of", "2024-06-01", ledger=ledger)
    assert (dated.returncode, "2024-06-01" in dated.stdout) == (1, True)
    assert "no date" in run("show", "undated", ledger=ledger).stdout


def test_two_reports_of_one_id_with_different_texts_are_both_kept_and_told(read: tuple[Path, str]) -> None:
    ledger, said = read
    assert "harbour: reports with different texts have this name" in said
    assert {"At least 12 people", "At least 17 people"} <= set(words(ledger))
    shown = [part[:8] for part in said.split("accordingto show ")[1:]]
    assert {"12", "17"} == {run("show", one, ledger=ledger).stdout.split("At least ")[1][:2] for one in shown}
    unclear = run("show", "harbour", ledger=ledger)
    assert (unclear.returncode, "fits more than one record" in unclear.stderr) == (2, True)


def test_a_source_with_an_empty_name_is_an_unnamed_source(tmp_path: Path) -> None:
    report = Report("bare", "It killed 12 people.", "bare", publisher="Vale Post", published="2024-05-12")
    figure = Figure(Evidence.of(report, 10, 12), 12, 12, kind="killed")
    claim = Claim(Evidence.of(report, 0, 20), chain=(Link(Source(" ")),), figures=(figure,))
    with Ledger(tmp_path / "bare.accordingto") as ledger:
        ledger.add(report, [claim])
    answer = json.loads(run("ask", "killed", "--json", ledger=tmp_path / "bare.accordingto").stdout)[0]
    assert [origin["name"] for origin in answer["origins"]] == ["unnamed"]
    assert "unnamed" in run("ask", "killed", ledger=tmp_path / "bare.accordingto").stdout


def test_a_question_whose_figures_were_all_rejected_says_so_and_keeps_them(ledger: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.accordingto"
    copy.write_bytes(ledger.read_bytes())
    asked = ("ask", "killed", "off", "Tarn")
    for figure in json.loads(run(*asked, "--json", ledger=copy).stdout)[0]["figures"]:
        run("review", figure["figure"], "reject", "--reviewer", "test", ledger=copy)
    answer = run(*asked, ledger=copy)
    assert (answer.returncode, "every figure was rejected (2)" in answer.stdout) == (1, True)
    assert "At least 17 people" in words(copy)


def test_a_rule_that_raises_leaves_best_open_and_is_told(ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "broken_rule.py").write_text("def best(stands):\n    return stands[99]\n", "utf-8")
    known = tmp_path / "broken_rule-1.0.dist-info"
    known.mkdir()
    (known / "METADATA").write_text(PACKAGE, "utf-8")
    (known / "entry_points.txt").write_text(POINTS, "utf-8")
    done = run("ask", "killed", "off", "Tarn", "--rule", "broken", ledger=ledger, path=tmp_path)
    assert done.returncode == 2
    assert "17" in done.stdout
    assert done.stderr.count("\n") == 1 and "rule 'broken' failed with IndexError" in done.stderr
