"""Leaves out words of a spaced language that say nothing without words outside their phrase.

* An adjective with a complement: "capable" of "une grue capable de soulever", "procedentes" of "mangos procedentes de
  Haití", "réglable" of "une vanne réglable sans outil".
* A scale before its number: "magnitude" of "séisme de magnitude 5,8".
* A counted noun: "hivers" of "dix hivers", if the text never has it without a number and the title does not have it.
"""

import re
from collections.abc import Iterator, Sequence, Set

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.spaced.article import Article
from alt_pipelines.tagging.extraction.spaced.compounds import is_number
from alt_pipelines.tagging.extraction.spaced.reading import Placed, Reading
from alt_pipelines.tagging.extraction.spaced.tokens import Token
from alt_pipelines.tagging.extraction.spaced.words import trimmed
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.tagging.extraction.words.verbs import is_infinitive, is_participle, lemma_of
from alt_pipelines.text.stopwords import word_set

_PRESENT_PARTICIPLE = re.compile("i?[ae]nt[ei]?s?$")
_USUAL = 0.1  # minimum frequency of the verb, as a share of the participle's
_INVARIABLE = re.compile("ant$")  # French: "provenant de", but "une école flottante"
_INFINITIVES = ("ar", "er", "ir", "re")
_POSSIBLE = re.compile("(?:[ai]bles?|[áí]ve(?:l|is)|[ai]bil[ei])$")  # of an adjective made of a verb: réglable
_TERM = 2e-6  # share of the language: durable, renovable and potabile are commoner, exploitable and plegable rarer
# Before who does, or what is not needed to do, what such an adjective says.
_BEFORE_MEANS = word_set("sans par sin por senza dal dalla dai dalle dagli sem pelo pela pelos pelas sense")
_BEFORE_COMPLEMENT = frozenset({"de", "d'", "d’", "del", "di", "da", "do", "à", "a"})

# Names of scales, whose values are numbers: French, Spanish, Portuguese, Italian, Catalan, German, Dutch.
_SCALES = word_set(
    """
    magnitude intensité catégorie niveau degré échelon grade indice puissance stade
    magnitud intensidad categoría nivel grado índice potencia
    intensidade categoria nível grau potência
    magnitudo intensità livello potenza stadio
    intensitat nivell grau
    stärke kategorie stufe magnitude grad
    kracht magnitude categorie niveau graad
    """
)


def without_governing(run: list[Placed], tokens: Sequence[Token], code: str) -> Iterator[list[Placed]]:
    """Yield the parts of a run between the adjectives whose complement follows: mangos | Haití."""
    start = 0
    for index, placed in enumerate(run):
        if index > start and not (placed.link or run[index - 1].link) and _governs(tokens, placed.at, code):
            yield trimmed(run[start:index])
            start = index + 1
            while start < len(run) and run[start].link:
                start += 1
    if start < len(run):
        yield run[start:]


def _governs(tokens: Sequence[Token], at: int, code: str) -> bool:
    word = tokens[at].text
    if not word.islower() or at + 2 >= len(tokens):
        return False
    if tokens[at + 1].text.lower() in _BEFORE_MEANS:
        return _is_possible(word, code)
    if tokens[at + 1].text.lower() not in _BEFORE_COMPLEMENT:
        return False
    if is_infinitive(tokens[at + 2].text, code):
        return True
    found = (_INVARIABLE if code == "fr" else _PRESENT_PARTICIPLE).search(word)
    if found is None:
        return False
    verbs = [word[: found.start()] + end for end in _INFINITIVES]  # inteligir is rare: inteligente is an adjective
    return any(is_infinitive(verb, code) and frequency(verb, code) > _USUAL * frequency(word, code) for verb in verbs)


def _is_possible(word: str, code: str) -> bool:
    """Whether an adjective says what can be done with a thing, and is no part of a term: réglable, but not durable."""
    found = _POSSIBLE.search(word)
    if found is None or frequency(word, code) > _TERM:
        return False
    return any(is_infinitive(word[: found.start()] + ending, code) for ending in _INFINITIVES)


def without_counted(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases except the counted ones that are not a phrase without a number anywhere else."""
    counted = [_is_counted(phrase, article) for phrase in phrases]
    if not any(counted):
        return phrases
    pairs = list(zip(phrases, counted, strict=True))
    alone = {phrase.stems for phrase, out in pairs if not out}
    return [phrase for phrase, out in pairs if not out or phrase.stems in alone]


def _is_counted(phrase: Phrase, article: Article) -> bool:
    """Whether a phrase is one common noun after a number in the body: diez temporadas."""
    word, row = phrase.words[0], article.row
    at = phrase.start - article.body.first
    if len(phrase.words) > 1 or at <= 0 or not (word.islower() or (row.noun_capitals and word.istitle())):
        return False
    return is_number(article.body.tokens[at - 1].text, row)


def without_scales(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases without the name of a scale at their end whose number follows: séisme | de magnitude 5,8."""
    return [phrase for phrase in (_without_scale(phrase, article) for phrase in phrases) if phrase.words]


def _without_scale(phrase: Phrase, article: Article) -> Phrase:
    end = phrase.start + len(phrase.words)
    numbered = end < len(article.tokens) and article.tokens[end].text[0].isdigit()
    if not numbered or phrase.words[-1].strip().lower() not in _SCALES:
        return phrase
    last = len(phrase.words) - 1
    small = article.row.links | article.row.articles
    while last and phrase.words[last - 1].strip().lower() in small:
        last -= 1
    return phrase._replace(words=phrase.words[:last], stems=phrase.stems[:last])


def is_lone_participle(phrase: Phrase, reading: Reading, in_title: Set[str]) -> bool:
    """Whether a phrase is one participle in the feminine or the plural that the text never uses as a noun: fermées."""
    word = phrase.words[0]
    if len(phrase.words) > 1 or not word.islower() or word in reading.nouns or phrase.stems[0] in in_title:
        return False
    return lemma_of(word, reading.code) != word and is_participle(word, reading.code)
