"""English names that contain common words: Theresa May, Three Mile Island, The Who, House of Lords, Marks & Spencer.

    join_names([("Theresa", "NNP"), ("May", "NNP"), ("spoke", "VBD")], evidence)  ->  both words tagged ``NAME``

A word-by-word tagger gives the month, number, article or preposition in such a name its usual tag. This module makes a
word part of a name because of its capital and its neighbours, or because the same two words are capitalised inside a
sentence elsewhere in the article (``Evidence``), where a capital indicates a name.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from alt_pipelines.tagging.extraction.english.bodies import DIRECTIONS, KINDS, joins_body
from alt_pipelines.tagging.extraction.english.calendar import BEFORE_TIME, CALENDAR, QUANTITY
from alt_pipelines.tagging.extraction.english.calendar import is_part as is_calendar_part
from alt_pipelines.tagging.extraction.english.lexicon import is_common_noun, is_common_word, usual_tag
from alt_pipelines.tagging.extraction.english.tagger import NAME, Tagged
from alt_pipelines.tagging.extraction.english.tokens import BEFORE_DUTCH_ARTICLE
from alt_pipelines.text.numerals import ROMAN, is_numeral
from alt_pipelines.text.stopwords import DAYS, MONTHS, WEEKDAYS, word_set


class Evidence(NamedTuple):
    """Evidence of names in an article.

    ``pairs``: adjacent capitalised words inside a sentence, where a capital indicates a name, and a capitalised word
    followed by "of", or "The" after a comma. ``titled``: words that occur more than once, and always after a form of
    address. ``articled``: the same for a capitalised "The". ``again``: those of ``pairs`` that occur again in the
    article, and a numeral and a plural before a verb in the singular (Two Rivers opens). ``acronyms``: words in
    capitals. ``numbered``: numbers and the capitalised words after them that occur more than once. ``bound``: words
    that occur more than once and always before a weekday, with it.
    """

    pairs: frozenset[tuple[str, str]]
    titled: frozenset[str]
    articled: frozenset[str]
    again: frozenset[tuple[str, str]]
    acronyms: frozenset[str]
    numbered: frozenset[tuple[str, str]]
    bound: frozenset[tuple[str, str]]


_CALENDAR = DAYS | CALENDAR
_NAME_TAGS = frozenset({"NNP", "NNPS", NAME})
_SINGULAR = frozenset({"NN", "NNP", NAME})
_NOUN_TAGS = _NAME_TAGS | {"NN", "NNS"}  # of words with a capital: Isle of Man
_FUNCTION_TAGS = frozenset({"WP", "WRB", "IN", "RB", "PRP", "DT"})
_ADDRESS = word_set("Mr Mrs Ms Dr")
_DUTCH = frozenset(f"{word} {mark}t" for word in BEFORE_DUTCH_ARTICLE for mark in "'’")  # van 't Hek
_PARTICLES = _DUTCH | word_set(
    "da de del della di dos das du van von der den bin ibn al el na upon"
)  # inside names of persons, of Irish bodies and of English towns
_LATIN_PREFIXES = word_set("pro ex non")  # which the lexicon has as foreign words: Pro Brexit party
_ARTICLES = word_set("la las los le les de den der dem het ter ten")  # after a particle: von der Leyen, de la Renta
SMALL_WORDS = _PARTICLES | _ARTICLES  # of other languages, inside names
_SMALL = SMALL_WORDS | {"of", "for", "the", "and", "on"}
_GOALS = re.compile(r"\d")
# Places of events, which are not the heads of the names of bodies, as museums and centres are: Royal Hall | for Trust.
_VENUES = word_set(
    """
    arena auditorium ballroom coliseum hall pavilion stadium velodrome theatre theater amphitheatre amphitheater
    abbey castle cathedral chapel church palace airport garden gardens park plaza racecourse square
    """
)
# Offices of the church and ranks of the nobility, which are named after their place: Bishop of Truro. Not "count":
# Count of Ohio ballots.
_OF_PLACES = word_set(
    """
    archbishop bishop patriarch archdeacon dean abbot abbess prior prioress
    king queen prince princess duke duchess marquess marquis marchioness earl countess viscount viscountess
    baron baroness
    """
)
_VERSION = re.compile(r"\d{1,3}\.\d+(?:\.\d+)*")
_LONGEST_VERSION = 3  # digits
_NUMERAL_PLURAL_VERB = 3  # words
_ROMAN = re.compile(ROMAN)


def evidence(sentences: Sequence[Sequence[str]]) -> Evidence:
    """Return the evidence of names in the tokenised sentences of an article."""
    pairs: set[tuple[str, str]] = set()
    anywhere: Counter[tuple[str, str]] = Counter()
    titled: Counter[str] = Counter()
    articled: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    numbers: Counter[tuple[str, str]] = Counter()
    for sentence in sentences:
        previous = "."
        for word, following in zip(sentence, [*sentence[1:], "."], strict=True):
            if word[0].isupper():
                counts[word] += 1
                anywhere[word, following] += 1
                if previous in _ADDRESS and not following[0].isupper():
                    titled[word] += 1
                elif previous == "The" and not following[0].isupper():
                    articled[word] += 1
                elif (previous[0].isalnum() or (word == "The" and previous == ",")) and (
                    following[0].isupper() or following == "of"
                ):
                    pairs.add((word, following))
                if previous.isdigit():
                    numbers[previous, word] += 1
            previous = word
    always = [frozenset(word for word, n in found.items() if 1 < n == counts[word]) for found in (titled, articled)]
    again = frozenset(pair for pair in pairs if anywhere[pair] > 1)
    again |= {pair for pair in map(_singular_pair, sentences) if pair is not None}
    acronyms = frozenset(word for word in counts if word.isupper() and len(word) > 1)
    numbered = frozenset(pair for pair, count in numbers.items() if count > 1)
    bound = frozenset(
        (word, day) for (word, day), n in anywhere.items() if day.lower() in WEEKDAYS and 1 < n == counts[word]
    )
    return Evidence(frozenset(pairs), always[0], always[1], again, acronyms, numbered, bound)


def _singular_pair(sentence: Sequence[str]) -> tuple[str, str] | None:
    """Return the numeral and plural that begin a sentence, if a verb in the singular shows them to be one name."""
    if len(sentence) < _NUMERAL_PLURAL_VERB or not (
        sentence[0].istitle() and sentence[1].istitle() and sentence[1].endswith("s")
    ):
        return None
    numeral, plural, verb = sentence[:_NUMERAL_PLURAL_VERB]
    if not (verb.islower() and usual_tag(verb) == "VBZ" and is_numeral(numeral.lower())):
        return None
    return (numeral, plural) if is_common_noun(plural.lower()) else None


def join_names(tagged: list[Tagged], known: Evidence) -> list[Tagged]:
    """Return the sentence with the tag ``NAME`` on every word that its neighbours make part of a name.

    The numbers of a result (Harbour Rovers 2, Kelham Town 1) get the tag of a sign, since they end no name.
    """
    out = _without_score(tagged)
    for index, (word, pos) in enumerate(tagged):
        if word.islower() and word not in _SMALL and (index == 0 or tagged[index - 1][0] != "&"):
            continue  # most words
        if word in ("and", "on") and not (0 < index < len(out) - 1 and tagged[index + 1][0][0].isupper()):
            continue
        if word != "&" and not word[0].isalnum():
            continue  # punctuation
        if _is_part(out, index, word, pos, known):
            out[index] = (word, NAME)
    return out


def _without_score(tagged: list[Tagged]) -> list[Tagged]:
    """Return a copy of the sentence in which the goals of a line that is a result have the tag of a comma.

    Such a line has two names, each with its goals, and nothing else but brackets.
    """
    out = list(tagged)
    goals = [at for at, (word, pos) in enumerate(tagged) if pos == "CD" and _GOALS.fullmatch(word)][:2]
    if len(goals) < 2 or tagged[goals[0] + 1][0] != ",":
        return out
    (first, second), after = goals, tagged[goals[1] + 1 : goals[1] + 2]
    names = [word for word, _ in (*tagged[:first], *tagged[first + 2 : second])]
    if 0 < first < second - 2 and all(word[0].isupper() for word in names) and (not after or after[0][0] in "(."):
        for at in goals:
            out[at] = (tagged[at][0], ",")
    return out


def _is_part(out: list[Tagged], index: int, word: str, pos: str, known: Evidence) -> bool:
    """Whether a word is part of a name, whatever its usual tag is."""
    before = out[index - 1] if index else ("", ".")
    after = out[index + 1] if index + 1 < len(out) else ("", ".")
    if before == ("&", NAME) or (before == ("of", NAME) and word == "the"):
        return True  # Seven & i Holdings, Lord of the Rings
    if word in _ARTICLES and before[1] == NAME and before[0] in _PARTICLES:
        return True
    if word in _PARTICLES:
        if after[0] in _ARTICLES:
            after = out[index + 2] if index + 2 < len(out) else after
        return index > 0 and before[1] in _NAME_TAGS and after[0][:1].isupper() and before[0][0].isupper()
    if word in _ARTICLES:
        return False
    if word in ("and", "on"):
        named = before[0][:1].isupper() and after[0][:1].isupper()
        return named and joins_body(out, index, known.acronyms)
    if word == "&" or word in ("of", "for"):
        return _joins(out, index, word, known)
    if word[0].isdigit():
        return pos == "CD" and _begins_with_number(out, index, known)
    if not word[0].isupper():
        return False
    if word in _ADDRESS:
        return after[0] in known.titled and is_common_word(after[0].lower())
    if word.lower() == "the":
        return _article(after, known)
    return _is_capitalised_part(out, index, word, pos, known)


def _is_capitalised_part(out: list[Tagged], index: int, word: str, pos: str, known: Evidence) -> bool:
    """Whether a word with a capital, not an article or a form of address, is part of a name by the words beside it."""
    low = word.lower()
    before = out[index - 1] if index else ("", ".")
    after = out[index + 1] if index + 1 < len(out) else ("", ".")
    if pos == "FW" and word.istitle() and after[1] == "NNP" and low not in _LATIN_PREFIXES:
        return True  # La Spezia, Novo Mesto
    if before[1] == NAME and before[0] == "The":
        return True
    attested = (word, after[0]) in known.again or (before[0], word) in known.again
    if attested and low not in DAYS:
        return True  # Take That
    if low == "will" and index == 0:
        return after[1] == "NNP" and out[-1][0] != "?" and len(out) > 2 and out[2][1] in ("VBD", "CC", "POS", ",")
    if low in DIRECTIONS and after[1] == "NNP":
        return True  # South Staffordshire
    if low in _CALENDAR:
        return is_calendar_part(out, index, known.bound)
    if after[0][:1].isdigit() and _VERSION.fullmatch(after[0]) and pos not in _FUNCTION_TAGS and low not in BEFORE_TIME:
        return True  # Go 1.24
    if low == "all":
        return (word, after[0]) in known.pairs  # All India Radio
    if low in QUANTITY or pos == "CD":
        return _quantity(out, index, word, known)
    if before[1] == NAME and before[0].lower() in QUANTITY:
        return True
    if pos in _FUNCTION_TAGS and before[1] in ("NN", *_NAME_TAGS) and before[0][0].isupper() and word != "I":
        return not word.isupper()  # Doctor Who
    return _ROMAN.fullmatch(word) is not None and before[1] in _NAME_TAGS and not after[1].startswith(("VB", "MD"))


def _joins(out: list[Tagged], index: int, word: str, known: Evidence) -> bool:
    """Whether a small word is inside a name: Marks & Spencer, Seven & i Holdings, House of Lords."""
    if not 0 < index < len(out) - 1:
        return False
    (left, left_pos), (right, right_pos) = out[index - 1], out[index + 1]
    if not left[0].isupper() or left[-1] == "." or (left.lower() in MONTHS and left_pos != NAME):
        return False
    if word == "&":
        beyond = out[index + 2][0] if index + 2 < len(out) else "."
        return right[0].isupper() or (len(right) == 1 and beyond[0].isupper())
    if word == "of" and right == "the" and index + 2 < len(out):
        (right, right_pos), attested = out[index + 2], (left, "of") in known.pairs
        if left_pos != "NNS" and (index == 1 or (index == 2 and out[0][0] == "The")):
            attested = True  # a bare singular begins the sentence: House of the Dragon returns
        common = is_common_word(left.lower()) and is_common_noun(right.lower())
        return attested and common and right[0].isupper() and right_pos in _NOUN_TAGS
    if right_pos == "JJ" and right.istitle() and index + 2 < len(out) and out[index + 2][0].istitle():
        right_pos = out[index + 2][1]  # Cape of Good Hope
    if not right[0].isupper() or right_pos not in _NOUN_TAGS or right.lower() in DAYS:
        return False
    if right_pos not in _NAME_TAGS and not (right.istitle() and is_common_word(left.lower())):
        return False  # GB of RAM, Vikram Sethna of Counterpoint Research
    common = is_common_word(right.lower())
    if index == 1 and (left, "of") not in known.pairs:  # the capital may be due to the start of the sentence
        of_body = common and left.lower() in KINDS  # Department for Transport
        return (of_body or (word == "of" and (common or left.lower() in _OF_PLACES))) and left_pos in _SINGULAR
    if word == "for" and left.lower() in _VENUES:
        return False
    named = left_pos in _NAME_TAGS or (left, "of") in known.pairs
    if word == "of" and common and named:
        return True  # Isle of Man
    return named and is_common_word(left.lower()) and (word == "of" or common)


def _article(after: Tagged, known: Evidence) -> bool:
    """Whether a capitalised The begins a name: The Who, The Economist Group."""
    return after[0][:1].isupper() and (("The", after[0]) in known.pairs or after[0] in known.articled)


def _quantity(out: list[Tagged], index: int, word: str, known: Evidence) -> bool:
    """Whether a number or weak adjective with a capital begins a name.

    Inside a sentence, its capital decides. At the start of a sentence, a capitalised common noun must follow: "Three
    Mile Island" is a name, "Three Americans" is not.
    """
    if index + 1 >= len(out):
        return False
    after, pos = out[index + 1]
    if after.lower() in QUANTITY and after[0].isupper() and index + 2 < len(out):
        return out[index + 2][0][0].isupper()  # Twenty One Pilots
    if after == "of" and 0 < index < len(out) - 2:
        return out[index + 2][0][0].isupper()  # The Last of Us
    if not after[0].isupper() or pos not in _NAME_TAGS:
        return False
    return index > 0 or (word, after) in known.pairs or is_common_noun(after.lower())


def _begins_with_number(out: list[Tagged], index: int, known: Evidence) -> bool:
    """Whether a number begins a name: the model of a maker with its version (737 MAX 9), or a number with a common noun
    in the singular, a capital and no noun after it, which the text repeats (50 Cent)."""
    word = out[index][0]
    if index + 1 >= len(out) or not word.isdigit():
        return False
    (after, _), (beyond, beyond_pos) = out[index + 1], out[index + 2] if index + 2 < len(out) else (".", ".")
    if after.isupper() and after.isalpha() and len(after) > 1:
        return beyond.isdigit() and len(beyond) < _LONGEST_VERSION
    if (word, after) not in known.numbered or beyond_pos in _NOUN_TAGS:
        return False
    return after.istitle() and not after.endswith("s") and is_common_word(after.lower())
