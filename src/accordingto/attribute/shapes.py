"""What one mention of a source says by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..records import SourceKind

Shape = Literal["person", "role", "body", "outlet", "document", "group", "name", "pronoun", "other"]
KINDS: dict[Shape, SourceKind | None] = {
    "person": "person", "role": "person", "body": "organisation", "outlet": "outlet",
    "document": "document", "group": "unnamed", "name": None, "pronoun": None, "other": "unnamed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """What one mention says by itself. `nouns` are the source words in it ("ministry", "agency"), lower case."""

    name: str
    shape: Shape
    kind: SourceKind | None = None
    role: str | None = None
    affiliation: str | None = None
    country: str | None = None
    definite: bool = False
    owner: str | None = None
    """The pronoun of "its spokesman", "her ministry"."""
    nouns: frozenset[str] = frozenset()
    unnamed: bool = False
    listed: str | None = None
    """The words under which the tables of bodies and outlets know it."""
