"""Whether a word of a spaced language is a verb or an adverb, by its form and by its place in the sentence."""

import re

from alt_pipelines.tagging.extraction.arabic import BEFORE_CLAUSES, opens_clause, opens_main_clause
from alt_pipelines.tagging.extraction.arabic_names import TITLES as ARABIC_TITLES
from alt_pipelines.tagging.extraction.czech import is_czech_verb
from alt_pipelines.tagging.extraction.hebrew import (
    is_before_object,
    is_hebrew_verb,
    is_name,
    is_present,
    is_transitive_present,
)
from alt_pipelines.tagging.extraction.hebrew_verbs import is_finite, may_be_past
from alt_pipelines.tagging.extraction.hebrew_verbs import is_participle as is_hebrew_participle
from alt_pipelines.tagging.extraction.hindi import is_hindi_verb
from alt_pipelines.tagging.extraction.indonesian_words import is_no_topic
from alt_pipelines.tagging.extraction.persian import is_persian_adverb, is_persian_verb
from alt_pipelines.tagging.extraction.spaced_polish import is_third_person
from alt_pipelines.tagging.extraction.spaced_reading import BEFORE_INFINITIVES, HAS_LETTER, MOST_SMALL, Reading
from alt_pipelines.tagging.extraction.spaced_tokens import NUMBER, Token
from alt_pipelines.tagging.extraction.swedish import is_imperative, is_swedish_verb
from alt_pipelines.tagging.extraction.turkish_verbs import is_copula, is_turkish_verb
from alt_pipelines.tagging.extraction.verbs import (
    is_infinitive,
    is_participle,
    is_strong_participle,
    is_verb,
    is_word,
    lemma_of,
    may_be_verb,
)
from alt_pipelines.text.stopwords import word_set

_PARTICIPLE_TR = re.compile(r"(?:[dt][ıiuü]ğ[ıiuü]n[ıiuü]|[ae]c[ae]ğ[ıi]n[ıi])$")
_BEFORE_VERBS_AR = word_set("قد لقد لم لن سوف")
_BEFORE_MAIN_CLAUSES_AR = word_set("، ف أن")
_BEFORE_OBJECTS = word_set("el los las un una unos unas le les l' l’ une il lo gli i")
_BEFORE_AGENTS = word_set("por pelo pela pelos pelas par dal dalla dai dalle dagli")
# Romance prepositions, before a noun without an article.
_PREPOSITIONS = word_set("de d' d’ en avec sans pour par sous con sin para por di da in per senza em com sem")
_AFTER_PREPOSITION = 2  # tokens
_LONGEST_PARTICLE = 3  # letters of the small words of foreign names: van, von, ben
# French pronouns after the verb of a question or a command: a-t-elle, donnez-nous. Rendez-vous is a noun.
_INVERTED = re.compile(r"(?!rendez-vous)\w+-(?:t-)?(?:je|tu|ils?|elles?|on|ce|nous|vous|les?|la|moi|toi|lui|leur|en|y)")
_REFLEXIVE = re.compile(r"-(?:se|lhes?|[lmn]?[oa]s?|me|te|nos)$")


def reads_as_verb(tokens: list[Token], index: int, reading: Reading) -> bool:
    """Whether a word is a verb in this place: by its form, unless an article makes it a noun, or by its neighbours."""
    word, row = tokens[index].text.lower(), reading.row
    before = tokens[index - 1] if index else Token(".", 0, 0, True)
    after = tokens[index + 1].text if index + 1 < len(tokens) else "."
    articled = before.text.lower() in row.articles
    if articled and before.text.lower() in BEFORE_INFINITIVES and is_infinitive(word, reading.code):
        return word not in reading.nouns  # d'approuver, al vencer
    clause = tokens[index].opens or (before.text == "و" and before.end == tokens[index].start)
    if row.of and before.text.lower() in row.of and not is_infinitive(word, reading.code):
        return False  # mots de passe
    clause = clause or (bool(row.clitics) and before.text in BEFORE_CLAUSES)
    if row.clitics and before.text in _BEFORE_VERBS_AR:
        return True
    if row.clitics and before.text in ARABIC_TITLES:
        return False  # الأستاذة نهى
    if row.clitics and clause and (word, after) not in reading.inside and opens_clause(word):
        return True
    if row.clitics and before.text in _BEFORE_MAIN_CLAUSES_AR and opens_main_clause(word, after):
        return True
    if reading.code == "fa" and is_persian_verb(word, after):
        return True
    if reading.code == "fr" and _INVERTED.fullmatch(word):
        return True
    if reading.code == "pt" and _REFLEXIVE.search(word):
        return True
    if row.passive and tokens[index].opens and _opens_with_participle(word, after, reading):
        return True
    if reading.code == "tr" and (is_turkish_verb(word) or is_copula(word)):
        return True
    if reading.code == "hi" and is_hindi_verb(word):
        return True
    if reading.code == "pl" and is_third_person(word):
        return True
    if reading.code == "cs":
        return is_czech_verb(word)
    if reading.code == "sv":
        return is_swedish_verb(word) or is_imperative(tokens, index)
    if row.proclitics:
        inside = HAS_LETTER.search(before.text) is not None and before.text not in reading.stop
        if is_hebrew_verb(word) or is_finite(word) or is_hebrew_participle(word) or is_transitive_present(word):
            return True
        if inside and (is_present(word) or (before.text.isalpha() and is_name(before.text) and may_be_past(word))):
            return True  # אשדוד [כבש]
        return after == "את" and is_before_object(word)
    if row.verbs_last and HAS_LETTER.search(after) and not _PARTICIPLE_TR.search(word):
        return False
    if row.passive and not articled and _governs_object(before.text, word, after, reading):
        return True
    if row.passive and not after[0].isalnum() and _is_attribute(tokens, index, after, reading):
        return False
    if is_verb(word, reading.code):
        return row.noun_capitals or not (word in reading.nouns or articled)
    if _ends_clause(tokens, index, reading) and is_participle(word, reading.code):
        return True
    if index > 1 and before.text[0].isdigit() and NUMBER.fullmatch(before.text) and tokens[index - 2].text[0].isupper():
        before = tokens[index - 2]  # Windows 11 équipe les bornes
    if articled or not HAS_LETTER.search(before.text) or before.text.lower() in reading.stop:
        return False
    unknown = len(word) > _LONGEST_PARTICLE and _is_unknown(before.text, reading)
    named = before.text[0].isupper() and (not before.opens or before.text.lower() in reading.capitals or unknown)
    # Not "l'USAP quitte la dernière place", where "La" may be a capital elsewhere.
    may_be_name = after.lower() in reading.capitals and after not in row.articles
    if named and not row.noun_capitals and tokens[index + 1 :] and may_be_name:
        return after[0].isupper() and may_be_verb(word, reading.code)  # Nantes renverse Montpellier
    opens_object = after.lower() in row.articles or NUMBER.fullmatch(after) is not None or after.lower() in row.weak
    opens_object = opens_object or index + 1 == len(tokens)  # a headline: Île de Ré rouvre
    links = after.lower() in row.links and after[0] in "dl"  # not "rouvre au public"
    return (named or opens_object) and not links and may_be_verb(word, reading.code)


def _is_unknown(word: str, reading: Reading) -> bool:
    """Whether a word at the start of a Romance sentence is a name, because the dictionary lacks it."""
    return reading.row.head_first and not is_word(word.lower(), reading.code)


def _is_attribute(tokens: list[Token], index: int, after: str, reading: Reading) -> bool:
    """Whether a participle ends a phrase after a preposition and a noun: em parto humanizado."""
    if index < _AFTER_PREPOSITION or HAS_LETTER.search(after) or not is_participle(tokens[index].text, reading.code):
        return False
    preposition, noun = tokens[index - 2].text.lower(), tokens[index - 1].text
    return preposition in _PREPOSITIONS and noun.islower() and noun not in reading.stop


def _opens_with_participle(word: str, after: str, reading: Reading) -> bool:
    """Whether a participle at the start of a sentence says something of its subject: Detenida en Vigo una dentista."""
    small = after.lower() in reading.stop and after.lower() not in reading.row.of
    return (
        small
        and word not in reading.nouns
        and lemma_of(word, reading.code) != word
        and is_participle(word, reading.code)
    )


def _governs_object(before: str, word: str, after: str, reading: Reading) -> bool:
    """Whether a word is a participle by its place: after an auxiliary (ha aperto), before an article (chiusi i conti).

    The participles of irregular verbs look like nouns; a noun without an article is seldom before an article.
    """
    if before.lower() in reading.row.auxiliaries and is_strong_participle(word, reading.code):
        return True
    if after.lower() in _BEFORE_AGENTS and (is_participle(word, reading.code) or _is_irregular(word, reading.code)):
        return True  # empurradas pelo vento, sospesa dalle 6.40
    if after.lower() not in _BEFORE_OBJECTS or (HAS_LETTER.search(before) and before.lower() not in reading.stop):
        return False
    return is_participle(word, reading.code) or is_strong_participle(word, reading.code)


def _is_irregular(word: str, code: str) -> bool:
    """Whether a word is the participle of an irregular verb, and no noun: sospesa, but not costa."""
    lemma = lemma_of(word, code)
    return lemma not in (None, word) and is_strong_participle(word, code) and is_verb(lemma, code)


def _ends_clause(tokens: list[Token], index: int, reading: Reading) -> bool:
    """Whether a participle is a verb here: after an auxiliary, or between a noun and a function word or the text's end.

    The second applies only if the language's row lists past participles (`passive`).
    """
    before = tokens[index - 1].text if index else "."
    if before.lower() in reading.row.auxiliaries:
        return True
    if not reading.row.passive or not HAS_LETTER.search(before) or before.lower() in reading.stop:
        return False
    if reading.row.head_first and _is_in_body(tokens, index, reading):
        return False
    return index + 1 == len(tokens) or tokens[index + 1].text.lower() in reading.stop


def _is_in_body(tokens: list[Token], index: int, reading: Reading) -> bool:
    """Whether a participle before "of" describes the noun of a body: Centre intégré de santé.

    The body's first word is a common noun with a capital inside a sentence.
    """
    if index + 1 >= len(tokens) or tokens[index + 1].text.lower() not in reading.row.links:
        return False
    first = index - 1
    while first > max(0, index - MOST_SMALL) and tokens[first].text.islower():
        first -= 1
    noun = tokens[first]
    return noun.text.istitle() and not noun.opens and is_word(noun.text.lower(), reading.code)


def is_adverb(word: str, language: str) -> bool:
    """Whether a word is an adverb by its ending: -mente; -ment after an adjective; Polish -ie of an adjective in -y.

    In Indonesian, whether it is another word without a topic by its affixes.
    """
    if language == "pl":
        adjective = f"{word[:-2]}y"
        return word.endswith("ie") and lemma_of(adjective, language) == adjective
    if language == "fa":
        return is_persian_adverb(word)
    if language in ("it", "es", "pt", "ca"):
        return word.endswith("mente") or (language == "ca" and word.endswith("ment"))
    if language == "fr" and word.endswith(("-là", "-ci")):
        return True  # ce jour-là
    if language == "id":
        return is_no_topic(word)
    if language != "fr" or not word.endswith("ment"):
        return False
    stem = word[:-4]
    return stem.endswith(("am", "em")) or (is_word(stem, language) and not is_verb(stem, language))
