"""Removes what a blog says below a post, in every language: who posted it when, its labels, how many comments it has.

    without_blog_footers([post, "Eingestellt von Uwe um 11:30 | Labels: Garten | Keine Kommentare:"])  ->  [post, ""]
    without_blog_footers([post, "Eingestellt von Uwe um 11:30", "Keine Kommentare:"])  ->  [post, "", ""]
    without_blog_footers([post, "Konzert um 20.00 | Eintritt: 12 Euro"])               ->  unchanged

The counter of comments is necessary, and among the last lines. It is a number or "no", a word for comments, and usually
a colon.
"""

import re
import unicodedata
from collections.abc import Sequence

_POSTING = (
    r"(?:re)?posted|published|eingestellt|gepostet|veröffentlicht|publicad[oa]|postado|publicat|postat|publié|posté"
    r"|pubblicato|postato|geplaatst|gepost|diposting|diposkan|diterbitkan|đăng|gönderen|yayınlayan|автор|опубликовано"
    r"|опубліковано|отправлено|autor|wysłane|opublikowane?|vystavil|přidal|publikováno|upplagd|inlagd|lagt|opslået"
    r"|slået|lähettänyt|bejegyezte|objavio|objavil|αναρτήθηκε|مرسلة|נכתב|פורסם|प्रस्तुतकर्ता|เขียนโดย|投稿者|작성자|发帖者"
    r"|張貼者|发布者|發佈者"
)
# A word of posting, a name and a clock time with the words that a blog has around them.
_POSTED = re.compile(
    unicodedata.normalize(
        "NFKC", rf"(?:{_POSTING})[ :][^|!?\n]{{2,70}}?[ :](?:\d{{1,2}}[:.]\d\d)(?!\d)(?: ?[ap]\.? ?m\b\.?)?"
    ),
    re.IGNORECASE,
)
_LABELS = re.compile(r"[^\W_][^|:.!?\n]{2,24} ?: ?[^|.!?:\n]{1,100}")
_COMMENTS = (
    r"comments?|comentarios?|comentários?|comentaris?|commentaires?|kommentare?n?|kommentarer|commenti?|commento|reacties?"
    r"|opmerkingen|kommenttia|kommentteja|komentarz[ey]?|komentář[eůi]?|komentára?|komentáre|comentarii|comentariu"
    r"|megjegyzés(?:ek)?|hozzászólás(?:ok)?|komentar[ai]?|komentarjev|коментара?|коментарі?в?|комментари[йяев]{1,2}"
    r"|σχόλι[αο]|yorum(?:lar)?|تعليق(?:ات)?|نظر(?:ات)?|תגובות|टिप्पणि?याँ?|टिप्पणी|nhận xét|bình luận|ความคิดเห็น"
    r"|コメント|댓글|[评評][论論]|留言"
)
_NONE = (
    r"no(?: hay| hi ha)?|ningún|sin|keine?|nenhum|sem|aucun|pas de|nessun|non ci sono|geen|inga|ingen|ei|brak|žádn[éý]"
    r"|žiadne|niciun|nu există|nincs(?:enek)?|nema|ni|няма|нет|немає|κανένα|δεν υπάρχουν|hiç|لا توجد|ليست هناك|بدون"
    r"|אין|कोई|tidak ada|belum ada|không có|ไม่มี|[没沒]有"
)
_LAST_NONE = r" (?:нет|немає|yok|없음|नहीं)| nào"
_COUNTER = re.compile(
    unicodedata.normalize(
        "NFKC",
        rf"(?:(?:\d{{1,5}}|{_NONE}) ?(?:件の|개의 |条)?(?:{_COMMENTS})(?:{_LAST_NONE})?"
        rf"|(?:{_COMMENTS})(?:{_LAST_NONE}))( ?:)?",
    ),
    re.IGNORECASE,
)
# What somebody says who is asked, more often than what a blog counts.
_REFUSAL = re.compile(
    r"(?:no comment|kein kommentar|sin comentarios?|geen commentaar|inga? kommentar(?:er)?) ?:", re.IGNORECASE
)
_LONGEST = 200
_LAST_LINES = 5


def without_blog_footers(lines: Sequence[str]) -> list[str]:
    """Return the same lines, "" for those of a footer. Linear time."""
    out = list(lines)
    for at in [at for at, line in enumerate(lines) if line][-_LAST_LINES:]:
        line = lines[at]
        if at == 0 or len(line) > _LONGEST or not _counts(line):
            continue
        out[at] = ""
        above = at - 1
        while above > 0 and len(lines[above]) <= _LONGEST and _LABELS.fullmatch(lines[above]):
            above -= 1
        if above > 0 and len(lines[above]) <= _LONGEST and _POSTED.fullmatch(lines[above]):
            out[above:at] = [""] * (at - above)
    return out


def _counts(line: str) -> bool:
    """Whether a line counts the comments of a post, alone or behind who posted it and its labels."""
    if (alone := _COUNTER.fullmatch(line)) is not None:
        return alone[1] is not None and not _REFUSAL.fullmatch(line)
    posted = _POSTED.match(line)
    if posted is None:
        return False
    parts = [part for part in (part.strip() for part in line[posted.end() :].split("|")) if part]
    counters = [part for part in parts if _COUNTER.fullmatch(part)]
    return bool(counters) and all(part in counters or _LABELS.fullmatch(part) for part in parts)
