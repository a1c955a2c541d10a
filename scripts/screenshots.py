"""Screenshots of the published site at desk and telephone width, for the documentation and for our own eyes.

    python scripts/screenshots.py                        examples/reports -> docs/screenshots/*.png
    python scripts/screenshots.py --site DIR --out DIR   of a site that is there already

Needs the development dependency playwright and a Chromium (Debian: apt-get install chromium).
"""

from __future__ import annotations

import argparse
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
TALLEST = 1280
"""Pixels of a page that are kept, so that no picture grows past 300 KB."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--site", type=Path, help="a published site [made from examples/reports]")
    options.add_argument("--out", type=Path, default=ROOT / "docs" / "screenshots")
    options.add_argument("--dark", action="store_true")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        site = given.site or _published(Path(scratch))
        given.out.mkdir(parents=True, exist_ok=True)
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            for name, page in _pages(site):
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
