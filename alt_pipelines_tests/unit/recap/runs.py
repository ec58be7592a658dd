"""A genre run with hashed vectors, whose answer is checked against the contract."""

from collections import defaultdict
from typing import Any

from alt_pipelines.embedding.hashing import HashingEmbedder
from alt_pipelines.recap.pipeline import run_genre
from alt_pipelines.recap.story.response import response_parts
from alt_pipelines.recap.story.result import GenreResult
from alt_pipelines.settings import RecapSettings
from alt_pipelines_tests.contract.run_rules import assert_keeps_contract
from alt_pipelines_tests.unit.recap.corpora import document, request

SETTINGS = RecapSettings()


def run(documents: list[dict[str, Any]], settings: RecapSettings = SETTINGS, **more: Any) -> GenreResult:
    """A run with hashed vectors, whose answer is checked against the contract."""
    asked = request(documents, **more)
    result = run_genre(asked, settings, HashingEmbedder())
    check(result, asked.params.max_sentences_per_cluster)
    return result


def check(result: GenreResult, limit: int = 7) -> None:
    """The contract, and what must hold between the parts of a result."""
    whole = {"run_id": 1, "job_id": "00000000-0000-0000-0000-000000000000", "genre": "g", **response_parts(result)}
    assert_keeps_contract(whole, limit)
    homes = defaultdict(set)
    for assigned in result.assignments:
        homes[assigned.article_id].add(assigned.cluster_id)
    assert all(len(ids) == 1 for ids in homes.values())
    assert len(result.assignments) == result.diagnostics["total_sentences"]
    for story in result.clusters:
        assert bool(story.representatives) == (story.cluster_id >= 0)
        assert {i for i, ids in homes.items() if ids == {story.cluster_id}} == set(story.article_ids)
        assert {r.article_id for r in story.representatives} <= set(story.article_ids)


def leads(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same documents with their first sentence only, which tells their stories apart."""
    return [document(each["article_id"], each["paragraphs"][0].split("\n")[0]) for each in documents]


def stories_of(result: GenreResult) -> list[set[str]]:
    """The story names of each cluster, where article ids are "Story-number"."""
    return [{article.split("-")[0] for article in story.article_ids} for story in result.stories]
