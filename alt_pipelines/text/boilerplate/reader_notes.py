"""Removes sentences in which a site addresses its reader: subscriptions, consent, sharing, rights.

    without_reader_notes("Fares rise. Subscribe to our newsletter.", frozenset())  ->  "Fares rise."

A sentence is a note if its share of words from ``service_words`` is large enough. One such word in a longer sentence is
not sufficient.
"""

import re
from collections.abc import Set

from alt_pipelines.text.boilerplate.service_words import (
    ADDRESSING,
    ALONE,
    FUNCTION,
    READER,
    REPORTED,
    RIGHTS,
    STRONG,
    UNSPACED,
    UNSPACED_SIGN,
    WEAK,
)
from alt_pipelines.text.sentences import split_line
from alt_pipelines.text.stopwords import word_set

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*+")
_SERVICE_SHARE = 0.45  # minimum share of service words in a note, function words not counted
_STRONG_SHARE = 0.2  # the same with two or more strong words
_ONE_STRONG_SHARE = 0.5  # the same in a sentence with a full stop and at most one strong word
_OWN_TOPIC_SHARE = 0.7  # the same in an article about such a service
_UNSPACED_SHARE = 0.3  # minimum share of matched characters in a sentence of a script without spaces
_ENDS = frozenset(".!?")
_THANKS = "ありがとうございま"
# What people do with such services too.
_VERBS = word_set(
    """
    accept accepts acepta aceptan accetta share shares sharing tweet tweets subscribe unsubscribe teilen delen
    abonnieren follow read post
    """
)
_EDGE = 200  # characters examined at either end of a line in a script without spaces
_LONGEST_NOTE = 240  # maximum length of a note with weak words only, in characters
_STRONG_FORMS, _WEAK_FORMS = (  # as split at white space, with punctuation
    frozenset(word + mark for word in words for mark in ("", *".,:;!?)")) for words in (STRONG, WEAK)
)
_WITHIN_SHARE = 0.6  # minimum share at which a sentence is removed from a line that is otherwise kept
_BLOCK_SHARE = 0.5  # minimum share of a line's characters in notes at which the whole line is removed


def without_reader_notes(text: str, about: Set[str]) -> str:
    """Remove the sentences in which the site addresses its reader; "" if they make up half of the line or more."""
    if not text or not _may_be_service(text, about):
        return text
    sentences = split_line(text)
    shares = [_service_share(s, about) if _may_be_service(s, about) else 0.0 for s in sentences]
    service = sum(len(sentence) for sentence, share in zip(sentences, shares, strict=True) if share >= _SERVICE_SHARE)
    if service >= _BLOCK_SHARE * len(text):
        return ""
    kept = [s for s, share in zip(sentences, shares, strict=True) if share < _WITHIN_SHARE]
    return text if len(kept) == len(sentences) else "".join(kept).strip()


def _may_be_service(text: str, about: Set[str]) -> bool:
    """Whether to examine a line in detail: it contains a strong word, or it is short and mostly weak words."""
    if not text.isascii() and (UNSPACED_SIGN.search(text[:_EDGE]) or UNSPACED_SIGN.search(text[_EDGE:][-_EDGE:])):
        return True
    words = text.lower().split()
    if not _STRONG_FORMS.isdisjoint(words):
        return True
    if len(text) > _LONGEST_NOTE:
        return False
    weak = sum(map(_WEAK_FORMS.__contains__, words))
    return weak > 0 and weak >= _SERVICE_SHARE * (len(words) - sum(map(FUNCTION.__contains__, words)))


def _service_share(sentence: str, about: Set[str]) -> float:
    """Return how much of a sentence addresses the site's reader, 0..1; from `_SERVICE_SHARE` on, it is a note."""
    if not sentence.isascii() and _addresses(sentence):
        return 1.0
    low = sentence.lower()
    words = [word for word in WORD.findall(low) if word not in FUNCTION and len(word) > 1]
    opening = words[:2]
    readers = [word for word in words if word in READER]
    if len(readers) > 1:  # "you" counts once, however often a sentence says it
        words = [word for word in words if word not in READER] + list(dict.fromkeys(readers))
    strong = sum(word in STRONG and word not in about for word in words)
    weak = sum(word in WEAK and word not in about for word in words)
    if (not strong and not weak) or REPORTED.search(low):
        return 0.0
    share = (strong + weak) / len(words)
    if not about.isdisjoint(STRONG):  # about newsletters: a note consists of hardly anything else
        return share if share >= _OWN_TOPIC_SHARE else 0.0
    ends = sentence.rstrip()[-1:] in _ENDS
    if _tells(opening, readers, share, ends=ends):
        return 0.0
    if strong > 1 and share >= _STRONG_SHARE:
        return max(share, _WITHIN_SHARE if strong > 2 else _SERVICE_SHARE)
    if strong < 2 and share < _ONE_STRONG_SHARE and ends:
        return 0.0
    if strong or (weak > 3 and readers):
        return share
    alone = weak > 1 or not ALONE.isdisjoint(words) or sentence[-1:] in "…." or any(map(str.isdigit, sentence))
    return 1.0 if weak == len(words) and alone else 0.0


def _tells(opening: list[str], readers: list[str], share: float, *, ends: bool) -> bool:
    """Whether a sentence opens with a word of the article's own: "Pupils share the film on WhatsApp."."""
    if opening[0] in STRONG or opening[0] in WEAK:
        return False
    if share < _SERVICE_SHARE:
        return not readers
    return ends and share < _OWN_TOPIC_SHARE and opening[-1] in _VERBS


def _addresses(sentence: str) -> bool:
    """Whether a sentence in a script without spaces is a note; one that ends as a report does needs a form of address.

    Thanks alone are said by many.
    """
    if RIGHTS.fullmatch(sentence.strip()):
        return True
    found = UNSPACED.findall(sentence)
    if all(part.startswith(_THANKS) for part in found):
        return False
    if sum(map(len, found)) < _UNSPACED_SHARE * sum(map(str.isalnum, sentence)):
        return False
    return not sentence.rstrip("」』) ").endswith("。") or ADDRESSING.search(sentence) is not None
