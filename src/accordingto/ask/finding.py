"""The questions that fit what is asked: candidates from the index of words, then how well each fits.

No figure is read on the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz, process

from ..reconcile.words import fold, stem, words
from ..records import Question
from .asked import Asked, Term, place, understand

if TYPE_CHECKING:
    from ..store.asking import Index

SPELT = 85
"""Similarity (0–100) of a word asked and a word of a question that may be one word, at least."""
FEWEST = 5
"""Letters of such a word, at least."""
ENOUGH = 0.5
"""Share of the words asked, beside those for kinds, that a question must hold."""
_ID = re.compile(r"(?=\w*\d)[0-9a-f]{4,16}")
CLEARLY = 0.01
"""By how much a question must fit better than the next to be the one asked."""
FEW = 10
"""Questions that hold all words, below which those that hold some of them are looked at too."""
SIFTED = 100
"""Candidates looked at more closely, at most."""
NEAR = 5
"""Spellings of the ledger that an unknown word may mean, at most."""


class Found(NamedTuple):
    """A question that was found, and how well it fits (0–1)."""

    question: Question
    fit: float


class Candidate:
    """A question as the index has it, or as its own words tell."""

    def __init__(self, id: str, kind: str, figures: int, told: str, met: str = "") -> None:
        self.id, self.figures, self._told, self._met = id, figures, told, met
        self.kind = kind.removeprefix("other:").replace("-", "_")

    @classmethod
    def of(cls, question: Question) -> Candidate:
        """A question that no index holds."""
        told = " ".join(part for part in (question.label, question.kind, question.actor, question.place) if part)
        met = " ".join(code for term in understand(told).terms for code in sorted(term.codes))
        return cls(question.id, question.kind, len(question.figures), told.replace("other:", ""), met)

    @cached_property
    def told(self) -> frozenset[str]:
        """Stems of its label."""
        return frozenset(stem(word) for word in words(self._told))

    @cached_property
    def met(self) -> frozenset[str]:
        """Stems of what its figures count, where, and according to whom, with the codes."""
        return frozenset(stem(word) for word in words(self._met)) | frozenset(fold(self._met).replace(",", " ").split())


def clear(found: Sequence[Found]) -> bool:
    """Whether one question fits better than all others."""
    return len(found) == 1 or (len(found) > 1 and found[0].fit - found[1].fit > CLEARLY)


def like_id(called: str) -> bool:
    """Whether the words can be a question's id, or enough of its beginning."""
    return bool(_ID.fullmatch(called))


def find(text: str, questions: Iterable[Question], where: str | None = None) -> list[Found]:
    """The questions these words ask, best first: kinds by their words, then actor, place and label. None fit: empty.

    For questions that stand in no index, as in a ledger that may not be written: "dead in Makiivka".
    """
    held = {question.id: question for question in questions}
    named = [id for id in held if like_id(text) and id.startswith(text)]
    asked = understand(text)
    if named or (not asked.terms and not asked.kinds and words(text)):
        return [Found(held[id], 1.0) for id in named]
    inside = place(where) if where else None
    candidates = (Candidate.of(question) for question in held.values())
    placed = [one for one in candidates if inside is None or _fit(inside, one)]
    return [Found(held[one.id], value) for one, value in ranked(asked, placed)]


def stored(
    index: Index, text: str, where: str | None = None, source: str | None = None, limit: int | None = None
) -> list[tuple[str, float]]:
    """The ids of the ledger's questions that these words ask, best first, with how well each fits."""
    asked = understand(text)
    narrowed = [*_placed(where), *_spoken(index, source)]
    wanted = sorted(asked.wanted)
    if not asked.terms:
        if words(text) and not wanted:
            return []
        return [(row.id, 1.0) for row in index.questions(" AND ".join(narrowed) or None, wanted, limit, nearest=False)]
    spelt = Asked(asked.kinds, tuple(_spelt(index, term) for term in asked.terms))
    held: dict[str, Candidate] = {}
    for match in _matches(spelt.terms):
        if len(held) < FEW:
            rows = index.questions(" AND ".join([*narrowed, f"({match})"]), wanted, SIFTED)
            held |= {row.id: Candidate(*row) for row in rows}
    if best := ranked(spelt, held.values()):
        return [(candidate.id, value) for candidate, value in best[:limit]]
    if narrowed:
        return []
    claims = " AND ".join(_any([term.word]) for term in asked.terms)
    return [(id, ENOUGH) for id in index.in_claims(claims, wanted, limit or SIFTED)]


def ranked(asked: Asked, candidates: Iterable[Candidate]) -> list[tuple[Candidate, float]]:
    """The candidates that hold enough of what is asked, best first, then those with most figures."""
    wanted = asked.wanted
    held = [one for one in candidates if (not wanted or one.kind in wanted) and _enough(asked, one)]
    fits = [(one, fit(asked, one)) for one in held]
    return sorted(fits, key=lambda pair: (-round(pair[1], 3), -pair[0].figures, pair[0].id))


def _enough(asked: Asked, candidate: Candidate) -> bool:
    """Whether it holds enough of the words beside those for kinds: "killed in Atlantis" is nobody killed elsewhere."""
    return sum(_fit(term, candidate) > 0 for term in asked.terms) >= ENOUGH * len(asked.terms)


def fit(asked: Asked, candidate: Candidate) -> float:
    """The share of the words asked that a question holds; words of its label weigh more than those of its figures."""
    values = [_fit(term, candidate) for term in asked.terms]
    for word, kinds in asked.kinds.items():
        exact = candidate.kind in kinds or stem(word) in candidate.told
        values.append(1.0 if exact else 0.8 if stem(word) in candidate.met else 0.0)
    return sum(values) / len(values) if values else float(not asked.wanted or candidate.kind in asked.wanted)


def _fit(term: Term, candidate: Candidate) -> float:
    word = stem(term.word)
    if word in candidate.told:
        return 1.0
    if any(stem(other) in candidate.told for other in term.others):
        return 0.95
    if term.codes & candidate.met:
        return 0.9
    if word in candidate.met or any(stem(other) in candidate.met for other in term.others):
        return 0.8
    return 0.75 if any(_alike(word, other) for other in candidate.told) else 0.0


def _alike(one: str, other: str) -> bool:
    return len(one) >= FEWEST and len(other) >= FEWEST and fuzz.ratio(one, other) >= SPELT


def _placed(where: str | None) -> Iterator[str]:
    """The index's expression for a place."""
    if where:
        yield f"({_phrases(place(where))})"


def _spoken(index: Index, source: str | None) -> Iterator[str]:
    """The index's expressions for a source or outlet, word by word."""
    for word in words(source or ""):
        yield f"({_phrases(_spelt(index, Term(word)))})"


def _spelt(index: Index, term: Term) -> Term:
    """The term, with spellings the ledger has where it does not have the word itself."""
    if len(term.word) < FEWEST or index.has(_phrases(term)):
        return term
    near = process.extract(term.word, index.vocabulary(term.word[0]), scorer=fuzz.ratio, limit=NEAR, score_cutoff=SPELT)
    return Term(term.word, term.others | {word for word, _, _ in near}, term.codes)


def _matches(terms: Sequence[Term]) -> Iterator[str]:
    """Expressions for the index, strict first: every term, then any."""
    each = [f"({_phrases(term)})" for term in terms]
    yield " AND ".join(each)
    if len(each) > 1:
        yield " OR ".join(each)


def _phrases(term: Term) -> str:
    return _any([term.word, *sorted(term.others), *sorted(term.codes)])


def _any(phrases: Sequence[str]) -> str:
    return " OR ".join('"' + phrase.replace('"', '""') + '"' for phrase in phrases)
