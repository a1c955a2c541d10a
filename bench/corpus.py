"""Reports made by machine, for measuring speed: wire-like prose about invented events, the same for a seed."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta

TOWNS = [
    "Velmora",
    "Brastovo",
    "Kelmin",
    "Harrow",
    "Ostravel",
    "Tamarind",
    "Karven",
    "Mirholt",
    "Sandrel",
    "Quintara",
    "Belhaven",
    "Nordvik",
]
BODIES = (
    "the interior ministry",
    "the civil protection service",
    "the health ministry",
    "the regional governor's office",
    "a monitoring group",
    "the army's general staff",
)
NAMES = [
    "Anna Marlow",
    "Joren Tasko",
    "Petr Vale",
    "Mira Oduwe",
    "Lena Brandt",
    "Samuel Adeyo",
    "Ilena Marrow",
    "Tomas Ruda",
]
ROLES = [
    "spokesman",
    "mayor",
    "governor",
    "health official",
    "rescue coordinator",
    "defence analyst",
    "colonel",
    "aid worker",
]
KINDS = (
    "killed",
    "wounded",
    "missing",
    "displaced",
    "detained",
    "evacuated",
)
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
SENTENCES = (
    "At least {n} people were {kind} in {town} on {day}, {body} said.",
    "{body} put the number of {kind} at {n}, up from {m} a day earlier.",
    "“We have counted {n} dead and {m} injured so far,” said {name}, a {role} in {town}.",
    "According to {name}, the {role}, {n} families had left {town} since {day}.",
    "{name} told reporters that about {m} soldiers would be sent to {town} by {day}.",
    "The road from {town} to {other} has been closed for repairs since the spring.",
    "Residents described long queues for water, and the market in {other} stayed shut.",
    "{name}, citing {body}, said {m} of the {n} {kind} were children.",
    "“The situation is difficult but under control,” {body} said in a statement, adding that help was on its way.",
    "Officials in {other} denied that {n} people had been {kind}.",
    "The river rose to four metres during the night, the highest level in twenty years.",
    "Nobody in {town} expected the government to act before the end of the month, {name} added.",
)


def report(number: int, seed: int = 0, sentences: int = 14) -> dict[str, str]:
    """One report as a JSON-lines object of `accordingto read`; about fifteen words a sentence."""
    chance = random.Random(seed * 1_000_003 + number)
    day = date(2024, 1, 1) + timedelta(days=chance.randrange(365))
    lines: list[str] = []
    for _ in range(sentences):
        town, other = chance.sample(TOWNS, 2)
        n = chance.randrange(3, 900)
        lines.append(
            chance.choice(SENTENCES).format(
                n=f"{n:,}",
                m=chance.randrange(1, n),
                kind=chance.choice(KINDS),
                town=town,
                other=other,
                day=chance.choice(DAYS),
                body=chance.choice(BODIES),
                name=chance.choice(NAMES),
                role=chance.choice(ROLES),
            )
        )
    text = "\n\n".join(" ".join(s[0].upper() + s[1:] for s in lines[i : i + 3]) for i in range(0, len(lines), 3))
    return {"id": f"made-{seed}-{number}", "date": day.isoformat(), "outlet": f"Outlet {number % 17}", "text": text}


def reports(count: int, seed: int = 0) -> Iterator[dict[str, str]]:
    """`count` reports of one seed."""
    return (report(number, seed) for number in range(count))


def write(path: str, count: int, seed: int = 0) -> int:
    """Write them as JSON lines; returns the number of words."""
    words = 0
    with open(path, "w", encoding="utf-8") as out:
        for made in reports(count, seed):
            out.write(json.dumps(made, ensure_ascii=False) + "\n")
            words += len(made["text"].split())
    return words
