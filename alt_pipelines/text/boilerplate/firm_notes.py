"""Removes what a press release says at its end about the firm that sends it: "About Corvane", and the lines below it.

A press release is known by its wire service, its press contact or its label. The heading is not in the first third
and has a name that the title or the first paragraph has too. The paragraph below begins with that name and says which
kind of firm it is ("Corvane is a leading provider"). Any other paragraph about something stays.
"""

import itertools
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
# It begins with no lower-case letter.
_NAME = r"(?P<name>(?-i:(?=[^a-zà-öø-ÿа-яёα-ω]))[^\s.!?:][^.!?:]{1,50}?)"
_HEADING = re.compile(
    unicodedata.normalize(
        "NFKC",
        r"(?:(?:(?:about|über|à propos (?:de|du|des|de la)|acerca de|sobre|informazioni su|a proposito di|chi è|over|om"
        r"|tietoja|o (?:firmie|spółce|grupie|společnosti|spoločnosti)|despre|о компании|про компанію|tentang|về"
        r"|σχετικά με|نبذة عن) (?:(?:the|die|das|la|le|el|il|a|o|de|het) )?|à propos d['’]|關於 ?|关于 ?|เกี่ยวกับ ?)"
        rf"{_NAME}(?: ?[:–-])?"
        r"|[■◆●◇【 ]{0,3}(?P<other>[^。、:]{2,30}?)(?:について| 소개|에 대하여|에 대해)[】]?)",
    ),
    re.IGNORECASE,
)
# What a firm is: after "is" and at most a few words, none of which leads to a place or a purpose ("is home to a bank").
_FIRM_WORDS = (
    r"compan(?:y|ies)|providers?|manufacturers?|makers?|developers?|suppliers?|firms?|retailers?|insurers?|startup"
    r"|unternehmen|anbieter|hersteller|konzern|entreprise|société|fournisseur|fabricante?|empresa|compañía|proveedor"
    r"|companhia|fornecedor|azienda|società|fornitore|produttore|bedrijf|onderneming|leverancier|företag\w*"
    r"|leverantör\w*|koncern\w*|virksomhed|selskap|leverandør|yritys|yhtiö|firma|spółk[aą]|producent(?:em)?|dostawc[aą]"
    r"|společnost|výrobce|spoločnosť|compani[ae]|furnizor\w*|компани[яеий]|производител\w*|поставщик\w*|компані[яєю]"
    r"|виробник\w*|εταιρεία|perusahaan|công ty|شركة"
)
_FIRM = re.compile(
    unicodedata.normalize(
        "NFKC",
        r"(?:\b(?:is|are|ist|sind|est|es|é|è|är|er|on|jest|je|este|является|є|είναι|adalah|là|هي) |[—–] )"
        r"(?:one of the )?(?:(?!(?:of|de|di|da|du|des|do|von|van|af|av|to|in|for|with|by|where"
        r"|zu|bei|mit|für|à|pour|con|per|para|en|em|voor|met|för|till|til"
        r"|där|der) )"
        rf"\S+ ){{0,5}}?(?:{_FIRM_WORDS})\b"
        r"|は[^。]{0,40}(?:会社|企業|メーカー)(?:です|だ|である|。|$)"
        r"|是[^。,]{0,30}(?:公司|企[业業]|集[团團])"
        r"|[은는] [^.]{0,40}(?:기업|회사|업체)(?:이다|입니다|으로|다\b)|เป็นบริษัท",
    ),
    re.IGNORECASE,
)
_LONGEST_HEADING = 70
_OPENING = 200  # characters in which the paragraph says which kind of firm it is


def without_firm_note(lines: Sequence[str], release: Sequence[str], title: str = "") -> list[str]:
    """Return the same lines, "" for such a heading and the paragraph below it. ``release``: the lines as delivered."""
    out = list(lines)
    written = [at for at, line in enumerate(out) if line]
    later = written[len(written) // 3 :]
    pairs = [(at, below, found) for at, below in itertools.pairwise(later) if (found := _heading(out[at]))]
    if not pairs or not any(_RELEASE.search(line[:_OPENING]) for line in release):
        return out
    first = f"{title} {out[written[0]]} {out[written[1]]}".casefold()
    for at, below, heading in pairs:
        if out[at] and _is_firm(heading, out[below], first):
            out[at] = out[below] = ""
    return out


def _heading(line: str) -> re.Match[str] | None:
    return _HEADING.fullmatch(line) if len(line) <= _LONGEST_HEADING else None


def _is_firm(heading: re.Match[str], paragraph: str, first: str) -> bool:
    """Whether a paragraph says which kind of firm its heading names, and ``first``, the beginning, names it too."""
    name = (heading["name"] or heading["other"]).strip()
    opening = paragraph[:_OPENING]
    word = name.split()[0].casefold()
    if word not in opening[: len(name) + 20].casefold() or word not in first:
        return False
    return _FIRM.search(opening, len(word)) is not None
