"""What was decided, by whom, when and why: all of it, and what found no words after a new reading, with what to do."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from ..accounts import Account, may
from ..ledger import Ledger
from ..publish.pages import LONGEST, Pages
from ..store.anchoring import Lost
from . import gate, views
from .forms import FormOf, kept
from .gate import Coder
from .page import PageOf, both
from .room import OfLedger

router = APIRouter()
Number = Annotated[int, Query(alias="page", ge=1, le=LONGEST)]
_CUT = re.compile(r"\A\S+\s+")
"""The half of a word at an end of the words around a lost decision: no mask would know a name by its half."""
LARGEST = 10**15
"""The largest number of a decision that can be asked for."""
NEAR = 3
"""Figures that are offered in place of a lost one, at most."""


@both(router, "/review/log")
def log(request: Request, page: PageOf, pages: OfLedger, person: Coder, number: Number = 1) -> Response:
    """Every decision, the last first; what coders of a sample say blind is no decision."""
    some, total = pages.ledger.decisions.log(pages.long, pages.long * (number - 1))
    rows = {row.figure: row for row in pages.ledger.entries([one.record for one, _ in some])}
    shown = pages.views(rows)
    nowhere = {one.review.number for one in pages.ledger.decisions.lost()} if len(rows) < len(some) else set()
    view = {
        **pages.leaf(number, total),
        "decisions": [
            {
                **views.said(one, pages.state.mask, rows[one.record].report if one.record in rows else None),
                "figure": shown.figure(rows[one.record]) if one.record in rows else None,
                "lost": one.number in nowhere,
                "taken_back": taken_back,
            }
            for one, taken_back in some
        ],
    }
    return page("log.html", view, section="review", token=gate.token(request), mine=_mine(person))


@both(router, "/review/lost")
def lost(request: Request, page: PageOf, pages: OfLedger, person: Coder, number: Number = 1) -> Response:
    found = pages.ledger.decisions.lost()
    leaf = pages.leaf(number, len(found))
    some = found[pages.long * (number - 1) : pages.long * number]
    view = {**leaf, "lost": [_row(one, pages) for one in some]}
    return page("lost.html", view, section="review", token=gate.token(request), mine=_mine(person))


def _mine(person: Account) -> dict[str, Any]:
    """Whose decisions a person may take back."""
    return {"name": person.name, "all": may(person.role, "adjudicator")}


def _row(one: Lost, pages: Pages) -> dict[str, Any]:
    """A lost decision, its words with names withheld, and the figures that stand near them now."""
    mask = pages.state.mask
    said = [_CUT.sub("", one.prefix or ""), one.exact or "", _CUT.sub("", (one.suffix or "")[::-1])[::-1]]
    whole = mask.text("".join(said), one.report)
    start, stop = len(said[0]), len(said[0]) + len(said[1])
    near = pages.ledger.decisions.near(one, NEAR)
    rows = pages.views({row.figure: row for row in pages.ledger.entries(near)})
    return {
        **views.said(one.review, mask, one.report),
        "before": whole[:start],
        "exact": whole[start:stop],
        "after": whole[stop:],
        "report": one.report if near else None,
        "near": [rows.figure(rows.entries[figure]) for figure in near],
    }


@router.post("/review/decisions/{number}/withdraw")
def withdraw(request: Request, form: FormOf, person: Coder, number: Annotated[int, Path(ge=1, le=LARGEST)]) -> Response:
    """Take a decision back: one's own, or as an adjudicator anybody's; both stay on record."""
    room = request.app.state.room
    with kept(form), Ledger(room.path, create=False, wait=room.settings.wait) as ledger:
        made = ledger.decisions.numbered(number)
        if made is None or made.verdict == "withdraw":
            raise HTTPException(404, f"No decision has the number {number}.")
        if made.reviewer != person.name and not may(person.role, "adjudicator"):
            raise HTTPException(403, f"{made.reviewer} decided this; taking it back needs the role adjudicator.")
        if made in ledger.decisions.said(made.record):
            ledger.withdraw(made, person.name, form.get("note", "")[:2000].strip() or None)
        question = ledger.question_of(made.record) if form.get("to") == "question" else None
    back = form.get("to") if form.get("to") in ("log", "lost") else "lost"
    return RedirectResponse(f"/questions/{question.id}#decided" if question else f"/review/{back}", 303)
