"""How long the server takes for each page of a large ledger, and a browser to show it.

    python bench/pages.py [FIGURES] [--ledger FILE]    a ledger made by machine [100,000], kept when FILE is given
    python bench/pages.py --ledger FILE --browser      the same pages in Debian's Chromium, and the keys of the review

Each page is asked for five times after once; the middle time at the server is printed, with the first one beside it
(some things are worked out once for each state of a ledger). The aim is 300 ms. In the browser, milliseconds from the
request until its first byte, until it can be used (DOM interactive), until something is seen (first contentful
paint), middle of three; the aim is 1 s. A key of the review is done when the next figure can be used: 100 ms at the
server (bench/review.py). The review's keys decide: give a copy.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from ledgers import World, fill
from starlette.testclient import TestClient

from accordingto.ledger import Ledger
from accordingto.serve.command import assembled
from accordingto.serve.settings import Settings

AIM, SHOWN = 300.0, 1000.0
TIMES, LOOKS = 5, 3
KEYS = ("a", "x", "u", "Space", "Backspace")
PAINTED = "performance.getEntriesByName('first-contentful-paint').length > 0"
TIMING = """(() => {
  const page = performance.getEntriesByType("navigation")[0];
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return [page.responseStart, page.domInteractive, paint.startTime];
})()"""


def addresses(get: Callable[[str], Any]) -> Iterator[str]:
    """Every kind of page, those of the largest records."""
    yield from ("/", "/questions", "/questions?page=20", "/questions?kind=killed", "/checks", "/checks?page=5")
    yield from ("/map", "/sources", "/reports", "/reports?page=50", "/changes", "/changes?page=50", "/search")
    yield from ("/search?q=people", "/search?q=market", "/search?q=governor&kind=killed")
    for name, rows in (
        ("questions", "questions"),
        ("checks", "discrepancies"),
        ("sources", "sources"),
        ("map", "places"),
        ("reports", "reports"),
    ):
        yield f"/{get(f'/{name}.json').json()[rows][0]['href']}"
    yield from ("/add", "/names", "/review", urlsplit(str(get("/review/next").url)).path)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("figures", type=int, nargs="?", default=100_000)
    options.add_argument("--ledger", type=Path)
    options.add_argument("--browser", action="store_true")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        path = given.ledger or Path(scratch) / "pages.accordingto"
        if not path.exists():
            began = time.perf_counter()
            fill(str(path), World(given.figures))
            with Ledger(path) as ledger:
                ledger.discrepancies()
                ledger.names.look()
            print(f"ledger of {given.figures:,} figures made, laid and checked in {time.perf_counter() - began:.0f} s")
        if given.browser:
            return browse(path)
        client = TestClient(assembled(path, Settings()), base_url="http://127.0.0.1")
        began = time.perf_counter()
        client.app.state.room.warm()  # type: ignore[attr-defined]
        print(f"{time.perf_counter() - began:.1f} s to work out what pages need of the whole ledger")
        return show(client)


def show(client: TestClient) -> int:
    """Print the times at the server; 1 when a page is beyond the aim."""
    slow = 0
    print(f"{'first':>8} {'then':>8}  {'bytes':>9}  page")
    for address in (*addresses(client.get), "/changes.atom"):
        took = [ask(client, address) for _ in range(TIMES + 1)]
        then = median(spent for spent, _ in took[1:])
        slow += then > AIM
        print(f"{took[0][0]:5.0f} ms {then:5.0f} ms  {took[0][1]:9,}  {address}{'  beyond' * (then > AIM)}")
    return bool(slow)


def ask(client: TestClient, address: str) -> tuple[float, int]:
    """Milliseconds, and bytes."""
    began = time.perf_counter()
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code, answer.text[:500])
    return (time.perf_counter() - began) * 1000, len(answer.content)


def browse(path: Path) -> int:
    """Print the times in a browser; 1 when a page is beyond the aim."""
    slow = 0
    with served(path) as base, tab() as page:
        began = time.perf_counter()
        pages = list(addresses(lambda address: page.request.get(base + address, timeout=600_000)))
        print(
            f"{time.perf_counter() - began:.1f} s for the first look at the largest records of a server that just began"
        )
        print(f"{'byte':>7} {'usable':>7} {'seen':>7}  page")
        for address in pages:
            looks = [look(page, base + address) for _ in range(LOOKS)]
            byte, usable, seen = (median(one[part] for one in looks) for part in range(3))
            slow += max(usable, seen) > SHOWN
            print(f"{byte:7.0f} {usable:7.0f} {seen:7.0f}  {address}{'  beyond' * (max(usable, seen) > SHOWN)}")
        page.goto(f"{base}/review/next")
        for key in KEYS:
            print(
                f"{median(press(page, key) for _ in range(LOOKS)):23.0f}  the key {key.lower()}, until the next figure"
            )
    return bool(slow)


def look(page: Any, address: str) -> list[float]:
    page.goto(address, wait_until="load")
    page.wait_for_function(PAINTED, timeout=20_000)
    found: list[float] = page.evaluate(TIMING)
    return found


def press(page: Any, key: str) -> float:
    """Milliseconds from a key of the review until the next page takes keys."""
    began = time.perf_counter()
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.keyboard.press(key)
    return (time.perf_counter() - began) * 1000


@contextmanager
def served(path: Path) -> Iterator[str]:
    """The address of a server, as the shell starts it."""
    given = [sys.executable, "-m", "accordingto", "serve", "--ledger", str(path), "--port", "0"]
    with subprocess.Popen(given, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        try:
            yield next(line for line in server.stderr if line.startswith("http")).split("/ ")[0]
        finally:
            server.terminate()


@contextmanager
def tab() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium.new_context(bypass_csp=True).new_page()
        chromium.close()


if __name__ == "__main__":
    sys.exit(main())
