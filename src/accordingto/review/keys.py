"""The keys of the review, the same on the terminal and in the browser, and the file by which people change them."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from .. import settings
from ..errors import InputError

NAMED = ("space", "backspace", "enter", "tab", "left", "right", "up", "down")
"""Keys that are no character."""
DECIDING = ("accept", "reject", "unsure", "insufficient")
"""What one key decides alone."""


class Key(NamedTuple):
    """What a key does (`act`), the key, and what it says of itself."""

    act: str
    key: str
    says: str


def file() -> Path:
    """The user's own keys: `ACCORDINGTO_KEYS`, else accordingto/keys.toml in the folder for settings (`~/.config`)."""
    folder = settings.folder("keys")
    return folder if folder.suffix == ".toml" else folder.with_suffix(".toml")


def in_use() -> list[Key]:
    """The keys in use. Raises InputError for a file of the user's that is wrong."""
    shipped = tomllib.loads(files(__package__).joinpath("keys.toml").read_text("utf-8"))
    own = _own(shipped.keys())
    found = [Key(act, own.get(act, row["key"]), row["says"]) for act, row in shipped.items()]
    taken: dict[str, str] = {}
    for one in found:
        if one.key in taken:
            raise InputError(
                f"{file()}: {taken[one.key]} and {one.act} have one key, {one.key!r}; give one another key"
            )
        taken[one.key] = one.act
    return found


def _own(acts: Collection[str]) -> dict[str, str]:
    path = file()
    if not path.is_file():
        return {}
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f'{path}: {error}; expected lines like accept = "a"') from None
    for act, key in found.items():
        if act not in acts:
            raise InputError(f"{path}: nothing is called {act!r}; expected one of {', '.join(acts)}")
        if not isinstance(key, str) or not (len(key) == 1 or key in NAMED):
            raise InputError(f"{path}: {act} = {key!r} is no key; give one character, or one of {', '.join(NAMED)}")
    return found
