"""Time and memory of a genre run at 200, 1000, 3000 and 10 000 sentences, compared with the older service's method.

    python -m benchmarks.genre_run_speed            takes about five minutes
    python -m benchmarks.genre_run_speed --no-peer  ours alone

Articles have fifteen English sentences from ECB+; repeated sentences get a number appended. Budgets are lifted so that
every sentence counts. Each size runs in its own process after one small warm-up run, like a warm worker. Seconds cover
the whole run, including embedding, with nothing cached. On a busy machine, CPU seconds are more reliable. Memory is the
growth of the process's peak.

The peer is the older service's method with the same encoder: embed every sentence, drop copies, reduce with UMAP,
cluster sentences with HDBSCAN. It is this project's `umap` strategy, so only the strategy differs.

The data is not part of the project. It is read from the folder ALT_PIPELINES_DATA (default: ../shared/data).
"""

import argparse
import resource
import subprocess
import sys
import time

from alt_pipelines.embedding.factory import load_embedder
from alt_pipelines.recap.corpus.request import GenreRunRequest
from alt_pipelines.recap.pipeline import run_genre
from alt_pipelines.settings import EmbeddingSettings, RecapSettings
from alt_pipelines_tests.support.report import recorded
from alt_pipelines_tests.support.story_data import DATA, PARAMS, rows

SIZES = (200, 1000, 3000, 10_000)
SENTENCES_PER_ARTICLE = 15
STRATEGIES = ("articles", "umap")
TIMEOUT_SECONDS = 900


def request_of(sentences: int, first: int = 0) -> GenreRunRequest:
    """Build a request of that many distinct sentences, fifteen per article, from sentence `first` of the data on."""
    pool = [text for row in rows("cluster_en_ecbplus_t1-35.jsonl") for text in row["sentences"] if len(text) >= 30]
    laps = [divmod(i, len(pool)) for i in range(first, first + sentences)]
    texts = [pool[at] + (f" ({lap})" if lap else "") for lap, at in laps]
    documents = [
        {"article_id": f"a{at}", "paragraphs": ["\n".join(texts[at : at + SENTENCES_PER_ARTICLE])]}
        for at in range(0, sentences, SENTENCES_PER_ARTICLE)
    ]
    return GenreRunRequest.model_validate({"params": PARAMS, "documents": documents})


def measure(sentences: int, strategy: str) -> None:
    """Do a small warm-up run and then the measured run in this process, and print a row of the table."""
    settings = RecapSettings(max_tokens_budget=10**9, max_total_sentences=10_000, clustering_strategy=strategy)
    embedder = load_embedder(EmbeddingSettings())
    run_genre(request_of(150, first=9_000), settings, embedder)
    before = _peak_mb()
    started, used = time.perf_counter(), time.process_time()
    result = run_genre(request_of(sentences), settings, embedder)
    seconds, used = time.perf_counter() - started, time.process_time() - used
    found = result.diagnostics
    counts = [found["total_sentences"], found["documents_used"], found["embedded_sentences"], len(result.clusters)]
    times = [seconds, used, found["embedding_ms"] / 1000, found["hdbscan_ms"] / 1000]
    cells = [strategy, *counts, *(f"{value:.2f}" for value in times), f"{_peak_mb() - before:.0f}"]
    print("| " + " | ".join(map(str, cells)) + " |", flush=True)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print the table, with one process per row."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-peer", action="store_true", help="ours alone")
    parser.add_argument("--one", nargs=2, metavar=("SENTENCES", "STRATEGY"), help="one row, in this process")
    options = parser.parse_args()
    if options.one:
        measure(int(options.one[0]), options.one[1])
        return
    if not DATA.is_dir():
        parser.error(f"the measuring data is not at {DATA}; set ALT_PIPELINES_DATA to the folder that holds dev/")
    titles = ["strategy", "sentences", "articles", "embedded", "stories"]
    titles += ["s total", "CPU s", "s embedding", "s clustering", "additional MB"]
    print("| " + " | ".join(titles) + " |\n|" + "---|" * len(titles), flush=True)
    for size in SIZES:
        for strategy in STRATEGIES[: 1 if options.no_peer else 2]:
            command = [sys.executable, "-m", "benchmarks.genre_run_speed", "--one", str(size), strategy]
            done = subprocess.run(command, check=True, timeout=TIMEOUT_SECONDS, stdout=subprocess.PIPE, text=True)
            print(done.stdout, end="", flush=True)


if __name__ == "__main__":
    with recorded("benchmarks.genre_run_speed"):
        main()
