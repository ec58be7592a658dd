"""Cited sources and time zones in a Japanese text, recognised by usage and not from a list of names.

    read_citations("読売新聞によると……。朝日新聞、2006年7月2日。")  ->  Citations({"読売新聞", "朝日新聞"}, ...)

A newspaper that an article quotes is not its topic, but one that its headline names may be.
"""

import re
from collections import Counter
from typing import NamedTuple

_CITED_IN = 20_000  # characters examined at either end; sources are named early, or in a list at the end
_MOST_SOURCES = 50  # names, the most frequent ones; a longer list does not consist of sources
_TOPIC_FROM = 2  # minimum number of uncited occurrences that make a name a topic
_BEFORE = r"[^\s、。「」『』()（）\"]"
_ACCORDING = re.compile(rf"({_BEFORE}{{2,30}}?)(?:に(?:よる|よれば)|が[^、。]{{0,15}}?(?:報じ|伝え))")
# The subject of a sentence that ends in a verb of reporting: 産経新聞は……と伝えている。
_REPORTS = re.compile(
    rf"(?:^|[。\n])({_BEFORE}{{2,20}}?)は、?[^。\n]{{0,200}}?(?:報じ|伝え|報道し)(?:た|て(?:いる|いた))。"
)
# An entry of a list of sources: 『……』。共同通信、2006年7月2日。 The site may also come first: 時事ドットコム『……』。
_DATE = r"、 ?\d{4}年\d{1,2}月\d{1,2}日"
_ENTRY = re.compile(rf"(?:^|[。』」\"\n]) ?({_BEFORE}{{2,40}}){_DATE}")
_SITE = re.compile(rf"(?:^|[。\"\n]) ?({_BEFORE}{{2,40}})『[^『』\n]{{2,80}}』。{_BEFORE}{{2,40}}{_DATE}")
# A time zone after a date or time: 28日(UTC-4), 13時51分(JST), 7時UTC.
_ZONE = re.compile(r"[日時分秒]\(?([A-Z]{3,4})(?:[-+−±]\d{1,2}(?::?\d\d)?)?(?![A-Za-z])")
_OFFSET = "0123456789:-+−±"  # characters of an offset, as in UTC-4
_LIST = re.compile("[・のと/／]")


class Citations(NamedTuple):
    """The sources of a text (``names``), those of them that a list gives (``entries``), and its time ``zones``."""

    names: frozenset[str]
    entries: frozenset[str]
    zones: frozenset[str]

    def covers(self, form: str) -> bool:
        """Whether a phrase is a source or a time zone, begins a listed source, or ends in one (a space is missing)."""
        if form in self.names or form.rstrip(_OFFSET) in self.zones:
            return True
        return any(form.endswith(name) or (len(form) > 3 and name.startswith(form)) for name in self.entries)


def read_citations(title: str, text: str) -> Citations:
    """Return the sources and time zones of an article. Linear time.

    A name that is in the title, or that occurs uncited at least twice, is a topic and not a source.
    """
    head, tail = text[:_CITED_IN], text[_CITED_IN:][-_CITED_IN:]
    named: Counter[str] = Counter()
    for pattern in (_ACCORDING, _REPORTS):
        for match in pattern.finditer(head):
            named.update(_LIST.split(match.group(1)))
    entries = Counter(
        match.group(1) for part in (head, tail) for pattern in (_ENTRY, _SITE) for match in pattern.finditer(part)
    )
    sources = {
        name
        for name, count in (named + entries).most_common(_MOST_SOURCES)
        if len(name) > 1 and name not in title and (head.count(name) + tail.count(name)) - count < _TOPIC_FROM
    }
    zones = frozenset(match.group(1) for match in _ZONE.finditer(head))
    return Citations(frozenset(sources), frozenset(sources & set(entries)), zones)
