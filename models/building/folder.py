"""A model's folder: files written, then described by a manifest with their checksums.

What belongs here: the manifest's fields and the order of writing. What does not: how a model is made.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import onnx
from tokenizers import Tokenizer

from building.encoder_graph import FUSIONS_TO_SWITCH_OFF

LIMIT = 100_000_000  # bytes of a file that a plain git host takes


@dataclass(frozen=True)
class Description:
    """What the manifest says of a model besides its files.

    Attributes:
        max_length: tokens that the model can read, special ones included.
        prefix: what it expects before every text.
        languages: the two-letter codes it is meant for, or "*" for about a hundred.
    """

    model_id: str
    dimension: int
    max_length: int
    prefix: str
    languages: tuple[str, ...]
    upstream: str
    licence: str
    package: str
    version: str


def write_model(folder: Path, model: onnx.ModelProto, tokenizer: Tokenizer, description: Description) -> None:
    """Write model and tokenizer, then the manifest over all files of the folder."""
    onnx.checker.check_model(model)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(model.SerializeToString(deterministic=True))
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    write_manifest(folder, description)


def write_manifest(folder: Path, description: Description) -> None:
    """Write manifest.json over the files that are there.

    Raises:
        ValueError: a file is larger than a plain git host takes.
    """
    named = [name for name in ("model.onnx", "tokenizer.json", "centres.npy") if (folder / name).is_file()]
    files = {}
    for name in named:
        content = (folder / name).read_bytes()
        if len(content) > LIMIT:
            raise ValueError(f"{folder / name} has {len(content)} bytes, more than {LIMIT}.")
        files[name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    said = asdict(description)
    source = {key: said.pop(key) for key in ("upstream", "licence", "package", "version")}
    manifest = {
        **said,
        "pooling": "mean",
        "normalise": True,
        "quantisation": "int8 matrix products, weights per channel, activations per token",
        "onnxruntime": {"fusions_off": list(FUSIONS_TO_SWITCH_OFF)},
        "source": source,
        "files": files,
    }
    if "centres.npy" in files:
        manifest["centres"] = {"file": "centres.npy", "languages": ["en", "ja", "other"]}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
