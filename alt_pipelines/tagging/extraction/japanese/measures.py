"""Japanese nouns that only say what a figure of the text measures or counts: 投資額は約48億円, 世帯が約2300に上る.

    without_measures(phrases of "投資額は約48億円", its morphemes, set())  ->  no 投資額

What the title names is a topic, and so is a measure that the text also has without its figure: 出生数の減少.
"""

from collections.abc import Iterable, Sequence, Set

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.japanese.words import UNITS
from alt_pipelines.text.morphemes import Morpheme
from alt_pipelines.text.scripts import is_han
from alt_pipelines.text.stopwords import word_set

# Endings of compounds that say what is measured: 投資|額, 利用者|数, 入場|料. 時代 and 制度 are single morphemes.
_ENDINGS = frozenset("料費代賃額率数量値幅径積度価重")
# Other nouns of measures.
_MEASURES = word_set(
    "金額 総額 価格 単価 費用 面積 容積 体積 容量 温度 気温 水温 室温 湿度 濃度 速度 距離 時間 期間 年齢 標高 全長"
    " 体長 身長 体重 重量 重さ 長さ 高さ 広さ 深さ 幅 直径 半径 売上 売り上げ 売上高 売り上げ高 残高 定員 人口 世帯数"
    " 件数 人数 個数"
)
_PARTICLES = frozenset("はがも")
_LONGEST_GAP = 3  # morphemes between a particle and its figure: 約, 延べ, 少なくとも
_DATES = frozenset("年月日時")  # after a number that is a date and not the figure of a measure


def without_measures(phrases: Iterable[Phrase], tagged: Sequence[Morpheme], in_title: Set[str]) -> list[Phrase]:
    """Return the phrases without those that only count or measure. ``tagged``: the morphemes of the whole article."""
    found = list(phrases)
    free = {p.stems for p in found if not (_is_measure(p.words) and _has_figure(p, tagged))}
    return [p for p in found if in_title >= set(p.stems) or (p.stems in free and not _is_counter(p.words))]


def _is_counter(words: Sequence[str]) -> bool:
    """Whether a phrase is the unit in which the text counts: 世帯. ボルト and ドル are names too."""
    return len(words) == 1 and words[0] in UNITS and all(map(is_han, words[0]))


def _is_measure(words: Sequence[str]) -> bool:
    return words[-1] in _MEASURES or (len(words) > 1 and words[-1] in _ENDINGS)


def _has_figure(phrase: Phrase, tagged: Sequence[Morpheme]) -> bool:
    """Whether the figure of a measure follows it, after a particle: 投資額は|約|48|億, 総額は最大で3億円."""
    at = phrase.start + len(phrase.words)
    if at >= len(tagged) or tagged[at].surface not in _PARTICLES:
        return False
    for index in range(at + 1, min(at + _LONGEST_GAP + 2, len(tagged) - 1)):
        if tagged[index].pos2 == "数詞":
            return tagged[index + 1].surface[0] not in _DATES
        if tagged[index].pos1 == "動詞":
            break
    return False
