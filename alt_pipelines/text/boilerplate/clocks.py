"""Removes the clock times with which the entries of a live blog begin, and the labels of entries.

    lines = ["16:42 Key event", "Polls close.", "16:20", "Rain.", "15:55 Key event", "Polls open."]
    without_clocks(["16:42 Key event", "Polls close.", "15:55 Key event", "Polls open."], lines)
        ->  ["Polls close.", "Polls open."]

At least three lines begin so, their times go on in one direction, over midnight too, and most entries are sentences: a
programme has names behind its times, which are better known as names there. A label is the same few words behind
several times, each with its text below; the topic of entries is kept. Amounts, results and verses are no times. Times
are removed last, because they
tell entries from a page's own lines.
Out of scope: lines with nothing but a time (``removal``), and chapters of recordings (``field_labels``).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from alt_pipelines.text.sentences import SENTENCE_ENDS
from alt_pipelines.text.stopwords import word_set

_TIME = r"(?:[01]?\d|2[0-3])(?:[:.][0-5]\d(?::[0-5]\d)?|[hH][0-5]\d|h\b|[時时点點][0-5]\d分?)(?![\d.,:%]*\d)"
_ZONE = r"(?:GMT|UTC|BST|CES?T|EES?T|[ECMP][SD]?T|MSK|МСК|мск|WIB|IST|JST|KST|Uhr|uur|h)\b"
_CLOCK = re.compile(
    rf"(?:(?:kl\.?|klo|godz\.) ?)?{_TIME}(?: ?[–-] ?{_TIME})?(?: ?[AaPp]\.? ?[Mm]\b\.?)?(?: ?{_ZONE})?"
    r"(?: ?[-–—:|,·] ?| |$)"
)
# Hours of one digit without a mark of a time of day, as verses, results and prices have.
_SHORT = re.compile(r"\d[:.]\d\d(?::\d\d)? ?h?\W*")
# What numbers count: money, large numbers, durations, measures.
_UNITS = word_set(
    """
    euro euros eur usd gbp chf sek nok dkk czk pln huf ron uah jpy inr dollar dollars dólares dollari dolarů
    pound pounds cent cents centimes franken francs kronor kronen kroner kr zł złotych korun kč forint ft lev лв
    руб рублей рубля грн гривень lira tl rupees rs reais pesos yen
    mio mrd mln mld tsd mill million millions millionen milliarden billion billions millón millones milhão milhões
    milione milioni miliardi miljoen miljard miljoner miljarder millioner milliarder milionů milionów млн млрд тыс
    миллиона миллионов миллиарда мільйона мільйонів milyon milyar crore lakh juta ribu triệu tỷ مليون مليار
    hours hour hrs minutes minute min mins seconds sec stunden stunde std minuten sekunden sek heures heure
    minutos segundos horas hora minuti secondi timmar timer tunteja tuntia minuuttia godzin godziny hodin hodiny minut
    minuty sekund часов часа минут минуты секунд годин хвилин saat dakika jam menit giờ phút دقيقة
    km cm mm kg kilometer kilometers kilometres kilometern metres meters meter metros tonnen tonnes litres liter
    litros hektar hectares prozent percent pct percento procent punkte points grad degrees
    """
)
_WORD = re.compile(r"[^\W\d_]+")
# Labels of one word that live blogs give to entries on any topic.
_LABELS = word_set(
    "update updates breaking eilmeldung aktualisierung actualización atualização aggiornamento mise-à-jour обновление"
)
_HOURS = re.compile(r"(\d{1,2})\D{0,1}(\d{2})?")
_AFTERNOON = re.compile(r"\d ?[Pp]\.? ?[Mm]\b")
_FIRST = frozenset("0123456789kg")
_FEWEST = 3
_DAY = 24 * 60  # minutes
_LONGEST_NIGHT = 10 * 60  # minutes; times in no order add up to more
_MOST_IN_LABEL = 3  # words
_FEWEST_LABELS = 2
_MOST_LABELS = 3  # kinds of labels in a live blog; each is looked for in the text


def without_clocks(own: Sequence[str], lines: Sequence[str]) -> list[str]:
    """Return what is left of an article's lines without the times that entries begin with. Linear time.

    Args:
        own: lines that belong to the article, or parts of them.
        lines: all of its lines.
    """
    found = {at: clock for at, line in enumerate(lines) if (clock := _clock(line))}
    if len(found) < _FEWEST or all(_SHORT.fullmatch(clock.group()) for clock in found.values()):
        return list(own)
    if not _goes_on([_minutes(clock.group()) for clock in found.values()]):
        return list(own)
    heads = {
        at for at, clock in found.items() if at + 1 < len(lines) and at + 1 not in found and _heads(lines[at], clock)
    }
    told = [lines[at + 1 if at in heads else at] for at in found]
    if 2 * sum(line.endswith(SENTENCE_ENDS) for line in told) < len(told):
        return list(own)
    times = {clock.group() for clock in found.values()}
    labels = _labels([lines[at][found[at].end() :] for at in heads], lines)
    entries = (line[clock.end() :] if (clock := _clock(line)) and clock.group() in times else line for line in own)
    return [entry for entry in entries if entry and entry not in labels]


def _labels(heads: Sequence[str], lines: Sequence[str]) -> frozenset[str]:
    """Return the heads of several entries that are labels, and neither topics nor names."""
    often = [
        (head, times)
        for head, times in Counter(heads).most_common(_MOST_LABELS)
        if times >= _FEWEST_LABELS and (head.lower() in _LABELS or _is_phrase(head))
    ]
    text = "\n".join(lines).casefold() if often else ""
    return frozenset(head for head, times in often if text.count(head.casefold()) == times)


def _is_phrase(head: str) -> bool:
    """Whether the first of at least two words alone has a capital."""
    first, *others = head.split() or [""]
    return first[:1].isupper() and bool(others) and all(word.islower() for word in others)


def _clock(line: str) -> re.Match[str] | None:
    """Return the time that begins a line; "12.48 million" and "10.50 Euro" have none."""
    clock = _CLOCK.match(line) if line[:1] in _FIRST else None
    if clock is None:
        return None
    behind = line[clock.end() : clock.end() + 1]
    decimal = "." in clock.group() and behind.islower()
    word = _WORD.match(line, clock.end())
    counts = unicodedata.category(behind) == "Sc" if behind else False
    return None if decimal or counts or behind == "%" or (word and word.group().lower() in _UNITS) else clock


def _heads(line: str, clock: re.Match[str]) -> bool:
    """Whether a line has only a time and at most a short label, above the text of its entry."""
    return len(line[clock.end() :].split()) <= _MOST_IN_LABEL and not line.endswith(SENTENCE_ENDS)


def _minutes(clock: str) -> int:
    """Return the minutes since midnight of the first time of a text that begins with one."""
    hours, minutes = next(_HOURS.finditer(clock)).groups()
    afternoon = _AFTERNOON.search(clock) is not None and int(hours) < 12
    return 60 * (int(hours) + 12 * afternoon) + int(minutes or 0)


def _goes_on(times: Sequence[int]) -> bool:
    """Whether times follow each other in one direction, on one day or within a night, most by more than a minute."""
    steps = [later - earlier for earlier, later in pairwise(times)]
    if 2 * sum(abs(step) > 1 for step in steps) <= len(steps):
        return False
    if all(step >= 0 for step in steps) or all(step <= 0 for step in steps):
        return True
    return min(sum(step % _DAY for step in steps), sum(-step % _DAY for step in steps)) <= _LONGEST_NIGHT
