"""Clean ledgers, and each kind of discrepancy planted into one: what `check` must find, and all that it may find.

A clean ledger tells of one landslide: sources count the dead and the injured day by day, never against each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from rows import entry

from accordingto import check
from accordingto.records import Discrepancy, Entry, Question, fingerprint

SOURCES = ("Weiss", "Berg", "Civil Protection Service", "Tarn Fire Brigade", "Holm")
EVENT = date(2024, 5, 11)
LAST = EVENT + timedelta(days=30)


@dataclass
class Story:
    """A ledger's figures, the reports that are copies, and the toll of the dead by day."""

    rows: list[Entry] = field(default_factory=list)
    copies: dict[str, str] = field(default_factory=dict)
    dead: list[int] = field(default_factory=list)

    def tell(self, report: str, low: int | None, **said: Any) -> Entry:
        """Add a figure of the landslide; later figures of a report stand further down."""
        place = {"place": "Tarn", "place_precision": 1, "edtf": EVENT.isoformat(), "counted": None}
        start = 1000 + 100 * sum(row.report == report for row in self.rows)
        row = entry(report, low, **(place | {"start": start} | said))
        self.rows.append(row)
        return row

    @property
    def day(self) -> str:
        """The day after the last on which anybody spoke."""
        return max((date.fromisoformat(row.published or "") for row in self.rows), default=EVENT).isoformat()

    def found(self) -> list[Discrepancy]:
        return check.discrepancies(questions(self.rows), self.rows, self.copies, LAST.isoformat())


def questions(rows: list[Entry]) -> list[Question]:
    """One question for each kind: grouping is tested elsewhere."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        kinds[row.kind].append(row.figure)
    return [
        Question(fingerprint(kind), kind, f"people {kind}", None, "Tarn", None, tuple(f)) for kind, f in kinds.items()
    ]


@st.composite
def clean(draw: st.DrawFn) -> Story:
    """A ledger in which nothing contradicts: tolls grow, every source counts the same, looser or not at all."""
    story = Story()
    dead, hurt = draw(st.integers(20, 5000)), draw(st.integers(20, 5000))
    for number in range(draw(st.integers(3, 8))):
        said = {
            "published": (EVENT + timedelta(days=1 + number)).isoformat(),
            "chain": (draw(st.sampled_from(SOURCES)),),
        }
        report, dead = f"r{number}", dead + draw(st.integers(1, 60))
        story.dead.append(dead)
        story.tell(report, dead, sentence=f"In all {dead:,} were found dead by day {number}.", **said)
        if draw(st.booleans()):
            hurt += draw(st.integers(0, 60))
            story.tell(report, hurt, kind="wounded", exact=f"{hurt:,}", sentence=f"{hurt:,} were hurt.", **said)
        if draw(st.booleans()):
            _part(story, report, dead, draw(st.integers(1, dead)), said)
        if draw(st.booleans()):
            _looser(story, f"s{number}", dead, draw(st.sampled_from(("at least", "up to", "about"))), said)
    return story


def _part(story: Story, report: str, dead: int, part: int, said: dict[str, Any]) -> None:
    text = f"Of {dead:,} dead, {part:,} of them were children."
    whole = story.tell(report, dead, sentence=text, **said)
    story.tell(report, part, mode="part", part_of=whole.figure, counted="children", sentence=text, **said)


def _looser(story: Story, report: str, dead: int, qualifier: str, said: dict[str, Any]) -> None:
    """Another source that knows less, so that bounds leave room."""
    low = None if qualifier == "up to" else dead
    high = None if qualifier == "at least" else dead
    loose = said | {"chain": ("a doctor",), "qualifier": qualifier, "exact": f"{dead:,}"}
    story.tell(report, low, high=high, sentence=f"There were {qualifier} {dead:,} dead, a doctor said.", **loose)


Plant = Callable[[Story, Callable[[Any], Any]], tuple[str, set[str]]]
"""Plants a discrepancy; the check that must find it, and the figures it must name."""


def _named(name: str, *rows: Entry) -> tuple[str, set[str]]:
    return name, {row.figure for row in rows}


def disagreeing(story: Story, draw: Callable[[Any], Any]) -> tuple[str, set[str]]:
    number = story.dead[-1] * draw(st.integers(2, 6))
    said = {"published": story.day, "sentence": f"Lund counted {number:,} bodies.", "chain": ("Lund",)}
    return _named("origins-disagree", story.tell("x", number, **said))


def differing(story: Story, draw: Callable[[Any], Any]) -> tuple[str, set[str]]:
    number = story.dead[-1]
    said = {"published": story.day, "chain": ("Lund",), "kind": "missing"}
    one = story.tell("x", number, sentence=f"Lund missed {number:,} people.", **said)
    low = number - draw(st.integers(1, number // 2))
    return _named("origin-differs", one, story.tell("x", low, sentence=f"Lund misses {low:,}, Lund said.", **said))


def falling(story: Story, draw: Callable[[Any], Any]) -> tuple[str, set[str]]:
    top = story.dead[-1] + 3
    days = [(date.fromisoformat(story.day) + timedelta(days=n)).isoformat() for n in (1, 3)]
    low = top - draw(st.integers(1, top // 2))
    rows = [
        story.tell(f"x{low}", low, published=day, chain=("Lund",), sentence=f"Lund gave {low:,}.")
        for low, day in zip((top, low), days, strict=True)
    ]
    return _named("total-falls", *rows)


def denied(story: Story, draw: Callable[[Any], Any]) -> tuple[str, set[str]]:
    number = story.dead[-1]
    text = f"Lund denied that {number:,} were dead."
    return _named(
        "figure-denied", story.tell("x", number, published=story.day, chain=("Lund",), stance="denied", sentence=text)
    )


def requalified(story: Story, draw: Callable[[Any], Any]) -> tuple[str, set[str]]:
    number, who = story.dead[-1], {"published": story.day, "chain": ("Civil Protection Service",)}
    one = story.tell("x", number, high=None, qualifier="at least", exact=f"{number:,}",
                     sentence=f"A slope gave way and killed at least {number:,}, the service said.", **who)  # fmt: skip
    other = story.tell("y", number, sentence=f"A slope gave way and killed {number:,}, the service said.", **who)
    story.copies |= {"x": "x", "y": "x"}
    return _named("qualifier-changed", one, other)


def reattributed(story: Story, draw: Callable[[Any], Any]) -> tuple[str, set[str]]:
    dead, hurt = story.dead[-1] + 1, draw(st.integers(11, 900).filter(lambda n: n != story.dead[-1] + 1))
    rows = []
    for report, body in (("x", "Land Survey Office"), ("y", "Harbour Rescue Service")):
        said = {"published": story.day, "chain": (body,), "counted_country": "XX"}
        rows.append(story.tell(report, dead, sentence=f"{dead:,} died and {hurt:,} were hurt.", **said))
        rows.append(story.tell(report, hurt, kind="wounded", sentence=f"{dead:,} died and {hurt:,} were hurt.", **said))
    return _named("origin-swapped", *rows)


def circular(story: Story, draw: Callable[[Any], Any]) -> tuple[str, set[str]]:
    number = story.dead[-1]
    rows = [
        story.tell(
            a.lower()[:3], number, publisher=a, chain=(b,), published=story.day, sentence=f"{number:,} died, {b} said."
        )
        for a, b in (("Echo Herald", "Mirror Post"), ("Mirror Post", "Echo Herald"))
    ]
    return _named("circular-sourcing", *rows)


def ahead(story: Story, draw: Callable[[Any], Any]) -> tuple[str, set[str]]:
    day = date.fromisoformat(story.day) + timedelta(days=draw(st.integers(3, 300)))
    return _named("dated-after-report", story.tell("x", 3, kind="missing", edtf=day.isoformat(), published=story.day))


def elsewhen(story: Story, draw: Callable[[Any], Any]) -> tuple[str, set[str]]:
    number, rows = story.dead[-1], []
    for report, day in (("x", EVENT), ("y", EVENT), ("z", EVENT + timedelta(days=draw(st.integers(2, 9))))):
        text = f"The slide of {day.day} May killed {number:,}."
        rows.append(
            story.tell(
                report, number, edtf=day.isoformat(), published=LAST.isoformat(), sentence=text, chain=("Weiss",)
            )
        )
    return _named("event-dated-differently", rows[2])


def oversized(story: Story, draw: Callable[[Any], Any]) -> tuple[str, set[str]]:
    whole, over = draw(st.integers(10, 4000)), draw(st.integers(1, 4000))
    text = f"{whole:,} sleep in tents; {whole + over:,} of them are children."
    said = {"published": story.day, "kind": "sheltering", "sentence": text, "chain": ("Lund",)}
    total = story.tell("x", whole, **said)
    part = story.tell("x", whole + over, mode="part", part_of=total.figure, counted="children", **said)
    return _named("part-exceeds-whole", total, part)


def unsummed(story: Story, draw: Callable[[Any], Any]) -> tuple[str, set[str]]:
    parts = draw(st.lists(st.integers(2, 500), min_size=2, max_size=4, unique=True))
    wholes = st.integers(max(parts) + 1, sum(parts) + 50).filter(lambda whole: whole != sum(parts))
    whole = draw(wholes)
    text = f"Missing: {whole}, namely {', '.join(f'{n} in {chr(65 + i)}ville' for i, n in enumerate(parts))}."
    said = {"published": story.day, "kind": "missing", "sentence": text, "chain": ("Lund",)}
    total = story.tell("x", whole, **said)
    told = [story.tell("x", n, mode="part", part_of=total.figure, **said) for n in parts]
    return _named("parts-do-not-sum", total, *told)


def headlined(story: Story, draw: Callable[[Any], Any]) -> tuple[str, set[str]]:
    number = story.dead[-1]
    high = number + draw(st.integers(1, number * 2))
    head = story.tell("x", high, start=0, sentence=f"{high:,} dead under slope", published=story.day)
    text = f"In Tarn {number:,} have died, Weiss said."
    return _named(
        "headline-differs", head, story.tell("x", number, published=story.day, chain=("Weiss",), sentence=text)
    )


def unbalanced(story: Story, draw: Callable[[Any], Any]) -> tuple[str, set[str]]:
    sent = draw(st.integers(10, 4000))
    lost, taken = draw(st.integers(5, sent - 1)), draw(st.integers(5, sent - 1))
    home = sent - lost - taken + draw(st.integers(1, 50))
    soldiers = {"counted": "soldiers", "counted_sector": "MIL", "counted_country": "XX", "published": story.day}
    text = f"Of {sent:,} soldiers sent, {lost:,} fell, {taken:,} were taken and {home:,} came home."
    numbers = [("deployed", sent), ("killed", lost), ("captured", taken), ("returned", home)]
    rows = [story.tell("x", n, kind=kind, sentence=text, chain=("Lund",), **soldiers) for kind, n in numbers if n > 0]
    if home <= 0 and lost + taken <= sent:
        rows.append(story.tell("x", sent, kind="returned", sentence=text, chain=("Lund",), **soldiers))
    return "does-not-balance", {rows[0].figure}


def misquoted(story: Story, draw: Callable[[Any], Any]) -> tuple[str, set[str]]:
    one, other = draw(st.lists(st.integers(11, 999), min_size=2, max_size=2, unique=True))
    rows = []
    for report, number in (("x", one), ("y", other)):
        text = f"“We pulled {number} of them out of one cellar on the hill,” she said."
        rows.append(
            story.tell(report, number, kind="other:rescued", published=story.day, chain=("Lund",), sentence=text)
        )
    story.copies |= {"x": "x", "y": "x"}
    return _named("quote-changed", *rows)


def swapped(story: Story, draw: Callable[[Any], Any]) -> tuple[str, set[str]]:
    low, high = story.dead[-1] + 1, story.dead[-1] + draw(st.integers(2, 900))
    rows = []
    for report, dead, hurt in (("x", low, high), ("y", high, low)):
        said = {"published": story.day, "chain": ("Weiss",), "sentence": f"{dead:,} died, {hurt:,} were hurt."}
        rows += [story.tell(report, dead, **said), story.tell(report, hurt, kind="wounded", **said)]
    return _named("killed-wounded-swapped", *rows)


def misdated(story: Story, draw: Callable[[Any], Any]) -> tuple[str, set[str]]:
    wrong = EVENT.replace(year=EVENT.year + draw(st.sampled_from((-1, 1))))
    number = story.dead[-1] * 100 + 11
    said = {"kind": "deployed", "counted": "soldiers", "counted_country": "XX", "chain": ("Weiss",)}
    published = max(LAST, LAST.replace(year=wrong.year)).isoformat()
    rows = [
        story.tell("x", number, edtf=EVENT.isoformat(), published=LAST.isoformat(), **said),
        story.tell("y", number, edtf=EVENT.isoformat(), published=LAST.isoformat(), **said),
        story.tell("z", number, edtf=wrong.isoformat(), published=published, **said),
    ]
    return "year-differs", {rows[2].figure}


def too_early(story: Story, draw: Callable[[Any], Any]) -> tuple[str, set[str]]:
    day = EVENT - timedelta(days=draw(st.integers(1, 9)))
    text = f"By the evening of {day.day} {day:%B} {story.dead[0] // 4:,} bodies had been found."
    return _named(
        "dated-before-event",
        story.tell("x", story.dead[0] // 4, edtf=day.isoformat(), published=story.day, sentence=text),
    )


def unborn(story: Story, draw: Callable[[Any], Any]) -> tuple[str, set[str]]:
    day = LAST + timedelta(days=draw(st.integers(2, 4000)))
    return _named("report-from-future", story.tell("x", 3, kind="missing", published=day.isoformat()))


PLANTS: tuple[Plant, ...] = (
    disagreeing, differing, falling, denied, requalified, reattributed, circular, ahead, elsewhen, oversized, unsummed,
    headlined, unbalanced, misquoted, swapped, misdated, too_early, unborn,
)  # fmt: skip
