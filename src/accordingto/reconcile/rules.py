"""Rules: small functions that take one number for best from what the origins say. Always named beside the answer.

A rule of one's own is a function registered under a name, `RULES["mine"] = function`, or an entry point of the group
`accordingto.rules` in an installed package, which the command line finds too. A rule that raises, or gives anything but
a whole number or None, leaves best open and is told in one line; low, high and every origin stay.
"""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.metadata import entry_points

from ..errors import InputError
from ..records import Stand

Rule = Callable[[Sequence[Stand]], "int | None"]
"""Chooses the best figure from the origins' stands, which come newest first; None = cannot say."""
DOOR = "accordingto.rules"
"""The group of entry points other packages register rules in."""


def latest(stands: Sequence[Stand]) -> int | None:
    """The median of what the origins said last: the lower of two in the middle, always a number that was said."""
    said = sorted(value for stand in stands if (value := point(stand)) is not None)
    return said[(len(said) - 1) // 2] if said else None


def conservative(stands: Sequence[Stand]) -> int | None:
    """The lowest of what the origins said last (as ACLED codes fatalities)."""
    return min((value for stand in stands if (value := point(stand)) is not None), default=None)


def majority(stands: Sequence[Stand]) -> int | None:
    """What most origins said last; where as many say another number, the newest of them, then the lower."""
    values = [(value, stand) for stand in stands if (value := point(stand)) is not None]
    votes = Counter(value for value, _ in values)
    ranked = sorted(values, key=lambda pair: pair[0])
    ranked.sort(key=lambda pair: pair[1].as_of or "", reverse=True)
    ranked.sort(key=lambda pair: -votes[pair[0]])
    return ranked[0][0] if ranked else None


RULES: dict[str, Rule] = {"latest": latest, "conservative": conservative, "majority": majority}
"""Rules by name; those of other packages come in when they are asked for."""


def point(stand: Stand) -> int | None:
    """The number an origin's stand amounts to: its lower bound, or its upper where that is all it says."""
    return stand.low if stand.low is not None else stand.high


def rule(name: str) -> Rule:
    """The rule of this name. Raises InputError when there is none, or its package cannot be loaded."""
    if name in RULES:
        return RULES[name]
    others = {one.name: one for one in entry_points(group=DOOR)}
    if name not in others:
        known = ", ".join([*RULES, *sorted(others.keys() - RULES.keys())])
        raise InputError(f"rule {name!r} is not known; give one of {known} (--rule)")
    try:
        RULES[name] = others[name].load()
    except Exception as error:
        said = " ".join(f"{type(error).__name__}: {error}".split())
        raise InputError(
            f"rule {name!r} ({others[name].value}) cannot be loaded: {said}; mend its package or choose another rule"
        ) from error
    return RULES[name]


def best(name: str, stands: Sequence[Stand]) -> tuple[int | None, str | None]:
    """What the rule takes for best, and in one line what went wrong with it, if anything did."""
    try:
        found = rule(name)(stands)
    except InputError:
        raise
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        said = " ".join(f"{type(error).__name__}: {error}".split())
        return None, _open(name, f"failed with {said} ({last.filename}, line {last.lineno})")
    if found is None or type(found) is int:
        return found, None
    return None, _open(name, f"gave {found!r} where a whole number or None is expected")


def _open(name: str, what: str) -> str:
    return (
        f"rule {name!r} {what}; best is left open, low and high stand: mend the rule or choose another (--rule latest)"
    )
