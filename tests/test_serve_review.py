"""The pages by which people decide and sign in, asked as a browser would ask them."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from serving import HERE, PASSWORD, client, decide, first, sign_in, signed_in, team, token
from starlette.testclient import TestClient
from telling import hostile, story, told
from test_cli import run

from accordingto import check as checking
from accordingto.accounts import Accounts, exist
from accordingto.accounts import store as accounts
from accordingto.errors import InputError
from accordingto.ledger import Ledger
from accordingto.serve.app import create
from accordingto.serve.settings import Settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with told(tmp_path, story()) as ledger:
        ledger.reconcile()
        return ledger.path


@pytest.fixture
def visitor(path: Path) -> TestClient:
    return client(path)


def verdicts(path: Path) -> list[tuple[str, str]]:
    with Ledger.open(path) as ledger:
        return [(one.reviewer, one.verdict) for one in ledger.reviews()]


# deciding


def test_a_decision_leads_to_the_next_figure_and_says_what_was_decided(visitor: TestClient, path: Path) -> None:
    here = first(visitor)
    answer = decide(visitor, here, "accept", note="heard the tape")
    assert answer.status_code == 303 and here not in answer.headers["location"]
    page = visitor.get(answer.headers["location"]).text
    assert "You decided: <b>accept</b>" in page and "heard the tape" in page and "7 to decide, 1 decided" in page
    assert [verdict for _, verdict in verdicts(path)] == ["accept"]


def test_without_accounts_the_user_of_this_machine_decides(visitor: TestClient, path: Path) -> None:
    from accordingto.cli_common import me

    decide(visitor, first(visitor), "unsure")
    assert verdicts(path) == [(me(), "unsure")]


def test_the_whole_queue_is_worked_through_with_plain_forms(visitor: TestClient, path: Path) -> None:
    here, given = first(visitor), 0
    while "/done" not in here:
        here = decide(visitor, here, ("accept", "reject", "unsure", "insufficient")[given % 4]).headers["location"]
        given += 1
    assert given == 8 and "Every figure of the ledger is decided" in visitor.get(here).text


def test_only_what_was_changed_is_corrected(visitor: TestClient, path: Path) -> None:
    here = first(visitor)
    decide(visitor, here, "correct", number="25", was_number="24", kind="killed", was_kind="killed", place="", time="")
    with Ledger.open(path) as ledger:
        assert [one.correction for one in ledger.reviews()] == ['{"number": "25"}']


def test_a_correction_that_means_nothing_gets_a_page_that_says_so(visitor: TestClient, path: Path) -> None:
    answer = decide(visitor, first(visitor), "correct", number="some", was_number="24")
    assert answer.status_code == 400 and "give 120, 100-120" in answer.text and verdicts(path) == []


def test_the_last_decision_is_undone_and_its_figure_shown_again(visitor: TestClient, path: Path) -> None:
    here = first(visitor)
    onward = decide(visitor, here, "reject").headers["location"]
    page = visitor.get(onward).text
    undone = visitor.post(onward.partition("?")[0] + "/undo", data={"token": token(page)})
    assert undone.headers["location"] == here
    assert [verdict for _, verdict in verdicts(path)] == ["reject", "withdraw"]


def test_words_narrow_the_queue_and_stay_in_the_address(visitor: TestClient) -> None:
    here = first(visitor, "?words=bodies")
    assert "words=bodies" in here and "19 bodies" in visitor.get(here).text
    assert "/done?words=bodies" in decide(visitor, here, "accept").headers["location"]


def test_a_figure_shown_has_a_twin_in_json_and_a_wrong_one_a_page(visitor: TestClient) -> None:
    here = first(visitor)
    assert visitor.get(f"{here}.json").json()["fields"]["number"]
    assert visitor.get("/review/ffffffffffffffff").status_code == 404
    assert visitor.get(f"{here}?work=dance").status_code == 400
    assert visitor.get(f"{here}?sample=none&work=code").status_code == 404


def test_who_decides_second_reads_what_the_first_said_and_both_are_kept(path: Path) -> None:
    team(path, Ada="coder", Bo="coder")
    ada, bo = signed_in(path, "Ada"), signed_in(path, "Bo")
    here = first(ada)
    page = bo.get(here).text
    decide(ada, here, "reject", note="counted twice")
    answer = bo.post(here, data={"verdict": "accept", "token": token(page), "seen": "0"})
    shown = bo.get(answer.headers["location"]).text
    assert "Meanwhile, before you: <b>reject</b> by Ada" in shown and "counted twice" in shown
    assert verdicts(path) == [("Ada", "reject"), ("Bo", "accept")]


def test_names_of_people_at_risk_are_not_on_the_pages_of_the_review(tmp_path: Path) -> None:
    with told(tmp_path, story()) as ledger:
        ledger.reconcile()
    visitor = client(ledger.path)
    here, seen = first(visitor), list[str]()
    while "/done" not in here:
        seen += [visitor.get(here).text, visitor.get(here.partition("?")[0] + ".json").text]
        here = decide(visitor, here, "unsure").headers["location"]
    assert len(seen) == 16 and not any("Elling" in page for page in seen) and any("█" in page for page in seen)


def test_words_of_others_never_become_part_of_the_page(tmp_path: Path) -> None:
    with told(tmp_path, [hostile()]) as ledger:
        ledger.reconcile()
    visitor = client(ledger.path)
    page = visitor.get(first(visitor)).text
    assert "<script>document" not in page and "&lt;script&gt;" in page


# samples


def test_two_coders_code_a_sample_blind_and_an_adjudicator_decides(path: Path) -> None:
    team(path, Ada="coder", Bo="coder", Cy="adjudicator", Dee="owner")
    owner, ada, bo, cy = (signed_in(path, name) for name in ("Dee", "Ada", "Bo", "Cy"))
    form = token(owner.get("/review").text)
    assert owner.post("/samples", data={"name": "pilot", "size": "2", "token": form}).status_code == 303
    code = "?sample=pilot&work=code"
    here = first(ada, code)
    onward = decide(ada, here, "reject", note="a secret").headers["location"]
    decide(ada, onward.partition("&made")[0], "accept")
    page = bo.get(here).text
    assert "a secret" not in page and "reject</b> by" not in page
    decide(bo, decide(bo, here, "accept").headers["location"].partition("&made")[0], "accept")
    assert verdicts(path) == []
    board = cy.get("/review").text
    assert "1 figure on which coders differ" in board and "coded by Ada, Bo" in board
    assert bo.get("/review/next?sample=pilot&work=adjudicate").status_code == 403
    dispute = first(cy, "?sample=pilot&work=adjudicate")
    assert "a secret" in cy.get(dispute).text
    decide(cy, dispute, "accept")
    cy.post("/samples/agreed", data={"sample": "pilot", "token": token(board)})
    assert verdicts(path) == [("Cy", "accept"), ("Cy", "accept")]


# forms that are refused, and those that come back


def test_a_form_of_another_site_does_nothing(visitor: TestClient, path: Path) -> None:
    here = first(visitor)
    for given in ({}, {"token": "forged"}):
        answer = visitor.post(here, data={"verdict": "reject", **given}, headers={"sec-fetch-site": "cross-site"})
        assert answer.status_code == 403 and "nothing was done" in answer.text
    assert verdicts(path) == []


def test_a_token_of_another_visit_does_nothing(path: Path) -> None:
    team(path, Ada="coder", Eve="coder")
    ada, eve = signed_in(path, "Ada"), signed_in(path, "Eve")
    here = first(ada)
    answer = ada.post(here, data={"verdict": "reject", "token": token(eve.get(here).text)})
    assert answer.status_code == 403 and verdicts(path) == []


def test_a_form_from_before_the_server_began_anew_comes_back_filled_in(path: Path) -> None:
    old = client(path)
    here = first(old)
    given = {"verdict": "reject", "note": "counted twice", "seen": "0", "token": token(old.get(here).text)}
    new = client(path)
    answer = new.post(here, data=given, headers=HERE)
    assert answer.status_code == 403 and "counted twice" in answer.text and verdicts(path) == []
    again = new.post(here, data={**given, "token": token(answer.text)})
    assert again.status_code == 303 and [verdict for _, verdict in verdicts(path)] == ["reject"]


def test_a_decision_made_after_the_session_ended_comes_back_and_is_not_lost(path: Path) -> None:
    team(path, Ada="coder")
    ada = signed_in(path, "Ada")
    here = first(ada)
    given = {"verdict": "reject", "note": "counted twice", "seen": "0", "token": token(ada.get(here).text)}
    with sqlite3.connect(accounts.beside(path)) as file:
        file.execute("DELETE FROM sessions")
    file.close()
    answer = ada.post(here, data=given, headers=HERE)
    assert answer.status_code == 401 and "Your session has ended" in answer.text and "counted twice" in answer.text
    sign_in(ada, "Ada")
    again = ada.post(here, data={**given, "token": token(answer.text)}, headers=HERE)
    assert again.status_code == 403 and "counted twice" in again.text
    assert ada.post(here, data={**given, "token": token(again.text)}).status_code == 303
    assert verdicts(path) == [("Ada", "reject")]


def test_a_ledger_that_another_program_keeps_locked_gives_the_decision_back(visitor: TestClient, path: Path) -> None:
    here = first(visitor)
    given = {"verdict": "reject", "note": "counted twice", "seen": "0", "token": token(visitor.get(here).text)}
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    answer = visitor.post(here, data=given)
    assert answer.status_code == 503 and "The ledger is locked" in answer.text and "counted twice" in answer.text
    other.execute("ROLLBACK")
    other.close()
    assert visitor.post(here, data={**given, "token": token(answer.text)}).status_code == 303
    assert [verdict for _, verdict in verdicts(path)] == ["reject"]


def test_reading_goes_on_while_another_program_reads_the_ledger(visitor: TestClient, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM reports").fetchone()
    assert decide(visitor, first(visitor), "accept").status_code == 303
    other.close()


def test_deciding_and_reading_go_on_while_contradictions_are_looked_for(
    visitor: TestClient, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, check = Event(), checking.found

    def slowly(*given: Any) -> Any:
        go_on.wait(60)
        return check(*given)

    visitor.get("/")
    monkeypatch.setattr(checking, "found", slowly)
    here = first(visitor)
    answer = decide(visitor, here, "reject")
    page = visitor.get("/checks")
    assert page.status_code == 200 and "Contradictions are looked for again after the last decisions" in page.text
    assert decide(visitor, answer.headers["location"].partition("?")[0], "accept").status_code == 303
    go_on.set()
    visitor.app.state.room.settle()  # type: ignore[attr-defined]
    assert "are looked for again" not in visitor.get("/checks").text
    assert verdicts(path)[0][1] == "reject"


def test_ten_megabytes_in_a_form_are_refused_with_a_page(visitor: TestClient, path: Path) -> None:
    answer = decide(visitor, first(visitor), "accept", note="x" * 10_000_000)
    assert answer.status_code == 413 and "more than 64 KB" in answer.text and verdicts(path) == []


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"\xff\xfe=1", "application/x-www-form-urlencoded", 403),
        (b"a=%ff", "application/x-www-form-urlencoded", 400),
        (b"&".join(b"a%d=1" % n for n in range(100)), "application/x-www-form-urlencoded", 400),
        (b"{}", "application/json", 415),
    ],
)
def test_a_body_that_is_no_form_gets_a_page(visitor: TestClient, body: bytes, kind: str, status: int) -> None:
    answer = visitor.post(first(visitor), content=body, headers={"content-type": kind})
    assert answer.status_code in (status, 400) and "Traceback" not in answer.text and "<h1>" in answer.text


# signing in


def test_with_accounts_every_page_asks_for_a_name_first(path: Path) -> None:
    team(path, Ada="reader")
    stranger = client(path)
    for address in ("/", "/questions", "/reports", "/sources", "/checks", "/review"):
        assert stranger.get(address).headers["location"] == f"/sign-in?to=%2F{address[1:]}"
        assert stranger.get(f"{address.rstrip('/') or '/index'}.json").status_code == 401
    assert stranger.get("/static/style.css").status_code == 200
    assert sign_in(stranger, "Ada", to="/sources").headers["location"] == "/sources"
    assert stranger.get("/sources").status_code == 200


def test_a_wrong_password_and_a_name_nobody_has_get_the_same_answer(path: Path) -> None:
    team(path, Ada="coder")
    wrong, nobody = sign_in(client(path), "Ada", "wrong password"), sign_in(client(path), "Nobody", "wrong password")
    assert (wrong.status_code, nobody.status_code) == (401, 401)
    assert "do not go together" in wrong.text and "do not go together" in nobody.text
    assert [row["what"] for row in Accounts(path).log()][1:] == ["sign-in refused"] * 2


def test_a_cookie_that_was_planted_opens_nothing_once_its_victim_has_signed_in(path: Path) -> None:
    team(path, Ada="coder")
    attacker, victim = client(path), client(path)
    attacker.get("/sign-in")
    planted = attacker.cookies["accordingto"]
    victim.cookies.set("accordingto", planted, domain="127.0.0.1", path="/")
    assert sign_in(victim, "Ada").status_code == 303
    assert victim.cookies["accordingto"] != planted and victim.get("/review").status_code == 200
    assert attacker.get("/review").headers["location"].startswith("/sign-in")


def test_a_cookie_is_for_this_server_alone_and_cannot_be_written_by_hand(path: Path) -> None:
    team(path, Ada="coder")
    visitor = client(path)
    sent = sign_in(visitor, "Ada").headers["set-cookie"]
    assert "HttpOnly" in sent and "SameSite=lax" in sent and "Path=/" in sent
    forger = client(path)
    forger.cookies.set("accordingto", visitor.cookies["accordingto"].partition(".")[0])
    assert forger.get("/review").status_code == 303


def test_signing_out_ends_the_session_on_the_server(path: Path) -> None:
    team(path, Ada="coder")
    ada = signed_in(path, "Ada")
    kept = ada.cookies["accordingto"]
    ada.post("/sign-out", data={"token": token(ada.get("/review").text)})
    thief = client(path)
    thief.cookies.set("accordingto", kept)
    assert thief.get("/review").headers["location"].startswith("/sign-in")


def test_after_five_failures_a_name_waits_whatever_the_password(path: Path) -> None:
    team(path, Ada="coder")
    visitor = client(path)
    assert [sign_in(visitor, "Ada", "wrong password").status_code for _ in range(6)] == [401] * 5 + [429]
    late = sign_in(visitor, "ada")
    assert late.status_code == 429 and late.headers["retry-after"] == "900" and "Wait" in late.text


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb"]
)
def test_signing_in_leads_to_no_other_site(path: Path, to: str) -> None:
    team(path, Ada="coder")
    assert sign_in(client(path), "Ada", to=to).headers["location"] == "/"


@pytest.mark.parametrize(
    ("role", "address", "status"),
    [
        ("reader", "/review", 403),
        ("coder", "/review", 200),
        ("coder", "/names", 403),
        ("adjudicator", "/names", 403),
        ("owner", "/names", 200),
    ],
)
def test_a_role_sees_what_is_its_own(path: Path, role: str, address: str, status: int) -> None:
    team(path, Ada=role)
    answer = signed_in(path, "Ada").get(address)
    assert answer.status_code == status
    assert status == 200 or f"Ada is a {role}; this needs the role" in answer.text


def test_a_coder_neither_splits_nor_draws_samples(path: Path) -> None:
    team(path, Ada="coder")
    ada = signed_in(path, "Ada")
    assert decide(ada, first(ada), "split").status_code == 403
    form = token(ada.get("/review").text)
    assert ada.post("/samples", data={"name": "x", "size": "1", "token": form}).status_code == 403


def test_other_machines_are_let_in_once_there_is_an_account(path: Path) -> None:
    settings = Settings(host="0.0.0.0", accounts_exist=exist)
    with pytest.raises(InputError, match="add an account first"):
        create(path, settings)
    team(path, Ada="owner")
    assert create(path, settings)


def test_without_its_accounts_a_server_for_other_machines_shows_nothing(path: Path) -> None:
    team(path, Ada="owner")
    visitor = client(path, host="0.0.0.0")
    accounts.beside(path).unlink()
    assert visitor.get("/").status_code == 403


# names, and the log


def test_an_owner_shows_a_name_and_who_did_is_kept(path: Path) -> None:
    team(path, Ada="owner")
    ada = signed_in(path, "Ada")
    page = ada.get("/names").text
    assert "Marta Elling" in page
    given = {"what": "unmask", "name": "Marta Elling", "token": token(page)}
    assert ada.post("/names", data=given).status_code == 400
    assert ada.post("/names", data={**given, "note": "she agreed"}).status_code == 303
    with Ledger.open(path) as ledger:
        out = io.StringIO()
        ledger.export("jsonl", out)
        assert "Marta Elling" in out.getvalue()
    shown = ada.get("/names").text
    assert "she agreed" in shown and "sign-in" in shown


def test_the_accounts_are_in_a_file_of_their_own_that_nobody_else_reads(path: Path) -> None:
    team(path, Ada="owner")
    assert accounts.beside(path).stat().st_mode & 0o077 == 0
    assert b"argon2" not in path.read_bytes() and PASSWORD.encode() not in accounts.beside(path).read_bytes()
    for statement in ("UPDATE log SET who = 'Eve'", "DELETE FROM log"):
        with pytest.raises(sqlite3.IntegrityError), sqlite3.connect(accounts.beside(path)) as file:
            file.execute(statement)


# accounts through the shell


@pytest.fixture
def shelf(path: Path) -> Iterator[Path]:
    yield path


def test_accounts_are_added_changed_and_removed_through_the_shell(shelf: Path) -> None:
    assert run("accounts", "list", ledger=shelf).returncode == 1
    added = run("accounts", "add", "Ada", "--role", "coder", ledger=shelf, given=f"{PASSWORD}\n")
    assert added.returncode == 0, added.stderr
    assert run("accounts", "list", ledger=shelf).stdout == "Ada  coder\n"
    assert run("accounts", "role", "Ada", "owner", ledger=shelf).returncode == 0
    assert run("accounts", "password", "Ada", ledger=shelf, given="another horse battery\n").returncode == 0
    assert sign_in(client(shelf), "Ada").status_code == 401
    assert sign_in(client(shelf), "Ada", "another horse battery").status_code == 303
    assert run("accounts", "remove", "Ada", ledger=shelf).returncode == 0
    log = run("accounts", "log", ledger=shelf).stdout
    assert [word in log for word in ("add coder", "role owner", "password", "sign-in", "remove")] == [True] * 5


@pytest.mark.parametrize(
    ("words", "given", "says"),
    [
        (("add", "Ada"), "short\n", "give 10 to 1000"),
        (("add", "Ada", "--role", "king"), f"{PASSWORD}\n", "the role 'king' is none"),
        (("add", "<b>"), f"{PASSWORD}\n", "is none"),
        (("role", "Nobody", "owner"), "", "nobody is called 'Nobody'"),
    ],
)
def test_an_account_that_cannot_be_is_told_in_one_line(
    shelf: Path, words: tuple[str, ...], given: str, says: str
) -> None:
    done = run("accounts", *words, ledger=shelf, given=given)
    assert done.returncode and says in done.stderr and "Traceback" not in done.stderr
