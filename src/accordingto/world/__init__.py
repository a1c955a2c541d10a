"""What the reader knows of the world: countries, first-level regions and named regions, as TOML tables.

Read once per process and kept; nothing here touches the disk again or needs the network.
"""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from ..errors import LanguageError


@cache
def table(name: str) -> dict[str, Any]:
    """The table `world/<name>.toml`. Raises LanguageError when it is missing or broken."""
    try:
        return tomllib.loads((files(__package__) / f"{name}.toml").read_text("utf-8"))
    except FileNotFoundError:
        raise LanguageError(f"world/{name}.toml is missing; install accordingto again") from None
    except tomllib.TOMLDecodeError as error:
        raise LanguageError(f"world/{name}.toml: {error}; mend the file") from None


def countries() -> dict[str, dict[str, Any]]:
    """ISO 3166-1 alpha-2 code to name, aliases, demonyms, capitals, geonames, point, population, neighbours."""
    return table("countries")


@cache
def demonyms(code: str) -> tuple[str, ...]:
    """The nationality words of a country with their plurals: ("Afghan", "Afghans")."""
    words: tuple[str, ...] = tuple(countries()[code].get("demonyms", ()))
    return words + tuple(word + "s" for word in words if not word.endswith(("s", "sh", "ese", "ch", "men", ".")))


def regions() -> list[dict[str, Any]]:
    """Named regions of the news: names, demonyms, country (None across borders), point, geonames, precision."""
    rows: list[dict[str, Any]] = table("regions")["region"]
    return rows


@cache
def version() -> str:
    """Eight hexadecimal digits that change with the tables."""
    digest = hashlib.blake2b(digest_size=4)
    for name in ("countries.toml", "regions.toml", "divisions.tsv"):
        digest.update((files(__package__) / name).read_bytes())
    return digest.hexdigest()
