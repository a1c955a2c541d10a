"""A view as a page, or as its .json twin when the address ends so."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse

from ..publish import templating

JSON = "application/json; charset=utf-8"
Page = Callable[..., Response]


def link(base: str, path: str, **given: Any) -> str:
    """The address of a page; a parameter that is None, or the first page, is left out."""
    path, mark, anchor = path.partition("#")
    kept = {name: value for name, value in given.items() if value is not None and (name, value) != ("page", 1)}
    return f"{base}/{quote(path)}{'?' + urlencode(kept) if kept else ''}{mark}{anchor}"


def respond(request: Request, template: str, view: Mapping[str, Any], status: int = 200, **extra: Any) -> Response:
    """The page, or its twin."""
    if request.url.path.endswith(".json"):
        return Response(templating.twin(view), status, media_type=JSON)
    base = request.scope.get("root_path", "")
    words = request.app.state.templates.get_template(template).render(
        view=view,
        to=partial(link, base),
        asset=lambda name: f"{base}/static/{name}",
        data=partial(link, base),
        twin=_twin(request) if status == 200 else None,
        today=datetime.now(UTC).date().isoformat(),
        request=request,
        notices=request.app.state.room.notices(),
        **extra,
    )
    return HTMLResponse(words, status)


def _twin(request: Request) -> str:
    path = quote(re.sub(r"/$", "/index", request.url.path))
    return f"{path}.json{'?' + request.url.query if request.url.query else ''}"


def _page(request: Request) -> Page:
    return partial(respond, request)


PageOf = Annotated[Page, Depends(_page)]
"""Answers a request with a template and a view."""


def both(router: APIRouter, path: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Registers a route for a page and for its .json twin; programs are told of the twin."""

    def register(route: Callable[..., Any]) -> Callable[..., Any]:
        for address in (f"{path.rstrip('/') or '/index'}.json", path):
            router.get(address, include_in_schema=address != path)(route)
            router.head(address, include_in_schema=False)(route)
        return route

    return register
