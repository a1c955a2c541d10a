"""The command `serve`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import InputError
from .settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI


def assembled(path: Path, settings: Settings) -> FastAPI:
    """The app with all its pages. Raises InputError."""
    from ..accounts import exist
    from . import add, desk, signing
    from .app import create

    routers = [signing.router, desk.router, add.router]
    if settings.provider:
        from . import oidc

        if not exist(path):
            raise InputError("--oidc: the ledger has no accounts; add an owner first (accordingto accounts add)")
        routers.append(oidc.router)
    navigation = (("review", "Review"), ("add", "Add"))
    return create(path, replace(settings, accounts_exist=exist, routers=tuple(routers), navigation=navigation))


def run(path: Path, settings: Settings) -> None:
    """Serve the ledger until interrupted. Raises InputError, LedgerError."""
    import socket
    from threading import Thread

    import uvicorn

    from ..cli_common import look
    from ..ledger import Ledger

    host, port = settings.host, settings.port
    app = assembled(path, settings)
    with Ledger(path, create=False) as ledger:
        look(ledger)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
        except OSError as error:
            raise InputError(
                f"--host {host} --port {port}: cannot listen there ({error.strerror or error}); give another --port"
            ) from error
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"http://{shown}:{listening.getsockname()[1]}/ (Ctrl-C ends it)", err=True)
        Thread(target=app.state.room.warm, daemon=True).start()
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, date_header=False)
        )
        server.run(sockets=[listening])
