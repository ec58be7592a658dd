"""Chinese words that the segmenter's dictionary tags wrongly: verbs as nouns (動工, 再次发生), names as others (微软).

CC-CEDICT defines a verb by "to ..." and writes a name with a capital. A word with no other sense is a verb; one with
few others is a verbal noun. A phrase of four characters that the segmenter tags as an idiom, or guesses, is judged by
its two halves.
"""

import re
from collections.abc import Sequence, Set
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from alt_pipelines.data_files import data_file, whole_text
from alt_pipelines.tagging.extraction.chinese.characters import SURNAMES
from alt_pipelines.tagging.extraction.chinese.frequencies import KNOWN, share
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.text.scripts import is_han
from alt_pipelines.text.segmentation import Word, chinese, simplified
from alt_pipelines.text.stopwords import word_set

# The segmenter's tags of small words, and with them of signs, parts of words and sounds; a tag begins with its letter.
GRAMMATICAL = ("c", "d", "f", "m", "p", "q", "r", "t", "u", "y")
FUNCTION = (*GRAMMATICAL, "e", "k", "o", "x")
NUMERAL = re.compile(r"[\d〇零一二三四五六七八九十百千万萬亿億兩两半几幾数數多第首每某]")
_COUNTED = re.compile(  # 九人, 首例, 六小时, 两碗饭
    f"{NUMERAL.pattern}+(?:[人名位例批个個次款架艘辆輛条條座届屆家所项項份]|小[时時]|分[钟鐘]|[大小]?[匙碗][饭汤水茶酒]?|人份)"
    "|[大小][匙勺]"
)
_MEASURES_OF_THINGS = "个条张件份辆间层台株棵片套块排篇箱瓶只头座款部场次家户"
_DETERMINED = re.compile(  # 单株, 整夜, 每位乘客
    f"单[{_MEASURES_OF_THINGS}日月周季年]|整[{_MEASURES_OF_THINGS}夜天年]|[每各某][{_MEASURES_OF_THINGS}名位].{{0,2}}"
)
# Last characters of those who act: after them, an activity is the verb of a clause (警方|保护).
ACTORS = frozenset("方者员人们家队局部院署会司警民商厂生师")
# What people, firms and institutions do. It ends terms after what is done or happens to (数据保护, 雨水排放), and
# institutions are named after it (环境保护局, 考试院); other verbs are predicates there (加入|协会).
ACTIVITIES = word_set(
    "保护 保障 保育 保险 养护 维修 修复 改造 改革 转型 升级 更新 创新 发展 促进 规划 设计 研究 研发 开发 建设 运营"
    " 管理 管制 监管 监督 监察 监测 监控 控制 治理 指挥 应急 调查 审查 审计 检查 检验 检测 检疫 测试 测绘 勘探 试验"
    " 实验 分析 识别 评估 评级 认证 登记 考试 考古 预警 预防 防治 防控 防制 防汛 抗旱 减灾 消防 救助 援助 救援"
    " 救济 赔偿 补偿 补贴 补助 慈善 养老 就业 优惠 减免 扣除 抵扣 贷款 融资 投资 理财 担保 征信 支付 结算 交易 贸易"
    " 采购 竞争 垄断 限制 合作 交流 共享 互助 服务 立法 司法 执法 检察 仲裁 警察 刑事 刑事警察 诈骗 犯罪 侵权 走私"
    " 贿赂 洗钱 污染 泄漏 泄露 排放 倒灌 退化 制造 生产 加工 封装 测序 运输 物流 配送 教育 培训 训练 运动 体育 治疗"
    " 移植 接种 筛查 诊断 护理 康复 种植 养殖 灌溉 捕捞 发电 供电 储能 导航 定位 驾驶 翻译 创作 出版 发行 广播 传播"
    " 收藏 展览 拍卖"
)
# Short names of football leagues and cups: a country or continent, and the level.
_LEAGUE = re.compile(
    "[中英西意德法荷葡俄土乌希瑞奥挪丹苏比沙泰印日韩澳美女]超|[中英西意德法荷葡巴阿日韩][甲乙丙]|英冠|[欧亚非]冠|[欧亚]联"
)
_REPORTS = frozenset(["显示", "表明", "发现", "指出", "认为", "表示"])  # 结果显示
_BODIES = frozenset("署局厅")  # last characters of names of public bodies, in simplified characters
_LENGTHS_OF_BODIES = (3, 4)  # characters
# A month, a year or an hour, and what may follow it in a word of time; a word that goes on otherwise is a name: 五月天.
_BEGINS_TIME = re.compile(f"{NUMERAL.pattern}+[年月点日]")
_TIME = re.compile(f"(?:{NUMERAL.pattern}|[年月日号点钟时分秒刻整份初中底末前后内间代度级]|[上中下]旬)+")
_DIRECTED = re.compile("..?(?:[起下上进出回过]来|[下上进出回过]去)$")  # 爬起来
_DEGREE = re.compile("[很太]")
_NOMINAL = ("n", "i", "j", "l", "z", "g", "x")  # tags of the segmenter's dictionary that such verbs have
_UNKNOWN = 3e-8  # share below which a word is the segmenter's guess
NAMES = ("ns", "nt", "nz", "eng")  # tags of places, organisations and other names
_PHRASE = 4  # characters
_NAME = 3  # characters of a word that the segmenter may have guessed as a name
_MEASURES = frozenset("人名位")
_WITHIN = frozenset("内內后後前")
_PERIODS = frozenset("时時钟鐘秒天日月年周週")
_AFTER_GUESSES = frozenset("约将于至已及逾有又仍也指称说拟")
MOVES = frozenset("升涨跌降增减")
_MODALS = frozenset("会能可要")
_CONJUNCTIONS = frozenset("和与及跟或")
_BEFORE_GUESSES = frozenset("超仅在把被对从向将为由让逾近惟")
# Measures that are nouns too, so the segmenter takes them for the beginning of the noun after them: 一|锅汤, 这|次列车.
_NOUN_MEASURES = frozenset("克吨斤锅碗杯盘盆瓶桶箱袋包盒串条棵朵片块堆场座台辆架艘张页册部支名位份件次间栋层")
_COMMON = 1e-5  # share of a word that is probably one after a function word
_NOUN = ("n", "vn", "an")
_PREDICATES = ("v", "a", "z")
_CLAUSE = frozenset("，。；：！？ ,;:!?\n")


def guesses_cut(text: str, words: list[Word]) -> list[Word]:
    """Split a measure before, or a function word before or after, off words that the segmenter guessed.

    十二|人|遇难, 海拔|约, 武漢|及, 超|预期, 一|锅|粥, 粥|会 before a verb, 买|奔图 if the text has 奔图 alone.
    """
    out: list[Word] = []
    alone = {word.surface for word in words if 1 < len(word.surface) <= _NAME and word.pos.startswith("n")}
    for word, following in zip(words, [*words[1:], None], strict=False):
        size = len(word.surface)
        cut = _beside_verb(word.surface, alone) if _NAME <= size <= _PHRASE else 0
        if cut:
            first, last = (1, size) if cut == 1 else (0, cut)
        else:
            first, last = _inside_glued(word, out[-1] if out else None, following)
        if last - first in (0, size):
            out.append(word)
            continue
        for begin, end in pairwise(dict.fromkeys([0, first, last, size])):
            piece = shifted(text[word.start + begin : word.start + end], word.start + begin)
            counted = first and begin and size == _NAME and word.surface[0] in _MEASURES  # 遇难 is the predicate
            acts = counted or (cut == 1 and not begin)  # 买|奔图
            out += [part._replace(pos="v") for part in piece] if acts else piece
    return out


def _inside_glued(word: Word, before: Word | None, following: Word | None) -> tuple[int, int]:
    """Return where a guessed word begins and ends without the measure or function words glued to it."""
    size = len(word.surface)
    guessed = 1 < size <= _NAME and is_han(word.surface[0]) and share(word.surface) < KNOWN
    return (int(_begins_glued(word, before)), size - int(_ends_glued(word, following))) if guessed else (0, size)


def _beside_verb(surface: str, alone: Set[str]) -> int:
    """Return where to divide a guessed word of a verb and a noun that the text has alone (买|奔图, 塔代伊|接), or 0."""
    begins, ends = surface[1:] in alone and simplified(surface[0]) not in SURNAMES, surface[:-1] in alone
    if not (begins or ends) or share(surface) >= _UNKNOWN:
        return 0
    if begins and _tag_of(surface[0]) in ("v", "p", "zg"):
        return 1
    return len(surface) - 1 if ends and _tag_of(surface[-1]) in ("v", "p") else 0


@lru_cache(maxsize=4096)
def _tag_of(character: str) -> str:
    """Return the segmenter's tag of a single character."""
    return chinese(character)[0].pos


def _begins_glued(word: Word, before: Word | None) -> bool:
    """Whether the first character of a guessed word is a function word or the measure of the number before it."""
    form = simplified(word.surface)
    if before is not None and (_ends_amount(form[0], before) and len(form) > 1):
        return len(form) == _NAME or form[0] in _WITHIN
    if before is not None and form[0] in _NOUN_MEASURES and (before.pos == "m" or before.surface in ("这", "那", "這")):
        return NUMERAL.search(before.surface) is not None or before.pos == "r"
    rest = frequency(form[1:], "zh") if len(form) == _NAME else 0.0
    if before is not None and before.pos.startswith("n") and form[0] in _CONJUNCTIONS and rest > 0:
        return True  # 协议|和|竞业
    return rest >= (KNOWN if form[0] in _CONJUNCTIONS else _COMMON) and (
        form[0] in _CONJUNCTIONS or form[0] in _BEFORE_GUESSES
    )


def _ends_glued(word: Word, following: Word | None) -> bool:
    """Whether the last character of a guessed word is a function word: 全長|約, or 汤|会 before a verb."""
    last = simplified(word.surface[-1])
    if len(word.surface) == _NAME:
        on = last == "上" and word.pos == "n" and share(word.surface[:-1]) > 0  # 电塔|上
        moves = last in MOVES and following is not None and following.pos == "m"  # 腾讯升|2.3%
        return on or moves or last in _AFTER_GUESSES
    acts = following is not None and following.pos.startswith(("v", "d"))
    return last in _MODALS and acts


def _ends_amount(character: str, before: Word) -> bool:
    """Whether a character belongs to the amount before it: 十一|人, 半小時|內."""
    return (character in _MEASURES and before.pos.startswith("m")) or (
        character in _WITHIN and before.surface[-1] in _PERIODS
    )


def shifted(text: str, by: int) -> list[Word]:
    """Return the words of a part of a text that begins at position ``by``."""
    return [word._replace(start=word.start + by) for word in chinese(text)] if text else []


class _Lists(NamedTuple):
    verbs: frozenset[str]
    verbal_nouns: frozenset[str]
    names: frozenset[str]


def retagged(words: Sequence[Word], *, title: bool) -> list[Word]:
    """Return the words with such verbs tagged "v", verbal nouns "vn", names "nz" and counts "m".

    In a ``title``, such a verbal noun is the verb of its clause if the clause has no verb before it and it is between a
    subject and an object of two or more words: 重庆[部署]西部陆海新通道建设, but not 青田[研发]中心.
    """
    out = [_retagged(word) for word in words]
    if title:
        for first, last in _clauses(out):
            for at in range(first, last):
                if out[at].pos == "v":
                    break
                acts = out[at].pos == "vn" and simplified(out[at].surface) in word_lists().verbal_nouns
                if acts and first < at < last - 2:
                    out[at] = out[at]._replace(pos="v")
                    break
    return out


def is_verbal(form: str) -> bool:
    """Whether most senses of a noun in simplified characters are those of a verb."""
    return form in word_lists().verbal_nouns


def _retagged(word: Word) -> Word:
    if len(word.surface) < 2:
        return word
    pos = _tag(word.surface, word.pos)
    return word if pos == word.pos else word._replace(pos=pos)


@lru_cache(maxsize=65536)
def _tag(surface: str, pos: str) -> str:
    if surface.isascii():
        return pos
    form = simplified(surface)
    if _LEAGUE.fullmatch(form):
        return "nz"
    if form in word_lists().names and not pos.startswith("n"):
        return "nz"
    if not pos.startswith("n") and len(form) in _LENGTHS_OF_BODIES and form[-1] in _BODIES and not share(surface):
        return "nt"  # 林保署: the segmenter's guess
    if pos == "t" and _BEGINS_TIME.match(form) and not _TIME.fullmatch(form):
        return "nz"
    if pos == "mq" and form[0] == "零" and len(form) == 2:
        return "n"  # 零件
    if not pos.startswith(_NOMINAL):
        return pos
    if _COUNTED.fullmatch(form):
        return "m"
    if _DETERMINED.fullmatch(form):
        return "q"
    if form[0] == "很" or (len(form) > 2 and _DEGREE.search(form, 1) and frequency(form, "zh") < KNOWN):
        return "a"
    guessed = pos in ("n", "nr", "nz") and len(form) == _PHRASE and frequency(form, "zh") < KNOWN
    if pos == "l" and _DIRECTED.search(form):
        return "v"
    if guessed and form[2:] in ACTIVITIES and chinese(form[:2])[-1].pos.startswith("n"):
        return "n"  # 数据保护
    idiom = pos in ("i", "l") and len(form) == _PHRASE
    reports = len(form) == _PHRASE and form[2:] in _REPORTS
    if (
        reports
        or form in word_lists().verbs
        or (idiom and _is_clause(form))
        or (guessed and chinese(form[2:])[-1].pos in _PREDICATES)
    ):
        return "v"
    return "vn" if form in word_lists().verbal_nouns and pos != "x" else pos


def _is_clause(phrase: str) -> bool:
    """Whether a phrase of four characters is a clause and not a noun with its modifier: 再次|发生, 赶赴|现场."""
    first, last = chinese(phrase[:2]), chinese(phrase[2:])
    described = len(first) == 1 and first[0].pos.startswith(("d", "r", "p", "c", "m"))
    return described or not last[-1].pos.startswith(_NOUN)


def _clauses(words: Sequence[Word]) -> list[tuple[int, int]]:
    ends = [at for at, word in enumerate(words) if word.surface in _CLAUSE]
    return [(before + 1, end) for before, end in pairwise([-1, *ends, len(words)])]


@lru_cache(maxsize=1)
def word_lists() -> _Lists:
    """Return the lists of chinese_words.txt.

    Raises:
        DataFileError: it cannot be used.
    """
    with data_file("alt_pipelines.tagging.extraction", "data", "chinese_words.txt") as file:
        lines = whole_text(file).splitlines()
        return _Lists(*(frozenset(line.split(" ")) for line in lines if not line.startswith("#")))
