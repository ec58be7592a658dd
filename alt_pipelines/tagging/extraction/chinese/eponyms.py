"""Chinese names of things with a person's name: 哥白尼|环形山, 多普勒|效应, 亨廷顿|病.

    with_eponyms(words of "哥白尼环形山")  ->  哥白尼环形山/nz

Scope: features of the land and the sky, telescopes, laws of science, and diseases. Bodies and prizes are in
``chinese.bodies``.
"""

from collections.abc import Sequence

from alt_pipelines.text.segmentation import Word, simplified
from alt_pipelines.text.stopwords import word_set

_KINDS = word_set(
    "撞击坑 陨石坑 环形山 火山 冰川 冰架 冰盖 海峡 海沟 海岭 海山 海盆 半岛 群岛 瀑布 山脉 峡谷 裂谷 盆地"
    " 彗星 小行星 星系 星云 望远镜 效应 定理 定律 方程 方程式 级数 常数 悖论 引理 综合征 综合症 病"
)
_AFTER_VERBS = frozenset("了得着著过過")  # 约翰|病|了
_SHORTEST = 2  # characters of a name


def with_eponyms(words: Sequence[Word]) -> list[Word]:
    """Return the words, with every such name as a single word."""
    out: list[Word] = []
    for at, word in enumerate(words):
        after = words[at + 1].surface if at + 1 < len(words) else ""
        if out and _has_name(out[-1]) and simplified(word.surface) in _KINDS and after not in _AFTER_VERBS:
            out[-1] = Word(out[-1].surface + word.surface, out[-1].start, "nz")
        else:
            out.append(word)
    return out


def _has_name(word: Word) -> bool:
    return word.pos in ("nr", "nrt") and len(word.surface) >= _SHORTEST
