"""Screenshots of the published site at desk and telephone width, and of a marked report on a terminal, for the
documentation and for our own eyes.

    python scripts/screenshots.py                        examples/reports -> docs/screenshots/*.png
    python scripts/screenshots.py --site DIR --out DIR   of a site that is there already
    python scripts/screenshots.py --terminal             of the terminal only

Needs the development dependency playwright and a Chromium (Debian: apt-get install chromium).
"""

from __future__ import annotations

import argparse
import io
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
]
WIDTHS = (1280, 390)
COLUMNS = (80,)
TALLEST = 1280
"""Pixels of a page that are kept, so that no picture grows past 300 KB."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--site", type=Path, help="a published site [made from examples/reports]")
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
                shot(browser, page, given.out / f"mark-{columns}.png", columns * 9 + 40, given.dark)
            for name, page in () if given.terminal else _pages(given.site or _published(Path(scratch))):
                for width in WIDTHS:
                    shot(browser, page, given.out / f"{name}-{width}.png", width, given.dark)
            browser.close()


def shot(browser: Browser, page: Path, out: Path, width: int, dark: bool = False) -> None:
    """One picture of a page, from its top down to TALLEST."""
    window = browser.new_page(viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light")
    window.goto(page.resolve().as_uri())
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


def _pages(site: Path) -> Iterator[tuple[str, Path]]:
    """The lists, and of questions and reports the richest page of each kind."""
    for name in ("index", "discrepancies", "sources", "reports"):
        yield name, site / f"{name}.html"
    for kind in ("questions", "reports"):
        pages = sorted((site / kind).glob("*.html"), key=lambda page: (-page.stat().st_size, page.name))
        if pages:
            yield kind.rstrip("s"), pages[0]


def _published(folder: Path) -> Path:
    """The site of the example reports."""
    from accordingto.ledger import Ledger

    with Ledger(folder / "examples.accordingto") as ledger:
        summary = ledger.read([ROOT / "examples" / "reports"])
        if summary.failed:
            raise SystemExit(f"not every example was read: {summary.failed}")
        ledger.publish(folder / "site")
    return folder / "site"


if __name__ == "__main__":
    main()
