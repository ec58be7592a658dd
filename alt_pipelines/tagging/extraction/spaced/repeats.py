"""Parts of phrases that the text repeats (see ``repeats``): which of them may be phrases of their own.

coût des trains de nuit, voyageurs des trains de nuit   ->  trains de nuit
Carlos Alcaraz, Carlos Alcaraz                          ->  not Carlos
Satu Mare, Baia Mare                                    ->  not Mare
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, takewhile

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.languages import Language
from alt_pipelines.tagging.extraction.repeats import repeated
from alt_pipelines.tagging.extraction.spaced.article import Article, Part
from alt_pipelines.tagging.extraction.spaced.germanic.german_nouns import is_common_noun
from alt_pipelines.tagging.extraction.spaced.hebrew.words import is_construct, is_plural_construct
from alt_pipelines.tagging.extraction.spaced.reading import HAS_LETTER, Placed, is_small
from alt_pipelines.tagging.extraction.spaced.tokens import Token
from alt_pipelines.tagging.extraction.spaced.vietnamese import MOST_SYLLABLES
from alt_pipelines.tagging.extraction.words.verbs import is_role, is_word, lemma_of

_FULL_NAME = 2  # words
Joins = Callable[[str, str], bool]  # whether the second of two adjacent words of a phrase is a noun by its place


def repeated_syllables(runs: Sequence[list[list[Placed]]], parts: Sequence[Part]) -> dict[str, int]:
    """Return the adjacent syllables that title and body have more than once together, and how often."""
    both = zip(runs, parts, strict=True)
    written = ([_written(placed, part.text).lower() for placed in run] for own, part in both for run in own)
    return repeated(written, MOST_SYLLABLES)


def _written(placed: Placed, text: str) -> str:
    """Return a word with the space before it, if there is one."""
    token = placed.token
    return f" {token.text}" if text[token.start - 1 : token.start] == " " else token.text


def may_begin_or_end(row: Language, word: str) -> bool:
    """Whether a word may be the first or the last one of a part: no small word, no sign, no Hebrew construct."""
    if not word[0].isalnum() or is_small(word.lower(), row) or not HAS_LETTER.search(word):
        return False
    if row.proclitics and (is_construct(word) or is_plural_construct(word) or word in row.places):
        return False
    return not (word[0].islower() and "'" in word[1:3].replace("’", "'"))  # an elided article


def nouns_only(
    pieces: Sequence[Phrase], phrases: Sequence[Phrase], article: Article, is_noun: Joins
) -> Sequence[Phrase]:
    """Return the parts without single words that are neither nouns nor names: adjectives follow their noun.

    The first word of a phrase is a noun; ``is_noun`` judges the others by the word before them.
    """
    heads = {start for phrase in phrases for start in _heads(phrase, is_noun)}
    lower = {token.text for token in article.tokens if token.text[0].islower()}  # vasco: Vasco is not a name by itself
    return [
        p
        for p in pieces
        if len(p.words) > 1 or p.start in heads or (p.words[0][0].isupper() and p.words[0].lower() not in lower)
    ]


def _heads(phrase: Phrase, is_noun: Joins) -> Iterator[int]:
    yield phrase.start
    for at, (before, word) in enumerate(pairwise(phrase.words), phrase.start + 1):
        if is_noun(before.strip(), word.strip()):
            yield at


def without_second_words(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases without those that are one word and only end names of other places or people: Sącz.

    The text has the word only after capitalised words that are not common nouns, by which it would be a name that they
    describe (Banco Santander).
    """
    single = {phrase.stems[0] for phrase in phrases if len(phrase.words) == 1 and phrase.words[0].istitle()}
    single &= {stem for phrase in phrases for stem in phrase.stems[1:]}
    if not single:
        return phrases
    second = {at for phrase in phrases for at in _after_capital(phrase)}
    stems = {word: stem for word in article.words if (stem := article.stem(word.lower())) in single}
    tokens = article.tokens
    apart = {
        stems[token.text]
        for at, token in enumerate(tokens)
        if token.text in stems and not (at in second and _is_of_name(tokens[at - 1], token.text, article))
    }
    return [phrase for phrase in phrases if len(phrase.words) > 1 or phrase.stems[0] not in single - apart]


def _after_capital(phrase: Phrase) -> Iterator[int]:
    """Yield the places of the capitalised words of a phrase after its first one."""
    named = takewhile(lambda word: word.strip()[:1].isupper(), phrase.words)
    return (phrase.start + at for at, _ in enumerate(named) if at)


def _is_of_name(before: Token, word: str, article: Article) -> bool:
    """Whether a capitalised word belongs to the one before it, which is no common noun: Satu Mare, Nowy Sącz."""
    code, row, low = article.reading.code, article.row, before.text.lower()
    if (
        (row.noun_capitals and (is_common_noun(word) or is_common_noun(before.text)))
        or before.text.isupper()
        or is_role(before.text, code)
    ):
        return False
    lemma = lemma_of(low, code)
    if not is_word(low, code) or (code == "pl" and lemma is not None and lemma[-1] in "yi"):
        return True
    return not (before.opens or row.head_first or row.noun_capitals)  # only names have a capital there


def without_parts_of_names(pieces: Sequence[Phrase], phrases: Sequence[Phrase], *, ends: bool) -> list[Phrase]:
    """Return the parts without those that are one capitalised word that only begins longer names: Carlos.

    ``ends``: also without those that only end names of two words: Mare of Satu Mare. Linear in the number of phrases.
    """
    single = {piece.stems[0] for piece in pieces if _is_capitalised_word(piece)}
    holding: defaultdict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        for stem in single.intersection(phrase.stems):
            holding[stem].append(phrase)

    def is_part(piece: Phrase) -> bool:
        longer = holding[piece.stems[0]]
        return _only_begins_names(piece, longer) or (ends and _only_ends_names(piece, longer))

    return [piece for piece in pieces if not (_is_capitalised_word(piece) and is_part(piece))]


def _is_capitalised_word(piece: Phrase) -> bool:
    """Whether a part is one word with a capital only at its beginning: not UCO, of UCO de la Guardia Civil."""
    return len(piece.words) == 1 and piece.words[0].istitle()


def _only_begins_names(piece: Phrase, holding: Sequence[Phrase]) -> bool:
    return all(phrase.stems[-1] != piece.stems[0] and phrase.words[-1].strip()[:1].isupper() for phrase in holding)


def _only_ends_names(piece: Phrase, holding: Sequence[Phrase]) -> bool:
    return all(
        len(words) == _FULL_NAME and words[0].istitle() and words[1].strip() == piece.words[0] and words[1][0] == " "
        for words in (phrase.words for phrase in holding)
    )
