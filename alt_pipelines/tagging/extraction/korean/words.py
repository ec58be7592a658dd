"""Words of Korean as they are written, where the analyser divides a word that it does not know.

    whole_words("해상풍력이", korean("해상풍력이"))  ->  해상풍력/NNG 이/JKS, not 해/NNG 상/XSN 풍력/NNG 이/JKS

What a phrase is made of is decided in ``korean.analysis``; names and what stands before them, in ``korean.names``.
"""

import re
from collections.abc import Iterator

from alt_pipelines.tagging.extraction.korean.edges import FOREIGN_ENDS, ends_in_particle
from alt_pipelines.tagging.extraction.korean.letters import with_copula
from alt_pipelines.tagging.extraction.shapes import enclosing, spans
from alt_pipelines.tagging.extraction.words import frequencies
from alt_pipelines.text.korean import Morpheme
from alt_pipelines.text.stopwords import word_set

NOUNS = frozenset({"NNG", "NNP", "SL", "SH", "XPN", "XSN", "XR"})
_PARTICLES = frozenset("도만은을의를")  # that the dictionary may read as the last syllable of a noun
_AFTER_SYLLABLE = frozenset("은을의를")  # of these, those that it may read so after a single syllable
_AFTER_CONSONANT = frozenset("은을")
_AFTER_VOWEL = frozenset("를")
_AND = frozenset("과와")
_KNOWN_END = 3  # syllables
_FINALS = 28  # syllables of Unicode with the same beginning: one without a final consonant and 27 with one
_SYLLABLE = 3e-5  # share of a syllable in wordfreq's list from which it is probably a word
_COUNT = re.compile(" [0-9.]{1,8}$")
# A number or determiner before a measure: 오천 | 원어치, 몇 | 년동안, but not the result 2-0 | 개포고.
_COUNTED = re.compile(
    r"(?:(?<![-:\d])\d[\d,.]*|[십백천만억조]"
    "|(?<![가-힣])(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|스무|서너|두세|몇|여러|매|각|수)) $"
)
_WINDOW = 12  # characters of such a number
_RANGE = re.compile("[·,~-][0-9]")
_MUCH_COMMONER = 20.0
_HANGUL = re.compile("[\uac00-\ud7af]+")
_UNKNOWN_END = ("NNG", "NNP", "NP")  # tags of a written word's last noun; a pronoun after a noun is part of it
_SYLLABLES = ("NNG", "NNP", "NNB", "NNBC", "XPN", "MM", "MAG", "NR", "IC")
_IN_KNOWN_WORDS = re.compile("NN|NR|EF|EP")  # tags that show that the analyser knows a written word
_AFTER_VOWELS = word_set("는 가 를 의 에 와 도 로 만 나 랑 에서 에게 까지 부터 보다 처럼 마다")  # particles
# Games or a world's fair with its two hosts, which are one name: 아이치·나고야 아시안게임, 밀라노·코르티나 동계올림픽.
_HOSTS = re.compile(
    "(?<![가-힣·])[가-힣]{2,8}·[가-힣]{2,8} (?:동계 ?|하계 ?)?(?:올림픽|패럴림픽|아시안게임|유니버시아드|엑스포|월드컵)"
)
_PREDICATES = ("MAG", "MM", "IC", "VA", "VV", "VX")  # tags that the analyser gives the last syllable of an unknown word
# Nouns that count, which the dictionary does not mark as such: HVDC | 2단계.
_COUNTING = word_set(
    "단계 세대 학년 학기 학급 교시 회차 차전 분기 세트 라운드 쿼터 이닝 구간 공구 차로 호기 호점 주기 부문"
)
_NUMERALS = word_set("일 이 삼 사 오 육 칠 팔 구 십 백 천 만 하나")  # with which names begin too
_UNITS = frozenset("년월일주시분초개명인번층살원차위회배대권장")  # with which what they count begins: 삼|년간
_NEVER_FIRST = ("J", "E", "XS")  # tags of particles, endings and suffixes
_NEVER_IN_NAMES = ("NR", "NNBC", "SN", "XSV", "XSA", "VCP", "VV", "VA", "VX")


def whole_words(line: str, morphemes: list[Morpheme]) -> list[Morpheme]:
    """Return the morphemes, with the beginning of a written word joined to the noun after it: 해상풍력, 엔비디아.

    The analyser reads a name that it does not know as particles, determiners and short nouns. A particle or an ending
    is never followed by a noun in one written word, so what precedes the noun is part of it.
    """
    out: list[Morpheme] = []
    for word in map(_with_last_syllable, map(with_copula, map(_with_numeral, written_words(morphemes)))):
        if noun := _undivided(line, word):
            out += [noun, *(m for m in word[-1:] if m.start >= noun.end)]
            continue
        last = max((at for at, m in enumerate(word) if m.pos in _UNKNOWN_END), default=-1)
        first = int(word[0].pos == "NNBC" and _begins_with_measure(line, word))
        never = any(m.pos in _NEVER_IN_NAMES for m in word[first : last + 1])
        if never or not any(m.pos in ("NNG", "NNP") for m in word):
            out += word
            continue
        begin = next((at for at, m in enumerate(word) if m.pos in ("NNG", "NNP") and len(m.surface) > 1), last)
        odd = [at for at, m in enumerate(word[: last + 1]) if m.pos not in NOUNS]
        cut = max([begin, *(at + 1 for at in odd)]) if odd or begin > 0 else 0
        cut = min(cut, last)
        if cut > 0:
            end = word[cut].end
            joined = Morpheme(line[word[0].start : end], word[0].start, "NNG")
            whole = cut + 1 == len(word) and _joins_nouns(joined.surface, word[cut].surface)
            word = [*_divided(joined), *word[cut + 1 :]] if whole else [joined, *word[cut + 1 :]]
        out += word
    return out


def _joins_nouns(form: str, noun: str) -> bool:
    """Whether the last syllable of a misread word is the particle "and": 대회의실|과, of which 회의실 is a known word.

    ``noun``: what the analyser took for the last noun (실과).
    """
    stem = form[:-1]
    if form[-1] not in _AND or len(stem) < _KNOWN_END or len(noun) > _KNOWN_END:
        return False
    closed = (ord(stem[-1]) - ord("가")) % _FINALS > 0
    known = frequencies.frequency(stem[-_KNOWN_END:], "ko")
    return closed == (form[-1] == "과") and known > frequencies.frequency(noun, "ko")


def _divided(noun: Morpheme) -> list[Morpheme]:
    """Return a noun and the particle of one syllable at its end."""
    return [noun._replace(surface=noun.surface[:-1]), Morpheme(noun.surface[-1], noun.end - 1, "JC")]


def _with_last_syllable(word: list[Morpheme]) -> list[Morpheme]:
    """Return a written word with an ending of foreign words joined to the noun before it, and a particle after it.

    The analyser reads the syllable as an adverb or a stem: 태/NNG 스/XSN 크/MAG, 태/NNG 스/XSN 크/VA 는/ETM. After a
    noun that the frequency list knows, it may be right: 나이/NNG 드/VV 는/ETM.
    """
    size = len(word)
    if size < 2:
        return word
    end = size - 1 if word[-1].surface in FOREIGN_ENDS else size - 2 if word[-2].surface in FOREIGN_ENDS else 0
    after = word[end + 1 :]
    if not end or not word[end].pos.startswith(_PREDICATES) or (after and after[0].surface not in _AFTER_VOWELS):
        return word
    at = next((at for at in range(end - 1, -1, -1) if word[at].pos in ("NNG", "NNP")), None)
    if at is None or any(m.pos not in NOUNS for m in word[at:end]):
        return word
    noun = Morpheme("".join(m.surface for m in word[at : end + 1]), word[at].start, "NNG")
    before = noun.surface[: -len(word[end].surface)]
    if frequencies.frequency(before, "ko") and not frequencies.frequency(noun.surface, "ko"):
        return word
    return [*word[:at], noun, *(m._replace(pos="JX") for m in after)]


def _with_numeral(word: list[Morpheme]) -> list[Morpheme]:
    """Return a written word with the numeral that begins it joined to the noun after it: 하나|은행, 백|석동."""
    if len(word) < 2 or word[0].pos != "NR" or word[0].surface not in _NUMERALS:
        return word
    noun = word[1]
    counts = noun.surface in _COUNTING or noun.surface[0] in _UNITS or noun.pos not in ("NNG", "NNP")
    if counts or len(noun.surface) < 2:
        return word
    return [Morpheme(word[0].surface + noun.surface, word[0].start, noun.pos), *word[2:]]


def _begins_with_measure(line: str, word: list[Morpheme]) -> bool:
    """Whether a written word begins with a measure and a noun, so that it is neither: 개/NNBC 포고."""
    start = word[0].start
    apart = start == 0 or not (line[start - 1].isalnum() or _COUNTED.search(line, max(0, start - _WINDOW), start))
    return apart and len(word) > 1 and word[1].pos in ("NNG", "NNP") and len(word[1].surface) > 1


def _undivided(line: str, word: list[Morpheme]) -> Morpheme | None:
    """Return the noun of a written word that begins with a particle or suffix, as no word does: 도/JX 커/VA+EC.

    The analyser does not know the word then. If there are nouns in it, ``whole_words`` joins what precedes them.
    """
    start = word[0].start
    if not word[0].pos.startswith(_NEVER_FIRST) or not (start == 0 or line[start - 1].isspace()):
        return None
    end = word[-1].start if word[-1].pos.startswith("J") else word[-1].end
    form = line[start:end]
    known = form[-1:] == "다" or any(_IN_KNOWN_WORDS.search(m.pos) for m in word)
    short = len(form) < 2 or (len(form) == 2 and any(m.pos == "IC" for m in word))
    return None if known or short or frequencies.frequency(form, "ko") else Morpheme(form, start, "NNG")


def dotted(morphemes: list[Morpheme]) -> list[Morpheme]:
    """Return the morphemes, with a syllable, a dot and the noun after it as a single noun: 초·중등교육(법)."""
    out: list[Morpheme] = []
    for morpheme in morphemes:
        two = out[-2:]
        bound = len(two) == 2 and two[1].surface == "·" and len(two[0].surface) == 1 and two[0].pos in _SYLLABLES
        alone = len(out) < 3 or not attached(out[-3], two[0])
        if bound and alone and attached(*two) and attached(two[1], morpheme) and morpheme.pos in ("NNG", "NNP"):
            out[-2:] = [Morpheme(f"{two[0].surface}·{morpheme.surface}", two[0].start, "NNG")]
        else:
            out.append(morpheme)
    return out


def written_words(morphemes: list[Morpheme]) -> Iterator[list[Morpheme]]:
    """Yield the morphemes of each stretch of Hangul without white space; other morphemes one by one."""
    word: list[Morpheme] = []
    for morpheme in morphemes:
        if word and attached(word[-1], morpheme) and _HANGUL.fullmatch(morpheme.surface):
            word.append(morpheme)
            continue
        if word:
            yield word
        word = [morpheme]
        if not _HANGUL.fullmatch(morpheme.surface):
            yield word
            word = []
    if word:
        yield word


def with_names(line: str, morphemes: list[Morpheme]) -> list[Morpheme]:
    """Return the morphemes, with names of letters, digits and signs joined and misread particles cut off."""
    out: list[Morpheme] = []
    counters = frozenset(m.start for m in morphemes if m.pos in ("NR", "NNBC") or m.surface in _COUNTING)
    hosts = [match.span() for match in _HOSTS.finditer(line)] if "·" in line else []
    names = sorted([*(_uncounted(line, name, counters) for name in spans(line)), *hosts])
    particles = {m.start for m in morphemes if m.pos.startswith("J")}
    for morpheme, name in zip(morphemes, enclosing((m.start for m in morphemes), names), strict=True):
        if name is not None:
            if not out or out[-1].start != name[0]:
                out.append(Morpheme(line[slice(*name)], name[0], "NNP" if name in hosts else "SL"))
        elif morpheme.pos in ("NNG", "NNP") and (
            (morpheme.end not in particles and _hides_particle(morpheme.surface, out[-1] if out else None))
            or (out and ends_in_particle(morpheme, out[-1]))
        ):
            out.append(Morpheme(morpheme.surface[:-1], morpheme.start, "NNG"))
            out.append(Morpheme(morpheme.surface[-1], morpheme.end - 1, "JX"))
        elif morpheme.surface == "구" and morpheme.pos[0] == "V" and out and attached(out[-1], morpheme):
            out.append(morpheme._replace(pos="XSN" if out[-1].pos == "NNP" else morpheme.pos))  # 미추홀|구
        else:
            out.append(morpheme)
    return out


def _uncounted(line: str, name: tuple[int, int], counters: frozenset[int]) -> tuple[int, int]:
    """Return where a name is, without the number at its end if that counts something: 시리즈B | 320억.

    ``counters``: the positions of the words with which a number counts.
    """
    start, end = name
    counted = end in counters or _RANGE.match(line, end) is not None  # HVDC | 1·2단계
    return (start, start + len(_COUNT.sub("", line[start:end]))) if counted else name


def _hides_particle(surface: str, before: Morpheme | None) -> bool:
    """Whether the last syllable of a noun is a particle: 상승도 is rare as a word, 상승 is common.

    An unknown noun of two syllables is a common noun of one and its particle (색|은), unless it may be the name of what
    the noun before it says (그룹 예린). The particle must fit the sound before it: 은 follows a consonant, 를 a vowel.
    """
    stem, particle = surface[:-1], surface[-1]
    if not stem or particle not in _PARTICLES or not _may_follow(stem[-1], particle):
        return False
    noun, whole = frequencies.frequency(stem, "ko"), frequencies.frequency(surface, "ko")
    if len(stem) > 1:
        return noun > _MUCH_COMMONER * whole
    apposed = before is not None and before.pos.startswith("NN")
    return particle in _AFTER_SYLLABLE and not apposed and noun > _SYLLABLE and not whole


def _may_follow(syllable: str, particle: str) -> bool:
    """Whether a particle has the form that it takes after this syllable."""
    closed = (ord(syllable) - ord("가")) % _FINALS > 0
    return particle not in (_AFTER_VOWEL if closed else _AFTER_CONSONANT)


def attached(one: Morpheme, other: Morpheme) -> bool:
    """Whether nothing is between two morphemes in the text."""
    return one.end == other.start
