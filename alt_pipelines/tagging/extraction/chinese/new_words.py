"""Chinese words that are new to the segmenter and that an article repeats: 台積|電, 比邻|汽车, 炒|茶."""

from collections import Counter
from typing import NamedTuple

from alt_pipelines.tagging.extraction.chinese.characters import is_surname
from alt_pipelines.tagging.extraction.chinese.frequencies import KNOWN, share
from alt_pipelines.tagging.extraction.chinese.words import FUNCTION
from alt_pipelines.text.segmentation import Word


class Counts(NamedTuple):
    """How often an article has each word, and each pair of adjacent words."""

    words: Counter[str]
    pairs: Counter[tuple[str, str]]


def new_word(words: list[Word], at: int, counts: Counts) -> int:
    """Return 2 if the article repeats two words side by side and hardly has them apart: 台積|電, 王子|怡, 卡马|文加.

    The first may be a rare verb that opens clauses whose verb follows (比邻|汽车|推出). Two single characters may be a
    verb and its object (炒|茶).
    """
    if at + 1 == len(words):
        return 0
    one, other = words[at], words[at + 1]
    form = one.surface + other.surface
    times = counts.pairs[one.surface, other.surface]
    if times < 2 or not form.isalpha() or form.isascii():
        return 0
    if len(one.surface) == len(other.surface) == 2:
        if _is_always_before(words, at, times, counts):
            return 2
        rarer, commoner = sorted((counts.words[one.surface], counts.words[other.surface]))
        if rarer != times or 2 * commoner > 3 * times:
            return 0
        unknown = all(_is_unknown(word) for word in (one, other))
        seldom = not all(share(word.surface) for word in (one, other))
        return 2 if unknown and seldom else 0
    if len(form) == 2:  # 炒|茶
        together = counts.words[one.surface] == counts.words[other.surface] == times > 2
        return 2 if together and one.pos == "v" and other.pos == "n" else 0
    if {len(one.surface), len(other.surface)} != {1, 2}:
        return 0
    short, long = sorted((one, other), key=lambda word: len(word.surface))
    measure = short.pos in ("m", "q") and long.pos.startswith(("nr", "nz", "x"))  # 丹娜|絲
    if (short.pos.startswith(FUNCTION) and not measure) or short.pos in ("v", "a", "vn", "vg"):
        return 0
    if other.pos in ("v", "d", "p", "c", "r", "t") and share(other.surface) >= KNOWN:
        return 0  # 乡|举行: the segmenter knows the verb
    return 2 if counts.words[short.surface] == times and 2 * counts.words[long.surface] <= 3 * times else 0


def _is_always_before(words: list[Word], at: int, times: int, counts: Counts) -> bool:
    """Whether a rare word that stands only before this noun is the firm's name: 辰溪|电子, 比邻|汽车|推出."""
    one, other = words[at], words[at + 1]
    rare = share(one.surface) < KNOWN and counts.words[one.surface] == times
    inner = at > 0 and words[at - 1].pos.startswith(("n", "x")) and words[at - 1].surface.isalnum()
    if not rare or other.pos != "n" or inner:
        return False
    if one.pos == "v":
        opens = at == 0 or not words[at - 1].surface.isalnum()
        return opens and at + 2 < len(words) and words[at + 2].pos in ("v", "t", "d")
    return one.pos in ("nrt", "nz", "ns") or (one.pos == "nr" and not is_surname(one.surface[0]))


def _is_unknown(word: Word) -> bool:
    return word.pos.startswith(("nr", "ns", "nz", "x")) or not share(word.surface)
