"""The judgement: which phrases are left out, how many are kept, and that the fitted networks belong to the code."""

from dataclasses import fields, replace

import numpy as np
import pytest

from alt_pipelines.embedding.contexts import PARTS
from alt_pipelines.embedding.unigram import Pieces
from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.judgement import (
    ENCODED_AS,
    ENCODER,
    FARTHEST,
    JUDGED,
    LEAST,
    LEAST_SHORT,
    SCRIPTS,
    VECTOR,
    Judge,
    Network,
    apply,
    judged,
    judged_values,
    judges,
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
BY_VALUE = Judge(AS_IT_IS, cut=0.4, late=0.3, short=0.9, short_late=0.6, languages=frozenset({"fr"}))


class Encoder:
    backend = "onnx"
    dimension = 4

    def __init__(self, model_id: str, *, stops_early: bool = True) -> None:
        self.model_id = model_id
        self.stops_early = stops_early
        self.calls: list[tuple[tuple[str, ...], tuple[str, ...]]] = []

    def pieces(self, text: str) -> Pieces:
        return Pieces(text.lower(), [1] * len(text), list(range(len(text))), str)

    def middle_states(self, sequences: list[list[int]]) -> list[np.ndarray]:
        return [np.zeros((len(sequence), 4), np.float32) for sequence in sequences]

    def encode(self, texts: list[str], languages: list[str] | None = None) -> np.ndarray:
        self.calls.append((tuple(texts), tuple(languages or ())))
        return np.ones((len(texts), 4), np.float32)


def test_the_fitted_networks_have_a_weight_for_every_value() -> None:
    assert judges().keys() == {"features", "vectors"}
    values = {"features": len(JUDGED), "vectors": len(JUDGED) + VECTOR}
    for name, judge in judges().items():
        network = judge.network
        units = len(network.hidden_bias)
        assert network.hidden.shape == (values[name], units)
        assert network.output.shape == (units, 2)
        assert (network.spread > 0).all()
        assert all(np.isfinite(getattr(network, field.name)).all() for field in fields(network))
        assert 0 < judge.late <= judge.cut < judge.short_late <= judge.short <= 1


def test_a_network_standardises_its_values_and_limits_rare_ones() -> None:
    network = replace(AS_IT_IS, mean=np.array([10.0]), spread=np.array([2.0]))
    logits = network.logits(np.array([[10.0], [14.0], [4.0], [1e9], [-1e9]]))
    assert logits.unfit.tolist() == [0.0, 2.0, -3.0, FARTHEST, -FARTHEST]
    assert logits.chosen.tolist() == [0.0] * 5


def test_unfit_phrases_are_left_out_and_the_others_ordered_by_score() -> None:
    ranked = long_shortlist()
    doubts = np.array([[3.0 if i % 2 else -3.0 - i / 4] for i in range(len(ranked.candidates))])
    kept = apply(BY_VALUE, ranked, AS_IT_IS.logits(doubts), "fr")
    assert kept.candidates == ranked.candidates[::2][::-1]  # the later, the less unfit
    assert list(kept.scores) == sorted(kept.scores, reverse=True)
    assert kept.total == ranked.total


def test_an_article_keeps_its_least_unfit_phrases() -> None:
    ranked = long_shortlist()
    doubts = np.array([[(i + 1) / 2] for i in range(len(ranked.candidates))])
    assert apply(BY_VALUE, ranked, AS_IT_IS.logits(doubts), "fr").candidates == ranked.candidates[:LEAST]


def test_from_the_sixth_phrase_on_less_doubt_is_enough() -> None:
    ranked = long_shortlist()
    doubts = np.array([[-0.6] for _ in ranked.candidates])  # a probability between the two limits
    assert apply(BY_VALUE, ranked, AS_IT_IS.logits(doubts), "fr").candidates == ranked.candidates[:LEAST]


def test_in_a_language_that_no_reader_has_judged_more_doubt_is_needed() -> None:
    ranked = long_shortlist()
    doubts = np.array([[-0.1] for _ in ranked.candidates])  # a probability above both limits, but not above a half
    assert apply(BY_VALUE, ranked, AS_IT_IS.logits(doubts), "lo").candidates == ranked.candidates
    assert apply(BY_VALUE, ranked, AS_IT_IS.logits(-doubts), "lo").candidates == ranked.candidates[:LEAST]
    assert {"en", "ja", "zh"} <= judges()["vectors"].languages
    assert "lo" not in judges()["vectors"].languages


def test_a_short_article_loses_only_phrases_of_which_there_is_no_doubt() -> None:
    ranked = replace(long_shortlist(), total=FEWEST - 1)
    doubts = np.array([[(i + 1) / 2] for i in range(len(ranked.candidates))])  # from the fifth on, more than 0.9
    assert apply(BY_VALUE, ranked, AS_IT_IS.logits(doubts), "fr").candidates == ranked.candidates[:4]
    assert apply(BY_VALUE, ranked, AS_IT_IS.logits(doubts + 4), "fr").candidates == ranked.candidates[:LEAST_SHORT]
    doubts = np.array([[1.0] for _ in ranked.candidates])  # a probability between the two limits
    assert apply(BY_VALUE, ranked, AS_IT_IS.logits(doubts), "fr").candidates == ranked.candidates[:LEAST]
    assert apply(BY_VALUE, ranked, AS_IT_IS.logits(doubts), "en").candidates == ranked.candidates


def test_of_two_cuts_of_a_name_a_short_article_loses_the_doubtful_one() -> None:
    ranked = replace(long_shortlist(5), total=FEWEST - 1)
    forms = ["April Marsh", "Jockey April Marsh", "Epsom", "Lakeside Stakes", "Lakeside"]
    named = tuple(c._replace(form=form) for c, form in zip(ranked.candidates, forms, strict=True))
    doubts = np.array([[-3.0], [1.0], [-2.0], [-2.0], [-1.0]])  # the second is a half more doubtful than not
    kept = apply(BY_VALUE, replace(ranked, candidates=named), AS_IT_IS.logits(doubts), "fr")
    assert [c.form for c in kept.candidates] == ["April Marsh", "Epsom", "Lakeside Stakes", "Lakeside"]


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


def test_vectors_are_asked_for_once_per_form_and_in_one_language() -> None:
    encoder = Encoder(f"en=all-MiniLM-L6-v2-int8,*={ENCODER}")
    ranked = shortlist()
    vectors = phrase_vectors([ranked, ranked], [TEXT, TEXT], encoder)
    assert vectors is not None
    forms = tuple(c.form for c in ranked.candidates)
    assert [of_one.shape for of_one in vectors] == [(len(forms), 4 + 1 + PARTS * 4)] * 2
    assert encoder.calls == [(forms, (ENCODED_AS,) * len(forms))]


def test_an_article_without_candidates_has_no_vectors() -> None:
    encoder = Encoder(f"*={ENCODER}")
    full = shortlist()
    empty = replace(full, candidates=(), scores=())
    vectors = phrase_vectors([empty, full], ["", TEXT], encoder)
    assert vectors is not None
    assert [len(of_one) for of_one in vectors] == [0, len(full.candidates)]
    assert judged(empty, "", "fr", vectors[0]) is empty
    (alone,) = phrase_vectors([empty], [""], Encoder(f"*={ENCODER}")) or []
    assert len(alone) == 0


def test_an_encoder_that_does_not_stop_early_reads_no_phrases() -> None:
    encoder = Encoder(f"*={ENCODER}", stops_early=False)
    assert not reads_phrases(encoder)
    assert phrase_vectors([shortlist()], [TEXT], encoder) is None


@pytest.mark.parametrize("model_id", ["hash", "all-MiniLM-L6-v2-int8", "intfloat/multilingual-e5-small", "*=my-model"])
def test_vectors_of_another_encoder_are_not_judged(model_id: str) -> None:
    encoder = Encoder(model_id)
    assert not reads_phrases(encoder)
    assert phrase_vectors([shortlist()], [TEXT], encoder) is None
    assert refinable("en", encoder)
    assert not refinable("fr", encoder)
    assert not encoder.calls


def test_every_judged_article_has_verdicts() -> None:
    articles = list(judged_articles())
    assert len(articles) > 1500
    assert [article.title for article in articles if not article.verdicts] == []
    assert {verdict for article in articles for verdict in article.verdicts.values()} == {-1, 0, 1}
