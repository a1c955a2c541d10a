"""Checks a ledger against itself: the file, every text, every archived original, every anchor.

Reads each report once, in memory that does not grow with the ledger. What does not hold is said in one sentence each,
with the report, the place, both wordings and what to do.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .records import Report

if TYPE_CHECKING:
    from .store.sql import Store

SHOWN = 60
"""Code points of a wording that are shown."""
AGAIN = "read its report again (accordingto read --again)"
ANCHOR = {"report", "start", "end", "exact"}


def faults(store: Store) -> Iterator[str]:
    """Everything in the ledger that does not hold, as sentences; nothing when all holds."""
    for line in store.faults():
        yield f"{store.path}: {line}; restore a copy, or read the reports again into a new ledger (--ledger)."
    yield from _originals(store)
    for id, report, text_sha256 in store.guarded():
        mend = f"read it again (accordingto read --again {report.name})"
        yield from _said_of(id, report, text_sha256, mend)
        yield from _claims(store, id, report, mend)


def _originals(store: Store) -> Iterator[str]:
    """Archived bytes that are not those that were archived."""
    for sha256, size, packed in store.archived():
        try:
            original = zlib.decompress(packed)
        except zlib.error:
            yield f"The archived original {sha256[:12]}… cannot be unpacked; {AGAIN}."
            continue
        found = hashlib.sha256(original).hexdigest()
        if found != sha256:
            yield (
                f"The archived original {sha256[:12]}… ({size:,} bytes) has the hash {found[:12]}…: "
                f"it was changed after it was archived; {AGAIN}."
            )


def _said_of(id: str, report: Report, text_sha256: str, mend: str) -> Iterator[str]:
    """A report whose text or origin is not what it was when it was read."""
    if report.id != id:
        yield (
            f"{report.name}: its address, publisher, date or hash was changed "
            f"(they give the id {report.id}, not {id}); {mend}."
        )
    found = hashlib.sha256(report.text.encode("utf-8", "surrogatepass")).hexdigest()
    if found != text_sha256:
        yield (
            f"{report.name}: its text has the hash {found[:12]}…, the ledger says {text_sha256[:12]}…: "
            f"it was changed; {mend}."
        )


def _claims(store: Store, id: str, report: Report, mend: str) -> Iterator[str]:
    """The anchors of a report's claims, and the rows of its figures against their records."""
    rows = store.figure_columns(id)
    for _, claim, record in store.records(id):
        remedy = f"{mend} or reject claim {claim[:8]}"
        try:
            value = json.loads(record)
        except ValueError:
            yield f"{report.name}: the record of claim {claim[:8]} is not JSON any more; {mend}."
            continue
        for anchor in _anchors(value):
            fault = _anchor(anchor, id, report)
            if fault:
                yield f"{fault}; {remedy}."
        for figure in value.get("figures", ()):
            words = figure["evidence"]
            rows.pop((words["start"], words["end"], words["exact"]), None)
    for (start, end, exact), figure in rows.items():
        yield f"{report.name}: figure {figure[:8]} ({_short(exact)}, characters {start}–{end}) is in no claim; {mend}."


def _anchor(anchor: dict[str, Any], id: str, report: Report) -> str | None:
    """What is wrong with words that are said to stand somewhere."""
    start, end, said = anchor["start"], anchor["end"], anchor["exact"]
    if anchor["report"] != id:
        return f"{report.name}: the ledger has {_short(said)} from report {anchor['report']} in a claim of {id}"
    reads = report.text[start:end] if 0 <= start <= end else ""
    if reads == said:
        return None
    return f"{report.name}: characters {start}–{end} read {_short(reads)}, the ledger says {_short(said)}"


def _anchors(value: Any) -> Iterator[dict[str, Any]]:
    """Everything in a JSON value that points at words."""
    if isinstance(value, dict):
        if value.keys() >= ANCHOR:
            yield value
        else:
            for inner in value.values():
                yield from _anchors(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _anchors(inner)


def _short(words: Any) -> str:
    shown = " ".join(str(words).split())
    return f"'{shown[:SHOWN]}{' …' if len(shown) > SHOWN else ''}'"
