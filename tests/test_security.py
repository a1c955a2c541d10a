"""What strangers and people with bad intentions try, on every address of the server: a new one cannot be forgotten."""

from __future__ import annotations

import http.client
import json
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from itsdangerous import Signer, URLSafeSerializer
from serving import app, client, first, routes, served, sign_in, signed_in, team, token
from starlette.testclient import TestClient
from telling import hostile, story, told
from test_cli import run
from test_fetch import PAGE
from test_fetch import served as site_served

from accordingto import accounts
from accordingto.accounts import Accounts, may
from accordingto.ledger import Ledger
from accordingto.serve.gate import OPEN

ROUTES = routes(app(Path("nowhere.accordingto")))
SEEN = [(method, path) for method, path in ROUTES if method != "HEAD"]
POSTS = [path for method, path in ROUTES if method == "POST"]
GETS = [path for method, path in ROUTES if method == "GET"]
NEEDS = {
    "/review": "coder",
    "/add": "coder",
    "/samples": "owner",
    "/samples/agreed": "adjudicator",
    "/names": "owner",
    "POST /questions": "adjudicator",
}
"""Role by the longest beginning of an address; reader for what is only looked at."""
ROLES = {"Eve": "reader", "Ada": "coder", "Jo": "adjudicator", "Olga": "owner"}
SECRET = "Elling"
"""A name that no visitor may read; words of the story that only those who are signed in read."""
WORDS = "national disaster agency"


def needed(method: str, path: str) -> str:
    def begins(start: str) -> bool:
        return path.removesuffix(".json") == start or path.startswith(f"{start}/")

    found = [start for start in NEEDS if begins(start.removeprefix(f"{method} "))]
    assert method != "POST" or found or path.startswith(OPEN), f"{path}: say in NEEDS who may send it"
    return NEEDS[max(found, key=len)] if found else "reader"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with told(tmp_path_factory.mktemp("kept"), [*story(), hostile()]) as ledger:
        ledger.reconcile()
        path = ledger.path
    return path


@pytest.fixture(scope="module")
def manned(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with accounts."""
    path = Path(shutil.copy(kept, tmp_path_factory.mktemp("manned")))
    team(path, **ROLES)
    return path


@pytest.fixture(scope="module")
def places(kept: Path) -> dict[str, str]:
    """An id for each kind of page."""
    visitor = client(kept)
    lists = {"questions": "questions", "reports": "reports", "sources": "sources", "checks": "discrepancies"}
    found = {name: visitor.get(f"/{name}.json").json()[rows][0]["href"] for name, rows in lists.items()}
    found["places"] = "places/nowhere"
    return {name: href.partition("/")[2] for name, href in found.items()} | {"review": first(visitor).split("/")[2]}


@pytest.fixture(scope="module")
def people(manned: Path) -> dict[str, TestClient]:
    return {name: signed_in(manned, name) for name in ROLES}


@pytest.fixture(scope="module")
def tokens(people: dict[str, TestClient]) -> dict[str, str]:
    """What the forms of each of them carry."""
    return {name: token(visitor.get("/").text) for name, visitor in people.items()}


@pytest.fixture(scope="module")
def visitors(kept: Path, manned: Path) -> dict[str, TestClient]:
    """Who has not signed in: to a ledger without accounts, to one with them, over https."""
    over = TestClient(app(manned), "https://127.0.0.1", raise_server_exceptions=False, follow_redirects=False)
    return {"here": client(kept), "stranger": client(manned), "https": over}


def address(path: str, places: dict[str, str]) -> str:
    """An address that a route answers."""
    return re.sub(r"\{\w+\}", places.get(path.split("/")[1], "style.css"), path)


def state(path: Path) -> Any:
    """What a ledger and its accounts hold, but for what was refused."""
    with Ledger(path) as ledger:
        held = [report.id for report in ledger.reports()], list(ledger.reviews()), ledger.decisions.samples()
        names = ledger.decisions.audit("mask", "unmask")
    log = [row for row in Accounts(path).log() if "refused" not in row["what"]]
    return held, names, Accounts(path).all(), log


# every address


@pytest.mark.parametrize(("method", "path"), SEEN)
def test_every_answer_says_what_a_browser_may_do_and_is_kept_nowhere(
    method: str, path: str, visitors: dict[str, TestClient], places: dict[str, str], people: dict[str, TestClient]
) -> None:
    for visitor in (visitors["here"], visitors["stranger"], visitors["https"], people["Olga"]):
        answer = visitor.request(method, address(path, places))
        headers = answer.headers
        policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
        assert policy.pop("default-src") == policy.pop("frame-ancestors") == policy.pop("base-uri") == "'none'"
        assert set(policy.values()) == {"'self'"} and {"script-src", "style-src", "form-action"} <= policy.keys()
        assert headers["x-content-type-options"] == "nosniff" and headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer" and "server" not in headers
        assert headers["cache-control"] == ("no-cache" if path == "/static/{name}" else "no-store")
        for cookie in headers.get_list("set-cookie"):
            assert "HttpOnly" in cookie and re.search("SameSite=(lax|strict)", cookie, re.I), cookie
            assert ("Secure" in cookie) == (visitor is visitors["https"]), cookie
        if answer.status_code in (301, 302, 303, 307, 308):
            assert re.match(r"/(?![/\\])", headers["location"]), headers["location"]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_who_has_not_signed_in_sees_and_changes_nothing(
    method: str, path: str, manned: Path, visitors: dict[str, TestClient], places: dict[str, str]
) -> None:
    before = state(manned)
    answer = visitors["stranger"].request(method, address(path, places))
    assert answer.status_code in ((200, 204, 400, 403, 404, 415) if path.startswith(OPEN) else (303, 401, 403, 415))
    assert WORDS not in answer.text and SECRET not in answer.text and state(manned) == before
    if answer.status_code == 303:
        assert answer.headers["location"].startswith("/sign-in?to=")


@pytest.mark.parametrize(("method", "path"), [one for one in SEEN if one[1] != "/sign-out"])
def test_a_role_is_let_in_where_it_belongs_and_nowhere_else(
    method: str, path: str, people: dict[str, TestClient], tokens: dict[str, str], places: dict[str, str]
) -> None:
    for name, role in ROLES.items():
        visitor = people[name]
        form = {"token": tokens[name]} if method == "POST" else None
        answer = visitor.request(method, address(path, places), data=form)
        assert (answer.status_code == 403) == (not may(role, needed(method, path))), (name, answer.status_code)


@pytest.mark.parametrize("path", GETS)
def test_looking_changes_nothing(
    path: str, manned: Path, people: dict[str, TestClient], places: dict[str, str]
) -> None:
    before = state(manned)
    people["Olga"].get(address(path, places))
    held, *rest = state(manned)
    assert (held, *rest[:2]) == before[:3]


# forms of other sites


@pytest.mark.parametrize("path", POSTS)
def test_a_form_that_was_not_made_for_this_visit_does_nothing(
    path: str,
    manned: Path,
    people: dict[str, TestClient],
    tokens: dict[str, str],
    visitors: dict[str, TestClient],
    places: dict[str, str],
) -> None:
    olga, before = people["Olga"], state(manned)
    own = tokens["Olga"]
    cookie = olga.cookies["accordingto"]
    forged = {
        "none": "",
        "made up": "forged",
        "of another person": tokens["Ada"],
        "of a stranger": token(visitors["stranger"].get("/sign-in").text),
        "without its signature": own.rpartition(".")[0],
        "signed by somebody else": str(URLSafeSerializer("guess", "form").dumps(cookie.rpartition(".")[0])),
        "the cookie": cookie,
        "the cookie signed anew": Signer("", "form").sign(cookie).decode(),
    }
    given = {
        "verdict": "accept",
        "what": "mask",
        "name": "Tarvan",
        "size": "3",
        "sample": "x",
        "how": "text",
        "text": "x",
    }
    for where in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}, {"origin": "null"}, {}):
        for what, sent in forged.items():
            answer = olga.post(address(path, places), data={**given, "token": sent}, headers=where)
            assert answer.status_code == 403 and "nothing was done" in answer.text, what
    for kind in ("text/plain", "application/json", "multipart/form-data"):
        body = f"token={own}" if kind == "text/plain" else f'{{"token": "{own}"}}'
        answer = olga.post(address(path, places), content=body, headers={"content-type": kind})
        assert answer.status_code in (400, 403, 415), kind
    assert olga.post(f"{address(path, places)}?token={own}").status_code in (403, 415)
    assert state(manned) == before and olga.get("/names").status_code == 200


# sessions


@pytest.mark.parametrize("change", [{"role": "reader"}, {"password": "another horse battery"}])
def test_a_session_ends_when_its_person_s_rights_change(kept: Path, tmp_path: Path, change: dict[str, str]) -> None:
    path = Path(shutil.copy(kept, tmp_path))
    team(path, Olga="owner")
    olga = signed_in(path, "Olga")
    assert olga.get("/names").status_code == 200
    Accounts(path).change("Olga", "test", **change)
    assert olga.get("/names").headers["location"].startswith("/sign-in")


def test_signing_in_gives_a_new_session_each_time_and_none_can_be_chosen(manned: Path) -> None:
    visitor = client(manned)
    visitor.cookies.set("accordingto", "chosen", domain="127.0.0.1", path="/")
    seen = set()
    for _ in range(3):
        sign_in(visitor, "Eve")
        seen.add(visitor.cookies["accordingto"])
    assert len(seen) == 3 and "chosen" not in seen
    assert not any(one.encode() in accounts.beside(manned).read_bytes() for one in seen)


# paths that lead out


OUT = [
    *(
        "../../../../etc/passwd",
        "../../etc/passwd.json",
        "..%2f..%2f..%2f..%2fetc%2fpasswd",
        "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    ),
    *(
        "..\\..\\etc\\passwd",
        "..%5c..%5cetc%5cpasswd",
        "%252e%252e%252fetc%252fpasswd",
        "/etc/passwd",
        "%2fetc%2fpasswd",
    ),
    *("....//....//etc/passwd", "..%c0%af..%c0%afetc/passwd", "%00/etc/passwd", "style.css/../../../app.py"),
    *("style.css%00.html", "..", ".", "~root", "file:///etc/passwd", "told.accordingto", "told.accordingto.accounts"),
]


def test_no_address_leads_out_of_the_pages(manned: Path, people: dict[str, TestClient]) -> None:
    starts = sorted({re.sub(r"\{.*", "", path) for path in GETS if "{" in path} | {"/"})
    with served(app(manned)) as base:
        talk = http.client.HTTPConnection(urlsplit(base).netloc)
        cookie = f"accordingto={people['Olga'].cookies['accordingto']}"
        for path in (f"{start}{out}" for start in starts for out in OUT):
            talk.putrequest("GET", path, skip_host=False)
            talk.putheader("Cookie", cookie)
            talk.endheaders()
            answer = talk.getresponse()
            body = answer.read()
            assert answer.status in (303, 400, 404), (path, answer.status)
            assert b"root:" not in body and b"SQLite format" not in body and b"import" not in body, path
        talk.close()


NAMES = [
    *(
        "../../out.txt",
        "..\\..\\out.txt",
        "%2e%2e%2fout.txt",
        "/etc/out.txt",
        "C:\\out.txt",
        "a\r\nSet-Cookie: x=1.txt",
    ),
    *("..", ".", "", "\\\\host\\share\\out.txt", "x" * 5000 + ".txt", ".accordingto", "told.accordingto"),
    *("told.accordingto.accounts", "\u202etxt.exe", "a\0b.txt"),
]


def test_no_name_of_an_uploaded_file_leads_out(kept: Path, tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    path = Path(shutil.copy(kept, folder))
    visitor = client(path)
    form = {"how": "file", "token": token(visitor.get("/add").text)}
    for number, name in enumerate(NAMES):
        file = (name, f"Nine people were killed in Halvena on Monday, police said ({number}).".encode())
        answer = visitor.post("/add", data=form, files={"file": file})
        assert answer.status_code in (303, 400) and "set-cookie" not in answer.headers, name
    with Ledger(path) as ledger:
        names = [report.name for report in ledger.reports() if "Nine" in report.text]
        ledger.publish(tmp_path / "site")
    assert len(names) > 10 and all(re.fullmatch(r"[^/\\\x00-\x1f\u202e]{1,100}", name) for name in names), names
    held = {one.name.removesuffix("-wal").removesuffix("-shm") for one in (tmp_path / "a").rglob("*")}
    assert held == {"b", path.name} and {one.name for one in tmp_path.iterdir()} == {"a", "site"}


def test_no_name_in_a_line_of_json_leads_out(kept: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(kept, tmp_path))
    out = {"name": "../../out", "url": "file:///etc/passwd", "id": "../../out"}
    line = json.dumps({**out, "text": "Nine people were killed, police said."}).encode()
    visitor = client(path)
    form = {"how": "file", "token": token(visitor.get("/add").text)}
    assert visitor.post("/add", data=form, files={"file": ("a.jsonl", line)}).status_code == 303
    with Ledger(path) as ledger:
        ledger.publish(tmp_path / "site")
    assert {one.name.removesuffix("-wal").removesuffix("-shm") for one in tmp_path.iterdir()} == {path.name, "site"}
    assert all("root:" not in one.read_text("utf-8", "ignore") for one in tmp_path.rglob("*.html"))


# onward to another site


@pytest.mark.parametrize(
    "to",
    [
        *(
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "///evil.example",
            "/\t/evil.example",
        ),
        *(
            "javascript:alert(1)",
            "data:text/html,x",
            "/a\r\nSet-Cookie: x=1",
            "evil.example",
            "http:evil.example",
            "@evil.example",
        ),
        *(" //evil.example", "/\u2028/evil.example", "%2f%2fevil.example", ".//evil.example", "", "?to=//evil.example"),
    ],
)
def test_nothing_leads_on_to_another_site(manned: Path, to: str) -> None:
    visitor = client(manned)
    assert 'name="to" value="/"' in visitor.get("/sign-in", params={"to": to}).text
    answer = sign_in(visitor, "Eve", to=to)
    assert answer.headers["location"] == "/" and "x=1" not in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    "path", ["//evil.example/", "//evil.example/%2e%2e", "/%5cevil.example", "/review/next?after=//evil.example"]
)
def test_an_address_that_looks_like_another_site_stays_here(
    manned: Path, people: dict[str, TestClient], path: str
) -> None:
    for visitor in (client(manned), people["Ada"]):
        answer = visitor.get(f"http://127.0.0.1{path}")
        where = answer.headers.get("location", "/")
        assert re.match(r"/(?![/\\])", where) and (answer.status_code != 303 or visitor.get(where).status_code != 500)


# addresses that are fetched


@pytest.mark.parametrize(
    "to", ["http://127.0.0.1/", "http://[::ffff:127.0.0.1]/", "http://2130706433/", "file:///etc/passwd"]
)
def test_a_page_that_leads_on_to_this_machine_is_not_added(kept: Path, tmp_path: Path, to: str) -> None:
    path = Path(shutil.copy(kept, tmp_path))
    with site_served(
        {"/": (302, {"Location": to}, b""), "/secret": (200, {"Content-Type": "text/html"}, PAGE)}
    ) as site:
        site.names |= {
            "127.0.0.1": ["127.0.0.1"],
            "::ffff:127.0.0.1": ["::ffff:127.0.0.1"],
            "2130706433": ["127.0.0.1"],
        }
        visitor, before = client(path, fetch=site.fetcher()), state(path)
        form = {"how": "address", "address": "http://news.example/", "token": token(visitor.get("/add").text)}
        answer = visitor.post("/add", data=form)
        assert answer.status_code == 400 and 'role="alert"' in answer.text
        assert len(site.asked) == 1 and state(path) == before


# feeds, exports, and the log of both


def test_a_feed_reader_reads_what_changed_by_an_address_of_its_own_and_nothing_else(kept: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(kept, tmp_path))
    team(path, **ROLES)
    made = run("accounts", "feed", "Olga", ledger=path)
    feed = made.stdout.strip()
    assert re.fullmatch(r"/changes\.atom\?key=[\w-]{43}", feed), made.stderr
    reader = client(path)
    answer = reader.get(feed)
    assert answer.status_code == 200 and "<feed" in answer.text and SECRET not in answer.text
    assert (
        feed.partition("=")[2] not in answer.text
        and feed.partition("=")[2].encode() not in accounts.beside(path).read_bytes()
    )
    key = feed.partition("?")[2]
    for other in [address(one, {}) for one in GETS if not one.startswith((*OPEN, "/changes.atom"))]:
        assert client(path).get(f"{other}?{key}").status_code in (303, 401), other
    assert reader.get("/names").headers["location"].startswith("/sign-in")
    assert reader.post("/samples", data={"token": token(reader.get("/sign-in").text)}).status_code in (401, 403)


@pytest.mark.parametrize("end", [("feed", "Ada"), ("feed", "Ada", "--none"), ("remove", "Ada")])
def test_the_address_of_a_feed_is_good_until_it_is_taken_back(kept: Path, tmp_path: Path, end: tuple[str, ...]) -> None:
    path = Path(shutil.copy(kept, tmp_path))
    team(path, **ROLES)
    feed = f"/changes.atom?key={Accounts(path).feed('Ada', 'test')}"
    assert client(path).get(feed).status_code == 200
    assert run("accounts", *end, ledger=path).returncode == 0
    answer = client(path).get(feed)
    assert answer.status_code == 401 and "good no more" in answer.text and "<feed" not in answer.text


@pytest.mark.parametrize("key", ["", "x", "' OR 1=1 --", "%00", "x" * 5000])
def test_a_key_that_was_guessed_opens_nothing(manned: Path, key: str) -> None:
    assert client(manned).get(f"/changes.atom?key={key}").status_code == 401


def test_the_log_holds_who_did_what(kept: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(kept, tmp_path))
    team(path, Olga="owner")
    assert sign_in(client(path), "Olga", "wrong password").status_code == 401
    olga = signed_in(path, "Olga")
    question = olga.get("/questions.json").json()["questions"][0]["href"]
    for file in ("figures.csv", "claims.jsonl", f"{question}.csv"):
        assert olga.get(f"/{file}").status_code == 200
    form = {"token": token(olga.get("/names").text)}
    assert (
        olga.post("/names", data={**form, "what": "unmask", "name": "Marta Elling", "note": "she agreed"}).status_code
        == 303
    )
    sent = olga.post("/add", data={**form, "how": "text", "text": "Nine people were killed, police said."})
    assert sent.status_code == 303
    Accounts(path).add("Ada", "coder", None, "Olga", "ada@example.org")
    olga.post("/sign-out", data=form)
    log = [row["what"] for row in Accounts(path).log() if row["who"] in ("Olga", "test")]
    assert log == ["add owner", "sign-in refused", "sign-in", *["export"] * 3, "add", "add coder", "sign-out"]
    with Ledger(path) as ledger:
        assert [row["who"] for row in ledger.decisions.audit("unmask")] == ["Olga"]
