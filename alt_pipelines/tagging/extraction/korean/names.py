"""Names inside runs of Korean nouns: the kind of a thing before its name, and the name before what is said of it.

    apposed(run of "제작사 달빛스튜디오")   ->  [제작사] [달빛스튜디오]
    names_inside(run of "파운드리 사업부")  ->  [파운드리]

Which morphemes form a run is decided in ``korean.analysis``.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.korean.edges import FOREIGN_ENDS, SURNAMES, is_person
from alt_pipelines.tagging.extraction.korean.people import PERSON, ROLES, names_role
from alt_pipelines.tagging.extraction.korean.words import attached
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.text.korean import Morpheme
from alt_pipelines.text.stopwords import word_set

Run = list[Morpheme]

# A firm by what it does.
_FIRM = (
    "[가-힣]{0,6}(?:업체|전문기업)"
    "|[가-힣]{0,6}(?:제조|생산|가공|운영|투자|수입|수출|설계|공급|중개|정비|개발|배급|유통)사"
)
_IS_FIRM = re.compile(_FIRM)
# Nouns of what somebody or something is, which stand before the name: a closed list of the endings of such nouns.
_KIND = re.compile(
    "[가-힣]{0,8}(?:업체|기업|회사|스타트업|그룹|밴드|브랜드|플랫폼|프레임워크|라이브러리|리그|극장|구단|신작|신예|신인|베테랑|선두"
    "|[작발판임공행론약권송융통급문종운보역]사|이장|주지|스님|여인|소년|소녀|연출가|공예가|운동가|사업가|개발자|연구자|과학자|기술자"
    f"|소프라노|알토|테너|바리톤|베이스|트레이너|대변인|원생|과정생|{ROLES})"
    "|빈소|장지|발인"  # where a notice of a death invites to; alone, as 포장지 ends in 장지
    f"|{_FIRM}"
)
# Kinds that are topics too (공공기관) and that stand before common nouns as often as before names.
_GENERAL_KIND = re.compile(
    "[가-힣]{2,6}(?:기관|단체)|[가-힣]{0,4}(?:건설|보험|통신|조선|정유|철강|카드|물류|제지|식품|화학|전자)사"
)
# How the names of bodies end.
_BODY = re.compile(
    "[가-힣]{2,}(?:연대|연합|연합회|협회|협의회|재단|병원|의원|센터|포럼|네트워크|모임|본부|연맹|학회|연구소|연구원|진흥원)"
)
_MODEL = re.compile("[A-Z][A-Za-z]*-[0-9][A-Za-z0-9]*")
_UNNAMED = re.compile(f"[{''.join(sorted(SURNAMES))}]모")  # a person whose name is not given: 임대업자 | 조모
_SPECIFIC = 4  # syllables from which a word that the frequency list lacks is specific enough to be a topic: 시내버스
_ATTRIBUTIVE = word_set("형 계 상 급 별 적 용 식 간 내 외 대 산 발")  # suffixes of what describes the next noun
_MOST_FORMS = 300  # phrases of a long article that are looked for in its text
_FOREIGN_ENDS = FOREIGN_ENDS | {"키", "티"}
_RARE = 3e-6  # share of a first name in wordfreq's list; commoner proper nouns are well known places and firms
_PROVINCES = word_set("서울 부산 대구 인천 광주 대전 울산 세종 경기 강원 충북 충남 전북 전남 경북 경남 제주")


def apposed(run: Run) -> Iterator[tuple[Run, int]]:
    """Yield the parts of a run, divided between a noun that says what something is and its name after it.

    Each comes with the index of its first morpheme. A noun alone that says what the name after it is, is left out, and
    so is the kind of a firm after what the firm makes or does.
    """
    words = list(_words(run))
    part: Run = []
    first = 0
    for before, word in pairwise([[], *words]):
        if part and _is_apposed(before, word):
            if described := _described(part, before):
                yield described, first
            first += len(part)
            part = []
        part = part + word
    yield part, first


def _described(part: Run, last: Run) -> Run:
    """Return a part before a name without the kind that is its last written word: 골판지 상자 | 제조사.

    A kind of other things than firms stays with the words before it.
    """
    left_out = _is_kind(last) if part == last else _IS_FIRM.fullmatch(_form(last)) is not None
    return part[: len(part) - len(last)] if left_out else part


def _is_apposed(before: Run, word: Run) -> bool:
    """Whether a written word is the name of what the word before it says: 제작사 | 달빛스튜디오, 상반기 | 넷플릭스."""
    if _UNNAMED.fullmatch(_form(word)) or (names_role(before) and len(word) == 1 and is_person(word[0])):
        return True
    if _GENERAL_KIND.fullmatch(_form(before)):
        return _is_coined(word)
    return (_is_kind(before) and _may_name(word)) or (not _is_name(before) and _is_unknown(word))


def names_inside(piece: Run) -> Iterator[tuple[Run, int]]:
    """Yield the names and rare words in a phrase of several written words, each with the index of its first morpheme.

    The name of a province before a place is not part of the place's name: 경기 파주시.
    """
    words = list(_words(piece))
    groups = [(kind, [m for word in part for m in word]) for kind, part in groupby(words, _sort)]
    if len(words) > 1 and _form(words[0]) in _PROVINCES and (len(words) == 2 or len(groups) == 1):
        yield piece[len(words[0]) :], len(words[0])
    at = 0
    for kind, part in groups:
        if kind and len(part) < len(piece):
            yield part, at
        at += len(part)


def without_halves(phrases: Sequence[Phrase], found: Sequence[Morpheme], text: str) -> list[Phrase]:
    """Return the phrases without the halves of a foreign name that the text has only whole: 로타 벤나코스키.

    Its first word is a rare proper noun or ends as a loan word does; its last one does too, and is in no list of words.
    """
    proper = {m.surface for m in found if m.pos == "NNP"}
    halves: set[str] = set()
    forms = dict.fromkeys("".join(phrase.words) for phrase in phrases)
    for form in list(forms)[:_MOST_FORMS]:
        first, _, last = form.partition(" ")
        foreign = last[-1:] in _FOREIGN_ENDS and len(last) >= _SPECIFIC and " " not in last
        named = foreign and (first in proper or first[-1] in _FOREIGN_ENDS)
        if named and frequency(first, "ko") < _RARE and not frequency(last, "ko"):
            halves.update(part for part in (first, last) if text.count(part) == text.count(form))
    return [phrase for phrase in phrases if "".join(phrase.words) not in halves]


def _sort(word: Run) -> str:
    """Return whether a written word is a name, a rare word, or neither ("")."""
    form = _form(word)
    if _is_name(word):
        if _MODEL.fullmatch(form):
            return form  # GPT-5 | API
        compound = len(word) > 1 and word[-1].pos in ("NNG", "NNP") and len(word[-1].surface) > 1
        return form if compound and len(form) >= _SPECIFIC else "name"
    if word[-1].surface in _ATTRIBUTIVE and len(word) > 1:
        return ""
    return form if len(form) >= _SPECIFIC and not frequency(form, "ko") else ""


def _words(run: Sequence[Morpheme]) -> Iterator[Run]:
    """Yield the morphemes of each written word of a run."""
    word: Run = []
    for morpheme in run:
        if word and not attached(word[-1], morpheme):
            yield word
            word = []
        word.append(morpheme)
    if word:
        yield word


def _form(word: Run) -> str:
    return "".join(morpheme.surface for morpheme in word)


def _is_kind(word: Run) -> bool:
    """Whether a written word says what somebody or something is: 제작사."""
    return _KIND.fullmatch(_form(word)) is not None


def _is_name(word: Run) -> bool:
    """Whether a written word is a name: it has a proper noun or Latin letters with a capital."""
    return any(
        (m.pos in ("NNP", PERSON) and len(m.surface) > 1)
        or (m.pos == "SL" and len(m.surface) > 1 and not m.surface.islower())
        for m in word
    )


def _is_unknown(word: Run) -> bool:
    """Whether a written word is a proper noun of Hangul that the frequency list does not know: 카이우."""
    return is_person(word[0]) or (word[0].pos == "NNP" and not frequency(word[0].surface, "ko"))


def _is_coined(word: Run) -> bool:
    """Whether a written word that the frequency list lacks is a single noun, or ends as the names of bodies do."""
    form = _form(word)
    return not frequency(form, "ko") and (len(word) == 1 or _BODY.fullmatch(form) is not None or _is_unknown(word))


def _may_name(word: Run) -> bool:
    """Whether a written word may be a name where one is expected: it is not a common noun."""
    return _is_name(word) or (not frequency(_form(word), "ko") and (len(word) > 1 or len(_form(word)) > 1))
