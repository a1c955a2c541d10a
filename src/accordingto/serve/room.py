"""The ledger behind the pages: opened read-only for each request, so that one that was replaced is seen at once.

What costs time (names to withhold, contradictions, lines of lists) is kept as long as the ledger stays as it is. A
ledger that changed is laid in the background; until that is done its pages say what was known before, and say so. Only
the names of people at risk never wait: a new report is looked through before anything of it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, Thread
from typing import Annotated

from fastapi import Depends, Request

from ..errors import AccordingtoError
from ..ledger import Ledger
from ..publish.pages import Pages
from ..publish.state import State
from .settings import Settings

Mark = tuple[int, int, int, int]
"""What tells one state of a ledger from another: file system, file, changes, changes settled."""


class Room:
    """A ledger's file, and what is known of the state it is in."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self.path, self.settings = path, settings
        self.trouble: str | None = None
        self._lock, self._states = Lock(), dict[Mark, State]()
        self._worker: Thread | None = None
        self._laid: tuple[Mark, Ledger] | None = None

    @contextmanager
    def open(self) -> Iterator[Pages]:
        """The pages of the ledger as it is now. Raises LedgerError."""
        self.settle(self.settings.wait)
        with self._ledger() as ledger:
            if self._laid and self._laid[0] == self._mark(ledger):
                ledger.borrow(self._laid[1])
            yield Pages(ledger, self._state(ledger), self.settings.long)

    def settle(self, wait: float | None = None) -> bool:
        """Have a ledger that changed laid and checked, and wait so long for it; whether that is done."""
        with self._lock:
            if self._worker is None or not self._worker.is_alive():
                with self._ledger() as ledger:
                    if ledger.settled() or (self._laid and self._laid[0] == self._mark(ledger)):
                        return True
                self._worker = Thread(target=self._lay, daemon=True)
                self._worker.start()
            worker = self._worker
        worker.join(wait)
        return not worker.is_alive()

    def _lay(self) -> None:
        try:
            with Ledger(self.path, create=False) as ledger:
                ledger.discrepancies()
                self._laid = None if ledger.settled() else (self._mark(ledger), ledger)
            self.trouble = None
        except AccordingtoError as error:
            self.trouble = str(error)

    def _ledger(self) -> Ledger:
        return Ledger(self.path, readonly=True, wait=self.settings.wait)

    def _mark(self, ledger: Ledger) -> Mark:
        held = self.path.stat()
        return (held.st_dev, held.st_ino, *ledger.counters())

    def _state(self, ledger: Ledger) -> State:
        mark = self._mark(ledger)
        with self._lock:
            if mark not in self._states:
                self._states = {mark: State.of(ledger)}
            return self._states[mark]


def _pages(request: Request) -> Iterator[Pages]:
    room: Room = request.app.state.room
    with room.open() as pages:
        yield pages


OfLedger = Annotated[Pages, Depends(_pages)]
"""The pages of the ledger, for a route."""
