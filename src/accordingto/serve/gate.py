"""Who asks: everybody signs in where the ledger has accounts; where it has none, this machine's user is the owner.

A cookie holds the name of a session, signed; who it belongs to is in the file of accounts. Before anybody signed in the
cookie is a visit's, which belongs to nobody; signing in gives a new one, so that a cookie somebody planted opens
nothing. Every form carries a token made of the cookie (`token`), which another site cannot read.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from itsdangerous import BadSignature, Signer, URLSafeSerializer
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..accounts import Account, Accounts, may
from ..accounts.store import WHOLE
from ..cli_common import me
from ..errors import LedgerError
from . import faults
from .settings import Settings, loopback

COOKIE = "accordingto"
OPEN = ("/sign-in", "/static/", "/favicon.ico")
"""Addresses for those who have not signed in."""
FEED = "/changes.atom"
"""What somebody may also read by a key in its address: readers of feeds have no cookies."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One request's cookie and whose it is; `fresh`: it has still to be given."""

    cookie: str
    person: Account | None
    fresh: bool
    teams: bool

    @property
    def name(self) -> str:
        return self.person.name if self.person else ""


class Gate:
    """Puts the visit into `request.state.visit`, and sends away who may not see the page."""

    def __init__(self, app: ASGIApp, path: Path, settings: Settings) -> None:
        self.app, self.settings = app, settings
        self.accounts = Accounts(path)
        self._own = secrets.token_urlsafe(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            visit, secret = await run_in_threadpool(self._visit, request)
        except LedgerError as error:
            await faults.page(request, 503, str(error))(scope, receive, send)
            return
        request.state.visit, request.state.secret = visit, secret
        await (self._away(request, visit) or self.app)(scope, receive, _giving(request, send) if visit.fresh else send)

    def _visit(self, request: Request) -> tuple[Visit, str]:
        teams = bool(self.accounts.all())
        secret = self.accounts.secret() if teams else self._own
        sent = _unsigned(request.cookies.get(COOKIE), secret)
        cookie = sent or secrets.token_urlsafe(32)
        if teams:
            person = self.accounts.account(cookie) if sent else None
            key = request.query_params.get("key") if request.url.path == FEED and person is None else None
            person = self.accounts.feeding(key) if key else person
        else:
            person = Account(me() or "owner", "owner") if loopback(self.settings.host) else None
        return Visit(cookie, person, sent is None, teams), secret

    def _away(self, request: Request, visit: Visit) -> Response | None:
        """Where somebody is sent who has not signed in."""
        path = request.url.path
        if visit.person is not None or path.startswith(OPEN):
            return None
        if not visit.teams:
            return faults.page(request, 403, "This ledger has no accounts any more.")
        if request.method == "POST":
            return None  # what was written is given back by the form, see forms.py
        if path.endswith(".json"):
            return faults.page(request, 401, "Sign in to see this.")
        if path == FEED and "key" in request.query_params:
            return faults.page(request, 401, "This address of the feed is good no more.", "Ask an owner for a new one.")
        asked = path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/sign-in?to={quote(asked, safe='')}", 303)


def _giving(request: Request, send: Send) -> Send:
    """Gives the browser the cookie of its visit with the answer, unless the answer gives it another."""

    async def giving(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if "set-cookie" not in headers and not request.url.path.startswith("/static/"):
                given = Response()
                remember(request, given, visit_of(request).cookie)
                headers.append("set-cookie", given.headers["set-cookie"])
        await send(message)

    return giving


def accounts(request: Request) -> Accounts:
    """The accounts of the ledger."""
    return Accounts(request.app.state.room.path)


def asker(request: Request) -> str:
    """The network address a request comes from."""
    return request.client.host if request.client else ""


def note(request: Request, what: str, whom: str) -> None:
    """Put into the log of the accounts what the person of a request did."""
    visit = visit_of(request)
    if visit.teams and visit.person:
        accounts(request).note(visit.person.name, what, whom)


def visit_of(request: Request) -> Visit:
    """The visit of a request."""
    found: Visit = request.state.visit
    return found


def remember(request: Request, answer: Response, cookie: str) -> None:
    """Give the browser its cookie."""
    value = Signer(request.state.secret, "cookie").sign(cookie).decode()
    secure = request.url.scheme == "https"
    answer.set_cookie(
        COOKIE, value, max_age=int(WHOLE.total_seconds()), httponly=True, samesite="lax", secure=secure, path="/"
    )


def token(request: Request) -> str:
    """What every form of this visit carries."""
    return str(URLSafeSerializer(request.state.secret, "form").dumps(visit_of(request).cookie))


def genuine(request: Request, sent: str) -> bool:
    """Whether a form was made for this visit."""
    try:
        made_for = URLSafeSerializer(request.state.secret, "form").loads(sent)
    except BadSignature:
        return False
    return bool(made_for == visit_of(request).cookie)


def from_here(request: Request) -> bool:
    """Whether the browser says that a form was sent by a page of this server."""
    site = request.headers.get("sec-fetch-site")
    return (
        site == "same-origin"
        if site
        else request.headers.get("origin") == f"{request.url.scheme}://{request.url.netloc}"
    )


def _needs(role: str) -> Callable[[Request], Account]:
    """The person of a request, for a route that only this role may use."""

    def person(request: Request) -> Account:
        found = visit_of(request).person
        if found is None:
            raise HTTPException(401, "Your session has ended, or you have not signed in.")
        if not may(found.role, role):
            raise HTTPException(403, f"{found.name} is a {found.role}; this needs the role {role}.")
        return found

    return person


Coder = Annotated[Account, Depends(_needs("coder"))]
Adjudicator = Annotated[Account, Depends(_needs("adjudicator"))]
Owner = Annotated[Account, Depends(_needs("owner"))]
"""Who asks, for a route; others get a page that says which role it needs."""


def _unsigned(sent: str | None, secret: str) -> str | None:
    if not sent:
        return None
    try:
        return Signer(secret, "cookie").unsign(sent).decode()
    except (BadSignature, UnicodeDecodeError):
        return None


def within(address: str | None) -> str:
    """An address of this server to go on to; the front page for any other."""
    address = address or "/"
    plain = address.startswith("/") and not address.startswith(("//", "/\\")) and _printable(address)
    return address if plain else "/"


def _printable(characters: Iterable[str]) -> bool:
    return all(" " < one < "\x7f" and one != "\\" for one in characters)
