"""The tokenizer for terms: the words that represent a text's content, in every script.

    [t.text for t in terms("Tokyo's chips: 新しい半導体を東京で開発")]  ->  ["tokyo", "chip", "半導体", "東京", "開発"]
    words("新しい半導体")                                             ->  ["半導", "導体"]

There are two views of a text, because two kinds of callers treat Japanese differently:

* ``terms`` and ``phrases`` are for people to read (topic labels). Japanese is analysed, and only nouns are kept.
* ``words`` and ``names`` are for similarities (TF-IDF of stories). They need no analyser: katakana runs and pairs of
  kanji distinguish two Japanese texts as well as nouns do, in a tenth of the time.

Stop words are passed as one set (``stopwords.stop_words(language)`` and an operator's own). Callers count and weight.
"""

import re
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from alt_pipelines.text.korean import Morpheme as KoreanMorpheme
from alt_pipelines.text.korean import korean, whole_words
from alt_pipelines.text.morphemes import Morpheme, morphemes
from alt_pipelines.text.normal import nfkc
from alt_pipelines.text.scripts import CJK, HAN, HANGUL, HIRAGANA, INDIC, KATAKANA, UNSPACED, has_kana
from alt_pipelines.text.segmentation import chinese, language_of_unspaced, unspaced
from alt_pipelines.text.sentences import replace_addresses
from alt_pipelines.text.stems import stem
from alt_pipelines.text.stopwords import WEB

LONGEST = 40  # a longer "word" is a key, a path or a row of symbols

# Marks on letters, which Python's \w does not match, and what joins the parts of a word: joiners, hyphens.
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u200c\u200d\u00ad"
_JOINTS = "'’._\u05f3\u05f4\u2010\u2011-"
_EDGES = "'’.,-_\u2010\u2011\u200c\u200d\u00ad"
# Vowel points and joiners, which one word may have in one place and lack in another.
_UNWRITTEN = re.compile("[\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u200c\u200d\u00ad]")
_NO_SPACED = f"{HIRAGANA}{KATAKANA}{HAN}{UNSPACED}"
_SPACED = f"[^\\W_{_NO_SPACED}](?:[^\\W_{_NO_SPACED}]|[{INDIC}{_MARKS}{_JOINTS}])*"
_TOKEN = re.compile(f"{_SPACED}|[{KATAKANA}]{{2,}}|[{HAN}]+|[{UNSPACED}]+")
_STRETCH = re.compile(f"{_SPACED}|[{HIRAGANA}{KATAKANA}{HAN}]+|[{UNSPACED}]+")
_UNSPACED_STRETCH = re.compile(f"[{UNSPACED}]")
_JOINED = re.compile(f"{CJK.pattern}|[{UNSPACED}]")
_NOUN_PREFIXES = frozenset({"การ", "ความ", "ผู้", "นัก", "ชาว", "ການ", "ຄວາມ", "ຜູ້", "ນັກ", "ຊາວ"})
_UNSPACED_WORD = 3  # characters, vowels and marks counted
_NUMBER = re.compile(r"[\d,.:/-]+(?:st|nd|rd|th|s|[x%°])?")
_CODE = re.compile(  # camelCaseNames, snake_case, hashes
    r"\w{0,60}(?:[a-z]{2}[A-Z]\w{0,60}[A-Z_]|\w_\w|\d[a-f]{1,9}\d[a-f\d]{5})\w*+"
)
_HANGUL = re.compile(f"[{HANGUL}]")
_KOREAN_NOUNS = frozenset({"NNG", "NNP", "SL", "XPN", "XSN", "XR"})
_PLACE_UNITS = frozenset("도시군구읍면동리")  # Korean administrative units, from province to village
_CHINESE_NOUNS = ("n", "vn", "an", "j", "l", "i")
_NAME, _COUNTER = "固有名詞", "助数詞可能"
_SUFFIX_KINDS = frozenset({"名詞的", "形状詞的"})
_END = Morpheme("", "", "", "")


class Term(NamedTuple):
    """A content word. ``text`` is counted and compared, ``surface`` is the word as written.

    ``name`` marks proper nouns, katakana and capitalised words. ``follows``: only white space separates this term from
    the previous one (in Japanese, not even a particle), so the two may form a phrase.
    """

    text: str
    surface: str
    name: bool
    follows: bool


def terms(text: str, stop: Set[str] = frozenset(), language: str | None = None) -> list[Term]:
    """Return the content words in reading order. Numbers, addresses, web and code words and ``stop`` are left out.

    Words that are left out end a phrase. Hangul is read by the Korean analyser. ``language`` decides how Chinese
    characters are read: "ja" by the Japanese analyser, "zh" by the segmenter, any other as pairs of characters; None
    chooses the Japanese analyser if the text has kana.
    """
    text = replace_addresses(nfkc(text), url=" , ", mail=" , ")
    if language is None and has_kana(text):
        language = "ja"
    found: list[Term] = []
    end = -1  # where the last kept term ended
    for surface, start, name in _tokens(text, language):
        folded = fold(surface)
        if not _says_something(folded, surface, stop):
            continue
        apart = () if _UNSPACED_STRETCH.match(surface) else (" ", "\t")  # a space ends a clause of Thai
        follows = bool(found) and (end == start or text[end:start] in apart)
        found.append(Term(folded, surface, name, follows))
        end = start + len(surface)
    return found


def phrases(found: Sequence[Term], longest: int = 2) -> list[tuple[str, str]]:
    """Return (text, surface) of each run of up to ``longest`` terms; CJK and Thai are joined without spaces."""
    out = []
    for first in range(len(found)):
        text, surface = found[first].text, found[first].surface
        out.append((text, surface))
        for term in found[first + 1 : first + longest]:
            if not term.follows:
                break
            joint = "" if _JOINED.match(text[-1]) or _JOINED.match(term.text[0]) else " "
            text, surface = text + joint + term.text, surface + joint + term.surface
            out.append((text, surface))
    return out


def words(text: str, stop: Set[str] = frozenset(), language: str = "") -> list[str]:
    """Return the units for comparing texts: folded words, numbers, katakana runs, pairs of kanji. Needs no analyser.

    With a ``language``, words are reduced to their stems.
    """
    out = []
    for token in _TOKEN.findall(text):
        if token[0] > "\u2e7f" and CJK.match(token):
            if re.match(f"[{KATAKANA}]", token):
                out.append(token)
            else:
                out += [token[i : i + 2] for i in range(len(token) - 1)]
        elif len(word := fold(token)) > 1 and word not in stop:
            out.append(stem(word, language) if language else word)
    return out


def names(text: str, stop: Set[str] = frozenset(), language: str = "") -> list[str]:
    """Return the identifying words: capitalised words, numbers, katakana runs and whole kanji runs, folded.

    With a ``language``, words are reduced to their stems.
    """
    out = []
    for token in _TOKEN.findall(text):
        if token[0].isupper() or token[0].isdigit() or CJK.match(token):
            word = _bare(token)
            if len(word) > 1 and word not in stop:
                out.append(stem(word, language) if language else word)
    return out


@lru_cache(maxsize=1 << 15)  # a genre run asks for each word about ten times
def fold(word: str) -> str:
    """Return the form under which a term is counted: lower case, without the English possessive and plural s."""
    word = _bare(word)
    if len(word) > 4 and word[-1] == "s" and word.isascii() and word[-2] != "s" and word[0].isalpha():
        return word[:-1]
    return word


@lru_cache(maxsize=1 << 15)
def _bare(word: str) -> str:
    word = word.lower().strip(_EDGES)
    if not word.isascii():
        word = _UNWRITTEN.sub("", word).replace("\u2010", "-").replace("\u2011", "-")
    return word[:-2] if word.endswith(("'s", "’s")) else word


def _says_something(folded: str, surface: str, stop: Set[str]) -> bool:
    bare = _bare(surface)
    if folded in stop or bare in stop or folded in WEB or bare in WEB:
        return False
    if not 1 < len(folded) <= LONGEST:
        return len(folded) == 1 and bool(CJK.match(folded)) and not has_kana(folded)
    return not _is_number_or_code(surface, bare)


@lru_cache(maxsize=1 << 15)
def _is_number_or_code(surface: str, bare: str) -> bool:
    return _NUMBER.fullmatch(bare) is not None or _CODE.fullmatch(surface) is not None


def _tokens(text: str, language: str | None) -> Iterator[tuple[str, int, bool]]:
    """Yield (surface, start, is a name) of every candidate term."""
    if language == "ko" or (language is None and _HANGUL.search(text)):
        yield from _korean_nouns(text)
        return
    for match in _STRETCH.finditer(text):
        stretch, start = match.group(), match.start()
        if stretch.isascii():
            yield stretch.rstrip(_EDGES), start, stretch[0].isupper()
        elif _UNSPACED_STRETCH.match(stretch):
            yield from _unspaced_words(stretch, start)
        elif not CJK.match(stretch):
            yield stretch.rstrip(_EDGES), start, stretch[0].isupper()
        elif language == "ja":
            # With a digit before it, the analyser reads 日 in "6日発表" as a counter and not as a part of 日発表.
            counted = start > 0 and text[start - 1].isdigit()
            nouns = _nouns(f"1{stretch}") if counted else _nouns(stretch)
            yield from ((s, start + at - counted, name) for s, at, name in nouns)
        elif language == "zh":
            yield from ((s, start + at, name) for s, at, name in _chinese_nouns(stretch))
        else:
            yield from _pairs(stretch, start)


def _unspaced_words(stretch: str, start: int) -> Iterator[tuple[str, int, bool]]:
    """Yield the words of Thai, Lao, Khmer or Burmese by ICU's dictionaries; words below 3 characters are dropped.

    A prefix that makes a noun of a word is one word with it: ผู้โดยสาร (passenger), of โดยสาร (to ride).
    """
    at, prefix = start, ""
    for word in unspaced(stretch, language_of_unspaced(stretch)):
        word = prefix + word
        prefix = word if word in _NOUN_PREFIXES else ""
        if prefix:
            continue
        if len(word) >= _UNSPACED_WORD:
            yield word, at, False
        at += len(word)


def _korean_nouns(text: str) -> Iterator[tuple[str, int, bool]]:
    """Yield the nouns of a Korean text; those of one written word are one term, without its particles."""
    run: list[KoreanMorpheme] = []
    for line_start, line in _lines(text):
        for morpheme in [*whole_words(line, korean(line)), KoreanMorpheme("", -1, "")]:
            end = run[-1].end if run else morpheme.start
            noun = morpheme.pos in _KOREAN_NOUNS and not (morpheme.pos == "XSN" and morpheme.surface == "들")
            noun = noun or (bool(run) and run[-1].pos == "NNP" and _is_place_unit(morpheme))
            if run and (morpheme.start != end or not noun):
                name = any(m.pos == "NNP" or m.surface[0].isupper() for m in run)
                yield line[run[0].start : end], line_start + run[0].start, name
                run = []
            if noun and (run or morpheme.pos != "XSN"):
                run.append(morpheme)


def _is_place_unit(morpheme: KoreanMorpheme) -> bool:
    """Whether a morpheme may be the kind of place after a name that the dictionary lacks: 군 of 서령군 (a county)."""
    return morpheme.pos == "NNB" and morpheme.surface in _PLACE_UNITS


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def _chinese_nouns(stretch: str) -> Iterator[tuple[str, int, bool]]:
    """Yield the Chinese nouns of a stretch by jieba's parts of speech; one of one character joins that before it."""
    found: list[tuple[str, int, bool]] = []
    for word in chinese(stretch):
        noun = word.pos.startswith(_CHINESE_NOUNS)
        if noun and len(word.surface) > 1:
            found.append((word.surface, word.start, word.pos.startswith(("nr", "ns", "nt", "nz"))))
        elif noun and found and found[-1][1] + len(found[-1][0]) == word.start:
            found[-1] = (found[-1][0] + word.surface, *found[-1][1:])
    yield from found


def _pairs(stretch: str, start: int) -> Iterator[tuple[str, int, bool]]:
    for match in re.finditer(f"[{KATAKANA}]{{2,}}|[{HAN}]{{2,}}", stretch):
        run, at = match.group(), start + match.start()
        if len(run) <= 3 or re.match(f"[{KATAKANA}]", run):
            yield run, at, False
        else:
            yield from ((run[i : i + 2], at + i, False) for i in range(len(run) - 1))


def _nouns(stretch: str) -> Iterator[tuple[str, int, bool]]:
    """Yield nouns as (surface, position, is a name), without numerals and counters.

    Prefixes, suffixes and nouns of one character join the noun beside them: 新幹線, 東京都, 半導体.
    """
    run: list[Morpheme] = []
    complete = False  # whether the run contains a full noun, so that another one starts a new run
    at = start = 0
    for morpheme in [*morphemes(stretch), _END]:
        kind = _kind(morpheme)
        if morpheme.pos3 == _COUNTER and run and run[-1].pos2 == _NAME:
            kind = "suffix"  # 鶴見台: a name is not counted
        # ソフトバンク + モバイル is one name: only the dictionary splits a katakana run.
        katakana = bool(run) and _all_katakana(run[-1].surface) and _all_katakana(morpheme.surface)
        joins = kind in ("suffix", "short") or (kind == "noun" and (not complete or katakana))
        if run and not joins:
            if complete or any(_kind(m) == "short" for m in run):
                surface = "".join(m.surface for m in run)
                yield surface, start, any(m.pos2 == _NAME for m in run) or _all_katakana(surface)
            run, complete = [], False
        if kind in ("noun", "short", "prefix") or (kind == "suffix" and run):
            start = start if run else at
            run.append(morpheme)
            complete = complete or kind == "noun"
        at += len(morpheme.surface)


def _kind(morpheme: Morpheme) -> str:
    if morpheme.pos1 == "記号" and _all_katakana(morpheme.surface):
        return "short"  # a letter of a name that the dictionary lacks
    if morpheme.surface == "期":
        return "suffix"  # 四半期, not a counter
    if morpheme.pos1 in ("名詞", "形状詞") and morpheme.pos2 not in ("数詞", "助動詞語幹"):
        if len(morpheme.surface) > 1:
            stem = morpheme.pos1 == "形状詞" or morpheme.pos3 == "副詞可能"  # 早急(に), 当時: not a noun on its own
            return "prefix" if stem else "noun"
        return "" if morpheme.pos3 == _COUNTER else "short"
    if morpheme.pos1 == "接頭辞":
        return "prefix"
    if morpheme.pos1 == "接尾辞" and morpheme.pos2 in _SUFFIX_KINDS and morpheme.pos3 != "助数詞":
        return "suffix"
    return ""


def _all_katakana(surface: str) -> bool:
    return re.fullmatch(f"[{KATAKANA}]+", surface) is not None
