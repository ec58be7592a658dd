"""Leaves out words of a spaced language that say nothing without words outside their phrase.

* An adjective with a complement: "capable" of "une grue capable de soulever", "procedentes" of "mangos procedentes de
  Haití".
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

_PRESENT_PARTICIPLE = re.compile("i?[ae]nt[ei]?s?$")
_USUAL = 0.1  # minimum frequency of the verb, as a share of the participle's
_INVARIABLE = re.compile("ant$")  # French: "provenant de", but "une école flottante"
_INFINITIVES = ("ar", "er", "ir", "re")
_BEFORE_COMPLEMENT = frozenset({"de", "d'", "d’", "del", "di", "da", "do", "à", "a"})


def without_governing(run: list[Placed], tokens: Sequence[Token], code: str) -> Iterator[list[Placed]]:
    """Yield the parts of a run between the adjectives whose complement follows: mangos | Haití."""
    start = 0
    for index, placed in enumerate(run):
        if index > start and not placed.link and _governs(tokens, placed.at, code):
            yield trimmed(run[start:index])
            start = index + 1
            while start < len(run) and run[start].link:
                start += 1
    if start < len(run):
        yield run[start:]


def _governs(tokens: Sequence[Token], at: int, code: str) -> bool:
    word = tokens[at].text
    if not word.islower() or at + 2 >= len(tokens) or tokens[at + 1].text.lower() not in _BEFORE_COMPLEMENT:
        return False
    if is_infinitive(tokens[at + 2].text, code):
        return True
    found = (_INVARIABLE if code == "fr" else _PRESENT_PARTICIPLE).search(word)
    if found is None:
        return False
    verbs = [word[: found.start()] + end for end in _INFINITIVES]  # inteligir is rare: inteligente is an adjective
    return any(is_infinitive(verb, code) and frequency(verb, code) > _USUAL * frequency(word, code) for verb in verbs)


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


def is_lone_participle(phrase: Phrase, reading: Reading, in_title: Set[str]) -> bool:
    """Whether a phrase is one participle in the feminine or the plural that the text never uses as a noun: fermées."""
    word = phrase.words[0]
    if len(phrase.words) > 1 or not word.islower() or word in reading.nouns or phrase.stems[0] in in_title:
        return False
    return lemma_of(word, reading.code) != word and is_participle(word, reading.code)
