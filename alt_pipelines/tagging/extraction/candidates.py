"""Candidate phrases of an article with their features: chooses the language module and checks each phrase's form.

    find_candidates("Oil spill off Alaska", "The tanker ...", "en")  ->  [Candidate(("oil", "spill"), "Oil spill", ...)]

If a short text has too few phrases, its content words become candidates too. ``features`` defines the features, and
``ranking`` weights them.
"""

import re
from collections.abc import Callable, Set
from functools import partial
from importlib import import_module
from typing import NamedTuple

from alt_pipelines.tagging.extraction.datelines import with_plain_dateline
from alt_pipelines.tagging.extraction.english import analysis as english
from alt_pipelines.tagging.extraction.english.noun_runs import LONGEST_NAME, LONGEST_PHRASE
from alt_pipelines.tagging.extraction.features import (
    LONGEST,
    LONGEST_SPACED_NAME,
    LONGEST_SYLLABLES,
    LONGEST_UNSPACED,
    Candidate,
    Document,
    Phrase,
    candidates,
)
from alt_pipelines.tagging.extraction.joined_names import with_joined_names
from alt_pipelines.tagging.extraction.known_names import is_known, with_known_names
from alt_pipelines.tagging.extraction.lacking import without_lacking
from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.plausible import plausible
from alt_pipelines.tagging.extraction.signed_names import with_signed_names
from alt_pipelines.tagging.extraction.words import frequencies
from alt_pipelines.text.normal import without_loose_joiners
from alt_pipelines.text.notation import without_notation
from alt_pipelines.text.references import without_references
from alt_pipelines.text.scripts import CJK, HAN, HIRAGANA, KATAKANA, UNSPACED
from alt_pipelines.text.sentences import replace_addresses
from alt_pipelines.text.stopwords import WEB, stop_words
from alt_pipelines.text.terms import terms
from alt_pipelines.text.tickers import without_tickers

MAX_WORDS = LONGEST_PHRASE  # of a spaced language
MAX_NAME = LONGEST_NAME
MAX_SPACED = 60  # characters
MAX_UNSPACED = LONGEST_UNSPACED  # characters of Japanese, Chinese and Korean
MAX_ALPHABETIC = 24  # characters of Thai and the other scripts without spaces that write sounds
SHORTEST_ARTICLE = 10  # characters of title and text together; a shorter one gets no tags, by the contract
_ENOUGH = 3  # phrases; an article with fewer also gets its content words as candidates

_UNSPACED_FORM = re.compile(f"[{UNSPACED}]")
_JAPANESE = HIRAGANA + KATAKANA + HAN
_SYMBOLS = re.compile(
    r"[<>{}|\\^~@*\[\]“”„«»「」『』【】〈〉。;!?…→←■●◆※★☆◎○△▲▼]"
    r"|(?<![a-z])_|_(?![a-z])"  # io_uring is a name
    r"|(?<![א-ת])\"|\"(?![א-ת])|(?<![ァ-ヴー])=|=(?![ァ-ヴー])"
    r"|//|\.\w+/|\w(?!(?-i:\.NET\b))\.(?:com|org|net|html?|jp|php)\b"
    r"|,(?! (?:\w+,? )*(?:&|and) \w)"  # Earth, Wind & Fire is a name
    # So are std::move, 1С:ERP, O157:H7 and 3:12-reglerna.
    r"|(?<!:)(?<!\b\d[^\W\d_]):(?!:)(?!(?<=\d:)(?:[A-Z]\d|\d{1,2}-))|(?<!\w)::|::(?!\w)"
    rf"|(?<![{_JAPANESE}])、|(?<=[一二三四五六七八九])、|、(?![{_JAPANESE}])"  # よるのはし、ふたり is a title
    r"|(?<!\b[A-Z])#|#(?=\w)"  # C# is a name
    # So are 401(k), enfermeiro(a) and Erzieher(in); other brackets are in no name.
    r"|(?<!\w)\(|(?<!\d)\((?!(?:as?|es?|in|innen)\))|\((?!(?:\w|as|es|in|innen)\))"
    r"|(?<!\(\w)(?<!\((?:as|es|in))(?<!\(innen)\)",
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"(?<=[A-Z]\d),(?=\d)|(?<=[A-Z]\d\d),(?=\d)")  # PM2,5 is a name
_LETTER = re.compile(r"[^\W\d_]")
_ROMAN = re.compile("[IVX]{2,}")  # siglo XVII: a numeral is not a topic
_GROUP = re.compile("[A-ZＡ-Ｚ](?:[组組조]|グループ)")  # of a tournament or a trial
_JOINERS = re.compile("[\u200c\u200d]")  # joiners between letters are part of a word
_LOOSE_JOINER = re.compile(r"(?:^|\s)[\u200c\u200d]|[\u200c\u200d](?:\s|$)")


class _Path(NamedTuple):
    """How one language is read: its analysis, the rarity of its words, and the separator of a phrase's words."""

    analyse: Callable[[str, str], Document]
    rarity: Callable[[str], float]
    joiner: str


def find_candidates(title: str, text: str, language: str, labels: Set[str] = frozenset()) -> list[Candidate]:
    """Return the distinct phrases fit to be a tag, in order of first occurrence. ``title`` and ``text`` must be clean.

    ``labels``: case-folded words that name parts of the article (``CleanText.labels``); they are not tags.
    Every phrase of several words occurs literally in the title or text, up to case.
    """
    title, text = map(_without_notation, (title, text))
    if len(title) + len(text) < SHORTEST_ARTICLE:
        return []
    path = _path(language)
    text = with_plain_dateline(title, text, language)
    whole = f"{title}\n{text}".casefold()
    known = partial(with_known_names, title=title, text=text, language=language, joiner=path.joiner)
    document = known(path.analyse(title, text))
    if path.joiner or language_of(language).reader in ("spaced", "inflected"):
        document = with_joined_names(document, title, text, language, path.joiner)
    if not path.joiner:
        document = with_signed_names(document, title, text)
    found = _presentable(document, path, language, whole)
    if len({c.form.casefold() for c in found}) < _ENOUGH:
        found = _presentable(known(_with_words(document, title, text, language)), path, language, whole)
    if labels:
        found = [c for c in found if c.form.casefold() not in labels]
    return without_lacking(found, title, text, language)


def _without_notation(text: str) -> str:
    plain = without_notation(replace_addresses(text, url=" ", mail=" "))
    return without_loose_joiners(without_tickers(without_references(plain)))


def presentable(form: str, longest: int = MAX_WORDS) -> bool:
    """Whether a phrase's form is fit for a tag: length, plausible words, printable, no address, markup or code."""
    plain = _DECIMAL.sub(".", form) if "," in form else form
    if not plain.replace(" ", "").isalnum() and _SYMBOLS.search(plain):
        return False
    if form.lower() in WEB or (form[:1] in "IVX" and _ROMAN.fullmatch(form)):
        return False
    if not form[:1].isalpha() and not _LETTER.search(form):
        return False
    if not plausible(form):
        return False
    if not form.isprintable() and not _JOINERS.sub("", form).isprintable():  # for instance, an unassigned code point
        return False
    if not form.isascii():
        if _LOOSE_JOINER.search(form):
            return False
        if _GROUP.fullmatch(form):
            return False
        if CJK.search(form):
            return 2 <= len(form) <= MAX_UNSPACED
        if _UNSPACED_FORM.search(form):
            return 2 <= len(form) <= MAX_ALPHABETIC
    words = form.split(" ")
    return 2 <= len(form) <= MAX_SPACED and (len(words) <= longest or _is_name(words))


def _is_name(words: list[str]) -> bool:
    """Whether the words form a name, which may be longer than a phrase: Bank for International Settlements."""
    content = sum(not word.islower() for word in words)
    return (
        content <= MAX_NAME
        and len(words) <= LONGEST_SPACED_NAME
        and not words[0].islower()  # iPhone 15 Pro Max
        and not words[-1][0].islower()
    )


def _path(language: str) -> _Path:
    """Return the path of the language's reader; the module is imported on first use."""
    reader = language_of(language).reader
    module = import_module(f"{__package__}.{reader}.analysis")
    return _Path(
        partial(module.analyse, language=language),
        getattr(module, "rarity", None) or partial(frequencies.rarity, language=language),
        " " if reader == "english" else "",
    )


def _presentable(document: Document, path: _Path, language: str, whole: str) -> list[Candidate]:
    row = language_of(language)
    spaced = row.reader in ("spaced", "inflected")
    longest = MAX_NAME if spaced else MAX_WORDS
    if spaced and row.lone_letters:
        longest = LONGEST_SYLLABLES
    elif spaced and row.of:
        longest = LONGEST_SPACED_NAME  # small words count
    found = candidates(document, path.rarity, path.joiner, max(longest, LONGEST))
    return [
        c
        for c in found
        if (presentable(c.form, longest) and (len(c.stems) == 1 or c.form.casefold() in whole))
        or is_known(c.form, language)
    ]


def _with_words(document: Document, title: str, text: str, language: str) -> Document:
    """Return the document with its content words added as phrases; a headline in capitals may have no others."""
    row = language_of(language)
    reader = row.reader
    empty = stop_words(language) | row.calendar | row.weekdays | row.weak
    extra: list[Phrase] = []
    if reader == "english":
        extra = english.nouns(title, text)
    elif reader != "japanese" and not row.lone_letters:
        for phrase in document.phrases:
            if len(phrase.words) > 1:
                pairs = zip(map(str.strip, phrase.words), phrase.stems, strict=True)
                extra += [
                    Phrase((word,), (stem,), phrase.start)
                    for word, stem in pairs
                    if len(word) > 1 and word.casefold() not in empty
                ]
    if not extra and not (document.phrases and (row.lone_letters or reader in ("chinese", "korean", "unspaced"))):
        words = terms(f"{title}\n{text}", empty, language)
        extra = [Phrase((t.surface,), (t.text,), min(i, document.tokens)) for i, t in enumerate(words)]
    return document._replace(phrases=[*document.phrases, *extra], tokens=max(document.tokens, 1))
