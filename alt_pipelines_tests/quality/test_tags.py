"""The measured quality of the shipped weights, held: a change that costs tags fails here, where the data is."""

import json
from statistics import fmean

import pytest

from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.extraction.article import RawArticle
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines_tests.support import tag_data

FIRST_PASS = TaggingSettings(refine_budget=0.0)


pytestmark = pytest.mark.usefixtures("data")


@pytest.mark.parametrize(("name", "least"), [("DUC2001 dev", 37.5), ("flatton", 52.5), ("Inspec", 28.0)])
def test_the_first_pass_keeps_its_figures(name: str, least: float) -> None:
    examples = tag_data.load(name)
    found = TagExtractor(FIRST_PASS, None).extract([RawArticle(e.id, e.title, e.text) for e in examples])
    f1 = tag_data.scores([[t.tag for t in e.tags] for e in found], examples)[1]
    assert f1 >= least, json.dumps({"set": name, "f1@10": f1})


@pytest.mark.parametrize("name", ["DUC2001 dev", "flatton"])
def test_tags_that_pass_the_gate_agree_with_readers_more_often(name: str) -> None:
    examples = tag_data.load(name)
    found = TagExtractor(FIRST_PASS, None).extract([RawArticle(e.id, e.title, e.text) for e in examples])
    judged = [
        (tag.confidence, tag_data.agrees(tag.tag, example.gold))
        for example, extraction in zip(examples, found, strict=True)
        for tag in extraction.tags
    ]
    passing = [good for confidence, good in judged if confidence >= 0.6]
    doubtful = [good for confidence, good in judged if confidence < 0.6]
    assert 0.1 < len(passing) / len(judged) < 0.8
    assert fmean(passing) > 0.6
    assert fmean(passing) - fmean(doubtful) > 0.15
