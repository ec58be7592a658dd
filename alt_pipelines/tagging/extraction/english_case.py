"""The case of English words in headlines, which show it in their own way: all capitals, or every word with a capital.

    without_capitals("NASA DELAYS F-35 TESTS IN OREGON")                          ->  "NASA delays F-35 tests in Oregon"
    sentence_case("Storm Hits Oregon Coast", "The storm hit the coast ...")       ->  "storm hits Oregon coast"
    sentence_case("Theresa May joins The Who", "")                                ->  the same: a sentence's own case

The tagger takes a word with a capital for a name; so words that the lexicon has get their usual case here.
"""

import re
from collections import Counter

from alt_pipelines.tagging.extraction.english_tagger import is_common_word, usual_tag
from alt_pipelines.text.stopwords import word_set

_TITLE_WORD = re.compile(r"[A-Za-z][\w'-]*")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_HEADLINE_SHARE = 0.6  # least share of words with a capital in a headline that gives every word one
_LONGEST_ACRONYM = 3  # letters; a longer one is recognised by the lack of a vowel
_VOWEL = re.compile("[AEIOUYÀ-Þ]")
_ENDING = re.compile(r"(?:e?s|e?d|ing|er|ly)$")
_UNDONE = re.compile("(?:UN|RE|NON|OVER)(?=.{4})")  # prefixes of words that the lexicon has without them
_OPEN_PLACES = word_set("fort mount cape")  # always before a place's own name
_MAY_OPEN_PLACES = word_set("lake port saint north south east west")
_PARTICLES = frozenset({"SAN", "SANTA", "LOS", "LAS", "EL", "LA", "DE", "DEL"})  # of Spanish names
_OWN_NEW = word_set("york orleans zealand delhi jersey mexico hampshire england guinea brunswick caledonia")
# A name with its article inside a headline that writes its other small words without capitals: 212, The Quiet Loom.
_ARTICLED = re.compile(r"(?<=[a-z,] )The(?: [A-Z][\w'’-]*| (?:of|and|in)(?= [A-Z]))+")
_OWNED = re.compile(r"['’]s $")
_SMALL_WORD = re.compile(r" (?:a|an|at|by|for|from|in|of|on|to|with) ")
_OPEN_CLASS = ("NN", "VB", "JJ")
_SHORTEST_VERB = 5  # letters of a word that a headline with capitals does not leave without one


def plain_case(text: str) -> str:
    """Return a text that is all capitals in its usual case; other texts as they are."""
    return without_capitals(text) if text.isupper() else text


def without_capitals(text: str) -> str:
    """Return a text in capitals with the words of the lexicon in lower case, and the others as names.

    Words with a digit and short words that the lexicon does not have are taken for codes and acronyms.
    """
    words = _WORD.findall(text)
    cased = [_own_case(word) for word in words]
    for at in range(len(words) - 1):
        first, second = cased[at], cased[at + 1]
        if first in _OPEN_PLACES:
            cased[at : at + 2] = first.capitalize(), second if second[0].isupper() else second.capitalize()
        elif (first in _MAY_OPEN_PLACES and second.istitle()) or (first == "new" and second.lower() in _OWN_NEW):
            cased[at : at + 2] = first.capitalize(), second.capitalize()
    each = iter(cased)
    return _WORD.sub(lambda match: _after_apostrophe(match, next(each)), text)


def sentence_case(title: str, text: str) -> str:
    """Give the words of a Headline Set Like This their case in the body, so that its verbs are not taken for names.

    A word is lower-cased if the body has it mostly in lower case, or if the capitalised form does not occur in the body
    and the lexicon has the word. A title with a verb, a noun or an adjective in lower case has a sentence's own case.
    """
    if title.isupper() or _has_own_case(title):
        return plain_case(title)
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
            return word  # Odile's Rhubarb Clafoutis
        known = counts[word] == 0 and is_common_word(low)
        return low if known or counts[low] > counts[word] else word

    return _TITLE_WORD.sub(lowered, title)


def _has_own_case(title: str) -> bool:
    """Whether a title has a sentence's own case, so that its capitals are those of names."""
    words = _TITLE_WORD.findall(title)
    if title.isupper():
        return False
    return sum(w[0].isupper() for w in words) < _HEADLINE_SHARE * len(words) or any(
        len(w) >= _SHORTEST_VERB and w.islower() and (usual_tag(w) or "NN").startswith(_OPEN_CLASS) for w in words
    )


def _own_case(word: str) -> str:
    """Return a word of a text in capitals in its usual case."""
    if any(map(str.isdigit, word)):
        return word
    if "-" in word:
        return "-".join(map(_own_case, word.split("-")))
    if _is_known(word.lower()) or ((prefix := _UNDONE.match(word)) and _is_known(word[prefix.end() :].lower())):
        return word.lower()
    acronym = (len(word) <= _LONGEST_ACRONYM and word not in _PARTICLES) or not _VOWEL.search(word)
    return word if acronym else word.capitalize()


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
    """Return (start, end) of the names with an article of their own in a headline."""
    return [match.span() for match in _ARTICLED.finditer(title)] if _SMALL_WORD.search(title) or "," in title else []
