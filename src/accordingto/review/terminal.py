"""The queue on a terminal: a figure in its words, one key decides and moves on (keys.toml says which).

A Textual app. It holds no decision of its own: each is in the ledger before the next figure is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual import events
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from ..errors import AccordingtoError
from ..publish import wording
from . import corrections, keys
from .desk import Card, Desk
from .listing import SHORT, about, said, why

_SPELT = {"slash": "/", "question_mark": "?"}
"""Keys Textual has a name for and people write as they are."""
_HINTS = ("accept", "reject", "unsure", "insufficient", "correct", "skip", "undo", "help")


class Help(ModalScreen[None]):
    """The keys; any key closes it."""

    DEFAULT_CSS = (
        "Help { align: center middle; } Help > Static { width: 76; border: round; padding: 1 2; height: auto; }"
    )

    def compose(self) -> ComposeResult:
        table = Table(box=None, show_header=False, pad_edge=False)
        for one in keys.in_use():
            table.add_row(Text(one.key, "bold"), Text(one.says))
        yield Static(table)

    def on_key(self, event: events.Key) -> None:
        event.stop()
        self.dismiss()


class Review(App[None]):
    """One person's queue."""

    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None
    CSS = """
    #card { padding: 1 2; }
    #where, #hints { height: 1; padding: 0 2; background: $surface; }
    #said { height: auto; min-height: 1; padding: 0 2; }
    #line { display: none; }
    #line.open { display: block; }
    """
    BINDINGS: ClassVar = [("ctrl+c", "quit", "stop")]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.card: Card | None = None
        self.acts = {one.key: one.act for one in keys.in_use()}
        self.words, self.reason = "", ""
        self._answered: Callable[[str], None] | None = None
        self._path: list[str] = []

    def compose(self) -> ComposeResult:
        yield Static(id="where")
        yield VerticalScroll(Static(id="body"), id="card", can_focus=False)
        yield Static(id="said")
        yield Input(id="line")
        yield Static(id="hints")

    def on_mount(self) -> None:
        shown = [one for one in keys.in_use() if one.act in _HINTS]
        self._put("hints", Text("  ".join(f"{one.key} {one.act}" for one in shown), "dim", no_wrap=True))
        self._go(self.desk.after())

    # keys

    def on_key(self, event: events.Key) -> None:
        line = self.query_one("#line", Input)
        if line.has_class("open"):
            if event.key == "escape":
                self._close(line)
            return
        key = _SPELT.get(event.key, event.key)
        act = self.acts.get(key) or self.acts.get(event.character or "")
        if act is None:
            return
        event.stop()
        event.prevent_default()
        try:
            self._act(act)
        except AccordingtoError as error:
            self._say(str(error), "bold red")

    def _act(self, act: str) -> None:
        if act == "quit":
            self.exit()
        elif act == "help":
            self.push_screen(Help())
        elif act == "undo":
            self._undo()
        elif act == "search":
            self._ask("only claims with these words (empty: all)", self.words, self._search)
        elif self.card is None:
            self._say("nothing is left to decide here")
        elif act in keys.DECIDING:
            self._decide(act)
        elif act in ("skip", "next"):
            self._go(self.desk.after(self.card.figure, self.words), "nothing comes after this one")
        elif act == "previous":
            self._go(self.desk.before(self.card.figure, self.words), "nothing comes before this one")
        elif act == "reason":
            self._ask("why", self.reason, self._because)
        elif act == "correct":
            self._ask(corrections.EXAMPLE, "", lambda text: self._decide("correct", text))
        elif act == "split":
            self._decide("split")
        elif act == "merge":
            self._ask("merge its question with the question of this id", "", lambda text: self._decide("merge", text))

    # what keys do

    def _decide(self, verdict: str, correction: str | None = None) -> None:
        assert self.card is not None
        card, figure = self.card, self.card.figure
        given: str | dict[str, str] | None = correction
        onward = self.desk.after(figure, self.words)
        decided = self.desk.decide(figure, verdict, self.reason or None, given, card.seen)
        self.reason = ""
        if verdict in ("split", "merge"):
            self._go(figure)
        else:
            self._go(onward if onward != figure else None)
        told = [f"{verdict}: {about(card.entry)}"]
        told += [f"meanwhile {said(one)}" for one in decided.meanwhile]
        self._say("\n".join(told), "yellow" if decided.meanwhile else "green")

    def _undo(self) -> None:
        taken = self.desk.undo()
        if taken is None:
            self._say("nothing to undo")
            return
        if self.desk.ledger.decisions.weight(taken.record):
            self._go(taken.record)
        self._say(f"withdrawn: {said(taken)}")

    def _search(self, words: str) -> None:
        self.words = words.strip()
        self._go(self.desk.after(None, self.words), f"nothing undecided has the words {self.words!r}")

    def _because(self, words: str) -> None:
        self.reason = words.strip()
        self._say(f"why, with the next decision: {self.reason}" if self.reason else "no reason")

    # what is shown

    def _go(self, figure: str | None, otherwise: str | None = None) -> None:
        """Show a figure; where there is none, say so and stay, or show that all is done."""
        if figure is None and otherwise and self.card is not None:
            self._say(otherwise)
            return
        if figure is None:
            figure = self.desk.after(None, self.words)
        self.card = self.desk.card(figure) if figure else None
        left, done = self.desk.counts()
        name = f"{self.desk.sample}, " if self.desk.sample else ""
        among = f"  search: {self.words}" if self.words else ""
        self._put("where", Text(f"{name}{self.desk.reviewer}: {left:,} to decide, {done:,} decided{among}", "bold"))
        self._put("body", _told(self.card, self.desk.work) if self.card else Text("Nothing is left to decide here."))
        self._say("")

    def _say(self, words: str, style: str = "dim") -> None:
        self._put("said", Text(words, style))

    def _put(self, id: str, shown: Text | Table) -> None:
        self.query_one(f"#{id}", Static).update(shown)

    # the line people write in

    def _ask(self, what: str, value: str, then: Callable[[str], None]) -> None:
        line = self.query_one("#line", Input)
        line.placeholder, line.value, self._answered = what, value, then
        line.add_class("open")
        line.focus()
        self._say(f"{what}; Enter takes it, Escape leaves")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        line, then = self.query_one("#line", Input), self._answered
        try:
            if then is not None:
                then(event.value)
            self._close(line, keep=True)
        except AccordingtoError as error:
            self._say(str(error), "bold red")

    def _close(self, line: Input, keep: bool = False) -> None:
        line.remove_class("open")
        self.set_focus(None)
        self._answered = None
        if not keep:
            self._say("")


def _told(card: Card, work: str) -> Text:
    """A figure as it is put before a person."""
    entry = card.entry
    passage = Text.assemble(card.before.split("\n\n")[-1], (entry.exact, "reverse bold"), card.after.split("\n\n")[0])
    told = Text()
    told.append(f"{wording.said(entry.low, entry.high, entry.qualifier)} {wording.kind(entry.kind)}\n", "bold")
    rows = [
        ("counted", entry.counted),
        ("source", wording.chain(entry.publisher or entry.report_name, entry.chain)),
        ("time", wording.time(entry.edtf)),
        ("place", ", ".join(filter(None, (entry.place, entry.place_country)))),
        ("question", card.question and wording.dated(card.question.label)),
        ("report", f"{entry.report_name}, {wording.day(entry.published)}"),
        ("why here", why(card.weight, card.doubts) if work == "queue" else ", ".join(card.doubts)),
        ("figure", entry.figure[:SHORT]),
    ]
    for name, value in rows:
        if value:
            told.append(f"{name:<9} ", "dim").append(f"{value}\n")
    told.append("\n").append_text(passage).append("\n")
    for one in (*card.reviews, *card.codings):
        told.append(f"\n{said(one)}", "yellow")
    return told
