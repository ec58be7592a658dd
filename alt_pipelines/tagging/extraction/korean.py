"""Korean candidates: runs of nouns without their particles, by the morphological analyser.

A noun inside a verb derived from it (통과하다, 참여하다) is not part of a candidate. Nouns of adjacent words form a
phrase with the space between them, as written.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Set
from itertools import pairwise

from alt_pipelines.tagging.extraction import frequencies
from alt_pipelines.tagging.extraction.features import Document, Phrase
from alt_pipelines.tagging.extraction.korean_edges import divided, ends_in_particle, is_country, is_unit, is_unnamed
from alt_pipelines.tagging.extraction.korean_people import PERSON, people, roles_of, with_people
from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.repeats import repeated, repeated_pieces
from alt_pipelines.tagging.extraction.shapes import enclosing, spans
from alt_pipelines.text.korean import Morpheme, korean

_NOUNS = frozenset({"NNG", "NNP", "SL", "SH", "XPN", "XSN", "XR"})
_MAKES_VERB = ("XSV", "XSA")
_LONGEST = 5  # morphemes of a phrase
_LONGEST_WORDS = 3
_PARTICLES = "도만"
_PLURAL = ("들", "째", "쯤", "여", "씩", "당")  # suffixes that are not part of a name
_MUCH_COMMONER = 20.0
_HANGUL = re.compile("[\uac00-\ud7af]+")
_UNKNOWN_END = ("NNG", "NNP", "NP")  # tags of a written word's last noun; a pronoun after a noun is part of it
_QUOTED = re.compile(
    "(?<![\\w'\"])['‘\"“《〈「『]([^\\s'‘’\"“”《》〈〉「」『』][^'‘’\"“”《》〈〉「」『』\n]{1,15})['’\"”》〉」』]"
)
_SPEECH = re.compile(r"(?:^|\+)(?:V[VAXC]|E[FPCT]|JK[SOB]|JX|SF|SN)")
_DISTRICTS = frozenset(
    ["시가", "구가", "도가"]
)  # a unit of administration and its particle 가, which the dictionary reads as one noun
_SYLLABLES = ("NNG", "NNP", "NNB", "NNBC", "XPN", "MM", "MAG", "NR", "IC")
_NEVER_IN_NAMES = ("NR", "NNBC", "SN", "XSV", "XSA", "VCP", "VV", "VA", "VX")


def analyse(title: str, text: str, language: str = "ko") -> Document:
    """Return the noun phrases of a title and body, and the names in quotation marks."""
    lines = [(line, is_title) for part, is_title in ((title, True), (text, False)) for line in part.split("\n")]
    analysed = [(line, korean(line)) for line, _ in lines]
    known = people(analysed)
    read = [
        (line, _with_names(line, _whole_words(line, _dotted(with_people(line, found, known)))), is_title)
        for (line, found), (_, is_title) in zip(analysed, lines, strict=True)
    ]
    verbs = _verbal_nouns(found for _, found, is_title in read if not is_title)
    runs = [list(_parts(found, verbs if is_title else frozenset())) for _, found, is_title in read]
    written = (_words(run, line) for (line, _, _), kept in zip(read, runs, strict=True) for run, _ in kept)
    again = repeated(written, _LONGEST)
    phrases: list[Phrase] = []
    in_title: set[str] = set()
    offset = 0
    for (line, found, is_title), kept in zip(read, runs, strict=True):
        names = list(_quoted(line, found))
        inside = {at for name, indices in names if "의 " in name for at in indices}  # of '파도의 집', not 파도
        for run, index in kept:
            if index not in inside:
                phrases.extend(_phrase(piece, line, offset + index) for piece in _cut(run, line, again))
        for name, indices in names:
            phrases.append(Phrase((name,), (name.lower(),), offset + indices[0], marked=True))
        if is_title:
            in_title.update(m.surface.lower() for m in found)
        offset += len(found)
    roles = {role for _, found, _ in read for role in roles_of(found)}
    phrases = [phrase for phrase in phrases if len(phrase.stems) > 1 or phrase.words[0] not in roles]
    alone = frozenset(word for phrase in phrases for word in "".join(phrase.words).split())
    pieces = [p for p in repeated_pieces(phrases, lambda word: len(word.strip()) > 1) if _whole(p, alone)]
    pieces = [piece for piece in pieces if piece.words[0] not in roles or len(piece.words) > 1]
    every = [phrase for phrase in (*phrases, *pieces) if not is_unnamed("".join(phrase.words))]
    return Document(every, offset, frozenset(in_title))


def _quoted(line: str, found: list[Morpheme]) -> Iterator[tuple[str, range]]:
    """Yield the names in quotation marks, each with the indices of its morphemes; speech is not a name."""
    starts = [m.start for m in found]
    for match in _QUOTED.finditer(line):
        inside = range(bisect_left(starts, match.start(1)), bisect_left(starts, match.end(1)))
        if inside and not any(_SPEECH.search(found[at].pos) for at in inside) and found[inside[-1]].pos[0] in "NMSX":
            yield match.group(1), inside


def _verbal_nouns(lines: Iterable[list[Morpheme]]) -> frozenset[str]:
    """Return the nouns of which the article makes verbs (시작했다): at the end of a headline, they are its verb."""
    return frozenset(
        noun.surface
        for found in lines
        for noun, after in pairwise(found)
        if noun.pos == "NNG" and after.pos.startswith(_MAKES_VERB) and _attached(noun, after)
    )


def _whole(piece: Phrase, alone: frozenset[str]) -> bool:
    """Whether a part of phrases consists of written words: not 풍력, if the text has only 해상풍력."""
    return all(word in alone for word in "".join(piece.words).split())


def _whole_words(line: str, morphemes: list[Morpheme]) -> list[Morpheme]:
    """Return the morphemes, with the beginning of a written word joined to the noun after it: 해상풍력, 엔비디아.

    The analyser reads a name that it does not know as particles, determiners and short nouns. A particle or an ending
    is never followed by a noun in one written word, so what precedes the noun is part of it.
    """
    out: list[Morpheme] = []
    for word in _written_words(morphemes):
        last = max((at for at, m in enumerate(word) if m.pos in _UNKNOWN_END), default=-1)
        if not any(m.pos in ("NNG", "NNP") for m in word) or any(m.pos in _NEVER_IN_NAMES for m in word[: last + 1]):
            out += word
            continue
        begin = next((at for at, m in enumerate(word) if m.pos in ("NNG", "NNP") and len(m.surface) > 1), last)
        odd = [at for at, m in enumerate(word[: last + 1]) if m.pos not in _NOUNS]
        cut = max([begin, *(at + 1 for at in odd)]) if odd or begin > 0 else 0
        cut = min(cut, last)
        if cut > 0:
            end = word[cut].end
            joined = Morpheme(line[word[0].start : end], word[0].start, "NNG")
            word = [joined, *word[cut + 1 :]]
        out += word
    return out


def _dotted(morphemes: list[Morpheme]) -> list[Morpheme]:
    """Return the morphemes, with a syllable, a dot and the noun after it as a single noun: 초·중등교육(법)."""
    out: list[Morpheme] = []
    for morpheme in morphemes:
        two = out[-2:]
        bound = len(two) == 2 and two[1].surface == "·" and len(two[0].surface) == 1 and two[0].pos in _SYLLABLES
        alone = len(out) < 3 or not _attached(out[-3], two[0])
        if bound and alone and _attached(*two) and _attached(two[1], morpheme) and morpheme.pos in ("NNG", "NNP"):
            out[-2:] = [Morpheme(f"{two[0].surface}·{morpheme.surface}", two[0].start, "NNG")]
        else:
            out.append(morpheme)
    return out


def _written_words(morphemes: list[Morpheme]) -> Iterator[list[Morpheme]]:
    """Yield the morphemes of each stretch of Hangul without white space; other morphemes one by one."""
    word: list[Morpheme] = []
    for morpheme in morphemes:
        if word and _attached(word[-1], morpheme) and _HANGUL.fullmatch(morpheme.surface):
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


def _with_names(line: str, morphemes: list[Morpheme]) -> list[Morpheme]:
    """Return the morphemes, with names of letters, digits and signs joined and misread particles cut off."""
    out: list[Morpheme] = []
    for morpheme, name in zip(morphemes, enclosing((m.start for m in morphemes), spans(line)), strict=True):
        if name is not None:
            if not out or out[-1].start != name[0]:
                out.append(Morpheme(line[slice(*name)], name[0], "SL"))
        elif morpheme.pos == "NNG" and (
            (morpheme.surface[-1] in _PARTICLES and _is_particle(morpheme.surface))
            or (morpheme.surface in _DISTRICTS and out and _attached(out[-1], morpheme))
            or (out and ends_in_particle(morpheme, out[-1]))
        ):
            out.append(Morpheme(morpheme.surface[:-1], morpheme.start, "NNG"))
            out.append(Morpheme(morpheme.surface[-1], morpheme.end - 1, "JX"))
        elif morpheme.surface == "구" and morpheme.pos[0] == "V" and out and _attached(out[-1], morpheme):
            out.append(morpheme._replace(pos="XSN" if out[-1].pos == "NNP" else morpheme.pos))  # 미추홀|구
        else:
            out.append(morpheme)
    return out


def _is_particle(surface: str) -> bool:
    """Whether the last syllable of a noun is a particle: 상승도 is rare as a word, 상승 is common."""
    stem = surface[:-1]
    return len(stem) > 1 and frequencies.frequency(stem, "ko") > _MUCH_COMMONER * frequencies.frequency(surface, "ko")


def _runs(found: list[Morpheme], verbs: Set[str]) -> Iterator[tuple[list[Morpheme], int]]:
    """Yield runs of nouns, each with the index of its first morpheme, without those of ``verbs`` at their end."""
    run: list[Morpheme] = []
    first = 0
    for index, morpheme in enumerate(found):
        if morpheme.pos == PERSON:
            if run:
                yield run, first
            yield [morpheme], index
            run = []
            continue
        attached = bool(run) and _attached(run[-1], morpheme)
        unit = morpheme.pos == "NNBC" and attached and run[-1].pos in ("NNG", "NNP")  # 산청군
        if unit or (morpheme.pos == "MM" and attached):
            morpheme = morpheme._replace(pos="XSN")  # 특별전: the dictionary reads its last syllable as a determiner
        suffix = morpheme.pos == "XSN"
        if not run and is_country(morpheme):
            continue
        if suffix and (not attached or morpheme.surface in _PLURAL):
            pass
        elif morpheme.pos in _NOUNS and (suffix or not (_weak(found, index) or _unit(found, index, begins=not run))):
            first = first if run else index
            run.append(morpheme)
            continue
        if morpheme.pos == "SN" and attached and run[-1].pos in ("NNP", "NNG", "SL"):  # 코로나19
            run.append(morpheme)
            continue
        if morpheme.pos.startswith(_MAKES_VERB) and run:
            run.pop()
        ends = morpheme.pos.startswith("S")  # with a particle after it, the noun is not a verb
        if run := _without_verb(run, verbs if ends else frozenset()):
            yield run, first
        run = []
    if run := _without_verb(run, verbs):
        yield run, first


def _parts(found: list[Morpheme], verbs: Set[str]) -> Iterator[tuple[list[Morpheme], int]]:
    """Yield the runs of ``_runs`` divided before the full names of people."""
    for run, index in _runs(found, verbs):
        at = index
        for part in divided(run):
            yield part, at
            at += len(part)


def _attached(one: Morpheme, other: Morpheme) -> bool:
    return one.end == other.start


def _weak(found: list[Morpheme], index: int) -> bool:
    """Whether a noun says nothing about the topic. A part of a longer written word is not judged: 이상 in 이상고온."""
    if found[index].surface not in language_of("ko").weak:
        return False
    before = index > 0 and found[index - 1].pos in _NOUNS and _attached(found[index - 1], found[index])
    following = found[index + 1] if index + 1 < len(found) else None
    after = following is not None and following.pos in ("NNG", "NNP", "SL") and _attached(found[index], following)
    return not (before or after)


def _unit(found: list[Morpheme], index: int, *, begins: bool) -> bool:
    """Whether a word is the unit of a number: 600km, 3상. ``begins``: whether a phrase would begin here."""
    if not (index > 0 and found[index - 1].pos == "SN" and _attached(found[index - 1], found[index])):
        return False
    return is_unit(found[index]) or (begins and found[index].pos == "NNG")


def _without_verb(run: list[Morpheme], verbs: Set[str]) -> list[Morpheme]:
    """Return a run without the separate word at its end that is the headline's verb: HBM4 양산 시작."""
    while run and run[-1].surface in verbs and not (len(run) > 1 and _attached(run[-2], run[-1])):
        run = run[:-1]
    return run


def _cut(run: list[Morpheme], line: str, again: frozenset[str]) -> Iterator[list[Morpheme]]:
    """Cut a run into its longest parts that the text repeats or that end the run, otherwise into written words."""
    start = run[0].start
    if start > 1 and line[start - 1] == "·" and line[start - 2].isalnum():  # 난방·수도 | 요금: 요금 belongs to both
        gap = next((at for at, (a, b) in enumerate(pairwise(run), 1) if not _attached(a, b)), len(run))
        if gap < len(run):
            yield from _cut(run[:gap], line, again)
            if " " not in _form(run[gap:], line):
                return
            run = run[gap:]
    at = 0
    while at < len(run):
        end = min(len(run), at + _LONGEST)
        while end > at + 1 and not _fits(run, at, end, line, again):
            end -= 1
        piece = run[at:end]
        if len(_form(piece, line)) > 1:
            yield piece
        at = end


def _fits(run: list[Morpheme], at: int, end: int, line: str, again: frozenset[str]) -> bool:
    form = _form(run[at:end], line)
    cuts_a_word = end < len(run) and _attached(run[end - 1], run[end])
    if cuts_a_word or form.count(" ") >= _LONGEST_WORDS:
        return False
    return end == len(run) or " " not in form or form in again


def _form(piece: list[Morpheme], line: str) -> str:
    return line[piece[0].start : piece[-1].end]


def _words(piece: list[Morpheme], line: str) -> list[str]:
    """Return the surfaces, each with the characters between it and the previous one."""
    between = [line[a.end : b.end] for a, b in pairwise(piece)]
    return [piece[0].surface, *between]


def _phrase(piece: list[Morpheme], line: str, start: int) -> Phrase:
    return Phrase(tuple(_words(piece, line)), tuple(m.surface.lower() for m in piece), start)
