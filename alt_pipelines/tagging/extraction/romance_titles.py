"""Romance titles of works, whole: la novela «Los ríos no firman»  ->  Los ríos no firman.

What is between quotation marks begins with a capital and continues the sentence: it is a title and no speech, which a
colon or a full stop precedes. Its words are not phrases of their own there.
"""

from collections.abc import Iterator, Sequence

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.spaced_article import Article, Part
from alt_pipelines.tagging.extraction.spaced_reading import Placed

_MARKS = {"«": "»", "“": "”", '"': '"', "‘": "’", "'": "'"}
_LONGEST = 7  # words of a title with its small words; candidates.MAX_SPACED_NAME


def with_titles(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases with the titles of several words, and without the parts of these titles."""
    titles = [(piece, part) for part in (article.title, article.body) for piece in _titles(part)]
    if not titles:
        return phrases
    inside = {part.first + placed.at for piece, part in titles for placed in piece}
    return [*(p for p in phrases if p.start not in inside), *(article.phrase(*title) for title in titles)]


def _titles(part: Part) -> Iterator[list[Placed]]:
    """Yield the titles of a part, without their quotation marks."""
    tokens = part.tokens
    for at in range(1, len(tokens) - 1):
        close = _MARKS.get(tokens[at].text)
        if close is None or not tokens[at + 1].text[0].isupper() or not _continues(part, at):
            continue
        last = min(len(tokens), at + _LONGEST + 2)
        end = next((end for end in range(at + 1, last) if not _is_inside(tokens[end].text)), at)
        if end > at + 2 and tokens[end].text == close:
            yield [Placed(tokens[inner], inner, link=False) for inner in range(at + 1, end)]


def _is_inside(word: str) -> bool:
    return word[0].isalnum()


def _continues(part: Part, at: int) -> bool:
    """Whether a quotation mark is after a word or a comma of its sentence, with a space."""
    before = part.tokens[at - 1]
    return before.text[-1].isalpha() and before.end < part.tokens[at].start
