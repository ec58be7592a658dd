"""Chinese names of products with their number: 麒麟9020, 波音737.

    with_models(two parts that both have 麒麟/n 9020/m)  ->  the parts with 麒麟9020/nz

A noun and a number are one name if the article has them together more than once and never before a measure.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from alt_pipelines.text.scripts import is_han
from alt_pipelines.text.segmentation import Word

_NUMBER = re.compile(r"(?!(?:19|20)\d\d$)[1-9]\d{1,3}")  # not of one digit, and no year
_NOUNS = ("n", "nz")
# Last characters of what is a number itself: 售价3999, 人数4500, 编号1024.
_QUANTITIES = frozenset("价價数數量额額率度温溫分费費薪长長重高宽寬款值约約号號线線次众眾员員人比")
_PUNCTUATION = frozenset(" ,。、;:!?)」》\n")
_APART = frozenset("比至到左右以上下起多余餘")  # first characters after an amount or a score


def with_models(parts: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """Return the parts of an article with every such name as a single word."""
    found: Counter[tuple[str, str]] = Counter()
    counted: set[tuple[str, str]] = set()  # pairs that are an amount somewhere
    for words in parts:
        for (name, number), after in zip(pairwise(words), [*words[2:], None], strict=False):
            if _may_be_model(name, number):
                pair = (name.surface, number.surface)
                found[pair] += 1
                if not _may_follow(after):
                    counted.add(pair)
    models = {pair for pair, times in found.items() if times > 1 and pair not in counted}
    return [_joined(words, models) for words in parts] if models else [list(words) for words in parts]


def _may_be_model(name: Word, number: Word) -> bool:
    if number.pos != "m" or name.pos not in _NOUNS or len(name.surface) == 1:
        return False
    adjacent = number.start == name.start + len(name.surface) and is_han(name.surface[-1])
    return adjacent and name.surface[-1] not in _QUANTITIES and _NUMBER.fullmatch(number.surface) is not None


def _may_follow(after: Word | None) -> bool:
    """Whether a word may follow a name, and is no measure."""
    if after is None or after.surface[0] in _PUNCTUATION or after.surface == "的":
        return True
    content = after.pos[0] in "nv" and len(after.surface) > 1
    return after.surface[0] not in _APART and (content or after.pos[0] in "dcpt")


def _joined(words: Sequence[Word], models: set[tuple[str, str]]) -> list[Word]:
    out: list[Word] = []
    for word in words:
        if out and (out[-1].surface, word.surface) in models and _may_be_model(out[-1], word):
            out[-1] = Word(out[-1].surface + word.surface, out[-1].start, "nz")
        else:
            out.append(word)
    return out
