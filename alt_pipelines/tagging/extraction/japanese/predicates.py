"""Japanese phrases that read as nouns and say what is done or how something is: ご予約, ケーキ付き, 手ぶらで, 27得点.

A run is a list of (surface, kind, index of the morpheme), as in ``japanese.analysis``.
"""

import re
from collections.abc import Sequence

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.japanese.edges import ORDINAL
from alt_pipelines.tagging.extraction.japanese.names import RANKS
from alt_pipelines.text.morphemes import Morpheme
from alt_pipelines.text.scripts import HAN
from alt_pipelines.text.stopwords import word_set

Run = Sequence[tuple[str, str, int]]

_ADJECTIVAL = frozenset(
    ["付き", "つき", "付", "込み", "込", "済み", "済", "入り", "向け", "限り", "越し", "並み", "おき"]
)
_POLITE = frozenset("おご御")
_VERB_STEM = re.compile(f"[{HAN}][ぁ-ん]*[{HAN}]+[ぁ-ん]+")  # 申し込み, 買い上げ
_PLEASE = frozenset({"ください", "下さい"})
_NEGATIONS = frozenset("無不未非")
_VERBAL = "サ変可能"
_SEXES = word_set("男性 女性 男 女 男児 女児 男子 女子 少年 少女")
_AGE_ENDS = (")", "）", "歳", "代")
_LONGEST_COUNT = 4  # morphemes: 十八大会連続


def is_predicate(run: Run, tagged: Sequence[Morpheme]) -> bool:
    """Whether a phrase is no topic for one of the reasons below."""
    return (
        _negated(run, tagged)
        or _ends_as_adjective(run, tagged)
        or _polite_verb(run, tagged)
        or _request(run, tagged)
        or _feat(run, tagged)
        or _role(run, tagged)
        or _order(run, tagged)
        or _unnamed(run, tagged)
    )


def _negated(run: Run, tagged: Sequence[Morpheme]) -> bool:
    """Whether a phrase is a predicate with a negative prefix: 無関係だ, 不可能な."""
    end = run[-1][2] + 1 if run else len(tagged)
    return end < len(tagged) and run[0][0] in _NEGATIONS and run[0][1] == "P" and tagged[end].pos1 == "助動詞"


def _ends_as_adjective(run: Run, tagged: Sequence[Morpheme]) -> bool:
    """Whether a phrase only describes something: ケーキ付き, 初心者向け, or an adjectival noun before な, で or だ."""
    if not run:
        return False
    if len(run) > 1 and run[-1][1] == "S" and run[-1][0] in _ADJECTIVAL:
        return True
    at = run[-1][2]
    inflected = at + 1 < len(tagged) and tagged[at + 1].pos1 == "助動詞"
    return len(run) == 1 and tagged[at].pos3 == "形状詞可能" and inflected


def _polite_verb(run: Run, tagged: Sequence[Morpheme]) -> bool:
    """Whether a phrase is what the reader is asked to do: ご予約, お申し込み. お菓子 and お祭り are things."""
    if len(run) != 2 or run[0][0] not in _POLITE or run[0][1] != "P":
        return False
    return tagged[run[1][2]].pos3 == _VERBAL or _VERB_STEM.fullmatch(run[1][0]) is not None


def _request(run: Run, tagged: Sequence[Morpheme]) -> bool:
    """Whether a word is what the reader is asked to do, directly before ください: DMください, 拡散ください."""
    at = run[-1][2] + 1 if run else len(tagged)
    return len(run) == 1 and at < len(tagged) and tagged[at].surface in _PLEASE


def _feat(run: Run, tagged: Sequence[Morpheme]) -> bool:
    """Whether a phrase is a number of times that something was done: 27得点, 12アシスト."""
    return len(run) == 2 and run[0][1] == "D" and run[1][1] == "N" and tagged[run[1][2]].pos3 == _VERBAL


def _role(run: Run, tagged: Sequence[Morpheme]) -> bool:
    """Whether a phrase is the role of the person named after it: 主役・瀬戸口薫. A wrestler may have a place's name."""
    at = run[-1][2] + 1 if run else len(tagged)
    if len(run) > 2 or at + 1 >= len(tagged) or tagged[at].surface != "・":
        return False
    name = tagged[at + 1]
    if name.pos3 != "人名" and not (run[-1][0] in RANKS and name.pos2 == "固有名詞"):
        return False
    return not any(tagged[at].pos2 == "固有名詞" for _, _, at in run)


def _unnamed(run: Run, tagged: Sequence[Morpheme]) -> bool:
    """Whether a phrase is a person of whom the text gives the age and no name: 会社員男性(58), 女子高校生(17)."""
    after = tagged[run[-1][2] + 1 : run[-1][2] + 4] if run else ()
    if len(after) < 3 or after[0].surface not in "(（" or after[1].pos2 != "数詞" or after[2].surface not in _AGE_ENDS:
        return False
    words = [surface for surface, _, _ in run]
    named = any(tagged[at].pos2 == "固有名詞" for _, _, at in run)
    return not (named or _SEXES.isdisjoint(words))


def _order(run: Run, tagged: Sequence[Morpheme]) -> bool:
    """Whether a phrase says in which order, or how often in succession: 背の順, 身長順, 18大会連続."""
    if len(run) < 2:
        return False
    if run[-1][0] == "順":
        return tagged[run[-1][2]].pos2 == "普通名詞"
    return run[-1][0] in ORDINAL and run[0][1] == "D" and len(run) <= _LONGEST_COUNT


def without_headline_verbs(phrases: Sequence[Phrase], title: Sequence[Morpheme], text: str) -> list[Phrase]:
    """Return the phrases, with those of the title cut before a verbal noun that the text does not have there.

    In 古本まつり開催！, the topic is 古本まつり, which the text has without 開催.
    """
    verbal = {m.surface for m in title if m.pos3 == _VERBAL}
    out = []
    for phrase in phrases:
        if phrase.start < len(title) and len(phrase.words) > 2 and phrase.words[-1] in verbal and not phrase.marked:
            shorter = "".join(phrase.words[:-1])
            if shorter in text and "".join(phrase.words) not in text:
                phrase = phrase._replace(words=phrase.words[:-1], stems=phrase.stems[:-1])
        out.append(phrase)
    return out
