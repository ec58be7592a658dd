"""Removes lines that their neighbours mark as a page's own: bylines above a dateline, lists of sponsors and of shops.

    without_listed_notes(["This episode is brought to you by:", "Oatley: go to oatley.example/owl"])  ->  ["", ""]
    without_listed_notes(["By Ada Roe and Jo Lunt", "LONDON, May 3 (Desk) - The weir held."])
        ->  ["", "LONDON, May 3 (Desk) - The weir held."]

Out of scope: sentences that all of their words mark (``page_sentences``).
"""

import re
from collections.abc import Sequence

from alt_pipelines.text.boilerplate.datelines import DATELINE
from alt_pipelines.text.boilerplate.page_sentences import NAMES

_SPONSORS = re.compile(
    r"[^.!?]{0,40}(?:brought to you by|sponsored by|made possible by|our sponsors|präsentiert von|unsere sponsoren"
    r"|présenté par|nos sponsors|presentado por|nuestros patrocinadores|patrocinado por|oferecido por|offerto da"
    r"|i nostri sponsor|aangeboden door|onze sponsors?|presenteras av|sponsorzy) ?:",
    re.IGNORECASE,
)
_AFFILIATE = re.compile(
    r"[^.!?]{0,60}\((?:affiliate|affiliates?[- ]links?|werbelinks?|liens? affiliés?|enlaces? de afiliad[oa]s?"
    r"|links? de afiliad[oa]s?|link affiliat[io]|affiliatelinks?)\)\*?:?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://\S|www\.\S|\b[\w-]{2,30}\.[a-z]{2,10}/\w")
_CODE = re.compile(r"\b(?:code|code promo|código|codice|gutscheincode|rabattcode|kortingscode|koden?) [A-Z\d]{3,20}\b")
_BYLINE = re.compile(rf"(?:By|BY|Von|Par|Por|Di|Door|Av|Af) {NAMES}")
# Who filed the text, and when: "REDACCIÓN / EFE | 22/02/2026 - 21:48h."
_DATE = r"\d{1,4}[\d ./:,-]{3,30}\d(?: ?(?:h|Uhr|uur))?\.?"
_WRITTEN_DATE = r"\d{1,2}\.? [^\W\d_]{3,12}\.? \d{4}(?:,? (?:o |um |om |à |kl\.? ?)?\d{1,2}[:.h]\d\d)?"
_SECTION = (
    "news|world|politics|business|sports?|culture|local|nieuws|binnenland|buitenland|economie|politiek|cultuur|regio"
    "|politik|inland|ausland|wirtschaft|kultur|lokales|inrikes|utrikes|lokalt|indland|udland|innenriks|utenriks"
    "|politique|société|économie|monde|política|economía|cultura|sociedad|economia|mundo|cronaca|esteri"
)
_FILED = re.compile(
    r"(?i:redacción|redação|redazione|rédaction|redaktion|redactie|redakcja|agencias|agências|agenzie|agences)"
    rf"(?: ?/ ?[A-ZÀ-Þ]{{2,12}}){{0,2}} ?[|·,–-] ?(?:{_DATE}|{_WRITTEN_DATE}\.?)"
    r"|(?i:opracowanie|oprac\.|autor(?:ka|in|en)?|auteure?|autore|autrice|redaktor(?:ka)?|zpracoval[ai]?|připravil[ai]?"
    rf"|подготовил[аи]?|автор|текст|підготува(?:в|ла)|szerző|text|tekst) ?:? {NAMES}"
    rf" ?[|·,] ?(?:{_DATE}|{_WRITTEN_DATE})"
    rf"|(?i:opracowanie|oprac\.) ?: ?{NAMES}"
    rf"|\d{{1,2}}\.? [^\W\d_]{{3,12}}\.? \d{{4}},? \d{{1,2}}[:.h]\d\d(?: Uhr| uur)?"
    rf" (?:in|onder|unter|i|dans|en|em|under) (?i:{_SECTION})"
)
_FIRST_LINES = 4
_BYLINE_LINES = 10
_MOST_LISTED = 8
_LONGEST = 140


def without_listed_notes(lines: Sequence[str]) -> list[str]:
    """Return the same lines, "" for those that belong to such a list or stand above a dateline. Linear time."""
    out = list(lines)
    for at, line in enumerate(lines):
        if not line or len(line) > _LONGEST:
            continue
        if (_SPONSORS.fullmatch(line) or _AFFILIATE.fullmatch(line)) and (end := _list_end(lines, at)) > at + 1:
            out[at:end] = [""] * (end - at)
        elif (at < _FIRST_LINES and _FILED.fullmatch(line)) or (at < _BYLINE_LINES and _signs(lines, at)):
            out[at] = ""
    return out


def _signs(lines: Sequence[str], at: int) -> bool:
    """Whether a line names the authors of the text that begins below it with a dateline."""
    return _BYLINE.fullmatch(lines[at]) is not None and any(map(DATELINE.match, lines[at + 1 : at + 2]))


def _list_end(lines: Sequence[str], at: int) -> int:
    """Return the index behind the lines below a heading that each have an address or a code."""
    end = at + 1
    while end < min(len(lines), at + 1 + _MOST_LISTED) and (
        len(lines[end]) <= _LONGEST and (_ADDRESS.search(lines[end]) or _CODE.search(lines[end]))
    ):
        end += 1
    return end
