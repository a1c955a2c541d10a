"""The country of a source's words, as `who` knows it."""

from __future__ import annotations

from functools import cache

from .. import world
from ..who import country_of
from .keys import key

LONGEST = 4
"""Words of the longest name of a country."""


def country(words: str) -> str | None:
    """ISO 3166-1 alpha-2 code of the country the words name, if any."""
    return country_of(words) if words else None


def beside(phrase: str) -> tuple[str, str] | None:
    """The country a key begins with ("seoul spy agency") or ends with behind "of" or "in" ("health ministry of
    iran"), and the words left: ("KR", "spy agency"). None when it does neither."""
    words, countries = phrase.split(), _countries()
    for at in range(min(LONGEST, len(words) - 1), 0, -1):
        code = countries.get(" ".join(words[:at]))
        if code:
            return code, " ".join(words[at:])
    for at in range(2, len(words)):
        if words[at - 1] in ("of", "in") and (code := countries.get(key(" ".join(words[at:])))):
            return code, " ".join(words[: at - 1])
    return None


@cache
def nationality(code: str) -> str:
    """The word that makes a country's bodies its own: "Iranian"; its name where it has none."""
    return (world.demonyms(code) or (str(world.countries()[code]["name"]),))[0]


@cache
def _countries() -> dict[str, str]:
    """Keys of names, nationality words and capitals to countries; names first where two share one."""
    found: dict[str, str] = {}
    rows = world.countries().items()
    for code, row in rows:
        found.update({key(name): code for name in (row["name"], *row.get("aliases", ()))})
    for code, row in rows:
        for name in (*world.demonyms(code), *row.get("capitals", ())):
            found.setdefault(key(name), code)
    return found
