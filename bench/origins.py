"""How well shared origins are found: pairs of figures of one group, against packs marked by hand.

    python bench/origins.py PACK_DIR…       each with reports.jsonl, claims.jsonl, copies.json and aliases.json

Two figures of one gold group share an origin when their innermost sources are the same, or their reports are copies
(copies.json); in gold an outlet's own voice is the outlet. Printed for each pack: precision, recall and F1 of the pairs
that `reconcile.origins` joins, over figures found with right bounds, and beside it what text overlap alone would join.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from accordingto import reconcile
from accordingto.ledger import Ledger
from accordingto.reconcile.words import words
from accordingto.records import Entry

Pair = tuple[str, str]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def gold_keys(pack: Path) -> dict[tuple[str, int, int], tuple[Hashable, Hashable]]:
    """(report, start, end) of every marked figure -> its group, and its origin."""
    held = json.loads((pack / "aliases.json").read_text("utf-8")) if (pack / "aliases.json").exists() else []
    aliases = [{" ".join(words(name)) for name in group} for group in held]
    outlets = {report["id"]: report.get("outlet") or report["id"] for report in lines(pack / "reports.jsonl")}
    found: dict[tuple[str, int, int], tuple[Hashable, Hashable]] = {}
    for figure in lines(pack / "claims.jsonl"):
        names = figure.get("chain") or []
        origin = _alias(names[-1], aliases) if names else "@" + outlets[figure["report"]]
        found[figure["report"], figure["start"], figure["end"]] = (figure["kind"], figure["event"]), origin
    return found


def _alias(name: str, aliases: Sequence[set[str]]) -> str:
    """The first name of the group of aliases that the name, or a part of it, belongs to."""
    for part in name.split(";"):
        plain = " ".join(words(part))
        for number, group in enumerate(aliases):
            if any(one == plain or set(one.split()) <= set(plain.split()) for one in group):
                return f"alias {number}"
    return " ".join(words(name))


def found_in(pack: Path) -> tuple[list[Entry], dict[str, str]]:
    """The figures read in the pack, and the copies found among its reports."""
    with tempfile.TemporaryDirectory() as folder, Ledger(f"{folder}/pack.accordingto") as ledger:
        ledger.read([pack / "reports.jsonl"])
        return list(ledger.entries()), ledger.copies()


def shared(groups: Iterable[Sequence[str]]) -> Iterator[Pair]:
    for group in groups:
        yield from combinations(sorted(group), 2)


def rates(found: set[Pair], gold: set[Pair]) -> str:
    precision, recall = (len(found & gold) / (len(of) or 1) for of in (found, gold))
    return f"{precision:.3f} {recall:.3f} {2 * precision * recall / ((precision + recall) or 1):.3f}"


def score(pack: Path, errors: int) -> str:
    gold = gold_keys(pack)
    copied = {frozenset(pair) for group in json.loads((pack / "copies.json").read_text("utf-8"))
              for pair in combinations(group, 2)}  # fmt: skip
    entries, copies = found_in(pack)
    marked: dict[str, tuple[str, Hashable, Hashable]] = {}
    for entry in entries:
        name = entry.report_name
        for (report, start, end), (group, origin) in gold.items():
            if report == name and start < entry.end and entry.start < end and entry.figure not in marked:
                marked[entry.figure] = name, group, origin
    held = [entry for entry in entries if entry.figure in marked]
    groups: dict[Hashable, list[Entry]] = defaultdict(list)
    for entry in held:
        groups[marked[entry.figure][1]].append(entry)
    one, two, overlap = set[Pair](), set[Pair](), set[Pair]()
    for members in groups.values():
        for a, b in combinations(sorted(entry.figure for entry in members), 2):
            (report, _, origin), (other_report, _, other) = marked[a], marked[b]
            if origin == other or frozenset((report, other_report)) in copied:
                one.add((a, b))
        two |= set(shared(origin.figures for origin in reconcile.origins(members, copies)))
        by_copy: dict[str, list[str]] = defaultdict(list)
        for entry in members:
            by_copy[copies.get(entry.report, entry.report)].append(entry.figure)
        overlap |= set(shared(by_copy.values()))
    rows = {entry.figure: entry for entry in held}
    for kind, wrong in (("missed", one - two), ("wrong", two - one)):
        for a, b in sorted(wrong)[:errors]:
            print("   ", kind, *(f"{rows[f].report_name} {rows[f].exact!r} {rows[f].chain}" for f in (a, b)), sep="\t")
    return f"{pack.name:18} {len(one):>5} pairs   origins {rates(two, one)}   overlap alone {rates(overlap, one)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packs", type=Path, nargs="+")
    parser.add_argument("--errors", type=int, default=0)
    asked = parser.parse_args()
    print("pack                pairs            precision recall F1")
    for pack in asked.packs:
        print(score(pack, asked.errors), flush=True)


if __name__ == "__main__":
    main()
