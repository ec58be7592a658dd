"""Romance titles of works, whole: la novela «Los ríos no firman»  ->  Los ríos no firman.

What is between quotation marks begins with a capital and continues the sentence: it is a title and no speech, which a
colon or a full stop precedes. Its words are not phrases of their own there.
"""

from collections.abc import Iterator, Sequence

from alt_pipelines.tagging.extraction.features import LONGEST_SPACED_NAME, Phrase
from alt_pipelines.tagging.extraction.spaced_article import Article, Part
from alt_pipelines.tagging.extraction.spaced_reading import Placed, Reading

_MARKS = {"«": "»", "“": "”", '"': '"', "‘": "’", "'": "'"}


def with_titles(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases with the titles of several words, and without the parts of these titles."""
    return article.with_pieces(phrases, _titles)


def _titles(part: Part, _: Reading) -> Iterator[list[Placed]]:
    """Yield the titles of a part, without their quotation marks."""
    tokens = part.tokens
    for at in range(1, len(tokens) - 1):
        close = _MARKS.get(tokens[at].text)
        if close is None or not tokens[at + 1].text[0].isupper() or not _continues(part, at):
            continue
        last = min(len(tokens), at + LONGEST_SPACED_NAME + 2)
        end = next((end for end in range(at + 1, last) if not _is_inside(tokens[end].text)), at)
        if end > at + 2 and tokens[end].text == close:
            yield [Placed(tokens[inner], inner, link=False) for inner in range(at + 1, end)]


def _is_inside(word: str) -> bool:
    return word[0].isalnum()


def _continues(part: Part, at: int) -> bool:
    """Whether a quotation mark is after a word or a comma of its sentence, with a space."""
    before = part.tokens[at - 1]
    return before.text[-1].isalpha() and before.end < part.tokens[at].start
