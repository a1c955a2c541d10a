"""The server: what it answers, to whom, and what it says when something is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import APIRouter
from starlette.testclient import TestClient
from telling import hostile, source, story, told, words

from accordingto.errors import InputError
from accordingto.ledger import Ledger
from accordingto.publish import masking
from accordingto.records import Claim, Report
from accordingto.serve.app import create
from accordingto.serve.settings import Settings

LISTS = {
    "questions": "questions",
    "checks": "discrepancies",
    "sources": "sources",
    "reports": "reports",
    "map": "places",
}


def asking(path: Path, **settings: Any) -> TestClient:
    return TestClient(create(path, Settings(**settings)), base_url="http://127.0.0.1", raise_server_exceptions=False)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with told(tmp_path_factory.mktemp("ledger"), [*story(), hostile()]) as ledger:
        yield ledger.path


@pytest.fixture(scope="module")
def client(path: Path) -> TestClient:
    return asking(path)


def every(client: TestClient) -> list[str]:
    """The address of every page: the lists, and everything they lead to."""
    found = ["/", *(f"/{name}" for name in LISTS), "/changes", "/search?q=people"]
    for name, rows in LISTS.items():
        found += [f"/{row['href']}" for row in client.get(f"/{name}.json").json()[rows]]
    return found


def twin(address: str) -> str:
    path, mark, query = address.partition("?")
    return f"{path.rstrip('/') or '/index'}.json{mark}{query}"


# pages


def test_every_page_has_a_twin_in_json(client: TestClient) -> None:
    for address in every(client):
        page, data = client.get(address), client.get(twin(address))
        assert (page.status_code, data.status_code) == (200, 200), address
        assert "text/html" in page.headers["content-type"] and data.json()


def test_reports_that_come_in_are_on_the_next_page(tmp_path: Path) -> None:
    with told(tmp_path, story()[:1]) as ledger:
        client = asking(ledger.path)
        before = client.get("/index.json").json()["counts"]["reports"]
        for report, claims in story()[1:]:
            ledger.add(report, claims)
        assert (before, client.get("/index.json").json()["counts"]["reports"]) == (1, 3)


def test_a_ledger_that_was_replaced_is_seen_at_once(tmp_path: Path) -> None:
    (tmp_path / "larger").mkdir()
    with told(tmp_path, story()[:1]) as ledger, told(tmp_path / "larger") as larger:
        pass
    client = asking(ledger.path)
    assert client.get("/index.json").json()["counts"]["reports"] == 1
    larger.path.replace(ledger.path)
    assert client.get("/index.json").json()["counts"]["reports"] == 3


def test_pages_of_others_are_mounted_with_their_place_in_the_navigation(path: Path) -> None:
    router = APIRouter()
    router.get("/mine")(lambda: {"mine": True})
    client = asking(path, routers=(router,), navigation=(("mine", "Mine"),))
    assert client.get("/mine").json() == {"mine": True}
    assert '<a href="/mine">Mine</a>' in client.get("/").text


# what goes wrong


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/nowhere", 404, "leads nowhere"),
        ("/questions/ffffffffffffffff", 404, "no question has the id"),
        ("/reports/..%2f..%2fetc%2fpasswd", 404, "leads nowhere"),
        ("/checks/1", 404, "no contradiction has the id"),
        ("/sources/1", 404, "no source has the id"),
        ("/questions?page=x", 400, "page is &#39;x&#39;"),
        ("/questions?page=0", 400, "page is &#39;0&#39;"),
        ("/questions?page=99", 404, "page 99 is not there"),
        ("/questions?kind=eaten", 400, "kind &#39;eaten&#39; is not in this ledger"),
        ("/static/..%2f..%2fledger.py", 404, "leads nowhere"),
    ],
)
def test_a_wrong_address_gets_a_page_that_says_so(client: TestClient, address: str, status: int, says: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert says in answer.text and "The front page" in answer.text and "Traceback" not in answer.text


@pytest.mark.parametrize("query", ["as_of=yesterday", "rule=mean", "known_on=2025-13-01"])
def test_a_wrong_day_or_rule_gets_a_page_that_says_so(client: TestClient, query: str) -> None:
    question = client.get("/questions.json").json()["questions"][0]["href"]
    answer = client.get(f"/{question}?{query}")
    assert answer.status_code == 400 and "Traceback" not in answer.text


def test_a_ledger_that_is_gone_gets_a_page_that_says_so_without_its_folder(tmp_path: Path) -> None:
    with told(tmp_path) as ledger:
        client = asking(ledger.path)
        assert client.get("/").status_code == 200
    for held in tmp_path.iterdir():
        held.unlink()
    answer = client.get("/")
    assert answer.status_code == 503 and "there is no ledger" in answer.text and str(tmp_path) not in answer.text
    ledger.path.write_text("these are not the claims you are looking for" * 100)
    assert client.get("/").status_code == 503


def test_an_error_nobody_expected_gets_a_page_without_a_trace(
    path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the secret of the ledger")

    monkeypatch.setattr("accordingto.publish.pages.Pages.home", fail)
    answer = asking(path).get("/")
    assert answer.status_code == 500 and "secret" not in answer.text and "nosniff" in str(answer.headers)
    assert "secret" in caplog.text


# who may ask


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "ledger.example"])
def test_other_machines_are_not_let_in_while_there_are_no_accounts(path: Path, host: str) -> None:
    with pytest.raises(InputError, match="add an account first"):
        create(path, Settings(host=host))
    assert create(path, Settings(host=host, accounts_exist=lambda _: True))


def test_a_name_of_another_site_that_leads_here_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"host": "rebound.example"}).status_code == 400
    assert client.get("/", headers={"host": "localhost:8765"}).status_code == 200


@pytest.mark.parametrize("address", ["/", "/index.json", "/reports"])
def test_a_page_can_be_asked_for_its_head_alone(client: TestClient, address: str) -> None:
    answer = client.head(address)
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("address", ["/", "/index.json", "/nowhere", "/static/style.css"])
def test_every_answer_says_what_a_browser_may_do(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer"


def test_words_of_others_are_never_markup(client: TestClient) -> None:
    for address in every(client):
        page = client.get(address).text
        assert "<script>" not in page and "<img" not in page and 'href="javascript:' not in page


def test_names_of_people_at_risk_are_in_nothing_a_visitor_can_fetch(client: TestClient) -> None:
    pages = every(client)
    files = [f"{address}.csv" for address in pages if address.startswith("/questions/")]
    originals = [f"{address}/original" for address in pages if address.startswith("/reports/")]
    for address in [*pages, *map(twin, pages), *files, *originals, "/figures.csv", "/claims.jsonl", "/changes.atom"]:
        assert "Elling" not in client.get(address).text, address


def test_a_name_a_person_withholds_is_gone_from_the_next_page(tmp_path: Path) -> None:
    with told(tmp_path) as ledger:
        client = asking(ledger.path)
        assert "Ilse Tarvan" in client.get("/sources").text
        masking.decide(ledger, "mask", "Ilse Tarvan", "ana", None)
        assert not any("Tarvan" in client.get(address).text for address in every(client))


def test_a_name_found_in_a_new_reading_of_a_report_is_gone_from_the_next_page(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("“It fell on 12 people,” said Ona Brisk.", "utf-8")

    def plainly(report: Report) -> list[Claim]:
        return [Claim(words(report, "It fell on 12 people"), (source(report, "Ona Brisk", "Ona Brisk"),))]

    def better(report: Report) -> list[Claim]:
        told = source(report, "Ona Brisk", "Ona Brisk", kind="person", role="witness")
        return [Claim(words(report, "It fell on 12 people"), (told,))]

    with Ledger(tmp_path / "l.accordingto") as ledger:
        ledger.read(file, reader=plainly, processes=1)
        client = asking(ledger.path)
        assert "Ona Brisk" in client.get("/sources").text
        ledger.read(file, reader=better, processes=1, again=True)
        assert "Brisk" not in client.get("/sources").text


@pytest.mark.parametrize("words", ["Elling", "elling", "Marta Elling", "Élling", "square Elling"])
def test_a_search_does_not_tell_that_a_withheld_name_is_there(client: TestClient, words: str) -> None:
    found = client.get("/search.json", params={"q": words}).json()
    assert (found["total"], found["claims"], found["questions"]) == (0, [], [])


# what the pages say


def test_the_front_page_says_what_is_new_since_the_visit_before(path: Path) -> None:
    client = asking(path)
    assert client.get("/index.json").json()["news"] is None
    assert "Since your last visit" not in client.get("/").text
    visit = {"cookie": "visited=2020-01-01T00:00:00+00:00"}
    assert asking(path).get("/index.json", headers=visit).json()["news"]["reports"] == 4
    assert 'href="/changes?since=2020-01-01"' in asking(path).get("/", headers=visit).text


@pytest.mark.parametrize("made_up", ["yesterday", "2025-01-01", "<script>", "9" * 500])
def test_a_cookie_somebody_made_up_is_no_visit(path: Path, made_up: str) -> None:
    visit = {"cookie": f"visited={made_up}; since={made_up}"}
    assert asking(path).get("/index.json", headers=visit).json()["news"] is None


def test_an_answer_has_a_permanent_address(client: TestClient) -> None:
    lines = client.get("/questions.json").json()["questions"]
    question = next(line for line in lines if line["kind"] == "killed" and line["figures"] > 3)["href"]
    now, then = client.get(f"/{question}.json").json(), client.get(f"/{question}.json?as_of=2025-06-15").json()
    lowest = client.get(f"/{question}.json?rule=conservative").json()
    assert (now["best"], then["best"], lowest["best"]) == (24, 12, 12) or now["best"] != then["best"]
    assert lowest["rule"] == "conservative" and then["as_of_asked"] == "2025-06-15"
    assert f'href="/{question}?as_of=2025-06-15' in client.get(f"/{question}?as_of=2025-06-15").text


def test_a_long_list_goes_on_another_page(path: Path) -> None:
    client = asking(path, long=2)
    first, second = (client.get(f"/reports.json?page={page}").json() for page in (1, 2))
    assert [len(first["reports"]), len(second["reports"]), first["pages"]] == [2, 2, 2]
    assert 'href="/reports?page=2"' in client.get("/reports").text
    question = client.get("/questions.json").json()["questions"][0]["href"]
    assert 'page=2#history"' in client.get(f"/{question}").text


def test_search_finds_claims_by_words_kind_outlet_and_day(client: TestClient) -> None:
    def total(**asked: str) -> int:
        return int(client.get("/search.json", params=asked).json()["total"])

    assert total(q="killed") > total(q="killed", outlet="Inland Review") == 1
    assert total(q="people", kind="missing") < total(q="people")
    assert total(q="killed", since="2025-06-18") == total(q="killed", outlet="Inland Review")
    assert total(q='"') == total(q="NEAR(") == 0
    assert "0 claims" in client.get("/search", params={"q": '"'}).text
    assert client.get("/search", params={"q": "killed", "since": "June"}).status_code == 400


def test_the_original_of_a_report_is_shown_as_plain_words(tmp_path: Path) -> None:
    attack = "<html><script>alert(1)</script><p>Twelve people were killed in Halvena on Monday, police said.</p></html>"
    (tmp_path / "a.html").write_text(attack)
    with Ledger(tmp_path / "read.accordingto") as ledger:
        ledger.read([tmp_path / "a.html"], processes=1)
    client = asking(ledger.path)
    report = client.get("/reports.json").json()["reports"][0]["href"]
    answer = client.get(f"/{report}/original")
    assert answer.text == attack and answer.headers["content-type"].startswith("text/plain")
    assert f'href="/{report}/original"' in client.get(f"/{report}").text


def test_an_original_that_spells_a_withheld_name_in_any_way_is_withheld(tmp_path: Path) -> None:
    said = "<p>Twelve people were killed in Halvena on Monday, police said.</p>"
    for name, hidden in (
        ("a", "<!-- picture: Marta&nbsp;Elling -->"),
        ("b", "<i title='Marta Elling'></i>"),
        ("c", ""),
    ):
        (tmp_path / f"{name}.html").write_text(f"<html><body>{hidden}{said}</body></html>")
    with told(tmp_path) as ledger:
        ledger.read(list(tmp_path.glob("*.html")), processes=1)
    client = asking(ledger.path)
    reports = [row for row in client.get("/reports.json").json()["reports"] if row["publisher"] is None]
    assert sorted(client.get(f"/{row['href']}/original").status_code for row in reports) == [200, 404, 404]


def test_a_source_says_how_its_figures_held_up(client: TestClient) -> None:
    sources = client.get("/sources.json").json()["sources"]
    agency = next(line for line in sources if line["name"] == "national disaster agency")
    view = client.get(f"/{agency['href']}.json").json()
    assert view["figures"] == len([row for row in view["history"] if row["part"] == "origin"]) > 3
    assert {row["held"] for row in view["held"]} <= {"within", "below", "above", "alone"} and view["reliability"][
        "letter"
    ] == "F"


def test_a_source_says_who_carried_it_and_shows_what_it_said_by_day(client: TestClient) -> None:
    sources = {line["name"]: line["id"] for line in client.get("/sources.json").json()["sources"]}
    view = client.get(f"/sources/{sources['Ilse Tarvan']}.json").json()
    carried = {relay["name"]: (relay["outlet"], relay["claims"], relay["reports"]) for relay in view["relays"]}
    assert carried["Meridian Wire"] == (True, 1, 1) and carried["Radio Korran"] == (False, 1, 1)
    assert {point["said"] for point in view["points"]} == {"2025-06-15", "2025-06-16"}
    page = client.get(f"/sources/{sources['Ilse Tarvan']}").text
    assert "Who carried it" in page and "At least 12 dead in Halvena" in page and '<svg class="chart"' in page


def test_what_an_outlet_passed_on_stands_aside_of_what_it_says_itself(client: TestClient) -> None:
    sources = {line["name"]: line["id"] for line in client.get("/sources.json").json()["sources"]}
    points = client.get(f"/sources/{sources['Marenia Today']}.json").json()["points"]
    assert {(point["low"], point["aside"]) for point in points} >= {(31, False), (33, True), (27, True)}


def test_contradictions_and_questions_are_narrowed_by_links_that_stay_in_the_list(client: TestClient) -> None:
    kinds = client.get("/checks.json").json()["kinds"]
    name = next(iter(kinds))
    page = client.get("/checks").text
    assert f'href="/checks?check={name}"' in page
    assert client.get(f"/checks.json?check={name}").json()["total"] == kinds[name]
    assert 'href="/questions?kind=killed"' in client.get("/questions").text
