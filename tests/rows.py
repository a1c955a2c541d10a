"""Entry rows for tests, with every field a sensible default."""

from __future__ import annotations

from itertools import count
from typing import Any

from accordingto.records import Entry, fingerprint

_numbers = count()


def entry(report: str = "r1", low: int | None = 12, **said: Any) -> Entry:
    """A figure of a report: `entry("r1", 12, kind="killed", chain=("Interior Ministry",), edtf="2024-05-11")`."""
    start = said.pop("start", next(_numbers))
    published = said.pop("published", "2024-05-12")
    exact = said.pop("exact", "" if low is None else f"{low:,}")
    fields: dict[str, Any] = {
        "claim": fingerprint("claim", report, start),
        "report_name": report,
        "publisher": said.pop("publisher", f"The {report} Gazette"),
        "published": published,
        "start": start,
        "end": start + 5,
        "exact": exact,
        "kind": "killed",
        "low": low,
        "high": low,
        "qualifier": None,
        "mode": "total",
        "stance": "asserted",
        "part_of": None,
        "counted": "people",
        "counted_country": None,
        "counted_sector": "CVL",
        "edtf": None,
        "as_of": None,
        "place": None,
        "geonames": None,
        "place_country": None,
        "place_precision": None,
        "chain": (),
        "sentence": f"In all {exact} were counted.",
    }
    return Entry(fingerprint("figure", report, start, start + 5), report=report, **(fields | said))
