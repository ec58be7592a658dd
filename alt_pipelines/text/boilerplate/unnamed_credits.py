"""Recognises credits of pictures and sources whose value is no name: an archive, an organiser, a press office.

    is_unnamed_credit("Foto: archiv spolku")                  ->  True
    is_unnamed_credit("Foto: a heron rises from the reeds")   ->  False: it describes the picture

The value begins with a small letter, is a few words long, does not begin with an article, as a description does, and
has a word for where pictures come from.
Out of scope: credits with names, and labels in scripts without capital letters (``credit_lines``).
"""

import re
import unicodedata
from collections.abc import Sequence

from alt_pipelines.text.stopwords import word_set

_PHOTO = (
    r"(?:[^\W\d_]{0,10}foto(?:s|k)?|photos?|photographs?|foto['’]s|fotók?|fotk[ay]|fotografi(?:e|as|j[ae]|es|jos)"
    r"|fotografía|kuvat?|bilder|zdjęci[ae]|nuotraukos?|attēl[si]|snímk[ay]|fényképek|myndir|ljósmyndir|снимк[аи]"
    r"|світлин[аи]|фото(?:графи[яи])?|φωτογραφί(?:α|ες)|fotoğraf(?:lar)?)"
)
_CREDIT = r"(?: ?-?(?:credits?|courtesy|source|copyright|créditos?|nachweis|quelle|copyright))?"
_VALUE = r"([^.!?:;\"«»„“”()]{2,50})"
_UNNAMED = re.compile(
    unicodedata.normalize(
        "NFKC",
        rf"[(\[]?(?:(?:crédits?|créditos?|credit[io]) )?(?:{_PHOTO}{_CREDIT} ?[:©]|fot\.|zdj\.) ?{_VALUE}\.?[)\]]?",
    ),
    re.IGNORECASE,
)
# Vietnamese writes every syllable as a word; Chinese says in the value that somebody provided the picture.
_SYLLABLES = re.compile(unicodedata.normalize("NFKC", r"(?:hình )?ảnh ?: ?([^.!?:;\"“”]{2,50})"), re.IGNORECASE)
_PROVIDED = re.compile(
    r"[图圖]片?(?:[来來]源)? ?: ?[^。,、:;!?]{1,16}(?:提供|供[图圖]|[资資]料[图圖]?|[档檔]案[照图圖]?)"
)
_ARTICLES = word_set(
    "a an the ein eine einen der die das un une le la les una el los las um uma o os as il lo i gli een de het en ett"
)
# Where pictures come from: archives, organisers, press offices, what somebody has made available, open sources.
_PROVENANCE = re.compile(
    unicodedata.normalize(
        "NFKC",
        r"\b(?:\w{0,20}archi(?:v|ve|ves|vs|vo|vos|vio|ef|even|ví|vu|vum|vy|vbild(?:er)?|wum|wa|wów)"
        r"|archív(?:[uey]|um\w{0,4})?|arhiv\w{0,3}|arhīv\w{0,3}|arhiiv\w{0,3}|\w{0,20}arkiv(?:et|en)?|arkisto\w{0,3}"
        r"|archyv\w{0,3}|arxius?|arşiv\w{0,4}|архив(?:а|у|ом|е|ы|ов)?|архів\w{0,3}|αρχεί\w{1,3}|ljósmyndasafn|أرشيف\w{0,3}"
        r"|courtesy|cortesía|cortesia|gentileza|cedidas?|cedute|handout|screenshots?|zur verfügung gestellt"
        r"|veranstalter|organizátor\w{0,3}|organizatora|pressestelle|pressedienst|persdienst|presstjänst"
        r"|captura(?: d[eo])? (?:pantalla|vídeo|video|tela|ecrã)|capture d['’]écran"
        r"|zrzut ekranu|snímek obrazovky|reprodução|divulgação|reproducción|riproduzione"
        r"|redes socia(?:is|les)|social media|réseaux sociaux|соц(?:іальних |иальных )?(?:мереж|сет[еи]й)"
        r"|(?:открытых|відкритих) (?:источников|джерел)|скриншот|ufficio stampa|(?:gabinete|oficina) de prensa"
        r"|service (?:de )?presse|assessoria de imprensa|materiał[yów]{1,2} (?:prasow\w{1,3}|organizator\w{1,3})"
        r"|dokumen(?:tasi)?|istimewa|tư liệu|cung cấp|lưu trữ)\b",
    ),
    re.IGNORECASE,
)
# Those that also describe what a picture shows: they are all of the value.
_ALONE = word_set(
    "privat private privé privada privato privata prywatne soukromé súkromné press presse prensa imprensa stampa pers"
    " editorial redaktion redacción redação redazione redactie redakcja redakce редакция редакція organiser organizer"
)
# A field of a list of verdicts, as of a camera or a film: "Sound: full and warm".
_VERDICT = re.compile(r"[^\W\d_][^:\n]{0,20}: ?([^\W\d_])[^:]{0,50}")
_MOST_WORDS = 4
_MOST_SYLLABLES = 7
_BESIDE = 2  # lines on either side of a line, in which two others make a list


def is_unnamed_credit(line: str) -> bool:
    """Whether a line or sentence is a label of a picture and a short value that is no name."""
    found = _UNNAMED.fullmatch(line) or _SYLLABLES.fullmatch(line)
    if found is None:
        return _PROVIDED.fullmatch(line) is not None
    words: list[str] = found[1].split()
    most = _MOST_WORDS if found.re is _UNNAMED else _MOST_SYLLABLES
    if not 0 < len(words) <= most or not words[0][0].islower() or words[0].lower() in _ARTICLES:
        return False
    return found[1].strip().lower() in _ALONE or _PROVENANCE.search(found[1]) is not None


def is_among_verdicts(lines: Sequence[str], at: int) -> bool:
    """Whether two lines near this one are fields with a value in small letters too."""
    beside = [*lines[max(0, at - _BESIDE) : at], *lines[at + 1 : at + 1 + _BESIDE]]
    return len([1 for line in beside if (found := _VERDICT.fullmatch(line)) and found[1].islower()]) > 1
