"""Connections that lead where they were checked to lead: a name is looked up once, every address it has must be public,
and the connection goes to the address that was looked at. A name that means another one a moment later gains nothing.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

import httpcore2

from ..errors import InputError
from .guard import public

Resolve = Callable[[str, int], list[str]]
"""Name and port -> numeric addresses."""
TRIED = 4
"""Addresses of one name that are tried."""


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name. Raises InputError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise InputError(f"no site is called {host[:100]!r}, or the name cannot be looked up; check it") from None
    return list(dict.fromkeys(str(row[4][0]) for row in found))


class Clock:
    """How long everything together may still take."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self._end = seconds, time.monotonic() + seconds

    def left(self) -> float:
        """Raises httpcore2.ReadTimeout when the time is over."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout
        return left


class Pinned(httpcore2.NetworkBackend):
    """Opens connections to public addresses and these ports alone."""

    def __init__(self, ports: frozenset[int], clock: Clock, look_up: Resolve, inner: httpcore2.NetworkBackend) -> None:
        self.ports, self.clock, self.look_up, self.inner = ports, clock, look_up, inner

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Raises InputError for what may not be fetched, httpcore2.ConnectError."""
        if port not in self.ports:
            raise InputError(f"port {port} is not fetched from, only {' and '.join(map(str, sorted(self.ports)))}")
        found = self._looked_up(host, port)
        if not found or not all(map(public, found)):
            raise InputError(f"{host[:100]!r} is not on the public internet, and nothing else is fetched")
        for address in found[:TRIED]:
            try:
                return _Timed(self.inner.connect_tcp(address, port, self.clock.left()), self.clock)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
        raise failed

    def _looked_up(self, host: str, port: int) -> list[str]:
        """The addresses of a name. A look-up cannot be broken off, so one that takes too long is left behind."""
        answer: SimpleQueue[list[str] | Exception] = SimpleQueue()

        def look() -> None:
            try:
                answer.put(self.look_up(host, port))
            except Exception as error:
                answer.put(error)

        Thread(target=look, daemon=True).start()
        try:
            found = answer.get(timeout=self.clock.left())
        except Empty:
            raise httpcore2.ConnectTimeout from None
        if isinstance(found, Exception):
            raise found
        return found


class _Timed(httpcore2.NetworkStream):
    """A connection whose every step ends with the clock, so that a site which sends drop by drop is left."""

    def __init__(self, inner: httpcore2.NetworkStream, clock: Clock) -> None:
        self.inner, self.clock = inner, clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.inner.read(max_bytes, self.clock.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, self.clock.left())

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return _Timed(self.inner.start_tls(ssl_context, server_hostname, self.clock.left()), self.clock)

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)
