"""The second pass: which parts of an article a phrase is compared with, and what that does to its place."""

import numpy as np
import pytest

from alt_pipelines.embedding.hashing import HashingEmbedder
from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.evidence import EVIDENCE, evidence_values
from alt_pipelines.tagging.extraction.features import FEATURES, Candidate
from alt_pipelines.tagging.extraction.ranking import LIKENESS, SECOND_PASS, first_model, models, rank
from alt_pipelines.tagging.extraction.refinement import (
    CHUNKS,
    LEAD,
    SHORTLIST,
    Uncertain,
    document_views,
    refine,
    second_pass_values,
)
from alt_pipelines.vocabulary.words import FEATURES as VOCABULARY
from alt_pipelines.vocabulary.words import Vocabulary

TEXT = "The oil spill closed Prince William Sound. The Coast Guard sent ships to the oil spill off Alaska. " * 3


def test_an_article_is_seen_as_its_lead_and_as_chunks_from_beginning_to_end() -> None:
    size = CHUNKS["en"].characters
    text = "".join(chr(ord("a") + i) * size for i in range(10))
    lead, *chunks = document_views("Title", text, "en")
    assert lead == f"Title. {text}"[:LEAD]
    assert [chunk[0] for chunk in chunks] == ["a", "d", "g", "j"]
    assert all(len(chunk) == size for chunk in chunks)


@pytest.mark.parametrize(("title", "text"), [("Title", ""), ("", "text"), ("", "x" * 601), ("", "")])
def test_every_article_has_a_lead_and_an_opening(title: str, text: str) -> None:
    assert len(document_views(title, text, "en")) >= 2


def test_likeness_counts_within_the_article_only() -> None:
    found = find_candidates("Oil spill", TEXT, "en")
    phrases = HashingEmbedder().encode([c.form for c in found])
    views = HashingEmbedder().encode(document_views("Oil spill", TEXT, "en"))
    values = second_pass_values(found, phrases, views)
    likeness = values[:, -len(LIKENESS) :]
    assert values.shape == (len(found), len(SECOND_PASS))
    assert np.allclose(likeness.mean(axis=0), 0, atol=1e-5)
    assert np.allclose(likeness.std(axis=0), 1, atol=1e-4)


def test_identical_phrases_have_no_relative_likeness() -> None:
    same = Candidate(("oil",), "oil", (0.0,) * len(FEATURES))
    values = second_pass_values([same, same], np.ones((2, 4), np.float32), np.ones((3, 4), np.float32))
    assert not values[:, -len(LIKENESS) :].any()


def test_evidence_is_what_its_names_say() -> None:
    found = {c.form: c for c in find_candidates("Oil spill off Alaska", TEXT, "en")}
    spill = dict(zip(EVIDENCE, evidence_values(found["oil spill"]), strict=True))
    guard = dict(zip(EVIDENCE, evidence_values(found["Coast Guard"]), strict=True))
    assert (spill["words"], spill["capitals"], guard["capitals"]) == (2.0, 0.5, 1.0)  # the first form: "Oil spill"
    assert (spill["title_share"], guard["title_share"]) == (1.0, 0.0)
    assert spill["log_occurrences"] == pytest.approx(np.log(7))
    assert guard["log_occurrences"] == pytest.approx(np.log(3))
    assert spill["span"] > guard["span"] > 0
    assert spill["characters"] == 9.0


def test_both_languages_are_reranked_in_one_call_and_keep_their_shortlists() -> None:
    texts = {"en": TEXT, "ja": "名古屋市で半導体工場の建設が始まった。大村秀章知事は起工式で地域経済への期待を述べた。"}
    first = [rank(find_candidates("", text, language), models()[language]) for language, text in texts.items()]
    uncertain = [Uncertain("", text, language, r) for (language, text), r in zip(texts.items(), first, strict=True)]
    for before, after in zip(first, refine(uncertain, HashingEmbedder()), strict=True):
        assert {c.form for c in before.candidates[:SHORTLIST]} == {c.form for c in after.candidates}
        assert list(after.scores) == sorted(after.scores, reverse=True)
        assert after.model is not before.model
        assert after.total == before.total


def test_phrases_with_values_of_a_vocabulary_are_reranked_by_the_model_that_weighs_them() -> None:
    for language, text in (
        ("en", TEXT),
        ("ja", "名古屋市で半導体工場の建設が始まった。大村秀章知事は起工式で期待を述べた。"),
    ):
        words = Vocabulary(language, 500, 0.1, 0.3, {})
        found = [c._replace(vocabulary=words.values(c.form)) for c in find_candidates("", text, language)]
        first = rank(found, first_model(language, vocabulary=True))
        (second,) = refine([Uncertain("", text, language, first)], HashingEmbedder())
        assert second.model is models()[f"{language}+document+vocabulary"]
        assert len(second.model.weights) == len(SECOND_PASS) + len(VOCABULARY)
