"""A ledger told by hand for the tests of what is shown and published: claims built from our own sentences."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from accordingto.ledger import Ledger
from accordingto.records import Actor, Claim, Evidence, Figure, Link, Report, Source, When, Where

ATTACK = '<script>document.title="taken"</script><img src=x onerror=alert(1)>"\'&'
WIRE = (
    "HALVENA, June 15, 2025 (Meridian Wire) - At least 12 people were killed and about 40 are missing, "
    "the national disaster agency said on Sunday.\n\n"
    "Governor Ilse Tarvan told Radio Korran that 19 bodies had been recovered.\n\n"
    "“The hill sat down on the market,” said Marta Elling, a witness. Elling lives above the square."
)
UPDATE = (
    "The toll has risen to 27, including nine children, the national disaster agency said on Monday.\n"
    "The governor, Ilse Tarvan, put the dead at 33. Thirty-one people are missing."
)
REVISED = "Three bodies were counted twice; 24 people were killed, the national disaster agency said on Wednesday."


def report(text: str, published: str | None, publisher: str | None, title: str | None = None, **known: Any) -> Report:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    name = known.pop("name", f"{(publisher or 'unknown').lower().replace(' ', '-')}-{published}.txt")
    fixed = {"language": "en", "publisher": publisher, "published": published, "title": title, **known}
    return Report(name, text, sha256, **fixed)


def words(report: Report, exact: str, after: str = "") -> Evidence:
    """The first `exact` in the report, after the words `after`."""
    start = report.text.index(exact, report.text.index(after) if after else 0)
    return Evidence.of(report, start, start + len(exact))


def source(
    report: Report, name: str, mention: str, cue: str | None = None, hedge: str | None = None, **known: Any
) -> Link:
    said = (
        words(report, cue, after=mention if report.text.find(cue, report.text.index(mention)) >= 0 else "")
        if cue
        else None
    )
    return Link(Source(name, mention=words(report, mention), **known), said, hedge)


def figure(report: Report, exact: str, low: int | None, high: int | None, kind: str, **known: Any) -> Figure:
    counted = known.pop("counted", None)
    when = When(known.pop("when", f"../{report.published}"), as_of=report.published)
    where = Where("Halvena", country=None, precision=1)
    actor = Actor(counted or "people", sector="CVL", kind="people")
    return Figure(words(report, exact), low, high, kind, counted=actor, when=when, where=where, **known)


def story() -> list[tuple[Report, list[Claim]]]:
    """Three reports on one landslide: two officials, a rising and a falling toll, a part, a witness."""
    agency: dict[str, Any] = {"kind": "government", "role": "disaster agency"}
    wire = report(
        WIRE, "2025-06-15", "Meridian Wire", "At least 12 dead in Halvena", url="https://wire.example/a?b=1&c=2"
    )
    first = Claim(
        words(wire, "At least 12 people were killed and about 40 are missing"),
        (source(wire, "national disaster agency", "the national disaster agency", "said", **agency),),
        "indirect",
        figures=(
            figure(wire, "At least 12", 12, None, "killed", qualifier="at least"),
            figure(wire, "about 40", 40, 40, "missing", qualifier="about"),
        ),
    )
    second = Claim(
        words(wire, "19 bodies had been recovered"),
        (
            source(wire, "Radio Korran", "Radio Korran", kind="outlet"),
            source(wire, "Ilse Tarvan", "Governor Ilse Tarvan", "told", kind="person", role="governor"),
        ),
        "indirect",
        figures=(figure(wire, "19 bodies", 19, 19, "killed"),),
        doubts=("relay-guessed",),
    )
    third = Claim(
        words(wire, "The hill sat down on the market,"),
        (source(wire, "Marta Elling", "Marta Elling", "said", kind="person", role="a witness"),),
        "direct",
    )
    update = report(UPDATE, "2025-06-16", "Marenia Today", "Toll rises to 27")
    whole = figure(update, "27", 27, 27, "killed")
    fourth = Claim(
        words(update, "The toll has risen to 27, including nine children"),
        (source(update, "national disaster agency", "the national disaster agency", "said", **agency),),
        "indirect",
        figures=(
            whole,
            figure(update, "nine children", 9, 9, "killed", mode="part", part_of=whole.id, counted="children"),
        ),
    )
    fifth = Claim(
        words(update, "the dead at 33"),
        (
            source(
                update, "Ilse Tarvan", "The governor, Ilse Tarvan", "put", "reportedly", kind="person", role="governor"
            ),
        ),
        "indirect",
        figures=(figure(update, "33", 33, 33, "killed"),),
    )
    sixth = Claim(
        words(update, "Thirty-one people are missing."),
        figures=(figure(update, "Thirty-one people", 31, 31, "missing"),),
    )
    revised = report(REVISED, "2025-06-18", "Inland Review", "Toll lowered to 24")
    seventh = Claim(
        words(revised, "24 people were killed"),
        (source(revised, "national disaster agency", "the national disaster agency", "said", **agency),),
        "indirect",
        figures=(figure(revised, "24 people", 24, 24, "killed"),),
    )
    return [(wire, [first, second, third]), (update, [fourth, fifth, sixth]), (revised, [seventh])]


def hostile() -> tuple[Report, list[Claim]]:
    """A report that tries to write into the page wherever words of others are shown."""
    text = f"{'x' * 300} {ATTACK} Up to 70 people were killed, {ATTACK} said. \u202etxet\u202c"
    held = report(
        text,
        "2025-06-17",
        f"Outlet {ATTACK}",
        f"Title {'y' * 300} {ATTACK}",
        url="javascript:alert(1)",
        name=f"{ATTACK}.txt",
    )
    link = source(held, f"Source {'z' * 300} {ATTACK}", ATTACK, "said", hedge=ATTACK, role=ATTACK)
    counted = figure(held, "Up to 70 people", None, 70, "killed", qualifier="up to", counted=f"people {ATTACK}")
    return held, [
        Claim(words(held, "Up to 70 people were killed"), (link,), "indirect", figures=(counted,), doubts=(ATTACK,))
    ]


def told(path: Path, reports: list[tuple[Report, list[Claim]]] | None = None) -> Ledger:
    """A ledger that holds the story."""
    ledger = Ledger(path / "told.accordingto")
    for one, claims in story() if reports is None else reports:
        ledger.add(one, claims)
    return ledger
