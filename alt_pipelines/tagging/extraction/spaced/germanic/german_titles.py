"""German titles of works with the small words that they begin with: der Roman „Das leere Haus“  ->  Das leere Haus.

A title is between quotation marks. Its words outside them are phrases of their own.
"""

from collections.abc import Iterator, Sequence

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.spaced.article import Article, Part
from alt_pipelines.tagging.extraction.spaced.cut import LONGEST_NAME
from alt_pipelines.tagging.extraction.spaced.germanic.german_nouns import QUOTATION_MARKS
from alt_pipelines.tagging.extraction.spaced.reading import Placed, Reading, stretch
from alt_pipelines.tagging.extraction.spaced.verbs import reads_as_verb
from alt_pipelines.text.stopwords import word_set

_SMALL = word_set(
    """
    Der Die Das Ein Eine
    Ab Am An Auf Aus Außer Bei Beim Bis Durch Für Gegen Hinter Im In Ins Jenseits Mit Nach Neben Ohne Seit Statt Trotz
    Um Unter Über Vom Von Vor Während Wegen Wider Zu Zum Zur Zwischen
    """
)


def with_titles(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases with the titles that begin with such a word, and without the parts of these titles."""
    return article.with_pieces(phrases, _titles)


def _titles(part: Part, reading: Reading) -> Iterator[list[Placed]]:
    """Yield the titles of a part: a small word and a noun, without a verb, and nothing else between quotation marks."""
    tokens = part.tokens
    for start in range(1, len(tokens)):
        if tokens[start].text not in _SMALL or tokens[start - 1].text not in QUOTATION_MARKS:
            continue
        last = min(len(tokens), start + LONGEST_NAME + 1)
        end = next((at for at in range(start, last) if not tokens[at].text[0].isalnum()), start)
        named = end > start + 1 and tokens[end].text in QUOTATION_MARKS and tokens[end - 1].text[0].isupper()
        inner = [at for at in range(start + 1, end) if tokens[at].text.islower()]
        if named and not any(reads_as_verb(tokens, at, reading) for at in inner):
            yield stretch(tokens, start, end)
