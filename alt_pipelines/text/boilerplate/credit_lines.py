r"""Removes credits from text: authors, photographers, wire services, contact details, and readings of Japanese names.

    without_credits("", ["Photo: Mara Lind", "The owl is back. (Photo: AFP)"])  ->  ["", "The owl is back."]

Out of scope: notes to the reader and labels (``boilerplate``). ``east_asian_bylines`` has those of Chinese and Korean.
"""

import re
import unicodedata
from collections.abc import Sequence

from alt_pipelines.text.boilerplate.datelines import without_dateline
from alt_pipelines.text.boilerplate.east_asian_bylines import without_bylines
from alt_pipelines.text.boilerplate.service_words import READER, REPORTED
from alt_pipelines.text.boilerplate.services import AGENCY
from alt_pipelines.text.boilerplate.unnamed_credits import is_among_verdicts, is_unnamed_credit
from alt_pipelines.text.captions import describes
from alt_pipelines.text.readings import without_bracketed_readings
from alt_pipelines.text.sentences import split_line
from alt_pipelines.text.stopwords import NAME_PARTICLE, NAME_PARTICLES, word_set

_PICTURE = r"photos?|photographs?|pictures?|(?:cover |featured |header )?images?|fotos?|bild(?:er)?|illustration"
_MAKER = (
    r"(?:additional )?(?:reporting|writing|editing|compiled|translated|translation|photography|crédits?|credits?"
    rf"|{_PICTURE})"
)
# A sentence or line that begins with a kind of work and names its author: "Photo: ...", "Crédit photo : ...", 写真:...
_CREDIT_LINE = re.compile(
    rf"[(\[【]?(?:{_MAKER}(?: (?:credits?|photos?|by|courtesy|via|von|source|caption|copyright))?"
    r"(?: ?[:=/©|]| by\b(?! (?-i:(?!the\b|our\b|an?\b|staff|author)[a-z]))| courtesy\b)"
    r"|©|\(c\)|copyright(?:s? ?[©:\d(]| (?-i:[A-ZÀ-Þ])| (?:by|of|reserved)\b|$)"
    r"|(?:(?:background |intro |outro |theme )?music|thumbnail|sound) by\b"
    r"|(?-i:SOURCE [A-Z])"
    r"|(?:media|press|investor)(?: relations)? contacts?\b ?:"
    r"|[(【]?(?:取材|文|撮影|構成|執筆|聞き手)(?:・(?:文|撮影|構成|写真))*[/:=】]"
    r"|(?:写真|画像|図版?|撮影|提供|出典|イラスト|動画)(?:提供|撮影)?[】)]? ?[:=]"
    r"|【(?:写真|動画|画像|関連|あわせて)[^】]{0,10}】|\((?:写真|画像|提供|撮影))",
    re.IGNORECASE,
)
# A photographer and an agency, joined by a slash in brackets or named at the end of a line: "(J. Freitas/ABr)",
# "... bis Schierke. Foto: Jens Lindner/dpa".
_PERSON = r"[A-ZÀ-ÞČĆĎĐĚĞİŁŃŇŐŘŚŠŞŤŮŰŹŻŽА-ЯЁІЇЄҐΑ-Ω][\w.'’-]{0,24}"
# The word for a picture in a label before them, alone or as a part of a compound.
_PICTURES = (
    r"[^\W\d_]{0,12}(?:photo|foto|bild|beeld|image[nm]?|immagine|picture|kuva|kép|ảnh|gambar|zdjęci"
    r"|snímek|snimk|фото|снимк"
    r"|кадр|світлин|φωτο|valokuva|nuotr|attēl|slika)[^\W\d_]{0,12}"
)
# The same words before a colon at the end of a caption: "... nhìn từ trên cao. Ảnh: Hoàng Lữ".
_LABEL_WITHIN = unicodedata.normalize(
    "NFKC",
    "fotó|fotografi[ea]?|fotoğraf|ảnh|фото|світлина|φωτο(?:γραφία)?",
)
# Words for any image, which a sentence may name or count: they need an agency after the name.
_IMAGE_WITHIN = unicodedata.normalize("NFKC", "kuvat?|beeld|kép|imagen|imagem|immagine|gambar|hình|snímek|снимк[аи]")
_PHOTOGRAPHER = rf"(?:{_PERSON} ?){{1,4}}/ ?{_PERSON}(?: {_PERSON})?"
_AGENCY_WITHIN = re.compile(
    rf" ?\({_PERSON}(?: {_PERSON}){{1,3}} ?/ ?{_PERSON}(?: {_PERSON})?\)"
    rf"|(?:^|(?<=[.!?»”\"] ))\((?i:{_PICTURES})(?: [^\W\d_]{{1,20}}){{0,2}} ?: ?{_PHOTOGRAPHER}\)$"
    rf"|(?<=[.!?»”\"] )(?:© ?)?(?i:{_MAKER}|fot\.|zdj\.|ph\.|(?:{_LABEL_WITHIN}) ?[:©])(?: ?[:©] ?| |)"
    rf"(?:{_PERSON} ?){{1,4}}(?:/ ?[\w.' -]{{2,30}})?$"
    rf"|(?<=[.!?»”\"] )(?i:(?:{_IMAGE_WITHIN}) ?[:©]) ?{_PHOTOGRAPHER}$"
)
_MAKER_NEAR_END = re.compile(
    rf'[.!?»”"] (?:© ?)?(?:fot|photo|picture|image|bild|cr|zdj\.|ph\.|{_LABEL_WITHIN}|{_IMAGE_WITHIN})', re.IGNORECASE
)
# The label of a caption: "PHOTO: Barges wait for high water on the Danube. (I. Petrescu/Galati Post)"
_CAPTION = re.compile(rf"(?:{_PICTURE})(?: caption)? ?: (?=[^\W\d_])", re.IGNORECASE)
# Labels of pictures in all languages, above a name: "Ảnh: TTXVN", "צילום: שאטרסטוק"; and of a source that is a wire
# service ("Kaynak: AA"), because other sources are part of what an article tells.
_NAMED_SOURCE = re.compile(
    unicodedata.normalize(
        "NFKC",
        r"[(\[]?(?:(?:[^\W\d_]{2,14} )?(?:[^\W\d_]{0,12}fotos?|(?:archiv|arkiv|agentur|symbol|titel|genre|press)?bild"
        r"|(?:bild|foto)(?:quelle|nachweis|rechte|credit)|beeld|photo|kuvat?|fotó|kép|fotografi[ea]?|fotoğraf(?:lar)?ı?"
        r"|imagen|imagem|immagine|gambar|ảnh|фото(?:графи[яи])?|світлина|снимк[аи]|φωτο(?:γραφί[αε]ς?)?"
        r"|צילום|צילומים|תמונה|עיבוד|عکس|عکاس|تصوير|الصورة"
        r"|तस्वीर|(?:फोटो|फ़ोटो)(?: साभार| सौजन्य)?|ภาพ|ภาพถ่าย)(?: [^\W\d_]{2,12})?"
        r" ?[:©] ?(\S[^:]{0,60})"
        r"|(?:source|quelle|fuente|fonte|font|bron|källa|kilde|lähde|źródło|zdroj|forrás|sursa|източник|источник"
        r"|джерело"
        r"|kaynak|πηγή|المصدر|مصدر|منبع|מקור|स्रोत|सोर्स|sumber|nguồn|theo|ที่มา) ?: ?"
        r"(?:(?-i:[A-ZА-ЯЁÀ-Þ]{2,7})(?:[/, -]+(?-i:[A-ZА-ЯЁÀ-Þ]{2,7}))*"
        rf"|(?:{AGENCY})(?:[/, -]+(?:{AGENCY}))*"
        r"|agenc(?:ies|ias|ie)|agences?|agenturen|agenzie|ajanslar|وكالات|الوكالات|خبرگزاریها|агентства|сми|змі"
        r"|सूत्र|एजेंसी|एजेंसियां)\.?)$",
    ),
    re.IGNORECASE,
)
# What a page says of its rights: "Alle Rechte vorbehalten", "جميع الحقوق محفوظة © 2025".
_RIGHTS = re.compile(
    r"(?:[^.!?]{0,50}[ ,.|–-] ?)?(?:all rights reserved|alle rechte vorbehalten|tous droits réservés"
    r"|(?:todos los )?derechos reservados|todos os direitos reservados|(?:tutti i )?diritti riservati"
    r"|alle rechten voorbehouden|alla rättigheter förbehållna|alle rettigheder forbeholdes|kaikki oikeudet pidätetään"
    r"|wszelkie prawa zastrzeżone|všechna práva vyhrazena|všetky práva vyhradené|minden jog fenntartva"
    r"|toate drepturile rezervate|все права защищены|усі права захищено?і?|всички права запазени"
    r"|με επιφύλαξη παντός δικαιώματος|tüm hakları saklıdır|جميع الحقوق محفوظة|(?:تمامی|کلیه) حقوق[^.]{0,40}محفوظ است"
    r"|כל הזכויות שמורות|सर्वाधिकार सुरक्षित|hak cipta dilindungi(?: undang-undang)?|สงวนลิขสิทธิ์)"
    r"(?:\W{0,3}[^.!?]{0,40})\W?"
    # These are words of titles and sentences too ("La Reproduction interdite"), so they are the whole line.
    r"|\W{0,3}(?:riproduzione (?:riservata|vietata)|nachdruck verboten|reproduction interdite"
    r"|(?:prohibida (?:su|la) reproducción|reprodução proibida)(?: (?:total|parcial|o|ou|y|e)){0,3})"
    r"(?:\W{1,3}(?:©|\(c\)|copyright)[^.!?]{0,40})?\W{0,3}",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(
    r"[(\[]?(?:[Ff]ot|FOT|[Zz]dj|[Ff]otó|[Pp]h|[Фф]от|[Сс]н)\. ?[^\W\d_a-zа-яё]"
)  # Fot. Jan Nowak / Agencja
# The label behind the names, in Lithuanian, Finnish and Hungarian: "Jono Petraičio nuotr."
_LABEL_LAST = re.compile(rf"(?:{_PERSON} ){{1,4}}(?:/ ?{_PERSON} )?(?:nuotr(?:auka|aukos)?|felvétele|kuvaamana)\b\.?")
# What an agency writes at the end: "(ANSA). YJ4-GRZ 12-MAR-25 18:41", "(PAP) mz/ dki/", "EFE rso/jlp"
_AGENCY_MARK = re.compile(
    r"(?<=[.!?»”\"] )\([A-Z][A-Za-z]{1,9}(?:/[A-Z][A-Za-z]{1,9})?\)\.?(?: [A-Z\d]{2,4}-[A-Z\d]{2,4})?"
    r"(?: \d{1,2}-[A-Z]{3}-\d{2}(?: \d\d:\d\d)?)?(?: NNNN)?$"
)
_INITIALS = re.compile(r"(?:\(?[A-Z]{2,6}\)?\.? )?\(?[a-z]{2,4}(?:/ ?[a-z]{2,4})*/?(?<=[a-z/])\)?")
_SENTENCE_END = (".", "!", "?", ".”", '."')
_LONGEST_CREDIT = 160
_LONGEST_BYLINE = 100
_LONGEST_MARK = 30
_LONGEST_AGENCY = 80  # characters of an agency's mark with its date
_LONGEST_WITHIN = 250  # characters of the maker at the end of a line
_CREDIT_WITHIN = re.compile(
    rf"\((?:{_MAKER}(?: ?[:=/]| by\b| courtesy\b| credits?\b)|(?:提供|写真|画像|撮影)[:=])[^()]{{0,200}}\)"
    r"|\(\([^()]{0,200}\)\)|(?<![はがをに])\([^()。]{0,40}[^無不()。]撮影\)(?=$|[。 ])",
    re.IGNORECASE,
)
_WIRE_CREDIT = re.compile(
    r"\((?:(?:additional )?(?:reporting|writing|editing) by\b|reportage(?: de| par)? [A-Z]"
    r"|bericht von\b|mit material von\b"
    r"|(?:reporte|reportaje|información) de [A-Z]|(?:reportado|escrito|editado) por\b|reportagem (?:de|por)\b"
    r"|(?:rédigé|édité|traduit) par\b|a cura di\b)",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"\b(?:tel|phone|fax|e-?mail|mobile|telefon|téléphone)\b ?[:.]? ?(?:[+(]?\d[\d ()/.-]{4,30}\d(?!\w)|[\w.+-]{1,64}@)"
    r"|電話 ?[:]? ?[\d(][\d()-]{5,20}",
    re.IGNORECASE,
)
# Words in small letters that a credit may have beside names; with others it is a sentence.
_CREDIT_WORDS = word_set(
    """
    a additional all an and at authors by collection compiled courtesy credit credits editing edited en for from holders
    illustration illustrations image images in la of on or owners photo photographs photography photos picture pictures
    provided reporting respective reserved rights supplied the their to translated translation via with writing
    """
)
_FEWEST_OWN = 2
_AND = word_set("and und et e i en och og og a și ve и і та й")  # between two photographers
# Kinds of work that a film's list of its makers has beside its photography.
_FILM_LABEL = re.compile(
    r"(?:direct(?:or|ed by)|cast|starring|screenplay|script|producers?|music|score|監督|脚本|出演|音楽|主演|製作|原作"
    r"|キャスト)(?: ?[:/=])",
    re.IGNORECASE,
)
_FILM_PHOTOGRAPHY = re.compile(r"(?:photography(?: by)?|撮影) ?[:/=]", re.IGNORECASE)
# A line before the text that only names the author.
_NAME_PART = rf"(?:[A-ZÀ-Þ][\w.'’-]*|{NAME_PARTICLE})"
_BYLINE = re.compile(
    rf"(?:[Bb]y|BY|Von|VON|Par|Por|[Dd]i|Door|Av|Af|Text:) ({_NAME_PART}(?: {_NAME_PART}){{0,4}})"
    r"(?:,? (?:and|und|et|y|e|en|och|og|&) [^\d.!?]{3,40}| ?[,|·•–—-] ?(?:[^.!?]|(?<=\d)\.(?=[\d ])){2,70}"
    r"| (?:in|for) [A-Z][\w .]{2,30})?"
)
_BYLINE_LINES = 3  # first lines of an article, among which a byline is
_LAST_LINES = 4  # lines in which the author is introduced
_BYLINE_END = re.compile(r"【[^【】\d]{2,10}】$")
_DEATH = re.compile("死去|逝去|訃報|お別れ")
_FUNERAL = re.compile("(?:喪主|葬儀|告別式|通夜|お別れの会)[^。]{0,80}。?")
_FIELDS = re.compile(
    r"\((?=[^()]{0,40}?(?:写真|撮影|取材|文|構成|イラスト|本社|所在地|代表|photos?|text|words)[^():。]{0,8}:)"
    r"[^()。]{0,40}:[^()。]{0,80}:[^()。]{0,120}\)",
    re.IGNORECASE,
)


def without_credits(title: str, lines: Sequence[str]) -> list[str]:
    """Return the same lines without credits and readings; a line that is nothing else becomes "".

    Text after a wire service's credit in the second half of the article is the service's own, and is removed.
    """
    out: list[str] = []
    ended = False
    author = ""
    started = False  # whether a line of the text was kept
    obituary = _DEATH.search(title) is not None
    for at, line in enumerate(lines):
        line = _without_caption_label(line)
        wire = _WIRE_CREDIT.search(line) if "(" in line and at >= len(lines) // 2 - 1 else None
        line = _without_contact_within(line)
        credit = is_credit(line) and not (_FILM_PHOTOGRAPHY.match(line) and _among_films_makers(lines, at))
        credit = credit or (is_unnamed_credit(line) and not is_among_verdicts(lines, at))
        if ended or credit or (at >= len(lines) - _LAST_LINES and at > 0 and _is_agency_mark(line)):
            ended = ended or wire is not None
            out.append("")
            continue
        byline = _BYLINE.fullmatch(line) if at < _BYLINE_LINES and len(line) <= _LONGEST_BYLINE else None
        if byline is not None or (author and at >= len(lines) - _LAST_LINES and line.startswith(author)):
            author = byline.group(1) if byline is not None else author
            out.append("")
            continue
        if wire is not None:
            line, ended = line[: wire.start()], True
        if not started:
            line = without_dateline(line, title, lines[at + 1 :])
        started = started or bool(line)
        line = without_bylines(line, first=at < _BYLINE_LINES)
        line = _without_credits_within(line)
        out.append((_FUNERAL.sub("", line) if obituary else line).strip())
    return out


def _without_contact_within(line: str) -> str:
    """Return a line without its sentence with a number or an address, if its other sentences tell something."""
    if len(line) > _LONGEST_CREDIT or not line.endswith(_SENTENCE_END) or not _CONTACT.search(line):
        return line
    other = [part for part in split_line(line) if part and not _CONTACT.search(part)]
    tells = other and all(describes(part) and READER.isdisjoint(part.lower().split()) for part in other)
    return "".join(other).strip() if tells else line


def _without_credits_within(line: str) -> str:
    """Return a line without credits in brackets or at its end, readings, and fields in brackets."""
    if "(" in line:
        line = _CREDIT_WITHIN.sub("", line)
        if "/" in line or ":" in line or _MAKER_NEAR_END.search(line, max(0, len(line) - _LONGEST_WITHIN)):
            line = _AGENCY_WITHIN.sub("", line)
        if "(" in line[-_LONGEST_AGENCY:]:
            line = _AGENCY_MARK.sub("", line)
        line = without_bracketed_readings(line)
        if line.count(":") > 1:
            line = _FIELDS.sub("", line)
    elif _MAKER_NEAR_END.search(line, max(0, len(line) - _LONGEST_BYLINE)):
        line = _AGENCY_WITHIN.sub("", line).strip()
    return _BYLINE_END.sub("", line) if line.endswith("】") else line


def is_credit(line: str) -> bool:
    if len(line) > _LONGEST_CREDIT:
        return False
    if (
        _LABEL_LAST.fullmatch(line)
        or (_CONTACT.search(line) and not REPORTED.search(line))
        or (_ABBREVIATED.match(line) and not describes(line) and _is_of_names(line))
    ):
        return True
    if _CREDIT_LINE.match(line) or (len(line) <= _LONGEST_BYLINE and _RIGHTS.fullmatch(line)):
        return not _tells(line)
    named = _NAMED_SOURCE.match(line)
    return named is not None and not describes(named.group(1) or "")


def _is_of_names(line: str) -> bool:
    """Whether the words up to a slash are names: in "Ph. Moreau leads the choir" they are not."""
    words = re.split("[/,(|]", line, maxsplit=1)[0].split()[1:]
    return all(not word[0].islower() or word in NAME_PARTICLES or word in _AND for word in words)


def _tells(line: str) -> bool:
    """Whether a line that begins as a credit does is a sentence: "Pictures by Maria Costa hang in the hall."."""
    label, _, rest = line.partition(": ")
    if "©" in line or "(c)" in line.lower() or (rest and not rest[0].islower()):
        return False
    if not rest and label[:1] not in "Cc" and not line.endswith(_SENTENCE_END):
        return False  # only "Copyright" and "Credit" open headlines too
    words = rest.split() or label.split()[1:]
    own = [word for word in words if word[0].islower() and word.strip(",.;!?") not in _CREDIT_WORDS]
    return len(own) >= _FEWEST_OWN


def _among_films_makers(lines: Sequence[str], at: int) -> bool:
    """Whether a line beside this one names another maker of a film, so that it belongs to what the article tells."""
    return any(map(_FILM_LABEL.match, [*lines[max(0, at - 2) : at], *lines[at + 1 : at + 3]]))


def _is_agency_mark(line: str) -> bool:
    """Whether a line is the initials of an agency's editors; those without the agency have a slash."""
    return len(line) <= _LONGEST_MARK and "/" in line and _INITIALS.fullmatch(line) is not None


def _without_caption_label(line: str) -> str:
    """Return a caption that is a sentence without its label; another line, such as a credit, as it is."""
    label = _CAPTION.match(line)
    if label is None:
        return line
    caption = _AGENCY_WITHIN.sub("", line[label.end() :]).strip()
    sentence = caption.endswith(_SENTENCE_END) and not caption[0].islower()
    return line[label.end() :] if sentence and describes(caption) else line
