"""Romance places: a French noun with the place that tells which one is meant (le barrage d'Eupen, la citadelle de
Namur), and places with their article (Le Havre).

The noun has the definite article in the singular and few articles have it: "le maire" and "la ville" of a place
are none of their own. The parts stay phrases, and the ranking decides between them and the whole.
"""

from collections.abc import Iterator, Sequence

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.spaced.article import Article
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.tagging.extraction.words.verbs import has_feminine

_USUAL = 5e-5  # share of all words, above which a noun says little: ville, nord
_DEFINITE = frozenset({"le", "la", "l'", "l’", "du", "au"})
_SHORTEST = 3  # letters of a place; the initial of a person is none


def with_places(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases with those of a noun and its place."""
    return [*phrases, *_placed(phrases, article)]


def without_bare_places(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases without names that have an article in another phrase: Havre, beside Le Havre."""
    articles = article.row.articles
    bare = {p.stems[1] for p in phrases if len(p.words) == 2 and _is_articled(p, articles)}
    if not bare:
        return phrases
    return [p for p in phrases if len(p.words) > 1 or p.stems[0] not in bare or p.words[0].islower()]


def _is_articled(phrase: Phrase, articles: frozenset[str]) -> bool:
    first, name = phrase.words
    return first[0].isupper() and first.lower() in articles and name.strip()[0].isupper()


def _placed(phrases: Sequence[Phrase], article: Article) -> Iterator[Phrase]:
    names = {phrase.start: phrase for phrase in phrases if phrase.words[0][0].isupper()}
    for phrase in phrases:
        end = phrase.start + len(phrase.words)
        place = names.get(end + 1)
        if (
            place is None
            or not _is_place(place)
            or len(phrase.words) > 2
            or not all(word.strip().islower() for word in phrase.words)
        ):
            continue
        if article.tokens[end].text in article.row.of and _is_definite(phrase, article):
            yield _joined(phrase, place, article)


def _is_place(name: Phrase) -> bool:
    """Whether a name is one word; of those of several words, most are a person's."""
    return len(name.words) == 1 and len(name.words[0]) >= _SHORTEST


def _is_definite(phrase: Phrase, article: Article) -> bool:
    noun, code = phrase.words[0], article.reading.code
    if phrase.start == 0 or article.tokens[phrase.start - 1].text.lower() not in _DEFINITE:
        return False
    return (len(phrase.words) > 1 or frequency(noun, code) < _USUAL) and not has_feminine(noun, code)


def _joined(noun: Phrase, place: Phrase, article: Article) -> Phrase:
    end = noun.start + len(noun.words)
    small = article.tokens[end]
    space = "" if small.text[-1] in "'’" else " "
    words = (*noun.words, f" {small.text}", f"{space}{place.words[0]}", *place.words[1:])
    return Phrase(words, (*noun.stems, article.stem(small.text.lower()), *place.stems), noun.start)
