"""Checks of one report's arithmetic: parts against their wholes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ..reconcile.counted import narrow
from ..reconcile.words import fold, listed
from ..records import Discrepancy, Entry
from .case import Told, below, discrepancy, figures, quote, spoken, value

NEAR = 400
"""Code points between a part and the whole it is told with, at most, where they stand in two sentences."""
PLAUSIBLE = 3
"""How many times such a part may be its whole, as a slip; beyond, they are no part and whole."""


def part_exceeds_whole(told: Told) -> Iterator[Discrepancy]:
    """A part larger than its whole, in one report."""
    for part, total in _parts(told):
        if below(total, part) and (part.sentence == total.sentence or not _held(part, told.rows)):
            yield discrepancy(
                "part-exceeds-whole",
                3,
                f"{part.report_name} gives {spoken(part)} as a part of {spoken(total)} ({told.label(total)}), "
                f"and a part cannot be larger than its whole: {quote(part)} against {quote(total)}.",
                (part, total),
                told.asked(total.figure),
                value(part) - value(total),
            )


def parts_do_not_sum(told: Told) -> Iterator[Discrepancy]:
    """Parts of one sentence that make more than their whole, or less although they are said to be all of it."""
    shares: dict[str, list[Entry]] = defaultdict(list)
    totals: dict[str, Entry] = {}
    for part, total in _parts(told):
        told_so = part.sentence == total.sentence or _says(part.sentence, "of_them")
        if told_so and part.low == part.high and part.kind == total.kind:
            shares[total.figure].append(part)
            totals[total.figure] = total
    for figure, parts in sorted(shares.items()):
        total, made = totals[figure], sum(value(part) for part in parts)
        if len(parts) < 2 or total.low != total.high or len({part.start for part in parts}) < len(parts):
            continue
        all_ = _says(total.sentence, "exhaustive")
        if (made > value(total) and (all_ or _apart(parts))) or (made < value(total) and all_):
            listed_ = " + ".join(figures(part) for part in parts)
            yield discrepancy(
                "parts-do-not-sum",
                2,
                f"{total.report_name} splits {spoken(total)} into {listed_}, which make {made:,} "
                f"({told.label(total)}): {quote(total)}.",
                (total, *parts),
                told.asked(total.figure),
                abs(made - value(total)),
            )


def _parts(told: Told) -> Iterator[tuple[Entry, Entry]]:
    """Every part with its whole: the one it names, else the one it is told with."""
    by_figure = {row.figure: row for row in told.rows}
    for row in told.rows:
        if row.mode == "part" and not fold(row.exact).startswith(tuple(listed("exhaustive"))):
            total = by_figure.get(row.part_of or "") or _whole_of(row, told)
            total = _shared(row, total, by_figure) if total else None
            if total and (row.sentence == total.sentence or value(row) <= PLAUSIBLE * value(total)):
                yield row, total


def _shared(part: Entry, total: Entry, rows: Mapping[str, Entry]) -> Entry | None:
    """The whole that two parts share, where one is read as a part of the other without words that say so: "of 300
    soldiers, 120 were killed and 140 came back"."""
    seen = {part.figure}
    while total.mode == "part" and part.sentence == total.sentence and total.figure not in seen:
        between = part.sentence[part.sentence.find(total.exact) :].split(part.exact)[0] + part.exact
        above = rows.get(total.part_of or "")
        if _says(between, "of_them") or above is None:
            return total if above else None
        seen.add(total.figure)
        total = above
    return total


def _whole_of(part: Entry, told: Told) -> Entry | None:
    """The whole a part is told with: in its sentence, else the last before it by the same source."""
    totals = [
        row
        for row in told.rows
        if row.mode == "total"
        and row.kind == part.kind
        and row.stance == part.stance
        and not narrow(row)
        and (row.low or row.high)
    ]
    near = [row for row in totals if row.sentence == part.sentence]
    around = near or [row for row in totals if told.asked(row.figure) == told.asked(part.figure)]
    before = [row for row in around if 0 < part.start - row.start <= NEAR and row.chain[-1:] == part.chain[-1:]]
    return before[-1] if before else near[0] if near else None


def _held(part: Entry, rows: Iterable[Entry]) -> bool:
    """Whether another total told shortly before can be the whole of the part."""
    totals = (row for row in rows if row.kind == part.kind and row.mode == "total" and not below(row, part))
    return any(0 < part.start - row.start <= NEAR for row in totals)


def _apart(parts: Iterable[Entry]) -> bool:
    """Whether nobody is counted twice, as far as the words say: "12 of them" may be among "25 of them"."""
    return sum(_says(part.exact, "of_them") for part in parts) < 2


def _says(text: str, name: str) -> bool:
    """Whether a text has any word of a list."""
    folded = f" {fold(text)} "
    return any(f" {word} " in folded or f" {word}," in folded for word in listed(name))
