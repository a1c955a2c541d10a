"""What the reader knows of a language: TOML tables, one folder a language, one file a stage.

`languages/en/prose.toml`, `numbers.toml`, `times.toml`, `attribution.toml` …: readable by someone who
speaks the language and does not program. Code asks for tables by name and never branches on which language it is.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from ..errors import LanguageError


@cache
def supported() -> frozenset[str]:
    """Codes (ISO 639-1) of the languages that can be read."""
    return frozenset(
        entry.name for entry in files(__package__).iterdir() if entry.is_dir() and (entry / "prose.toml").is_file()
    )


@cache
def table(language: str, stage: str) -> dict[str, Any]:
    """The table `languages/<language>/<stage>.toml`. Raises LanguageError when it is missing or broken."""
    entry = files(__package__) / language / f"{stage}.toml"
    try:
        return tomllib.loads(entry.read_text("utf-8"))
    except FileNotFoundError:
        known = ", ".join(sorted(supported()))
        raise LanguageError(
            f"language {language!r} has no table {stage!r}; languages that can be read: {known}"
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise LanguageError(f"languages/{language}/{stage}.toml: {error}; mend the file") from None


@cache
def words_of(language: str | None, stage: str, name: str) -> frozenset[str]:
    """A list of words of a table as a set, lower case; of English when the language is unknown."""
    return frozenset(word.lower() for word in table(language if language in supported() else "en", stage).get(name, ()))
