"""Romance names of landforms and waters, whole: île de Batz, lago di Garda, golfo de Penas.

The common noun is in lower case and needs its complement: "Garda" alone is a town. The classes are closed: landforms
and waters, without words that are also offices or bodies (cabo, capo, canal).
"""

from collections.abc import Iterator, Sequence

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.spaced.article import Article, Part
from alt_pipelines.tagging.extraction.spaced.compounds import begins_like_of
from alt_pipelines.tagging.extraction.spaced.reading import Placed, Reading
from alt_pipelines.text.stopwords import word_set

_LANDFORMS = {
    "fr": word_set(
        "île îles îlot presqu'île presqu’île archipel péninsule cap baie golfe lac étang lagune estuaire détroit fleuve"
        " rivière mont monts col massif vallée forêt plaine désert glacier volcan gorges"
    ),
    "es": word_set(
        "isla islas islote archipiélago península bahía golfo lago laguna estuario estrecho río embalse monte montes"
        " cerro sierra cordillera valle bosque desierto glaciar volcán"
    ),
    "pt": word_set(
        "ilha ilhas ilhéu arquipélago península baía golfo lago lagoa estuário estreito rio ribeira monte serra vale"
        " floresta deserto vulcão"
    ),
    "it": word_set(
        "isola isole arcipelago penisola baia golfo lago laguna estuario fiume torrente monte monti colle valle bosco"
        " deserto ghiacciaio vulcano"
    ),
}
_MOST_SMALL = 2  # de la
_LONGEST_NAME = 3  # words


def with_landforms(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases with the names of landforms, and without their parts."""
    return article.with_pieces(phrases, _landforms)


def _landforms(part: Part, reading: Reading) -> Iterator[list[Placed]]:
    """Yield the landforms of a part: the noun, "of" with or without an article, and up to three capitalised words."""
    tokens, row = part.tokens, reading.row
    nouns, small = _LANDFORMS[reading.code], row.links | row.articles
    for start in (at for at, token in enumerate(tokens) if token.text in nouns):
        first = start + 1
        if first >= len(tokens) or not begins_like_of(tokens[first].text, row):
            continue
        while first < min(len(tokens), start + 1 + _MOST_SMALL) and tokens[first].text in small:
            first += 1
        end = first
        while end < min(len(tokens), first + _LONGEST_NAME) and tokens[end].text[0].isupper():
            end += 1
        if start + 1 < first < end:
            yield [Placed(tokens[at], at, link=start < at < first) for at in range(start, end)]
