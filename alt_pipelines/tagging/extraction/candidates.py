"""All candidate phrases of an article with their features: the language's own path, then what any tag must look like.

    find_candidates("Oil spill off Alaska", "The tanker ...", "en")  ->  [Candidate(("oil", "spill"), "Oil spill", ...)]

Here: the choice of path, the checks of form, and the words that stand in when a short text holds too few phrases. Not
here: what a feature is (``features``) or is worth (``ranking``).
"""

import re
from functools import partial

from alt_pipelines.tagging.extraction import english, generic, japanese
from alt_pipelines.tagging.extraction.features import Candidate, Document, Phrase, candidates
from alt_pipelines.text.scripts import CJK, UNSPACED
from alt_pipelines.text.sentences import replace_addresses
from alt_pipelines.text.stopwords import WEB, stop_words
from alt_pipelines.text.terms import terms

MAX_WORDS = english.LONGEST_PHRASE  # of a spaced language
MAX_SPACED = 60  # characters
MAX_UNSPACED = 15  # characters of Japanese and of the other scripts without spaces
_ENOUGH = 3  # phrases; an article with fewer is given its content words as well

_UNSPACED_FORM = re.compile(f"{CJK.pattern}|[{UNSPACED}]")
_SYMBOLS = re.compile(
    r"[<>{}|\\^~@#*=_\[\]()\"“”„«»「」『』【】〈〉、。,:;!?…→←■●◆※★☆◎○△▲▼]|//|\.\w+/|\w\.(?:com|org|net|html?|jp|php)\b",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_LONE_NAME = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")


def find_candidates(title: str, text: str, language: str) -> list[Candidate]:
    """Distinct phrases fit to be a tag, in order of first occurrence. ``title`` and ``text`` must be clean."""
    title, text = (replace_addresses(part, url=" ", mail=" ") for part in (title, text))
    document = _analyse(title, text, language)
    found = _presentable(document, language)
    if len({c.form.casefold() for c in found}) < _ENOUGH:
        found = _presentable(_with_words(document, title, text, language), language)
    return found


def presentable(form: str) -> bool:
    """Whether a phrase can stand as a tag by its looks: length, letters, printable, no address, markup or code."""
    if _SYMBOLS.search(form) or not _LETTER.search(form) or form.lower() in WEB:
        return False
    if not form.isprintable():  # a character that Unicode has not assigned, for instance
        return False
    if _UNSPACED_FORM.search(form):
        return 2 <= len(form) <= MAX_UNSPACED
    return 2 <= len(form) <= MAX_SPACED and len(form.split(" ")) <= MAX_WORDS


def _presentable(document: Document, language: str) -> list[Candidate]:
    if language == "ja":
        found = candidates(document, japanese.rarity, joiner="")
    elif language == "en":
        found = candidates(document, english.rarity)
    else:
        rarity = partial(generic.rarity, language=language)
        found = candidates(document, rarity, joiner=generic.joiner(language))
    return [c for c in found if presentable(c.form)]


def _analyse(title: str, text: str, language: str) -> Document:
    if language == "ja":
        return japanese.analyse(title, text)
    if language == "en":
        return english.analyse(title, text)
    return generic.analyse(title, text, language)


def _with_words(document: Document, title: str, text: str, language: str) -> Document:
    """The document with its content words as phrases of their own; a headline in capitals may have no others."""
    words = terms(f"{title}\n{text}", stop_words(language), language)
    extra = [Phrase((t.surface,), (t.text,), min(i, document.tokens)) for i, t in enumerate(words)]
    return document._replace(phrases=[*document.phrases, *extra], tokens=max(document.tokens, 1))
