"""The page by which a report is added: by its address, as words, or as a file; read like any other, one at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePath
from threading import Lock
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from .. import intake
from ..errors import InputError
from ..intake import dates
from ..intake.format import digest
from ..ledger import Ledger
from . import gate
from .forms import Form, Parts, PartsOf, Unsent, kept
from .gate import Coder
from .page import PageOf, both, respond
from .room import Room

router = APIRouter()
REPORTS, CHARACTERS = 20, 300_000
"""Reports of one form, and characters of all of them together: what is read while somebody waits."""
WAIT = 20.0
"""Seconds a form waits for those before it."""
BUSY = "Another report is being fetched or read. What you sent stands below; send it again in a moment."
_reading = Lock()


@both(router, "/add")
def ask(request: Request, page: PageOf, person: Coder) -> Response:
    return page("add.html", _view(request), section="add", token=gate.token(request), form={})


def _view(request: Request, wrong: str | None = None) -> dict[str, Any]:
    suffixes = sorted(suffix for format in intake.formats() for suffix in format.suffixes)
    return {"fetch": request.app.state.settings.fetch is not None, "suffixes": suffixes, "wrong": wrong}


@router.post("/add")
def add(request: Request, parts: PartsOf, person: Coder) -> Response:
    room: Room = request.app.state.room
    with kept(parts.form), _alone(parts.form):
        try:
            received = _sound(_items(parts, room.settings.fetch))
            with Ledger(room.path, create=False, wait=room.settings.wait) as ledger:
                summary = ledger.read(received, processes=1)
            if summary.failed:
                raise InputError(_told(summary.failed))
        except InputError as error:
            view = _view(request, str(error))
            return respond(request, "add.html", view, 400, section="add", token=gate.token(request), form=parts.form)
    for one in received:
        gate.note(request, "add", one.report.url or one.report.name)
    (first, *more) = received
    return RedirectResponse("/reports" if more else f"/reports/{first.report.id}", 303)


def _items(parts: Parts, fetch: intake.Fetch | None) -> Iterator[intake.Received | intake.Failure]:
    """What the form holds. Raises InputError."""
    form, how = parts.form, parts.form.get("how")
    if how == "address":
        yield from _online(form.get("address", "").strip(), fetch)
    elif how == "file":
        name, data = parts.file or ("", b"")
        if not name:
            raise InputError("no file was chosen; choose one, then send the form")
        yield from intake.given(data, _base(name))
    else:
        yield from _words(form)


def _online(address: str, fetch: intake.Fetch | None) -> Iterator[intake.Received | intake.Failure]:
    if fetch is None:
        raise InputError("this server fetches nothing; whoever runs it may begin it with --fetch")
    if not address:
        raise InputError("no address was given; it begins with https:// or http://")
    yield from intake.online(address if "://" in address else f"https://{address}", fetch)


def _words(form: Form) -> Iterator[intake.Received | intake.Failure]:
    """A text that was pasted, with what the form says of it."""
    data = form.get("text", "").replace("\r\n", "\n").encode("utf-8", "replace")
    published = form.get("published", "").strip()
    if published and not dates.iso(published):
        raise InputError(f"the day {published[:40]!r} is none; write it as 2025-06-15")
    said = {name: " ".join(form.get(name, "").split())[:300] for name in ("title", "publisher")}
    known: dict[str, Any] = {name: words for name, words in said.items() if words}
    if published:
        known["published"] = dates.iso(published)
    for item in intake.given(data, f"pasted-{digest(data)[:8]}.txt"):
        yield item if isinstance(item, intake.Failure) else replace(item, report=replace(item.report, **known))


def _base(name: str) -> str:
    """A file's own name, whatever folders a browser puts before it."""
    plain = re.sub(r"[^\w .()'’-]+", "_", PurePath(name.replace("\\", "/")).name).strip(" .")
    return plain[-100:] or "file"


def _sound(items: Iterator[intake.Received | intake.Failure]) -> list[intake.Received]:
    """The reports of a form, if all of them can be read while somebody waits. Raises InputError."""
    received: list[intake.Received] = []
    failed: list[tuple[str, str]] = []
    characters = 0
    for item in items:
        if isinstance(item, intake.Failure):
            failed.append((item.name, item.message))
            continue
        received.append(item)
        characters += len(item.report.text)
        if len(received) > REPORTS or characters > CHARACTERS:
            raise InputError(
                f"a form takes {REPORTS} reports and {CHARACTERS:,} characters at most; nothing was added; "
                "accordingto read, on the machine of the ledger, takes any number"
            )
    if failed or not received:
        raise InputError(_told(failed) if failed else "there is no report in it; nothing was added")
    return received


def _told(failed: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> str:
    return "; ".join(f"{name[:200]}: {message}" for name, message in failed[:3])


@contextmanager
def _alone(form: Form) -> Iterator[None]:
    """One report at a time is fetched and read, so that a server with one processor goes on answering."""
    if not _reading.acquire(timeout=WAIT):
        raise Unsent(503, "The server is busy", BUSY, form)
    try:
        yield
    finally:
        _reading.release()
