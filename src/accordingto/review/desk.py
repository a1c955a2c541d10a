"""A person's desk: the next figure to decide, with all that is needed to decide it; a decision; an undo.

Three kinds of work go over it: the queue of everything undecided; a sample, coded blind (a coder sees neither the
others' verdicts nor what was decided before); the figures of a sample that its coders disagree on, for an adjudicator.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..errors import InputError, NotFound
from ..reconcile import GROUPING
from ..records import Entry, Question, Review
from .agreement import disputed
from .verdicts import decision
from .weights import Weight

if TYPE_CHECKING:
    from ..ledger import Ledger

AROUND = 500
"""Code points of the report shown before and after a figure, at most."""
_CUT_HEAD, _CUT_TAIL = re.compile(r"\A\S*\s+"), re.compile(r"\s+\S*\Z")
"""Where words before and after a figure are cut, so that none is cut in two."""
Work = Literal["queue", "code", "adjudicate"]


@dataclass(frozen=True, slots=True)
class Card:
    """A figure as it is put before a person: `entry` as it stands now, `read` as the reader understood it; the words of
    the report `before`, of the figure and `after`; what was said of it so far, and the `number` of the last of that."""

    figure: str
    entry: Entry
    read: Entry
    question: Question | None
    before: str
    after: str
    doubts: tuple[str, ...]
    weight: Weight | None
    reviews: tuple[Review, ...]
    codings: tuple[Review, ...]

    @property
    def seen(self) -> int:
        """The number of the last verdict this card shows."""
        return max((review.number or 0 for review in self.reviews), default=0)


class Decided(NamedTuple):
    """What a decision did: the verdict as it was added, and what others had said since the card was shown."""

    review: Review
    meanwhile: tuple[Review, ...] = ()


class Desk:
    """One person's work on a ledger."""

    def __init__(self, ledger: Ledger, reviewer: str, sample: str | None = None, work: Work = "queue") -> None:
        if not reviewer.strip():
            raise InputError("a verdict needs the name of who gives it; set --reviewer or ACCORDINGTO_REVIEWER")
        if (sample is None) != (work == "queue"):
            raise InputError("coding blind and adjudicating are done on a sample; name it (--sample)")
        self.ledger, self.reviewer, self.sample, self.work = ledger, reviewer.strip(), sample, work
        self._store, self._decisions = ledger._store, ledger.decisions
        if sample is not None and not self._decisions.sampled(sample):
            raise NotFound(f"no sample is called {sample!r}; accordingto review sample N --name {sample} draws one")

    # where the work stands

    def open(self) -> None:
        """Put in the queue what came in or was corrected since; the next figures are found in it as it is then."""
        self.ledger.reconcile()
        self._decisions.weigh()

    def after(self, figure: str | None = None, words: str = "") -> str | None:
        """The figure to decide after this one, the first one without it; of those whose claim has the words."""
        return self._beside(figure, 1, words)

    def before(self, figure: str, words: str = "") -> str | None:
        """The undecided figure before this one."""
        return self._beside(figure, -1, words)

    def _beside(self, figure: str | None, way: int, words: str) -> str | None:
        if self.sample is None:
            if figure is None:
                self.open()
            found = self._decisions.following(figure, way, words)
            return found[0].figure if found else None
        return _step(self._decisions.sampled(self.sample), self._open(), figure, way)

    def _open(self) -> set[str]:
        """The figures of the sample this person has still to do."""
        assert self.sample is not None
        codings = self._decisions.codings(self.sample)
        if self.work == "code":
            done = {one.record for one in codings if one.reviewer == self.reviewer}
            return set(self._decisions.sampled(self.sample)) - done
        read = {
            entry.figure: entry for entry in self._store.entries(self._decisions.sampled(self.sample), as_read=True)
        }
        decided = {entry.figure for entry in self.ledger.entries(list(read)) if entry.verdict is not None}
        return set(disputed(read, codings)) - decided

    def counts(self) -> tuple[int, int]:
        """How many figures are still to be done, and are done."""
        if self.sample is None:
            return self._decisions.queue_counts()
        left = len(self._open())
        return left, len(self._decisions.sampled(self.sample)) - left

    # one figure

    def card(self, figure: str) -> Card:
        """What is needed to decide on a figure, by its id or the beginning of it. Raises NotFound."""
        whole = self.ledger._id(figure, ("figure",))[1]
        (read,) = self._store.entries([whole], as_read=True)
        blind = self.work == "code"
        entry = read if blind else next(self._store.entries([whole]))
        before, after = self._words(read)
        claim, report = self._decisions.doubts_of(whole)
        shown = () if blind else self._said(read)
        return Card(
            whole,
            entry,
            read,
            None if blind else self._store.question_of(whole),
            before,
            after,
            tuple(dict.fromkeys((*claim, *report))),
            self._decisions.weight(whole),
            shown,
            tuple(self._coded(whole)),
        )

    def _words(self, entry: Entry) -> tuple[str, str]:
        """The words of the report before and after a figure; those of its sentence where the text is another."""
        report = self._store.report(entry.report)
        text = report.text if report else ""
        if text[entry.start : entry.end] == entry.exact:
            first, last = max(0, entry.start - AROUND), entry.end + AROUND
            before, after = text[first : entry.start], text[entry.end : last]
            return _CUT_HEAD.sub("…", before) if first else before, _CUT_TAIL.sub("…", after) if text[last:] else after
        head, _, tail = entry.sentence.partition(entry.exact)
        return head, tail

    def _said(self, entry: Entry) -> tuple[Review, ...]:
        """The verdicts on a figure and its claim that were not withdrawn, oldest first."""
        return tuple(self._decisions.said(entry.figure, entry.claim))

    def _coded(self, figure: str) -> list[Review]:
        """The codings of a figure this person may see: their own, or all for the adjudicator."""
        if self.sample is None:
            return []
        mine = self.reviewer if self.work == "code" else None
        return [
            one
            for one in self._decisions.codings(self.sample)
            if one.record == figure and (mine is None or one.reviewer == mine)
        ]

    def decide(
        self,
        figure: str,
        verdict: str,
        note: str | None = None,
        correction: str | Mapping[str, str] | None = None,
        seen: int | None = None,
    ) -> Decided:
        """Add a verdict. `seen`: the number of the last verdict the person had before them (Card.seen)."""
        sample = self.sample if self.work == "code" else None
        if verdict in GROUPING:
            grouped = self.ledger.review(figure, verdict, self.reviewer, note, correction)
            self.ledger.reconcile()
            return Decided(grouped)
        (read,) = self._store.entries([self.ledger._id(figure, ("figure",))[1]], as_read=True)
        made = self._store.decide(decision(read.figure, verdict, self.reviewer, note, correction, sample=sample))
        if seen is None or sample is not None:
            return Decided(made)
        others = (one for one in self._said(read) if seen < (one.number or 0) < (made.number or 0))
        return Decided(made, tuple(one for one in others if one.reviewer != self.reviewer))

    def undo(self) -> Review | None:
        """Withdraw this person's last decision that still stands; which it was, None when there is none."""
        sample = self.sample if self.work == "code" else None
        last = self._decisions.last_of(self.reviewer, sample)
        if last is not None:
            self.ledger.withdraw(last, self.reviewer)
            if last.verdict in GROUPING:
                self.ledger.reconcile()
        return last


def _step(order: Sequence[str], still: set[str], figure: str | None, way: int) -> str | None:
    """The next of an order that is still open, beyond a figure; from its beginning again after the end."""
    if figure not in order:
        return next((one for one in order if one in still), None)
    at = order.index(figure)
    around = [*order[at + 1 :], *order[:at]] if way > 0 else [*reversed(order[:at]), *reversed(order[at + 1 :])]
    return next((one for one in around if one in still), None)
