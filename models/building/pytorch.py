"""Turn the layers of an encoder into modules of PyTorch to fit them, and back."""

from typing import Any

import numpy as np
import torch
from torch import nn

from building.encoder_graph import Affine, Layer, Norm


def module_of(layer: Layer, heads: int, epsilon: float, dropout: float = 0.0) -> nn.TransformerEncoderLayer:
    """Return a layer as a module of PyTorch, with dropout outside the attention."""
    wide, size = layer.up.weight.shape
    module = nn.TransformerEncoderLayer(
        size, heads, wide, dropout, "gelu", layer_norm_eps=epsilon, batch_first=True
    )
    module.self_attn.dropout = 0.0  # with dropout there, training takes four times as long
    attention = (layer.query, layer.key, layer.value)
    state: dict[str, Any] = {
        "self_attn.in_proj_weight": np.concatenate([part.weight for part in attention]),
        "self_attn.in_proj_bias": np.concatenate([part.bias for part in attention]),
    }
    for name, part in _parts(layer).items():
        state[f"{name}.weight"], state[f"{name}.bias"] = (
            (part.weight, part.bias) if isinstance(part, Affine) else (part.scale, part.shift)
        )
    module.load_state_dict({name: torch.tensor(value) for name, value in state.items()})
    return module


def _parts(layer: Layer) -> dict[str, Affine | Norm]:
    """Return the parts of a layer, without the projections of its attention, by PyTorch's names."""
    return {
        "self_attn.out_proj": layer.attention_output,
        "norm1": layer.attention_norm,
        "linear1": layer.up,
        "linear2": layer.down,
        "norm2": layer.output_norm,
    }


def layer_of(module: nn.Module) -> Layer:
    """Return the layer that a module has become."""
    state = {name: value.detach().numpy() for name, value in module.state_dict().items()}
    weights = np.split(state["self_attn.in_proj_weight"], 3)
    biases = np.split(state["self_attn.in_proj_bias"], 3)

    def affine(name: str) -> Affine:
        return Affine(state[f"{name}.weight"], state[f"{name}.bias"])

    def norm(name: str) -> Norm:
        return Norm(state[f"{name}.weight"], state[f"{name}.bias"])

    return Layer(
        *(Affine(weight, bias) for weight, bias in zip(weights, biases, strict=True)),
        attention_output=affine("self_attn.out_proj"),
        attention_norm=norm("norm1"),
        up=affine("linear1"),
        down=affine("linear2"),
        output_norm=norm("norm2"),
    )
