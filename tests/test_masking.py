"""Names of people at risk: how many are found, and what a person decides on one."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from telling import story, told
from test_cli import run

from accordingto.atrisk import at_risk, named
from accordingto.errors import InputError
from accordingto.ledger import Ledger
from accordingto.publish import masking
from accordingto.records import Report

HERE = Path(__file__).parent


def sentences(file: str) -> Iterator[tuple[str, str]]:
    for line in (HERE / file).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, said = line.partition("|")
            yield name.strip(), said.strip()


def withheld(said: str) -> dict[tuple[str, ...], str]:
    return at_risk(Report("a.txt", said, "00", language="en"))


@pytest.mark.parametrize(("file", "least"), [("atrisk.txt", 139), ("atrisk_unseen.txt", 9)])
def test_people_at_risk_are_found_as_often_as_the_docs_say(file: str, least: int) -> None:
    names = [(name, said) for name, said in sentences(file) if name != "-"]
    found = [name for name, said in names if masking.words_of(name) in withheld(said)]
    assert len(found) >= least, sorted({name for name, _ in names} - set(found))


def test_others_are_seldom_taken_for_people_at_risk() -> None:
    others = [said for file in ("atrisk.txt", "atrisk_unseen.txt") for name, said in sentences(file) if name == "-"]
    assert len(others) == 113 and sum(bool(withheld(said)) for said in others) <= 5


@pytest.mark.parametrize("public", ["Transport Minister {}", "{}, a historian,", "the mayor of Kelmin, {},"])
def test_a_name_to_which_the_report_gives_an_office_is_nobodys_in_private_life(public: str) -> None:
    told = "Mira Solen watched from her window. "
    assert ("mira", "solen") in withheld(told)
    assert not withheld(told + f"On Friday {public.format('Mira Solen')} spoke.")


def test_the_long_run_of_names_of_places_and_bodies_is_nobodys() -> None:
    assert not withheld(
        "Fighting in Deir Halim went on. Deir Halim saw shelling. The Orlan Brigade fled to the border."
    )


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with told(tmp_path, story()) as opened:
        yield opened


def exported(ledger: Ledger) -> str:
    out = io.StringIO()
    ledger.export("jsonl", out)
    return out.getvalue()


def test_a_name_a_person_withholds_is_nowhere_in_what_leaves_the_ledger(ledger: Ledger) -> None:
    assert "Tarvan" in exported(ledger)
    masking.decide(ledger, "mask", "Ilse Tarvan", "Ada", "threats")
    assert "Tarvan" not in exported(ledger) and "Ilse" not in exported(ledger)


def changed(path: Path, *statements: str) -> None:
    with sqlite3.connect(path) as file:
        for statement in statements:
            file.execute(statement)
    file.close()


@pytest.mark.parametrize("readonly", [False, True])
@pytest.mark.parametrize(
    "before",
    [
        (
            "DROP TABLE names",
            "DROP TABLE unlooked",
            "DELETE FROM meta WHERE name LIKE 'names%'",
            "PRAGMA user_version = 4",
        ),
        ("DELETE FROM names", "UPDATE meta SET value = 'other rules' WHERE name = 'names by'"),
        ("DELETE FROM names", "INSERT INTO unlooked SELECT id FROM reports"),
    ],
)
def test_names_are_looked_for_where_that_was_not_done_by_these_rules(
    ledger: Ledger, before: tuple[str, ...], readonly: bool
) -> None:
    ledger.close()
    changed(ledger.path, *before)
    if "user_version" in before[-1]:
        Ledger(ledger.path).close()
    with Ledger(ledger.path, readonly=readonly) as again:
        assert again.names.waiting() == 3
        assert "Elling" not in exported(again)
        assert again.names.waiting() == (3 if readonly else 0)


def test_a_report_is_looked_through_once(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def again(*_: object) -> None:
        raise AssertionError("looked through again")

    monkeypatch.setattr("accordingto.atrisk.named", again)
    assert "Elling" not in exported(ledger)


def test_a_single_word_is_withheld_where_it_is_a_name(ledger: Ledger) -> None:
    masking.decide(ledger, "mask", "Hill", "Ada", None)
    assert "The hill sat down" in exported(ledger)


def test_a_name_a_person_shows_is_shown_and_may_be_withheld_again(ledger: Ledger) -> None:
    assert "Elling" not in exported(ledger)
    masking.decide(ledger, "unmask", "Marta Elling", "Ada", "she agreed in writing")
    assert "Marta Elling" in exported(ledger)
    masking.decide(ledger, "mask", "Marta Elling", "Bo", "she took it back")
    assert "Elling" not in exported(ledger)


def test_showing_a_name_does_not_show_another_of_that_surname(ledger: Ledger) -> None:
    masking.decide(ledger, "unmask", "Odo Elling", "Ada", "a public figure")
    assert "Elling" not in exported(ledger)


def test_a_name_is_not_shown_without_a_reason(ledger: Ledger) -> None:
    with pytest.raises(InputError, match="say why it is safe"):
        masking.decide(ledger, "unmask", "Marta Elling", "Ada", " ")
    assert ledger.decisions.audit() == []


def test_who_showed_a_name_when_and_why_is_kept_and_cannot_be_changed(ledger: Ledger) -> None:
    masking.decide(ledger, "unmask", "Marta Elling", "Ada", "she agreed")
    (row,) = ledger.decisions.audit()
    assert (row["who"], row["what"], row["whom"], row["why"]) == ("Ada", "unmask", "Marta Elling", "she agreed")
    for statement in ("UPDATE audit SET who = 'Eve'", "DELETE FROM audit"):
        with pytest.raises(Exception, match="audit are never"), ledger._store.engine.begin() as connection:
            connection.exec_driver_sql(statement)


def test_names_are_decided_on_through_the_shell(ledger: Ledger) -> None:
    assert run("mask", ledger=ledger.path).returncode == 1
    assert run("unmask", "Marta Elling", ledger=ledger.path).returncode == 2
    done = run("unmask", "Marta Elling", "--note", "she agreed", "--reviewer", "Ada", ledger=ledger.path)
    assert done.returncode == 0, done.stderr
    assert run("mask", ledger=ledger.path).stdout.startswith("unmask  Marta Elling  by Ada, ")
    assert "Marta Elling" in run("export", "-f", "jsonl", ledger=ledger.path).stdout


def test_everyone_in_private_life_is_withheld_where_somebody_decided_so(tmp_path: Path) -> None:
    people, others = (
        [one for one in sentences("atrisk_unseen.txt") if (one[0] == "-") is is_] for is_ in (False, True)
    )
    more = [one for one in sentences("atrisk.txt") if one[0] == "-"]
    reports = [Report(f"{n}.txt", said, "00", language="en") for n, (_, said) in enumerate([*people, *others, *more])]
    kept = [{name for name, _ in named(report, ()).items()} for report in reports]
    assert sum(masking.words_of(name) in found for (name, _), found in zip(people, kept, strict=False)) == len(people)
    assert sum(bool(found) for found in kept[len(people) :]) <= 11


def test_withholding_everyone_in_private_life_is_decided_and_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "town.accordingto"
    (tmp_path / "town.txt").write_text("Ilka Moran said 12 people were hurt. Mayor Petr Adan said 14 were.\n", "utf-8")
    assert run("read", str(tmp_path / "town.txt"), ledger=path).returncode == 0

    def shown() -> list[bool]:
        out = run("export", "-f", "jsonl", ledger=path).stdout
        return [name in out for name in ("Ilka Moran", "Petr Adan")]

    assert shown() == [True, True]
    assert run("mask", "--private", "--note", "local people", "--reviewer", "Ada", ledger=path).returncode == 0
    assert shown() == [False, True]
    assert run("mask", ledger=path).stdout.startswith("mask  everyone in private life  by Ada, ")
    assert run("mask", "Ilka Moran", "--private", ledger=path).returncode == 2
    assert run("unmask", "--note", "they agreed", ledger=path).returncode == 2
    assert run("unmask", "--private", "--note", "they agreed", ledger=path).returncode == 0
    assert shown() == [True, True]
