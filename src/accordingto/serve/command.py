"""The command `serve`."""

from __future__ import annotations

from pathlib import Path

import click

from ..errors import InputError
from ..publish.basemap import RECOGNISED
from .settings import Settings


def run(path: Path, host: str, port: int, fetch: bool = False, boundaries: str = RECOGNISED) -> None:
    """Serve the ledger until interrupted. Raises InputError, LedgerError."""
    import socket

    import uvicorn

    from .. import intake
    from ..accounts import exist
    from ..cli_common import look
    from ..ledger import Ledger
    from . import add, desk, signing
    from .app import create

    settings = Settings(
        host,
        port,
        exist,
        fetch=intake.fetcher() if fetch else None,
        boundaries=boundaries,
        routers=(signing.router, desk.router, add.router),
        navigation=(("review", "Review"), ("add", "Add")),
    )
    app = create(path, settings)
    with Ledger(path, create=False) as ledger:
        look(ledger)
    app.state.room.warm()
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
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, date_header=False)
        )
        server.run(sockets=[listening])
