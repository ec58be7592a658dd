"""Counting the words of articles, and what the counts say of a phrase."""

import math

import pytest

from alt_pipelines.vocabulary.words import (
    FEATURES,
    LEAST_ARTICLES,
    MOST_WORDS,
    SMOOTHING,
    Count,
    Vocabulary,
    WordCounter,
    counted,
    vocabulary_of,
)

ARTICLES = [
    ("Oil spill off Alaska", "The tanker ran aground, officials said. Oil covers the coast of Alaska."),
    ("Oil prices rise", "Officials said that prices rise again after the spill off Alaska."),
    ("Ferry fares fall", "Officials said on Monday that the ferry is cheaper now."),
]


def value(vocabulary: Vocabulary, phrase: str, feature: str) -> float:
    return dict(zip(FEATURES, vocabulary.values(phrase), strict=True))[feature]


def test_a_word_counts_once_per_article_and_once_per_title() -> None:
    found = counted("en", ARTICLES)
    assert found.articles == 3
    assert found.counts["oil"][:2] == (2, 2)
    assert found.counts["spill"][:2] == (2, 1)
    assert found.counts["official"][:2] == (3, 0)


def test_capitals_count_only_inside_sentences() -> None:
    found = counted("en", ARTICLES)
    assert found.counts["alaska"][2:] == (2, 2)
    assert found.counts["official"][2:] == (1, 0)
    assert value(found, "Alaska", "mean_capitals") > value(found, "officials", "mean_capitals")


def test_words_of_few_articles_and_articles_without_a_title_are_left_out() -> None:
    found = counted("en", [*ARTICLES, ("", "A tanker without a title.")])
    assert found.articles == 3
    assert "tanker" not in found.counts
    assert all(count.articles >= LEAST_ARTICLES for count in found.counts.values())


def test_words_of_titles_rank_above_words_of_texts() -> None:
    found = counted("en", ARTICLES)
    oil, officials = (value(found, word, "mean_title_share") for word in ("oil", "officials"))
    assert oil > 0 > officials
    both = [value(found, "oil officials", f"{which}_title_share") for which in ("highest", "lowest", "mean")]
    assert both[:2] == [oil, officials]
    assert math.isclose(both[2], (oil + officials) / 2)


def test_an_unknown_word_is_rare_and_otherwise_average() -> None:
    found = counted("en", ARTICLES)
    assert value(found, "zeppelin", "mean_title_share") == 0
    assert value(found, "zeppelin", "mean_capitals") == found.capitals
    assert all(value(found, "zeppelin", "mean_rarity") > value(found, word, "mean_rarity") for word in found.counts)
    assert found.values("") == found.values("zeppelin")


def test_a_word_of_few_articles_stays_near_the_average() -> None:
    rare, frequent = (
        value(Vocabulary("en", 1000, 0.1, 0.2, {"word": Count(n, n, 0, 0)}), "word", "mean_title_share")
        for n in (2, 200)
    )
    assert 0 < rare < frequent < math.log(10)
    assert math.isclose(math.exp(rare), (2 + SMOOTHING * 0.1) / ((2 + SMOOTHING) * 0.1))


def test_the_same_articles_give_the_same_version_and_others_another() -> None:
    assert counted("en", ARTICLES).version == counted("en", ARTICLES[::-1]).version
    assert counted("en", ARTICLES).version != counted("en", ARTICLES[:2]).version
    assert counted("en", ARTICLES).version.startswith("en-")


def test_a_stored_vocabulary_is_the_one_that_was_counted() -> None:
    found = counted("ja", [("地震の被害", "地震で\u3000道路が壊れた。"), ("地震の続報", '「地震」は"まだ"続く。')])
    assert found.counts
    again = vocabulary_of("ja", found.as_json())
    assert again == found
    assert again.version == found.version


def test_a_vocabulary_is_bounded_to_its_most_frequent_words() -> None:
    counter = WordCounter()
    many = " ".join(f"word{chr(97 + i % 26)}{i}" for i in range(MOST_WORDS + 500))
    for text in (many, many, "worda0"):
        counter.add("worda0 in a title", text)
    found = counter.vocabulary("en")
    assert len(found.counts) == MOST_WORDS
    assert found.counts["worda0"][:2] == (3, 3)


@pytest.mark.parametrize("phrase", ["Oil", "oil officials", "a ferry of Alaska", "Zeppelin spill", "x"])
def test_plain_phrases_have_the_values_of_the_same_words_with_punctuation(phrase: str) -> None:
    found = counted("en", ARTICLES)
    assert found.values(phrase) == found.values(phrase.replace(" ", ", ") + "!")


def test_an_archive_of_nothing_gives_finite_values() -> None:
    empty = counted("en", [])
    assert all(map(math.isfinite, empty.values("oil spill")))
    assert all(map(math.isfinite, Vocabulary("en", 3, 0.0, 0.0, {"oil": Count(3, 0, 0, 0)}).values("oil")))
