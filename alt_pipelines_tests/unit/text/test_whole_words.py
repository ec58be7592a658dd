"""Words are whole in every script: joiners, points and prefixes belong to them, and their forms have one stem."""

import pytest

from alt_pipelines.text.stems import stem
from alt_pipelines.text.terms import phrases, terms, words

NONE: frozenset[str] = frozenset()


def written(text: str, language: str) -> list[str]:
    return [term.surface for term in terms(text, NONE, language)]


@pytest.mark.parametrize(
    ("text", "language", "word"),
    [
        ("نیم\u200cفصل تازه", "fa", "نیم\u200cفصل"),
        ("کتاب\u200cخانه بسته است", "fa", "کتاب\u200cخانه"),
        ("Saint\u2011Brévin se réveille", "fr", "Saint\u2010Brévin"),  # NFKC of U+2011 is U+2010
        ("Baden\u2010Hülst feiert", "de", "Baden\u2010Hülst"),
        ("افتُتح معرضٌ كبير", "ar", "افتُتح"),
        ("שָׁלוֹם רב", "he", "שָׁלוֹם"),
        ("כך אמר מזכ״ל הארגון", "he", "מזכ״ל"),
        ("द्वन्द्\u200dव समाप्त", "hi", "द्वन्द्\u200dव"),
        ("The har\xadbour reopened", "en", "har\xadbour"),
    ],
)
def test_what_joins_the_letters_of_a_word_does_not_divide_it(text: str, language: str, word: str) -> None:
    assert word in written(text, language)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("معرضٌ", "معرض"),
        ("کتاب\u200cخانه", "کتابخانه"),
        ("har\xadbour", "harbour"),
        ("שָׁלוֹם", "שלום"),
        ("كتـــاب", "كتاب"),
    ],
)
def test_points_and_joiners_distinguish_no_words(one: str, other: str) -> None:
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("한솔바람이 공연을 열었다.", "한솔바람"),
        ("어제 은별읍 주민들이 모였다.", "은별읍"),
        ("새마을금고는 지점을 열었다.", "새마을금고"),
        ("두바이는 오늘 덥다.", "두바이"),
        ("푸른솔제약의 신약이 나왔다.", "푸른솔제약"),
        ("더불어민주당은 반대했다.", "더불어민주당"),
    ],
)
def test_korean_names_keep_their_first_syllables(text: str, word: str) -> None:
    assert word in written(text, "ko")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("세 사람이 두 마을에서 살았다.", ["사람", "마을"]),
        ("그 회사의 모든 직원이 왔다.", ["회사", "직원"]),
        ("서울은 평야에 있다.", ["서울", "평야"]),
    ],
)
def test_korean_words_that_are_written_apart_stay_apart(text: str, expected: list[str]) -> None:
    assert written(text, "ko") == expected


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("ผู้โดยสารรอรถ", "ผู้โดยสาร"),
        ("การส่งออกลดลง", "การส่ง"),
        ("นักวิจัยพบปลา", "นักวิจัย"),
        ("ความฝันของเขา", "ความฝัน"),
        ("ຜູ້ໂດຍສານລໍຖ້າ", "ຜູ້ໂດຍສານ"),
    ],
)
def test_a_prefix_that_makes_a_noun_belongs_to_it(text: str, word: str) -> None:
    assert any(found.startswith(word) for found in written(text, "th"))


def test_pairs_of_words_without_spaces_have_none() -> None:
    found = [surface for _, surface in phrases(terms("ธนาคารกลางขึ้นดอกเบี้ย", NONE, "th"))]
    assert "ธนาคารกลาง" in found
    assert not any(" " in surface for surface in found)


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("de", ("lüneburg", "lüneburger")),
        ("ru", ("деревня", "деревню", "деревней")),
        ("ar", ("المتحف", "متحف", "للمتحف", "بالمتحف")),
        ("uk", ("відкриття", "відкриттям")),
        ("bg", ("градината", "градини")),
        ("fi", ("kirjasto", "kirjastossa")),
        ("es", ("volcán", "volcanes")),
        ("tr", ("haber", "haberler")),
    ],
)
def test_the_forms_of_a_word_have_one_stem(language: str, forms: tuple[str, ...]) -> None:
    assert len({stem(form, language) for form in forms}) == 1


def test_words_of_languages_without_a_rule_keep_their_form() -> None:
    assert [stem("harbours", code) for code in ("en", "ja", "sw", "und", "")] == ["harbours"] * 5
    assert stem("\ud800х", "ru") == "\ud800х"
