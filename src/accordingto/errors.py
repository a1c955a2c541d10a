"""What can go wrong, and what to do about it.

    AccordingtoError
    ├── InputError        something handed in cannot be read (file, folder, line, date, words)
    ├── EvidenceError     words are not where they are said to be
    ├── LanguageError     a language, kind or gazetteer file is wrong
    ├── LedgerError       the ledger cannot be opened, is newer, locked or damaged
    └── NotFound          nothing in the ledger has this id or answers these words

Every message says where, what was found, what was expected, and what to do next, in one line.
Commands print the message and exit with 2 (`NotFound` with 1); odd prose never raises.
"""

from __future__ import annotations


class AccordingtoError(Exception):
    """Base of every error raised on purpose; the text is written for the user."""


class InputError(AccordingtoError):
    """An input that cannot be read: says which, what was found, what was expected."""


class EvidenceError(AccordingtoError):
    """`text[start:end] == exact` does not hold."""


class LanguageError(AccordingtoError):
    """A TOML or CSV file of language or world knowledge is wrong: says file, place and remedy."""


class LedgerError(AccordingtoError):
    """The ledger cannot be opened, read or written."""


class NotFound(AccordingtoError):
    """Nothing in the ledger matches."""
