"""How a name is looked up."""

from __future__ import annotations

import re
from functools import lru_cache

_KEY = re.compile(r"\w+")


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """A name in lower case, without signs, possessives and its first article."""
    words = _KEY.findall(name.lower().replace("’s", "").replace("'s", "").replace(".", ""))
    return " ".join(words[1:] if words and words[0] in ("the", "a", "an") else words)
