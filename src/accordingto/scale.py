"""The map over processes: one pure function of one thing, many things, all cores, flat memory.

    for item, outcome in scale.each(function, items): ...

`outcome` is what the function returned, or a `Failed` that says why it did not: it raised, or the process that ran it
died. The others go on. Workers are fresh interpreters (`python -c`) fed through pipes: nothing of the caller's program
is imported again, a script needs no `if __name__ == "__main__"`, and what a dead worker was working on is known.
What travels is JSON, never code.
Another runner (a cluster engine) only has to offer the same `each`.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from itertools import chain
from typing import IO, Any, TypeVar

from .errors import AccordingtoError

T = TypeVar("T")
R = TypeVar("R")
Name = dict[str, Any]

SMALL = 20_000
"""Below this weight in all (characters of text) the work is done here: a process costs more to start."""
AHEAD = 4
"""Things handed out per process beyond those being worked on, so that none waits."""
START = "from accordingto.scale import work; work()"


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there is no result, in one line."""

    message: str


def cores() -> int:
    """Processors this program may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def each(
    function: Callable[[Any], Any],
    items: Iterable[T],
    processes: int | None = None,
    *,
    pack: Callable[[T], Any] = lambda item: item,
    weight: Callable[[T], int] = lambda item: SMALL,
    ordered: bool = False,
) -> Generator[tuple[T, Any], None, None]:
    """Every item with what the function makes of it, as it becomes ready, or in the order of items with `ordered`.

    The function is given `pack(item)`; that and what it returns are JSON values. It is a function of a module, or a
    `partial` of one over JSON values and such functions (they are found by their names). `processes` None means all
    cores; with one, or when all items together weigh less than SMALL, everything happens in this process. Items are
    drawn only as room is made for them. Raises AccordingtoError when no worker can start.
    """
    wanted = cores() if processes is None else processes
    source, name = iter(items), named(function)
    first: list[T] = []
    total = 0
    while wanted > 1 and name and (total < SMALL or len(first) < 2):
        try:
            first.append(next(source))
        except StopIteration:
            break
        total += weight(first[-1])
    else:
        if wanted > 1 and name:
            yield from _spread(name, chain(first, source), wanted, pack, ordered)
            return
    for item in chain(first, source):
        yield item, _tried(function, pack(item))


def _tried(function: Callable[[Any], R], item: Any) -> R | Failed:
    try:
        return function(item)
    except Exception as error:  # whatever one item does, the others go on
        return Failed(f"{type(error).__name__}: {' '.join(str(error).split())[:300]}")


def named(function: Any) -> Name | None:
    """What a fresh interpreter finds the function by, None when it cannot."""
    if isinstance(function, partial):
        inner, given = named(function.func), [named(one) if callable(one) else {"value": one} for one in function.args]
        return {**inner, "with": given} if inner and all(given) and not function.keywords else None
    module, name = getattr(function, "__module__", "__main__"), getattr(function, "__qualname__", "<unnamed>")
    return None if module == "__main__" or "<" in name or not sys.executable else {"module": module, "name": name}


def called(name: Name) -> Any:
    """The function, or the value, that a name means."""
    if "value" in name:
        return name["value"]
    found: Any = import_module(name["module"])
    for part in name["name"].split("."):
        found = getattr(found, part)
    return partial(found, *map(called, name["with"])) if "with" in name else found


def _spread(
    name: Name, items: Iterator[T], processes: int, pack: Callable[[T], Any], ordered: bool
) -> Iterator[tuple[T, Any]]:
    crew = _Crew(name, processes)
    held: dict[int, T] = {}
    waiting: dict[int, Any] = {}
    given, due, more = 0, 0, True
    try:
        while True:
            while more and given - due < processes * (1 + AHEAD):
                try:
                    held[given] = item = next(items)
                except StopIteration:
                    more = False
                    break
                crew.give(given, pack(item))
                given += 1
            if not held:
                crew.idle = True
                return
            number, outcome = crew.take()
            waiting[number] = outcome
            for ready in _ready(waiting, due, ordered):
                due += 1
                yield held.pop(ready), waiting.pop(ready)
    finally:
        crew.stop()


def _ready(waiting: dict[int, Any], due: int, ordered: bool) -> list[int]:
    """The numbers whose turn it is."""
    if not ordered:
        return list(waiting)
    turn = due
    while turn in waiting:
        turn += 1
    return list(range(due, turn))


class _Crew:
    """Worker processes with one thread each that feeds it and takes what it returns."""

    def __init__(self, name: Name, processes: int) -> None:
        self.name = json.dumps(name).encode()
        self.inbox: queue.SimpleQueue[tuple[int, bytes] | None] = queue.SimpleQueue()
        self.outbox: queue.SimpleQueue[tuple[int, Any]] = queue.SimpleQueue()
        self.workers: set[subprocess.Popen[bytes]] = set()
        self.stopped = self.idle = False
        self.threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(processes)]
        for thread in self.threads:
            thread.start()

    def give(self, number: int, item: Any) -> None:
        self.inbox.put((number, json.dumps(item).encode()))

    def take(self) -> tuple[int, Any]:
        number, outcome = self.outbox.get()
        if isinstance(outcome, AccordingtoError):
            raise outcome
        return number, outcome

    def stop(self) -> None:
        """End the workers; what they are working on, if they are, is dropped."""
        self.stopped = True
        for _ in self.threads:
            self.inbox.put(None)
        if not self.idle:  # their threads wait for them, so their pipes may not be closed from here
            for worker in list(self.workers):
                worker.kill()
        for thread in self.threads:
            thread.join(5)

    def _serve(self) -> None:
        """Feed one worker; start another one when it dies."""
        worker: subprocess.Popen[bytes] | None = None
        while (task := self.inbox.get()) is not None:
            if self.stopped:
                continue
            number, item = task
            try:
                worker = worker or self._start()
            except (AccordingtoError, OSError) as error:
                self.outbox.put(
                    (number, AccordingtoError(f"no process could be started: {error}; try one process (--processes 1)"))
                )
                continue
            outcome = _asked(worker, item)
            if isinstance(outcome, _Died):
                outcome, worker = (
                    Failed(f"the process reading it died ({self._bury(worker)}); the others went on"),
                    None,
                )
            self.outbox.put((number, outcome))
        if worker:
            self._bury(worker)

    def _start(self) -> subprocess.Popen[bytes]:
        paths = os.pathsep.join(path or os.getcwd() for path in sys.path)
        worker = subprocess.Popen(
            [sys.executable, "-c", START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": paths},
        )
        self.workers.add(worker)
        ready = _asked(worker, self.name)
        if ready is not True:
            self._bury(worker)
            raise AccordingtoError(ready.message if isinstance(ready, Failed) else "it ended at once")
        return worker

    def _bury(self, worker: subprocess.Popen[bytes]) -> str:
        _end(worker)
        self.workers.discard(worker)
        code = worker.returncode
        return signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"


class _Died:
    """The worker is gone."""


def _asked(worker: subprocess.Popen[bytes], message: bytes) -> Any:
    assert worker.stdin and worker.stdout
    try:
        _send(worker.stdin, message)
        answer = _receive(worker.stdout)
    except (OSError, ValueError):
        return _Died()
    if answer is None:
        return _Died()
    said = json.loads(answer)
    return said["made"] if "made" in said else Failed(said["failed"])


def _end(worker: subprocess.Popen[bytes]) -> None:
    """Let it go: by closing its input, else by ending it."""
    for pipe in (worker.stdin, worker.stdout):
        if pipe:
            with suppress(OSError, ValueError):
                pipe.close()
    try:
        worker.wait(0.2)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


def _send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(len(message).to_bytes(8, "big") + message)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes | None:
    """The next message, None when the other side is gone."""
    size = pipe.read(8)
    if len(size) < 8:
        return None
    message = pipe.read(int.from_bytes(size, "big"))
    return message if len(message) == int.from_bytes(size, "big") else None


def work() -> None:
    """A worker: the function comes first, then items one by one; ends when its input does.

    What the function prints goes to standard error, interrupts are the parent's business.
    """
    inward = os.fdopen(os.dup(0), "rb")
    outward = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(BrokenPipeError):
        function: Any = _tried(lambda name: called(json.loads(name)), _receive(inward) or b"")
        _send(outward, _said(function if isinstance(function, Failed) else True))
        while (message := _receive(inward)) is not None:
            outcome = _tried(lambda packed: function(json.loads(packed)), message)
            answer = _tried(_said, outcome)
            _send(outward, _said(answer) if isinstance(answer, Failed) else answer)


def _said(outcome: Any) -> bytes:
    """What a worker answers; raises when the outcome is no JSON value."""
    return json.dumps({"failed": outcome.message} if isinstance(outcome, Failed) else {"made": outcome}).encode()
