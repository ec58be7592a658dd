"""Institutions whose names the Chinese segmenter cuts into words: 江苏省|消费者|权益|保护|委员会, 運輸|及|物流|局.

    with_bodies(words of "江苏省消费者权益保护委员会")  ->  江苏省消费者权益保护委员会/nt

A name ends in a kind of institution, and begins at the first place or institution before it. Between the two stand
nouns and what the institution does (保护, 管理). A kind of one character (局, 署) does not stand alone. Any verb
directly before 署 belongs to the name, with the noun before it (土木工程|拓展|署); before 局, it may be another word.
Prizes, funds and museums may begin with the person whose name they have (邵逸夫|奖, 陈嘉庚|教育|基金).
"""

from collections.abc import Sequence

from alt_pipelines.tagging.extraction.chinese.characters import is_surname
from alt_pipelines.tagging.extraction.chinese.words import ACTIVITIES
from alt_pipelines.tagging.extraction.features import LONGEST_UNSPACED
from alt_pipelines.text.segmentation import Word, simplified
from alt_pipelines.text.stopwords import word_set

_KINDS = word_set(
    "派出所 交易所 保护区 风景区 景区 公园 机场 水电站 核电站 动物园 植物园 管委会 居委会 村委会 组委会 有限公司"
    " 分公司 党校 大队 学院 研究院 研究所 委员会 基金会 协会 学会 商会 联合会 促进会 理事会 集团 银行 医院 法院"
    " 检察院 大学 中学 小学 博物馆 美术馆 图书馆 纪念馆 科技馆 出版社 总局 分局 管理局 警察局 公安局 天文台"
    " 气象台 气象局 电视台 实验室 俱乐部 中心 总队 支队 仲裁院 科学院 科学园区 检察署 地检署 高新区 开发区 海关"
    " 公证处 办事处 事务所 音乐厅 体育馆 足球场 体育场 剧院 批发市场 农贸市场 公司 局 署 厅"
)
_KIND = tuple(sorted(_KINDS))
# Kinds that a place alone does not make a name of: 北京|研究所.
_GENERAL = word_set(
    "派出所 交易所 保护区 风景区 管委会 居委会 村委会 组委会 分公司 研究所 研究院 委员会 基金会 联合会 促进会"
    " 理事会 事务所 办事处 出版社 实验室 俱乐部 管理局 科学院 音乐厅 仲裁院 批发市场 农贸市场 公司"
)
_SHORT = frozenset("局署厅")
# Kinds that have the name of a person.
_AFTER_PEOPLE = word_set(
    "奖 奖学金 文学奖 杯 基金 基金会 信托 纪念馆 纪念堂 纪念奖 故居 艺术馆 美术馆 图书馆 博物馆 文学馆 书院 研究院"
    " 医院 医学院 学院 实验室 研究中心 体育馆 体育场 音乐厅 剧院"
)
# Attributes of institutions that the segmenter may tag as adverbs or verbs: 市|综合|执法局.
_QUALITIES = word_set("自然 综合 联合 共同 特别 专门 独立 统一 直属 常设 临时 永久")
_DONE = ACTIVITIES | _QUALITIES
_OF_STATES = word_set("国立 省立 市立 县立 国家 中央 最高 全国 中部 北部 南部 东部 西部")
_ROLES = frozenset("商厂方")  # 供应商|大陆集团
_CONJUNCTIONS = frozenset("与及和暨")
_MODIFIERS = ("n", "vn", "an", "j", "l", "b", "s", "g", "z")
_LONG_KIND = 3  # characters of a kind that the segmenter may tag as a verb (地檢署)
_JOINED = 3  # words before a short kind: 運輸|及|物流|局
_MOST_WORDS = 8
_LONGEST_PERSON = 5  # characters


def with_bodies(words: Sequence[Word]) -> list[Word]:
    """Return the words, with every name of an institution as a single word."""
    out: list[Word] = []
    for word in words:
        size = _size(out, word)
        if size:
            parts = [*out[-size:], word]
            out[-size:] = [Word("".join(part.surface for part in parts), parts[0].start, "nt")]
        else:
            out.append(word)
    return out


def _size(before: Sequence[Word], word: Word) -> int:
    """Return the number of words before ``word`` that begin the name that it ends."""
    form = simplified(word.surface)
    short = form in _SHORT
    predicate = word.pos in ("v", "d", "a") and len(form) < _LONG_KIND
    honours = form in _AFTER_PEOPLE
    if not (honours or form.endswith(_KIND)) or predicate or (len(form) == 1 and not (short or honours)):
        return 0
    named, plain = 0, 0  # words of the name from its first place, and of one without a place
    modified = len(form) >= _LONG_KIND and form not in _GENERAL
    joined = False  # whether a conjunction is next: the word before it belongs to the name too
    length, end = len(form), word.start
    for size, other in enumerate(reversed(before[-_MOST_WORDS:]), 1):
        length += len(other.surface)
        if joined and simplified(other.surface[-1]) in _SHORT:
            break  # 建築署|與|路政|署 are two
        role = "person" if honours and not joined and _is_person(other) else _role(other)
        if form == "署" and size == 1 and _is_deed(other):
            role = "deed"
        if role is None or other.start + len(other.surface) != end or length > LONGEST_UNSPACED:
            break
        end = other.start
        if role == "person":
            return size
        if role == "deed":
            modified = True
            continue
        if role == "conjunction":
            if joined or not modified:
                break
            joined = True
            continue
        if role == "place":
            named = size if (modified or other.pos == "nt") and not joined else named
        else:
            modified = True
            plain = size if not joined or size == _JOINED else plain
        joined = False
    return named or (plain if short else 0)


def _is_deed(word: Word) -> bool:
    """Whether a word is a verb of two characters, which before 署 says what the institution does: 拓展|署."""
    return word.pos == "v" and len(word.surface) == 2 and simplified(word.surface) not in _DONE


def _is_person(word: Word) -> bool:
    """Whether a word is a person's full name."""
    named = word.pos.startswith("nr") and 1 < len(word.surface) < _LONGEST_PERSON
    return named and (word.pos == "nrf" or is_surname(word.surface[0]))


def _role(word: Word) -> str | None:
    """Return what a word is in an institution's name: a place, a modifier or a conjunction; None outside of one."""
    form = simplified(word.surface)
    if word.pos == "nt" and form.endswith("公司"):
        return None  # a company before another name
    if (word.pos in ("ns", "nt") and len(form) > 1) or form in _OF_STATES:
        return "place"
    if form in _CONJUNCTIONS:
        return "conjunction"
    if form in _DONE or (word.pos.startswith(_MODIFIERS) and word.pos not in ("nrf", "nrt", "nw")):
        return "modifier" if len(form) > 1 and form[-1] not in _ROLES and form != "公司" else None
    return None
