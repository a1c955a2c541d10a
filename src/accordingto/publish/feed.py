"""What changed, as an Atom feed (RFC 4287): contradictions, answers that moved, and each new report with its figures.

It tells no more than the page of the same name, of which it is made, and withholds the same names. An entry's id is an
urn of what it tells of, so that a reader of feeds shows it once; its time is when the ledger learned of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from . import changing

if TYPE_CHECKING:
    from .pages import Pages

View = dict[str, Any]
KIND = "application/atom+xml"
NEVER = "1970-01-01T00:00:00Z"
"""When a ledger that learned of nothing changed last."""
_NONE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters no XML may hold."""


def view(pages: Pages, since: str | None = None) -> View:
    """The entries since a day, of the last day the ledger learned anything without one; of figures the newest."""
    changed = changing.view(pages, since)
    rows = [*changed["figures"], *(row for one in changed["discrepancies"] for row in one["figures"])]
    with pages.ledger.lists() as lists:
        times = {report: _time(at) for report, at in lists.learned_at(row["report"] for row in rows).items()}
        last = _time(lists.last_learned() or NEVER)
    return {
        "updated": last,
        "since": changed["since"],
        "entries": [
            *(_contradiction(one, times, last) for one in changed["discrepancies"]),
            *(_moved(one, changed["since"], last) for one in changed["revisions"]),
            *_reports(changed["figures"], times, last),
        ],
    }


def clean(words: str) -> str:
    """A feed without the characters that would make it no XML."""
    return _NONE.sub("\ufffd", words)


def _contradiction(found: View, times: Mapping[str, str], last: str) -> View:
    learned = max((times.get(row["report"], last) for row in found["figures"]), default=last)
    return _entry(found["href"], found["headline"], learned, found["check"], figures=found["figures"])


def _moved(question: View, since: str, last: str) -> View:
    return _entry(question["href"], question["label"], last, "answer", since, moved=question["moved"])


def _reports(figures: Iterable[View], times: Mapping[str, str], last: str) -> list[View]:
    """The figures of each report, in the order they come."""
    found: dict[str, list[View]] = {}
    for row in figures:
        found.setdefault(row["report"], []).append(row)
    return [
        _entry(rows[0]["href"].partition("#")[0], rows[0]["title"], times.get(id, last), "report", figures=rows)
        for id, rows in found.items()
    ]


def _entry(href: str, title: str, updated: str, kind: str, mark: str = "", **more: Any) -> View:
    id = f"urn:accordingto:{href.replace('/', ':')}{':' if mark else ''}{mark}"
    return {
        "id": id,
        "href": href,
        "title": title,
        "updated": updated,
        "kind": kind,
        "figures": [],
        "moved": [],
        **more,
    }


def _time(learned: str) -> str:
    """A time of the ledger (UTC) as RFC 3339 writes it."""
    told = learned.replace(" ", "T").removesuffix("Z").removesuffix("+00:00")
    return f"{told if 'T' in told else f'{told}T00:00:00'}Z"
