"""Bytes to reports: files, folders and standard input, in any format of this folder.

`reports(inputs)` streams a Report or a Failure for each thing found, in a stable order; one bad input never stops the
others, and nothing is fetched from anywhere unless `received` is handed a `fetcher()`. A format is one module here with
a `FORMAT` (see `format`): adding one is adding a file.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from io import BufferedReader, BytesIO
from pathlib import Path
from pkgutil import iter_modules
from typing import BinaryIO, cast
from urllib.parse import urlsplit

from ..errors import InputError
from ..records import Report
from . import walk
from .decoding import sent
from .format import KINDS, Failure, Fetch, Fetched, Format, Item, Received, digest
from .language import identified

__all__ = [
    "Failure",
    "Fetch",
    "Fetched",
    "Format",
    "Input",
    "Received",
    "fetcher",
    "formats",
    "given",
    "online",
    "received",
    "reports",
]

Input = str | Path | Item
"""A file, a folder, an address, `-`; or what was received already."""

PEEK = 65_536


def reports(inputs: str | Path | Iterable[str | Path]) -> Iterator[Report | Failure]:
    """Every report of the inputs with its language, and a Failure for each that cannot be read."""
    for item in received(inputs):
        yield item if isinstance(item, Failure) else identified(item.report)


def received(inputs: str | Path | Iterable[Input], fetch: Fetch | None = None) -> Iterator[Item]:
    """Every report as it came in, with its bytes; its language is not looked at yet (`language.identified`).

    `fetch` goes to the network for addresses; without it they are refused."""
    for given in [inputs] if isinstance(inputs, str | Path) else inputs:
        if isinstance(given, Received | Failure):
            yield given
        elif str(given) == walk.STDIN:
            yield from _guarded(sys.stdin.buffer, "stdin", None)
        elif fetch and (address := walk.address(str(given))):
            yield from online(address, fetch)
        else:
            for found in walk.files(given, [suffix for format in formats() for suffix in format.suffixes]):
                yield from [found] if isinstance(found, Failure) else _file(found)


def fetcher() -> Fetch:
    """What goes to the network, loaded only when somebody asks for it."""
    from ..fetch import Fetcher

    return Fetcher()


@cache
def formats() -> tuple[Format, ...]:
    """The formats of this folder, those that take anything last."""
    modules = (import_module(f".{module.name}", __name__) for module in iter_modules(__path__))
    found = [module.FORMAT for module in modules if hasattr(module, "FORMAT")]
    return tuple(sorted(found, key=lambda format: (format.fallback, format.name)))


def _file(path: Path) -> Iterator[Item]:
    try:
        stream = path.open("rb")
    except OSError as error:
        yield Failure(str(path), walk.trouble(error))
        return
    with stream:
        yield from _guarded(stream, _printable(path.name), path)


def online(address: str, fetch: Fetch) -> Iterator[Item]:
    """The reports at an address, as of where it led in the end."""
    try:
        page = fetch(address)
    except InputError as error:
        yield Failure(address, str(error))
        return
    written = page.kind.startswith("text/") or page.kind.endswith("xml")  # JSON is UTF-8 whatever is said (RFC 8259)
    data = sent(page.data, page.charset) if written else page.data
    for item in given(data, page.address, KINDS.get(page.kind, "")):
        if isinstance(item, Received) and written:
            item = Received(replace(item.report, sha256=digest(page.data)), page.data)
        yield item if isinstance(item, Failure) else replace(item, report=_placed(item.report, page))


def given(data: bytes, name: str, suffix: str = "") -> Iterator[Item]:
    """The reports of a file that is held here; `suffix`: of its kind, when that is told otherwise than by its name."""
    stream = cast(BinaryIO, BufferedReader(BytesIO(data)))  # type: ignore[type-var, unused-ignore]
    yield from _guarded(stream, name, None, suffix)


def _placed(report: Report, page: Fetched) -> Report:
    """A report as of the address it was fetched from; one that it gives itself holds on its own site alone."""
    here, own = urlsplit(page.address).hostname, urlsplit(report.url or "").hostname
    url = report.url if own == here else page.address
    return replace(report, url=url, publisher=report.publisher or (here or "").removeprefix("www."), fetched=page.time)


def _printable(name: str) -> str:
    """A file's name in characters that can be written, whatever bytes it is made of."""
    return os.fsencode(name).decode("utf-8", "replace")


def _guarded(stream: BinaryIO, name: str, path: Path | None, suffix: str = "") -> Iterator[Item]:
    """The items of one stream; failures carry the file's path, whatever goes wrong inside a format stays one line.

    `suffix`: of its kind, when that was told otherwise than by its name."""
    shown = _printable(str(path)) if path else name
    try:
        for item in _format(stream, f"page{suffix}" if suffix else name).read(stream, name):
            yield Failure(shown + item.name.removeprefix(name), item.message) if isinstance(item, Failure) else item
    except OSError as error:
        yield Failure(shown, walk.trouble(error))
    except Exception as error:  # a format must not stop the others
        yield Failure(
            shown, f"cannot be read ({type(error).__name__}: {' '.join(str(error).split())[:200]}); please report it"
        )


def _format(stream: BinaryIO, name: str) -> Format:
    """The format of the name's suffix, else (and for a page saved as .txt) the one its first bytes look like."""
    suffix = Path(name).suffix.lower()
    by_name = next((format for format in formats() if suffix in format.suffixes), None)
    if by_name and not by_name.fallback:
        return by_name
    head = cast(BufferedReader, stream).peek(PEEK)
    return next((format for format in formats() if format.looks(head)), formats()[-1])
