"""Count: every figure of a report, with the words that say what happened to whom.

`figures` reads the text sentence by sentence: numbers (numerals.py), the words of a kind (cues.py), whom the
numbers count (groups.py; nocounts.py for what is no count), which words belong to which number (links.py, by the
roles in roles.py, with wholes.py), what is decided of each (reading.py; sharing.py where counts share a verb), what is
left to what was told before (unsaid.py, memory.py), how each figure stands to the others (standing.py). All words are
data: `languages/<language>/numbers.toml`, `counting.toml`, `kinds/*.toml`. Odd prose never raises.
"""

from __future__ import annotations

import re

from ..kinds import Kind
from ..prose import Prose
from ..records import Figure, Report
from .cues import cues
from .groups import groups
from .memory import Memory
from .numerals import numerals
from .reading import decide
from .scene import Scene
from .telling import tell
from .words import Lexicon, lexicon, words

__all__ = ["figures"]

HEADING = 24
"""Code points of the longest heading that names a kind for the sentence after it."""
_DIGIT = re.compile(r"\d")


def figures(report: Report, prose: Prose, vague: str = "design") -> list[Figure]:
    """Every figure of the text, in order, in whoever's voice; `when` and `where` are left None.

    `vague` names the table of vague words: "design" (dozens = 24–99) or "acled" (dozens = 12).
    """
    lex, memory, told = lexicon(prose.language, vague), Memory(report), [0, 0, 0]
    for start, end in prose.sentences:
        memory.stale = told[-3]
        scene = _scene(prose.text, start, end, lex)
        if scene is not None:
            tell(scene, memory, decide(scene, memory))
        memory.header = _heading(prose.text, start, end, lex)
        told.append(len(memory.figures))
    return memory.figures


def _scene(text: str, start: int, end: int, lex: Lexicon) -> Scene | None:
    """One sentence made ready, or None when it counts nothing."""
    tokens = words(text, start, end, lex)
    numbered = _DIGIT.search(text, start, end) is not None or not lex.numeric.isdisjoint(tokens.lower)
    if not numbered and lex.victims.isdisjoint(tokens.lower):
        return None  # "a" at most, and nothing happens to anyone
    found = numerals(tokens)
    if not found:
        return None
    said = cues(tokens, found)
    if not said and all(numeral.single for numeral in found):
        return None
    counted = groups(tokens, found, said)
    return Scene.of(tokens, counted, said) if counted else None


def _heading(text: str, start: int, end: int, lex: Lexicon) -> Kind | None:
    """The kind a sentence of a word or two names and nothing else: "Deaths."."""
    if end - start > HEADING:
        return None
    tokens = words(text, start, end, lex)
    said = cues(tokens, [])
    alone = len(said) == 1 and len(tokens) - (said[0].last + 1 - said[0].first) <= 2
    return said[0].readings[0].kind if alone else None
