"""Evidence that a unit tells of an event: each function adds up what speaks for (above 0) and against it.

The weights are plain and few; what matters is their order: a telling number shared and the same town on the same
day speak loudest for one event, another country and another week loudest against.
"""

from __future__ import annotations

from math import log

from .days import Days
from .profile import STEPS, Event, size
from .units import Told, Unit

TELLING = 1.8
"""Evidence of shared figures from which on they are telling."""
FORGIVEN = 2.0
"""Evidence against an event, by place and time, that telling figures leave, at most."""
WORDS = 4.0
"""Evidence of a sentence whose words an event's units all use."""
STORY = 0.06
"""Share of words (by rarity) from which on two sentences may tell one story."""
DATED = 1.0
"""Evidence of a shared time, at most, where place, number, words and report are not: much happens on one day."""
FRESH = 7
"""Days for which a new incident's toll is told day by day."""
LASTING = 60
"""Days for which an incident's toll is still being counted."""
WIDEST = 16
"""Steps of size beyond which numbers are no further apart."""
FAR = 9.0
"""Evidence against an event of another season."""
CROWD = 50
"""Units of an event from which on a number that few of them share is shared by chance."""
ELSEWHEN = -3.0
"""Evidence of time from which on the same town and the same phrases say no more: much happens in one town."""
MOST = 6.5
"""Evidence of shared figures, at most."""


def told(unit: Unit, event: Event, words: float) -> float:
    """Place, time, numbers and words (0–1) together.

    A telling number shared outweighs a place or a time that was read wrongly; a day shared alone says little.
    """
    shared, place, time = figures(unit, event), where(unit, event), when(unit, event)
    if place <= 0.0 and shared <= 0.0 and words < STORY and unit.report not in event.reports:
        time = min(time, DATED)
    against = min(place, 0.0) + min(time, 0.0)
    if shared >= TELLING:
        against = max(against, -FORGIVEN)
    if time <= ELSEWHEN and shared < TELLING:
        return shared + against + WORDS * words / 2
    return shared + max(place, 0.0) + max(time, 0.0) + against + WORDS * words


def ages(unit: Unit, event: Event) -> bool:
    """Whether unit and event tell of days too far apart for any slip to explain."""
    if unit.days is None:
        return False
    core, start, told = event.core, event.begun, unit.days.first or 0
    if unit.shape == "period" and start is not None and event.campaign:
        return abs(told - start) > LASTING
    if unit.shape not in ("day", "period") or core is None:
        return False
    return max(told - (core.last or 0), (core.first or 0) - (unit.days.last or told)) > LASTING


def asunder(one: Event, other: Event) -> bool:
    """Whether two events have days of their own, and those are not next to each other."""
    a, b = one.core, other.core
    if a is None or b is None or one.campaign or other.campaign:
        return False
    return max((a.first or 0) - (b.last or 0), (b.first or 0) - (a.last or 0)) > FRESH


def where(unit: Unit, event: Event) -> float:
    if unit.country and event.countries and unit.country not in event.countries:
        return -4.0
    if unit.place is None or not (event.places or event.wide):
        return 0.0
    if unit.level or not event.places:
        share = event.names[unit.name] / event.names.total() if unit.name else 0.0
        around = unit.country is not None and unit.country in event.countries
        return (
            1.5 if share >= 0.1 else 0.0 if share or (unit.level == 2 and around) else -1.5 if unit.level == 2 else -0.5
        )
    share = event.places[unit.place] / event.places.total()
    if share:
        return 3.0 if share >= 0.1 else 1.0
    return -3.0 if unit.place.startswith("#") else -2.0


def when(unit: Unit, event: Event) -> float:
    lag = _lag(unit, event)
    if unit.days is None:
        return lag
    if unit.shape == "day":
        told = max(_on(unit.days, unit.added, event), _running(unit.days, unit.said, event))
    elif unit.shape == "period":
        told = _since(unit.days.first or 0, event)
    elif unit.shape == "coarse":
        told = _within(unit.days, event)
    else:
        told = _until(unit.days.last or 0, event)
    return lag + (told / 2 if unit.inferred else told)


def _on(span: Days, added: bool, event: Event) -> float:
    core, first, last = event.core, span.first or 0, span.last or 0
    if event.campaign:
        return (1.0 if added else -2.0) if min(event.since) <= first else -4.0
    if core is None:
        if any((one.first or 0) <= first <= (one.last or 0) for one in event.within):
            return 1.0
        return 0.0 if event.until else _near(first, event)
    gap = max(first - (core.last or 0), (core.first or 0) - last, 0)
    return 3.0 if gap == 0 else 1.0 if gap == 1 else -2.0 if gap <= 3 else -4.0


def _running(span: Days, said: int | None, event: Event) -> float:
    """A figure dated on the day it is told may be the toll so far of something a few days old."""
    first, last = (event.core.first, event.core.last) if event.core else (None, None)
    if said is None or first is None or last is None or (span.last or 0) < said:
        return -9.0
    return -2.0 if 0 <= (span.first or 0) - last <= FRESH else -9.0


def _near(day: int, event: Event) -> float:
    """An event without a time of its own, told of around the day."""
    return 0.5 if any(0 <= said - day <= 5 for said in event.said) else -1.5


def _since(first: int, event: Event) -> float:
    """A period against a period, by its beginning; never an incident."""
    if event.campaign:
        gap = abs(first - (event.begun or 0))
        return 3.0 if gap <= 3 else -1.0 if gap <= 31 else -3.0
    return -3.0 if event.core is not None else 0.0


def _within(span: Days, event: Event) -> float:
    """A month or a year against the event it should hold."""
    core, first, last = event.core, span.first or 0, span.last or 0
    if event.campaign:
        return 0.5 if min(event.since) <= last else -3.0
    if core is not None:
        return 1.0 if first <= (core.first or 0) and (core.last or 0) <= last else -4.0
    if event.within:
        return 2.0 if any(first <= (one.last or 0) and (one.first or 0) <= last for one in event.within) else -4.0
    return -4.0 if event.until and last < min(event.until) - LASTING else 0.0


def _until(last: int, event: Event) -> float:
    core = event.core
    if event.campaign:
        return 1.0 if min(event.since) <= last else -3.0
    if core is not None:
        first = core.first or 0
        return -5.0 if first > last + 1 else 1.0 if last - first <= LASTING else -2.0
    if event.within:
        return -4.0 if last - max(one.last or 0 for one in event.within) > LASTING else 0.0
    if event.until:
        gap = min(abs(last - other) for other in event.until)
        return 1.0 if gap <= 30 else 0.0 if gap <= 90 else -3.0
    return 0.0


def _lag(unit: Unit, event: Event) -> float:
    """Told of about the same days."""
    if unit.said is None or not event.said:
        return 0.0
    gap = max(min(event.said) - unit.said, unit.said - max(event.said), 0)
    return 0.5 if gap <= 3 else 0.0 if gap <= 14 else -1.0 if gap <= LASTING else -2.5


def figures(unit: Unit, event: Event) -> float:
    """The same number is strong evidence, the more telling it is; numbers far apart speak against."""
    crowd = CROWD / max(CROWD, len(event.units))
    shared = [
        _telling(told) * (1 + log(event.told[told]) / 2) * min(1.0, crowd * event.told[told])
        for told in unit.told
        if told in event.told
    ]
    if shared:
        return min(MOST, max(shared) + 0.3 * (len(shared) - 1))
    gaps = [gap for told in unit.told if (gap := _distance(told, event)) is not None]
    worst = max(gaps, default=0.0)
    return -2.5 if worst > log(40) else -1.5 if worst > log(10) else -0.5 if worst > log(3) else 0.0


def contradicts(unit: Unit, event: Event) -> bool:
    """Whether the report's same speaker gives a number of the same kind for the event that excludes this one."""
    return any(_apart(bounds, other) for voice, bounds in unit.voices for other in event.voices.get(voice, ()))


def _apart(one: tuple[int | None, int | None], other: tuple[int | None, int | None]) -> bool:
    (low, high), (least, most) = one, other
    return (high is not None and least is not None and high < least) or (
        most is not None and low is not None and most < low
    )


def _telling(told: Told) -> float:
    """How much a shared figure says: 471 much, 100 little, "dozens" nothing."""
    _, low, high = told
    value = low if low is not None else high
    if value is None or (low is not None and high is not None and low != high):
        return 0.3
    digits = len(str(value).rstrip("0"))
    return 2.5 if digits >= 3 else 1.8 if digits == 2 else 1.0 if value >= 10 else 0.4


def _distance(told: Told, event: Event) -> float | None:
    """Logarithm of the ratio to the event's nearest figure of the same kind; None when there is none."""
    step = size(told)
    if step is None:
        return None
    kind, at = step
    for gap in range(WIDEST):
        if (kind, at - gap) in event.sizes or (kind, at + gap) in event.sizes:
            return gap / STEPS
    return WIDEST / STEPS if any(kind == other for other, _ in event.sizes) else None
