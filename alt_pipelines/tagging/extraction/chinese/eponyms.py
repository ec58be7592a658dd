"""Chinese names of things with a person's name: 哥白尼|环形山, 多普勒|效应, 亨廷顿|病.

    with_eponyms(words of "哥白尼环形山")  ->  哥白尼环形山/nz
    diseases([words of "亨廷顿病基因"])    ->  {"亨廷顿"}

病 after a name may be the verb of a clause (同事马丁病), so it needs more than one occurrence, a noun of
medicine after it, or 的 and a noun.

Scope: features of the land and the sky, telescopes, laws of science, and diseases. Bodies and prizes are in
``chinese.bodies``.
"""

from collections import Counter
from collections.abc import Sequence

from alt_pipelines.text.segmentation import Word, simplified
from alt_pipelines.text.stopwords import word_set

_KINDS = word_set(
    "撞击坑 陨石坑 环形山 火山 冰川 冰架 冰盖 海峡 海沟 海岭 海山 海盆 半岛 群岛 瀑布 山脉 峡谷 裂谷 盆地"
    " 彗星 小行星 星系 星云 望远镜 效应 定理 定律 方程 方程式 级数 常数 悖论 引理 综合征 综合症"
)
_ILL = "病"
_OF_DISEASES = word_set("患者 患儿 基因 门诊 疫苗 药物 疗法")
_OF_TIMES = "时時"  # 约翰|病|的|时候
_AFTER_VERBS = frozenset("了得着著过過")  # 约翰|病|了
_SHORTEST = 2  # characters of a name


def diseases(parts: Sequence[Sequence[Word]]) -> frozenset[str]:
    """Return the persons before 病 that an article's parts have more than once, or once as the name of a disease."""
    found: Counter[str] = Counter()
    for words in parts:
        for at in range(1, len(words)):
            if words[at].surface != _ILL or not _has_name(words[at - 1]):
                continue
            after, second = [*words[at + 1 : at + 3], *[Word("\n", -1, "x")] * 2][:2]
            named = simplified(after.surface) in _OF_DISEASES
            named = named or (
                after.surface == "的" and second.pos.startswith("n") and second.surface[0] not in _OF_TIMES
            )
            found[words[at - 1].surface] += 2 if named else after.surface not in _AFTER_VERBS
    return frozenset(name for name, times in found.items() if times > 1)


def with_eponyms(words: Sequence[Word], ills: frozenset[str] = frozenset()) -> list[Word]:
    """Return the words, with every such name as a single word. ``ills`` are the persons whose names diseases have."""
    out: list[Word] = []
    for at, word in enumerate(words):
        after = words[at + 1].surface if at + 1 < len(words) else ""
        if not out or not _has_name(out[-1]) or after in _AFTER_VERBS:
            out.append(word)
        elif simplified(word.surface) in _KINDS or (word.surface == _ILL and out[-1].surface in ills):
            out[-1] = Word(out[-1].surface + word.surface, out[-1].start, "nz")
        else:
            out.append(word)
    return out


def _has_name(word: Word) -> bool:
    return word.pos in ("nr", "nrt") and len(word.surface) >= _SHORTEST
