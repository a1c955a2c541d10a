"""Events: which units tell of the same thing that happened, over all reports.

Topic tracking in the order of publication: every unit joins the event it fits best, found through inverted
indexes (place, figure, rare word, report), or opens a new one. Units that say where and when go first, so that
the vague ones find events to join. Scores are sums of plain evidence for and against; the order of input
never matters, because units are sorted before. Near linear: a unit looks at `LOOK` events at most.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import log

from . import evidence
from .profile import Event
from .units import Unit

ENOUGH = 2.0
"""Evidence for joining, at least."""
SURE = 6.0
"""Evidence with which a unit need not choose again, if no other event comes near."""
LOOK = 8
"""Events a unit is weighed against, at most."""
RECENT = 12
"""Events an index remembers under one key."""
MERGED = 2.5
"""Mean evidence for taking two events for one, at least."""
DOUBLE = 0.1
"""Share of units contradicted by the other event's voices, at most, for two events to be one."""
SAMPLE = 20
"""Units that speak for an event when events are compared."""
RARE = 150
"""Units a word may occur in and still be looked up (it is weighed in any case)."""
CONTRADICTED = 3.0
"""Evidence against an event of which the same voice gives another number in the same report."""


def events(found: Sequence[Unit], copies: Mapping[str, str]) -> list[Event]:
    """The events of all units; every unit is in exactly one."""
    tracker = _Tracker(found, copies)
    for unit in sorted(found, key=lambda u: (-_definite(u), u.number)):
        tracker.place(unit)
    tracker.merge()
    for unit in found:
        tracker.reconsider(unit)
    tracker.merge()
    return [event for event in tracker.events if event.units]


def _definite(unit: Unit) -> int:
    """2 says where and on which day, 1 says where or when, 0 neither."""
    return (unit.place is not None and unit.shape == "day") + (unit.place is not None or unit.shape is not None)


class _Tracker:
    """The events so far and the indexes that find them."""

    def __init__(self, found: Sequence[Unit], copies: Mapping[str, str]) -> None:
        self.events: list[Event] = []
        self.of: dict[int, Event] = {}
        self.sure: set[int] = set()
        self.copies = copies
        self.units = {unit.number: unit for unit in found}
        frequency = Counter(token for unit in found for token in unit.tokens)
        self.rarity = {token: log((len(found) + 1) / n) for token, n in frequency.items()}
        self.rare = {token for token, n in frequency.items() if n <= RARE}
        self.mass = {unit.number: sum(self.rarity[token] for token in sorted(unit.tokens)) for unit in found}
        self.index: dict[object, dict[int, None]] = defaultdict(dict)

    def place(self, unit: Unit) -> None:
        """Put a unit into the event it fits best, or a new one."""
        scored = sorted(((self.score(unit, event), -event.number) for event in self._candidates(unit)), reverse=True)
        best, event = scored[0] if scored and scored[0][0] >= ENOUGH else (0.0, 1)
        if best >= SURE and (len(scored) < 2 or best - scored[1][0] >= SURE / 2):
            self.sure.add(unit.number)
        self._join(unit, self.events[-event] if best else self._new())

    def _join(self, unit: Unit, chosen: Event) -> None:
        chosen.count(unit)
        self.of[unit.number] = chosen
        for key in self._keys(unit):
            known = self.index[key]
            known.pop(chosen.number, None)
            known[chosen.number] = None
            if len(known) > RECENT:
                del known[next(iter(known))]

    def reconsider(self, unit: Unit) -> None:
        """Let a unit choose again, now that all events are known, unless it was sure."""
        if unit.number in self.sure:
            return
        self.of[unit.number].count(unit, -1)
        self.place(unit)

    def merge(self) -> None:
        """Join events whose units, on average, fit another event as well: they began apart by accident of order."""
        for event in sorted(self.events, key=lambda event: (len(event.units), event.number)):
            sample = [event.units[number] for number in sorted(event.units)[:SAMPLE]]
            votes = Counter(other.number for unit in sample for other in self._candidates(unit) if other is not event)
            ranked = sorted(votes, key=lambda number: (-votes[number], number))[:LOOK]
            fit = [n for n in ranked if not evidence.asunder(event, self.events[n])]
            scored = [(self._alike(sample, self.events[n]), -n) for n in fit]
            best, number = max(scored, default=(0.0, 0))
            if best >= MERGED:
                for unit in list(event.units.values()):
                    event.count(unit, -1)
                    self._join(unit, self.events[-number])

    def _alike(self, sample: Sequence[Unit], event: Event) -> float:
        """How well units fit another event on average; not at all when one report's voice gives numbers for both."""
        if sum(evidence.contradicts(unit, event) for unit in sample) > len(sample) * DOUBLE:
            return 0.0
        return sum(self.score(unit, event) for unit in sample) / len(sample)

    def score(self, unit: Unit, event: Event) -> float:
        """Evidence that the unit tells of the event."""
        if evidence.ages(unit, event):
            return -evidence.FAR
        return (
            evidence.told(unit, event, self._words(unit, event))
            + self._report(unit, event)
            - (CONTRADICTED if evidence.contradicts(unit, event) else 0.0)
        )

    def _new(self) -> Event:
        self.events.append(Event(len(self.events)))
        return self.events[-1]

    def _candidates(self, unit: Unit) -> list[Event]:
        votes: Counter[int] = Counter()
        for key in self._keys(unit):
            votes.update(self.index.get(key, {}).keys())
        ranked = sorted(votes, key=lambda number: (-votes[number], -number))
        return [self.events[number] for number in ranked[:LOOK] if self.events[number].units]

    def _keys(self, unit: Unit) -> Iterator[object]:
        if unit.place:
            yield "place", unit.name
            if unit.days and unit.shape == "day":
                for day in range((unit.days.first or 0) - 1, (unit.days.last or 0) + 2):
                    yield "day", unit.name, day
        yield "report", self.copies.get(unit.report, unit.report)
        yield from (("told", told) for told in unit.told)
        yield from (("word", token) for token in sorted(unit.tokens & self.rare))

    def _words(self, unit: Unit, event: Event) -> float:
        """Share of the unit's words, by rarity, that the event's units use (0–1)."""
        size = len(event.units)
        known, rarity, shared = event.tokens, self.rarity, 0.0
        for token in unit.tokens:
            uses = 3.0 * known.get(token, 0) / size
            shared += rarity[token] * (uses if uses < 1.0 else 1.0)
        total = self.mass[unit.number]
        return shared / total if total else 0.0

    def _report(self, unit: Unit, event: Event) -> float:
        """The same report, above all the sentence before, tells of the same event."""
        before = self.of.get(unit.number - 1)
        near = before is event and self.units[unit.number - 1].report == unit.report
        weight = 0.25 * (3 - _definite(unit))
        return weight * ((unit.report in event.reports) + near)
