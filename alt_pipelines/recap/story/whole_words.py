"""Complete a term that is a piece of a word or phrase where capitals do not say so.

Vietnamese writes each syllable apart, so "sắt tốc" is a piece of "đường sắt tốc độ cao". Arabic and Hindi have no
capitals, so only the same neighbour everywhere shows a name. Korean, Chinese and Japanese write Latin letters and
digits together with other ones: HBM is a piece of HBM4.
"""

import re
from collections import Counter
from collections.abc import Sequence, Set
from itertools import takewhile

_ALWAYS = 0.8  # minimum share of a term's uses with the same neighbour
_LONGEST = 6  # words added
_USES = 200  # uses that are examined
_WINDOW = 40  # characters beside a use that are examined
_SIGNS = r"\s.,;:!?\"'’‘“”„«»()\[\]{}/|…،؛؟।۔–—-"
_BEFORE = re.compile(rf"(?<![^{_SIGNS}])([^{_SIGNS}]+) $")
_AFTER = re.compile(rf" ([^{_SIGNS}]+)")
_LATIN = "A-Za-z0-9"
_LEAST_USES = 2
_LEAST_SAME = 3  # uses after which the same letter before them is part of the name


def complete_caseless(term: str, texts: Sequence[str], never: Set[str], least: int) -> str:
    """Return a term with the words that are beside it in almost all of its uses.

    Args:
        term: one or more words as they are spelt in the texts.
        texts: the sentences of the story.
        never: lower-cased words that are not added; nor is a capitalised word, which begins a name of its own.
        least: minimum number of uses with the same neighbour; by chance, two uses have the same verb beside them.
    """
    texts = [text for text in texts if term[1:] in text]
    for _ in range(_LONGEST):
        pattern = re.compile(
            rf"(?<![^{_SIGNS}])[{re.escape(term[0] + term[0].swapcase()[:1])}]{re.escape(term[1:])}(?![^{_SIGNS}])"
        )
        uses = [(text, match) for text in texts for match in pattern.finditer(text)][:_USES]
        before = Counter(
            _beside(_BEFORE.search(text[max(0, use.start() - _WINDOW) : use.start()])) for text, use in uses
        )
        after = Counter(_beside(_AFTER.match(text[use.end() : use.end() + _WINDOW])) for text, use in uses)
        longer = term
        for side, found in enumerate((before, after)):
            word, count = found.most_common(1)[0] if found else ("", 0)
            fits = word not in never and not word.isdigit() and word[:1].isupper() <= term[:1].isupper()
            count += found[word.capitalize()] if word.islower() else 0  # at the beginning of a sentence
            if word and fits and count >= max(least, _ALWAYS * len(uses)):
                longer = f"{longer} {word}" if side else f"{word} {longer}"
        if longer == term:
            break
        term = longer
    return term


def _beside(match: re.Match[str] | None) -> str:
    return match[1] if match else ""


def with_letters_and_digits(term: str, texts: Sequence[str]) -> str:
    """Return a term that begins or ends in a Latin letter with the letters and digits that always go on with it."""
    if not re.search(rf"^[{_LATIN}]|[{_LATIN}]$", term):
        return term
    pattern = re.compile(rf"(?<![{_LATIN}])([{_LATIN}-]{{0,20}}){re.escape(term)}([{_LATIN}-]{{0,20}})(?![{_LATIN}])")
    uses = [(text, match) for text in texts if term in text for match in pattern.finditer(text)][:_USES]
    if len(uses) < _LEAST_USES:
        return term
    letters = Counter(match[0] for _, match in uses)
    whole, count = letters.most_common(1)[0]
    if count < _ALWAYS * len(uses):
        whole = _common_beginning(list(letters)) if all(form.startswith(term) for form in letters) else term
    if len(uses) >= _LEAST_SAME and whole[:1].isascii() and whole[:1].isalpha():
        before = {text[match.start() - 1 : match.start()] for text, match in uses}
        if len(before) == 1 and (letter := before.pop()).isalpha():
            return letter + whole
    return whole


def _common_beginning(forms: Sequence[str]) -> str:
    return "".join(
        letters[0] for letters in takewhile(lambda letters: len(set(letters)) == 1, zip(*forms, strict=False))
    )
