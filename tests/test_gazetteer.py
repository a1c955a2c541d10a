"""The index of the world's places."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordingto import gazetteer, world
from accordingto.gazetteer import index, shipped


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A cache folder without an index, and a build that costs nothing."""
    monkeypatch.setenv("ACCORDINGTO_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(shipped, "build", lambda file: file.write_bytes(b"built"))
    monkeypatch.setattr(shipped, "path", shipped.path.__wrapped__)
    return tmp_path / "cache"


def test_the_index_is_built_once(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = shipped.path()
    monkeypatch.setattr(shipped, "build", lambda file: pytest.fail("built twice"))
    assert shipped.path() == first


def test_of_several_processes_that_begin_at_once_one_builds(nowhere: Path, tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from accordingto.gazetteer import index\n"
        "def build(file):\n"
        "    time.sleep(0.3); file.write_bytes(b'built'); print('built')\n"
        "index.kept('index.sqlite', build, Path(sys.argv[1]))"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert "".join(process.communicate()[0] for process in started) == "built\n"


def test_no_half_built_index_is_left_behind(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(file: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(shipped, "build", broken)
    with pytest.raises(KeyboardInterrupt):
        shipped.path()
    assert [path.name for path in nowhere.iterdir()] == [index.LOCK]


def test_the_index_goes_to_a_temporary_folder_when_the_cache_cannot_be_written(nowhere: Path) -> None:
    nowhere.write_text("a file, not a folder")
    assert shipped.path().parent != nowhere


def test_a_name_with_accents_is_found_without_them() -> None:
    assert gazetteer.find("Sao Paulo")[0].country == "BR"


def test_the_larger_place_comes_first() -> None:
    cities = [place for place in gazetteer.find("Paris") if place.kind == "city"]
    assert cities[0].country == "FR" and cities[0].population > cities[1].population


def test_a_former_name_finds_the_place_as_an_other_name() -> None:
    assert ("Kyiv", 1) in [(place.name, place.rank) for place in gazetteer.find("Kiev")]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Kenya", "country"),
        ("Ohio", "admin1"),
        ("Rapides Parish", "admin2"),
        ("Darfur", "region"),
        ("Black Sea", "water"),
        ("Strait of Hormuz", "water"),
        ("Zamzam camp", "site"),
    ],
)
def test_countries_divisions_regions_and_waters_are_in_it(name: str, kind: str) -> None:
    assert gazetteer.find(name)[0].kind == kind


def test_an_unknown_name_finds_nothing() -> None:
    assert gazetteer.find("Velmoranda") == ()


def test_names_that_sound_alike_meet() -> None:
    assert gazetteer.sound("Sheikhoun") == gazetteer.sound("Shaykhūn")


def test_the_index_tells_its_source_and_licence() -> None:
    with sqlite3.connect(f"file:{shipped.path()}?mode=ro", uri=True) as connection:
        about = dict(connection.execute("SELECT key, value FROM about"))
    connection.close()
    assert "CC BY 4.0" in about["source"] and about["version"]


def test_every_country_has_a_point_within_its_bounds() -> None:
    for code, row in world.countries().items():
        lat, lon = row["point"]
        assert -90 <= lat <= 90 and -180 <= lon <= 180, code


def test_every_landmark_is_of_a_known_kind_and_on_the_globe() -> None:
    for kind, country, lat, lon, names in world.landmarks():
        assert kind in world.features(), names
        assert not country or country in world.countries(), names
        assert abs(float(lat)) <= 90 and abs(float(lon)) <= 180, names


def test_no_landmark_is_listed_twice() -> None:
    named = [(kind, country, name) for kind, country, _, _, names in world.landmarks() for name in names.split("|")]
    assert len(named) == len(set(named))


@given(st.text(max_size=40))
def test_any_name_can_be_looked_up(name: str) -> None:
    assert all(place.lat is not None for place in gazetteer.find(name))


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert gazetteer.fold(gazetteer.fold(name)) == gazetteer.fold(name)
