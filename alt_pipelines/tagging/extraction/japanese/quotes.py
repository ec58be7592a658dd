"""Names in Japanese quotation marks, as opposed to speech: 「里山を残す会」, 『橋を渡る』."""

import re
from collections.abc import Iterator, Sequence, Set
from itertools import takewhile

from alt_pipelines.tagging.extraction.features import LONGEST_UNSPACED
from alt_pipelines.tagging.extraction.japanese.kinds import kind_of
from alt_pipelines.tagging.extraction.japanese.names import QUOTED
from alt_pipelines.text.morphemes import Morpheme
from alt_pipelines.text.stopwords import word_set

_IN_PROGRAMMES = frozenset("のと")  # particles of the name of a programme: 森と海の食卓
TIMED = re.compile(r"\d{1,2}:\d{2}(?:[-~]\d{1,2}:\d{2})? ")
_GRAMMAR = frozenset({"助詞", "補助記号"})
_PREDICATES = frozenset({"動詞", "形容詞", "助動詞"})
# Last morphemes of what a clause may name: 里山を残す会.
_BODIES = word_set("会 団 隊 党 塾 班 祭 展 協会 連盟 同盟 連合 集い つどい 教室 講座")
# Last morphemes of what has a name in quotation marks, and says nothing: バンドの「ずっとあした」, 絵本「またね」.
_NAMED = word_set(
    """
    バンド グループ ユニット コンビ トリオ デュオ アイドル 楽団 劇団 一座 サークル チーム 団体 法人 会社 企業 社
    店 専門店 食堂 レストラン カフェ 喫茶店 喫茶 居酒屋 酒場 パン屋 菓子店 書店 雑貨店 美容室 旅館 宿 民宿 ホテル 銭湯
    温泉 施設 園 保育園 幼稚園 公園 牧場 農園 動物園 水族館 図書館 劇場 ギャラリー スタジオ サロン 拠点
    キャラクター マスコット キャラ 人形 ロボット 犬 猫 パンダ 馬 イルカ アザラシ コアラ
    商品 新商品 製品 新製品 ブランド 菓子 銘菓 和菓子 酒 日本酒 地酒 焼酎 ワイン ビール パン 弁当 駅弁 品種 新品種
    米 いちご
    曲 新曲 楽曲 歌 童謡 唱歌 アルバム シングル 作品 新作 代表作 映画 短編 長編 ドラマ アニメ アニメーション 番組 絵本
    漫画 まんが
    小説 詩集 歌集 句集 写真集 児童書 童話 著書 本 雑誌 誌 情報誌 紙芝居 舞台 演劇 ミュージカル オペラ 落語 ゲーム
    企画展 個展 特別展 写真展 原画展 展覧会 イベント 祭 祭り フェス 音楽祭 マルシェ
    アプリ サイト サービス システム ソフト ツール 通貨 地域通貨 電車 列車 観光列車 特急 バス 船 フェリー 遊覧船 号
    愛称 通称 芸名 名称 商品名 ペンネーム 屋号
    """
)
_AFTER_NAMES = frozenset(["", *"がはをのにもでや、。・（("])  # "": the end of the line; と and って report speech
_LONGEST_SPEECH = 100  # characters before 『 that are examined for an open 「
_LONGEST_QUOTE = 8  # morphemes of a quoted name; a longer quotation is speech


def quoted(line: str, tagged: list[Morpheme], again: Set[str] = frozenset()) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield names in Japanese quotation marks as (surfaces, index of the first).

    ``again``: the quotations that occur more than once in the article; they are names even if they read as clauses.
    """
    if "「" not in line and "『" not in line:
        return
    starts = [0]
    for morpheme in tagged:
        starts.append(starts[-1] + len(morpheme.surface))
    at = 0
    for match in QUOTED.finditer(line):
        while at < len(tagged) and starts[at] < match.start(1):
            at += 1
        first = at
        while at < len(tagged) and starts[at] < match.end(1):
            at += 1
        inside = tagged[first:at]
        whole = "".join(m.surface for m in inside) == match.group(1)
        named = _nominal(inside) or match.group(1) in again or _work(line, match, inside)
        if whole and (named or _is_named(line, match, tagged[max(0, first - 3) : first], inside)):
            yield _with_spaces(inside), first


def programme(line: str, tagged: list[Morpheme]) -> tuple[tuple[str, ...], int] | None:
    """Return the name with の that begins a line of a programme, after the time, as (surfaces, index of the first).

    Example: みんなの園芸ノート of the line 08:15 みんなの園芸ノート「バラ」. None for any other line, and for an event
    of an itinerary, which has particles other than の and と: 駅の広場に集合.
    """
    match = TIMED.match(line)
    if match is None:
        return None
    first, at = 0, 0
    while first < len(tagged) and at < match.end():
        at += len(tagged[first].surface)
        first += 1
    inside = list(takewhile(lambda m: m.pos1 != "空白" and m.pos2 not in ("括弧開", "句点"), tagged[first:]))
    particles = {m.surface for m in inside if m.pos1 == "助詞"}
    name = "の" in particles and particles <= _IN_PROGRAMMES and _nominal(inside) and inside[0].pos1 != "助詞"
    return (_with_spaces(inside), first) if name else None


def _with_spaces(inside: list[Morpheme]) -> tuple[str, ...]:
    """Return the surfaces of a title, a space as part of the word after it: 渡島|線| 雪|の|夜行."""
    out: list[str] = []
    space = ""
    for morpheme in inside:
        if morpheme.surface.strip():
            out.append(space + morpheme.surface)
        space = "" if morpheme.surface.strip() else " "
    return tuple(out)


def parts_apart(tagged: list[Morpheme], first: int, size: int) -> range:
    """Return the indices of a title's morphemes after its last space; those are not phrases of their own.

    ``size``: the number of the title's words, from the morpheme ``first`` on, without spaces. What precedes a space in
    a title may be a name: 渡島線 of 渡島線 雪の夜行.
    """
    begin = last = first
    while size and last < len(tagged):
        if tagged[last].pos1 == "空白":
            begin = last + 1
        else:
            size -= 1
        last += 1
    return range(begin, last)


def _nominal(inside: list[Morpheme]) -> bool:
    """Whether quoted words are a name and not speech: they end in a noun and contain no clause.

    An object with を is allowed in the name of a body: 川を守る会.
    """
    if not 0 < len(inside) <= _LONGEST_QUOTE or kind_of(inside[-1]) is None:
        return False
    clause = "はがも、" if inside[-1].surface in _BODIES else "はがをも、"
    return not any(m.pos1 == "助動詞" or (m.pos1 in _GRAMMAR and m.surface in clause) for m in inside)


def _is_named(line: str, match: re.Match[str], before: Sequence[Morpheme], inside: Sequence[Morpheme]) -> bool:
    """Whether the words before a quotation say what has it for a name, and no verb of saying follows.

    A predicate after の is what something is, and no name: 商品の「おいしい」. ``before``: the morphemes up to the
    quotation mark, バンド|の|「.
    """
    linked = len(before) > 1 and before[-2].surface == "の"
    nouns = before[-3:-2] if linked else before[-2:-1]
    if not nouns or nouns[0].surface not in _NAMED or (linked and inside[-1].pos1 in _PREDICATES):
        return False
    return len(match.group(1)) <= LONGEST_UNSPACED and line[match.end() : match.end() + 1] in _AFTER_NAMES


def _work(line: str, match: re.Match[str], inside: list[Morpheme]) -> bool:
    """Whether quoted words are the title of a work, which 『』 mark outside of speech: 『橋を渡る』."""
    start = match.start()
    if line[start] != "『" or not 0 < len(inside) <= _LONGEST_QUOTE:
        return False
    before = line[max(0, start - _LONGEST_SPEECH) : start]
    return before.rfind("「") <= before.rfind("」")
