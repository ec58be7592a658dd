"""The case of English words in headlines, which show it in their own way: all capitals, or every word with a capital.

    without_capitals("FBI DELAYS F-35 TESTS IN OREGON")                           ->  "FBI delays F-35 tests in Oregon"
    sentence_case("Storm Hits Oregon Coast", "The storm hit the coast ...")       ->  "storm hits Oregon coast"
    sentence_case("Ada Quigley joins The Verve", "")                              ->  the same: a sentence's own case

The tagger takes a word with a capital for a name; so words that the lexicon has get their usual case here.
"""

import re
from collections import Counter
from itertools import pairwise

from alt_pipelines.tagging.extraction.english.lexicon import is_common_word, usual_tag
from alt_pipelines.text.stopwords import word_set

_TITLE_WORD = re.compile(r"(?<![\w-])[^\W\d_][\w'-]*")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_HEADLINE_SHARE = 0.6  # least share of words with a capital in a headline that gives every word one
_LONGEST_ACRONYM = 3  # letters; a longer one with a vowel looks like a name
_VOWEL = re.compile("[AEIOUYÀ-Þ]")
_ENDING = re.compile(r"(?:e?s|e?d|ing|er|ly)$")
_OPEN_PLACES = word_set("fort cape san los las el")  # usually before a place's own name: Fort Worth, Los Angeles
_MAY_OPEN_PLACES = word_set("mount lake port saint north south east west la le")  # before a name, but also alone
_ACRONYMS = frozenset({"LA"})  # which the lexicon has as a foreign word
_CALLED_NEW = word_set(  # states, provinces, countries, islands and cities after New
    "york jersey mexico hampshire brunswick england zealand guinea caledonia britain delhi orleans haven bedford"
)
_COMBINING = word_set("half multi pan post re self sub")  # which the lexicon has as nouns: post-Brexit
_NAMING = ("NN", "JJ")  # tags of the words of the lexicon in names of places: Cape Town, Fort Worth
# A name with its article: after a comma, or in a headline that writes its other small words without capitals.
_NAME_WITH_ARTICLE = r"The(?: [A-Z][\w'’-]*| (?:of|and|in)(?= [A-Z]))+"
_AFTER_COMMA = re.compile(f"(?<=, ){_NAME_WITH_ARTICLE}")
_ARTICLED = re.compile(f"(?<=[a-z,] ){_NAME_WITH_ARTICLE}")
_OWNED = re.compile(r"['’]s $")
_SMALL_WORD = re.compile(r" (?:a|an|at|by|for|from|in|of|on|to|with) ")
_OPEN_CLASS = ("NN", "VB", "JJ")
_SHORTEST_TOLD = 5  # letters of a word that a headline with capitals does not leave without one


def plain_case(text: str) -> str:
    """Return a text that is all capitals in its usual case; other texts as they are."""
    return without_capitals(text) if text.isupper() else text


def without_capitals(text: str) -> str:
    """Return a text in capitals with the words of the lexicon in lower case, and the others as names.

    Words with a digit, single letters, and unknown words of up to three letters or without a vowel are taken for codes
    and acronyms. A longer acronym is written as a name: Nasa.
    """
    cased = [_own_case(word) for word in _WORD.findall(text)]
    for at, (first, second) in enumerate(pairwise(cased)):
        if _begins_place(first.lower(), second):
            cased[at : at + 2] = first.capitalize(), second.capitalize() if second.islower() else second
    each = iter(cased)
    return _WORD.sub(lambda match: _after_apostrophe(match, next(each)), text)


def sentence_case(title: str, text: str) -> str:
    """Give the words of a Headline Set Like This their case in the body, so that its verbs are not taken for names.

    A word is lower-cased if the body has it mostly in lower case, or if the capitalised form does not occur in the body
    and the lexicon has the word. A title with a sentence's own case keeps it, and one in capitals gets its usual case.
    """
    if title.isupper():
        return without_capitals(title)
    if not title or _has_own_case(title):
        return title
    counts = Counter(_TITLE_WORD.findall(text))
    named = _named_spans(title)

    def lowered(match: re.Match[str]) -> str:
        word = match.group()
        low = word.lower()
        if not word.istitle() or any(start <= match.start() < end for start, end in named):
            return word
        if low == "the" and match.start():
            return low  # The Best Phones Of The Year
        if _OWNED.search(title, max(0, match.start() - 3), match.start()) and _before_name(title, match.end()):
            return word  # Hetty's Quince Pavlova
        known = counts[word] == 0 and is_common_word(low)
        return low if known or counts[low] > counts[word] else word

    return _TITLE_WORD.sub(lowered, title)


def _has_own_case(title: str) -> bool:
    """Whether a title has a sentence's own case, so that its capitals are those of names: if most of its words have
    none, or a verb, a noun or an adjective of the lexicon has none. A word that it does not have may be a product's
    name in lower case: Getting Started with pandas.
    """
    words = _TITLE_WORD.findall(title)
    if sum(word[0].isupper() for word in words) < _HEADLINE_SHARE * len(words):
        return True
    lower = (word for word in words if len(word) >= _SHORTEST_TOLD and word.islower())
    return any((usual_tag(word) or _tag_of_parts(word)).startswith(_OPEN_CLASS) for word in lower)


def _tag_of_parts(word: str) -> str:
    """Return the tag of a noun for a form or a compound of known words, such as felling and round-up; else ""."""
    return "NN" if all(map(_is_known, word.split("-"))) else ""


def _begins_place(first: str, second: str) -> bool:
    """Whether two words, the first in lower case and the second in its usual case, begin a place's name."""
    if first in _OPEN_PLACES:
        return (usual_tag(second) or "NN").startswith(_NAMING)
    return (first in _MAY_OPEN_PLACES and second.istitle()) or (first == "new" and second.lower() in _CALLED_NEW)


def _own_case(word: str) -> str:
    """Return a word of a text in capitals in its usual case."""
    low = word.lower()
    if any(map(str.isdigit, word)):
        return word
    if "-" in word:
        return _joined([_own_case(part) for part in word.split("-")])
    if (len(word) == 1 and word != "A") or word in _ACRONYMS:
        return word  # O'Brien, J. Smith
    if _is_known(low):
        return low
    return word if len(word) <= _LONGEST_ACRONYM or not _VOWEL.search(word) else word.capitalize()


def _joined(parts: list[str]) -> str:
    """Return a compound of parts in their usual case: a noun or a verb before a name is part of it (Rolls-Royce)."""
    first = parts[0]
    if (
        len(parts[-1]) > 1
        and parts[-1].istitle()
        and first not in _COMBINING
        and (usual_tag(first) or "").startswith(("NN", "VB"))
    ):
        parts = [first.capitalize(), *parts[1:]]
    return "-".join(parts)


def _is_known(low: str) -> bool:
    """Whether the lexicon has a word, or the word that it is a form of."""
    if is_common_word(low):
        return True
    stem = _ENDING.sub("", low)
    return stem != low and len(stem) > 2 and (is_common_word(stem) or is_common_word(f"{stem}e"))


def _after_apostrophe(match: re.Match[str], cased: str) -> str:
    """Return the cased word; in lower case if it is the end of a possessive: PENTAGON'S."""
    start = match.start()
    owned = start > 1 and match.string[start - 1] in "'’" and match.string[start - 2].isalnum()
    return match.group().lower() if owned and len(cased) <= 2 else cased


def _before_name(title: str, end: int) -> bool:
    """Whether the word that ends here precedes a capitalised word that the lexicon does not have."""
    following = _TITLE_WORD.match(title, end + 1)
    return following is not None and following.group().istitle() and not _is_known(following.group().lower())


def _named_spans(title: str) -> list[tuple[int, int]]:
    """Return (start, end) of the names with an article of their own in a headline: Episode 9, The Hollow Crown."""
    articled = _ARTICLED if _SMALL_WORD.search(title) else _AFTER_COMMA
    return [match.span() for match in articled.finditer(title)]
