"""Chinese words that the segmenter tags as nouns and that are predicates, and forms that only address a person.

    with_predicates(words of "门生含泪送别")   ->  门生/n 含泪/v 送别/v
    is_address("孙女士")                    ->  True

A rare word of two characters of which the first is a verb (卷款, 下锅), or both are adjectives (偏黄), says what the
noun before it does or how it is. A word that the text repeats is a term.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from alt_pipelines.tagging.extraction.chinese.characters import is_surname
from alt_pipelines.tagging.extraction.chinese.frequencies import share
from alt_pipelines.tagging.extraction.chinese.words import MOVES, NUMERAL
from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.text.segmentation import Word, chinese, simplified
from alt_pipelines.text.stopwords import word_set

_NAMES = ("eng", "ns", "nt", "nr", "nw")
_RARE = 3e-6  # share of a word in wordfreq's list; commoner words are tagged as they are used
_UNKNOWN = 1.5e-7
_PART = 1e-7
_MADE = frozenset("厂率机器剂仪症膜")  # ends of nouns made of a verb and its object
_VERBS = ("v", "p", "f", "d")  # tags of 卷, 同, 下: verbs as first characters of a compound
_MOST_FORMS = 300  # phrases of a long article that are compared with each other
_ADDRESS = word_set("女士 先生 小姐 太太 大姐 大哥 大妈 大爷 大叔 阿姨 同学 师傅 老板 某 某某 某甲 母亲 父亲 家属 姓")
_DATELINES = frozenset("讯訊")  # 新闻|讯
_AT = frozenset("在于於")
_NUMERALS = "一二三四五六七八九十两兩几幾首"
_ROUNDS = "局节節轮輪场場盘盤季届屆回次遍趟"
_PORTIONS = "匙勺碗杯瓶锅鍋盒袋份"
_NUMBERED = "厂廠店馆館楼樓层層栋棟期价價"  # parts or kinds of something named elsewhere: 二厂, 三期, 四价
# What only means something beside other words: 这三家企业, 近两年, 上周五, 三局.
_REFERS = re.compile(
    f"[这這那哪另][{_NUMERALS}个個类類家些种種]|[近前后後][{_NUMERALS}][年月日天周週]|[上本下]个?[周週][{_NUMERALS}日天]?$"
    f"|(?:今天|昨天|今|昨|明)[早晚上下]午?$|[{_NUMERALS}][{_ROUNDS}{_PORTIONS}{_NUMBERED}]$"
)
# The kinds of change of a changelog: added, changed, deprecated, removed, fixed, improved, supported.
_CHANGES = word_set("新增 增加 添加 变更 更改 调整 更新 升级 弃用 移除 删除 取消 修复 修正 解决 优化 改进 完善 支持")
# What a team does to another one, and how: 点球|险胜, 客场|逼平.
_OUTCOMES = word_set(
    "险胜 小胜 大胜 完胜 战胜 惜败 惨败 大败 惜负 憾负 力克 力压 击败 轻取 横扫 逆转 逼平 战平 憾平 绝杀 零封 淘汰 不敌"
)
_MANNERS = word_set("点球 点球大战 加时 加时赛 主场 客场 终场 补时")
_OURS = word_set("本报 本刊 本网 本台 本社")


def with_predicates(words: Sequence[Word]) -> list[Word]:
    """Return the words, with such predicates tagged as verbs: after a noun, or guessed (放盐, 后换店).

    A verbal noun after a person is the predicate (西门子彻查), and before a name it governs it (架设 GOIP).
    """
    counts = Counter(word.surface for word in words)
    out = list(words[:1])
    for word, following in pairwise([*words[1:], Word("\n", -1, "x")]):
        before = out[-1]
        outcome = _is_outcome(before, word, following)
        if outcome and simplified(before.surface) in _MANNERS:
            out[-1] = before._replace(pos="d")
        acts = outcome or _takes_place(out, word, following)
        acts = acts or _acts(before, word, following, once=counts[word.surface] == 1)
        out.append(word._replace(pos="v") if acts else word)
    return out


def _is_outcome(before: Word, word: Word, following: Word) -> bool:
    """Whether a word is the outcome of a match and the predicate: after a noun, before one or a sign."""
    if simplified(word.surface) not in _OUTCOMES:
        return False
    return before.pos.startswith(("n", "c", "j")) and following.pos.startswith(("n", "x", "j"))


def _takes_place(before: Sequence[Word], word: Word, following: Word) -> bool:
    """Whether a verbal noun after a place is the verb at the end of its clause: 在|武汉|开赛。"""
    ends = word.pos == "vn" and following.pos == "x" and not following.surface.isalnum()
    return ends and len(before) > 1 and before[-1].pos == "ns" and before[-2].surface in _AT


def _acts(before: Word, word: Word, following: Word, *, once: bool) -> bool:
    """Whether a word is a predicate by the words beside it. ``once``: whether the text has it only here."""
    if following.surface == " " and before.surface[-1:] == "\n" and simplified(word.surface) in _CHANGES:
        return True  # 修复 搜索框
    touches = before.start + len(before.surface) == word.start
    attached = touches and before.pos.startswith(("n", "j"))
    if once and word.pos == "n" and attached and _is_predicate(word.surface):
        return True
    if once and word.pos in ("n", "j") and _is_guessed_predicate(word.surface):
        return True
    moves = simplified(word.surface) in MOVES
    if word.pos != "vn" and not moves:
        return False
    if attached and following.pos == "m" and NUMERAL.match(following.surface):
        return True  # 票房|突破|十亿, 腾讯|升|2.3%
    if moves:
        return False
    if touches and _is_name(before):
        return True  # 西门子|彻查
    return following.pos in _NAMES and not before.pos.startswith(("n", "j", "a", "b", "v"))  # 架设|GOIP


def _is_name(word: Word) -> bool:
    return word.pos.startswith("nr") and len(word.surface) > 2


def fit_phrases(phrases: Sequence[Phrase], text: str) -> list[Phrase]:
    """Return the phrases without those that occur only in a longer, repeated phrase, and without forms of address, weak
    words, and words that only refer to something (这三家企业).
    """
    forms = list(dict.fromkeys("".join(phrase.words) for phrase in phrases))[:_MOST_FORMS]
    counts = {form: text.count(form) for form in forms}
    longer = [form for form in forms if counts[form] > 1 and len(form) > 2]
    inside = {
        form
        for form in forms
        if counts[form] > 1
        and any(form != other and counts[other] == counts[form] and form in other for other in longer)
    }
    weak = language_of("zh").weak
    inside |= {form for form in forms if is_address(form) or _REFERS.match(form) or simplified(form) in weak}
    inside |= {"".join(phrase.words) for phrase in phrases if phrase.words[-1].strip() in _DATELINES}
    return [phrase for phrase in phrases if "".join(phrase.words) not in inside]


def is_address(form: str) -> bool:
    """Whether a phrase is a surname with a form of address (孙女士, 李某), or the paper itself (本报记者)."""
    plain = simplified(form)
    return plain in _ADDRESS or (is_surname(form[0]) and plain[1:] in _ADDRESS) or plain[:2] in _OURS


@lru_cache(maxsize=16384)
def _is_predicate(surface: str) -> bool:
    if len(surface) != 2 or surface.isascii() or share(surface) >= _RARE:
        return False
    first, last = (chinese(character)[0].pos for character in surface)
    return first.startswith(_VERBS) or first == last == "a"


@lru_cache(maxsize=16384)
def _is_guessed_predicate(surface: str) -> bool:
    """Whether a word that is not in the list of words begins with a verb or function word: 放盐, 追三球, 后换店."""
    form = simplified(surface)
    if len(form) not in (2, 3) or not form.isalpha() or form.isascii() or frequency(form, "zh") >= _UNKNOWN:
        return False
    if len(form) == 3 and (form[-1] in _MADE or frequency(form[:2], "zh") >= _PART):
        return False  # 轧花|厂, 挂牌|价
    return chinese(form[0])[0].pos.startswith(_VERBS if len(form) == 3 else ("v", "p"))
