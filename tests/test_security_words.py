"""Words of others that would be scripts: in a browser, on every page of a server and of a published site."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from serving import PASSWORD, app, client, first, served, team, token
from telling import figure, report, source, story, told, words

from accordingto.accounts import Accounts
from accordingto.ledger import Ledger
from accordingto.records import Claim, Report, Where

MARK = "window.taken = 1"
ATTACKS = [
    f"<script>{MARK}</script></title></style></textarea></script><script>{MARK}</script>",
    f'<img src="x" onerror="{MARK}"><svg onload="{MARK}"><svg><script>{MARK}</script></svg>"><svg/onload=\'{MARK}\'>',
    f"' onmouseover='{MARK}' onfocus='{MARK}' autofocus='",
    f"javascript:{MARK}//https:// [a](javascript:{MARK}) <a href=javascript:{MARK}>b</a>",
    "{{ 191 * 7 * 7 }}{% if 1 %}${191*7*7}#{191*7*7}<%= 191*7*7 %><style>@import 'https://evil.example/';</style>",
    f"<iframe srcdoc='<script>parent.{MARK}</script>'></iframe><object data='data:text/html,x'></object>"
    "<meta http-equiv=refresh content='0;url=https://evil.example/'><base href=https://evil.example/>"
    f"--></script><math><mtext><mglyph><style><img src onerror={MARK}></style></mglyph></mtext></math>",
]
"""Each would say so in the page, or load from elsewhere, where it ran; 191 times 49 is 9359."""
FOUND = """() => {
    const strange = "script:not([src]), style, img, iframe, object, embed, base, meta[http-equiv=refresh]";
    const leads = /^(href|src|action|formaction|xlink:href|data)$/i, runs = /^\\s*(javascript|data|vbscript):/i;
    const bad = (one) => /^(on.*|style|srcdoc)$/i.test(one.name) || (leads.test(one.name) && runs.test(one.value));
    return [
        ...(window.taken ? ["ran"] : []),
        ...(document.body.innerText.includes("9359") ? ["template"] : []),
        ...[...document.querySelectorAll(strange)].map((one) => one.outerHTML.slice(0, 100)),
        ...[...document.querySelectorAll("*")].flatMap((one) => [...one.attributes]).filter(bad)
            .map((one) => `${one.name}=${one.value.slice(0, 80)}`),
    ];
}"""
"""What a page holds that none of ours should."""


def attacking(number: int, attack: str) -> tuple[Report, list[Claim]]:
    """A report that attacks wherever words of others are shown."""
    text = f"Up to {70 + number} people were killed in Halvena, {attack} said. “{attack}”"
    held = report(
        text, f"2025-07-{number + 1:02}", f"Outlet {attack}", attack, url=attack, name=f"{attack}.html", byline=attack
    )
    link = source(held, f"{attack} {number}", attack, "said", hedge=attack, role=attack)
    toll = figure(held, f"Up to {70 + number} people", None, 70 + number, "killed", qualifier=attack, counted=attack)
    placed = replace(toll, where=Where(attack, country="UA", lat=48.0 + number, lon=30.0, precision=1))
    claim = Claim(
        words(held, f"Up to {70 + number} people were killed"), (link,), "indirect", figures=(placed,), doubts=(attack,)
    )
    return held, [claim]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger whose reports attack, some of them as files that people sent."""
    reports = [*story(), *(attacking(number, attack) for number, attack in enumerate(ATTACKS))]
    with told(tmp_path_factory.mktemp("attacked"), reports) as ledger:
        ledger.reconcile()
        path = ledger.path
    visitor = client(path)
    for number, attack in enumerate(ATTACKS):
        page = (
            f'<html><head><title>{attack}</title><meta name=author content="{attack}"></head><body><article>'
            f"<p>Nine people were killed in Halvena, {attack} said on Monday.</p>{attack}</article></body></html>"
        )
        form = {"how": "file", "token": token(visitor.get("/add").text)}
        fields = {"text": f"Eight people were killed, {attack} said.", "title": attack, "publisher": attack}
        file = {"file": (f"{attack}.html", page.encode())} if number % 2 else None
        sent = visitor.post("/add", data=form if file else {**form, **fields, "how": "text"}, files=file)
        assert sent.status_code == 303, sent.text
    return path


@contextmanager
def window(browser: Any, base: str) -> Iterator[tuple[Any, list[str]]]:
    """A window, and what happened in it that should not."""
    context = browser.new_context()
    page, seen = context.new_page(), list[str]()
    page.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda said: seen.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(base) else seen.append(asked.url))
    yield page, seen
    context.close()


def addresses(path: Path) -> list[str]:
    """Every kind of page, and all of those that hold an attack."""
    visitor, found = client(path), ["/", "/questions", "/checks", "/sources", "/reports", "/map", "/changes"]
    lists = {
        "questions": "questions",
        "reports": "reports",
        "sources": "sources",
        "checks": "discrepancies",
        "map": "places",
    }
    for name, rows in lists.items():
        found += [f"/{row['href']}" for row in visitor.get(f"/{name}.json").json()[rows]]
    originals = (f"{one}/original" for one in found if one.startswith("/reports/"))
    found += [one for one in originals if "text/plain" in visitor.get(one).headers["content-type"]]
    found += ["/review", "/review/next", "/names", "/add", "/search?q=killed", "/changes?since=2025-01-01"]
    asked = (
        "/search?q={}",
        "/search?q=a&outlet={}",
        "/search?since={}",
        "/questions?kind={}",
        "/questions/{}",
        "/{}",
        "/review?words={}",
    )
    more = ("/review/next?words={}", "/review/done?words={}", "/sign-in?to={}", "/changes?since={}", "/reports?page={}")
    return found + [one.format(quote(attack, safe="")) for one in (*asked, *more) for attack in ATTACKS[::2]]


def test_no_page_of_the_server_runs_what_others_wrote(browser: Any, path: Path) -> None:
    with served(app(path)) as base, window(browser, base) as (page, seen):
        for address in addresses(path):
            page.goto(base + address)
            if address.endswith("/original"):
                assert page.evaluate("[document.contentType, window.taken]") == ["text/plain", None], address
                continue
            assert (seen, page.evaluate(FOUND)) == ([], []), address


def test_no_figure_in_the_review_runs_what_others_wrote(browser: Any, path: Path) -> None:
    figures, at = [], first(client(path))
    while at not in figures and not at.endswith("done"):
        figures.append(at)
        at = client(path).get(f"/review/next?after={at.rpartition('/')[2]}").headers["location"]
    assert len(figures) > len(ATTACKS)
    with served(app(path)) as base, window(browser, base) as (page, seen):
        for address in figures:
            page.goto(base + address)
            assert (seen, page.evaluate(FOUND)) == ([], []), address


def test_no_page_of_a_published_site_runs_what_others_wrote(browser: Any, path: Path, tmp_path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.publish(tmp_path / "site")
    handler = partial(
        type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None}), directory=tmp_path / "site"
    )
    pages = sorted(one.relative_to(tmp_path / "site").as_posix() for one in (tmp_path / "site").rglob("*.html"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_address[1]}"
        with window(browser, base) as (page, seen):
            for name in [
                *pages,
                *(f"search.html?q={quote(attack, safe='')}" for attack in (*ATTACKS, "killed", "script")),
            ]:
                page.goto(f"{base}/{name}")
                assert (seen, page.evaluate(FOUND)) == ([], []), name
        server.shutdown()
    assert len(pages) > 30


def test_what_was_written_into_a_form_that_comes_back_does_not_run(browser: Any, path: Path, tmp_path: Path) -> None:
    with told(tmp_path) as ledger:
        ledger.reconcile()
    team(ledger.path, Ada="coder")
    with served(app(ledger.path)) as base, window(browser, base) as (page, seen):
        for attack in ("".join(ATTACKS[start::2]) for start in range(2)):
            page.goto(f"{base}/sign-in?to=/add")
            page.fill("[name=name]", "Ada")
            page.fill("[name=password]", PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url(f"{base}/add")
            page.fill("[name=text]", f"{attack} killed nine")
            page.fill("[name=title]", attack)
            page.fill("[name=published]", attack[:40])
            page.evaluate("document.querySelector('[name=text]').form.requestSubmit()")
            page.wait_for_selector("[role=alert]")
            assert (seen, page.evaluate(FOUND)) == ([], []), attack
            Accounts(ledger.path).change("Ada", "test", role="coder")  # signs her out everywhere
            page.evaluate("document.querySelector('[name=text]').form.requestSubmit()")
            page.wait_for_selector("text=Send it again")
            assert (seen, page.evaluate(FOUND)) == ([], []), attack
