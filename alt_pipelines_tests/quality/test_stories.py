"""That stories are still found as well as when the settings were measured, on small parts of the development sets."""

from pathlib import Path

import pytest

from alt_pipelines.embedding.factory import load_embedder
from alt_pipelines.settings import EmbeddingSettings, RecapSettings
from alt_pipelines_tests.support import story_data


@pytest.fixture(scope="module")
def embedder() -> story_data.Remembering:
    return story_data.Remembering(load_embedder(EmbeddingSettings()))


@pytest.mark.parametrize(
    ("name", "which", "least"),
    [
        ("ECB+, groups of 2, 4, 8 topics", 0, 0.90),
        ("event stories, June 2025", 0, 0.68),
        ("event stories, weeks of 2016", 3, 0.70),
        ("Japanese news", 0, 0.88),
        ("Google News, 100, 300, 1000", 2, 0.94),
    ],
)
def test_stories_are_found_as_well_as_measured(
    data: Path, embedder: story_data.Remembering, name: str, which: int, least: float
) -> None:
    problem = next(group for found, group in story_data.problems() if found == name)[which]
    assert story_data.score(story_data.ours, [problem], embedder, story_data.LIFTED).f1 >= least


def test_the_default_budgets_still_find_the_stories_of_full_articles(
    data: Path, embedder: story_data.Remembering
) -> None:
    problem = next(group for found, group in story_data.problems() if found == "ECB+, groups of 2, 4, 8 topics")[0]
    assert story_data.score(story_data.ours, [problem], embedder, RecapSettings()).f1 >= 0.90
