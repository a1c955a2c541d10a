"""How fast times are read and given to figures, as a ratio to a plain spaCy pass over the same words in the same run.

    python bench/times.py            the ratio, then the cost of a word in reports of 500 to 20,000 words

The spaCy pass is `en_core_web_sm` with its default pipeline in one process; the times are read in this one. HeidelTime,
the yardstick, reads an eighth of the words that this spaCy pass does, so 20 times its speed is a ratio of 2.5.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import corpus
import speed

from accordingto import count, when, where
from accordingto.prose import Prose
from accordingto.records import Report

REPORTS = 60
LENGTHS = (500, 2_000, 20_000)
"""Words of the reports whose cost per word is compared."""


def reports(texts: list[str]) -> list[Report]:
    return [Report(str(n), text, "0", published="2024-05-15", language="en") for n, text in enumerate(texts)]


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def read(report: Report) -> None:
    when.times(report, Prose(report.text, "en"))


def attach(report: Report) -> tuple[float, float]:
    """Seconds to read a report's times and places, each with those of its figures."""
    prose = Prose(report.text, "en")
    figures = list(count.figures(report, prose))
    times, places = when.times(report, prose), where.places(report, prose)
    by_time = seconds(lambda: [when.of(figure, when.times(report, prose), report, prose) for figure in figures[:1]])
    by_time += seconds(lambda: [when.of(figure, times, report, prose) for figure in figures])
    by_place = seconds(lambda: where.places(report, prose))
    return by_time, by_place + seconds(lambda: [where.of(figure, places, report, prose) for figure in figures])


def main() -> None:
    texts = [made["text"] for made in corpus.reports(REPORTS)]
    words = sum(len(text.split()) for text in texts)
    read(reports(texts)[0])
    ours = seconds(lambda: [read(report) for report in reports(texts)])
    spacy = seconds(lambda: speed.spacy_share(texts))
    print(f"{words} words: times {words / ours:,.0f} words/s, spaCy {words / spacy:,.0f}, ratio {spacy / ours:.1f}")
    whole = "\n\n".join(texts)
    attach(reports(texts)[0])
    for length in LENGTHS:
        pieces = (whole + "\n\n") * (1 + length * 10 // len(whole))
        text = " ".join(pieces.split(" ")[:length])
        by_time, by_place = attach(reports([text])[0])
        size = len(text.split())
        print(f"{size} words a report: when {by_time / size * 1e6:.0f}, where {by_place / size * 1e6:.0f} µs a word")


if __name__ == "__main__":
    main()
