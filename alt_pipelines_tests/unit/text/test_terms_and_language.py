"""Terms of every script, stop words, and which language a text is in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alt_pipelines.text.language import UNKNOWN, detect
from alt_pipelines.text.stopwords import stop_words
from alt_pipelines.text.terms import names, phrases, terms, words

STOP = stop_words("en") | stop_words("ja")


def texts(text: str, language: str | None = None) -> list[str]:
    return [term.text for term in terms(text, STOP, language)]


def test_terms_of_a_mixed_text_are_its_content_words() -> None:
    assert texts("Tokyo's chips: 新しい半導体を東京で開発") == ["tokyo", "chip", "半導体", "東京", "開発"]


def test_addresses_code_entities_and_numbers_are_not_terms() -> None:
    assert texts("amp nbsp https://example.com/x some_variable 3.5% 2016 12:30 reform") == ["reform"]


def test_japanese_compounds_come_back_as_phrases_without_a_space() -> None:
    found = [text for text, _ in phrases(terms("愛知県知事選挙が行われた。", STOP))]
    assert "知事選挙" in found


def test_a_stop_word_or_a_comma_between_two_terms_keeps_them_apart() -> None:
    found = [text for text, _ in phrases(terms("export rules, chips and steel tariffs", STOP))]
    assert "export rule" in found
    assert "rule chip" not in found
    assert "chip steel" not in found


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Президент России посетил Казань", "казань"),
        ("भारत के प्रधानमंत्री", "प्रधानमंत्री"),
        ("زار الرئيس المصري القاهرة", "القاهرة"),
        ("中国国家主席", "国家"),
    ],
)
def test_every_script_has_terms(text: str, word: str) -> None:
    assert word in texts(text)
    assert word in words(text)


def test_a_korean_place_has_its_first_syllable_and_its_kind() -> None:
    """The analyser reads 한 as a suffix of the word before, and 군 as a bound noun."""
    assert [term.text for term in terms("월요일 한담시의 창고", STOP, "ko")][1:] == ["한담시", "창고"]
    assert terms("서령군은 두 개 군과 이웃한다", STOP, "ko")[0].text == "서령군"


def test_korean_terms_are_nouns_without_particles() -> None:
    found = terms("대통령이 서울에서 회담을 열었다. 수출 기업들의 피해", STOP, "ko")
    assert [term.text for term in found] == ["대통령", "서울", "회담", "수출", "기업", "피해"]
    assert ("수출 기업", "수출 기업") in phrases(found)
    assert "기업 피해" not in [text for text, _ in phrases(found)]  # a plural and a particle are between them


def test_chinese_terms_are_nouns_as_the_segmenter_finds_them() -> None:
    assert [term.text for term in terms("敦煌研究院的壁画修复", STOP, "zh")][:2] == ["敦煌研究院", "壁画"]
    assert "數碼" in [term.text for term in terms("金管局推出數碼港元", STOP, "zh")]


def test_a_chinese_noun_of_one_character_belongs_to_the_noun_before_it() -> None:
    assert "步行桥" in texts("玻璃步行桥周六开放", "zh")


def test_a_counter_after_a_name_is_part_of_the_name() -> None:
    assert "鶴見台" in texts("鶴見台に車が3台ある", "ja")
    assert "台" not in texts("鶴見台に車が3台ある", "ja")


def test_names_are_what_identifies() -> None:
    assert names("the Exxon Valdez spilled 3.5 million barrels, トヨタ自動車") == [
        "exxon",
        "valdez",
        "3.5",
        "トヨタ",
        "自動車",
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The tanker ran aground in Alaska.", "en"),
        ("oil spill in Alaska by the tanker Exxon Valdez", "en"),
        ("東京で大会が開かれた", "ja"),
        ("ニュース", "ja"),
        ("中国国家主席习近平周一抵达莫斯科开始对俄罗斯进行国事访问", "zh"),
        ("대통령이 서울에서 회담을 했다", "ko"),
        ("Le gouvernement français a annoncé une réforme des retraites", "fr"),
        ("Der Bundestag hat das neue Klimaschutzgesetz beschlossen", "de"),
        ("Президент России посетил Казань", "ru"),
        ("وصل الرئيس المصري إلى الرياض", "ar"),
        ("สวัสดีครับ ประเทศไทย", "th"),
        ("საქართველოს პრეზიდენტი", "ka"),
        ("1234 !?", UNKNOWN),
        ("", UNKNOWN),
        ("ᚠᚢᚦᚨᚱᚲ ᚠᚢᚦᚨᚱᚲ", UNKNOWN),
    ],
)
def test_the_language_is_found(text: str, language: str) -> None:
    assert detect(text) == language


def test_languages_without_a_list_get_only_web_words_and_not_the_nearest_language() -> None:
    assert stop_words("sw") == stop_words("xx")


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    assert detect(text) == detect(text)
    assert all(len(term.text) <= 40 for term in terms(text))
    words(text)
    names(text)


def test_a_short_text_in_ascii_is_not_taken_for_an_east_asian_language() -> None:
    assert detect("AAAA\naAMB") == "en"
