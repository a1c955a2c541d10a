"""CSV, one row a figure: for a spreadsheet, a data frame, a first look.

Columns (COLUMNS) in their order; empty = unknown (never 0). A cell that a spreadsheet would take for a
formula (it begins with = + - @, a tab or a carriage return: OWASP, "CSV injection") gets an apostrophe before it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TextIO

from ..records import Entry
from .jsonl import questions_of
from .masking import OPEN, Mask
from .wording import ARROW

if TYPE_CHECKING:
    from ..ledger import Ledger

COLUMNS = {
    "figure": "id of the figure",
    "claim": "id of the claim it stands in",
    "question": "id of the question it answers",
    "question_label": "that question in words",
    "report": "id of the report",
    "report_name": "file, address or line the report was read from",
    "publisher": "outlet",
    "published": "date of publication",
    "kind": "killed, wounded, deployed …",
    "low": "lowest number meant; empty = open or unknown",
    "high": "highest number meant; empty = open or unknown",
    "qualifier": "about, at least, dozens …",
    "mode": "total, added or part",
    "stance": "asserted, denied, planned or possible",
    "part_of": "id of the figure it is part of",
    "counted": "who is counted",
    "counted_country": "their country (ISO 3166-1 alpha-2)",
    "counted_sector": "their sector (PLOVER)",
    "when": "time of what is counted (EDTF)",
    "as_of": "day the number was said or known",
    "place": "where",
    "geonames": "its GeoNames id",
    "place_country": "its country",
    "place_precision": "UCDP where_prec, 1 exact to 7",
    "origin": "who the number goes back to; empty = the outlet's own voice",
    "chain": "who relayed it, nearest to the outlet first, origin last",
    "words": "the number's words",
    "sentence": "the sentence",
    "start": "first character of the words in the report's text, counted from 0",
    "end": "one past the last",
    "verdict": "last review: accept, reject, correct or unsure",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(ledger: Ledger, out: TextIO, unmask: bool = False) -> None:
    """Write every figure of a ledger with a header. People at risk are masked unless `unmask`."""
    rows(ledger, out, OPEN if unmask else Mask.of(ledger))


def rows(ledger: Ledger, out: TextIO, mask: Mask) -> None:
    """The same with a mask that is already known."""
    labels = {question.id: question.label for question in ledger.questions()}
    some(ledger.entries(), questions_of(ledger), labels, out, mask)


def some(
    entries: Iterable[Entry], asked: Mapping[str, str], labels: Mapping[str, str], out: TextIO, mask: Mask
) -> None:
    """These figures; `asked`: figure -> its question, `labels`: question -> what it is called."""
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(COLUMNS)
    for entry in sorted(entries, key=lambda e: (e.published or "", e.report_name, e.report, e.start)):
        question = asked.get(entry.figure)
        lines.writerow(cell(value) for value in row(entry, question, labels.get(question or ""), mask))


def row(entry: Entry, question: str | None, label: str | None, mask: Mask = OPEN) -> Iterator[object]:
    """The cells of one figure in the order of COLUMNS."""
    chain = [mask.name(name, entry.report) for name in entry.chain]
    yield from (entry.figure, entry.claim, question, label and mask.text(label, entry.report), entry.report)
    yield from (mask.text(entry.report_name), entry.publisher, entry.published)
    yield from (entry.kind, entry.low, entry.high, entry.qualifier, entry.mode, entry.stance, entry.part_of)
    yield from (entry.counted and mask.text(entry.counted, entry.report), entry.counted_country, entry.counted_sector)
    yield from (entry.edtf, entry.as_of)
    yield from (entry.place, entry.geonames, entry.place_country, entry.place_precision)
    yield from (chain[-1] if chain else None, ARROW.join(chain) or None)
    yield from (mask.text(entry.exact, entry.report), mask.text(entry.sentence, entry.report))
    yield from (entry.start, entry.end, entry.verdict)


def cell(value: object) -> object:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value
