"""Bytes to text: UTF-8, a byte order mark, what the bytes declare, else a guess that is recorded as a doubt."""

from __future__ import annotations

import codecs
import logging

GUESSED = "encoding-guessed"
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
KNOWN = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3", "an SQLite file"),
    (b"MZ\x90", "a program"),
    (b"{\\rtf", "an RTF document"),
)
WRITTEN = (
    *("ascii", "iso8859", "cp", "koi8", "mac", "tis", "ptcp", "kz", "gb", "hz", "big5", "euc", "shift", "iso2022"),
    *("johab", "utf-8", "utf-16", "utf-32"),
)
"""How names of encodings begin in which pages are written; others of Python's are no encodings of words."""
SAMPLE = 100_000


class Undecodable(Exception):
    """The bytes are not a text; the message says what they look like."""


def decode(data: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text, without its byte order mark, and its doubts. Raises Undecodable."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding), ()
    _refuse_binary(data)
    for encoding in filter(None, ("utf-8", _codec(declared))):
        try:
            return data.decode(encoding), ()
        except UnicodeDecodeError:
            continue
    return _guess(data), (GUESSED,)


def sent(data: bytes, charset: str | None) -> bytes:
    """The bytes in UTF-8, if whoever sent them says truly in what else they are written; else as they are."""
    encoding = _codec(charset)
    if encoding is None or data.startswith(tuple(mark for mark, _ in MARKS)):
        return data
    for written in (encoding,) if b"\0" in data else ("utf-8", encoding):
        try:
            return data.decode(written).encode()
        except UnicodeDecodeError:
            continue
    return data


def _codec(label: str | None) -> str | None:
    """What the web means by the name of an encoding (WHATWG: Latin-1 is Windows-1252), None when it is none."""
    try:
        name = codecs.lookup(label or "").name
    except (LookupError, ValueError):
        return None
    return ("cp1252" if name in ("ascii", "iso8859-1") else name) if name.startswith(WRITTEN) else None


def binary(data: bytes) -> str | None:
    """What binary data it looks like, None for text."""
    if data.startswith(tuple(mark for mark, _ in MARKS)):
        return None
    known = next((what for sign, what in KNOWN if data.startswith(sign)), None)
    if known:
        return known
    head = data[:SAMPLE]
    controls = sum(head.count(code) for code in (*range(1, 7), *range(14, 27), 127))
    return "binary data" if b"\0" in head or controls > len(head) // 50 else None


def _refuse_binary(data: bytes) -> None:
    found = binary(data)
    if found:
        raise Undecodable(f"not a text but {found}; save its words as .txt or .html")


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Undecodable(f"starts as {encoding} but is broken at byte {error.start}; save it again as UTF-8") from None


def _guess(data: bytes) -> str:
    logging.getLogger("charset_normalizer").setLevel(logging.CRITICAL)
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE]).best()
    for encoding in filter(None, (best.encoding if best else None, "cp1252")):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise Undecodable("in no encoding that could be recognised; save it again as UTF-8")
