"""What goes wrong at a server that really listens: a page that says what happened, and no decision is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from serving import app, decide, first, served, sign_in, team, token
from telling import story, told

from accordingto.accounts import store as accounts
from accordingto.ledger import Ledger

REASON = "counted twice, see page 4"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with told(tmp_path, story()) as ledger:
        ledger.discrepancies()
        return ledger.path


@pytest.fixture
def base(path: Path) -> Iterator[str]:
    with served(app(path)) as address:
        yield address


@pytest.fixture
def visitor(base: str) -> Iterator[Any]:
    with httpx2.Client(base_url=base, timeout=60) as opened:
        yield opened


@contextmanager
def locked(path: Path, how: str) -> Iterator[None]:
    """Another program that keeps a ledger locked, writing or reading."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(how)
        other.execute("SELECT count(*) FROM reports").fetchone()
        yield
        other.execute("ROLLBACK")


def verdicts(path: Path) -> list[str]:
    with Ledger.open(path) as ledger:
        return [review.verdict for review in ledger.reviews()]


def written(visitor: Any, address: str) -> dict[str, str]:
    """The form of a figure, filled in."""
    return {"verdict": "reject", "note": REASON, "seen": "0", "token": token(visitor.get(address).text)}


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/questions/0000000000000000", 404, "no question has the id"),
        ("/review/ffffffffffffffff", 404, "no figure has the id"),
        ("/nowhere/at/all", 404, "leads nowhere"),
        ("/questions?page=0", 400, "page is &#39;0&#39;"),
        ("/questions?page=9999", 404, "the list has 1 page"),
        ("/questions?kind=nonsense", 400, "is not in this ledger"),
        ("/changes?since=yesterday", 400, "yesterday"),
        ("/search?q=%00%ff", 200, "Search"),
        ("/review/next?work=adjudicate", 400, "name it"),
        ("/review/next?sample=nobody&work=code", 404, "no sample is called"),
    ],
)
def test_an_unknown_address_or_a_wrong_parameter_gets_a_page(
    visitor: Any, address: str, status: int, says: str
) -> None:
    answer = visitor.get(address)
    assert (answer.status_code, says in answer.text) == (status, True), answer.text
    assert "<h1" in answer.text and "Traceback" not in answer.text


def test_pages_go_on_while_another_program_writes_and_a_decision_comes_back(visitor: Any, path: Path) -> None:
    here = first(visitor)
    given = written(visitor, here)
    with locked(path, "BEGIN IMMEDIATE"):
        for address in ("/", "/questions", "/checks", "/reports", "/changes", "/search?q=people", "/review", here):
            assert visitor.get(address).status_code == 200, address
        answer = visitor.post(here, data=given)
        assert answer.status_code == 503 and REASON in answer.text and "send it again" in answer.text
    assert visitor.post(here, data={**given, "token": token(answer.text)}).status_code == 303
    assert verdicts(path) == ["reject"]


def test_pages_and_decisions_go_on_while_another_program_reads_for_long(visitor: Any, path: Path) -> None:
    with locked(path, "BEGIN"):
        assert decide(visitor, first(visitor), "accept").status_code == 303
        assert visitor.get("/").status_code == 200
        assert decide(visitor, first(visitor), "unsure").status_code == 303
    assert verdicts(path) == ["accept", "unsure"]


def test_a_ledger_locked_against_everybody_gets_a_page(visitor: Any, path: Path) -> None:
    visitor.get("/")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
    with locked(path, "BEGIN EXCLUSIVE"):
        answer = visitor.get("/questions")
        assert answer.status_code == 503 and "another program keeps it locked" in answer.text
        assert str(path.parent) not in answer.text
    assert visitor.get("/questions").status_code == 200


def test_a_decision_on_a_figure_of_a_ledger_that_was_replaced_comes_back(
    visitor: Any, path: Path, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    with told(tmp_path / "other", story()[:1]) as other:
        other.discrepancies()
    kept = tmp_path / "kept.accordingto"
    here = next(one for one in figures(visitor) if not known(other.path, one))
    given = written(visitor, here)
    path.rename(kept)
    other.path.rename(path)
    answer = visitor.post(here, data=given)
    assert answer.status_code == 404 and REASON in answer.text and "the ledger was replaced" in answer.text
    assert str(path.parent) not in answer.text
    assert verdicts(path) == [] and visitor.get("/").status_code == 200
    path.rename(other.path)
    kept.rename(path)
    assert visitor.post(here, data={**given, "token": token(answer.text)}).status_code == 303
    assert verdicts(path) == ["reject"]


def figures(visitor: Any) -> Iterator[str]:
    """The addresses of the figures to decide."""
    here = first(visitor)
    while True:
        yield here
        here = visitor.get(f"/review/next?after={here.rpartition('/')[2]}").headers["location"]


def known(path: Path, address: str) -> bool:
    with Ledger(path) as ledger:
        return address.rpartition("/")[2] in {entry.figure for entry in ledger.entries()}


@pytest.mark.parametrize("by", [None, b"no ledger at all"])
def test_a_ledger_that_is_taken_away_or_spoilt_gives_the_decision_back(
    visitor: Any, path: Path, by: bytes | None
) -> None:
    here = first(visitor)
    given = written(visitor, here)
    held = path.read_bytes()
    path.unlink()
    if by:
        path.write_bytes(by)
    answer = visitor.post(here, data=given)
    assert answer.status_code == 503 and REASON in answer.text and "taken away or is damaged" in answer.text
    assert visitor.get("/").status_code == 503
    path.write_bytes(held)
    assert visitor.post(here, data={**given, "token": token(answer.text)}).status_code == 303
    assert verdicts(path) == ["reject"]


def test_a_decision_after_the_session_ended_comes_back(visitor: Any, path: Path) -> None:
    team(path, Ada="coder")
    sign_in(visitor, "Ada")
    here = first(visitor)
    given = written(visitor, here)
    with closing(sqlite3.connect(accounts.beside(path))) as file, file:
        file.execute("DELETE FROM sessions")
    answer = visitor.post(here, data=given, headers={"sec-fetch-site": "same-origin"})
    assert answer.status_code == 401 and "Your session has ended" in answer.text and REASON in answer.text
    assert verdicts(path) == []


def test_two_people_who_decide_the_same_figure_hear_of_each_other(base: str, path: Path) -> None:
    team(path, Ada="coder", Bo="coder")
    with httpx2.Client(base_url=base, timeout=60) as ada, httpx2.Client(base_url=base, timeout=60) as bo:
        sign_in(ada, "Ada")
        sign_in(bo, "Bo")
        here = first(ada)
        page = bo.get(here).text
        assert decide(ada, here, "accept").status_code == 303
        given = {"verdict": "reject", "note": "", "seen": "0", "token": token(page)}
        second = bo.post(here, data=given)
        assert "Meanwhile, before you" in bo.get(second.headers["location"]).text
    assert sorted(verdicts(path)) == ["accept", "reject"]


@pytest.mark.parametrize("where", ["/review", "/add"])
def test_ten_megabytes_in_a_form_get_a_page(visitor: Any, path: Path, where: str) -> None:
    here = first(visitor) if where == "/review" else where
    given = {**written(visitor, here), "how": "text", "note": "x" * 10_000_000, "text": "y"}
    answer = visitor.post(here, data=given)
    assert answer.status_code == 413 and "nothing of it was kept" in answer.text and "<h1" in answer.text
    assert verdicts(path) == [] and visitor.get("/").status_code == 200


def test_ten_megabytes_pasted_in_a_browser_are_still_in_the_form_after_going_back(browser: Any, base: str) -> None:
    with closing(browser.new_page()) as page:
        page.set_default_timeout(300_000)
        page.goto(f"{base}/add")
        page.locator("textarea[name=text]").evaluate("(box) => { box.value = 'word '.repeat(2_000_000) }")
        page.locator("form:has(textarea) button").click()
        page.get_by_role("heading", name="That is too much at once").wait_for()
        page.go_back()
        assert page.locator("textarea[name=text]").evaluate("(box) => box.value.length") == 10_000_000


def test_what_was_written_beside_a_correction_that_means_nothing_is_there_after_going_back(
    browser: Any, base: str, path: Path
) -> None:
    with closing(browser.new_page()) as page:
        page.goto(f"{base}/review/next")
        page.keyboard.press("e")
        page.locator("input[name=number]").fill("a dozen or so, maybe")
        page.locator("input[name=note]").fill(REASON)
        page.locator("button[value=correct]").click()
        page.get_by_role("heading", name="The address asks").wait_for()
        page.go_back()
        page.locator("input[name=number]").fill("12")
        assert page.locator("input[name=note]").input_value() == REASON
        page.locator("button[value=correct]").click()
        page.get_by_role("status").wait_for()
    assert verdicts(path) == ["correct"]
