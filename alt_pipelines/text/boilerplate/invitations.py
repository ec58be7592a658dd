"""Removes the sentences in which a site or a podcast names its channels and sponsors, and texts of its widgets.

    without_invitations("The owl is back. Follow us on Telegram.", about)        ->  "The owl is back."
    without_invitations("This episode is brought to you by Mattrex.", about)     ->  ""
    without_invitations("Telegram was blocked in March, the ministry said.", …)  ->  unchanged

A service's name is never sufficient: the sentence also invites (an imperative with "us" or "our"), or consists of
nothing but names of services. ``reader_notes`` has the notes that name no service.
"""

import re
import unicodedata
from collections.abc import Set
from operator import itemgetter

from alt_pipelines.text.boilerplate.service_words import FUNCTION, STRONG, WEAK
from alt_pipelines.text.sentences import split_line
from alt_pipelines.text.stopwords import word_set

_WORD = re.compile(r"[^\W\d_]+")
# Networks, messengers and platforms for podcasts; each also with an ending ("Telegramie", "Telegram-канал").
_SERVICES = word_set(
    """
    facebook instagram twitter tiktok youtube linkedin pinterest reddit snapchat tumblr threads bluesky mastodon
    telegram whatsapp viber zalo discord twitch xing flipboard spotify deezer soundcloud castbox overcast stitcher
    acast audible patreon substack steady itunes messenger wechat weibo kakaotalk podimo mixcloud tunein
    фейсбук инстаграм інстаграм твиттер телеграм вконтакте одноклассник вайбер ватсап вотсап ютуб дзен
    فيسبوك فیسبوک تويتر توییتر واتساب واتساپ واتس تيليجرام تليجرام تلغرام تلگرام انستغرام إنستغرام اینستاگرام يوتيوب
    یوتیوب تيك روبیکا ایتا سروش
    פייסבוק טוויטר אינסטגרם וואטסאפ ווטסאפ טלגרם יוטיוב טיקטוק
    फेसबुक ट्विटर इंस्टाग्राम व्हाट्सएप व्हाट्सऐप टेलीग्राम यूट्यूब
    เฟซบุ๊ก เฟสบุ๊ก ทวิตเตอร์ อินสตาแกรม ไลน์ ยูทูบ ติ๊กต็อก
    """
)
_SERVICE_ENDS = r"(?:[-'’]?[^\W\d_]{0,8})"
_SERVICE = re.compile(
    unicodedata.normalize(
        "NFKC",
        rf"(?<![a-z])(?:{'|'.join(sorted(_SERVICES))}){_SERVICE_ENDS}"
        r"|\b(?:apple|google|amazon) (?:podcasts?|news|music|noticias|notícias|haberler|actualités|nieuws|новости)\w*"
        r"|\bpocket casts\b|\bbuy me a coffee\b|\bko-?fi\b|\brss\b|\bvk\b",
    )
)
# Imperatives by which a site addresses its reader, with "us" or "our" where the verb alone also tells of others.
_INVITES = [
    r"\b(?:follow|find|join|like|rate|review|support|visit|catch|message|subscribe to|listen to|connect with|write to)"
    r" (?:and \w+ )?(?:us|me|our|my)\b|\b(?:rate|review|follow|subscribe)[\w ,]{0,20}(?:us|me) "
    r"|\bsubscribe (?:on|in|via|wherever|to (?:the|this) (?:channel|podcast|show))"
    r"|^(?:(?:please )?(?:listen|subscribe|available|follow|find \w+)[\w ,]{0,30} (?:on|via|wherever)\b"
    r"|hosted (?:on|by)\b)"
    r"|\b(?:leave|give) (?:us )?an? [\w-]{0,10} ?(?:rating|review)",
    r"\bfolg(?:t|en sie|e) uns\b|\babonnier(?:t|e|en sie) (?:uns|unser|den|die|das|meine)|\bhört? (?:uns|rein)\b"
    r"|\b(?:besuch|unterstütz|find|bewert)(?:e?t|e|en sie) uns\b|\bfolgen sie (?:uns|unser)"
    r"|\bjetzt (?:\w+ ){0,3}folgen",
    r"\b(?:suivez|retrouvez|rejoignez|soutenez|écoutez)[- ](?:nous|moi|notre|nos|l['’]actualité|toute l['’]actu"
    r"|le podcast)"
    r"|\babonnez-vous|\binscrivez-vous à (?:notre|la)",
    r"\bs[íi]gu[ea]nos\b|\b(?:sigue|siga|sigan) (?:a |en )?(?:nuestr|el canal|todas? )|\bsuscríb(?:ete|ase|anse)\b"
    r"|\bún(?:ete|ase|anse) a (?:nuestr|la comunidad|el)|\b(?:encuéntra|visíta|escúcha|apóya|da)nos\b",
    r"\bseguiu-nos\b|\bsegueix(?:-nos|-me)|\bsubscriu-te|\buneix-te al",
    r"\bsiga-nos\b|\b(?:siga|acompanhe|curta|assine|participe|entre|ouça)\b[\w ]{0,12} (?:noss|canal|grupo)"
    r"|\binscreva-se\b|\breceba [^.]{0,40}\b(?:no|pelo) ",
    r"\bseguic?i (?:anche )?su\b|\bsegui (?:il nostro|la nostra|i nostri|tutt)|\biscriviti (?:al|alla|ai)\b"
    r"|\babbonati\b"
    r"|\bunisciti (?:al|alla|a) |\bascoltaci\b|\bmetti mi piace\b|\bseguiteci\b",
    r"\burmări(?:ți|ţi|te)-ne\b|\burmărește-ne\b|\babon(?:ați-vă|ează-te)\b",
    r"\bvolg (?:ons|het|onze)\b|\babonneer je\b|\bword lid van ons|\b(?:like|steun|beluister) ons\b",
    r"\bfölj (?:oss|vår|med)|\bprenumerera på\b|\bgilla oss\b|\bføl[gj] (?:os|oss|vår|vores)\b|\babonn[eé]r på\b"
    r"|\bsynes godt om os",
    r"\bseuraa (?:meitä|kanavaamme)|\btilaa (?:kanavamme|uutiskirje)|\btykkää meistä",
    r"\b(?:polub|obserwuj|śledź|wspieraj|znajdziesz|czytaj) (?:nas|nasz)|\bdołącz do nas|\bsubskrybuj\b"
    r"|\bjesteśmy (?:też|także) na",
    r"\b(?:sledujte|najdete|sleduj|nájdete) (?:nás|náš|naše)\b|\bodebírejte (?:nás|náš)|\bpridajte sa k nám",
    r"\bkövess(?:en|enek|etek)? (?:minket|bennünket|be)\b|\biratkozz(?:on)? fel\b|\bcsatlakozz",
    r"\bпоследвайте ни\b|\bследете ни\b|\bхаресайте (?:ни|страницата)\b",
    r"\b(?:подписывайтесь|подпишитесь|присоединяйтесь|вступайте)\b|\b(?:читайте|слушайте|смотрите) нас\b"
    r"|\bследите за (?:нами|новостями|нашими)\b",
    r"\b(?:підпис(?:уйтесь|уйтеся|уйся)|підпишіться|приєднуйтес[ья]|долучайтес[ья])|\b(?:читайте|слухайте"
    r"|дивіться) нас\b"
    r"|\b(?:стежте|слідкуйте) за (?:нами|новинами|нашими)\b",
    r"\bακολουθήστε (?:μας|το|τη)|\bεγγραφείτε\b|\bβρείτε μας\b|\bκάντε like\b",
    r"\btakip (?:edin|ediniz|et)\b|\babone ol(?:un|unuz|mak)?\b|\bkanalımıza\b|\bgrubumuza\b|\b(?:bizi|sayfamızı) ",
    r"\b(?:تابعونا|تابعنا|شاركنا|راسلنا|راسلونا)\b|\bتابعوا? (?:آخر|أحدث|كل|المزيد|صفحت|قنات|حساب)"
    r"|\b(?:انضم|انضموا|اشترك|اشتركوا) (?:الآن |معنا )?(?:إلى |الى |في |ل)?(?:قناتنا|قناة|مجموعتنا|صفحتنا|خدمة)"
    r"|^(?:شارك|انشر)(?:ها|ه)? (?:على|عبر)",
    r"دنبال کنید|عضو (?:شوید|شوید\b)|بپیوندید|همراه (?:ما )?باشید",
    r"(?:עקבו|הצטרפו|הירשמו|תעקבו|הצטרף|כנסו)[^.]{0,50}(?:אחרינו|שלנו|אלינו)|עשו לנו לייק",
    r"(?:फॉलो|फ़ॉलो|लाइक|सब्सक्राइब|ज्वाइन|जॉइन) कर(?:ें|िए|े)|(?:से|साथ) जुड़(?:ें|िए)",
    r"\b(?:ikuti|gabung|bergabung|langganan|follow)\b[^.]{0,30}\b(?:kami|saluran|kanal|channel|akun|berita|grup)\b",
    r"(?:^|\s)(?:mời|hãy)\s[^.]{0,40}(?:theo dõi|tham gia|đăng ký)|(?:theo dõi|đăng ký) [^.]{0,40}(?:chúng tôi"
    r"|của báo)",
    r"ติดตาม(?:เรา|ข่าวสาร|ได้ที่|ช่องทาง|พวกเรา)|กดติดตาม|แอดไลน์|กดไลค์",
]
_INVITE = re.compile(unicodedata.normalize("NFKC", "|".join(_INVITES)))
_OPENING = 110  # characters of a sentence in which its imperative is
_QUOTES = re.compile('["“”«»„‘]')
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|[@/]\w[\w.-]+")
_LONGEST = 260
_LINE = 300  # a longer line is examined only if its end has a sign of such a sentence
_END = 160
_OTHER_WORDS = 1 / 3  # of a row of services, at most
# Sponsors of an episode, a show, a newsletter.
_SPONSOR = re.compile(
    r"(?:(?:this(?: \w+['’]s)?|today['’]?s|our) (?:\w+ )?(?:episode|show|podcast|video|newsletter|edition|issue|season)"
    r" (?:is|was|comes) (?:also )?(?:brought to you|made possible|presented|sponsored|supported|to you courtesy)"
    r"|(?:this is )?(?:brought to you|sponsored|supported) by\b|(?:our|today['’]s) sponsors?\b"
    r"|support for (?:this|our) (?:show|podcast|episode)\b|(?:thanks|thank you) to our sponsors?\b"
    r"|diese (?:folge|episode|ausgabe|sendung) wird (?:\w+ ){0,2}(?:präsentiert|unterstützt|gesponsert|ermöglicht)"
    r"|(?:werbung|sponsor|anzeige) ?: |(?:diese|die heutige) (?:folge|episode"
    r"|ausgabe) wird [^.]{2,60}(?:präsentiert|unterstützt|gesponsert)"
    r"|cet(?:te)? (?:épisode|émission|vidéo) (?:vous )?est (?:sponsorisée?|présentée?|offerte?|soutenue?|proposée?)"
    r"|este (?:episodio|episódio|programa|vídeo|video|pódcast|podcast) (?:es|está|é|foi|llega) (?:\w+ )?"
    r"(?:patrocinado|presentado|apoiado|oferecido|gracias a)"
    r"|(?:questo|questa) (?:episodio|puntata|video|podcast) è (?:sponsorizzat|offert|support|realizzat)[oa]"
    r"|deze aflevering wordt (?:mede )?(?:mogelijk gemaakt|gesponsord|aangeboden)"
    r"|(?:det här |dagens )?avsnittet (?:presenteras|sponsras|görs i samarbete)"
    r"|(?:sponsorem|partnerem) (?:tego )?odcinka jest|(?:спонсор|партн[её]р) (?:выпуска|эпизода|подкаста|випуску)"
    r"|bu bölümün? (?:sponsoru|destekçisi))"
)
_OFFER = re.compile(
    r"\b(?:code|rabattcode|gutscheincode|kortingscode|rabattkod|codice sconto|código|промокод|kod rabatowy)\b|\d ?% "
    r"|\b(?:go to|visit|head to|sign up at|try|learn more at|find out more|free trial|discount|rabatt|checkout)\b"
    r"|\.(?:com|example|org|net|io|co|de|fr)(?:/|\b)|https?:"
)
# Texts of widgets: players, comments, embedded posts, reports of mistakes, advertisements by law.
_WIDGET = re.compile(
    unicodedata.normalize(
        "NFKC",
        r"\baudio player (?:ready|is loading)|\bcomments powered by\b|\b(?:blog )?comments? hosted by\b"
        r"|\bactive[zr]? javascript\b|\b(?:javascript|browser|navigateur|navegador) (?:does not|doesn['’]t"
        r"|unterstützt|ne)"
        r"|\bjavascript (?:to view|aktivieren|activado|habilitado|is (?:disabled|required))"
        r"|\b(?:this|the) audio (?:is|was) (?:auto-?generated|generated by|an ai)|\bnarrated by (?:an )?(?:ai"
        r"|automated)\b"
        r"|\w/privacy\b|^music (?:is )?(?:licensed|provided|supplied|courtesy)\b|\bopt-out information\b"
        r"|\bprivacy and opt-out\b"
        r"|an dieser stelle (?:befindet sich|finden sie|steht)\b|externe[rn]? inhalte?\b.{0,60}(?:anzeigen|laden"
        r"|zustimm)"
        r"|\beingebundene[nr]? \S{0,20}-?inhalt|\bcontenu (?:est )?bloqué\b.{0,80}\bcookies\b"
        r"|ctrl ?\+ ?enter|\berid ?: ?\w{5}"
        r"|^(?:на правах рекламы\b|реклама\. )",
    )
)
_STEM = 5  # characters by which a word is taken for the name of a service, whatever its ending
_stem = itemgetter(slice(_STEM))
_STEMS = frozenset(
    unicodedata.normalize("NFKC", name)[:_STEM]
    for name in [
        "podcast",
        *_SERVICES,
        *(mark + name for mark in ("ה", "ב", "ל") for name in _SERVICES if "\u05d0" <= name[0] <= "\u05ea"),
        *(f"ال{name}" for name in _SERVICES if "\u0600" <= name[0] <= "\u06ff"),
    ]
)
# Words of which every other note of this module has one.
_WORDS = word_set(
    """
    podcasts news noticias notícias haberler haberler'de news'te news'ten casts rss vk ko-fi
    javascript disqus browser navigateur navegador player eingebundene eingebundenen inhalt inhalte bloqué opt-out
    music licensed erid: ctrl+enter ctrl+enter. ctrl реклама. правах auto-generated narrated powered
    brought sponsored sponsor sponsors sponsorem sponsoru partnerem courtesy präsentiert gesponsert unterstützt
    ermöglicht sponsorisé sponsorisée sponsorizzato sponsorizzata patrocinado patrocinado présenté présentée apoiado
    oferecido offert offerto gesponsord mogelijk sponsras presenteras спонсор партнер партнёр werbung: anzeige: gracias
    destekçisi
    """
)


def without_invitations(line: str, about: Set[str]) -> str:
    """Return a line without such sentences. ``about``: the words of the article's title, in lower case."""
    part = line if len(line) <= _LINE else line[-_END:]
    words = part.lower().split()
    if _WORDS.isdisjoint(words) and _STEMS.isdisjoint(map(_stem, words)) and not _unspaced(part):
        return line
    kept: list[str] = []
    offering = False  # whether the sentence before names a sponsor
    sentences = split_line(line)
    for sentence in sentences:
        low = sentence.strip().lower()
        offering = _SPONSOR.match(low) is not None or (offering and _OFFER.search(low) is not None)
        if not (offering or _WIDGET.search(low[:_LONGEST]) or _invites(low) or _is_row(low, about)):
            kept.append(sentence)
    return line if len(kept) == len(sentences) else "".join(kept).strip()


def _unspaced(text: str) -> bool:
    """Whether a text is written without spaces, as Thai is, so that its words are not compared."""
    return "\u0e00" <= text[:1] <= "\u0eff" and _SERVICE.search(text.lower()) is not None


def _invites(low: str) -> bool:
    if len(low) > _LONGEST or _SERVICE.search(low) is None:
        return False
    invite = _INVITE.search(low, 0, _OPENING)
    return invite is not None and _QUOTES.search(low, 0, invite.start()) is None


def _is_row(low: str, about: Set[str]) -> bool:
    """Whether a line consists of names of services, or is one with an address; in no article about one of them."""
    if len(low) > _LONGEST:
        return False
    names = _SERVICE.findall(low)
    if not names or any(_SERVICE.fullmatch(word) for word in about):
        return False
    rest = _WORD.findall(_ADDRESS.sub(" ", _SERVICE.sub(" ", low)))
    others = [
        word for word in rest if word not in FUNCTION and word not in WEAK and word not in STRONG and len(word) > 1
    ]
    if len(names) == 1:
        return not others and len(rest) < 3 and _ADDRESS.search(low) is not None
    return len(others) <= _OTHER_WORDS * len(names) and (len(names) > 2 or low[-1:] not in ".!?")
