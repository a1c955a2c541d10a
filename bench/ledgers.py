"""Ledgers made by machine, for measuring what laying reports side by side costs: figures written as rows, not read.

Towns of many countries, incidents that come and go, tolls that move, running totals of wars, round-ups that tell of
several things, figures without place or day. The same for a seed.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from accordingto.ledger import Ledger
from accordingto.reconcile import order
from accordingto.reconcile.overlap import sampled
from accordingto.reconcile.tellings import of_report
from accordingto.records import Report, fingerprint
from accordingto.store import rows

DAY = date(2021, 1, 1)
BATCH = 500
SYLLABLES = (
    "ka", "vel", "mor", "ta", "bra", "sto", "lin", "dar", "os", "quen", "ril", "hav", "en", "zu", "mi", "nor",
    "pel", "gra",
)  # fmt: skip
SCENES = (
    "market", "bridge", "warehouse", "school", "convoy", "refinery", "harbour", "station", "quarry", "clinic",
    "barracks", "ferry",
)  # fmt: skip
CAUSES = (
    "missile", "landslide", "flood", "fire", "explosion", "collapse", "ambush", "storm", "shelling", "raid",
)  # fmt: skip
BODIES = (
    "interior ministry", "civil protection service", "health ministry", "governor", "monitoring group", 
    "general staff",
)  # fmt: skip
KINDS = ("killed", "wounded", "missing", "displaced")
SIZE = 60
"""Figures an incident has, about."""
LASTS = 8
"""Days an incident is told of."""

Town = tuple[str, float, float]


@dataclass
class Country:
    code: str
    towns: list[Town]
    bodies: list[str]
    people: list[str]
    war: bool
    begun: int


@dataclass
class Incident:
    name: str
    country: Country
    town: Town
    day: int
    scene: str
    cause: str
    names: list[str]
    toll: dict[str, int]


@dataclass
class World:
    """Places, people, incidents and wars behind a ledger of so many figures."""

    figures: int
    chance: random.Random = field(default_factory=lambda: random.Random(1))

    def __post_init__(self) -> None:
        self.days = max(60, min(1500, self.figures // 300))
        self.countries = [self._country(number) for number in range(24)]
        self.incidents = [self._incident(number) for number in range(self.figures // SIZE)]
        self.on: dict[int, list[Incident]] = defaultdict(list)
        for one in self.incidents:
            for day in range(one.day, one.day + LASTS):
                self.on[day].append(one)

    def name(self) -> str:
        return "".join(self.chance.choice(SYLLABLES) for _ in range(self.chance.choice((2, 3, 3)))).title()

    def _country(self, number: int) -> Country:
        towns = [(self.name(), self.chance.uniform(-40, 60), self.chance.uniform(-80, 140)) for _ in range(60)]
        bodies = [f"{self.name()}'s {body}" for body in BODIES]
        people = [f"{self.name()} {self.name()}" for _ in range(8)]
        return Country(f"{chr(65 + number)}X", towns, bodies, people, number % 4 == 0, self.chance.randrange(30))

    def _incident(self, number: int) -> Incident:
        choice, country = self.chance.choice, self.chance.choice(self.countries)
        first = int(self.chance.paretovariate(0.9)) + 2
        toll = {kind: min(9000, max(1, int(first * self.chance.uniform(0.5, 4)))) for kind in KINDS}
        day, names = self.chance.randrange(self.days), [self.name(), self.name()]
        return Incident(f"i{number}", country, choice(country.towns), day, choice(SCENES), choice(CAUSES), names, toll)


def reports(world: World) -> Iterator[tuple[rows.Rows, list[str]]]:
    """Reports as rows, in no order, with the event and kind of each figure."""
    told = number = 0
    while told < world.figures:
        day = world.chance.randrange(world.days + LASTS - 2)
        if near := world.on.get(day):
            chosen = [world.chance.choice(near) for _ in range(world.chance.choice((1, 1, 1, 2, 3)))]
            made, events = report(world, number, day, list({one.name: one for one in chosen}.values()))
            told, number = told + len(events), number + 1
            yield made, events


def report(world: World, number: int, day: int, chosen: list[Incident]) -> tuple[rows.Rows, list[str]]:
    """One report of the day about these incidents, and now and then of the war in the first one's country."""
    published, name = _iso(day), f"report-{number}"
    text = f"{name} {published} " + " ".join(one.names[0] for one in chosen)
    held = Report(name, text, name, publisher=f"Paper {number % 400}", published=published)
    made, events = rows.Rows(rows.report_row(held, "bench"), [], [], []), list[str]()
    for one in chosen:
        events += _incident(world, made, one, day)
    if chosen[0].country.war and world.chance.random() < 0.25:
        events.append(_war(made, chosen[0].country, day))
    made.tellings.extend(rows.telling(one) for one in of_report(sorted(rows.entries(made), key=order)))
    made.runs.extend(sampled(text))
    return made, events


def _incident(world: World, made: rows.Rows, one: Incident, day: int) -> Iterator[str]:
    chance, happened, published = world.chance, _iso(one.day), _iso(day)
    place = one.town if chance.random() < 0.85 else None
    edtf = happened if chance.random() < 0.8 else f"../{published}" if chance.random() < 0.5 else None
    where = f" in {place[0]}" if place and chance.random() < 0.7 else ""
    names = " ".join(chance.sample(one.names, 1 + (chance.random() < 0.5)))
    said = edtf == happened and chance.random() < 0.7
    for kind in KINDS[: 1 + min(3, int(chance.expovariate(0.8)))]:
        toll = max(1, int(one.toll[kind] * min(1.0, 0.5 + 0.12 * (day - one.day))))
        source = None if chance.random() < 0.3 else chance.choice(one.country.bodies + one.country.people)
        what = f"{toll} people were {kind} when the {one.cause} hit the {one.scene} at {names}{where}"
        _figure(made, kind, toll, what, source, place, one.country.code, edtf, said, bool(where))
        yield f"{one.name}/{kind}"


def _war(made: rows.Rows, country: Country, day: int) -> str:
    total = 200 + 37 * max(0, day - country.begun)
    edtf = f"{_iso(min(country.begun, day))}/{_iso(day)}"
    what = f"In all {total} people have been killed since the war began"
    _figure(made, "killed", total, what, country.bodies[0], None, country.code, edtf, True, False)
    return f"war {country.code}"


def _figure(
    made: rows.Rows, kind: str, toll: int, what: str, source: str | None, place: Town | None, country: str,
    edtf: str | None, time_said: bool, place_said: bool,
) -> None:  # fmt: skip
    home, sentence = made.report["id"], f"{what}, {source} said." if source else f"{what}."
    start = len(made.report["text"]) + 2
    made.report["text"] += f"\n\n{sentence}"
    stop, exact = start + len(sentence), f"{toll} people"
    at = start + sentence.index(exact)
    claim, figure = fingerprint("claim", home, start, stop), fingerprint("figure", home, at, at + len(exact))
    town, lat, lon = place or (None, None, None)
    made.claims.append({
        "id": claim, "report": home, "start": start, "stop": stop, "content": sentence, "manner": "indirect",
        "stance": "asserted", "origin": source, "chain": source or "", "doubts": "[]",
        "record": _record(home, (start, sentence), (at, exact), source, kind, toll),
    })  # fmt: skip
    if source:
        made.links.append(dict.fromkeys(("kind", "role", "affiliation", "country", "mention", "cue", "hedge")) | {
            "claim": claim, "number": 0, "name": source,
        })  # fmt: skip
    made.figures.append({
        "id": figure, "claim": claim, "report": home, "start": at, "stop": at + len(exact), "exact": exact,
        "kind": kind, "low": toll, "high": toll, "qualifier": None, "mode": "total", "stance": "asserted",
        "part_of": None, "counted": "people", "counted_country": None, "counted_sector": "CVL", "edtf": edtf,
        "as_of": None, "place": town, "geonames": None, "place_country": country,
        "place_precision": 1 if town else 6, "lat": lat, "lon": lon, "sentence": sentence,
        "time_said": time_said, "place_said": place_said,
    })  # fmt: skip


def _record(
    home: str, content: tuple[int, str], number: tuple[int, str], source: str | None, kind: str, toll: int
) -> str:
    """A claim as the ledger keeps it whole."""

    def words(start: int, exact: str) -> dict[str, str | int]:
        return {"report": home, "start": start, "end": start + len(exact), "exact": exact, "prefix": "", "suffix": ""}

    chain = [{"source": {"name": source}}] if source else []
    figure = {"evidence": words(*number), "low": toll, "high": toll, "kind": kind}
    return json.dumps({"content": words(*content), "chain": chain, "figures": [figure]})


def _iso(day: int) -> str:
    return (DAY + timedelta(days=day)).isoformat()


def fill(path: str, world: World) -> dict[str, str]:
    """Write the world's reports into a ledger without laying them; the event of every figure."""
    told: dict[str, str] = {}
    batch: list[rows.Rows] = []
    with Ledger(path) as ledger:
        for made, events in reports(world):
            told |= {row["id"]: event for row, event in zip(made.figures, events, strict=True)}
            batch.append(made)
            if len(batch) >= BATCH:
                ledger._store.save(batch)
                batch = []
        ledger._store.save(batch)
    return told
