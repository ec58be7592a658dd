"""Sentences all in capitals, read as if they were not: AEMET AVISA DE LLUVIA  ->  Aemet avisa de lluvia.

In a sentence all in capitals no word has a capital of its own. A word is a name there if the dictionary does not have
it in lower case, or if the article has it with a capital elsewhere. The phrases show the words as they are written.
"""

from collections.abc import Iterator

from alt_pipelines.tagging.extraction.languages import Language
from alt_pipelines.tagging.extraction.spaced.germanic.german_nouns import is_common_noun
from alt_pipelines.tagging.extraction.spaced.tokens import Token
from alt_pipelines.tagging.extraction.spaced.turkish.verbs import turkish_lower
from alt_pipelines.tagging.extraction.words.frequencies import function_words
from alt_pipelines.tagging.extraction.words.verbs import is_word, lemma_of

_FEWEST = 4  # words of a sentence; fewer may be a name
_ENDS = frozenset(".!?\n")


def without_capitals(head: list[Token], body: list[Token], code: str, row: Language) -> tuple[list[Token], list[Token]]:
    """Return the tokens of title and body, those of sentences all in capitals in the case of other sentences."""
    parts = head, body
    shouted = [
        (row.infinitive != "" or row.suffixes) and sum(token.text.isupper() for token in part) >= _FEWEST
        for part in parts
    ]
    if not any(shouted):
        return parts
    names = frozenset(token.text for token in (*head, *body) if token.text.istitle() and not token.opens)
    head, body = (_plain(part, names, code, row) if loud else part for part, loud in zip(parts, shouted, strict=True))
    return head, body


def _plain(tokens: list[Token], names: frozenset[str], code: str, row: Language) -> list[Token]:
    """``names``: words of the article with a capital at their beginning only."""
    known = row.weak | row.calendar | row.articles | row.links | function_words(code, row.function_words)
    out: list[Token] = []
    for sentence in _sentences(tokens):
        words = [token.text for token in sentence if token.text[0].isalpha() and len(token.text) > 1]
        plain = len(words) >= _FEWEST and all(map(str.isupper, words))
        out += [_lowered(token, names, known, code, row) for token in sentence] if plain else sentence
    return out


def _sentences(tokens: list[Token]) -> Iterator[list[Token]]:
    start = 0
    for at, token in enumerate(tokens):
        if token.text[0] in _ENDS:
            yield tokens[start : at + 1]
            start = at + 1
    yield tokens[start:]


def _lowered(token: Token, names: frozenset[str], known: frozenset[str], code: str, row: Language) -> Token:
    low = turkish_lower(token.text) if row.suffixes else token.text.lower()
    name = token.text[0] + low[1:]
    if len(low) != len(token.text) or len(name) != len(low) or not token.text.isalpha():
        return token
    common = is_word(low, code) or (row.suffixes and lemma_of(low, code) is not None)  # gitti, of git
    if low in known or (name not in names and not (row.noun_capitals and is_common_noun(name)) and common):
        return token._replace(text=low)
    return token._replace(text=name)
