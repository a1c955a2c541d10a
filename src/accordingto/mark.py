"""Everything the reader sees in one report, without a ledger: as JSON (docs/formats.md, "marks") or coloured words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from .publish.wording import day
from .records import Claim, Evidence, Figure, Report, Span, When, Where

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from .pipeline import Analysis

Mark = dict[str, Any]
LAYERS = ("content", "time", "place", "actor", "source", "cue", "figure")
"""Wide layers first, so that the narrow ones are painted over them."""
STYLES = {
    "content": "bold",
    "time": "underline #008c66",
    "place": "italic underline #008c66",
    "actor": "",
    "source": "bold underline #2280c8",
    "cue": "italic #b45a9c",
    "figure": "bold #cf5a00",
}
"""Of a content only its brackets. Hues that colour-blind eyes tell apart (after Okabe and Ito, 2008), dark and light
enough for black and for white (contrast 4:1), and no two layers with one style, should the hues be lost."""
SIGNS = {"source": ("{", "}"), "cue": ("<", ">"), "figure": ("*", "*"), "time": ("~", "~"), "place": ("@", "@")}
"""What stands around a mark where there are no colours."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")


def printable(words: str) -> str:
    """The words without characters that steer a terminal or turn the direction of writing; same length."""
    return _CONTROL.sub("\ufffd", words.replace("\r\n", " \n"))


def marks(report: Report) -> list[Mark]:
    """Every time, place, source, cue, content, figure and actor of a report, in text order.

    Each mark has `layer`, `start`, `end` (code points), `exact` and what was understood; those of a claim
    its id as `claim`. Empty when the report's language cannot be read."""
    from . import pipeline

    if not pipeline.readable(report):
        return []
    return sorted(_marks(pipeline.analysis(report), report), key=_order)


def line(report: Report) -> str:
    """The marks of one report as one line of JSON: `{"report": name, "marks": […]}`."""
    return json.dumps({"report": report.name, "marks": marks(report)}, ensure_ascii=False, separators=(",", ":"))


def coloured(report: Report, console: Console) -> None:
    """Print the text of a report with its marks, and the chains of its claims beneath each passage."""
    from rich.text import Text

    from . import passages, pipeline

    width = min(console.width, passages.WIDEST)
    heading = " · ".join(part for part in (report.publisher, day(report.published), report.name) if part)
    for words in (
        Text(printable(report.title or report.name), style="bold"),
        Text(printable(heading), style="dim"),
        passages.legend(passages.plain(console)),
        "",
    ):
        console.print(words, width=width)
    if pipeline.readable(report):
        seen = pipeline.analysis(report)
        passages.show(report, seen.claims, _marks(seen, report), console)
    else:
        console.print(Text(f"Nothing is marked: language {report.language} is not read.", "dim"), "", sep="\n")
        console.print(Text(printable(report.text)), "", sep="\n", width=width)


def painted(text: str, marks: Iterable[Mark]) -> Text:
    """A rich Text of the words with the marks in their styles (contents have none but their brackets)."""
    from rich.text import Text

    shown = Text(printable(text))
    for mark in sorted(marks, key=lambda m: LAYERS.index(m["layer"])):
        if mark["layer"] != "content":
            shown.stylize(STYLES[mark["layer"]], mark["start"], mark["end"])
    return shown


def _order(mark: Mark) -> tuple[int, int, str]:
    return mark["start"], -mark["end"], mark["layer"]


def _marks(analysis: Analysis, report: Report) -> Iterator[Mark]:
    yield from around(analysis.times, analysis.places)
    for claim in analysis.claims:
        yield from of_claim(claim, report.text)


def around(times: Iterable[When], places: Iterable[Where]) -> Iterator[Mark]:
    """The marks of times and places."""
    for time in times:
        if time.evidence:
            yield {**_span("time", time.evidence), "edtf": time.edtf}
    for place in places:
        if place.evidence:
            yield {**_span("place", place.evidence), **_place(place)}


def of_claim(claim: Claim, text: str) -> Iterator[Mark]:
    """The marks of one claim; `text` is its report's."""
    for start, end in claim.spans:
        yield _mark("content", (start, end), text, claim=claim.id, manner=claim.manner, stance=claim.stance)
    for depth, link in enumerate(claim.chain):
        if link.source.mention:
            source = link.source
            known = {"name": source.name, "kind": source.kind, "depth": depth}
            yield {**_span("source", source.mention), "claim": claim.id, **known}
        if link.cue:
            yield {**_span("cue", link.cue), "claim": claim.id, "depth": depth}
    for figure in claim.figures:
        yield {**_span("figure", figure.evidence), "claim": claim.id, **_figure(figure)}
    seen: set[Span] = set()
    for actor in (*claim.actors, *(figure.counted for figure in claim.figures if figure.counted)):
        if actor.evidence and actor.evidence.span not in seen:
            seen.add(actor.evidence.span)
            known = {"name": actor.name, "country": actor.country, "sector": actor.sector}
            yield {**_span("actor", actor.evidence), "claim": claim.id, **known}


def _mark(layer: str, span: Span, text: str, **known: Any) -> Mark:
    return {"layer": layer, "start": span[0], "end": span[1], "exact": text[span[0] : span[1]], **known}


def _span(layer: str, evidence: Evidence | None) -> Mark:
    assert evidence is not None
    return {"layer": layer, "start": evidence.start, "end": evidence.end, "exact": evidence.exact}


def _place(place: Where) -> Mark:
    return {
        "name": place.name,
        "geonames": place.geonames,
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "precision": place.precision,
    }


def _figure(figure: Figure) -> Mark:
    return {
        "id": figure.id,
        "low": figure.low,
        "high": figure.high,
        "qualifier": figure.qualifier,
        "kind": figure.kind,
        "mode": figure.mode,
        "stance": figure.stance,
        "edtf": figure.when.edtf if figure.when else None,
        "place": figure.where.name if figure.where else None,
    }
