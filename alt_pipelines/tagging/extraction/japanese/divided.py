"""Japanese words that the analyser divides at a particle or a verb: people's names in hiragana, and 隠し|フォルダー.

    people_in_kana("ひらのかすみ、朗読会", "詩人のひらのかすみさん")  ->  {"ひらのかすみ"}

A person has a form of address after the name, and the text has the name twice. A noun that begins with the stem of a
verb stands twice where no clause ends: at the beginning of a line or clause, or after の.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from alt_pipelines.text.morphemes import Morpheme, morphemes
from alt_pipelines.text.scripts import HAN

_LONGEST = 8  # kana of a name
ADDRESS = frozenset({"さん", "ちゃん", "くん", "氏"})
# After a comma or the role of the person: 詩人のひらのかすみさん. Not お: 町のおまわりさん.
_BEFORE_NAME = rf"(?:^|(?<=[、。・「『(\s])|(?<=[{HAN}ァ-ヴー]の))"
_NAME = rf"((?![おの])[ぁ-ん]{{4,{_LONGEST}}}?)"
_ADDRESSED = re.compile(
    rf"{_BEFORE_NAME}{_NAME}(?:{'|'.join(sorted(ADDRESS))})(?=[はがのをにもとへやで、。」』)（(])", re.MULTILINE
)
_MOST = 30  # names of an article
_STEM = re.compile(rf"[{HAN}][ぁ-ん]{{0,2}}[いきぎしちにびみりえけげせてねべめれ]")
_BEFORE = frozenset({"の", "や", "と", "は"})  # before a noun, and after no object of a verb


def people_in_kana(title: str, text: str) -> frozenset[str]:
    """Return the names in hiragana of people whom the article addresses and has twice. Linear in its length."""
    whole = f"{title}\n{text}"
    forms = Counter(_ADDRESSED.findall(whole))
    return frozenset(form for form, _ in forms.most_common(_MOST) if whole.count(form) > 1 and _is_divided(form))


def _is_divided(form: str) -> bool:
    """Whether a name is several words to the analyser, of which one is a particle or no noun."""
    parts = morphemes(form)
    return len(parts) > 1 and form[-1] != "っ" and any(part.pos1 != "名詞" for part in parts)


def nouns_of_verbs(lines: Iterable[Sequence[Morpheme]]) -> frozenset[str]:
    """Return the nouns that begin with the stem of a verb and that the lines have twice: 隠し|フォルダー."""
    times: Counter[str] = Counter()
    clauses: set[str] = set()
    for tagged in lines:
        for at in range(len(tagged) - 1):
            verb, noun = tagged[at], tagged[at + 1]
            if not _begins_noun(verb, noun):
                continue
            before = tagged[at - 1] if at else None
            if before is None or before.pos1 in ("補助記号", "空白") or before.surface in _BEFORE:
                times[verb.surface + noun.surface] += 1
            elif before.pos1 == "助詞":
                clauses.add(verb.surface + noun.surface)  # 明かりを消し|部屋を出た
    return frozenset(form for form, count in times.items() if count > 1 and form not in clauses)


def _begins_noun(verb: Morpheme, noun: Morpheme) -> bool:
    stem = verb.pos1 == "動詞" and _STEM.fullmatch(verb.surface) is not None
    return stem and noun.pos1 == "名詞" and (noun.pos2, noun.pos3) == ("普通名詞", "一般")
