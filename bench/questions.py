"""What laying reports side by side costs as the ledger grows, over made ledgers (bench/ledgers.py).

    python bench/questions.py                        10,000 and 100,000 figures
    python bench/questions.py --sizes 10000 100000 1000000
    python bench/questions.py --sizes 100000 --kept LEDGER      made in that file, where it stays; if it is there,
                                                                a copy of it is measured, with nothing to lay

Printed, each measured in a process of its own, in seconds of processor time (of all processes together): what laying
everything costs a figure (ms), and as a ratio to the smallest ledger; until one more report is laid beside the rest
(median and worst of a few); until a question in plain words is answered (the first, and the median of those after it);
until the whole ledger is checked, and the seconds that pass meanwhile; the figures of the largest question; B-cubed F1
against the events the reports were made from; memory at the peak (MiB), of the largest process.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import ledgers

from accordingto.ledger import Ledger

TIMES = 7
"""Reports added and questions asked."""


def bcubed(pairs: list[tuple[str, str]]) -> float:
    """F1 of (gold, found) groups."""
    both, gold, found = Counter(pairs), Counter(g for g, _ in pairs), Counter(f for _, f in pairs)
    precision = sum(n * n / found[f] for (_, f), n in both.items()) / len(pairs)
    recall = sum(n * n / gold[g] for (g, _), n in both.items()) / len(pairs)
    return 2 * precision * recall / (precision + recall)


def spent(work: Callable[[], object]) -> float:
    start = processor()
    work()
    return processor() - start


def processor() -> float:
    """Seconds of processor time, with those of processes that have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def peak() -> float:
    """MiB at the peak, of the largest process."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def lay(ledger: Ledger, size: int) -> list[float]:
    return [spent(ledger.reconcile)]


def add(ledger: Ledger, size: int) -> list[float]:
    """Reports on incidents in the middle of the time the ledger covers, one after the other."""
    world, found = ledgers.World(size), []
    world.chance = random.Random(size)
    for _ in range(TIMES):
        one = world.chance.choice(world.incidents)
        made, _ = ledgers.report(world, world.chance.randrange(10**9), one.day + 2, [one])
        found.append(spent(lambda made=made: (ledger._store.save([made]), ledger.reconcile())))  # type: ignore[misc]
    return found


def ask(ledger: Ledger, size: int) -> list[float]:
    world = ledgers.World(size)
    towns = [one.town[0] for one in world.incidents[:: max(1, len(world.incidents) // TIMES)]]
    return [spent(lambda town=town: ledger.ask(f"killed in {town}", most=3)) for town in towns]  # type: ignore[misc]


def check(ledger: Ledger, size: int) -> list[float]:
    """The whole ledger checked anew; and the seconds that pass."""
    start = time.monotonic()
    return [spent(ledger.check), time.monotonic() - start]


WORK = {"lay": lay, "add": add, "ask": ask, "check": check}


def measured(what: str, path: str, size: int) -> tuple[list[float], float]:
    """Seconds, and MiB at the peak, of one kind of work in a process of its own."""
    call = [sys.executable, __file__, "--work", what, "--ledger", path, "--sizes", str(size)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    seconds, memory = json.loads(done.stdout)
    return seconds, memory


def grown(size: int, path: str, first: float | None, kept: Path | None) -> float | None:
    """Measure a ledger of a size, made at `path` or copied there, and print its line; the milliseconds a figure."""
    told: dict[str, str] = {}
    laid, laid_peak = list[float](), 0.0
    if kept and kept.exists():
        shutil.copy(kept, path)
    else:
        told = ledgers.fill(path, ledgers.World(size))
        laid, laid_peak = measured("lay", path, size)
        if kept:
            shutil.copy(path, kept)
    with Ledger(path) as ledger:
        figures, held = ledger.counts()["figure"], ledger.questions()
    added, add_peak = measured("add", path, size)
    asked, ask_peak = measured("ask", path, size)
    checked, check_peak = measured("check", path, size)
    peaks = " ".join(f"{one:>5.0f}" for one in (laid_peak, add_peak, ask_peak, check_peak))
    pairs = [(told[figure], question.id) for question in held for figure in question.figures if figure in told]
    each = 1000 * laid[0] / figures if laid else None
    laying = f"{each:>11.3f}  {each / (first or each):>5.2f}" if each else f"{'–':>11}  {'–':>5}"
    print(
        f"{figures:>9,}  {laying}  {len(held):>9,}  {max(len(question.figures) for question in held):>7,}"
        f"  {f'{bcubed(pairs):.3f}' if pairs else '–':>7}"
        f"  {statistics.median(added):>6.3f} {max(added):>6.3f}  {asked[0]:>6.3f} {statistics.median(asked[1:]):>6.3f}"
        f"  {checked[0]:>7.1f} {checked[1]:>7.1f}  {peaks}",
        flush=True,
    )
    return each


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument(
        "--kept", type=Path, help="a ledger of the only size, which is made if it is not there, and stays"
    )
    parser.add_argument("--work", choices=WORK, help=argparse.SUPPRESS)
    parser.add_argument("--ledger", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.work:
        with Ledger(asked.ledger) as ledger:
            seconds = WORK[asked.work](ledger, asked.sizes[0])
        print(json.dumps([seconds, peak()]))
        return
    print(
        "  figures  ms a figure  ratio  questions  largest  B-cubed  add s  worst  ask: 1st   next"
        "    check:  passed  MiB to lay, add, ask, check"
    )
    first = None
    for size in asked.sizes if asked.kept is None else asked.sizes[:1]:
        with tempfile.TemporaryDirectory() as folder:
            first = grown(size, f"{folder}/made.accordingto", first, asked.kept) or first


if __name__ == "__main__":
    main()
