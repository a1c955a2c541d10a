"""Checks of relay: what changes while a figure passes from source to report, and who is said to have given it."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, pairwise

from rapidfuzz import fuzz

from ..attribute.bodies import bodies
from ..languages import supported
from ..reconcile.counted import partial
from ..reconcile.days import day
from ..reconcile.naming import groups, parse, same
from ..reconcile.saying import said
from ..reconcile.witnesses import outlet
from ..reconcile.words import fold, listed, words
from ..records import Discrepancy, Entry, Question
from .case import Case, apart, digits, discrepancy, headline, quote, speaker, spoken, value

Form = str
"""How a number is bounded: "plain", "about", "under" ("nearly"), "least", "most", "range"."""
SPELT = 80
"""Likeness (0–100) of two names that can be spellings of one, or one within the other, at least."""
SAME_DAYS = 4
"""Days between two tellings of one statement, at most."""
MOST = 40
"""Statements of one number that are compared with each other, at most."""


def qualifier_changed(case: Case) -> Iterator[Discrepancy]:
    """One source's number with another qualifier in another report ("about", "over"), or in one report's two sentences.

    Reports that only tell of the same day may count more plainly; that is no change (but see copies). Each pair of
    reports once.
    """
    relayed: dict[tuple[int, str, int, str], dict[Form, Entry]] = defaultdict(dict)  # by report, name and origin
    for row in sorted(case.rows, key=lambda row: (headline(row), not row.chain)):
        if row.stance in ("asserted", "possible") and row.chain and form(row) != "plain":
            who = (row.counted or "") if partial(row) else ""
            for end in dict.fromkeys(end for end in (row.low, row.high) if end):
                for near, teller in enumerate((row.report, " ".join(words(row.chain[-1])), case.origin[row.figure])):
                    relayed[near, teller, end, who].setdefault(form(row), row)
    told: set[object] = set()
    for (_, _, number, _), forms in sorted(relayed.items(), key=lambda item: item[0]):
        pair = _changed(list(forms.values()), case)
        if pair is None:
            continue
        reports = (number, frozenset(row.report for row in pair))
        if reports in told or not told.isdisjoint(row.figure for row in pair):
            continue
        told.update((reports, *(row.figure for row in pair)))
        yield _change(*pair, case)


def form(row: Entry) -> Form:
    """How the figure's number is bounded."""
    if row.low != row.high:
        return "least" if row.high is None else "most" if row.low is None else "range"
    loose = fold(row.qualifier or "")
    return "under" if loose in listed("just_below") else "about" if loose in listed("approximate") else "plain"


def requalified(one: Entry, other: Entry) -> bool:
    """Whether one figure's qualifier says something else than the other's; "nearly" is "about", and words span many."""
    vague = any(row.low != row.high and None not in (row.low, row.high) and not digits(row) for row in (one, other))
    return not vague and form(one) != form(other) and {form(one), form(other)} != {"about", "under"}


def origin_swapped(case: Case) -> Iterator[Discrepancy]:
    """A number nobody else gives, credited to two bodies: one of the reports is likely wrong about its source.

    Two bodies that agree are no finding; so the number must be telling, or disputed the same day by a third, and the
    two never told together.
    """
    given: dict[tuple[int | None, int | None], list[Entry]] = defaultdict(list)
    for row in case.whole:
        if row.chain and value(row) >= 10 and not headline(row):
            given[row.low, row.high].append(row)
    for _, rows in sorted(((n, rows) for n, rows in given.items() if len(rows) > 1), key=lambda item: str(item[0])):
        pair = _swapped(rows[:MOST], case)
        if pair is not None:
            yield swap([pair], case.question, 1)


def swap(pairs: Sequence[tuple[Entry, Entry]], question: Question | None, severity: int) -> Discrepancy:
    """The discrepancy of figures that stand in two reports with two sources."""
    one, other = pairs[0]
    numbers = " and ".join(f"{spoken(row)} {row.kind.removeprefix('other:')}" for row, _ in pairs)
    return discrepancy(
        "origin-swapped",
        severity,
        f"{numbers} come from {speaker(one)} in {one.report_name} and from {speaker(other)} in {other.report_name}; "
        f"unless both gave it, one report names the wrong source: {quote(one)} against {quote(other)}.",
        tuple(row for pair in pairs for row in pair),
        question,
        0,
    )


def circular_sourcing(case: Case) -> Iterator[Discrepancy]:
    """Outlets that cite each other for one number, so that nobody is left who gave it first."""
    outlets = {word for row in case.rows for word in words(outlet(row))}
    if outlets.isdisjoint(word for row in case.rows for name in row.chain for word in words(name)):
        return
    cited: dict[tuple[int | None, int | None], dict[str, dict[str, Entry]]] = defaultdict(lambda: defaultdict(dict))
    for row in sorted(case.rows, key=headline):
        for name in row.chain:
            cited[row.low, row.high][outlet(row)].setdefault(name, row)
    for number in sorted(cited, key=str):
        ring = _ring(cited[number])
        if ring:
            names = ", ".join(f"{outlet(row)} cites {name}" for name, row in ring)
            rows = tuple(row for _, row in ring)
            yield discrepancy(
                "circular-sourcing",
                2,
                f"{names} for {spoken(rows[0])} ({case.question.label}), so nobody is known to have given it first: "
                f"{quote(rows[0])} and {quote(rows[-1])}.",
                rows,
                case.question,
                0,
            )


def rivals(one: Entry, other: Entry) -> bool:
    """Whether two figures name two bodies that could be taken for each other: each says which one it is, and neither is
    the other, speaks for it or is part of it as far as the figures' own words say."""
    if not one.chain or not other.chain:
        return False
    a, b = one.chain[-1], other.chain[-1]
    if not (body(a) and body(b)) or same(a, b) or fuzz.partial_ratio(fold(a), fold(b)) >= SPELT:
        return False
    named = ((_which(a), other), (_which(b), one))
    if any(telling & set(words(row.sentence)) for telling, row in named):
        return False
    return not any(same(name, end) for row, end in ((one, b), (other, a)) for name in row.chain)


def specific(name: str) -> bool:
    """Whether a name says which source it is: a person's or one body's, not an outlet's that relays."""
    vague = parse(name).office or parse(name).unnamed or parse(name).bare
    return body(name) or not (vague or _relays(name))


@lru_cache(maxsize=65536)
def _relays(name: str) -> bool:
    """Whether a name is an outlet's."""
    known = (bodies(language).called(name) for language in sorted(supported()))
    return any(found is not None and found.kind == "outlet" for found in known)


def body(name: str) -> bool:
    """Whether a name is one body's, not an umbrella's ("the armed forces", "Ukraine"), a person's or nobody's."""
    parsed = parse(name)
    return parsed.office and not parsed.unnamed and bool(_which(name))


def _which(name: str) -> frozenset[str]:
    """The words that say which source, without those of forces and offices at large."""
    parsed = parse(name)
    held = parsed.telling or frozenset(parsed.key if not parsed.country else ())
    return frozenset(word for word in held if not any(word in listed(some) for some in ("forces", "small", "umbrella")))


def _changed(rows: list[Entry], case: Case) -> tuple[Entry, Entry] | None:
    """The two forms furthest apart, in the order of publication, if one cannot be an honest version of the other."""
    pairs = [
        (one, other)
        for one in rows
        for other in rows
        if (one.published or "", one.report, one.start) < (other.published or "", other.report, other.start)
        and (one.report != other.report or (one.low, one.high) != (other.low, other.high))
        and requalified(one, other)
        and (_one_voice(one, other, case) or _for_country(one, other))
        and not _copied(one, other, case)
    ]
    return max(pairs, key=lambda pair: (_distance(*pair), pair[0].figure), default=None)


def _one_voice(one: Entry, other: Entry, case: Case) -> bool:
    return case.origin[one.figure] == case.origin[other.figure]


def _for_country(one: Entry, other: Entry) -> bool:
    """Whether one report gives the number to a country first and to one of its bodies then."""
    return one.report == other.report and any(parse(speaker(row)).bare for row in (one, other))


def _copied(one: Entry, other: Entry, case: Case) -> bool:
    return one.report in case.copies and case.copies[one.report] == case.copies.get(other.report)


def _distance(one: Entry, other: Entry) -> int:
    """3 for less against more ("nearly", "over"), 2 when the bounds differ, 1 when only the words do."""
    if {form(one), form(other)} in ({"under", "least"}, {"most", "least"}):
        return 3
    return 2 if (one.low, one.high) != (other.low, other.high) else 1


def _swapped(rows: Sequence[Entry], case: Case) -> tuple[Entry, Entry] | None:
    """Figures of one number that two rival bodies are said to have given, in no report both."""
    origins: dict[str, list[Entry]] = defaultdict(list)
    for row in rows:
        origins[case.origin[row.figure]].append(row)
    for (a, given), (b, other) in combinations(sorted(origins.items()), 2):
        if not {row.report for row in given}.isdisjoint(row.report for row in other):
            continue
        one, second = given[0], other[0]
        apart_ = _near(one, second) and all(rivals(x, y) for x in given for y in other)
        if apart_ and (_telling(one) or _disputed(one, {a, b}, case)):
            return one, second
    return None


def _telling(row: Entry) -> bool:
    """Whether two sources seldom give the number by chance."""
    figures = len(str(value(row)).rstrip("0"))
    return row.low == row.high and (figures >= 3 or (figures == 2 and value(row) >= 1000))


def _near(one: Entry, other: Entry) -> bool:
    a, b = day(said(one)), day(said(other))
    return a is not None and b is not None and abs(a - b) <= SAME_DAYS


def _disputed(row: Entry, origins: set[str], case: Case) -> bool:
    """Whether a third source gives a number that excludes this one, on the same day."""
    return any(
        said(other) == said(row) and case.origin[other.figure] not in origins and apart(row, other)
        for other in case.whole
    )


def _ring(cited: Mapping[str, Mapping[str, Entry]]) -> list[tuple[str, Entry]]:
    """The shortest ring of outlets that cite each other, each with the figure it cites; empty when there is none."""
    outlets = {word for one in cited for word in words(one)}
    if len(cited) < 2 or not any(outlets & set(words(name)) for names in cited.values() for name in names):
        return []
    called = groups({*cited, *(name for names in cited.values() for name in names)})
    steps: dict[str, dict[str, Entry]] = {called[one]: {} for one in cited}
    for one, names in sorted(cited.items()):
        steps[called[one]] |= {called[name]: row for name, row in names.items() if called[name] in steps}
    for start in sorted(steps):
        paths, seen = deque([[start]]), {start}
        while paths:
            path = paths.popleft()
            for other in sorted(steps[path[-1]]):
                if other == start and len(path) > 1:
                    return [(b, steps[a][b]) for a, b in pairwise([*path, start])]
                if other not in seen:
                    seen.add(other)
                    paths.append([*path, other])
    return []


def _change(one: Entry, other: Entry, case: Case) -> Discrepancy:
    where = "further down" if one.report == other.report else "in another report"
    return discrepancy(
        "qualifier-changed",
        1,
        f"{case.speaker(one)}'s {spoken(one)} is {spoken(other)} {where} ({case.question.label}): "
        f"{quote(one)} against {quote(other)}.",
        (one, other),
        case.question,
        0,
    )
