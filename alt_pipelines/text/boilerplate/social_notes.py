"""Removes what a post on a social network says about itself: pleas to spread it, widgets, hashtags of campaigns.

    without_post_notes("4/4 Pls boost")              ->  ""
    without_post_notes("Edited 2h ago · Show thread")  ->  ""
    title_without_author("Post by @ada_k", "The eels ...")  ->  "Post by"
    is_campaign("OffTopicTuesday")                   ->  True
    is_campaign("BlackFriday")                       ->  False

A plea is a whole line. ``removal`` has handles and numbers, ``letters`` the warnings of a post's contents.
"""

import re
import unicodedata

_ASKING = (
    r"(?:(?:pls|plz|please|kindly|bitte|gerne|merci de|svp|por favor|porfa|per favore|favor|просьба|прошу"
    r"|lütfen),? ){0,2}"
)
_SPREAD = (
    r"(?:boost|boosten|rt|r/t|retweet|reblog|repost|signal[ -]boost|share widely|spread the word|teilen|weiterteilen"
    r"|boosts?"
    r"|retweeten|partager?|partagez|repouet(?:er)?|faire tourner|faites tourner|difundir|difundid|difusión|compartid"
    r"|compartan"
    r"|divulguem|compartilhem|partilhem|condividete|diffondete|delen|dela|репост|ретвит|максимальный репост|rt'?leyelim"
    r"|yayalım)"
)
# What a Japanese post asks of its readers, or does not ask.
_ASKED = (
    r"(?:(?:無言)?(?:拡散|RT|リツイート|リポスト|シェア|ブースト|リノート|リプ(?:ライ)?|返信|引用(?:RT)?"
    r"|コメント|いいね|ふぁぼ"
    r"|フォロー)(?:も|は|など)?(?:希望|大?歓迎|推奨|不要|自由|OK|可|遅れます|できません|お願い(?:します"
    r"|いたします|致します)?)"
    r"|F[FB]外から失礼(?:します|いたします)?)"
)
_PLEA = re.compile(
    unicodedata.normalize(
        "NFKC",
        rf"(?:\d{{1,2}} ?/ ?\d{{0,2}} ?)?(?:{_ASKING}{_SPREAD}(?: (?:this|it|for reach|if you can|widely|please|pls"
        rf"|plz|thanks"
        r"|thx|bitte|danke|svp|merci|por favor|gracias|obrigad[oa]|grazie|пожалуйста|lütfen)){0,3}"
        r"|(?:all )?(?:boosts?|rts?|retweets?|reblogs?|shares?)(?: (?:and|&) \w+)? "
        r"(?:are |is |very |much |highly ){0,2}(?:appreciated|welcome|ok|okay|encouraged|erwünscht"
        r"|willkommen)(?: please)?"
        rf"|\(?{_ASKED}(?: ?[/・、,&] ?{_ASKED}){{0,4}}\)?"
        r"|(?:널리 )?(?:무한 ?)?(?:알티|RT|리트윗|공유|리포스트) ?(?:부탁(?:드려요|드립니다|해요)?|해주세요|바랍니다"
        r"|환영)"
        r"|(?:求|[请請]|[帮幫]忙?)(?:大家)?(?:[扩擴]散|[转轉][发發]|[转轉])(?:一下)?)[.!~ ]{0,4}",
    ),
    re.IGNORECASE,
)
# Calls to spread a post and win something: "RT yap kazan", "Sigue y comparte para ganar", フォロー&RTで当たる.
_DEED = (
    r"(?:rt(?: yap(?:ın)?| et)?|retweet(?:e|le|leyin|eie|ea|ez|en)?|retuitea|ritwitta|repost(?:e|ea)?"
    r"|boost|like|dale like"
    r"|metti like|mets? un like|follow|folge(?:n|t)?(?: uns| mir)?|takip et(?:in)?|beğen(?:in)?"
    r"|paylaş(?:ın)?|etiketle(?:yin)?"
    r"|yorum yap(?:ın)?|share|comment|tag(?: a friend| two friends)?|teile[nt]?|kommentiere?[nt]?"
    r"|partage[zr]?|abonne-toi"
    r"|abonnez-vous|commente[zr]?|sígue(?:nos|me)|sigue(?:nos|me)?|comparte|comenta|etiqueta|curt[ae]|sig[ao](?:-nos)?"
    r"|compartilhe|comente|marque|segui(?:ci|mi)?|condividi|commenta|tagga|volg(?: ons)?|deel|reageer|polub|udostępnij"
    r"|podaj dalej|obserwuj|skomentuj|репост|ретвит|лайк(?:ни)?|подпишись|подписка|підпишись|поширюй"
    r"|follow kami|bagikan)"
)
_WIN = (
    r"(?:(?:to |for a chance to |and |for your chance to )?(?:win|enter)|kazan(?:ın|ma şansı yakala)?"
    r"|gewinn(?:e|t|en)|mitmachen"
    r"|gagne[zr]?|tente[zr]? (?:ta|votre) chance|participe[zr]?|gana|ganar|participa|ganhe|ganhar"
    r"|concorra|vinci|vincere"
    r"|partecipa|win|maak kans|wygra(?:j|ć|waj)|zgarnij|выигр(?:ай|ывай|ать)|участвуй|виграй|menangkan|menang)"
)
_JOINED = r"(?: ?[+&,/|] ?| (?:and|und|et|y|e|en|i|и|та|ve|dan|then|to|para|pour|per|om|für|dla|чтобы|ve) | )"
_DEED_JA = r"(?:フォロー|RT|リツイート|リポスト|いいね|引用RT|コメント)"
_DEED_ZH = r"(?:[轉转][發发]|[關关]注|[點点][讚赞]|按[讚赞]|分享|留言|[評评][論论])"
_DEED_KO = r"(?:팔로우|RT|알티|리트윗|공유|좋아요|댓글)"
_DEED_VI = r"(?:chia sẻ|like|thả tim|theo dõi)"
_PRIZE = re.compile(
    unicodedata.normalize(
        "NFKC",
        rf"(?:{_DEED}(?:{_JOINED}{_DEED}){{0,4}}{_JOINED}{_WIN}"
        r"(?: (?:it|this|big|prizes|hediye|ödül|premios?|prix|preise))?"
        rf"|{_DEED_JA}(?:[&+×・と ]{{1,3}}{_DEED_JA}){{0,3}}(?:で|して|すると)"
        r"(?:[^。]{0,16}(?:当たる|プレゼント|抽選|当選)|応募(?:完了|できます?)?)(?:中|キャンペーン)*"
        rf"|{_DEED_ZH}(?:[+&、並并和 ]{{0,3}}{_DEED_ZH}){{0,3}}(?:即可|就|有[機机][會会])?(?:參加|参加|參與|参与)?"
        r"(?:抽[獎奖]|[贏赢].{1,8}|(?<=[即就可])送.{1,8})"
        rf"|{_DEED_KO}(?:[+&,와과 ]{{1,3}}{_DEED_KO}){{0,3}} ?(?:하고|하면|하시면|시) ?[^.]{{0,10}}"
        r"(?:추첨|당첨|증정|선물)[^.]{0,10}"
        rf"|{_DEED_VI}(?:(?: và |, | \+ ){_DEED_VI}){{0,3}} (?:để )?(?:trúng|nhận) .{{2,20}})[.!~ ]{{0,4}}",
    ),
    re.IGNORECASE,
)
# Links of a post to the posts around it.
_THREAD = (
    r"(?:show|view|see|read|open) (?:this |the )?(?:full |entire |whole )?thread|show (?:more|less)"
    r"|(?:diesen |ganzen )?(?:thread|beitrag|unterhaltung) (?:an)?zeigen|afficher (?:le fil|cette discussion"
    r"|la discussion)|voir le fil"
    r"|(?:mostrar|ver) (?:este |el )?(?:hilo|conversación)(?: completo| completa)?"
    r"|(?:mostrar|ver) (?:esta |a |o )?(?:sequência|conversa|thread|fio)"
    r"|mostra (?:questa |la )?(?:discussione|conversazione)|toon (?:deze |dit )?(?:thread|draad|draadje)"
    r"|visa (?:denna |hela )?tråd(?:en)?"
    r"|vis (?:denne |hele )?tråd(?:en)?|näytä (?:tämä )?(?:ketju|viestiketju)|pokaż (?:ten )?wątek"
    r"|zobrazit (?:toto )?vlákno"
    r"|показать (?:обсуждение|эту ветку|ветку|тред)|показати (?:цю )?гілку|(?:bu )?(?:konuyu|başlığı|diziyi) göster"
    r"|عرض (?:هذه |هذا )?(?:السلسلة|الموضوع|المحادثة)|(?:この)?スレッドを(?:表示|見る)"
    r"|(?:이 )?(?:스레드|타래) ?(?:보기|표시)"
    r"|[显顯]示(?:此|这个|這個)?(?:主[题題]帖|[讨討][论論]串|[对對][话話]串|推文串)|tampilkan (?:utas|thread)(?: ini)?"
)
_WIDGET = re.compile(
    rf"(?:{_THREAD}|\d[\d,.]*[km]?|(?:edited|posted|reposted|boosted)(?: \d{{1,3}} ?[a-z]{{1,7}}(?: ago)?)?"
    rf"|\d{{1,3}} ?[a-z]{{1,7}} ago"
    r"|(?:in )?reply(?:ing)?(?: to)?(?: ?@\S{1,80})?|edited|translated|via [\w ]{2,20}|public|unlisted)",
    re.IGNORECASE,
)
_THREAD_LINK = re.compile(_THREAD, re.IGNORECASE)
# Tags of campaigns that a day of the week has on networks, and pleas written as tags.
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_OWN_DAY = re.compile(rf"(?:[A-Z][a-z]+){{1,4}}{_DAY}|[a-z]{{2,14}}(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")
# Days that have a name of their own.
_NAMED_DAY = re.compile(
    rf"(?:Good|Black|Cyber|Super|Ash|Bloody|Palm|Easter|Whit|Shrove|Maundy|Holy|Giving|Pancake|Fat|Pentecost|Low"
    rf"|Election|Blue|Ruby|Freaky|Lazy|Ferris|Man|Girl|Every|Any){_DAY}",
    re.IGNORECASE,
)
_CAMPAIGN = re.compile(
    unicodedata.normalize(
        "NFKC",
        r"(?:caturday|fursuitfriday|tbt|ff|fbf|wcw|mcm|ootd|qotd|followfriday|throwback\w*day|flashback\w*day"
        r"|motivation\w*day"
        r"|monday(?:motivation|mood|vibes)|tuesday(?:thoughts|vibes)|wednesday(?:wisdom|vibes)|thursday(?:thoughts"
        r"|vibes)|friday(?:feeling|vibes|mood)|saturday(?:vibes|mood)|sunday(?:funday|vibes|mood)"
        r"|follow(?:back|me|us|4follow|forfollow(?:back)?|train)|f4f|l4l|s4s|like4like|likeforlike|like4follow"
        r"|likesforlikes|sub4sub"
        r"|insta(?:good|daily|like|mood|gram)|photooftheday|picoftheday|nofilter|igers|fyp|foryou|foryoupage|viral"
        r"|trending|explorepage"
        r"|please(?:boost|rt|share|retweet)|boost(?:please|swelcome|me)|rtplease|signalboost|retweet|mutuals"
        r"|sigodevolta|sdv|siguemeytesigo|seguimeytesigo|взаимныеподписки|взаимныелайки|лайкзалайк|взаимнаяподписка"
        r"|takip(?:e)?takip\w{0,2}|geritakip"
        r"|相互(?:フォロー|希望|支援)?|拡散(?:希望|お願いします|歓迎)?|フォロー(?:返し|ミー)|フォロバ(?:100|します)?"
        r"|いいね(?:返し|した人全員フォロー)"
        r"|[RF]T希望|\w{1,24}(?:さん|方|人)?と(?:繋|つな)がりたい|맞팔\w{0,6}|선팔\w{0,6}|소통\w{0,4}"
        r"|좋아요(?:반사|테러)|좋반|선팔하면맞팔|f4f\w*|인친환영"
        r"|互粉|互[赞讚]|互[关關]|求[扩擴]散|求[关關]注|[关關]注我)",
    ),
    re.IGNORECASE,
)
# The account at the end of a title: "Post by @ada_k", "Ada Kerr (@ada_k@example.social)".
_LAST_ACCOUNT = re.compile(r" (?:@([\w.-]{2,40})(?:@[\w.-]{4,60})?|\(@([\w.-]{2,40})(?:@[\w.-]{4,60})?\))$")
_LAST_SENTENCE = re.compile(r"[.!?…。] ?([^.!?…。]+[.!]?)$")
_PLEA_LENGTH = 40
_SHORT = 100


def without_post_notes(line: str) -> str:
    """Return a line without the plea at its end; "" if it is a plea or a row of widgets."""
    last = _LAST_SENTENCE.search(line, max(0, len(line) - _PLEA_LENGTH))
    if last is not None and _is_plea(last[1]):
        line = line[: last.start(1)].rstrip()
    if not line or len(line) > _SHORT:
        return line
    if _is_plea(line):
        return ""
    if "·" not in line:
        return "" if _THREAD_LINK.fullmatch(line) else line
    parts = [part.strip() for part in line.split("·")]
    if any(_THREAD_LINK.fullmatch(part) for part in parts) and all(map(_WIDGET.fullmatch, filter(None, parts))):
        return ""
    return line


def title_without_author(title: str, body: str) -> str:
    """Return a title without the account at its end, which is the post's author unless the body names it too."""
    last = _LAST_ACCOUNT.search(title) if "@" in title else None
    if last is None or (last[1] or last[2]).casefold() in body.casefold():
        return title
    return title[: last.start()]


def _is_plea(sentence: str) -> bool:
    return _PLEA.fullmatch(sentence) is not None or _PRIZE.fullmatch(sentence) is not None


def is_campaign(tag: str) -> bool:
    """Whether a hashtag, without its mark, belongs to no topic: a day's game, or a plea."""
    if _CAMPAIGN.fullmatch(tag):
        return True
    return _OWN_DAY.fullmatch(tag) is not None and _NAMED_DAY.fullmatch(tag) is None
