"""Bulletins of one template: events of the same kind in different places are different stories, in six languages."""

import json
from typing import Any

import pytest

from alt_pipelines.embedding.factory import load_embedder
from alt_pipelines.embedding.protocol import Embedder
from alt_pipelines.recap.pipeline import run_genre
from alt_pipelines.recap.story.result import GenreResult
from alt_pipelines.settings import EmbeddingSettings, RecapSettings
from alt_pipelines.text.scripts import CJK
from alt_pipelines_tests.support import story_data
from alt_pipelines_tests.unit.recap.corpora import document, request

TEMPLATES: dict[str, dict[str, Any]] = json.loads((story_data.OWN / "story_templates.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder(EmbeddingSettings())


def bulletins(kind: str) -> list[dict[str, Any]]:
    """Every event of a kind in every wording; ids are the number of the event and of the wording."""
    case = TEMPLATES[kind]
    return [
        document(f"{event}-{wording}", text.format(**facts))
        for wording, text in enumerate(case["texts"])
        for event, facts in enumerate(case["events"])
    ]


def stories(result: GenreResult) -> list[list[str]]:
    return sorted(sorted(story.article_ids) for story in result.stories)


@pytest.mark.parametrize("kind", TEMPLATES)
def test_events_of_one_template_are_separate_stories(kind: str, embedder: Embedder) -> None:
    result = run_genre(request(bulletins(kind)), RecapSettings(), embedder)
    assert stories(result) == [[f"{event}-{wording}" for wording in range(3)] for event in range(3)]


@pytest.mark.parametrize("kind", TEMPLATES)
def test_the_label_of_a_bulletin_names_its_event(kind: str, embedder: Embedder) -> None:
    result = run_genre(request(bulletins(kind)), RecapSettings(), embedder)
    for story in result.stories:
        facts = TEMPLATES[kind]["events"][int(story.article_ids[0].split("-")[0])]
        said = f"{story.label} {' '.join(story.top_terms)}".casefold()
        assert any(_start(word) in said for value in facts.values() for word in value.split() if len(word) > 2)


def _start(name: str) -> str:
    """The first two letters of a Chinese or Japanese name, which analysers cut differently, or the whole name."""
    return name[:2] if CJK.match(name) else name.casefold()
