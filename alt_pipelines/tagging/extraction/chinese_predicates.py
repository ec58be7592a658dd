"""Chinese words that the segmenter tags as nouns and that are predicates, and forms that only address a person.

    with_predicates(words of "门生含泪送别")   ->  门生/n 含泪/v 送别/v
    is_address("孙女士")                    ->  True

A rare word of two characters of which the first is a verb (卷款, 下锅), or both are adjectives (偏黄), says what the
noun before it does or how it is. A word that the text repeats is a term.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from alt_pipelines.tagging.extraction.chinese_characters import is_surname
from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.frequencies import frequency
from alt_pipelines.text.segmentation import Word, chinese, simplified
from alt_pipelines.text.stopwords import word_set

_RARE = 3e-6  # share of a word in wordfreq's list; commoner words are tagged as they are used
_VERBS = ("v", "p", "f", "d")  # tags of 卷, 同, 下: verbs as first characters of a compound
_MOST_FORMS = 300  # phrases of a long article that are compared with each other
_ADDRESS = word_set("女士 先生 小姐 太太 大姐 大哥 大妈 大爷 大叔 阿姨 同学 师傅 老板 某 某某 某甲 母亲 父亲 家属 姓")
_OURS = word_set("本报 本刊 本网 本台 本社")


def with_predicates(words: Sequence[Word]) -> list[Word]:
    """Return the words, with such predicates after a noun tagged as verbs."""
    counts = Counter(word.surface for word in words)
    out = list(words[:1])
    for word in words[1:]:
        before = out[-1]
        attached = before.pos.startswith(("n", "j")) and before.start + len(before.surface) == word.start
        if word.pos == "n" and attached and counts[word.surface] == 1 and _is_predicate(word.surface):
            word = word._replace(pos="v")
        out.append(word)
    return out


def fit_phrases(phrases: Sequence[Phrase], text: str) -> list[Phrase]:
    """Return the phrases without forms of address and those that occur only in a longer, repeated phrase."""
    forms = list(dict.fromkeys("".join(phrase.words) for phrase in phrases))[:_MOST_FORMS]
    counts = {form: text.count(form) for form in forms}
    longer = [form for form in forms if counts[form] > 1 and len(form) > 2]
    inside = {
        form
        for form in forms
        if counts[form] > 1
        and any(form != other and counts[other] == counts[form] and form in other for other in longer)
    }
    inside |= {form for form in forms if is_address(form)}
    return [phrase for phrase in phrases if "".join(phrase.words) not in inside]


def is_address(form: str) -> bool:
    """Whether a phrase is a surname with a form of address (孙女士, 李某), or the paper itself (本报记者)."""
    plain = simplified(form)
    return plain in _ADDRESS or (is_surname(form[0]) and plain[1:] in _ADDRESS) or plain[:2] in _OURS


@lru_cache(maxsize=16384)
def _is_predicate(surface: str) -> bool:
    if len(surface) != 2 or surface.isascii() or frequency(simplified(surface), "zh") >= _RARE:
        return False
    first, last = (chinese(character)[0].pos for character in surface)
    return first.startswith(_VERBS) or first == last == "a"
