"""German bodies whose name goes on after "für", whole: Max-Planck-Institut für Plasmaphysik.

    am Institut für Kunst und Medien         ->  Institut für Kunst und Medien
    Amt für Straßen- und Verkehrswesen       ->  the same
    Da wirbt der Verband für Toleranz        ->  Verband | Toleranz

What follows "für" belongs to the body, and not to the verb, after a preposition, in the genitive, and where the body
begins the sentence, since only one part of a sentence is before its verb. A body after an indefinite article is a
description.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from alt_pipelines.tagging.extraction.features import LONGEST_SPACED_NAME, Phrase
from alt_pipelines.tagging.extraction.spaced.article import Article, Part
from alt_pipelines.tagging.extraction.spaced.germanic.german_nouns import has_noun_at_end, is_adjective, is_common_noun
from alt_pipelines.tagging.extraction.spaced.reading import Placed, Reading, stretch
from alt_pipelines.tagging.extraction.spaced.tokens import Token
from alt_pipelines.text.stopwords import word_set

# Kinds of bodies that are named by their field, alone, after a hyphen, or after what they are the body of.
_BODY = re.compile(
    "(?:.*-|bundes|landes|staats|kantons|kreis|bezirks|stadt|reichs|zentral|fach|forschungs|universitäts)?"
    "(?:akademie|agentur|behörde|fakultät|gesellschaft|hochschule|kommission|stiftung|universität|anstalt"
    "|(?:institut|zentrum|ministerium|kolleg|museum)s?|(?:amt|verband|verein|bund|lehrstuhl)(?:e?s)?)"
)
_BODY_IN_GENITIVE = re.compile("(.*)(?:es|(?<!e)s)")
_DEFINITE = word_set("das dem den der die")
_WITH_ARTICLE = word_set("am beim des im vom zum zur")
_PREPOSITIONS = word_set("an auf aus bei bis durch gegen in laut mit nach neben seit unter von zu zwischen über")
_ADJECTIVE = re.compile("[^\\W\\d_]+(?:e|en|es|er)")
_MOST_ADJECTIVES = 2


def with_bodies(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases with the whole names of bodies, in place of those inside them."""
    if "für" not in article.words:
        return phrases
    phrases = article.with_whole_names(phrases, _bodies)
    written = {phrase.words for phrase in phrases if " für" in phrase.words}
    return [phrase._replace(words=_nominative(phrase.words, written)) for phrase in phrases]


def _nominative(words: tuple[str, ...], written: Collection[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the words of a body in the genitive in the nominative, if the article has it."""
    if words not in written:
        return words
    at = words.index(" für") - 1
    found = _BODY_IN_GENITIVE.fullmatch(words[at])
    form = (*words[:at], found.group(1), *words[at + 1 :]) if found else words
    return form if form in written else words


def _bodies(part: Part, reading: Reading) -> Iterator[list[Placed]]:
    """Yield the bodies of a part, and the capitalised word that follows one: Institut für Zeitgeschichte | München."""
    tokens = part.tokens
    for at in range(1, len(tokens) - 1):
        if tokens[at].text != "für" or not _is_body(tokens[at - 1].text):
            continue
        start, end = _start(tokens, at - 1), _end(tokens, at + 1, reading)
        if at + 1 < end <= start + LONGEST_SPACED_NAME and _begins_name(tokens, start, reading):
            yield stretch(tokens, start, end)
            if end < len(tokens) and _is_noun(tokens[end], reading):
                yield stretch(tokens, end, end + 1)


def _is_body(word: str) -> bool:
    return word[0].isupper() and _BODY.fullmatch(word.lower()) is not None


def _start(tokens: Sequence[Token], at: int) -> int:
    """Return where the name of a body begins: with the capitalised words before its kind (Deutsche Gesellschaft)."""
    while at and tokens[at - 1].text.istitle() and not tokens[at].opens and not tokens[at - 1].opens:
        at -= 1
    return at


def _begins_name(tokens: Sequence[Token], start: int, reading: Reading) -> bool:
    """Whether what is before a body shows that its complement belongs to it."""
    at = start
    while at and start - at < _MOST_ADJECTIVES and not tokens[at].opens and _is_low_adjective(tokens[at - 1], reading):
        at -= 1
    bare = at == start
    if tokens[at].opens or at == 0:
        return bare
    before = tokens[at - 1].text.lower()
    if before in _WITH_ARTICLE:
        return True
    if before not in _DEFINITE:
        return bare and (before in _PREPOSITIONS or not before.isalpha())
    if tokens[at - 1].opens or at == 1:
        return True
    governing = tokens[at - 2].text
    genitive = before == "der" and governing[0].isupper() and is_common_noun(governing)
    return genitive or governing.lower() in _PREPOSITIONS


def _is_low_adjective(token: Token, reading: Reading) -> bool:
    word = token.text
    return word.islower() and word not in reading.stop and _ADJECTIVE.fullmatch(word) is not None


def _end(tokens: Sequence[Token], at: int, reading: Reading) -> int:
    """Return the end of the noun phrase that begins at ``at``, with another one after "und"; ``at`` if none does."""
    end = _end_of_noun(tokens, at, reading)
    if end == at or end + 1 >= len(tokens):
        return end
    joint = tokens[end].text == "-" and tokens[end].start == tokens[end - 1].end  # Straßen- und Verkehrswesen
    after = end + 1 if joint else end
    if after + 1 < len(tokens) and tokens[after].text == "und" and not _is_body(tokens[after + 1].text):
        second = _end_of_noun(tokens, after + 1, reading)
        if second > after + 1 and (joint or has_noun_at_end(tokens[second - 1].text)):
            return second
    return at if joint else end


def _end_of_noun(tokens: Sequence[Token], at: int, reading: Reading) -> int:
    """Return the end of a noun with the adjectives before it; ``at`` if there is none."""
    noun = at
    while noun + 1 < len(tokens) and noun - at < _MOST_ADJECTIVES and _is_before_noun(tokens[noun], reading):
        noun += 1
    return noun + 1 if noun < len(tokens) and _is_noun(tokens[noun], reading) else at


def _is_before_noun(token: Token, reading: Reading) -> bool:
    return _is_low_adjective(token, reading) or (token.text.istitle() and is_adjective(token.text))


def _is_noun(token: Token, reading: Reading) -> bool:
    return token.text[0].isupper() and not token.opens and token.text.lower() not in reading.row.calendar
