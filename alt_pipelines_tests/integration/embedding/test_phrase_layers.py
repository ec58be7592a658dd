"""The phrase layers of a model, from PyTorch to the ONNX graph, with small random weights."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from alt_pipelines.settings import PROJECT_ROOT

SIZE, WIDE, HEADS, TOKENS = 32, 64, 4, 50


@pytest.fixture
def building(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The modules that build models, which are no package of the project."""
    pytest.importorskip("onnx", reason="onnx is needed to build models")
    monkeypatch.syspath_prepend(str(PROJECT_ROOT / "models"))
    from building import encoder_graph, phrase_layers

    return SimpleNamespace(graph=encoder_graph, stored=phrase_layers)


@pytest.fixture
def weights(building: Any) -> Any:
    rng = np.random.default_rng(0)

    def some(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.3, shape).astype(np.float32)

    def affine(outputs: int, inputs: int) -> Any:
        return building.graph.Affine(some(outputs, inputs), some(outputs))

    def norm() -> Any:
        return building.graph.Norm(1 + some(SIZE), some(SIZE))

    def layer() -> Any:
        return building.graph.Layer(
            *(affine(SIZE, SIZE) for _ in range(4)), norm(), affine(WIDE, SIZE), affine(SIZE, WIDE), norm()
        )

    return building.graph.EncoderWeights(
        tokens=building.graph.RowTable.of(some(TOKENS, SIZE)),
        positions=some(20, SIZE),
        norm=norm(),
        layers=tuple(layer() for _ in range(4)),
        heads=HEADS,
        epsilon=1e-12,
    )


def states(model: Any, *, for_phrases: bool | None = None, exact: bool = False) -> np.ndarray:
    """The output of a model for one sequence; with exact 8-bit products on processors without VNNI instructions too."""
    import onnxruntime

    ids = np.array([[3, 14, 15, 9, 26]], np.int64)
    feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
    if for_phrases is not None:
        feeds["for_phrases"] = np.array([for_phrases])
    options = onnxruntime.SessionOptions()
    if exact:
        options.add_session_config_entry("session.x64quantprecision", "1")
    (found,) = onnxruntime.InferenceSession(model.SerializeToString(), options).run(None, feeds)
    return np.asarray(found[0])


def first_layers(weights: Any, building: Any, count: int) -> np.ndarray:
    cut = type(weights)(**{**vars(weights), "layers": weights.layers[:count]})
    return states(building.graph.encoder_model(cut, "first layers"))


def test_phrase_layers_follow_the_shared_ones_and_leave_the_vectors_of_texts(building: Any, weights: Any) -> None:
    phrases = building.graph.PhraseLayers(2, weights.layers[2:3])
    both = building.graph.encoder_model(weights, "both", phrases)
    assert (states(both, for_phrases=True) == first_layers(weights, building, 3)).all()
    whole = first_layers(weights, building, 4)
    assert (states(both, for_phrases=False) == whole).all()
    assert (states(both) == whole).all(), "texts are the default"
    other = building.graph.encoder_model(weights, "other", building.graph.PhraseLayers(2, weights.layers[:1]))
    assert not np.allclose(states(other, for_phrases=True), states(both, for_phrases=True))


def test_stored_layers_are_the_same_when_they_are_stored_again(building: Any, weights: Any, tmp_path: Path) -> None:
    phrases = building.graph.PhraseLayers(1, weights.layers[1:])
    file = tmp_path / building.stored.FILE
    building.stored.write_phrase_layers(file, phrases)
    first = file.read_bytes()
    read = building.stored.read_phrase_layers(file)
    found, expected = (
        states(building.graph.encoder_model(weights, "m", p), for_phrases=True).ravel() for p in (read, phrases)
    )
    assert np.corrcoef(found, expected)[0, 1] > 0.999
    print_of_first = building.stored.fingerprint(file)
    building.stored.write_phrase_layers(file, read)
    assert file.read_bytes() == first
    building.stored.write_phrase_layers(file, building.graph.PhraseLayers(1, weights.layers[:1]))
    assert building.stored.fingerprint(file) != print_of_first


@pytest.mark.torch
def test_pytorch_computes_what_the_graph_does(building: Any, weights: Any) -> None:
    torch = pytest.importorskip("torch")
    from building.pytorch import layer_of, module_of

    modules = [module_of(layer, weights.heads, weights.epsilon).eval() for layer in weights.layers]
    back = [layer_of(module) for module in modules]
    for layer, same in zip(weights.layers, back, strict=True):
        assert (layer.key.weight == same.key.weight).all()
        assert (layer.down.bias == same.down.bias).all()
        assert (layer.output_norm.shift == same.output_norm.shift).all()
    embedded = torch.tensor(weights.tokens.floats()[[3, 14, 15, 9, 26]] + weights.positions[:5])
    norm = torch.nn.functional.layer_norm(
        embedded, (SIZE,), torch.tensor(weights.norm.scale), torch.tensor(weights.norm.shift), weights.epsilon
    )
    with torch.no_grad():
        found = norm[None]
        for module in modules:
            found = module(found)
    expected = states(building.graph.encoder_model(weights, "whole"), exact=True)
    correlation = np.corrcoef(found[0].numpy().ravel(), expected.ravel())[0, 1]
    assert correlation > 0.995, "8-bit products differ a little"
