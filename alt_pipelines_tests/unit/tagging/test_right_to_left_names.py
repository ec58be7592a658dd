"""Arabic, Hebrew and Persian names and terms, whole, without the words around them that only look like a part."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.spaced.arabic.chains import inner_term
from alt_pipelines.tagging.extraction.spaced.arabic.numbers import ends_in_ordinal
from alt_pipelines.tagging.extraction.spaced.arabic.words import clitic, is_arabic_verb, is_dual, noun_share
from alt_pipelines.tagging.extraction.spaced.hebrew.words import is_gendered_present, prefix
from alt_pipelines.tagging.extraction.spaced.hebrew.words import noun_share as hebrew_share
from alt_pipelines.tagging.extraction.spaced.persian.words import is_persian_adverb, is_persian_verb
from alt_pipelines.tagging.extraction.spaced.persian.words import noun_share as persian_share
from alt_pipelines.tagging.extraction.spaced.tokens import tokenise


def forms(text: str, language: str, title: str = "") -> list[str]:
    return [candidate.form for candidate in find_candidates(title, text, language)]


@pytest.mark.parametrize(
    ("text", "phrase", "cut"),
    [
        ("افتتحت جامعة الملك خالد مختبرا في أبها.", "جامعة الملك خالد", "جامعة الملك"),
        ("أصدر المعهد القومي للبحوث الزراعية تقريرا أمس.", "المعهد القومي للبحوث الزراعية", "المعهد القومي للبحوث"),
        ("وقعت وزارة الثقافة والإعلام والسياحة عقدا.", "وزارة الثقافة والإعلام والسياحة", "وزارة الثقافة والإعلام"),
        ("تحدث عن ذلك بهجت شمس الدين أمس.", "بهجت شمس الدين", "بهجت شمس"),
        ("زار الوفد متحف الخط العربي التابع لبلدية الشارقة.", "متحف الخط العربي", "متحف الخط العربي التابع"),
        ("اشترى الزبائن هاتف سراج K7 من المتجر.", "هاتف سراج K7", "هاتف سراج"),
        ("صدر تقرير بعثة صندوق التنمية العربي في عدن.", "صندوق التنمية العربي", "تقرير بعثة صندوق التنمية العربي"),
        ("غادر الوفد القاعة بعدما نشر مصدر دبلوماسي على المنصة صورا.", "مصدر دبلوماسي", "نشر مصدر دبلوماسي"),
        ("وفي الختام، رفض المدرب الإيطالي السؤال.", "المدرب الإيطالي", "رفض المدرب الإيطالي"),
        ("وصلت إلى الساحل موجة باردة أدت إلى إغلاق المدارس.", "موجة باردة", "موجة باردة أدت"),
        ("قال الباحث التربوي عصام الفيومي إن المناهج قديمة.", "عصام الفيومي", "الباحث التربوي"),
        ("انتهت المباراة في الشوط الثاني بفوز الفريق.", "المباراة", "الشوط الثاني"),
        ("حملت السيدة بطاقتين قديمتين إلى المكتبة الوطنية.", "المكتبة الوطنية", "بطاقتين قديمتين"),
    ],
)
def test_an_arabic_name_is_whole_and_nothing_is_glued_to_it(text: str, phrase: str, cut: str) -> None:
    found = forms(text, "ar")
    assert phrase in found
    assert cut not in found


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("ar", "أطلقت الشركة تطبيق «رفيقي للسفر الآمن» في عمان.", "رفيقي للسفر الآمن"),
        ("ar", 'غنى الفنان أغنية "يا نسيم الليل" في الحفل.', "يا نسيم الليل"),
        ("fa", "جایزه به فیلم «راه برفی و باران» رسید.", "راه برفی و باران"),
        ("he", 'הפרס ניתן לסרט "הדרך אל ההר" בערב.', "הדרך אל ההר"),
    ],
)
def test_a_short_quotation_after_a_noun_is_a_name(language: str, text: str, name: str) -> None:
    assert name in forms(text, language)


def test_an_opinion_in_quotation_marks_is_no_name() -> None:
    assert "جيد لكنه متأخر" not in forms("وصف النائب القرار «جيد لكنه متأخر» في الجلسة.", "ar")


@pytest.mark.parametrize(
    ("text", "phrase", "cut"),
    [
        ("فیلم کوتاه به کارگردانی نادر صادقی در تهران اکران شد.", "نادر صادقی", "کارگردانی نادر صادقی"),
        ("این رمان، نوشته پریسا ملکی، پرفروش شد.", "پریسا ملکی", "نوشته پریسا ملکی"),
        ("به گفته او گذرگاه مرزی تعطیل است.", "گذرگاه مرزی", "گذرگاه مرزی تعطیل"),
        ("سازمان برنامه و بودجه گزارش داد.", "سازمان برنامه و بودجه", "سازمان برنامه"),
        ("نمایش آرش کاویانی شامگاه جمعه اجرا شد.", "نمایش آرش کاویانی", "کاویانی شامگاه"),
    ],
)
def test_a_persian_phrase_ends_where_its_term_ends(text: str, phrase: str, cut: str) -> None:
    found = forms(text, "fa")
    assert phrase in found
    assert cut not in found


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("این بسته حمایتی را بررسی کرد.", "بسته حمایتی"),  # also the participle of "to close"
        ("دانشجویان به مدیریت بحران علاقه دارند.", "مدیریت بحران"),
        ("او در حوزه علمیه، نزدیک بازار، ماند.", "حوزه علمیه"),
        ("به ریاست جمهوری، و نه به مجلس، فکر کرد.", "ریاست جمهوری"),
    ],
)
def test_a_persian_noun_that_looks_like_a_participle_or_a_role_stays_in_its_phrase(text: str, phrase: str) -> None:
    assert phrase in forms(text, "fa")


@pytest.mark.parametrize(
    ("words", "only_says_which"),
    [
        ("الشوط الثاني", True),
        ("كانون الثاني", True),
        ("سن الخامسة", True),
        ("الحرب العالمية الثانية", False),
        ("فريدريش الثاني", False),
        ("مدرسة محمد السادس", False),
    ],
)
def test_an_arabic_ordinal_says_which_one_unless_it_is_a_rulers(words: str, *, only_says_which: bool) -> None:
    assert ends_in_ordinal(words.split()) is only_says_which


@pytest.mark.parametrize(
    ("title", "phrase"),
    [("اتفاق تعاون بين السودان واليمن", "اتفاق تعاون"), ("أزمة الغاز تعود إلى المدن", "أزمة الغاز")],
)
def test_only_a_complete_phrase_of_an_arabic_headline_is_before_a_verb(title: str, phrase: str) -> None:
    assert phrase in forms("وصل الوفد.", "ar", title)


def test_a_verb_after_an_arabic_title_is_no_part_of_a_phrase() -> None:
    found = forms("الفنان يقدم حفلا في صلالة. الشيخ ياسر مريض.", "ar")
    assert "يقدم" not in found
    assert any(form.startswith("ياسر") for form in found)


def test_single_persian_plurals_are_no_candidates() -> None:
    found = forms("شاخه\u200cها شکستند. باغ سیب بزرگ در ارومیه و انگور در قزوین و پسته در رفسنجان.", "fa")
    assert "شاخه\u200cها" not in found


def test_everyday_nouns_of_scripts_without_capitals_are_told_from_names() -> None:
    assert noun_share("الجامعة") > 0.0 == noun_share("القاهرة") == noun_share("مصر")
    assert hebrew_share("חברה") > 0.0 == hebrew_share("ירושלים")
    assert persian_share("شرکت") > 0.0 == persian_share("تهران")


def test_outer_nouns_of_an_arabic_chain_are_counted() -> None:
    assert inner_term(["تقرير", "بعثة", "صندوق", "التنمية"]) == 2
    assert inner_term(["قانون", "حماية", "الطفل"]) == 0
    assert inner_term(["وليد", "صلاح", "الدين"]) == inner_term(["كريم", "سعيد", "العتيبي"]) == 0
    assert inner_term(["سفينة", "كبيرة", "الحجم"]) == 0
    assert inner_term(["سرطان", "عنق", "الرحم"]) == inner_term(["علم", "نفس", "الطفل"]) == 0


def test_arabic_clitics_and_verbs_with_pronouns_are_known() -> None:
    assert clitic("بـ25", "وفبكل") == 2
    assert is_arabic_verb("استقبلناه")
    assert is_arabic_verb("قدّم")
    assert not is_arabic_verb("سيّد")
    assert not is_arabic_verb("سرّي")
    assert is_dual("بطاقتين")


def test_persian_verbs_and_possessives_are_known() -> None:
    assert is_persian_verb("نکند", ".")
    assert is_persian_adverb("شعر\u200cهایش")
    assert not is_persian_adverb("ورزش")


def test_hebrew_conjunctions_and_last_apostrophes_are_tokens_of_their_words() -> None:
    texts = [token.text for token in tokenise("כשהחורף מגיע, סמוביץ' שותקת", language_of("he"))]
    assert texts[:3] == ["כ", "ש", "החורף"]
    assert "סמוביץ'" in texts


def test_a_hebrew_numeral_with_about_has_no_conjunction() -> None:
    assert prefix("כשמגיעים") == 2
    assert prefix("כשמונה") != 2


def test_a_hebrew_construct_or_name_is_no_verb() -> None:
    assert is_gendered_present("מחבקת")
    assert is_gendered_present("מתווכחים")
    assert not any(map(is_gendered_present, ("מזכירת", "מרים", "מרגלית", "מורים", "ים")))


def test_an_apostrophe_that_closes_a_hebrew_quotation_is_no_part_of_its_last_word() -> None:
    texts = [token.text for token in tokenise("הם קראו את 'שירת הדבורות' אתמול", language_of("he"))]
    assert "הדבורות" in texts


def test_a_code_continues_a_hebrew_name() -> None:
    assert "פנטום K7" in forms("החברה השיקה את פנטום K7 בכנס.", "he")
