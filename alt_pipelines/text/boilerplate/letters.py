r"""Removes what mail and press releases have around their text: signatures, keys, quotation headers, press contacts.

    without_armour("-----BEGIN PGP SIGNATURE-----\niQIz\n-----END PGP SIGNATURE-----")  ->  ""
    without_closings(["The owl is back.", "--", "Rosa"])  ->  ["The owl is back.", "", ""]

Out of scope: what was quoted below such a header, which is often what an answer is about.
"""

import re
from collections.abc import Sequence

# Blocks of RFC 4880 and RFC 7468; of a signed message only the header, because the message is the text.
_ARMOUR = re.compile(
    r"-----BEGIN (?!PGP SIGNED MESSAGE)([A-Z][A-Z0-9 ]{2,40})-----[^-]*(?:-(?!----)[^-]*)*(?:-----END \1-----|\Z)"
    r"|-----BEGIN PGP SIGNED MESSAGE-----\s*(?:Hash: [\w, -]{2,40}\n)?"
)
_WROTE = (
    r"wrote|schrieb|a écrit|escribió|escreveu|ha scritto|schreef|skrev|napisał(?:\(a\)|a)?|пишет|написал\(?а?\)?"
    r"|şunu yazdı"
)
# "On Tue, 4 Feb 2025 at 09:12, Marcus Teal <m@mail.example> wrote:", which mail programs wrap.
_QUOTED_FROM = re.compile(
    rf"^(?:On|Am|Le|El|Em|Il(?: giorno)?|Op|Den|W dniu|Dnia)\b(?=[^\n]{{0,40}}\d)[^\n]{{6,140}}"
    rf"(?:\n[^\n]{{0,80}})?\b(?:{_WROTE})\b[^\n:]{{0,60}}(?:\n<[^\n:]{{3,60}})?:[ \t]*$",
    re.MULTILINE,
)
_SENT_FROM = re.compile(
    r"(?:sent|get outlook|send) (?:from|for|using|with|via) (?:my |the )?\w|(?:von meinem \w+ gesendet"
    r"|gesendet (?:von|mit) )"
    r"|envoyé (?:de|depuis|à partir de) (?:mon|ma|l)\b|enviado (?:desde|do|a partir do|de) (?:mi|meu)\b"
    r"|inviato da(?:l mio| )\w|verzonden vanaf mijn|verstuurd vanaf mijn|skickat från min|sendt fra min"
    r"|lähetetty \w+stani"
    r"|wysłan[eo] z (?:mojego )?\w|odesláno z|отправлено (?:с|из) \w|надіслано (?:з|із) \w|\w+'?[uüıi]mdan gönderildi"
    r"|iphoneから送信|\w+から送信|发自我的|從我的 ?\w+ ?傳送|나의 \w+에서 보냄",
    re.IGNORECASE,
)
_SIGNATURE = "--"  # the line before a signature (RFC 3676)
_FAREWELL = re.compile(
    r"(?:(?:kind|best|warm|with kind|many) )*(?:regards|wishes|thanks)|cheers|yours(?: \w+)?|sincerely(?: yours)?|best"
    r"|(?:mit )?(?:freundlichen|besten|herzlichen|lieben|viele|liebe|beste) grüßen?|(?:bien )?cordialement|bien à vous"
    r"|(?:un )?(?:cordial saludo|saludos(?: cordiales)?|abrazo)|atentamente|atenciosamente|(?:um )?abraços?"
    r"|(?:cordiali|distinti) saluti|met vriendelijke groet(?:en)?|(?:med )?vänliga? hälsningar|mvh"
    r"|(?:med )?venlig hilsen"
    r"|z poważaniem|pozdrawiam(?:y)?|s pozdravem|с уважением|з повагою|saygılarımızla|saygılarımla|敬具|此致",
    re.IGNORECASE,
)
_LONGEST_SIGNED = 100  # characters of a line of a signature
_MOST_SIGNED = 10  # lines of a signature with the note of a mailing list
_MOST_AFTER_FAREWELL = 4
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
# Lines of a press release that say how it may be used.
_RELEASE = re.compile(
    r"(?:for immediate release|embargoed (?:until|for)\b.*|press release|news release|pressemitteilung|medienmitteilung"
    r"|sperrfrist ?:.*|zur sofortigen veröffentlichung|communiqué de presse|pour diffusion immédiate|nota de prensa"
    r"|comunicado de prensa|(?:para )?su difusión inmediata|para (?:su )?(?:difusión|publicación) inmediata"
    r"|comunicado (?:à|de) imprensa|comunicato stampa|persbericht|pressmeddelande|pressemeddelelse|pressemelding"
    r"|informacja prasowa|tisková zpráva|пресс-релиз|прес-реліз|basın bülteni|δελτίο τύπου)[ :.]*"
    r"|(?-i:SOURCE) [\w .,&-]{2,40}",
    re.IGNORECASE,
)
_FORWARD_LOOKING = re.compile(
    r"(?:cautionary (?:note|statement)|safe harbou?r|note|disclaimer)?[\w ]{0,20}forward[- ]looking (?:statements?"
    r"|information)\W{0,2}"
    r"|zukunftsgerichtete aussagen\W?|déclarations prospectives\W?|declaraciones prospectivas\W?",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"(?:disclaimer|legal notice|confidentiality notice|haftungsausschluss|avertissement(?: légal)?|aviso (?:legal"
    r"|de confidencialidad)"
    r"|exención de responsabilidad|isenção de responsabilidade|avviso legale|disclaimer ?\w*|zastrzeżenie"
    r"|отказ от ответственности"
    r"|дисклеймер|yasal uyarı|إخلاء (?:مسؤولية|المسؤولية)|سلب مسئولیت|डिस्क्लेमर|अस्वीकरण|sanggahan|penafian"
    r"|tuyên bố miễn trừ(?: trách nhiệm)?) ?[:–-] ?\S",
    re.IGNORECASE,
)
# What a post says first about its contents: "CW: food, eye contact".
_WARNING = re.compile(
    r"(?:cw|tw|content (?:warning|note)|trigger warning|(?:trigger|inhalts)warnung|avertissement de contenu"
    r"|aviso de contenido|aviso de conteúdo|avviso sui contenuti) ?[:/|] ?\S",
    re.IGNORECASE,
)
_SHORT = 70


def without_armour(text: str) -> str:
    """Remove keys, signatures and headers of quotations from a text whose lines are still those of the source."""
    if "-----BEGIN " in text:
        text = _ARMOUR.sub("\n", text)
    return _QUOTED_FROM.sub("", text) if ":\n" in text or text.endswith(":") or ": \n" in text else text


def without_closings(lines: Sequence[str]) -> list[str]:
    """Return the same lines, "" for those of signatures, press contacts, disclaimers and warnings."""
    out = list(lines)
    end = len(out)
    for at in range(max(1, end - _MOST_SIGNED - 1), end):
        if _signs(out, at):
            out[at:] = [""] * (end - at)
            break
    for at, line in enumerate(out):
        if len(line) > 4 * _SHORT or not line:
            continue
        if at > 0 and _LEGAL.match(line):
            out[at] = ""
        elif len(line) <= _SHORT:
            if _RELEASE.fullmatch(line) or (at < 2 and _WARNING.match(line)):
                out[at] = ""
            elif at > 0 and _FORWARD_LOOKING.fullmatch(line):
                out[at : at + 2] = [""] * len(out[at : at + 2])
        if at > 0 and out[at] and _PRESS_LABEL.match(line, 0, _SHORT):
            _drop_contact(out, at)
    return out


def _signs(lines: Sequence[str], at: int) -> bool:
    """Whether a signature begins with a line: all lines from there on are short, and it opens like one."""
    line = lines[at]
    if len(line) > _SHORT:
        return False
    if _SENT_FROM.match(line):
        return all(len(later) <= _LONGEST_SIGNED for later in lines[at:])
    if line == _SIGNATURE:
        return all(len(later) <= _LONGEST_SIGNED for later in lines[at:])
    if at >= len(lines) - _MOST_AFTER_FAREWELL and _FAREWELL.fullmatch(line.rstrip(" ,.!-–")):
        return all(len(later) <= _SHORT for later in lines[at:])
    return False


def _drop_contact(lines: list[str], at: int) -> None:
    """Empty a label of a press contact and the lines below it that are names, numbers and addresses."""
    label = _PRESS_LABEL.match(lines[at])
    rest = lines[at][label.end() :] if label else ""
    if rest.strip(" :") and not re.match(r" ?[:–-]", rest):
        return  # "Press office staff went on strike": a sentence
    lines[at] = ""
    for below in range(at + 1, min(len(lines), at + 6)):
        if len(lines[below]) > _SHORT or lines[below].endswith((".", "!", "?")):
            return
        lines[below] = ""
