"""The judgement: which phrases are left out, how many are kept, and that the fitted networks belong to the code."""

from dataclasses import fields, replace
from math import inf

import numpy as np
import pytest

from alt_pipelines.embedding.contexts import PARTS, WINDOW
from alt_pipelines.embedding.factory import MULTILINGUAL
from alt_pipelines.embedding.model_folder import find_model
from alt_pipelines.embedding.unigram import Pieces
from alt_pipelines.settings import EmbeddingSettings
from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.judgement import (
    CERTAIN,
    FARTHEST,
    JUDGED,
    LEAST,
    LEAST_SHORT,
    SCRIPTS,
    VECTOR,
    Limits,
    Logits,
    Network,
    apply,
    combined,
    judged,
    judged_values,
    judgement,
    script_of,
)
from alt_pipelines.tagging.extraction.ranking import FEWEST, Ranked, first_model, rank
from alt_pipelines.tagging.extraction.refinement import phrase_vectors, reads_phrases, refinable
from alt_pipelines_tests.support.judged_data import judged_articles

TEXT = "The oil spill closed Prince William Sound. The Coast Guard sent ships to the oil spill off Alaska. " * 3


def shortlist() -> Ranked:
    return rank(find_candidates("Oil spill", TEXT, "en"), first_model("en"))


def long_shortlist(count: int = 12) -> Ranked:
    """A shortlist of made-up phrases, of an article with many more."""
    ranked = shortlist()
    made = tuple(ranked.candidates[0]._replace(form=f"phrase {i}", stems=(f"phrase{i}",)) for i in range(count))
    return replace(ranked, candidates=made, scores=tuple(-0.1 * i for i in range(count)), total=3 * FEWEST)


# Two units, one for positive and one for negative values: the logit of being unfit is the only value of a phrase.
BOTH_SIGNS = np.array([[1.0, -1.0]])
AS_IT_IS = Network(
    mean=np.zeros(1),
    spread=np.ones(1),
    hidden=BOTH_SIGNS,
    hidden_bias=np.zeros(2),
    output=np.hstack([BOTH_SIGNS.T, np.zeros((2, 1))]),
    output_bias=np.zeros(2),
)
BY_VALUE = Limits(
    cut=0.4,
    late=0.3,
    margin=-inf,
    short=0.9,
    short_late=0.6,
    short_margin=-inf,
    languages=frozenset({"fr", "en", "ja"}),
)


class Encoder:
    backend = "onnx"
    model_id = "an encoder with phrase layers"
    dimension = 4

    def __init__(self, layers: str | None) -> None:
        self.phrase_layers = layers
        self.calls = 0

    def pieces(self, text: str) -> Pieces:
        return Pieces(text.lower(), [1] * len(text), list(range(len(text))), str)

    def phrase_states(self, sequences: list[list[int]]) -> list[np.ndarray]:
        self.calls += len(sequences)
        return [np.zeros((len(sequence), 4), np.float32) for sequence in sequences]

    def encode(self, texts: list[str], languages: list[str] | None = None) -> np.ndarray:
        raise AssertionError("the judgement asks for no vectors of phrases alone")


def test_the_fitted_networks_have_a_weight_for_every_value() -> None:
    values = {"features": len(JUDGED), "vectors": len(JUDGED) + VECTOR}
    for name, width in values.items():
        network, limits = getattr(judgement(), name)
        units = len(network.hidden_bias)
        assert network.hidden.shape == (width, units)
        assert network.output.shape == (units, 2)
        assert (network.spread > 0).all()
        assert all(np.isfinite(getattr(network, field.name)).all() for field in fields(network))
        assert 0 < limits.late <= limits.cut < limits.short_late <= limits.short <= 1


def test_a_network_standardises_its_values_and_limits_rare_ones() -> None:
    network = replace(AS_IT_IS, mean=np.array([10.0]), spread=np.array([2.0]))
    logits = network.logits(np.array([[10.0], [14.0], [4.0], [1e9], [-1e9]]))
    assert logits.unfit.tolist() == [0.0, 2.0, -3.0, FARTHEST, -FARTHEST]
    assert logits.chosen.tolist() == [0.0] * 5


def test_unfit_phrases_are_left_out_and_the_others_ordered_by_score() -> None:
    ranked = long_shortlist()
    doubts = np.array([[3.0 if i % 2 else -3.0 - i / 4] for i in range(len(ranked.candidates))])
    kept = apply(BY_VALUE, ranked, AS_IT_IS.logits(doubts), "fr", "")
    assert kept.candidates == ranked.candidates[::2][::-1]  # the later, the less unfit
    assert list(kept.scores) == sorted(kept.scores, reverse=True)
    assert kept.total == ranked.total


def test_an_article_keeps_its_least_unfit_phrases() -> None:
    ranked = long_shortlist()
    doubts = np.array([[(i + 1) / 2] for i in range(len(ranked.candidates))])
    assert apply(BY_VALUE, ranked, AS_IT_IS.logits(doubts), "fr", "").candidates == ranked.candidates[:LEAST]


def test_from_the_sixth_phrase_on_less_doubt_is_enough() -> None:
    ranked = long_shortlist()
    doubts = np.array([[-0.6] for _ in ranked.candidates])  # a probability between the two limits
    assert apply(BY_VALUE, ranked, AS_IT_IS.logits(doubts), "fr", "").candidates == ranked.candidates[:LEAST]


def test_in_a_language_that_no_reader_has_judged_more_doubt_is_needed() -> None:
    ranked = long_shortlist()
    doubts = np.array([[-0.1] for _ in ranked.candidates])  # a probability above both limits, but not above a half
    assert apply(BY_VALUE, ranked, AS_IT_IS.logits(doubts), "lo", "").candidates == ranked.candidates
    assert apply(BY_VALUE, ranked, AS_IT_IS.logits(-doubts), "lo", "").candidates == ranked.candidates[:LEAST]
    short = replace(ranked, total=FEWEST - 1)
    strict = replace(BY_VALUE, short=0.4, short_late=0.4)
    assert apply(strict, short, AS_IT_IS.logits(doubts), "lo", "").candidates == ranked.candidates
    assert apply(strict, short, AS_IT_IS.logits(doubts), "fr", "").candidates == ranked.candidates[:LEAST_SHORT]
    assert {"en", "ja", "zh"} <= judgement().vectors.limits.languages
    assert "lo" not in judgement().vectors.limits.languages


def test_a_short_article_loses_a_phrase_only_above_its_own_higher_limits() -> None:
    ranked = replace(long_shortlist(), total=FEWEST - 1)
    doubts = np.array([[(i + 1) / 2] for i in range(len(ranked.candidates))])  # from the fifth on, more than 0.9
    assert apply(BY_VALUE, ranked, AS_IT_IS.logits(doubts), "fr", "").candidates == ranked.candidates[:4]
    assert apply(BY_VALUE, ranked, AS_IT_IS.logits(doubts + 4), "fr", "").candidates == ranked.candidates[:LEAST_SHORT]
    doubts = np.array([[1.0] for _ in ranked.candidates])  # a probability between the two limits
    assert apply(BY_VALUE, ranked, AS_IT_IS.logits(doubts), "fr", "").candidates == ranked.candidates[:LEAST]
    assert apply(BY_VALUE, ranked, AS_IT_IS.logits(doubts), "en", "").candidates == ranked.candidates


STRICT = replace(BY_VALUE, margin=1.5, short_margin=-2.0)


@pytest.mark.parametrize(
    ("language", "total", "least"),
    [
        ("fr", 3 * FEWEST, 1.5),
        ("fr", FEWEST - 1, -2.0),
        ("en", 3 * FEWEST, 0.0),
        ("ja", FEWEST - 1, -2.0),
        ("lo", FEWEST, -inf),
    ],
)
def test_after_the_first_tags_those_that_no_editor_would_choose_are_left_out(
    language: str, total: int, least: float
) -> None:
    ranked = replace(long_shortlist(), total=total)
    margins = np.array([9.0, 8.0, 7.0, 1.6, 1.4, 0.1, -0.1, -1.9, -2.1, -3.0, -4.0, -9.0])
    logits = Logits(np.full(12, -5.0), margins - 5.0)
    kept = apply(STRICT, ranked, logits, language, "")
    assert len(kept.candidates) == (margins >= least).sum()
    assert kept.candidates == ranked.candidates[: len(kept.candidates)]
    least_of_all = apply(STRICT, ranked, Logits(np.full(12, -5.0), np.full(12, -15.0)), language, "")
    assert len(least_of_all.candidates) == (12 if least == -inf else CERTAIN)


def test_the_phrase_with_which_a_body_begins_stays() -> None:
    ranked = replace(long_shortlist(), total=FEWEST - 1)
    hardly = Logits(np.full(12, -1.0), np.full(12, -15.0))
    first = ranked.candidates[7]
    kept = apply(STRICT, ranked, hardly, "fr", f"{first.form} and more")
    assert kept.candidates == (*ranked.candidates[:CERTAIN], first)


@pytest.mark.parametrize("total", [FEWEST - 1, FEWEST])
def test_in_a_short_article_both_networks_doubt_a_phrase(total: int) -> None:
    ranked = replace(shortlist(), total=total)
    vectors = np.zeros((len(ranked.candidates), VECTOR), np.float32)
    values = judged_values(ranked, TEXT, "en")
    features, (network, limits) = judgement().features, judgement().vectors
    alone = network.logits(np.hstack([values, vectors]))
    both = combined(alone, features.network.logits(values))
    np.testing.assert_allclose(both.unfit, (alone.unfit + features.network.logits(values).unfit) / 2)
    np.testing.assert_array_equal(both.chosen, alone.chosen)
    expected = apply(limits, ranked, both if total < FEWEST else alone, "en", TEXT.partition("\n")[2])
    assert judged(ranked, TEXT, "en", vectors) == expected


def test_an_empty_shortlist_stays_empty() -> None:
    ranked = rank([], first_model("en"))
    assert judged(ranked, "", "en") == ranked


@pytest.mark.parametrize(
    ("text", "language", "script"),
    [
        ("The ferry", "en", "english"),
        ("半導体", "ja", "japanese"),
        ("공장", "ko", "unspaced"),
        ("Le phare", "fr", "capitals"),
        ("Маяк", "ru", "inflected"),
        ("المصنع الجديد", "ar", "no_capitals"),
        ("", "fr", "capitals"),
    ],
)
def test_how_a_text_is_written(text: str, language: str, script: str) -> None:
    assert script_of(text, language) == script
    ranked = rank(find_candidates("", f"{text} {TEXT}", language), first_model(language))
    values = judged_values(ranked, f"{text} {TEXT}", language)
    assert values.shape == (len(ranked.candidates), len(JUDGED))
    assert (values[:, -len(SCRIPTS) :].sum(axis=1) == 1).all()


def test_a_text_is_read_once_for_all_its_phrases() -> None:
    encoder = Encoder(judgement().phrase_layers)
    ranked = shortlist()
    vectors = phrase_vectors([ranked, ranked], [TEXT, TEXT], encoder)
    assert vectors is not None
    assert [of_one.shape for of_one in vectors] == [(len(ranked.candidates), 1 + PARTS * 4)] * 2
    assert encoder.calls == 2 * -(-len(TEXT) // WINDOW)


def test_an_article_without_candidates_has_no_vectors() -> None:
    full = shortlist()
    empty = replace(full, candidates=(), scores=())
    vectors = phrase_vectors([empty, full], ["", TEXT], Encoder(judgement().phrase_layers))
    assert vectors is not None
    assert [len(of_one) for of_one in vectors] == [0, len(full.candidates)]
    assert judged(empty, "", "fr", vectors[0]) is empty
    (alone,) = phrase_vectors([empty], [""], Encoder(judgement().phrase_layers)) or []
    assert len(alone) == 0


@pytest.mark.parametrize("layers", [None, "others"])
def test_an_encoder_without_the_phrase_layers_of_the_judgement_reads_no_phrases(layers: str | None) -> None:
    encoder = Encoder(layers)
    assert not reads_phrases(encoder)
    assert phrase_vectors([shortlist()], [TEXT], encoder) is None
    assert refinable("en", encoder)
    assert not refinable("fr", encoder)
    assert not encoder.calls


def test_the_shipped_model_has_the_phrase_layers_of_the_judgement() -> None:
    assert find_model(EmbeddingSettings().models_dir / MULTILINGUAL).phrase_layers == judgement().phrase_layers


def test_every_judged_article_has_verdicts() -> None:
    articles = list(judged_articles())
    assert len(articles) > 1500
    assert [article.title for article in articles if not article.verdicts] == []
    assert {verdict for article in articles for verdict in article.verdicts.values()} == {-1, 0, 1}
