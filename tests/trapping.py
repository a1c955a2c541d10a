"""What must hold of the hundred sentences of traps.toml; run as a program it prints what is not right, and the score.

A trap's words belong to whoever the ledger gives them to: when a figure stands on them, the claim that holds the
figure; else the innermost attributed content around them.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from accordingto.pipeline import analysis
from accordingto.records import Claim, Link, Report, Span

Trap = dict[str, Any]

FOLDER = Path(__file__).parent
TRAPS: list[Trap] = tomllib.loads((FOLDER / "traps.toml").read_text(encoding="utf-8"))["trap"]
LIMITS = {trap["trap"]: trap["limit"] for trap in TRAPS if "limit" in trap}


def faults(trap: Trap) -> list[str]:
    """What the reader gets wrong in one trap, each in words; empty when all of it is right."""
    text = trap["text"].strip("\n")
    report = Report("trap.txt", text, "0" * 64, publisher="Evening Ledger", published="2025-06-05", language="en")
    told = analysis(report).claims
    found = [fault for expected in trap.get("claims", ()) for fault in _claim(expected, text, told)]
    for words in trap.get("voice", ()):
        holder = _holder(_span(words, text), told)
        if holder is not None and _attributed(holder):
            found.append(f"“{words}” is given to {_names(holder)}")
    if trap.get("nothing"):
        found += [f"“{claim.content.exact}” is given to {_names(claim)}" for claim in told if _attributed(claim)]
    return found


def _claim(expected: Trap, text: str, told: tuple[Claim, ...]) -> Iterator[str]:
    words = expected["words"]
    holder = _holder(_span(words, text), told)
    if holder is None or not _attributed(holder):
        yield f"“{words}” is given to nobody"
        return
    names = [link.source.name for link in holder.chain]
    if len(names) != len(expected["chain"]) or not all(map(_same, names, expected["chain"])):
        yield f"“{words}” is given to {_names(holder)}, not {' ← '.join(expected['chain'])}"
        return
    for link, cue in zip(holder.chain, expected.get("cues", ()), strict=False):
        if cue not in _cue(link):
            yield f"the cue of “{words}” is “{_cue(link)}”, not “{cue}”"
    last = holder.chain[-1]
    for name, value in (("stance", holder.stance), ("hedge", last.hedge), ("kind", last.source.kind)):
        if name in expected and value not in expected[name].split(" | "):
            yield f"the {name} of “{words}” is {value}, not {expected[name]}"


def _span(words: str, text: str) -> Span:
    start = text.index(words)
    return start, start + len(words)


def _holder(span: Span, told: tuple[Claim, ...]) -> Claim | None:
    """Whose words these are in the ledger."""
    start, end = span
    for claim in told:
        if any(f.evidence.start < end and start < f.evidence.end for f in claim.figures):
            return claim
    around = [claim for claim in told if _attributed(claim) and _covers(claim, start, end)]
    return min(around, key=lambda claim: claim.content.end - claim.content.start, default=None)


def _covers(claim: Claim, start: int, end: int) -> bool:
    """Whether the words stand in the content, but for a sign at either edge."""
    return any(first <= start + 2 and end - 2 <= last and first < end for first, last in claim.spans)


def _attributed(claim: Claim) -> bool:
    return any(link.source.mention for link in claim.chain)


def _same(name: str, expected: str) -> bool:
    return _bare(name) in [_bare(one) for one in expected.split(" | ")]


def _bare(name: str) -> str:
    return re.sub(r"^(?:the|a|an) ", "", name.lower().replace("’", "'"))


def _names(claim: Claim) -> str:
    return " ← ".join(link.source.name for link in claim.chain)


def _cue(link: Link) -> str:
    return link.cue.exact if link.cue else ""


def main() -> None:
    wrong = {trap["trap"]: found for trap in TRAPS if (found := faults(trap))}
    for trap in TRAPS:
        for fault in wrong.get(trap["trap"], ()):
            known = "known limit" if "limit" in trap else "WRONG"
            print(f"{known}: {trap['class']}: {trap['trap']}: {fault}")
    print(f"{len(TRAPS) - len(wrong)} of {len(TRAPS)} traps right")
    sys.exit(0 if set(wrong) == set(LIMITS) else 1)


if __name__ == "__main__":
    main()
