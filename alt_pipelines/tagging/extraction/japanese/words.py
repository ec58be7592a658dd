"""The words of a Japanese line: the analyser's morphemes, with the names that it splits joined again.

words_of("C#とHTV-X1")  ->  [Morpheme("C#", ...), Morpheme("と", ...), Morpheme("HTV-X1", ...)]
"""

import re
from functools import lru_cache
from itertools import accumulate

from alt_pipelines.tagging.extraction.japanese.citations import Citations
from alt_pipelines.tagging.extraction.shapes import UNIT_SIGNS, enclosing, spans
from alt_pipelines.text.morphemes import Morpheme, morphemes
from alt_pipelines.text.scripts import HAN, is_han
from alt_pipelines.text.stopwords import JAPANESE_NOUNS, word_set

# Nouns without a topic, which are not a phrase alone. Those added here: what is expected or planned, vague amounts,
# places without a name, notes on prices, places and parts of a period that are relative to something else, months of
# the old calendar that are not also names of people or places, with whose strength or money (自前で), at what a go
# (一気に), businesses and people by their part in what the text is about, and what users of social networks ask of each
# other.
STOP = JAPANESE_NOUNS | word_set(
    """
    おそれ 恐れ 見込み 見通し 模様 様子 疑い 方針 可能性 傾向 次第 運び 構え 考え 狙い
    少々 適量 適宜 若干 少量 多量 大量
    全国 各地 全土 全域 国内 国外 国内外 県内 県外 市内 市外 町内 村内 区内 都内 道内 府内 世界中
    税込 税込み 税抜 税抜き 税別
    手前 真上 真下 真横 真裏 真後ろ 真ん前 真ん中 真正面 目前 眼前 目の前 背後 隣 両隣 隣り合わせ
    向かい 真向かい 斜向かい 向こう むこう 斜め前 斜め後ろ
    前半 後半 前半戦 後半戦 序盤 中盤 終盤 前場 後場 上期 下期 上半期 下半期
    年末 年始 年末年始 年初 年央 月末 月初 月央 週初 期末 期初 期首 年度末 年度初め 年度始め
    卯月 長月 神無月 霜月 師走
    自前 自力 他力 自腹 独力 人力 総出 総力 総がかり 一気 一斉 一挙 一律 一様 一目 一息
    事業所 事業者 事業主 業者 営業所 関係者 担当者 責任者 当事者 対象者 該当者 参加者 出席者 希望者 応募者
    拡散希望 拡散 リプ リプライ 引用リプ 空リプ 引リツ リポスト 引用RT RT希望 RT
    FF外 相互フォロー フォロバ 無言フォロー フォロー
    いいね ふぁぼ DM希望 詳細DM 固ツイ 固定ツイ ツイ主 スレ主 名無し
    """
)
# 同社, 同県警 and 同国籍 refer to something named before. 同盟 and 同窓会 do not: no kind of institution follows 同.
REFERENCE = re.compile(
    "同(?:社|市|県|国|町|村|区|署|校|大学|院|省|庁|局|課|部|会|党|州|紙|誌|氏|店|所|線|駅|島|湾|港|地|日|月|年|じ)"
)
# 自社 and 他国 refer to something named before, too.
POINTING = re.compile("(?:自|他|両|各|弊|御|貴|我が)(?:社|国|校|店|県|市|町|村|局|者|院|州|党|軍)")
RELATIVE_TIME = re.compile(
    "(?:来|今|昨|翌|前|本|同|当|先|毎|一昨)(?:年度?|月期?|週|日比?|期|季|シーズン|夜|朝|晩|回|[春夏秋冬])(?:中|末|初め)?|明日"
    "|[月火水木金土日]曜日?(?:[朝昼夜晩])?|週末|平日"
)
_OPENING_DAYS = re.compile("土日(?:・?(?:祝日?|休日))*|日祝|祝休日|平日(?:・?(?:土日|土曜|祝日?|休日))+")
_SUPERLATIVE = re.compile(  # with the place or time that it refers to: 県内最大, 過去最多
    "(?:[国県市町村都府道区域]内|県下|世界|日本|アジア|欧州|全国|業界|史上|過去|今季|今年)?最[大小高低多少長短強弱古新善良悪速遅重軽上下前後終先]"
)
_FEAT = re.compile("[快好力熱激猛奮健善][走投打泳闘戦演守]")  # 快走, 力投, 善戦: praise of what the text tells
UNITS = UNIT_SIGNS | word_set(
    "文字 円"
    " 人 名 本 枚 個 冊 杯 匹 頭 羽 台 機 両 隻 便 着 足 箱 袋 缶 束 株 軒 棟 戸 世帯 社 校 店 席 票 件 回 種類"
    " 年 か月 カ月 ヶ月 週間 日 泊 歳 時間 分 秒 点 度 倍 対"
    " ドル ユーロ ポンド フラン ルーブル ルピー ウォン バーツ"
    " キロ キログラム グラム ミリグラム トン キロメートル メートル センチメートル センチ ミリメートル ミリ アール"
    " ヘクタール リットル ミリリットル ワット キロワット メガワット ギガワット ボルト ヘルツ カロリー キロカロリー"
    " バイト メガバイト ギガバイト テラバイト パーセント"
)
DATE = re.compile(
    "(?:約|明治|大正|昭和|平成|令和|西暦|紀元前)?[\\d〇一二三四五六七八九十百千,.]+"
    "(?:年度|年代|年間|年|月|日|時間|時|分|秒|世紀|歳|人|円|回|位|度|キロ|メートル|cm|km|kg|mm|m|%|パーセント)+"
    "(?:前|後|頃|ごろ|半|間|以上|以下|未満|以降|以前|目)?"
)

SPOONS = frozenset({"大さじ", "小さじ", "カップ"})
DIGITS = re.compile(r"[\d一二三四五六七八九十百千万億兆〇][\d一二三四五六七八九十百千万億兆〇,.]*")
_SCORE = re.compile("\\d+(?:対|-|－|―|–)\\d+")
_READING = re.compile(
    f"(?:(?<=[{HAN}][（(])|(?<=さん[（(]))[ぁ-ゖー・\\s]{{2,}}(?=[）)、,＝=])"
    # Before a profile: ひわたり・すすむ 1980年生まれ
    "|(?:^|(?<=】))[ぁ-ん]{2,6}・[ぁ-ん]{2,6}(?=[\\s、,＝=])"
)
_SIGNED = re.compile(r"[.+#(&_]|\w-\w*\d")
_DECIMAL = re.compile(r"\d\.\d")
_HIRAGANA = re.compile("[ぁ-ん]+")
_ENDS_IN_GA = re.compile("[ぁ-ん]が [\\d大小]")
_LINKS = frozenset("ヶケガノツ")
_LINKED = re.compile(f"[{HAN}][ヶケガノツ][{HAN}]")  # not in the old spelling of laws, which has ヲ: 国民ノ権利ヲ
_ALL_HAN = re.compile(f"[{HAN}]+")
_KATAKANA = re.compile("[ァ-ヴー]+")
_PARTED = re.compile("[ァ-ヴー]{2}|[ァ-ヴー]・[ァ-ヴー]")  # what the analyser may have split
_NOMINAL = frozenset({"名詞", "接尾辞", "接頭辞"})  # not 記号, of which the analyser makes each kana of ミナセ
_LONGEST_WORD = 30  # characters of a katakana word that is joined from parts


def may_be_tag(form: str, cited: Citations) -> bool:
    """Whether a phrase may be a tag: not a date, score, amount, reference, word without a topic or cited source."""
    return _has_topic(form) and not cited.covers(form)


@lru_cache(maxsize=16384)
def _has_topic(form: str) -> bool:
    if (
        REFERENCE.match(form)
        or POINTING.fullmatch(form)
        or RELATIVE_TIME.fullmatch(form)
        or _OPENING_DAYS.fullmatch(form)
        or _SCORE.fullmatch(form)
        or form in SPOONS
        or _SUPERLATIVE.fullmatch(form)
        or _FEAT.fullmatch(form)
    ):
        return False
    if form in STOP or DIGITS.fullmatch(form) or DATE.fullmatch(form):
        return False
    return len(form) > 1 or is_han(form)


def without_readings(line: str) -> str:
    """Return a line without the readings in brackets after kanji: 水谷（みずたに、画家）becomes 水谷（、画家）."""
    return _READING.sub("", line)


def words_of(line: str) -> list[Morpheme]:
    """Return the morphemes of a line, with names that the analyser splits as single morphemes.

    These are names of letters and digits (C#, HTV-X1) and katakana words that a wrong dictionary entry splits (ウ +
    サイン・ボルト).
    """
    tagged = morphemes(line)
    signed = [(first, first + size) for first, last in spans(line) if (size := _one_word(line[first:last]))]
    if signed:
        tagged = _with_names(tagged, line, signed)
    if _LINKED.search(line) and "ヲ" not in line:
        tagged = _with_places(tagged)
    if _ENDS_IN_GA.search(line):
        tagged = _with_ga(tagged)
    return _joined(tagged) if _PARTED.search(line) else tagged


def _with_places(tagged: list[Morpheme]) -> list[Morpheme]:
    """Join two words of kanji and the katakana that links them in names of places and people: 柳|ノ|瀬, 椿|ヶ|丘."""
    out: list[Morpheme] = []
    at = 0
    while at < len(tagged):
        if 0 < at < len(tagged) - 1 and _links(out[-1], tagged[at].surface, tagged[at + 1]):
            name = out.pop().surface + tagged[at].surface + tagged[at + 1].surface
            out.append(Morpheme(name, "名詞", "固有名詞", "地名"))
            at += 2
        else:
            out.append(tagged[at])
            at += 1
    return out


def _links(before: Morpheme, link: str, after: Morpheme) -> bool:
    counted = before.pos2 == "数詞" and link != "ツ"  # 五ヶ国, but 三ツ沢
    return link in _LINKS and not counted and all(_ALL_HAN.fullmatch(m.surface) for m in (before, after))


def _with_ga(tagged: list[Morpheme]) -> list[Morpheme]:
    """Join が to the hiragana noun before it if an amount follows after a space: しょうが 1かけ."""
    out: list[Morpheme] = []
    for at, morpheme in enumerate(tagged):
        amount = morpheme.surface == "が" and tagged[at + 1 : at + 2] and tagged[at + 1].pos1 == "空白"
        amount = amount and any(m.pos2 == "数詞" or m.surface in SPOONS for m in tagged[at + 2 : at + 3])
        if amount and out and out[-1].pos1 == "名詞" and _HIRAGANA.fullmatch(out[-1].surface):
            out[-1] = out[-1]._replace(surface=f"{out[-1].surface}が")
        else:
            out.append(morpheme)
    return out


def _with_names(tagged: list[Morpheme], line: str, names: list[tuple[int, int]]) -> list[Morpheme]:
    """Replace the morphemes of each name, given by its (start, end) in the line, by one."""
    starts = list(accumulate((len(morpheme.surface) for morpheme in tagged), initial=0))[:-1]
    out: list[Morpheme] = []
    for morpheme, start, name in zip(tagged, starts, enclosing(starts, names), strict=True):
        if name is None:
            out.append(morpheme)
        elif start == name[0]:
            out.append(Morpheme(line[slice(*name)], "名詞", "固有名詞", "一般"))
    return out


def _joined(tagged: list[Morpheme]) -> list[Morpheme]:
    """Join katakana words that a wrong dictionary entry splits, and tag those after ・ as names."""
    out: list[Morpheme] = []
    for morpheme in tagged:
        if not "ァ" <= morpheme.surface[:1] <= "ー":
            out.append(morpheme)
        elif len(out) > 1 and out[-1].surface == "・" and _foreign(out[-2], morpheme):
            out.append(Morpheme(morpheme.surface, "名詞", "固有名詞", "一般"))
        elif out and _parted(out[-1], morpheme):
            out[-1] = Morpheme(out[-1].surface + morpheme.surface, "名詞", "固有名詞", "一般")
        else:
            out.append(morpheme)
    return out


def _one_word(name: str) -> int:
    """Return how many characters of a name are one word that the analyser would split: C#, HTV-X1, Go 1.24; 0 for none.

    Of Node.js 22, the first word is one, but .NET 10 is one word.
    """
    word = name if _DECIMAL.search(name) or name[0] == "." else name.partition(" ")[0]
    return len(word) if _SIGNED.search(word) else 0


def _foreign(one: Morpheme, other: Morpheme) -> bool:
    """Whether a katakana word after ・ continues a foreign name whatever its tag: ベンジャミン・ミー."""
    return _KATAKANA.fullmatch(one.surface) is not None and _KATAKANA.fullmatch(other.surface) is not None


def _parted(one: Morpheme, other: Morpheme) -> bool:
    """Whether two neighbours are one katakana word: both are katakana, and one of them is not tagged as a noun."""
    if len(one.surface) > _LONGEST_WORD:  # an endless run of katakana is not a word, and joining it is quadratic
        return False
    if not (_KATAKANA.fullmatch(one.surface) and _KATAKANA.fullmatch(other.surface)):
        return False
    return one.pos1 not in _NOMINAL or other.pos1 not in _NOMINAL
