"""How many of the discrepancies a careful reader found `accordingto check` finds.

    accordingto check --ledger LEDGER --json > found.json
    python bench/discrepancies.py found.json PACK/discrepancies.json [PACK/claims.jsonl]

The reader's list holds `{"kind", "claims": [[report, start, end], …], "why"}`. The rule of matching: one of them is
found when one reported discrepancy names two of its claims (one, where it has one). A reported figure names a claim
when it stands in the same report and their words overlap. With the marked claims of the pack (one a line, as the
exam's `claims.jsonl`), also when it overlaps with the same statement in another report: same kind, bounds, event and
innermost source. `same kind`: the check has, besides, the reader's kind of discrepancy. A report is known by its name
with or without file ending. Reported lines that match nothing are listed for a person to judge: the reader's list is
not complete.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import Any

Claim = tuple[str, int, int]
"""Report, start and end of a figure's words."""

CALLED = {
    "falls": ("total-falls",),
    "same-origin-differs": ("origin-differs",),
    "headline-body": ("headline-differs",),
    "date-impossible": ("dated-before-event", "dated-after-report"),
    "origins-disagree": ("origins-disagree", "denied-elsewhere"),
    "part-exceeds-whole": ("part-exceeds-whole", "does-not-balance"),
}
"""Checks by the reader's name for what they find, where it is another."""


def twins(path: Path | None) -> dict[Claim, set[Claim]]:
    """Every marked claim with those that make the same statement."""
    alike: dict[object, set[Claim]] = defaultdict(set)
    for line in path.read_text("utf-8").splitlines() if path else ():
        row = json.loads(line)
        told = row["kind"], row["low"], row["high"], row["event"], (row["chain"] or [row["report"]])[-1]
        alike[told].add((row["report"], row["start"], row["end"]))
    return {claim: same for same in alike.values() for claim in same}


def told(discrepancy: dict[str, Any]) -> list[Claim]:
    """The words a reported discrepancy names."""
    return [(PurePath(one["report"]).name, one["start"], one["end"]) for one in discrepancy["told"]]


def overlap(one: Claim, other: Claim) -> bool:
    same = one[0] == other[0] or PurePath(one[0]).stem == PurePath(other[0]).stem
    return same and min(one[2], other[2]) > max(one[1], other[1])


def matches(listed: list[Claim], reported: list[Claim], same: dict[Claim, set[Claim]]) -> bool:
    """Whether the reported figures name two of the listed claims, or the only one, each by a figure of its own."""
    named = {
        (n, m)
        for n, claim in enumerate(listed)
        for m, figure in enumerate(reported)
        if any(overlap(twin, figure) for twin in same.get(claim, {claim}) | {claim})
    }
    if len(listed) == 1:
        return bool(named)
    return any(a[0] != b[0] and a[1] != b[1] for a in named for b in named)


def compared(
    gold: Iterable[dict[str, Any]], found: list[dict[str, Any]], same: dict[Claim, set[Claim]]
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Every discrepancy of the reader's with the reported ones that match it."""
    for one in gold:
        listed = [(report, start, end) for report, start, end in one["claims"]]
        yield one, [reported for reported in found if matches(listed, told(reported), same)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("found", type=Path, help="what `accordingto check --json` printed")
    parser.add_argument("gold", type=Path, help="the reader's discrepancies.json")
    parser.add_argument("claims", type=Path, nargs="?", help="the marked claims, to know the same statement elsewhere")
    asked = parser.parse_args()
    found, gold = (json.loads(path.read_text("utf-8")) for path in (asked.found, asked.gold))
    pairs = list(compared(gold, found, twins(asked.claims)))
    matched = {one["id"] for _, reported in pairs for one in reported}
    hits = [(one, reported) for one, reported in pairs if reported]
    kinds = sum(any(r["check"] in CALLED.get(o["kind"], (o["kind"],)) for r in reported) for o, reported in hits)
    for one, reported in pairs:
        names = ", ".join(sorted({r["check"] for r in reported})) or "MISSED"
        print(f"{one['kind']:24} {names:40} {' '.join(f'{r}:{s}' for r, s, _ in one['claims'])}")
    print(f"\nlisted {len(gold)}, found {len(hits)}, recall {len(hits) / max(1, len(gold)):.2f}; same kind {kinds}")
    print(f"reported {len(found)}, of them on the list {len(matched)}; to be judged by a person:")
    for one in found:
        if one["id"] not in matched:
            print(f"  {one['check']}: {one['sentence']}")


if __name__ == "__main__":
    main()
