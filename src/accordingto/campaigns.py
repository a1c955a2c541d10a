"""Whether words count over a whole war: "the conflict has claimed 300,000 lives", "since the war began".

What is counted so belongs to the country of the war, not to the town told before it, and runs up to the day it is
told. The words are data (languages/<language>/campaigns.toml).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from .languages import supported, table

STAGE = "campaigns"
REACH = 30
"""Characters from "the war has killed" to the count."""


class _Patterns(NamedTuple):
    costs: re.Pattern[str]
    over: re.Pattern[str]
    land: re.Pattern[str]


def counts_a_war(sentence: str, language: str | None) -> bool:
    """Whether a sentence tells what a whole war has cost."""
    known = _patterns(language)
    return bool(known.costs.search(sentence) or known.over.search(sentence))


def war_counts(sentence: str, start: int, language: str | None) -> bool:
    """Whether the count that starts there in a sentence is itself what the war has cost."""
    found = _patterns(language).costs.finditer(sentence, 0, start)
    return any(start - match.end() <= REACH and "," not in sentence[match.end() : start] for match in found)


def counts_a_country(sentence: str, language: str | None) -> bool:
    """Whether a sentence tells what a whole war has cost, or what happened in all of a country."""
    return counts_a_war(sentence, language) or bool(_patterns(language).land.search(sentence))


@cache
def _patterns(language: str | None) -> _Patterns:
    words: dict[str, Any] = table(language if language and language in supported() else "en", STAGE)
    wars, the, over = (_any(words[name]) for name in ("wars", "before", "over"))
    war = rf"{the}\s+(?:[\w’'-]+\s+){{0,2}}?{wars}"
    has = rf"{_any(words['has'])}\s+(?:[\w-]+\s+){{0,2}}?"
    return _Patterns(
        _compiled(rf"{war}(?:,\s+[^,]{{0,40}},)?(?:,?\s+\w+)?\s+{has}{_any(words['costs'])}"),
        _compiled(
            rf"{_any(words['since'])}\s+{war}\s+{_any(words['began'])}",
            rf"{_any(words['since'])}\s+{the}\s+{_any(words['onset'])}\s+{_any(words['of'])}\s+{war}",
            rf"{_any(words['tolls'])}\s+{_any(words['of'])}\s+{war}",
            rf"{over}\s+{the}\s+(?:[\w-]+[ -])?{_any(words['lengths'])}\s+{wars}",
            rf"{over}\s+{the}\s+(?:\w+\s+)?{wars}(?=\s*[,.;]|\s*$|\s+{_any(words['ends'])})",
        ),
        _compiled(rf"{_any(words['all'])}\s+{the}\s+(?:[\w-]+\s+)?{_any(words['lands'])}", _any(words["land"])),
    )


def _compiled(*ways: str) -> re.Pattern[str]:
    return re.compile("|".join(ways), re.IGNORECASE)


def _any(words: Iterable[str]) -> str:
    return rf"\b(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})\b"
