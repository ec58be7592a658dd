"""Story quality of genre runs compared with BERTopic on the same embeddings: BCubed F1 of articles, V-measure, time.

    python -m benchmarks.clustering                 every set, with BERTopic (about ten minutes)
    python -m benchmarks.clustering --no-peers      ours alone
    python -m benchmarks.clustering --set "ECB+"    sets whose names have this prefix

"ours" is the product: `run_genre` on a whole request, scored by its assignments. The token and sentence budgets are
lifted because they would cut these sets; the column "default budgets" is the same run with the default budgets.
BERTopic runs with its defaults, once over sentences (each article gets the most frequent topic of its sentences) and
once over articles (mean of their sentence embeddings). Embeddings are computed beforehand and are in no method's time.

The data is not part of the project. It is read from the folder ALT_PIPELINES_DATA (default: ../shared/data).
"""

import argparse
import warnings

import numpy as np

from alt_pipelines.embedding.factory import load_embedder
from alt_pipelines.embedding.protocol import Embedder, Vectors
from alt_pipelines.settings import EmbeddingSettings, RecapSettings
from alt_pipelines_tests.support.report import recorded
from alt_pipelines_tests.support.story_data import (
    DATA,
    LIFTED,
    SEED,
    Problem,
    Remembering,
    ours,
    problems,
    score,
    votes,
)

PEER_SENTENCES = 8  # sentences per article given to BERTopic: with more it is slower and no better


def bertopic_on_sentences(problem: Problem, embedder: Embedder, _: RecapSettings) -> list[int]:
    """Run BERTopic over sentences and label each article by majority vote of its sentences."""
    texts = [(item.item_id, text) for item in problem for text in item.sentences[:PEER_SENTENCES]]
    topics = _bertopic([text for _, text in texts], embedder.encode([text for _, text in texts]))
    return votes(zip((owner for owner, _ in texts), topics, strict=True), [item.item_id for item in problem])


def bertopic_on_articles(problem: Problem, embedder: Embedder, _: RecapSettings) -> list[int]:
    """Run BERTopic over articles, each embedded as the mean of its sentences."""
    means = np.array([embedder.encode(item.sentences[:PEER_SENTENCES]).mean(0) for item in problem])
    return _bertopic([" ".join(item.sentences[:PEER_SENTENCES]) for item in problem], means)


def _bertopic(texts: list[str], vectors: Vectors) -> list[int]:
    from bertopic import BERTopic
    from umap import UMAP

    umap = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=SEED)  # the default, seeded
    try:
        topics, _ = BERTopic(umap_model=umap).fit_transform(texts, vectors)
    except (ValueError, TypeError):  # too few texts for UMAP, or an empty vocabulary: no topics
        return [-1] * len(texts)
    return [int(topic) for topic in topics]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-peers", action="store_true", help="ours alone")
    parser.add_argument("--set", default="", help="only sets whose name starts with this")
    options = parser.parse_args()
    if not DATA.is_dir():
        parser.error(f"the measuring data is not at {DATA}; set ALT_PIPELINES_DATA to the folder that holds dev/")
    warnings.filterwarnings("ignore")
    embedder = Remembering(load_embedder(EmbeddingSettings()))
    print(f"Model {embedder.model_id}. Each cell: BCubed F1 (precision/recall), V-measure, mean seconds per problem.\n")
    peers = [] if options.no_peers else [bertopic_on_sentences, bertopic_on_articles]
    titles = ["set (problems)", "ours", "ours, default budgets", *(peer.__name__.replace("_", " ") for peer in peers)]
    print("| " + " | ".join(titles) + " |\n|" + "---|" * len(titles))
    for name, group in problems():
        if not name.startswith(options.set):
            continue
        for method in (ours, *peers):  # an unmeasured first run for embedding, imports and compilation
            method(group[0], embedder, LIFTED)
        for problem in group:
            embedder.encode([text for item in problem for text in item.sentences[:PEER_SENTENCES]])
            ours(problem, embedder, LIFTED)
        cells = [score(ours, group, embedder, LIFTED), score(ours, group, embedder, RecapSettings())]
        cells += [score(peer, group, embedder, LIFTED) for peer in peers]
        print(f"| {name} ({len(group)}) | " + " | ".join(map(str, cells)) + " |", flush=True)


if __name__ == "__main__":
    with recorded(
        "benchmarks.clustering",
        fitted="The settings were chosen on these sets, so expect lower figures on other data. The sets in "
        "Japanese and in two languages are labelled or written by this project.",
    ):
        main()
