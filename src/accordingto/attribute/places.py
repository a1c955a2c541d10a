"""The country of a source's words, as `who` knows it."""

from __future__ import annotations

from ..who import country_of


def country(words: str) -> str | None:
    """ISO 3166-1 alpha-2 code of the country the words name, if any."""
    return country_of(words) if words else None
