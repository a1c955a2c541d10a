"""How the time to read one report grows with its length, for ordinary and for nasty text.

    python bench/growth.py                         every shape at 2, 10, 50 and 200 KB
    python bench/growth.py --sizes 2 200 1000 --shapes quotation numbers
    python bench/growth.py --stages                a line a stage: prose, tagger, attribute, count, when, where, rest
    python bench/growth.py --stages --sizes 3 120 --shapes reports numbers    500 words against 20,000

A line a shape: milliseconds a kilobyte at each size, and the largest of them over the first (1.0: the time grows
with the length and no faster).  Processor time of this process, which another program's load hardly moves.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from accordingto import count, pipeline, when, where
from accordingto.attribute import claiming
from accordingto.attribute.drafts import tagged
from accordingto.attribute.words import words
from accordingto.intake.language import identified
from accordingto.prose import Prose
from accordingto.records import Report
from accordingto.store import rows

sys.path.insert(0, str(Path(__file__).parent))
import corpus

KB = 1024


def _reports(size: int) -> str:
    """Wire reports one after the other, in paragraphs."""
    made, parts = 0, []
    for report in corpus.reports(size * KB // 500 + 1):
        parts.append(report["text"])
        made += len(parts[-1])
        if made > size * KB:
            break
    return "\n\n".join(parts)


def _filled(line: str) -> Callable[[int], str]:
    return lambda size: line * (size * KB // len(line) + 1)


def _names(size: int) -> str:
    """A list of people with their ages, as in an annex."""
    draw = random.Random(5)
    people = size * KB // 24 + 1
    return ", ".join(f"{draw.choice(corpus.NAMES)}{n % 977}, {draw.randint(5, 80)}" for n in range(people))


def _mixed(size: int) -> str:
    """English beside other scripts, right-to-left marks and emoji."""
    line = (
        "Міністр заявив, що 12 людей загинули. 部长说，有十二人死亡。 قال الوزير إن 12 شخصا قتلوا. 🔥 He said 12 died. "
    )
    return line * (size * KB // len(line) + 1)


def _numbered(size: int) -> str:
    """Twenty thousand words at 120 KB, each sentence with several figures and a place."""
    line = "At least {} people were killed and {} wounded in Odesa and Kharkiv on {} March, Tasko told {} reporters. "
    return " ".join(line.format(n % 97 + 2, n % 89 + 2, n % 28 + 1, n % 7 + 2) for n in range(size * KB // 95 + 1))


SHAPES: dict[str, Callable[[int], str]] = {
    "reports": _reports,
    "one paragraph": lambda size: " ".join(_reports(size).split()),
    "one quotation": lambda size: '"' + " ".join(_reports(size).replace('"', "").split()),
    "capitals": lambda size: _reports(size).upper(),
    "capitals, one line": lambda size: " ".join(_reports(size).upper().split()),
    "no punctuation": lambda size: "".join(c for c in _reports(size) if c.isalnum() or c == " "),
    "numbers": _numbered,
    "digits": _filled("12 345 6,789 0.5 "),
    "one long number": _filled("1234567890"),
    "quotation marks": _filled("\"'“”«»„`’ "),
    "marks and words": _filled('" said "the mayor\' said \'12 killed" '),
    "names": _names,
    "one word": _filled("said "),
    "one letter": _filled("a"),
    "one number word": _filled("hundred "),
    "speakers": _filled("TASKO: How many?\nVALE: Twelve killed, the mayor said.\n"),
    "one word a line": _filled("killed\n"),
    "blanks": _filled(" \t \n"),
    "brackets": _filled("(of whom (12 killed ("),
    "commas": _filled("the mayor, the army, "),
    "capital words": _filled("Northern Civil Defence "),
    "dates": _filled("on 3 March 2025, last Monday, in May, "),
    "scripts": _mixed,
}


def stages(report: Report) -> dict[str, float]:
    """Processor seconds of each stage of reading one report; `rest` gives the figures to their claims and packs all."""
    spent: dict[str, float] = {}

    def timed(name: str, work: Callable[[], object]) -> None:
        start = time.process_time()
        work()
        spent[name] = time.process_time() - start

    prose = Prose(report.text, report.language)
    timed("prose", lambda: (prose.sentences, prose.quotes, prose.quoted(0)))
    timed("tagger", lambda: tagged(prose, words(report.language)))
    figures = count.figures(report, prose)
    timed("attribute", lambda: claiming.claims(report, prose, figures))
    timed("count", lambda: count.figures(report, prose))
    times, places = when.times(report, prose), where.places(report, prose)
    timed("when", lambda: (when.times(report, prose), [when.of(one, times, report, prose) for one in figures]))
    timed("where", lambda: (where.places(report, prose), [where.of(one, places, report, prose) for one in figures]))
    timed("whole", lambda: read(report))
    spent["attribute"] -= spent["tagger"]
    whole = spent.pop("whole")
    spent["rest"] = whole - sum(spent.values())
    return spent


def read(report: Report) -> None:
    """What a worker of `accordingto read` does with a report, from its text to the rows of a ledger."""
    known = identified(report)
    rows.rows(known, pipeline.claims(known), pipeline.VERSION).fields()


def seconds(report: Report) -> float:
    start = time.process_time()
    read(report)
    return time.process_time() - start


def made(name: str, size: int) -> Report:
    """A report of a shape, `size` kilobytes (1024 characters) long, of 3 March 2025, called English."""
    text = SHAPES[name](size)[: size * KB]
    return Report(name, text, hashlib.sha256(text.encode()).hexdigest(), published="2025-03-03", language="en")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[2, 10, 50, 200], metavar="KB")
    parser.add_argument("--shapes", nargs="+", default=list(SHAPES), choices=list(SHAPES), metavar="SHAPE")
    parser.add_argument("--stages", action="store_true", help="a line a stage, in ms a KB")
    asked = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    read(made("reports", 2))  # loads the model, the tables and the places
    print("ms a KB".ljust(22), *(f"{size:>6} KB" for size in asked.sizes), "   growth")
    for name in asked.shapes:
        reports = [made(name, size) for size in asked.sizes]
        if asked.stages:
            print(name)
            spent = [stages(report) for report in reports]
            for stage in spent[0]:
                line("  " + stage, [one[stage] for one in spent], asked.sizes)
        else:
            line(name, [min(seconds(r) for _ in range(max(1, 20 * KB // len(r.text)))) for r in reports], asked.sizes)


def line(name: str, spent: list[float], sizes: list[int]) -> None:
    each = [1000 * one / size for one, size in zip(spent, sizes, strict=True)]
    print(name.ljust(22), *(f"{one:>9.2f}" for one in each), f"{max(each) / max(each[0], 0.01):>9.1f}", flush=True)


if __name__ == "__main__":
    main()
