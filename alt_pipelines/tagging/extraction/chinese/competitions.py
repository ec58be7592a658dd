"""Names of competitions that the Chinese segmenter cuts at a sport or a level that it takes for a verb or an attribute.

    with_competitions(words of "全国跳水冠军赛")  ->  全国跳水冠军赛/nz, and not 全国/n 跳水/v 冠军赛/n

A name ends in a kind of competition. Before it stand the sport, who competes and at which level, and before these at
most one place. Names of short nouns only are phrases already.
"""

from collections.abc import Iterator, Sequence

from alt_pipelines.tagging.extraction.features import LONGEST_UNSPACED, Candidate
from alt_pipelines.text.segmentation import Word, simplified
from alt_pipelines.text.stopwords import word_set

KINDS = word_set(
    "联赛 锦标赛 冠军赛 公开赛 大奖赛 邀请赛 巡回赛 挑战赛 大师赛 精英赛 世界杯 亚洲杯 欧洲杯 超级杯 足协杯"
    " 超级联赛 甲级联赛 乙级联赛 职业联赛"
)
_SPORTS = word_set(
    "跳水 游泳 花样游泳 公开水域 水球 体操 艺术体操 蹦床 举重 射击 射箭 击剑 柔道 拳击 摔跤 跆拳道 空手道 武术 散打"
    " 田径 马拉松 竞走 越野 自行车 赛艇 皮划艇 帆船 帆板 冲浪 潜水 龙舟 滑板 轮滑 攀岩 登山 马术 铁人三项 现代五项 足球"
    " 篮球 排球 沙滩排球 手球 曲棍球 棒球 垒球 棒垒球 橄榄球 网球 羽毛球 乒乓球 壁球 台球 桌球 斯诺克 高尔夫 高尔夫球"
    " 保龄球 毽球 藤球 板球 冰球 冰壶 滑冰 速滑 滑雪 花样滑冰 速度滑冰 短道速滑 单板滑雪 高山滑雪 越野滑雪 雪车 雪橇"
    " 冬季两项 围棋 象棋 国际象棋 桥牌 电竞 电子竞技 赛车 拉力 方程式 赛马 拔河 健美 钓鱼 无人机"
)
_WHO = word_set(
    "男子 女子 男女 混合 团体 单项 青年 少年 青少年 成年 老年 大学生 中学生 残疾人 职业 业余 超级 甲级 乙级 丙级 顶级"
    " 室内 室外 短池 长池 沙滩 公路 场地 山地 城市 俱乐部"
)
_WHERE = word_set("世界 全国 国际 全球")
_PLACES = ("ns", "nt")
_MOST_WORDS = 6
_SHORT = 3  # characters; a longer word ends a phrase (``chinese.analysis``)


def with_competitions(words: Sequence[Word]) -> list[Word]:
    """Return the words, with every name of a competition that is not of short nouns only as a single word."""
    out: list[Word] = []
    for word in words:
        size = _size(out, word) if simplified(word.surface) in KINDS else 0
        if size:
            parts = [*out[-size:], word]
            out[-size:] = [Word("".join(part.surface for part in parts), parts[0].start, "nz")]
        else:
            out.append(word)
    return out


def _size(before: Sequence[Word], word: Word) -> int:
    """Return the number of words before a kind of competition that begin its name; 0 if all are short nouns."""
    size, length, end = 0, len(word.surface), word.start
    divided = length > _SHORT
    for other in reversed(before[-_MOST_WORDS:]):
        form = simplified(other.surface)
        place = form in _WHERE or (other.pos.startswith(_PLACES) and len(form) > 1)
        length += len(form)
        adjacent = other.start + len(other.surface) == end
        if not adjacent or length > LONGEST_UNSPACED or not (place or _describes(form)):
            break
        size, end = size + 1, other.start
        divided = divided or len(form) > _SHORT or not other.pos.startswith("n")
        if place:
            break
    return size if divided else 0


def _describes(form: str) -> bool:
    """Whether a word is a sport, who competes or both: 跳水, 女子, 男子篮球."""
    return form in _SPORTS or form in _WHO or (form[:2] in _WHO and form[2:] in _SPORTS)


def bare_kinds(found: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
    """Yield (kind, name) for a kind of competition that the text hardly uses alone, with the best name that it ends.

    世界杯 beside 跳水世界杯. Where the text uses 世界杯 alone, it is the World Cup of football.
    """
    for at, candidate in enumerate(found):
        if simplified(candidate.form) not in KINDS:
            continue
        longer = [i for i, c in enumerate(found) if i != at and c.form.endswith(candidate.form)]
        if longer and candidate.times <= sum(found[i].times for i in longer):
            yield at, longer[0]
