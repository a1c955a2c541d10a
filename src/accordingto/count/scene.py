"""One sentence made ready: its tokens, groups and cues, and what it costs to pass from one to another.

Without a parser, distance is what stands between: an auxiliary is cheap, a comma dearer, another verb or
another count dearer still, a clause boundary dearest. The weights are ours, tuned on read reports.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from .cues import Cue
from .groups import Group
from .words import Lexicon, Words

FRONT = 18
"""Tokens of the longest whole a sentence opens with: "Of the 205 men who came home, …"."""
ASIDE = 6
"""Tokens from ", it said," to its commas."""
LONGEST = 20
"""Tokens of the longest aside between dashes or brackets."""
OWNERS = 10
"""Tokens of the longest run of names a count is of."""
_DASHES = ("—", "–", "-")


class Costs(NamedTuple):
    """What a token costs on the way from a count to the verb after it, and from a verb to its object."""

    after: float
    before: float


SMALL, PREPOSITION, COMMA, WHO, AND, BREAK = (
    Costs(0.02, 0.02),
    Costs(0.12, 0.2),
    Costs(0.2, 0.4),
    Costs(0.1, 0.6),
    Costs(0.35, 0.4),
    Costs(0.9, 0.9),
)
SAYS, WORD, CUE, NOUN, MARK, COLON = (
    Costs(0.5, 0.7),
    Costs(0.07, 0.15),
    Costs(0.35, 0.45),
    Costs(0.25, 0.3),
    Costs(0.05, 0.05),
    Costs(0.6, 0.5),
)
REDUCED, GROUP, PART, JOINED = Costs(0.1, 0.45), Costs(0.5, 0.5), Costs(0.05, 0.5), Costs(0.12, 0.5)
_LISTS = (
    ("people", NOUN),
    ("conjunctions", AND),
    ("determiners", SMALL),
    ("prepositions", PREPOSITION),
    ("free", SMALL),
    ("modals", SMALL),
    ("have", SMALL),
    ("be", SMALL),
    ("breaks", BREAK),
    ("says", SAYS),
    ("relatives", WHO),
)
"""Prices of the lists of counting.toml, the strongest last."""
_MARKS = {",": COMMA, ":": COLON, ".": BREAK, "!": BREAK, "?": BREAK, "|": BREAK, ";": BREAK}


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with its groups and cues; `after` and `before` are running sums of the prices of its tokens."""

    words: Words
    groups: Sequence[Group]
    cues: Sequence[Cue]
    after: Sequence[float]
    before: Sequence[float]
    asides: Sequence[range] = ()
    """What stands between two dashes or in brackets, marks included."""
    front: int = 0
    """Where the whole that opens the sentence ends: the comma of "Of the wounded, 300 …"; 0 = none."""

    @classmethod
    def of(cls, words: Words, groups: Sequence[Group], cues: Sequence[Cue]) -> Scene:
        asides = tuple(_asides(words))
        prices = _prices(words, groups, cues, asides)
        after, before = _sums(p.after for p in prices), _sums(p.before for p in prices)
        return cls(words, groups, cues, after, before, asides, _front(words))

    def cost(self, first: int, end: int, *, after: bool) -> float:
        """Price of the tokens from `first` up to `end`."""
        sums = self.after if after else self.before
        return sums[end] - sums[first] if end > first else 0.0


def subset_before(words: Words, group: Group) -> str | None:
    """The words right before a group that make it a part, if any: "including", "of whom"."""
    place = group.first - 1
    while place >= 0 and (words.lower[place] in (",", ":", "–") or words.isin(place, "marks")):
        place -= 1
    if words.isin(place, "possessive"):
        place -= 2 + words.isin(place - 2, "articles")  # among them the general's two sons
    match = words.lex.phrases["subset"].ending(words.lower, place)
    return match[1] if match else None


def _asides(words: Words) -> Iterator[range]:
    """What stands between two dashes or brackets, not too far apart; two hyphens are a dash."""
    opened: int | None = None
    for place, word in enumerate(words.lower):
        if word == ")" or (opened is not None and word in _DASHES and words.lower[opened] in _DASHES):
            if opened is not None and 1 < place - opened <= LONGEST and (word == ")") == (words.lower[opened] == "("):
                yield range(opened, place + 1)
                opened = None
            elif word in _DASHES:
                opened = place
        elif word == "(" or (word in _DASHES and not words.hyphen(place)):
            opened = place


def _front(words: Words) -> int:
    start = 0
    while words.isin(start, "marks"):
        start += 1
    if not (words.isin(start, "fronting") and words.isin(start + 1, "determiners")):
        return 0
    return next((at for at in range(start, min(len(words), start + FRONT)) if words.lower[at] == ","), 0)


def _sums(prices: Iterable[float]) -> list[float]:
    return list(accumulate(prices, initial=0.0))


def _prices(words: Words, groups: Sequence[Group], cues: Sequence[Cue], asides: Iterable[range]) -> list[Costs]:
    known = _table(words.lex)
    prices = [known.get(word) or (WORD if word[0].isalnum() else MARK) for word in words.lower]
    for cue in cues:
        prices[cue.first : cue.last + 1] = [SMALL] * (cue.last + 1 - cue.first)
        prices[cue.first] = CUE if cue.verbal else NOUN
        if words.isin(cue.first - 1, "predicates"):
            prices[cue.first - 1] = SMALL
    for place in [place for place, price in enumerate(prices) if price is SAYS]:
        _aside(words, prices, place)
    for place in [place for place, price in enumerate(prices) if price is BREAK]:
        if words.alphabetic(place) and words.at(place - 1) == words.at(place + 1) == ",":
            prices[place] = SMALL  # ", meanwhile,"
    for group in groups:
        prices[group.first : group.last + 1] = [SMALL] * (group.last + 1 - group.first)
        prices[group.first] = _group_price(words, group)
    begun = {cue.first for cue in cues if cue.verbal} | {group.first for group in groups}
    for group in groups:
        if words.isin(group.last + 1, "joins.of"):
            end = _owners(words, group.last + 2, begun)
            prices[group.last + 2 : end] = [SMALL] * (end - group.last - 2)
    ends = {group.last + 1 for group in groups}
    for cue in cues:
        if cue.first in ends and cue.verbal and not cue.passive:
            prices[cue.first] = REDUCED
    for aside in asides:
        prices[aside.start : aside.stop] = [SMALL] * len(aside)
    return prices


def _owners(words: Words, start: int, begun: Collection[int]) -> int:
    """Where the names end that a count is of: "86 members of the army and its allies"."""
    end = start
    while end < min(len(words), start + OWNERS) and words.alphabetic(end) and end not in begun:
        if words.isin(end, "relatives", "breaks", "says", "modals", "have", "be", "prepositions"):
            break
        end += 1
    return end


@cache
def _table(lex: Lexicon) -> dict[str, Costs]:
    """Prices of the words of a language, built once."""
    known = dict(_MARKS)
    for name, price in _LISTS:
        known.update(dict.fromkeys(lex.sets[name], price))
    return known


def _aside(words: Words, prices: list[Costs], place: int) -> None:
    """ ", it said," is no boundary."""
    first = next((at for at in range(place - 1, max(-1, place - ASIDE), -1) if words.lower[at] == ","), None)
    end = next((at for at in range(place + 1, min(len(words), place + ASIDE)) if words.lower[at] == ","), None)
    if first is not None and end is not None:
        prices[first : end + 1] = [SMALL] * (end + 1 - first)


def _group_price(words: Words, group: Group) -> Costs:
    listed = words.isin(group.first - 1, "listing")
    if group.numeral.single:
        return JOINED if listed else NOUN
    if group.subset == "pronoun" or subset_before(words, group) or words.at(group.first - 1) == "(":
        return PART
    return JOINED if listed else GROUP
