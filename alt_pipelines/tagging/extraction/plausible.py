"""Whether the words of a phrase can be words of any language: damaged text also has letters.

plausible("São Tomé")  ->  True;    plausible("ÀÁÂÃÄÅ")  ->  False;    plausible("zzzzzz")  ->  False
"""

import re
from itertools import pairwise

_MARK = "[\u0300-\u036f]"  # combining marks of Latin, Greek and Cyrillic letters
_IMPLAUSIBLE = re.compile(
    rf"(?<!\w){_MARK}"  # a mark without a letter, or a second one that no precomposed letter has
    rf"|(?<!\S)\w{_MARK}(?!\S)"
    r"|(?i:(?<!\w)([^\W\d_])\1{4,}(?!\w))",
)
_ALPHABET = 6  # letters in the order of a character table; words of dictionaries have at most four (understudy)


def plausible(form: str) -> bool:
    """Whether no word of a phrase is loose marks, one letter again and again, or a row of a character table."""
    if _IMPLAUSIBLE.search(form):
        return False
    run = 1
    for one, following in pairwise(form):
        run = run + 1 if ord(following) - ord(one) == 1 and one.isalpha() and following.isalpha() else 1
        if run == _ALPHABET:
            return False
    return True
