"""The shipped network: loading it, and running it over windows."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from accordingto.attribute.model.decoding import (
    Floats,
    best_labels,
    chunks,
    decode,
    padded,
    pooled,
    position,
)
from accordingto.attribute.model.windows import Window, windows
from accordingto.attribute.tagger import Attribution

if TYPE_CHECKING:
    from tokenizers import Tokenizer

FOLDER = Path(__file__).parent
BUDGET = 512  # pieces, padding included, that the network reads at once: what a processor's cache holds
PADDING = 1.08  # pieces that it reads, by those that are words: one run more costs less than a tenth of padding
AT_ONCE = 64  # windows decoded together


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A tokenizer, two ONNX sessions, and the linker's score by kind and distance (3, BUCKETS).

    `reader`: `ids`, `mask`, `feat` (windows, pieces), and `firsts`, the places of the words' first pieces among all
    pieces → label scores (words, 7), vectors (words, width).
    `linker`: pooled vectors of spans (spans, width) → (spans, 4, D), see `decoding.decode`.
    """

    tokenizer: "Tokenizer"
    reader: Any
    linker: Any
    distance: Floats

    def attributions(self, text: str) -> list[Attribution]:
        """The attributions of a text, in text order."""
        found = self.read(windows(text, self.tokenizer))
        return sorted((said for some in found for said in some), key=position)

    def read(self, wanted: Sequence[Window]) -> Iterator[list[Attribution]]:
        """The attributions of each window, in the order of the windows."""
        for at in range(0, len(wanted), AT_ONCE):
            yield from self.decoded(wanted[at : at + AT_ONCE])

    def decoded(self, some: Sequence[Window]) -> Iterator[list[Attribution]]:
        scores, vectors = self.run(some)
        labels = best_labels(padded(scores))
        found = [chunks(row[: len(own)].tolist()) for row, own in zip(labels, scores, strict=True)]
        (seen,) = self.linker.run(None, {"spans": pooled(found, vectors)})
        filled = 0
        for window, own in zip(some, found, strict=True):
            yield list(decode(window, own, seen[filled : filled + len(own)], self.distance))
            filled += len(own)

    def run(self, some: Sequence[Window]) -> tuple[list[Floats], list[Floats]]:
        """Per window the label scores (words, 7) and word vectors (words, width)."""
        empty = np.zeros((0, 0), np.float32)
        scores, vectors = [empty] * len(some), [empty] * len(some)
        for batch in batches([len(window.ids) for window in some], BUDGET, PADDING):
            own = [some[number] for number in batch]
            given = inputs(own)
            longest = given["ids"].shape[1]
            firsts = [row * longest + window.firsts for row, window in enumerate(own)]
            emitted, hidden = self.reader.run(None, {**given, "firsts": np.concatenate(firsts)})
            ends = np.cumsum([len(window.firsts) for window in own])[:-1]
            for number, *found in zip(batch, np.split(emitted, ends), np.split(hidden, ends), strict=True):
                scores[number], vectors[number] = found
        return scores, vectors


def inputs(some: Sequence[Window]) -> dict[str, NDArray[np.int64]]:
    """The reader's input of a batch: `ids`, `mask` and `feat`, each (windows, longest window)."""
    shape = (len(some), max(len(window.ids) for window in some))
    ids, mask, feat = np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    for row, window in enumerate(some):
        length = len(window.ids)
        ids[row, :length], mask[row, :length], feat[row, :length] = window.ids, 1, window.features
    return {"ids": ids, "mask": mask, "feat": feat}


def batches(lengths: Sequence[int], budget: int, padding: float = math.inf) -> Iterator[list[int]]:
    """Numbers of windows of like length, together at most `budget` pieces with their padding, and at most `padding`
    times what they hold without it."""
    batch: list[int] = []
    filled = 0
    for number in sorted(range(len(lengths)), key=lengths.__getitem__):
        filled += lengths[number]
        if batch and (len(batch) + 1) * lengths[number] > min(budget, padding * filled):
            yield batch
            batch, filled = [], lengths[number]
        batch.append(number)
    if batch:
        yield batch


@lru_cache(maxsize=1)
def shipped() -> Network:
    """The network that comes with the package, loaded once a process."""
    return load(FOLDER)


def load(folder: Path) -> Network:
    """The network of a folder: `reader.onnx`, `linker.onnx`, `distance.npy` and `tokenizer.json`."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    distance = np.load(folder / "distance.npy", allow_pickle=False)
    return Network(tokenizer, session(folder / "reader.onnx"), session(folder / "linker.onnx"), distance)


def session(path: Path) -> Any:
    """An ONNX session on one thread: processes scale over reports, threads inside a call do not.

    Fusing a sum into the normalisation after it is left out: that step alone is three times slower
    than the two it replaces (onnxruntime 1.32, x86-64), and a tenth of the whole.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(
        path, options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
    )
