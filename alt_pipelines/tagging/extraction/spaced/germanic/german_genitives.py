"""German people in the genitive before what is theirs: Bertolt Brechts Drama  ->  Bertolt Brecht | Drama.

A name of a person has no article, so its genitive is recognised by what follows it: a noun, or a title between
quotation marks. The dictionary has the name without its -s, or that form is the more frequent one.

Scope: names of two or more words. Out of scope: single surnames, and names whose genitive has an apostrophe (Marx').
"""

import re
from collections.abc import Iterator, Sequence

from alt_pipelines.tagging.extraction.spaced.article import Article, Part
from alt_pipelines.tagging.extraction.spaced.germanic.german_nouns import (
    QUOTATION_MARKS,
    has_noun_at_end,
    is_adjective,
    is_common_noun,
)
from alt_pipelines.tagging.extraction.spaced.reading import Placed
from alt_pipelines.tagging.extraction.spaced.tokens import Token
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.tagging.extraction.words.verbs import lemma_of

_GENITIVE = re.compile(r"[^\W\d_]{2,}[^\W\d_sxzß]s")
_ARTICLES = frozenset({"Las", "Los", "Les"})  # that begin names of places: Las Palmas


def parts(run: list[Placed], part: Part, article: Article) -> Iterator[list[Placed]]:
    """Yield the parts of a run, with each person in the genitive apart, as a name in the nominative."""
    start = 0
    for at in range(1, len(run)):
        if at <= start or not _is_person_in_genitive(run[at - 1 : at + 1], part.tokens):
            continue
        if not all(_owns(tokens, run[at].token.text) for tokens in (article.title.tokens, article.body.tokens)):
            continue
        first = at - 1
        while first > start and _is_name(run[first - 1]) and run[first - 1].at + 1 == run[first].at:
            first -= 1
        if first > start:
            yield run[start:first]
        token = run[at].token
        yield [*run[first:at], run[at]._replace(token=token._replace(text=token.text[:-1], end=token.end - 1))]
        start = at + 1
    if start < len(run):
        yield run[start:]


def _is_person_in_genitive(name: Sequence[Placed], tokens: Sequence[Token]) -> bool:
    """Whether two adjacent words are a person's name in the genitive, before a noun or a quoted title."""
    given, surname = name
    word = surname.token.text
    if not _is_name(given) or surname.link or given.at + 1 != surname.at or _GENITIVE.fullmatch(word) is None:
        return False
    named = word.istitle() and not _is_word(word[:-1]) and _is_genitive(word)
    return named and _precedes_possession(tokens, surname.at)


def _is_name(placed: Placed) -> bool:
    word = placed.token.text
    return not placed.link and word.istitle() and not (_is_word(word) or word in _ARTICLES)


def _is_word(word: str) -> bool:
    return is_common_noun(word) or is_adjective(word)


def _is_genitive(surname: str) -> bool:
    """Whether a name is more likely in the genitive than an English plural, as in Chicago Bulls."""
    low, lemma = surname.lower(), lemma_of(surname, "de")
    if lemma is not None:
        return lemma == surname[:-1]
    share = frequency(low[:-1], "de")
    return share > frequency(low, "de") and share >= frequency(low[:-1], "en")


def _precedes_possession(tokens: Sequence[Token], at: int) -> bool:
    after = next(iter(tokens[at + 1 : at + 2]), None)
    if after is None:
        return False
    if after.text in QUOTATION_MARKS:
        return after.start > tokens[at].end and at + 2 < len(tokens) and tokens[at + 2].start == after.end
    return after.text.istitle() and has_noun_at_end(after.text)


def _owns(tokens: Sequence[Token], surname: str) -> bool:
    """Whether a surname stands before a noun or a quoted title wherever it occurs."""
    return all(_precedes_possession(tokens, at) for at, token in enumerate(tokens) if token.text == surname)
