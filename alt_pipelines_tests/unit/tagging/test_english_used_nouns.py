"""English words that the lexicon has as foreign or as adjectives are nouns where the article uses them as such."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates

REST = " The ferry to Skarholm was late again. Nobody on the quay in Ternby complained about the delay to the mayor."


def forms(text: str) -> list[str]:
    return [candidate.form for candidate in find_candidates("", text + REST, "en")]


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("Young women rent a kimono for the day. Shops sell kimono from the seventies.", "kimono"),
        ("Farmers drive ten miles for karaoke, and a bar has karaoke on Fridays.", "karaoke"),
        ("The binder asks for vellum, and you see why. The smell of vellum is sweet.", "vellum"),
        ("The mill sells calico. Nothing is like calico.", "calico"),
    ],
)
def test_a_word_that_ends_phrases_after_different_words_is_a_noun(text: str, noun: str) -> None:
    assert noun in forms(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("It is an a priori claim. They reject a priori, and he said a priori again.", "priori"),
        ("They grew cells in vitro. The cells died in vitro.", "vitro"),
        ("The list is far from exhaustive. It turned exhaustive.", "exhaustive"),
        ("They work with brackish, cold water and of brackish and salty ponds.", "brackish"),
        ("He left for good. It is a matter of good.", "good"),
    ],
)
def test_other_foreign_words_and_adjectives_are_no_nouns(text: str, word: str) -> None:
    assert word not in forms(text)
