"""Who says what: the attributions of a text, found by a small neural tagger.

A paragraph such as `The dam held, the mayor said` holds one attribution: its source (`the mayor`),
its cue (`said`) and its content (`The dam held`).  The tagger labels every word, joins the words
to spans, and links the spans to attributions.  How it was trained, on what, and how well it does
stands in `model/CARD.md`.

Importing this module is cheap; the first call loads the model (about half a second).
"""

from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int]  # code points of the text, end exclusive


@dataclass(frozen=True, slots=True)
class Attribution:
    """One thing said: by whom, with which words of saying, and what.

    Each part is a tuple of spans in text order.  Any part may be empty, and a part may be in
    several spans: a quotation broken by its attribution is one content of two spans.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


def attributions(text: str) -> list[Attribution]:
    """The attributions of a text, in text order.  Never raises on odd text; empty text has none."""
    from accordingto.attribute.model.network import shipped

    return shipped().attributions(text)


def attributions_of(texts: Sequence[str]) -> list[list[Attribution]]:
    """The attributions of each text.

    Texts are not read together: the network's 8-bit arithmetic is scaled to what it reads at once,
    and what a text says must not depend on its neighbours.
    """
    return [attributions(text) for text in texts]
