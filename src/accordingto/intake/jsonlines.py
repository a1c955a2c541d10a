"""JSON lines, one report a line (the news-please and Common Crawl news habit), and this program's own claims.jsonl.

Fields: `text | maintext | body | content`, and if known `id | doc | name`, `title`, `url`,
`date | date_publish | published`, `publisher | outlet | source_domain`, `author | authors | byline`, `language`.
A .json file may hold one such object or a list of them. Lines of claims.jsonl are taken back when they carry their
report's text (`report.text`, once a report); its claims are read anew from it. A bad line is named, the others go on.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from ..records import Report
from . import dates
from .decoding import Undecodable, decode
from .format import BYTES, Failure, Format, Item, Received, digest, unusable

TEXT = ("text", "maintext", "body", "content")
NAME = ("id", "doc", "name")
DATE = ("date", "date_publish", "published")
PUBLISHER = ("publisher", "outlet", "source_domain")
BYLINE = ("byline", "author", "authors")
KEPT = ("url", "title", "publisher", "byline", "published", "fetched", "language", "medium")
"""What an exported report brings back besides its name, text and sha256."""


def read(stream: BinaryIO, name: str) -> Iterator[Item]:
    """The reports of a file of JSON lines, or of one JSON value in a .json file."""
    back: dict[str, bool] = {}
    for where, line in _lines(stream, name):
        if isinstance(line, Failure):
            yield line
            continue
        try:
            value, doubts = _value(line)
            items = _whole(value, line, where) if name.lower().endswith(".json") else [(where, value, line)]
            for place, one, archived in items:
                found = _item(one, archived, place, doubts, back)
                if found:
                    yield found
        except (Undecodable, ValueError, RecursionError) as error:
            yield Failure(where, _why(error))


def _lines(stream: BinaryIO, name: str) -> Iterator[tuple[str, bytes | Failure]]:
    """(file:line, line), blank ones left out; the whole of a .json file that is one value."""
    if name.lower().endswith(".json"):
        head = stream.read(BYTES + 1)
        if len(head) <= BYTES and _one_value(head):
            yield name, head
            return
        stream = io.BufferedReader(_Chained(head, stream))  # type: ignore[arg-type, type-var, unused-ignore]
    number = 0
    while line := stream.readline(BYTES + 1):
        number += 1
        if len(line) > BYTES:
            while line and not line.endswith(b"\n"):
                line = stream.readline(BYTES)
            yield (
                f"{name}:{number}",
                Failure(f"{name}:{number}", f"a line of more than {BYTES // 1_000_000} MB; one line holds one report"),
            )
        elif line.strip():
            yield f"{name}:{number}", line.rstrip(b"\r\n")


class _Chained(io.RawIOBase):
    """Bytes already read, then the rest of the stream."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self.head, self.rest = io.BytesIO(head), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self.head.read(len(buffer)) or self.rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _one_value(data: bytes) -> bool:
    """Whether the bytes are one JSON value, or broken inside the first one (then its error is told, not one a line)."""
    try:
        _value(data)
    except json.JSONDecodeError as error:
        return error.msg != "Extra data"
    except (Undecodable, ValueError, RecursionError):
        return True
    return True


def _value(line: bytes) -> tuple[Any, tuple[str, ...]]:
    text, doubts = decode(line)
    return json.loads(text), doubts


def _whole(value: Any, data: bytes, name: str) -> list[tuple[str, Any, bytes]]:
    """The objects of a .json file; one of a list is archived as its own JSON."""
    if not isinstance(value, list):
        return [(name, value, data)]
    return [
        (f"{name}:[{number}]", one, json.dumps(one, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        for number, one in enumerate(value)
    ]


def _item(value: Any, archived: bytes, where: str, doubts: tuple[str, ...], back: dict[str, bool]) -> Item | None:
    if not isinstance(value, dict):
        return Failure(where, f"found {_kind(value)}, expected an object {{…}} with a text")
    if isinstance(value.get("content"), dict) and "figures" in value:
        return _exported(value, where, back)
    text = _first(value, TEXT)
    if text is None:
        return Failure(where, f"no text in it (expected one of {', '.join(TEXT)}; found {_names(value)})")
    text, doubts = _sound(text, doubts)
    refusal = unusable(text)
    return Failure(where, refusal) if refusal else Received(_report(value, text, archived, where, doubts), archived)


def _report(value: Mapping[str, Any], text: str, archived: bytes, where: str, doubts: tuple[str, ...]) -> Report:
    given = next((found for name in DATE if (found := dates.iso(value.get(name)))), None)
    published, told = dates.or_dateline(given, text)
    url = _words(value.get("url"))
    return Report(
        name=next((found for name in NAME if (found := _words(value.get(name)))), None) or url or where,
        text=text,
        sha256=digest(archived),
        url=url,
        title=_words(value.get("title")),
        publisher=next((found for name in PUBLISHER if (found := _words(value.get(name)))), None),
        byline=next((found for name in BYLINE if (found := _words(value.get(name)))), None),
        published=published,
        language=_language(value.get("language")),
        medium="jsonl",
        doubts=doubts + told,
    )


def _exported(value: Mapping[str, Any], where: str, back: dict[str, bool]) -> Item | None:
    """The report of a line of claims.jsonl, once; None for its further lines."""
    told = value.get("report")
    if not isinstance(told, dict) or not isinstance(told.get("id"), str):
        return Failure(where, "a claim without its report's id; export it again (accordingto export -f jsonl)")
    id = told["id"]
    if back.get(id) or (id in back and not told.get("text")):
        return None
    back[id] = bool(told.get("text"))
    if not isinstance(told.get("text"), str) or not isinstance(told.get("sha256"), str):
        return Failure(
            where,
            f"a claim of report {told.get('name') or id} without the report's text, so its words cannot be checked; "
            "export it with the text, or read the report itself",
        )
    kept = {name: told.get(name) for name in KEPT}
    if not _written(told.get("name"), told["text"], told["sha256"], *kept.values(), *(told.get("doubts") or ())):
        return Failure(where, "its report has fields that are no text; export it again (accordingto export -f jsonl)")
    report = Report(
        str(told.get("name") or id), told["text"], told["sha256"], **kept, doubts=tuple(told.get("doubts") or ())
    )
    if report.id != id:
        return Failure(
            where, f"report {id} has been changed since it was exported (its fields give {report.id}); export it again"
        )
    return Received(report, None)


def _sound(text: str, doubts: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Half a surrogate pair is no character: it becomes U+FFFD, with a doubt."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), (*doubts, "broken-characters")
    return text, doubts


def _written(*values: Any) -> bool:
    """Whether every value is text that can be written, or missing."""
    return all(value is None or (isinstance(value, str) and _sound(value, ())[1] == ()) for value in values)


def _first(value: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    found = [value[name] for name in names if isinstance(value.get(name), str)]
    return next((text for text in found if text.strip()), found[0] if found else None)


def _words(value: Any) -> str | None:
    """A field as one line of words, None when it holds none."""
    if isinstance(value, list):
        value = ", ".join(str(one) for one in value if isinstance(one, str | int))
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return " ".join(str(value).encode("utf-8", "replace").decode("utf-8").split()) or None


def _language(value: Any) -> str | None:
    """An ISO 639-1 code out of `en`, `en-GB`, `EN_us`."""
    code = value.replace("_", "-").split("-")[0].strip().lower() if isinstance(value, str) else ""
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None


def _kind(value: Any) -> str:
    names = {
        list: "a list",
        str: "a string",
        bool: "true or false",
        int: "a number",
        float: "a number",
        type(None): "null",
    }
    return names.get(type(value), "something else")


def _names(value: Mapping[str, Any]) -> str:
    return ", ".join(list(value)[:6]) or "nothing"


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg} at character {error.pos}; expected one object a line"
    if isinstance(error, RecursionError):
        return "JSON nested too deeply; expected one flat object a line"
    return str(error).split("\n")[0]


def _looks(head: bytes) -> bool:
    """An object on the first line that is not blank."""
    first = next((line for line in head.removeprefix(b"\xef\xbb\xbf").splitlines() if line.strip()), b"").strip()
    return first.startswith(b'{"') or first == b"{" or (first.startswith(b"{") and first.endswith(b"}"))


FORMAT = Format("jsonl", (".jsonl", ".ndjson", ".json"), _looks, read)
