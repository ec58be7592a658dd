"""English candidates: noun phrases in their original case, from part-of-speech tags.

The only state is read-only: the tagger's lexicon and wordfreq's frequency list.
"""

import math
import re
from collections import Counter
from functools import lru_cache

import Stemmer
from wordfreq import get_frequency_dict

from alt_pipelines.tagging.extraction.english_clauses import as_item, list_items, tag_sentence, tag_title
from alt_pipelines.tagging.extraction.english_names import MONTHS, WEEKDAYS, evidence, join_names
from alt_pipelines.tagging.extraction.english_tagger import NAME, Tagged, is_common_word, join_possessive, tag
from alt_pipelines.tagging.extraction.english_tokens import tokenise
from alt_pipelines.tagging.extraction.features import Document, Phrase
from alt_pipelines.tagging.extraction.offices import OFFICES
from alt_pipelines.text.stopwords import word_set

LONGEST_PHRASE = 3  # words per tag, by the contract; four would gain 0.9 points of F1@10 on DUC

_Placed = tuple[str, str, int]  # a word, its tag, its offset in the document

LONGEST_NAME = 5  # words per name; names are kept whole: "Grand Theft Auto VI", "United Nations Security Council"
_NOUN = frozenset({"NN", "NNS", "NNP", "NNPS", NAME})
_MODIFIER = frozenset({"JJ", "JJR", "JJS", "VBN", "VBG", "CD"})
_PHRASAL = _NOUN | _MODIFIER
# Tags before a participle that is the verb of a clause.
_VERBAL = frozenset({"NN", "NNS", "NNP", "TO", "MD", "VBD", "VBZ", "VBP", "VB", "PRP", "RB"})
_TAKES_OBJECT = frozenset({"VB", "VBD", "VBP", "VBZ", "VBN"})
_HONORIFIC = word_set("mr. mrs. ms. dr. gen. sen. rep. gov. lt. col. sgt. capt. rev. mr mrs ms")
_CONJUNCTIONS = word_set("whilst amidst amongst albeit lest")  # which the tagger takes for nouns
_CALENDAR = word_set(
    "today yesterday tomorrow tonight morning afternoon evening night week weeks month months year years day days hour"
    " hours minute minutes time times noon midnight weekend"
)
# Words without a topic: a phrase never starts with one.
_WEAK = word_set(
    """
    other others same such last next many several few more most much own first second third another only various
    following preceding current entire whole overall respective upcoming previous subsequent
    certain recent new old late early least less some any all both each every lot lots way ways thing things kind
    part parts number percent people person man men woman women mr mrs ms said one two three four five six seven
    eight nine ten hundred thousand million billion dozen dozens total full able likely further past former
    something nothing anything everything someone anyone everyone am pm a.m. p.m. none being having doing saying
    ones including record gallons miles feet pounds tons tonnes litres liters inches yards
    ounces grams kilos kilograms hectares knots mph kph kilometers kilometres meters metres acres degrees
    """
)
_QUANTIFIERS = word_set("many several most some all few other both each every another")
_ROLES = ("or", "ister", "ist", "ian", "man", "eader", "ress", "eer")
_VERSION = re.compile(r"\d{1,3}(?:\.\d+)*")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_TITLE_WORD = re.compile(r"[A-Za-z][\w'-]*")
_NON_WORD = re.compile(r"[^\w]+")
_stem_word = Stemmer.Stemmer("porter", 0).stemWord


def analyse(title: str, text: str, language: str = "en") -> Document:
    """Return the noun phrases of a title and body."""
    found: list[Phrase] = []
    in_title: set[str] = set()
    offset = 0
    head, body = tokenise(_sentence_case(title, text)), tokenise(_plain_case(text))
    joined = join_possessive([*head, *body])
    head, body = joined[: len(head)], joined[len(head) :]
    known = evidence(body)
    words = frozenset([word.lower() for part in body for word in part if word.endswith("ed")])
    for sentences, is_title in ((head, True), (body, False)):
        listed = list_items(sentences)
        for number, sentence in enumerate(sentences):
            if number in listed:
                tagged = as_item(tag(sentence))
            else:
                tagged = tag_title(sentence, words) if is_title else tag_sentence(sentence)
            found.extend(chunk(join_names(tagged, known), offset))
            offset += len(sentence)
            if is_title:
                in_title.update(stem(word) for word in sentence)
        if is_title and title.isupper():
            from_title, found = found, []
    if title.isupper():
        found = _attested(from_title, found)
    return Document(found, offset, frozenset(in_title))


def nouns(title: str, text: str) -> list[Phrase]:
    """Return every noun as a separate phrase, for texts with hardly any phrases."""
    found = []
    offset = 0
    for sentence in tokenise(_sentence_case(title, text)) + tokenise(_plain_case(text)):
        for index, (word, pos) in enumerate(tag(sentence), offset):
            if pos in _NOUN and len(word) > 1 and _allowed(word, pos, "") and word.lower() not in _WEAK:
                found.append(Phrase((word,), (stem(word),), index))
        offset += len(sentence)
    return found


def _attested(from_title: list[Phrase], from_body: list[Phrase]) -> list[Phrase]:
    """Return the body's phrases, and those phrases of an all-capitals headline that also occur in the body.

    Without case, a headline's verbs and names cannot be told apart. If the body has no phrases, all of the headline's
    are kept.
    """
    known = {phrase.stems for phrase in from_body}
    return [p for p in from_title if p.stems in known or not known] + from_body


def chunk(tagged: list[Tagged], start: int = 0) -> list[Phrase]:
    """Return the maximal noun phrases of one tagged sentence, without leading weak words and trailing modifiers."""
    phrases: list[Phrase] = []
    run: list[_Placed] = []
    before = previous = "."  # the tags before the run and before the word

    def close() -> None:
        while run and run[-1][1] not in _NOUN and not _numbered(run):
            run.pop()
        former = False
        while run and (_weak(run, start) or _gerund(run, before) or _role(run, start)):
            former = run.pop(0)[0].lower() == "former"
        if former and run and run[-1][0].islower():
            run.clear()  # a former coach is not a coach
        if before in _TAKES_OBJECT and _complemented(run):
            run.pop()
        for part in _parts(run):
            words, _, offsets = zip(*part, strict=True)
            phrases.append(Phrase(words, tuple(map(stem, words)), offsets[0]))
        run.clear()

    for offset, (word, pos) in enumerate(tagged, start):
        if (pos in _PHRASAL and _allowed(word, pos, previous)) or (run and _spanned(word, run[-1][0])):
            if run and _new_phrase(run[-1], word, pos):
                close()
            before = before if run else previous
            run.append((word, pos, offset))
            if word[-1] in "+#":  # C++ and F# are names on their own: in "C# developers", C# is the topic
                close()
        elif run:
            close()
        previous = pos
    close()
    return phrases


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the lower-cased Porter stem; a hyphenated word is stemmed part by part, C++ and C# are not stemmed."""
    if word[-1] in "+#":
        return word.lower()
    return " ".join(_stem_word(part) for part in _NON_WORD.split(word.lower()) if part)


@lru_cache(maxsize=65536)
def rarity(word: str) -> float:
    """Return the rarity, 0 (most common words) to 1 (unknown); a hyphenated word is as rare as its rarest part."""
    if word[-1] in "+#":
        return 1.0
    parts = [part for part in _NON_WORD.split(word.lower()) if part]
    return max((min(1.0, (8 - _zipf(part)) / 7) for part in parts), default=0.0)


def _zipf(word: str) -> float:
    """Return the base-10 logarithm of the word's occurrences per billion words; 1 if the list does not have it."""
    frequency = _frequencies().get(word, 0.0)
    return math.log10(frequency) + 9 if frequency else 1.0


@lru_cache(maxsize=1)
def _frequencies() -> dict[str, float]:
    found: dict[str, float] = get_frequency_dict("en", "large")
    return found


def _plain_case(text: str) -> str:
    """Lower-case a text that is all capitals, so that the tagger does not take every word for a name."""
    return text.lower() if text.isupper() else text


def _sentence_case(title: str, text: str) -> str:
    """Give the words of a Headline Set Like This their case in the body, so that its verbs are not taken for names.

    A word is lower-cased if the body has it mostly in lower case, or if the capitalised form does not occur in the body
    and the lexicon has the word.
    """
    words = _TITLE_WORD.findall(title)
    if sum(w[0].isupper() for w in words) < 0.6 * len(words):
        return _plain_case(title)
    counts = Counter(_TITLE_WORD.findall(text))

    def lowered(match: re.Match[str]) -> str:
        word = match.group()
        low = word.lower()
        if not word.istitle():
            return word
        known = counts[word] == 0 and is_common_word(low)
        return low if known or counts[low] > counts[word] else word

    return _TITLE_WORD.sub(lowered, _plain_case(title))


def _allowed(word: str, pos: str, previous: str) -> bool:
    """Whether a tagged word may be part of a noun phrase."""
    if pos == NAME:
        return True
    if pos not in _PHRASAL or _closed(word):
        return False
    return previous not in _VERBAL if pos in ("VBN", "VBG") else True


@lru_cache(maxsize=65536)
def _closed(word: str) -> bool:
    """Whether a word is in a closed class that is never part of a phrase, or is not a word."""
    low = word.lower()
    if low in WEEKDAYS or low in _CALENDAR or low in _HONORIFIC or low in _CONJUNCTIONS:
        return True
    return (low in MONTHS and word[0].isupper()) or not (word[0].isalnum() or (word[0] in "$." and len(word) > 1))


def _parts(run: list[_Placed]) -> list[list[_Placed]]:
    """Return a run as it is or, if it is too long for a tag, its names.

    Of "Human rights activist Malala Yousafzai returns", the names stay. A lower-case plural after a name is dropped,
    because it is usually a verb.
    """
    if len(run) <= LONGEST_PHRASE:
        return [run] if run else []
    names: list[list[_Placed]] = [[]]
    for placed, after in zip(run, [*run[1:], ("", "", 0)], strict=True):
        if names[-1] and _VERSION.fullmatch(names[-1][-1][0]) and "." in names[-1][-1][0]:
            names.append([])  # Firefox 1.0 | Internet Browser
        numbered = names[-1] and placed[0][0].isdigit() and after[1] != "CD"  # not Norlast 18 million
        if placed[0][0].isupper() or placed[1] == NAME or numbered:
            names[-1].append(placed)
        elif names[-1]:
            names.append([])
    return [name if len(name) <= LONGEST_NAME else name[-LONGEST_PHRASE:] for name in names if name]


def _weak(run: list[_Placed], start: int) -> bool:
    """Whether the run's first word cannot start a phrase.

    Numbers that belong to a name stay (a year, a hyphenated measure). Capitalised words stay too, unless they owe the
    capital to the start of the sentence: "New York" stays, "Many" in "Many athletes" does not.
    """
    word, pos, offset = run[0]
    if pos == NAME:
        return False
    if pos == "CD":
        return "-" not in word and _YEAR.fullmatch(word) is None
    if offset == start and len(run) > 1 and (run[1][0].islower() or word.lower() in _QUANTIFIERS):
        word = word.lower()
    return word in _WEAK or pos in ("JJR", "JJS")


def _role(run: list[_Placed], start: int) -> bool:
    """Whether the run starts with a person's role before a name of two or more words: "mayor April Jones"."""
    (word, pos, offset), names = run[0], run[1:]
    if len(names) < 2 or not all(n[0][0].isupper() and n[1] in ("NNP", NAME) for n in names):
        return False
    if offset == start and len(names) == 2 and word.istitle() and is_common_word(word.lower()):
        return not any(is_common_word(n[0].lower()) or n[0].isupper() for n in names)  # Coach Rita D'Angelo
    return pos == "NN" and word.islower() and word.endswith(_ROLES)


def _complemented(run: list[_Placed]) -> bool:
    """Whether the run is a full name and an office without an article, after a verb: elected Maud Petten mayor."""
    if len(run) < 3 or run[-1][0] not in OFFICES:
        return False
    return all(word[0].isupper() and pos in ("NNP", NAME) for word, pos, _ in run[:-1])


def _new_phrase(last: _Placed, word: str, pos: str) -> bool:
    """Whether a word begins another phrase: a modifier after a noun, or a name after a plural (sources | Brazil)."""
    if pos in _MODIFIER and last[1] in _NOUN and pos != "CD" and not word[0].isupper():
        return True
    return last[1] == "NNS" and last[0].islower() and word[0].isupper() and pos in ("NNP", NAME)


def _spanned(word: str, before: str) -> bool:
    """Whether a word of time follows its duration and is a topic: the 4-day week."""
    return word.lower() in _CALENDAR and "-" in before and before[0].isdigit()


def _gerund(run: list[_Placed], before: str) -> bool:
    """Whether the run starts with a verb in -ing and its object ("spilling oil"), and not with an attribute."""
    word, pos, _ = run[0]
    lower = word.islower() or (len(run) > 1 and before == "." and run[1][0].islower())
    return len(run) > 1 and pos == "VBG" and lower and before not in ("DT", "JJ", "PRP$")


def _numbered(run: list[_Placed]) -> bool:
    """Whether the run is a name that ends in a number or version: Flight 103, Python 3.14."""
    if len(run) < 2:
        return False
    word, pos, _ = run[-1]
    named = run[-2][1] in ("NNP", NAME) or run[-2][0][0].isupper()
    return pos == "CD" and named and _VERSION.fullmatch(word) is not None
