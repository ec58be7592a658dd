"""Romance titles of works, whole: la novela «Los ríos no firman»  ->  Los ríos no firman.

What is between quotation marks begins with a capital and continues the sentence: it is a title and no speech, which a
colon or a full stop precedes. After these, a title begins with an article, has no verb and is in apposition to what
follows (« Les Heures lentes », un film de ...). Its words are not phrases of their own there.
"""

from collections.abc import Iterator, Sequence

from alt_pipelines.tagging.extraction.features import LONGEST_SPACED_NAME, Phrase
from alt_pipelines.tagging.extraction.spaced_article import Article, Part
from alt_pipelines.tagging.extraction.spaced_reading import Placed, Reading
from alt_pipelines.tagging.extraction.spaced_verbs import reads_as_verb

_MARKS = {"«": "»", "“": "”", '"': '"', "‘": "’", "'": "'"}


def with_titles(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases with the titles of several words, and without the parts of these titles."""
    return article.with_pieces(phrases, _titles)


def _titles(part: Part, reading: Reading) -> Iterator[list[Placed]]:
    """Yield the titles of a part, without their quotation marks."""
    tokens = part.tokens
    for at in range(1, len(tokens) - 1):
        close = _MARKS.get(tokens[at].text)
        if close is None or not tokens[at + 1].text[0].isupper():
            continue
        last = min(len(tokens), at + LONGEST_SPACED_NAME + 2)
        end = next((end for end in range(at + 1, last) if not _is_inside(tokens[end].text)), at)
        if end <= at + 2 or tokens[end].text != close:
            continue
        if _continues(part, at) or _is_named(part, at + 1, end, reading):
            yield [Placed(tokens[inner], inner, link=False) for inner in range(at + 1, end)]


def _is_inside(word: str) -> bool:
    return word[0].isalnum()


def _continues(part: Part, at: int) -> bool:
    """Whether a quotation mark is after a word or a comma of its sentence, with a space."""
    before = part.tokens[at - 1]
    return (before.text[-1].isalpha() or before.text == ",") and before.end < part.tokens[at].start


def _is_named(part: Part, first: int, end: int, reading: Reading) -> bool:
    """Whether an article and words without a verb are between quotation marks, before a comma and an apposition."""
    tokens, row, after = part.tokens, reading.row, end + 2
    if after >= len(tokens) or tokens[end + 1].text != "," or not tokens[after].text.islower():
        return False
    if tokens[first].text.lower() not in row.articles or tokens[after].text in row.auxiliaries:
        return False
    small = row.links | row.articles
    inner = [at for at in range(first + 1, end) if tokens[at].text.lower() not in small]
    empty = any(tokens[at].text in reading.stop for at in inner)
    return not empty and not any(reads_as_verb(tokens, at, reading) for at in (*inner, after))
