"""Indonesian words: which are not topics, by their affixes, and headlines in title case.

is_no_topic("menahan")  ->  True      (tahan)
is_no_topic("menteri")  ->  False
KPK Tetapkan Bupati ...  ->  KPK tetapkan bupati ...
"""

import re
from functools import lru_cache

from alt_pipelines.tagging.extraction.words.verbs import lemma_of
from alt_pipelines.text.stopwords import word_set

_CODE = "id"
_SHORTEST = 2  # letters of a root
_TITLE_CASE = 0.6  # minimum share of a headline's words with a capital
_FEWEST = 4  # words of a headline in title case: Gempa Guncang Kota Palu
_ACTIVE = re.compile("(?:me|di|ber)[a-z]+")
_TRANSITIVE = "kan"
_OWN = "nya"
_DOUBLED = re.compile(r"([a-z]{2,20})-\1")
_LEXICAL = word_set("undang oleh")  # undang-undang (law) and oleh-oleh (souvenir) are not plurals
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@lru_cache(maxsize=65536)
def is_no_topic(word: str) -> bool:
    """Whether a word is a verb by its affixes, has a possessive, or is doubled: menahan, rumahnya, rata-rata.

    The dictionary leads it back to its root; a noun that only looks so is its own root (menteri, dinas).
    """
    doubled = _DOUBLED.fullmatch(word)
    if doubled:
        return doubled[1] not in _LEXICAL and lemma_of(doubled[1], _CODE) is not None
    if word.endswith(_OWN) and ("-" in word or lemma_of(word.removesuffix(_OWN), _CODE) is not None):
        return True
    root = lemma_of(word, _CODE)
    if root is None or root == word or len(root) < _SHORTEST:
        return False
    if _ACTIVE.fullmatch(word):
        return True
    made_noun = lemma_of(word[:-2], _CODE) is not None  # masakan, of masak
    return word.endswith(_TRANSITIVE) and root == word.removesuffix(_TRANSITIVE) and not made_noun


def plain_title(title: str, text: str) -> str:
    """Return a headline in title case with the words in lower case that the dictionary or the text has so."""
    words = _WORD.findall(title)
    capitals = [word for word in words if word[0].isupper()]
    if len(words) < _FEWEST or len(capitals) < _TITLE_CASE * len(words):
        return title
    inside = set(re.findall(r"(?<=[a-z,] )[A-Z][a-z]+", text))
    lower = set(re.findall(r"(?<![\w-])[a-z]+(?:-[a-z]+)*", text))

    def plain(match: re.Match[str]) -> str:
        word = match.group()
        low = word.lower()
        known = word.istitle() and word not in inside and (low in lower or lemma_of(low, _CODE) is not None)
        return low if known else word

    return _WORD.sub(plain, title)
