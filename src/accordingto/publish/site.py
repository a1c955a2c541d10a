"""A static site of the ledger: the same pages as the server's, as files that any host or folder can serve.

    index.html               contradictions first, then the questions: low, best, high, origins, reports
    questions/<id>.html      the answer, what each origin says, every figure given
    reports/<id>.html        the text with its marks, the claims beside it
    checks.html sources.html reports.html questions.html (…-2.html when they are long)
    claims.jsonl figures.csv the ledger's exchange formats
    search.html              searches search-index.js with search.js, the only script
    changes.atom             what changed, as a feed
    style.css

Every page has a .json twin. The same ledger gives the same bytes. Names of people at risk are withheld (masking.py).
Everything is written into a folder beside the pages first and moved into place at the end, so that a failure leaves
the old site as it was; only files this module wrote before are ever removed.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import InputError
from . import basemap, feed, jsonl, table
from .masking import OPEN, Mask
from .naming import file
from .pages import Pages
from .state import State
from .templating import environment, twin
from .views import View

if TYPE_CHECKING:
    from ..ledger import Ledger

OURS = ".accordingto-site.json"
"""The list of files a site consists of; its presence marks a folder as ours."""
STAGE = ".accordingto-new"
LONG = 200
"""Rows on one page of a list."""


def write(ledger: Ledger, directory: str | Path, unmask: bool = False, boundaries: str = basemap.RECOGNISED) -> None:
    """Write the site into a folder that is new, empty or held one before; `boundaries`: which the maps draw. Raises
    InputError for any other folder, and for boundaries that are not known."""
    basemap.policy(boundaries)
    target = Path(directory)
    with _stage(target) as folder:
        site = _Site(folder, boundaries)
        state = State.of(ledger, OPEN if unmask else Mask.of(ledger))
        pages = Pages(ledger, state, LONG)
        _records(site, pages)
        _lists(site, pages)
        _tables(ledger, site, state.mask)
        for name in ("style.css", "search.js"):
            site.put(name, files(__package__).joinpath(f"templates/{name}").read_text("utf-8"))


class _Site:
    """The folder the pages are written into, and the templates they are made with."""

    def __init__(self, folder: Path, boundaries: str) -> None:
        self.folder = folder
        self.templates = environment(policy=boundaries)

    def page(self, path: str, template: str, view: View, **extra: Any) -> None:
        """Write a page, and its twin `path`.json."""
        root = "../" * path.count("/")
        words = self.templates.get_template(template).render(
            view=view,
            to=lambda goal, **given: root + named(goal, **given),
            asset=lambda name: root + name,
            data=lambda name: root + name,
            twin=f"{Path(path).name}.json",
            **extra,
        )
        self.put(f"{path}.html", words)
        self.put(f"{path}.json", twin(view))

    def feed(self, view: View) -> None:
        words = self.templates.get_template("changes.atom").render(view=view, to=named, data=str)
        self.put("changes.atom", feed.clean(words))

    def put(self, name: str, words: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(words.encode("utf-8", "replace"))


def named(path: str, page: int = 1, **_: object) -> str:
    """The file of a page, from the top of the site."""
    path, mark, anchor = path.partition("#")
    return f"{path or 'index'}{f'-{page}' if page > 1 else ''}.html{mark}{anchor}"


def _records(site: _Site, pages: Pages) -> None:
    """A page for every question, report and contradiction."""
    for question in pages.ledger.questions():
        answer = pages.answer(question.id)
        _list(site, f"questions/{file(question.id)}", "question.html", partial(pages.question, answer))
        site.put(f"questions/{file(question.id)}.csv", pages.table(question))
    for report in pages.ledger.reports():
        view = pages.report(report.id)
        site.page(f"reports/{file(report.id)}", "report.html", view, paragraphs=pages.paragraphs(view))
    for found in pages.state.discrepancies:
        site.page(f"checks/{file(found.id)}", "check.html", pages.check(found.id))


def _lists(site: _Site, pages: Pages) -> None:
    site.page("index", "index.html", pages.home())
    site.page("map", "map.html", pages.places())
    site.page("search", "search.html", {"asked": {"q": ""}})
    site.put("search-index.js", f"window.accordingtoIndex = {_index(pages)};\n")
    _list(site, "changes", "changes.html", partial(pages.changes, None))
    site.feed(pages.feed())
    for id in pages.state.places(pages.ledger):
        _list(site, f"places/{id}", "place.html", partial(pages.place, id))
    for name, leaf in (("questions", pages.questions), ("checks", pages.checks), ("reports", pages.reports)):
        _list(site, name, f"{name}.html", leaf)
    _list(site, "sources", "sources.html", pages.sources)
    for id in pages.state.sources(pages.ledger):
        _list(site, f"sources/{id}", "source.html", partial(pages.source, id))


def _list(site: _Site, name: str, template: str, leaf: Callable[[int], View]) -> None:
    """A list in pages: name.html, name-2.html …"""
    number = last = 1
    while number <= last:
        view = leaf(number)
        last = view["pages"]
        site.page(named(name, number).removesuffix(".html"), template, view)
        number += 1


def _index(pages: Pages) -> str:
    """What search.js looks through: kind, words, more words and address of every question, report and claim."""
    rows = [["question", line["label"], "", named(line["href"])] for line in _all(pages.questions, "questions")]
    rows += [
        ["report", line["heading"], line["publisher"], named(line["href"])] for line in _all(pages.reports, "reports")
    ]
    rows += [["source", line["name"], "", named(line["href"])] for line in _all(pages.sources, "sources")]
    rows += [
        ["claim", claim["content"]["exact"], ", ".join([report["publisher"] or report["name"], *names]), named(where)]
        for report in map(pages.report, [report.id for report in pages.ledger.reports()])
        for claim in report["claims"]
        for names in [[link["name"] for link in claim["chain"]]]
        for where in [f"{report['href']}#t-{claim['id']}"]
    ]
    return json.dumps(rows, ensure_ascii=True, separators=(",", ":"))


def _all(leaf: Callable[[int], View], name: str) -> Iterator[View]:
    """The rows of all pages of a list."""
    first = leaf(1)
    yield from first[name]
    for number in range(2, first["pages"] + 1):
        yield from leaf(number)[name]


def _tables(ledger: Ledger, site: _Site, mask: Mask) -> None:
    with (site.folder / "figures.csv").open("w", encoding="utf-8", errors="replace", newline="") as out:
        table.rows(ledger, out, mask)
    with (site.folder / "claims.jsonl").open("w", encoding="utf-8", errors="replace", newline="\n") as out:
        jsonl.lines(ledger, out, mask)


@contextmanager
def _stage(target: Path) -> Iterator[Path]:
    """A folder to write the site into; its files take the place of the old ones when all went well."""
    before = _before(target)
    stage = target / STAGE
    try:
        target.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir()
        yield stage
        _settle(target, stage, before)
    except OSError as error:
        raise InputError(
            f"{target}: cannot write the site ({error.strerror or error}); give a folder that can be written"
        ) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _before(target: Path) -> list[str]:
    """The files of the site that stands there. Raises InputError when the folder holds anything else."""
    if target.exists() and not target.is_dir():
        raise InputError(f"{target} is a file; give a folder that is new, empty or held a site of this ledger before")
    held = sorted(path.name for path in target.iterdir() if path.name != STAGE) if target.exists() else []
    if not held:
        return []
    try:
        listed = json.loads((target / OURS).read_text("utf-8"))["files"]
        return [name for name in listed if isinstance(name, str)]
    except (OSError, ValueError, KeyError, TypeError):
        shown = ", ".join(held[:3]) + (" …" if len(held) > 3 else "")
        raise InputError(
            f"{target} holds files that are not a site of ours ({shown}); give a folder that is new or empty"
        ) from None


def _settle(target: Path, stage: Path, before: Sequence[str]) -> None:
    """Move the new files into place, the front page last, and remove what only the old site had."""
    made = sorted(path.relative_to(stage).as_posix() for path in stage.rglob("*") if path.is_file())
    kept = sorted({*made, *before})
    (stage / OURS).write_text(json.dumps({"made by": "accordingto publish", "files": kept}, indent=0) + "\n", "utf-8")
    os.replace(stage / OURS, target / OURS)
    for name in sorted(made, key=lambda name: (name == "index.html", name)):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(stage / name, target / name)
    for name in set(before) - set(made):
        _remove(target, name)
    (target / OURS).write_text(json.dumps({"made by": "accordingto publish", "files": made}, indent=0) + "\n", "utf-8")


def _remove(target: Path, name: str) -> None:
    """Remove a file of the old site; never one outside its folder."""
    path = target / name
    if path.is_file() and path.resolve().is_relative_to(target.resolve()):
        path.unlink()
