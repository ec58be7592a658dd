"""Forms of address, offices and trades before a name, in scripts without capitals (Hebrew, Persian, Hindi).

    निर्देशक अनुराग बसु  ->  अनुराग बसु        דוברת רכבת ישראל  ->  רכבת ישראל

In these scripts neither a capital nor an article marks where a name begins, so the offices are listed: common ones of
politics, sport, the arts and business, and in Hebrew and Hindi a company or a brand (in Hebrew construct forms). A word
that is not listed remains in its phrase.
"""

from collections.abc import Iterator

from alt_pipelines.tagging.extraction.spaced.hindi.words import is_hindi_noun
from alt_pipelines.tagging.extraction.spaced.reading import Placed
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.text.stopwords import word_set

_LONGEST_NAME = 4  # words
_FULL_NAME = 2  # words, of which the second may be a common noun too: यादव
_FARTHEST = 9  # words from the end of a run to an office, so that a long run takes linear time
_LONGEST_PLACE = 3  # words before another place or institution may begin
_ARTICLED = 0.02  # minimum frequency of a Hebrew noun with the article, relative to the noun
_RARE = 3e-5  # a rarer Persian word after an office is a name; a commoner one belongs to the office: وزیر خارجه
_TITLES = {
    "he": word_set("""ד"ר פרופ' מר גברת גב' הרב הרבנית עו"ד רו"ח תא"ל אל"ם סא"ל רס"ן ניצב"""),
    "fa": word_set("دکتر مهندس آقای خانم پروفسور سرهنگ سردار سرتیپ سرلشکر سرگرد دریادار حجت‌الاسلام آیت‌الله"),
    "hi": word_set("डॉ डॉक्टर डाॅ प्रो प्रोफेसर श्री श्रीमती सुश्री पंडित जस्टिस न्यायमूर्ति प्रोफ़ेसर विदुषी उस्ताद"),
}
_OFFICES = {
    "he": word_set(
        """
        נשיא נשיאת שר שרת סגן סגנית מזכיר מזכירת מנכ"ל מנכ"לית סמנכ"ל סמנכ"לית יו"ר מנהל מנהלת דובר דוברת שגריר
        שגרירת מפקד מפקדת מאמן מאמנת שחקן שחקנית חלוץ שוער קפטן במאי במאית זמר זמרת סופר סופרת משורר משוררת חוקר
        חוקרת עיתונאי עיתונאית שופט שופטת פרקליט פרקליטת מייסד מייסדת פרשן פרשנית ח"כ
        חברת תאגיד קבוצת
        """
    ),
    "fa": word_set(
        """
        رئیس رییس معاون وزیر مدیر مدیرعامل مدیرکل دبیر دبیرکل سخنگوی استاندار فرماندار شهردار نماینده سفیر فرمانده
        سرپرست سرمربی مربی کاپیتان مهاجم مدافع هافبک دروازه‌بان بازیکن ملی‌پوش داور کارگردان بازیگر نویسنده شاعر
        خواننده آهنگساز نوازنده مترجم پژوهشگر استاد متخصص کارشناس تحلیلگر خبرنگار وکیل قاضی دادستان بنیانگذار
        بنیان‌گذار عضو اعضای مدیران بازیکنان
        """
    ),
    "hi": word_set(
        """
        राष्ट्रपति उपराष्ट्रपति प्रधानमंत्री मुख्यमंत्री उपमुख्यमंत्री मंत्री राज्यमंत्री सीएम पीएम राज्यपाल गवर्नर
        सांसद विधायक सभापति अध्यक्ष प्रदेशाध्यक्ष उपाध्यक्ष महासचिव सचिव संयोजक प्रमुख मुखिया प्रवक्ता नेता निदेशक
        महानिदेशक आयुक्त कलेक्टर डीएम एसपी एसएसपी डीजीपी थानाध्यक्ष इंस्पेक्टर न्यायाधीश वकील अधिवक्ता सीईओ संस्थापक
        सह-संस्थापक महापौर मेयर उपायुक्त जिलाधिकारी ज़िलाधिकारी
        उपजिलाधिकारी एसडीएम तहसीलदार राजदूत कुलपति प्राचार्य चेयरमैन एमडी मैनेजर
        कप्तान उपकप्तान कोच गेंदबाज बल्लेबाज ऑलराउंडर विकेटकीपर स्पिनर सलामी खिलाड़ी
        अभिनेता अभिनेत्री एक्टर एक्ट्रेस निर्देशक निर्माता गायक गायिका संगीतकार लेखक लेखिका
        कवि कथाकार साहित्यकार उपन्यासकार नाटककार फिल्मकार फ़िल्मकार कलाकार चित्रकार वादक पत्रकार छायाकार
        कंपनी स्टार्टअप ब्रांड फर्म फ़र्म
        वैज्ञानिक विशेषज्ञ अर्थशास्त्री कारोबारी उद्योगपति किसान शिक्षक
        """
    ),
}
# Hindi common nouns that are later parts of people's names.
PARTS_OF_NAMES = word_set("सिंह कुमार कुमारी देवी लाल राम चंद्र चंद नाथ प्रसाद प्रकाश राज दास दत्त बाई बेगम खान कौर शर्मा")
LANGUAGES = frozenset(_OFFICES)


def without_office(run: list[Placed], code: str) -> Iterator[list[Placed]]:
    """Yield what precedes the office or form of address directly before a name, and the name."""
    offices, titles = _OFFICES[code], _TITLES[code]
    for at in range(len(run) - 2, max(-1, len(run) - _FARTHEST), -1):
        word = run[at].token.text
        if word in titles or (word in offices and _may_be_name(run[at + 1 :], code)):
            start = at
            while start and run[start - 1].token.text in offices | titles:
                start -= 1  # अध्यक्ष डॉक्टर
            if start:
                yield run[:start]
            yield run[at + 1 :]
            return
    yield run


def is_office(word: str, code: str) -> bool:
    """Whether a word is an office, a trade or a form of address, which a name may follow."""
    return word in _OFFICES[code] or word in _TITLES[code]


def at_places(run: list[Placed], places: frozenset[str]) -> Iterator[list[Placed]]:
    """Cut a run before the generic word of a place or an institution: کارکنان | دانشگاه لوند.

    A second generic word soon after the first one belongs to its name: ستاد احیای دریاچه ارومیه.
    """
    start, named_at = 0, -_LONGEST_PLACE
    for at, placed in enumerate(run[:-1]):
        if placed.token.text in places and at - named_at >= _LONGEST_PLACE:
            if at > start:
                yield run[start:at]
            start = named_at = at
    yield run[start:]


def _may_be_name(rest: list[Placed], code: str) -> bool:
    """Whether the words after an office may name its holder, and are not common nouns or the rest of the office."""
    words = [placed.token.text for placed in rest]
    if code == "he":
        return not words[0].startswith("ה") and not all(map(_takes_article, words))  # שר החוץ, חברת ביטוח
    if code == "fa":
        return len(words) > 1 or frequency(words[0], code) < _RARE
    common = words[:1] if len(words) == _FULL_NAME else [word for word in words if word not in PARTS_OF_NAMES]
    return len(words) <= _LONGEST_NAME and not any(map(is_hindi_noun, common))


def _takes_article(word: str) -> bool:
    """Whether a Hebrew word occurs with the article, as common nouns do."""
    return frequency(f"ה{word}", "he") > _ARTICLED * frequency(word, "he")
