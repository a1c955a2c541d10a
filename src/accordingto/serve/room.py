"""The ledger behind the pages: opened read-only for each request, so that one that was replaced is seen at once.

What costs time (names to withhold, contradictions, lines of lists) is kept as long as the ledger stays as it is. A
ledger that changed is laid and checked in the background; until that is done its pages say what was known before, and
say so. Where a check takes long no page waits for it, and one after decisions begins once people pause. Only
the names of people at risk never wait: they come in with a report.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock, Thread
from time import monotonic, sleep
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
HURRY = 0.2
"""Seconds a page waits for a ledger that changed to be laid and checked, when there is an older state to show."""
PAUSE = 60.0
"""Seconds without a decision after which a check that takes long begins, at most."""
LAID = "New reports are being laid beside the others; until that is done the answers are those of before."
CHECKED = "Contradictions are looked for again after the last decisions; until that is done they are those of before."


class Room:
    """A ledger's file, and what is known of the state it is in."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self.path, self.settings = path, settings
        self.trouble: str | None = None
        self._lock, self._names, self._states = Lock(), Lock(), dict[Any, State]()
        self._masked: tuple[tuple[Any, ...], Mask] | None = None
        self._worker: Thread | None = None
        self._notice, self._took = LAID, 0.0
        self._laid: tuple[Mark, Ledger] | None = None
        self._seen: tuple[int, int] | None = None

    @contextmanager
    def open(self) -> Iterator[Pages]:
        """The pages of the ledger as it is now. Raises LedgerError."""
        self.settle(self._hurry())
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
                    self._notice = CHECKED if ledger.laid() else LAID
                self._worker = Thread(target=self._lay, daemon=True)
                self._worker.start()
            worker = self._worker
        worker.join(wait)
        return not worker.is_alive()

    def _hurry(self) -> float:
        """Seconds a page waits for a ledger that changed."""
        if not self._states:
            return self.settings.wait
        return HURRY if self._took <= HURRY else 0.0

    def notices(self) -> list[str]:
        """What readers are to know of the state the pages are of."""
        if self._worker is not None and self._worker.is_alive():
            return [self._notice]
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
            if self._took > HURRY:
                self._wait_for_pause(min(self._took, PAUSE))
            with Ledger(self.path, create=False) as ledger:
                began = monotonic()
                ledger.discrepancies()
                self._took = monotonic() - began
                self._laid = None if ledger.settled() else (self._mark(ledger), ledger)
            with self._ledger() as ledger:
                self._pages(ledger).warm()
            self.trouble = None
        except AccordingtoError as error:
            self.trouble = str(error).replace(str(self.path), self.path.name)

    def _wait_for_pause(self, seconds: float) -> None:
        """Wait until nobody has decided anything for so long, or new reports came in."""
        before = None
        while True:
            with self._ledger() as ledger:
                now = ledger.counters()
                if now == before or not ledger.laid():
                    return
            before = now
            sleep(seconds)

    def warm(self) -> None:
        """Work out beforehand what takes longest on the pages that are opened first."""
        with suppress(AccordingtoError), self.open() as pages:  # the page that is opened says what is wrong
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
                (old, state) = next(iter(self._states.items()), (None, None))
                if old and state and old[1] == mark[1]:
                    checked = self._laid is not None or old[0][3] != mark[0][3]
                    made = state.after_decisions(ledger, checked)
                else:
                    made = State.of(ledger, mask)
                self._states = {mark: made}
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
