"""Names in Japanese articles: in quotation marks, of one person, of wrestlers, and references to names (同府警)."""

import re
from collections import Counter
from collections.abc import Sequence

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.japanese.places import with_places
from alt_pipelines.text.morphemes import Morpheme, morphemes
from alt_pipelines.text.scripts import is_han
from alt_pipelines.text.stopwords import word_set

RANKS = word_set("横綱 大関 関脇 小結 前頭 十両")  # of a wrestler, before his name
_LONGEST_PERSON = 3  # morphemes: 佐々木|朗|希
_LONGEST_WRESTLER = 5  # morphemes
QUOTED = re.compile(r"[「『]([^「」『』\n]{2,20})[」』]")
_LONGEST_END = 15  # characters of a phrase's end that is looked for; no phrase is longer
_BEGINNINGS = frozenset({*RANKS, "今"})


def repeated_quotes(title: str, text: str) -> frozenset[str]:
    """Return what occurs more than once in quotation marks, in the title or in the body."""
    counts = Counter(QUOTED.findall(title) + QUOTED.findall(text))
    return frozenset(quote for quote, count in counts.items() if count > 1)


def same_person(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether a phrase is another one without the given name: 牧野選手 and 牧野颯太選手, 大島 and 大島里美.

    A surname with a role is the same person as the full name without one: 牧野選手 and 牧野颯太.
    """
    if len(short) == 2 and len(long) <= _LONGEST_PERSON and short[0] == long[0] and tuple(long[2:]) != tuple(short[1:]):
        kinds = [[m.pos3 == "人名" for m in morphemes("".join(form))[:2]] for form in (short, long)]
        return sorted(kinds) == [[True, False], [True, True]]
    if len(long) != len(short) + 1 or long[0] != short[0] or tuple(long[2:]) != tuple(short[1:]):
        return False
    words = morphemes("".join(long))
    return len(words) > 1 and words[0].pos3 == words[1].pos3 == "人名" and words[0].surface == long[0]


def without_short_references(phrases: list[Phrase]) -> list[Phrase]:
    """Drop 同 with the end of a longer phrase of the text, because it refers to that: 大阪府警 and 同府警."""
    if not any(p.words[0][:1] == "同" for p in phrases):
        return phrases
    forms = {"".join(p.words) for p in phrases}
    ends = {form[-size:] for form in forms if form[0] != "同" for size in range(2, min(len(form), _LONGEST_END))}
    return [p for p in phrases if p.words[0][:1] != "同" or "".join(p.words)[1:] not in ends]


def with_names(tagged: list[Morpheme]) -> list[Morpheme]:
    """Return the morphemes, with names joined that the analyser splits: 横綱|豊昇龍, 大の里, 今永|昇太.

    A wrestler's name follows his rank and begins with a single kanji; の or ノ may be between two. A surname may begin
    with 今, which is otherwise an adverb. Names of places are those of ``places``.
    """
    tagged = with_places(tagged)
    if _BEGINNINGS.isdisjoint([morpheme.surface for morpheme in tagged]):
        return tagged
    out: list[Morpheme] = []
    at = 0
    while at < len(tagged):
        size = 0
        if at and tagged[at - 1].surface in RANKS and is_han(tagged[at].surface):
            size = 1
            while size < _LONGEST_WRESTLER and _continues(tagged[at + size : at + size + 2]):
                size += 1
        elif tagged[at].surface == "今" and _begins_surname(tagged[at + 1 : at + 3]):
            size = 2
        if size > 1:
            out.append(Morpheme("".join(m.surface for m in tagged[at : at + size]), "名詞", "固有名詞", "人名"))
        else:
            out.append(tagged[at])
        at += max(size, 1)
    return out


def _begins_surname(after: Sequence[Morpheme]) -> bool:
    """Whether 今 before two morphemes is the beginning of a surname of two kanji: 今|永|昇太."""
    return len(after) > 1 and after[0].pos3 == after[1].pos3 == "人名" and is_han(after[0].surface)


def _continues(after: Sequence[Morpheme]) -> bool:
    """Whether the first of two morphemes is a kanji of a name, or の before one."""
    if len(after) > 1 and after[0].surface in ("の", "ノ"):
        return is_han(after[1].surface)
    return bool(after) and is_han(after[0].surface)
