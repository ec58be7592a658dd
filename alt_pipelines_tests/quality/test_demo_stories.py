"""The demo's genres mix English and Japanese, as a recap does. Their stories are found whole by the shipped models."""

import json

from alt_pipelines.demo.corpus import SAMPLE, LoadedArticle, read_articles
from alt_pipelines.demo.genre_runs import requests_by_genre
from alt_pipelines.demo.store import TaggedArticle
from alt_pipelines.embedding.factory import load_embedder
from alt_pipelines.recap.corpus.request import GenreRunRequest
from alt_pipelines.recap.pipeline import run_genre
from alt_pipelines.settings import EmbeddingSettings, RecapSettings

MISSED: dict[str, dict[str, int]] = {
    "business": {"business-en-3": 2},
    "science": {"science-ja-1": 3, "science-ja-2": 2},
    "sports": {},
    "technology": {},
}
"""Of each genre, the stories that are not found whole yet, with the number of their articles that are together."""


def test_stories_in_two_languages_are_found_whole() -> None:
    rows = map(json.loads, SAMPLE.read_text("utf-8").splitlines())
    story_of = {f"{row['url']}#{row['id']}": row["story"] for row in rows}
    loaded = [article for article in read_articles(SAMPLE) if isinstance(article, LoadedArticle)]
    tagged = {one.url: TaggedArticle(one.url, one.url, one.title, "tagged", one.language, None, ()) for one in loaded}
    embedder = load_embedder(EmbeddingSettings())
    missed: dict[str, dict[str, int]] = {}
    for genre, body in requests_by_genre(loaded, tagged).items():
        result = run_genre(GenreRunRequest.model_validate(body), RecapSettings(), embedder)
        found = [frozenset(story.article_ids) for story in result.stories]
        wanted: dict[str, set[str]] = {}
        for document in body["documents"]:
            wanted.setdefault(story_of[document["article_id"]], set()).add(document["article_id"])
        assert all(len({story_of[url] for url in one}) == 1 for one in found), "no two stories are merged"
        missed[genre] = {
            name: max(len(urls & one) for one in found) for name, urls in wanted.items() if urls not in found
        }
    assert missed == MISSED
