"""Scores, the choice of tags that differ, and what a confidence is."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alt_pipelines.tagging.extraction.calibration import article_confidence, logistic
from alt_pipelines.tagging.extraction.evidence import EVIDENCE
from alt_pipelines.tagging.extraction.features import FEATURES, Candidate, Document, Phrase, candidates
from alt_pipelines.tagging.extraction.ranking import (
    SECOND_PASS,
    Model,
    Ranked,
    first_model,
    models,
    rank,
)
from alt_pipelines.tagging.extraction.selection import repetition, select
from alt_pipelines.vocabulary.words import FEATURES as VOCABULARY
from alt_pipelines.vocabulary.words import LANGUAGES, Count, Vocabulary

MODEL = Model(weights=(1.0,) + (0.0,) * (len(FEATURES) - 1), bias=0.0, slope=1.0, intercept=0.0, size=0.0)


def candidate(form: str, value: float = 0.0) -> Candidate:
    return Candidate(tuple(form.lower().split()), form, (value,) + (0.0,) * (len(FEATURES) - 1))


def phrase(text: str, start: int, marked: bool = False) -> Phrase:
    return Phrase(tuple(text.split()), tuple(text.lower().split()), start, marked)


def test_features_are_what_their_names_say() -> None:
    document = Document(
        [phrase("Oil Spill", 0), phrase("oil", 50), phrase("big oil spill", 60), phrase("Oil Spill", 90, marked=True)],
        tokens=100,
        title=frozenset({"oil", "spill"}),
    )
    found = {c.form: dict(zip(FEATURES, c.values, strict=True)) for c in candidates(document, rarity=lambda word: 0.5)}
    spill, oil = found["Oil Spill"], found["oil"]
    assert (spill["single"], oil["single"]) == (0.0, 1.0)
    assert (spill["position"], spill["lead"], spill["title"], spill["marked"]) == (0.0, 1.0, 1.0, 1.0)
    assert spill["repeats"] == pytest.approx(math.log(2))
    assert spill["nested"] == pytest.approx(math.log(2))
    assert oil["nested"] == pytest.approx(math.log(4))
    assert max(f["salience"] for f in found.values()) == 1.0


def test_the_commonest_surface_form_is_shown() -> None:
    document = Document([phrase("OIL SPILL", 0), phrase("oil spill", 5), phrase("oil spill", 9)], 20, frozenset())
    assert [c.form for c in candidates(document, rarity=lambda word: 0.5)] == ["oil spill"]


def test_a_run_of_many_words_costs_no_square_of_its_length() -> None:
    document = Document([phrase(" ".join(f"w{i}" for i in range(5000)), 0)], 5000, frozenset())
    assert candidates(document, rarity=lambda word: 0.5) == []


def test_near_duplicates_give_way_to_something_new() -> None:
    found = rank([candidate("Shining Path", 3.0), candidate("Shining Path member", 2.2), candidate("Peru", 2.1)], MODEL)
    assert [c.form for c, _ in select(found, 3)] == ["Shining Path", "Peru", "Shining Path member"]


@pytest.mark.parametrize(
    ("variant", "head_first", "left_out"),
    [("rail unions", True, True), ("unions railways", False, False), ("unions railways", True, True)],
)
def test_where_heads_come_first_a_head_and_its_phrase_are_one_tag_after_three(
    variant: str, head_first: bool, left_out: bool
) -> None:
    before = [candidate(form, 9.0) for form in ("Peru", "Lima")]
    found = rank([*before, candidate("unions", 8.0), candidate(variant, 7.9)], MODEL)
    selected = [c.form for c, _ in select(found, 10, head_first=head_first)]
    assert (variant not in selected) is left_out


@pytest.mark.parametrize(
    ("short", "full"), [("World War", "World War II"), ("Century Trains", "21st Century Trains"), ("Node", "Node 20")]
)
def test_a_name_without_its_number_is_no_tag_of_its_own(short: str, full: str) -> None:
    found = rank([candidate(short, 3.0), candidate(full, 2.0), candidate("Peru", 1.0)], MODEL)
    assert [c.form for c, _ in select(found, 3)] == [full, "Peru"]


def test_adjusted_scores_never_rise() -> None:
    found = rank([candidate(f"oil {name}", 2 - i / 10) for i, name in enumerate("abcdefgh")], MODEL)
    scores = [score for _, score in select(found, 8)]
    assert scores == sorted(scores, reverse=True)


def test_two_tags_that_read_the_same_are_one() -> None:
    ranked = Ranked((candidate("Oil"), Candidate(("oils",), "OIL", (0.0,) * len(FEATURES))), (2.0, 1.0), MODEL, 2)
    assert [c.form for c, _ in select(ranked, 5)] == ["Oil"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("World War", "World War II"),
        ("地獄の黙示録", "黙示録"),
        ("クモ膜下出血", "くも膜下出血"),
        ("Obama", "Barack Obama"),
    ],
)
def test_two_names_of_one_thing_repeat_each_other(one: str, other: str) -> None:
    assert repetition(candidate(one), candidate(other)) == repetition(candidate(other), candidate(one)) == 1.0


def test_a_japanese_name_without_its_given_name_repeats_the_full_one() -> None:
    short, full = (Candidate(stems, "".join(stems), ()) for stems in (("牧野", "選手"), ("牧野", "颯太", "選手")))
    assert repetition(short, full) == 1.0


@pytest.mark.parametrize(("one", "other"), [("東京", "大阪"), ("oil spill", "Coast Guard")])
def test_two_things_do_not_repeat_each_other(one: str, other: str) -> None:
    assert repetition(candidate(one), candidate(other)) == 0.0


def test_things_that_share_a_word_repeat_each_other_a_little() -> None:
    assert 0 < repetition(candidate("oil spill"), candidate("oil tanker")) < 0.25


def test_two_spellings_of_one_name_in_kana_are_one_tag() -> None:
    found = rank([candidate("クモ膜下出血", 3.0), candidate("くも膜下出血", 2.9), candidate("手術", 0.1)], MODEL)
    assert [c.form for c, _ in select(found, 3)] == ["クモ膜下出血", "手術"]


def test_ranking_does_not_depend_on_the_order_of_the_candidates() -> None:
    found = [candidate(f"word{i}", float(i % 3)) for i in range(40)]
    assert rank(found, MODEL).candidates == rank(found[::-1], MODEL).candidates


def test_the_shipped_models_fit_the_features() -> None:
    without_encoder = (*FEATURES, *EVIDENCE)
    for name, model in models().items():
        expected = SECOND_PASS if "+document" in name else without_encoder if "generic" in name else FEATURES
        more = VOCABULARY if name.endswith("+vocabulary") else ()
        assert len(model.weights) == len(expected) + len(more)
        assert model.slope > 0  # a better score is never a lower confidence
        assert model.size < 0.5


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_with_a_vocabulary_has_models_that_rank_with_it(language: str) -> None:
    assert f"{language}+document+vocabulary" in models()
    words = Vocabulary(language, 500, 0.1, 0.3, {})
    found = [c._replace(vocabulary=words.values(c.form)) for c in (candidate("tunnel", 1.0), candidate("駅前", 1.0))]
    found = [c._replace(values=(0.0,) * len(FEATURES)) for c in found]
    assert len(rank(found, first_model(language, vocabulary=True)).candidates) == 2


def test_a_vocabulary_of_titles_decides_between_phrases_that_are_otherwise_alike() -> None:
    words = Vocabulary("en", 500, 0.1, 0.3, {"tunnel": Count(50, 40, 90, 30), "official": Count(400, 0, 900, 5)})
    alike = [candidate("official", 1.0), candidate("tunnel", 1.0)]
    ranked = rank(
        [c._replace(values=(0.0,) * len(FEATURES), vocabulary=words.values(c.form)) for c in alike],
        first_model("en", vocabulary=True),
    )
    assert [c.form for c in ranked.candidates] == ["tunnel", "official"]


def test_a_language_without_gold_is_believed_less_than_every_language_with_gold() -> None:
    for score in (-3.0, 0.0, 3.0):
        unproven = first_model("fi").confidence(score, 50)
        assert unproven < models()["generic"].confidence(score, 50)
        assert all(unproven < first_model(language).confidence(score, 50) for language in ("fr", "ru", "th", "ar"))
    assert first_model("en") is models()["en"]


def test_confidence_is_not_extrapolated_to_texts_shorter_than_any_that_was_judged() -> None:
    for model in models().values():
        assert model.confidence(0.0, 1) == model.confidence(0.0, 20)


@given(st.floats(-1e6, 1e6), st.integers(0, 10**6))
def test_a_confidence_is_a_probability(score: float, count: int) -> None:
    for model in models().values():
        assert 0.0 <= model.confidence(score, count) <= 1.0
    assert 0.0 <= logistic(score) <= 1.0


@given(st.lists(st.floats(0, 1), max_size=10))
def test_the_confidence_of_an_article_is_between_nothing_and_its_best_tags(confidences: list[float]) -> None:
    value = article_confidence(sorted(confidences, reverse=True))
    assert 0.0 <= value <= max(confidences, default=0.0) + 1e-9


def test_few_tags_are_worth_less_than_many_as_good() -> None:
    assert article_confidence([0.8] * 2) < article_confidence([0.8] * 5) == pytest.approx(0.8)
