"""HTML pages through trafilatura: the words of the report with tables, lists and captions, without readers' comments.

Recall is favoured: a figure left out cannot be found again, a line too many does little harm. The title becomes the
first paragraph when the text does not begin with it, since headlines carry claims.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any, BinaryIO

from ..records import Report
from . import dates
from .decoding import Undecodable, decode
from .format import Failure, Format, Item, Received, digest, unusable, whole

_START = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b",
    re.I | re.S,
)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w\-]+)""", re.I)
_RULE = re.compile(r"^[|:\-\s]+$")
"""The line under a table's head."""
SHORTEST = 30
"""Characters below which an extraction is taken for a failure and rescued without its paragraphs."""
_XML = re.compile(r"^\s*<\?xml[^>]*\?>")


def read(stream: BinaryIO, name: str) -> Iterator[Item]:
    """The one report of a page."""
    data = whole(stream, name)
    if isinstance(data, Failure):
        yield data
        return
    declared = _DECLARED.search(data[:4096])
    try:
        page, doubts = decode(data, declared[1].decode("ascii") if declared else None)
    except Undecodable as error:
        yield Failure(name, str(error))
        return
    yield _received(name, page, data, doubts)


def _received(name: str, page: str, data: bytes, doubts: tuple[str, ...]) -> Item:
    found = _extract(_XML.sub("", page))
    text = _text(found) if found else ""
    if not text.strip():
        return Failure(name, "no report found in this page; save its words as .txt and read that")
    refusal = unusable(text)
    if refusal:
        return Failure(name, refusal)
    published, told = dates.or_dateline(dates.iso(found.date), text)
    report = Report(
        name=name,
        text=text,
        sha256=digest(data),
        url=found.url or None,
        title=found.title or None,
        publisher=found.sitename or found.hostname or None,
        byline=found.author or None,
        published=published,
        medium="webpage",
        doubts=doubts + told,
    )
    return Received(report, data)


@cache
def _trafilatura() -> tuple[Any, Any]:
    """trafilatura, silenced, and its settings: short reports are reports too."""
    for noisy in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL + 1)
    import trafilatura
    from trafilatura.settings import DEFAULT_CONFIG

    config = deepcopy(DEFAULT_CONFIG)
    for name in ("MIN_EXTRACTED_SIZE", "MIN_OUTPUT_SIZE"):
        config.set("DEFAULT", name, str(SHORTEST))
    return trafilatura, config


def _extract(page: str) -> Any:
    """What trafilatura makes of a page: a document with `text` and its metadata, or None."""
    trafilatura, config = _trafilatura()
    tree = trafilatura.load_html(page)
    if tree is None:
        return None
    for figure in tree.xpath(".//figure[.//figcaption]"):
        _keep_caption(figure)
    return trafilatura.bare_extraction(
        tree,
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
        config=config,
    )


def _keep_caption(figure: Any) -> None:
    """A picture's caption as a paragraph, since extraction leaves pictures out."""
    caption = figure.find(".//figcaption")
    words, tail = " ".join(caption.text_content().split()), figure.tail
    figure.clear()
    figure.tag, figure.text, figure.tail = "p", words, tail


def _text(found: Any) -> str:
    """The paragraphs, one a line, table rows with bars between their cells."""
    lines = (_RULE.sub("", line).strip().strip("|").strip() for line in (found.text or "").splitlines())
    text = "\n".join(line for line in lines if line)
    title = " ".join((found.title or "").split())
    begins = " ".join(text[: 2 * len(title) + 40].split()).casefold()
    return text if not title or begins.startswith(title.casefold()) else f"{title}\n{text}".strip()


FORMAT = Format("webpage", (".html", ".htm", ".xhtml"), lambda head: bool(_START.match(head)), read)
