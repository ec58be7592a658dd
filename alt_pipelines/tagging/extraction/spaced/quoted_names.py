"""Names in quotation marks, whole, of scripts without capitals: تطبيق «رفيقي»  ->  رفيقي, فیلم «راه»  ->  راه.

A short quotation after a noun of its sentence, or at the beginning of the title, is the name of the thing. Speech
follows a verb or a colon, or is longer. The words of such a name are not phrases of their own there.
"""

from collections.abc import Iterator, Sequence

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.spaced.arabic.numbers import ARTICLE
from alt_pipelines.tagging.extraction.spaced.article import Article, Part
from alt_pipelines.tagging.extraction.spaced.reading import Placed, Reading, stretch
from alt_pipelines.tagging.extraction.spaced.tokens import quotation_marks, quotations
from alt_pipelines.tagging.extraction.spaced.verbs import reads_as_verb

_MARKS = quotation_marks('«“„"״')
_LONGEST = 5  # tokens, clitics included


def with_quoted(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases with the names in quotation marks, and without the parts of these names."""
    marked = any(mark in part.text for part in (article.title, article.body) for mark in _MARKS)
    return article.with_pieces(phrases, _names) if marked else phrases


def _names(part: Part, reading: Reading) -> Iterator[list[Placed]]:
    """Yield the names of a part, without their quotation marks."""
    tokens, last = part.tokens, -1
    for at, end in quotations(tokens, _MARKS, _LONGEST):
        if at <= last or end == at + 1:
            continue  # its first mark closes the name before, or nothing is quoted
        last = end
        letters = any(token.text[0].isalpha() for token in tokens[at + 1 : end])
        if letters and _is_name_here(part, at, end, reading):
            yield stretch(tokens, at + 1, end)


def _is_name_here(part: Part, at: int, end: int, reading: Reading) -> bool:
    """Whether the quotation from ``at`` to ``end`` is in apposition to a noun, or opens the title without a colon.

    A definite Arabic noun with small words after it introduces an opinion: القرار «جيد لكنه متأخر».
    """
    tokens = part.tokens
    if at == 0:
        return part.is_title and end + 1 < len(tokens) and tokens[end + 1].text != ":"
    before = tokens[at - 1]
    noun = before.text[-1].isalpha() and before.text not in reading.stop and before.end < tokens[at].start
    sentence = before.text.startswith(ARTICLE) and any(token.text in reading.stop for token in tokens[at + 1 : end])
    return noun and not sentence and not reads_as_verb(tokens, at - 1, reading)
