"""The templates of all pages, those of the static site and those of the server: what they know and how they link.

A page is rendered with `view` (plain values, the same as its .json twin), `to` (a Linker: path of a page -> address),
`twin` (the address of the page's JSON) and `asset` (name of a file beside the pages -> address). Paths have no ending
and lead from the top: "questions/<id>", "" for the front page. Everything is escaped; a value that is None prints as
nothing, and characters that steer the line are not printed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ..mark import printable
from ..records import Report
from . import basemap, chart, spark, wording
from .naming import file, source

Linker = Callable[..., str]
"""Path of a page, with parameters (`page` a number from 1, others words) -> address."""
NAVIGATION = (
    ("", "Questions"),
    ("checks", "Contradictions"),
    ("map", "Map"),
    ("sources", "Sources"),
    ("reports", "Reports"),
    ("changes", "What changed"),
    ("search", "Search"),
)
"""Paths and words of the pages in the navigation, in their order."""
HEADING = 140
"""Characters of the longest first line that is taken for a heading."""


def environment(*more: str, policy: str = basemap.RECOGNISED) -> Environment:
    """The templates of this package, and of further packages before them; `policy`: the boundaries of maps."""
    loaders: list[BaseLoader] = [PackageLoader(name) for name in (*more, "accordingto.publish")]
    made = Environment(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=_shown,
    )
    made.filters |= {
        "day": wording.day,
        "time": wording.time,
        "number": wording.number,
        "dated": wording.dated,
        "kind": wording.kind,
        "capital": wording.capital,
    }
    made.globals |= {
        "many": wording.many,
        "said": wording.said,
        "strip": lambda line: Markup(spark.strip(line["low"], line["best"], line["high"])),
        "chart": lambda view, to, width, height: Markup(chart.question(view, to, width, height)),
        "timeline": lambda view, to, width, height: Markup(chart.source(view, to, width, height)),
        "colour": chart.colour,
        "named_lines": chart.NAMED,
        "spark": lambda course: Markup(spark.course(course)),
        "basemap": lambda places, width, height, to=None: Markup(basemap.draw(places, width, height, policy, to)),
        "boundaries": basemap.policy(policy),
        "file": file,
        "source_id": source,
        "external": external,
        "leaves": leaves,
        "navigation": list(NAVIGATION),
        "live": False,
        "notices": (),
    }
    return made


def twin(view: Any) -> str:
    """The JSON twin of a page."""
    return json.dumps(view, ensure_ascii=False, separators=(",", ":")) + "\n"


def heading(report: Report) -> str:
    """The title of a report; without one its first line, as plain text has it, or else its name."""
    return titled(report.title, report.text, report.name)


def titled(title: str | None, text: str, name: str) -> str:
    """The same of its parts; `text` may be its beginning."""
    first = text.lstrip().partition("\n")[0].strip()
    return title or (first if 0 < len(first) <= HEADING else name)


def external(url: str | None) -> str | None:
    """The address when a browser may be sent there (http or https), else None."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def _shown(value: Any) -> Any:
    """What a template prints for a value: nothing for None, no characters that steer the line."""
    if value is None:
        return ""
    return printable(value) if type(value) is str else value


def leaves(page: int, pages: int) -> list[int]:
    """The numbers of a list's pages that are linked: the first, the last, those beside this one; 0 for a gap."""
    near = sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})
    return [
        number
        for last, one in zip([0, *near], near, strict=False)
        for number in ([0, one] if one > last + 1 else [one])
    ]
