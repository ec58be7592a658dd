"""Numbers with a letter after them that are models and not ordinals: Pixel 9a, Fiat 500e, not la 9a edición.

Italian, Spanish, Portuguese and the Slavic and Germanic languages except Dutch and Swedish have no ordinals in -e.
"""

from alt_pipelines.tagging.extraction.spaced.numbers import has_article
from alt_pipelines.tagging.extraction.spaced.reading import Reading
from alt_pipelines.tagging.extraction.spaced.tokens import Token

_ORDINALS_IN_E = frozenset({"fr", "nl", "ca", "sv", "br", "oc", "wa", "lb"})
_LONG = 3  # digits of a number that seldom is an ordinal


def is_model(tokens: list[Token], index: int, reading: Reading) -> bool:
    """Whether a number with a letter is a model.

    It follows a name and precedes no noun, or the text repeats it with the name. A long number also is one after a name
    with an article, and in a language without such ordinals.
    """
    word = tokens[index].text
    if not word[:-1].isdigit():
        return False
    long = len(word) > _LONG
    if long and word[-1] == "e" and reading.code not in _ORDINALS_IN_E:
        return True
    before = tokens[index - 1].text if index else "."
    if not (before[0].isupper() and before[-1].isalpha()) or before.lower() in reading.stop:
        return False
    after = tokens[index + 1].text if index + 1 < len(tokens) else "."
    repeated = (before, word) in reading.numbered
    return not after[0].islower() or repeated or (long and has_article(tokens, index - 1, reading))
