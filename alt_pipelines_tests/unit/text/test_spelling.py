"""Spellings of one name have one key; names that differ in more do not."""

import pytest

from alt_pipelines.text.spelling import spelling_key, spelling_keys


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("クモ膜下出血", "くも膜下出血", "ja"),
        ("ＡＩ規制", "AI規制", "ja"),
        ("コンピューター", "コンピュータ", "ja"),
        ("ドナルド・トランプ", "ドナルドトランプ", "ja"),
        ("COVID-19", "Covid\u201119", "en"),
        ("São Paulo", "Sao Paulo", "de"),
        ("Erdoğan", "Erdogan", "en"),
        ("World war", "World War", "en"),
        ("wildfires", "wildfire", "en"),
        ("ferry companies", "ferry company", "en"),
        ("Côte d’Ivoire", "Cote d'Ivoire", "fr"),
        ("Łódź Region", "Lodz Region", "pl"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str, language: str) -> None:
    assert spelling_key(one, language) == spelling_key(other, language)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("Bär", "Bar", "de"),
        ("World War", "World War II", "en"),
        ("New Castle", "Newcastle", "en"),
        ("news", "new", "en"),
        ("politics", "politic", "en"),
        ("がん", "かん", "ja"),
        ("ビール", "ビル", "ja"),
        ("élève", "élevé", "fr"),
        ("की", "का", "hi"),
    ],
)
def test_different_names_have_different_keys(one: str, other: str, language: str) -> None:
    assert set(spelling_keys(one, language)).isdisjoint(spelling_keys(other, language))


def test_a_hyphen_is_a_space_or_nothing() -> None:
    assert spelling_keys("e-mail", "en") == ("e mail", "email")
    assert spelling_keys("email", "en") == ("email",)
