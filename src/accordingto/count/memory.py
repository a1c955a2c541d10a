"""What a report has told so far, and what is decided of the counts of a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from ..kinds import Kind
from ..records import Figure, Report
from .groups import Group
from .links import Link


@dataclass
class Memory:
    """What a report has told so far."""

    report: Report
    figures: list[Figure] = field(default_factory=list)
    bounds: dict[tuple[int | None, int | None], Figure] = field(default_factory=dict)
    """The last figure with these bounds."""
    soldiers: set[str] = field(default_factory=set)
    """Countries whose soldiers were counted."""
    last: dict[str, Figure] = field(default_factory=dict)
    """The last figure of every kind that is no part."""
    topic: Kind | None = None
    """Kind of the last figure of people."""
    latest: Kind | None = None
    """Kind of the last figure."""
    stale: int = 0
    """How many figures were told before the last three sentences."""
    header: Kind | None = None
    """Kind named by a heading right before the sentence: "Deaths."."""

    def same(self, low: int | None, high: int | None) -> Figure | None:
        """The last figure with these bounds."""
        return self.bounds.get((low, high))

    def add(self, figure: Figure, kind: Kind, *, aside: bool = False) -> None:
        """Remember a figure; `aside`: the 11,000 of "half of the 11,000", which is not what is talked about."""
        self.figures.append(figure)
        self.bounds[figure.low, figure.high] = figure
        if figure.counted and figure.counted.sector == "MIL" and figure.counted.country:
            self.soldiers.add(figure.counted.country)
        if aside:
            return
        self.latest = kind
        if figure.mode != "part":
            self.last[figure.kind] = figure
        if kind.counts == "people" and not kind.name.startswith("other:"):
            self.topic = kind


@dataclass(frozen=True, slots=True)
class Decided:
    """A group with its kind. `whole`: number of the group it is part of, EARLIER for a figure told earlier;
    `noun`: places of the noun that is said of it ("30 of them children")."""

    group: Group
    kind: Kind
    link: Link | None
    part: bool = False
    whole: int | None = None
    of: Kind | None = None
    """Kind of a whole told earlier, where the words name it: "a third of the casualties"."""
    noun: tuple[int, int] | None = None


EARLIER = -1


def agrees(group: Group, kind: Kind) -> bool:
    """Whether a kind can be said of a group."""
    if kind.counts == "any" or group.family == "bare":
        return True
    return (kind.counts == "people") == (group.family == "people")


@cache
def present(word: str) -> Kind:
    """The kind of materiel of which nothing more is said: other:rockets."""
    return Kind(word if word.startswith("other:") else f"other:{word}", "things", "stock")
