"""The app put together."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import HTTPException

from ..publish.templating import NAVIGATION, environment, twin
from . import faults, reading
from .forms import Unsent, again
from .gate import Gate, token
from .headers import Guard
from .page import JSON
from .room import Room
from .settings import Settings, loopback, refuse_strangers

LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
STATIC = {
    path.name: path
    for folder in (files("accordingto.publish") / "templates", files(__package__) / "static")
    if folder.is_dir()
    for path in folder.iterdir()
    if Path(path.name).suffix in KINDS
}
"""Files served as they are: a name that is not here leads nowhere, so no path can lead outside."""


def create(ledger_path: str | Path, settings: Settings | None = None) -> FastAPI:
    """The pages of a ledger as an ASGI app. Raises InputError when strangers could read it."""
    settings = settings or Settings()
    path = Path(ledger_path)
    refuse_strangers(settings, path)
    app = FastAPI(title="accordingto", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.room = Room(path, settings)
    app.state.settings = settings
    app.state.templates = environment("accordingto.serve", policy=settings.boundaries)
    navigation = [*NAVIGATION, *settings.navigation]
    app.state.templates.globals |= {"navigation": navigation, "live": True, "form_token": token}
    app.include_router(reading.router)
    for address, route in (("/static/{name}", _static), ("/favicon.ico", _icon), ("/openapi.json", _api)):
        app.add_api_route(address, route, include_in_schema=False)
    for router in settings.routers:
        app.include_router(router)
    faults.install(app)
    local = LOCAL | {settings.host} if loopback(settings.host) else None
    app.add_exception_handler(Unsent, again)
    app.add_middleware(Gate, path=path, settings=settings)
    app.add_middleware(Guard, hosts=local)
    return app


def _api(request: Request) -> Response:
    """What programs may ask, see described.py."""
    from .described import api

    return Response(twin(api(request.app)), media_type=JSON)


def _icon() -> Response:
    """Browsers ask for one by themselves; there is none."""
    return Response(status_code=204)


def _static(name: str) -> Response:
    if name not in STATIC:
        raise HTTPException(404)
    kind = KINDS[Path(name).suffix]
    return Response(STATIC[name].read_bytes(), media_type=kind, headers={"Cache-Control": "no-cache"})
