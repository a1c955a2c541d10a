"""What pages need of a whole ledger and what costs time: worked out once for as long as the ledger stays as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from ..records import Discrepancy
from . import sources
from .masking import Mask
from .naming import place

if TYPE_CHECKING:
    from ..ledger import Ledger
    from ..store.listing import PlaceLine

T = TypeVar("T")
KEPT = ("line", "answer", "at", "told")
"""What stays after decisions on other questions: of each key the first part."""
MOST = 4000
"""Things that are kept, at most, so that a server that runs for weeks does not grow."""
NONE: Any = object()
PLACES = 300
"""Places on the map, at most."""


@dataclass(frozen=True)
class State:
    """One state of a ledger. `lines`: what was worked out for pages, by whatever names it; `last`: the number of the
    last decision."""

    mask: Mask
    discrepancies: Sequence[Discrepancy]
    counts: Mapping[str, int]
    lines: dict[Any, Any] = field(default_factory=dict)
    last: int = 0
    _under_way: dict[Any, Lock] = field(default_factory=dict)

    @classmethod
    def of(cls, ledger: Ledger, mask: Mask | None = None, found: Sequence[Discrepancy] | None = None) -> State:
        """The state a ledger is in, with the discrepancies `found` where they are known."""
        held = ledger.counts()
        found = ledger.discrepancies() if found is None else found
        counts = {f"{name}s": held[name] for name in ("report", "claim", "figure", "question")}
        return cls(
            Mask.of(ledger) if mask is None else mask,
            found,
            {**counts, "discrepancies": len(found)},
            {},
            ledger.decisions.last(),
        )

    def beside(self, ledger: Ledger) -> State:
        """The same state of the same ledger, opened again."""
        return replace(self, mask=self.mask.beside(ledger))

    def after_decisions(self, ledger: Ledger, checked: bool) -> State:
        """The state after more decisions and no other change: lines of questions nobody decided on stay. `checked`:
        whether discrepancies were looked for again."""
        state = State.of(ledger, self.mask, None if checked else self.discrepancies)
        fresh = ledger.reviews(after=self.last)
        if all(review.verdict in ("accept", "reject", "unsure") for review in fresh):
            with ledger.lists() as lists:
                touched = lists.asked_about(review.record for review in fresh)
            kept = {key: line for key, line in self.lines.items() if isinstance(key, str) or key[0] in KEPT}
            state.lines.update((key, line) for key, line in kept.items() if touched.isdisjoint(key))
        return state

    def once(self, key: Hashable, made: Callable[[], T]) -> T:
        """What is worked out the first time it is asked for, under a key that names it; who asks meanwhile waits."""
        if len(self.lines) > MOST:
            self.lines.clear()
        try:
            with self._under_way.setdefault(key, Lock()):
                found: T = self.lines.get(key, NONE)
                if found is NONE:
                    self.lines[key] = found = made()
        finally:
            self._under_way.pop(key, None)
        return found

    def sources(self, ledger: Ledger) -> Mapping[str, sources.Line]:
        """Every source by its id, those that are the origin of most figures first."""

        def made() -> Mapping[str, sources.Line]:
            with ledger.lists() as lists:
                return sources.lines(lists, self.mask)

        return self.once("sources", made)

    def places(self, ledger: Ledger) -> Mapping[str, PlaceLine]:
        """Places with a point by their ids, those of most figures first."""
        if "places" not in self.lines:
            with ledger.lists() as lists:
                found = lists.places(PLACES)
            self.lines["places"] = {place(line.name, line.country): line for line in reversed(found)}
        known: Mapping[str, PlaceLine] = dict(reversed(self.lines["places"].items()))
        return known

    @property
    def troubled(self) -> Counter[str]:
        """Questions to how many discrepancies they have."""
        return self.once(("troubled",), lambda: Counter(one.question for one in self.discrepancies if one.question))

    @property
    def checks(self) -> dict[str, int]:
        """Checks to how many discrepancies each found, the most first."""
        return self.once(("checks",), lambda: dict(Counter(one.check for one in self.discrepancies).most_common()))
