"""The tags of other languages against an editor's, in three short news texts per language written for this project.

The measure is F1@10 of the published tables, as for English and Japanese (see ``tag_data``). The weights are fitted on
these texts too, so the figures are higher than those of unseen texts; ``benchmarks.fit_generic_weights`` prints the
figure of each language without its own texts, and the texts of ``unseen_tags.jsonl`` were looked at once.
"""

from collections import defaultdict
from statistics import fmean

import pytest

from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.extraction.article import Extraction, RawArticle
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines_tests.support import tag_data

LEAST = 0.5
LEAST_UNSEEN = 0.5  # on average; two texts of a language say little about it
GATE = 0.6
EXAMPLES = tag_data.load_languages()
UNSEEN = tag_data.load_languages(unseen=True)
LANGUAGES = sorted({example.language for example in EXAMPLES})


def extract(examples: list[tag_data.Example]) -> dict[str, Extraction]:
    articles = [RawArticle(example.id, example.title, example.text) for example in examples]
    found = TagExtractor(TaggingSettings(refine_budget=0.0), None).extract(articles)
    return {extraction.id: extraction for extraction in found}


@pytest.fixture(scope="module")
def extractions() -> dict[str, Extraction]:
    return extract(EXAMPLES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_half_of_an_editors_tags_are_found_in_every_language(language: str, extractions: dict[str, Extraction]) -> None:
    examples = [example for example in EXAMPLES if example.language == language]
    assert {extractions[example.id].language for example in examples} == {language}
    scores = [tag_data.f1([tag.tag for tag in extractions[example.id].tags], example.gold, 10) for example in examples]
    assert fmean(scores) > LEAST


def test_texts_that_nothing_was_mended_or_fitted_on_keep_their_figure() -> None:
    found = extract(UNSEEN)
    assert fmean(_f1(example, found[example.id]) for example in UNSEEN) > LEAST_UNSEEN


def test_tags_that_pass_the_gate_are_an_editors_much_more_often(extractions: dict[str, Extraction]) -> None:
    judged = defaultdict(list)
    for example in EXAMPLES:
        known = frozenset().union(*example.gold)
        for tag in extractions[example.id].tags:
            judged[tag.confidence >= GATE].append(tag_data.normalise(tag.tag) in known)
    assert fmean(judged[True]) > GATE
    assert fmean(judged[True]) > 1.3 * fmean(judged[False])


def _f1(example: tag_data.Example, extraction: Extraction) -> float:
    return tag_data.f1([tag.tag for tag in extraction.tags], example.gold, 10)
