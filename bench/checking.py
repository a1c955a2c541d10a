"""What a check of the whole ledger costs, a figure, as the ledger grows.

    python bench/checking.py                     ten thousand to a million figures, made up as they are asked for
    python bench/checking.py --sizes 10000 30000

Each story has ten reports of five figures each: tolls that grow day by day, parts, copies, and in one story of five a
slip. It prints seconds, microseconds a figure, how many discrepancies there are, and the peak of resident memory,
each size in a
process of its own. The reference is the cost a figure of the smallest size in the same run: growth 1.0 = linear.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import time
from collections.abc import Collection, Iterator, Mapping, Sequence

from accordingto import check
from accordingto.records import Entry, Question

REPORTS, FIGURES = 10, 5
STORY = REPORTS * FIGURES
KINDS = ("killed", "wounded", "missing", "displaced", "killed")
SOURCES = ("Civil Protection Service", "Anna Weiss", "Red Cross", "Jan Berg", "Harbour Rescue Office")


class Stories:
    """Figures made from their numbers, never held: what a store does, without its cost."""

    def __init__(self, count: int) -> None:
        self.count = count

    def reports(self, wanted: Collection[str] | None = None) -> Iterator[Sequence[Entry]]:
        numbers = range(self.count * REPORTS) if wanted is None else sorted(int(report[1:]) for report in wanted)
        for number in numbers:
            yield [figure(number * FIGURES + place) for place in range(FIGURES)]

    def of(self, figures: Sequence[str]) -> Mapping[str, Entry]:
        return {name: figure(int(name[1:])) for name in figures}

    def questions(self) -> list[Question]:
        kinds = [(kind, [n for n, held in enumerate(KINDS) if held == kind]) for kind in dict.fromkeys(KINDS)]
        return [
            Question(f"q{story}-{kind}", kind, f"people {kind}, Tarn", None, "Tarn", None, members(story, places))
            for story in range(self.count)
            for kind, places in kinds
        ]

    def copies(self) -> dict[str, str]:
        """In every second story the second report copies the first."""
        firsts = (story * REPORTS for story in range(0, self.count, 2))
        return {f"r{number}": f"r{first}" for first in firsts for number in (first, first + 1)}


def members(story: int, places: Sequence[int]) -> tuple[str, ...]:
    first = story * STORY
    return tuple(f"f{first + report * FIGURES + place}" for report in range(REPORTS) for place in places)


def figure(number: int) -> Entry:
    """The figure of a number: its story, report and place in the report follow from it."""
    report, place = divmod(number, FIGURES)
    story, order = divmod(report, REPORTS)
    seed = story * 7919 % 900
    low = (seed + 40 + 3 * order) * (place + 1)
    if story % 5 == 0 and order == 7 and place == 0:
        low *= 3
    part = place == 4
    low = low // 20 if part else low
    day = f"2024-{story % 12 + 1:02}-{order + 10:02}"
    source = SOURCES[(story + order * (order > 1)) % len(SOURCES)]
    text = f"In Tarn {low:,} people were {KINDS[place]} by day {order}, as the count of place {place} has it."
    return Entry(
        f"f{number}", f"c{number}", f"r{report}", f"r{report}", f"Gazette {report % 400}", day, 200 * place,
        200 * place + 60, f"{low:,}", KINDS[place], low, low, None, "part" if part else "total", "asserted",
        f"f{number - 4}" if part else None, "children" if part else None, None, None, f"2024-{story % 12 + 1:02}-09",
        day, "Tarn", story + 1, "XX", 1, (source,), text,
    )  # fmt: skip


def run(figures: int) -> tuple[float, int, float]:
    """Seconds, discrepancies and MiB of a ledger of so many figures."""
    stories = Stories(figures // STORY)
    questions, copies = stories.questions(), stories.copies()
    start = time.process_time()
    found = check.ranked(check.found(questions, stories, copies, "2030-01-01"))
    spent = time.process_time() - start
    return spent, len(found), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000], metavar="FIGURES")
    asked = parser.parse_args()
    print(
        "figures".rjust(10),
        "seconds".rjust(9),
        "µs a figure".rjust(12),
        "growth".rjust(7),
        "found".rjust(8),
        "MiB".rjust(7),
    )
    first = 0.0
    for size in asked.sizes:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            spent, found, memory = pool.apply(run, (size,))
        each = 1e6 * spent / size
        first = first or each
        print(f"{size:>10,} {spent:>9.1f} {each:>12.1f} {each / first:>7.2f} {found:>8,} {memory:>7.0f}", flush=True)


if __name__ == "__main__":
    main()
