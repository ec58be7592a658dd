"""Parts of compounds that share their end with a later one, and are no words alone: Rad- und Gehwege, väg- och tågnät.

A hyphen that follows a name and precedes no such compound may be a dash.
"""

from collections.abc import Sequence

from alt_pipelines.tagging.extraction.spaced.tokens import Token
from alt_pipelines.text.stopwords import BETWEEN_COMPOUNDS

_SIGNS = frozenset(",/")  # Rad-, Fuß- und Reitwege; Ein-/Ausfahrt


def is_suspended(tokens: Sequence[Token], index: int) -> bool:
    """Whether the word at ``index`` has a hyphen in place of the end of its compound."""
    if index + 2 >= len(tokens) or tokens[index + 1].text != "-":
        return False
    word, hyphen, after = tokens[index : index + 3]
    if hyphen.start != word.end or not word.text[-1].isalpha():
        return False
    joined = after.start == hyphen.end
    return after.text in (_SIGNS if joined else BETWEEN_COMPOUNDS)
