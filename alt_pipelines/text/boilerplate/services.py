"""Names of well-known services that stand around articles: networks, players, shops, stock libraries, news agencies.

The modules of this room decide by a line's form what such a name means; a name alone never removes anything.
``*_NAMES`` are sets of words in lower case; the others are alternatives of a regular expression.
"""

import re
import unicodedata
from collections.abc import Set

from alt_pipelines.text.stopwords import word_set


def _names(listed: str) -> Set[str]:
    """Return the names of a list separated by commas, as cleaned text spells them."""
    return {unicodedata.normalize("NFKC", " ".join(name.split())) for name in listed.split(",")} - {""}


def _alternatives(listed: str) -> str:
    """Return the names of such a list as alternatives, longest first."""
    return "|".join(map(re.escape, sorted(_names(listed), key=lambda name: (-len(name), name))))


# Networks, messengers and platforms for podcasts.
NETWORK_NAMES = word_set(
    """
    facebook instagram twitter tiktok youtube linkedin pinterest reddit snapchat tumblr bluesky
    telegram whatsapp viber zalo xing flipboard spotify deezer soundcloud castbox acast patreon substack itunes wechat
    weibo kakaotalk podimo mixcloud tunein ivoox
    фейсбук инстаграм інстаграм твиттер телеграм вконтакте вайбер ватсап вотсап ютуб
    فيسبوك فیسبوک تويتر توییتر واتساب واتساپ واتس تيليجرام تليجرام تلغرام تلگرام انستغرام إنستغرام اینستاگرام يوتيوب
    یوتیوب روبیکا
    פייסבוק טוויטר אינסטגרם וואטסאפ ווטסאפ טלגרם יוטיוב טיקטוק
    फेसबुक ट्विटर इंस्टाग्राम व्हाट्सएप व्हाट्सऐप टेलीग्राम यूट्यूब
    เฟซบุ๊ก เฟสบุ๊ก ทวิตเตอร์ อินสตาแกรม ไลน์ ยูทูบ ติ๊กต็อก
    """
)
# Where readers pay the makers of what they read, and other ways to pay.
SUPPORT_NAMES = word_set(
    "patreon ko-fi boosty tipeee liberapay buymeacoffee paypal.me steady apoia.se catarse patronite"
)
PAYMENT_NAMES = word_set("paypal monobank приват24 liqpay bizum pix swish vipps mobilepay twint blik satispay revolut")
# Names that are ordinary words as well: they count only with a capital, and without an ending.
ORDINARY_NAMES = word_set("threads steady audible discord stitcher overcast mastodon twitch messenger дзен ایتا سروش")
# Where a programme or a piece of music can be heard, in East Asian languages.
EAST_ASIAN_PLAYER = (
    r"(?:Spotify|Apple ?(?:Podcasts?|Music)|Google ?Podcasts?|Amazon ?Music|Audible|YouTube(?: ?Music)?|Voicy"
    r"|stand\.fm|Radiotalk|radiko"
    r"|LINE ?MUSIC|AWA|Pocket ?Casts|Overcast|Castbox|KKBOX|SoundOn|Firstory|SoundCloud|RSS"
    r"|各種(?:配信|音楽|ポッドキャスト|Podcast)?(?:サービス|サイト|プラットフォーム|アプリ)"
    r"|ポッドキャスト(?:アプリ|各種)"
    r"|스포티파이|애플 ?(?:팟캐스트|뮤직)|유튜브(?: ?뮤직)?|팟빵|네이버 ?오디오클립|멜론|지니|벅스"
    r"|小宇宙|喜[马馬]拉雅|蜻蜓 ?FM|荔枝(?: ?FM)?|[网網]易云音[乐樂]|QQ ?音[乐樂]|[哔嗶][哩][哔嗶]哩|B站"
    r"|各大(?:播客|音[乐樂])?平[台臺])"
)
# Parts of the commonest of these names, one of which nearly every list of players has.
EAST_ASIAN_PLAYER_SIGNS = word_set(
    """
    Spotify Apple YouTube Voicy Amazon stand.fm radiko LINE Castbox KKBOX SoundO 스포티파이 애플 유튜브 팟빵 멜론
    지니 小宇宙 喜马拉雅 喜馬拉雅 荔枝 QQ B站
    """
)
# Shops on the web that sell goods of every kind, or books.
_SHOPS = """
    Amazon, Amazon Kindle, Kindle, eBay, Etsy, Walmart, Best Buy, Barnes & Noble, Bookshop.org, Waterstones,
    Blackwell's, AliExpress, Temu, Thalia, Hugendubel, Otto, MediaMarkt, Zalando, Fnac, Cultura, Cdiscount,
    Darty, Decitre, Leslibraires.fr, El Corte Inglés, Casa del Libro, PcComponentes, Mercado Libre, Mercado Livre,
    Magazine Luiza, Americanas, IBS, Feltrinelli, Mondadori Store, bol.com, Coolblue, Adlibris, Bokus,
    Akademibokhandeln, Allegro, Empik, Alza, Ozon, Wildberries, Яндекс Маркет, Лабиринт, Rozetka, Trendyol,
    Hepsiburada, n11,
    Jumia, Digikala, Flipkart, Shopee, Lazada, Tokopedia, Bukalapak, 楽天, 楽天市場, 楽天ブックス, 楽天Kobo,
    Yahoo!ショッピング, Yahooショッピング, ヤフーショッピング, アマゾン, メルカリ, ヨドバシ.com, ヨドバシカメラ,
    ビックカメラ, セブンネット, 7net, 紀伊國屋書店, honto, au PAY マーケット, 쿠팡, 네이버쇼핑, 교보문고, 예스24,
    알라딘, 11번가, G마켓, 京东, 淘宝, 天猫, 拼多多, 当当, 当当网, 博客來, 誠品, 蝦皮, PChome
"""
SHOP = _alternatives(_SHOPS)
SHOP_NAMES = frozenset(name.lower() for name in _names(_SHOPS))
# Libraries of music, sounds, pictures and films that makers of videos take material from.
STOCK_LIBRARY = _alternatives(
    """
    Artlist, Artlist.io, Artgrid, Epidemic Sound, Epidemicsound, AudioJungle, Envato, Envato Elements, Motion Array,
    Storyblocks, Pond5, Musicbed, Soundstripe, Uppbeat, Bensound, Incompetech, Freesound, Pixabay, Pexels, Unsplash,
    Videvo, Mixkit, YouTube Audio Library, YouTube オーディオライブラリ, YouTube 오디오 라이브러리, PremiumBeat,
    NoCopyrightSounds, NCS, Free Music Archive, Zapsplat, Videezy, Jamendo, Audiio, Thematic, HookSounds, Hooksounds,
    DOVA-SYNDROME, 魔王魂, 甘茶の音楽工房, 効果音ラボ, OtoLogic, ポケットサウンド, PeriTune, 騒音のない世界, フリーBGM,
    いらすとや, 写真AC, イラストAC, ぱくたそ, 셀바이뮤직, 爱给网, 耳聆网, 包图网, 摄图网
    """
)
# News agencies, as their reports name them, and the word for agencies.
AGENCY = _alternatives(
    """
    AFP, AFP Relaxnews, AFPBB, AP, The Associated Press, Associated Press, Reuters, UPI, Bloomberg, PA Media, AAP,
    The Canadian Press, La Presse canadienne, Agence France-Presse, Agence QMI, Xinhua, Kyodo, Kyodo News, Jiji,
    Yonhap, dpa, DPA, dpa-infocom, dpa-AFX, AFX, APA, SID, epd, KNA, Keystone-SDA, Keystone-ATS, SDA, ATS, ANP,
    Belga, EFE, Europa Press, Servimedia, Colpisa, Télam, Notimex, ACN, ANSA, Ansa, AGI, Adnkronos, AdnKronos, Askanews,
    LaPresse, Lusa, Agência Lusa, Agência Brasil, Estadão Conteúdo, Folhapress, TT, NTB, Ritzau, ritzau, STT, PAP,
    IAR, ČTK,
    TASR, SITA, MTI, Agerpres, AGERPRES, Mediafax, News.ro, БТА, BTA, Танјуг, Tanjug, Hina, HINA, STA, FENA, TASS,
    ТАСС, РИА Новости, РИА «Новости», Интерфакс, Interfax, РБК, Укрінформ, Укринформ, Ukrinform, УНІАН, УНИАН, УНН,
    Інтерфакс-Україна, БелТА, BNS, LETA, ELTA, ΑΠΕ-ΜΠΕ, ΑΠΕ, AA, Anadolu, Anadolu Ajansı, DHA, İHA, ANKA, AFPالعربية,
    أ ف ب, ا ف ب, أ.ف.ب, ا.ف.ب, فرانس برس, رويترز, وام, واس, كونا, بترا, قنا, وفا, سانا, د ب أ, د.ب.أ, أ ش أ, أ ب,
    أ.ب, الأناضول, ایسنا, ایرنا, تسنیم, رویترز, פי"א, PTI, पीटीआई, पीटीआई-भाषा, भाषा, ANI, एएनआई, IANS, आईएएनएस,
    NAN, GNA, BSS, UNB, PNA,
    Antara, ANTARA, Bernama, TTXVN, VNA, เอเอฟพี, รอยเตอร์, เอพี, ซินหัว, 共同, 共同通信, 共同通信社, 時事, 時事通信,
    時事通信社, AFP=時事, AFP時事, ロイター, 연합뉴스, 뉴시스, 뉴스1, 로이터, 新华社, 新華社, 中新社, 中新网, 中央社,
    法新社, 路透社, 路透, 美联社, 美聯社, 共同社, 时事社,
    agencies, Agencies, Agencias, agencias, Agences, agences, Agenturen, Agenzie, agenzie, Agências, agências,
    agentschappen, ajanslar, Ajanslar, агентства, وكالات, الوكالات, एजेंसी, एजेंसियां
    """
)
