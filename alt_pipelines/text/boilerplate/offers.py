"""Removes lines in which a page offers something beside its article: sharing, shops, materials, suppliers of figures.

    without_offers("Deel dit artikel via WhatsApp, Facebook of e-mail", about)           ->  ""
    without_offers("Full table | Fixtures | Scores supplied by MatchData", about)        ->  ""
    without_offers("WhatsApp said on Monday that users may share larger files.", about)  ->  unchanged

Such a line has no other words than those of its kind, of which the lists are complete for each language.
"""

import re
import unicodedata
from collections.abc import Set

from alt_pipelines.text.boilerplate.service_words import STRONG
from alt_pipelines.text.boilerplate.services import NETWORK_NAMES, ORDINARY_NAMES, SHOP, SHOP_NAMES, STOCK_LIBRARY
from alt_pipelines.text.stopwords import word_set

_BETWEEN_WORDS = re.compile(r"[\s/|,·&+()]+")
_SHARE = word_set(
    """
    share send teilen teile versenden weiterempfehlen partager partagez partage envoyer compartir comparte compártelo
    compártela compartilhar compartilhe partilhar partilhe condividi condividere deel delen stuur dela del jaa
    udostępnij podziel sdílet sdílejte zdieľať zdieľajte megosztás megosztom oszd distribuie distribuiți partajează
    поделиться поделитесь поделись отправить поділитися поділіться поділись споделете сподели κοινοποίηση κοινοποιήστε
    μοιραστείτε paylaş paylaşın gönder شارك شاركها شاركه انشر مشاركة اشتراک اشتراک‌گذاری بگذارید שתפו שתף שיתוף शेयर साझा
    bagikan kongsi sebarkan chia sẻ dalintis dalīties jaga
    """
)
# Other words of such a line, of all languages: what is shared, and by which way.
_SHARED = word_set(
    """
    this that it the a an article story page post news on via by in to or and with your friends now
    diesen dieser dieses den die das artikel beitrag seite auf per über mit an oder und
    cet cette ce l'article l’article article la le sur par dans ou et
    este esta ese artículo noticia nota página publicación en por con o y
    no na pelo pela em esta notícia matéria reportagem artigo e com
    questo questa articolo notizia su via con o
    dit deze artikel bericht op per of en met
    den här artikeln på via eller och artikel artiklen artikkelen i og
    tämä artikkeli juttu tai ja
    ten artykuł wpis na przez w lub i
    článek článok příspěvek na přes a nebo
    ezt a cikket ezen és vagy
    acest articol pe prin și sau
    этой статьёй статьей новостью ссылкой в через с друзьями или и у цією статтею новиною
    στο στα το την άρθρο και ή μέσω με
    bu haberi yazıyı haber da de ta te üzerinden ile ve veya
    على عبر في هذا هذه الخبر المقال الموضوع و أو
    در با این خبر مطلب را به و یا
    את הכתבה ב על או
    को इस खबर ख़बर पर में के साथ करें कीजिए और या
    ke di lewat melalui ini berita artikel dan atau
    qua lên bài viết này và hoặc cho
    e-mail email mail mails sms link lien url whatsappa copy print
    kopieren drucken merken copier imprimer enregistrer copiar imprimir guardar stampa copia printen opslaan
    """
)
_FULL_SHARE = re.compile(
    unicodedata.normalize(
        "NFKC",
        r"(?:(?:แชร์(?:ไปที่|ไปยัง|ผ่าน|ข่าวนี้|บทความนี้)?|คัดลอกลิงก์|คัดลอกลิงค์|พิมพ์|ไลน์|\bLINE|Facebook"
        r"|WhatsApp|X)[ |/·,]*){1,6}|[A-Za-z]{1,12}(?:で|に)(?:シェア|共有|送る|投稿)(?:する)?"
        r"|(?:分享|[转轉][发發])(?:到|至|[给給]) ?(?:[A-Za-z]{1,12}|微信|微博|朋友圈|朋友|好友|QQ|臉書|脸书)"
        r"|(?:카카오톡|카톡|페이스북|트위터|밴드|라인|링크|URL|[A-Za-z]{1,12})(?:으?로)? ?(?:공유|복사"
        r"|보내기)(?:하기)?",
    )
)
_SHARING_SIGN = re.compile("แชร์|คัดลอก|シェア|共有|送る|投稿|分享|转发|轉發|공유|복사|보내기")
# What one does in a Japanese shop, after its name.
_JAPANESE_BUY = r"探す|見る|みる|検索|購入(?:する)?|買う|チェック(?:する)?|価格を見る|詳細を見る"
# A row of shops, with what one does there before or after each name.
_BUY = (
    r"(?:buy|buy (?:it )?(?:now )?(?:on|at|from)|shop (?:at|on)|order (?:at|from|on)|available (?:at|on|from)"
    r"|get it (?:at|on|from)"
    r"|(?:jetzt )?(?:bei|auf)|kaufen|bestellen|ansehen|acheter|commander|(?:sur|chez)|disponible (?:en|sur)|comprar"
    r"|compra|en|na"
    r"|acquista|ordina|su|kopen|koop|bestel|(?:bij|op)|köp(?: hos)?|hos|kup (?:w|na)|kupić|koupit na|купить (?:на|в)"
    rf"|satın al|で|を?(?:{_JAPANESE_BUY}|購入はこちら)|에서|구매(?:하기)?|购买|購買|搜索|store|shop)"
)
# Programs that draw a box of shops on Japanese pages, and sign it.
_BOX = (
    r"(?:(?:created|posted) (?:by|with) )?"
    r"(?:ポチップ|カエレバ|ヨメレバ|トマレバ|タベレバ|アプリーチ|Rinker|もしも(?:アフィリエイト)?)"
)
_SHOPS = re.compile(
    unicodedata.normalize(
        "NFKC",
        rf"(?:{_BUY} ?:? ?){{0,2}}(?:{SHOP})(?: ?{_BUY}){{0,2}}"
        rf"(?:(?:[ ・、,|/·•+]| (?:and|or|und|oder|et|ou|y|o|e|en|of|и|или) ){{1,3}}"
        rf"(?:{_BUY} ?:? ?){{0,2}}(?:{SHOP})(?: ?{_BUY}){{0,2}}){{1,7}}(?:など|等|他)?(?: {_BOX})?[.!]?"
        rf"|(?:楽天(?:市場|ブックス)?|Amazon|Yahoo!?ショッピング|メルカリ|アマゾン)で(?:{_JAPANESE_BUY})",
    ),
    re.IGNORECASE,
)
# A row of shops without these words or marks may be a heading: "Amazon and eBay".
_BUYING = re.compile(
    r"[|/・·•]|buy|shop|order|available|get it|kauf|bestell|ansehen|achet|command|disponib|compra|acquist|ordina|koop"
    r"|bestel|köp|kup|koup|куп|satın|探す|見る|みる|検索|購入|買う|チェック|구매|购买|購買"
    r"|ポチップ|レバ$|rinker$|アプリーチ$|もしも",
    re.IGNORECASE,
)
# Material of others in a recording: a stock library with or without a label, or a label that only such credits have.
_MATERIAL = (
    r"(?:(?:background |intro |outro |theme |royalty[- ]free )?music|musik|hintergrundmusik|musique(?: de fond)?"
    r"|música(?: de fondo)?"
    r"|trilha sonora|musica|muziek|muzyka|hudba|zene|muzică|музыка|музика|müzik|موسيقى|موسیقی"
    r"|音楽(?:提供|素材|協力)?|使用(?:音源"
    r"|楽曲|BGM|素材)|BGM|音源|効果音|素材(?:提供)?|음악|음원|배경음악?|音[乐樂]|背景音[乐樂]|配[乐樂]|soundtrack"
    r"|sound effects?|sfx|sounds"
    r"|(?:stock )?(?:footage|video|images?|photos?|clips?)|assets?|fonts?|icons?)"
)
_FROM = (
    r"(?: ?[:=/|-] ?| ?(?:is |are |was |were )?(?:licensed |provided |supplied )?(?:from|by|via|courtesy of|von|par"
    r"|de|di|door|av|från) | ?)"
)
_STOCK = re.compile(
    rf"(?:{_MATERIAL}{_FROM})?(?:{STOCK_LIBRARY})(?:(?: ?[,、・/&+|] ?| and | und | et "
    rf"| y )(?:{STOCK_LIBRARY})){{0,5}}(?:様|さん)?\.?",
    re.IGNORECASE,
)
_FIGURES = "scores?|results?|data|stats|statistics|odds|prices|quotes|forecasts?|fixtures"
# Who supplied the figures of a page: "Scores supplied by MatchData".
_PROVIDED = re.compile(
    rf"(?:(?i:(?:[a-z]+ )?(?:{_FIGURES})(?: by| from)"
    rf"|(?:[a-z]+ )?(?:{_FIGURES}|tables?|charts?|maps?)(?: and [a-z]+)? "
    r"(?:(?:is |are )?(?:supplied |provided |powered |delivered )by|courtesy of)"
    r"|(?:\w{0,10}daten|ergebnisse|statistiken|kurse)(?: (?:werden |wurden )?(?:bereitgestellt|geliefert))? (?:von"
    r"|durch)|(?:données|résultats|statistiques|cours)(?: sont)? (?:fournie?s|proposée?s) par"
    r"|(?:datos|resultados|estadísticas|cotizaciones)(?: son)? (?:facilitad|proporcionad|suministrad|ofrecid)[oa]s por"
    r"|(?:dados|resultados|estatísticas|cotações)(?: são)? (?:fornecid|disponibilizad)[oa]s por"
    r"|(?:dati|risultati|statistiche|quotazioni)(?: sono)? (?:fornit|offert)[ie] da"
    r"|(?:data|gegevens|uitslagen|statistieken) (?:aan)?geleverd door|(?:data|resultat) (?:levereras av|leveres af"
    r"|från|fra)"
    r"|dane (?:dostarcza|dostarczone przez)|данные (?:предоставлены|предоставляет|предоставил[аи]?)|дані (?:надано"
    r"|надає)) |(?:データ|情報|スコア)(?:提供|協力) ?: ?|(?:자료|데이터) ?제공 ?[:=] ?"
    r"|[数數][据據](?:[来來]源|提供) ?: ?)"
    r"(?:[A-ZÀ-ÞА-ЯЁ\u3041-\u9fff\uac00-\ud7af][\w.&'’-]{1,24} ?){1,4}\.?"
)
_RESERVED = re.compile(
    r"(?:(?:article|contenu|beitrag|artikel|artículo|contenido|conteúdo|matéria|articolo|contenuto|only|nur|solo|só"
    r"|alleen|tylko|exclusive|exclusi[fv][oa]?|réservée?|riservat[oa]|reservad[oa]|zarezerwowane) ?){1,3}"
    r"(?:for|für|à nos|aux|para|ai|agli|voor|för|dla|a) (?:nuestros |nossos |nostri |onze |unsere |our )?"
    r"(?:subscribers|abonnent(?:en|innen)?|abonné(?:e)?s|suscriptores|assinantes|abbonati|abonnees|prenumeranter"
    r"|subskrybentów)",
    re.IGNORECASE,
)
_ROW = re.compile(r" ?\| ?| · ")
_FEWEST_IN_ROW = 3
_MOST_IN_LINK = 3  # words
_LONGEST_IN_CAPITALS = 3  # characters of a link such as FAQ; a longer one may be a name
_SHORT = 100
_SHORT_SENTENCE = 60
_OFFERING = NETWORK_NAMES | SHOP_NAMES
_STEM = 8  # characters by which a name with an ending is taken for that of a service: Facebooku, WhatsAppissa
_STEMS = frozenset(name[:_STEM] for name in NETWORK_NAMES if len(name) >= _STEM)


def without_offers(line: str, about: Set[str]) -> str:
    """Return "" for such a line, unless ``about``, the lower-case words of the title, names what it offers."""
    if not line or len(line) > (_SHORT if line[-1] not in ".!?" else _SHORT_SENTENCE):
        return line
    if not (_is_offer(line) or _is_row(line)):
        return line
    low = line.lower()
    return line if any(word in low and word in _OFFERING for word in about) else ""


def _is_offer(line: str) -> bool:
    """Whether a line consists of sharing, shops, materials of a recording or who supplied figures."""
    return (
        _shares(line)
        or (_SHOPS.fullmatch(line) is not None and _BUYING.search(line) is not None)
        or _STOCK.fullmatch(line) is not None
        or _PROVIDED.fullmatch(line) is not None
        or _RESERVED.fullmatch(line) is not None
    )


def _is_row(line: str) -> bool:
    """Whether a line is a row of links, one of which is an offer: "Table | Fixtures | Scores by MatchData"."""
    parts = _ROW.split(line) if "|" in line or "·" in line else []
    offers = sum(_is_offer(part) or part.lower() in STRONG for part in parts)
    return offers > 0 and (len(parts) == offers or (len(parts) >= _FEWEST_IN_ROW and all(map(_is_link, parts))))


def _is_link(part: str) -> bool:
    """Whether a part of a row is an offer, or a few words without a name and without the end of a sentence."""
    if _is_offer(part) or _is_service(part.lower()):
        return True
    plain = part[1:].islower() or (part.isupper() and len(part) <= _LONGEST_IN_CAPITALS)
    return 0 < len(part.split()) <= _MOST_IN_LINK and plain and part[-1] not in ".!?"


def _shares(line: str) -> bool:
    """Whether a line has a word of sharing and otherwise only services, and what is shared."""
    if not line.isascii() and _SHARING_SIGN.search(line) and _FULL_SHARE.fullmatch(line):
        return True
    if _SHARE.isdisjoint(line.lower().replace(":", " ").split()):
        return False
    words = [word.strip(":.!") for word in _BETWEEN_WORDS.split(line.lower()) if word]
    if len(words) < 2:
        return False
    return all(word in _SHARE or word in _SHARED or _is_service(word) for word in words)


def _is_service(word: str) -> bool:
    bare = re.split("['’-]", word)[0]
    if bare[:1] in ("ב", "ל", "ה") and bare[1:] in NETWORK_NAMES:
        return True
    return bare in NETWORK_NAMES or bare in ORDINARY_NAMES or bare == "x" or bare[:_STEM] in _STEMS
