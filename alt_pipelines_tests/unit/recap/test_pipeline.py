"""A genre run from request to result: every odd shape of input gives a sensible run that keeps the contract."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from alt_pipelines.embedding.hashing import HashingEmbedder
from alt_pipelines.embedding.protocol import Vectors
from alt_pipelines.recap.pipeline import run_genre
from alt_pipelines.recap.story.response import response_parts
from alt_pipelines.recap.story.result import GenreResult
from alt_pipelines.settings import RecapSettings
from alt_pipelines_tests.unit.recap.corpora import document, english, japanese, request
from alt_pipelines_tests.unit.recap.runs import SETTINGS, check, leads, run, stories_of


def test_articles_of_one_story_are_one_cluster_and_other_stories_others() -> None:
    result = run(english(stories=4, each=4))
    assert sorted(map(sorted, stories_of(result))) == [["Chips"], ["Election"], ["Ferry"], ["Volcano"]]
    assert result.status == "succeeded"
    assert not result.diagnostics["partial"]


def test_japanese_without_white_space_is_split_clustered_and_has_terms() -> None:
    result = run(japanese(stories=3, each=3))
    assert sorted(map(sorted, stories_of(result))) == [["ja0"], ["ja1"], ["ja2"]]
    assert result.diagnostics["total_sentences"] == 27
    assert all(story.top_terms and story.label for story in result.clusters)
    assert {r.lang for story in result.clusters for r in story.representatives} == {"ja"}


def test_languages_that_are_mixed_do_not_mix_in_a_cluster() -> None:
    result = run(english(stories=3) + japanese(stories=3))
    for names in stories_of(result):
        assert len({name.startswith("ja") for name in names}) == 1


def test_unlike_articles_are_noise_and_never_one_story() -> None:
    result = run(leads(english(stories=6, each=1)))
    assert [(noise.cluster_id, noise.label, len(noise.article_ids)) for noise in result.clusters] == [(-1, "noise", 6)]
    assert response_parts(result)["cluster_count"] == 0
    assert result.status == "succeeded"
    assert result.diagnostics["noise_ratio"] == 1
    assert not result.diagnostics["used_fallback"]


def test_articles_of_no_story_are_the_last_cluster_and_named_noise() -> None:
    result = run(english(stories=2, each=4) + leads(english(stories=6, each=1))[2:])
    assert stories_of(result) == [{"Ferry"}, {"Chips"}] or stories_of(result) == [{"Chips"}, {"Ferry"}]
    assert result.clusters[-1].cluster_id == -1
    assert set(result.clusters[-1].article_ids) == {"Election-0", "Volcano-0", "Football-0", "Bank-0"}


@pytest.mark.parametrize("text", ["?! " * 20, "--- *** " * 8, "… " * 30])
def test_noise_without_a_sentence_has_no_similarity(text: str) -> None:
    result = run([document(f"a{i}", text) for i in range(3)])
    (noise,) = result.clusters
    assert (noise.cluster_id, noise.size) == (-1, 0)
    assert "avg_sim" not in noise.stats


def test_one_story_is_one_cluster() -> None:
    result = run(english(stories=1, each=8))
    assert stories_of(result) == [{"Ferry"}]
    assert result.diagnostics["noise_ratio"] == 0
    assert "silhouette" not in result.diagnostics


def test_identical_sentences_are_one_cluster_that_still_has_a_representative() -> None:
    same = "The very same sentence arrives from every single source."
    result = run([document(f"a{i}", same) for i in range(50)])
    (story,) = result.clusters
    assert (story.size, len(story.article_ids), len(story.representatives)) == (1, 50, 1)
    assert result.diagnostics["dedup_pairs"] == 49
    assert len(result.assignments) == 50


@pytest.mark.parametrize("count", [3, 4, 5])
def test_the_smallest_inputs_give_an_answer(count: int) -> None:
    assert len(run(english(stories=1, each=count)).stories) == 1
    assert len(run(leads(english(stories=count, each=1))).clusters) == 1


def test_the_similarity_of_a_story_of_copies_is_measured_over_the_copies() -> None:
    line = "The harbour ferry to Skaldvik sank off the coast on Monday night with forty aboard."
    result = run([document("a", line), document("b", line), *english(stories=2, each=3)])
    (copies,) = (story for story in result.stories if story.size == 1)
    assert set(copies.article_ids) == {"a", "b"}
    assert copies.stats["avg_sim"] == pytest.approx(1)
    assert all("avg_sim" in story.stats for story in result.stories)


def test_paragraphs_of_exactly_thirty_characters_are_used() -> None:
    exact = ["Rain fell all day on Skaldvik.", "Rain fell on Skaldvik all day.", "All day rain fell on Skaldvik."]
    assert {len(text) for text in exact} == {30}
    result = run([document(f"a{i}", text) for i, text in enumerate(exact)])
    assert result.diagnostics["documents_used"] == 3
    assert len(result.clusters) == 1


def test_documents_of_one_id_are_one_article_in_one_cluster() -> None:
    documents = english(stories=2, each=3)
    again = document("Ferry-0", "The crew of the Northern Star stayed on board until the next morning tide.")
    result = run([*documents, again, documents[0]])
    homes = {a.article_id: a.cluster_id for a in result.assignments}
    assert len(homes) == 6
    assert result.diagnostics["documents_repeated"] == 2
    assert [a.sentence_idx for a in result.assignments if a.article_id == "Ferry-0"] == [0, 1, 2, 3]


def test_paragraphs_without_a_word_do_not_stop_a_run() -> None:
    result = run([document(f"a{i}", "!? " * 20 + "." * i) for i in range(4)])
    assert [cluster.cluster_id for cluster in result.clusters] == [-1]


def test_documents_of_hardly_any_characters_are_noise() -> None:
    result = run([document(f"a{i}", "x" + " " * 40 + "y") for i in range(3)])
    assert [cluster.cluster_id for cluster in result.clusters] == [-1]


def test_code_and_stack_traces_never_represent_a_story() -> None:
    trace = (
        "Traceback (most recent call last):\n"
        'File "/srv/app/main.py", line 12, in run\n'
        "at com.example.Server.start(Server.java:88)\n"
        "The outage of the Ostrava data centre lasted for six hours, the operator said."
    )
    result = run([document(f"a{i}", trace) for i in range(4)])
    shown = [r.text for story in result.clusters for r in story.representatives]
    assert shown
    assert all(text.startswith("The outage") for text in shown)


class _Broken(HashingEmbedder):
    """Gives NaN or infinity for some texts, as a damaged model or a bad GPU does."""

    def encode(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> Vectors:
        rows = super().encode(texts, languages)
        rows[[i for i, text in enumerate(texts) if "ferry" in text]] = np.nan
        rows[[i for i, text in enumerate(texts) if "chip" in text]] = np.inf
        return rows


def test_vectors_with_nan_are_counted_and_never_reach_the_answer() -> None:
    result = run_genre(request(english(stories=3)), SETTINGS, _Broken())
    check(result)
    assert result.diagnostics["vectors_unusable"] == 8
    assert result.status == "partial"


def test_zero_vectors_still_give_stories_from_words_alone() -> None:
    class Silent(HashingEmbedder):
        def encode(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> Vectors:
            return np.zeros((len(texts), self.dimension), np.float32)

    result = run_genre(request(english(stories=3)), SETTINGS, Silent())
    check(result)
    assert result.clusters


def test_the_same_request_gives_the_same_response_but_for_the_times() -> None:
    documents = english(stories=5, each=6) + japanese()
    answers = []
    for _ in range(2):
        parts = response_parts(run(documents))
        parts["diagnostics"] = {k: v for k, v in parts["diagnostics"].items() if not k.endswith("_ms")}
        answers.append(json.dumps(parts))
    assert answers[0] == answers[1]


def test_like_events_a_year_apart_are_two_stories_and_days_apart_are_one() -> None:
    def quakes(years: tuple[int, int]) -> GenreResult:
        lead = "A strong earthquake shook the coast of Tessaly and damaged hundreds of houses"
        return run(
            [
                document(f"y{year}-{i}", f"{lead}, report {i}.", published_at=f"{year}-03-0{i + 1}T08:00:00Z")
                for year in years
                for i in range(4)
            ]
        )

    assert sorted(map(sorted, stories_of(quakes((2015, 2016))))) == [["y2015"], ["y2016"]]
    assert stories_of(quakes((2015, 2015))) == [{"y2015"}]


def test_articles_without_a_date_are_not_kept_from_dated_ones() -> None:
    documents = english(stories=2, each=4)
    for each in documents[::2]:
        each["published_at"] = "2026-03-01T00:00:00Z"
    assert sorted(map(sorted, stories_of(run(documents)))) == [["Chips"], ["Ferry"]]


def test_headlines_become_labels() -> None:
    documents = english(stories=2, each=3)
    for each in documents:
        each["title"] = f"Breaking: {each['article_id'].split('-')[0]} story " + "x" * 200
    result = run(documents)
    assert all(story.label and story.label.startswith("Breaking: ") for story in result.clusters)


def test_two_short_articles_are_a_story_at_the_usual_cluster_size() -> None:
    assert len(run(leads(english(stories=3, each=2))).clusters) == 3


def test_code_alone_is_noise() -> None:
    result = run([document(f"a{i}", f"def handler_{i}(event, context): return {{'x': event['y']}};") for i in range(3)])
    assert [cluster.cluster_id for cluster in result.clusters] == [-1]


@pytest.mark.timeout(180)
@pytest.mark.heavy
def test_the_sentence_strategy_clusters_by_umap_and_says_so() -> None:
    settings = RecapSettings(clustering_strategy="umap", dedup_threshold=1.0)
    documents = english(stories=4, each=6)
    result = run(documents, settings=settings, umap_n_components=5, hdbscan_min_cluster_size=4)
    assert result.diagnostics["strategy"] == "umap"
    assert result.diagnostics["umap_used"]
    assert result.diagnostics["hdbscan"] == {"min_cluster_size": 4, "min_samples": 2}
    again = run(documents, settings=settings, umap_n_components=5, hdbscan_min_cluster_size=4)
    assert result.assignments == again.assignments


def test_the_sentence_strategy_takes_the_smallest_input() -> None:
    result = run(english(stories=3, each=1), settings=RecapSettings(clustering_strategy="umap"))
    assert len(result.clusters) == 1
    assert not result.diagnostics["umap_used"]


def test_progress_names_the_stages_in_order() -> None:
    seen: list[str] = []
    run_genre(request(english()), SETTINGS, HashingEmbedder(), progress=lambda stage, done, total: seen.append(stage))
    assert list(dict.fromkeys(seen)) == [
        "sentences",
        "embedding",
        "clustering",
        "embedding candidates",
        "representatives",
        "topics",
    ]


def test_a_stop_word_file_that_cannot_be_read_is_named() -> None:
    settings = RecapSettings(stopwords_file=Path("/nowhere/words.txt"))
    with pytest.raises(ValueError, match=r"RECAP_SUBWORKER_STOPWORDS_FILE='/nowhere/words\.txt'"):
        run_genre(request(english()), settings, HashingEmbedder())
