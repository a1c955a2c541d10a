"""Searching the pages: questions by what they are called, claims by their words and origin.

A name that is withheld is not found either: reports that hold it are left out when its words are asked for, so that
nobody learns from a search that it is there.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from .. import dates
from ..store.listing import MANY, ClaimLine, Wanted
from ..store.rows import CHAIN
from .masking import Mask, folded
from .naming import file
from .templating import titled

if TYPE_CHECKING:
    from .pages import Pages

View = dict[str, Any]
QUESTIONS = 8
"""Questions shown above the claims."""
LENGTH = 320
"""Characters of a claim that are shown."""
_WORD = re.compile(r"\w+")


def view(
    pages: Pages,
    words: str,
    kind: str | None = None,
    outlet: str | None = None,
    since: str | None = None,
    until: str | None = None,
    page: int = 1,
) -> View:
    """What is found for these words. Raises InputError for a day that is none."""
    day = {"since": since and dates.first(since, "since")[:10], "until": until and dates.last(until, "until")[:10]}
    asked = {"q": words, "kind": kind, "outlet": outlet, "since": since, "until": until}
    told = [folded(word) for word in _WORD.findall(words)]
    with pages.ledger.lists() as lists:
        kinds = list(lists.kinds())
    nothing = {"questions": [], "claims": [], "total": 0, "many": False, "page": 1, "pages": 1}
    if not told:
        return {"asked": asked, "kinds": kinds, **nothing}
    mask = pages.state.mask
    match = " ".join(f'"{word}"' for word in told)
    hidden = pages.state.once(
        ("hidden", match), lambda: tuple(mask.asked(told, partial(pages.ledger.names.texts, match)))
    )
    wanted = Wanted(kind, outlet, day["since"], day["until"], hidden)
    with pages.ledger.lists() as lists:
        found, total = lists.search(match, wanted, pages.long, pages.long * (page - 1))
        named = lists.labelled(f"told : ({match})", QUESTIONS) if page == 1 else []
    leaf = pages.leaf(page, min(total, MANY))
    return {
        "asked": asked,
        "kinds": kinds,
        **leaf,
        "total": total,
        "many": total > MANY,
        "questions": pages.lines(named),
        "claims": [_claim(line, mask) for line in found],
    }


def _claim(line: ClaimLine, mask: Mask) -> View:
    content = " ".join(mask.text(line.content, line.report).split())
    title = mask.text(titled(line.title, line.beginning, line.name), line.report)
    return {
        "claim": line.id,
        "href": f"reports/{file(line.report)}#t-{line.id}",
        "content": content if len(content) <= LENGTH else content[:LENGTH].rsplit(" ", 1)[0] + " …",
        "chain": [mask.name(name, line.report) for name in line.chain.split(CHAIN)] if line.chain else [],
        "outlet": line.publisher or mask.text(line.name),
        "title": title,
        "published": line.published,
    }
