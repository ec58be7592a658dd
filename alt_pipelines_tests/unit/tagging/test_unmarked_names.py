"""Names in scripts without capitals: offices before them, places and institutions, complements with ل."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.spaced.hebrew.words import is_hebrew_verb
from alt_pipelines.tagging.extraction.spaced.persian.words import is_persian_adverb, is_persian_verb


def forms(text: str, language: str) -> list[str]:
    return [candidate.form for candidate in find_candidates("", text, language)]


@pytest.mark.parametrize(
    ("language", "text", "name", "glued"),
    [
        ("hi", "पटना में विधायक रमेश तोमर ने नई सड़क का उद्घाटन किया।", "रमेश तोमर", "विधायक रमेश तोमर"),
        ("hi", "फिल्म में गायिका मीनल जोशी ने दो गीत गाए हैं।", "मीनल जोशी", "गायिका मीनल जोशी"),
        ("hi", "मेले में भारत की दस टीमें पहुंचीं।", "भारत", "भारत की दस टीमें"),
        ("fa", "به گفته دکتر نسرین باقری، این دارو در ایران تولید می\u200cشود.", "نسرین باقری", "دکتر نسرین باقری"),
        ("fa", "او مدیرعامل شرکت فولاد خوزستان است.", "شرکت فولاد خوزستان", "مدیرعامل شرکت"),
        ("he", 'במסיבת העיתונאים אמרה ד"ר יעל שקדי כי המחקר הסתיים.', "יעל שקדי", 'ד"ר יעל שקדי'),
        ("ar", "وقالت الدكتورة لمى عزام إن العيادة ستفتح أبوابها.", "لمى عزام", "الدكتورة لمى عزام"),
        ("ar", "وحضر الحفل محمد منير مع فرقته.", "محمد منير", "الحفل محمد منير"),
    ],
)
def test_a_name_is_a_candidate_without_the_office_before_it(language: str, text: str, name: str, glued: str) -> None:
    found = forms(text, language)
    assert name in found
    assert glued not in found


@pytest.mark.parametrize(
    ("language", "text", "office"),
    [
        ("hi", "गांव में मुख्यमंत्री सड़क योजना के तहत काम शुरू हुआ।", "मुख्यमंत्री सड़क योजना"),
        ("he", "החוק חל על כל חברת ביטוח בישראל.", "חברת ביטוח"),
    ],
)
def test_an_office_before_common_nouns_stays(language: str, text: str, office: str) -> None:
    assert office in forms(text, language)


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("fa", "دانشجویان دانشگاه زنجان در این مسابقه اول شدند.", "دانشگاه زنجان"),
        ("fa", "این طرح را دانشگاه علوم پزشکی همدان اجرا کرد.", "دانشگاه علوم پزشکی همدان"),
        ("he", "אמש ניצחה הפועל חולון בבית.", "הפועל חולון"),
    ],
)
def test_a_place_or_an_institution_begins_a_phrase(language: str, text: str, place: str) -> None:
    assert place in forms(text, language)


@pytest.mark.parametrize(
    ("text", "phrase", "glued"),
    [
        ("وقعت الهيئة العامة لنقل الركاب اتفاقا جديدا.", "الهيئة العامة لنقل الركاب", "الهيئة العامة"),
        ("يمكن استخدام المياه الجوفية في الري.", "المياه الجوفية", "استخدام المياه الجوفية"),
        ("يواجه قطاع الزراعة العضوية أزمة.", "الزراعة العضوية", "قطاع الزراعة"),
        ("وسجل اللاعب ماتيوس دياز التعادل للفريق.", "ماتيوس دياز", "ماتيوس دياز التعادل"),
        ("تعمل في السودان المنظمات الإنسانية.", "المنظمات الإنسانية", "السودان المنظمات الإنسانية"),
        ("وقال الحارس فالنتينو مورينو إنه سعيد.", "فالنتينو مورينو", "الحارس فالنتينو مورينو"),
        ("وقالت الطبيبة داليا حداد إن اللقاح آمن.", "داليا حداد", "الطبيبة داليا حداد"),
    ],
)
def test_arabic_names_end_where_their_grammar_does(text: str, phrase: str, glued: str) -> None:
    found = forms(text, "ar")
    assert phrase in found
    assert glued not in found


@pytest.mark.parametrize(
    ("word", "adverb"),
    [
        ("به\u200cسرعت", True),
        ("سنگین\u200cتر", True),
        ("ساخته\u200cشده", True),
        ("تقریباً", True),
        ("بزرگتر", True),
        ("دختر", False),
        ("دفتر", False),
        ("بهداشت", False),
    ],
)
def test_persian_adverbs_and_comparatives_are_in_no_phrase(word: str, adverb: bool) -> None:
    assert is_persian_adverb(word) == adverb


def test_persian_subjunctives_of_the_first_and_second_person_are_verbs() -> None:
    assert [w for w in ("بخورید", "بزنیم", "بروید", "بازدید", "بیم", "بعدی") if is_persian_verb(w, ".")] == [
        "بخورید",
        "بزنیم",
        "بروید",
    ]
    assert is_persian_verb("برخاسته", "از")


def test_hebrew_past_forms_of_stems_in_a_vowel_are_verbs() -> None:
    assert [w for w in ("זכתה", "עלתה", "כיתה", "עיתון") if is_hebrew_verb(w)] == ["זכתה", "עלתה"]
