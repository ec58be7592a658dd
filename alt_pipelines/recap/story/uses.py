"""Filter the uses of terms that count for a topic: drop units of numbers, time zones, markup and cited sources.

    counted_terms("NHKによると、8日14時20分ごろ北浜県南部で地震があった。")  ->  北浜県南部, 地震

A story is about neither its newspaper nor the "分ごろ" of a time. Only the text beside a term decides; there is no list
of names. `text.terms` defines terms.
"""

import re
from collections.abc import Set

from alt_pipelines.text.normal import nfkc
from alt_pipelines.text.scripts import CJK
from alt_pipelines.text.terms import Term, terms

_AFTER_NUMBER = re.compile(r"[0-9][%,.]? ?$")
_CITED_BEFORE = re.compile(r"\b(?:according to|reported by|citing) (?:the )?$", re.IGNORECASE)
_CITES = re.compile(r"according to|reported by|citing|よ[るれ]|報じ|伝えて", re.IGNORECASE)
_CITED_AFTER = re.compile(
    r"(?:など|電子版|紙)?(?:に|の[^\s、。]{1,8}に)よ(?:る|れば|ると)|(?:など)?(?:は|が)[^。]{0,200}と(?:報じ|伝えて)"
)
_TIME_ZONE = re.compile(r"(?:UTC|GMT|[ECMP][SD]T|CES?T|AES?T|JST|KST|IST|BST)(?:[+-]\d{1,2}(?::\d\d)?)?")
_DIGIT = re.compile(r"[0-9]")
_TEMPLATE = re.compile(r"(?:\{\{|\[\[)[^{}\[\]]{0,20}$")
_WINDOW = 40  # characters before a term that are searched


def counted_terms(sentence: str, stop: Set[str], language: str | None) -> list[Term]:
    """Return the terms of a sentence, as `text.terms.terms` gives them, that count for a topic."""
    text = nfkc(sentence)
    kept: list[Term] = []
    position = 0
    dropped = cited = False
    cites, counts = _CITES.search(text) is not None, _DIGIT.search(text) is not None  # most sentences do neither
    template = "{{" in text or "[[" in text
    for term in terms(sentence, stop, language):
        at = text.find(term.surface, position)
        if at < 0:  # an address was replaced, so the term has no position in the text
            kept.append(term)
            continue
        position = at + len(term.surface)
        before = text[max(0, at - _WINDOW) : at]
        cited = (cited and term.follows and term.name) or (cites and _is_cited(before, text[position : position + 250]))
        follows = term.follows and not dropped
        dropped = (
            cited or _is_unit(term, before if counts else "") or (template and _TEMPLATE.search(before) is not None)
        )
        if not dropped:
            kept.append(term._replace(follows=follows))
    return kept


def _is_unit(term: Term, before: str) -> bool:
    """Whether a term is a time zone or belongs to the number before it; "Olympics" does not belong to "2026"."""
    if _TIME_ZONE.fullmatch(term.surface):
        return True
    return _AFTER_NUMBER.search(before[-3:]) is not None and (not term.name or CJK.match(term.surface) is not None)


def _is_cited(before: str, after: str) -> bool:
    return _CITED_BEFORE.search(before) is not None or _CITED_AFTER.match(after) is not None
