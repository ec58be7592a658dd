"""An article in a language with spaces between words, as its phrases are read: its two parts and what they share.

``spaced.analysis`` makes one per article; the steps of ``spaced.steps`` decide by it.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from alt_pipelines.tagging.extraction.features import LONGEST_SPACED_NAME, Phrase
from alt_pipelines.tagging.extraction.languages import Language
from alt_pipelines.tagging.extraction.spaced.reading import Placed, Reading, stretch
from alt_pipelines.tagging.extraction.spaced.tokens import Token

Stem = Callable[[str], str]  # maps a folded word to the stem that it is counted under
Words = tuple[str, ...]  # adjacent words as written
_SHORTEST = 2  # words of a sequence


class Part(NamedTuple):
    """The title or the body of an article."""

    text: str
    tokens: list[Token]
    first: int  # position of its first token in the article
    is_title: bool

    def written(self, start: int, end: int) -> str:
        """Return the text of the tokens from ``start`` up to ``end``."""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end]


@dataclass(frozen=True)
class Article:
    """A title and body with what all steps share: their tokens, the reading of their words, and the stems."""

    title: Part
    body: Part
    reading: Reading
    stem: Stem

    @property
    def row(self) -> Language:
        return self.reading.row

    @cached_property
    def tokens(self) -> list[Token]:
        return [*self.title.tokens, *self.body.tokens]

    @cached_property
    def words(self) -> frozenset[str]:
        """The words as written."""
        return frozenset(token.text for token in self.tokens)

    @cached_property
    def folded(self) -> frozenset[str]:
        return frozenset(map(str.lower, self.words))

    @cached_property
    def in_title(self) -> frozenset[str]:
        """The stems of the title's words."""
        return frozenset(self.stem(token.text.lower()) for token in self.title.tokens)

    @cached_property
    def names(self) -> frozenset[str]:
        """The stems of the words that have a capital inside a sentence."""
        return frozenset(map(self.stem, self.reading.capitals))

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The adjacent words, the first one with a capital, that occur together more than once."""
        parts = (self.title.tokens, self.body.tokens)
        beside = ((one, other) for tokens in parts for one, other in pairwise(tokens) if one.end + 1 == other.start)
        times = Counter((one.text, other.text) for one, other in beside if one.text[0].isupper())
        return frozenset(pair for pair, count in times.items() if count > 1)

    @cached_property
    def apart(self) -> frozenset[str]:
        """The words that are somewhere not after a word with a capital inside its sentence."""
        follows = (two.text for one, two in pairwise(self.tokens) if one.opens or not one.text[0].isupper())
        return frozenset((*(token.text for token in self.tokens[:1]), *follows))

    @cached_property
    def sequences(self) -> dict[Words, set[str]]:
        """The sequences of words that begin with a capital, as written, each with the words or signs after it."""
        after: dict[Words, set[str]] = {}
        for tokens in (self.title.tokens, self.body.tokens):
            words = [token.text for token in tokens] + ["\n"]
            for start, word in enumerate(words):
                if not word[0].isupper():
                    continue
                for end in range(start + _SHORTEST, min(len(words), start + LONGEST_SPACED_NAME + 1)):
                    if not words[end - 1][0].isalnum():
                        break
                    after.setdefault(tuple(words[start:end]), set()).add(words[end])
        return after

    def with_pieces(
        self, phrases: Sequence[Phrase], pieces: Callable[[Part, Reading], Iterator[list[Placed]]]
    ) -> Sequence[Phrase]:
        """Return the phrases with the pieces of both parts, in place of the phrases that begin inside these."""
        found = list(self._pieces(pieces))
        inside = _tokens_of(found)
        return [*(phrase for phrase in phrases if phrase.start not in inside), *found]

    def with_whole_names(
        self, phrases: Sequence[Phrase], names: Callable[[Part, Reading], Iterator[list[Placed]]]
    ) -> Sequence[Phrase]:
        """Return the phrases with the names of both parts, in place of the phrases that begin or end inside these."""
        found = list(self._pieces(names))
        inside = _tokens_of(found)
        return [*(phrase for phrase in phrases if inside.isdisjoint(_ends(phrase))), *found]

    def with_sequences(self, phrases: Sequence[Phrase], found: Set[Words]) -> Sequence[Phrase]:
        """Return the phrases with names of two words or more wherever the article has them, as ``with_whole_names``."""
        if not found:
            return phrases
        longest: dict[Words, int] = {}  # by the first two words
        for words in found:
            longest[words[:_SHORTEST]] = max(len(words), longest.get(words[:_SHORTEST], 0))
        return self.with_whole_names(phrases, lambda part, _: _places(part.tokens, found, longest))

    def _pieces(self, pieces: Callable[[Part, Reading], Iterator[list[Placed]]]) -> Iterator[Phrase]:
        return (self.phrase(piece, part) for part in (self.title, self.body) for piece in pieces(part, self.reading))

    def phrase(self, piece: list[Placed], part: Part) -> Phrase:
        """Return a piece of a part as a phrase: each word includes the characters that separate it from the last."""
        first = piece[0].token
        written = part.text[first.start : first.start + len(first.text)]
        words = [written if written.isupper() else first.text]
        words += [part.text[left.token.end : right.token.end] for left, right in pairwise(piece)]
        stems = tuple([self.stem(placed.token.text.lower()) for placed in piece])
        return Phrase(tuple(words), stems, part.first + piece[0].at)


def words_of(tokens: Sequence[Token], start: int, end: int) -> Words:
    """Return the words of the tokens from ``start`` up to ``end``, as written."""
    return tuple(token.text for token in tokens[start:end])


def _places(tokens: list[Token], found: Set[Words], longest: dict[Words, int]) -> Iterator[list[Placed]]:
    """Yield the sequences in a part that are found, the longest at each place. ``longest``: by their first words."""
    free = 0
    for start in range(len(tokens) - 1):
        first = (tokens[start].text, tokens[start + 1].text)
        if start < free or first not in longest:
            continue
        words = words_of(tokens, start, start + longest[first])
        size = next((size for size in range(len(words), _SHORTEST - 1, -1) if words[:size] in found), 0)
        if size:
            yield stretch(tokens, start, start + size)
            free = start + size


def _tokens_of(phrases: Sequence[Phrase]) -> set[int]:
    return {at for phrase in phrases for at in range(phrase.start, phrase.start + len(phrase.words))}


def _ends(phrase: Phrase) -> tuple[int, int]:
    """Return the places of the first and the last token of a phrase."""
    return phrase.start, phrase.start + len(phrase.words) - 1
