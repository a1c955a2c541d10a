"""Screenshots of every page of the server at desk and telephone width, and of a marked report on a terminal, for the
documentation and for our own eyes.

    python scripts/screenshots.py                        examples/reports -> docs/screenshots/*.png
    python scripts/screenshots.py --ledger FILE --out DIR   of a ledger that is there already
    python scripts/screenshots.py --terminal             of the terminal only

Needs the development dependency playwright and a Chromium (Debian: apt-get install chromium).
"""

from __future__ import annotations

import argparse
import io
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
]
WIDTHS = (1280, 390)
COLUMNS = (80,)
TALLEST = 1100
"""Pixels of a page that are kept, so that pictures stay small."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--ledger", type=Path, help="a ledger [made from examples/reports]")
    options.add_argument("--out", type=Path, default=ROOT / "docs" / "screenshots")
    options.add_argument("--dark", action="store_true")
    options.add_argument("--terminal", action="store_true", help="only the marked report")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        given.out.mkdir(parents=True, exist_ok=True)
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            for columns in COLUMNS:
                page = _terminal(Path(scratch) / "terminal.html", columns, given.dark)
                shot(browser, page.resolve().as_uri(), given.out / f"mark-{columns}.png", columns * 9 + 40, given.dark)
            if not given.terminal:
                with _served(given.ledger or _read(Path(scratch))) as address:
                    for name, path in _pages(browser, address):
                        for width in WIDTHS:
                            shot(browser, address + path, given.out / f"{name}-{width}.png", width, given.dark)
            browser.close()


def shot(browser: Browser, address: str, out: Path, width: int, dark: bool = False) -> None:
    """One picture of a page, from its top down to TALLEST."""
    window = browser.new_page(viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light")
    window.goto(address)
    height = min(window.evaluate("document.documentElement.scrollHeight"), TALLEST)
    window.screenshot(path=out, clip={"x": 0, "y": 0, "width": width, "height": height}, full_page=True)
    window.close()


def _terminal(page: Path, columns: int, dark: bool) -> Path:
    """What `accordingto mark` shows of one example on a terminal, as a page."""
    from rich.console import Console
    from rich.terminal_theme import DEFAULT_TERMINAL_THEME, MONOKAI

    from accordingto import intake, mark

    console = Console(
        record=True, file=io.StringIO(), width=columns, force_terminal=True, color_system="truecolor", highlight=False
    )
    for report in intake.reports([ROOT / "examples" / "reports" / "larkfield-post-2025-03-05.html"]):
        if not isinstance(report, intake.Failure):
            mark.coloured(report, console)
    html = console.export_html(theme=MONOKAI if dark else DEFAULT_TERMINAL_THEME, inline_styles=True)
    page.write_text(html.replace('<pre style="', '<pre style="font-size: 15px; line-height: 1.35; '), "utf-8")
    return page


def _pages(browser: Browser, address: str) -> Iterator[tuple[str, str]]:
    """Every list, and of each kind of record the one that stands first in its list, of reports the longest."""
    window = browser.new_page()
    yield "index", "/"
    for name, kind in (("questions", "questions"), ("checks", "checks"), ("map", "places"), ("sources", "sources")):
        yield name, f"/{name}"
        window.goto(f"{address}/{name}")
        yield kind.rstrip("s"), window.get_attribute(f"main a[href^='/{kind}/'] >> nth=0", "href") or ""
    yield "reports", "/reports"
    told = window.request.get(f"{address}/reports.json").json()["reports"]
    yield "report", "/" + max(told, key=lambda report: report["figures"])["href"]
    yield "changes", "/changes"
    yield "search", "/search?q=killed"
    window.close()


@contextmanager
def _served(path: Path) -> Iterator[str]:
    """The address of a server of the ledger."""
    import uvicorn

    from accordingto.serve.app import create

    server = uvicorn.Server(uvicorn.Config(create(path), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


def _read(folder: Path) -> Path:
    """A ledger of the example reports."""
    from accordingto.ledger import Ledger

    with Ledger(folder / "examples.accordingto") as ledger:
        summary = ledger.read([ROOT / "examples" / "reports"])
        if summary.failed:
            raise SystemExit(f"not every example was read: {summary.failed}")
    return folder / "examples.accordingto"


if __name__ == "__main__":
    main()
