"""Removes the lines that a classifier recognises as boilerplate, in any language and however they are worded.

Of an article of five or more lines, "Last reviewed: 4 March · Print this page · Report a problem" goes.

The classifier is a logistic regression, fitted on labelled lines of invented articles (``benchmarks.
fit_line_classifier``). It reads the words of a line and its pairs and triples of words, hashed to ``BUCKETS``
(Weinberger et al. 2009, "Feature hashing for large scale multitask learning"), and the line's form: its length, its
place in the article and beside the text, its separators, dates and names, and how many of its words stand in the title
or in other lines too. A second stage judges each line by the lines around it (``line_context``).

It comes after the rules of this room and is stricter than they are: losing a line of the article is worse than keeping
one of boilerplate. Lines of few words, such as the items of a list, have to be more certain, and lines above and below
the paragraphs of an article less. Long sentences, quotations and lines that share words with the rest of the article
stay.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence, Set
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from alt_pipelines.data_files import data_file
from alt_pipelines.text.boilerplate.line_context import CONTEXT, Network, Values, context_values
from alt_pipelines.text.scripts import HANGUL, INDIC, WITHOUT_SPACES
from alt_pipelines.text.sentences import SENTENCE_ENDS

FILE = "line_classifier.npz"
BUCKETS = 1 << 15
FORM = (
    "length",
    "short",
    "ends a sentence",
    "colon",
    "separator",
    "digits",
    "capitals",
    "words of other lines",
    "words of the title",
    "last",
    "last but one",
    "last but two",
    "last six",
    "first",
    "second",
    "place",
    "address",
    "words",
    "opens with a bracket",
    "without words",
    "above the text",
    "below the text",
    "date or time",
    "date or time above the text",
    "slash",
    "name",
    "name above the text",
    "name below the text",
    "colon above the text",
    "colon below the text",
    "separator above the text",
    "separator below the text",
    "ends a sentence below the text",
)

_SHARED_WORDS = FORM.index("words of other lines")
_ABOVE, _BELOW = FORM.index("above the text"), FORM.index("below the text")
_LETTERS = rf"(?:[^\W\d_]|[{INDIC}\u064b-\u0652\u200c])+"
_WORD = re.compile(_LETTERS)
_TOKEN = re.compile(rf"{_LETTERS}(?:['’]{_LETTERS})*|\d+|[^\w\s]")
_SYLLABLES = re.compile(f"[{HANGUL}]")
_SEPARATORS = "|·•/—–©"
_BETWEEN_PARTS = "|·•©"
_DATE_OR_TIME = re.compile(
    r"(?<!\d)(?:[01]?\d|2[0-3])[:.][0-5]\d(?!\d)|(?<!\d)(?:19|20)\d\d(?!\d)|\d[年月日時时년월일]"
)
_GOES_ON = frozenset(",،、，;")
_CLOCK_FIRST = re.compile(r"(?:[01]?\d|2[0-3])[:.h][0-5]\d\b")  # of a programme
_OF_A_LIST = re.compile(r"[-*•▪◦‣] |\d{1,2}[.)] |.*:$")  # an item, or the words above the first one
_QUOTES = frozenset("\"'“„«»‘「『")
_OPENING = frozenset("([（【[")
_PREFIX, _SUFFIX = 5, 2  # letters; endings of words differ, and Korean particles show a sentence
_STEM = 6  # first letters by which the words of two lines are compared
_SHORT = 60
_LONG = 300
_COMPARED = 2000  # characters of a line whose words are compared with those of others
_HASHED_WEIGHT = 3.0
# Logits from which a line is removed; the second is for lines of few words without separators, such as items of a list.
CERTAIN, CERTAIN_IF_SHORT = 2.0, 3.0
# The same for lines above and below the text; the second is for sentences and long lines. They hold where most of an
# article is paragraphs, without what is likely to be boilerplate: elsewhere, lists are the article's.
_BESIDE_TEXT, _SENTENCE_BESIDE_TEXT = -1.0, 1.0
_MOSTLY, _LIKELY = 0.5, 1.0  # of its characters; logit
_WITHOUT_PARAGRAPHS = 0.5  # added to the first two in an article that has none: little shows what its text is
_ALONE = 2.8  # logit of the first stage from which a row of parts goes wherever it stands
_MANY = 10  # tokens of a line that is no item of a list
_SENTENCE = 100  # characters of a sentence that no boilerplate outside of the rules has
_PROSE, _PROSE_UNSPACED = 100, 40  # characters of a line that is of the text
_NAME_WORDS, _LONGEST_NAME = range(2, 5), 40
_LEAST_LINES, _LEAST_LINES_BESIDE_TEXT = 5, 2  # of an article: in a shorter one, nothing shows what its text is
_SHARED = 1 / 3  # of its words: a line that has more in common with others is the article's
_FIRST, _LAST = 8, 16  # lines of an article that are classified, those in the middle of a long list are not
_BESIDE = 12  # lines beside those that the second stage sees


class WordWeights(NamedTuple):
    """The first stage: ``hashed``, (BUCKETS,), of words; ``form``, (len(FORM),), of ``form_values``."""

    hashed: NDArray[np.float32]
    form: NDArray[np.float32]
    bias: float


class Classifier(NamedTuple):
    """What was fitted: the two stages."""

    words: WordWeights
    context: Network


@lru_cache(maxsize=1)
def classifier() -> Classifier:
    """Return what was fitted.

    Raises:
        DataFileError: line_classifier.npz cannot be used, or was fitted for another form.
    """
    with data_file(__package__, FILE) as file, file.open("rb") as opened, np.load(opened) as arrays:
        hashed, form = arrays["hashed"].astype(np.float32), arrays["form"].astype(np.float32)
        hidden, hidden_bias, out = (arrays[name].astype(np.float32) for name in ("hidden", "hidden_bias", "out"))
        fits = hidden.shape == (len(FORM) + len(CONTEXT), len(out)) and hidden_bias.shape == out.shape
        if hashed.shape != (BUCKETS,) or form.shape != (len(FORM),) or not fits:
            raise ValueError("it was fitted for other values; fit again by `python -m benchmarks.fit_line_classifier`")
        words = WordWeights(hashed, form, float(arrays["bias"]))
        return Classifier(words, Network(hidden, hidden_bias, out, float(arrays["out_bias"])))


def without_boilerplate(title: str, lines: Sequence[str], fitted: Classifier | None = None) -> list[str]:
    """Return the lines without those that are boilerplate; all of them if none would be left.

    ``fitted``: the classifier; by default, the one of this package.
    """
    count = len(lines)
    if count < _LEAST_LINES_BESIDE_TEXT or not any(map(_may_go, [*lines[:_FIRST], *lines[-_LAST:]])):
        return list(lines)
    places = [p for p in range(count) if p < _FIRST + _BESIDE or p >= count - _LAST - _BESIDE]
    values = form_values(title, lines, places)
    first, second = logits(lines, places, values, fitted or classifier())
    limits = _limits(title, lines, places, values, second)
    removed = {
        place
        for place, alone, logit, limit in zip(places, first, second, limits, strict=True)
        if logit > limit or (limit < math.inf and alone > _ALONE and _is_row(lines[place]))
    }
    return [line for place, line in enumerate(lines) if place not in removed] or list(lines)


def _limits(title: str, lines: Sequence[str], places: Sequence[int], values: Values, logits: Values) -> list[float]:
    """Return the logit from which each line at these places is removed: infinity for one that stays in any case."""
    paragraphs = {place for place, line in enumerate(lines) if _is_prose(line)}
    likely = {place for place, logit in zip(places, logits, strict=True) if logit > _LIKELY}
    # Whether most characters are in paragraphs, so that few lists beside them are the article's own.
    counted = [place for place in range(len(lines)) if place not in likely]
    in_paragraphs = sum(len(lines[place]) for place in counted if place in paragraphs)
    mostly_text = in_paragraphs > _MOSTLY * sum(len(lines[place]) for place in counted)
    more = 0.0 if paragraphs else _WITHOUT_PARAGRAPHS
    longest = None if paragraphs else max(range(len(lines)), key=lambda place: len(lines[place]))
    own = _content(title).union(*(_content(lines[place]) for place in paragraphs)) if mostly_text else set()
    few = len(lines) < _LEAST_LINES
    programme = sum(_CLOCK_FIRST.match(line) is not None for line in lines) > 1
    limits = []
    for place, form in zip(places, values, strict=True):
        line, classified = lines[place], place < _FIRST or place >= len(lines) - _LAST
        timed = programme and _CLOCK_FIRST.match(line) is not None
        if not classified or timed or place == longest or not _may_go(line):
            limit = math.inf
        elif (
            mostly_text
            and (form[_ABOVE] or form[_BELOW])
            and not _OF_A_LIST.match(line)
            and _share(_content(line), own) < _SHARED
        ):
            limit = _certain_beside_text(line, few=few)
        else:
            limit = math.inf if few or form[_SHARED_WORDS] >= _SHARED else _certain(line) + more
        limits.append(limit)
    return limits


def _may_go(line: str) -> bool:
    """Whether a line is no long sentence, no quotation, and does not go on in the next line, as a verse does."""
    if len(line) > _LONG or line[:1] in _QUOTES or line[-1:] in _GOES_ON:
        return False
    return len(line) <= _SENTENCE or line[-1:] not in SENTENCE_ENDS or _is_row(line)


def _certain(line: str) -> float:
    """Return the logit from which a line is removed."""
    return CERTAIN if _is_row(line) or _tokens(line) >= _MANY else CERTAIN_IF_SHORT


def _share(words: Set[str], among: Set[str]) -> float:
    return len(words & among) / len(words) if words else 0.0


def _certain_beside_text(line: str, *, few: bool) -> float:
    """Return the logit from which a line above or below the text is removed. ``few``: in an article of few lines."""
    if few:
        return _SENTENCE_BESIDE_TEXT
    return _SENTENCE_BESIDE_TEXT if line[-1:] in SENTENCE_ENDS or len(line) > _SENTENCE else _BESIDE_TEXT


def _is_row(line: str) -> bool:
    """Whether a line consists of parts, as a row of buttons does. A mark at its beginning is that of a list."""
    return any(separator in line[1:] for separator in _BETWEEN_PARTS)


def logits(lines: Sequence[str], places: Sequence[int], values: Values, fitted: Classifier) -> tuple[Values, Values]:
    """Return both stages' logits of being boilerplate for the lines at these places, with these values of ``FORM``."""
    seen = second_values(lines, places, values, fitted.words)
    return seen[:, len(FORM)], fitted.context.logits(seen)


def second_values(lines: Sequence[str], places: Sequence[int], values: Values, weights: WordWeights) -> Values:
    """Return what the second stage reads of the lines at these places, in their order."""
    buckets = [buckets_of(lines[place]) for place in places]
    words = [float(weights.hashed[found].sum()) * hashed_value(len(found)) for found in buckets]
    first = words + values @ weights.form + weights.bias
    return context_values(first, values, values[:, _BELOW] - values[:, _ABOVE])


def hashed_value(buckets: int) -> float:
    """Return the value of each bucket of a line with this many: long and short lines weigh the same."""
    return _HASHED_WEIGHT / math.sqrt(max(buckets, 1))


def buckets_of(line: str) -> list[int]:
    """Return the distinct buckets of a line's words, pairs, triples and beginnings of words.

    Without spaces between words, it is one to four characters instead.
    """
    tokens, grams = ["^"], set()
    for token in _TOKEN.findall(line[:_LONG].casefold()):
        if token.isdigit():
            tokens.append("0")
        elif WITHOUT_SPACES.search(token):
            tokens.extend(token)
        else:
            tokens.append(token)
            if len(token) > _PREFIX:
                grams.add(f"{token[:_PREFIX]}…")
            if _SYLLABLES.match(token) and len(token) > _SUFFIX:
                grams.update((f"{token[:_SUFFIX]}…", f"…{token[-_SUFFIX:]}"))
    tokens.append("$")
    longest = 4 if WITHOUT_SPACES.search(line) else 3
    for length in range(1, longest + 1):
        grams.update(" ".join(tokens[at : at + length]) for at in range(len(tokens) - length + 1))
    return sorted({crc32(gram.encode("utf-8", "surrogatepass")) % BUCKETS for gram in grams})


def form_values(title: str, lines: Sequence[str], places: Sequence[int]) -> Values:
    """Return the values of ``FORM`` for the lines at these places: (places, FORM)."""
    words = [_content(line) for line in lines]
    lines_with = Counter(word for found in words for word in found)
    titled = _content(title)
    prose = [place for place, line in enumerate(lines) if _is_prose(line)]
    text = range(prose[0], prose[-1] + 1) if prose else range(len(lines))
    rows = [_form(lines[place], words[place], lines_with, titled, place, len(lines), text) for place in places]
    return np.array(rows, dtype=np.float64).reshape(-1, len(FORM))


def _is_prose(line: str) -> bool:
    """Whether a line is long enough and ends as the article's own paragraphs do."""
    shortest = _PROSE_UNSPACED if WITHOUT_SPACES.search(line) else _PROSE
    return len(line) > shortest and line[-1:] in SENTENCE_ENDS


def _form(
    line: str, own: Set[str], lines_with: Counter[str], titled: Set[str], place: int, count: int, text: range
) -> tuple[float, ...]:
    words, left = _WORD.findall(line[:_LONG]), count - 1 - place
    above, below = place < text.start, place >= text.stop
    dated = _DATE_OR_TIME.search(line[:_LONG]) is not None
    capitals = [word[0].isupper() for word in words]
    named = len(words) in _NAME_WORDS and all(capitals) and len(line) < _LONGEST_NAME
    separated = any(separator in line for separator in _SEPARATORS)
    shared = sum(lines_with[word] > 1 or word in titled for word in own)
    return (
        min(len(line), _LONG) / 100,
        len(line) < _SHORT,
        line[-1:] in SENTENCE_ENDS,
        ":" in line,
        separated,
        sum(map(str.isdigit, line[:_LONG])) / max(1, min(len(line), _LONG)),
        sum(capitals) / max(1, len(words)),
        shared / len(own) if own else 0.0,
        len(own & titled) / len(own) if own else 0.0,
        left == 0,
        left == 1,
        left == 2,
        3 <= left <= 5,
        place == 0,
        place == 1,
        place / max(1, count - 1),
        "@" in line or "http" in line or "www" in line,
        math.log1p(len(words)),
        line[:1] in _OPENING,
        not own,
        above,
        below,
        dated,
        dated and above,
        "/" in line,
        named,
        named and above,
        named and below,
        above and ":" in line,
        below and ":" in line,
        above and separated,
        below and separated,
        below and line[-1:] in SENTENCE_ENDS,
    )


def _tokens(line: str) -> int:
    """Return the number of words and signs; two characters count as one where words are not spaced."""
    return len(line) // 2 if WITHOUT_SPACES.search(line) else len(_TOKEN.findall(line))


def _content(line: str) -> set[str]:
    """Return the words of a line that say something, to be compared: stems, or pairs of characters."""
    found: set[str] = set()
    for word in _WORD.findall(line[:_COMPARED].casefold()):
        if WITHOUT_SPACES.match(word):
            found.update(word[at : at + 2] for at in range(len(word) - 1))
        elif len(word) > 3 or _SYLLABLES.match(word):
            found.add(word[: 2 if _SYLLABLES.match(word) else _STEM])
    return found
