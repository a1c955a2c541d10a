"""Plain text and Markdown, one report a file, taken exactly as decoded: offsets count code points, line ends included.

The date comes from a heading (`Date: …`), the file's name (`2025-02-27-outlet.txt`) or the dateline, if any.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO

from ..records import Report
from . import dates, heading
from .decoding import Undecodable, binary, decode
from .format import Failure, Format, Item, Received, digest, unusable, whole

MARKDOWN = (".md", ".markdown")
FROM_NAME = "date-from-name"


def read(stream: BinaryIO, name: str) -> Iterator[Item]:
    """The one report of a text file."""
    data = whole(stream, name)
    if isinstance(data, Failure):
        yield data
        return
    try:
        text, doubts = decode(data)
    except Undecodable as error:
        yield Failure(name, str(error))
        return
    refusal = unusable(text)
    yield Failure(name, refusal) if refusal else Received(_report(name, text, data, doubts), data)


def _report(name: str, text: str, data: bytes, doubts: tuple[str, ...]) -> Report:
    found = heading.fields(text)
    markdown = PurePath(name).suffix.lower() in MARKDOWN
    published = dates.iso(found.get("published"))
    if not published and (published := dates.in_name(name)):
        doubts += (FROM_NAME,)
    published, told = dates.or_dateline(published, text)
    return Report(
        name=name,
        text=text,
        sha256=digest(data),
        url=found.get("url"),
        title=found.get("title") or (heading.headline(text) if markdown else None),
        publisher=found.get("publisher"),
        byline=found.get("byline"),
        published=published,
        medium="markdown" if markdown else "text",
        doubts=doubts + told,
    )


FORMAT = Format("text", (".txt", ".text", *MARKDOWN), lambda head: binary(head) is None, read, fallback=True)
