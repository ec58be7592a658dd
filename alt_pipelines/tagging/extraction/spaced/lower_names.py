"""Scandinavian and Finnish names that go on in lower case, whole: Gamla stan, Den norske kirke, Suomen pankki.

These languages write adjectives in lower case. One with a capital inside a sentence begins a name, and the noun after
it belongs to the name:

    kontor i Gamla stan                                       an adjective and its noun
    Den norske kirke                                          an article, an adjective and a noun
    Suomen pankki varoittaa ... Suomen pankki ja              a genitive that the text has with no other noun

A name that one place shows is whole in all others, also at the start of a sentence.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.spaced.article import Article, Words
from alt_pipelines.tagging.extraction.spaced.reading import Reading
from alt_pipelines.tagging.extraction.spaced.tokens import Token
from alt_pipelines.tagging.extraction.spaced.verbs import reads_as_verb
from alt_pipelines.tagging.extraction.words.verbs import lemma_of

_ADJECTIVES = {"sv": re.compile("a$"), "da": re.compile("e$"), "no": re.compile("e$"), "fi": re.compile("inen$")}
_NOUNS = {"sv": re.compile("(?:[aeo]n|et|rna|tt?an|tan)$")}  # with the article at the end; without one in the others
_GENITIVES = {"da": re.compile("[^s]s$"), "no": re.compile("[^s]s$"), "fi": re.compile("n$")}
_ARTICLES = {"da": frozenset({"Den", "Det", "De"}), "no": frozenset({"Den", "Det", "De"})}
LANGUAGES = frozenset(_ADJECTIVES)
_SHORTEST = 2  # letters
_MOST = 3  # words


def with_lower_names(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases with the names that go on in lower case, and without their parts."""
    parts = (article.title, article.body)
    found = {name for part in parts for name in _names(part.tokens, article.reading)}
    found |= _with_genitive(article)
    return article.with_sequences(phrases, found)


def _names(tokens: list[Token], reading: Reading) -> Iterator[Words]:
    """Yield the names of an adjective, with a capital that is not due to the start of a sentence, and a noun."""
    code = reading.code
    for at, token in enumerate(tokens[:-1]):
        if token.opens or not token.text.istitle():
            continue
        articled = token.text in _ARTICLES.get(code, ())
        if not (articled or _is_adjective(token.text.lower(), code)):
            continue
        end, last = at + 1, min(len(tokens), at + _MOST - 1)
        while end < last and _is_lower(tokens, end) and _is_adjective(tokens[end].text, code):
            end += 1
        if articled and end == at + 1:
            continue
        if end < len(tokens) and _is_lower(tokens, end) and _is_noun(tokens, end, reading):
            yield tuple(one.text for one in tokens[at : end + 1])


def _with_genitive(article: Article) -> set[Words]:
    """Return the names of a genitive and a noun that the text has only together, before different words."""
    genitive = _GENITIVES.get(article.reading.code)
    if genitive is None:
        return set()
    times = Counter(token.text for token in article.tokens if token.text.istitle())
    inside = {token.text for token in article.tokens if not token.opens}
    pairs: Counter[Words] = Counter()
    for part in (article.title, article.body):
        for at, token in enumerate(part.tokens[:-1]):
            word = token.text
            if times[word] < 2 or word not in inside or not genitive.search(word):
                continue
            if _is_lower(part.tokens, at + 1) and _is_noun(part.tokens, at + 1, article.reading):
                pairs[word, part.tokens[at + 1].text] += 1
    return {
        pair for pair, count in pairs.items() if count == times[pair[0]] and len(article.sequences.get(pair, ())) > 1
    }


def _is_lower(tokens: list[Token], at: int) -> bool:
    """Whether a word is in lower case, one space after the word before it."""
    word = tokens[at].text
    return len(word) >= _SHORTEST and word.isalpha() and word.islower() and tokens[at - 1].end + 1 == tokens[at].start


def _is_adjective(word: str, code: str) -> bool:
    """Whether a word is an adjective of the dictionary in the form before a noun: gamla (gammal), danske (dansk)."""
    if not _ADJECTIVES[code].search(word):
        return False
    lemma = lemma_of(word, code)
    return lemma is not None and ((lemma == word) == (code == "fi"))


def _is_noun(tokens: list[Token], at: int, reading: Reading) -> bool:
    word, form = tokens[at].text, _NOUNS.get(reading.code)
    if word in reading.stop or (form is not None and not form.search(word)):
        return False
    return not reads_as_verb(tokens, at, reading)
