"""Write a model's folder: first its files, then a manifest with their checksums."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import onnx
from tokenizers import Tokenizer

from building import phrase_layers
from building.centres import CENTRED
from building.encoder_graph import FUSIONS_TO_SWITCH_OFF

LIMIT = 100_000_000  # largest file in bytes that a git host accepts without LFS


@dataclass(frozen=True)
class Description:
    """The manifest's fields about a model, besides its files.

    Attributes:
        max_length: largest number of tokens that the model reads, including special tokens.
        prefix: text that the model expects before every input.
        languages: two-letter codes of the supported languages, or "*" for about a hundred.
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
    """Write model and tokenizer, then the manifest of all files in the folder."""
    onnx.checker.check_model(model)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(model.SerializeToString(deterministic=True))
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    write_manifest(folder, description)


def write_manifest(folder: Path, description: Description) -> None:
    """Write manifest.json for the model files in the folder.

    Raises:
        ValueError: a file is larger than `LIMIT`.
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
    fitted = folder / phrase_layers.FILE
    manifest = {
        **said,
        **({"phrase_layers": phrase_layers.fingerprint(fitted)} if fitted.is_file() else {}),
        "pooling": "mean",
        "normalise": True,
        "quantisation": "int8 matrix products, weights per channel, activations per token",
        "onnxruntime": {"fusions_off": list(FUSIONS_TO_SWITCH_OFF)},
        "source": source,
        "files": files,
    }
    if "centres.npy" in files:
        manifest["centres"] = {"file": "centres.npy", "languages": list(CENTRED)}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
