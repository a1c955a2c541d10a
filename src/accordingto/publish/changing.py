"""What changed since a day: answers that moved, contradictions that came, figures that are new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import dates, diff
from .naming import file

if TYPE_CHECKING:
    from .pages import Pages

View = dict[str, Any]
WEIGHT = 2000
"""Figures of questions that are compared with what was known before, at most."""
CONTRADICTIONS = 20


def view(pages: Pages, since: str | None = None, page: int = 1) -> View:
    """What the ledger learned from the beginning of a day (UTC); of the last day it learned anything without one.
    Raises InputError for a day that is none."""
    ledger = pages.ledger
    with ledger.lists() as lists:
        day = since or (lists.last_learned() or "")[:10] or None
        if day is None:
            return {"since": None, "reports": 0, "total": 0, "page": 1, "pages": 1, "revisions": [], "figures": [],
                    "discrepancies": [], "asked": {}}  # fmt: skip
        start = dates.first(day, "since")
        (reports, total), troubled = pages.state.once(
            ("learned", start), lambda: (lists.learned(start), lists.troubled(start))
        )
        leaf = pages.leaf(page, total)
        fresh = lists.fresh(start, pages.long, pages.long * (page - 1))
    rows = {row.figure: row for row in ledger.entries(fresh)}
    views = pages.views(rows)
    found = [one for one in pages.state.discrepancies if one.id in troubled]
    return {
        **leaf,
        "asked": {"since": since},
        "since": day,
        "reports": reports,
        "revisions": pages.state.once(("revisions", start), lambda: _revisions(pages, start)) if page == 1 else [],
        "discrepancies": pages.discrepancies(found[:CONTRADICTIONS]) if page == 1 else [],
        "contradictions": len(found),
        "figures": [views.figure(rows[figure]) for figure in fresh if figure in rows],
    }


def _revisions(pages: Pages, start: str) -> list[View]:
    """Answers that moved, with each origin that says another thing, of the questions of most figures."""
    with pages.ledger.lists() as lists:
        touched = lists.touched(start)
    some, weight = list[str](), 0
    for id, figures in touched:
        weight += figures
        if weight > WEIGHT and some:
            break
        some.append(id)
    questions = pages.ledger.questions(some)
    before = dates.before(start)
    then, now = (pages.ledger.answers(questions, known_on=day) for day in (before, None))
    told, views = pages.ledger.figures_of(questions), pages.views({})
    found = []
    for old, new in zip(then, now, strict=True):
        moved = list(diff.revisions(old, new, told))
        if moved:
            seen = {stand.origin.name: views.origin(stand) for answer in (old, new) for stand in answer.stands}
            found.append(
                {
                    "href": f"questions/{file(new.question.id)}",
                    "label": views.label(new.question.label),
                    "moved": [
                        {"origin": one.origin and seen[one.origin], "before": one.before, "now": one.now}
                        for one in moved
                    ],
                }
            )
    return found
