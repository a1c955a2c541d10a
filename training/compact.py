"""The 8-bit graph that quantising leaves, made anew of few and large steps that say the same.

    python training/compact.py READER.onnx OUT.onnx      READER.onnx in 32 or in 8 bits, as `torch` wrote its steps

What an exporter writes works out shapes at every layer, and asks for query, key and value one by one. Here they are
one product, shapes are constants, and what comes after the last layer's attention is done for first pieces of words
only: nobody asks for the others. The weights stay as they are, and so do the scores of words, but for the last layer's:
its 8-bit steps are scaled to fewer rows.
"""

import argparse
import math
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

Array = NDArray[np.generic]
FUSED = "com.microsoft"
HEADS = 12
LAYER = "encoder.encoder.layer.{}."
TABLES = "encoder.embeddings."


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights in 8 bits (inputs, outputs), their scales and the bias by output."""

    weight: Array
    scale: Array
    bias: Array

    def beside(self, other: "Linear") -> "Linear":
        """Both as one, their outputs side by side."""
        parts = zip((self.weight, self.scale, self.bias), (other.weight, other.scale, other.bias), strict=True)
        return Linear(*(np.concatenate(pair, -1) for pair in parts))


@dataclass(slots=True)
class Parts:
    """What a quantised graph holds: arrays by name, and the weights of its products by the name of their layer."""

    arrays: dict[str, Array]
    linear: dict[str, Linear]

    @classmethod
    def of(cls, model: ModelProto) -> "Parts":
        arrays = {held.name: numpy_helper.to_array(held) for held in model.graph.initializer}
        linear = {}
        for node in model.graph.node:
            if node.op_type == "MatMulInteger":
                weight = node.input[1]
                scale = weight.replace("_quantized", "_scale")
                layer = (
                    node.name.strip("/").removesuffix("/MatMul_quant").replace("/", ".").replace("mixer.mixer", "mixer")
                )
                assert not arrays[weight.replace("_quantized", "_zero_point")].any()
                linear[layer] = Linear(arrays[weight], arrays[scale], arrays[f"{layer}.bias"])
        return cls(arrays, linear)

    def table(self, name: str) -> Array:
        """A table of embeddings in 32-bit floats."""
        weight, zero = (self.arrays[f"{name}.weight_{part}"].astype(np.float32) for part in ("quantized", "zero_point"))
        found: Array = ((weight - zero) * self.arrays[f"{name}.weight_scale"]).astype(np.float32)
        return found


@dataclass(slots=True)
class Graph:
    """A graph being written: every step is named for what it makes."""

    parts: Parts
    nodes: list[NodeProto] = field(default_factory=list)
    held: dict[str, TensorProto] = field(default_factory=dict)

    def constant(self, name: str, array: Array) -> str:
        self.held[name] = numpy_helper.from_array(np.ascontiguousarray(array), name)
        return name

    def step(self, kind: str, given: list[str], made: str, domain: str = "", **settings: object) -> str:
        self.nodes.append(helper.make_node(kind, given, [made], made, domain=domain, **settings))
        return made

    def product(self, given: str, linear: Linear, made: str) -> str:
        arrays = (linear.weight, linear.scale, linear.bias)
        weight, scale, bias = (
            self.constant(f"{made}.{name}", array)
            for name, array in zip(("weight", "scale", "bias"), arrays, strict=True)
        )
        return self.step("DynamicQuantizeMatMul", [given, weight, scale, "", bias], made, FUSED)

    def norm(self, given: str, layer: str, made: str) -> str:
        scale, bias = (
            self.constant(f"{layer}.{name}", self.parts.arrays[f"{layer}.{name}"]) for name in ("weight", "bias")
        )
        return self.step("LayerNormalization", [given, scale, bias], made, axis=-1, epsilon=1e-12)

    def picked(self, given: str, size: int, made: str) -> str:
        """The rows of first pieces of `given` (windows, pieces, size)."""
        flat = self.step("Reshape", [given, self.constant(f"flat.{size}", np.array([-1, size]))], f"{made}.flat")
        return self.step("Gather", [flat, "firsts"], made, axis=0)


def compact(model: ModelProto, layers: int | None = None) -> ModelProto:
    """`ids`, `mask`, `feat` (windows, pieces) and `firsts` (words) → scores (words, 7) and vectors (words, WIDTH) of
    the same network. `firsts` are places in the windows laid one behind the other, padding included.
    Only the first `layers` of the encoder are kept, if given."""
    graph = Graph(Parts.of(model))
    made = embedded(graph)
    hidden_by(graph)
    layers = layers or sum(layer.endswith("intermediate.dense") for layer in graph.parts.linear)
    for number in range(layers):
        made = layer(graph, made, number, last=number == layers - 1)
    features = graph.step("Reshape", ["feat", graph.constant("flat", np.array([-1]))], "feat.flat")
    features = graph.step("Gather", [features, "firsts"], "feat.words", axis=0)
    table = graph.constant("features", graph.parts.table("head.features"))
    made = graph.step("Concat", [made, graph.step("Gather", [table, features], "marked", axis=0)], "mixed", axis=-1)
    graph.step("Gelu", [graph.product(made, graph.parts.linear["head.mixer.0"], "mixer")], "vectors", FUSED)
    scorer = graph.parts.linear["head.scorer"]
    graph.product("vectors", scorer, "scores")
    return finished(graph, {"scores": scorer.weight.shape[1], "vectors": scorer.weight.shape[0]})


def embedded(graph: Graph) -> str:
    """The sum of the embeddings of pieces and places, normalised; of the two kinds of text there is one."""
    parts, words = graph.parts, f"{TABLES}word_embeddings.weight"
    table, scale, zero = (
        graph.constant(f"{words}{of}", parts.arrays[f"{words}{of}"]) for of in ("_quantized", "_scale", "_zero_point")
    )
    pieces = graph.step("Gather", [table, "ids"], "pieces.small", axis=0)
    pieces = graph.step("DequantizeLinear", [pieces, scale, zero], "pieces")
    places = graph.constant(
        "places", parts.table(f"{TABLES}position_embeddings") + parts.table(f"{TABLES}token_type_embeddings")[0]
    )
    start, end = graph.constant("zero", np.array([0])), graph.step("Shape", ["ids"], "length", start=1, end=2)
    placed = graph.step("Add", [pieces, graph.step("Slice", [places, start, end, "zero"], "placed")], "summed")
    return graph.norm(placed, f"{TABLES}LayerNorm", "embedded")


def hidden_by(graph: Graph) -> None:
    """`hidden` (windows, 1, 1, pieces): what padding adds to attention, so that none goes there."""
    none, much = graph.constant("nothing", np.float32(0)), graph.constant("never", np.finfo(np.float32).min)
    read = graph.step("Cast", ["mask"], "read", to=TensorProto.BOOL)
    hidden = graph.step("Where", [read, none, much], "hidden.flat")
    graph.step("Unsqueeze", [hidden, graph.constant("heads and rows", np.array([1, 2]))], "hidden")


def layer(graph: Graph, given: str, number: int, last: bool) -> str:
    """One layer of the encoder; the last one gives first pieces only."""
    own, linear = LAYER.format(number), graph.parts.linear
    made = attention(graph, given, number)
    if last:
        size = linear[f"{own}output.dense"].bias.size
        made, given = graph.picked(made, size, "attended"), graph.picked(given, size, "before")
    made = graph.product(made, linear[f"{own}attention.output.dense"], f"{number}.joined")
    made = graph.step("Add", [made, given], f"{number}.joined.sum")
    middle = graph.norm(made, f"{own}attention.output.LayerNorm", f"{number}.middle")
    made = graph.product(middle, linear[f"{own}intermediate.dense"], f"{number}.wide")
    made = graph.step("Gelu", [made], f"{number}.bent", FUSED)
    made = graph.product(made, linear[f"{own}output.dense"], f"{number}.narrow")
    return graph.norm(graph.step("Add", [made, middle], f"{number}.sum"), f"{own}output.LayerNorm", f"{number}.out")


def attention(graph: Graph, given: str, number: int) -> str:
    """What each piece takes from the others of its window."""
    own = LAYER.format(number) + "attention.self."
    query, key, value = (graph.parts.linear[own + name] for name in ("query", "key", "value"))
    size, at = query.bias.size, f"{number}.attention"
    made = graph.product(given, query.beside(key).beside(value), at)
    by_head = graph.constant("by head", np.array([0, 0, 3 * HEADS, size // HEADS]))
    made = graph.step(
        "Transpose", [graph.step("Reshape", [made, by_head], f"{at}.heads")], f"{at}.turned", perm=[0, 2, 1, 3]
    )
    asked, offered, told = (f"{at}.{name}" for name in ("query", "key", "value"))
    graph.nodes.append(helper.make_node("Split", [made], [asked, offered, told], f"{at}.split", axis=1, num_outputs=3))
    scale = 1 / math.sqrt(size // HEADS)
    made = graph.step("FusedMatMul", [asked, offered], f"{at}.scores", FUSED, alpha=scale, transB=1)
    made = graph.step("Softmax", [graph.step("Add", [made, "hidden"], f"{at}.masked")], f"{at}.shares", axis=-1)
    made = graph.step("Transpose", [graph.step("MatMul", [made, told], f"{at}.taken")], f"{at}.back", perm=[0, 2, 1, 3])
    return graph.step("Reshape", [made, graph.constant("together", np.array([0, 0, size]))], f"{at}.out")


def finished(graph: Graph, outputs: dict[str, int]) -> ModelProto:
    pieces, words = ["windows", "pieces"], ["words"]
    given = [helper.make_tensor_value_info(name, TensorProto.INT64, pieces) for name in ("ids", "mask", "feat")]
    given.append(helper.make_tensor_value_info("firsts", TensorProto.INT64, words))
    made = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [*words, size]) for name, size in outputs.items()]
    whole = helper.make_graph(graph.nodes, "reader", given, made, list(graph.held.values()))
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(FUSED, 1)]
    return helper.make_model(whole, opset_imports=opsets, ir_version=8)


def shipped(plain: Path, out: Path, layers: int | None = None) -> None:
    """The graph of `plain`, in 32 or 8 bits, as the package ships it, or only its first layers.

    Weights use seven of their eight bits: processors without VNNI add pairs of products in 16 bits, which eight
    would overflow.
    """
    with TemporaryDirectory() as folder:
        small = Path(folder) / "small.onnx"
        model = onnx.load(plain)
        if not any(node.op_type == "MatMulInteger" for node in model.graph.node):
            quantize_dynamic(plain, small, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
            model = onnx.load(small)
        onnx.save(compact(model, layers), out)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reader", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--layers", type=int, help="keep only the first so many layers of the encoder")
    asked = parser.parse_args()
    shipped(asked.reader, asked.out, asked.layers)
