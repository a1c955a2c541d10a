"""Inputs into a store: intake -> the reading line in processes -> rows, kept in batches.

What is committed stays; what is not is read again next time. A batch is one transaction of whole reports, so an
interrupted run leaves no half of a report behind.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import codec, intake, scale
from .errors import LedgerError
from .intake.language import UNSUPPORTED, identified
from .languages import supported
from .ledger import Progress, Reader, ReadSummary
from .records import Report
from .store import rows

if TYPE_CHECKING:
    from .store.sql import Store

REPORTS, WEIGHT, SECONDS = 64, 4_000_000, 5.0
"""A batch is kept when it holds so many reports, so many characters, or when so much time has gone by."""


def read(
    store: Store,
    inputs: str | Path | Iterable[intake.Input],
    again: bool = False,
    processes: int | None = None,
    progress: Progress | None = None,
    reader: Reader | None = None,
) -> ReadSummary:
    """Read inputs into the store, see `Ledger.read`."""
    run = _Run(store, again, progress)
    try:
        work = partial(_work, reader)
        with closing(scale.each(work, run.jobs(inputs), processes, pack=_packed, weight=_weight)) as results:
            for job, outcome in results:
                run.take(job, outcome if isinstance(outcome, scale.Failed) else rows.Rows(**outcome))
    except KeyboardInterrupt:
        run.keep()
        raise
    run.keep()
    return run.summary()


def _work(reader: Reader | None, packed: dict[str, Any]) -> dict[str, Any]:
    """The rows of a report, read by `reader` or by the pipeline; unread when its language cannot be read."""
    report = codec.decode(Report, packed, {})
    if UNSUPPORTED in report.doubts:
        return rows.rows(report, ()).fields()
    if reader:
        return rows.rows(report, reader(report), f"{reader.__module__}.{reader.__qualname__}").fields()
    from . import pipeline

    return rows.rows(report, pipeline.claims(report), pipeline.VERSION).fields()


def _packed(job: intake.Received) -> Any:
    return codec.encode(job.report)


def _weight(job: intake.Received) -> int:
    return len(job.report.text)


class _Run:
    """One reading: what came in, what waits to be kept, what failed."""

    def __init__(self, store: Store, again: bool, progress: Progress | None) -> None:
        self.store, self.again, self.progress = store, again, progress
        self.batch: list[rows.Rows] = []
        self.archived: list[rows.Row] = []
        self.under_way: set[str] = set()
        self.failed: list[tuple[str, str]] = []
        self.shared: dict[str, list[str]] = {}
        self.added = self.known = self.unsupported = self.claims = self.figures = self.done = self.weight = 0
        self.kept = time.monotonic()

    def jobs(self, inputs: str | Path | Iterable[intake.Input]) -> Iterator[intake.Received]:
        """The reports that have to be read; those known are counted, those that cannot be read noted."""
        for item in intake.received(inputs):
            if isinstance(item, intake.Failure):
                self.failed.append((item.name, item.message))
            elif (id := item.report.id) in self.under_way or (not self.again and self._known(id)):
                self.known += 1
                self._step()
            else:
                self.under_way.add(id)
                yield intake.Received(identified(item.report), item.archived)

    def _known(self, id: str) -> bool:
        """Whether the report needs no reading: it is here and was read, or still cannot be."""
        here, reader, language = self.store.reader_of(id)
        return here and (reader is not None or language not in supported())

    def take(self, job: intake.Received, outcome: rows.Rows | scale.Failed) -> None:
        """What became of one report."""
        self._step()
        if isinstance(outcome, scale.Failed):
            self.under_way.discard(job.report.id)
            self.failed.append((job.report.name, f"could not be read: {outcome.message}"))
            return
        self.batch.append(outcome)
        self.weight += outcome.weight
        if job.archived is not None:
            self.archived.append(rows.archive(job.report.sha256, job.archived))
            self.weight += len(job.archived)
        if len(self.batch) >= REPORTS or self.weight >= WEIGHT or time.monotonic() - self.kept > SECONDS:
            self.keep()

    def keep(self) -> None:
        """Commit the batch."""
        try:
            self._save(self.batch, self.archived)
        except LedgerError:
            raise
        except Exception:  # one of them cannot be kept: find out which
            for made in self.batch:
                try:
                    self._save([made], [row for row in self.archived if row["sha256"] == made.report["sha256"]])
                except LedgerError:
                    raise
                except Exception as error:
                    self.failed.append(
                        (made.report["name"], f"could not be kept: {' '.join(str(error).split())[:200]}")
                    )
        self.under_way.difference_update(made.report["id"] for made in self.batch)
        self.batch, self.archived, self.weight, self.kept = [], [], 0, time.monotonic()

    def _save(self, batch: list[rows.Rows], archived: list[rows.Row]) -> None:
        if batch:
            fresh = set(self.store.save(batch, archived, self.again))
            self._count([made for made in batch if made.report["id"] in fresh])
            self.known += len(batch) - len(fresh)

    def _count(self, fresh: Sequence[rows.Rows]) -> None:
        self.added += len(fresh)
        self.shared |= self.store.namesakes({made.report["name"] for made in fresh} - self.shared.keys())
        self.unsupported += sum(made.report["reader"] is None for made in fresh)
        self.claims += sum(len(made.claims) for made in fresh)
        self.figures += sum(len(made.figures) for made in fresh)

    def _step(self) -> None:
        self.done += 1
        if self.progress:
            self.progress(self.done)

    def summary(self) -> ReadSummary:
        shared = tuple((name, tuple(ids)) for name, ids in sorted(self.shared.items()))
        failed = tuple(self.failed)
        return ReadSummary(self.added, self.known, self.unsupported, failed, self.claims, self.figures, shared)
