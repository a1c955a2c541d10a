"""One page on one question, Markdown or HTML: the answer, what each origin says, the chart, what does not add up.

Every sentence has footnotes: the words of the report, who said them through whom, where they stand, and the SHA-256 of
the archived bytes, so that a reader can check them without the ledger. Names of people at risk are withheld
(masking.py). The page needs nothing beside it: styles and chart are inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib.resources import files
from typing import IO, TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ..ask import chart as drawing
from ..errors import InputError
from ..mark import printable
from ..reconcile.rules import point
from ..reconcile.saying import said
from ..records import Answer, Entry
from . import chart, wording
from .masking import OPEN, Mask
from .state import State
from .templating import external, heading
from .views import View, Views

if TYPE_CHECKING:
    from ..ledger import Ledger

FORMATS = ("md", "html")
SIZE = 720, 300
"""Width and height of the chart on the page."""
COLUMNS = 76
"""Columns of the chart in Markdown."""
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|#~])")


class Notes:
    """Footnotes by figure, numbered in the order they are first called."""

    def __init__(self, rows: dict[str, Entry]) -> None:
        self._rows = rows
        self.figures: list[str] = []

    def of(self, figures: Iterable[str]) -> list[int]:
        """The numbers of the notes for these figures."""
        numbers = []
        for figure in dict.fromkeys(figures):
            if figure in self._rows and figure not in self.figures:
                self.figures.append(figure)
            if figure in self.figures:
                numbers.append(self.figures.index(figure) + 1)
        return numbers


def write(ledger: Ledger, answer: Answer, out: IO[str], format: str = "md", unmask: bool = False) -> None:
    """Write the page of an answer. Raises InputError for a format that is none."""
    if format not in FORMATS:
        raise InputError(f"brief format {format!r} is not known; give one of {', '.join(FORMATS)}")
    mask = OPEN if unmask else Mask.of(ledger)
    entries = [entry for entry in ledger.entries_of(answer.question, answer.known_on) if _by(entry, answer.as_of)]
    view = _view(ledger, answer, entries, mask)
    pages = Environment(
        loader=PackageLoader("accordingto.publish"), autoescape=format == "html", trim_blocks=True, lstrip_blocks=True,
        undefined=StrictUndefined, finalize=_shown, keep_trailing_newline=True,
    )  # fmt: skip
    pages.filters |= {"day": wording.day, "dated": wording.dated, "number": wording.number, "md": _escaped}
    pages.globals |= {"many": wording.many}
    out.write(pages.get_template(f"brief.{format}").render(view=view))


def _view(ledger: Ledger, answer: Answer, entries: Sequence[Entry], mask: Mask) -> View:
    rows = {entry.figure: entry for entry in entries}
    found = [
        one for one in ledger.discrepancies() if one.question == answer.question.id and set(one.figures) <= set(rows)
    ]
    views = Views(State(mask, found, {}), rows, long=max(1, len(rows)))
    seen = views.question(answer)
    notes = Notes(rows)
    sentences = [{"words": words, "notes": notes.of(figures)} for words, figures in _sentences(answer, seen, entries)]
    called = [notes.of(reversed(stand.history)) for stand in answer.stands]
    stands = [
        {**one, "notes": some, "before": [row for row in one["before"] if row["says"] != one["says"]]}
        for one, some in zip(seen["stands"], called, strict=True)
    ]
    contradictions = [
        {**one, "notes": notes.of(row["figure"] for row in one["figures"])} for one in seen["contradictions"]
    ]
    copies = ledger.copies({entry.report for entry in entries})
    return {
        **seen,
        "known_on": answer.known_on,
        "until": answer.as_of,
        "trouble": answer.trouble,
        "sentences": sentences,
        "stands": stands,
        "contradictions": contradictions,
        "notes": [_note(ledger, views, rows[figure], mask) for figure in notes.figures],
        "chart": Markup(chart.question(seen, lambda _: "", *SIZE)) if len(seen["history"]) > 1 else "",
        "drawn": [line.plain.rstrip() for line in drawing.draw(_named(answer, seen), entries, copies, COLUMNS)],
        "style": Markup(files(__package__).joinpath("templates/style.css").read_text("utf-8")),
    }


def _named(answer: Answer, seen: View) -> Answer:
    """The answer with its origins called as they may be seen."""
    pairs = zip(answer.stands, seen["stands"], strict=True)
    stands = (replace(stand, origin=replace(stand.origin, name=one["origin"])) for stand, one in pairs)
    return replace(answer, stands=tuple(stands))


def _sentences(answer: Answer, seen: View, entries: Sequence[Entry]) -> Iterable[tuple[str, list[str]]]:
    """The answer in sentences, each with the figures it rests on."""
    stands = answer.stands
    if not stands:
        rejected = bool(entries) and all(entry.verdict == "reject" for entry in entries)
        yield ("Every figure was rejected." if rejected else "Nothing was said."), [entry.figure for entry in entries]
        return
    best = [stand.figure for stand in stands if point(stand) == answer.best]
    if answer.best is None:
        yield f"The rule {answer.rule} gives no best figure.", [stand.figure for stand in stands]
    else:
        meaning = seen["rule_in_words"][:1].lower() + seen["rule_in_words"][1:]
        told = f"The best figure is {answer.best:,}, by the rule {answer.rule}" + (f" ({meaning})." if meaning else ".")
        yield told, best or [stand.figure for stand in stands]
    ends = [stand.figure for stand in stands if stand.low == answer.low or stand.high == answer.high]
    if answer.low != answer.high or answer.low is None:
        yield f"What the origins say reaches from {seen['low_says']} to {seen['high_says']}.", ends
    counts = f"{wording.many(seen['origins'], 'origin')} in {wording.many(seen['reports'], 'report')}"
    yield f"These are {counts}, as of {wording.day(seen['as_of'])}.", [stand.figure for stand in stands]


def _note(ledger: Ledger, views: Views, row: Entry, mask: Mask) -> View:
    """What a footnote says of a figure and its report."""
    home = ledger.report(row.report)
    report = mask.report(home)
    return {
        **views.figure(row),
        "title": heading(report),
        "name": report.name,
        "url": external(report.url),
        "start": row.start,
        "end": row.end,
        "sha256": home.sha256,
        "archived": ledger.archived(row.report) is not None,
        "via": wording.chain(views.figure(row)["outlet"], views.figure(row)["chain"]),
    }


def _by(entry: Entry, as_of: str | None) -> bool:
    return as_of is None or (said(entry) or "9") <= as_of


def _escaped(words: str | None) -> str:
    """Words that Markdown takes as they are."""
    return _MARKDOWN.sub(r"\\\1", " ".join(printable(words or "").split()))


def _shown(value: Any) -> Any:
    if value is None:
        return ""
    return printable(value) if type(value) is str and "\n" not in value else value
