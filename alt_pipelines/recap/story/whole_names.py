"""Complete a name of which a term is only a part: "Luiz Inácio Lula" is followed by "da Silva" wherever it occurs.

Terms are at most a few words long and contain no stop words, so "New Orleans Saints" is counted as "Orleans Saints" and
"Prime Minister Robert Fico" as "Minister Robert". The texts of the story show the words around the term. A capitalised
word that is next to the term in most of its uses belongs to the name.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence, Set
from functools import lru_cache
from itertools import accumulate

from alt_pipelines.text.scripts import UNSPACED
from alt_pipelines.text.segmentation import unspaced

_SHARE = 0.6  # minimum share of a term's uses with the same neighbouring word
_LONGEST = 6  # words of a completed name
_USES = 200  # uses that are examined
_WINDOW = 60  # characters before a use that are examined
_TITLE_CASE = 0.6  # minimum share of capitalised words in a headline, whose capitals mark no names
# Of text.stopwords.NAME_PARTICLES without those that are often between two names: Madrid y Barcelona, Scholz zu Macron.
_PARTICLES = "d[aeiou]|dos|das|del|della|von|van|der|den|bin|ibn|al|el|la|le"
_LEFT = re.compile(rf"((?:[A-ZÀ-Þ][\w’'\u2010\u2011-]{{1,30}}|[A-Z]\.) (?:(?:{_PARTICLES}) ){{0,2}})$")
# A number after a name is part of it if it is always the same: VF 3, Series 9; no result, time or share.
_RIGHT = re.compile(
    rf" (?:(?:{_PARTICLES}) ){{0,2}}[A-ZÀ-Þ][\w\u2010\u2011-]{{1,30}}| \d{{1,2}}(?!\w| ?[%:./°–—-]|[.,]\d| [A-ZÀ-Þ])"
)
_OWNERS = 20  # names before a possessive ending that are looked for
_POSSESSIVE = re.compile(r"['’]s? $")
_INSIDE = re.compile(r"[\w,;)\"”’] $")  # text before a word that does not begin a sentence
_STRETCH = re.compile(f"[{UNSPACED}]+")
_ALWAYS = 0.8  # minimum share of the uses of a word without spaces that have the same neighbour ...
_LEAST_USES = 3  # ... and minimum number of them: with two, chance brings the same verb twice
_LONGEST_UNSPACED = 40  # characters
_WORD = re.compile(r"[^\W\d_]+")


def complete(term: str, texts: Sequence[str], never: Set[str] = frozenset()) -> str:
    """Return a capitalised term with the words that belong to it in `texts`, or the term itself.

    Args:
        term: one or more words as they are spelt in the texts.
        texts: the sentences of the story.
        never: lower-cased words that are not added.
    """
    if not any(word[:1].isupper() for word in term.split()):
        return term
    prose = [text for text in texts if term[1:] in text and not _is_headline(text)]
    for _ in range(_LONGEST):
        longer = _extended(term, prose, texts)
        if longer == term or len(longer.split()) > _LONGEST or never & set(longer.casefold().split()):
            break
        term = longer
    return term


def _extended(term: str, texts: Sequence[str], every: Sequence[str]) -> str:
    """Return the term with one more neighbouring word, if most uses have the same one.

    "Chief executive" at the beginning of a sentence is a use of "chief executive". In `every` text, headlines too, a
    possessive may be a name of its own.
    """
    first_letter = "".join({term[0], term[0].lower()})
    pattern = re.compile(rf"(?<!\w)[{re.escape(first_letter)}]{re.escape(term[1:])}(?!\w)")
    uses = [(text, match) for text in texts for match in pattern.finditer(text)][:_USES]
    left: Counter[str] = Counter()
    right: Counter[str] = Counter()
    first: Counter[str] = Counter()  # words that begin a sentence and may be capitalised for that reason
    for text, match in uses:
        if before := _LEFT.search(text[max(0, match.start() - _WINDOW) : match.start()]):
            begin = match.start() - len(before[1])
            (left if _INSIDE.search(text[max(0, begin - 2) : begin]) else first)[before[1]] += 1
        if after := _RIGHT.match(text, match.end()):
            right[after[0]] += 1
    for word, count in left.most_common(1):
        if count + first[word] >= _SHARE * (len(uses) - first.total() + first[word]) and not _owns(word, term, every):
            return word + term
    for word, count in right.most_common(1):
        if count >= _SHARE * len(uses) and (count > 1 or not word[1:].isdigit()):
            return term + word
    return term


def _owns(word: str, term: str, texts: Sequence[str]) -> bool:
    """Whether a word before a term is the possessive of a name that the texts also have by itself; "King's" is not."""
    if _POSSESSIVE.search(word) is None:
        return False
    owners = re.compile(rf"((?:[A-ZÀ-Þ][\w-]{{0,30}} ){{0,3}}){re.escape(word)}{re.escape(term)}")
    names = Counter(_POSSESSIVE.sub("", owner[1] + word) for text in texts for owner in owners.finditer(text))
    if not names:
        return False
    commonest = "|".join(re.escape(name) for name, _ in names.most_common(_OWNERS))
    alone = re.compile(rf"(?<!\w)(?:{commonest})(?![\w’'])")
    return any(alone.search(text) for text in texts)


def _is_headline(text: str) -> bool:
    if text.endswith((".", "!", "?", '"', "”")):
        return False
    words = _WORD.findall(text)
    capitals = sum(word[0].isupper() for word in words)
    return bool(capitals >= _TITLE_CASE * len(words))


def complete_unspaced(term: str, texts: Sequence[str], language: str, never: Set[str] = frozenset()) -> str:
    """Return a term of Thai, Lao, Khmer or Burmese with the words that are next to it in almost all of its uses.

    Dictionaries divide names into short words: สายสีน้ำตาล (the Brown Line) into สาย, สี and น้ำตาล.

    Args:
        term: one or more words without a space.
        texts: the sentences of the story.
        language: the language of its script.
        never: words that are not added.
    """
    stretches = [stretch for text in texts for stretch in _STRETCH.findall(text) if term in stretch]
    divided = [_edges(stretch, language) for stretch in stretches]
    for _ in range(_LONGEST):
        neighbours: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
        uses = 0
        for stretch, edges in zip(stretches, divided, strict=True):
            start = stretch.find(term)
            while start >= 0 and uses < _USES:
                end = start + len(term)
                at = bisect_left(edges, start), bisect_left(edges, end)  # start and end are within the edges
                if edges[at[0]] == start and edges[at[1]] == end:
                    uses += 1
                    neighbours[0][stretch[edges[at[0] - 1] : start] if at[0] else ""] += 1
                    neighbours[1][stretch[end : edges[at[1] + 1]] if at[1] + 1 < len(edges) else ""] += 1
                start = stretch.find(term, end)
        longer = term
        for side, found in enumerate(neighbours):
            word, count = found.most_common(1)[0] if found else ("", 0)
            if word and word not in never and count >= max(_LEAST_USES, _ALWAYS * uses):
                longer = longer + word if side else word + longer
        if longer == term or len(longer) > _LONGEST_UNSPACED:
            break
        term = longer
    return term


@lru_cache(maxsize=1 << 10)  # the terms of a story are in the same stretches
def _edges(stretch: str, language: str) -> tuple[int, ...]:
    return (0, *accumulate(map(len, unspaced(stretch, language))))
