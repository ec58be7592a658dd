"""Full names of people after a role that has the capital of its sentence, also without the role.

    Eläinlääkäri Antti Metsä hoiti karhua       ->  Eläinlääkäri Antti Metsä, Antti Metsä
    Stadio Giuseppe Meazza chiuso               ->  unchanged: what is named after a person

Where the first word of a sentence may be a role or a part of the name, both phrases are candidates, and the ranking
and the judgement decide. Roles that are certain are left out earlier (``spaced.people`` and the languages' modules).
"""

import re
from collections.abc import Iterator, Sequence

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.spaced.article import Article
from alt_pipelines.tagging.extraction.spaced.slavic.czech import ROLE, is_adjective
from alt_pipelines.tagging.extraction.words.dictionaries import starts_of_ends
from alt_pipelines.tagging.extraction.words.verbs import has_feminine, lemma_of
from alt_pipelines.text.stopwords import word_set

_FULL_NAME = 2  # words
_LONGEST_NAME = 4  # words
_SHORTEST_HEAD = 5  # letters of the last part of a compound
_COMPOUNDING = frozenset({"nl", "sv", "da", "no", "fi", "hu"})
_NAMES_IN_LOWER_CASE = frozenset({"bg"})  # languages whose dictionary has names in lower case
_OF_COUNTRY = re.compile("(?:[sc]|dz)k[iíýaáeé]$")  # endings of adjectives of countries and towns
# Endings of full names in the genitive, which are not those of a woman's name: Jana Nováka, Jana Kowalskiego.
_GENITIVE = {
    "cs": re.compile("a \\w*[aeuy]$|y \\w*$|ho$"),
    "sk": re.compile("a \\w*[aeuy]$|y \\w*$|ho$"),
    "pl": re.compile("y \\w*$|ego$|iej$"),
}
# What is named after people in the Romance languages, whose names of things have the common noun first.
_NAMED_AFTER = word_set(
    """
    stade hôpital clinique lycée collège école université institut fondation musée théâtre cinéma salle bibliothèque
    médiathèque gymnase piscine parc jardin rue avenue boulevard place quai pont gare aéroport station tour maison villa
    centre prix trophée coupe tournoi concours festival mémorial square
    stadio ospedale clinica liceo scuola università istituto fondazione museo teatro cinema sala biblioteca palestra
    palazzetto piscina parco giardino via viale corso piazza ponte stazione aeroporto torre casa centro premio trofeo
    coppa torneo palazzo arena
    estadio hospital clínica instituto colegio escuela universidad fundación teatro cine palacio pabellón parque jardín
    calle avenida paseo plaza puente estación aeropuerto copa festival
    estádio hospital colégio escola universidade fundação museu ginásio rua praça jardim praia ponte estação prêmio
    prémio troféu taça memorial palácio rodovia
    stadionul spitalul liceul colegiul școala universitatea institutul fundația muzeul teatrul sala biblioteca parcul
    strada bulevardul piața podul gara aeroportul casa premiul trofeul cupa
    estadi institut fundació teatre palau parc carrer avinguda passeig plaça pont estació aeroport premi
    """
)
_CZECH = frozenset({"cs", "sk"})


def with_bare_names(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases, with the full name in each that begins a sentence with a role."""
    return [*phrases, *_bare_names(phrases, article)]


def _bare_names(phrases: Sequence[Phrase], article: Article) -> Iterator[Phrase]:
    tokens = article.tokens
    known = {(phrase.start, len(phrase.words)) for phrase in phrases}
    for phrase in phrases:
        start, size = phrase.start, len(phrase.words)
        if not _FULL_NAME < size <= _LONGEST_NAME + 1 or not tokens[start].opens:
            continue
        first, *name = [token.text for token in tokens[start : start + size]]
        if first != phrase.words[0] or (start + 1, size - 1) in known:
            continue
        if _is_full_name(name, article) and _describes(first, name, article):
            yield Phrase((phrase.words[1].lstrip(), *phrase.words[2:]), phrase.stems[1:], start + 1, phrase.marked)


def _is_full_name(words: Sequence[str], article: Article) -> bool:
    """Whether words are capitalised like a person's name, with small words only inside and a given name."""
    links, code = article.row.links, article.reading.code
    content = [word for word in words if word not in links]
    if len(content) < _FULL_NAME or words[0] in links or words[-1] in links:
        return False
    letters = all(word[0].isupper() and not word.isupper() and word.replace("-", "").isalpha() for word in content)
    given = content[-1] if code == "hu" else content[0]  # Nagy Csaba: the surname is a common word
    return letters and given.lower() not in article.reading.stop and not _is_noun(given, code)


def _is_noun(word: str, code: str) -> bool:
    """Whether the dictionary has a word in lower case, and not as a name too."""
    return (
        code not in _NAMES_IN_LOWER_CASE and lemma_of(word.lower(), code) is not None and lemma_of(word, code) != word
    )


def _describes(word: str, name: Sequence[str], article: Article) -> bool:
    """Whether a word at the start of a sentence is a common one, which may say what the person after it is.

    A word that the dictionary lacks is one if the text has the name or the surname also on its own.
    """
    low, code = word.lower(), article.reading.code
    if not word.istitle() or low in article.reading.capitals or low in article.reading.stop:
        return False
    if code in _GENITIVE and (_OF_COUNTRY.search(low) or _GENITIVE[code].search(f"{name[0]} {name[-1]}")):
        return False  # Polski Związek Narciarski, Scénář Mira Šifry
    known = lemma_of(low, code) is not None
    if article.row.head_first:
        return low not in _NAMED_AFTER and (known or has_feminine(low, code))
    if known or (code in _CZECH and (is_adjective(low) or ROLE.search(low))):
        return True
    if lemma_of(word, code) is not None:
        return False  # a given name: Jaroslava Marie Nováková
    if code in _COMPOUNDING and any(lemma_of(low[at:], code) for at in starts_of_ends(low, 2, _SHORTEST_HEAD)):
        return True
    return name[-1] in article.apart
