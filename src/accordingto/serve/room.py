"""The ledger behind the pages: opened read-only for each request, so that one that was replaced is seen at once.

What costs time (names to withhold, contradictions, lines of lists) is kept as long as the ledger stays as it is. A
ledger that changed is laid in the background; until that is done its pages say what was known before, and say so. Only
the names of people at risk never wait: they come in with a report.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock, Thread
from typing import Annotated, Any

from fastapi import Depends, Request

from ..errors import AccordingtoError, LedgerError
from ..ledger import Ledger
from ..publish.masking import Mask
from ..publish.pages import Pages
from ..publish.state import State
from .settings import Settings

Mark = tuple[int, int, int, int]
"""What tells one state of a ledger from another: file system, file, changes, changes settled."""
HURRY = 0.5
"""Seconds a page waits for a ledger that changed to be laid and checked, when there is an older state to show."""


class Room:
    """A ledger's file, and what is known of the state it is in."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self.path, self.settings = path, settings
        self.trouble: str | None = None
        self._lock, self._names, self._states = Lock(), Lock(), dict[Any, State]()
        self._masked: tuple[tuple[Any, ...], Mask] | None = None
        self._worker: Thread | None = None
        self._laid: tuple[Mark, Ledger] | None = None
        self._seen: tuple[int, int] | None = None

    @contextmanager
    def open(self) -> Iterator[Pages]:
        """The pages of the ledger as it is now. Raises LedgerError."""
        self.settle(HURRY if self._states else self.settings.wait)
        with self._ledger() as ledger:
            yield self._pages(ledger)

    def settle(self, wait: float | None = None) -> bool:
        """Have a ledger that changed laid and checked, and wait so long for it; whether that is done."""
        with self._lock:
            self._renew()
            if self._worker is None or not self._worker.is_alive():
                with self._ledger() as ledger:
                    if ledger.settled() or (self._laid and self._laid[0] == self._mark(ledger)):
                        return True
                self._worker = Thread(target=self._lay, daemon=True)
                self._worker.start()
            worker = self._worker
        worker.join(wait)
        return not worker.is_alive()

    def notices(self) -> list[str]:
        """What readers are to know of the state the pages are of."""
        if self._worker is not None and self._worker.is_alive():
            return ["New reports are being laid beside the others; until that is done the answers are those of before."]
        return [f"The newest reports are not laid beside the others: {self.trouble}"] if self.trouble else []

    def _renew(self) -> None:
        """Bring a ledger of an earlier version, seen for the first time, to the newest."""
        held = self.path.stat() if self.path.exists() else None
        if held and (held.st_dev, held.st_ino) != self._seen:
            with Ledger(self.path, create=False, wait=self.settings.wait) as ledger:
                with suppress(LedgerError):  # another program is writing: names are then looked for in memory
                    ledger.names.look()
                self._seen = held.st_dev, held.st_ino

    def _lay(self) -> None:
        try:
            with Ledger(self.path, create=False) as ledger:
                ledger.discrepancies()
                self._laid = None if ledger.settled() else (self._mark(ledger), ledger)
            with self._ledger() as ledger:
                self._pages(ledger).warm()
            self.trouble = None
        except AccordingtoError as error:
            self.trouble = str(error).replace(str(self.path), self.path.name)

    def warm(self) -> None:
        """Work out beforehand what the front page shows."""
        self.settle()
        with self.open() as pages:
            pages.warm()

    def _pages(self, ledger: Ledger) -> Pages:
        if self._laid and self._laid[0] == self._mark(ledger):
            ledger.borrow(self._laid[1])
        return Pages(ledger, self._state(ledger), self.settings.long)

    def _ledger(self) -> Ledger:
        return Ledger(self.path, readonly=True, wait=self.settings.wait)

    def _mark(self, ledger: Ledger) -> Mark:
        held = self.path.stat()
        return (held.st_dev, held.st_ino, *ledger.counters())

    def _state(self, ledger: Ledger) -> State:
        mask = self.mask(ledger)
        mark = self._mark(ledger), ledger.names.mark()
        with self._lock:
            if mark not in self._states:
                kept = next((state for (_, names), state in self._states.items() if names == mark[1]), None)
                self._states = {mark: kept.after_decisions(ledger) if kept else State.of(ledger, mask)}
            return self._states[mark].beside(ledger)

    def mask(self, ledger: Ledger) -> Mask:
        """The names to withhold. Nothing is looked through again after decisions on figures, nor a report twice."""
        with self._names:
            mark = ledger.names.mark()
            if self._masked is None or self._masked[0] != mark:
                self._masked = mark, Mask.of(ledger)
            return self._masked[1].beside(ledger)


def _pages(request: Request) -> Iterator[Pages]:
    room: Room = request.app.state.room
    with room.open() as pages:
        yield pages


OfLedger = Annotated[Pages, Depends(_pages)]
"""The pages of the ledger, for a route."""
