"""How far people who coded one sample blind agree: Krippendorff's alpha, a field each.

Krippendorff, K. (2019), Content Analysis, 4th ed., ch. 12. Every field is nominal: an anchored figure either is read
alike or is not, and 399 for 400 is as wrong as 40. Computed here because the package `krippendorff` is under the GPL.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..records import Entry, Review
from . import corrections

if TYPE_CHECKING:
    from ..ledger import Ledger

FIELDS = ("verdict", *corrections.FIELDS)
_RIGHT = ("accept", "correct")
"""Verdicts after which a figure has values; after the others only the verdict is compared."""
Values = dict[str, str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """One field: `alpha` None where it cannot be computed (nobody differs, or nothing was coded twice); `figures` that
    two or more coded, `alike` those they coded alike."""

    field: str
    alpha: float | None
    figures: int
    alike: int


def values(entry: Entry, coding: Review) -> Values:
    """What a coder made of a figure, a value for each field."""
    found = {"verdict": "accept" if coding.verdict == "correct" else str(coding.verdict)}
    if coding.verdict not in _RIGHT:
        return found
    seen = corrections.applied(entry, [coding.correction] if coding.correction else [])
    return {
        **found,
        "number": f"{seen.low}–{seen.high}",
        "kind": seen.kind,
        "source": seen.chain[-1] if seen.chain else "",
        "time": seen.edtf or "",
        "place": seen.place or "",
    }


def coded(read: Mapping[str, Entry], codings: Iterable[Review]) -> dict[str, dict[str, Values]]:
    """Figure -> coder -> what they made of it; of several codings by one person the last one holds."""
    found: dict[str, dict[str, Values]] = {}
    for one in codings:
        if one.record in read:
            found.setdefault(one.record, {})[one.reviewer] = values(read[one.record], one)
    return found


def disputed(read: Mapping[str, Entry], codings: Iterable[Review]) -> list[str]:
    """The figures that two or more coded, and not alike."""
    both = {figure: list(by.values()) for figure, by in coded(read, codings).items()}
    return [figure for figure, by in both.items() if any(one != by[0] for one in by[1:])]


def agreed(read: Mapping[str, Entry], codings: Sequence[Review]) -> dict[str, Review]:
    """The figures that two or more coded alike, with the coding of the first of them."""
    both = coded(read, codings)
    alike = {figure for figure, by in both.items() if len(by) > 1} - set(disputed(read, codings))
    last = {(one.record, one.reviewer): one for one in codings}
    return {figure: last[figure, min(both[figure])] for figure in both if figure in alike}


def agreement(read: Mapping[str, Entry], codings: Iterable[Review]) -> list[Agreement]:
    """How far the coders of a sample agree, a field each. `read`: its figures as the reader understood them."""
    found = coded(read, codings)
    coders = sorted({coder for by in found.values() for coder in by})
    return [_of_field(field, found, coders) for field in FIELDS]


def _of_field(field: str, found: Mapping[str, Mapping[str, Values]], coders: Sequence[str]) -> Agreement:
    table = [[by.get(coder, {}).get(field) for by in found.values()] for coder in coders]
    units = [[value for value in unit if value is not None] for unit in zip(*table, strict=True)]
    twice = [unit for unit in units if len(unit) > 1]
    alike = sum(len(set(unit)) == 1 for unit in twice)
    return Agreement(field, alpha(units), len(twice), alike)


def alpha(units: Sequence[Sequence[str]]) -> float | None:
    """Krippendorff's alpha for nominal values, a list of the coders' values for each unit; None when nobody varies.

    One minus the disagreement observed over the one expected by chance, from the pairs within units (ch. 12.3)."""
    twice = [unit for unit in units if len(unit) > 1]
    values = Counter(value for unit in twice for value in unit)
    total = values.total()
    unlike = sum(_unlike(Counter(unit)) / (len(unit) - 1) for unit in twice)
    expected = _unlike(values) / (total - 1) if total > 1 else 0
    return 1 - unlike / expected if expected else None


def _unlike(values: Counter[str]) -> int:
    """Ordered pairs of two different values."""
    return values.total() ** 2 - sum(count**2 for count in values.values())


def settle(ledger: Ledger, sample: str, adjudicator: str) -> int:
    """Decide what all coders of a sample said alike and nobody decided yet; how many figures that were."""
    figures = ledger.decisions.sampled(sample)
    read = {entry.figure: entry for entry in ledger._store.entries(figures, as_read=True)}
    open_ = {entry.figure for entry in ledger.entries(figures) if entry.verdict is None}
    found = {one: made for one, made in agreed(read, ledger.decisions.codings(sample)).items() if one in open_}
    for figure, made in found.items():
        ledger.review(figure, made.verdict, adjudicator, f"all coders of {sample}", made.correction)
    return len(found)
