"""Screenshots of every page of the server at desk and telephone width, and of a marked report on a terminal, for the
documentation and for our own eyes.

    python scripts/screenshots.py                        examples/reports -> docs/screenshots/*.png
    python scripts/screenshots.py --ledger FILE --out DIR   of a ledger that is there already, without the review
    python scripts/screenshots.py --terminal             of the terminal only

Needs the development dependency playwright and a Chromium (Debian: apt-get install chromium).
"""

from __future__ import annotations

import argparse
import io
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from palette import paletted
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
]
WIDTHS = (1280, 390)
COLUMNS = 80
TALLEST = 1100
"""Pixels of a page that are kept, so that pictures stay small."""
ROOM = 20
"""Pixels above and below a part of a page."""
REVIEW = {
    "review": "/review",
    "review-next": "/review/next",
    "review-correct": "/review/next",
    "review-adjudicate": "/review/next?sample=pilot&work=adjudicate",
    "review-log": "/review/log",
    "review-lost": "/review/lost",
    "names": "/names",
    "add": "/add",
}
"""Pages for those who have signed in."""
KEYS = {"review-correct": "e"}
"""What is pressed before a picture is taken."""


@dataclass(frozen=True)
class Camera:
    """Takes pictures of pages into a folder."""

    browser: Browser
    out: Path
    dark: bool

    def room(self, width: int) -> BrowserContext:
        """A browser's window with cookies of its own."""
        size = {"width": width, "height": 800}
        return self.browser.new_context(viewport=size, color_scheme="dark" if self.dark else "light")  # type: ignore[arg-type]

    def take(self, window: Page, address: str, name: str, key: str | None = None, part: str | None = None) -> None:
        """A picture of a page from its top down to TALLEST, or of a part of it with what it folds away."""
        window.goto(address)
        if key:
            window.keyboard.press(key)
        size = window.viewport_size or {"width": 0}
        top, height = 0.0, window.evaluate("document.documentElement.scrollHeight")
        if part:
            window.locator(f"{part} details").evaluate("one => { one.open = true; }")
            box = window.locator(part).bounding_box() or {"y": 0, "height": 0}
            top, height = box["y"] - ROOM, box["height"] + 2 * ROOM
        clip = {"x": 0, "y": top, "width": size["width"], "height": min(height, TALLEST)}
        shot = window.screenshot(clip=clip, full_page=True)  # type: ignore[arg-type]
        plain = self.browser.new_page()
        (self.out / f"{name}.png").write_bytes(paletted(plain, shot))
        plain.close()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--ledger", type=Path, help="a ledger [made from examples/reports]")
    options.add_argument("--out", type=Path, default=ROOT / "docs" / "screenshots")
    options.add_argument("--dark", action="store_true")
    options.add_argument("--terminal", action="store_true", help="only the marked report")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as play:
        given.out.mkdir(parents=True, exist_ok=True)
        camera = Camera(
            play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS), given.out, given.dark
        )
        _terminal(camera, Path(scratch))
        if not given.terminal:
            path = given.ledger or _read(Path(scratch))
            _pages(camera, path)
            if not given.ledger:
                _decided(path)
                _review(camera, path)
        camera.browser.close()


def _terminal(camera: Camera, folder: Path) -> None:
    """What `accordingto mark` shows of one example on a terminal, as a page."""
    from rich.console import Console
    from rich.terminal_theme import DEFAULT_TERMINAL_THEME, MONOKAI

    from accordingto import intake, mark

    console = Console(
        record=True, file=io.StringIO(), width=COLUMNS, force_terminal=True, color_system="truecolor", highlight=False
    )
    for report in intake.reports([ROOT / "examples" / "reports" / "larkfield-post-2025-03-05.html"]):
        if not isinstance(report, intake.Failure):
            mark.coloured(report, console)
    html = console.export_html(theme=MONOKAI if camera.dark else DEFAULT_TERMINAL_THEME, inline_styles=True)
    page = folder / "terminal.html"
    page.write_text(html.replace('<pre style="', '<pre style="font-size: 15px; line-height: 1.35; '), "utf-8")
    room = camera.room(COLUMNS * 9 + 40)
    camera.take(room.new_page(), page.resolve().as_uri(), f"mark-{COLUMNS}")
    room.close()


def _pages(camera: Camera, path: Path) -> None:
    """The pages anybody sees."""
    from serving import app, served

    with served(app(path)) as address:
        pages = list(_addresses(camera.browser, address))
        for width in WIDTHS:
            room = camera.room(width)
            for name, page in pages:
                camera.take(room.new_page(), address + page, f"{name}-{width}")
            room.close()


def _addresses(browser: Browser, address: str) -> Iterator[tuple[str, str]]:
    """Every list, and of each kind of record the one that stands first in its list, of reports the longest."""
    window = browser.new_page()
    yield "index", "/"
    for name, kind in (("questions", "questions"), ("checks", "checks"), ("map", "places"), ("sources", "sources")):
        yield name, f"/{name}"
        window.goto(f"{address}/{name}")
        yield (
            kind.rstrip("s"),
            window.get_attribute(f"main tbody a[href^='/{kind}/'], article a[href^='/{kind}/']", "href") or "",
        )
    yield "reports", "/reports"
    told = window.request.get(f"{address}/reports.json").json()["reports"]
    yield "report", "/" + max(told, key=lambda report: report["figures"])["href"]
    yield "changes", "/changes"
    yield "search", "/search?q=killed"
    window.close()


def _review(camera: Camera, path: Path) -> None:
    """The pages of the review, of signing in and of adding a report, as an owner sees them."""
    from serving import PASSWORD, app, served

    from accordingto.accounts import Accounts

    for name, role in (("Ada", "owner"), ("Bo", "coder"), ("Cy", "adjudicator")):
        Accounts(path).add(name, role, PASSWORD, "Ada")
    with served(app(path)) as address:
        for width in WIDTHS:
            room = camera.room(width)
            window = room.new_page()
            camera.take(window, f"{address}/sign-in?to=/", f"sign-in-{width}")
            window.fill("[name=name]", "Ada")
            window.fill("[name=password]", PASSWORD)
            window.keyboard.press("Enter")
            window.wait_for_url(f"{address}/")
            for name, page in REVIEW.items():
                camera.take(window, address + page, f"{name}-{width}", KEYS.get(name))
            window.goto(f"{address}/questions?kind=killed")
            question = window.get_attribute("tbody a[href^='/questions/']", "href") or ""
            camera.take(window, address + question, f"review-question-{width}", part="#decided")
            room.close()


def _read(folder: Path) -> Path:
    """A ledger of the example reports."""
    from accordingto.ledger import Ledger

    with Ledger(folder / "examples.accordingto") as ledger:
        summary = ledger.read([ROOT / "examples" / "reports"])
        if summary.failed:
            raise SystemExit(f"not every example was read: {summary.failed}")
        ledger.discrepancies()
    return folder / "examples.accordingto"


def _decided(path: Path) -> None:
    """Have three people decide on some of it: openly, blind, and on what another reading does not find any more."""
    from accordingto.ledger import Ledger
    from accordingto.store import rows

    with Ledger(path) as ledger:
        of = {row.exact: row for row in ledger.entries()}
        ledger.review(of["19 bodies"].figure, "accept", "Ada", "heard on the radio as well")
        ledger.review(of["Three hundred of the wounded"].figure, "accept", "Bo", "a part of the 3,600 wounded")
        ledger.review(of["the 24 dead"].figure, "correct", "Ada", "as the agency's own table says", {"number": "24"})
        sum_ = of["4,000 casualties"]
        ledger.review(sum_.figure, "reject", "Bo", "the newspaper's own sum, nobody said it")
        report = ledger.report(sum_.report)
        claims = [
            replace(claim, figures=tuple(one for one in claim.figures if one.id != sum_.figure))
            for claim in ledger.claims(report.id)
        ]
        ledger._store.save([rows.rows(report, claims, "another reader")], again=True)
        ledger.reconcile()
        ledger.decisions.draw("pilot", 8, "Ada")
        for number, figure in enumerate(ledger.decisions.sampled("pilot")):
            ledger.review(figure, "accept", "Bo", sample="pilot")
            if number == 2:
                ledger.review(figure, "reject", "Cy", "the same figure as in the headline", sample="pilot")
            elif number == 5:
                ledger.review(figure, "correct", "Cy", correction={"time": "2025-06-15"}, sample="pilot")
            else:
                ledger.review(figure, "accept", "Cy", sample="pilot")


if __name__ == "__main__":
    main()
