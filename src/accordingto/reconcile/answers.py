"""Answers: what each origin says as of a date, how far apart they are, and which figure a named rule takes for best.

Nothing is averaged: `best` is a number somebody said. Low and high span every origin's bounds; None = open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from rapidfuzz import fuzz

from ..errors import InputError
from ..records import Answer, Entry, Origin, Question, Stand
from . import rules
from .days import day
from .grouping import whole
from .naming import same
from .saying import said, superseded
from .witnesses import order, origins, outlet
from .words import listed, words

SPELT = 84
"""Similarity (0–100) of a word asked for and one that is a spelling of it, at least."""
SHORT = 4
"""Letters of a word that is never a spelling of another, at most."""


def answer(
    question: Question,
    entries: Iterable[Entry],
    copies: Mapping[str, str],
    as_of: str | None = None,
    rule: str = "latest",
    known_on: str | None = None,
) -> Answer:
    """The question answered as of the end of a day (ISO 8601; None = whatever the ledger holds).

    `entries` may hold rows of other questions; `known_on` only says as of when the ledger's own knowledge is, the rows
    are chosen by whoever hands them in. Rejected figures count for nothing.
    Raises InputError for a rule that is not registered or a date that is none.
    """
    rules.rule(rule)
    if as_of is not None:
        _date(as_of)
    wanted = frozenset(question.figures)
    rows = [entry for entry in entries if entry.figure in wanted]
    stands = standing(rows, copies, as_of)
    lows, highs = [stand.low for stand in stands], [stand.high for stand in stands]
    best, trouble = rules.best(rule, stands)
    return Answer(question, as_of, rule, _least(lows), best, _most(highs), tuple(stands), known_on, trouble)


def standing(entries: Iterable[Entry], copies: Mapping[str, str], as_of: str | None = None) -> list[Stand]:
    """What each origin of one question stands by as of a day, newest first."""
    rows = sorted((entry for entry in entries if entry.verdict != "reject"), key=order)
    spoken = {entry.figure: entry for entry in whole([row for row in rows if _by(row, as_of)])}
    found = (_stand(origin, spoken) for origin in origins(rows, copies))
    stands = sorted(
        (stand for stand in found if stand), key=lambda stand: (-len(stand.history), stand.origin.name, stand.origin.id)
    )
    return sorted(stands, key=lambda stand: stand.as_of or "", reverse=True)


def told_by(entry: Entry, source: str) -> bool:
    """Whether a source or outlet of this name, or part of a name, gave or relayed the figure."""
    return any(_called(source, name) for name in (*entry.chain, outlet(entry)))


@lru_cache(maxsize=65536)
def _called(asked: str, name: str) -> bool:
    wanted = set(words(asked)) - listed("small")
    told = words(name)
    near = all(any(word == other or _spelt(word, other) for other in told) for word in wanted)
    return bool(wanted and near) or same(asked, name)


def _spelt(one: str, other: str) -> bool:
    return len(one) > SHORT and len(other) > SHORT and fuzz.ratio(one, other) >= SPELT


def newest(rows: Sequence[Entry]) -> list[Entry]:
    """One origin's figures, oldest first: the last is the one it stands by.

    Of one day, figures their own sentence calls older come first, then vague ones, then numbers the origin gave
    on an earlier day already, then what fewest reports repeat.
    """
    current = [row for row in rows if not superseded(row)]
    times = Counter((said(row), row.low, row.high) for row in current)
    first: dict[object, str] = {}
    for row in current:
        first[row.low, row.high] = min(said(row) or "", first.get((row.low, row.high), "9"))
    return sorted(
        rows,
        key=lambda row: (
            said(row) or "",
            not superseded(row),
            _exactness(row),
            first.get((row.low, row.high), ""),
            times[said(row), row.low, row.high],
            order(row),
        ),
    )


def _stand(origin: Origin, spoken: Mapping[str, Entry]) -> Stand | None:
    rows = newest([spoken[figure] for figure in origin.figures if figure in spoken])
    if not rows:
        return None
    last = rows[-1]
    return Stand(origin, last.low, last.high, said(last), last.figure, tuple(row.figure for row in rows))


def _exactness(row: Entry) -> int:
    """2 one number, 1 a number open to one side, 0 a range or vague word."""
    return 2 if row.low == row.high else 1 if row.low is None or row.high is None else 0


def _by(entry: Entry, as_of: str | None) -> bool:
    """Whether the figure had been said by the day; one without a date cannot be shown to have been."""
    if as_of is None:
        return True
    when = said(entry)
    return when is not None and when <= as_of[:10]


def _date(text: str) -> None:
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        raise InputError(f"date {text!r} is none; write it as 2025-03-10") from None
    if day(text) is None:
        raise InputError(f"date {text!r} is none; write it as 2025-03-10")


def _least(bounds: Sequence[int | None]) -> int | None:
    return (
        None if not bounds else min((b for b in bounds if b is not None), default=None) if None not in bounds else None
    )


def _most(bounds: Sequence[int | None]) -> int | None:
    return None if not bounds or None in bounds else max(b for b in bounds if b is not None)
