"""English names with a weekday, a month or a word of time inside: Good Friday Agreement, May Winter, Earth Day.

    is_part([("on", "IN"), ("Palm", "NNP"), ("Sunday", "NNP"), (".", ".")], 2, frozenset())  ->  True

Beside most capitals such a word is a time: told Congress Thursday. It is part of a name where a time would not have the
neighbours that it has, or where the text never has the word before it alone.
"""

from collections.abc import Set

from alt_pipelines.tagging.extraction.english.bodies import ALONE
from alt_pipelines.tagging.extraction.english.lexicon import is_common_word
from alt_pipelines.tagging.extraction.english.tagger import NAME, Tagged
from alt_pipelines.text.stopwords import MONTHS, WEEKDAYS, word_set

CALENDAR = word_set(
    "today yesterday tomorrow tonight morning afternoon evening night week weeks month months year years day days hour"
    " hours minute minutes time times noon midnight weekend"
)
QUANTITY = word_set(
    "one two three four five six seven eight nine ten twelve many several few more most last next first second third"
    " new old early late full big same other another dozen hundred thousand million twenty thirty forty fifty"
)
BEFORE_TIME = word_set("last next this early late every each on since until by from after before through of in")
_NAMES = frozenset({"NNP", "NNPS", NAME})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS", NAME})
_FINITE = frozenset({"VBZ", "VBP", "MD"})
_AUXILIARY = word_set("was were had")
# Words before a day's name, and not before a place or a body with its weekday: since Palm Sunday, but in Leeds Sunday.
_BEFORE_DAY = word_set("on since until before after for about of and")


def is_part(out: list[Tagged], index: int, bound: Set[tuple[str, str]]) -> bool:
    """Whether a capitalised weekday, month or word of time is part of a name.

    ``bound``: pairs of a word and the weekday that always follows it in the text.
    """
    low = out[index][0].lower()
    before = out[index - 1] if index else ("", ".")
    after = out[index + 1] if index + 1 < len(out) else ("", ".")
    if low in MONTHS:
        return _is_month(before, after)
    if low in WEEKDAYS:
        return _is_day(out, index, bound) or _is_person(out, index, before, after) or _is_first(before, after)
    return _is_time(out, index, before)


def _is_month(before: Tagged, after: Tagged) -> bool:
    """Whether a month is part of a name: after or before a name, and not before a number or after a preposition."""
    if after[0][:1].isdigit():
        return False
    if before[1] in _NAMES:
        return True
    if after[1] not in _NAMES or not after[0][0].isupper():
        return False
    return before[0].lower() not in BEFORE_TIME or (before[0] == "by" and not is_common_word(after[0].lower()))


def _is_day(out: list[Tagged], index: int, bound: Set[tuple[str, str]]) -> bool:
    """Whether a weekday ends the name of a day, a club or a song with the one word before it: Black Friday."""
    if not index:
        return False
    word, pos = out[index - 1]
    low = word.lower()
    if not word.istitle() or low in QUANTITY or low in BEFORE_TIME or low in WEEKDAYS:
        return False
    if (word, out[index][0]) in bound:
        return True
    outer, outer_pos = out[index - 2] if index > 1 else (".", ".")
    after, after_pos = out[index + 1] if index + 1 < len(out) else (".", ".")
    if outer[0].isupper() or not (pos == "JJ" or pos in _NOUNS) or low in ALONE:
        return False
    since = outer in _BEFORE_DAY and is_common_word(low)
    if pos == "JJ" or since or (outer == "on" and not _governed(out, index - 2)):
        return True
    if after_pos in ("NN", "NNS") and after.islower() and after not in CALENDAR:
        return outer_pos in (".", "DT", "PRP$")  # its Ash Wednesday service
    return outer_pos in (".", "CC") and (after_pos in _FINITE or after in _AUXILIARY)  # Cyber Monday is expected


def _governed(out: list[Tagged], index: int) -> bool:
    """Whether the preposition at this index follows a noun: a vote on Brexit Tuesday."""
    return index > 0 and out[index - 1][1] in _NOUNS


def _is_person(out: list[Tagged], index: int, before: Tagged, after: Tagged) -> bool:
    """Whether a weekday is a given name at the start of a clause, before its verb: Sunday Oliseh said."""
    beyond = out[index + 2][1] if index + 2 < len(out) else "."
    begins = before[1] in (".", "CC") and after[1] in _NAMES and beyond in ("POS", "VBD", "VBZ")
    return begins and not is_common_word(after[0].lower())


def _is_first(before: Tagged, after: Tagged) -> bool:
    """Whether a weekday begins the name of a paper or a programme: The Sunday Times, Saturday Night Live."""
    named = after[0].istitle() and after[1] in _NAMES and is_common_word(after[0].lower())
    return named and (before[1] == "DT" or after[0].lower() in CALENDAR)


def _is_time(out: list[Tagged], index: int, before: Tagged) -> bool:
    """Whether a word of time follows the capitalised words of a name: Earth Day, but not 9 a.m. Eastern Time."""
    if before == ("the", NAME):
        return True  # Match of the Day
    if not before[0].istitle() or not (before[1] == "JJ" or before[1] in _NOUNS):
        return False
    if before[0].lower() in MONTHS and before[1] != NAME:
        return False
    first = index - 1
    while first and out[first - 1][0].istitle():
        first -= 1
    outer, pos = out[first - 1] if first else (".", ".")
    return pos != "CD" and outer not in ("a.m.", "p.m.", "am", "pm")
