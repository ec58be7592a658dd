"""Romance verbs by their place in the sentence: inverted and reflexive verbs, and participles that are predicates.

    Cerrada en Lugo una panadería     a participle opens the sentence and says something of its subject
    arrastadas pelo temporal          a participle before its agent
    com queijo ralado                 the participle is an attribute: it ends a phrase after a preposition and a noun

Each rule returns whether the word is a verb; None where the next rule of ``spaced.verbs`` decides.
"""

import re

from alt_pipelines.tagging.extraction.spaced.reading import HAS_LETTER, MOST_SMALL, Occurrence, Reading
from alt_pipelines.tagging.extraction.spaced.tokens import Token
from alt_pipelines.tagging.extraction.words.verbs import is_participle, is_strong_participle, is_verb, is_word, lemma_of
from alt_pipelines.text.stopwords import word_set

_BEFORE_OBJECTS = word_set("el los las un una unos unas le les l' l’ une il lo gli i")
_BEFORE_AGENTS = word_set("por pelo pela pelos pelas par dal dalla dai dalle dagli")
# Romance prepositions, before a noun without an article.
_PREPOSITIONS = word_set("de d' d’ en avec sans pour par sous con sin para por di da in per senza em com sem")
_AFTER_PREPOSITION = 2  # tokens
# French pronouns after the verb of a question or a command: a-t-elle, donnez-nous. Rendez-vous is a noun.
_INVERTED = re.compile(r"(?!rendez-vous)\w+-(?:t-)?(?:je|tu|ils?|elles?|on|ce|nous|vous|les?|la|moi|toi|lui|leur|en|y)")
_REFLEXIVE = re.compile(r"-(?:se|lhes?|[lmn]?[oa]s?|me|te|nos)$")


def inverted(occurrence: Occurrence) -> bool | None:
    """True for a French verb with the pronoun that follows it."""
    return _INVERTED.fullmatch(occurrence.word) is not None or None


def with_pronoun(occurrence: Occurrence) -> bool | None:
    """True for a Portuguese verb with the pronoun that follows it: tornou-se."""
    return _REFLEXIVE.search(occurrence.word) is not None or None


def opens_with_participle(occurrence: Occurrence) -> bool | None:
    """True for a participle at the start of a sentence that says something of its subject."""
    reading, word, after = occurrence.reading, occurrence.word, occurrence.after.lower()
    if not occurrence.tokens[occurrence.at].opens or after not in reading.stop or after in reading.row.of:
        return None
    participle = word not in reading.nouns and lemma_of(word, reading.code) != word
    return (participle and is_participle(word, reading.code)) or None


def governs_object(occurrence: Occurrence) -> bool | None:
    """True for a participle by its place: after an auxiliary (ha aperto), before an article (chiusi i conti).

    The participles of irregular verbs look like nouns; a noun without an article is seldom before an article.
    """
    if occurrence.articled:
        return None
    word, code, stop = occurrence.word, occurrence.reading.code, occurrence.reading.stop
    before, after = occurrence.before.text, occurrence.after.lower()
    if before.lower() in occurrence.reading.row.auxiliaries and is_strong_participle(word, code):
        return True
    if after in _BEFORE_AGENTS and (is_participle(word, code) or _is_irregular(word, code)):
        return True  # arrastadas pelo temporal, chiusa dalle 9
    if after not in _BEFORE_OBJECTS or (HAS_LETTER.search(before) and before.lower() not in stop):
        return None
    return is_participle(word, code) or is_strong_participle(word, code) or None


def is_attribute(occurrence: Occurrence) -> bool | None:
    """False for a participle that ends a phrase after a preposition and a noun."""
    tokens, index, reading = occurrence.tokens, occurrence.at, occurrence.reading
    after = occurrence.after
    if index < _AFTER_PREPOSITION or after[0].isalnum() or HAS_LETTER.search(after):
        return None
    if not is_participle(tokens[index].text, reading.code):
        return None
    preposition, noun = tokens[index - 2].text.lower(), tokens[index - 1].text
    return False if preposition in _PREPOSITIONS and noun.islower() and noun not in reading.stop else None


def ends_clause(occurrence: Occurrence) -> bool | None:
    """True for a participle after an auxiliary, or between a noun and a function word or the end of the text."""
    return (_is_predicate(occurrence) and is_participle(occurrence.word, occurrence.reading.code)) or None


def _is_predicate(occurrence: Occurrence) -> bool:
    """Whether a participle would be a predicate at this place."""
    tokens, index, reading = occurrence.tokens, occurrence.at, occurrence.reading
    before = occurrence.before.text
    if before.lower() in reading.row.auxiliaries:
        return True
    if not HAS_LETTER.search(before) or before.lower() in reading.stop or _is_in_body(tokens, index, reading):
        return False
    return index + 1 == len(tokens) or occurrence.after.lower() in reading.stop


def _is_irregular(word: str, code: str) -> bool:
    """Whether a word is the participle of an irregular verb, and no noun: chiusa, but not costa."""
    lemma = lemma_of(word, code)
    return lemma not in (None, word) and is_strong_participle(word, code) and is_verb(lemma, code)


def _is_in_body(tokens: list[Token], index: int, reading: Reading) -> bool:
    """Whether a participle before "of" describes the noun of a body: Centre spécialisé de jour.

    The body's first word is a common noun with a capital inside a sentence.
    """
    if index + 1 >= len(tokens) or tokens[index + 1].text.lower() not in reading.row.links:
        return False
    first = index - 1
    while first > max(0, index - MOST_SMALL) and tokens[first].text.islower():
        first -= 1
    noun = tokens[first]
    return noun.text.istitle() and not noun.opens and is_word(noun.text.lower(), reading.code)
