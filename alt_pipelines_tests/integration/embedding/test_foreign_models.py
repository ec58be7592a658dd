"""Models that were not made here: inputs, integer types and outputs are read from the file."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from alt_pipelines.embedding.factory import ENGLISH
from alt_pipelines.embedding.onnx import OnnxEmbedder
from alt_pipelines.embedding.protocol import ModelFileError
from alt_pipelines.settings import EmbeddingSettings

onnx = pytest.importorskip("onnx", reason="onnx, which writes the small models, is not installed")

SIZE = 8


def write(folder: Path, inputs: list[str], integers: int, *, pooled: bool) -> Path:
    """A model whose token states are one-hot by token id modulo 8, or their mean over all positions."""
    from onnx import helper, numpy_helper

    nodes = [
        helper.make_node("Cast", ["input_ids"], ["wide"], to=onnx.TensorProto.INT64),
        helper.make_node("Mod", ["wide", "size"], ["axis"]),
        helper.make_node("Gather", ["axes", "axis"], ["last_hidden_state"]),
    ]
    shape: list[str | int] = ["batch", "sequence", SIZE]
    output = "last_hidden_state"
    if pooled:
        nodes.append(helper.make_node("ReduceMean", [output, "one"], ["sentence_embedding"], keepdims=0))
        shape, output = ["batch", SIZE], "sentence_embedding"
    # Inputs that no node reads are dropped by some exporters; this identity keeps them.
    nodes += [helper.make_node("Identity", [name], [f"{name}.kept"]) for name in inputs[1:]]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(name, integers, ["batch", "sequence"]) for name in inputs],
        [helper.make_tensor_value_info(output, onnx.TensorProto.FLOAT, shape)],
        [
            numpy_helper.from_array(np.array(SIZE), "size"),
            numpy_helper.from_array(np.array([1]), "one"),
            numpy_helper.from_array(np.eye(SIZE, dtype=np.float32), "axes"),
        ],
    )
    path = folder / "model.onnx"
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10), path)
    return path


@pytest.fixture
def folder(tmp_path: Path, settings: EmbeddingSettings) -> Path:
    shutil.copy(settings.models_dir / ENGLISH / "tokenizer.json", tmp_path)
    return tmp_path


@pytest.mark.parametrize("integers", [onnx.TensorProto.INT64, onnx.TensorProto.INT32], ids=["int64", "int32"])
@pytest.mark.parametrize(
    "inputs",
    [
        ["input_ids"],
        ["input_ids", "attention_mask"],
        ["input_ids", "attention_mask", "token_type_ids"],
    ],
    ids=["ids", "mask", "segments"],
)
def test_the_model_is_called_as_it_wants_to_be(
    folder: Path, settings: EmbeddingSettings, inputs: list[str], integers: int
) -> None:
    embedder = OnnxEmbedder(write(folder, inputs, integers, pooled=False), settings)
    assert embedder.dimension == SIZE
    short, long = "rain", "the bank raised rates again and again"
    together = embedder.encode([short, long])
    np.testing.assert_allclose(together, np.concatenate([embedder.encode([short]), embedder.encode([long])]), rtol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, rtol=1e-5)


def test_a_vector_that_the_model_pools_itself_is_taken_as_it_is(folder: Path, settings: EmbeddingSettings) -> None:
    states = OnnxEmbedder(write(folder, ["input_ids"], onnx.TensorProto.INT64, pooled=False), settings)
    expected = states.encode(["rain on the plain"])
    pooled = OnnxEmbedder(write(folder, ["input_ids"], onnx.TensorProto.INT64, pooled=True), settings)
    np.testing.assert_allclose(pooled.encode(["rain on the plain"]), expected, rtol=1e-5)


def test_a_model_of_something_else_is_refused_with_its_inputs(folder: Path, settings: EmbeddingSettings) -> None:
    path = write(folder, ["input_ids", "pixel_values"], onnx.TensorProto.INT64, pooled=False)
    with pytest.raises(ModelFileError, match="pixel_values"):
        OnnxEmbedder(path, settings).encode(["rain"])
