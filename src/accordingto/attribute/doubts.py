"""What is odd in the prose around a claim, so that nobody trusts its spans more than the text allows.

`unclosed-quote`   a paragraph of it has double quotation marks that do not pair
`capitals`         nothing but capitals: names cannot be told from other words
`cut-sentence`     a sentence without an end was cut, and the claim stands at the cut
`no-paragraphs`    a paragraph so long that the breaks must have been lost: who goes on speaking is uncertain
`other-language`   it holds none of the common words of the report's language
"""

from __future__ import annotations

from collections.abc import Iterator

from ..languages import words_of
from ..prose import Prose
from .words import key

FEWEST = 20
"""Letters from which on capitals are no name or headline word."""
TELLING = 60
"""Letters in which a language shows (English: about twelve words, four of them common)."""
LOST = 8_000
"""Code points of a paragraph that nobody writes."""


def doubts(prose: Prose, start: int, end: int) -> Iterator[str]:
    """The doubts about the words `start:end`."""
    said = prose.text[start:end]
    letters = sum(map(str.isalpha, said))
    if prose.odd(start, end):
        yield "unclosed-quote"
    if letters >= FEWEST and said.isupper():
        yield "capitals"
    if prose.cut(start, end):
        yield "cut-sentence"
    paragraph = prose.paragraph_at(start)
    if paragraph and paragraph[1] - paragraph[0] > LOST:
        yield "no-paragraphs"
    if letters >= TELLING and words_of(prose.language, "intake", "common").isdisjoint(key(said).split()):
        yield "other-language"
