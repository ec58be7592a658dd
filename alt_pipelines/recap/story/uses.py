"""Filter the uses of terms that count for a topic: drop units of numbers, words of time, markup and cited sources.

    counted_terms("NHKによると、8日14時20分ごろ北浜県南部で地震があった。")  ->  北浜県南部, 地震

A story is about neither its newspaper nor the "分ごろ" of a time, the "61m" of an amount or the "hour" of a speed. Only
the text beside a term decides; there is no list of names. `text.terms` defines terms.
"""

import re
from collections.abc import Set

from alt_pipelines.recap.story.closed_words import ClosedWords, closed_words
from alt_pipelines.text.normal import nfkc
from alt_pipelines.text.numerals import ends_in_numeral, has_numeral, is_numeral
from alt_pipelines.text.scripts import CJK
from alt_pipelines.text.terms import Term, fold, terms

_DIGIT = re.compile(r"[0-9]")
_AFTER_NUMBER = re.compile(r"[0-9][%,.]? ?$")
_MEASURE = re.compile(r"[0-9][0-9.,]{0,20}(?:[a-zµ]{1,3}|[bkm]n|[km]ph)")  # 61m, 2.4bn, 90km; 5G and 4K are names
_AFTER_CURRENCY = re.compile(r"[$€£¥₩₹₽₺฿¢] ?$")
# After "1.2 billion": the "million" of digits alone also counts people and cars, which a story may be about.
_AFTER_SCALE = re.compile(r"[0-9] ?(?:hundred|thousand|million|billion|trillion|[mb]n) $", re.IGNORECASE)
_MONEY = re.compile(
    r"euros?|dollars?|pounds?|yen|yuan|won|rupees?|rubles?|roubles?|pesos?|francs?|liras?|zlotys?|kron[ae]r?|crowns?"
    r"|dirhams?|riyals?|shekels?|bahts?|reais|cents?|pence",
    re.IGNORECASE,
)
_ENDING = re.compile(r"([^\W\d_][\w.-]{1,38})['’][^\W\d_A-Z]{1,8}")  # İstanbul'da
_PER = re.compile(r"[0-9][0-9.,]{0,20} [^\W\d]{1,20} (?:an?|per) $")  # 130 kilometres an hour
_CITED_BEFORE = re.compile(r"\b(?:according to|reported by|citing) (?:the )?$", re.IGNORECASE)
_CITES = re.compile(r"according to|reported by|citing|よ[るれ]|報じ|伝えて", re.IGNORECASE)
_CITED_AFTER = re.compile(
    r"(?:など|電子版|紙)?(?:に|の[^\s、。]{1,8}に)よ(?:る|れば|ると)|(?:など)?(?:は|が)[^。]{0,200}と(?:報じ|伝えて)"
)
_TIME_ZONE = re.compile(r"(?:UTC|GMT|[ECMP][SD]T|CES?T|AES?T|JST|KST|IST|BST)(?:[+-]\d{1,2}(?::\d\d)?)?")
_TEMPLATE = re.compile(r"(?:\{\{|\[\[)[^{}\[\]]{0,20}$")
_DATELINE = re.compile(r"(?=[^ ]{3})[A-ZÀ-Þ][A-ZÀ-Þ.,'’/ ]{1,40}(?:\([^()]{2,24}\) ?)?[—–-] ")  # "LIMA (Reuters) - "
_WINDOW = 40  # characters before a term that are searched


def counted_terms(sentence: str, stop: Set[str], language: str | None) -> list[Term]:
    """Return the terms of a sentence, as `text.terms.terms` gives them, that count for a topic."""
    text = nfkc(sentence)
    closed = closed_words(language or "")
    kept: list[Term] = []
    position = 0
    dropped = cited = False
    cites = _CITES.search(text) is not None  # most sentences do not
    counts, spells = _DIGIT.search(text) is not None, has_numeral(text)
    dateline = _DATELINE.match(text)
    text_begins = dateline.end() if dateline else 0
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
            cited
            or at < text_begins
            or _TIME_ZONE.fullmatch(term.surface) is not None
            or (counts and _MONEY.fullmatch(term.surface) is not None and _AFTER_SCALE.search(before) is not None)
            or (counts and (_is_amount(term, before) or (_belongs_to_digits(before) and _may_be_counted(term))))
            or (spells and (is_numeral(term.surface) or (ends_in_numeral(before) and _may_be_counted(term))))
            or (template and _TEMPLATE.search(before) is not None)
            or _is_closed(term, closed, first=at == 0)
        )
        if not dropped:
            ending = _ENDING.fullmatch(term.surface) if closed.suffixes else None
            if ending:  # the next word does not follow the bare name
                term, dropped = term._replace(text=fold(ending[1]), surface=ending[1]), True
            kept.append(term._replace(follows=follows))
    return kept


def _is_closed(term: Term, closed: ClosedWords, *, first: bool) -> bool:
    """Whether a term is a word of time, or a word without a topic that is not written as a name."""
    forms = {term.text, term.surface.lower()}
    if not forms.isdisjoint(closed.calendar):
        return True
    is_name = term.name and not first and not closed.noun_capitals and not CJK.match(term.surface)
    return not is_name and not forms.isdisjoint(closed.weak)


def _is_amount(term: Term, before: str) -> bool:
    """Whether a term is an amount or a measure itself: "61m", or "3M" after a currency sign."""
    if not term.surface[0].isdigit():
        return False
    return _MEASURE.fullmatch(term.surface) is not None or _AFTER_CURRENCY.search(before[-2:]) is not None


def _belongs_to_digits(before: str) -> bool:
    """Whether a term after this text is a unit of a number."""
    return _AFTER_NUMBER.search(before[-3:]) is not None or _PER.search(before) is not None


def _may_be_counted(term: Term) -> bool:
    """Whether a term after a number may be what is counted; "Olympics" after "2026" is not."""
    return not term.name or CJK.match(term.surface) is not None


def _is_cited(before: str, after: str) -> bool:
    return _CITED_BEFORE.search(before) is not None or _CITED_AFTER.match(after) is not None
