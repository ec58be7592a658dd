r"""Removes the place and the agency before the first sentence of a text: "LIMA (Reuters) - ", "القاهرة - الراصد: ".

    without_dateline("ULVIK (Desk) - The ferry sank.", "", [])  ->  "The ferry sank."
    without_dateline("Ulvik - the ferry sank.", "", [])         ->  unchanged

An agency that nobody knows is one by the form: in brackets, or in Arabic between a dash and a colon, where a verb of
saying follows. Out of scope: datelines of Chinese, Japanese and Korean (``east_asian_bylines``).
"""

import re
from collections.abc import Sequence

from alt_pipelines.text.boilerplate.services import AGENCY
from alt_pipelines.text.scripts import INDIC

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
# With a date and no dash, in scripts of India: "नई दिल्ली, 12 मई (प्रहरी) "
_INDIC_DATELINE = re.compile(
    rf"(?=[\u0900-\u0dff])[\w{INDIC} -]{{2,40}}, ?\d{{1,2}} [\w{INDIC}]{{2,16}} ?"
    rf"\([^\W\d_][\w{INDIC} ./&-]{{1,24}}\)[.।:]? "
)
# A place and an agency that is known: "MADRID - EFE: ", "القاهرة - رويترز: "
_KNOWN_DATELINE = re.compile(
    rf"[^\W\d_][\w{INDIC}.' ]{{1,30}} ?[-–—/] ?(?:{AGENCY})(?:(?: ?[-/] ?| )(?:{AGENCY}))?"
    r"(?: ?: ?| [-–—] )(?=[^\W\d_a-zà-ÿ])"
)
# In Arabic, whose reports begin with the verb: "القاهرة - الراصد: قال ..."
_ARABIC_DATELINE = re.compile(
    r"([\u0621-\u064a]{2,12}(?: [\u0621-\u064a]{2,12}){0,2}) ?[-–—] ?"
    r"([\u0621-\u064a]{2,14}(?: [\u0621-\u064a]{2,14}){0,2}) ?: ?"
    r"(?=(?:قال|أعلن|اعلن|أكد|اكد|ذكر|أفاد|افاد|كشف|صرح|أوضح|اوضح|شدد|أشار|أضاف|نفى|دعا|حذر|طالب|أصدر|وقع|وافق|توقع"
    r"|قرر|بدأ|افتتح|التقى|استقبل|بحث|شهد|ارتفع|انخفض|قتل|أصيب|لقي|وصل)(?:ت|وا)? )"
)


def without_dateline(line: str, title: str, below: Sequence[str]) -> str:
    """Return the first line of a text without its dateline. ``below``: the other lines. Linear time."""
    found = (
        DATELINE.match(line) or _SITE_DATELINE.match(line) or _INDIC_DATELINE.match(line) or _KNOWN_DATELINE.match(line)
    )
    if found is None and (arabic := _ARABIC_DATELINE.match(line)):
        # Two that the article is about, such as clubs or states, it names again.
        told = any(arabic[2] in text for text in (title, line[arabic.end() :], *below))
        found = None if told else arabic
    return line[found.end() :] if found else line
