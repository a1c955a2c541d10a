"""An address to its bytes: http and https, no credentials, a few redirects, so many bytes and seconds, and only what
intake reads. No proxy of the environment is used: it would look names up by itself."""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message

import httpcore2
import httpx2

from .. import __version__
from ..errors import InputError
from ..intake.format import KINDS, Fetched
from .pinned import Clock, Pinned, Resolve, resolve

HEADERS: dict[bytes | str, bytes | str] = {
    "User-Agent": f"accordingto/{__version__}",
    "Accept": ", ".join(KINDS),
    "Accept-Encoding": "gzip",
}
ONWARD = (301, 302, 303, 307, 308)
PIECE = 1 << 16
"""Bytes that are unpacked at a time."""
GZIP = 31
"""The window by which zlib knows that data is gzip."""


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches a page: `most` bytes, packed or unpacked, within `seconds` in all, from these `ports`.

    `look_up`, `network` and `trust` say how names are looked up, connections opened and certificates trusted; whatever
    they are, every address is checked.
    """

    ports: frozenset[int] = frozenset({80, 443})
    most: int = 10_000_000
    seconds: float = 20.0
    redirects: int = 5
    look_up: Resolve = resolve
    network: httpcore2.NetworkBackend = field(default_factory=httpcore2.SyncBackend)
    trust: ssl.SSLContext | None = None

    def __call__(self, address: str) -> Fetched:
        """The page at an address. Raises InputError, which says why there is none."""
        clock, url = Clock(self.seconds), _parsed(address)
        try:
            for _ in range(self.redirects + 1):
                found = self._ask(url, clock)
                if isinstance(found, Fetched):
                    return found
                url = found
        except httpcore2.TimeoutException:
            raise InputError(f"the site took longer than {self.seconds:g} seconds; try again later") from None
        except httpcore2.NetworkError as error:
            raise InputError(f"the site could not be reached ({_line(error)}); try again later") from None
        except httpcore2.ProtocolError as error:
            raise InputError(f"the site's answer broke off or is no page ({_line(error)}); try again later") from None
        raise InputError(f"it leads on more than {self.redirects} times; give the address of the page itself")

    def _ask(self, url: httpx2.URL, clock: Clock) -> Fetched | httpx2.URL:
        """The page, or where it leads on to."""
        network = Pinned(self.ports, clock, self.look_up, self.network)
        with httpcore2.ConnectionPool(self.trust or httpx2.create_ssl_context(), network_backend=network) as pool:
            target = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
            with pool.stream("GET", target, headers={"Host": url.netloc, **HEADERS}) as answer:
                told = {name.lower().decode("latin-1"): value.decode("latin-1") for name, value in answer.headers}
                if answer.status in ONWARD and "location" in told:
                    return _parsed(told["location"], url)
                if answer.status != 200:
                    raise InputError(f"the site answered {answer.status} instead of a page; check the address")
                kind, charset = _kind(told.get("content-type", ""))
                if kind not in KINDS:
                    raise InputError(
                        f"it is {kind[:60] or 'nothing known'}, not a page; give one of {', '.join(KINDS)}"
                    )
                data = self._whole(answer.iter_stream(), told.get("content-encoding", "").strip().lower())
                return Fetched(str(url.copy_with(fragment=None)), kind, data, _now(), charset)

    def _whole(self, pieces: Iterable[bytes], packed: str) -> bytes:
        if packed not in ("", "identity", "gzip", "x-gzip"):
            raise InputError(
                f"it is packed as {packed[:60]!r}, which was not asked for; save the page and read the file"
            )
        bounded = self._bounded(pieces)
        return b"".join(self._bounded(_unpacked(bounded)) if "gzip" in packed else bounded)

    def _bounded(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        size = 0
        for piece in pieces:
            size += len(piece)
            if size > self.most:
                raise InputError(f"it is more than {self.most / 1_000_000:g} MB, too long for one report")
            yield piece


def _kind(said: str) -> tuple[str, str | None]:
    """The media type and the charset of a Content-Type."""
    message = Message()
    message["content-type"] = " ".join(said.split())
    charset = message.get_param("charset")
    return said.partition(";")[0].strip().lower(), charset if isinstance(charset, str) else None


def _parsed(address: str, before: httpx2.URL | None = None) -> httpx2.URL:
    """An address, or one that another leads on to. Raises InputError."""
    try:
        url = before.join(address) if before else httpx2.URL(address)
    except (httpx2.InvalidURL, ValueError):
        raise InputError(f"{address[:100]!r} is no address; it begins with https:// or http://") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise InputError(f"{str(url)[:100]!r} is no address of a page; it begins with https:// or http://")
    if url.userinfo:
        raise InputError("it carries a name or password, which would be kept in the ledger; leave them out")
    return url


def _unpacked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes of gzip data, a little at a time, so that what unpacks to a thousand times its size ends early."""
    member, begun = zlib.decompressobj(GZIP), False
    try:
        for data in pieces:
            while data:
                begun = True
                yield (piece := member.decompress(data, PIECE))
                data = member.unconsumed_tail
                while not member.eof and not data and len(piece) == PIECE:
                    yield (piece := member.decompress(b"", PIECE))
                if member.eof:
                    data, member, begun = member.unused_data, zlib.decompressobj(GZIP), False
    except zlib.error:
        raise InputError("it says that it is packed, and is not; save the page and read the file") from None
    if begun:
        raise InputError("its packed data broke off; try again later")


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:100] or type(error).__name__


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
