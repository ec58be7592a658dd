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

from alt_pipelines.text.boilerplate.service_words import FUNCTION, REPORTED, STRONG, WEAK
from alt_pipelines.text.boilerplate.services import NETWORK_NAMES, ORDINARY_NAMES, SUPPORT_NAMES
from alt_pipelines.text.sentences import split_line
from alt_pipelines.text.stopwords import word_set

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = sorted(name for name in NETWORK_NAMES if name.isascii())
_OTHER = sorted(name for name in NETWORK_NAMES if not name.isascii())
_SUPPORT = sorted(map(re.escape, SUPPORT_NAMES - NETWORK_NAMES - ORDINARY_NAMES))
# Of cases and articles; after an apostrophe or a hyphen any short word ("Instagram'da", "Telegram-канал").
_ENDS = (
    r"(?:s|u|a|i|e|ā|ie|em|ze|om|owi|on|en|ön|ot|ra|re|ban|ben|nak|issa|issä|iin|ia|iä|is|isse|ul|ului|da|de|ta|te"
    r"|['’][^\W\d_]{1,6}|-[^\W\d_]{1,14})?(?![A-Za-zÀ-ɏ])"
)
_SERVICE = re.compile(
    unicodedata.normalize(
        "NFKC",
        rf"(?i:(?<![A-Za-zÀ-ɏ])(?:{'|'.join(_LATIN)}){_ENDS}"
        # No name of this line begins with an ASCII letter: one look instead of all of them.
        rf"|(?=[^\x00-\x7f])(?<!ออน)(?:{'|'.join(_OTHER)})(?:-?[^\W\d_]{{0,8}})"
        r"|\b(?:(?:apple|google|amazon) (?:podcasts?|news|music|noticias|notícias|haberler|actualités|nieuws|новости)\b"
        r"(?:['’][^\W\d_]{1,6})?"
        r"|pocket casts\b|buy me a coffee\b|ko-?fi\b|rss\b|vk\b"
        rf"|(?:{'|'.join(_SUPPORT)})\b))"
        rf"|\b(?:{'|'.join(f'{name[0].upper()}(?i:{name[1:]})' for name in sorted(ORDINARY_NAMES))})"
        r"(?:['’][^\W\d_]{1,6}|-[^\W\d_]{1,14})?\b",
    )
)
# An imperative opens the sentence or a clause, so that it has no subject before it.
_START = (
    r"(?:^\W*|[,;!–—] )(?:(?:please|also|bitte|auch|por favor|vous aussi),? )?"
    r"(?:(?:click|tap|like|rate|review|share|subscribe|clique|cliquez|klicken|clicca|clic|haz clic|seguici|síguenos)\b"
    r"[^,.;:]{0,50} (?:and|&|e|et|y|und) )?"
)
# Imperatives by which a site addresses its reader, with "us" or "our" where the verb alone is also used of other
# people.
_INVITES = [
    r"(?:follow|get|read|find) (?:all )?(?:the |our )?(?:latest|breaking) news (?:on|via|in)\b"
    r"|(?:follow|find|join|rate|review|support|visit|catch|message|subscribe to|listen to|connect with|write to)"
    r" (?:and \w+ )?(?:us|our)\b|like (?:and \w+ )?(?:us (?:on|at)|our (?:\w+ )?(?:page|channel))\b"
    r"|(?:rate|review|like|share)(?:,? (?:and )?(?:rate|review|like|share|follow|subscribe to)){1,3} (?:us|our)\b"
    r"|(?:send|e-?mail|message|text) us\b|call us (?:at|on|now|today|via)\b"
    r"|tell us (?:what you think|your|on|via|in the comments|below)\b"
    r"|(?:schreib|schick)(?:t|en sie)? uns\b(?! (?:der|die|das|ein|eine|er|sie|es|man|jemand|niemand)\b)"
    r"|(?:écrivez|envoyez|contactez)-nous\b|(?:escríb[ea]|envía|contácta|mánda)nos\b|scrivici\b|inviaci\b|contattaci\b"
    r"|envie-nos\b|escreva-nos\b|(?:stuur|mail|app|tip|bel) ons\b|napisz do nas\b|(?:tipsa|mejla|ring) oss\b"
    r"|(?:пишите|присылайте|напишите) нам\b|(?:mari|ayo|yuk) (?:ber)?gabung\b|bize (?:yazın|ulaşın)\b"
    r"|(?:leave|give) us an? (?:[\w-]{1,12} ){0,2}(?:rating|review)\b",
    r"folg(?:t|en sie|e) uns\b|abonnier(?:t|e|en sie) (?:uns|unser(?:e|en)?)\b|hört? (?:uns|rein)\b"
    r"|(?:besuch|unterstütz|find|bewert)(?:e?t|e|en sie) uns\b|folgen sie unser(?:e|em|er)?\b",
    r"(?:suivez|retrouvez|rejoignez|soutenez|écoutez)[- ](?:nous|notre|nos|l['’]actualité|toute l['’]actu)\b"
    r"|abonnez-vous\b|inscrivez-vous à (?:notre|la)\b",
    r"s[íi]gu[ea]nos\b|(?:sigue|siga|sigan) (?:a |en )?(?:nuestr[oa]s?|el canal|toda la actualidad"
    r"|las últimas noticias)\b|suscríb(?:ete|ase|anse)\b"
    r"|ún(?:ete|ase|anse) a (?:nuestr[oa]|la comunidad)\b|(?:encuéntra|visíta|escúcha|apóya|da)nos\b",
    r"seguiu-nos\b|segueix(?:-nos|-me)\b|subscriu-te\b|uneix-te al\b",
    r"siga-nos\b|(?:siga|acompanhe|assine|participe d[oe]|entre (?:no|em)|ouça) (?:o )?(?:noss[oa]|canal|grupo)\b"
    r"|curta (?:a |o )?noss[oa]\b|inscreva-se\b|receba [^.,]{0,40}\b(?:no|pelo)\b",
    r"seguici\b|seguiteci\b|segui (?:il nostro|la nostra|i nostri|le ultime notizie|tutte le notizie)\b"
    r"|iscriviti (?:al|alla|ai)\b|abbonati\b"
    r"|unisciti (?:al|alla|a)\b|ascoltaci\b|metti mi piace\b",
    r"urmări(?:ți|ţi|te)-ne\b|urmărește-ne\b|abon(?:ați-vă|ează-te)\b",
    r"volg (?:ons|onze|het laatste nieuws)\b|abonneer je\b|word lid van ons\b|(?:like|steun|beluister) ons\b",
    r"följ (?:oss|vår)\b|prenumerera på (?:oss|vår)\b|gilla oss\b|føl[gj] (?:os|oss|vår|vores)\b"
    r"|abonn[eé]r på (?:os|oss|vår|vores)\b|synes godt om os\b",
    r"seuraa (?:meitä|kanavaamme)\b|tilaa kanavamme\b|tykkää meistä\b",
    r"(?:polub|obserwuj|śledź|wspieraj|znajdziesz|czytaj) (?:nas|nasz|nasze|naszą)\b|dołącz do nas\b|subskrybuj nas\w*"
    r"|jesteśmy (?:też|także) na\b",
    r"(?:sledujte|najdete|sleduj|nájdete) (?:nás|náš|naše)\b|odebírejte (?:nás|náš)\b|pridajte sa k nám\b",
    r"kövess(?:en|enek|etek)? (?:minket|bennünket|be)\b|iratkozz(?:on)? fel\b|csatlakozz(?:on|atok)? (?:hozzánk|a)\b",
    r"последвайте ни\b|следете ни\b|харесайте (?:ни|страницата)\b",
    r"(?:подписывайтесь|подпишитесь|присоединяйтесь|вступайте)\b|(?:читайте|слушайте|смотрите) нас\b"
    r"|следите за (?:нами|нашими|новостями)\b",
    r"(?:підпис(?:уйтесь|уйтеся|уйся)|підпишіться|приєднуйтес[ья]|долучайтес[ья])\b"
    r"|(?:читайте|слухайте|дивіться) нас\b|(?:стежте|слідкуйте) за (?:нами|нашими|новинами)\b",
    r"ακολουθήστε (?:μας|το|τη)\b|εγγραφείτε\b|βρείτε μας\b|κάντε like\b",
    r"(?:تابعونا|تابعنا|شاركنا|راسلنا|راسلونا)\b|تابعوا? (?:صفحتنا|قناتنا|حسابنا|آخر الأخبار|أخبارنا)\b"
    r"|(?:انضم|انضموا|اشترك|اشتركوا) (?:الآن |معنا )?(?:إلى |الى |في |ل)?(?:قناتنا|مجموعتنا|صفحتنا)\b",
    r"(?:עקבו|הצטרפו|הירשמו|תעקבו|הצטרף|כנסו)[^.,]{0,50}(?:אחרינו|שלנו|אלינו)|עשו לנו לייק",
    r"(?:ikuti|gabung|langganan|follow|(?:ayo|yuk|mari) \w+)\b[^.,]{0,30}\bkami\b",
    r"(?:mời|hãy)\s[^.,]{0,40}(?:theo dõi|tham gia|đăng ký)\b|(?:theo dõi|đăng ký) [^.,]{0,40}(?:chúng tôi|của báo)\b",
    # To pay for what the site does
    r"unterstütz(?:e|t|en sie) unser\w*\b|(?:apoya|apoye|apoyen|apoyad) (?:a )?nuestr\w+|apoie (?:o |a )?noss[oa]s?\b"
    r"|(?:sostieni|sostenete|sostieni)(?:ci\b| (?:il nostro|la nostra)\b)|steun (?:ons|onze)\b|stöd (?:oss|vår)\b"
    r"|støt+ (?:oss?|vår|vores)\b|podpořte (?:nás|naši|náš)\b|podporte (?:nás|našu|náš)\b"
    r"|(?:wesprzyj(?:cie)?|wspieraj(?:cie)?) (?:nas|nasz|naszą|redakcję)\b|támogas(?:s|sa|sák|sd|sátok) \w{2,20}nk\w*"
    r"|susține(?:ți|ţi)?(?:-ne\b| redacția\b)|поддержите (?:нас|редакцию|наш\w*)\b|подкрепете (?:ни|редакцията)\b"
    r"|(?:підтримайте|підтримуйте|підтримай) (?:нас|редакцію|наш\w*)\b|dukung (?:kami|redaksi)\b",
    r"ติดตาม(?:เรา|ข่าว|ได้ที่|ช่องทาง|พวกเรา)|กดติดตาม|แอดไลน์|กดไลค์",
]
# Those of languages with the verb last: it ends the sentence.
_LAST_INVITES = (
    r"(?:takip (?:edin|ediniz|et)|abone ol(?:un|unuz)?|(?:kanalımıza|grubumuza) (?:katılın|katıl))\W*$"
    r"|^jetzt (?:\w+ ){0,4}folgen\W*$"
    r"|(?:دنبال کنید|عضو شوید|بپیوندید|همراه (?:ما )?باشید)\W*$"
    r"|(?:(?:फॉलो|फ़ॉलो|लाइक|सब्सक्राइब|ज्वाइन|जॉइन) कर(?:ें|िए)|(?:से|साथ) जुड़(?:ें|िए))[\s।!.]*$"
)
_INVITE = re.compile(unicodedata.normalize("NFKC", f"{_START}(?:{'|'.join(_INVITES)})"))
_LAST_INVITE = re.compile(unicodedata.normalize("NFKC", _LAST_INVITES))
# Openings of an invitation after which nothing but services follows.
_BARE_INVITE = re.compile(
    r"\W*(?:please )?(?:(?:listen|subscribe|follow|find|rate|review|like|message|support)(?: (?:and|&) \w+)?"
    r"(?: (?:me|my \w+|to (?:the|this) (?:channel|podcast|show)|(?:the|this) (?:podcast|show)|now|today))?"
    r"|(?:also |now )?available|(?:ya )?disponible|já disponível|ya|hosted"
    r"|leave an? (?:[\w-]{1,12} ){0,2}(?:rating|review)"
    r"|share(?: this)?) (?:on|at|in|by|via|wherever|en|sur|su|em|auf|bei)\b"
    r"|\W*(?:شارك|انشر)(?:ها|ه)? (?:على|عبر)\b"
)
_OPENING = 110  # characters of a sentence in which its imperative is
_QUOTES = re.compile('["“”«»„‘]')
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[^\s@]{1,64}@\S+|[@/]\w[\w.-]+")
_LONGEST = 260
_LINE = 300  # a longer line is examined only if its end has a sign of such a sentence
_END = 160
_OTHER_WORDS = 1 / 3  # of a row of services without a full stop, at most
_JOINING = word_set("and or und oder et ou y o e i a и та ve")
# Sponsors of an episode, a podcast, a newsletter.
_SPONSOR = re.compile(
    r"(?:this(?: \w+['’]s)?|today['’]?s) (?:\w+ )?(?:episode|podcast|newsletter|show|video|article|story|reporting"
    r"|series|coverage) (?:is|was|comes) (?:also )?"
    r"(?:brought to you (?:by|in partnership)|made possible by|sponsored by|supported by|to you courtesy)\b"
    r"|support for (?:this|our) (?:show|podcast|episode) (?:comes from|is provided by)\b"
    r"|diese (?:folge|episode|ausgabe|sendung) wird (?:\w+ ){0,2}(?:präsentiert|unterstützt|gesponsert|ermöglicht)"
    r" (?:von|durch)\b"
    r"|(?:diese|die heutige) (?:folge|episode) wird [^.,]{2,60} (?:präsentiert|gesponsert)\W*$"
    r"|cet(?:te)? (?:épisode|émission|vidéo) (?:est sponsorisée?|vous est (?:présentée?|offerte?|proposée?))\b"
    r"|este (?:episodio|episódio|vídeo|video|pódcast|podcast) (?:es|está|é|foi|llega) (?:\w+ )?"
    r"(?:patrocinado|apoiado|oferecido|gracias a)\b"
    r"|(?:questo|questa) (?:episodio|puntata|video|podcast) è (?:sponsorizzat|offert)[oa]\b"
    r"|deze aflevering wordt (?:mede )?(?:mogelijk gemaakt|gesponsord|aangeboden)\b"
    r"|(?:det här |dagens )?avsnittet (?:presenteras av|sponsras av|görs i samarbete med)\b"
    r"|(?:sponsorem|partnerem) (?:tego )?odcinka jest\b"
    r"|(?:спонсор|партн[её]р) (?:(?:этого |цього )?(?:выпуска|эпизода|випуску) ?[-–—:]|подкаста\b)"
    r"|bu bölümün? (?:sponsoru|destekçisi)\b"
)
# The same without the episode, in a sentence that ends with the sponsor's name.
_NAME = r"(?:[A-ZÀ-Þ\d][\w&'’.-]{0,30}(?: |\W{0,2}$)){1,5}$"
_NAMED_SPONSOR = re.compile(
    r"(?i:(?:this is )?(?:brought to you|sponsored|supported) by|(?:our|today['’]s) sponsors? (?:today )?(?:is|are)"
    rf"|(?:thanks|thank you) to our sponsors?[:,]?|sponsor ?:) {_NAME}"
)
_OFFER = re.compile(
    r"\b(?i:code|rabattcode|gutscheincode|kortingscode|rabattkod|codice sconto|código|промокод|kod rabatowy)"
    r" [\"“„«]?[A-ZА-Я\d]{3,}\b"
    r"|\w\.(?:com|example|org|net|io|co|de|fr)(?:/|\b)|https?:"
)
# Texts of widgets: players, comments, embedded posts, reports of mistakes, advertisements by law.
_WIDGET = re.compile(
    unicodedata.normalize(
        "NFKC",
        r"\baudio player (?:ready|is loading)\b|\bcomments powered by \w+\W*$|\b(?:blog )?comments? hosted by \w+\W*$"
        r"|^(?:please |you need to )?(?:enable|activate|activez) javascript(?: (?:in|to) [\w ]{1,60})?\W*$"
        r"|^(?:bitte )?(?:aktivieren sie )?javascript(?: aktivieren)?\W*$"
        r"|^javascript is (?:disabled|required)(?: (?:in|to) [\w ]{1,50})?\W*$"
        r"|^(?:sorry,? )?your browser does(?: not|n['’]t) support [\w /-]{1,60}\W*$"
        r"|^(?:ihr|dein) browser unterstützt [\w /-]{1,60}\W*$|^votre navigateur ne [\w '’/-]{1,70}\W*$"
        r"|^(?:tu|su|seu) navegador n(?:o|ão) [\w /-]{1,60}\W*$"
        r"|^this audio (?:is|was) (?:auto-?generated|generated by (?:an )?ai)\b[\w ]{0,40}\W*$"
        r"|^(?:this article (?:is|was) )?narrated by (?:an )?(?:ai|automated)\b[\w ]{0,30}\W*$"
        r"|\w\.\w{2,6}/privacy\b|\bprivacy and opt-out information\W*$"
        r"|\ban dieser stelle (?:befindet sich|finden sie|steht) [^.]{0,60}\binhalte?s?\b"
        r"|\bexterne[rn]? inhalte?\b.{0,60}\b(?:anzeigen|laden|(?:angezeigt|geladen) (?:werden|wird)|zustimm\w*)\b"
        r"|^mit (?:ihrer|deiner|eurer) (?:zustimmung|einwilligung) (?:wird|werden) hier\b"
        r".{0,40}\b(?:extern\w*|\w{0,12}inhalte?\w?|angezeigt|geladen|eingebunden|video|podcast|karte|beitrag)\b"
        r"|^empfohlener (?:redaktioneller|externer) inhalt\W*$"
        r"|\beingebundene[nr]? \S{0,20}inhalte?n?\b.{0,80}\b(?:anzeigen|laden|sehen|zustimm\w*|einwillig\w*)\b"
        r"|^(?:ce )?contenu (?:est )?bloqué\b.{0,80}\bcookies\b"
        r"|\b(?:ошибк|опечатк|помилк|її\b|е[её]\b|фрагмент)[^.]{0,40}\bctrl ?\+ ?enter\b"
        r"|\berid ?: ?\w{5,}\b"
        r"|^на правах рекламы(?: ?[.:|]|$)|^реклама\. (?:ооо|ао|пао|ип)\b",
    )
)
# Parts of words of which each of these texts has one, because a search for them is cheap.
_WIDGET_PARTS = word_set(
    "audio comment javascript browser navigat navegad narrated privacy inhalt zustimmung einwilligung contenu ctrl erid"
    " реклам"
)
_MUSIC = re.compile(rf"(?i:music (?:licensed from|provided by|supplied by|courtesy of)) {_NAME}")
_STEM = 5  # characters by which a word is taken for the name of a service, whatever its ending
_stem = itemgetter(slice(_STEM))
_STEMS = frozenset(
    unicodedata.normalize("NFKC", name)[:_STEM]
    for name in [
        "podcast",
        *NETWORK_NAMES,
        *ORDINARY_NAMES,
        *SUPPORT_NAMES,
        *(mark + name for mark in ("ה", "ב", "ל") for name in NETWORK_NAMES if "\u05d0" <= name[0] <= "\u05ea"),
        *(f"ال{name}" for name in NETWORK_NAMES if "\u0600" <= name[0] <= "\u06ff"),
    ]
)
# Words of which every other note of this module has one.
_WORDS = word_set(
    """
    podcasts news noticias notícias haberler casts rss vk ko-fi
    javascript disqus browser navigateur navegador player eingebundene eingebundenen inhalt inhalte bloqué opt-out
    music licensed erid: ctrl+enter ctrl+enter. ctrl реклама. правах auto-generated narrated powered
    zustimmung einwilligung
    brought possible sponsored sponsor sponsors sponsorem sponsoru partnerem courtesy präsentiert gesponsert unterstützt
    ermöglicht sponsorisé sponsorisée sponsorizzato sponsorizzata patrocinado présenté présentée apoiado
    oferecido offert offerto gesponsord mogelijk sponsras presenteras спонсор партнер партнёр werbung: anzeige: gracias
    destekçisi
    """
)


def without_invitations(line: str, about: Set[str]) -> str:
    """Return a line without such sentences. ``about``: the words of the article's title, in lower case."""
    part = line if len(line) <= _LINE else line[-_END:]
    words = part.lower().replace("’", "'").replace("'", " ").split()  # "News'te" has the word "news"
    if _WORDS.isdisjoint(words) and _STEMS.isdisjoint(map(_stem, words)) and not _unspaced(part):
        return line
    kept: list[str] = []
    offering = False  # whether the sentence before names a sponsor
    sentences = split_line(line)
    for sentence in sentences:
        text = sentence.strip()
        offering = _is_sponsor(text) or (offering and _OFFER.search(text) is not None)
        if offering or _is_widget(text, about):
            continue
        services = _SERVICE.findall(text) if len(text) <= _LONGEST else []
        if not services or not (_invites(text) or _is_row(text, services, about)):
            kept.append(sentence)
    return line if len(kept) == len(sentences) else "".join(kept).strip()


def _unspaced(text: str) -> bool:
    """Whether a text is written without spaces, as Thai is, so that its words are not compared."""
    return "\u0e00" <= text[:1] <= "\u0eff" and _SERVICE.search(text) is not None


def _is_sponsor(text: str) -> bool:
    low = text[:_LONGEST].lower()
    return (_SPONSOR.match(low) or _NAMED_SPONSOR.match(text)) is not None and REPORTED.search(low) is None


def _is_widget(text: str, about: Set[str]) -> bool:
    """Whether a sentence is a widget's text, with no word that the title names."""
    low = text[:_LONGEST].lower()
    found = (any(part in low for part in _WIDGET_PARTS) and _WIDGET.search(low)) or _MUSIC.match(text)
    return (
        found is not None
        and REPORTED.search(low) is None
        and all(word in FUNCTION or word not in about for word in _WORD.findall(found.group().lower()))
    )


def _invites(text: str) -> bool:
    """Whether a sentence that names a service is an invitation."""
    low = text.lower()
    if REPORTED.search(low):
        return False
    bare = _BARE_INVITE.match(low)
    if bare is not None and not any(map(_is_own, _words_beside(text[bare.end() :]))):
        return True
    invite = _INVITE.search(low, 0, _OPENING) or _LAST_INVITE.search(low)
    return invite is not None and _QUOTES.search(low, 0, invite.end()) is None


def _words_beside(text: str) -> list[str]:
    """Return the words of a text without those of services and addresses, in lower case."""
    return _WORD.findall(_ADDRESS.sub(" ", _SERVICE.sub(" ", text)).lower())


def _is_own(word: str) -> bool:
    """Whether a word is neither a function word nor one by which a site addresses its reader."""
    return len(word) > 1 and not (word in FUNCTION or word in WEAK or word in STRONG)


def _is_row(text: str, names: list[str], about: Set[str]) -> bool:
    """Whether a line consists of names of services, or is one with an address; in no article about one of them."""
    if any(_SERVICE.fullmatch(word.capitalize()) for word in about):
        return False
    rest = _words_beside(text)
    others = sum(map(_is_own, rest))
    if len(names) == 1:
        return not others and len(rest) < 3 and _ADDRESS.search(text) is not None
    if text[-1:] in ".!?":
        return len(names) > 2 and _JOINING.issuperset(rest)
    return others <= _OTHER_WORDS * len(names)
