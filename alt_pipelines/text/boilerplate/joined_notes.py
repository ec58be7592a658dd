"""Removes lines that join several notes: credits and appeals as sentences, or commands of a page in a row.

    without_joined_notes("", [text, "Quelle: Rathaus. Foto: privat. Unterstützt uns auf Patreon!"])   ->  [text, ""]
    without_joined_notes("", [text, "Refresh the page · Click here for alerts · Follow our profile"])  ->  [text, ""]
    without_joined_notes("", [text, "Source: city hall."])                                  ->  unchanged: one note

Every part of such a line is a note. A source that is no wire service is one only beside notes of other kinds, because
it may be part of what an article tells. Out of scope: each kind of note alone.
"""

import re
import unicodedata
from collections.abc import Sequence

from alt_pipelines.text.boilerplate.credit_lines import is_credit
from alt_pipelines.text.boilerplate.makers import is_site_note, makers_of, mentions
from alt_pipelines.text.boilerplate.services import NETWORK_NAMES
from alt_pipelines.text.boilerplate.unnamed_credits import is_unnamed_credit
from alt_pipelines.text.sentences import SENTENCE_ENDS, split_line

_SOURCE = re.compile(
    unicodedata.normalize(
        "NFKC",
        r"(?:sources?|quellen?|fuentes?|fontes?|fonti?|bron(?:nen)?|käll(?:a|or)|kilder?|lähde|lähteet|źródł[oa]|zdroje?"
        r"|forrás(?:ok)?|surs[ae]|източни(?:к|ци)|источники?|джерел[оа]|kaynak(?:lar)?|πηγ(?:ή|ές)|izvori?|viri?"
        r"|šaltinis|avots|allikas|heimild|المصدر|مصدر|منبع|מקור|स्रोत|सोर्स|sumber|nguồn) ?: ?[^:!?]{2,60}",
    ),
    re.IGNORECASE,
)
# What a page has that is followed.
_CHANNEL = (
    rf"[^|\n]{{0,40}}(?<![^\W\d_])(?:{'|'.join(sorted(NETWORK_NAMES))}|profile?s?|profil\w{{0,3}}|perfil|profilo|profiilia"
    r"|channels?|kanal\w{0,4}|kanał\w{0,2}|canal|canale|kanava\w{0,2}|pages?|pagin[ae]|página|seite|sid[ae]n?|stron\w{1,2}"
    r"|stránk\w{1,2}|accounts?|compte|cuenta|conta|konto|newsletter|канал\w{0,2}|профил[ьюя]|профіль|страниц\w|сторінк\w"
    r"|akun|kênh|trang)(?![^\W\d_]).*"
)
# What a page asks its reader to do, as its opening or, in languages with the verb last, its end.
_COMMANDS = [
    r"(?:refresh|reload|update) (?:the |this )?page|(?:click|tap|press) here\b.*"
    rf"|follow (?:us|(?:us|our)\b{_CHANNEL})",
    r"(?:diese |die )?seite (?:aktualisieren|neu laden)|(?:jetzt )?hier (?:klicken|tippen)\b.*"
    r"|klick(?:e|en sie|t)? hier\b.*"
    rf"|folg(?:e|t|en sie)? (?:uns|(?:uns|unser\w*)\b{_CHANNEL})",
    r"(?:actualiser|recharger|rafraîchir)(?: la| cette)? page|cliquez ici\b.*"
    rf"|suivez[- ](?:nous|(?:nous|notre|nos)\b{_CHANNEL})",
    r"(?:actualizar|recargar|actualiza|recarga)(?: la| esta)? página|(?:haz|haga) clic aquí\b.*"
    r"|(?:pincha|pulsa) aquí\b.*"
    rf"|síguenos(?:\b{_CHANNEL})?|sigue nuestr\w+\b{_CHANNEL}",
    r"(?:atualizar|recarregar|atualize|recarregue)(?: a| esta)? página|clique aqui\b.*"
    rf"|siga-nos(?:\b{_CHANNEL})?|siga (?:o |a )?noss\w*\b{_CHANNEL}",
    r"(?:aggiorna|ricarica)(?: la)? pagina|clicca qui\b.*"
    rf"|seguici(?:\b{_CHANNEL})?|segui (?:il nostro|la nostra|i nostri)\b{_CHANNEL}",
    r"(?:ververs|vernieuw|herlaad) (?:de |deze )?pagina|pagina (?:verversen|vernieuwen)|klik hier\b.*"
    rf"|volg (?:ons|(?:ons|onze)\b{_CHANNEL})",
    r"uppdatera sidan|klicka här\b.*|op+dater siden|klikk? her\b.*"
    rf"|(?:följ|følg) (?:oss?|(?:oss?|vår|vores)\b{_CHANNEL})",
    r"päivitä sivu|klikkaa tästä\b.*"
    rf"|seuraa meitä(?:\b{_CHANNEL})?",
    r"odśwież(?: stronę)?|kliknij (?:tutaj|tu)\b.*"
    rf"|(?:obserwuj|śledź) (?:nas|nas\w*\b{_CHANNEL})",
    r"(?:obnovit|aktualizovat|obnoviť) stránku|klikněte (?:zde|sem)\b.*"
    r"|kliknite (?:sem|tu)\b.*"
    rf"|sledujte (?:nás|n[aá][sš]\w*\b{_CHANNEL})",
    r"(?:обновить|обновите) страницу|нажмите (?:здесь|сюда)\b.*"
    rf"|подписывайтесь на (?:нас|наш?\w*\b{_CHANNEL})",
    r"(?:оновити|оновіть) сторінку|натисніть тут\b.*"
    rf"|підписуйтесь на (?:нас|наш?\w*\b{_CHANNEL})",
    r"sayfayı yenile(?:yin)?|.{0,40}\btıklayın(?:ız)?"
    r"|(?:.{0,30}(?<!\w))?(?:profilimizi|kanalımızı|sayfamızı|hesabımızı|bizi) takip edin",
    r"muat ulang(?: halaman)?|klik di sini\b.*"
    rf"|ikuti (?:kami(?:\b{_CHANNEL})?|akun kami\b.*)",
    r"tải lại trang|(?:nhấn|bấm) vào đây\b.*"
    rf"|theo dõi chúng tôi(?:\b{_CHANNEL})?",
    r"تحديث الصفحة|اضغط هنا.*|انقر هنا.*|تابعونا.*|تابع صفحتنا.*",
]
_COMMAND = re.compile(unicodedata.normalize("NFKC", rf"(?:{'|'.join(_COMMANDS)})"), re.IGNORECASE)
_ROW = re.compile(r" ?[|·•] ?")
_MOST_IN_COMMAND = 9  # words
_MOST_IN_LINK = 3  # words of a part that is no command, of which a row has fewer than commands
_MOST_IN_SOURCE = 6
_MOST_NAMED = 8  # lines of makers in a text; each is compared with all other lines
_LONGEST = 240


def without_joined_notes(title: str, lines: Sequence[str]) -> list[str]:
    """Return the same lines, "" for those that join notes. Linear time."""
    out = list(lines)
    named = 0  # lines whose makers were compared with the other lines
    for at, line in enumerate(lines):
        if not line or len(line) > _LONGEST or at == 0:
            continue
        if _is_row_of_commands(line):
            out[at] = ""
        elif ":" in line and named < _MOST_NAMED and (names := _makers_of_notes(line)) is not None:
            named += bool(names)
            if not names or not mentions(names, title, [*lines[:at], *lines[at + 1 :]]):
                out[at] = ""
    return out


def _makers_of_notes(line: str) -> list[str] | None:
    """Return the surnames that several notes in a line have after labels; None if one of its sentences is no note."""
    sentences = [sentence.strip() for sentence in split_line(line) if sentence.strip()]
    if len(sentences) < 2 or not any(":" in sentence for sentence in sentences):
        return None
    names: list[str] = []
    other = False  # whether one is neither a source nor a credit without a name, which an article may have too
    for sentence in sentences:
        bare = sentence.rstrip(".").strip()
        if _is_source(bare) or is_unnamed_credit(bare):
            continue
        other = True
        if is_credit(bare):
            continue
        if (made := makers_of(bare)) is not None:
            names += [name.split()[-1] for name in made]
        elif not is_site_note(sentence):
            return None
    return names if other else None


def _is_source(text: str) -> bool:
    return len(text.split()) <= _MOST_IN_SOURCE and _SOURCE.fullmatch(text) is not None


def _is_row_of_commands(line: str) -> bool:
    """Whether most parts of a row ask the reader to do something, and the others are at most a few words long."""
    parts = [part.strip(" .!") for part in _ROW.split(line)]
    if len(parts) < 2 or any(len(part.split()) > _MOST_IN_COMMAND or part.endswith(SENTENCE_ENDS) for part in parts):
        return False
    rest = [part for part in parts if not _COMMAND.fullmatch(part)]
    return 2 * len(rest) < len(parts) and all(len(part.split()) <= _MOST_IN_LINK for part in rest)
