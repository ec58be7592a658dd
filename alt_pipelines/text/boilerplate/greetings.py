"""Removes the salutation that a letter or newsletter begins with, and knows the words with which one ends.

    without_salutation("", ["Beste imkers,", "De hoornaar is gezien."])  ->  ["", "De hoornaar is gezien."]
    without_salutation("", ["Dear Zoo sold a million copies.", ...])     ->  unchanged: a sentence

A salutation is a short line of its own among the first ones. It begins with a word of greeting and ends with a comma, a
colon or an exclamation mark; in Chinese, Japanese and Korean its form alone shows it.
"""

import re
import unicodedata
from collections.abc import Sequence

_GREETINGS = [
    r"dear|hi|hello|hey|greetings|good (?:morning|afternoon|evening|day)|fellow|to (?:all|our) \w+|welcome",
    r"lieb(?:e[rsn]?|ste[rn]?)|hallo|sehr geehrte[rn]?|geehrte[rn]?|werte[rn]?|verehrte[rn]?|guten (?:tag|morgen|abend)"
    r"|moin|servus|grüß (?:gott|dich|euch)|grüezi",
    r"beste|geachte|lieve|waarde|dag|hoi|goede(?:morgen|middag|navond|n ?dag)",
    r"ch(?:er|ère)s?|bonjour|bonsoir|salut|mesdames|madame|messieurs|monsieur",
    r"querid[oa]s?|estimad[oa]s?|apreciad[oa]s?|hola|buen[oa]s (?:días|tardes|noches)|muy (?:señor|estimad)\w+",
    r"benvolgu\w{1,4}|estimats|estimades|bon dia",
    r"car[oa]s?|car[ie]|prezad[oa]s?|olá|oi|bom dia|boa (?:tarde|noite)",
    r"carissim[oaie]|gentil[ei]|gentilissim[oaie]|egregi[oa]?|ciao|buongiorno|buonasera|salve|spett\.?(?:le)?",
    r"drag[ăiei]|draga|stima(?:t[ăei]?|ți|ţi)|bună ziua|bună",
    r"kär[ae]|bästa|hej|god (?:morgon|kväll|dag)|kære|goddag|kjære|hei|kær[ia]|hyvä[t]?|rakkaat"
    r"|arvois(?:a|at)|tervehdys|moi",
    r"drodzy|drog[aie]|szanown[iyae]|witaj(?:cie)?|cześć|dzień dobry|kochan[iea]",
    r"mil[íáýé]|vážen[íáýé]|draz[íi]|drah[ýáí]|ahoj|dobrý (?:den|deň)|poštovan[iea]|drage|spoštovan[iea]",
    r"kedves|tisztelt|szia|sziasztok|üdv|jó (?:napot|reggelt|estét)",
    r"mieli|gerbiami|sveiki|dārgie|cienījamie|mīļie|kallid|lugupeetud|tere",
    r"скъпи|уважаем[аи]?|здравейте|дорог(?:ие|ой|ая)|уважаем(?:ые|ый|ая)|здравствуйте|привет|добрый (?:день|вечер)"
    r"|доброе утро|друзья|дорогі|шановн(?:і|ий|а)|любі|вітаємо|вітаю|привіт|добрий (?:день|вечір)",
    r"αγαπητ(?:οί|έ|ή|ές|ά|οι|ε|η|ες|α)|φίλ(?:οι|ες|ε|η)|γεια(?: σας| σου)?|καλημέρα|καλησπέρα",
    r"sayın|değerli|sevgili|merhaba|selam(?:lar)?",
    r"[أا]عزائي|[أا]عزاءنا|عزيزي|عزيزتي|السادة|السيدات|الإخوة|مرحبا|السلام عليكم|سلام|با سلام|دوستان|همراهان|خوانندگان",
    r"שלום|היי|ידידים|חברים|לקוחות|קוראים",
    r"प्रिय|नमस्ते|नमस्कार|आदरणीय|मान्यवर",
    r"yth\.?|halo|hai|kepada|salam|assalamu['’]?alaikum|para|mahal",
    r"kính (?:gửi|chào|thưa)|thân gửi|xin chào|chào|thưa|gửi",
]
_WORDS = "|".join(_GREETINGS)
_SALUTATION = re.compile(
    unicodedata.normalize("NFKC", rf"(?:{_WORDS})(?: [^\s.!?:;,|]+(?:,(?= )(?! ?$))?| & | \+ ){{0,8}} ?[,:!،]{{1,3}}"),
    re.IGNORECASE,
)
_EAST_ASIAN = re.compile(
    unicodedata.normalize(
        "NFKC",
        r"[^。、.!?]{0,20}(?:の)?(?:皆様|皆さま|皆さん|みなさま|みなさん|各位)(?:へ|、?こんにちは|、?こんばんは)?[、。,:!]?"
        r"|[^。、.!?]{1,20}御中[、,:]?|(?:こんにちは|こんばんは|おはようございます|拝啓|前略)[、。,:!]?"
        r"|(?:各位|[诸諸]位)[^。,、:!]{0,16}[:,!]?|(?:[親亲][愛爱]|尊敬|敬[愛爱])的[^。,、:!]{1,16}[:,!]?"
        r"|[^。,、:!]{0,10}(?:[您你]好|大家好)[:,!]?"
        r"|[^.!?,]{0,25}(?:여러분|귀하|귀중|님께|님들께)[,:!.]?|(?:[^.!?]{0,20} )?안녕하(?:세요|십니까)[,.!]?",
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
_LONGEST = 70
_LONGEST_EAST_ASIAN = 30


def without_salutation(title: str, lines: Sequence[str]) -> list[str]:
    """Return the same lines, "" for a salutation among the first ones, if text follows and the title is another."""
    out = list(lines)
    written = [at for at, line in enumerate(out) if line]
    for at in written[: min(_FIRST_LINES, len(written) - 1)]:
        if _is_salutation(out[at]) and out[at].rstrip(" ,:!،").casefold() not in title.casefold():
            out[at] = ""
            break
    return out


def _is_salutation(line: str) -> bool:
    if len(line) <= _LONGEST and line[-1] in ",:!،" and _SALUTATION.fullmatch(line):
        return True
    return not line.isascii() and len(line) <= _LONGEST_EAST_ASIAN and _EAST_ASIAN.fullmatch(line) is not None
