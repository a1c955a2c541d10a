"""A speaker of a report, and small questions about one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ..records import Source
from .places import country
from .shapes import Mention
from .words import Words, key


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source met in the text at `at:end`: what was read there, and who it is."""

    at: int
    mention: Mention
    source: Source
    surname: str
    end: int


def source_of(mention: Mention) -> Source:
    """The source a mention names by itself."""
    code = mention.country or country(mention.name) or country(mention.affiliation or "")
    return Source(mention.name, mention.kind, mention.role, mention.affiliation, code)


def surname(source: Source) -> str:
    if source.kind not in ("person", None):
        return ""
    parts = key(source.name).split()
    return parts[-1] if parts else ""


@lru_cache(maxsize=4096)
def initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[:1].isupper())


def head_of(mention: Mention, words: Words) -> str:
    parts = key(mention.name).split() if mention.shape != "role" else key(mention.role or mention.name).split()
    cut = next((n for n, word in enumerate(parts) if n and word in words.links), len(parts))
    return parts[cut - 1] if parts else ""


def bodily(speaker: Speaker) -> bool:
    if speaker.mention.shape == "name" and speaker.source.kind is None:
        return speaker.source.country is not None
    return speaker.mention.shape in ("body", "outlet", "document") or speaker.source.kind in (
        "government",
        "organisation",
        "outlet",
        "document",
    )


def plural(speaker: Speaker) -> bool:
    return speaker.mention.shape == "group"


def unopened(name: str, words: Words) -> str:
    """A run of capitals without the word that opens its sentence, when that is an article or preposition."""
    first, _, rest = name.partition(" ")
    return rest if rest and first.lower() in words.function else name
