"""What the reader knows of the world: countries, first-level regions and named regions, as tables.

Read once per process and kept; nothing here touches the disk again or needs the network.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from ..errors import LanguageError


class Feature(NamedTuple):
    """What a place can be ("camp"), what the reader treats it as (city, site, region …) and UCDP's where_prec."""

    name: str
    place: str
    precision: int


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


def divisions() -> Iterator[list[str]]:
    """First- and second-level divisions: the cells of divisions.tsv."""
    return _lines("divisions.tsv")


def landmarks() -> Iterator[list[str]]:
    """Waters, islands, mountains and spots: the cells of landmarks.tsv."""
    return _lines("landmarks.tsv")


def spellings() -> Iterator[list[str]]:
    """Names the press has for towns that the list of towns lacks: the cells of spellings.tsv."""
    return _lines("spellings.tsv")


@cache
def features() -> dict[str, Feature]:
    """What a place can be, by the names of features.toml."""
    return {name: Feature(name, row["place"], row["precision"]) for name, row in table("features").items()}


@cache
def feature(word: str) -> Feature | None:
    """What a word ("refugee camp"), a name of features.toml or a GeoNames code ("PPLA", "CMPRF") says a place is."""
    words, codes = _features()
    code = word.strip().rpartition(".")[2]
    held = (codes.get(code[:length]) for length in range(len(code), 0, -1)) if code.isupper() else ()
    return words.get(" ".join(word.lower().split())) or next(filter(None, held), None)


def kind_of(name: str) -> tuple[str, Feature] | None:
    """The name without the words at its end that say what it is, and that: ("Yida", camp) of "Yida refugee camp"."""
    words = name.split()
    for first in range(1, len(words)):
        held = _features()[0].get(" ".join(words[first:]).lower())
        if held is not None:
            return " ".join(words[:first]), held
    return None


@cache
def version() -> str:
    """Eight hexadecimal digits that change with the tables."""
    digest = hashlib.blake2b(digest_size=4)
    for name in ("countries.toml", "regions.toml", "divisions.tsv", "landmarks.tsv", "spellings.tsv", "features.toml"):
        digest.update((files(__package__) / name).read_bytes())
    return digest.hexdigest()


@cache
def _features() -> tuple[dict[str, Feature], dict[str, Feature]]:
    """What features.toml says, by word and by code."""
    words, codes = dict[str, Feature](), dict[str, Feature]()
    for name, held in features().items():
        words |= dict.fromkeys((name, *table("features")[name]["words"]), held)
        codes |= dict.fromkeys(table("features")[name]["codes"], held)
    return words, codes


def _lines(name: str) -> Iterator[list[str]]:
    with (files(__package__) / name).open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                yield line.rstrip("\n").split("\t")
