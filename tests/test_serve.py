"""The server: what it answers, to whom, and what it says when something is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import APIRouter
from starlette.testclient import TestClient
from telling import hostile, story, told

from accordingto.errors import InputError
from accordingto.serve.app import create
from accordingto.serve.settings import Settings

LISTS = ("/", "/questions", "/checks", "/sources", "/reports")


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
    found = list(LISTS)
    for name in LISTS[1:]:
        rows = client.get(f"{name}.json").json()[{"/checks": "discrepancies"}.get(name, name[1:])]
        found += [f"/{row['href']}" for row in rows]
    return found


# pages


def test_every_page_has_a_twin_in_json(client: TestClient) -> None:
    for address in every(client):
        page, twin = client.get(address), client.get(f"{address.rstrip('/') or '/index'}.json")
        assert (page.status_code, twin.status_code) == (200, 200), address
        assert "text/html" in page.headers["content-type"] and twin.json()


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


def test_names_of_people_at_risk_are_on_no_page(client: TestClient) -> None:
    for address in every(client):
        for form in (address, f"{address.rstrip('/') or '/index'}.json"):
            assert "Elling" not in client.get(form).text, form
