"""What went wrong, as a page: what happened and what to do, never a trace."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from ..errors import InputError, LedgerError, NotFound
from .page import respond

TITLES = {
    400: "The address asks for something that is not there",
    401: "You have not signed in",
    403: "This is not for you to see",
    404: "There is no such page",
    405: "The page cannot be used like that",
    413: "That is too much at once",
    415: "The form cannot be read",
    422: "The address asks for something that is not there",
    429: "Too many requests",
    500: "Something went wrong",
    502: "Another server did not answer",
    503: "The ledger cannot be read now",
}
TODO = {
    401: "Sign in, then open the page again.",
    403: "Sign in, or ask an owner of the ledger.",
    404: "Look for it from the front page, or search.",
    405: "Go back and use the links of the page.",
    413: "Send less, in parts.",
    429: "Wait a minute and try again.",
    500: "The words of the error are in the server's log; please report them.",
    503: "Try again; if that does not help, look at the server's terminal.",
}
log = logging.getLogger("accordingto.serve")


def page(request: Request, status: int, happened: str, todo: str | None = None) -> Response:
    """The page of an error."""
    told = {"status": status, "title": TITLES.get(status, TITLES[500]), "happened": happened}
    return respond(request, "fault.html", {**told, "todo": todo or TODO.get(status, "")}, status)


def install(app: FastAPI) -> None:
    """Have every error answered with a page."""

    def ours(request: Request, error: Exception) -> Response:
        status = 404 if isinstance(error, NotFound) else 503 if isinstance(error, LedgerError) else 400
        return page(request, status, nameless(request, str(error)))

    def wrong(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return page(request, 400, "; ".join(_parameters(error.errors())), "Mend the address, or leave that part out.")

    def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        told = f"The address {request.url.path} leads nowhere." if error.status_code == 404 else str(error.detail)
        answer = page(request, error.status_code, told)
        answer.headers.update(error.headers or {})
        return answer

    def broken(request: Request, error: Exception) -> Response:
        log.error("%s %s", request.method, request.url.path, exc_info=error)
        return page(request, 500, "The server could not make this page.")

    for kind in (NotFound, InputError, LedgerError):
        app.add_exception_handler(kind, ours)
    app.add_exception_handler(RequestValidationError, wrong)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(Exception, broken)


def nameless(request: Request, message: str) -> str:
    """The message without the folder the ledger lies in."""
    path = request.app.state.room.path
    return message.replace(str(path), path.name).replace(str(path.parent), "its folder")


def _parameters(errors: Iterable[Any]) -> Iterable[str]:
    for error in errors:
        name = ".".join(str(part) for part in error["loc"][1:])
        yield f"{name} is {str(error.get('input'))[:60]!r}: {error['msg'][:1].lower()}{error['msg'][1:]}"
