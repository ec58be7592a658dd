r"""Removes what mail and press releases have around their text: signatures, keys, quotation headers, press contacts.

    without_armour("-----BEGIN PGP SIGNATURE-----\niQIz\n-----END PGP SIGNATURE-----")  ->  ""
    without_closings("", ["The owl is back.", "--", "Rosa"])  ->  ["The owl is back.", "", ""]

Out of scope: what was quoted below such a header, which is often what an answer is about.
"""

import re
from collections.abc import Sequence

from alt_pipelines.text.boilerplate.contacts import ADDRESS_OR_NUMBER, ENDS_SENTENCE, without_contacts
from alt_pipelines.text.boilerplate.greetings import FAREWELL
from alt_pipelines.text.boilerplate.service_words import REPORTED
from alt_pipelines.text.stopwords import NAME_PARTICLE

# Blocks of RFC 4880 and RFC 7468; of a signed message only the header, because the message is the text.
_KEY_FIELD = r"(?:Version|Comment|Hash|Charset|MessageID|Proc-Type|DEK-Info): [^\n]*"
_KEY_START = r"^[ \t]*+-----BEGIN (?!PGP SIGNED MESSAGE)([A-Z][A-Z0-9 ]{2,40})-----[ \t]*+$"
_ARMOUR = re.compile(
    rf"{_KEY_START}(?:\n[ \t]*+(?:{_KEY_FIELD}|[\w+/=]*+)[ \t]*+$)*+\n[ \t]*+-----END \1-----[ \t]*+$"
    # Without an end, a line of one word may be text.
    rf"|{_KEY_START.replace('([', '(?:[')}"
    rf"(?:\n[ \t]*+(?:{_KEY_FIELD}|[\w+/=]{{40,}}|(?=[A-Za-z]*[\d+/=])[\w+/=]++|)[ \t]*+$)*+"
    r"|^[ \t]*+-----BEGIN PGP SIGNED MESSAGE-----[ \t]*+$\s*+(?:Hash: [\w, -]{2,40}\n)?",
    re.MULTILINE,
)
_WROTE = (
    r"wrote|schrieb|a écrit|escribió|escreveu|ha scritto|schreef|skrev|napisał(?:\(a\)|a)?|пишет|написал\(?а?\)?"
    r"|şunu yazdı"
)
# "On Tue, 4 Feb 2025 at 09:12, Marcus Teal <m@mail.example> wrote:", which mail programs wrap.
# What a diary or a speech is quoted with has no clock time and no address, or more words before its colon, and no marks
# before its lines.
_QUOTED_FROM = re.compile(
    r"^(?:> ?){0,9}(?:On|Am|Le|El|Em|Il(?: giorno)?|Op|Den|W dniu|Dnia)\b(?=[^\n]{0,40}\d)"
    r"(?![^\n]{0,60}\b1(?:[0-8]\d\d|9[0-8]\d)\b)"
    r"(?=[^\n]{0,140}(?:\n[^\n]{0,80})?"
    r"(?:\b\d{1,2}[:h]\d{2}\b|\bkl(?:o|\.)? ?\d{1,2}\.\d{2}\b|[^\s@]@\w|:\s*+>))"
    rf"[^\n]{{6,140}}(?:\n[^\n]{{0,80}})?\b(?:{_WROTE})"
    rf"(?:[^\S\n](?:[A-ZÀ-ÞĀ-ŽА-ЯЁЄІЇ][\w.'’-]{{0,30}}|{NAME_PARTICLE})){{0,5}}"
    r"(?:\s?<[^<>\n:]{3,60}>)?[^\S\n]?:[ \t]*+$",
    re.MULTILINE,
)
_DEVICE = (
    r"(?:(?:samsung|galaxy|huawei|xiaomi|pixel|nokia|oneplus|motorola|sony|xperia|apple|google|yahoo|mail|gmail|outlook"
    r"|proton ?mail|thunderbird|blackberry|windows|android|ios|iphone|ipad|ipod|macbook|mac|tablet|handy|smartphone"
    r"|mobile|phone|cellphone|mobiltelefon|telefon|téléphone|teléfono|celular|telefoon|телефон|айфон"
    r"|スマートフォン|手机|手機)(?:['’]?(?:stani|[uüıi]mdan|om|em|u|a|а|ом|у))?)"
)
_MORE_DEVICE = rf"(?:(?:for|für|pour|para|per|voor|för|dla|для) )?(?:{_DEVICE}|[a-z]?\d{{1,4}}\w?|pro|plus|ultra)"
_DEVICES = rf"{_DEVICE}(?: {_MORE_DEVICE}){{0,4}}"
_SENT_FROM = re.compile(
    rf"(?:(?:sent|send) (?:from|using|with|via)(?: my| the)?|get(?= outlook)|gesendet (?:von|mit)(?: meinem)?"
    r"|envoyé (?:de|depuis|à partir de)(?: mon| ma| l['’])?|enviado (?:desde|do|a partir do|de)(?: mi| meu)?"
    r"|inviato da(?:l mio)?|(?:verzonden|verstuurd) vanaf mijn|skickat från min|sendt fra min|lähetetty"
    r"|wysłan[eo] z(?: mojego)?|odesláno z|отправлено (?:с|из)(?: моего)?|надіслано (?:з|із)(?: мого)?|发自我的"
    rf") ?{_DEVICES}|von meinem {_DEVICES} gesendet|{_DEVICE} gönderildi|{_DEVICE} ?から送信"
    rf"|從我的 ?{_DEVICE} ?傳送|나의 {_DEVICE}에서 보냄",
    re.IGNORECASE,
)
_SIGNATURE = "--"  # the line before a signature (RFC 3676)
_RULE = re.compile(r"([_=*~─━═―-])\1{9,}")  # the line before the footer of a mailing list, or around an imprint
_EVENT = re.compile("日[時程]|会[場期]|場所|とき|ところ|開催|일시|장소|[时時][间間] ?:|地[点點] ?:")
_LONGEST_SIGNED = 100  # characters of a line of a signature
_MOST_SIGNED = 10  # lines of a signature with the note of a mailing list
_MOST_AFTER_FAREWELL = 4
_WHEN = (
    r"(?:\d{1,4}(?:[.:/-]\d{1,4}){0,2}(?:st|nd|rd|th)?|[ap]\.?m|gmt|utc|[cew]?es?t|[cmp][sd]t|bst|hours?|hrs|uhr"
    r"|on|at|um"
    r"|noon|midnight|release|publication|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams"
    r"|sonn)tag|mittwoch|jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|ma[yi]|june?|juni|july?|juli"
    r"|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)(?!\w)"
)
# Lines of a press release that say how it may be used.
_RELEASE = re.compile(
    r"(?:for immediate release|press release|news release|pressemitteilung|medienmitteilung"
    r"|zur sofortigen veröffentlichung|communiqué de presse|pour diffusion immédiate|nota de prensa"
    r"|comunicado de prensa|(?:para )?su difusión inmediata|para (?:su )?(?:difusión|publicación) inmediata"
    r"|comunicado (?:à|de) imprensa|comunicato stampa|persbericht|pressmeddelande|pressemeddelelse|pressemelding"
    r"|informacja prasowa|tisková zpráva|пресс-релиз|прес-реліз|basın bülteni|δελτίο τύπου)[ :.]*"
    rf"|(?:embargoed (?:until|for)|sperrfrist) ?:?(?=[^\n]*\d)(?:[ ,.]{{0,3}}{_WHEN}){{2,14}}[.]?"
    r"|(?-i:SOURCE) [\w .,&-]{2,40}",
    re.IGNORECASE,
)
_FORWARD_LOOKING = re.compile(
    r"(?:cautionary (?:note|statement)|safe harbou?r|note|disclaimer)?[\w ]{0,20}forward[- ]looking (?:statements?"
    r"|information)\W{0,2}"
    r"|zukunftsgerichtete aussagen\W?|déclarations prospectives\W?|declaraciones prospectivas\W?",
    re.IGNORECASE,
)
# A release that says so of itself in the first words of a line.
_OWN_FORWARD_LOOKING = re.compile(
    r"(?:(?:cautionary (?:note|statement)|safe harbou?r|forward[- ]looking (?:statements?"
    r"|information))[^.]{0,60}[.:–-] ?)?"
    r"(?:(?:certain|some|the|all) (?:of the )?(?:statements|information|matters)[^.]{0,60} (?:in|of) )?"
    r"(?:this|the present) (?:press release|news release|release|announcement|communication|document|presentation"
    r"|communiqué|media release|report)\b[^.]{0,160}\bforward[- ]looking (?:statements?|information)\b"
    r"|diese (?:presse|medien|unternehmens)?mitteilung\b[^.]{0,80}\bzukunftsgerichtete\w? (?:aussagen|informationen)\b"
    r"|(?:le présent|ce) communiqué\b[^.]{0,80}\b(?:déclarations|informations|énoncés) prospecti(?:ves|fs)\b"
    r"|(?:este|el presente) comunicado\b[^.]{0,80}\b(?:declaraciones prospectivas|proyecciones"
    r"|manifestaciones de futuro"
    r"|declaraciones a futuro)\b|(?:este|o presente) comunicado\b[^.]{0,80}\b(?:declarações|afirmações) prospetivas\b"
    r"|(?:il presente|questo) comunicato\b[^.]{0,80}\bdichiarazioni (?:previsionali|prospettiche)\b"
    r"|dit persbericht\b[^.]{0,80}\btoekomstgerichte\b|(?:本|この)(?:プレスリリース|リリース|資料"
    r"|発表)[^。]{0,40}将来の?(?:見通し|予測)"
    r"|本(?:新[闻聞]稿|公告)[^。]{0,30}前[瞻]性[陈陳声聲]",
    re.IGNORECASE,
)
# What such a note says of its own text, unlike an article about one.
_SAYS_OF_ITSELF = re.compile(
    r"\b(?:this|these|certain|any|the|our)\b[^.]{0,80}\b(?:statements|release|announcement|communication|document)\b"
    r"|\b(?:diese|dieser)\b[^.]{0,40}\b(?:aussagen|mitteilung|meldung)\b|\b(?:le présent|ce) communiqué\b"
    r"|\b(?:este|el presente) comunicado\b",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"(legal notice|confidentiality notice|haftungsausschluss|avertissement(?: légal)?|aviso (?:legal"
    r"|de confidencialidad)"
    r"|exención de responsabilidad|isenção de responsabilidade|avviso legale|zastrzeżenie|отказ от ответственности"
    r"|дисклеймер|yasal uyarı|إخلاء (?:مسؤولية|المسؤولية)|سلب مسئولیت|डिस्क्लेमर|अस्वीकरण|sanggahan|penafian"
    r"|tuyên bố miễn trừ(?: trách nhiệm)?|disclaimer(?: \w+)?(?= ?[:–-][^\n]*\b(?:this (?:article|text|post|message"
    r"|e-?mail|content|site|website|information|publication|newsletter|video|story|report)|we|our|my|views|opinions"
    r"|advice|liab\w+|informati\w+|dit|deze|artikel|questo|este|esta)\b)) ?[:–-] ?\S",
    re.IGNORECASE,
)
_LAST_LEGAL = 4  # lines at the end among which a legal notice stands
# What a post says first about its contents: "CW: food, eye contact".
_TOPIC = (
    r"(?:food|alcohol|drugs?|smoke|blood|gore|injur(?:y|ies)|death|dying|violence|(?:sexual |child |animal )?abuse"
    r"|suicide|self[ -]harm|eye contact|nudity|nsfw|sex|rape|war|guns?|politics|u[sk]pol|covid|spoilers?|insects?"
    r"|spiders?|snakes?|needles|medical|mental health|illness|weight|racism|transphobia|homophobia|gewalt|tod|essen"
    r"|alkohol|blut|suizid|krieg|politik|mort|sang|guerre|violencia|muerte|sangre|suicidio|violência|morte|violenza)"
)
_TOPICS = (
    rf"{_TOPIC}(?: (?:pics?|photos?|mentions?|mentioned))?(?:(?:, ?| and | und | et | y | e ){_TOPIC}"
    r"(?: (?:pics?|photos?|mentions?|mentioned))?){0,6}"
)
_WARNING = re.compile(
    r"(?:cw|tw|cw ?/ ?tw|tw ?/ ?cw|content (?:warning|note)|trigger warning|(?:trigger|inhalts)warnung"
    rf"|avertissement de contenu|aviso de contenido|aviso de conteúdo|avviso sui contenuti) ?[:|] ?{_TOPICS}[.!]?",
    re.IGNORECASE,
)
_SHORT = 70


def without_armour(text: str) -> str:
    """Remove keys, signatures and headers of quotations from a text whose lines are still those of the source."""
    if "-----BEGIN " in text:
        text = _ARMOUR.sub("\n", text)
    return _QUOTED_FROM.sub("", text) if ":\n" in text or text.endswith(":") or ": \n" in text else text


def without_closings(title: str, lines: Sequence[str]) -> list[str]:
    """Return the same lines, "" for those of signatures, press contacts, disclaimers and warnings."""
    out = list(lines)
    end = len(out)
    for at in range(max(1, end - _MOST_SIGNED - 1), end):
        if _signs(out, at):
            out[at:] = [""] * (end - at)
            break
    for at, line in enumerate(out):
        if at > 0 and len(line) <= _SHORT and _is_sent_from(line):
            out[at] = ""
        if at > 0 and line and _OWN_FORWARD_LOOKING.match(line, 0, 4 * _SHORT):
            out[at] = ""
        if len(line) > 4 * _SHORT or not out[at]:
            continue
        if at > 0 and at >= end - _LAST_LEGAL and _is_legal(title, lines, at):
            out[at] = ""
        elif len(line) <= _SHORT:
            if _RELEASE.fullmatch(line) or _WARNING.fullmatch(line):
                out[at] = ""
            elif at > 0 and _FORWARD_LOOKING.fullmatch(line) and _SAYS_OF_ITSELF.search("".join(out[at + 1 : at + 2])):
                out[at : at + 2] = ["", ""]
    return without_contacts(out)


def _signs(lines: Sequence[str], at: int) -> bool:
    """Whether a signature starts at this line: it opens like one, and the lines below are short and no sentences."""
    line, below = lines[at], lines[at + 1 :]
    if len(line) > _SHORT:
        return False
    if line == _SIGNATURE:
        longest = _LONGEST_SIGNED if lines.count(_SIGNATURE) == 1 else 0
    elif _opens_imprint(line, below) or _is_sent_from(line):
        longest = _LONGEST_SIGNED
    elif at >= len(lines) - _MOST_AFTER_FAREWELL and FAREWELL.fullmatch(line):
        longest = _SHORT
    else:
        return False
    return longest > 0 and all(len(later) <= longest and not ENDS_SENTENCE.search(later) for later in below)


def _opens_imprint(line: str, below: Sequence[str]) -> bool:
    """Whether a line is a rule above an address or number, of underscores or one of two around an imprint."""
    if _RULE.fullmatch(line) is None or not any(map(ADDRESS_OR_NUMBER.search, below)):
        return False
    return line[0] == "_" or (below[-1] == line and not any(map(_EVENT.search, below)))


def _is_sent_from(line: str) -> bool:
    """Whether a line, also one of a quotation, is what a device adds to a mail."""
    return _SENT_FROM.fullmatch(line.strip(" .>")) is not None


def _is_legal(title: str, lines: Sequence[str], at: int) -> bool:
    """Whether a line is a legal notice in an article that does not mention such notices elsewhere.

    A line that tells what somebody said of a notice is part of the article.
    """
    notice = _LEGAL.match(lines[at])
    if notice is None:
        return False
    word = notice[1].split()[0].lower()
    if word != "disclaimer" and REPORTED.search(lines[at]):
        return False  # the pattern demands of a disclaimer that it speaks of itself
    return not any(word in other.lower() for other in (title, *lines[:at], *lines[at + 1 :]))
