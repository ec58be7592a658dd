"""Rate how well a sentence can be understood alone, which decides whether it may represent a story.

    UNREADABLE < LEANING < FRAGMENT < VAGUE < SENTENCE

Only the form of a sentence is judged; `evidence` also checks whether it names what the story is about. All patterns
are bounded, so no sentence takes more than linear time.
"""

import re

from alt_pipelines.recap.story.openers import refers_back
from alt_pipelines.text.code import is_code
from alt_pipelines.text.scripts import CJK, HIRAGANA, has_kana
from alt_pipelines.text.sentences import SENTENCE_ENDS, mask_addresses

MIN_CHARACTERS = 20
UNREADABLE, LEANING, FRAGMENT, VAGUE, SENTENCE = range(5)

_LETTER = re.compile(r"[^\W\d_]")
_WORD_IN_LOWER_CASE = re.compile(r"(?<![\w.])(?![ap]\.?m\b)[^\W\d_A-Z]{2,}")
_HIRAGANA = re.compile(f"[{HIRAGANA}]")
_SUBJECT = re.compile("(?<![にでとへ])[はも]|が")
_QUOTED = re.compile("『[^『』]{0,300}』|「[^「」]{0,300}」")
_ENDS = (*SENTENCE_ENDS, *"\"'”’»」』）)")
_MARKUP = re.compile(r"\{\{|\}\}|\[\[|\]\]|&#?\w{2,8};|</?[a-z]{1,10}>|\|\w{1,20}=")
_CREDIT = re.compile(r"\((?:[A-Z]\w{1,15} )?(?:Photo|Image|Picture|Foto|写真)\b", re.IGNORECASE)
_QUESTION = re.compile(r"[?？][\"'”’」』）)]?$|か。$")
_UNFINISHED = re.compile(r"\b(?:an?|the|of|and|or)[.…]$", re.IGNORECASE)
_POINTS_AHEAD = re.compile(
    r"the following[^.:]{0,20}:$|as follows[.:]$|(?:以下|次)(?:に示す)?の?(?:とおり|通り)[^。]{0,6}。$"
)
_OPENS_WITH_QUOTE = re.compile(r"[\"`“„«「『]|''")
_FIRST_PERSON = re.compile(r"\b(?:i|we|me|us|my|our|i['’]m|we['’]re)\b", re.IGNORECASE)
_PRONOUN_AFTER_OPENING = re.compile(r"([^,]{1,120}),[ \"”’]{0,3}(?:he|she|they|it|we|i|you)\b", re.IGNORECASE)
_NAME_WITHIN = re.compile(r"\w[^.!?]? [A-Z][a-z]")
_BARE_DEFINITE = re.compile(r"(?:The|Both) [a-z'’-]{2,20},? [a-z'’-]{2,20},? [a-z\d'’-]{1,20}\b")
_SAID_BY_PRONOUN = re.compile(r", (?:he|she|they) [a-z]{2,12}[.”\"']?$")
_MIN_LETTERS = 0.5
_WORDS_OF_PROSE = 3  # minimum lower-case words; datelines, bylines, "Published …" and tables have fewer
_HIRAGANA_OF_PROSE = 4
_READ_AS_ENGLISH = ("en", "und")


def fitness(text: str, language: str = "und") -> int:
    """Rate a sentence of an article in `language` (two letters or "und").

    LEANING refers to the previous sentence. FRAGMENT is a headline, a dateline, a source, a question or a sentence
    without a beginning or an end. VAGUE is a sentence whose subject the previous sentences introduced ("The building
    was long vacant.") or a quotation. SENTENCE can be understood by itself.
    """
    if not is_readable(text):
        return UNREADABLE
    if not stands_alone(text, language):
        return LEANING
    if not is_sentence(text, language):
        return FRAGMENT
    return VAGUE if _is_vague(text, language) else SENTENCE


def is_readable(text: str) -> bool:
    """Whether a sentence may represent a story: 20 characters or more, mostly letters, no code, markup or address."""
    letters = len(_LETTER.findall(text))
    mostly_letters = letters >= _MIN_LETTERS * (len(text) - text.count(" "))
    plain = mostly_letters and _MARKUP.search(text) is None
    return len(text) >= MIN_CHARACTERS and plain and not is_code(text) and mask_addresses(text) == text


def stands_alone(text: str, language: str = "und") -> bool:
    """Whether a sentence does not refer to the previous one by its first words or by a pronoun as its subject."""
    if language == "und" and has_kana(text):
        language = "ja"
    if refers_back(text, language):
        return False
    if language not in _READ_AS_ENGLISH:
        return True
    if _OPENS_WITH_QUOTE.match(text) and _FIRST_PERSON.search(text):
        return False
    opening = _PRONOUN_AFTER_OPENING.match(text)
    return opening is None or _NAME_WITHIN.search(opening[1]) is not None


def is_sentence(text: str, language: str = "und") -> bool:
    """Whether a text is a complete statement and not a headline, a dateline, a source, a question or a fragment."""
    if not text.endswith(_ENDS) or _QUESTION.search(text) or _CREDIT.search(text):
        return False
    if _UNFINISHED.search(text) or _POINTS_AHEAD.search(text):
        return False
    if CJK.search(text):
        own = _QUOTED.sub("", text)
        prose = len(_HIRAGANA.findall(own)) >= _HIRAGANA_OF_PROSE and _SUBJECT.search(own) is not None
        return prose or not (language == "ja" or has_kana(text))
    first = _LETTER.search(text)
    cased = any(letter.isupper() for letter in text)
    if first is None or not cased:  # without capitals, prose and headlines look alike
        return True
    return not first[0].islower() and len(_WORD_IN_LOWER_CASE.findall(text)) >= _WORDS_OF_PROSE


def _is_vague(text: str, language: str) -> bool:
    """Whether a sentence is a quotation or, in English, its subject is a definite noun or a pronoun."""
    if _OPENS_WITH_QUOTE.match(text):
        return True
    english = (_BARE_DEFINITE.match, _PRONOUN_AFTER_OPENING.match, _SAID_BY_PRONOUN.search)
    return language in _READ_AS_ENGLISH and any(find(text) is not None for find in english)
