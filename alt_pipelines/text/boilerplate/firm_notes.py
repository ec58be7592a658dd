"""Removes what a press release says at its end about the firm that sends it: "About Corvane", and the lines below it.

A press release is known by its wire service, its press contact or its label. The paragraph below the heading begins
with the name of the heading and says which kind of firm it is. Any other paragraph about something stays.
"""

import re
import unicodedata
from collections.abc import Sequence

_RELEASE = re.compile(
    unicodedata.normalize(
        "NFKC",
        r"news ?wire\b|\bbusiness wire\b|\baccesswire\b|\bEQS-News\b|\(ots\)|news aktuell|PR ?TIMES"
        r"|PRワイヤー|美通社|뉴스와이어"
        r"|^(?:for immediate release|press release|pressemitteilung|communiqué de presse|nota de prensa"
        r"|comunicato stampa"
        r"|comunicado de prensa|persbericht|pressmeddelande|informacja prasowa|tisková zpráva|пресс-релиз"
        r"|basın bülteni)\b"
        r"|^(?:(?:media|press|investor) )?contacts?\b ?:|^(?:media|press) contacts?\b|^press?e?kontakt|^contact presse"
        r"|^contacto (?:de|para) prensa|^ufficio stampa|^perscontact|forward-looking statements|報道関係|^#{3}$",
    ),
    re.IGNORECASE,
)
_HEADING = re.compile(
    unicodedata.normalize(
        "NFKC",
        r"(?:about|über|à propos d(?:e |u |es |e la |['’])|acerca de|sobre|informazioni su|a proposito di"
        r"|chi è|over|om|tietoja"
        r"|o (?:firmie|spółce|grupie|společnosti|spoločnosti)|despre|о компании|про компанію|tentang|về"
        r"|σχετικά με|關於|关于"
        r"|เกี่ยวกับ|نبذة عن) ?(?:(?:the|die|das|la|le|el|il|a|o|de"
        r"|het) )?(?P<name>[^\s.!?:][^.!?:]{1,50}?)(?: ?[:–-])?"
        r"|[■◆●◇【 ]{0,3}(?P<other>[^。、:]{2,30}?)(?:について|とは| 소개|에 대하여|에 대해| hakkında)[】]?",
    ),
    re.IGNORECASE,
)
_FIRM = re.compile(
    unicodedata.normalize(
        "NFKC",
        r"\b(?:compan(?:y|ies)|provider|leader|leading|manufacturer|maker|developer|supplier|firm|retailer"
        r"|bank|insurer|startup"
        r"|group|organi[sz]ation|agency|network|platform|unternehmen|anbieter|hersteller|führend\w*|konzern"
        r"|gruppe|entreprise"
        r"|société|fournisseur|fabricant|groupe|empresa|compañía|líder|proveedor|fabricante|companhia|fornecedor|grupo"
        r"|azienda|società|fornitore|produttore|gruppo|bedrijf|onderneming|leverancier|företag\w*"
        r"|leverantör\w*|koncern\w*"
        r"|virksomhed|selskap|leverandør|yritys|yhtiö|firma|spółka|producent|dostawca|společnost|výrobce|spoločnosť"
        r"|compania|furnizor\w*|компани[яеий]|производител\w*|поставщик|компанія|виробник|şirket\w*|εταιρεία|perusahaan"
        r"|công ty|شركة)\b|会社|企業|メーカー|公司|企业|集[团團]|기업|회사|업체|บริษัท",
    ),
    re.IGNORECASE,
)
_LONGEST_HEADING = 70
_OPENING = 200  # characters in which the paragraph says which kind of firm it is


def without_firm_note(lines: Sequence[str], release: Sequence[str]) -> list[str]:
    """Return the same lines, "" for such a heading and the paragraph below it. ``release``: the lines as delivered."""
    out = list(lines)
    written = [at for at, line in enumerate(out) if line]
    headings = [at for at in written[1:-1] if len(out[at]) <= _LONGEST_HEADING and _HEADING.fullmatch(out[at])]
    if not headings or not any(_RELEASE.search(line[:_OPENING]) for line in release):
        return out
    for at in headings:
        below = next(later for later in written if later > at)
        if out[at] and _is_firm(out[at], out[below]):
            out[at] = out[below] = ""
    return out


def _is_firm(heading: str, paragraph: str) -> bool:
    found = _HEADING.fullmatch(heading)
    if found is None:
        return False
    name = (found["name"] or found["other"]).strip()
    opening = paragraph[:_OPENING]
    first = name.split()[0].casefold()
    return first in opening[: len(name) + 20].casefold() and _FIRM.search(opening[len(name) :]) is not None
