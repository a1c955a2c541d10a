"""A check of a ledger in three rounds, each over pieces that do not know of each other: reports, questions, and what
only shows over the whole ledger. What passes between rounds and processes are JSON values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import attrgetter
from typing import Any, TypeVar

from ..records import Discrepancy, Entry
from .balance import does_not_balance
from .case import Case, Told, case
from .copied import copies_differ
from .dates import begun, dated_after_report, dated_before_event, early, event_dated_differently, report_from_future
from .denied import figure_denied
from .headline import headline_differs
from .parts import part_exceeds_whole, parts_do_not_sum
from .relay import circular_sourcing, origin_swapped, qualifier_changed
from .rows import Rows, as_used, mended, usable
from .swapped import Pair, comparable, credited, killed_wounded_swapped, pair_reattributed, pairs, swapped
from .tolls import origin_differs, origins_disagree, total_falls
from .years import Dated, dated_in, key, slips, two_years, year_differs

CHECKS: tuple[Callable[[Case], Iterable[Discrepancy]], ...] = (
    origin_differs,
    origins_disagree,
    total_falls,
    figure_denied,
    qualifier_changed,
    origin_swapped,
    circular_sourcing,
    dated_after_report,
    event_dated_differently,
)
"""Checks of one question."""

REPORT_CHECKS: tuple[Callable[[Told], Iterable[Discrepancy]], ...] = (
    part_exceeds_whole,
    parts_do_not_sum,
    headline_differs,
    does_not_balance,
)
"""Checks of one report."""

T = TypeVar("T")
REPORTS, FIGURES = 1000, 5000
"""Reports, and figures of questions or of numbers compared, in one piece, as long as one question has no more."""

Packed = list[Sequence[Any]]
"""Discrepancies as JSON values."""
_FIELDS = attrgetter("id", "check", "severity", "sentence", "figures", "question", "amount")


def found(rows: Rows, today: str | None = None) -> Iterator[Discrepancy]:
    """Every discrepancy, in no order, some more than once. `today` (ISO 8601) is what reports from the future are
    told by."""
    changed: dict[str, Any] = {}
    begins: dict[str, str] = {}
    notes: dict[str, dict[str, list[Any]]] = {"years": defaultdict(list), "pairs": defaultdict(list)}
    dated: list[str] = []
    for made in rows.each(of_reports, today, _pieces(rows.reports(), lambda report: 1, REPORTS)):
        yield from _unpacked(made["found"])
        changed |= made["changed"]
        dated += made["early"]
        for name, held in notes.items():
            for told, note in made[name]:
                held[told].append(note)
    sized = _pieces(rows.questions(), lambda one: one[1], FIGURES)
    for made in rows.each(of_questions, changed, ([id for id, _ in some] for some in sized)):
        yield from _unpacked(made["found"])
        begins |= made["begins"]
    for packed in rows.each(of_ledger, begins, _compared(rows.copies, notes, dated)):
        yield from _unpacked(packed)


def of_reports(rows: Rows, today: str | None, reports: Sequence[str]) -> dict[str, Any]:
    """The first round: checks of reports; what became of their figures, and what to compare over the whole ledger."""
    found: list[Discrepancy] = []
    changed: dict[str, Any] = {}
    years: list[tuple[str, Dated]] = []
    two: list[tuple[str, Pair]] = []
    dated: list[str] = []
    for held in rows.told(reports):
        kept = usable(held)
        changed |= mended(held, kept)
        years += ((told, dated_in(row)) for row in kept if (told := key(row)))
        two += pairs(kept)
        if any(map(early, kept)):
            dated.append(kept[0].report)
        told_so = Told(tuple(row for row in kept if row.stance != "denied"), rows.question)
        if told_so.rows:
            found += report_from_future(told_so, today)
            for check in REPORT_CHECKS if len(told_so.rows) > 1 else ():
                found += check(told_so)
    return {"found": _packed(found), "changed": changed, "years": years, "pairs": two, "early": dated}


def of_questions(rows: Rows, changed: Mapping[str, Any], questions: Sequence[str]) -> dict[str, Any]:
    """The second round: checks of questions; a figure of the day on which each event began, where reports agree."""
    found: list[Discrepancy] = []
    begins: dict[str, str] = {}
    asked = rows.asked(questions)
    held = rows.of([figure for question in asked for figure in question.figures])
    for question in asked:
        if not (members := as_used(held, question.figures, changed)):
            continue
        held_case = case(question, members, rows.copies)
        if (first := begun(held_case)) is not None:
            begins[question.id] = first.figure
        for check in CHECKS:
            found += check(held_case)
    return {"found": _packed(found), "begins": begins}


def of_ledger(rows: Rows, begins: Mapping[str, str], piece: tuple[str, Any]) -> Packed:
    """The third round: what only shows over the whole ledger."""
    name, told = piece
    return _packed(LEDGER_CHECKS[name](rows, begins, told))


def _copies(rows: Rows, begins: Mapping[str, str], reports: Sequence[str]) -> Iterator[Discrepancy]:
    """Whole groups of copies."""
    groups: dict[str, list[Sequence[Entry]]] = defaultdict(list)
    for held in rows.told(reports):
        if kept := usable(held):
            groups[rows.copies[kept[0].report]].append(kept)
    for group in groups.values():
        yield from copies_differ(group, rows.question)


def _early(rows: Rows, begins: Mapping[str, str], reports: Sequence[str]) -> Iterator[Discrepancy]:
    """Reports that write out the day of a figure."""
    for held in rows.told(reports):
        kept = usable(held)
        asked = {question.id for row in kept if (question := rows.question(row.figure)) and question.id in begins}
        if asked:
            first = rows.of([begins[id] for id in sorted(asked)])
            starts = {id: first[begins[id]] for id in asked if begins[id] in first}
            yield from dated_before_event(Told(tuple(kept), rows.question), starts)


def _years(rows: Rows, begins: Mapping[str, str], told: Sequence[Sequence[Any]]) -> Iterator[Discrepancy]:
    """Figures of one number and month, in two years."""
    wanted = [slip for notes in told for slip in slips([Dated(*note) for note in notes])]
    held = rows.of([one.figure for wrong, right, _ in wanted for one in (wrong, right)])
    for wrong, right, times in wanted:
        if wrong.figure in held and right.figure in held:
            yield year_differs(held[wrong.figure], held[right.figure], times, rows.question)


def _pairs(rows: Rows, begins: Mapping[str, str], told: Sequence[Sequence[Any]]) -> Iterator[Discrepancy]:
    """Pairs of two numbers, told both ways round or given to two bodies."""
    groups = [[Pair(*note) for note in notes] for notes in told]
    turned = [found for notes in groups for found in swapped(notes)]
    given = [list(credited(notes)) for notes in groups]
    both = [*turned, *(found for some in given for found in some)]
    held = rows.of(list(dict.fromkeys(figure for found in both for pair in found for figure in pair.figures)))

    for wrong, right in turned:
        yield killed_wounded_swapped(_two(wrong, held), _two(right, held), rows.question)
    for some in given:
        done: set[str] = set()
        for later, earlier in some:
            slip = pair_reattributed(_two(later, held), _two(earlier, held), rows.question)
            if slip and later.report not in done:
                done.add(later.report)
                yield slip


def _two(pair: Pair, held: Mapping[str, Entry]) -> tuple[Entry, Entry]:
    return held[pair.figures[0]], held[pair.figures[1]]


LEDGER_CHECKS: Mapping[str, Callable[[Rows, Mapping[str, str], Any], Iterator[Discrepancy]]] = {
    "copies": _copies,
    "early": _early,
    "years": _years,
    "pairs": _pairs,
}
"""Checks of the whole ledger, by the name of their pieces."""


def _compared(
    copies: Mapping[str, str], notes: Mapping[str, Mapping[str, list[Any]]], dated: Sequence[str]
) -> Iterator[tuple[str, Any]]:
    """The pieces of the third round: what has nothing to be compared with is left out."""
    groups = [list(some) for _, some in groupby(sorted(copies, key=lambda r: (copies[r], r)), copies.__getitem__)]
    yield from (("copies", list(chain.from_iterable(some))) for some in _pieces(groups, len, REPORTS))
    yield from (("early", some) for some in _pieces(dated, lambda report: 1, REPORTS))
    years = (told for told in notes["years"].values() if len(told) > 1 and two_years([Dated(*one) for one in told]))
    yield from (("years", some) for some in _pieces(years, len, FIGURES))
    two = (told for told in notes["pairs"].values() if len(told) > 1 and comparable([Pair(*one) for one in told]))
    yield from (("pairs", some) for some in _pieces(two, len, FIGURES))


def _pieces(things: Iterable[T], size: Callable[[T], int], most: int) -> Iterator[list[T]]:
    """Runs of things that are no larger together than one piece may be, or hold one thing."""
    piece: list[T] = []
    held = 0
    for thing in things:
        if piece and held + size(thing) > most:
            yield piece
            piece, held = [], 0
        piece.append(thing)
        held += size(thing)
    if piece:
        yield piece


def _packed(found: Iterable[Discrepancy]) -> Packed:
    return [_FIELDS(one) for one in found]


def _unpacked(packed: Packed) -> Iterator[Discrepancy]:
    for ident, check, severity, sentence, figures, question, amount in packed:
        yield Discrepancy(ident, check, severity, sentence, tuple(figures), question, amount)
