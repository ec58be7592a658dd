"""Korean nouns that are no topics beside a figure, and attributes of origin: 상온 용량의 84%, 영하 30도, 포항산.

    without_measures(phrases of "상온 용량의 84%", its morphemes, set())  ->  no 상온 용량

What the title names is a topic, and so is a measure that the text also has without a share.
"""

import re
from collections.abc import Iterable, Sequence, Set

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.text.korean import Morpheme
from alt_pipelines.text.stopwords import word_set

# Endings of nouns that say what is measured: 투자액, 조회수. 차량 and 재료 are things.
_MEASURE = re.compile(
    ".*(?:[률율액값]|(?<!차)량|[객자구체회건편횟]수|[장람용험대수독납]료|가격|금액|비용|요금|규모|면적|길이|높이|무게|두께|너비|깊이"
    "|온도|속도|농도|습도|밀도|강도|나이|기온|수온|기간|거리)"
)
_OF = "의"
_PERCENT = "%％"
_DEGREES = word_set("영하 영상 섭씨 화씨")  # before a number: 영하 30도
_ORIGIN = "산"


def is_degree(found: Sequence[Morpheme], index: int) -> bool:
    """Whether a word belongs to the temperature after it: 영하 | 30도."""
    return found[index].surface in _DEGREES and index + 1 < len(found) and found[index + 1].pos == "SN"


def without_measures(phrases: Iterable[Phrase], found: Sequence[Morpheme], in_title: Set[str]) -> list[Phrase]:
    """Return the phrases without those that only measure. ``found``: the morphemes of the whole article, in order."""
    every = list(phrases)
    free = {p.stems for p in every if not (_MEASURE.fullmatch("".join(p.words)) and _has_share(p, found))}
    return [p for p in every if p.stems in free or in_title >= set(p.stems)]


def _has_share(phrase: Phrase, found: Sequence[Morpheme]) -> bool:
    """Whether a share of a measure follows it: 용량|의 | 84|%. The measures of other figures are often topics."""
    at = phrase.start + len(phrase.stems)
    after = [m.surface for m in found[at : at + 3]]
    return len(after) == 3 and after[0] == _OF and found[at + 1].pos == "SN" and after[2][0] in _PERCENT


def without_origins(phrases: Iterable[Phrase], found: Sequence[Morpheme]) -> list[Phrase]:
    """Return the phrases without where a product comes from: 포항산, if 포항 is a name of the text and 포항산 is none.

    A mountain is a name and a noun: 가야|산.
    """
    names = {m.surface for m in found if m.pos == "NNP"}
    return [p for p in phrases if not _is_origin(p, found, names)]


def _is_origin(phrase: Phrase, found: Sequence[Morpheme], names: Set[str]) -> bool:
    form = "".join(phrase.words)
    if not form.endswith(_ORIGIN) or form[:-1] not in names or form in names:
        return False
    last = found[phrase.start + len(phrase.stems) - 1]
    return not (last.surface == _ORIGIN and last.pos == "NNG")
