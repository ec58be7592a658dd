"""Removes what ends a text below its last sentence: initials, the makers of a recording, a row of links.

    without_sign_offs("", [article, "(大沼亮介)"])                                 ->  [article, ""]
    without_sign_offs("", [article, "Produced by Jan Berg. Mixed by Eva Smit."])  ->  [article, ""]
    without_sign_offs("", [article, "Berg produced it."])                         ->  unchanged

Each is a whole line among the last ones. A person whom the article names elsewhere is its subject and stays.
Out of scope: agencies and labelled makers (``makers``), and notes on an author (``author_notes``).
"""

import re
import unicodedata
from collections.abc import Sequence

from alt_pipelines.text.boilerplate.makers import mentions
from alt_pipelines.text.boilerplate.services import AGENCY, NETWORK_NAMES, PAYMENT_NAMES, SUPPORT_NAMES
from alt_pipelines.text.scripts import CAPITAL, HAN, HIRAGANA, KATAKANA
from alt_pipelines.text.sentences import SENTENCE_ENDS
from alt_pipelines.text.stopwords import NAME_PARTICLE

_LAST_LINES = 5
_LONGEST = 160
_PART = rf"[{CAPITAL}](?:[\w'’-]{{1,24}}|\.)"
_NAME = rf"{_PART}(?:[ -](?:{_PART}|{NAME_PARTICLE})){{0,3}} {_PART}"
# A name or initials in brackets, as papers sign: (大沼亮介), (jg), (mah/pes)
_BRACKETED = re.compile(
    rf"\((?:(?=[^)]{{0,12}}[{HAN}{KATAKANA}])[{HAN}{HIRAGANA}{KATAKANA}々ヶー・ ]{{2,12}}"
    rf"|[a-z]{{2,4}}(?: ?[/,] ?[a-z]{{2,4}}){{0,3}})\)"
)
# The initials of two editors below an agency's text: YRK-GBZ
_INITIALS = re.compile("[A-Z]{3}-[A-Z]{3}")
_AGENCY = re.compile(rf"\((?:{AGENCY})\)", re.IGNORECASE)
# A mark of the end is between rules, stars or brackets; in quotation marks it is a title.
_FRAME = r"[-–—~*#_=()\[\]【】<>《》■◆● .]{1,8}"
_END_MARK = re.compile(
    rf"{_FRAME}(?:#{{1,6}}|"
    rf"(?:the end|end|ende|fin|fine|konec|slut|конец|完|終|了|全文完|本文完|おわり|終わり|끝){_FRAME})",
    re.IGNORECASE,
)
_DONE = [
    "(?:executive )?produced|mixed|edited|hosted|recorded|engineered|mastered|fact-?checked|sound design(?:ed)?"
    "|sound engineering|audio engineering|presented|(?:original |theme |additional )?music|artwork|cover art"
    "|research(?:ed)?",
    "produziert|geschnitten|gemischt|moderiert|vertont|produit|mixé|monté|présenté|préparé|enregistré|producido|editado"
    "|mezclado|conducido|presentado|grabado|produzido|mixado|apresentado|gravado|prodotto|montato|mixato|condotto"
    "|registrato",
    "geproduceerd|gemixt|gemonteerd|gepresenteerd|producerad|klippt|mixad|produceret|klippet|produsert",
]
_BY = "(?:by|von|par|por|da|door|av|af)"
_AND = r"(?:,? (?:and|&|und|et|y|e|en|och|og) |, )"
_MADE = re.compile(rf"(?i:{'|'.join(_DONE)})(?:{_AND}(?i:{'|'.join(_DONE)}))? {_BY} ({_NAME}(?:{_AND}{_NAME}){{0,3}})")
_SENTENCE = re.compile(r"\.(?: |$)(?<![A-ZÀ-Þ]\. )")
_RECORDING = re.compile(
    r"\b(?:episodes?|podcasts?|folge|épisode|episodios?|episódios?|episodio|puntata|aflevering|avsnitt(?:et)?|odcinek)\b",
    re.IGNORECASE,
)
_SOURCE_WORD = rf"(?:[{CAPITAL}\d][\w.'’-]*|{NAME_PARTICLE}|the|o|a|e|y|et|and|und)"
# Another paper or station that the text is from: "Com informações da TV Serrana."
_SOURCE = re.compile(
    r"\(?(?:com informaç(?:ões|ão) d[aeo]s?|con informaci[oó]n(?:es)? del?|con informazioni d(?:i|a|al|el|ella)"
    r"|avec des informations (?:de|du|d['’])|mit informationen (?:von|des|der)|with (?:information|files|reports?) from"
    r"|in samenwerking met|in zusammenarbeit mit|in collaboration with|en collaboration avec|en colaboración con"
    r"|em colaboração com|in collaborazione con|i samarbete med|we współpracy z"
    rf") ?(?-i:({_SOURCE_WORD}(?:[ ,/]{{1,2}}{_SOURCE_WORD}){{0,6}}))\)?\.?",
    re.IGNORECASE,
)
# A word that names a paper, a station or an agency; without one, the source may be a place.
_MEDIUM = re.compile(
    rf"\b(?:{AGENCY}|r[aá]dios?|tv|t[eé]l[eé]vis\w*|agen[ctz]\w*|agência|press|presse|prensa|imprensa|stampa|news"
    r"|not[ií]cias|notizie|post|times|di[aá]rio|jornal|journal|giornale|gazett\w|gazeta|gaceta|herald|tribun\w|chronicle|correio"
    r"|correo|corriere|courrier|voz|voce|voix|peri[oó]dico|folha|portal|reuters)\b|(?:zeitung|kurier|blatt|anzeiger"
    r"|nachrichten|rundfunk|funk|presse|post|news|tv)\b|\w\.[a-z]{2,4}\b",
    re.IGNORECASE,
)
# What a site offers below a text, in a row: "Kommentare (214) | Artikel drucken", "スクラップ 印刷 メールで送る"
_OFFERED = [
    "share|print|e-?mail|save|bookmark|comments?|copy link|link copied|newsletter|subscribe|sign in|log in|follow us"
    "|back to top|home|report an error|listen|gift article|videos?",
    "teilen|drucken|artikel drucken|merken|kommentare|zur startseite|startseite|link kopieren|fehler melden|vorlesen",
    "partager|imprimer|enregistrer|commentaires|commenter|copier le lien|réagir|accueil|envoyer par (?:mail|e-mail)",
    "compartir|imprimir|guardar|comentarios|copiar enlace|portada|enviar por correo|compartilhar|salvar|comentários"
    "|copiar link|início|condividi|stampa|salva|commenti|link copiato|copia link|ultima ora",
    "delen|afdrukken|opslaan|reacties|link kopiëren|dela|skriv ut|spara|kommentarer|kopiera länk|udstedt|udskriv|gem",
    "udostępnij|skomentuj|wydrukuj|drukuj|zapisz|komentarze|kopiuj link"
    "|sdílet|vytisknout|uložit|diskuse|komentáře|zdieľať|tlačiť",
    "поделиться|распечатать|сохранить|комментарии|скопировать ссылку|на главную|поділитися|роздрукувати|коментарі",
    "paylaş|yazdır|kaydet|yorumlar|bağlantıyı kopyala|κοινοποίηση|εκτύπωση|σχόλια|مشاركة|طباعة|حفظ|تعليقات|نسخ الرابط",
    "chia sẻ|in bài(?: viết)?|lưu(?: bài)?|ý kiến|bình luận|copy link(?: thành công)?|sao chép liên kết"
    "|(?:trở lại|về) (?:chủ đề|trang chủ|đầu trang)|bagikan|cetak|simpan|komentar|salin tautan|แชร์|พิมพ์|คัดลอกลิงก์",
    "スクラップ|印刷(?:する|用ページ)?|メール(?:で送る)?|保存(?:する)?|シェア(?:する)?|ツイート|共有(?:する)?|コメント|リンクをコピー|ブックマーク"
    "|이메일|인쇄(?:하기)?|스크랩|공유(?:하기)?|댓글|글자 ?크기|url ?복사",
    # In any language: "Wyłącz AdBlocka", "Disable your ad blocker"
    r"(?:[^\W\d_]{1,12} ){0,3}ad-? ?block(?:er)?[^\W\d_]{0,3}",
    "分享|打印|列印|收藏|[评評][论論]|留言|[复複][制製][链連鏈]接|[转轉][发發]",
]
_OFFER = re.compile(
    unicodedata.normalize("NFKC", rf"(?:{'|'.join(_OFFERED)})(?: ?\(\d{{1,6}}\)| \d{{1,6}})?"), re.IGNORECASE
)
_JOINT = re.compile(r"( ?[|·•・｜] ?)")
_LEAST_OFFERED = 0.5  # of the parts of a row
_LONGEST_PART = 30

_WAYS_TO_PAY = PAYMENT_NAMES | SUPPORT_NAMES | NETWORK_NAMES
_BETWEEN_WAYS = re.compile("[,|/·•]")


def without_sign_offs(title: str, lines: Sequence[str]) -> list[str]:
    """Return the same lines, "" for those that end the text in such a way. Linear time."""
    out = list(lines)
    written = [at for at, line in enumerate(out) if line]
    first = max(1, len(written) - _LAST_LINES)
    above = out[written[first - 1]] if written else ""
    for at in written[first:]:
        line = out[at]
        if len(line) > _LONGEST:
            above = line
        elif _END_MARK.fullmatch(line) or _asks_for_support(line) or _is_signed(title, out, at, above):
            out[at] = ""
        elif (rest := _without_offers(line)) != line:
            out[at] = rest
        else:
            above = line
    return out


def _is_signed(title: str, lines: Sequence[str], at: int, above: str) -> bool:
    """Whether a line below the line ``above`` only signs the text."""
    line, others = lines[at], [*lines[:at], *lines[at + 1 :]]
    if _BRACKETED.fullmatch(line) or (_INITIALS.fullmatch(line) and _is_of_agency(lines, at)):
        return _ends(above) and not mentions([line.strip("()")], title, others)
    if source := _SOURCE.fullmatch(line):
        return _ends(above) and _MEDIUM.search(source[1]) is not None
    made = [_MADE.fullmatch(part) for part in _SENTENCE.split(line) if part]
    if not made or not all(made):
        return False
    names = [name.split()[-1] for part in made if part for name in re.split(_AND, part[1])]
    recording = len(made) > 1 or any(map(_RECORDING.search, [title, *lines]))
    return recording and not mentions(names, title, others)


def _asks_for_support(line: str) -> bool:
    """Whether a line is a label and at least two ways to pay, one of which pays makers: "Help us: PayPal, Patreon"."""
    ways = [way.strip(" .").casefold() for way in _BETWEEN_WAYS.split(line.partition(":")[2])]
    return len(ways) > 1 and _WAYS_TO_PAY.issuperset(ways) and not SUPPORT_NAMES.isdisjoint(ways)


def _is_of_agency(lines: Sequence[str], at: int) -> bool:
    """Whether the text has an agency's mark, or had one above a line, which is removed by now."""
    return not lines[at - 1] or any(map(_AGENCY.search, lines))


def _ends(line: str) -> bool:
    return line.rstrip("\"'”’»)]」』").endswith(SENTENCE_ENDS)


def _without_offers(line: str) -> str:
    """Return a row without what the site offers: "Home · Save · Owls" without its first two parts."""
    parts = _JOINT.split(line)
    joint, parts = "".join(parts[1:2]), parts[::2]
    if len(parts) == 1 and not line.isascii():
        words = line.split()
        return "" if len(words) > 1 and all(map(_OFFER.fullmatch, words)) else line
    if len(parts) < 2 or any(len(part) > _LONGEST_PART for part in parts):
        return line
    rest = [part for part in parts if not _OFFER.fullmatch(part)]
    offered = len(parts) - len(rest)
    return joint.join(rest) if offered > 1 and offered >= _LEAST_OFFERED * len(parts) else line
