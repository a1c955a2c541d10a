"""A static site of the ledger: plain pages without scripts, each with a .json twin, that any host or folder can serve.

    index.html               contradictions first, then the questions: low, best, high, origins, reports
    questions/<id>.html      the answer, what each origin says, every figure given
    reports/<id>.html        the text with its marks, the claims beside it
    discrepancies.html sources.html reports.html (…-2.html when they are long)
    claims.jsonl figures.csv the ledger's exchange formats
    style.css

The same ledger gives the same bytes. Names of people at risk are withheld (masking.py). Everything is written into
a folder beside the pages first and moved into place at the end, so that a failure leaves the old site as it was;
only files this module wrote before are ever removed.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ..errors import InputError
from ..mark import printable
from ..records import Report
from . import chart, jsonl, marked, table, wording
from .masking import OPEN, Mask
from .views import View, Views, file, page

if TYPE_CHECKING:
    from ..ledger import Ledger

OURS = ".accordingto-site.json"
"""The list of files a site consists of; its presence marks a folder as ours."""
STAGE = ".accordingto-new"
LONG = 200
"""Rows on one page of a list."""
HEADING = 140
"""Characters of the longest first line that is taken for a heading."""
WIDE, NARROW = (720, 300), (340, 240)
"""Width and height of the chart on a wide and on a narrow screen."""


def write(ledger: Ledger, directory: str | Path, unmask: bool = False) -> None:
    """Write the site into a folder that is new, empty or held one before. Raises InputError for any other folder."""
    target = Path(directory)
    with _stage(target) as folder:
        site = _Site(folder)
        mask = OPEN if unmask else Mask.of(ledger)
        reports = _reports(ledger, site, mask)
        views = _views(ledger, mask, reports)
        _lists(site, views, reports)
        for answer in views.answers:
            charts = [Markup(views.chart(answer, *size)) for size in (WIDE, NARROW)]
            site.page(f"questions/{file(answer.question.id)}", "question.html", views.question(answer), charts=charts)
        _figures(ledger, site, mask)
        site.put("style.css", files(__package__).joinpath("templates/style.css").read_text("utf-8"))


class _Site:
    """The folder the pages are written into, and the templates they are made with."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.templates = Environment(
            loader=PackageLoader("accordingto.publish"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            finalize=_shown,
        )
        self.templates.filters |= {
            "day": wording.day,
            "time": wording.time,
            "number": wording.number,
            "dated": wording.dated,
            "kind": wording.kind,
        }
        self.templates.globals |= {
            "many": wording.many,
            "said": wording.said,
            "strip": lambda line: Markup(chart.strip(line["low"], line["best"], line["high"])),
            "file": file,
            "external": external,
        }

    def page(self, name: str, template: str, view: View, **extra: Any) -> None:
        """Write `name`.html and, unless it has one, its twin `name`.json."""
        root = "../" * name.count("/")
        twin = f"{Path(name).name}.json"
        words = self.templates.get_template(template).render(view=view, root=root, twin=twin, **extra)
        self.put(f"{name}.html", words)
        self.put(f"{name}.json", json.dumps(view, ensure_ascii=False, separators=(",", ":")) + "\n")

    def put(self, name: str, words: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(words.encode("utf-8", "replace"))


def heading(report: Report) -> str:
    """The title of a report; without one its first line, as plain text has it, or else its name."""
    first = report.text.lstrip().partition("\n")[0].strip()
    return report.title or (first if 0 < len(first) <= HEADING else report.name)


def external(url: str | None) -> str | None:
    """The address when a browser may be sent there (http or https), else None."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def _shown(value: Any) -> Any:
    """What a template prints for a value: nothing for None, no characters that steer the line."""
    if value is None:
        return ""
    return printable(value) if type(value) is str else value


def _reports(ledger: Ledger, site: _Site, mask: Mask) -> list[View]:
    """Write the page of every report and claims.jsonl; what the list of reports says of each."""
    asked = jsonl.questions_of(ledger)
    reviews = jsonl.reviews_of(ledger)
    labels = {question.id: mask.text(question.label) for question in ledger.questions()}
    lines: list[View] = []
    with (site.folder / "claims.jsonl").open("w", encoding="utf-8", errors="replace", newline="\n") as out:
        for report in ledger.reports():
            seen = mask.report(report)
            rows = [
                jsonl.claim(one, report, asked, reviews.get(one.id, ()), mask, seen) for one in ledger.claims(report.id)
            ]
            jsonl.put(rows, seen, out)
            lines.append(_report(site, report, seen, rows, labels))
    return lines


def _report(site: _Site, report: Report, seen: Report, rows: list[View], labels: dict[str, str]) -> View:
    about = jsonl.about(report, seen=seen)
    claims = [{key: value for key, value in row.items() if key != "report"} for row in rows]
    asked = dict.fromkeys(figure["question"] for claim in claims for figure in claim["figures"])
    questions = {id: labels[id] for id in asked if id in labels}
    about |= {"heading": heading(seen)}
    view = {**about, "text": seen.text, "claims": claims, "questions": questions}
    site.page(f"reports/{file(report.id)}", "report.html", view, paragraphs=marked.paragraphs(seen.text, claims))
    figures = sum(len(claim["figures"]) for claim in claims)
    return {**about, "href": f"reports/{file(report.id)}.html", "claims": len(claims), "figures": figures}


def _views(ledger: Ledger, mask: Mask, reports: Sequence[View]) -> Views:
    entries = {entry.figure: entry for entry in ledger.entries()}
    titles = {report["id"]: report["heading"] for report in reports}
    answers, found = ledger.ask(""), ledger.discrepancies()
    counts = {
        "reports": len(reports),
        "claims": sum(report["claims"] for report in reports),
        "figures": len(entries),
        "origins": len({stand.origin.id for answer in answers for stand in answer.stands}),
        "questions": len(answers),
        "discrepancies": len(found),
    }
    return Views(answers, found, entries, titles, mask, counts, LONG)


def _lists(site: _Site, views: Views, reports: Sequence[View]) -> None:
    index = views.index()
    questions = index["questions"]
    site.page("index", "index.html", {**index, "questions": questions[: views.long]}, more=len(questions) > views.long)
    found = [views.discrepancy(one) for one in views.discrepancies]
    newest = sorted(reports, key=lambda report: report["published"] or "", reverse=True)
    lists = {"discrepancies": found, "sources": views.sources(), "reports": newest}
    if len(questions) > views.long:
        lists["questions"] = questions
    for name, rows in lists.items():
        _list(site, name, rows, views.long)


def _list(site: _Site, name: str, rows: Sequence[View], long: int) -> None:
    """A list in pages of `long` rows: name.html, name-2.html …"""
    pages = [rows[first : first + long] for first in range(0, len(rows), long)] or [[]]
    names = [page(name, number) for number in range(len(pages))]
    for called, shown in zip(names, pages, strict=True):
        view = {"total": len(rows), "pages": [f"{one}.html" for one in names], name: list(shown)}
        site.page(called, f"{name}.html", view, here=f"{called}.html")


def _figures(ledger: Ledger, site: _Site, mask: Mask) -> None:
    with (site.folder / "figures.csv").open("w", encoding="utf-8", errors="replace", newline="") as out:
        table.rows(ledger, out, mask)


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
