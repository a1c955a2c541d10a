"""How long the server takes for each page of a large ledger.

    python bench/pages.py [FIGURES] [--ledger FILE]    a ledger made by machine [100,000], kept when FILE is given

Each page is asked for five times after once; the middle time at the server is printed, with the first one beside it
(some things are worked out once for each state of a ledger). The aim is 300 ms.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from ledgers import World, fill
from starlette.testclient import TestClient

from accordingto.ledger import Ledger
from accordingto.serve.app import create

AIM = 0.3
TIMES = 5


def addresses(client: TestClient) -> Iterator[str]:
    """Every kind of page, those of the largest records."""
    yield from ("/", "/questions", "/questions?page=20", "/questions?kind=killed", "/checks", "/checks?page=5")
    yield from ("/map", "/sources", "/reports", "/reports?page=50", "/changes", "/changes?page=50", "/search")
    yield from ("/search?q=people", "/search?q=market", "/search?q=governor&kind=killed")
    for name, rows in (
        ("questions", "questions"),
        ("checks", "discrepancies"),
        ("sources", "sources"),
        ("map", "places"),
    ):
        yield f"/{client.get(f'/{name}.json').json()[rows][0]['href']}"
    for href in [row["href"] for row in client.get("/reports.json").json()["reports"]][:1]:
        yield f"/{href}"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("figures", type=int, nargs="?", default=100_000)
    options.add_argument("--ledger", type=Path)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        path = given.ledger or Path(scratch) / "pages.accordingto"
        if not path.exists():
            began = time.perf_counter()
            fill(str(path), World(given.figures))
            with Ledger(path) as ledger:
                ledger.discrepancies()
                ledger.names.look()
            print(f"ledger of {given.figures:,} figures made, laid and checked in {time.perf_counter() - began:.0f} s")
        client = TestClient(create(path), base_url="http://127.0.0.1")
        began = time.perf_counter()
        client.app.state.room.warm()  # type: ignore[attr-defined]
        print(f"{time.perf_counter() - began:.1f} s before the first page")
        return show(client)


def show(client: TestClient) -> int:
    """Print the times; 1 when a page is beyond the aim."""
    slow = 0
    print(f"{'first':>8} {'then':>8}  {'bytes':>9}  page")
    for address in addresses(client):
        took = [ask(client, address) for _ in range(TIMES + 1)]
        then = median(seconds for seconds, _ in took[1:])
        slow += then > AIM
        print(
            f"{took[0][0] * 1000:5.0f} ms {then * 1000:5.0f} ms  {took[0][1]:9,}  {address}{'  beyond' * (then > AIM)}"
        )
    return bool(slow)


def ask(client: TestClient, address: str) -> tuple[float, int]:
    began = time.perf_counter()
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code, answer.text[:500])
    return time.perf_counter() - began, len(answer.content)


if __name__ == "__main__":
    sys.exit(main())
