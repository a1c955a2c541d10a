"""Forms that people send: read up to a limit, taken only from a page made for this visit, and never lost.

What cannot be taken now (a session that ended, a ledger another program keeps locked, a form of another visit) is shown
again with everything that was written and a button that sends it again.
"""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, HTTPException, Request, Response

from . import gate
from .page import respond

LIMIT = 64 * 1024
"""Bytes of a form."""
DRAINED = 64 * 1024 * 1024
"""Bytes that are still read of one that is too large, so that the browser hears why it was refused."""
FIELDS = 60
Form = dict[str, str]


class Unsent(Exception):
    """A form that could not be taken: it is shown again."""

    def __init__(self, status: int, title: str, happened: str, form: Form) -> None:
        super().__init__(happened)
        self.status, self.title, self.happened, self.form = status, title, happened, form


async def _read(request: Request) -> Form:
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(415, "Forms of these pages are sent as application/x-www-form-urlencoded.")
    body, size = bytearray(), 0
    async for some in request.stream():
        size += len(some)
        if size <= LIMIT:
            body += some
        elif size > DRAINED:
            break
    if size > LIMIT:
        raise HTTPException(413, f"The form holds more than {LIMIT // 1024} KB; nothing of it was kept.")
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=FIELDS, errors="strict")
    except ValueError:
        raise HTTPException(400, "The form cannot be read: it is no UTF-8, or has too many fields.") from None
    return dict(pairs)


async def _taken(request: Request) -> Form:
    """The fields of a form made for this visit. Raises Unsent, HTTPException."""
    form = await _read(request)
    sent = form.pop("token", "")
    visit = gate.visit_of(request)
    signing = request.url.path.startswith(gate.OPEN)
    if gate.genuine(request, sent) and (visit.person is not None or signing):
        return form
    if not gate.from_here(request) or signing:
        raise HTTPException(
            403, "The form was not made for this visit, so nothing was done. Open the page and fill it in."
        )
    if visit.person is None:
        raise Unsent(401, "Your session has ended", "Sign in in another tab, then send this again.", form)
    raise Unsent(403, "This form is from an earlier visit", "Look at it, then send it again.", form)


FormOf = Annotated[Form, Depends(_taken)]
"""The fields of a form, for a route."""


def again(request: Request, error: Exception) -> Response:
    """The page of a form that could not be taken."""
    assert isinstance(error, Unsent)
    hidden = {name: value for name, value in error.form.items() if name != "token"}
    view = {"status": error.status, "title": error.title, "happened": error.happened}
    return respond(request, "again.html", view, error.status, form=hidden, token=gate.token(request))
