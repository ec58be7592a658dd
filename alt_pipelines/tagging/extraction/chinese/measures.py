"""Chinese nouns that only measure what the noun before them names: 游客|人数|占|比, of which the topic is 游客."""

from collections.abc import Sequence

from alt_pipelines.text.segmentation import Word

_ENDS = frozenset("量数數额額积積值重")  # last characters of nouns of measures: 质量, 人数, 金额, 面积
_MEASURE = 2  # characters
_OF, _SHARE = "占佔", "比"


def without_shares(words: Sequence[Word]) -> list[Word]:
    """Return the words, with a measure before its share as no noun: 质量|占|比."""
    following = [*words[1:], Word("\n", -1, "x")], [*words[2:], *[Word("\n", -1, "x")] * 2]
    return [
        word._replace(pos="q") if _is_measure(word) and _is_share(one, other) else word
        for word, one, other in zip(words, *following, strict=False)
    ]


def _is_measure(word: Word) -> bool:
    return word.pos.startswith("n") and len(word.surface) == _MEASURE and word.surface[1] in _ENDS


def _is_share(one: Word, other: Word) -> bool:
    """Whether two words begin with 占比, however they are divided: 占|比, 占|比达, 占比."""
    return one.surface[0] in _OF and (one.surface + other.surface)[1:2] == _SHARE
