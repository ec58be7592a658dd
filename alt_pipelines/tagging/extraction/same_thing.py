"""One thing, one tag: leaves out phrases of a shortlist that name the same thing as another of its phrases.

* A name and its abbreviation, where the text has one in brackets after the other: 欧州連合(EU), 경찰청(KNPA). The
  better one stays.
* Abbreviations made of characters of a name: 経産省 and 経済産業省, 世锦赛 and 世界锦标赛. The better one stays.
* A phrase that only puts two others side by side (산청군 산사태 beside 산청군 and 산사태).
* A part of a person's name and the name (ジェーン and ジェーン・エア). The better one stays.
* A second name of a person or a place (최 부총리 and 최상목).
* A number or a type of what a better phrase names (利用者数 beside 利用者, ハイブリッド型 beside ハイブリッド車).
* A bare head and the one phrase that it heads (부두 and 자동화 부두, قطار and قطار الرياض). The longer one stays, if
  the text does not use the head more often without it.

Rules of one language are in its room: ``chinese.competitions``, ``japanese.second_names``, ``korean.second_names``,
``spaced.arabic.names``.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from alt_pipelines.tagging.extraction.chinese.competitions import KINDS, bare_kinds
from alt_pipelines.tagging.extraction.features import Candidate
from alt_pipelines.tagging.extraction.japanese.second_names import measured, parts_of_names
from alt_pipelines.tagging.extraction.korean.second_names import of_short_firms, second_names, short_firms
from alt_pipelines.tagging.extraction.languages import Language
from alt_pipelines.tagging.extraction.ranking import Ranked
from alt_pipelines.tagging.extraction.spaced.arabic.names import surnames
from alt_pipelines.text.scripts import CJK

_BRACKETS = re.compile(r"[(（]([^()（）\n]{2,30})[)）]")
_LATIN_SHORT = re.compile(r"[A-Z][A-Za-z0-9&.-]{1,9}")
_LATIN_START = re.compile("[A-Za-z0-9][A-Za-z0-9 .+#-]*(?=[^A-Za-z0-9 .+#-])")
_HANGUL = re.compile("[\uac00-\ud7af]{4,}")
_LONGEST_NAME = 80  # characters before a bracket that are examined
_SHORTEST_GAPPED = 3  # characters of an abbreviation that is not made of initials only
_LONGEST_SHORT = 5
_NOUN = 2  # characters of a common noun in Chinese; a longer word is a name or a compound


def one_each(ranked: Ranked, text: str, row: Language) -> Ranked:
    """Return the shortlist, best first, without second names of the same thing. ``text`` is the title and the body."""
    found = ranked.candidates
    scores = list(ranked.scores)
    dropped: set[int] = set()
    forms = [candidate.form for candidate in found]
    parts = parts_of_names(forms, text) if row.reader == "japanese" else ()
    for one, other in (*_equated(found, text), *_abbreviated(found), *parts):
        if one not in dropped and other not in dropped:
            dropped.add(max(one, other))
    second = set(_extended(found, row))
    firms = list(short_firms(forms, text)) if row.reader == "korean" else []
    if row.reader == "korean":
        second.update(second_names(forms, text), of_short_firms(found, firms))
    if row.reader == "japanese":
        second.update(measured(found))
    dropped.update(second, _composed(found, row))
    others = surnames(forms) if row.clitics else bare_kinds(found) if row.reader == "chinese" else firms
    for short, long in (*_headed(found, row), *_introduced(found, text, row), *others):
        if long in second:
            dropped.add(short)  # 부총리 of 최 부총리, التحالف of تحالف أوبك بلس
        elif short not in dropped and long not in dropped:
            scores[long] = max(scores[long], scores[short])
            dropped.add(short)
    return ranked.without(dropped, scores)


def _equated(found: Sequence[Candidate], text: str) -> Iterator[tuple[int, int]]:
    """Yield pairs in which one phrase follows the other in brackets and one of them is a Latin abbreviation."""
    if "(" not in text and "（" not in text:
        return
    by_form = {candidate.form.casefold(): at for at, candidate in enumerate(found)}
    for match in _BRACKETS.finditer(text):
        inside = by_form.get(match.group(1).strip().casefold())
        if inside is None:
            continue
        before = text[max(0, match.start() - _LONGEST_NAME) : match.start()].rstrip(" \"'”’」』").casefold()
        ends = [at for form, at in by_form.items() if at != inside and before.endswith(form)]
        outside = max(ends, key=lambda at: len(found[at].form), default=None)
        if outside is not None and any(_LATIN_SHORT.fullmatch(found[at].form) for at in (inside, outside)):
            yield outside, inside


def _abbreviated(found: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
    by_first = _by_first([candidate.form for candidate in found])
    for at, short in enumerate(found):
        if not 2 <= len(short.form) <= _LONGEST_SHORT or not (
            CJK.match(short.form) or "\uac00" <= short.form[0] <= "\ud7af"
        ):
            continue
        for other in by_first[short.form[0]]:
            if len(found[other].form) > len(short.form) and abbreviates(short, found[other]):
                yield at, other


def _by_first(forms: Sequence[str]) -> dict[str, list[int]]:
    """Return the places of the forms by their first character."""
    out: dict[str, list[int]] = {}
    for at, form in enumerate(forms):
        out.setdefault(form[0], []).append(at)
    return out


def abbreviates(short: Candidate, long: Candidate) -> bool:
    """Whether one form abbreviates another: initials, every second syllable, a beginning, or characters in order.

    A beginning must end inside a word. Characters in order share the last one and skip some at two places or more.
    """
    initials = "".join(stem[0] for stem in long.stems if stem)
    if len(long.stems) > 1 and short.form == initials:
        return True
    if _HANGUL.fullmatch(long.form) and long.form[::2] == short.form:
        return True  # 한전, of 한국전력
    if long.form.startswith(short.form):  # 欧州委, 台積
        ends = [sum(map(len, long.stems[: n + 1])) for n in range(len(long.stems))]
        whole = CJK.match(short.form) is None  # 부산항 is the port, and 부산항만공사 the company that runs it
        return not whole and len(short.form) >= _SHORTEST_GAPPED and len(short.form) not in ends
    if len(short.form) < _SHORTEST_GAPPED or short.form[-1] != long.form[-1]:
        return False
    places = _places(short.form, long.form)
    return sum(later > before + 1 for before, later in pairwise(places)) > 1


def _places(short: str, long: str) -> list[int]:
    """Return the first places of a form's characters in another one, in order; [] if one is missing."""
    out: list[int] = []
    for character in short[:-1]:
        at = long.find(character, out[-1] + 1 if out else 0)
        if at < 0:
            return []
        out.append(at)
    return [*out, len(long) - 1] if not out or out[-1] < len(long) - 1 else []


def _composed(found: Sequence[Candidate], row: Language) -> Iterator[int]:
    """Yield the phrases that occur once and only put two others side by side: 산청군 산사태, 해양 쓰레기 | 수거선,
    COVID-19疫情.
    """
    if row.reader not in ("korean", "chinese"):
        return
    forms = {candidate.form for candidate in found}
    for at, candidate in enumerate(found):
        if candidate.uses > 1 or len(candidate.stems) < 2:
            continue
        latin = _LATIN_START.match(candidate.form)
        words = candidate.form.split(" ")
        halves = ((" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words)))
        both = row.reader == "korean" and any(one in forms and other in forms for one, other in halves)
        if both or (row.reader == "chinese" and latin and latin.group() in forms):
            yield at


def _extended(found: Sequence[Candidate], row: Language) -> Iterator[int]:
    """Yield the phrases that occur once and begin or end with a better phrase of two or more words.

    تحالف أوبك بلس beside أوبك بلس, and 올림픽 본선 진출 beside 올림픽 본선. In Chinese, those that end with one.
    """
    spaced = bool(row.clitics) or row.reader == "korean"
    if not spaced and row.reader != "chinese":
        return
    better: list[str] = []
    for at, candidate in enumerate(found):
        form = candidate.form
        if spaced:
            again = any(form.startswith(f"{name} ") or form.endswith(f" {name}") for name in better)
        else:
            again = any(form.endswith(name) for name in better if name not in KINDS)
        if again and candidate.uses == 1:
            yield at
        elif (" " in form) if spaced else len(form) >= _SHORTEST_GAPPED:
            better.append(form)


def _headed(found: Sequence[Candidate], row: Language) -> Iterator[tuple[int, int]]:
    """Yield (head, phrase) for each single word that is the head of other phrases, with the best of these.

    In Japanese and Chinese, a word and its compounds are separate topics (空き家, 管理不全空き家).
    """
    if row.reader in ("japanese", "chinese"):
        return
    for at, short in enumerate(found):
        if len(short.stems) > 1:
            continue
        longer = [
            i for i, c in enumerate(found) if len(c.stems) > 1 and c.stems[0 if row.clitics else -1] == short.stems[0]
        ]
        if longer and (row.clitics or 2 * sum(found[i].uses for i in longer) >= short.uses):
            yield at, longer[0]


def _introduced(found: Sequence[Candidate], text: str, row: Language) -> Iterator[tuple[int, int]]:
    """Yield (head, phrase) for each Chinese or Japanese noun whose first occurrence is the end of the phrase.

    The noun alone then refers to the phrase: 施工营地, later 营地. A noun that first occurs alone is a separate topic.
    """
    chinese = row.reader == "chinese"
    if not chinese and row.reader != "japanese":
        return
    body = text.find("\n") if chinese else 0  # the title's compounds may be clauses: 重返世界联赛决赛
    for at, short in enumerate(found):
        latin = short.form.isascii()  # C-2 of 輸送機C-2: a name, and not the head of the phrase
        if len(short.stems) > 1 or latin or (chinese and len(short.form) != _NOUN):
            continue
        first = text.find(short.form, body)
        if chinese and short.form in text[:body]:
            continue
        for other, long in enumerate(found):
            if len(long.stems) > 1 and long.stems[-1] == short.stems[0]:
                start = text.find(long.form, body)
                if start >= 0 and start + len(long.form) - len(short.form) == first:
                    yield at, other
                    break
