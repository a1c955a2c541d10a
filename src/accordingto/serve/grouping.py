"""Decisions about a question on its own page: call it otherwise, join it with another, take figures out of it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from ..accounts import may
from ..ledger import Ledger
from ..publish.pages import Pages
from ..reconcile import GROUPING
from ..records import Question
from . import gate, views
from .forms import Form, FormOf, kept
from .gate import Adjudicator

router = APIRouter()
SOUGHT, OFFERED = 400, 40
"""Questions of the same kind that are looked through for others to merge with, and those that are offered."""
_LONGEST = 2000


def desk(request: Request, pages: Pages, question: Question) -> dict[str, Any] | None:
    """What a person may decide about a question, and what was decided; None for those who only read."""
    person = gate.visit_of(request).person
    if person is None or not may(person.role, "coder"):
        return None
    mask, leads = pages.state.mask, may(person.role, "adjudicator")
    decided = pages.ledger.decisions.said(*question.figures)
    return {
        "name": person.name,
        "leads": leads,
        "decided": [views.said(one, mask) for one in decided],
        "others": _others(pages, question) if leads else [],
        "token": gate.token(request),
    }


def _others(pages: Pages, question: Question) -> list[dict[str, str]]:
    """Questions of the same kind, those with most words in common first."""
    with pages.ledger.lists() as lists:
        ids = lists.questions(SOUGHT, 0, question.kind)
        labels = lists.labels(ids)
    own = set(question.label.split())
    ranked = sorted((-len(own & set(labels[id].split())), number, id) for number, id in enumerate(ids) if id in labels)
    return [{"id": id, "label": pages.state.mask.text(labels[id])} for *_, id in ranked if id != question.id][:OFFERED]


@router.post("/questions/{id}")
def decide(request: Request, form: FormOf, person: Adjudicator, id: str) -> Response:
    """Rename, merge or split a question, and show what it is then."""
    verdict, room = form.get("verdict", ""), request.app.state.room
    if verdict not in GROUPING:
        raise HTTPException(400, f"A question is decided on with {', '.join(GROUPING)}, not {verdict[:40]!r}.")
    record, given = _asked(verdict, form, id)
    with kept(form), Ledger(room.path, create=False, wait=room.settings.wait) as ledger:
        made = ledger.review(record, verdict, person.name, form.get("note", "")[:_LONGEST].strip() or None, given)
        question = ledger.question_of(made.record)
    return RedirectResponse(f"/questions/{question.id}#decided" if question else "/questions", 303)


def _asked(verdict: str, form: Form, id: str) -> tuple[str, str | None]:
    """The record to decide on, and what the verdict says beyond itself."""
    if verdict == "rename":
        return id, " ".join(form.get("label", "").split())[:300]
    if verdict == "merge":
        return id, id_of(form.get("address", "")) or form.get("other", "")
    ticked = [name.removeprefix("split-") for name in form if name.startswith("split-")]
    if not ticked:
        raise HTTPException(400, "No figure is ticked; tick those that answer a question of their own, then split.")
    return ticked[0], " ".join(ticked[1:]) or None


def id_of(address: str) -> str:
    """The id of a question from what a person wrote: the id, or the address of its page."""
    return address.strip().partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2].removesuffix(".json")
