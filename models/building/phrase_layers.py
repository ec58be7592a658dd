"""Keep the layers that `benchmarks.fit_judgement` fits, with 8-bit weights, in `phrase_layers.npz`.

Each matrix is stored as its int8 codes and one scale per row, as the graph contains it, so a rebuilt model is the same
to the last byte.
"""

import hashlib
from dataclasses import fields
from pathlib import Path

import numpy as np

from building.encoder_graph import Affine, Floats, Layer, Norm, PhraseLayers, int8_rows

FILE = "phrase_layers.npz"


def write_phrase_layers(path: Path, phrases: PhraseLayers) -> None:
    """Write the layers; the same weights give the same bytes."""
    arrays = {"shared": np.array(phrases.shared)}
    for index, layer in enumerate(phrases.layers):
        for field in fields(Layer):
            part, name = getattr(layer, field.name), f"{index}.{field.name}"
            if isinstance(part, Affine):
                arrays[f"{name}.codes"], arrays[f"{name}.scales"] = int8_rows(part.weight)
                arrays[f"{name}.bias"] = part.bias
            else:
                arrays[f"{name}.scale"], arrays[f"{name}.shift"] = part.scale, part.shift
    np.savez(path, allow_pickle=False, **arrays)


def read_phrase_layers(path: Path) -> PhraseLayers:
    """Return the layers of the file.

    Raises:
        OSError: the file cannot be read; `git checkout -- models` restores it.
    """
    with np.load(path) as arrays:
        stored = {name: arrays[name] for name in arrays.files}
    count = len({name.partition(".")[0] for name in stored}) - 1  # "shared" is no layer
    return PhraseLayers(int(stored["shared"]), tuple(_layer(stored, index) for index in range(count)))


def fingerprint(path: Path) -> str:
    """Return what identifies the layers: the first 16 digits of the file's SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _layer(stored: dict[str, Floats], index: int) -> Layer:
    parts: dict[str, Affine | Norm] = {}
    for field in fields(Layer):
        name = f"{index}.{field.name}"
        if f"{name}.codes" in stored:
            weight = stored[f"{name}.codes"].astype(np.float32) * stored[f"{name}.scales"][:, None]
            parts[field.name] = Affine(weight, stored[f"{name}.bias"])
        else:
            parts[field.name] = Norm(stored[f"{name}.scale"], stored[f"{name}.shift"])
    return Layer(**parts)  # type: ignore[arg-type]
