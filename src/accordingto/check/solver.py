"""Whether numbers can all be true: linear constraints over amounts, each within bounds.

HiGHS solves what a quick try cannot; it is imported when first needed. `smallest` is the deletion filter of Chinneck
and Dravnieks (1991): it leaves an irreducible infeasible set, of which no claim can be left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

Range = tuple[float, float]
"""The least and the most an amount may be."""
ANY: Range = (0.0, inf)
"""What nobody says anything about."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A whole and its parts: together they are the whole (`exact`), or they cannot be more."""

    whole: str
    parts: tuple[str, ...]
    exact: bool


def possible(claims: Mapping[str, Range], sums: Sequence[Sum]) -> bool:
    """Whether amounts exist, none negative, that fit every claim (amount -> range) and every sum."""
    return _tried(claims, sums) or _solved(claims, sums)


def smallest(claims: Mapping[str, Range], sums: Sequence[Sum]) -> tuple[str, ...]:
    """The names of claims that cannot all be true and of which none can be left out; empty when all can be."""
    if possible(claims, sums):
        return ()
    kept = dict(claims)
    for name in claims:
        rest = {other: span for other, span in kept.items() if other != name}
        if not possible(rest, sums):
            kept = rest
    return tuple(kept)


def _tried(claims: Mapping[str, Range], sums: Sequence[Sum]) -> bool:
    """Whether the plainest amounts fit: every part at its least, or, where that is too little, some part of this sum
    alone higher; every whole at its most. Says nothing where wholes are parts of others."""
    shares = Counter(name for one in sums for name in one.parts)
    if len({one.whole for one in sums}) < len(sums) or any(one.whole in shares for one in sums):
        return False
    for one in sums:
        low, high = claims.get(one.whole, ANY)
        made = sum(claims.get(name, ANY)[0] for name in one.parts)
        most = sum(claims.get(name, ANY)[shares[name] == 1] for name in one.parts)
        if made > high or (one.exact and most < low):
            return False
    return True


def _solved(claims: Mapping[str, Range], sums: Sequence[Sum]) -> bool:
    """Whether HiGHS finds amounts that fit."""
    from highspy import HighsLp, HighsModelStatus
    from highspy._core import _Highs  # the class above it prints a line about itself to standard output

    names = sorted({*claims, *(name for one in sums for name in (one.whole, *one.parts))})
    columns = [_column(name, sums) for name in names]
    model = HighsLp()
    model.num_col_, model.num_row_ = len(names), len(sums)
    model.col_cost_ = np.zeros(len(names))
    model.col_lower_ = np.array([claims.get(name, ANY)[0] for name in names])
    model.col_upper_ = np.array([claims.get(name, ANY)[1] for name in names])
    model.row_lower_ = np.zeros(len(sums))
    model.row_upper_ = np.array([0.0 if one.exact else inf for one in sums])
    model.a_matrix_.start_ = np.cumsum([0, *map(len, columns)])
    model.a_matrix_.index_ = np.array([row for column in columns for row, _ in column])
    model.a_matrix_.value_ = np.array([sign for column in columns for _, sign in column])
    solver = _Highs()
    solver.setOptionValue("output_flag", False)
    solver.passModel(model)
    solver.run()
    return bool(solver.getModelStatus() != HighsModelStatus.kInfeasible)


def _column(name: str, sums: Sequence[Sum]) -> list[tuple[int, float]]:
    """The sums an amount stands in, with its sign: a whole less its parts is nothing, or what is left."""
    held = ((number, one) for number, one in enumerate(sums) if name in (one.whole, *one.parts))
    return [(number, 1.0 if name == one.whole else -1.0) for number, one in held]
