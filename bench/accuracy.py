"""How well the example reports are read, against figures marked by hand in bench/gold.txt.

    python bench/accuracy.py             the rates
    python bench/accuracy.py --errors    and every figure that is not as marked
    python bench/accuracy.py --gate      fail when a rate is below its floor in bench/floors.json

Rates: `found` is the F1 of figures whose words overlap and whose two bounds are right; of those found,
`kind`, `mode`, `stance`, `origin` (innermost source) and `chain` (every source, in order); `whole` is
the F1 of figures with bounds, kind, stance and origin all right. A `*` in the gold leaves a field open.
The floors name the hash of the gold and of the reports they were measured on: neither moves unseen.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from accordingto import intake, pipeline
from accordingto.records import Figure, Report

HERE = Path(__file__).resolve().parent
REPORTS = HERE.parent / "examples" / "reports"


@dataclass(frozen=True)
class Marked:
    """One figure as a person marked it; `None` in a field means either will do."""

    exact: str
    start: int
    low: int | None
    high: int | None
    any_bounds: bool
    kind: str
    mode: str
    stance: str
    chain: tuple[str, ...] | None

    def bounded_as(self, figure: Figure) -> bool:
        return self.any_bounds or (self.low, self.high) == (figure.low, figure.high)


def gold(texts: dict[str, str]) -> dict[str, list[Marked]]:
    """The marked figures by report; words are looked for in the order of the text."""
    marked: dict[str, list[Marked]] = {}
    name, at = "", 0
    for line in (HERE / "gold.txt").read_text("utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if "|" not in line:
            name, at = line.strip(), 0
            marked[name] = []
            continue
        exact, bounds, kind, mode, stance, chain = (cell.strip() for cell in line.split("|"))
        start = texts[name].find(exact, at)
        if start < 0:
            sys.exit(f"gold.txt: {name} has no {exact!r} after character {at}; mend the gold")
        low, high = bounds.split("-")
        links = None if chain == "*" else tuple(link.strip() for link in chain.split(">") if link.strip())
        number = [int(n) if n and n != "*" else None for n in (low, high)]
        marked[name].append(Marked(exact, start, number[0], number[1], "*" in bounds, kind, mode, stance, links))
        at = start + 1
    return marked


def same_source(gold_name: str, name: str) -> bool:
    """Whether every word that names the source in the gold is in the name that was read, or the other way round."""
    one, other = ({w.strip("'’s,.").lower() for w in n.split()} - {"the", "a", "of"} for n in (gold_name, name))
    return bool(one and other) and (one <= other or other <= one)


def pairs(
    marked: list[Marked], figures: list[tuple[Figure, tuple[str, ...]]]
) -> Iterator[tuple[Marked, Figure, tuple[str, ...]]]:
    """Marked and read figures whose words overlap, one to one, equal bounds first."""
    options = sorted(
        (not m.bounded_as(f), -overlap, i, j)
        for i, m in enumerate(marked)
        for j, (f, _) in enumerate(figures)
        if (overlap := min(m.start + len(m.exact), f.evidence.end) - max(m.start, f.evidence.start)) > 0
    )
    used: set[tuple[str, int]] = set()
    for _, _, i, j in options:
        if ("gold", i) not in used and ("read", j) not in used:
            used |= {("gold", i), ("read", j)}
            yield marked[i], *figures[j]


def f1(right: int, read: int, marked: int) -> float:
    return 2 * right / (read + marked) if read + marked else 0.0


def measure() -> tuple[dict[str, float], list[str]]:
    """The rates, and a line for everything that is not as marked."""
    reports = [r for r in intake.reports([REPORTS]) if isinstance(r, Report)]
    marked = gold({report.name: report.text for report in reports})
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    total = Counter(marked=sum(map(len, marked.values())))
    errors: list[str] = []
    for report in reports:
        claims = pipeline.claims(report)
        figures = [(f, tuple(link.source.name for link in c.chain)) for c in claims for f in c.figures]
        total["read"] += len(figures)
        paired = list(pairs(marked.get(report.name, []), figures))
        known = {id(f) for _, f, _ in paired}
        errors += [f"{report.name}\textra\t{f.evidence.exact}\t{f.kind}" for f, _ in figures if id(f) not in known]
        missed = {id(m) for m in marked.get(report.name, [])} - {id(m) for m, _, _ in paired}
        errors += [f"{report.name}\tmissed\t{m.exact}" for m in marked.get(report.name, []) if id(m) in missed]
        for m, figure, chain in paired:
            if not m.bounded_as(figure):
                errors.append(f"{report.name}\tbounds\t{m.exact}\t{figure.low}–{figure.high}")
                continue
            total["found"] += 1
            fits = {"kind": m.kind == figure.kind, "mode": m.mode == figure.mode, "stance": m.stance == figure.stance}
            if m.chain is not None:
                fits["origin"] = (not m.chain and not chain) or bool(
                    m.chain and chain and same_source(m.chain[-1], chain[-1])
                )
                fits["chain"] = len(m.chain) == len(chain) and all(map(same_source, m.chain, chain))
            for rate, fit in fits.items():
                asked[rate] += 1
                right[rate] += fit
                if not fit:
                    errors.append(
                        f"{report.name}\t{rate}\t{m.exact}\t{getattr(m, rate, m.chain)}\t{getattr(figure, rate, chain)}"
                    )
            total["whole"] += fits["kind"] and fits["stance"] and fits.get("origin", True)
    rates = {"found": f1(total["found"], total["read"], total["marked"])}
    rates |= {rate: right[rate] / asked[rate] for rate in ("kind", "mode", "stance", "origin", "chain") if asked[rate]}
    rates["whole"] = f1(total["whole"], total["read"], total["marked"])
    return {rate: round(value, 3) for rate, value in rates.items()}, errors


def corpus_hash() -> str:
    """One hash over the gold and every example report."""
    digest = hashlib.sha256()
    for path in [HERE / "gold.txt", *sorted(REPORTS.iterdir())]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--gate", action="store_true")
    asked = parser.parse_args()
    rates, errors = measure()
    for rate, value in rates.items():
        print(f"{rate:8} {value:.3f}")
    if asked.errors:
        print("\n".join(errors))
    if not asked.gate:
        return 0
    floors = json.loads((HERE / "floors.json").read_text("utf-8"))
    if floors["corpus"] != corpus_hash():
        print(f"floors.json was measured on another corpus; this one is {corpus_hash()}: measure again and say why")
        return 1
    low = {rate: floor for rate, floor in floors["floors"].items() if rates[rate] < floor}
    for rate, floor in low.items():
        print(f"{rate} is {rates[rate]:.3f}, below its floor {floor:.3f}")
    return bool(low)


if __name__ == "__main__":
    sys.exit(main())
