"""How an article uses Chinese words that may be nouns or verbs: by what stands beside them, and by repetition.

verbs_of(words of "列车将停运")  ->  {"停运"}, if the segmenter has it as a noun
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from alt_pipelines.tagging.extraction.chinese.words import ACTORS, NUMERAL
from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.text.segmentation import Word, simplified
from alt_pipelines.text.stopwords import word_set

NOUNS = ("n", "vn", "an", "eng", "j", "l", "i", "ng", "nr", "g", "zg")
_TIME = re.compile("[日号號点點时時午夜晨周週月天]$")
MODAL = word_set(
    "将 將 已 已經 已经 正 正在 曾 再次 刚 剛 即将 即將 未 共同 陆续 陸續 逐步 首次 全面 正式 顺利 順利 不 没 沒 可 能"
    " 仍 很 更 最"
)
# What programs do, and people too.
_OF_PROGRAMS = word_set("搜索 搜寻 检索 查询 匹配 推荐 排序 压缩 加密 备份 同步 渲染 编译 调试")
_CLAUSE = frozenset("，；,;")
_WITHOUT_OBJECT = ("x", "d", "c", "f")  # tags of what follows a verb or noun that has no object


def terms_of_programs(parts: Sequence[Sequence[Word]]) -> frozenset[tuple[str, str]]:
    """Return what programs do and the noun before it, if the article has both words together more than once: 全文|检索.

    The noun is nobody who acts (专家|推荐), no person and no body; and no occurrence has an object, a complement or 的
    after it, which may make it the verb of a clause (网友|推荐|小店).
    """
    found: Counter[tuple[str, str]] = Counter()
    clauses = set()
    for words in parts:
        for word, done, after in zip(words, words[1:], [*words[2:], Word("\n", -1, "x")], strict=False):
            if done.pos not in ("v", "vn") or simplified(done.surface) not in _OF_PROGRAMS:
                continue
            both = (word.surface, done.surface)
            found[both] += 1
            acts = word.surface[-1] in ACTORS or word.pos.startswith(("nr", "nt"))
            if acts or not after.pos.startswith(_WITHOUT_OBJECT):
                clauses.add(both)
    return frozenset(both for both, times in found.items() if times > 1 and both not in clauses)


def compounds(
    words: list[Word],
    in_body: Counter[tuple[str, str]],
    pairs: Counter[tuple[str, str]],
    terms: frozenset[tuple[str, str]] = frozenset(),
) -> list[Word]:
    """Tag a verb as a noun if the body has it beside the same noun more than once: 重建條例, 数字修复.

    An adjective that the title and the body have before the same noun is a part of it (清新空气). A place before a noun
    is a noun too (海上风电), and so is a "number" without a numeral (港元). ``terms`` are those of programs.
    """
    out = list(words)
    for index, (word, following) in enumerate(pairwise(words)):
        both = (word.surface, following.surface)
        times = in_body[both] if word.pos == "v" else pairs[both]
        verb = word.pos in ("v", "a") and len(word.surface) == 2 and word.surface not in language_of("zh").weak
        if verb and following.pos.startswith("n") and len(following.surface) == 2:
            before = words[index - 1].pos if index else "x"
            if before.startswith(("n", "f", "x", "v")) and times > 1:
                out[index] = word._replace(pos="vn")
        elif word.pos == "b" and times > 1 and following.pos.startswith("n") and len(following.surface) > 1:
            out[index] = word._replace(pos="an")  # 轻轨延长线
        elif word.pos == "s" and following.pos.startswith("n"):
            out[index] = word._replace(pos="n")  # 海上风电
        elif word.pos == "m" and len(word.surface) > 1 and not (NUMERAL.search(word.surface) or _counted(words, index)):
            out[index] = word._replace(pos="n")
        elif word.pos == "a" and len(word.surface) == 1 and len(following.surface) == 2 and times > 1:
            out[index] = word._replace(pos="n")  # 新通道: an adjective does not modify a verb
            if following.pos == "v":
                out[index + 1] = following._replace(pos="n")
        elif (
            word.pos == "a"
            and following.pos == "v"
            and len(word.surface) == len(following.surface) == 2
            and in_body[both] > 1
        ):
            out[index] = word._replace(pos="n")  # 先进封装
            out[index + 1] = following._replace(pos="vn")
        elif word.pos == "f" and len(word.surface) == 2 and following.pos in ("ns", "n", "nz", "f", "a") and times > 1:
            out[index] = word._replace(pos="n")  # 西部陆海
        noun = word.pos.startswith("n") and len(word.surface) > 1 and following.pos in ("v", "a")
        if noun and len(following.surface) == 2 and in_body[both] > 1:
            out[index + 1] = following._replace(pos="vn")
        elif noun and both in terms:
            out[index : index + 2] = [word._replace(pos="nz"), following._replace(pos="vn")]  # 全文 points to nothing
    return out


def _counted(words: list[Word], index: int) -> bool:
    """Whether a word is the rest of the amount before it: 3000|餘束."""
    return index > 0 and words[index - 1].pos == "m"


def verbs_of(words: list[Word]) -> frozenset[str]:
    """Return the nouns of two characters that the article uses as verbs: after an adverb of manner or time, before 了,
    or in a clause without a subject.
    """
    found = set()
    for before, word, following in zip(words, words[1:], [*words[2:], Word("\n", -1, "x")], strict=False):
        noun = word.pos.startswith(("n", "vn")) and word.pos not in ("ns", "nt", "nrt")
        if len(word.surface) != 2 or not noun:
            continue
        clause = before.surface in _CLAUSE and following.pos.startswith("n") and word.pos == "vn"
        modal = before.pos == "ad" or before.surface in MODAL
        modal = modal or (word.pos == "vn" and (before.pos == "d" or before.surface == "或"))
        when = _TIME.search(before.surface) and following.pos == "x" and not following.surface.isalnum()  # 下午[溢流],
        said = word.pos == "vn" and before.pos == "m" and following.pos == "x"  # 九人[失联],
        if clause or modal or when or said or following.pos in ("ul", "ug", "uz"):
            found.add(word.surface)
    return frozenset(found)


def with_verbs(
    words: list[Word], acting: frozenset[str], in_body: Counter[tuple[str, str]], *, title: bool
) -> list[Word]:
    """Tag the words in ``acting`` as verbs: in the title, at the start of a clause, and where no noun is beside them.

    A title keeps a word as a noun if the body has it beside the same neighbour more than once.
    """
    if not acting:
        return words
    out = list(words)
    for index, word in enumerate(words):
        if word.surface not in acting:
            continue
        before, after = words[index - 1 : index], words[index + 1 : index + 2]
        beside = [(b.surface, word.surface) for b in before] + [(word.surface, a.surface) for a in after]
        alone = not any(w.pos.startswith(NOUNS) for w in (*before, *after))
        clause = bool(before) and before[0].surface in _CLAUSE
        modal = bool(before) and (before[0].pos in ("d", "ad") or before[0].surface in MODAL)
        modal = modal or (bool(after) and after[0].pos in ("ul", "ug", "uz"))
        if alone or clause or modal or (title and not any(in_body[pair] > 1 for pair in beside)):
            out[index] = word._replace(pos="v")
    return out
