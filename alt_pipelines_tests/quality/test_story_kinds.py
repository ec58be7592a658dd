"""Small corpora of unlike things: two events of one kind (elections, fires, trials) are never the same story.

Ten languages, 48 kinds of events with two events each, some told twice. The reports of a kind are worded alike, so only
their names and numbers tell them apart.
"""

import json
import random
from collections import Counter
from itertools import combinations

import pytest

from alt_pipelines.embedding.factory import load_embedder
from alt_pipelines.embedding.protocol import Embedder
from alt_pipelines.recap.pipeline import run_genre
from alt_pipelines.settings import EmbeddingSettings, RecapSettings
from alt_pipelines_tests.support import story_data
from alt_pipelines_tests.unit.recap.corpora import document, request

REPORTS = [json.loads(line) for line in (story_data.OWN / "story_kinds.jsonl").read_text("utf-8").splitlines()]
LANGUAGES = sorted({report["lang"] for report in REPORTS})


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder(EmbeddingSettings())


def pairs(reports: list[dict[str, str]], embedder: Embedder) -> tuple[int, int, int]:
    """Return the number of pairs of different events in one story, of one event in one story, and of one event."""
    documents = [document(str(at), r["text"], title=r["title"], lang_hint=r["lang"]) for at, r in enumerate(reports)]
    event = {str(at): (r["lang"], r["kind"], r["event"]) for at, r in enumerate(reports)}
    wrong = right = 0
    for story in run_genre(request(documents), RecapSettings(), embedder).stories:
        same = [event[one] == event[other] for one, other in combinations(story.article_ids, 2)]
        wrong, right = wrong + same.count(False), right + same.count(True)
    return wrong, right, sum(count * (count - 1) // 2 for count in Counter(event.values()).values())


def test_events_of_one_kind_are_rarely_one_story_within_a_language(embedder: Embedder) -> None:
    """Before names were weighed by their rarity, 71 pairs were wrong; 11 were when this was written."""
    found = [pairs([r for r in REPORTS if r["lang"] == language], embedder) for language in LANGUAGES]
    wrong, right, gold = (sum(figures) for figures in zip(*found, strict=True))
    assert wrong <= 16
    assert right >= 0.9 * gold


def test_events_of_one_kind_are_rarely_one_story_across_languages(embedder: Embedder) -> None:
    """51 pairs were wrong in four samples; 9 were when this was written."""
    found = [pairs(random.Random(seed).sample(REPORTS, 60), embedder) for seed in range(2)]
    wrong, right, gold = (sum(figures) for figures in zip(*found, strict=True))
    assert wrong <= 12
    assert right >= 0.8 * gold
