"""What stands beside a phrase in the text: features that show a wrong cut, for ``judgement``.

    surroundings("Lake Onda", "The ferry on Lake Onda stopped.", "en")  ->  (..., 1.0 before: a function word, ...)

A phrase that was cut out of a longer name or a clause has content words beside it; a whole one has punctuation,
function words, or the end of a line.
"""

import re

from alt_pipelines.tagging.extraction.words.frequencies import function_words

# The kinds of neighbour: none (the end of a line or the text), punctuation, one of the language's most common words, a
# word with a capital, a number, another word. In scripts without spaces, every neighbour but punctuation is another
# word.
SIDES = ("end", "punctuation", "function_word", "capital", "number", "word")
SURROUNDINGS = (*(f"after_{side}" for side in SIDES), *(f"before_{side}" for side in SIDES), "log_found")

_MOST = 8  # occurrences that are looked at
_WINDOW = 24  # characters on each side
_FUNCTION_WORDS = 200
_WORD = re.compile(r"\w+")
_LOGARITHMS = (0.0, 0.6931, 1.0986, 1.3863, 1.6094, 1.7918, 1.9459, 2.0794, 2.1972)  # of 1 + count, up to _MOST


def surroundings(form: str, text: str, folded: str, language: str) -> tuple[float, ...]:
    """Return the values of a phrase in the order of ``SURROUNDINGS``: for each kind, its share (0..1) of the first
    occurrences, after and before the phrase; and the logarithm of one plus the number of occurrences looked at.

    ``folded``: ``text.casefold()``, which is searched unless case folding changes the text's length.
    """
    where, form = (folded, form.casefold()) if len(folded) == len(text) else (text, form)
    common = function_words(language, _FUNCTION_WORDS)
    counts = [0] * (2 * len(SIDES))
    found, at = 0, where.find(form)
    while at >= 0 and found < _MOST:
        end = at + len(form)
        found += 1
        counts[_side(text[end : end + _WINDOW], common, backwards=False)] += 1
        counts[len(SIDES) + _side(text[max(0, at - _WINDOW) : at][::-1], common, backwards=True)] += 1
        at = where.find(form, end)
    shares = [count / found for count in counts] if found else counts
    return (*shares, _LOGARITHMS[found])


def _side(piece: str, common: frozenset[str], *, backwards: bool) -> int:
    """Return the index of the kind of neighbour; ``piece`` starts at the phrase, and is reversed if ``backwards``."""
    if not piece or piece[0] == "\n":
        return 0
    if not piece[0].isspace():
        return 5 if piece[0].isalnum() else 1
    word = _WORD.match(piece.lstrip(" "))
    if word is None:
        return 1
    neighbour = word.group()[::-1] if backwards else word.group()
    if neighbour.lower() in common:
        return 2
    if neighbour[0].isupper():
        return 3
    return 4 if neighbour[0].isdigit() else 5
