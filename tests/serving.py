"""A ledger's pages with people who sign in, for the tests of the server."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from fastapi.routing import iter_route_contexts
from starlette.testclient import TestClient

from accordingto.accounts import Accounts, exist
from accordingto.serve import add, desk, oidc, signing
from accordingto.serve.app import create
from accordingto.serve.settings import Settings

PASSWORD = "correct horse battery"
HERE = {"sec-fetch-site": "same-origin"}


def team(path: Path, **roles: str) -> None:
    """Accounts beside a ledger."""
    for name, role in roles.items():
        Accounts(path).add(name, role, PASSWORD, "test")


def app(path: Path, host: str = "127.0.0.1", **given: Any) -> Any:
    routers = (signing.router, oidc.router, desk.router, add.router)
    named = (("review", "Review"), ("add", "Add"))
    return create(path, Settings(host, accounts_exist=exist, wait=0.3, routers=routers, navigation=named, **given))


def client(path: Path, **given: Any) -> TestClient:
    return TestClient(
        app(path, **given), base_url="http://127.0.0.1", raise_server_exceptions=False, follow_redirects=False
    )


def token(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found, page
    return found[1]


def sign_in(visitor: TestClient, name: str, password: str = PASSWORD, to: str = "/review") -> Any:
    given = {"name": name, "password": password, "to": to, "token": token(visitor.get("/sign-in").text)}
    return visitor.post("/sign-in", data=given)


def signed_in(path: Path, name: str) -> TestClient:
    visitor = client(path)
    assert sign_in(visitor, name).status_code == 303
    return visitor


def first(visitor: TestClient, query: str = "") -> str:
    """The address of the first figure to decide."""
    visitor.get("/review")
    return str(visitor.get(f"/review/next{query}").headers["location"])


def decide(visitor: TestClient, address: str, verdict: str, **fields: str) -> Any:
    page = visitor.get(address).text
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen, page
    return visitor.post(address, data={"verdict": verdict, "token": token(page), "seen": seen[1], **fields})


@contextmanager
def served(pages: Any) -> Iterator[str]:
    """The address of an app on a free port of this machine."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        server = uvicorn.Server(uvicorn.Config(pages, log_level="error", access_log=False))
        worker = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        worker.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            worker.join(10)


def routes(pages: Any) -> list[tuple[str, str]]:
    """Method and path of every route of an app."""
    found = iter_route_contexts(pages.routes)
    return sorted({(method, str(route.path)) for route in found for method in route.methods or ()})
