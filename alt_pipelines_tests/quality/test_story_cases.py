"""Small requests, after public reports and of our own, with the shipped models: stories, words and sentences."""

import json
from pathlib import Path
from typing import Any

import pytest

from alt_pipelines.embedding.factory import load_embedder
from alt_pipelines.embedding.protocol import Embedder
from alt_pipelines.recap.corpus.request import GenreRunRequest
from alt_pipelines.recap.pipeline import run_genre
from alt_pipelines.recap.story.result import GenreResult
from alt_pipelines.settings import EmbeddingSettings, RecapSettings
from alt_pipelines_tests.support import story_data
from alt_pipelines_tests.unit.recap.corpora import document, request

CASES = {
    case["id"]: case for case in map(json.loads, (story_data.OWN / "story_cases.jsonl").read_text("utf-8").splitlines())
}
FURNITURE = ("newsletter", "Facebook", "Instagram", "cookies", "local news", "会員", "クリック", "シェア", "ログイン")


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder(EmbeddingSettings())


def stories(result: GenreResult) -> list[set[str]]:
    return sorted(({a.rstrip("0123456789") for a in story.article_ids} for story in result.stories), key=sorted)


def said(result: GenreResult) -> str:
    """Labels, terms and displayed sentences of all stories."""
    return "\n".join(
        " ".join([story.label or "", *story.top_terms, *(r.text for r in story.representatives)])
        for story in result.stories
    )


@pytest.mark.parametrize(
    "name", ["cluster-foot-front", "cluster-foot-end", "cluster-foot-ja-long", "cluster-foot-ja-front"]
)
def test_what_every_article_repeats_merges_nothing_and_is_not_shown(name: str, embedder: Embedder) -> None:
    case = CASES[name]
    result = run_genre(GenreRunRequest.model_validate(case["input"]), RecapSettings(), embedder)
    wanted = {d["article_id"].rstrip("0123456789") for d in case["input"]["documents"]}
    assert stories(result) == sorted(({story} for story in wanted), key=sorted)
    assert not [word for word in FURNITURE if word in said(result)]
    assert all(story.label for story in result.stories)


def test_bulletins_of_one_template_are_as_many_stories_as_events(embedder: Embedder) -> None:
    result = run_genre(GenreRunRequest.model_validate(CASES["cluster-quakes"]["input"]), RecapSettings(), embedder)
    found = sorted(sorted(story.article_ids) for story in result.stories)
    assert found == [[f"q{event}{i}" for i in range(3)] for event in range(3)]
    places = ["北浜県南部", "東野県沖", "西森県北部"]
    for story in result.stories:
        number = int(story.article_ids[0][1])
        assert places[number] in (story.label or "")
        assert not {"分ごろ", "弱", "ごろ"} & set(story.top_terms)
        assert all(places[number] in r.text for r in story.representatives)


def test_thai_stories_are_shown_as_they_were_sent(embedder: Embedder) -> None:
    case = CASES["cluster-thai"]["input"]
    result = run_genre(GenreRunRequest.model_validate(case), RecapSettings(), embedder)
    assert stories(result) == [{"flood"}, {"rate"}]
    assert all(story.label and story.top_terms for story in result.stories)
    said_by = {next(iter(story.article_ids))[:4]: " ".join(story.top_terms) for story in result.stories}
    assert "น้ำ" in said_by["floo"] or "ท่วม" in said_by["floo"] or "เชียงใหม่" in said_by["floo"]
    assert "ธนาคาร" in said_by["rate"] or "ดอกเบี้ย" in said_by["rate"]
    sent = {d["article_id"]: d["paragraphs"][0] for d in case["documents"]}
    assert all(r.text in sent[r.article_id] for story in result.stories for r in story.representatives)


def test_markup_of_paragraphs_reaches_no_label(embedder: Embedder) -> None:
    result = run_genre(GenreRunRequest.model_validate(CASES["cluster-ruby-html"]["input"]), RecapSettings(), embedder)
    assert len(result.stories) == 1
    assert not [mark for mark in ("<", "ruby", "rt", "じしん", "けん") if mark in said(result)]


@pytest.mark.parametrize("titles", [True, False])
def test_reports_of_one_story_in_two_languages_are_one_story(titles: bool, embedder: Embedder) -> None:
    """25 stories, several of each kind: two earthquakes, two elections, two tennis finals, two ferries ..."""
    score = story_data.score(story_data.ours, [story_data.story_pairs(titles)], embedder, RecapSettings())
    assert score.f1 >= 0.90
    assert score.precision >= 0.95


def test_a_story_without_its_counterpart_joins_no_other(embedder: Embedder) -> None:
    """Precision first: the English reports of every second story, the Japanese ones of the rest."""
    pairs = story_data.story_pairs()
    names = sorted({item.gold or "" for item in pairs})
    halves = [i for i in pairs if (names.index(i.gold or "") % 2 == 0) == i.item_id.endswith("-en")]
    score = story_data.score(story_data.ours, [halves], embedder, RecapSettings())
    assert score.precision >= 0.95


def test_forty_texts_of_twenty_stories_are_never_one_cluster(embedder: Embedder) -> None:
    pairs = [item for item in story_data.story_pairs() if item.gold][:40]
    for size in (3, 5, 20, 50):
        documents = [_document(item) for item in pairs]
        result = run_genre(request(documents, hdbscan_min_cluster_size=size), RecapSettings(), embedder)
        assert all(len(story.article_ids) <= 4 for story in result.stories)
        assert len(result.stories) >= 15


def test_a_small_number_of_sentences_keeps_the_stories(data: Path, embedder: Embedder) -> None:
    problem = next(group for found, group in story_data.problems() if found == "ECB+, groups of 2, 4, 8 topics")[5]
    kept = {}
    for limit in (10_000, 30):
        documents = [_document(item) for item in problem]
        result = run_genre(request(documents, max_sentences_total=limit), RecapSettings(), embedder)
        home = {a.article_id: a.cluster_id for a in result.assignments}
        given = [f"{home[i.item_id]}" if home[i.item_id] >= 0 else i.item_id for i in problem]
        precision, recall = story_data.bcubed(given, [str(i.gold) for i in problem])
        kept[limit] = 2 * precision * recall / (precision + recall)
    assert kept[30] >= kept[10_000] - 0.15


def test_the_unlike_never_represents_a_story(embedder: Embedder) -> None:
    """With the client's usual mmr_lambda, what strayed into an article came second."""
    texts = [
        "The Velsund tram line opened on Friday after two years of works in the harbour district.",
        "Trams run in Velsund again since Friday, when the mayor opened the new line to the airport.",
        "The new tram line of Velsund cost 400 million crowns and was opened by the mayor on Friday.",
    ]
    stray = "Readers who like crossword puzzles find a new one every weekend in our magazine."
    documents = [document(f"t{i}", f"{text}\n{stray if i == 1 else text[:-1]} again.") for i, text in enumerate(texts)]
    result = run_genre(request(documents, mmr_lambda=0.35), RecapSettings(), embedder)
    shown = [r.text for story in result.stories for r in story.representatives]
    assert shown
    assert not any("crossword" in text for text in shown)


def _document(item: story_data.Item) -> dict[str, Any]:
    text = "\n".join(item.sentences)
    return document(item.item_id, text, **({"title": item.title} if item.title else {}))
