"""The lines above a text that say what it is: `Title: …`, `Date: …`, with or without `---` around them.

They are read, and stay in the text: offsets count the file as it is.
"""

from __future__ import annotations

import re

FIELDS = {
    "title": "title",
    "headline": "title",
    "date": "published",
    "published": "published",
    "publisher": "publisher",
    "outlet": "publisher",
    "author": "byline",
    "byline": "byline",
    "url": "url",
    "link": "url",
    "language": "language",
}
MOST = 20
_LINE = re.compile(r"([A-Za-z_ ]{1,20}):[ \t]*(.*)")
_HEADLINE = re.compile(r"\s*#[ \t]+(\S.*?)[ \t#]*(?:\n|$)")


def fields(text: str) -> dict[str, str]:
    """Fields of a Report named above the text; none unless every line up to a blank one or `---` is `name: value`
    and, without `---`, two names are known."""
    lines = text[:4000].splitlines()[: MOST + 2]
    fenced = bool(lines) and lines[0].strip() == "---"
    found: dict[str, str] = {}
    for line in lines[fenced:]:
        if line.strip() in ("", "---"):
            break
        pair = _LINE.fullmatch(line.strip())
        if not pair:
            return {}
        name = FIELDS.get(pair[1].strip().lower())
        value = pair[2].strip().strip("\"'").strip()
        if name and value:
            found.setdefault(name, value)
    else:
        return {}
    return found if fenced or len(found) > 1 else {}


def headline(text: str) -> str | None:
    """The first heading of a Markdown text when the text begins with it."""
    found = _HEADLINE.match(text)
    return found[1] if found else None
