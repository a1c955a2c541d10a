"""What people decided about questions: figures split off, questions merged, a question renamed.

A decision is a Review on a figure, never on a question: figures stay where they were said, questions come and go.
Decisions are replayed in the order they were given over the questions that were found; one whose figures are not there
changes nothing.

    split    `record` and the figures in `correction` (ids, with blanks between) answer a question of their own
    merge    the questions that hold `record` and `correction` are one
    rename   the question that holds `record` is called `correction`
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ..records import Entry, Question, Review
from .grouping import question

GROUPING = ("split", "merge", "rename")


def applied(questions: Sequence[Question], entries: Mapping[str, Entry], decisions: Iterable[Review]) -> list[Question]:
    """The questions as people decided them."""
    groups = {one.id: list(one.figures) for one in questions}
    home = {figure: one.id for one in questions for figure in one.figures}
    labels: dict[str, str] = {}
    for number, review in enumerate(decisions):
        if review.record not in home:
            continue
        if review.verdict == "split":
            _split(groups, home, [review.record, *_others(review)], f"split {number}")
        elif review.verdict == "merge":
            for other in _others(review):
                _merge(groups, home, review.record, other)
        elif review.verdict == "rename" and review.correction:
            labels[review.record] = review.correction
    held = {one.figures: one for one in questions}
    made = [_made(figures, held, entries) for figures in groups.values() if figures]
    names = {home[figure]: label for figure, label in labels.items()}
    return [replace(one, label=names[home[one.figures[0]]]) if home[one.figures[0]] in names else one for one in made]


def _others(review: Review) -> list[str]:
    return (review.correction or "").split()


def _split(groups: dict[str, list[str]], home: dict[str, str], figures: Sequence[str], name: str) -> None:
    """Take figures out of the question of the first of them, unless they are all of it."""
    whole = groups[home[figures[0]]]
    out = [figure for figure in whole if figure in figures]
    if len(out) < len(whole):
        groups[home[figures[0]]] = [figure for figure in whole if figure not in figures]
        groups[name] = out
        home.update(dict.fromkeys(out, name))


def _merge(groups: dict[str, list[str]], home: dict[str, str], one: str, other: str) -> None:
    if other in home and home[one] != home[other]:
        moved = groups.pop(home[other])
        groups[home[one]].extend(moved)
        home.update(dict.fromkeys(moved, home[one]))


def _made(figures: Sequence[str], held: Mapping[tuple[str, ...], Question], entries: Mapping[str, Entry]) -> Question:
    """The question as it was found where its figures did not change, else made anew."""
    return held.get(tuple(figures)) or question(entries[figures[0]].kind, [entries[figure] for figure in figures])
