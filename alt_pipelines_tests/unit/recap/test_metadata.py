"""What the UI shows of a genre run: stories by name, sentences with their sources, and what was cut."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from alt_pipelines.observability.pictures import INLINE_LIMIT
from alt_pipelines.recap import metadata
from alt_pipelines.recap.corpus.request import Document
from alt_pipelines.recap.story.result import Cluster, GenreResult, Representative

TEXT = "The ministry tightened export rules for advanced chips on Monday."


def result(status: Any = "succeeded", **diagnostics: Any) -> GenreResult:
    chosen = Representative("a1", 0, 0, TEXT, "en", 1.0)
    story = Cluster(0, 4, "chips", ("chips", "export rules"), {}, (chosen,), ("a1", "a2"))
    noise = Cluster(-1, 1, None, (), {}, (), ("a3",))
    return GenreResult(status, (story, noise), diagnostics, (), {}, np.zeros((0, 2), np.float32), ())


@pytest.fixture
def documents() -> list[Document]:
    published = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
    first = Document(
        article_id="a1",
        title="New chip rules",
        published_at=published,
        source_url="https://x.example/1",
        paragraphs=[TEXT],
    )
    return [first, *(Document(article_id=name, paragraphs=[TEXT]) for name in ("a2", "a3"))]


def test_the_summary_counts_stories_and_the_articles_that_tell_them(documents: list[Document]) -> None:
    assert re.findall(r"\d+", metadata.summary(result(), documents)) == ["1", "2", "3"]


def test_the_summary_says_what_was_cut_by_what(documents: list[Document]) -> None:
    line = metadata.summary(result(sentences_cut=5, sentences_cut_by={"token_budget": 5}), documents)
    assert re.findall(r"\d+", line) == ["1", "2", "3", "5"]
    assert "token budget" in line


def test_the_summary_of_a_partial_run_says_that_readers_do_not_see_it(documents: list[Document]) -> None:
    line = metadata.summary(result("partial", fallback="minibatch_kmeans"), documents)
    assert "Fallback: minibatch_kmeans" in line
    assert "the platform's pages do not show this run" in line


def test_a_story_is_named_by_its_label_and_its_number_is_last() -> None:
    story, noise = metadata.story_rows(result())
    assert (story["story"], story["terms"]) == ("chips", "chips, export rules")
    assert noise["story"] == "In no story"
    assert list(story)[-1] == "cluster_id"


@pytest.mark.parametrize(
    ("diagnostics", "remedy"),
    [
        ({"used_fallback": True, "fallback": "out of time"}, "clustering used a fallback (out of time)"),
        ({"vectors_unusable": 3}, "`alt-pipelines doctor` checks the model's files"),
        ({}, "RECAP_SUBWORKER_MAX_TOTAL_SENTENCES"),
    ],
)
def test_a_degraded_run_says_why_and_what_to_do(diagnostics: dict[str, Any], remedy: str) -> None:
    sentence = metadata.degraded(result("partial", **diagnostics))
    assert sentence is not None
    assert remedy in sentence
    assert metadata.degraded(result(**diagnostics)) is None


def test_a_run_links_to_the_adapters_page_of_its_genre() -> None:
    facts = metadata.RunFacts(7, "550e8400-e29b-41d4-a716-446655440000", "経済/a b?")
    assert metadata.page("http://adapter:9400", facts) == (
        "http://adapter:9400/recaps/550e8400-e29b-41d4-a716-446655440000/%E7%B5%8C%E6%B8%88%2Fa%20b%3F"
    )


def test_a_map_is_a_picture_that_the_ui_shows_inline() -> None:
    vectors = np.random.default_rng(0).normal(size=(300, 8)).astype(np.float32)
    clusters = tuple(int(number) % 9 - 1 for number in range(300))
    picture = metadata.map_picture(replace(result(), map_vectors=vectors, map_clusters=clusters))
    assert picture is not None
    assert picture.startswith("![Sentences by story")
    assert len(picture) < INLINE_LIMIT
    assert "● chips" in picture
    assert "● In no story" in picture
    assert metadata.map_picture(result()) is None


def test_a_sentence_has_its_article_and_date_and_only_the_first_of_a_story_its_headline(
    documents: list[Document],
) -> None:
    found = result()
    story = found.stories[0]
    second = replace(story.representatives[0], article_id="a2", text="Another sentence of the story.")
    found = replace(found, clusters=(replace(story, representatives=(*story.representatives, second)),))
    assert metadata.evidence_rows(found, documents) == [
        {"story": "chips", "sentence": TEXT, "article": "New chip rules", "date": "2026-03-01"},
        {"story": "", "sentence": "Another sentence of the story.", "article": "a2", "date": ""},
    ]


def test_the_sources_are_links_whatever_an_article_is_called(documents: list[Document]) -> None:
    assert metadata.sources(result(), documents) == "**chips**\n\n* [New chip rules](<https://x.example/1>) · a1\n"
    hostile = documents[0].model_copy(update={"title": "a](javascript:x) <b> *c* [d"})
    listed = metadata.sources(result(), [hostile])
    assert listed is not None
    assert listed.splitlines()[2] == (r"* [a\] (javascript:x) ‹b› \*c\* \[d](<https://x.example/1>) · a1")
    assert metadata.sources(replace(result(), clusters=()), documents) is None
