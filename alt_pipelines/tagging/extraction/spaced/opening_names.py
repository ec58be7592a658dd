"""Names with "of" that begin a sentence: Póvoa de Varzim quer obra igual.

The first word of a sentence owes its capital to the place, and many such names begin with a common noun. A common noun
in the singular would have an article there, if it is the subject of a verb.
"""

from collections.abc import Sequence

from alt_pipelines.tagging.extraction.spaced.adverbs import is_adverb
from alt_pipelines.tagging.extraction.spaced.reading import Reading, is_small
from alt_pipelines.tagging.extraction.spaced.tokens import Token
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.tagging.extraction.words.verbs import has_feminine, is_infinitive, is_participle, lemma_of

_LONGEST = 7  # tokens of a name
_USUAL = 9e-5  # share of all words, above which a noun seldom begins a name: fonte, ciudad
_AND = frozenset({"e", "ed", "et", "i", "y"})


def is_in_opening_name(tokens: Sequence[Token], at: int, reading: Reading) -> bool:
    """Whether a word is inside a name with "of" that begins a sentence, after its first word or as that."""
    if not reading.row.of or reading.row.noun_capitals:
        return False
    first = at
    while first and at - first < _LONGEST and not tokens[first].opens and _may_be_inside(tokens[first], reading):
        first -= 1
    return tokens[first].opens and tokens[first].text.istitle() and _end(tokens, first, reading) > at


def _may_be_inside(token: Token, reading: Reading) -> bool:
    return token.text[0].isupper() or (token.text not in _AND and is_small(token.text, reading.row))


def _end(tokens: Sequence[Token], first: int, reading: Reading) -> int:
    """Return the end of the name that begins a sentence; 0 if none does."""
    head, code = tokens[first].text.lower(), reading.code
    if head in reading.stop or is_adverb(head, code) or has_feminine(head, code) or is_participle(head, code):
        return 0
    if frequency(head, code) > _USUAL or (head.endswith("s") and lemma_of(head, code) not in (None, head)):
        return 0  # a plural needs no article: Vecinos de Triana
    end, of = first + 1, 0
    while end < min(len(tokens), first + _LONGEST) and _may_be_inside(tokens[end], reading) and not tokens[end].opens:
        of = of or (end if tokens[end].text in reading.row.links else 0)
        end += 1
    if not of or not tokens[end - 1].text[0].isupper() or not tokens[of].text.startswith(("d", "D")):
        return 0
    again = tokens[first].start > 0 or head in reading.capitals  # in a title, many nouns have no article
    if not again or end >= len(tokens):
        return 0
    joined = tokens[end].text in _AND and end + 1 < len(tokens) and tokens[end + 1].text.istitle()
    return end if joined or _is_predicate(tokens[end].text, reading) else 0


def _is_predicate(word: str, reading: Reading) -> bool:
    """Whether a word is a finite verb, or a content word in lower case, as most verbs are."""
    if not word.islower() or word in reading.row.links:
        return False
    if word not in reading.stop:
        return True
    lemma = lemma_of(word, reading.code)
    return lemma is not None and lemma != word and (is_infinitive(lemma, reading.code) or lemma.endswith("re"))
