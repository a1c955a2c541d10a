"""The two addresses of signing in through a provider: there, and back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse

from ..accounts import through
from ..accounts.oidc import Provider, Refused
from . import faults, gate

router = APIRouter()
BACK = "/sign-in/back"


@router.get("/sign-in/through", include_in_schema=False)
def there(request: Request, to: Annotated[str | None, Query(max_length=2000)] = None) -> Response:
    provider, accounts, visit = _provider(request), gate.accounts(request), gate.visit_of(request)
    back = f"{str(request.base_url).rstrip('/')}{BACK}"
    try:
        if accounts.refused(None, gate.asker(request)):
            raise Refused(429, "Too many sign-ins failed.")
        address, begun = provider.begin(back)
        through.keep(accounts, begun, visit.cookie, gate.within(to), gate.asker(request))
    except Refused as error:
        return _refused(request, error)
    return RedirectResponse(address, 303)


@router.get(BACK, include_in_schema=False)
def back(request: Request) -> Response:
    """Only an answer to what was begun in this visit signs in, and only once; the session is a new one."""
    provider, accounts, visit = _provider(request), gate.accounts(request), gate.visit_of(request)
    answer = dict(request.query_params)
    try:
        if accounts.refused(None, gate.asker(request)):
            raise Refused(429, "Too many sign-ins failed.")
        begun, onward = through.take(accounts, answer.get("state", ""), visit.cookie)
        person = provider.person(answer, begun)
        session = through.sign_in(accounts, person, provider.role, gate.asker(request))
    except Refused as error:
        if error.status != 429:
            accounts.failed(gate.asker(request), provider.name)
        return _refused(request, error)
    signed_in = RedirectResponse(onward, 303)
    gate.remember(request, signed_in, session)
    return signed_in


def _provider(request: Request) -> Provider:
    provider: Provider | None = request.app.state.settings.provider
    if provider is None or not gate.visit_of(request).teams:
        raise HTTPException(404)
    return provider


def _refused(request: Request, error: Refused) -> Response:
    """Why somebody is not signed in: on the page in a sentence, in the server's log with what was behind it."""
    faults.log.warning("sign-in: %s", f"{error} {error.__cause__ or ''}".strip())
    return faults.page(request, error.status, str(error), "Begin again on the page of signing in.")
