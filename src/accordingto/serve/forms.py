"""Forms that people send: read up to a limit, taken only from a page made for this visit, and never lost.

What cannot be taken now (a session that ended, a ledger another program keeps locked, a form of another visit) is shown
again with everything that was written and a button that sends it again.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, HTTPException, Request, Response
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from ..errors import LedgerError, NotFound
from . import faults, gate
from .page import respond

LIMIT, TEXT, UPLOAD = 64 * 1024, 2_000_000, 10_000_000
"""Bytes of a form, of one with a long text, and of one with a file."""
PIECE = 1 << 16
DRAINED = 64 * 1024 * 1024
"""Bytes that are still read of one that is too large, so that the browser hears why it was refused."""
FIELDS = 60
PLAIN, WITH_FILES = "application/x-www-form-urlencoded", "multipart/form-data"
Form = dict[str, str]
LOCKED = "Another program keeps the ledger locked. What you decided stands below; send it again in a moment."
AWAY = "Its file was taken away or is damaged. What you sent stands below; send it again once the ledger is there."
GONE = (
    "Nothing was decided: perhaps the ledger was replaced, or its reports were read again. What you wrote stands here: "
    "note it down, or send it again once it is there."
)


class Unsent(Exception):
    """A form that could not be taken: it is shown again."""

    def __init__(self, status: int, title: str, happened: str, form: Form) -> None:
        super().__init__(happened)
        self.status, self.title, self.happened, self.form = status, title, happened, form


@dataclass(frozen=True, slots=True)
class Parts:
    """A form that may carry a file: its fields, and the file's name and bytes."""

    form: Form
    file: tuple[str, bytes] | None = None


async def _read(request: Request) -> Parts:
    """A plain form."""
    if _kind(request) != PLAIN:
        raise HTTPException(415, f"Forms of these pages are sent as {PLAIN}.")
    return Parts(_pairs(await _body(request, LIMIT)))


async def _read_parts(request: Request) -> Parts:
    """A form with a long text or a file. Large ones are held only of those who have signed in."""
    if _kind(request) == PLAIN:
        return Parts(_pairs(await _body(request, 3 * TEXT)))  # a character may be written as three
    if _kind(request) != WITH_FILES:
        raise HTTPException(415, f"Forms of this page are sent as {WITH_FILES}.")
    body = await _body(request, UPLOAD if gate.visit_of(request).person else TEXT)

    async def pieces() -> AsyncGenerator[bytes, None]:
        for start in range(0, len(body), PIECE):
            yield body[start : start + PIECE]

    parser = MultiPartParser(request.headers, pieces(), max_files=1, max_fields=FIELDS, max_part_size=TEXT)
    try:
        items = (await parser.parse()).multi_items()
    except (MultiPartException, LookupError, ValueError):
        raise HTTPException(400, "The form cannot be read: it broke off, or has too many parts.") from None
    form = {name: value for name, value in items if isinstance(value, str)}
    for _, value in items:
        if isinstance(value, UploadFile):
            with value.file as file:
                return Parts(form, (value.filename or "", file.read()))
    return Parts(form)


def _kind(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def _body(request: Request, limit: int) -> bytes:
    """What was sent, up to a limit. Raises HTTPException."""
    body, size = bytearray(), 0
    async for some in request.stream():
        size += len(some)
        if size <= limit:
            body += some
        elif size > DRAINED:
            break
    if size > limit:
        shown = f"{limit // 1024} KB" if limit < 1_000_000 else f"{limit // 1_000_000} MB"
        raise HTTPException(413, f"The form holds more than {shown}; nothing of it was kept.")
    return bytes(body)


def _pairs(body: bytes) -> Form:
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=FIELDS, errors="strict"))
    except ValueError:
        raise HTTPException(400, "The form cannot be read: it is no UTF-8, or has too many fields.") from None


def _taking(read: Callable[[Request], Awaitable[Parts]]) -> Callable[[Request], Awaitable[Parts]]:
    """Takes a form that was made for this visit. Raises Unsent, HTTPException."""

    async def taken(request: Request) -> Parts:
        parts = await read(request)
        sent = parts.form.pop("token", "")
        visit = gate.visit_of(request)
        signing = request.url.path.startswith(gate.OPEN)
        if gate.genuine(request, sent) and (visit.person is not None or signing):
            return parts
        if not gate.from_here(request) or signing:
            raise HTTPException(
                403, "The form was not made for this visit, so nothing was done. Open the page and fill it in."
            )
        lost = " The file was not kept: choose it again on the page." if parts.file else ""
        if visit.person is None:
            raise Unsent(
                401, "Your session has ended", f"Sign in in another tab, then send this again.{lost}", parts.form
            )
        raise Unsent(403, "This form is from an earlier visit", f"Look at it, then send it again.{lost}", parts.form)

    return taken


_plain = _taking(_read)


async def _taken(request: Request) -> Form:
    return (await _plain(request)).form


FormOf = Annotated[Form, Depends(_taken)]
"""The fields of a form, for a route."""
PartsOf = Annotated[Parts, Depends(_taking(_read_parts))]
"""The fields of a form that may carry a file, and the file."""


def again(request: Request, error: Exception) -> Response:
    """The page of a form that could not be taken."""
    assert isinstance(error, Unsent)
    hidden = {name: value for name, value in error.form.items() if name != "token"}
    view = {"status": error.status, "title": error.title, "happened": faults.nameless(request, error.happened)}
    return respond(request, "again.html", view, error.status, form=hidden, token=gate.token(request))


@contextmanager
def kept(form: Form) -> Iterator[None]:
    """A ledger that another program keeps locked, took away or replaced gives the form back instead of losing it."""
    try:
        yield
    except NotFound as error:
        raise Unsent(404, "It is not in the ledger", f"{error}. {GONE}", form) from error
    except LedgerError as error:
        if "locked" in str(error):
            raise Unsent(503, "The ledger is locked", LOCKED, form) from error
        raise Unsent(503, "The ledger cannot be read now", AWAY, form) from error
