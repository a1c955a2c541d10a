"""Adding a report on the server: by its address, as words, as a file; and what is said when that cannot be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from serving import HERE, client, signed_in, team, token
from starlette.testclient import TestClient
from telling import story, told
from test_fetch import HTML, PAGE, served

from accordingto.accounts import Accounts
from accordingto.ledger import Ledger
from accordingto.serve import add

WORDS = "Twenty-one people were killed in Halvena, the harbour master said on Tuesday."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with told(tmp_path, story()[:1]) as ledger:
        ledger.reconcile()
        return ledger.path


@pytest.fixture
def visitor(path: Path) -> TestClient:
    return client(path)


def send(visitor: TestClient, how: str, file: tuple[str, bytes] | None = None, **fields: str) -> Any:
    given = {"how": how, "token": token(visitor.get("/add").text), **fields}
    return visitor.post("/add", data=given, files={"file": file or ("", b"")})


def reports(path: Path) -> list[str]:
    with Ledger(path) as ledger:
        return [report.name for report in ledger.reports()]


def test_pasted_words_are_a_report_with_what_the_form_says_of_it(visitor: TestClient, path: Path) -> None:
    answer = send(visitor, "text", text=WORDS, title="Toll rises", publisher="Harbour Mail", published="2025-06-17")
    assert answer.status_code == 303, answer.text
    shown = visitor.get(f"{answer.headers['location']}.json").json()
    assert (shown["publisher"], shown["published"], shown["claims"][0]["chain"][0]["name"]) == (
        "Harbour Mail", "2025-06-17", "harbour master",
    )  # fmt: skip
    with Ledger(path) as ledger:
        assert ledger.archived(answer.headers["location"].rpartition("/")[2]) == WORDS.encode()


def test_a_file_is_read_as_from_the_shell_under_its_own_name(visitor: TestClient, path: Path) -> None:
    answer = send(visitor, "file", ("../../etc/C:\\pages\\<b>slide.html", PAGE))
    assert answer.status_code == 303, answer.text
    with Ledger(path) as ledger:
        report = ledger.report(answer.headers["location"].rpartition("/")[2])
        assert (report.name, report.title, report.medium) == ("_b_slide.html", "Slide in Halvena", "webpage")
        assert ledger.archived(report.id) == PAGE


def test_lines_of_several_reports_lead_to_the_list(visitor: TestClient, path: Path) -> None:
    lines = b"\n".join(b'{"text": "%d people were killed in Halvena, police said."}' % n for n in (3, 4))
    assert send(visitor, "file", ("lines.jsonl", lines)).headers["location"] == "/reports"
    assert len(reports(path)) == 3


def test_a_page_is_fetched_from_its_address_when_the_server_was_told_to(path: Path) -> None:
    with served({"/slide": (200, HTML, PAGE)}) as site:
        visitor = client(path, fetch=site.fetcher())
        answer = send(visitor, "address", address="news.example/slide")
        assert (
            answer.status_code == 400 and "could not be reached" in answer.text
        )  # https, which this site does not speak
        answer = send(visitor, "address", address="http://news.example/slide")
    assert answer.status_code == 303, answer.text
    assert visitor.get(f"{answer.headers['location']}.json").json()["url"] == "http://news.example/slide"


def test_nothing_is_fetched_unless_the_server_was_told_to(visitor: TestClient, path: Path) -> None:
    assert "accordingto serve --fetch" in visitor.get("/add").text
    answer = send(visitor, "address", address="http://news.example/slide")
    assert answer.status_code == 400 and "this server fetches nothing" in answer.text and len(reports(path)) == 1


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "file:///etc/passwd", "/etc/passwd", "../../etc/passwd", "-", ".", "http://[::1]/", ""],
)
def test_an_address_leads_neither_to_this_machine_nor_to_its_files(path: Path, address: str) -> None:
    from accordingto import intake

    visitor = client(path, fetch=intake.fetcher())
    answer = send(visitor, "address", address=address)
    assert answer.status_code == 400 and 'role="alert"' in answer.text and "root:" not in answer.text
    assert len(reports(path)) == 1


# what cannot be taken


@pytest.mark.parametrize(
    ("how", "file", "fields", "says"),
    [
        ("text", None, {"text": " \n"}, "nothing to read"),
        ("text", None, {"text": WORDS, "published": "Tuesday"}, "the day &#39;Tuesday&#39; is none"),
        ("text", None, {"text": "word " * 70_000}, "300,000 characters at most"),
        ("file", None, {}, "no file was chosen"),
        ("file", ("a.txt", b""), {}, "nothing to read"),
        ("file", ("a.html", b"\x89PNG\r\n\x1a\n" + bytes(100)), {}, "a PNG image"),
        ("file", ("a.jsonl", b'{"text": "Three people were killed, police said."}\n{]'), {}, "not JSON"),
        ("file", ("a.jsonl", b'{"text": "Three people were killed, police said."}\n' * 21), {}, "20 reports"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_added(
    visitor: TestClient, path: Path, how: str, file: tuple[str, bytes] | None, fields: dict[str, str], says: str
) -> None:
    answer = send(visitor, how, file, **fields)
    assert answer.status_code == 400 and says in answer.text and "Traceback" not in answer.text
    assert len(reports(path)) == 1


def test_words_that_cannot_be_taken_stand_in_the_form_again(visitor: TestClient) -> None:
    answer = send(visitor, "text", text=f"{WORDS}<script>", title='"Toll"', published="Tuesday")
    assert f"{WORDS}&lt;script&gt;</textarea>" in answer.text and 'value="&#34;Toll&#34;"' in answer.text


@pytest.mark.parametrize("size", [10_000_000, 30_000_000])
def test_ten_megabytes_and_more_get_a_page_that_says_so(visitor: TestClient, path: Path, size: int) -> None:
    for sent in (
        send(visitor, "file", ("a.txt", b"x" * size)),
        send(visitor, "text", text="x" * size),
    ):
        assert sent.status_code == 413 and "more than 10 MB" in sent.text and "<h1>" in sent.text
    plain = visitor.post("/add", data={"how": "text", "text": "x" * size})
    assert plain.status_code == 413 and "more than 6 MB" in plain.text and len(reports(path)) == 1


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"--x\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--\r\n"),
        (
            "multipart/form-data; boundary=x; charset=zlib",
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--',
        ),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x\r\n' * 80,
        ),
        ("application/json", b"{}"),
        ("", b"\x00"),
    ],
)
def test_a_body_that_is_no_form_gets_a_page_that_says_so(visitor: TestClient, kind: str, body: bytes) -> None:
    answer = visitor.post("/add", content=body, headers={"content-type": kind})
    assert answer.status_code in (400, 403, 415) and "<h1>" in answer.text and "Traceback" not in answer.text


def test_while_another_report_is_read_the_words_come_back(
    visitor: TestClient, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(add, "WAIT", 0.01)
    with add._reading:
        answer = send(visitor, "text", text=WORDS)
    assert answer.status_code == 503 and "is being fetched or read" in answer.text and WORDS in answer.text
    assert len(reports(path)) == 1 and send(visitor, "text", text=WORDS).status_code == 303


# who may


def test_only_coders_add_and_who_did_is_in_the_log(path: Path) -> None:
    team(path, Ada="coder", Eve="reader")
    assert signed_in(path, "Eve").get("/add").status_code == 403
    eve, ada = signed_in(path, "Eve"), signed_in(path, "Ada")
    given = {"how": "text", "text": WORDS, "token": token(eve.get("/").text)}
    assert eve.post("/add", data=given).status_code == 403
    assert send(ada, "text", text=WORDS).status_code == 303
    assert [(row["who"], row["what"]) for row in Accounts(path).log()][-1] == ("Ada", "add")


def test_words_sent_after_the_session_ended_come_back_and_a_file_is_told_to_be_lost(path: Path) -> None:
    team(path, Ada="coder")
    ada = signed_in(path, "Ada")
    given = {"how": "text", "text": WORDS, "token": token(ada.get("/add").text)}
    Accounts(path).change("Ada", "test", role="coder")  # signs her out everywhere
    answer = ada.post("/add", data=given, headers=HERE)
    assert answer.status_code == 401 and WORDS in answer.text and len(reports(path)) == 1
    lost = ada.post("/add", data={"how": "file"}, files={"file": ("a.txt", WORDS.encode())}, headers=HERE)
    assert lost.status_code == 401 and "The file was not kept" in lost.text


def test_a_report_is_added_from_no_other_site(visitor: TestClient, path: Path) -> None:
    for given in ({}, {"token": "forged"}):
        answer = visitor.post(
            "/add", data={"how": "text", "text": WORDS, **given}, headers={"sec-fetch-site": "cross-site"}
        )
        assert answer.status_code == 403 and "nothing was done" in answer.text
    assert len(reports(path)) == 1
