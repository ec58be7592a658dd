"""Removes the salutation that a letter or newsletter begins with, and knows the words with which one ends.

    without_salutation("", ["Beste imkers,", "De hoornaar is gezien."])  ->  ["", "De hoornaar is gezien."]
    without_salutation("", ["Beste film:", "De hoornaar"])               ->  unchanged: it addresses nobody
    without_salutation("", ["Dear Zoo sold a million copies.", ...])     ->  unchanged: a sentence

A salutation is a line of its own among the first ones, and never a heading. It is a greeting and ends with a comma; or
it also names whom it addresses, in the same language, and ends with a comma, a colon or an exclamation mark. In
Chinese, Japanese and Korean it is one of the first two lines and ends with a sign, or names whom it addresses.
"""

import re
import unicodedata
from collections.abc import Sequence, Set

# For each language or group of close ones: greetings that a comma alone shows, others that need the words for the
# persons they address, and these words.
_GREETINGS = [
    (
        r"dear|hi|hello|hey|greetings|good (?:morning|afternoon|evening|day)",
        r"fellow|to (?:all|our)|welcome",
        r"all|everyone|everybody|folks|friends?|readers?|members?|colleagues?|neighbou?rs?|customers?|subscribers?"
        r"|listeners?|parents|residents|supporters|volunteers|sir|madam|citizens|team",
    ),
    (
        r"liebe[rs]?|liebste[rn]?|hallo|sehr geehrte[rn]?|geehrte[rn]?|verehrte[rn]?|guten (?:tag|morgen|abend)"
        r"|moin|servus|grüß (?:gott|dich|euch)|grüezi",
        r"werte[rn]?",
        r"leser(?:innen|in|schaft)?|freund(?:e|in|innen)?|mitglieder|kolleg(?:en|innen)|nachbar(?:n|innen)"
        r"|kund(?:en|innen)|eltern|damen|herren|zusammen|alle|hörer(?:innen)?|mitbürger(?:innen)?|abonnent(?:en|innen)",
    ),
    (
        r"geachte|lieve|hoi|beste|goede(?:morgen|middag|navond|n ?dag)",
        r"waarde|dag",
        r"lezers?|vrienden|leden|collega['’]?s|buren|klanten|abonnees|ouders|allen|allemaal|luisteraars|relaties"
        r"|dames|heren|bewoners",
    ),
    (
        r"ch(?:er|ère)s|bonjour|bonsoir|mesdames",
        r"ch(?:er|ère)|salut|messieurs|madame|monsieur",
        r"lect(?:eurs?|rices?)|ami(?:e?s)?|membres|adhérent(?:e?s)|collègues|voisin(?:e?s)|client(?:e?s)|abonné(?:e?s)"
        r"|parents|tous|toutes|messieurs|auditeurs|habitants|monsieur",
    ),
    (
        r"querid[oa]s|estimad[oa]s?|apreciad[oa]s?|buen[oa]s (?:días|tardes|noches)|muy (?:señor|estimad)\w+"
        r"|benvolgu\w{1,4}|estimats|estimades|bon dia",
        r"querid[oa]|hola",
        r"lector(?:[ae]s?|s)?|amig[oa]s?|amics|amigues|soci[oa]?s|socias|colegas?|vecin[oa]s|veïns|clientes?|suscriptor(?:es|as)"
        r"|padres|tod[oa]s|tothom|compañer[oa]s|señor(?:es|as)?|oyentes",
    ),
    (
        r"car[oa]s|prezad[oa]s?|bom dia|boa (?:tarde|noite)|gentili|gentilissim[oaie]|carissim[oaie]"
        r"|egregi[oa]?|buongiorno|buonasera|spett\.?(?:le)?",
        r"car[oaie]|olá|oi|ciao|salve|gentile",
        r"leitor(?:[ae]s)?|amig[oa]s?|s[óo]ci[oa]s?|soc[ie]|colegas?|vizinh[oa]s|clientes?|assinantes|associad[oa]s|pais"
        r"|tod[oa]s|lett(?:ori|rici|ore)|amic[ioa]|amiche|collegh[ie]|vicini|clienti|abbonati|genitori|tutti|signor[aei]"
        r"|ouvintes",
    ),
    (
        r"drag[ăi]|stima(?:t[ăei]|ți|ţi)|bună ziua",
        r"bună",
        r"cititor(?:i|ilor)?|prieten[ie]|membri|colegi|vecini|clienți|abonați|părinți|tuturor",
    ),
    (
        r"kära|hej|god (?:morgon|kväll|dag)|kære|goddag|kjære|kær[ia]|hyvät|rakkaat|arvoisat|tervehdys",
        r"bästa|hei|moi|hyvä|arvoisa|kær",
        r"läsare|vänner|medlemmar|kolleg(?:or|aer|er)|grannar|kunder|föräldrar|alla|læsere?|venner|medlemmer|naboer"
        r"|forældre|foreldre|alle|lesere?|lukijat?|ystävät?|jäsenet|kollegat|naapurit|asiakkaat|vanhemmat|kaikki",
    ),
    (
        r"drodzy|szanown[iyae]|witajcie|dzień dobry|kochani",
        r"drog[aie]|witaj|cześć|kochan[ae]",
        r"czytelni(?:cy|czki|ku)|państwo|przyjaciele|członkowie|koledzy|koleżanki|sąsiedzi|klienci|rodzice|wszyscy"
        r"|mieszkańcy|słuchacze",
    ),
    (
        r"vážen[íáýé]|poštovan[iea]|spoštovan[iea]|dobrý (?:den|deň)",
        r"mil[íáýé]|draz[íi]|drah[ýáí]|ahoj|drage",
        r"čtenáři|čitatelia|čitatelji|přátelé|priatelia|prijatelji|členové|členovia|kolegové|kolegovia|kolege|sousedé"
        r"|susedia|zákazníci|rodiče|rodičia|všichni|bralci",
    ),
    (
        r"kedves|tisztelt",
        r"szia|sziasztok|üdv|jó (?:napot|reggelt|estét)",
        r"olvasó(?:k|ink)?|barátaink|barátok|tagjaink|tagok|kollégák|szomszédok|ügyfelek|ügyfeleink|szülők"
        r"|mindenki(?:nek)?|hölgyeim|uraim",
    ),
    (
        r"gerbiami|cienījamie|lugupeetud",
        r"mieli|sveiki|dārgie|mīļie|kallid|tere",
        r"skaitytojai|draugai|nariai|kolegos|lasītāji|draugi|biedri|kolēģi|lugejad|sõbrad|liikmed|kolleegid",
    ),
    (
        r"уважаем(?:и|ые|ый|ая)|здравейте|здравствуйте|шановн(?:і|ий|а)|добрый (?:день|вечер)|добрий (?:день|вечір)"
        r"|доброе утро",
        r"скъпи|дорог(?:ие|ой|ая)|привет|друзья|дорогі|любі|вітаємо|вітаю|привіт",
        r"читател[иь]|читачі|друзья|друзі|приятели|члены|члени|членове|коллеги|колеги|соседи|сусіди|клиенты|клієнти"
        r"|клиенти|подписчики|родители|батьки|все|всем|всички|господа|жители",
    ),
    (
        r"αγαπητ(?:οί|έ|ή|ές|ά|οι|ε|η|ες|α)|γεια(?: σας| σου)?|καλημέρα|καλησπέρα",
        r"φίλ(?:οι|ες|ε|η)",
        r"αναγνώστες|φίλοι|φίλες|μέλη|συνάδελφοι|γείτονες|πελάτες|γονείς|όλοι|όλους",
    ),
    (
        r"sayın|merhaba",
        r"değerli|sevgili|selam(?:lar)?",
        r"(?:okur|okuyucu|üye|dost|arkadaş|meslektaş|komşu|müşteri|veli|abone)l[ae]r(?:ımız|imiz|ımıza|imize)?|herkese",
    ),
    (
        r"[أا]عزائي|[أا]عزاءنا|عزيزي|عزيزتي|السلام عليكم|با سلام",
        r"السادة|السيدات|الإخوة|مرحبا|سلام|دوستان|همراهان|خوانندگان",
        r"القراء|قراءنا|القارئ|الأصدقاء|[أا]صدقاءنا|الزملاء|العملاء|الأعضاء|والسادة|عزیز|گرامی|ارجمند",
    ),
    (r"שלום", r"היי|ידידים|חברים|לקוחות|קוראים", r"לכולם|רב|יקרים|קוראים|חברים|ידידים"),
    (r"प्रिय|आदरणीय|मान्यवर", r"नमस्ते|नमस्कार", r"पाठकों|पाठको|मित्रों|मित्रो|सदस्यों|साथियों|ग्राहकों"),
    (
        r"yth\.?|assalamu['’]?alaikum",
        r"halo|hai|kepada|salam",
        r"pembaca|sahabat|anggota|rekan|teman|pelanggan|semua|semuanya|warga",
    ),
    (
        r"kính (?:gửi|chào|thưa)|thân gửi",
        r"xin chào|chào|thưa|gửi",
        r"độc giả|bạn đọc|các bạn|quý vị|quý khách|thành viên|đồng nghiệp|mọi người",
    ),
]
_NEXT_WORDS = r"(?: [^\s.!?:;,|]+(?:,(?= )(?! ?$))?| & | \+ ){0,8}"


def _greeting(alone: str, others: str, addressees: str) -> str:
    """Return the pattern of the salutations of one language."""
    named = rf"(?:{alone}|{others}),?{_NEXT_WORDS} (?:{addressees}),?{_NEXT_WORDS} ?[,:!،]{{1,3}}"
    return rf"(?:{alone}){_NEXT_WORDS} ?[,،]|{named}"


_SALUTATION = re.compile(
    unicodedata.normalize("NFKC", "|".join(_greeting(*words) for words in _GREETINGS)), re.IGNORECASE
)
_BARE = re.compile(r"(?:hi|hello|hallo|moin|servus|hoi|bonjour|bonsoir|hola|olá|ciao|hej|hei|ahoj|cześć|привет)!", re.I)
# "Beste vrienden:" and "Bästa vänner:" are superlatives too.
_SUPERLATIVE = re.compile(r"(?:beste|bästa|liebste[rn]?) .*[:!]", re.IGNORECASE)
_PERSONS = (
    r"(?:関係者|お客様?|会員|読者|利用者|保護者|株主|組合員|町民|市民|ご?支援者|[会會][员員]|[读讀]者|[顾顧]客|客[户戶]|家[长長]"
    r"|[网網]友|同事)"
)
_EAST_ASIAN = re.compile(
    unicodedata.normalize(
        "NFKC",
        rf"[^。、.!?]{{0,20}}(?:の)?(?:皆様|皆さま|皆さん|みなさま|みなさん|各位)(?:へ|(?:へ|、?こんにちは|、?こんばんは)?[、。,:!])"
        rf"|{_PERSONS}(?:の(?:皆様|皆さま|皆さん)|各位)"
        r"|[^。、.!?]{1,20}御中[、,:]?|(?:こんにちは|こんばんは|おはようございます|拝啓|前略)[、。,:!]?"
        r"|(?:各位|[诸諸]位)[^。,、:!]{0,16}[:,!]|(?:[親亲][愛爱]|尊敬|敬[愛爱])的[^。,、:!]{1,16}[:,!]"
        r"|[^。,、:!]{0,10}(?:[您你]好|大家好)[:,!]"
        r"|[^.!?,]{0,25}(?:여러분|귀하|귀중|님께|님들께)[,:!.]|(?:[^.!?]{0,20} )?안녕하(?:세요|십니까)[,.!]"
        r"|(?:(?:존경하는|사랑하는|친애하는) )?(?:관계자|고객|독자|회원|주민|학부모|애독자) 여러분",
    )
)
FAREWELL = re.compile(
    r"(?:(?:(?:kind|best|warm|with kind|many) )*(?:regards|wishes)|(?:(?:many )?thanks|cheers|best|yours)(?=,)"
    r"|yours (?:sincerely|truly|faithfully|ever)|sincerely(?: yours)?"
    r"|(?:mit )?(?:freundliche[nmr]?|beste[nr]?|herzliche[nmr]?|liebe[nmr]?|viele[n]?"
    r"|sonnige[n]?) gr(?:üßen?|uß|uss|üssen?)"
    r"|hochachtungsvoll"
    r"|(?:bien )?(?:cordialement|amicalement)|bien à vous|amitiés|(?:meilleures|sincères|cordiales) salutations"
    r"|(?:un )?(?:cordial saludo|saludos?(?: cordial(?:es)?)?|abrazo)|atentamente|atenciosamente|cordialmente"
    r"|(?:um )?abraços?|(?:com os )?(?:melhores )?cumprimentos|(?:un )?(?:caro saluto|abbraccio)"
    r"|(?:cordiali |distinti )?saluti"
    r"|(?:met )?(?:vriendelijke |hartelijke |warme )?groet(?:en|jes)?|hoogachtend"
    r"|(?:med )?(?:vänliga?|bästa|varma) hälsning(?:ar)?|mvh"
    r"|(?:med )?(?:venlig|vennlig|kærlig|beste|de bedste|mange) hils(?:en|ner|ener)"
    r"|(?:ystävällisin|parhain|lämpimin)? ?terveisin"
    r"|z poważaniem|(?:serdecznie )?pozdrawiam(?:y)?(?: serdecznie)?|z wyrazami szacunku"
    r"|s (?:pozdravem|pozdravom|úctou)"
    r"|se srdečným pozdravem|(?:szívélyes )?üdvözlettel|tisztelettel|cu (?:stimă|respect|drag)|с уважением?|поздрави"
    r"|с наилучшими пожеланиями|з повагою|з найкращими побажаннями|με εκτίμηση|φιλικά"
    r"|(?:en içten )?saygılarımızla|saygılarımla|sevgiler(?:imle|imizle)?"
    r"|(?:و?مع )?(?:أطيب |خالص )?(?:التحية|التحيات|تحياتنا|تحياتي)|و?تفضلوا بقبول (?:فائق )?الاحترام"
    r"|با (?:سپاس|احترام|تشکر)"
    r"|בברכה|בכבוד רב|सादर|भवदीय|hormat kami|salam (?:hangat|hormat)|(?:trân trọng|thân ái)(?: kính chào)?|kính thư"
    r"|ขอแสดงความนับถือ|ด้วยความเคารพ|敬具|草々|かしこ|此致|敬[礼禮上]|[谨謹][启啟]|祝好|감사합니다)"
    r"[ ,.!、。–-]{0,3}",
    re.IGNORECASE,
)
_FIRST_LINES = 5
_FIRST_EAST_ASIAN_LINES = 2
_LONGEST = 70
_LONGEST_EAST_ASIAN = 30


def without_salutation(title: str, lines: Sequence[str], headings: Set[int] = frozenset()) -> list[str]:
    """Return the same lines, "" for a salutation among the first ones, if text follows and the title is another.

    ``headings``: the positions of headings, none of which is a salutation.
    """
    out = list(lines)
    written = [at for at, line in enumerate(out) if line]
    for place, at in enumerate(written[: min(_FIRST_LINES, len(written) - 1)]):
        if at in headings or out[at].rstrip(" ,:!،").casefold() in title.casefold():
            continue
        if _is_salutation(out[at]) or (place < _FIRST_EAST_ASIAN_LINES and _is_east_asian_salutation(out[at])):
            out[at] = ""
            break
    return out


def _is_salutation(line: str) -> bool:
    if len(line) > _LONGEST or line[-1] not in ",:!،" or _SUPERLATIVE.fullmatch(line):
        return False
    return _SALUTATION.fullmatch(line) is not None or _BARE.fullmatch(line) is not None


def _is_east_asian_salutation(line: str) -> bool:
    return not line.isascii() and len(line) <= _LONGEST_EAST_ASIAN and _EAST_ASIAN.fullmatch(line) is not None
