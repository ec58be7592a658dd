"""Fit the phrase layers of the multilingual encoder, together with the network that judges by them, with PyTorch.

The layers start as those of multilingual-e5-small that follow the shared ones (Wang et al. 2024), and are fine-tuned
with dropout, AdamW (Loshchilov and Hutter 2019) and one cycle of the learning rate (Smith and Topin 2017). The network
has one hidden layer of rectified linear units on a phrase's features and its vector in context; a phrase without
features counts as one with average ones. The loss is the mean cross-entropy of both logits.

Matrix products are in bfloat16, so the same data and seed give nearly, not exactly, the same layers on another
processor.
"""

import random
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn

from alt_pipelines.embedding.contexts import PARTS, Reading
from alt_pipelines.embedding.onnx import OnnxEmbedder
from alt_pipelines.settings import EmbeddingSettings
from alt_pipelines.tagging.extraction.judgement import FARTHEST, Network, standardised
from alt_pipelines_tests.support.tag_data import PROJECT

sys.path.insert(0, str(PROJECT / "models"))  # its scripts run without the project installed, and import `building`

from build_models import E5, build
from building import e5_source
from building.encoder_graph import EncoderWeights, PhraseLayers, encoder_model
from building.folder import write_model
from building.packages import package_folder
from building.phrase_layers import FILE, fingerprint, write_phrase_layers
from building.pytorch import layer_of, module_of

Fitted = tuple[PhraseLayers, Network]
Around = tuple[Sequence[int], Sequence[int]]

FOLDER = PROJECT / "models" / "multilingual-e5-small"
SHARED, OWN = 3, 5  # layers of the encoder that are kept, and those after them that are fine-tuned
SEED = 0
_SORTED = 96  # examples that are sorted by length before they are divided into batches


@dataclass(frozen=True)
class Example:
    """The judged phrases of an article: what is read of it, the values of n phrases (n, f), NaN for unknown ones, and
    their verdicts, -1 unfit, 0 fine, 1 chosen.
    """

    reading: Reading
    values: NDArray[np.float64]
    verdicts: NDArray[np.int_]


@dataclass(frozen=True)
class Training:
    """The hyperparameters: passes over the data, tokens per batch, the highest learning rates of the layers and of the
    network, units of its hidden layer, dropout rates of the layers, of a phrase's features, its vector, and the hidden
    layer.
    """

    epochs: int = 3
    tokens: int = 3000
    rate: float = 1e-4
    network_rate: float = 1e-3
    hidden: int = 256
    dropout: float = 0.1
    feature_dropout: float = 0.05
    vector_dropout: float = 0.2
    hidden_dropout: float = 0.4
    decay: float = 0.01


def original() -> EncoderWeights:
    """Return the weights of multilingual-e5-small, from the package that the shipped model is built from."""
    with package_folder(e5_source.PACKAGE, e5_source.VERSION) as package:
        return e5_source.read_weights(e5_source.E5File(package))


@contextmanager
def reader_with(weights: EncoderWeights, phrases: PhraseLayers) -> Iterator[OnnxEmbedder]:
    """Build the multilingual model with these phrase layers, and yield an encoder that runs it."""
    with TemporaryDirectory() as folder:
        write_phrase_layers(Path(folder) / FILE, phrases)
        tokenizer = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
        write_model(Path(folder), encoder_model(weights, E5.model_id, phrases), tokenizer, E5)
        yield OnnxEmbedder(Path(folder), EmbeddingSettings())


def ship(phrases: PhraseLayers) -> str:
    """Store the layers, build the shipped model with them, and return their fingerprint."""
    write_phrase_layers(FOLDER / FILE, phrases)
    build([FOLDER.name])
    return str(fingerprint(FOLDER / FILE))


def fit_layers(examples: Sequence[Example], weights: EncoderWeights, around: Around, training: Training) -> Fitted:
    """Return the layers and the network.

    Args:
        examples: the judged articles; every one has the same weight.
        weights: of the encoder that the layers start from.
        around: token ids that the encoder reads before and after each window.
        training: the hyperparameters.
    """
    torch.manual_seed(SEED)
    order = random.Random(SEED)
    known = np.concatenate([e.values[~np.isnan(e.values).any(axis=1)] for e in examples])
    mean, spread = known.mean(axis=0), known.std(axis=0)
    spread[spread < 1e-6] = 1  # of a value that never changes
    states_of = _SharedLayers(weights, around)
    prepared = [_prepared(e, states_of, mean, spread) for e in examples if len(e.verdicts) and e.reading.sequences]
    own = weights.layers[SHARED : SHARED + OWN]
    layers = nn.ModuleList(module_of(layer, weights.heads, weights.epsilon, training.dropout) for layer in own)
    network = _Network(len(mean), PARTS * weights.positions.shape[1], training)
    _optimise(
        layers, network, [batch for _ in range(training.epochs) for batch in _batches(prepared, training.tokens, order)]
    )
    phrases = PhraseLayers(SHARED, tuple(map(layer_of, layers)))
    return phrases, network.exported(mean.astype(np.float32), spread.astype(np.float32))


def _optimise(layers: nn.ModuleList, network: "_Network", batches: Sequence[Sequence["_Prepared"]]) -> None:
    training = network.plan
    groups = [
        {"params": layers.parameters(), "lr": training.rate, "weight_decay": training.decay},
        {"params": network.parameters(), "lr": training.network_rate, "weight_decay": training.decay},
    ]
    optimizer = torch.optim.AdamW(groups)
    rates = [training.rate, training.network_rate]
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rates, total_steps=len(batches), pct_start=0.1)
    for batch in batches:
        loss = _loss(layers, network, batch)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([*layers.parameters(), *network.parameters()], 1.0)
        optimizer.step()
        schedule.step()


@dataclass(frozen=True)
class _Prepared:
    """An example as tensors: the states of each window's tokens after the shared layers, which of them belong to the
    window itself, and the rest of `Example`.
    """

    states: list[Tensor]
    inner: list[slice]
    missing: Tensor
    shares: Tensor
    values: Tensor
    verdicts: Tensor


class _Network(nn.Module):
    """The judgement's network (`judgement.Network`), with dropout."""

    def __init__(self, features: int, context: int, plan: Training) -> None:
        super().__init__()
        self.plan = plan
        self.hidden = nn.Linear(features + 1 + context, plan.hidden)
        self.output = nn.Linear(plan.hidden, 2)

    def forward(self, values: Tensor, vectors: Tensor) -> Tensor:
        drop, plan = nn.functional.dropout, self.plan
        vectors = vectors.clamp(-FARTHEST, FARTHEST)
        both = torch.cat(
            [drop(values, plan.feature_dropout, self.training), drop(vectors, plan.vector_dropout, self.training)], 1
        )
        logits: Tensor = self.output(drop(torch.relu(self.hidden(both)), plan.hidden_dropout, self.training))
        return logits

    def exported(self, mean: NDArray[np.float32], spread: NDArray[np.float32]) -> Network:
        """Return the network as the product runs it; the vectors are not standardised."""
        vectors = self.hidden.in_features - len(mean)
        parts = [part.detach().numpy() for layer in (self.hidden, self.output) for part in (layer.weight.T, layer.bias)]
        return Network(np.pad(mean, (0, vectors)), np.pad(spread, (0, vectors), constant_values=1), *parts)


class _SharedLayers:
    """Computes the states of a window's tokens after the shared layers, those around the window included."""

    def __init__(self, weights: EncoderWeights, around: Around) -> None:
        self._around = around
        self._table = torch.tensor(weights.tokens.floats())
        self._positions = torch.tensor(weights.positions)
        self._norm = nn.LayerNorm(self._positions.shape[1], eps=weights.epsilon)
        norm = {"weight": torch.tensor(weights.norm.scale), "bias": torch.tensor(weights.norm.shift)}
        self._norm.load_state_dict(norm)
        shared = weights.layers[:SHARED]
        self._layers = nn.ModuleList(module_of(layer, weights.heads, weights.epsilon) for layer in shared).eval()

    def inner(self, window: Sequence[int]) -> slice:
        """Return which states belong to the tokens of the window."""
        return slice(len(self._around[0]), len(self._around[0]) + len(window))

    def __call__(self, window: Sequence[int]) -> Tensor:
        before, after = self._around
        ids = torch.tensor([*before, *window, *after])
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            states: Tensor = self._norm(self._table[ids] + self._positions[: len(ids)])[None]
            for layer in self._layers:
                states = layer(states)
        return states[0].half()


def _prepared(
    example: Example, states_of: _SharedLayers, mean: NDArray[np.float64], spread: NDArray[np.float64]
) -> _Prepared:
    values = np.where(np.isnan(example.values), mean, example.values)
    return _Prepared(
        list(map(states_of, example.reading.sequences)),
        list(map(states_of.inner, example.reading.sequences)),
        torch.tensor(example.reading.missing),
        torch.tensor(example.reading.shares),
        torch.tensor(standardised(values, mean, spread)),
        torch.tensor(example.verdicts),
    )


def _batches(examples: Sequence[_Prepared], tokens: int, order: random.Random) -> list[list[_Prepared]]:
    """Return the examples in random batches of similar lengths."""
    shuffled = order.sample(examples, len(examples))
    batches: list[list[_Prepared]] = []
    for start in range(0, len(shuffled), _SORTED):
        room = 0
        for example in sorted(shuffled[start : start + _SORTED], key=lambda e: max(map(len, e.states))):
            size = sum(map(len, example.states))
            if room < size:
                batches.append([])
                room = tokens
            batches[-1].append(example)
            room -= size
    order.shuffle(batches)
    return batches


def _loss(layers: nn.ModuleList, network: _Network, batch: Sequence[_Prepared]) -> Tensor:
    windows = [window for example in batch for window in example.states]
    states = nn.utils.rnn.pad_sequence(windows, batch_first=True).float()
    lengths = torch.tensor([len(window) for window in windows])
    padding = torch.arange(states.shape[1])[None] >= lengths[:, None]
    with torch.autocast("cpu", dtype=torch.bfloat16):
        for layer in layers:
            states = layer(states, src_key_padding_mask=padding)
    rows = iter(states.float())
    losses = []
    for example in batch:
        read = torch.cat([next(rows)[inner] for inner in example.inner])
        parts = torch.einsum("npt,td->npd", example.shares, read)
        logits = network(example.values, torch.cat([example.missing[:, None], parts.flatten(1)], 1))
        expected = torch.stack([example.verdicts == -1, example.verdicts == 1], 1).float()
        losses.append(nn.functional.binary_cross_entropy_with_logits(logits, expected))
    return torch.stack(losses).mean()
