"""How long a person waits for the next figure of the review queue in a large ledger.

    python bench/review.py                      a ledger of 100,000 figures, made by machine (bench/ledgers.py)
    python bench/review.py --figures 10000 --decisions 50
    python bench/review.py --ledger FILE        a ledger that is there (it is decided on: give a copy)

Milliseconds, median and worst of the decisions: `decide` adds the verdict and weighs its question anew, `next` finds
the figure that comes after, `card` gathers what is shown of it; together they are what one key costs. The first line
is what the queue costs once, when the ledger is opened for review for the first time.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import ledgers

from accordingto.ledger import Ledger
from accordingto.review.desk import Desk

ACTS: tuple[tuple[str, str | None], ...] = (
    ("accept", None), ("reject", None), ("unsure", None), ("insufficient", None), ("undo", None),
    ("correct", "number=77"), ("correct", "place=Kursk time=2021-03-05"),
)  # fmt: skip


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Milliseconds it took, and what it gave."""
    start = time.perf_counter()
    found = work()
    return (time.perf_counter() - start) * 1000, found


def one(desk: Desk, figure: str, verdict: str, correction: str | None) -> tuple[float, float, float, str]:
    """Decide on a figure and go on: what deciding, finding the next and showing it cost."""
    work = desk.undo if verdict == "undo" else lambda: desk.decide(figure, verdict, None, correction, 0)
    decide, _ = timed(work)
    after, following = timed(lambda: desk.after(figure) or desk.after())
    card, _ = timed(lambda: desk.card(following))
    return decide, after, card, following


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--figures", type=int, default=100_000)
    parser.add_argument("--decisions", type=int, default=210)
    parser.add_argument("--ledger", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = str(given.ledger or Path(folder, "bench.accordingto"))
        if not given.ledger:
            ledgers.fill(path, ledgers.World(given.figures))
        with Ledger(path) as ledger:
            laid, _ = timed(ledger.reconcile)
            desk = Desk(ledger, "bench")
            first, figure = timed(desk.after)
            print(f"{sum(desk.counts()):,} figures; laid in {laid / 1000:.1f} s, first opened in {first / 1000:.1f} s")
            spent: dict[str, list[tuple[float, float, float]]] = {}
            for (verdict, correction), _ in zip(cycle(ACTS), range(given.decisions), strict=False):
                *took, figure = one(desk, figure, verdict, correction)
                name = f"{verdict} {correction.split('=')[0]}" if correction else verdict
                spent.setdefault(name, []).append((took[0], took[1], took[2]))
    print(f"{'ms':<16}{'decide':>9}{'next':>9}{'card':>9}{'a key':>9}{'worst':>9}")
    for name, rows in spent.items():
        parts = [median(row[at] for row in rows) for at in range(3)]
        whole = [sum(row) for row in rows]
        print(f"{name:<16}" + "".join(f"{part:>9.1f}" for part in (*parts, median(whole), max(whole))))


if __name__ == "__main__":
    main()
