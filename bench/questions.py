"""What laying reports side by side costs as the ledger grows, over made ledgers (bench/ledgers.py).

    python bench/questions.py                        10,000 and 100,000 figures
    python bench/questions.py --sizes 10000 100000 1000000

Printed, in seconds and milliseconds of processor time, each in a process of its own: what laying everything costs a
figure, and as a ratio to the smallest ledger; until one more report is laid beside the rest, and until a question in
plain words is answered (median and worst of a few); until the whole ledger is checked; the figures of the largest
question; B-cubed F1 against the events the reports were made from; memory at the peak (MiB).
"""

from __future__ import annotations

import argparse
import json
import random
import resource
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
    start = time.process_time()
    work()
    return time.process_time() - start


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
    """The whole ledger checked anew."""
    return [spent(ledger.check)]


WORK = {"lay": lay, "add": add, "ask": ask, "check": check}


def measured(what: str, path: str, size: int) -> tuple[float, float, float]:
    """Median and worst of the seconds, and MiB at the peak, of one kind of work in a process of its own."""
    call = [sys.executable, __file__, "--work", what, "--ledger", path, "--sizes", str(size)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    seconds, peak = json.loads(done.stdout)
    return statistics.median(seconds), max(seconds), peak


def grown(size: int, path: str, first: float | None) -> float:
    """Measure a ledger of a size and print its line; the milliseconds a figure."""
    told = ledgers.fill(path, ledgers.World(size))
    (laid, _, laid_peak), (added, added_worst, add_peak) = measured("lay", path, size), measured("add", path, size)
    asked, asked_worst, ask_peak = measured("ask", path, size)
    checked, _, check_peak = measured("check", path, size)
    with Ledger(path) as ledger:
        held = ledger.questions()
    pairs = [(told[figure], question.id) for question in held for figure in question.figures if figure in told]
    each = 1000 * laid / len(told)
    print(
        f"{len(told):>9,}  {each:>11.3f}  {each / (first or each):>5.2f}  {len(held):>9,}"
        f"  {max(len(question.figures) for question in held):>7,}  {bcubed(pairs):>7.3f}"
        f"  {added:>6.3f} {added_worst:>6.3f}  {asked:>6.3f} {asked_worst:>6.3f}"
        f"  {checked:>7.1f}  {laid_peak:>5.0f} {add_peak:>5.0f} {ask_peak:>5.0f} {check_peak:>5.0f}",
        flush=True,
    )
    return each


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--work", choices=WORK, help=argparse.SUPPRESS)
    parser.add_argument("--ledger", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.work:
        with Ledger(asked.ledger) as ledger:
            seconds = WORK[asked.work](ledger, asked.sizes[0])
        print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
        return
    print(
        "  figures  ms a figure  ratio  questions  largest  B-cubed  add s  worst   ask s  worst"
        "  check s  MiB to lay, add, ask, check"
    )
    first = None
    for size in asked.sizes:
        with tempfile.TemporaryDirectory() as folder:
            each = grown(size, f"{folder}/made.accordingto", first)
            first = first or each


if __name__ == "__main__":
    main()
