"""German phrases in the nominative: the noun without the ending of its case, and no adjective that an article declines.

des Gemeinderats        ->  Gemeinderat
das schnelle Lastenrad  ->  Lastenrad
auf den Hohen Kasten    ->  Hohe Kasten, if the text has that too
"""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.spaced.article import Article
from alt_pipelines.tagging.extraction.spaced.germanic.german_nouns import (
    has_weak_ending,
    in_genitive,
    is_certain_compound,
    is_feminine,
    nominative,
)
from alt_pipelines.tagging.extraction.spaced.reading import Placed
from alt_pipelines.tagging.extraction.spaced.tokens import Token

CLUB = re.compile("[A-ZÄÖÜ]{1,3}[CV]|TSG|Vf[BLR]|TuS|SpVgg")  # the abbreviated kind of a club: FC, TSV
_OBLIQUE = re.compile("[^aeiouäöü]e[nmr]$")  # of an adjective
_ORDINAL = re.compile("[1-9]")
_DATIVE_PLURAL = re.compile("[a-zäöüß]*en")  # of a determiner or an adjective


def in_nominative(piece: list[Placed], tokens: Sequence[Token], words: Collection[str]) -> list[Placed]:
    """Return a phrase with its noun in the nominative, if that is its form without an ending: Gemeinderat(s).

    An adjective whose ending depends on the article before it is left out: das schnelle | Lastenrad. ``tokens``: those
    of the part of the article that the phrase is in; ``words``: those of the article.
    """
    while len(piece) > 1 and has_weak_ending(piece[0].token, tokens[piece[0].at - 1] if piece[0].at else None):
        piece = piece[1:]
    last = piece[-1]
    if any(placed.link for placed in piece) or (len(piece) > 1 and piece[0].token.text.endswith("en")):
        return piece
    genitive = in_genitive(tokens, piece[0].at)
    form = nominative(last.token.text, genitive=genitive)
    if form == last.token.text or not (genitive or form in words or _may_be_plural(last, tokens)):
        return piece
    token = last.token._replace(text=form, end=last.token.start + len(form))
    return [*piece[:-1], last._replace(token=token)]


def _may_be_plural(noun: Placed, tokens: Sequence[Token]) -> bool:
    """Whether a noun in -n is a dative plural: not Entringen (Ring), which the dictionary lacks."""
    declined = noun.at > 0 and _DATIVE_PLURAL.fullmatch(tokens[noun.at - 1].text) is not None
    return is_certain_compound(noun.token.text, declined=declined)


def uninflected(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases, names whose adjective is in an oblique case with the form in the nominative, if written.

    Technischen Universität Dresden, beside die Technische Universität Dresden  ->  Technische Universität Dresden
    """
    if not any(_is_oblique_name(phrase) for phrase in phrases):
        return phrases
    written = frozenset((one.text, other.text) for one, other in pairwise(article.tokens))
    return [_uninflected(phrase, written) if _is_oblique_name(phrase) else phrase for phrase in phrases]


def _is_oblique_name(phrase: Phrase) -> bool:
    return len(phrase.words) > 1 and phrase.words[0][0].isupper() and _OBLIQUE.search(phrase.words[0]) is not None


def _uninflected(phrase: Phrase, written: frozenset[tuple[str, str]]) -> Phrase:
    first, noun = phrase.words[0], phrase.words[1].strip()
    stem, feminine = first[:-2], is_feminine(noun)
    if first.endswith("er") and not feminine:
        return phrase  # Deutscher Wetterdienst
    endings = ("e",) if feminine else ("es", "er", "e")
    form = next((stem + ending for ending in endings if (stem + ending, noun) in written), None)
    return phrase if form is None else phrase._replace(words=(form, *phrase.words[1:]))


def with_ordinals(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases with the ordinal that a club's name begins with: 1. FC Kaltenfeld."""
    return [_with_ordinal(phrase, article.tokens) for phrase in phrases]


def _with_ordinal(phrase: Phrase, tokens: Sequence[Token]) -> Phrase:
    if not _follows_ordinal(phrase, tokens):
        return phrase
    ordinal = f"{tokens[phrase.start - 2].text}."
    return Phrase((ordinal, f" {phrase.words[0]}", *phrase.words[1:]), (ordinal, *phrase.stems), phrase.start - 2)


def _follows_ordinal(phrase: Phrase, tokens: Sequence[Token]) -> bool:
    """Whether a phrase is the name of a club, after a digit and a full stop."""
    if phrase.start < 2 or len(phrase.words) == 1 or not CLUB.fullmatch(phrase.words[0]):
        return False
    number, stop, name = tokens[phrase.start - 2 : phrase.start + 1]
    adjacent = stop.start == number.end and name.start == stop.end + 1
    return stop.text == "." and adjacent and _ORDINAL.fullmatch(number.text) is not None
