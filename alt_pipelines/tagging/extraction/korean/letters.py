"""Korean nouns that a single letter and a hyphen begin, and nouns whose last syllable and copula are read as a verb.

    with_letters(morphemes of "β-카로틴은")   ->  β-카로틴/NNP 은/JX
    with_copula(morphemes of "테스트였다")     ->  테스트/NNG 였/VCP 다/EF, and not 테스/NNG 트였/VV

Scope: what the written word alone shows. Words that the article writes with several particles are found in ``stems``.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.text.korean import Morpheme

_LETTER = re.compile("[A-Za-zα-λν-ω]")
_HYPHENS = frozenset("-‐–")
_NOUNS = ("NNG", "NNP")
_BEFORE_COPULA = (*_NOUNS, "NP")  # the analyser may read a pronoun in a noun: 요거|트
_COPULA = re.compile("(?:였|이었|인|일|이[고며자지나라다던]|입니|이에요|예요)")
# Last syllables of loan words, in which the vowel that closes a foreign word or its ending -y is written.
_LOAN_ENDS = frozenset("트드스즈츠크그프브치지티디비피키니미리시")
_SHORTEST = 2  # syllables of the noun before that last syllable


def with_letters(morphemes: Sequence[Morpheme]) -> list[Morpheme]:
    """Return the morphemes, with a letter, a hyphen and the noun after it as one noun: K-팝, α-시누클레인.

    Longer abbreviations are not joined, because a match is written so: KIA-두산.
    """
    if _HYPHENS.isdisjoint([morpheme.surface for morpheme in morphemes]):
        return list(morphemes)
    out: list[Morpheme] = []
    for morpheme in morphemes:
        if len(out) > 1 and morpheme.pos in _NOUNS and _begins(out[-2], out[-1], morpheme):
            alone = len(out) < 3 or out[-3].end < out[-2].start
            if alone:
                out[-2:] = [Morpheme("".join(m.surface for m in (*out[-2:], morpheme)), out[-2].start, "NNP")]
                continue
        out.append(morpheme)
    return out


def with_loans(line: str, morphemes: Sequence[Morpheme]) -> list[Morpheme]:
    """Return the morphemes, with two nouns and a foreign "in" between them as one name: 메이드 인 코리아.

    The analyser takes it for the copula, which never stands apart from the noun before it.
    """
    out: list[Morpheme] = []
    joins = False
    for morpheme in morphemes:
        if joins and morpheme.pos in _NOUNS and out[-1].end < morpheme.start:
            first = out[-2].start
            out[-2:] = [Morpheme(line[first : morpheme.end], first, "NNP")]
        else:
            out.append(morpheme)
        joins = morpheme.surface == "인" and morpheme.pos.startswith("VCP") and len(out) > 1
        joins = joins and out[-2].pos in _NOUNS and out[-2].end < morpheme.start
    return out


def _begins(letter: Morpheme, hyphen: Morpheme, noun: Morpheme) -> bool:
    attached = letter.end == hyphen.start and hyphen.end == noun.start
    return attached and hyphen.surface in _HYPHENS and _LETTER.fullmatch(letter.surface) is not None


def with_copula(word: list[Morpheme]) -> list[Morpheme]:
    """Return the morphemes of a written word, with a noun and the copula after it where the analyser reads a verb.

    The syllable before the copula belongs to the noun if the frequency list has both more often than the noun alone,
    or if it lacks both and the syllable is an end of loan words: 요거|트이|고.
    """
    for at, (noun, verb) in enumerate(pairwise(word), 1):
        if noun.pos not in _BEFORE_COPULA or not verb.pos.startswith("VV"):
            continue
        after = "".join(m.surface for m in word[at:])[1:]
        if not _COPULA.match(after):
            continue
        first = next((i for i in range(at) if all(m.pos in _BEFORE_COPULA for m in word[i:at])), at - 1)
        form = "".join(m.surface for m in word[first:at]) + verb.surface[0]
        if not _is_noun(noun.surface, form):
            continue
        whole = Morpheme(form, word[first].start, "NNG")
        return [*word[:first], whole, Morpheme(after, whole.end, "VCP")]
    return word


def _is_noun(noun: str, form: str) -> bool:
    """Whether a noun with the syllable after it is the noun."""
    known = max(frequency(form, "ko"), frequency(form[-len(noun) - 1 :], "ko"))
    if known:
        return known > frequency(noun, "ko")
    return len(form) > _SHORTEST and form[-1] in _LOAN_ENDS
