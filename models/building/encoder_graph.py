"""Build the ONNX graph of a BERT encoder with int8 matrix products, node by node, for speed on a CPU.

Weights are symmetric int8 with one scale per output channel. Activations are quantised at run time with one scale per
token, so a text's vector does not depend on the other texts of its batch. onnxruntime's own dynamic quantisation uses
one scale per batch: with it, the cosine between a text embedded alone and in a batch was 0.993 on average and 0.982 at
worst. Here it is above 0.9999, and the mean cosine to the float32 model rises from 0.993 to 0.997.

Three forms were chosen by profiling onnxruntime 1.31 (milliseconds of one thread for 192 sentences, about 900 in
total). Add and LayerNormalization as two nodes take 40, the fused SkipLayerNormalization 213. Gelu takes 54, BiasGelu
92. One product for query, key and value avoids quantising the same activations three times. The first two gains require
that the session does not fuse the nodes again, so the manifest lists the fusions to switch off.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Floats = NDArray[np.float32]

# onnxruntime optimisers that would fuse the nodes again (see above).
FUSIONS_TO_SWITCH_OFF = ("SkipLayerNormFusion", "BiasSkipLayerNormFusion", "BiasGeluFusion", "GeluFusionL2")

CONTRIB = "com.microsoft"
OUTPUT = "last_hidden_state"
MASK = "mask"
FOR_PHRASES = "for_phrases"


@dataclass(frozen=True)
class Affine:
    """y = x Wᵀ + b: weight of shape (outputs, inputs), bias of shape (outputs,)."""

    weight: Floats
    bias: Floats


@dataclass(frozen=True)
class Norm:
    """Scale and shift of a layer normalisation, each of shape (hidden,)."""

    scale: Floats
    shift: Floats


@dataclass(frozen=True)
class Layer:
    """One transformer layer with post-normalisation, as in BERT: each of the two residual sums is normalised."""

    query: Affine
    key: Affine
    value: Affine
    attention_output: Affine
    attention_norm: Norm
    up: Affine
    down: Affine
    output_norm: Norm


@dataclass(frozen=True)
class RowTable:
    """Token embeddings as int8 codes (tokens, hidden) with one float scale per token (tokens, 1)."""

    codes: NDArray[np.int8]
    scales: Floats

    @classmethod
    def of(cls, table: Floats) -> "RowTable":
        """Quantise a float table, each row scaled by its largest magnitude."""
        codes, scales = int8_rows(table)
        return cls(codes, scales[:, None])

    def floats(self) -> Floats:
        """Return the embeddings, (tokens, hidden)."""
        return self.codes * self.scales


@dataclass(frozen=True)
class BlockTable:
    """Token embeddings as signed 4-bit codes -8..7 (tokens, hidden), float16 scales (tokens, hidden / block)."""

    codes: NDArray[np.int8]
    scales: NDArray[np.float16]

    def floats(self) -> Floats:
        """Return the embeddings, (tokens, hidden)."""
        blocks = self.codes.reshape(*self.scales.shape, -1)
        return (blocks * self.scales[..., None].astype(np.float32)).reshape(self.codes.shape)


@dataclass(frozen=True)
class EncoderWeights:
    """All weights of an encoder; `positions` (length, hidden) includes the embedding of segment 0."""

    tokens: RowTable | BlockTable
    positions: Floats
    norm: Norm
    layers: tuple[Layer, ...]
    heads: int
    epsilon: float


@dataclass(frozen=True)
class PhraseLayers:
    """Layers fitted to judge phrases: they follow the first `shared` layers of an encoder, in place of its others."""

    shared: int
    layers: tuple[Layer, ...]


def encoder_model(weights: EncoderWeights, name: str, phrases: PhraseLayers | None = None) -> onnx.ModelProto:
    """Build the ONNX model.

    Inputs: `input_ids` and `attention_mask`, int64 of shape (batch, sequence); the mask is 1 for tokens and 0 for
    padding. Output: `last_hidden_state`, float32 of shape (batch, sequence, hidden).

    With `phrases`, the model has an optional third input, `for_phrases`, a bool of shape (1,), false by default. If it
    is true, the output is that of the phrase layers, and the encoder's own layers from `shared` on are not computed.
    """
    graph = _Graph()
    hidden = weights.norm.scale.shape[0]
    states = _embed(graph, weights)
    graph.node("Cast", ["attention_mask"], MASK, to=TensorProto.INT32)
    axes = ["batch", "sequence"]
    output = helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [*axes, hidden])
    inputs = [helper.make_tensor_value_info(i, TensorProto.INT64, axes) for i in ("input_ids", "attention_mask")]
    count = len(weights.layers)
    if phrases is None:
        _layers(graph, states, weights, range(count), OUTPUT)
    else:
        shared = phrases.shared
        states = _layers(graph, states, weights, range(shared), f"layer{shared - 1}.out")
        own, rest = _Graph(graph, "phrases."), _Graph(graph, "texts.")
        _layers(rest, states, weights, range(shared, count), "texts.out")
        fitted = replace(weights, layers=weights.layers[:shared] + phrases.layers)
        _layers(own, states, fitted, range(shared, shared + len(phrases.layers)), "phrases.out")
        graph.constant(FOR_PHRASES, np.array([False]))
        inputs.append(helper.make_tensor_value_info(FOR_PHRASES, TensorProto.BOOL, [1]))
        branches = {"then_branch": own.branch("phrases.out"), "else_branch": rest.branch("texts.out")}
        graph.node("If", [FOR_PHRASES], OUTPUT, **branches)
    return helper.make_model(
        helper.make_graph(graph.nodes, name, inputs, [output], graph.constants),
        opset_imports=[helper.make_opsetid("", 21), helper.make_opsetid(CONTRIB, 1)],
        ir_version=10,  # the newest version that onnxruntime 1.20, the oldest supported, can read
        producer_name="alt-pipelines",
    )


def _layers(graph: "_Graph", states: str, weights: EncoderWeights, numbers: range, output: str) -> str:
    """Add the layers of these numbers, the last one with the given output. Return the name of that output."""
    for index in numbers:
        with_attention = _attend(graph, states, weights.layers[index], weights, f"layer{index}")
        named = output if index == numbers[-1] else f"layer{index}.out"
        states = _feed_forward(graph, with_attention, weights.layers[index], weights.epsilon, named)
    return states


class _Graph:
    """Collects the nodes and constants of the graph, or of a branch, which may use all names of the graph around it.

    The constants of a branch belong to the graph around it, with a prefix: onnxruntime keeps those inside a branch twice
    in memory, as they are stored and as its kernels read them (146 instead of 99 MB after the first text of
    multilingual-e5-small, the tokenizer not counted).
    """

    def __init__(self, around: "_Graph | None" = None, prefix: str = "") -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = around.constants if around is not None else []
        self._prefix = prefix
        self._quantised: dict[str, tuple[str, str]] = dict(around._quantised) if around is not None else {}
        if around is not None:
            return
        self.constant("one", np.array(1, np.float32))
        self.constant("levels", np.array(127, np.float32))
        self.constant("per_level", np.array(1 / 127, np.float32))
        self.constant("tiny", np.array(1e-12, np.float32))
        self.constant("middle", np.array(128, np.uint8))
        self.constant("last_axis", np.array([-1], np.int64))
        self.constant("first", np.array([0], np.int64))

    def branch(self, output: str) -> onnx.GraphProto:
        """Return this graph as a branch of an `If`; the shape of its output is inferred."""
        return helper.make_graph(
            self.nodes, output, [], [helper.make_tensor_value_info(output, TensorProto.FLOAT, None)]
        )

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), self._prefix + name))
        return self._prefix + name

    def node(self, operator: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(
            helper.make_node(operator, inputs, [output], name=f"{output}/{operator}", domain=domain, **attributes)
        )
        return output

    def quantise(self, values: str) -> tuple[str, str]:
        """Quantise each token's activations to uint8 around 128 by its own scale; return the names of codes and scales.

        The codes are uint8, not int8, because the fast kernels of x86 processors multiply uint8 by int8.
        """
        if values not in self._quantised:
            highest = self.node("ReduceMax", [values, "last_axis"], f"{values}.highest", keepdims=1)
            lowest = self.node("ReduceMin", [values, "last_axis"], f"{values}.lowest", keepdims=1)
            depth = self.node("Neg", [lowest], f"{values}.depth")
            peak = self.node("Max", [highest, depth, "tiny"], f"{values}.peak")
            factor = self.node("Div", ["levels", peak], f"{values}.factor")
            scale = self.node("Mul", [peak, "per_level"], f"{values}.scale")
            scaled = self.node("Mul", [values, factor], f"{values}.scaled")
            codes = self.node("QuantizeLinear", [scaled, "one", "middle"], f"{values}.codes")
            self._quantised[values] = (codes, scale)
        return self._quantised[values]

    def product(self, values: str, weight: Floats, output: str) -> str:
        """Multiply `values` by Wᵀ in 8 bits: (batch, sequence, inputs) to (batch, sequence, outputs)."""
        codes, scale = self.quantise(values)
        rows, row_scales = int8_rows(weight)
        quantised = self.constant(f"{output}.weight", rows.T)
        per_channel = self.constant(f"{output}.channel_scale", row_scales)
        raw = self.node(
            "MatMulIntegerToFloat", [codes, quantised, "one", per_channel, "middle"], f"{output}.raw", CONTRIB
        )
        return self.node("Mul", [raw, scale], output)

    def add(self, values: str, bias: Floats, output: str) -> str:
        return self.node("Add", [values, self.constant(f"{output}.bias", bias)], output)

    def normalise(self, values: str, norm: Norm, epsilon: float, output: str) -> str:
        scale = self.constant(f"{output}.norm_scale", norm.scale)
        shift = self.constant(f"{output}.norm_shift", norm.shift)
        return self.node("LayerNormalization", [values, scale, shift], output, axis=-1, epsilon=epsilon)


def _embed(graph: _Graph, weights: EncoderWeights) -> str:
    table = weights.tokens
    if isinstance(table, BlockTable):
        vocabulary, hidden = table.codes.shape
        nibbles = (table.codes & 15).astype(np.uint8)
        packed = nibbles[:, 0::2] | (nibbles[:, 1::2] << 4)
        graph.constants.append(
            helper.make_tensor("tokens", TensorProto.INT4, [vocabulary, hidden], packed.tobytes(), raw=True)
        )
        graph.constant("tokens.scale", table.scales)
        block = hidden // table.scales.shape[1]
        half = graph.node(
            "GatherBlockQuantized",
            ["tokens", "input_ids", "tokens.scale"],
            "words.half",
            CONTRIB,
            gather_axis=0,
            quantize_axis=1,
            block_size=block,
        )
        words = graph.node("Cast", [half], "words", to=TensorProto.FLOAT)
    else:
        graph.constant("tokens", table.codes)
        graph.constant("tokens.scale", table.scales)
        codes = graph.node("Gather", ["tokens", "input_ids"], "words.codes")
        scales = graph.node("Gather", ["tokens.scale", "input_ids"], "words.scales")
        words = graph.node("Mul", [graph.node("Cast", [codes], "words.float", to=TensorProto.FLOAT), scales], "words")
    graph.constant("positions", weights.positions)
    length = graph.node("Shape", ["input_ids"], "length", start=1, end=2)
    places = graph.node("Slice", ["positions", "first", length, "first"], "places")
    placed = graph.node("Add", [words, places], "words.placed")
    return graph.normalise(placed, weights.norm, weights.epsilon, "embedded")


def _attend(graph: _Graph, states: str, layer: Layer, weights: EncoderWeights, name: str) -> str:
    """Add attention, residual sum and normalisation.

    Two biases need no node. The key's bias shifts all scores of a query equally, which softmax ignores. The value's
    bias passes through the weighted average unchanged, so it is merged into the output's bias.
    """
    stacked = np.concatenate([layer.query.weight, layer.key.weight, layer.value.weight])
    together = graph.product(states, stacked, f"{name}.qkv")
    query, key, value = f"{name}.query.raw", f"{name}.key", f"{name}.value"
    graph.nodes.append(helper.make_node("Split", [together], [query, key, value], axis=-1, num_outputs=3))
    query = graph.add(query, layer.query.bias, f"{name}.query")
    context = graph.node(
        "MultiHeadAttention", [query, key, value, "", MASK], f"{name}.context", CONTRIB, num_heads=weights.heads
    )
    output = layer.attention_output
    bias = output.bias + output.weight @ layer.value.bias
    projected = graph.product(context, output.weight, f"{name}.projected")
    biased = graph.add(projected, bias.astype(np.float32), f"{name}.projected.biased")
    residual = graph.node("Add", [biased, states], f"{name}.attention.sum")
    return graph.normalise(residual, layer.attention_norm, weights.epsilon, f"{name}.attention")


def _feed_forward(graph: _Graph, states: str, layer: Layer, epsilon: float, output: str) -> str:
    name = states.removesuffix(".attention")
    wide = graph.add(graph.product(states, layer.up.weight, f"{name}.up"), layer.up.bias, f"{name}.up.biased")
    active = graph.node("Gelu", [wide], f"{name}.gelu")
    narrow = graph.add(graph.product(active, layer.down.weight, f"{name}.down"), layer.down.bias, f"{name}.down.biased")
    residual = graph.node("Add", [narrow, states], f"{name}.sum")
    return graph.normalise(residual, layer.output_norm, epsilon, output)


def int8_rows(matrix: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Return symmetric int8 codes of a matrix and one scale per row."""
    scales = np.abs(matrix).max(axis=1) / 127
    scales[scales == 0] = 1
    return np.round(matrix / scales[:, None]).astype(np.int8), scales.astype(np.float32)
