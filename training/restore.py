"""The weights of a shipped tagger, back as floats: where further training begins when the old floats are gone."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from tagger import Tagger
from torch import Tensor

Array = NDArray[np.generic]

STEPS = {
    "attention": ("attention.self.query", "attention.self.key", "attention.self.value"),
    "joined": ("attention.output.dense",),
    "wide": ("intermediate.dense",),
    "narrow": ("output.dense",),
}
"""What the products of a layer in the shipped graph (`compact`) are called in training, side by side."""
HEAD = {"mixer": "head.mixer.0", "scores": "head.scorer"}


def restore(net: Tagger, folder: Path) -> None:
    """Give `net` the weights of the `reader.onnx`, `linker.onnx` and `distance.npy` of a shipped tagger.

    Eight-bit weights come back to within half a step of their scale; embeddings stay the encoder's own, which
    training never moves.  Raises ValueError when a weight that training moves is not in the files.
    """
    found = dict(read(arrays(folder / "reader.onnx")))
    found |= {f"head.{name}": torch.from_numpy(array.copy()) for name, array in arrays(folder / "linker.onnx").items()}
    found["head.distance"] = torch.from_numpy(np.load(folder / "distance.npy"))
    state = net.state_dict()
    moved = {name for name, value in net.named_parameters() if value.requires_grad}
    if missing := moved - found.keys():
        raise ValueError(f"{folder}: no weights for {', '.join(sorted(missing))}; expected the files of one export")
    net.load_state_dict({name: found[name] if name in moved else state[name] for name in state})


def arrays(path: Path) -> dict[str, Array]:
    return {held.name: numpy_helper.to_array(held) for held in onnx.load(str(path)).graph.initializer}


def read(held: dict[str, Array]) -> Iterator[tuple[str, Tensor]]:
    """The weights of the shipped reader by the names they have in training."""
    for name, array in held.items():
        step, _, part = name.rpartition(".")
        if "LayerNorm" in step:
            yield name, torch.from_numpy(array.copy())
        elif name == "features":
            yield "head.features.weight", torch.from_numpy(array.copy())
        elif part == "weight" and f"{step}.scale" in held:
            names = modules(step)
            weight = torch.from_numpy(array.astype(np.float32) * held[f"{step}.scale"]).T
            bias = torch.from_numpy(held[f"{step}.bias"].copy())
            for module, own, beside in zip(names, weight.chunk(len(names)), bias.chunk(len(names)), strict=True):
                yield f"{module}.weight", own.contiguous()
                yield f"{module}.bias", beside.contiguous()


def modules(step: str) -> tuple[str, ...]:
    """The modules whose products are one step of the shipped graph: "3.wide" is layer 3's intermediate one."""
    if step in HEAD:
        return (HEAD[step],)
    layer, _, kind = step.partition(".")
    return tuple(f"encoder.encoder.layer.{layer}.{module}" for module in STEPS[kind])
