"""The folder for settings: where files of the user's own (kinds, bodies, places) are looked for."""

from __future__ import annotations

import os
from pathlib import Path


def folder(name: str) -> Path:
    """The user's own files of one sort: `ACCORDINGTO_<NAME>`, else accordingto/<name> in `~/.config`."""
    chosen, settings = os.environ.get(f"ACCORDINGTO_{name.upper()}"), os.environ.get("XDG_CONFIG_HOME")
    return Path(chosen) if chosen else Path(settings or "~/.config").expanduser() / "accordingto" / name
