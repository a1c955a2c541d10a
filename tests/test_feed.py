"""The feed of what changed, as a reader of feeds takes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from telling import hostile, story, told
from test_cli import run
from test_serve import asking

from accordingto.ledger import Ledger
from accordingto.publish import masking, site

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with told(tmp_path_factory.mktemp("ledger"), [*story(), hostile()]) as opened:
        yield opened


@pytest.fixture(scope="module")
def feed(ledger: Ledger) -> str:
    answer = asking(ledger.path).get("/changes.atom")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("application/atom+xml")
    return answer.text


def entries(feed: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(feed).findall(f"{ATOM}entry")


def test_contradictions_come_before_new_reports_with_their_figures(feed: str) -> None:
    kinds = [entry.find(f"{ATOM}category").get("term") for entry in entries(feed)]  # type: ignore[union-attr]
    assert kinds[0] == "origins-disagree" and kinds.count("report") == 4 and kinds[-1] == "report"
    assert "The governor, Ilse Tarvan, put the dead at 33." in feed


def test_every_entry_has_an_id_of_its_own_a_time_and_an_address_that_answers(ledger: Ledger, feed: str) -> None:
    client, ids = asking(ledger.path), set[str]()
    for entry in entries(feed):
        ids.add(entry.findtext(f"{ATOM}id") or "")
        assert (entry.findtext(f"{ATOM}updated") or "").endswith("Z")
        assert client.get(entry.find(f"{ATOM}link").get("href")).status_code == 200  # type: ignore[union-attr]
    assert len(ids) == len(entries(feed)) and all(id.startswith("urn:accordingto:") for id in ids)


def test_what_others_wrote_stays_words(feed: str) -> None:
    assert "<script" not in feed and "&lt;script&gt;" in feed


def test_a_name_that_is_withheld_is_in_no_entry(tmp_path: Path) -> None:
    with told(tmp_path) as ledger:
        assert "Tarvan" in asking(ledger.path).get("/changes.atom").text
        masking.decide(ledger, "mask", "Ilse Tarvan", "Ada", None)
        withheld = asking(ledger.path).get("/changes.atom").text
    assert "Tarvan" not in withheld and "name withheld" in withheld


def test_an_answer_that_moved_is_told_with_what_it_was(tmp_path: Path) -> None:
    first, *others = story()
    with told(tmp_path, [first]) as ledger:
        with ledger._store.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE reports SET learned = '2025-06-15T00:00:00Z'")
        for report, claims in others:
            ledger.add(report, claims)
        ledger.reconcile()
        moved = [entry for entry in entries(asking(ledger.path).get("/changes.atom").text) if "→" in text(entry)]
    assert ["People killed" in text(entry) for entry in moved] == [True, False]
    assert "12" in text(moved[0]) and "24" in text(moved[0]) and "31" in text(moved[1])


def text(entry: ElementTree.Element) -> str:
    return " ".join(entry.itertext())


def test_a_day_that_is_none_is_said_in_words(ledger: Ledger) -> None:
    answer = asking(ledger.path).get("/changes.atom?since=soon")
    assert answer.status_code == 400 and "soon" in answer.text


def test_an_empty_ledger_has_an_empty_feed(tmp_path: Path) -> None:
    with Ledger(tmp_path / "empty.accordingto") as ledger:
        assert entries(asking(ledger.path).get("/changes.atom").text) == []


def test_the_site_has_the_same_entries_and_pages_lead_to_it(ledger: Ledger, feed: str, tmp_path: Path) -> None:
    site.write(ledger, tmp_path)
    written = (tmp_path / "changes.atom").read_text("utf-8")
    assert [e.findtext(f"{ATOM}id") for e in entries(written)] == [e.findtext(f"{ATOM}id") for e in entries(feed)]
    assert '<link rel="alternate" type="application/atom+xml" title="What changed" href="../changes.atom">' in next(
        (tmp_path / "reports").glob("*.html")
    ).read_text("utf-8")


# boundaries


def test_a_map_without_boundaries_says_so(ledger: Ledger, tmp_path: Path) -> None:
    assert run("publish", str(tmp_path / "site"), "--boundaries", "none", ledger=ledger.path).returncode == 0
    page = (tmp_path / "site" / "map.html").read_text("utf-8")
    assert "No borders are drawn" in page and 'class="border"' not in page
    served = asking(ledger.path, boundaries="recognised").get("/map").text
    assert "Crimea is drawn in Ukraine" in served and 'class="border"' in served


@pytest.mark.parametrize("command", [("publish", "site"), ("serve",)])
def test_boundaries_nobody_drew_are_refused_with_those_there_are(command: tuple[str, ...], ledger: Ledger) -> None:
    done = run(*command, "--boundaries", "disputed", ledger=ledger.path)
    assert done.returncode == 2 and "disputed" in done.stderr and "recognised" in done.stderr
