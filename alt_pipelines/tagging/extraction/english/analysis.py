"""English candidates: noun phrases in their original case, from part-of-speech tags.

The only state is read-only: the tagger's lexicon and wordfreq's frequency list.
"""

import math
import re
from collections.abc import Callable, Set
from functools import lru_cache

import Stemmer
from wordfreq import get_frequency_dict

from alt_pipelines.tagging.extraction.english.attributes import compounds, mend
from alt_pipelines.tagging.extraction.english.calendar import CALENDAR
from alt_pipelines.tagging.extraction.english.case import plain_case, sentence_case
from alt_pipelines.tagging.extraction.english.clauses import as_item, list_items, tag_sentence, tag_title
from alt_pipelines.tagging.extraction.english.commas import join_commas
from alt_pipelines.tagging.extraction.english.given_names import mark_people
from alt_pipelines.tagging.extraction.english.inner_names import inner_names, without_kind
from alt_pipelines.tagging.extraction.english.known_terms import mark_fixed
from alt_pipelines.tagging.extraction.english.lexicon import may_be_verb
from alt_pipelines.tagging.extraction.english.names import evidence, join_names
from alt_pipelines.tagging.extraction.english.noun_runs import (
    NOUN,
    PHRASAL,
    VERBAL,
    WEAK,
    Placed,
    cut_run,
    new_phrase,
    spanned,
)
from alt_pipelines.tagging.extraction.english.possessives import join_possessive
from alt_pipelines.tagging.extraction.english.programs import find_programs, mark_programs
from alt_pipelines.tagging.extraction.english.repeated import find_pairs, mend_pairs, repeated_pairs
from alt_pipelines.tagging.extraction.english.second_nouns import find_terms, mend_terms
from alt_pipelines.tagging.extraction.english.tagger import NAME, Tagged, tag
from alt_pipelines.tagging.extraction.english.times import describes_noun
from alt_pipelines.tagging.extraction.english.tokens import SHORT_MONTHS, SHORT_STATES, tokenise
from alt_pipelines.tagging.extraction.english.used_nouns import find_nouns, mend_nouns
from alt_pipelines.tagging.extraction.english.works import find_works, is_running, mark_works
from alt_pipelines.tagging.extraction.features import Document, Phrase
from alt_pipelines.text.stopwords import MONTHS, WEEKDAYS, word_set

_HONORIFIC = word_set("mr. mrs. ms. dr. gen. sen. rep. gov. lt. col. sgt. capt. rev. mr mrs ms")
_CONJUNCTIONS = word_set("whilst amidst amongst albeit lest")  # which the tagger takes for nouns
_ABBREVIATED = frozenset(word.lower() for word in SHORT_MONTHS | SHORT_STATES)
_INDEFINITE = word_set("a an my your his her its our their")
_PRONOUNS = word_set("nobody somebody anybody everybody everyone someone anyone")
_NUMBERED = word_set("ch. ep. eps. fig. figs. no. nos. pt. pts. sec. vol. vols.")  # abbreviations before a number
_NEVER = WEEKDAYS | CALENDAR | _HONORIFIC | _CONJUNCTIONS | _PRONOUNS | _ABBREVIATED | _NUMBERED
# Results of matches that were postponed or abandoned, and words that are names with a capital: Everything Everywhere.
_NEVER_AS_WRITTEN = frozenset({"P-P", "A-A", "nothing", "something", "anything", "everything"})
_NON_WORD = re.compile(r"[^\w]+")
_stem_word = Stemmer.Stemmer("porter", 0).stemWord


def analyse(title: str, text: str, language: str = "en") -> Document:
    """Return the noun phrases of a title and body."""
    found: list[Phrase] = []
    in_title: set[str] = set()
    offset = 0
    head, body = tokenise(sentence_case(title, text)), tokenise(plain_case(text))
    joined = join_commas(join_possessive([*head, *body]))
    head, body = joined[: len(head)], joined[len(head) :]
    known = evidence(joined)
    works = find_works(joined)
    programs, repeated = find_programs(joined), compounds(joined)
    words = frozenset([word.lower() for part in body for word in part if word.endswith("ed")])
    tagged_head = _tagged(head, repeated, lambda sentence: tag_title(sentence, words))
    tagged_body = _tagged(body, repeated, tag_sentence)
    if used := find_nouns([*tagged_head, *tagged_body]):
        tagged_head, tagged_body = ([mend_nouns(s, used) for s in part] for part in (tagged_head, tagged_body))
    again = repeated_pairs([*tagged_head, *tagged_body])
    terms = find_terms([*tagged_head, *tagged_body], again)
    if terms:
        tagged_head, tagged_body = ([mend_terms(s, terms) for s in part] for part in (tagged_head, tagged_body))
    pairs = find_pairs([*tagged_head, *tagged_body], again)
    for sentences, all_tagged, is_title in ((head, tagged_head, True), (body, tagged_body, False)):
        for sentence, tagged in zip(sentences, all_tagged, strict=True):
            named = join_names(mark_fixed(mend_pairs(tagged, pairs)), known)
            named = mark_people(named) if is_running(sentence) else named
            named = mark_programs(named, programs) if programs else named
            found.extend(chunk(mark_works(named, works) if works else named, offset, pairs.times))
            offset += len(sentence)
            if is_title:
                in_title.update(stem(word) for word in sentence)
        if is_title and title.isupper():
            from_title, found = found, []
    if title.isupper():
        found = _attested(from_title, found)
    return Document(found + inner_names(found, joined), offset, frozenset(in_title))


def _tagged(
    sentences: list[list[str]], repeated: Set[tuple[str, str]], tagger: Callable[[list[str]], list[Tagged]]
) -> list[list[Tagged]]:
    """Return the sentences with their tags. ``tagger``: tags a sentence that is no item of a list."""
    listed = list_items(sentences)
    return [
        mend(
            as_item(tag(sentence), instructs=listed[number]) if number in listed else tagger(sentence),
            repeated,
        )
        for number, sentence in enumerate(sentences)
    ]


def nouns(title: str, text: str) -> list[Phrase]:
    """Return every noun as a separate phrase, for texts with hardly any phrases; not the parts of longer names."""
    found = []
    offset = 0
    for sentence in join_possessive(tokenise(sentence_case(title, text)) + tokenise(plain_case(text))):
        tagged = tag(sentence)
        for index, (word, pos) in enumerate(tagged):
            if pos == "NNP" and any(near == pos for _, near in _neighbours(tagged, index)):
                continue
            if pos in NOUN and len(word) > 1 and _allowed(word, pos, "") and word.lower() not in WEAK:
                found.append(Phrase((word,), (stem(word),), offset + index))
        offset += len(sentence)
    return found


def _neighbours(tagged: list[Tagged], index: int) -> list[Tagged]:
    return tagged[max(0, index - 1) : index] + tagged[index + 1 : index + 2]


def _attested(from_title: list[Phrase], from_body: list[Phrase]) -> list[Phrase]:
    """Return the body's phrases, and an all-capitals headline's without its single words that may be verbs.

    Such a word stays if it is also in the body, or if the body has no phrases.
    """
    known = {phrase.stems for phrase in from_body}
    return [p for p in from_title if not known or p.stems in known or not _may_be_verb(p)] + from_body


def _may_be_verb(phrase: Phrase) -> bool:
    word = phrase.words[0]
    return len(phrase.words) == 1 and word.islower() and may_be_verb(word)


def chunk(tagged: list[Tagged], start: int = 0, times: Set[tuple[str, str]] = frozenset()) -> list[Phrase]:
    """Return the maximal noun phrases of one tagged sentence, without leading weak words and trailing modifiers.

    ``times``: words of time and the nouns that they describe wherever the text has them, in lower case.
    """
    phrases: list[Phrase] = []
    run: list[Placed] = []
    before = previous = "."  # the tags before the run and before the word

    def close(after: str = ".") -> None:
        article = run[0][2] > start and tagged[run[0][2] - start - 1][0].lower() in _INDEFINITE
        for whole in cut_run(run, before, start, after):
            part = without_kind(whole) if article else whole
            words = tuple([word for word, _, _ in part])
            phrases.append(Phrase(words, tuple(map(stem, words)), part[0][2]))
        run.clear()

    for offset, (word, pos) in enumerate(tagged, start):
        if (
            (pos in PHRASAL and _allowed(word, pos, previous))
            or (run and spanned(word, run[-1][0]))
            or (word.lower() in CALENDAR and _describes(tagged, offset - start, times))
        ):
            if run and new_phrase(run[-1], word, pos):
                close(word)
            before = before if run else previous
            run.append((word, pos, offset))
            if word[-1] in "+#" or "::" in word:  # names on their own: in "C# developers", C# is the topic
                close()
        elif run:
            close(word)
        previous = "CODE" if pos == "IN" and word.isupper() and len(word) > 1 and _lower(tagged) else pos
    if run:
        close()
    return phrases


def _describes(tagged: list[Tagged], at: int, times: Set[tuple[str, str]]) -> bool:
    """Whether a word of time describes the noun after it, here or elsewhere in the text."""
    word, pos = tagged[at]
    after = tagged[at + 1][0].lower() if at + 1 < len(tagged) else ""
    return (word.lower(), after) in times or (pos == "NN" and describes_noun(tagged, at))


def _lower(tagged: list[Tagged]) -> bool:
    """Whether a sentence has words in lower case, so that a preposition in capitals is code: FOR UPDATE SKIP LOCKED."""
    return any(word.islower() for word, _ in tagged)


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


def _allowed(word: str, pos: str, previous: str) -> bool:
    """Whether a tagged word may be part of a noun phrase."""
    if pos == NAME:
        return True
    if pos not in PHRASAL or _closed(word):
        return False
    return previous not in VERBAL if pos in ("VBN", "VBG") else True


def _closed(word: str) -> bool:
    """Whether a word is in a closed class that is never part of a phrase, or is not a word."""
    low = word.lower()
    if low in _NEVER or word in _NEVER_AS_WRITTEN:
        return True
    return (low in MONTHS and word[0].isupper()) or not (word[0].isalnum() or (word[0] in "$." and len(word) > 1))
