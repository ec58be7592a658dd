"""Small requests of our own: boilerplate, scripts and markup in many languages, with the shipped models.

`missed` of a case holds the stories that are not found yet, because their reports share too few words as written.
"""

import json
from typing import Any

import pytest

from alt_pipelines.embedding.factory import load_embedder
from alt_pipelines.embedding.protocol import Embedder
from alt_pipelines.recap.pipeline import run_genre
from alt_pipelines.settings import EmbeddingSettings, RecapSettings
from alt_pipelines_tests.support import story_data
from alt_pipelines_tests.unit.recap.corpora import document, request

CASES: dict[str, dict[str, Any]] = {
    case["id"]: case
    for case in map(json.loads, (story_data.OWN / "story_requests.jsonl").read_text("utf-8").splitlines())
}


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder(EmbeddingSettings())


@pytest.mark.parametrize("name", CASES)
def test_the_stories_are_found_and_show_only_their_own_words(name: str, embedder: Embedder) -> None:
    case = CASES[name]
    documents = [document(key, text, lang_hint=case["lang"]) for key, text in case["documents"].items()]
    result = run_genre(request(documents), RecapSettings(), embedder)
    found = {tuple(sorted(story.article_ids)) for story in result.stories}
    wanted, missed = ({tuple(sorted(ids)) for ids in case[key]} for key in ("stories", "missed"))
    assert wanted - missed <= found <= wanted
    for story in result.stories:
        assert story.label
        assert story.top_terms
        shown = " ".join([story.label, *story.top_terms, *(r.text for r in story.representatives)])
        assert not [word for word in case["never"] if word in shown]
