"""Reports to incidents: B-cubed F1 over reports whose figures share an event.

    python bench/shootings.py REPORTS.jsonl [--ledger FILE] [--most N]

Each line of REPORTS.jsonl has `incident`, `id`, `title`, `dct` (its day) and `text`. A report belongs to the event of
most of its figures; one without a figure stands alone.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from accordingto.ledger import Ledger
from accordingto.store.shelf import cursor


def events(ledger: Ledger) -> dict[str, int]:
    """The event of most figures of each report, by the report's name."""
    ledger.reconcile()
    query = "SELECT r.name, t.event, t.figures FROM tellings t JOIN reports r ON r.id = t.report ORDER BY t.line"
    votes: dict[str, Counter[int]] = defaultdict(Counter)
    with ledger._store.reading() as connection:
        for name, event, figures in cursor(connection).execute(query):
            votes[name][event] += len(figures.split())
    return {name: max(found, key=lambda event: (found[event], -event)) for name, found in votes.items()}


def bcubed(pairs: list[tuple[str, str]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of (gold, found) groups."""
    both, gold, found = Counter(pairs), Counter(g for g, _ in pairs), Counter(f for _, f in pairs)
    precision = sum(n * n / found[f] for (_, f), n in both.items()) / len(pairs)
    recall = sum(n * n / gold[g] for (g, _), n in both.items()) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--ledger", help="keep the ledger here, or use the one that is here")
    parser.add_argument("--most", type=int, help="only the first so many reports")
    asked = parser.parse_args()
    held = [json.loads(line) for line in asked.reports.read_text("utf-8").splitlines()][: asked.most]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        lines = ({"id": one["id"], "date": one["dct"], "title": one["title"], "text": one["text"]} for one in held)
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        with Ledger(asked.ledger or f"{folder}/reports.accordingto") as ledger:
            if not asked.ledger or not ledger.counts()["report"]:
                ledger.read([path])
            found = events(ledger)
            known = {report.name for report in ledger.reports()}
    pairs = [(one["incident"], str(found.get(one["id"], one["id"]))) for one in held if one["id"] in known]
    print(f"{len(pairs)} reports, {len(found)} with figures; precision, recall, F1: ", end="")
    print(*(f"{rate:.3f}" for rate in bcubed(pairs)))


if __name__ == "__main__":
    main()
