"""Korean candidates: runs of nouns without their particles, by the morphological analyser.

A noun inside a verb derived from it (통과하다, 참여하다) is not part of a candidate. Nouns of adjacent words form a
phrase with the space between them, as written.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from alt_pipelines.tagging.extraction.features import Document, Phrase
from alt_pipelines.tagging.extraction.korean.edges import (
    divided,
    is_country,
    is_house,
    is_quotes_particle,
    is_unit,
    is_unnamed,
    is_version,
)
from alt_pipelines.tagging.extraction.korean.letters import with_letters, with_loans
from alt_pipelines.tagging.extraction.korean.measures import is_degree, without_measures, without_origins
from alt_pipelines.tagging.extraction.korean.names import apposed, names_inside, without_halves
from alt_pipelines.tagging.extraction.korean.people import PERSON, people, roles_of, scorers, with_people
from alt_pipelines.tagging.extraction.korean.quotes import is_sentence, listed, quoted, repeated_works
from alt_pipelines.tagging.extraction.korean.stems import departments, ingredients, islands, stems, with_stems
from alt_pipelines.tagging.extraction.korean.words import NOUNS, attached, dotted, whole_words, with_names
from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.repeats import divided_once, repeated, repeated_pieces
from alt_pipelines.text.korean import Morpheme, korean
from alt_pipelines.text.stopwords import word_set

_MAKES_VERB = ("XSV", "XSA")
_LONGEST = 5  # morphemes of a phrase
_LONGEST_WORDS = 3
_PLURAL = ("들", "째", "쯤", "여", "씩", "당", "용")  # suffixes that are not part of a name
_BULLETS = ("- ", "* ", "• ", "· ", "+ ")
# The kinds of change of a changelog: added, changed, deprecated, removed, fixed, improved, supported.
_CHANGES = word_set("추가 신설 변경 교체 중단 폐지 제거 삭제 수정 해결 복구 개선 향상 최적화 지원 제공 적용 도입")


class _Line(NamedTuple):
    """A line, its morphemes with whole words and names, and whether it belongs to the title."""

    text: str
    found: list[Morpheme]
    is_title: bool


def analyse(title: str, text: str, language: str = "ko") -> Document:
    """Return the noun phrases of a title and body, and the names in quotation marks."""
    lines = [(line, is_title) for part, is_title in ((title, True), (text, False)) for line in part.split("\n")]
    written = [line for line, _ in lines]
    needed = ingredients(written)
    places = islands(written)
    nouns = stems(written) | departments(written) | places | needed
    analysed = [(line, with_stems(line, korean(line), nouns, needed, places)) for line, _ in lines]
    known = people(analysed) | scorers(analysed)
    read = [
        _Line(line, _whole_line(line, with_people(line, found, known)), is_title)
        for (line, found), (_, is_title) in zip(analysed, lines, strict=True)
    ]
    works = repeated_works(written)
    roles = {role for line in read for role in roles_of(line.found)}
    phrases = divided_once(_without_roles(_phrases(read, works), roles))
    alone = frozenset(word for phrase in phrases for word in "".join(phrase.words).split())
    pieces = [p for p in repeated_pieces(phrases, lambda word: bool(word.strip())) if _whole(p, alone)]
    every = [*phrases, *_without_roles(pieces, roles)]
    kept = [phrase for phrase in every if not is_unnamed("".join(phrase.words))]
    found = [morpheme for line in read for morpheme in line.found]
    in_title = _in_title(read, works)
    kept = without_measures(without_origins(kept, found), found, in_title)
    return Document(without_halves(kept, found, f"{title}\n{text}"), len(found), in_title)


def _whole_line(line: str, found: Sequence[Morpheme]) -> list[Morpheme]:
    """Return the morphemes of a line with whole words and names."""
    return with_loans(line, with_letters(with_names(line, whole_words(line, dotted(list(found))))))


def _phrases(read: Sequence[_Line], works: Set[str]) -> Iterator[Phrase]:
    """Yield the phrases and the quoted names of all lines."""
    verbs = _verbal_nouns(line.found for line in read if not line.is_title)
    runs = [list(_parts(line.found, verbs if line.is_title else _changes(line.text))) for line in read]
    words = (_words(run, line.text) for line, kept in zip(read, runs, strict=True) for run, _ in kept)
    again = frozenset(repeated(words, _LONGEST))
    offset = 0
    for line, kept in zip(read, runs, strict=True):
        names = list(_names(line, works))
        sentences = [indices for name, indices in names if is_sentence(name, [line.found[i] for i in indices])]
        inside = {at for indices in sentences for at in indices}
        for run, index in kept:
            if index not in inside:
                pieces = list(_cut(run, line.text, again))
                yield from (_phrase(piece, line.text, offset + index) for piece in pieces)
                for piece in pieces:
                    yield from (_phrase(name, line.text, offset + index + at) for name, at in names_inside(piece))
        for name, indices in names:
            yield Phrase((name,), (name.lower(),), offset + indices[0], marked=True)
        offset += len(line.found)


def _changes(line: str) -> frozenset[str]:
    """Return the verbs of a changelog if the line is an item of a list: 다크 모드 토글 | 추가."""
    return _CHANGES if line.startswith(_BULLETS) else frozenset()


def _names(line: _Line, works: Set[str]) -> Iterator[tuple[str, range]]:
    """Yield the names that quotation marks or a list mark, each with the indices of its morphemes."""
    yield from quoted(line.text, line.found, works)
    if not line.is_title:
        yield from listed(line.text, line.found)


def _in_title(read: Sequence[_Line], works: Set[str]) -> frozenset[str]:
    """Return the words and the names of the title."""
    titles = [line for line in read if line.is_title]
    words = (morpheme.surface.lower() for line in titles for morpheme in line.found)
    return frozenset([*words, *(name.lower() for line in titles for name, _ in _names(line, works))])


def _without_roles(phrases: Iterable[Phrase], roles: Set[str]) -> list[Phrase]:
    """Return the phrases without those that are only the role of a person named after it: 배우."""
    return [phrase for phrase in phrases if len(phrase.words) > 1 or phrase.words[0] not in roles]


def _verbal_nouns(lines: Iterable[list[Morpheme]]) -> frozenset[str]:
    """Return the nouns of which the article makes verbs (시작했다): at the end of a headline, they are its verb."""
    return frozenset(
        noun.surface
        for found in lines
        for noun, after in pairwise(found)
        if noun.pos == "NNG" and after.pos.startswith(_MAKES_VERB) and attached(noun, after)
    )


def _whole(piece: Phrase, alone: frozenset[str]) -> bool:
    """Whether a part of phrases consists of written words: not 풍력, if the text has only 해상풍력."""
    form = "".join(piece.words)
    return len(form) > 1 and all(word in alone for word in form.split())


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
        joined = bool(run) and attached(run[-1], morpheme)
        unit = morpheme.pos == "NNBC" and joined and run[-1].pos in ("NNG", "NNP")  # 산청군
        firm = morpheme.pos == "NR" and morpheme.surface == "사" and joined and run[-1].pos == "NNG"  # 운영|사
        if unit or firm or (morpheme.pos == "MM" and joined):
            morpheme = morpheme._replace(pos="XSN")  # 특별전: the dictionary reads its last syllable as a determiner
        suffix = morpheme.pos == "XSN"
        if not run and (is_country(morpheme) or is_quotes_particle(found, index)):
            continue
        if suffix and joined and is_house(run[-1], morpheme, found[index + 1 : index + 2]):
            run[-1] = run[-1]._replace(surface=run[-1].surface + morpheme.surface)
            continue
        if suffix:
            noun = joined and morpheme.surface not in _PLURAL
        else:
            noun = morpheme.pos in NOUNS and not (_weak(found, index) or _unit(found, index, begins=not run))
            noun = noun and not is_degree(found, index)
        numbered = joined and run[-1].pos in ("NNP", "NNG", "SL")
        if noun or (run and morpheme.pos == "SN" and (numbered or is_version(run, found, index))):
            first = first if run else index
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
        for piece in divided(run):
            for part, first in apposed(piece):
                yield part, at + first
            at += len(piece)


def _weak(found: list[Morpheme], index: int) -> bool:
    """Whether a noun says nothing about the topic. A part of a longer written word is not judged: 이상 in 이상고온."""
    if found[index].surface not in language_of("ko").weak:
        return False
    before = index > 0 and found[index - 1].pos in NOUNS and attached(found[index - 1], found[index])
    following = found[index + 1] if index + 1 < len(found) else None
    after = following is not None and following.pos in ("NNG", "NNP", "SL") and attached(found[index], following)
    return not (before or after)


def _unit(found: list[Morpheme], index: int, *, begins: bool) -> bool:
    """Whether a word is the unit of a number, or a syllable after it: 600km, 3상, 22년|간.

    ``begins``: whether a phrase would begin here.
    """
    if not (index > 0 and attached(found[index - 1], found[index])):
        return False
    if found[index - 1].pos == "NNBC" and index > 1 and found[index - 2].pos == "SN":
        return len(found[index].surface) == 1
    if found[index - 1].pos != "SN":
        return False
    return is_unit(found[index]) or (begins and found[index].pos == "NNG")


def _without_verb(run: list[Morpheme], verbs: Set[str]) -> list[Morpheme]:
    """Return a run without the separate word at its end that is the headline's verb: HBM4 양산 시작."""
    while run and run[-1].surface in verbs and not (len(run) > 1 and attached(run[-2], run[-1])):
        run = run[:-1]
    return run


def _cut(run: list[Morpheme], line: str, again: frozenset[str]) -> Iterator[list[Morpheme]]:
    """Cut a run into its longest parts that the text repeats or that end the run, otherwise into written words."""
    start = run[0].start
    if start > 1 and line[start - 1] == "·" and line[start - 2].isalnum():  # 난방·수도 | 요금: 요금 belongs to both
        gap = next((at for at, (a, b) in enumerate(pairwise(run), 1) if not attached(a, b)), len(run))
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
    cuts_a_word = end < len(run) and attached(run[end - 1], run[end])
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
