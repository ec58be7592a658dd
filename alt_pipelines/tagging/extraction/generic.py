"""Candidates for every language without a path of its own: runs of words between stop words and punctuation.

Four kinds of writing need four ways to find words: spaces (with French and Italian elisions split off), spaces with
endings glued on (Korean particles), no spaces but a word list (Chinese, segmented by word frequency), and no spaces and
no list (Thai, Khmer: whole stretches between spaces). Stop words are the commonest words of the language; for languages
without a frequency list they are guessed from the text itself. No part of speech is known here, so verbs stay in some
phrases, and the confidences of this path say so.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache

from wordfreq import available_languages, get_frequency_dict

from alt_pipelines.tagging.extraction.features import Document, Phrase
from alt_pipelines.tagging.extraction.segmentation import segment
from alt_pipelines.text.scripts import HAN, INDIC, UNSPACED
from alt_pipelines.text.stopwords import stop_words, word_set

LONGEST = 3  # words of a phrase; longer runs are clauses, and only parts of them are kept

_Token = tuple[str, int]  # a word and its offset

_LETTER = f"(?:[^\\W\\d_{UNSPACED}]|[{INDIC}\u0300-\u036f])"
_WORD = re.compile(f"{_LETTER}+(?:[-'’·]{_LETTER}+)*|[{UNSPACED}]+|\\d[\\d.,]*|\\n+|[^\\w\\s]")
_HAN_RUN = re.compile(f"[{HAN}]+")
_ELISION = re.compile(
    r"^(?:[dlnmtsjc]|qu|jusqu|lorsqu|puisqu|dell|all|dall|nell|sull|un|quest|degl|gl)['’](?=\w)", re.IGNORECASE
)
_PARTICLE = re.compile(
    "(?<=[가-힣]{2})(?:에서는|에서도|으로는|으로서|으로써|에게서|이라는|이라고|까지|부터|에서|에게|으로|이나|라는|라고"
    "|처럼|보다|마다|은|는|이|가|을|를|의|에|로|와|과|도|만)$"
)
# Endings of Korean verbs, adjectives and the nouns of grammar: a phrase is cut where one stands.
_KOREAN_VERB = re.compile(
    "(?:[다며]|했고|하고|하는|되는|했던|[한할된]|위해|대해|따르면|라며|다고|라고|위한|통해|있는|것|등)$"
)
_ELIDING = frozenset({"fr", "it", "ca"})
_NOUN_CAPITALS = frozenset({"de"})  # every noun is capitalised, so a phrase ends in one
_UNSPACED_LANGUAGES = frozenset({"th", "lo", "km", "my"})
_GUESSED_STOP_WORDS = 40
_WEAK = {
    "zh": word_set(
        """
        年 月 日 时 中 后 前 内 外 上 下 一个 这个 可以 已经 进行 表示 以及 没有 对于 由于 其中 目前 报道 记者 今天
        周一 周二 周三 周四 周五 周六 周日 举行 开始 讨论 为期
        """
    )
}


def analyse(title: str, text: str, language: str) -> Document:
    """Stop-word-bounded phrases of a title and body."""
    tokenise = _tokeniser(language)
    stop = stop_words(language) | _WEAK.get(language, frozenset())
    if not has_frequencies(language):
        stop |= _guessed_stop_words(tokenise(f"{title}\n{text}"))
    phrases: list[Phrase] = []
    in_title: set[str] = set()
    offset = 0
    for part, is_title in ((title, True), (text, False)):
        tokens = tokenise(part)
        phrases.extend(_phrases(tokens, offset, stop, language))
        offset += len(tokens)
        if is_title:
            in_title.update(t.lower() for t in tokens)
    return Document(phrases, offset, frozenset(in_title))


def rarity(word: str, language: str) -> float:
    """0 for the commonest words of the language, 1 for words its frequency list does not know or when there is none."""
    frequency = _frequencies(language).get(word.lower(), 0.0)
    return min(1.0, (8 - (math.log10(frequency) + 9 if frequency else 1.0)) / 7)


def has_frequencies(language: str) -> bool:
    """Whether a frequency list of the language is installed."""
    return bool(_frequencies(language))


def joiner(language: str) -> str:
    """What stands between the words of a phrase."""
    return "" if language == "zh" or language in _UNSPACED_LANGUAGES else " "


def _phrases(tokens: list[str], offset: int, stop: frozenset[str], language: str) -> Iterator[Phrase]:
    run: list[_Token] = []
    for index, token in enumerate([*tokens, "\n"], offset):
        if token[0].isalpha() and token.lower() not in stop and (len(token) > 1 or _HAN_RUN.match(token)):
            run.append((token, index))
            continue
        for part in _cut(run, language):
            words = tuple(word for word, _ in part)
            yield Phrase(words, tuple(word.lower() for word in words), part[0][1])
        run = []


def _cut(run: list[_Token], language: str) -> Iterator[list[_Token]]:
    """The phrases of a run of content words: itself when it is short, parts of it when it is a clause."""
    if language in _UNSPACED_LANGUAGES:
        yield from _windows(run, 1)
        return
    if language == "ko":
        for part in _split_at(run, _KOREAN_VERB):
            yield from _windows(part, 2)
        return
    while language in _NOUN_CAPITALS and run and run[-1][0].islower():
        run = run[:-1]
    if len(run) <= (2 if language == "zh" else LONGEST):
        if run:
            yield run
    elif any(word[0].isupper() for word, _ in run):
        yield from _capitalised(run)
    else:
        yield from _windows(run, 1 if language == "zh" else 2)


def _split_at(run: list[_Token], pattern: re.Pattern[str]) -> Iterator[list[_Token]]:
    part: list[_Token] = []
    for token in run:
        if pattern.search(token[0]):
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _windows(run: list[_Token], width: int) -> Iterator[list[_Token]]:
    for start in range(0, len(run), width):
        yield run[start : start + width]


def _capitalised(run: list[_Token]) -> Iterator[list[_Token]]:
    stretch: list[_Token] = []
    for token in [*run, ("\n", -1)]:
        if token[0][0].isupper() and len(stretch) < LONGEST:
            stretch.append(token)
            continue
        if stretch:
            yield stretch
        stretch = []


def _tokeniser(language: str) -> Callable[[str], list[str]]:
    if language == "zh":
        return _chinese
    if language == "ko":
        return lambda text: [_PARTICLE.sub("", token) for token in _WORD.findall(text)]
    if language in _ELIDING:
        return lambda text: [_ELISION.sub("", token) for token in _WORD.findall(text)]
    return _WORD.findall


def _chinese(text: str) -> list[str]:
    out: list[str] = []
    for token in _WORD.findall(text):
        if _HAN_RUN.match(token):
            out.extend(segment(token, _frequencies("zh")))
        else:
            out.append(token)
    return out


def _guessed_stop_words(tokens: list[str]) -> frozenset[str]:
    """The most repeated short lower-case words: in running text of any language these are its grammar."""
    counts = Counter(t for t in tokens if t[0].isalpha() and len(t) <= 4 and not t[0].isupper())
    return frozenset(word for word, count in counts.most_common(_GUESSED_STOP_WORDS) if count > 1)


@lru_cache(maxsize=16)
def _frequencies(language: str) -> dict[str, float]:
    if language not in available_languages("best"):  # asked anyway, wordfreq answers with the "nearest" language
        return {}
    found: dict[str, float] = get_frequency_dict(language, "best")
    return found
