"""Phrases of Hebrew, Arabic and Persian: whole names, without verbs, pronouns and prefixes, and no half constructs."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.spaced.arabic.adjectives import ends_in_noun_and_adjective
from alt_pipelines.tagging.extraction.spaced.arabic.names import is_definite_nisba
from alt_pipelines.tagging.extraction.spaced.hebrew.verbs import is_finite, is_participle, may_be_past
from alt_pipelines.tagging.extraction.spaced.hebrew.words import (
    is_adjective,
    is_construct,
    is_plural_construct,
    is_possessed,
    prefix,
    without_article,
)
from alt_pipelines.tagging.extraction.spaced.persian.words import is_in_ezafe, is_persian_adverb, is_persian_verb
from alt_pipelines.tagging.extraction.spaced.tokens import tokenise


def forms(text: str, language: str) -> list[str]:
    return [candidate.form for candidate in find_candidates("", text, language)]


@pytest.mark.parametrize(
    ("text", "phrase", "glued"),
    [
        ("הרכבת מטבריה לקריית שמונה נעצרה. בבאר שבע ירד גשם.", "באר שבע", "באר"),
        ("המשטרה סגרה את כביש 38, והנהגים המתינו.", "כביש 38", "כביש"),
        ("יואב דגן פרסם ספר. עמיתו דניאל ארד ביקר אותו.", "דניאל ארד", "עמיתו דניאל ארד"),
        ('הדו"ח הוצג בוועדה, ואפליקציית Moovit עודכנה.', "Moovit", "אפליקציית Moovit"),
        ("לפני עשור הוא הצטרף אל סגל אוניברסיטת חיפה.", "אוניברסיטת חיפה", "סגל אוניברסיטת"),
        ("חברת האנרגיה ממליצה לחסוך במים, והתושבים טוענים אחרת.", "חברת האנרגיה", "ממליצה"),
    ],
)
def test_hebrew_names_are_whole_and_nothing_is_glued_to_them(text: str, phrase: str, glued: str) -> None:
    found = forms(text, "he")
    assert phrase in found
    assert glued not in found


def test_a_hebrew_number_that_counts_is_in_no_phrase() -> None:
    assert not any("12" in form for form in forms("בבית הספר 12 כיתות, ומתוכם 7 חדשות.", "he"))


def test_a_noun_without_its_absorbed_article_is_no_candidate() -> None:
    found = forms("הם למדו באוניברסיטה העברית ובבית הספר הישן.", "he")
    assert "אוניברסיטה העברית" not in found
    assert "בית הספר הישן" in found


@pytest.mark.parametrize("word", ["השתמשנו", "סיימנו", "הוקמה", "ייחסם", "תרגם"])
def test_the_dictionary_knows_finite_verbs(word: str) -> None:
    assert is_finite(word)


@pytest.mark.parametrize("word", ["הלבנת", "ירושלים", "יהודה", "הספר", "טענתם", "חיפה", "העיר"])
def test_nouns_and_names_that_look_like_verbs_are_none(word: str) -> None:
    assert not is_finite(word)


def test_participles_are_told_from_nouns() -> None:
    assert [word for word in ("ממליצה", "טוענים", "מזהה", "מורים", "נחלי", "משחק") if is_participle(word)] == [
        "ממליצה",
        "טוענים",
        "מזהה",
    ]
    assert may_be_past("כבש")
    assert not may_be_past("חיפה")


def test_a_prefix_before_a_short_word_a_verb_or_a_noun_of_places_is_split_off() -> None:
    assert [prefix(word) for word in ("וים", "ועלתה", "במישור", "באוניברסיטה", "ורד", "בדיקה")] == [1, 1, 1, 1, 1, 0]
    assert prefix("מספר", frozenset({"ספר"})) == 0


def test_prefixes_before_quotation_marks_and_digits_are_tokens() -> None:
    texts = [token.text for token in tokenise('ו"לילה לבן" עלה בכ-300 איש, ש"ס', language_of("he"))]
    assert texts[:2] == ["ו", "לילה"]
    assert "בכ" in texts
    assert 'ש"ס' in texts


def test_an_article_is_known_in_compounds_and_not_in_nouns_with_the_letter() -> None:
    assert without_article("הסטארט-אפ") == "סטארט-אפ"
    assert without_article("היכל") == "היכל"
    assert without_article("הערכות") == "הערכות"


def test_bound_and_possessed_nouns_and_adjectives_are_known() -> None:
    assert [word for word in ("עולמו", "תלמידתו", "טענתם", "יונתן", "עירון", "שלום") if is_possessed(word)] == [
        "עולמו",
        "תלמידתו",
        "טענתם",
    ]
    assert is_construct("קריית")
    assert is_plural_construct("רוכשי")
    assert not is_plural_construct("ישראלי")
    assert is_adjective("הדרומיים")
    assert not is_adjective("הספר")


@pytest.mark.parametrize(
    ("text", "phrase", "glued"),
    [
        ("قالت منظمة مهندسون بلا حدود إن السفينة وصلت.", "منظمة مهندسون بلا حدود", "منظمة مهندسون بلا"),
        ("أمس سجل المهاجم فيكتور هاندسون النتيجة قبل الصافرة.", "فيكتور هاندسون", "فيكتور هاندسون النتيجة"),
        ("زار الوفد مدينتي سيئون وتريم.", "سيئون", "مدينتي سيئون"),
        ("وتستخدم الشركة منظومة الذكاء الاصطناعي في الفرز.", "الذكاء الاصطناعي", "الذكاء"),
        ("هطلت الأمطار في أم درمان وبحري.", "أم درمان", "درمان"),
        ("منح الوسام للكاتبة التونسية ليلى أيت القاسم أمس.", "ليلى أيت القاسم", "التونسية ليلى"),
        (
            "يدعم تمويل المشروع البنك الأفريقي لإعادة الإعمار منذ عام.",
            "البنك الأفريقي لإعادة الإعمار",
            "البنك الأفريقي",
        ),
        ("في تجربتنا أضفنا الفهرس بعد الاختبار.", "الفهرس", "تجربتنا أضفنا الفهرس"),
        ("اسلقي الدجاج ثم أضيفي الملح.", "الدجاج", "اسلقي الدجاج"),
    ],
)
def test_arabic_phrases_end_before_verbs_and_objects_and_not_inside_names(text: str, phrase: str, glued: str) -> None:
    found = forms(text, "ar")
    assert phrase in found
    assert glued not in found


def test_an_arabic_adjective_belongs_to_the_noun_that_it_agrees_with() -> None:
    assert ends_in_noun_and_adjective(["منظومة", "الذكاء", "الاصطناعي"])
    assert ends_in_noun_and_adjective(["أطباق", "المطبخ", "الفلسطيني"])
    assert not ends_in_noun_and_adjective(["وزارة", "الصحة", "السودانية"])
    assert not ends_in_noun_and_adjective(["منتخب", "المغرب", "الأول"])


def test_a_definite_adjective_alone_is_no_candidate_but_a_noun_in_the_same_form_is() -> None:
    assert is_definite_nisba("السينمائية")
    assert is_definite_nisba("الصحي")
    assert not any(map(is_definite_nisba, ("القضية", "الجمعية", "السعودية", "النادي")))


@pytest.mark.parametrize(
    ("text", "phrase", "glued"),
    [
        ("آن\u200cها از طرح تراموای در جلسه دفاع کردند.", "جلسه", "طرح تراموای"),
        ("تیم ما در لیگ برتر والیبال بازی می\u200cکند.", "لیگ برتر والیبال", "لیگ برتر والیبال بازی"),
        ("سالن با ۳ دستگاه بخاری گرم شد.", "سالن", "دستگاه بخاری"),
        ("فردا مراسم تشییع برگزار خواهد شد.", "مراسم تشییع", "مراسم تشییع برگزار"),
    ],
)
def test_persian_phrases_do_not_hang_and_have_no_part_of_a_verb(text: str, phrase: str, glued: str) -> None:
    found = forms(text, "fa")
    assert phrase in found
    assert glued not in found


def test_persian_endings_of_genitives_copulas_and_pronouns_are_known() -> None:
    assert [word for word in ("احیای", "تراموای", "چای", "منطقه\u200cای") if is_in_ezafe(word)] == ["احیای", "تراموای"]
    assert is_persian_verb("خواناست", ".")
    assert not is_persian_verb("سیاست", ".")
    assert is_persian_adverb("همکاری\u200cاش")
    assert not is_persian_adverb("برتر")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("تصدرت الرواية المبيعات في معرض بغداد الدولي للكتاب أمس.", "معرض بغداد الدولي للكتاب"),
        ("عزفت الفرقة في مهرجان قرطاج الدولي للموسيقى أمس.", "مهرجان قرطاج الدولي للموسيقى"),
    ],
)
def test_an_arabic_institution_of_a_place_is_whole_with_its_complement(text: str, name: str) -> None:
    assert name in forms(text, "ar")


def test_an_arabic_compound_preposition_is_in_no_phrase() -> None:
    found = forms("ولا يزال ثلاثة في عداد المفقودين بعد غرق القارب.", "ar")
    assert not any("عداد" in form for form in found)
