"""Small readers that stand in for the reading line, in a module of their own so that processes find them."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from dataclasses import replace

from accordingto.records import Actor, Claim, Evidence, Figure, Link, Report, Source, When, Where

_COUNTED = re.compile(r"(\d+) (people|soldiers)[^.\n]*")


def counts(report: Report) -> list[Claim]:
    """A claim for every "12 people …", according to the ministry, citing Jan Novak."""
    return [_claim(report, found) for found in _COUNTED.finditer(report.text)]


def _claim(report: Report, found: re.Match[str]) -> Claim:
    figure = Figure(
        Evidence.of(report, found.start(), found.end(2)),
        int(found[1]),
        int(found[1]),
        "killed",
        counted=Actor(found[2], "KP", "MIL"),
        when=When("2024-05-03", as_of="2024-05-04"),
        where=Where("Orlava", 7, "RU", 1.5, 2.5, 1),
    )
    chain = (Link(Source("the ministry", "government"), hedge="reportedly"), Link(Source("Jan Novak", "person")))
    return Claim(Evidence.of(report, *found.span()), chain, figures=(figure,))


def slow(report: Report) -> list[Claim]:
    time.sleep(0.03)
    return counts(report)


def odd(report: Report) -> list[Claim]:
    """Raises on one report, ends its process on another."""
    if "RAISE" in report.text:
        raise ValueError("an odd report")
    if "DIE" in report.text:
        os._exit(9)
    return counts(report)


def unwritable(report: Report) -> list[Claim]:
    """Gives half a character, which no database takes, for one report."""
    if "SURROGATE" not in report.text:
        return counts(report)
    return [replace(claim, chain=(Link(Source("half \ud83d")),)) for claim in counts(report)]


def doubled(number: int) -> int:
    if number == 13:
        raise ValueError("thirteen")
    if number == 17:
        os._exit(3)
    return 2 * number


def process(_: int) -> int:
    return os.getpid()


def talkative(number: int) -> int:
    print("a line that does not belong on the wire")
    return number


def unsendable(number: int) -> object:
    return {number} if number == 3 else number


def applied(function: Callable[[int], int], more: int, number: int) -> int:
    return function(number) + more
