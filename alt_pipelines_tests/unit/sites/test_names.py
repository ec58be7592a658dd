"""What a site calls things: learned from tags, bounded, and stable."""

from datetime import UTC, datetime

from alt_pipelines.sites.names import LEAST_ARTICLES, MOST_NAMES, KnownName, TagCount, known_names


def test_the_commonest_spelling_of_a_name_is_the_site_s() -> None:
    tags = [TagCount("ja", "くも膜下出血", 9), TagCount("ja", "クモ膜下出血", 2), TagCount("ja", "脳梗塞", 4)]
    assert known_names(tags, []) == [KnownName("ja", "くも膜下出血", 11), KnownName("ja", "脳梗塞", 4)]


def test_a_tag_of_few_articles_is_not_known() -> None:
    assert known_names([TagCount("en", "ferry fares", LEAST_ARTICLES - 1)], []) == []


def test_spellings_count_together_and_ties_are_broken_by_the_alphabet() -> None:
    tags = [TagCount("en", "Covid-19", 2), TagCount("en", "COVID-19", 2)]
    assert known_names(tags, []) == [KnownName("en", "COVID-19", 4)]


def test_a_hyphenated_word_belongs_to_the_joined_spelling_if_the_site_has_it() -> None:
    tags = [TagCount("en", "e-mail", 5), TagCount("en", "email", 3), TagCount("en", "well-being", 4)]
    assert known_names(tags, []) == [KnownName("en", "e-mail", 8), KnownName("en", "well-being", 4)]


def test_a_country_and_a_bird_are_two_names() -> None:
    tags = [TagCount("en", "Turkey", 5), TagCount("en", "turkey", 4)]
    assert known_names(tags, []) == [KnownName("en", "Turkey", 5), KnownName("en", "turkey", 4)]


def test_a_known_name_keeps_its_spelling_whatever_a_few_new_articles_have() -> None:
    before = [KnownName("ja", "くも膜下出血", 9, datetime(2026, 11, 1, tzinfo=UTC))]
    assert known_names([TagCount("ja", "クモ膜下出血", 5)], before) == [KnownName("ja", "くも膜下出血", 9)]


def test_a_name_that_is_not_seen_now_keeps_its_time_so_that_it_is_forgotten_one_day() -> None:
    before = [KnownName("en", "ice rink", 9, datetime(2026, 11, 1, tzinfo=UTC))]
    assert known_names([TagCount("en", "tram strike", 3)], before) == [KnownName("en", "tram strike", 3), *before]


def test_a_site_keeps_a_bounded_number_of_names() -> None:
    tags = [TagCount("en", f"topic {chr(97 + at // 26)}{chr(97 + at % 26)}", 3) for at in range(MOST_NAMES + 50)]
    assert len(known_names(tags, [])) == MOST_NAMES
