"""Deciding about questions on their own pages, and decisions whose words a new reading does not find any more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from serving import client, signed_in, team, token
from starlette.testclient import TestClient
from telling import story, told
from test_review_queue import again

from accordingto.ledger import Ledger


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with told(tmp_path, story()) as ledger:
        ledger.reconcile()
        return ledger.path


@pytest.fixture
def visitor(path: Path) -> TestClient:
    return client(path)


def of_kind(visitor: TestClient, kind: str) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = visitor.get(f"/questions.json?kind={kind}").json()["questions"]
    return lines


def send(visitor: TestClient, at: str, /, **fields: str) -> Any:
    return visitor.post(at, data={"token": token(visitor.get(at).text), **fields})


def decisions(path: Path) -> list[tuple[str, str, str | None]]:
    with Ledger.open(path) as ledger:
        return [(one.reviewer, one.verdict, one.note) for one in ledger.reviews()]


def test_a_question_is_called_otherwise_and_back_by_plain_forms(visitor: TestClient) -> None:
    (line,) = of_kind(visitor, "killed")
    answer = send(visitor, f"/{line['href']}", verdict="rename", label="Dead of the Halvena slide", note="its name")
    page = visitor.get(answer.headers["location"]).text
    assert "<h1>Dead of the Halvena slide</h1>" in page and "its name" in page
    back = re.search(r'action="(/review/decisions/\d+/withdraw)"', page)
    assert back
    answer = visitor.post(back[1], data={"token": token(page), "to": "question"})
    assert f"<h1>{line['label'].partition(',')[0]}" in visitor.get(answer.headers["location"]).text


def test_ticked_figures_become_a_question_of_their_own_and_are_merged_again(visitor: TestClient, path: Path) -> None:
    (line,) = of_kind(visitor, "killed")
    page = visitor.get(f"/{line['href']}").text
    ticks = re.findall(r'name="(split-[0-9a-f]+)"', page)
    assert len(ticks) == line["figures"]
    answer = send(visitor, f"/{line['href']}", verdict="split", note="two events", **dict.fromkeys(ticks[:2], "on"))
    assert answer.status_code == 303
    parts = of_kind(visitor, "killed")
    assert sorted(part["figures"] for part in parts) == sorted([2, line["figures"] - 2])
    one, other = parts
    page = visitor.get(f"/{one['href']}").text
    assert f'<option value="{other["id"]}">' in page
    address = f"http://127.0.0.1/{other['href']}?rule=latest#history"
    assert send(visitor, f"/{one['href']}", verdict="merge", address=address).status_code == 303
    assert [part["figures"] for part in of_kind(visitor, "killed")] == [line["figures"]]
    assert [verdict for _, verdict, _ in decisions(path)] == ["split", "merge"]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"verdict": "split"}, "No figure is ticked"),
        ({"verdict": "merge"}, "needs the question or figure to merge with"),
        ({"verdict": "merge", "address": "nowhere"}, "nowhere"),
        ({"verdict": "rename", "label": "  "}, "needs the new name"),
        ({"verdict": "accept"}, "is decided on with split, merge, rename"),
    ],
)
def test_a_form_that_says_too_little_gets_a_page_that_says_what_is_missing(
    visitor: TestClient, path: Path, fields: dict[str, str], says: str
) -> None:
    (line,) = of_kind(visitor, "killed")
    answer = send(visitor, f"/{line['href']}", **fields)
    assert answer.status_code in (400, 404) and says in answer.text and decisions(path) == []


def test_questions_of_two_kinds_stay_two(visitor: TestClient, path: Path) -> None:
    (killed,), (missing,) = of_kind(visitor, "killed"), of_kind(visitor, "missing")
    answer = send(visitor, f"/{killed['href']}", verdict="merge", address=missing["id"])
    assert answer.status_code == 400 and "cannot be one question" in answer.text and decisions(path) == []


def test_coders_read_what_was_decided_and_readers_do_not(path: Path) -> None:
    team(path, Ada="adjudicator", Bo="coder", Eve="reader")
    ada, bo, eve = (signed_in(path, name) for name in ("Ada", "Bo", "Eve"))
    (line,) = of_kind(ada, "killed")
    send(ada, f"/{line['href']}", verdict="rename", label="The slide", note="shorter")
    (line,) = of_kind(ada, "killed")
    address = f"/{line['href']}"
    assert "shorter" in bo.get(address).text and "Split the ticked off" not in bo.get(address).text
    assert "shorter" not in eve.get(address).text and "decide on it" not in eve.get(address).text
    form = {"token": token(bo.get("/review/next", follow_redirects=True).text)}
    assert bo.post(address, data={"verdict": "rename", "label": "Bo's", **form}).status_code == 403
    with Ledger.open(path) as ledger:
        number = ledger.reviews()[0].number
    assert bo.post(f"/review/decisions/{number}/withdraw", data=form).status_code == 403
    assert [verdict for _, verdict, _ in decisions(path)] == ["rename"]


def test_the_log_shows_every_decision_and_what_was_taken_back_but_nothing_coded_blind(path: Path) -> None:
    team(path, Ada="owner", Bo="coder")
    ada, bo = signed_in(path, "Ada"), signed_in(path, "Bo")
    with Ledger.open(path) as ledger:
        figures = [row.figure for row in ledger.entries()]
        ledger.review(figures[0], "reject", "Bo", note="counted twice")
        ledger.review(figures[1], "accept", "Ada")
        ledger.decisions.draw("pilot", 2, "Ada")
        ledger.review(ledger.decisions.sampled("pilot")[0], "reject", "Ada", note="a secret", sample="pilot")
    page = bo.get("/review/log").text
    assert "counted twice" in page and "a secret" not in page
    (address,) = re.findall(r'action="(/review/decisions/\d+/withdraw)"', page)
    bo.post(address, data={"token": token(page), "to": "log"})
    last = ada.get("/review/log.json").json()["decisions"]
    assert [(row["verdict"], row["taken_back"]) for row in last] == [
        ("withdraw", False),
        ("accept", False),
        ("reject", True),
    ]
    assert "counted twice" in ada.get("/review/log").text


# decisions that lost their words


@pytest.fixture
def lost(path: Path) -> Iterator[Path]:
    """A ledger in which a new reading takes 24 for no figure, after it was decided on."""
    with Ledger.open(path) as ledger:
        figure = next(row.figure for row in ledger.entries() if row.exact == "24 people")
        ledger.review(figure, "reject", "Ada", note="a misprint")
        report, claims = story()[2]
        again(ledger, report, [replace(claim, figures=()) for claim in claims])
        ledger.reconcile()
    yield path


def test_a_decision_without_words_is_shown_with_who_when_why_and_what_to_do(lost: Path) -> None:
    visitor = client(lost)
    assert '<a href="/review/lost">1 decision</a>' in visitor.get("/review").text
    page = visitor.get("/review/lost").text
    assert "<mark>24 people</mark>" in page and "by Ada, " in page and "a misprint" in page and "What to do" in page
    (row,) = visitor.get("/review/lost.json").json()["lost"]
    assert (row["verdict"], row["reviewer"], row["exact"]) == ("reject", "Ada", "24 people") and row["time"]


def test_it_is_put_away_and_both_stay_on_record(lost: Path) -> None:
    visitor = client(lost)
    page = visitor.get("/review/lost").text
    address = re.search(r'action="(/review/decisions/\d+/withdraw)"', page)
    assert address
    visitor.post(address[1], data={"token": token(page), "note": "read again"})
    assert "Every decision has its words" in visitor.get("/review/lost").text
    assert [(verdict, note) for _, verdict, note in decisions(lost)] == [
        ("reject", "a misprint"),
        ("withdraw", "read again"),
    ]
    assert visitor.post(address[1], data={"token": token(page)}).status_code == 303
    assert len(decisions(lost)) == 2


def test_near_it_are_the_figures_that_stand_there_now(path: Path) -> None:
    with Ledger.open(path) as ledger:
        figure = next(row.figure for row in ledger.entries() if row.exact == "nine children")
        ledger.review(figure, "reject", "Ada")
        report, claims = story()[1]
        kept = [
            replace(one, figures=tuple(f for f in one.figures if f.evidence.exact != "nine children")) for one in claims
        ]
        again(ledger, report, kept)
        ledger.reconcile()
    (row,) = client(path).get("/review/lost.json").json()["lost"]
    assert row["near"][0]["exact"] == "27" and len(row["near"]) == 3


def test_names_at_risk_are_withheld_in_lost_words(path: Path) -> None:
    with Ledger.open(path) as ledger:
        claim = next(one for report, claims in story() for one in claims if "hill" in one.content.exact)
        ledger.review(claim.id, "reject", "Ada", note="Marta Elling said so")
        report, claims = story()[0]
        again(ledger, report, [one for one in claims if one.id != claim.id])
        ledger.reconcile()
    page = client(path).get("/review/lost").text
    assert "The hill sat down" in page and "Elling" not in page
