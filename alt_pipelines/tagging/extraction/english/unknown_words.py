"""Guesses the part of speech of English words that the lexicon lacks, by their shape and suffix, and of numbers.

guess("overthrew")  ->  "VBD"      guess("ice-cream")  ->  "NN"      guess_number("90kg")  ->  "CD"
"""

import re

from alt_pipelines.tagging.extraction.english.lexicon import lexicon, may_be_verb
from alt_pipelines.tagging.extraction.shapes import FILES
from alt_pipelines.text.stopwords import word_set

POSSESSIVE = frozenset({"'s", "’s"})
_UNIT = (
    r"(?:[kmcn]?m|km/h|[kmμ]?g|[mc]?l|mph|kph|bn|tn|mn|k|b|m?s|[ap]m|hrs?|mins?|secs?|p|in|ft|lbs?|oz"
    r"|pp[mb]|tb?sps?|tsps?|cc"
    r"|[KMGT]B|[kMGT]?Hz|[kMG]?Wh?|[VCF])"
)
_MEASURE = re.compile(rf"\$?\d[\d.,:/]*(?:{_UNIT}|million|billion|trillion|crore|lakh)")
_UNIT_WORD = re.compile(_UNIT)
_PREFIX = re.compile("over|under|out|with|fore|mis|re|un|up")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_NUMBER = re.compile(r"[0-9,.:/%$-]+")
_VERSION = re.compile(r"v\d+(?:\.\d+)+")
_INNER_CAPITAL = re.compile(r"(?>[^\W\d_]*?[a-z][A-Z])\w*")  # jQuery, FoldRing, McLaren
_LIBRARY = (".js", ".io", ".ai", ".NET", *(f".{ending}" for ending in FILES.split("|")))  # of names of one token
_NUMBERED = re.compile(r"([a-z]{2,})-\d{1,3}")
# Words before the number of a year, an age, a rank or a page, with which they describe a noun: under-21, top-10.
_BEFORE_NUMBERS = word_set(
    """
    pre post mid late early under over sub top bottom best first last non all aged
    age year day week month page chapter round game match stage phase level grade class type
    """
)
# Nouns that end composed adjectives: world-class.
_DEGREES = word_set(
    "class size scale style level length height depth strength grade quality rate type time term day night year round"
)
_LONGEST_COMPOUND = 30  # characters of two nouns without a hyphen
_SHORTEST_NOUN = 4  # letters of the parts of a compound
_PARTICLES = word_set("up off out down back over away in")


def guess(word: str) -> str:
    """Guess the tag of a word that is not in the lexicon, from its shape and suffix."""
    if word in POSSESSIVE:
        return "POS"
    if not word[0].isalnum() and len(word) == 1:
        return word
    if word[0].isdigit() or word[0] == "$":
        return guess_number(word)
    if word[0] == "." or word[-1] in "+#" or (word[0].isupper() and any(map(str.isdigit, word))):
        return "NNP"
    if not word.isalpha() and ("::" in word or "_" in word[1:-1] or word.endswith(_LIBRARY)):
        return "NNP"
    if not word.islower() and not word.istitle() and _INNER_CAPITAL.fullmatch(word):
        return "NNP"
    if word[0] == "v" and _VERSION.fullmatch(word):
        return "CD"
    if word.istitle() or (word[0].isupper() and "-" in word and word[word.rindex("-") + 1 :].istitle()):
        return "NNP"  # CERT-In
    if (prefix := _PREFIX.match(word)) and lexicon().get(word[prefix.end() :]) == "VBD":
        return "VBD"  # overthrew
    if word.endswith(("ate", "ify", "ise", "ize")):
        return "VBP"
    if "-" in word and (noun := _compound(word.lower())):
        return noun
    if word.endswith("ed"):
        return "VBN"
    if word.endswith(("able", "al", "ful", "ible", "ient", "ish", "ive", "less", "tic", "ous")) or "-" in word:
        return "NN" if _ends_in_noun(word) else "JJ"  # zebrafish
    if word.endswith("s") and not word.endswith(("is", "ous", "ss")):
        verb = lexicon().get(word[:-1]) in ("VB", "VBP") or lexicon().get(word[:-2]) in ("VB", "VBP")
        return "VBZ" if verb else "NNS"
    if word.endswith("ly"):
        return "RB"
    if word.endswith("ing"):
        return "VBG"
    return "VBP" if may_be_verb(word) else "NN"  # stun


def is_numbered(word: str) -> bool:
    """Whether a word in lower case has a number that is part of a name or a term: blink-182, omega-3, not under-21."""
    numbered = _NUMBERED.fullmatch(word)
    return numbered is not None and numbered[1] not in _BEFORE_NUMBERS


def _compound(word: str) -> str | None:
    """Return the tag of a noun that is composed with a hyphen; None for another word.

    Its parts are a noun or a letter and a noun (ice-cream, e-bikes), or a verb and a particle (break-in).
    """
    first, _, last = word.rpartition("-")
    tags = lexicon()
    if last in _PARTICLES:
        return "NN" if may_be_verb(first) else None
    if len(first) > 1 and (tags.get(first) != "NN" or last in _DEGREES):
        return None
    if tags.get(last) in ("NN", "NNS"):
        return tags[last]
    return "NNS" if last.endswith("s") and tags.get(last[:-1]) == "NN" else None


def _ends_in_noun(word: str) -> bool:
    """Whether a word is composed of two nouns without a hyphen."""
    tags = lexicon()
    return len(word) <= _LONGEST_COMPOUND and any(
        tags.get(word[at:]) == "NN" and tags.get(word[:at]) == "NN"
        for at in range(_SHORTEST_NOUN, len(word) - _SHORTEST_NOUN + 1)
    )


def guess_number(word: str) -> str:
    """Guess the tag of a token that begins with a digit: 1,200 and 90kg CD, 20th and 4-day JJ, 5G and 401(k) NNP."""
    if _NUMBER.fullmatch(word) or _MEASURE.fullmatch(word):
        return "CD"
    named = "-" in word and word.rsplit("-", 1)[1].istitle()  # 7-Eleven
    return "JJ" if ("-" in word and not named) or _ORDINAL.fullmatch(word) else "NNP"


def is_unit(word: str) -> bool:
    """Whether a word is the sign of a unit of measurement: GB, km."""
    return _UNIT_WORD.fullmatch(word) is not None
