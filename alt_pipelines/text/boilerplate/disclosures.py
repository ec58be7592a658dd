"""Removes the sentences in which a page discloses that it is paid for its links.

    without_disclosures("The owl is back. Links marked with * are affiliate links.", about)  ->  "The owl is back."
    without_disclosures("We may earn a commission if you buy through them.", about)          ->  ""
    without_disclosures("The regulator wants affiliate links to be marked.", about)          ->  unchanged

Such a sentence has no other words than those of its kind, of which the lists are complete for each language, so a
report about such links stays. ``east_asian_notes`` has those of Japanese, Korean, Chinese and Thai.
"""

import re
from collections.abc import Set

from alt_pipelines.text.sentences import split_line
from alt_pipelines.text.stopwords import word_set

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_AFFILIATE = re.compile(
    r"affiliates?(?:-?(?:links?|linkit|linkkejä|lenker|länkar|linki|odkazy))?|affiliatelinken|affiliati?ons?"
    r"|(?:partner|werbe|provisions|reklame|annonce)-?links?|(?:reklam|annons)länkar|(?:annonse|reklame)lenker"
    r"|(?:kumppanuus|mainos)linkkejä|affiliée?s?|afiliad[oa]s?|afiliaci[oó]n|afiliação|affiliat[oi]|affiliazione"
    r"|afiliacyjn\w|afilia[cč]ní|partnersk(?:ie|é)|партн[её]рск\w{2,3}|партнерськ\w{1,3}|ortaklığı|afiliasi"
)
_COMMISSION = word_set(
    """
    commission commissions provision provisionen comisión comisiones comissão comissões commissione commissioni
    commissie provisjon provisio provision prowizję prowizje provizi комиссию комісію komisyon komisi
    """
)
# Of links, and of what has them; a disclosure speaks of its own page.
_LINKS = word_set(
    """
    link links linki linken lien liens enlace enlaces länk länkar länkarna lenker lenkene linket linkit odkazy odkaz
    ссылки ссылкам ссылок посилання посиланнями bağlantı bağlantılar bağlantıları tautan
    article post page story review video newsletter blog website
    artikel beitrag text blogbeitrag seite webseite billet artículo entrada página artigo texto articolo pagina bericht
    inlägget artikeln texten sidan innehållet artiklen artikkelen innlegget indlægget siden artikkeli teksti juttu
    kirjoitus tekst artykuł wpis strona článek příspěvek stránka статья пост текст статье статті стаття допис
    yazı makale içerik
    """
)
_FIRST_PERSON = word_set(
    """
    we i wir ich nous je recibimos recibo podemos puedo recebemos recebo riceviamo ricevo possiamo potremmo wij ik vi
    jag jeg saamme saan otrzymamy otrzymam możemy získáme dostaneme мы я ми kami
    """
)
_OTHER = word_set(
    """
    this the these those some of in on our my may will might can could get earn receive a an small if you buy purchase
    something anything make through via them it from at no extra additional cost costs to contain contains includes
    include are is be marked with asterisk star indicated by which means that when click and as for clicking using any
    here your without amazon associate qualifying purchases

    die der das dieser diese dieses diesem diesen dem den im auf mit einem einer einen stern sternchen markierte
    markierten gekennzeichnete gekennzeichneten gekennzeichnet versehene versehenen sind sogenannte sogenannten enthält
    enthalten kann können ist einige alle unsere meine wenn falls du sie ihr darüber über solchen kaufst kauft kaufen
    einkaufst einkauft einkaufen etwas bestellst bestellt bestellen klickst erhalte erhalten bekomme bekommen verdiene
    verdienen eine kleine für dich euch entstehen keine mehrkosten zusätzliche zusätzlichen kosten dabei ändert sich
    preis nicht bleibt gleich und von vom händler shop es als

    les marqués signalés suivis accompagnés d un une astérisque étoile par avec sont est des de cet cette ce contient
    contiennent peut contenir certains si vous achetez ces percevons perçois touchons touche recevons reçois pouvons
    peux percevoir toucher recevoir petite sans surcoût coût supplémentaire pour sur le la dans ils

    los las marcados señalados con asterisco son este esta contiene contienen incluye puede contener algunos en si
    compras compra través ellos estos recibir ganar pequeña sin coste costo adicional para ti usted o

    os as com são contém contêm pode conter alguns neste nesta se você comprar por meio através deles desses receber
    ganhar uma pequena sem custo una

    contrassegnati segnalati sono di questo questa contengono può contenere alcuni acquisti acquistate compri tramite
    attraverso questi ricevere guadagnare piccola senza costi aggiuntivi per te

    een sterretje gemarkeerde gemarkeerd aangeduide aangegeven zijn dit deze bevat kan bevatten sommige als je koopt
    iets ontvangen ontvang krijgen krijg zonder voor jou met het

    märkta markerade märkt med en stjärna är innehåller detta den här om köper dem får få liten utan kostnad för dig
    merket merkede markeret markerede stjerne er denne dette indeholder inneholder hvis køber kjøper lille uden uten
    ekstra omkostninger kostnad til deg

    tähdellä merkityt linkin ovat sisältää tämä on kautta jos ostat pienen

    oznaczone oznaczonych gwiazdką to są ten ta zawiera zawierają jeśli jeżeli kupisz przez nie otrzymać małą niewielką
    bez dodatkowych kosztów dla ciebie

    označené hvězdičkou jsou tento tato obsahuje pokud nakoupíte přes ně malou pro vás navíc

    отмеченные звёздочкой звездочкой являются это эта этот содержит содержат если вы купите по ним получим можем
    получить небольшую в этой некоторые

    позначені зірочкою є це ця цей містить містять якщо купите за ними отримаємо можемо отримати невелику у цій деякі

    bu satış içerir içermektedir içerebilir yıldız ile işaretli işaretlenen olan

    ini mengandung berisi yang bertanda adalah
    """
)
# Of the price that a reader pays, with which a disclosure goes on.
_PRICE = word_set(
    """
    cost costs buy purchase purchases mehrkosten kosten preis kaufst kauft kaufen einkaufst einkauft einkaufen bestellst
    bestellt bestellen surcoût coût achetez coste costo compras compra custo comprar costi acquisti acquistate compri
    koopt kostnad kostnader køber kjøper omkostninger ostat kosztów kupisz nakoupíte купите satış
    """
)
_DENIED = re.compile(
    r"\b(?:no|not|never|keine?[rn]?|sans|sin|sem|senza|zonder|geen|utan|uden|uten|bez|nie|nicht|не|без)"
    rf" (?:[^\W\d_]{{1,12}} )?(?:{'|'.join(sorted(_COMMISSION))})\b",
    re.IGNORECASE,
)
_NEGATIONS = word_set("nicht no nie")
_MARKS = word_set(
    """
    asterisk star stern sternchen astérisque étoile asterisco sterretje stjärna stjerne tähdellä gwiazdką hvězdičkou
    звёздочкой звездочкой зірочкою yıldız bintang
    """
)
_KNOWN = _COMMISSION | _LINKS | _FIRST_PERSON | _OTHER | _MARKS
_QUOTES = frozenset('"“”«»„?')
_LONGEST = 220
_LINE_END = 500  # characters at the end of a line, in which such a sentence may be
_FEWEST_WORDS = 3
_SIGN = re.compile(
    r"affili|afilia|partner|werbe-?link|provision|reklam|annon|kumppanuus|mainoslink|партн|ortaklığı"
    r"|commissi|comisi|comiss|commissie|prowizj|provizi|комисси|комісі|komisi",
    re.IGNORECASE,
)


def without_disclosures(line: str, about: Set[str]) -> str:
    """Return a line without such sentences. ``about``: the words of the title, in lower case. Linear time."""
    if not _SIGN.search(line, max(0, len(line) - _LINE_END)) or any(map(_AFFILIATE.fullmatch, about)):
        return line
    sentences = split_line(line)
    kept: list[str] = []
    disclosed = False  # whether the sentence before is a disclosure, which the next one may go on with
    for sentence in sentences:
        words = _own_words(sentence)
        disclosed = (
            len(words) >= _FEWEST_WORDS
            and not _denies(sentence, words)
            and ((disclosed and not words.isdisjoint(_PRICE)) or _discloses(words, marked="*" in sentence))
        )
        if not disclosed:
            kept.append(sentence)
    return line if len(kept) == len(sentences) else "".join(kept).strip()


def _own_words(sentence: str) -> frozenset[str]:
    """Return the words of a sentence that has only words of disclosures; otherwise an empty set."""
    if len(sentence) > _LONGEST or not _QUOTES.isdisjoint(sentence):
        return frozenset()
    words = frozenset(_WORD.findall(sentence.lower()))
    return words if all(word in _KNOWN or _AFFILIATE.fullmatch(word) for word in words) else frozenset()


def _denies(sentence: str, words: Set[str]) -> bool:
    """Whether a sentence says that no commission is paid; it may say that nobody pays more."""
    if words.isdisjoint(_COMMISSION):
        return False
    return _DENIED.search(sentence) is not None or (words.isdisjoint(_PRICE) and not words.isdisjoint(_NEGATIONS))


def _discloses(words: Set[str], *, marked: bool) -> bool:
    """Whether words of disclosures tell of paid links of the page, or of what its makers are paid."""
    if any(map(_AFFILIATE.fullmatch, words)):
        return marked or not words.isdisjoint(_LINKS | _MARKS | _FIRST_PERSON)
    return not words.isdisjoint(_COMMISSION) and not words.isdisjoint(_FIRST_PERSON)
