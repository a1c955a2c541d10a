"""An answer for a person at a terminal: low, best, high, then each origin with its words and its history."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from rich.console import Console, Group
from rich.text import Text

from .. import reconcile
from ..publish.wording import begin, many
from ..reconcile.rules import point
from ..reconcile.saying import said
from ..records import Answer, Entry, Stand
from .out import reports

CHAIN = " ← "
SHORT = 8
"""Digits of an id that are shown."""
NARROW = 60
"""Columns below which an origin takes a line of its own shape instead of a row of a table."""
TIES = 3
"""Reports of an origin of which is said why they are no witnesses of their own."""
QUOTED = 2
"""Lines of a quotation shown under an origin."""


def table(answer: Answer, entries: Iterable[Entry], width: int = 80, copies: Mapping[str, str] | None = None) -> Group:
    """The answer for a person to read: the question, low / best / high, then each origin with its words, its history,
    and why its reports are one witness; `copies` as `reconcile.copies` gives them."""
    rows = {entry.figure: entry for entry in entries}
    return Group(*_lines(answer, rows, width, copies or {}))


def choices(answers: Iterable[Answer], width: int, first: int = 1) -> Iterator[Text]:
    """A numbered list of questions, each with its answer in a line and its id."""
    for number, answer in enumerate(answers, first):
        label = Text(begin(answer.question.label))
        for line, part in enumerate(label.wrap(_plain(), max(10, width - 4))):
            yield Text(f"{number:>3} " if line == 0 else "    ", style="bold") + part
        told_in = {report for stand in answer.stands for report in stand.origin.reports}
        counts = f"{many(len(answer.stands), 'origin')}, {many(len(told_in), 'report')}"
        told = f"{_short_answer(answer)} · {counts}" if answer.stands else _nothing(answer, ())
        yield _cut(Text(f"    {told} · {answer.question.id[:SHORT]}", style="dim"), width)


def _short_answer(answer: Answer) -> str:
    """ "27 (12 to 33)", "400 or more", "60"."""
    low, high = _ends(answer)
    best = "open" if answer.best is None else f"{answer.best:,}"
    if low == best:
        return high if high.startswith(best) else f"{best} (to {high})"
    return f"{best} ({low} to {high})"


def span(low: int | None, high: int | None) -> str:
    """Bounds in few characters: "400", "60–70", "at least 500", "up to 300", "?"."""
    if low is None:
        return "?" if high is None else f"up to {high:,}"
    if high is None:
        return f"at least {low:,}"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def _lines(answer: Answer, rows: Mapping[str, Entry], width: int, copies: Mapping[str, str]) -> Iterator[Text]:
    count, origins = len(reports(answer, rows)), len(answer.stands)
    yield _cut(Text(begin(answer.question.label), style="bold"), width)
    when = "".join(f", {name} {day}" for name, day in (("as of", answer.as_of), ("known on", answer.known_on)) if day)
    if not answer.stands:
        yield Text(f"  {_nothing(answer, rows.values())}", style="dim")
        return
    best = "open" if answer.best is None else f"{answer.best:,}"
    low, high = _ends(answer)
    yield Text.assemble(
        "  low ", (low, "bold"), "   best ", (best, "bold"), "   high ", (high, "bold"), f"   rule: {answer.rule}{when}"
    )
    yield Text(f"  {many(count, 'report')}, {many(origins, 'origin')}", style="dim")
    names = min(34, max(12, width - 46))
    if width >= NARROW:
        yield Text(f"  {'origin':<{names}} {'said':<20} {'as of':<11} reports", style="dim")
    for stand in answer.stands:
        yield from _origin(stand, rows, width, names)
        yield from _ties(stand, rows, width, copies, answer.question.id[:SHORT])


def _nothing(answer: Answer, rows: Iterable[Entry]) -> str:
    """Why nobody stands by any figure."""
    held = list(rows)
    if held and all(row.verdict == "reject" for row in held):
        return f"every figure was rejected ({len(held)}); accordingto show {answer.question.id[:SHORT]} has them"
    if answer.known_on and not held:
        return f"nothing known on {answer.known_on}"
    return "nothing said" + (f" by {answer.as_of}" if answer.as_of else "")


def _origin(stand: Stand, rows: Mapping[str, Entry], width: int, names: int) -> Iterator[Text]:
    row = rows[stand.figure]
    count = len({rows[figure].report for figure in stand.history if figure in rows})
    if width < NARROW:
        yield _cut(Text(f"  {stand.origin.name}", style="bold"), width)
        yield Text(f"    {_as_said(row)}, {stand.as_of or 'unknown day'}, {many(count, 'report')}")
    else:
        yield Text.assemble(
            "  ", (f"{_short(stand.origin.name, names):<{names}}", "bold"), f" {_short(_as_said(row), 20):<20} ",
            f"{stand.as_of or 'unknown':<11} {count}",
        )  # fmt: skip
    via = CHAIN.join((row.publisher or row.report_name, *row.chain))
    yield _cut(Text(f"    via {via}", style="dim"), width)
    earlier = _history(stand, rows)
    if earlier:
        yield _cut(Text(f"    before: {earlier}", style="dim"), width)
    for line in wrapped(f"“{_around(row, QUOTED * (width - 8))}”", width - 4)[: QUOTED + 1]:
        yield Text(f"    {line}", style="italic")


def _ties(
    stand: Stand, rows: Mapping[str, Entry], width: int, copies: Mapping[str, str], question: str
) -> Iterator[Text]:
    """Why the reports of an origin are one witness: of the first few, one line each."""
    first: dict[str, Entry] = {}
    for row in (rows[figure] for figure in stand.history if figure in rows):
        first.setdefault(row.report, row)
    for tie in reconcile.tied(list(first.values())[: TIES + 1], copies):
        for number, line in enumerate(wrapped(f"{rows[tie.figure].report_name}: {tie.words}", width - 6)):
            yield Text(f"    {line}" if not number else f"      {line}", style="dim")
    if len(first) > TIES + 1:
        yield Text(f"    … {len(first) - TIES - 1} more: accordingto show {question}", style="dim")


def _history(stand: Stand, rows: Mapping[str, Entry]) -> str:
    """What the origin said before, newest first, each number once."""
    seen = {(stand.low, stand.high)}
    told = []
    for figure in reversed(stand.history[:-1]):
        row = rows.get(figure)
        if row and (row.low, row.high) not in seen:
            seen.add((row.low, row.high))
            told.append(f"{_as_said(row)} ({said(row) or 'unknown day'})")
    return ", ".join(told)


def _as_said(row: Entry) -> str:
    number = span(row.low, row.high)
    if (
        row.low != row.high
        and None not in (row.low, row.high)
        and row.exact
        and not any(c.isdigit() for c in row.exact)
    ):
        return f"“{row.exact}”"
    return f"{row.qualifier} {number}" if row.qualifier and row.low == row.high else number


def _ends(answer: Answer) -> tuple[str, str]:
    """Low and high for reading: an open end shows the outermost number said, "500 or more" or "under 300"."""
    said_ = [value for stand in answer.stands if (value := point(stand)) is not None]
    tops = [value for stand in answer.stands for value in (stand.low, stand.high) if value is not None]
    low = f"{answer.low:,}" if answer.low is not None else f"under {min(said_):,}" if said_ else "?"
    high = f"{answer.high:,}" if answer.high is not None else f"{max(tops):,} or more" if tops else "?"
    return low, high


def _around(row: Entry, length: int) -> str:
    """The sentence, or the part of it around the figure."""
    text = re.sub(r"\s+", " ", row.sentence).strip()
    if len(text) <= length:
        return text
    at = max(0, text.find(re.sub(r"\s+", " ", row.exact)))
    start = max(0, min(at - length // 3, len(text) - length))
    start = text.find(" ", start) + 1 if start else 0
    end = text.rfind(" ", start, start + length)
    return ("… " if start else "") + text[start : max(end, at + len(row.exact))] + " …"


def wrapped(text: str, width: int) -> list[str]:
    """The words in lines of so many columns."""
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}" if line else word
    return [*lines, line] if line else lines


def _short(text: str, width: int) -> str:
    return text if len(text) <= width else text[: max(1, width - 1)].rstrip() + "…"


def _cut(text: Text, width: int) -> Text:
    text.truncate(max(1, width), overflow="ellipsis")
    return text


def _plain() -> Console:
    return Console(width=80)
