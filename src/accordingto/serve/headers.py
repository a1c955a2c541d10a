"""Around every answer: headers that say what a browser may load and whom it may tell, the names the server answers
to, and a page for what nobody expected."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from . import faults

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


class Guard:
    """`hosts`: names the server may be asked under (another site's name that leads here is refused); None = any."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str] | None) -> None:
        self.app, self.hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            if self.hosts is not None and _host(scope) not in self.hosts:
                told = f"This server answers to {' and '.join(sorted(self.hosts))}, not to {_host(scope)[:60]!r}."
                await faults.page(Request(scope), 400, told, "Use the address it printed when it began.")(
                    scope, receive, guarded
                )
                return
            await self.app(scope, receive, guarded)
        except Exception as error:
            if begun:
                raise
            faults.log.error("%s %s", scope["method"], scope["path"], exc_info=error)
            await faults.page(Request(scope), 500, "The server could not make this page.")(scope, receive, guarded)


def _host(scope: Scope) -> str:
    """The host a request names, without its port."""
    named = Headers(scope=scope).get("host", "").lower()
    name, colon, port = named.rpartition(":")
    return name if colon and port.isdigit() else named
