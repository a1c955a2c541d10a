"""What would be saved, and lost, if the tagger left out passages that look as if they held no attribution.

    python bench/skipping.py FILE.jsonl…      JSON lines with `text`

A passage is what the tagger reads at once. For each rule: the share of the tagger's work in the passages it would
leave out, and the share of the attributions that the tagger finds in them.
"""

from __future__ import annotations

import json
import sys
from collections import Counter

from accordingto.attribute.drafts import breathing
from accordingto.attribute.model.network import shipped
from accordingto.attribute.model.windows import Window, windows
from accordingto.attribute.words import tokens, words
from accordingto.prose import Prose

TABLE = words("en")
CUES = TABLE.say | TABLE.after | TABLE.count | TABLE.plan | TABLE.denied | TABLE.told | TABLE.account | {"according"}
RULES = {
    "no quotation mark, cue word nor number": lambda quoted, cued, counted: not (quoted or cued or counted),
    "no quotation mark nor cue word": lambda quoted, cued, counted: not (quoted or cued),
    "no cue word": lambda quoted, cued, counted: not cued,
    "no quotation mark nor number": lambda quoted, cued, counted: not (quoted or counted),
    "no number": lambda quoted, cued, counted: not counted,
}


def leaves_out(rule: str, text: str, window: Window) -> bool:
    """Whether a rule leaves out the passages of a window."""
    passage = text[int(window.starts[0]) : int(window.ends[-1])]
    quoted = not set('"“”«»„').isdisjoint(passage)
    cued = not CUES.isdisjoint(token.word for token in tokens(passage))
    counted = TABLE.numbers.search(passage) is not None
    return RULES[rule](quoted, cued, counted)


def main(path: str) -> None:
    work: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    network = shipped()
    with open(path, encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    for text in texts:
        found = windows(breathing(Prose(text, "en")), network.tokenizer)
        for window, said in zip(found, network.read(found), strict=True):
            for rule in ("all", *(rule for rule in RULES if leaves_out(rule, text, window))):
                work[rule] += len(window.ids)
                lost[rule] += len(said)
    print(f"{path}: {len(texts)} texts, {lost['all']} attributions")
    for rule in RULES:
        saved, gone = work[rule] / work["all"], lost[rule] / max(1, lost["all"])
        print(f"  {rule:<42} work left out {saved:>6.1%}   attributions lost {gone:>6.1%}")


if __name__ == "__main__":
    for given in sys.argv[1:]:
        main(given)
