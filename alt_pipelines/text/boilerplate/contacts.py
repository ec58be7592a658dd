"""Removes the contacts that press releases and notices end with: a label, and names, numbers and addresses below it.

without_contacts([article, "Media contact", "Ada Holt", "+44 20 7946 0000"])  ->  [article, "", "", ""]
without_contacts([article, "お問い合わせ先", "水道課 電話 000-111-2222"])     ->  [article, "", ""]
without_contacts([article, "会場:市民会館", "電話:000-111-2222"])             ->  unchanged: where something is
"""

import re
from collections.abc import Sequence

from alt_pipelines.text.stopwords import NAME_PARTICLE

_PRESS_LABEL = re.compile(
    r"(?:(?:media|press|investor|pr)(?: relations)?|for (?:more|further) information|(?:for )?media) (?:contacts?"
    r"|enquiries|inquiries)"
    r"|press office|(?:presse|medien)(?:kontakt|anfragen|stelle)|(?:ansprechpartner|kontakt) (?:für die )?(?:presse"
    r"|medien)"
    r"|contacts? (?:de )?presse|service (?:de )?presse|contacto (?:de|para) (?:la )?(?:prensa|medios)"
    r"|gabinete de prensa"
    r"|contatos? (?:para|com) a imprensa|assessoria de imprensa|(?:contatti|contatto) (?:per la )?stampa|ufficio stampa"
    r"|pers(?:contact|informatie)|presskontakt|pressekontakt|lehdistöyhteydet|kontakt dla (?:mediów|prasy)"
    r"|biuro prasowe"
    r"|kontakt pro média|sajtókapcsolat|контакты для (?:сми|прессы)|пресс-служба|контакти для (?:змі|медіа)"
    r"|basın (?:iletişim|irtibat)\w*"
    r"|επικοινωνία τύπου|للتواصل الإعلامي",
    re.IGNORECASE,
)
# The same in scripts without capital letters, for readers of any kind.
_CONTACT_LABEL = re.compile(
    r"[■◆●▼▽◇○□<【\[(※・ ]{0,3}(?:[^。.:\n]{1,20}(?:に関する|の|について(?:の)?|に対する) ?)?"
    r"(?:(?:ご?連絡|お?(?:問い?合わ?せ|申し?込み))(?:先|窓口)?"
    r"|(?:取材|報道)(?:関係者?|担当)?(?:の)?(?:お?(?:問い?合わ?せ|申し?込み)|窓口|連絡)先?"
    r"|문의(?:처|사항|전화)?|연락처|담당(?:자|부서)?|[联聯][系繫絡络](?:人|方式|[电電][话話]|[我咱][们們])?"
    r"|(?:咨|諮)[询詢](?:[电電][话話]|方式)?"
    r"|洽[询詢](?:[专專][线線]|[电電][话話])?|(?:ติดต่อ)?สอบถาม(?:ข้อมูล)?(?:เพิ่มเติม|รายละเอียด)?(?:ได้ที่)?|ติดต่อ(?:ได้ที่)?"
    r"|(?:thông tin )?liên hệ|संपर्क(?: (?:करें|सूत्र))?|للتواصل(?: معنا)?|للاستفسار(?:ات)?|تماس(?: با ما)?)"
    r"(?: ?[】>\])]| ?:|$| )",
    re.IGNORECASE,
)
_CONTACT_FIELD = re.compile(
    r"(?:[・●○ ]{0,2})(?:電話|tel|fax|ファ[ック]クス|e-?mail|メール|URL|HP"
    r"|ホームページ|ウェブサイト|住所|所在地|担当(?:者|部署|課)?|部署|氏名|受付"
    r"|전화|팩스|이메일|메일|주소|홈페이지|담당(?:자|부서)?|[电電][话話]|[传傳]真|[邮郵][箱件]|地址|[网網]址"
    r"|[联聯][系繫絡络]\w{0,4}|[微]信"
    r"|โทร(?:ศัพท์|สาร)?|อีเมล|ที่อยู่|điện thoại|email|địa chỉ|फोन|ईमेल|पता|هاتف|بريد|العنوان)[^:]{0,8}:",
    re.IGNORECASE,
)
# Who answers, without another contact's label: 担当:営業部 北島
_PERSON_FIELD = re.compile(
    r"[・●○ ]{0,2}(?:(?:広報|報道|取材|お客様)?担当(?:者|部署)?|담당(?:자|부서)?|[联聯][系繫絡络]人) ?:", re.IGNORECASE
)
_LABELLED = re.compile(r"[^\W\d_][^:\n]{0,14} ?: ?\S")
_OTHER_PART = re.compile("[■◆●▼▽◇○□<【\\[・#]")
ENDS_SENTENCE = re.compile(r"[.!?…。！？؟।۔][\"'”’»）)\]]*$|[^\W\d_]{4}[.!?] |[。！？؟।۔]")
_KOREAN_END = re.compile("[가-힣](?<!니)다$")  # of a report: 문의가 쏟아졌다
_BARE_NAME = re.compile(
    rf"(?:(?:[^\W\d_a-zß-öø-ÿа-яё][\w.'’-]{{0,30}}|{NAME_PARTICLE}|of|for|and|&)(?:, | [–-] | |$)){{2,8}}"
)
ADDRESS_OR_NUMBER = re.compile(r"[^\s@]@\w|https?://|\bwww\.|(?:\+\d|\b0|\(\d|\b\d{3}[-. ]\d{3}[-. ])[\d ()/.-]{5,30}")
_SHORT = 70
_MOST_CONTACTS = 6  # lines of a press contact
_MOST_NOTICE = 12  # lines of a notice's contacts


def without_contacts(lines: Sequence[str]) -> list[str]:
    """Return the same lines, "" for those of contacts. Linear time."""
    out = list(lines)
    for at in range(1, len(out)):
        if label := _PRESS_LABEL.match(out[at]):
            _drop_press_contact(out, at, label)
        elif not out[at].isascii() and (label := _CONTACT_LABEL.match(out[at], 0, _SHORT)):
            _drop_notice(out, at, label)
        elif not out[at].isascii() and _PERSON_FIELD.match(out[at]) and any(map(_is_number_field, _around(lines, at))):
            out[at] = ""
    return out


def _around(lines: Sequence[str], at: int) -> Sequence[str]:
    return (*lines[at - 1 : at], *lines[at + 1 : at + 2])


def _is_number_field(line: str) -> bool:
    """Whether a line is a contact's field with a number or an address: FAX:03-0000-0000."""
    return len(line) <= _SHORT and _CONTACT_FIELD.match(line) is not None and bool(ADDRESS_OR_NUMBER.search(line))


def _drop_press_contact(lines: list[str], at: int, label: re.Match[str]) -> None:
    """Empty a label of a press contact and the lines below it that are names, numbers and addresses."""
    rest = lines[at][label.end() :]
    named = rest.strip(" :–-")
    if named and not (re.match(r" ?[:–-]", rest) and _is_contact(named)):
        return  # "Press office staff went on strike": a sentence
    end = at + 1
    while end < min(len(lines), at + _MOST_CONTACTS) and _is_contact(lines[end]):
        end += 1
    if named or end > at + 1:
        lines[at:end] = [""] * (end - at)


def _drop_notice(lines: list[str], at: int, label: re.Match[str]) -> None:
    """Empty a label of contacts and the short lines below it if one of them is a number or an address."""
    goes_on = label[0][-1:] == " " and label[0][-2:-1] not in ":】>])先"
    if goes_on and not ADDRESS_OR_NUMBER.search(lines[at], label.end()):
        return  # the words go on after a space: Liên hệ giữa hai nước
    end = at + 1
    while end < min(len(lines), at + _MOST_NOTICE) and _is_part(lines[end]):
        end += 1
    if _is_part(lines[at], label=True) and any(map(ADDRESS_OR_NUMBER.search, lines[at:end])):
        lines[at:end] = [""] * (end - at)


def _is_part(line: str, *, label: bool = False) -> bool:
    """Whether a line may be part of a notice's contacts: no sentence, no field of another kind and no other heading."""
    if len(line) > _SHORT or ENDS_SENTENCE.search(line) or _KOREAN_END.search(line):
        return False
    if label or not line or _CONTACT_LABEL.match(line) or _CONTACT_FIELD.match(line):
        return True
    return _LABELLED.match(line) is None and _OTHER_PART.match(line) is None


def _is_contact(line: str) -> bool:
    """Whether a line is a bare name, or has an address or a telephone number and is no sentence."""
    if len(line) > _SHORT or ENDS_SENTENCE.search(line):
        return False
    if line.lower() == line.upper() and 1 < len(line.split()) <= 3:
        return True  # a name in a script without capital letters
    return _BARE_NAME.fullmatch(line) is not None or ADDRESS_OR_NUMBER.search(line) is not None
