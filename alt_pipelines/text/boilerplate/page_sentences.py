"""Removes whole sentences that a page says of itself: its writers, embedded posts, appeals, numbers of files.

    without_page_sentences("The weir held. Today's writers were Ada Roe and Jo Lunt.")  ->  "The weir held."
    without_page_sentences("Een bericht gedeeld door De Molen (@demolen)")              ->  ""
    without_page_sentences("A post shared by the mayor drew criticism.")                ->  unchanged

A sentence goes only if all of it has such a form. Out of scope: lists below a heading (``listed_notes``).
"""

import re
import unicodedata

from alt_pipelines.text.scripts import CAPITAL, HAN
from alt_pipelines.text.sentences import split_line
from alt_pipelines.text.stopwords import NAME_PARTICLE

_PART = rf"[{CAPITAL}][\w.'’-]{{0,24}}"
NAME = rf"{_PART}(?: (?:{NAME_PARTICLE})){{0,2}}(?: {_PART}){{1,3}}"
_AND = r"(?:,? (?:and|&|und|et|y|e|en|och|og|i|и) |, )"
NAMES = rf"{NAME}(?:{_AND}{NAME}){{0,4}}"
_HANDLE = r"\(@?[\w.]{0,40}\)"
_NETWORK = "Instagram|Threads|Facebook|TikTok|Twitter|Bluesky|Mastodon|YouTube|Telegram|X"
_VIEW = (
    r"(?:(?:view|see) this (?:post|profile|video|photo|thread) on|voir cette publication sur"
    r"|afficher cette publication sur|ver esta publicación en|(?:ver|veja) (?:esta|essa) (?:publicação|foto) no"
    r"|visualizza questo post su|(?:bekijk )?dit bericht (?:bekijken )?op|visa (?:det här )?inlägget? på"
    r"|(?:se|vis) (?:dette )?(?:opslag(?:et)?|innlegg(?:et)?) på|wyświetl ten post na|zobrazit (?:tento )?příspěvek na"
    r"|zobraziť (?:tento )?príspevok na|vezi această postare pe|посмотреть эту публикацию в|переглянути цей допис [ву]"
    r"|lihat (?:postingan|kiriman) ini di|xem bài viết này trên|عرض هذا المنشور على|sieh dir diesen beitrag auf"
    rf"|diesen beitrag auf) (?:{_NETWORK}|إنستغرام|انستغرام|انستجرام)\w{{0,3}}(?: an| ansehen| anzeigen| bekijken)?"
    rf"|bu gönderiyi (?:{_NETWORK})['’]\w{{2,3}} gör|この投稿を(?:{_NETWORK})で見る|(?:{_NETWORK})에서 이 게시물 보기"
    rf"|在 ?(?:{_NETWORK}) ?(?:上)?[查检檢]看(?:这篇帖子|這則貼文)"
)
_SHARED_BY = (
    r"(?:(?:a post|a reel|a thread|a photo posted|a video posted) (?:shared )?by|ein beitrag geteilt von"
    r"|une publication partagée par|una publicación compartida (?:por|de)"
    r"|uma publicação (?:com)?part[ia]lhada por|um post compartilhado por|un post condiviso da"
    r"|een bericht gedeeld door|ett inlägg delat av|et opslag delt af|et innlegg delt av|post udostępniony przez"
    r"|příspěvek sdílený|o postare distribuită de|публикация от|sebuah kiriman dibagikan oleh"
    r"|تمت مشاركة منشور بواسطة)"
)
_SHARED = re.compile(
    unicodedata.normalize(
        "NFKC",
        rf"(?i:{_VIEW})\.?"
        rf"|(?i:{_SHARED_BY}) (?:[^()\n.]{{1,60}} ?{_HANDLE}|{_PART}(?: (?:{_PART}|{NAME_PARTICLE})){{0,4}})"
        rf"|[^()\n]{{1,60}} ?{_HANDLE} ?(?:['’]\w{{2,3}} paylaştığı bir gönderi|がシェアした投稿"
        r"|님의 공유 게시물|님이 공유한 게시물"
        r"|分享的(?:帖子|[贴貼]文)|által megosztott bejegyzés)",
    )
)
# Who made the page itself: "Today's writers were ...", "Dieser Newsletter wurde von ... geschrieben."
_WRITERS = re.compile(
    r"(?:(?i:today|tonight|this (?:morning|afternoon|evening))['’]s (?:writers?|reporters?|bloggers?|editors?)"
    rf" (?:was|were|is|are) {NAMES}"
    r"|(?:(?i:this|today['’]s) (?:live ?blog|newsletter|article|briefing)"
    r" was (?:written|edited|produced|reported|compiled|curated)(?: and [a-z]+ed)? by"
    r"|(?i:cet article|ce direct|cette newsletter) a été"
    r" (?:écrit|rédigé|édité|réalisé|préparé)e? par"
    r"|(?i:este artículo|este boletín|este reportaje) (?:ha sido|fue) (?:escrit|editad|redactad)[oa] por"
    r"|(?i:este artigo|este boletim|esta reportagem|esta newsletter) foi (?:escrit|editad|redigid)[oa] por"
    r"|(?i:questo articolo|questa newsletter) è stat[oa] (?:scritt|redatt|curat)[oa] da"
    r"|(?i:dit artikel|deze nieuwsbrief|dit liveblog) (?:is|werd) (?:geschreven|samengesteld|gemaakt) door"
    r"|(?i:den här artikeln|det här nyhetsbrevet) (?:är|har) (?:skriven|skrivet|skrivits|redigerats) av"
    rf") {NAMES}"
    r"|(?:Diese[rs]|Der heutige) (?:Newsletter|Artikel|Liveblog|Ticker)"
    rf" wurde von {NAMES} (?:geschrieben|redigiert|produziert|verfasst|betreut|erstellt|zusammengestellt))\.?"
)
# What a beat a reporter covers, and where the reader reaches the reporter.
_REACH = re.compile(
    rf"{NAME} (?:covers|reports on|writes about|is an? ) ?[^.!?]{{2,160}}\. "
    r"(?:(?:You can )?[Rr]each|Contact|Email|Follow|Message) (?:him|her|them) (?:at|on|via|by) [^!?]{3,120}"
)
_CREDIT_LABEL = (
    "(?:Photo|Image|Picture|Foto|Bild)(?: c|-?C|c)redits?|Crédits? (?:photos?|images?)"
    "|Créditos? (?:de (?:la )?)?(?:fotos?|imagen|imagem)|Credit[io] (?:foto|immagini)|(?:Bild|Foto)(?:nachweis|quelle)"
)
# A picture's maker, and a site's mark of its rights, as the last sentences of a line.
_MAKER = re.compile(
    rf"(?:Фото|Світлина|Снимка|Foto|Fotó|Fot\.|Photo|Bild|Kuva|Zdjęcie|Ảnh) ?: ?{NAME}"
    rf"(?: ?/ ?[{CAPITAL}][\w.'’ -]{{1,30}})?\.?"
    rf"|(?:{_CREDIT_LABEL}) ?: ?{_PART}(?: {_PART}){{0,3}}(?: ?/ ?[{CAPITAL}][\w.'’ -]{{1,30}})?\.?"
    rf"|(?:Copyright )?© ?(?:\d{{4}} )?{_PART}(?: {_PART}){{0,4}}(?: ?[-–/|,] ?{_PART}(?: {_PART}){{0,4}}){{0,3}}\.?"
    rf"|(?:本[报報网網]|新[华華]社)?(?:[记記]者|通[讯訊]员|通訊員) ?[{HAN}]{{2,4}}(?:[ 、][{HAN}]{{2,4}}){{0,2}}"
    r" ?(?:[摄攝]影?|文/[图圖])。?"
)
_ROW_PART = re.compile(
    r"(?:copyright|©)[^.!?]{0,60}|(?:edited|written|reported|posted|published|updated|first published|last updated)"
    r" ?(?:by|on|at)? ?: [^!?]{2,60}",
    re.IGNORECASE,
)
_EQUAL = re.compile(
    r"(?:We|The [A-Z]\w{1,30}(?: (?:of|the|[A-Z]\w{1,30})){0,5}|[A-Z][\w&.]{1,30}(?: (?:of|[A-Z&]\w{0,30})){0,4})"
    r" (?:is|are)"
    r" (?:proud to be )?(?i:an? (?:committed )?equal[- ]opportunit(?:y|ies) employer)[^.!?]{0,160}[.!]?"
    r"|(?i:no agencies,? please|strictly no agencies)\.?"
    r"|(?:Menschen mit (?:einer )?(?:Schwer)?[Bb]ehinderung|Schwerbehinderte(?: Menschen| Bewerber\S{0,12})?)"
    r" (?:werden|wird) bei [^.]{0,60}(?:Eignung|Qualifikation)[^.]{0,60}(?:bevorzugt|berücksichtigt)[^.]{0,30}\."
    r"|(?:Tous nos|Nos) (?:postes|offres|recrutements) sont ouverte?s [^.]{0,40}en situation de handicap\."
    r"|Somos una? (?:empresa|empleador\w*) [^.]{0,40}igualdad de oportunidades[^.]{0,80}\."
    r"|Wij zijn een werkgever [^.]{0,30}gelijke kansen[^.]{0,60}\."
)
# Numbers by which an office or a site files a text.
_FILED = re.compile(
    r"(?i:billing codes?):? [\w-]{4,20}|\[?FR Doc\.? ?(?:No\.?:? )?[^\]\n]{4,80}\]?|\[Pages? [\d-]{1,20}\]"
    r"|FOR FURTHER INFORMATION,? CONTACT: .{3,300}"
    r"|\[?(?i:docket|file|case|release|job|requisition|req|reference|ref)\.? (?i:nos?\.?|numbers?|id|#) ?:? ?"
    r"(?=[\w./-]*\d)[\w./-]{3,30}\]?"
    r"|Az\.:? ?[\w .-]{2,20}/\d{2,4}|(?i:aktenzeichen|geschäftszeichen|sygnatura akt"
    r"|sygn\. akt|núm\. de expediente|expediente n\.?º)\.? ?: ?"
    r"(?=[\w ./-]*\d)[\w ./-]{3,30}"
    r"|\(?(?:証券)?コード(?:番号)?[: ]{0,2}[\dA-Z]{4}[ 、,・/]{1,3}(?:東証|名証|札証|福証)[^()。]{0,12}\)?"
)
_PLANT = r"(?:send flowers|plant (?:a )?(?:memorial )?trees?|order (?:flowers|memorial trees))"
_MOURNERS = re.compile(
    rf"to {_PLANT}(?: or {_PLANT})?\b[^.!?]{{0,120}}\b(?:visit|click|see|browse) [^.!?]{{0,40}}"
    r"(?:store|shop|website|here)"
    r"|(?:please )?(?:sign|visit|view) (?:the|our|his|her|their) (?:online )?guest ?book(?: online)?"
    r"|(?:share|view|print) (?:this )?obituary|visit our (?:tribute|sympathy|flower) store"
    r"|(?:leave|send|offer|share) (?:your |online |a ){0,3}(?:condolences?|sympathy card)(?: online)?"
    r"|(?:eine )?(?:gedenk)?kerze (?:anzünden|entzünden)|ins kondolenzbuch (?:eintragen|schreiben)"
    r"|déposer un message de condoléances|dejar un mensaje de condolencias"
    r"|lascia un messaggio di (?:cordoglio|condoglianze)|(?:teken|onderteken) het condoleanceregister"
    r"|zapal (?:wirtualną |wirtualny )?znicz(?:kę)?|złóż kondolencje",
    re.IGNORECASE,
)
_FLOWERS = re.compile(
    r"(?:send|order) flowers|light a candle|plant a tree|allumer une bougie|envoyer des fleurs|enviar flores"
    r"|encender una vela|accendi una? (?:candela|cero)|invia fiori|bloemen sturen|blumen senden",
    re.IGNORECASE,
)
_CALLS = re.compile(
    unicodedata.normalize(
        "NFKC",
        r"(?:download|get|install) our (?:free |new |mobile ){0,3}app\b[^.!?]{0,80}"
        r"|lad(?:en sie|e)(?: dir| sich)?(?: jetzt)? unsere (?:kostenlose )?app\b[^.!?]{0,60}"
        r"|téléchargez notre appli(?:cation)?\b[^.!?]{0,60}"
        r"|descarga(?:te)? nuestra app\b[^.!?]{0,60}|baixe (?:o )?nosso app(?:licativo)?\b[^.!?]{0,60}"
        r"|scarica la nostra app\b[^.!?]{0,60}|download onze (?:gratis )?app\b[^.!?]{0,60}"
        r"|ladda ner vår app\b[^.!?]{0,60}|pobierz naszą aplikację\b[^.!?]{0,60}"
        r"|скачайте наше приложение\b[^.!?]{0,60}|[^.!?।]{0,60}हमारा ऐप डाउनलोड करें|unduh aplikasi kami\b[^.!?]{0,60}"
        r"|(?:your e-?mail address|votre adresse (?:e-?mail|électronique)|(?:ihre|deine) e-mail-adresse"
        r"|(?:tu|su) (?:dirección de )?correo electrónico|(?:il tuo|la tua) (?:indirizzo )?e-?mail|je e-mailadres) "
        r"(?:will|is|est|sera|ne sera|wird|será|no será|non sarà|wordt) [^.!?]{0,40}(?:published|used|shared|stored"
        r"|utilisée|publiée|communiquée|veröffentlicht|verwendet|genutzt|gespeichert|publicad[oa]|utilizad[oa]|pubblicat[oa]|utilizzat[oa]"
        r"|gepubliceerd|gebruikt|gedeeld)\b[^.!?]{0,80}"
        r"|as an amazon (?:associate|affiliate),? (?:i|we) (?:may )?earn\b[^.!?]{0,60}"
        r"|hosted on [^\W\d_]{3,20}|see \S{4,80} for (?:privacy|more|privacy and opt-out) information"
        r"|تابعونا على [^.!?]{2,40}|جميع الحقوق محفوظة[^.!?]{0,30}"
        r"|(?:打[开開]|用)微信[^。]{0,60}(?:[扫掃]一[扫掃])[^。]{0,40}(?:朋友圈|好友)"
        r"|(?:微信|手机|手機)?(?:[扫掃]一[扫掃]|[扫掃][码碼])[,、 ]{0,2}[关關]注.{1,40}"
        r"(?:公[众眾][号號]|[视視][频頻][号號])"
        r"|この記事は.{2,60}(?:advent calendar|アドベントカレンダー).{0,24}の?記事です"
        r"|(?:こんにちは|こんばんは|はじめまして|どうも)[、,!]?[^。]{0,40}@[\w-]{2,30}です"
        r"|[^\s。]{1,30}さん ?(?:カテゴリマスター|グランドマスター)"
        r"|(?:[^.:]{0,20}: )?[^.:]{2,40}s nyheter ska stå för saklighet och opartiskhet"
        r"|(?:vídeos?|videos?|fotos?|photos?) ?: (?:(?:os )?mais (?:assistid|vist|lid)[oa]s"
        r"|most (?:watched|viewed|read)"
        r"|(?:los )?más (?:vistos|leídos)|les plus (?:vus|lus)|i più (?:visti|letti))\b[^.!?]{0,40}"
        r"|(?:a )?(?:message|word) from (?:our|today['’]s) (?:partner|sponsor|advertiser)s? ?[:|].{0,240}"
        r"|un message de notre (?:partenaire|sponsor) ?:.{0,240}|un mensaje de nuestro patrocinador ?:.{0,240}"
        r"|uma mensagem do nosso patrocinador ?:.{0,240}|un messaggio (?:dal|del) nostro (?:sponsor|partner) ?:.{0,240}"
        r"|een bericht van onze (?:partner|sponsor) ?:.{0,240}",
    ),
    re.IGNORECASE,
)
_DISCOUNT = re.compile(
    r"\d{1,2} ?% (?:de descuento|de réduction|di sconto|de desconto|rabatt|korting|off|discount|zniżki)\b[^.!?]{0,80}"
    r"(?: por ser lector(?:a|es)?\b| para (?:nuestros )?lectores\b| for (?:our )?(?:readers|listeners)\b"
    r"| für (?:unsere )?(?:leser|hörer)\w{0,6}\b| pour nos lecteurs\b| per i nostri lettori\b"
    r"| para (?:os )?nossos leitores\b| voor onze lezers\b)[^.!?]{0,40}[.!]?"
    r"|[“\"][^”\"]{2,60}[”\"] by [^.!?,;(]{2,50}[,;(] ?licen[sc]ed (?:via|from|through|under|by) .{2,50}",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"(?i:answer(?:ed)?|asked|posted|antwort|réponse|respuesta|resposta|risposta|antwoord|ответ) "
    r"(?i:by|von|par|de|da|door|от) \S{2,30} \((?i:score|points?|votes?|punkte|puntos|pontos) ?:? ?-?\d{1,6}\)"
)
# A comment's writer and time, and a note that another question is the same.
_COMMENTER = re.compile(r" [–—-] [\w.-]{2,30} [A-Z][a-z]{2} \d{1,2}(?:, \d{4})? at \d{1,2}:\d\d")
_DUPLICATE = re.compile(r"(?:\| ?)?Possible duplicate of [“\"][^”\"]{3,150}[”\"](?: [–—-] [\w.-]{2,30})?")
_DESK = re.compile(r"(?:POL|BPOL|FW|LKA|HZA|LPI)-[A-ZÄÖÜ]{1,6}(?:-[A-Z]{1,4})?: ")  # of German police
_WHOLE = (_SHARED, _WRITERS, _MAKER, _EQUAL, _FILED, _DISCOUNT, _ASKED)
_LONGEST = 320
_LONGEST_LINE = 1200


def without_page_sentences(line: str) -> str:
    """Return a line without such sentences. Linear time."""
    line = line[desk.end() :] if (desk := _DESK.match(line)) else line
    if len(line) > _LONGEST_LINE:
        return line
    if line.startswith("Comment"):
        line = _DUPLICATE.sub("", _COMMENTER.sub("", line)).strip()
    if _is_note(line) or (len(line) <= _LONGEST and _REACH.fullmatch(line)):
        return ""
    sentences = split_line(line)
    if len(sentences) < 2:
        return line
    noted = [_is_note(sentence.strip()) for sentence in sentences]
    if any(noted):
        mourners = any(_MOURNERS.fullmatch(sentence.strip(" .!")) for sentence in sentences)
        kept = [
            sentence
            for sentence, note in zip(sentences, noted, strict=True)
            if not note and not (mourners and _FLOWERS.fullmatch(sentence.strip(" .!")))
        ]
        return "".join(kept).strip()
    return line


def _is_note(text: str) -> bool:
    """Whether all of a line or sentence is such a note."""
    if not 3 < len(text) <= _LONGEST:
        return False
    bare = text.rstrip(" .!。।")
    return (
        any(pattern.fullmatch(text) for pattern in _WHOLE)
        or _MOURNERS.fullmatch(bare) is not None
        or _CALLS.fullmatch(bare) is not None
        or _is_row(text)
    )


def _is_row(text: str) -> bool:
    parts = text.split("|") if "|" in text else []
    return len(parts) > 1 and all(_ROW_PART.fullmatch(part.strip()) for part in parts)
