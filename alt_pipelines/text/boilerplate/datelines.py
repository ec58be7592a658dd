r"""Removes the place and the agency before the first sentence of a text: "LIMA (Reuters) - ", "القاهرة - رويترز: ".

    without_dateline("ULVIK (Desk) - The ferry sank.", "", [])  ->  "The ferry sank."
    without_dateline("Ulvik - the ferry sank.", "", [])         ->  unchanged

An agency that nobody knows is one by the form, in brackets, or in Arabic by a word for media in its name. Out of scope:
datelines of Chinese, Japanese and Korean (``east_asian_bylines``).
"""

import re
import unicodedata
from collections.abc import Sequence

from alt_pipelines.text.boilerplate.services import AGENCY
from alt_pipelines.text.scripts import INDIC
from alt_pipelines.text.stopwords import word_set

DATELINE = re.compile(
    rf"(?:[^\W\d_][\w{INDIC}.' -]{{1,40}})(?:, ?[^()\n:;]{{1,30}})? ?"
    rf"\([^\W\d_][\w{INDIC} ./&-]{{1,24}}\)[.:]? ?[-–—]{{1,2}} "
    r"|[A-ZÀ-Þ][A-ZÀ-Þ.' -]{2,30}(?:, [\w. ]{2,20})? ?[–—] "
    r"|[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?, (?:[A-Z][\w.'-]* ?){1,3}(?:, (?:[A-Z][\w.'-]* ?){1,3})?[-–—] "
    r"|\([A-Z][A-Za-z]{1,12}\) ?[-–—] [A-ZÀ-Þ][A-ZÀ-Þ' -]{1,30}(?:, \d{1,2} [A-Z]{3,9})?\.? ?[-–—] "
    r"|[A-ZÀ-Þ][A-ZÀ-Þ.' -]{2,30}(?:, [\w.,  ]{2,30})? /[A-Z][\w -]{2,24}/ ?[-–—]{1,2} "
    r"|[А-ЯЁІЇЄҐ][А-ЯЁІЇЄҐа-яёіїєґ -]{2,30}, \d{1,2} [а-яіїє]{3,9}\.? ?[-–—.] ?(?:/?(?:Р?ИА |ІА )?(?:«[^»]{2,30}»"
    r"|[А-ЯЁІЇЄ][\w-]{2,16}"
    r"(?: Новости)?)/?\. )"
)
# With the address of the site instead of an agency: "WONOASRI, kabar.example - ", "Wendford (wend.example) - ".
_PLACE = r"[^\W\d_a-z][\w.' -]{1,30}"
_HOST = r"\w[\w-]{1,30}(?:\.[a-z]{2,10}){1,3}"
_SITE_DATELINE = re.compile(rf"(?:{_PLACE}(?:, ?| ?\(){_HOST}\)?|{_HOST}, ?{_PLACE}) ?[-–—]{{1,2}} (?=[^a-z])")
# Months as papers of India write them, in the scripts of Hindi, Bengali, Gujarati, Tamil, Telugu, Kannada, Malayalam.
_INDIC_MONTH = unicodedata.normalize(
    "NFKC",
    r"(?:जनवरी|फ़?रवरी|फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितं?बर|सितम्बर|अक्टूबर|अक्तूबर|नवंबर|नवम्बर|दिसंबर|दिसम्बर"
    r"|जानेवारी|फेब्रुवारी|एप्रिल|मे|जुलै|ऑगस्ट|सप्टेंबर|ऑक्टोबर|नोव्हेंबर|डिसेंबर"
    r"|জানুয়ারি|ফেব্রুয়ারি|মার্চ|এপ্রিল|মে|জুন|জুলাই|আগস্ট|সেপ্টেম্বর|অক্টোবর|নভেম্বর|ডিসেম্বর"
    r"|જાન્યુઆરી|ફેબ્રુઆરી|માર્ચ|એપ્રિલ|મે|જૂન|જુલાઈ|ઓગસ્ટ|સપ્ટેમ્બર|ઓક્ટોબર|નવેમ્બર|ડિસેમ્બર"
    r"|ஜனவரி|பிப்ரவரி|மார்ச்|ஏப்ரல்|மே|ஜூன்|ஜூலை|ஆகஸ்ட்|செப்டம்பர்|அக்டோபர்|நவம்பர்|டிசம்பர்"
    r"|జనవరి|ఫిబ్రవరి|మార్చి|ఏప్రిల్|మే|జూన్|జులై|జూలై|ఆగస్టు|సెప్టెంబర్|అక్టోబర్|నవంబర్|డిసెంబర్"
    r"|ಜನವರಿ|ಫೆಬ್ರವರಿ|ಮಾರ್ಚ್|ಏಪ್ರಿಲ್|ಮೇ|ಜೂನ್|ಜುಲೈ|ಆಗಸ್ಟ್|ಸೆಪ್ಟೆಂಬರ್|ಅಕ್ಟೋಬರ್|ನವೆಂಬರ್|ಡಿಸೆಂಬರ್"
    r"|ജനുവരി|ഫെബ്രുവരി|മാർച്ച്|ഏപ്രിൽ|മേയ്|ജൂൺ|ജൂലൈ|ഓഗസ്റ്റ്|സെപ്റ്റംബർ|ഒക്ടോബർ|നവംബർ|ഡിസംബർ)",
)
# With a date and no dash, in scripts of India: "नई दिल्ली, 12 मई (प्रहरी) "
_INDIC_DATELINE = re.compile(
    rf"(?=[\u0900-\u0dff])[\w{INDIC} -]{{2,40}}, ?\d{{1,2}} {_INDIC_MONTH} ?"
    rf"\([^\W\d_][\w{INDIC} ./&-]{{1,24}}\)[.।:]? "
)
# A place in capitals, or in a script without, and an agency that is known: "MADRID - EFE: ", "القاهرة - رويترز: "
_KNOWN_DATELINE = re.compile(
    rf"([^\W\d_][\w{INDIC}.' ]{{1,30}}) ?[-–—] ?(?:{AGENCY})(?:(?: ?[-/] ?| )(?:{AGENCY}))?"
    r"(?: ?: ?| [-–—] )(?=[^\W\d_a-zà-ÿ])"
)
# In Arabic, whose reports begin with the verb, with a medium by its name: "القاهرة - الراصد نيوز: قال ..."
_ARABIC_DATELINE = re.compile(
    r"([\u0621-\u064a]{2,12}(?: [\u0621-\u064a]{2,12}){0,2}) ?[-–—] ?"
    r"([\u0621-\u064a]{2,14}(?: [\u0621-\u064a]{2,14}){0,2}) ?: ?"
    r"(?=(?:قال|أعلن|اعلن|أكد|اكد|ذكر|أفاد|افاد|كشف|صرح|أوضح|اوضح|شدد|أشار|أضاف|نفى|دعا|حذر|طالب|أصدر|وقع|وافق|توقع"
    r"|قرر|بدأ|افتتح|التقى|استقبل|بحث|شهد|ارتفع|انخفض|قتل|أصيب|لقي|وصل)(?:ت|وا)? )"
)

_ARABIC_MEDIUM = word_set("نيوز برس أخبار الأخبار اخبار الاخبار الأنباء الانباء الإخبارية صحيفة جريدة مراسلنا مراسلتنا")


def without_dateline(line: str, title: str, below: Sequence[str]) -> str:
    """Return the first line of a text without its dateline. ``below``: the other lines. Linear time."""
    found = DATELINE.match(line) or _SITE_DATELINE.match(line) or _INDIC_DATELINE.match(line)
    if found is None and (known := _KNOWN_DATELINE.match(line)) and not any(map(str.islower, known[1])):
        found = known
    if found is None and (arabic := _ARABIC_DATELINE.match(line)):
        # What the article is about, it names again.
        told = _ARABIC_MEDIUM.isdisjoint(arabic[2].split()) or any(
            arabic[2] in text for text in (title, line[arabic.end() :], *below)
        )
        found = None if told else arabic
    return line[found.end() :] if found else line
