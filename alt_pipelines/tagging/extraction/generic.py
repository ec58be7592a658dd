"""Candidates of languages with spaces between words, from the closed classes of their row in ``languages``.

    analyse("La Paz firma un acuerdo", "...", "es")  ->  Document with "La Paz", "acuerdo"

A phrase is a run of content words between stop words, verbs, words of time and punctuation. A capital inside a
sentence makes a stop word part of a name (São Paulo, La Rochelle). Small words are kept inside names (Jan van der Meer)
and inside phrases that the text repeats (ley de bosques). A phrase is always a literal piece of the text: each word
includes the characters that separate it from the previous one.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import Stemmer

from alt_pipelines.tagging.extraction.features import Document, Phrase
from alt_pipelines.tagging.extraction.frequencies import function_words, has_frequencies
from alt_pipelines.tagging.extraction.languages import Language, language_of
from alt_pipelines.tagging.extraction.repeats import repeated
from alt_pipelines.tagging.extraction.spaced_tokens import ARTICLED, Token, joined, tokenise
from alt_pipelines.tagging.extraction.verbs import is_verb, is_word, may_be_verb
from alt_pipelines.text.scripts import CJK

LONGEST_NAME = 5
_GUESSED_STOP_WORDS = 40
_NONE: frozenset[str] = frozenset()

_HAS_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"\d[\d.,:/]*%?")
_VERSION = re.compile(r"\d{1,3}(?:\.\d+)*")
_UNIT = re.compile(r"\d[\d.,]*(?:[kmc]?m|km/h|[km]?g|[mc]?l|h|min|s|[KMGT]B|[kMGT]?Hz|[kMG]?Wh?|€|°[CF])")


_PARTICIPLE_TR = re.compile(r"(?:[dt][ıiuü]ğ[ıiuü]n[ıi]|[ae]c[ae]ğ[ıi]n[ıi])$")
_REFLEXIVE = re.compile(r"-(?:se|lhes?|[lmn]?[oa]s?|me|te|nos)$")


class _Placed(NamedTuple):
    token: Token
    at: int
    link: bool  # a small word, which can only be inside a phrase


class _Reading(NamedTuple):
    """The context of an article for the extraction of its phrases: language row, stop words, names and nouns."""

    code: str
    row: Language
    stop: frozenset[str]  # function words, and the words listed in the row
    listed: frozenset[str]  # the words listed in the row
    names: frozenset[tuple[str, str]]  # a stop word and the name that follows it
    capitals: frozenset[str]  # words that are capitalised inside a sentence somewhere, folded
    nouns: frozenset[str]  # words that follow an article somewhere
    repeated: frozenset[str]  # phrases with a small word inside that occur more than once


def analyse(title: str, text: str, language: str) -> Document:
    """Return the phrases of a title and body."""
    row = language_of(language)
    parts = [(part, tokenise(part, row)) for part in (title, text)]
    if row.elisions:
        names = frozenset(t.text for _, found in parts for t in found if ARTICLED.fullmatch(t.text))
        parts = [(part, joined(found, names)) for part, found in parts]
    tokens = [token for _, found in parts for token in found]
    stop = function_words(language, row.function_words)
    if not has_frequencies(language):
        stop |= _guessed_stop_words(tokens)
    reading = _read(language, row, stop, tokens)
    stem = _stemmer(row.stemmer)
    phrases: list[Phrase] = []
    in_title: set[str] = set()
    offset = 0
    for number, (part, found) in enumerate(parts):
        runs = [run for run in _runs(found, reading) if run]
        again = repeated(([_written(p, part) for p in run] for run in runs), row.longest) if row.longest > 3 else _NONE
        for run in runs:
            phrases.extend(_phrase(piece, part, offset, stem) for piece in _cut(run, again, reading))
        if number == 0:
            in_title.update(stem(token.text.lower()) for token in found)
        offset += len(found)
    return Document(phrases, offset, frozenset(in_title))


def _read(code: str, row: Language, common: frozenset[str], tokens: list[Token]) -> _Reading:
    listed = row.weak | row.calendar | row.articles | row.links
    stop = common | listed
    names: set[tuple[str, str]] = set()
    nouns: set[str] = set()
    before = Token(".", 0, 0, True)
    linked: Counter[str] = Counter()
    capitals: set[str] = set()
    for index, token in enumerate(tokens):
        if before.text.lower() in row.articles and not before.opens | token.text[0].isupper():
            nouns.add(token.text.lower())
        capital = before.text[0].isupper() and not before.opens and before.text.lower() in stop
        saint = before.opens and before.text[0].isupper() and before.text.lower() in row.saints
        if (capital or saint) and token.text[0].isupper() and not before.text.isupper():
            names.add((before.text, token.text))
        if token.text[0].isupper() and not token.opens:
            capitals.add(token.text.lower())
        if token.text.lower() in row.links and 0 < index < len(tokens) - 1:
            linked[_linked(tokens, index, row)] += 1
        before = token
    repeated = frozenset(phrase for phrase, count in linked.items() if count > 1 and phrase)
    return _Reading(code, row, stop, listed, frozenset(names), frozenset(capitals), frozenset(nouns), repeated)


def _linked(tokens: list[Token], index: int, row: Language) -> str:
    """Return the phrase around a small word, folded; "" if there is none."""
    after = index + 1
    inside = row.links | row.articles
    while after < len(tokens) - 1 and tokens[after].text.lower() in inside:
        after += 1
    words = [token.text.lower() for token in tokens[index - 1 : after + 1]]
    letters = all(word[0].isalpha() for word in words)
    return " ".join(words) if letters and words[0] not in inside else ""


def _runs(tokens: list[Token], reading: _Reading) -> Iterator[list[_Placed]]:
    """Yield runs of content words; small words stay inside a run if they belong to a name or a repeated phrase."""
    run: list[_Placed] = []
    for index, token in enumerate(tokens):
        if _content(tokens, index, reading):
            run.append(_Placed(token, index, False))
        elif run and _links(tokens, index, run, reading):
            run.append(_Placed(token, index, True))
        else:
            yield _trimmed(run)
            run = []
    yield _trimmed(run)


def _trimmed(run: list[_Placed]) -> list[_Placed]:
    while run and run[-1].link:
        run.pop()
    return run


def _content(tokens: list[Token], index: int, reading: _Reading) -> bool:
    """Whether a token is a content word, which may form a phrase on its own."""
    token = tokens[index]
    word, low = token.text, token.text.lower()
    before = tokens[index - 1] if index else None
    after = tokens[index + 1].text if index + 1 < len(tokens) else "."
    if _NUMBER.fullmatch(word):  # the number of a name: iPhone 16, Python 3.14
        named = before is not None and before.text[0].isupper() and before.end + 1 == token.start
        return bool(named and before and before.text.lower() not in reading.stop and _VERSION.fullmatch(word))
    if not _HAS_LETTER.search(word) or _UNIT.fullmatch(word) or word[-1] in "'’":
        return False
    if len(word) == 1 and not (word.isupper() or CJK.match(word) or reading.row.lone_letters):
        return False
    if low in reading.row.links and word.islower():
        return False
    if token.opens and word[0].isupper() and low in reading.capitals and low not in reading.stop:
        return True
    capital = word[0].isupper() and not word.isupper() and not token.opens and not reading.row.noun_capitals
    if capital and low not in reading.listed:
        return True
    if low in reading.stop:
        if before is None or not word[0].isupper():
            return (word, after) in reading.names
        linked = before.text.lower() in reading.row.links and index > 1 and not reading.row.noun_capitals
        linked = (linked and low not in reading.row.calendar | reading.row.weak) or _linked_name(tokens, index, reading)
        return (word, after) in reading.names or (before.text, word) in reading.names or linked
    if word[0].isupper() and not token.opens:
        return True
    return not _reads_as_verb(tokens, index, reading) and not _adverb(low, reading.code)


def _linked_name(tokens: list[Token], index: int, reading: _Reading) -> bool:
    """Whether a listed word is the end of a name after small words: Rio de Janeiro, Jan van der Meer."""
    first = index - 1
    while first > 0 and tokens[first].text.lower() in reading.row.links:
        first -= 1
    return first < index - 1 and tokens[first].text[0].isupper() and tokens[index - 1].text.islower()


def _reads_as_verb(tokens: list[Token], index: int, reading: _Reading) -> bool:
    """Whether a word is a verb in this place: by its form, unless an article makes it a noun, or by its neighbours."""
    word, row = tokens[index].text.lower(), reading.row
    before = tokens[index - 1] if index else Token(".", 0, 0, True)
    after = tokens[index + 1].text if index + 1 < len(tokens) else "."
    articled = before.text.lower() in row.articles
    if row.verbs_last and _HAS_LETTER.search(after) and not _PARTICIPLE_TR.search(word):
        return False
    if is_verb(word, reading.code):
        return row.noun_capitals or not (word in reading.nouns or articled)
    if articled or not _HAS_LETTER.search(before.text) or before.text.lower() in reading.stop:
        return bool(_REFLEXIVE.search(word)) and reading.code == "pt"
    named = before.text[0].isupper() and not before.opens
    opens_object = after.lower() in row.articles or _NUMBER.fullmatch(after) is not None or after.lower() in row.weak
    return (named or opens_object) and after.lower() not in row.links and may_be_verb(word, reading.code)


def _adverb(word: str, language: str) -> bool:
    """Whether a word is an adverb by its ending: -mente, or -ment after an adjective."""
    if language in ("it", "es", "pt", "ca"):
        return word.endswith("mente") or (language == "ca" and word.endswith("ment"))
    if language != "fr" or not word.endswith("ment"):
        return False
    stem = word[:-4]
    return stem.endswith(("am", "em")) or (is_word(stem, language) and not is_verb(stem, language))


def _links(tokens: list[Token], index: int, run: list[_Placed], reading: _Reading) -> bool:
    """Whether a small word is inside a name, or inside a phrase that the text repeats."""
    token, row = tokens[index], reading.row
    inner = run[-1].link and token.text.lower() in row.articles  # Hugo de La Tour, bay of the
    if not (token.text.lower() in row.links or inner) or index + 1 >= len(tokens):
        return False
    after = index
    inside = row.links | row.articles
    while after < len(tokens) - 1 and tokens[after].text.lower() in inside and not tokens[after].text[0].isupper():
        after += 1
    follows = tokens[after].text
    head = next((p.token for p in reversed(run) if not p.link), None)
    if head is None or not follows[0].isalpha():
        return False
    named = head.text[0].isupper() and follows[0].isupper()
    if named and not row.noun_capitals and (not head.opens or not is_word(head.text.lower(), reading.code)):
        return True
    first = index
    while first > 0 and tokens[first - 1].text.lower() in inside:
        first -= 1
    if follows.lower() in reading.stop and not follows[0].isupper():
        return False
    if row.noun_capitals:
        return (
            head.text[0].isupper() and follows[0].isupper() and token.text.lower() in ("von", "van", "zu", "zur", "der")
        )
    return _linked(tokens, first, row) in reading.repeated


def _cut(run: list[_Placed], again: frozenset[str], reading: _Reading) -> Iterator[list[_Placed]]:
    """Yield the phrases of a run: the run itself if it is short or a name, otherwise its names, otherwise windows."""
    row = reading.row
    if not run:
        return
    if row.noun_capitals:
        while run and run[-1].token.text[0].islower():
            run = run[:-1]
        if not run:
            return
    if _begins_with_role(run, reading):
        run = run[1:]
    size = sum(not placed.link for placed in run)
    if size <= row.longest and len(run) <= LONGEST_NAME:
        yield run
        return
    if row.longest > 3:
        if size <= LONGEST_NAME + 1 and run[0].token.text[0].isupper():
            yield run  # Sở Giao thông Vận tải
        else:
            yield from _repeated_windows(run, again, row.longest)
        return
    names = list(_names(run))
    if names:
        yield from names
    else:
        yield from (run[start : start + 2] for start in range(0, len(run), 2) if not run[start].link)


def _begins_with_role(run: list[_Placed], reading: _Reading) -> bool:
    """Whether the sentence begins with a person's role before a name of two or more words."""
    first, rest = run[0].token, run[1:]
    if not first.opens or not first.text[0].isupper() or first.text.lower() in reading.capitals:
        return False
    words = [placed.token.text for placed in rest if not placed.link]
    named = len(words) > 1 and not rest[0].link and all(word[0].isupper() for word in words)
    return named and not reading.row.noun_capitals and is_word(first.text.lower(), reading.code)


def _names(run: list[_Placed]) -> Iterator[list[_Placed]]:
    """Yield runs of capitalised words, with the small words between them."""
    stretch: list[_Placed] = []
    for placed in [*run, None]:
        word = placed.token.text if placed else ""
        if (
            placed
            and (word[0].isupper() or word[0].isdigit() or (placed.link and stretch))
            and len(stretch) < LONGEST_NAME
        ):
            stretch.append(placed)
            continue
        stretch = _trimmed(stretch)
        if stretch:
            yield stretch
        stretch = [placed] if placed and word[0].isupper() else []


def _repeated_windows(run: list[_Placed], again: frozenset[str], longest: int) -> Iterator[list[_Placed]]:
    """Cut a long run into the longest pieces that the text repeats, and the rest into pairs."""
    start = 0
    while start < len(run):
        size = min(longest, len(run) - start)
        while size > 2 and " ".join(p.token.text for p in run[start : start + size]) not in again:
            size -= 1
        yield run[start : start + size]
        start += size


def _written(placed: _Placed, text: str) -> str:
    """Return a word with the space before it, if there is one."""
    token = placed.token
    return f" {token.text}" if text[token.start - 1 : token.start] == " " else token.text


def _phrase(piece: list[_Placed], text: str, offset: int, stem: Callable[[str], str]) -> Phrase:
    words = [piece[0].token.text]
    words += [text[left.token.end : right.token.end] for left, right in pairwise(piece)]
    stems = tuple(stem(placed.token.text.lower()) for placed in piece)
    return Phrase(tuple(words), stems, offset + piece[0].at)


@lru_cache(maxsize=32)
def _stemmer(algorithm: str) -> Callable[[str], str]:
    if not algorithm:
        return _same
    stem_word = Stemmer.Stemmer(algorithm, 0).stemWord

    @lru_cache(maxsize=65536)
    def stem(word: str) -> str:
        try:
            return str(stem_word(word))
        except UnicodeEncodeError:  # a lone surrogate
            return word

    return stem


def _same(word: str) -> str:
    return word


def _guessed_stop_words(tokens: list[Token]) -> frozenset[str]:
    """Guess stop words: the most frequent short lower-case words, which in running text are function words."""
    words = [t.text for t in tokens]
    counts = Counter(w for w in words if w[0].isalpha() and len(w) <= 4 and not w[0].isupper())
    return frozenset(word for word, count in counts.most_common(_GUESSED_STOP_WORDS) if count > 1)
