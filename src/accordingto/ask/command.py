"""The command `ask`: one question answered in full, several to choose from, claims where no figure fits, or data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from shlex import quote
from typing import TYPE_CHECKING, Any, TextIO

from rich.console import Console
from rich.text import Text

from .. import dates
from ..errors import InputError, NotFound
from ..publish.wording import begin, chain, many
from ..records import Answer, Claim, Question
from . import chart, out, view
from .asked import understand
from .finding import Found, clear

if TYPE_CHECKING:
    from ..ledger import Ledger

LISTED = 10
WIDEST = 100
CLAIMS = 5
"""Claims shown where no figure answers."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked on the command line."""

    words: str
    as_of: str | None = None
    known_on: str | None = None
    rule: str = "latest"
    source: str | None = None
    where: str | None = None
    pick: int | None = None
    most: int | None = None
    chart: bool | None = None
    as_json: bool = False
    as_csv: bool = False

    @property
    def again(self) -> str:
        """The command that finds the same questions again."""
        options = (("--where", self.where), ("--from", self.source))
        told = [self.words, *(f"{name} {quote(given)}" for name, given in options if given)]
        return " ".join(["accordingto ask", *filter(None, told)])


def run(ledger: Ledger, wanted: Wanted, console: Console, stdout: TextIO) -> Sequence[Answer]:
    """Answer; the answers given. Raises NotFound, InputError."""
    for given, option in ((wanted.as_of, "--as-of"), (wanted.known_on, "--known-on")):
        if given is not None:
            dates.last(given, option)
    found = ledger.find(wanted.words, where=wanted.where, source=wanted.source, most=_looked_for(wanted))
    if not found:
        _claims(ledger, wanted, console, stdout)
        return ()
    chosen = [_picked(found, wanted.pick)] if wanted.pick else found
    if wanted.as_json or wanted.as_csv:
        answers = _answers(ledger, wanted, [one.question for one in chosen[: wanted.most or _all(wanted)]])
        _data(ledger, wanted, answers, stdout)
    else:
        answers = _shown(ledger, wanted, chosen, console)
    return answers


def _looked_for(wanted: Wanted) -> int | None:
    """How many questions are looked for: one more than are shown, so that it is known whether there are others."""
    if wanted.as_json or wanted.as_csv:
        return max(wanted.most or LISTED, wanted.pick or 0) if wanted.words else wanted.most
    return max((wanted.most or LISTED) + 1, wanted.pick or 0)


def _all(wanted: Wanted) -> int | None:
    """How many are given as data when nobody says: a few of those that fit, or every question."""
    return LISTED if wanted.words else None


def _picked(found: Sequence[Found], number: int) -> Found:
    if number > len(found):
        raise InputError(f"--pick {number}: only {many(len(found), 'question')} fit; give a number up to {len(found)}")
    return found[number - 1]


def _answers(ledger: Ledger, wanted: Wanted, questions: Sequence[Question]) -> list[Answer]:
    answers = ledger.answers(questions, wanted.as_of, wanted.rule, wanted.known_on, wanted.source)
    if not answers:
        raise NotFound(
            f"{wanted.source!r} says nothing about {wanted.words or 'this'!r}; ask without --from to see who does"
        )
    return answers


def _data(ledger: Ledger, wanted: Wanted, answers: Sequence[Answer], stdout: TextIO) -> None:
    held = ((answer, ledger.entries_of(answer.question, answer.known_on)) for answer in answers)
    if wanted.as_csv:
        out.as_csv(held, stdout)
    else:
        _put([out.as_json(answer, entries) for answer, entries in held], stdout)


def _shown(ledger: Ledger, wanted: Wanted, found: Sequence[Found], console: Console) -> list[Answer]:
    """One answer in full where one question is meant, and the others to choose from."""
    width, listed = min(console.width, WIDEST), wanted.most or LISTED
    answers = _answers(ledger, wanted, [one.question for one in found[:listed]])
    full = clear(found) and (wanted.words or len(found) == 1)
    if full:
        _full(ledger, wanted, answers[0], console, width)
    others = answers[1:] if full else answers
    if not others:
        return answers[:1]
    if full:
        console.print("Others that fit:", style="dim")
    for line in view.choices(others, width, first=2 if full else 1):
        console.print(line)
    for hint in _next(wanted, others, len(found) > len(answers), 2 if full else 1):
        console.print(hint, style="dim", markup=False)
    return answers[:1] if full else answers


def _full(ledger: Ledger, wanted: Wanted, answer: Answer, console: Console, width: int) -> None:
    entries = ledger.entries_of(answer.question, answer.known_on)
    copies = ledger.copies({entry.report for entry in entries})
    console.print(view.table(answer, entries, width, copies))
    if wanted.chart or (wanted.chart is None and console.is_terminal):
        held = {figure for stand in answer.stands for figure in stand.history}
        told = [entry for entry in entries if not wanted.source or entry.figure in held]
        drawn = list(chart.draw(answer, told, copies, width))
        for line in drawn or ([Text("  nothing to draw: all of one day", style="dim")] if wanted.chart else []):
            console.print(line)


def _next(wanted: Wanted, others: Sequence[Answer], more: bool, first: int) -> Iterator[str]:
    """What to type next."""
    if more:
        yield f"More of them fit; give more words, or --most {LISTED * 3}"
    yield f"Choose by number or id: {wanted.again} --pick {first}"
    yield f"                        accordingto ask {others[0].question.id[: view.SHORT]}"


def _claims(ledger: Ledger, wanted: Wanted, console: Console, stdout: TextIO) -> None:
    """Claims that speak of it, where no figure does. Raises NotFound."""
    asked = understand(wanted.words)
    terms = " ".join([*(term.word for term in asked.terms), *asked.kinds])
    narrowed = wanted.where or wanted.source
    found = ledger.search(terms, wanted.most or CLAIMS) if terms and not narrowed else []
    if not found:
        raise NotFound(_none(ledger, wanted))
    homes = {claim.id: ledger.report(claim.content.report) for claim in found}
    if wanted.as_json:
        _put([out.claim(claim, homes[claim.id].name) for claim in found], stdout)
        return
    if wanted.as_csv:
        out.as_csv((), stdout)
        return
    console.print(Text(f"No figure answers this; {many(len(found), 'claim')} of it:"), style="bold")
    for claim in found:
        for line in _claim(claim, homes[claim.id].publisher or homes[claim.id].name, console.width):
            console.print(line)


def _claim(claim: Claim, outlet: str, width: int) -> Iterator[Text]:
    told = " ".join(claim.content.exact.split())
    for line in view.wrapped(f"“{told}”", min(width, WIDEST) - 4):
        yield Text(f"  {line}", style="italic")
    names = chain(outlet, [link.source.name for link in claim.chain])
    yield Text(f"    {names} · accordingto show {claim.id[: view.SHORT]}", style="dim")


def _none(ledger: Ledger, wanted: Wanted) -> str:
    """That nothing fits, and what the ledger has instead."""
    narrowed = "".join(
        f" {option} {given!r}" for option, given in (("--where", wanted.where), ("--from", wanted.source)) if given
    )
    if not ledger.find(most=1):
        return f"{ledger.path} holds no figures yet; read reports into it: accordingto read INPUT…"
    kinds = sorted(understand(wanted.words).wanted)
    near = [one.question.label for kind in kinds for one in ledger.find(kind, most=2)] if kinds else []
    hint = (
        f"near it: {'; '.join(begin(label) for label in near[:3])}"
        if near
        else "accordingto ask (without words) lists them"
    )
    return f"no question in the ledger matches {wanted.words!r}{narrowed}; {hint}"


def _put(value: Any, stdout: TextIO) -> None:
    stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
