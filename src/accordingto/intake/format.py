"""What a format of reports is, and what reading one yields.

A format is one file of this folder with a `FORMAT`; nothing else has to be told. Its `read` gets an open binary
stream and yields what it finds, one report at a time, so that no input has to fit into memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from ..records import Report

BYTES = 20_000_000
"""Longest file, page or line that holds one report."""
CHARACTERS = 2_000_000
"""Longest text of one report (the length of six novels); longer ones are refused, not cut."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read: which (file, or file and line), and why with a remedy, in one line."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Received:
    """A report as it came in with the bytes it was read from (None: not here); its language is not yet known."""

    report: Report
    archived: bytes | None


Item = Received | Failure


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page from the network: the address it came from in the end, its media type, its bytes, when (UTC), and the
    encoding of its words, if the site said it."""

    address: str
    kind: str
    data: bytes
    time: str
    charset: str | None = None


Fetch = Callable[[str], Fetched]
"""Goes to the network for an address; raises InputError."""
KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
}
"""Media types that are read, and the suffix of files of such."""


@dataclass(frozen=True, slots=True)
class Format:
    """`suffixes` in lower case; `looks` tells it from the first bytes of a file without a known suffix; `fallback`
    formats are asked last; `read(stream, name)` yields its reports, `name` being the base name of the file."""

    name: str
    suffixes: tuple[str, ...]
    looks: Callable[[bytes], bool]
    read: Callable[[BinaryIO, str], Iterator[Item]]
    fallback: bool = False


def digest(archived: bytes) -> str:
    """SHA-256 of the bytes, hexadecimal."""
    return hashlib.sha256(archived).hexdigest()


def whole(stream: BinaryIO, name: str) -> bytes | Failure:
    """All bytes of a file that holds one report, or why not."""
    data = stream.read(BYTES + 1)
    if len(data) > BYTES:
        return Failure(
            name,
            f"more than {BYTES // 1_000_000} MB, too long for one report; split it, or put one report a line "
            "in a .jsonl file",
        )
    return data if data.strip() else Failure(name, "empty; nothing to read")


def unusable(text: str) -> str | None:
    """Why a text cannot be a report, None when it can."""
    if not text.strip():
        return "no words in it; nothing to read"
    if len(text) > CHARACTERS:
        return (
            f"{len(text):,} characters are too long for one report (at most {CHARACTERS:,}); split it, "
            "or put one report a line in a .jsonl file"
        )
    return None
