"""Which language a report is in.

First the common words of the languages that can be read (`languages/<code>/intake.toml`): enough of them settle it
without loading anything. Else py3langid, restricted to languages that news is written in (`languages/identified.toml`).
A text too short or too odd to tell has no language, is read as English, and says so in a doubt; one in a language that
cannot be read is kept and says so.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from ..languages import supported, words_of
from ..records import Report

UNKNOWN = "language-unknown"
UNSUPPORTED = "unsupported-language"
SAMPLE = 3000
"""Code points that are looked at; a page of words is enough."""
SHARE = 0.2
"""Common words of a language among all words (English prose has 0.3 to 0.5; other languages share below 0.1)."""
FEWEST = 5
SHORTEST = 60
"""Letters below which a text in Latin letters is not handed to the classifier."""
SURE = 0.6
_WORD = re.compile(r"[^\W\d_]+")


def identified(report: Report) -> Report:
    """The report with its language, unless it came with one, and the doubts about it."""
    code = report.language or code_of(report.text)
    doubt = UNKNOWN if code is None else None if code in supported() else UNSUPPORTED
    kept = tuple(one for one in report.doubts if one not in (UNKNOWN, UNSUPPORTED))
    return replace(report, language=code, doubts=(*kept, doubt) if doubt else kept)


def code_of(text: str) -> str | None:
    """ISO 639-1 code of a text, None when it cannot be told."""
    sample = text[:SAMPLE].lower()
    words = _WORD.findall(sample)
    return _by_common_words(words) or _by_classifier(sample, words)


def _by_common_words(words: list[str]) -> str | None:
    found = {
        code: sum(word in common for word in words)
        for code in sorted(supported())
        if (common := words_of(code, "intake", "common"))
    }
    best = max(found, key=lambda code: found[code], default=None)
    return best if best and found[best] >= max(FEWEST, SHARE * len(words)) else None


def _by_classifier(sample: str, words: list[str]) -> str | None:
    letters = "".join(words)
    if not letters or (len(letters) < SHORTEST and _latin(letters)):
        return None
    code, share = _classifier().classify(sample)
    return str(code) if share >= SURE and code != "zxx" else None


def _latin(letters: str) -> bool:
    return sum(letter < "\u0250" for letter in letters) > len(letters) // 2


@cache
def _classifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    made = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    entry = files("accordingto.languages") / "identified.toml"
    made.set_languages(tomllib.loads(entry.read_text("utf-8"))["codes"])
    return made
