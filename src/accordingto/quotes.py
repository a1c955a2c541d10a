"""Quotations as they stand in several reports, for a terminal and as JSON: what was changed, cut or added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from .mark import printable
from .publish.wording import chain, day, many
from .reconcile.quotes import Edit, Quotation, Version

SHORT = 8
"""Digits of an id that are shown."""
CUT, ADDED = ("[-", "-]"), ("{+", "+}")
"""Marks around words that were cut and added, as wdiff has them: they show without colours too."""


def as_json(found: Iterable[Quotation]) -> list[dict[str, Any]]:
    """The quotations as JSON values, each version with its change and edits."""
    return [{"speaker": one.speaker, "reports": one.reports, "versions": _versions(one)} for one in found]


def show(found: Iterable[Quotation], console: Console) -> None:
    """Print each quotation: its speaker, and its words in every report."""
    for number, one in enumerate(found, 1):
        wordings = len({version.quote.words for version in one.versions})
        counts = many(one.reports, "report") + (f", {many(wordings, 'wording')}" if wordings > 1 else "")
        console.print(
            _text(f"{number:>3} ", "bold") + _text(one.speaker or "nobody named", "bold") + _text(f"  {counts}")
        )
        for version in one.versions:
            for line in _version(version, version is one.versions[0]):
                console.print(Padding(line, (0, 0, 0, 4), expand=False))


def edited(edits: Iterable[Edit]) -> Text:
    """The words with what was cut as [-…-] and what was added as {+…+}."""
    words: list[Text] = []
    for edit in edits:
        if not edit.touched:
            words.append(_text(edit.after))
            continue
        for told, (opened, closed), style in ((edit.before, CUT, "red"), (edit.after, ADDED, "green")):
            if told:
                words.append(_text(f"{opened}{told}{closed}", style))
    return Text(" ").join(words)


def _versions(one: Quotation) -> list[dict[str, Any]]:
    return [
        {**asdict(version.quote), "chain": list(version.quote.chain), "change": version.change,
         "edits": [asdict(edit) for edit in version.edits]}
        for version in one.versions
    ]  # fmt: skip


def _version(version: Version, first: bool) -> Iterator[Text]:
    quote = version.quote
    names = chain(quote.publisher or quote.report_name, quote.chain)
    told = "" if first else "the same words" if version.change == "same" else version.change
    about = _text(f"{day(quote.published)}, {names}", "dim") + (_text(f": {told}", "bold") if told else _text(""))
    yield about + _text(f"  {quote.claim[:SHORT]}", "dim")
    if first or version.change != "same":
        yield _text("  “") + (_text(quote.words) if first else edited(version.edits)) + _text("”")


def _text(words: str, style: str = "") -> Text:
    return Text(printable(words), style=style)
