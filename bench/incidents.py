"""How well the victims of incident reports are counted: number and effect per report, against MUC-3/4's templates.

    python bench/incidents.py muc-dev.jsonl             precision, recall, F1
    python bench/incidents.py muc-dev.jsonl --errors    and every victim missed, every figure too many

A line is one report: `{"doc", "text", "victims": [{"desc", "number": [low, high] or null, "effect"}]}`. What is
compared is the set of (number, effect) of a report; effects are death and injury (templates leave other harm open),
a victim without a number, or of an effect the coders left undecided, is not asked for. `several` leaves victims of
one out: most of those are people told by name, who are no figures here. Templates hold acts of terror only, so deaths
in battle and in other news count as too many: precision is a lower bound (MUC-3, Sundheim 1991).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from accordingto.count import figures
from accordingto.prose import Prose
from accordingto.records import Report

EFFECTS = {"DEATH": "killed", "INJURY": "wounded"}
Victim = tuple[int, str]


def wanted(line: dict[str, Any]) -> set[Victim]:
    """The victims the coders gave a number and an effect."""
    told = ((victim["number"], EFFECTS.get(victim["effect"] or "")) for victim in line["victims"])
    return {(number[0], effect) for number, effect in told if number and effect}


def read(line: dict[str, Any]) -> set[Victim]:
    """The numbers of killed and wounded that the report asserts."""
    report = Report(line["doc"], line["text"], "0" * 64)
    told = figures(report, Prose(report.text, "en"))
    return {(f.low or f.high or 0, f.kind) for f in told if f.kind in EFFECTS.values() and f.stance == "asserted"}


def rates(name: str, counts: Counter[str]) -> str:
    """One line: precision, recall, F1."""
    right, found, asked = counts["right"], counts["read"], counts["wanted"]
    precision, recall, f1 = right / max(found, 1), right / max(asked, 1), 2 * right / max(found + asked, 1)
    return f"{name:8} p {precision:.3f}  r {recall:.3f}  f1 {f1:.3f}   ({asked} wanted, {found} read)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--errors", action="store_true")
    asked = parser.parse_args()
    counts = {"all": Counter[str](), "several": Counter[str]()}
    for line in map(json.loads, asked.file.read_text("utf-8").splitlines()):
        gold, said = wanted(line), {victim for victim in read(line) if victim[0]}
        for name, least in (("all", 1), ("several", 2)):
            one, other = ({victim for victim in some if victim[0] >= least} for some in (gold, said))
            counts[name].update(right=len(one & other), wanted=len(one), read=len(other))
        if asked.errors and gold ^ said:
            print(f"{line['doc']}\tmissed {sorted(gold - said)}\ttoo many {sorted(said - gold)}")
    print("\n".join(rates(name, found) for name, found in counts.items()))


if __name__ == "__main__":
    main()
