"""The files of an ONNX model and the contents of its manifest; loads nothing.

A shipped model is a folder of `model.onnx`, `tokenizer.json`, `manifest.json` and, where a language's mean vector is
subtracted, `centres.npy`; models/README.md describes the manifest. Any other ONNX text encoder works without a
manifest: `tokenizer.json` is beside the model file or one folder above it, and inputs and outputs are read from the
model.
"""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from alt_pipelines.embedding.protocol import ModelFileError, Vectors, primary_language

MANIFEST = "manifest.json"
MODEL = "model.onnx"
TOKENIZER = "tokenizer.json"

REBUILD = (
    "Restore the file with `git checkout -- models`, rebuild it with `python models/build_models.py build`, "
    "or name another model in TAG_ONNX_MODEL_PATH."
)


@dataclass(frozen=True)
class ModelFolder:
    """A model's files and how its texts are to be treated.

    Attributes:
        dimension: length of a vector; None where no manifest says so.
        max_length: tokens that the model can read; None where no manifest says so.
        prefix: what the model expects before every text.
        centres: language to the mean vector of its texts, "other" for the rest; empty where none is subtracted.
        fusions_off: graph optimisers of onnxruntime that would slow this graph down.
        phrase_layers: fingerprint of the model's phrase layers (models/README.md); None without them or a manifest.
        checksums: file name to SHA-256; empty where no manifest says so.
    """

    model: Path
    tokenizer: Path
    model_id: str
    dimension: int | None = None
    max_length: int | None = None
    prefix: str = ""
    centres: dict[str, Vectors] = field(default_factory=dict)
    fusions_off: tuple[str, ...] = ()
    phrase_layers: str | None = None
    checksums: dict[str, str] = field(default_factory=dict)

    def centre(self, language: str | None) -> Vectors | None:
        """The mean vector to subtract for a language, or None for models without centres."""
        return self.centres.get(primary_language(language), self.centres.get("other"))


def find_model(path: Path) -> ModelFolder:
    """Find the parts of the model at `path`, a model file or a folder that holds one.

    Raises:
        ModelFileError: model, tokenizer or a file that the manifest names is missing, or the manifest is unreadable.
    """
    model = next((file for file in (path, path / MODEL, path / "onnx" / MODEL) if file.is_file()), None)
    if model is None:
        raise ModelFileError(f"There is no ONNX model at {path} (nor a {MODEL} in that folder). {REBUILD}")
    tokenizer = next((f / TOKENIZER for f in (model.parent, model.parent.parent) if (f / TOKENIZER).is_file()), None)
    if tokenizer is None:
        raise ModelFileError(f"{model} requires {TOKENIZER} beside it or one folder above. {REBUILD}")
    if (model.parent / MANIFEST).is_file():
        return _with_manifest(model, tokenizer)
    name = model.parent.parent.name if model.parent.name == "onnx" else model.parent.name
    return ModelFolder(model, tokenizer, model_id=name if model.name == MODEL else f"{name}/{model.stem}")


def _with_manifest(model: Path, tokenizer: Path) -> ModelFolder:
    path = model.parent / MANIFEST
    try:
        said = json.loads(path.read_text("utf-8"))
        centres: dict[str, Vectors] = {}
        if "centres" in said:
            table = np.load(model.parent / said["centres"]["file"], allow_pickle=False).astype(np.float32)
            centres = dict(zip(said["centres"]["languages"], table, strict=True))
            if "other" not in centres:
                raise ValueError("centres lack one for 'other' languages")
        return ModelFolder(
            model,
            tokenizer,
            model_id=said["model_id"],
            dimension=int(said["dimension"]),
            max_length=int(said["max_length"]),
            prefix=said["prefix"],
            centres=centres,
            fusions_off=tuple(said["onnxruntime"]["fusions_off"]),
            phrase_layers=said.get("phrase_layers"),
            checksums={name: entry["sha256"] for name, entry in said["files"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelFileError(
            f"The manifest {path} cannot be used ({type(error).__name__}: {error}). {REBUILD}"
        ) from error


def verify_checksums(folder: ModelFolder) -> list[str]:
    """Compare every file with its SHA-256 in the manifest; takes about 0.1 s per 100 MB.

    Returns:
        One sentence per file that is missing or differs; an empty list when all is well, or nothing is to compare.
    """
    problems = []
    for name, expected in folder.checksums.items():
        path = folder.model.parent / name
        if not path.is_file():
            problems.append(f"{path} is missing. {REBUILD}")
            continue
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != expected:
            problems.append(f"{path} is damaged: SHA-256 {found[:12]}…, the manifest says {expected[:12]}…. {REBUILD}")
    return problems
