"""What a smaller tagger would save and lose: fewer passages, fewer layers, fewer word pieces.

    python bench/curves.py GOLD.jsonl OUT --news NEWS.jsonl…      JSON lines with `text`; needs the package `onnx`

For each way to save: the processor time of the network by that of the whole one, text by text in turn, and the size of
its file. What it finds goes to OUT, one file a way (one line a document, as `bench/attributions.py` writes them), for
the scorer of the corpus. Layers are cut off without training anew: the head reads what the last layer left gives. Word
pieces that the news hold less often than so many times are read as unknown.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
from skipping import RULES, leaves_out

from accordingto.attribute.drafts import breathing
from accordingto.attribute.model import network
from accordingto.attribute.model.windows import Window, windows
from accordingto.attribute.tagger import Attribution
from accordingto.prose import Prose

UNKNOWN = 100
"""BERT's number of the piece that stands for all it does not know."""
DEPTHS, SEEN = (5, 4, 3), (1, 5, 25)
Reads = Callable[[list[Window]], Iterable[list[Attribution]]]


def shallow(layers: int, folder: Path) -> network.Network:
    """The shipped network without the layers from `layers` on."""
    model = onnx.load(network.FOLDER / "reader.onnx")
    kept = []
    for node in model.graph.node:
        number = node.output[0].split(".")[0]
        if node.output[0].startswith("attended") or (number.isdigit() and int(number) >= layers):
            continue
        if node.output[0] == "before.flat":
            node.input[0] = f"{layers - 1}.out"
        if node.output[0] == "mixed":
            node.input[0] = "before"
        kept.append(node)
    used = {name for node in kept for name in node.input}
    held = [array for array in model.graph.initializer if array.name in used]
    del model.graph.node[:], model.graph.initializer[:]
    model.graph.node.extend(kept)
    model.graph.initializer.extend(held)
    path = folder / f"{layers}.onnx"
    onnx.save(model, path)
    return replace(network.shipped(), reader=network.session(path))


def rare(news: Iterable[str], whole: network.Network) -> dict[int, set[int]]:
    """The word pieces that the news hold less often than each of SEEN."""
    counted: Counter[int] = Counter()
    for text in news:
        counted.update(whole.tokenizer.encode(text, add_special_tokens=False).ids)
    every = range(1000, whole.tokenizer.get_vocab_size())  # below are marks and single letters
    return {times: {piece for piece in every if counted[piece] < times} for times in SEEN}


def unknowing(whole: network.Network, left_out: set[int]) -> Reads:
    folded = np.array(sorted(left_out))

    def reads(found: list[Window]) -> Iterator[list[Attribution]]:
        return whole.read([replace(one, ids=np.where(np.isin(one.ids, folded), UNKNOWN, one.ids)) for one in found])

    return reads


def texts(path: str) -> Iterator[dict[str, str]]:
    with open(path, encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    parser.add_argument("out", type=Path)
    parser.add_argument("--news", nargs="+", required=True)
    asked = parser.parse_args()
    asked.out.mkdir(exist_ok=True)
    whole = network.shipped()
    size = (network.FOLDER / "reader.onnx").stat().st_size / 1e6
    ways: dict[str, tuple[float, Reads]] = {"whole": (size, whole.read)}
    with TemporaryDirectory() as name:
        for layers in DEPTHS:
            reads = shallow(layers, Path(name)).read
            ways[f"{layers} layers"] = (Path(name, f"{layers}.onnx").stat().st_size / 1e6, reads)
        for times, pieces in rare((one["text"] for path in asked.news for one in texts(path)), whole).items():
            ways[f"pieces seen {times} times"] = (size - len(pieces) * 384 / 1e6, unknowing(whole, pieces))
        compare(asked.gold, asked.out, ways)


def compare(gold: str, out: Path, ways: dict[str, tuple[float, Reads]]) -> None:
    spent: Counter[str] = Counter()
    files = {way: (out / f"{way}.jsonl").open("w", encoding="utf-8") for way in (*ways, *RULES)}
    for document in texts(gold):
        found = windows(breathing(Prose(document["text"], "en")), network.shipped().tokenizer)
        said: dict[str, list[list[Attribution]]] = {}
        for way, (_, reads) in ways.items():
            start = time.process_time()
            said[way] = list(reads(found))
            spent[way] += time.process_time() - start
        for rule in RULES:
            left_out = [leaves_out(rule, document["text"], window) for window in found]
            work = [0 if out else len(window.ids) for window, out in zip(found, left_out, strict=True)]
            spent[rule] += sum(work) / sum(len(window.ids) for window in found)
            spent["documents"] += rule == next(iter(RULES))
            said[rule] = [[] if out else some for some, out in zip(said["whole"], left_out, strict=True)]
        for way, some in said.items():
            line = {"doc": document["doc"], "attributions": [asdict(one) for part in some for one in part]}
            files[way].write(json.dumps(line) + "\n")
    for way, (size, _) in ways.items():
        print(f"{way:<42} time {spent[way] / spent['whole']:.2f}   {size:.1f} MB")
    for rule in RULES:
        print(f"{'without: ' + rule:<42} work {spent[rule] / spent['documents']:.2f}")


if __name__ == "__main__":
    main()
