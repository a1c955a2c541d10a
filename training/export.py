"""A trained tagger as the small files the package ships, its weights in 8-bit integers."""

import math
from pathlib import Path

import numpy as np
import torch
from compact import shipped
from tagger import DEPTH, WIDTH, Head, Tagger
from torch import Tensor, nn


class Links(nn.Module):
    """Pooled spans (spans, WIDTH) → (spans, 4, DEPTH), scaled so that a dot product is a score."""

    def __init__(self, head: Head) -> None:
        super().__init__()
        self.linker = head.linker
        scale = torch.ones(4, 1)
        scale[0] = 1 / math.sqrt(DEPTH)
        self.register_buffer("scale", scale)

    def forward(self, spans: Tensor) -> Tensor:
        return self.linker(spans).reshape(-1, 4, DEPTH) * self.scale


def export(net: Tagger, folder: Path) -> None:
    """Write `reader.onnx`, `linker.onnx` and `distance.npy` to `folder`."""
    net.eval()
    ids = torch.randint(1000, 2000, (2, 17))
    given = (ids, torch.ones_like(ids), torch.zeros_like(ids))
    graph(net, given, folder / "plain.onnx", ["ids", "mask", "feat"], ["scores", "vectors"])
    shipped(folder / "plain.onnx", folder / "reader.onnx")
    graph(Links(net.head).eval(), (torch.zeros(3, WIDTH),), folder / "linker.onnx", ["spans"], ["seen"])
    np.save(folder / "distance.npy", net.head.distance.detach().numpy())


def graph(module: nn.Module, given: tuple[Tensor, ...], path: Path, inputs: list[str], outputs: list[str]) -> None:
    """The module as an ONNX graph of 32-bit floats; the first axes of `given` may change."""
    axes = {name: {0: "rows", 1: "pieces"} for name in (*inputs, *outputs)}
    if len(inputs) == 1:
        axes = {name: {0: "rows"} for name in (*inputs, *outputs)}
    torch.onnx.export(
        module,
        given,
        path,
        input_names=inputs,
        output_names=outputs,
        opset_version=17,
        dynamic_axes=axes,
        dynamo=False,
    )
