"""Chinese terms of several words that the text marks as one: by quotation marks, by a number, by a suffix of places.

    with_terms(words of "“代际互助”")  ->  “/x 代际互助/nz ”/x

Short quotations of content words only are names and terms; a quotation of speech has function words. A number with 号
after a name is a part of it (嫦娥|六号), and one before 号线 is the name of a line (8|号线).
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from alt_pipelines.tagging.extraction.chinese.frequencies import KNOWN, share
from alt_pipelines.tagging.extraction.chinese.words import ACTIVITIES, ACTORS, is_verbal
from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.text.segmentation import Word, simplified
from alt_pipelines.text.stopwords import word_set

_QUOTES = {"“": "”", "「": "」", "『": "』", "‘": "’"}
_QUOTED = ("n", "a", "j", "v", "l", "i", "s", "b", "z", "g", "f", "eng", "x")
_MOST_QUOTED = 6  # words
_LONGEST_QUOTED = 9  # characters
_LINES = ("号线", "號線", "号線", "號綫")
_ROADS = word_set("台 臺 国道 國道 省道 县道 縣道 乡道 鄉道")
_ROAD_ENDS = frozenset("线線号號")
_NUMBERED = ("n", "x", "j")
_DASHES = frozenset("—–-－")
_PLACE_ENDS = frozenset("站村镇乡街庄")
# Nouns of one character after a verb that says what they are for or do: people, places, vehicles, machines and tools,
# substances, clothes and containers, papers, payments and rates, law, events.
_HEADS_OF_VERBS = frozenset(
    "师员工者岗厂站馆店园棚屋房室库所区坑舱车船艇机器仪表屏泵炉灯笔刀锯锅椅床柜架梯桩网盘剂膜液粉油药服鞋帽袋箱瓶桥"
    "卡券证单书税费率额价金法术权罪案制奖赛展"
)
_HEAD_TAGS = ("n", "k", "z", "q", "j", "v", "g")
_AFTER_STATIONS = frozenset("至到往开和与及或的将可由已是为")  # and not 在, 着 or 起, which follow the verb 站
_STREETS = ("街道", "社区")
_OBJECTS = ("n", "vn", "an", "l", "j", "b", "eng")
# Nouns after an activity that it describes (数据保护|条例): rules, plans, trades, and means; and "etc." after a list.
_HEADS = word_set(
    "法律 法规 法案 条例 规定 规则 标准 制度 政策 措施 机制 体系 协议 方案 计划 项目 工程 战略 模式 行业 产业 市场"
    " 业务 领域 技术 系统 平台 网络 设备 设施 装置 工具 软件 材料 产品 等"
)
_AFTER_ACTIVITIES = ("x", "uj", "c", "p", "v", "d", "f")
_TOPIC_ASKED = "呢"  # 那|城市|更新|呢
_AFTER_PREDICATES = frozenset("了着过的得不没是在有")
_UNKNOWN = 3e-8  # share in wordfreq's list below which a word is the segmenter's guess
_RARE_TOPIC = 1e-7  # the same of a word that is so frequent in the text: 潟湖
_TOPIC = 3  # occurrences of a verb that is a topic
_GUESS = 3  # characters


def with_terms(words: Sequence[Word]) -> list[Word]:
    """Return the words, with every such term as a single word."""
    counts = Counter(word.surface for word in words)
    out: list[Word] = []
    at = 0
    while at < len(words):
        word = words[at]
        size, pos = _term(words, at)
        if size > 1:
            word = Word("".join(part.surface for part in words[at : at + size]), word.start, pos)
        elif _is_repeated_guess(word, counts):
            word = word._replace(pos="nz")
        out.append(word)
        at += max(size, 1)
    return out


def _term(words: Sequence[Word], at: int) -> tuple[int, str]:
    """Return the number of words and the tag of the term that begins here; 0 words if none does."""
    if at and words[at - 1].surface in _QUOTES:
        size, pos = _quoted(words, at)
        if size:
            return size, pos
    if at + 1 == len(words):
        return 0, ""
    if words[at + 1].pos == "m" or words[at].pos == "m":
        return _numbered(words, at)
    if words[at + 1].surface in _DASHES:
        return _dashed(words, at)
    if _is_derived(words, at):
        return 2, "n"
    if _is_festival(words, at):
        return 2, "nz"
    return _place(words, at) if words[at].pos == "ns" or _is_station(words, at) else (0, "")


def _quoted(words: Sequence[Word], at: int) -> tuple[int, str]:
    """Return the size and the tag of a term that is all of a quotation: “代际|互助”."""
    end = _QUOTES[words[at - 1].surface]
    length = verbs = 0
    for size, word in enumerate(words[at : at + _MOST_QUOTED + 1]):
        if word.surface == end:
            return (size, "nz") if size > 1 and length > 2 else (0, "")
        verbs += word.pos.startswith(("v", "l", "i")) and word.pos != "vn"
        length += len(word.surface)
        if not (word.pos.startswith(_QUOTED) and word.surface.isalnum()) or verbs > 1 or length > _LONGEST_QUOTED:
            break
    return 0, ""


def _numbered(words: Sequence[Word], at: int) -> tuple[int, str]:
    """Return the size and the tag of a name with its number: 嫦娥|六号, 8|号线, 台|61|線."""
    word, following = words[at : at + 2]
    if word.pos == "m" and following.surface in _LINES:
        return 2, "nz"
    end = words[at + 2] if at + 2 < len(words) else following
    if word.surface in _ROADS and following.pos == "m" and end.surface in _ROAD_ENDS:
        return 3, "nz"
    if word.pos in ("nrt", "nz") and following.surface.isdecimal() and end.pos in ("p", "v", "d", "uj", "c"):
        return 2, "nz"
    named = word.pos.startswith(_NUMBERED) and len(word.surface) > 1 and word.surface.isalpha()
    if named and following.pos == "m" and following.surface[-1] in "号號":
        return 2, "nz"  # 福特|号 too
    if named and following.pos == "m" and end.surface in ("号", "號"):
        return 3, "nz"
    return 0, ""


def _dashed(words: Sequence[Word], at: int) -> tuple[int, str]:
    """Return the size and the tag of two names with one dash between them: 南极|—|艾特肯."""
    if at + 3 >= len(words) or words[at + 3].surface in _DASHES:
        return 0, ""
    return (3, "nz") if all(w.pos.startswith(("nr", "ns", "nz")) for w in (words[at], words[at + 2])) else (0, "")


def _place(words: Sequence[Word], at: int) -> tuple[int, str]:
    """Return the size and the tag of a place with its kind: 九龍塘|站, 洛城|街道."""
    word, following = words[at : at + 2]
    if word.start + len(word.surface) != following.start:
        return 0, ""
    if at and words[at - 1].pos in ("n", "nz", "f") and words[at - 1].start + len(words[at - 1].surface) == word.start:
        return 0, ""  # 星海|中路|站 begins before the word
    kind = simplified(following.surface)
    return (2, "ns") if kind in _PLACE_ENDS or kind in _STREETS else (0, "")


def _is_derived(words: Sequence[Word], at: int) -> bool:
    """Whether a verb of two characters and a noun of one are a noun: 发热|膜.

    An object of such a verb would usually have two characters too.
    """
    verb, head = words[at], words[at + 1]
    if verb.pos not in ("v", "vn") or len(verb.surface) != 2 or verb.surface[1] == "有":
        return False
    if at + 2 < len(words) and words[at + 2].pos == "f" and len(words[at + 2].surface) == 1:
        return False  # 使用|膜|外, but 撞击|坑|附近
    attached = verb.start + len(verb.surface) == head.start
    return attached and simplified(head.surface) in _HEADS_OF_VERBS and head.pos.startswith(_HEAD_TAGS)


def _is_festival(words: Sequence[Word], at: int) -> bool:
    """Whether a noun and a single 节 are the name of a festival: 芒果|節. After a number, 节 counts."""
    noun, festival = words[at], words[at + 1]
    if festival.surface not in ("节", "節") or noun.start + len(noun.surface) != festival.start:
        return False
    named = noun.pos.startswith(("n", "l", "x")) and noun.pos != "nrf" and len(noun.surface) > 1
    return named and noun.surface.isalpha()


def _is_station(words: Sequence[Word], at: int) -> bool:
    """Whether a name that the list of words lacks is a station and not one who stands: 火炭|站|至."""
    word, following = words[at], words[at + 1]
    if following.surface != "站":
        return False
    after = simplified(words[at + 2].surface) if at + 2 < len(words) else "。"
    if not (after in _AFTER_STATIONS or not after.isalnum()):
        return False
    named = word.pos in ("n", "nr", "nz") and len(word.surface) > 1
    return named and share(word.surface) < KNOWN  # it may be a name


def with_activities(words: Sequence[Word]) -> list[Word]:
    """Return the words, with an activity after what it is done to as a noun: 知识产权|保护|的, 惩罚性|赔偿|。

    Before an object it is the verb of its clause (警方|保护|现场), and after one who acts.
    """
    out = list(words)
    for at in range(1, len(words)):
        before, word = words[at - 1 : at + 1]
        after = words[at + 1] if at + 1 < len(words) else Word("\n", -1, "x")
        form = simplified(word.surface)
        if word.pos == "vn" and _acts(before, word, after):
            out[at] = word._replace(pos="v")
        if form not in ACTIVITIES or not word.pos.startswith(("v", "d")) or word.pos == "vn":
            continue
        noun = before.pos.startswith(_OBJECTS) and len(before.surface) > 1 and before.surface[-1] not in ACTORS
        adjacent = before.start + len(before.surface) == word.start
        ends = (
            after.pos.startswith(_AFTER_ACTIVITIES)
            or simplified(after.surface) in _HEADS
            or after.surface == _TOPIC_ASKED
        )
        if noun and adjacent and ends:
            out[at] = word._replace(pos="vn")
    return out


def _acts(before: Word, word: Word, after: Word) -> bool:
    """Whether a verbal noun between two nouns is the verb of a clause: 农户|节约|成本, and not 芯片|研发|中心."""
    form = simplified(word.surface)
    between = before.pos in ("n", "nr") and after.pos in ("n", "nz", "ns", "eng")
    return between and is_verbal(form) and form not in ACTIVITIES


def with_topics(words: Sequence[Word], counts: Counter[str]) -> list[Word]:
    """Return the words, with a verb that the article repeats as a noun where it is an object: 停止|侵权|。"""
    objects = Counter(b.surface for a, b, c in zip(words, words[1:], words[2:], strict=False) if _is_object(a, b, c))
    topics = {form for form in objects if counts[form] >= _TOPIC}
    topics |= {b.surface for a, b in pairwise(words) if b.pos == "z" and a.pos == "p" and counts[b.surface] > 1}
    out = list(words)
    for at in range(1, len(words) - 1):
        before, word, after = words[at - 1 : at + 2]
        if word.surface in topics and _is_object(before, word, after):
            out[at] = word._replace(pos="vn")
        elif word.surface in topics and word.pos in ("b", "z"):
            out[at] = word._replace(pos="n")
    return out


def _is_object(before: Word, word: Word, after: Word) -> bool:
    """Whether a verb of two characters is the object of the verb before it; or a noun that the dictionary lacks as one.

    湿地 is a status in the segmenter's dictionary, and a noun in 临江的|湿地|和; after 在 it is a place.
    """
    if len(word.surface) != 2 or word.pos not in ("b", "z", "v") or simplified(word.surface) in language_of("zh").weak:
        return False
    ends = after.pos.startswith(("x", "c", "f", "uj", "v")) and after.surface not in "“《「"
    if word.pos == "b":
        return after.pos.startswith(("x", "p", "v", "d"))
    if word.pos == "z":
        return before.surface == "的" and after.pos.startswith(("x", "c", "f", "p"))
    return word.pos == "v" and before.pos in ("v", "p") and before.surface != word.surface and ends


def _is_repeated_guess(word: Word, counts: Counter[str]) -> bool:
    """Whether a word that the segmenter guessed as a predicate is a noun new to it: 杏鮑菇 twice in the text."""
    if counts[word.surface] < 2 or len(word.surface) > _GUESS:
        return False
    form = simplified(word.surface)
    described = word.pos in ("a", "d", "z", "b", "x")
    often = counts[word.surface] >= _TOPIC
    size = len(form) == _GUESS or ((described or often) and len(form) == 2)
    if not size or not (described or word.pos == "v"):
        return False
    unknown = frequency(form, "zh") < (_RARE_TOPIC if often else _UNKNOWN)
    return form.isalpha() and unknown and _AFTER_PREDICATES.isdisjoint(form)
