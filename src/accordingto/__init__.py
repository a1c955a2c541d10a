"""accordingto reads news reports and writes a ledger of attributed claims.

    import accordingto as at

    ledger = at.read(["reports/"])            # files, folders; adds to ledger.accordingto
    for answer in ledger.ask("killed"):       # what each origin says: low, best, high
        print(answer.question.label, answer.low, answer.best, answer.high)
    for discrepancy in ledger.check():        # what does not add up
        print(discrepancy.sentence)

How a report becomes an answer: `intake` makes a Report of bytes; `attribute`, `count`, `when`, `where`
and `who` read it into Claims (`pipeline` composes them, a pure function of one report); `reconcile` lays
the figures of many reports side by side as Questions, Origins and Answers; `check` finds what does not
fit; `publish` writes pages and exchange formats. `records` defines every noun. Importing this package
loads no model; names come in when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from .errors import AccordingtoError, EvidenceError, InputError, LanguageError, LedgerError, NotFound
    from .ledger import Ledger
    from .mark import marks
    from .records import Answer, Claim, Discrepancy, Evidence, Figure, Question, Report

__version__ = "0.1.0"

_HOME = {
    **dict.fromkeys(
        ("AccordingtoError", "EvidenceError", "InputError", "LanguageError", "LedgerError", "NotFound"), "errors"
    ),
    **dict.fromkeys(("Answer", "Claim", "Discrepancy", "Evidence", "Figure", "Question", "Report"), "records"),
    "Ledger": "ledger",
    "marks": "mark",
}
__all__ = [
    "AccordingtoError",
    "Answer",
    "Claim",
    "Discrepancy",
    "Evidence",
    "EvidenceError",
    "Figure",
    "InputError",
    "LanguageError",
    "Ledger",
    "LedgerError",
    "NotFound",
    "Question",
    "Report",
    "marks",
    "read",
]


def read(
    inputs: str | Path | Iterable[str | Path], ledger: str | Path | None = None, *, fetch: bool = False, **options: Any
) -> Ledger:
    """Read reports into a ledger and return it, open.

    `inputs` are files, folders or `-`, with `fetch` also addresses; `ledger` is a path (default: the variable
    ACCORDINGTO_LEDGER, else `ledger.accordingto` here); `options` go to `Ledger.read`. Raises InputError when nothing
    could be read.
    """
    from . import intake
    from .errors import InputError
    from .ledger import Ledger

    opened = Ledger.open(ledger, create=True)
    summary = opened.read(intake.received(inputs, intake.fetcher() if fetch else None), **options)
    if summary.failed and not (summary.added or summary.known):
        raise InputError("; ".join(f"{name}: {message}" for name, message in summary.failed[:3]))
    return opened


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'accordingto' has no attribute {name!r}; it offers {', '.join(__all__)}")
    return getattr(import_module(f".{_HOME[name]}", __name__), name)
