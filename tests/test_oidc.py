"""Signing in through a provider of OpenID Connect, honest or not."""

from __future__ import annotations

import json
import logging
import shutil
import sqlite3
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit

import lying
import pytest
from lying import CLIENT, SECRET, provided
from serving import PASSWORD, app, client, served, sign_in, team
from starlette.testclient import TestClient
from telling import story, told
from test_cli import run

from accordingto import accounts
from accordingto.accounts import Account, Accounts, oidc, through


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with told(tmp_path_factory.mktemp("kept"), story()[:1]) as ledger:
        ledger.reconcile()
        path = ledger.path
    team(path, Olga="owner")
    Accounts(path).add("Ada", "coder", None, "test", "ada@example.org")
    return path


@pytest.fixture
def path(kept: Path, tmp_path: Path) -> Path:
    """A ledger, and accounts beside it: of Olga by a password, of Ada by her e-mail address."""
    for file in (kept, accounts.beside(kept)):
        shutil.copy(file, tmp_path)
    return tmp_path / kept.name


@pytest.fixture
def site() -> Iterator[lying.Provider]:
    with provided() as provider:
        yield provider


def visitor(path: Path, site: lying.Provider, role: str | None = None, **given: Any) -> TestClient:
    return client(path, provider=oidc.Provider(site.issuer, CLIENT, SECRET, role), **given)


def led(address: str) -> str:
    """Where an address leads on to."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: Any) -> None:
            return None

    try:
        urllib.request.build_opener(Stay).open(address)
    except HTTPError as answer:
        return answer.headers["Location"]
    raise AssertionError(address)


def there(who: TestClient, to: str = "/review") -> str:
    """The address at which somebody comes back from the provider."""
    return led(who.get("/sign-in/through", params={"to": to}).headers["location"])


def through_it(who: TestClient, to: str = "/review") -> Any:
    return who.get(there(who, to))


def test_who_is_known_to_the_provider_is_signed_in_and_goes_on_to_the_page(path: Path, site: lying.Provider) -> None:
    ada = visitor(path, site)
    assert f"Sign in with {urlsplit(site.issuer).netloc}" in ada.get("/sign-in?to=/review").text
    before = ada.cookies["accordingto"]
    answer = through_it(ada)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review"), answer.text
    assert ada.cookies["accordingto"] != before and ada.get("/review").status_code == 200
    assert "Ada" in ada.get("/").text
    (row,) = (row for row in Accounts(path).log() if row["who"] == "Ada")
    assert row["what"].startswith("sign-in through localhost")


def test_the_provider_is_asked_for_nothing_until_somebody_signs_in(path: Path, site: lying.Provider) -> None:
    who = visitor(path, site)
    for address in ("/sign-in", "/", "/static/style.css"):
        who.get(address)
    assert site.asked == []


def test_what_is_asked_of_the_provider_has_a_state_a_nonce_and_a_challenge(path: Path, site: lying.Provider) -> None:
    asked = parse_qs(urlsplit(visitor(path, site).get("/sign-in/through").headers["location"]).query)
    assert asked["response_type"] == ["code"] and asked["code_challenge_method"] == ["S256"]
    assert min(len(asked[name][0]) for name in ("state", "nonce", "code_challenge")) >= 43
    assert asked["redirect_uri"] == ["http://127.0.0.1/sign-in/back"] and SECRET not in str(asked)


# a provider, or somebody in its place, that lies

LIES: dict[str, Callable[[lying.Provider], Any]] = {
    "a key that is not its own": lambda site: setattr(site, "signing", lying.OTHER),
    "a key nobody knows": lambda site: site.header.update(kid="2"),
    "no signature": lambda site: site.header.update(alg="none"),
    "its public key as a secret": lambda site: (
        site.header.update(alg="HS256"),
        setattr(site, "secret", site.key.as_pem(private=False)),
    ),
    "the client's secret": lambda site: (
        site.header.update(alg="HS256"),
        setattr(site, "secret", SECRET.encode()),
    ),
    "another issuer": lambda site: site.claims.update(iss="http://localhost:1"),
    "no issuer": lambda site: site.claims.update(iss=None),
    "another audience": lambda site: site.claims.update(aud="another"),
    "an audience of several without a party": lambda site: site.claims.update(aud=[CLIENT, "another"]),
    "another party": lambda site: site.claims.update(azp="another"),
    "no audience": lambda site: site.claims.update(aud=None),
    "a time that is over": lambda site: site.claims.update(exp=int(time.time()) - 600),
    "no end": lambda site: site.claims.update(exp=None),
    "a time to come": lambda site: site.claims.update(nbf=int(time.time()) + 600),
    "another nonce": lambda site: site.claims.update(nonce="another"),
    "no nonce": lambda site: site.claims.update(nonce=None),
    "the hash of another token": lambda site: site.claims.update(at_hash="bm90IHRoaXMgb25lIQ"),
    "nobody": lambda site: site.claims.update(sub=None),
    "an address it has not verified": lambda site: site.claims.update(email_verified=False),
    "an address it says nothing of": lambda site: site.claims.update(email_verified=None),
    "an address that is verified by a word": lambda site: site.claims.update(email_verified="no"),
    "the address of nobody here": lambda site: site.claims.update(email="eve@example.org"),
    "an address that only looks the same": lambda site: site.claims.update(email="\u0430da@example.org"),
    "an address that is no word": lambda site: site.claims.update(email=["ada@example.org"]),
    "userinfo of somebody else": lambda site: (
        site.claims.update(email=None),
        setattr(site, "userinfo", {**lying.ADA, "sub": "2"}),
    ),
    "that somebody did not sign in": lambda site: site.answers.update({"/token": (400, b'{"error": "invalid_grant"}')}),
    "no token": lambda site: site.answers.update({"/token": (200, b"{}")}),
    "something else": lambda site: site.answers.update({"/token": (200, b"<html>")}),
    "a list": lambda site: site.answers.update({"/token": (200, b"[]")}),
    "that it is broken": lambda site: site.answers.update({"/token": (500, b"")}),
    "no keys": lambda site: site.answers.update({"/keys": (200, b'{"keys": []}')}),
    "keys that are none": lambda site: site.answers.update({"/keys": (200, b'{"keys": [{"kty": "RSA"}]}')}),
    "keys that are no list": lambda site: site.answers.update({"/keys": (200, b'{"keys": 1}')}),
}


@pytest.mark.parametrize("lie", LIES)
def test_nobody_is_signed_in_when_the_provider_says(path: Path, site: lying.Provider, lie: str) -> None:
    LIES[lie](site)
    who = visitor(path, site)
    answer = through_it(who)
    assert answer.status_code in (403, 502) and "<h1>" in answer.text and "Traceback" not in answer.text
    assert SECRET not in answer.text and who.get("/review").headers["location"].startswith("/sign-in")
    assert [row["what"].partition(" through")[0] for row in Accounts(path).log()][-1] == "sign-in refused"


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"issuer": "https://other.example"}, 502),
        ({"token_endpoint": "http://other.example/token"}, 502),
        ({"authorization_endpoint": "javascript:alert(1)"}, 502),
        ({"jwks_uri": None}, 502),
        ({"jwks_uri": "file:///etc/passwd"}, 502),
    ],
)
def test_a_provider_that_describes_itself_wrongly_is_not_gone_to(
    path: Path, site: lying.Provider, told: dict[str, Any], status: int
) -> None:
    site.told = told
    answer = visitor(path, site).get("/sign-in/through")
    assert answer.status_code == status and "cannot be asked" in answer.text and "Traceback" not in answer.text


def test_a_provider_that_is_not_there_gets_a_page_and_passwords_go_on(path: Path) -> None:
    who = client(path, provider=oidc.Provider("http://127.0.0.1:9", CLIENT, SECRET))
    answer = who.get("/sign-in/through")
    assert answer.status_code == 502 and "cannot be asked" in answer.text
    assert sign_in(who, "Olga").status_code == 303


def test_somebody_who_changed_their_mind_there_gets_a_page(path: Path, site: lying.Provider) -> None:
    who = visitor(path, site)
    state = parse_qs(urlsplit(there(who)).query)["state"][0]
    answer = who.get("/sign-in/back", params={"state": state, "error": "access_denied<script>"})
    assert answer.status_code == 403 and "access_denied&lt;script&gt;" in answer.text


def test_an_answer_of_another_provider_is_refused(path: Path, site: lying.Provider) -> None:
    who = visitor(path, site)
    answer = who.get(f"{there(who)}&iss=https://other.example")
    assert answer.status_code == 400 and "/token" not in site.asked


# an answer is good once, in the browser that asked


def test_an_answer_is_good_once(path: Path, site: lying.Provider) -> None:
    who = visitor(path, site)
    back = there(who)
    assert who.get(back).status_code == 303
    again = who.get(back)
    assert again.status_code == 400 and "over already" in again.text and site.asked.count("/token") == 1


def test_an_answer_in_another_browser_signs_nobody_in(path: Path, site: lying.Provider) -> None:
    eve, victim = visitor(path, site), visitor(path, site)
    victim.get("/sign-in")
    assert victim.get(there(eve)).status_code == 400
    assert victim.get("/review").headers["location"].startswith("/sign-in") and "/token" not in site.asked


@pytest.mark.parametrize("query", ["", "?state=", "?state=made-up&code=1", "?code=1", "?state=a&state=b&code=%00"])
def test_an_answer_to_nothing_signs_nobody_in(path: Path, site: lying.Provider, query: str) -> None:
    answer = visitor(path, site).get(f"/sign-in/back{query}")
    assert answer.status_code == 400 and "not begun here" in answer.text and site.asked == []


def test_an_answer_that_comes_late_signs_nobody_in(path: Path, site: lying.Provider) -> None:
    who = visitor(path, site)
    back = there(who)
    with sqlite3.connect(accounts.beside(path)) as file:
        file.execute("UPDATE begun SET time = '2025-01-01T00:00:00+00:00'")
    assert who.get(back).status_code == 400


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_coming_back_leads_to_no_other_site(path: Path, site: lying.Provider, to: str) -> None:
    assert through_it(visitor(path, site), to).headers["location"] == "/"


def test_after_fifty_failures_an_address_waits(path: Path, site: lying.Provider) -> None:
    who = visitor(path, site)
    assert [who.get("/sign-in/back?state=x").status_code for _ in range(51)] == [400] * 50 + [429]
    assert who.get("/sign-in/through").status_code == 429 and site.asked == []


def test_an_address_begins_only_so_many(path: Path, site: lying.Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(through, "BEGUN", 3)
    who = visitor(path, site)
    assert [who.get("/sign-in/through").status_code for _ in range(4)] == [303] * 3 + [429]


# whose account


def test_who_was_met_once_is_known_by_the_provider_s_name_for_them_alone(path: Path, site: lying.Provider) -> None:
    assert through_it(visitor(path, site)).status_code == 303
    site.person = {"sub": "1", "email": "ada.new@example.org", "email_verified": False}
    again = visitor(path, site)
    assert through_it(again).status_code == 303 and "Ada" in again.get("/").text


def test_an_address_that_came_to_somebody_else_lets_them_into_no_account(path: Path, site: lying.Provider) -> None:
    assert through_it(visitor(path, site)).status_code == 303
    site.person["sub"] = "2"
    answer = through_it(visitor(path, site))
    assert answer.status_code == 403 and "Somebody else" in answer.text


def test_an_address_may_come_from_what_the_provider_tells_apart(path: Path, site: lying.Provider) -> None:
    site.claims = dict.fromkeys(("email", "email_verified", "name"))
    site.userinfo = {**lying.ADA, "email_verified": "true"}
    assert through_it(visitor(path, site)).status_code == 303


def test_people_first_met_get_an_account_with_the_role_that_was_said(path: Path, site: lying.Provider) -> None:
    site.person = {"sub": "7", "email": "Bo@example.org", "email_verified": True, "name": "Bo  Ek"}
    bo = visitor(path, site, "reader")
    assert through_it(bo, "/").status_code == 303 and "Bo Ek" in bo.get("/").text
    assert bo.get("/review").status_code == 403
    assert Account("Bo Ek", "reader") in Accounts(path).all() and Accounts(path).emails()["Bo Ek"] == "bo@example.org"
    assert through_it(visitor(path, site, "reader")).status_code == 303 and len(Accounts(path).all()) == 3


@pytest.mark.parametrize(
    ("name", "given"), [("Ada", "Ada 2"), ("olga", "olga 2"), ("<b>", "bo"), ("", "bo"), (7, "bo")]
)
def test_nobody_gets_the_name_of_somebody_else(path: Path, site: lying.Provider, name: Any, given: str) -> None:
    site.person = {"sub": "7", "email": "bo@example.org", "email_verified": True, "name": name}
    assert through_it(visitor(path, site, "coder")).status_code == 303
    assert Account(given, "coder") in Accounts(path).all()


def test_the_name_of_a_removed_person_is_not_given_again(path: Path, site: lying.Provider) -> None:
    Accounts(path).add("Bo", "coder", PASSWORD, "test")
    Accounts(path).remove("Bo", "test")
    site.person = {"sub": "7", "email": "bo@example.org", "email_verified": True, "name": "Bo"}
    assert through_it(visitor(path, site, "reader")).status_code == 303
    assert [one.name for one in Accounts(path).all()] == ["Ada", "Bo 2", "Olga"]


def test_an_account_without_a_password_has_none_to_guess(path: Path, site: lying.Provider) -> None:
    assert sign_in(visitor(path, site), "Ada", "").status_code == 401
    assert sign_in(visitor(path, site), "Ada").status_code == 401


def test_another_address_signs_out_and_forgets_who_the_provider_knew(path: Path, site: lying.Provider) -> None:
    ada = visitor(path, site)
    assert through_it(ada).status_code == 303
    Accounts(path).email("Ada", "lovell@example.org", "test")
    assert ada.get("/review").status_code == 303 and through_it(ada).status_code == 403


def test_without_a_provider_its_addresses_lead_nowhere(path: Path) -> None:
    for address in ("/sign-in/through", "/sign-in/back?state=x&code=y"):
        assert client(path).get(address).status_code == 404
    assert "Sign in with" not in client(path).get("/sign-in").text


def test_without_accounts_nobody_becomes_the_first(path: Path, site: lying.Provider) -> None:
    who = visitor(path, site, "coder")
    accounts.beside(path).unlink()
    assert who.get("/sign-in/through").status_code == 404 and not Accounts(path).all()


def test_nothing_secret_is_in_logs_or_pages(path: Path, site: lying.Provider, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    site.answers["/token"] = (400, json.dumps({"error": "invalid_client", "error_description": "no"}).encode())
    who = visitor(path, site)
    answer = through_it(who)
    assert answer.status_code == 403 and "invalid_client" in caplog.text
    assert SECRET not in caplog.text + answer.text + repr(who.app.state.settings)  # type: ignore[attr-defined]


# in a browser, and through the shell


def test_signing_in_through_a_provider_in_a_browser(browser: Any, path: Path, site: lying.Provider) -> None:
    pages = app(path, provider=oidc.Provider(site.issuer, CLIENT, SECRET))
    with served(pages) as address:
        page = browser.new_context().new_page()
        page.goto(f"{address}/review")
        page.get_by_role("link", name="Sign in with").click()
        page.wait_for_url(f"{address}/review")
        assert "Ada" in page.locator("header").inner_text()
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url(f"{address}/sign-in")
        page.goto(f"{address}/review")
        assert page.url.startswith(f"{address}/sign-in")
        page.context.close()


def test_accounts_of_people_a_provider_knows_are_made_and_changed_through_the_shell(path: Path) -> None:
    added = run("accounts", "add", "Bo", "--email", "Bo@Example.org", "--role", "coder", ledger=path, given="")
    assert added.returncode == 0, added.stderr
    assert "Bo  coder  bo@example.org\n" in run("accounts", "list", ledger=path).stdout
    for words, says in (
        (("add", "Cy", "--email", "bo@example.org"), "Bo has the e-mail address"),
        (("add", "Cy", "--email", "nothing"), "is no e-mail address"),
        (("email", "Bo"), "--none to take it away"),
        (("email", "Nobody", "a@b.example"), "nobody is called"),
    ):
        done = run("accounts", *words, ledger=path, given="")
        assert done.returncode and says in done.stderr and "Traceback" not in done.stderr
    assert run("accounts", "email", "Bo", "ek@example.org", ledger=path).returncode == 0
    assert run("accounts", "email", "Bo", "--none", ledger=path).returncode == 0
    assert "Bo  coder\n" in run("accounts", "list", ledger=path).stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--oidc", "http://login.example", "--oidc-client", "x"), "begins with https://"),
        (("--oidc", "https://a:b@login.example", "--oidc-client", "x"), "begins with https://"),
        (("--oidc", "https://login.example"), "give --oidc-client"),
        (("--oidc-client", "x"), "--oidc ISSUER_URL"),
        (("--oidc", "https://login.example", "--oidc-client", "x", "--oidc-role", "owner"), "give reader or coder"),
        (("--oidc", "https://login.example", "--oidc-client", "x", "--oidc-secret-file", "/nowhere"), "cannot be read"),
        (("--oidc", "https://login.example", "--oidc-client", "x", "--oidc-secret-file", "/dev/null"), "it is empty"),
    ],
)
def test_a_provider_that_cannot_be_is_told_in_one_line(path: Path, words: tuple[str, ...], says: str) -> None:
    done = run("serve", *words, ledger=path)
    assert done.returncode == 2 and says in done.stderr and "Traceback" not in done.stderr


def test_a_provider_needs_a_ledger_with_accounts(tmp_path: Path) -> None:
    with told(tmp_path) as ledger:
        done = run("serve", "--oidc", "https://login.example", "--oidc-client", "x", ledger=ledger.path)
    assert done.returncode == 2 and "add an owner first" in done.stderr


@pytest.mark.parametrize("address", ["https://login.example/realm", "http://localhost:8080", "http://[::1]/"])
def test_an_address_over_https_or_on_this_machine_is_safe(address: str) -> None:
    assert oidc.safe(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://login.example",
        "http://10.0.0.1",
        "ftp://localhost",
        "//localhost",
        "https://",
        "https://a b",
        "https://a#b",
    ],
)
def test_any_other_address_is_not(address: str) -> None:
    assert not oidc.safe(address)
