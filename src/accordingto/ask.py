"""Asking in plain words, and showing an answer: as lines for a terminal, or as JSON with everything behind it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz
from rich.console import Group
from rich.table import Table
from rich.text import Text

from . import who
from .reconcile.answers import point
from .reconcile.saying import said
from .reconcile.words import alike, listed, section, stem, words
from .records import Answer, Entry, Question, Stand

SPELT = 85
"""Similarity (0–100) of a word asked and a word of a question that may be one word, at least."""
ENOUGH = 0.6
"""Share of the words asked that a question must hold."""
CHAIN = " ← "
QUOTED = 2
"""Lines of a quotation shown under an origin."""


def find(words_: str, questions: Iterable[Question]) -> list[Question]:
    """The questions the words ask, best first: kinds by their words, then actor, place and label. None fit: empty.

    "dead in Makiivka", "north korean soldiers killed"; a question's id, or its beginning, finds that question.
    """
    held = list(questions)
    named = [question for question in held if len(words_.strip()) >= 6 and question.id.startswith(words_.strip())]
    if named:
        return named
    kinds, asked = _understood(words_)
    if kinds:
        held = [question for question in held if question.kind in kinds]
    if not asked:
        return sorted(held, key=_rank) if kinds or not words(words_) else []
    scores = _scores(asked, held)
    best = [(score, question) for question in held if (score := scores.get(question.id, 0.0)) >= ENOUGH]
    return [question for _, question in sorted(best, key=lambda pair: (-round(pair[0], 3), *_rank(pair[1])))]


def table(answer: Answer, entries: Iterable[Entry], width: int = 80) -> Group:
    """The answer for a person to read: the question, low / best / high, then each origin with its words and history."""
    rows = {entry.figure: entry for entry in entries}
    return Group(*_lines(answer, rows, width))


def listing(answers: Iterable[Answer]) -> Table:
    """Every question in a line: its label, low – best – high, and how many origins answer it."""
    table_ = Table(box=None, pad_edge=False, header_style="dim")
    table_.add_column("question", overflow="fold", ratio=1)
    for title in ("low", "best", "high", "origins"):
        table_.add_column(title, justify="right", no_wrap=True)
    for answer in answers:
        best = "?" if answer.best is None else f"{answer.best:,}"
        low, high = _ends(answer)
        table_.add_row(Text(answer.question.label), low, best, high, str(len(answer.stands)))
    return table_


def as_json(answer: Answer, entries: Iterable[Entry]) -> dict[str, Any]:
    """Everything behind the answer as JSON values: every origin, every figure with its sentence, span and chain."""
    rows = {entry.figure: entry for entry in entries}
    question = answer.question
    return {
        "question": {
            "id": question.id, "label": question.label, "kind": question.kind, "actor": question.actor,
            "place": question.place, "period": question.period,
        },
        "as_of": answer.as_of,
        "rule": answer.rule,
        "low": answer.low,
        "best": answer.best,
        "high": answer.high,
        "reports": len(_reports(answer, rows)),
        "origins": [_stand(stand) for stand in answer.stands],
        "figures": [asdict(rows[figure]) for figure in question.figures if figure in rows],
    }  # fmt: skip


def span(low: int | None, high: int | None) -> str:
    """Bounds in few characters: "400", "60–70", "at least 500", "up to 300", "?"."""
    if low is None:
        return "?" if high is None else f"up to {high:,}"
    if high is None:
        return f"at least {low:,}"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def _understood(asked: str) -> tuple[frozenset[str], list[str]]:
    """The kinds the words name, and the other words that tell, stemmed."""
    heads = {stem(word): kind for kind, known in section("asked").items() for word in known}
    idle = {stem(word) for word in section("idle").get("words", ())} | listed("small")
    kinds, others = set(), []
    for word in words(asked):
        if stem(word) in heads:
            kinds.add(heads[stem(word)])
        elif word not in idle and stem(word) not in idle:
            others.append(stem(word))
    return frozenset(kinds), others


def _scores(asked: Sequence[str], questions: Sequence[Question]) -> dict[str, float]:
    """For each question the share of the words asked that it holds."""
    holders: dict[str, set[str]] = defaultdict(set)
    for question in questions:
        for word in _vocabulary(question):
            holders[word].add(question.id)
    scores: dict[str, float] = defaultdict(float)
    for word in asked:
        best: dict[str, float] = {}
        for known, score in _matches(word, holders):
            for ident in holders[known]:
                best[ident] = max(best.get(ident, 0.0), score)
        for ident, score in best.items():
            scores[ident] += score
    return {ident: score / len(asked) for ident, score in scores.items()}


def _matches(word: str, known: Iterable[str]) -> Iterator[tuple[str, float]]:
    """Words of the questions that can be the word asked: the same, another for the same, or a spelling of it."""
    group = _meaning(word)
    for other in known:
        if other == word:
            yield other, 1.0
        elif group and _meaning(other) == group:
            yield other, 0.8
        elif len(word) >= 5 and len(other) >= 5 and fuzz.ratio(word, other) >= SPELT:
            yield other, 0.9


@lru_cache(maxsize=65536)
def _meaning(word: str) -> str | None:
    """What words for one thing share: a country, or people of one sector."""
    thing = alike("things").get(word)
    if thing:
        return thing
    country = who.country_of(word.capitalize())
    if country:
        return "country " + country
    sector = who.actor(word).sector
    return f"sector {sector}" if sector and sector != "CVL" else None


def _vocabulary(question: Question) -> frozenset[str]:
    told = " ".join(
        part for part in (question.label, question.actor, question.place, question.kind.removeprefix("other:")) if part
    )
    return frozenset(stem(word) for word in words(told))


def _rank(question: Question) -> tuple[int, str, str]:
    return -len(question.figures), question.label, question.id


def _reports(answer: Answer, rows: Mapping[str, Entry]) -> set[str]:
    return {rows[figure].report for stand in answer.stands for figure in stand.history if figure in rows}


def _stand(stand: Stand) -> dict[str, Any]:
    return {
        "id": stand.origin.id, "name": stand.origin.name, "low": stand.low, "high": stand.high, "as_of": stand.as_of,
        "figure": stand.figure, "history": list(stand.history), "reports": list(stand.origin.reports),
    }  # fmt: skip


def _lines(answer: Answer, rows: Mapping[str, Entry], width: int) -> Iterator[Text]:
    reports, origins = len(_reports(answer, rows)), len(answer.stands)
    yield _cut(Text(answer.question.label[:1].upper() + answer.question.label[1:], style="bold"), width)
    if not answer.stands:
        yield Text("  nothing said" + (f" by {answer.as_of}" if answer.as_of else ""), style="dim")
        return
    best = "?" if answer.best is None else f"{answer.best:,}"
    low, high = _ends(answer)
    when = f", as of {answer.as_of}" if answer.as_of else ""
    yield Text.assemble(
        "  low ", (low, "bold"), "   best ", (best, "bold"), "   high ", (high, "bold"), f"   rule: {answer.rule}{when}"
    )
    yield Text(f"  {_many(reports, 'report')}, {_many(origins, 'origin')}", style="dim")
    names = min(34, max(12, width - 46))
    yield Text(f"  {'origin':<{names}} {'said':<20} {'as of':<11} reports", style="dim")
    for stand in answer.stands:
        yield from _origin(stand, rows, width, names)


def _origin(stand: Stand, rows: Mapping[str, Entry], width: int, names: int) -> Iterator[Text]:
    row = rows[stand.figure]
    reports = len({rows[figure].report for figure in stand.history if figure in rows})
    yield Text.assemble(
        "  ", (f"{_short(stand.origin.name, names):<{names}}", "bold"), f" {_short(_as_said(row), 20):<20} ",
        f"{stand.as_of or 'unknown':<11} {reports}",
    )  # fmt: skip
    via = CHAIN.join((row.publisher or row.report_name, *row.chain))
    yield _cut(Text(f"    via {via}", style="dim"), width)
    earlier = _history(stand, rows)
    if earlier:
        yield _cut(Text(f"    before: {earlier}", style="dim"), width)
    for line in _wrapped(f"“{_around(row, QUOTED * (width - 8))}”", width - 4)[: QUOTED + 1]:
        yield Text(f"    {line}", style="italic")


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


def _wrapped(text: str, width: int) -> list[str]:
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


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count:,} {noun}s"
