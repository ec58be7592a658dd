"""Cited sources and time zones in a Japanese text, recognised by usage and not from a list of names.

    read_citations("読売新聞によると……。朝日新聞、2006年7月2日。")  ->  Citations({"読売新聞", "朝日新聞"}, ...)

A newspaper that an article quotes is not its topic, but one that its headline names may be.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

_CITED_IN = 20_000  # characters examined at either end; sources are named early, or in a list at the end
_MOST_SOURCES = 50  # names, the most frequent ones; a longer list does not consist of sources
_TOPIC_FROM = 2  # minimum number of uncited occurrences that make a name a topic
_MOSTLY = 2  # a name that is cited at least so many times as often as not is a source, however often it occurs
_BEFORE = r"[^\s、。「」『』()（）\"]"
_ACCORDING = re.compile(
    rf"({_BEFORE}{{2,30}}?)(?:\([^()\n]{{1,30}}\))?(?:によ(?:ると|れば)|が[^、。]{{0,15}}?(?:報じ|伝え|紹介))"
)
_ACCORDING_END = re.compile("によ(?:ると|れば)|報じ|伝え|紹介")
_LONGEST_ACCORDING = 80  # characters
# What 「によると」 names is a source only if it is a medium, or may be one by its foreign name (AP, ロイター).
# An authority is what the news is about.
_MEDIUM = re.compile(
    r".*(?:新聞|新報|日報|週報|時報|通信|通訊|放送|テレビ|電視台|ラジオ|ニュース|スポーツ|タイムズ|ポスト|ジャーナル|ヘラルド|トリビューン"
    r"|オンライン|[社者紙誌電])"
    r"|[A-Za-z]+|[ァ-ヴー]+"
)
# The end of a list of sources: 毎日新聞や読売新聞、時事通信などの報道によると, 朝日新聞(ロイター電)によると.
_LONGEST_LIST = 100  # characters
_LISTED = re.compile(r"[、・とや]|及び|および|または")
_LISTED_NAME = re.compile(r"[^ぁ-ん\s。「」『』()（）\"]{2,20}")
_NO_NAMES = re.compile(r"\([^()]{1,30}\)|(?:など)?(?:各社)?(?:の(?:報道|記事|取材|情報))?$")
# A note on the sources, and a credit: 本記事は「読売新聞」と「朝日新聞」の報道を情報源としている。 (朝日新聞より)
_NOTED = re.compile(rf"((?:「{_BEFORE}{{2,20}}」(?:と|や|、|及び|および)?){{1,6}})の(?:以下の)?(?:報道|記事)")
_CREDIT = re.compile(r"([^ぁ-ん\s、。「」『』()（）]{2,20})より(?=[。)）\n]|$)")
_CREDIT_END = re.compile(r"より(?=[。)）\n]|$)")
_LONGEST_CREDIT = 22
# The subject of a sentence that ends in a verb of reporting: 産経新聞は……と伝えている。
_REPORTS = re.compile(
    rf"(?:^|[。\n])({_BEFORE}{{2,20}}?)は、?[^。\n]{{0,200}}?(?:報じ|伝え|報道し)(?:た|て(?:いる|いた))。"
)
_REPORTS_END = re.compile("(?:報じ|伝え|報道し)(?:た|て(?:いる|いた))。")
# An entry of a list of sources: 『……』。共同通信、2006年7月2日。 The site may also come first: 時事ドットコム『……』。
_DATE = r"、 ?\d{4}年\d{1,2}月\d{1,2}日"
_DATED = re.compile(_DATE)
_ENTRY = re.compile(rf"(?:^|[。』」\"\n]) ?[『「]?({_BEFORE}{{2,40}})(?:\(({_BEFORE}{{2,40}})\))?[』」]?{_DATE}")
_SITE = re.compile(rf"(?:^|[。\"\n]) ?({_BEFORE}{{2,40}})『[^『』\n]{{2,80}}』。{_BEFORE}{{2,40}}{_DATE}")
# A time zone after a date or time: 28日(UTC-4), 13時51分(JST), 7時UTC, 18:03(UTC+9), 現地時間(UTC+2).
_ZONE = re.compile(
    r"(?:[日時分秒]\(?|(?:[月頃間明前後]|:\d\d) ?\((?=[A-Z]+[-+−±)]))([A-Z]{3,4})"
    r"(?:[-+−±]\d{1,2}(?::?\d\d)?)?(?![A-Za-z])"
)
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

    A name that is in the title is a topic and not a source. So is one that occurs uncited at least twice, unless it is
    cited much more often.
    """
    head, tail = text[:_CITED_IN], text[_CITED_IN:][-_CITED_IN:]
    entries = Counter(
        name
        for part in (head, tail)
        if _DATED.search(part)
        for pattern in (_ENTRY, _SITE)
        for match in pattern.finditer(part)
        for name in match.groups()
        if name
    )
    cited = dict((_named(head) + entries).most_common(_MOST_SOURCES))

    def is_source(name: str) -> bool:
        if len(name) < 2 or name in title:
            return False
        longer = sum(times for other, times in cited.items() if name in other and name != other)
        uncited = head.count(name) + tail.count(name) - cited[name] - longer
        return uncited < _TOPIC_FROM or cited[name] >= _MOSTLY * uncited

    sources = frozenset(filter(is_source, cited))
    zones = frozenset(match.group(1) for match in _ZONE.finditer(head))
    return Citations(sources, sources & entries.keys(), zones)


def _named(text: str) -> Counter[str]:
    """Count the names that sentences name as their source."""
    named: Counter[str] = Counter()
    for match in _matches_ending_in(_ACCORDING_END, _ACCORDING, _LONGEST_ACCORDING, text):
        names = set(_LIST.split(match.group(1)))
        if "によ" in text[match.end(1) : match.end()]:
            clause = re.split(r"[。\n]", text[max(0, match.end(1) - _LONGEST_LIST) : match.end(1)])[-1]
            names.update(_listed(_NO_NAMES.sub("", clause)))
            names = {name for name in names if _MEDIUM.fullmatch(name)}
        named.update(names)
    if _REPORTS_END.search(text):
        for match in _REPORTS.finditer(text):
            named.update(_LIST.split(match.group(1)))
    for match in _NOTED.finditer(text):
        named.update(re.findall("「(.+?)」", match.group(1)))
    credited = _matches_ending_in(_CREDIT_END, _CREDIT, _LONGEST_CREDIT, text)
    named.update(match.group(1) for match in credited)
    return named


def _matches_ending_in(
    end: re.Pattern[str], pattern: re.Pattern[str], longest: int, text: str
) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern that ends in `end` and is at most `longest` characters long.

    The same matches as `pattern.finditer(text)`, which tries every character of the text as a beginning.
    """
    start = stop = 0
    for found in end.finditer(text):
        if found.end() - longest > stop:
            yield from pattern.finditer(text, start, stop)
            start = found.end() - longest
        stop = found.end()
    yield from pattern.finditer(text, start, stop)


def _listed(clause: str) -> list[str]:
    """Return the names of the list at the end of a clause, last one first."""
    names: list[str] = []
    for part in reversed(_LISTED.split(clause)):
        if not _LISTED_NAME.fullmatch(part):
            break
        names.append(part)
    return names
