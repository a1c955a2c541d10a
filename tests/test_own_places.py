"""Places of the user's own: what a file may hold, what is told of its faults, and that reports are read with them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from accordingto import gazetteer, where
from accordingto.errors import LanguageError
from accordingto.gazetteer import own, sheets
from accordingto.gazetteer.index import Entry
from accordingto.prose import Prose
from accordingto.records import Report, Where
from accordingto.where.mentions import _find

PLAIN = "name,lat,lon,country,admin1,feature\nVelmo,9.5,30.1,SS,Unity,camp\n"
DUMP = "99000001|Velmo|Velmo|Welmo,Velmou|9.5|30.1|P|PPL|SS||06||||1200||400|Africa/Juba|2024-01-01".replace("|", "\t")
Read = Callable[..., tuple[list[Entry], list[str]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a file of these words: its places and its faults."""

    def reading(text: str, encoding: str = "utf-8") -> tuple[list[Entry], list[str]]:
        file, faults = tmp_path / "mine.csv", list[str]()
        file.write_bytes(text.encode(encoding))
        return list(sheets.entries(file, file.name, faults, count(-1, -1))), faults

    return reading


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Puts words into the user's folder as places.csv; what was read of it is forgotten afterwards."""
    monkeypatch.setenv("ACCORDINGTO_GAZETTEER", str(tmp_path / "own"))
    (tmp_path / "own").mkdir()

    def put(text: str) -> None:
        (tmp_path / "own" / "places.csv").write_text(text, "utf-8")
        _forget()

    yield put
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    gazetteer.forget()
    _find.cache_clear()


def named(text: str) -> list[Where]:
    return where.places(Report(name="x", text=text, sha256="0"), Prose(text, "en"))


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        "sep=;\n" + PLAIN.replace(",", ";"),
        "\ufeff" + PLAIN,
        PLAIN.replace("\n", "\r\n"),
        "Camp Name;Y;X;ISO3;State;Site Type\nVelmo;9,5;30,1;SSD;Unity State;refugee camp\n",
        "#loc+name\nname,lat,lon,country,admin1,feature\nVelmo,9.5,30.1,SS,Unity,camp\n".partition("\n")[2],
        "name,lat,lon,country,admin1,feature\n#loc+name,#geo+lat,#geo+lon,,,\nVelmo,9.5,30.1,SS,06,CMPRF\n",
        "name,lat,lon,country,admin1,feature\nVelmo,9°30'N,30°6'E,South Sudan,Unity,camp\n",
    ],
)
def test_one_place_is_read_from_many_kinds_of_table(read: Read, text: str) -> None:
    ((place, _),), faults = read(text)
    assert faults == []
    assert (place.name, place.lat, place.lon, place.country, place.admin1) == ("Velmo", 9.5, 30.1, "SS", "06")
    assert (place.kind, place.precision, place.own) == ("site", 1, True)


def test_a_table_saved_as_unicode_text_by_a_spreadsheet_is_read(
    read: Read,
) -> None:
    entries, faults = read(PLAIN.replace(",", "\t"), "utf-16")
    assert len(entries) == 1 and faults == []


def test_a_dump_of_geonames_is_read_as_it_is(read: Read) -> None:
    ((place, names),), faults = read(DUMP + "\n")
    assert faults == []
    assert (place.id, place.kind, place.country, place.admin1) == (99000001, "city", "SS", "06")
    assert names == ("Welmo", "Velmou") and not place.own


def test_other_names_are_divided_by_bars_or_semicolons(read: Read) -> None:
    (entry,), _ = read("name,lat,lon,aka\nVelmo,9.5,30.1,Welmo | Velmou;Old Velmo\n")
    assert entry.names == ("Welmo", "Velmou", "Old Velmo")


@pytest.mark.parametrize(
    ("feature", "precision"),
    [("village", 1), ("hospital", 1), ("ADM2", 3), ("province", 4), ("forest", 5), ("river", 5), ("sea", 7), ("", 1)],
)
def test_precision_follows_the_feature(read: Read, feature: str, precision: int) -> None:
    (entry,), _ = read(f"name,lat,lon,feature\nVelmo,9.5,30.1,{feature}\n")
    assert entry.place.precision == precision


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Velmo,abc,30.1,SS", "lat is 'abc'; expected degrees"),
        ("Velmo,130.1,9.5,SS", "are the columns swapped?"),
        ("Velmo,,30.1,SS", "lat is ''"),
        (",9.5,30.1,SS", "no name"),
        ("Velmo,9.5,30.1,Tarvia", "country is 'Tarvia'; expected two letters"),
        ('Vel"mo,9.5,30.1,SS', "a quotation mark is opened"),
        ("Velmo, the camp,9.5,30.1,SS", "5 cells where the first line has 4"),
    ],
)
def test_a_wrong_line_is_told_and_the_others_are_read(read: Read, line: str, told: str) -> None:
    entries, faults = read(f"name,lat,lon,country\n{line}\nKorun,9.6,30.2,SS\n")
    assert [entry.place.name for entry in entries] == ["Korun"]
    (fault,) = faults
    assert fault.startswith("mine.csv, line 2: ") and told in fault and "\n" not in fault


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is empty"),
        (b"Velmo,9.5,30.1\n", "no column name or lat or lon among Velmo, 9.5, 30.1"),
        (b"name,lat\nVelmo,9.5\n", "no column lon"),
        ("name,lat,lon\nV\xe9lmo,9.5,30.1\n".encode("latin-1"), "is not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, data: bytes, told: str) -> None:
    file = tmp_path / "mine.csv"
    file.write_bytes(data)
    with pytest.raises(LanguageError, match=told):
        list(sheets.entries(file, file.name, [], count()))


def test_a_place_of_the_users_own_is_found_in_a_report(mine: Callable[[str], None]) -> None:
    mine(PLAIN)
    (place,) = named("At least 40 people died in Velmo on Friday.")
    assert (place.country, place.lat, place.precision) == ("SS", 9.5, 1)


def test_a_place_of_the_users_own_wins_over_a_namesake(mine: Callable[[str], None]) -> None:
    mine("name,lat,lon,country\nParis,9.5,30.1,SS\n")
    assert [place.country for place in named("Shells fell in Paris overnight.")] == ["SS"]


def test_what_the_report_speaks_of_wins_over_a_place_of_the_users_own(mine: Callable[[str], None]) -> None:
    mine("name,lat,lon,country\nParis,9.5,30.1,SS\n")
    found = named("French police said shops had burned in Lyon and in Paris, France. The French minister left Paris.")
    assert {place.country for place in found} == {"FR"}


def test_a_camp_is_found_by_its_name_beside_any_word_for_a_camp(mine: Callable[[str], None]) -> None:
    mine("name,lat,lon,country\nJenin North refugee camp,9.5,30.1,SS\n")
    assert [place.name for place in named("Rain fell on the Jenin North displacement camp.")] == [
        "Jenin North refugee camp"
    ]


def test_a_word_of_the_language_is_a_place_of_the_users_own_only_where_something_is_put_there(
    mine: Callable[[str], None],
) -> None:
    mine("name,lat,lon,country\nPolice,9.5,30.1,SS\nOf,9.5,30.1,SS\n")
    text = "Police said nine had died. Of the dead, four had come from the village. Shots were heard in Police at noon."
    (place,) = named(text)
    assert place.evidence is not None and place.evidence.start == text.rindex("Police")


def test_a_changed_file_is_read_again(mine: Callable[[str], None]) -> None:
    mine(PLAIN)
    assert gazetteer.find("Velmo")
    mine("name,lat,lon\nKorun,9.55,30.15\n")
    assert gazetteer.find("Korun") and not gazetteer.find("Velmo")


def command(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    place = {**os.environ, "ACCORDINGTO_GAZETTEER": str(folder)}
    line = [sys.executable, "-m", "accordingto", *words]
    return subprocess.run(line, capture_output=True, text=True, env=place, check=False)


def test_a_file_is_added_listed_used_and_removed(tmp_path: Path) -> None:
    file, folder, report = tmp_path / "camps.csv", tmp_path / "own", tmp_path / "report.txt"
    file.write_text(PLAIN + "Korun,north,30,SS,Unity,camp\n", "utf-8")
    report.write_text("Some 900 people have fled to Velmo, aid workers said on Friday.\n", "utf-8")
    added = command("gazetteer", "add", str(file), folder=folder)
    assert added.returncode == 0 and "camps.csv: 1 place added" in added.stderr
    assert "camps.csv, line 3: lat is 'north'" in added.stderr
    assert command("gazetteer", "list", folder=folder).stdout.startswith("camps.csv: 1 place, 1 line left out")
    marks = json.loads(command("mark", "--json", str(report), folder=folder).stdout)["marks"]
    assert [mark["country"] for mark in marks if mark["layer"] == "place"] == ["SS"]
    assert command("gazetteer", "remove", "camps.csv", folder=folder).returncode == 0
    assert command("gazetteer", "list", folder=folder).returncode == 1


def test_a_file_without_a_usable_line_is_not_added(tmp_path: Path) -> None:
    file, folder = tmp_path / "camps.csv", tmp_path / "own"
    file.write_text("name,lat,lon\nVelmo,x,y\n", "utf-8")
    done = command("gazetteer", "add", str(file), folder=folder)
    assert done.returncode == 2 and done.stderr.count("\n") == 1
    assert "line 2: lat is 'x'" in done.stderr and "nothing is added" in done.stderr
    assert not folder.exists()


def test_a_broken_file_in_the_folder_is_one_line_and_the_others_work(tmp_path: Path) -> None:
    (tmp_path / "good.csv").write_text(PLAIN, "utf-8")
    (tmp_path / "bad.csv").write_text("nothing\n", "utf-8")
    done = command("gazetteer", "find", "Velmo", folder=tmp_path)
    assert "Velmo: site; SS" in done.stdout
    assert done.stderr.count("\n") == 1 and "bad.csv, line 1: no column name" in done.stderr


def test_removing_what_is_not_there_says_what_is(tmp_path: Path) -> None:
    (tmp_path / "good.csv").write_text(PLAIN, "utf-8")
    done = command("gazetteer", "remove", "other.csv", folder=tmp_path)
    assert done.returncode == 2 and "it has good.csv" in done.stderr


def test_own_files_outlive_the_index(mine: Callable[[str], None]) -> None:
    mine(PLAIN)
    index = own.path()
    assert index is not None
    index.unlink()
    _forget()
    assert gazetteer.find("Velmo")
