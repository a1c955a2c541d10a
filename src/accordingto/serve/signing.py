"""The pages by which people sign in and out, and the owner's page of names and of what was done."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from ..ledger import Ledger
from ..publish import masking
from . import faults, gate
from .forms import FormOf
from .gate import Owner
from .page import PageOf, respond
from .room import Room

router = APIRouter()
_LAST = 200
"""Rows of the log that are shown."""


@router.get("/sign-in", include_in_schema=False)
def ask(request: Request, to: Annotated[str | None, Query(max_length=2000)] = None) -> Response:
    return _form(request, gate.within(to))


def _form(request: Request, to: str, status: int = 200, wrong: str | None = None) -> Response:
    provider = request.app.state.settings.provider
    view = {"title": "Sign in", "to": to, "wrong": wrong, "through": provider.name if provider else None}
    return respond(request, "sign-in.html", view, status, token=gate.token(request))


@router.post("/sign-in")
def sign_in(request: Request, form: FormOf) -> Response:
    accounts, to, address = gate.accounts(request), gate.within(form.get("to")), gate.asker(request)
    if accounts.refused(form.get("name", ""), address):
        answer = faults.page(request, 429, "Too many sign-ins failed.", "Wait a quarter of an hour and try again.")
        answer.headers["Retry-After"] = "900"
        return answer
    session = accounts.sign_in(form.get("name", ""), form.get("password", ""), address)
    if session is None:
        return _form(request, to, 401, "Name and password do not go together.")
    answer = RedirectResponse(to, 303)
    gate.remember(request, answer, session)
    return answer


@router.post("/sign-out")
def sign_out(request: Request, form: FormOf) -> Response:
    if gate.visit_of(request).teams:
        gate.accounts(request).sign_out(gate.visit_of(request).cookie)
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(gate.COOKIE, path="/")
    return answer


@router.get("/names", include_in_schema=False)
def names(request: Request, page: PageOf, person: Owner) -> Response:
    """Names that are withheld, and what was done: for the owner alone."""
    room: Room = request.app.state.room
    with Ledger(room.path, readonly=True, wait=room.settings.wait) as ledger:
        mask, decided = room.mask(ledger), ledger.decisions.audit("mask", "unmask")
        everyone = masking.private(ledger) is not None
    held = [{"name": " ".join(name).title(), "group": group} for name, group in sorted(mask.names.items())]
    log = [*gate.accounts(request).log(), *(row | {"whom": masking.spelt(row["whom"])} for row in decided)]
    done = sorted(log, key=lambda row: str(row["time"]), reverse=True)[:_LAST]
    return page(
        "names.html", {"names": held, "log": done, "everyone": everyone}, section="names", token=gate.token(request)
    )


@router.post("/names")
def decide(request: Request, form: FormOf, person: Owner) -> Response:
    what, name = form.get("what"), form.get("name", "")
    with Ledger(request.app.state.room.path, create=False) as ledger:
        masking.decide(ledger, "unmask" if what == "unmask" else "mask", name, person.name, form.get("note"))
    return RedirectResponse("/names", 303)
