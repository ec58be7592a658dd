"""A variant of a name becomes the site's form of it, as long as the tag stays a piece of the article."""

import pytest

from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.extraction.article import RawArticle
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines.tagging.extraction.name_variants import SiteNames

TURKEY = SiteNames({"Turkey": 9}, "en")
PEOPLE = SiteNames({"Theresa May": 5, "Manchester United": 4, "Newcastle United": 4, "World War II": 3}, "en")


def test_a_spelling_becomes_the_site_s_spelling() -> None:
    names = SiteNames({"くも膜下出血": 9, "COVID-19": 7, "Sao Paulo": 4}, "ja")
    assert names.preferred("クモ膜下出血", "クモ膜下出血で入院した。") == "くも膜下出血"
    assert names.preferred("Covid-19", "Covid-19の感染者") == "COVID-19"
    assert names.preferred("São Paulo", "São Pauloで") == "Sao Paulo"
    assert SiteNames({"climate change": 9}, "en").preferred("Climate Change", "Climate Change") == "climate change"


def test_a_single_word_gets_another_case_only_if_the_article_has_it() -> None:
    assert TURKEY.preferred("turkey", "They ate turkey at home.") == "turkey"
    assert TURKEY.preferred("turkey", "Imports of turkey from Turkey rose.") == "Turkey"


def test_a_surname_becomes_the_full_name_that_the_article_has() -> None:
    assert PEOPLE.preferred("May", "Theresa May resigned. May had failed.") == "Theresa May"
    assert PEOPLE.preferred("May", "Mrs May resigned.") == "May"
    assert PEOPLE.preferred("United", "Manchester United beat Newcastle United.") == "United"
    assert PEOPLE.preferred("United", "Manchester United won. United scored twice.") == "Manchester United"


def test_a_number_is_added_only_if_the_article_has_it_and_is_never_dropped() -> None:
    assert PEOPLE.preferred("World War", "It began in World War II.") == "World War II"
    assert PEOPLE.preferred("World War", "It began in a World War.") == "World War"
    few = SiteNames({"World War": 20, "World War II": 3}, "en")
    assert few.preferred("World War II", "World War II was a World War.") == "World War II"


def test_the_commoner_of_two_long_names_is_used_if_it_stands_on_its_own() -> None:
    names = SiteNames({"Supreme Court": 20, "US Supreme Court": 3}, "en")
    assert names.preferred("US Supreme Court", "The US Supreme Court met. The Supreme Court ruled.") == "Supreme Court"
    assert names.preferred("US Supreme Court", "The US Supreme Court met.") == "US Supreme Court"


def test_japanese_forms_of_one_person_become_the_commoner_one() -> None:
    names = SiteNames({"牧野選手": 12, "牧野颯太選手": 3}, "ja")
    assert names.preferred("牧野颯太選手", "牧野颯太選手が優勝した。牧野選手は笑顔だった。") == "牧野選手"
    assert names.preferred("牧野颯太選手", "牧野颯太選手が優勝した。") == "牧野颯太選手"
    assert names.preferred("牧野選手", "牧野選手が優勝した。") == "牧野選手"


def test_two_people_of_one_name_stay_two() -> None:
    names = SiteNames({"牧野選手": 12, "牧野颯太選手": 3, "牧野健太選手": 3}, "ja")
    text = "牧野颯太選手と牧野健太選手。牧野選手は笑顔だった。"
    assert names.preferred("牧野颯太選手", text) == "牧野颯太選手"


def test_german_nouns_with_capitals_are_no_names_of_one_thing() -> None:
    names = SiteNames({"Deutsche Bank": 9, "Bank": 3}, "de")
    assert names.preferred("Bank", "Die Deutsche Bank baut. Die Bank im Park ist neu.") == "Bank"


ARTICLE = (
    "クモ膜下出血の治療に新薬",
    "クモ膜下出血の患者に新薬を投与する治験が岡山大学病院で始まる。"
    "クモ膜下出血の後に起きる血管の収縮を防ぐ薬で、製薬会社が開発した。",
)


@pytest.mark.parametrize("names", [(), (("くも膜下出血", 9),)])
def test_an_article_is_tagged_with_the_form_of_its_site(names: tuple[tuple[str, int], ...]) -> None:
    extractor = TagExtractor(TaggingSettings(), None, fallback=False)
    (extraction,) = extractor.extract([RawArticle("1", *ARTICLE, site_names=names)])
    tags = [tag.tag for tag in extraction.tags]
    assert ("くも膜下出血" in tags, "クモ膜下出血" in tags) == ((True, False) if names else (False, True))
    assert len(tags) == len({tag.casefold() for tag in tags})
