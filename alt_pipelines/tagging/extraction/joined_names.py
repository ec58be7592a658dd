"""Firms and duos of two names with "and" between them that are one name: Harlow and Finch, Lambert et Fils.

The text has them also with an ampersand between them, or more than once before a word of kinship (Fils), and they are
one name. Two rare words that it has more than once and only together may be one, or two: both readings are candidates
if the words around a place are those of one thing, such as "the firm" before it or "is" after it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache

from alt_pipelines.tagging.extraction.features import Document
from alt_pipelines.tagging.extraction.known_names import AND, Place, with_whole
from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.text.stopwords import stop_words, word_set

_RARE = 1e-5  # share of a word that is rather a surname than a country or a given name
_KIN = word_set(
    "Sons Son Brothers Daughters Co Company Fils Söhne Sohn Figli Hijos Filhos Zonen Zoon Söner Sønner Synové"
)
_BETWEEN = word_set("between both zwischen entre tra fra tussen mellan mellem między mezi medzi między között välillä")
# What shows that two names are one firm or duo: its kind before it, a singular verb or "a bakery" after it.
_KINDS = re.compile(
    r"\b(?:firms?|company|duo|band|bakery|brewery|studio|agency|retailer|shop|brand|maker|publisher|startup|start-up"
    r"|Firma|Unternehmen|Duo|Band|Bäckerei|Brauerei|Kanzlei|Verlag|Büro|Marke|Hersteller|Studio|Agentur"
    r"|entreprise|société|maison|groupe|marque|cabinet|éditeur|agence|boulangerie|brasserie"
    r"|empresa|firma|compañía|dúo|grupo|marca|bodega|editorial|estudio|agencia|dupla|editora|estúdio|companhia"
    r"|azienda|ditta|società|gruppo|marchio|casa editrice|agenzia|bedrijf|merk|bakkerij|brouwerij|uitgeverij|bureau"
    r"|företaget|bolaget|duon|bandet|firmaet|selskabet|selskapet|yhtiö|zespół|spółka|kapela|společnost|cég|firması"
    r"|фирм[аыеу]|компани[яиюей]|дуэт|групп[аыеу]|гурт|фірм[аиіу]) [\"“„«‘]?$"
)
_SINGULAR = re.compile(
    r" (?:is|was|has|does|says|makes|sells|builds|plans|wants|runs|owns|employs|opens|ist|hat|war|wird|baut"
    r"|verkauft|macht|plant|est|a|était|va|vend|è|ha|era|es|fue|é|foi|tem|vende|heeft|werd|wordt|jest|má|je"
    r")\b|, (?:an?|eine?|une?|una|um|uma|een|ett) \w"
)
_KIND_BEFORE = 30  # characters
_WORD = re.compile(r"\w[\w-]*")
_ENDS = ("", ".", "!", "?", ":")  # what a sentence begins after
_LONGEST_WORD = 30  # letters


def with_joined_names(document: Document, title: str, text: str, language: str, joiner: str) -> Document:
    """Return the document with such names as phrases, without the parts of those that are certain.

    Args:
        document: of the title and text.
        title, text: clean.
        language: of the text, which has spaces between words.
        joiner: between the words of a phrase.
    """
    word = AND.get(language)
    if word is None or f" {word} " not in text:
        return document
    whole = f"{title}\n{text}"
    pairs: defaultdict[tuple[str, str], list[Place]] = defaultdict(list)
    for names, place in _pairs(whole, word, language):
        pairs[names].append(place)
    signed = {names for names, _ in _pairs(whole, "&", language)} if "&" in whole else frozenset()
    words = Counter(_WORD.findall(whole)) if pairs else Counter[str]()
    certain: list[Place] = []
    likely: list[Place] = []
    for names, places in pairs.items():
        if names in signed or (len(places) > 1 and names[1] in _KIN):
            certain += places
        elif len(places) > 1 and all(words[name] == len(places) and _is_rare(name, language) for name in names):
            likely += places if any(_is_one_thing(whole, place) for place in places) else []
    for places, pieces in ((certain, False), (likely, True)):
        document = with_whole(document, whole, sorted(places), joiner, pieces=pieces) if places else document
    return document


def _pairs(whole: str, word: str, language: str) -> Iterator[tuple[tuple[str, str], Place]]:
    """Yield two words with capitals and the "and" between them that are in no longer name or enumeration."""
    capitals = language_of(language).noun_capitals
    for match in _pattern(word).finditer(whole):
        one, other, before = match["one"], match["other"], match["before"] or ""
        if not (one.istitle() and other.istitle()) or before.lower() in _BETWEEN:
            continue
        opens = whole[max(match.start() - 2, 0) : match.start()].strip() in _ENDS
        if before[:1].islower() or not before or capitals or opens or before.lower() in stop_words(language):
            yield (one, other), Place(match.start("one"), match.end("other"))


def _is_one_thing(whole: str, place: Place) -> bool:
    """Whether the words around two names are those of one firm or duo, not of two people or regions."""
    before = whole[max(place.start - _KIND_BEFORE, 0) : place.start]
    return _KINDS.search(before) is not None or _SINGULAR.match(whole, place.end) is not None


@lru_cache(maxsize=32)
def _pattern(word: str) -> re.Pattern[str]:
    name = rf"(?![\d_])\w[\w-]{{1,{_LONGEST_WORD}}}"
    return re.compile(
        rf"(?:(?<!\w)(?P<before>\w{{1,{_LONGEST_WORD}}}) |(?<![\w,;:] )(?<![\w&'’-]))"
        rf"(?P<one>{name}) {word} (?P<other>{name})(?![\w-])(?! (?:& )?[A-ZÀ-Ý])"
    )


def _is_rare(name: str, language: str) -> bool:
    return frequency(name.lower(), language) < _RARE
