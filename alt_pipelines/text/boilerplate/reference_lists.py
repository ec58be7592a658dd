"""Removes references of science texts from lines: the list at an article's end, and the line that names its source.

    without_reference_lists([article, "References", "1. Osei A, Lind B. Nature 2024;12:3-9."])  ->  [article, "", ""]
    without_reference_lists([article, "Osei A et al., Nature 2024"])                            ->  [article, ""]
    without_reference_lists([article, "References to the bridge are old."])                     ->  unchanged

A line is a reference by its form: authors with initials, a year, and a volume, pages or an identifier.
Out of scope: citations within sentences (``text.references``).
"""

import re
import unicodedata
from collections.abc import Sequence

_HEADING = re.compile(
    unicodedata.normalize(
        "NFKC",
        r"[■◆●▼▪【\[# ]{0,3}(?:references?|bibliography|works cited|literature(?: cited)?|further reading"
        r"|sources|citations"
        r"|quellen(?:verzeichnis|angaben)?|literatur(?:verzeichnis|hinweise)?|einzelnachweise"
        r"|références(?: bibliographiques)?"
        r"|bibliographie|referencias(?: bibliográficas)?|bibliografía|fuentes|referências(?: bibliográficas)?|fontes"
        r"|riferimenti(?: bibliografici)?|bibliografia|fonti|bronnen|literatuur(?:lijst)?|referenser|källor|referencer"
        r"|kilder|referanser|lähteet|viitteet|piśmiennictwo|źródła|literatura|použitá literatura|zdroje"
        r"|irodalom(?:jegyzék)?|források|referințe|bibliografie|източници|литература|источники|список литературы"
        r"|(?:використані )?джерела|література|kaynak(?:lar|ça)|αναφορές|βιβλιογραφία|المراجع|المصادر|منابع"
        r"|מקורות|संदर्भ"
        r"|daftar pustaka|referensi|tài liệu tham khảo|(?:เอกสาร)?อ้างอิง"
        r"|(?:参考|引用)(?:文献|资料|資料)?|參考(?:文獻|資料)"
        r"|引用文獻|参照文献|文献|참고 ?(?:문헌|자료))[】\]]? ?:?",
    ),
    re.IGNORECASE,
)
_NUMBER = r"(?:\[\d{1,3}\] ?|\d{1,3}[.)] ?|[•*·-] )?"
_AUTHOR = (
    r"[A-ZÀ-ÞĀ-Ž][^\W\d_]{1,24}(?:[-'’ ][A-ZÀ-ÞĀ-Ž][^\W\d_]{1,24})?(?: [A-Z]{1,3}(?![a-z])|, ?(?:[A-Z]\.[ -]?){1,3})"
)
_AUTHORS = rf"{_AUTHOR}(?:(?:, ?| ?& ?|, (?:&|and|und|et|y|e) | and | und | et ){_AUTHOR}){{0,12}}"
_OTHERS = r"(?:,? (?:et\.? al\.?|u\. ?a\.|y cols\.|и др\.))"
# After the authors and the year comes a title, which begins with a capital. A lower-case word goes on with a sentence.
_TITLE = r"(?![\s.,:;()\[\]–-]{0,4}(?:(?:1[89]|20)\d\d[a-z]?\b[\s.,:;()\[\]–-]{0,4})?(?-i:[a-zß-öø-ÿа-яё]))"
_BY_AUTHORS = re.compile(rf"{_NUMBER}(?>{_AUTHORS}{_OTHERS}?)(?:[.,:;(]|$| \(){_TITLE}")
_BY_OTHERS = re.compile(rf"{_NUMBER}{_AUTHORS}{_OTHERS}{_TITLE}")
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
# A volume with its pages, or an identifier. "6-4, 7-6" and "7-6 (5)" are scores, and "120 (98)" is one of cricket.
_VOLUME = (
    r"(?<![-–\d])\d{1,4} ?\(\d{1,4}\) ?[:,] ?[a-z]?\d|;\d{1,4} ?: ?[a-z]?\d"
    r"|\d{1,4} ?[:,] ?(?:pp?\. ?)?[a-z]?(?:\d{3,6} ?[-–] ?[a-z]?\d{1,6}|\d{1,6} ?[-–] ?[a-z]?\d{3,6})"
    r"|\bvol\. ?\d|\b10\.\d{4,9}/|\bdoi\b|\bPMC?ID\b|\barXiv\b|第?\d{1,4}[巻卷]|\d{1,4}[号期]"
)
_CITED = re.compile(_VOLUME, re.IGNORECASE)
_PLACE = re.compile(rf"{_VOLUME}|\bpp?\. ?\d|https?://", re.IGNORECASE)
_LABEL = re.compile(
    unicodedata.normalize(
        "NFKC",
        r"(?:(?:journal )?references?|citation|original (?:publication|paper|article|study|source)|source|study|paper"
        r"|publication|more information|originalpublikation|publikation|quelle|référence|étude|publication originale"
        r"|referencia|estudio|fuente|referência|riferimento|studio|bron|źródło|источник|原著論文|論文(?:情報|出處)?|掲載(?:誌|論文)"
        r"|出典|원문|논문) ?: ",
    ),
    re.IGNORECASE,
)
_LONGEST = 400


def without_reference_lists(lines: Sequence[str]) -> list[str]:
    """Return the same lines, "" for references, and for the heading above them. Linear time."""
    out = list(lines)
    for at in range(1, len(out)):
        if not out[at] or len(out[at]) > _LONGEST:
            continue
        if _is_reference(out[at]):
            out[at] = ""
        elif _HEADING.fullmatch(out[at]):
            end = at + 1
            while end < len(out) and _may_be_listed(out[end]):
                end += 1
            if _is_list(out[at + 1 : end]):
                out[at:end] = [""] * (end - at)
    return out


def _is_reference(line: str) -> bool:
    """Whether a line has the authors, the year, and where it was published; or a label and one of these."""
    label = _LABEL.match(line)
    rest = line[label.end() :] if label else line
    if _YEAR.search(rest) is None:
        return False
    if _BY_OTHERS.match(rest) and (label or len(rest) <= _LONGEST // 2):
        return True
    return _BY_AUTHORS.match(rest) is not None and _PLACE.search(rest) is not None


def _is_list(lines: Sequence[str]) -> bool:
    """Whether two of the lines below a heading, or all, are references beyond doubt."""
    sure = sum(_CITED.search(line) is not None or _is_reference(line) for line in lines)
    return sure > 0 and sure >= min(2, len(lines))


def _may_be_listed(line: str) -> bool:
    """Whether a line below the heading of a list is one of its references."""
    if not line or len(line) > _LONGEST:
        return False
    return _YEAR.search(line) is not None and (_PLACE.search(line) is not None or _BY_AUTHORS.match(line) is not None)
