"""Paths of pages: what a record's page is called, in a static site and on the server alike."""

from __future__ import annotations

import re

from ..records import fingerprint

_SAFE = re.compile(r"[0-9A-Za-z_-]{1,64}")


def file(id: str) -> str:
    """A file name for an id: the id itself where it is safe in every file system and address, else its hash."""
    return id if _SAFE.fullmatch(id) else fingerprint("file", id)


def source(name: str) -> str:
    """The id of a source: its name, whatever its capitals."""
    return fingerprint("source", name.lower())


def place(name: str, country: str | None) -> str:
    """The id of a place."""
    return fingerprint("place", name, country)
