"""What a genre run leaves out: limits of the request and of the installation, and what the result says about them."""

from collections import Counter
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from alt_pipelines.embedding.hashing import HashingEmbedder
from alt_pipelines.recap.clustering import cluster
from alt_pipelines.recap.pipeline import run_genre
from alt_pipelines.settings import RecapSettings
from alt_pipelines_tests.unit.recap.corpora import document, english, metadata, request
from alt_pipelines_tests.unit.recap.runs import SETTINGS, leads, run, stories_of

ROOMY = RecapSettings(max_tokens_budget=10_000_000)


def test_one_article_with_ten_thousand_sentences_does_not_crowd_out_the_others() -> None:
    lines = [f"Sentence number {i} of the endless chronicle of Skaldvik." for i in range(10_000)]
    result = run([document("long", "\n".join(lines[:5000]), "\n".join(lines[5000:])), *english(stories=2, each=3)])
    kept = Counter(assigned.article_id for assigned in result.assignments)
    assert result.diagnostics["documents_used"] == 7
    assert kept["long"] <= SETTINGS.max_sentences_per_doc
    assert all(kept[d["article_id"]] == 3 for d in english(stories=2, each=3))
    assert result.status == "succeeded"
    assert result.diagnostics["sentences_cut"] == 10_000 + 18 - len(result.assignments)
    assert result.diagnostics["sentences_cut_by"]["document_limit"] == 9_800


@pytest.mark.timeout(120)
@pytest.mark.heavy
def test_five_thousand_articles_of_one_sentence_are_all_used() -> None:
    documents = english(stories=120, each=42)[:5000]
    result = run(leads(documents), max_sentences_total=10_000)
    assert result.diagnostics["documents_used"] == 5000
    assert 1 <= len(result.clusters) <= 100


def test_no_document_is_lost_to_the_token_budget() -> None:
    documents = english(stories=6, each=20)
    result = run(documents, settings=RecapSettings(max_tokens_budget=500))
    assert result.diagnostics["documents_used"] == 120
    assert result.status == "succeeded", "a token budget is asked for"
    assert result.diagnostics["sentences_cut_by"] == {"token_budget": 360 - len(result.assignments)}


def test_the_sentence_budget_of_the_request_holds_and_is_reported() -> None:
    result = run(english(stories=3, each=4), max_sentences_total=20)
    assert result.diagnostics["total_sentences"] == 20
    boilerplate = result.diagnostics["sentences_boilerplate"]
    assert result.diagnostics["sentences_cut_by"] == {"max_sentences_total": 16 - boilerplate}
    assert result.status == "succeeded"


def test_every_article_keeps_its_lead_below_the_number_of_articles() -> None:
    whole = run(english(stories=4, each=10))
    result = run(english(stories=4, each=10), max_sentences_total=20)
    assert result.diagnostics["documents_used"] == 40
    assert result.diagnostics["leads_over_max_sentences_total"] == 20
    assert result.diagnostics["sentences_cut_by"] == {"max_sentences_total": 80}
    assert sorted(map(sorted, stories_of(result))) == sorted(map(sorted, stories_of(whole)))
    assert result.status == "succeeded"


def test_only_the_installations_limit_makes_a_cut_run_partial() -> None:
    result = run(english(stories=3, each=10), settings=RecapSettings(max_total_sentences=25))
    assert result.status == "partial"
    assert result.diagnostics["documents_used"] == 30
    assert result.diagnostics["leads_over_max_sentences_total"] == 5
    assert result.diagnostics["sentences_cut_by"] == {"installation_limit": 60}


def test_the_way_of_the_recap_worker_is_understood() -> None:
    """One paragraph an article, sentences joined by line breaks, and the smallest limit that it sends."""
    documents = [
        {**each, "title": None, "lang_hint": "en", "genre_scores": {"tech": 3}, "confidence": 0.8}
        for each in english(stories=3, each=3)
    ]
    result = run(documents, metadata=metadata(0.8, 1.0), max_sentences_total=30)
    assert result.diagnostics["total_sentences"] == 27
    assert result.diagnostics["dedup_threshold"] == pytest.approx(0.88)
    assert len(result.clusters) == 3


def test_documents_that_the_classifier_doubts_go_while_ten_remain() -> None:
    documents = english(stories=4, each=4)
    for each in documents[:8]:
        each["confidence"] = 0.1
    result = run(documents, metadata=metadata(0.5, 0.9))
    assert result.diagnostics["documents_used"] == 10
    assert result.diagnostics["documents_low_confidence"] == 6
    assert result.status == "succeeded"


def test_a_cluster_size_that_no_story_reaches_gives_the_real_stories_and_says_so() -> None:
    result = run(english(stories=4, each=4), hdbscan_min_cluster_size=50)
    assert sorted(map(sorted, stories_of(result))) == [["Chips"], ["Election"], ["Ferry"], ["Volcano"]]
    assert result.diagnostics["clusters_below_min_cluster_size"] == 4
    assert result.diagnostics["hdbscan"]["min_cluster_size"] == 3
    assert result.diagnostics["adjusted_parameters"]["hdbscan_min_cluster_size"] == {"requested": 50, "effective": 3}
    assert result.status == "succeeded"


@pytest.mark.parametrize("size", [3, 4, 6, 7, 500])
def test_every_story_whose_size_is_below_the_requested_one_is_counted(size: int) -> None:
    documents = [*english(stories=3, each=4), *leads(english(stories=6, each=2)[6:])]
    result = run(documents, hdbscan_min_cluster_size=size)
    smaller = sum(story.size < size for story in result.stories)
    assert result.diagnostics["clusters_below_min_cluster_size"] == smaller
    assert smaller > 0 or size > 3


def test_a_cluster_size_drops_crumbs_beside_large_stories() -> None:
    documents = english(stories=1, each=2)
    for story in range(1, 4):
        documents += english(stories=4, each=15)[15 * story : 15 * (story + 1)]
    assert len(run(documents).stories) == 4
    assert stories_of(run(documents, hdbscan_min_cluster_size=30)).count({"Ferry"}) == 0


@pytest.mark.parametrize(("stories", "lone", "kept"), [(99, 1, 99), (100, 0, 100), (100, 1, 99), (130, 0, 99)])
def test_a_run_has_at_most_a_hundred_clusters_with_noise(stories: int, lone: int, kept: int) -> None:
    asked = cluster.Grouping(np.array([*np.repeat(np.arange(stories), 2), *[-1] * lone]))
    selection: Any = SimpleNamespace(kept=[3] * len(asked.labels))
    found = cluster.limit_groups(asked, selection, lambda _: True)
    assert set(found.labels.tolist()) - {-1} == set(range(kept))
    assert len(set(found.labels.tolist())) <= 100
    assert found.groups_over_limit == stories - kept


def test_more_than_a_hundred_stories_are_cut_to_a_hundred() -> None:
    names = [
        f"{a}{b}"
        for a in ("Bar", "Kel", "Mor", "Tan", "Vex", "Zul", "Nor", "Pel", "Dru", "Gan", "Hol")
        for b in ("dov", "rith", "mund", "aska", "ovia", "une", "ette", "ilde", "orn", "ugal")
    ]
    verbs = ["collapsed", "opened", "burned", "reported", "cancelled", "launched", "banned", "elected", "fined", "won"]
    documents = [
        document(f"{name}-{i}", f"{name} {verbs[n % 10]} the {name}ian {names[-n - 1]} {verbs[n // 11]} in {name}land.")
        for n, name in enumerate(names)
        for i in range(3)
    ]
    result = run(documents, settings=ROOMY)
    assert len(result.clusters) <= 100
    assert result.status == "succeeded"


def test_clustering_over_its_time_limit_falls_back_to_k_means() -> None:
    hurried = RecapSettings(clustering_timeout_seconds=1e-9)
    result = run(english(stories=4, each=6), settings=hurried)
    assert result.diagnostics["fallback"] == cluster.OUT_OF_TIME
    assert result.diagnostics["used_fallback"]
    assert result.status == "partial"
    assert 2 <= len(result.clusters) <= 50
    size = result.diagnostics["adjusted_parameters"]["hdbscan_min_cluster_size"]
    assert result.diagnostics["hdbscan"]["min_cluster_size"] == size["requested"]
    assert size["effective"] is None, "it did not run"


def test_the_callers_own_limit_ends_the_run() -> None:
    class Over(BaseException):
        pass

    calls = 0

    def check_limit() -> None:
        nonlocal calls
        calls += 1
        if calls == 4:
            raise Over

    with pytest.raises(Over):
        run_genre(request(english()), SETTINGS, HashingEmbedder(), check=check_limit)


def test_only_sentences_that_a_stage_needs_are_embedded() -> None:
    long = [
        document(
            d["article_id"],
            d["paragraphs"][0] + "\n" + "\n".join(f"Detail {i} of the matter at hand." for i in range(60)),
        )
        for d in english(stories=3, each=4)
    ]
    result = run(long, settings=ROOMY)
    assert result.diagnostics["total_sentences"] == 12 * 63 - result.diagnostics["sentences_boilerplate"]
    assert result.diagnostics["embedded_sentences"] < 12 * 63 / 3
