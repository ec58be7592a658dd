"""Korean candidates: runs of nouns without their particles, by the morphological analyser.

A noun inside a verb derived from it (통과하다, 참여하다) is not part of a candidate. Nouns of adjacent words form a
phrase with the space between them, as written.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from alt_pipelines.tagging.extraction import frequencies
from alt_pipelines.tagging.extraction.features import Document, Phrase
from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.repeats import repeated, repeated_pieces
from alt_pipelines.tagging.extraction.shapes import enclosing, spans
from alt_pipelines.text.korean import Morpheme, korean

_NOUNS = frozenset({"NNG", "NNP", "SL", "SH", "XPN", "XSN", "XR"})
_MAKES_VERB = ("XSV", "XSA")
_LONGEST = 5  # morphemes of a phrase
_LONGEST_WORDS = 3
_PARTICLES = "도만"
_PLURAL = ("들", "째", "쯤", "여", "씩")  # suffixes that are no part of a name
_MUCH_COMMONER = 20.0
_HANGUL = re.compile("[\uac00-\ud7af]+")
_UNKNOWN_END = ("NNG", "NNP", "NP")  # of a written word's last noun; a pronoun after a noun is part of it
_NEVER_IN_NAMES = ("NR", "NNBC", "SN", "XSV", "XSA", "VCP", "VV", "VA", "VX")


def analyse(title: str, text: str, language: str = "ko") -> Document:
    """Return the noun phrases of a title and body."""
    phrases: list[Phrase] = []
    in_title: set[str] = set()
    offset = 0
    again: frozenset[str] = frozenset()  # repeated phrases of this line and of the lines before it
    for part, is_title in ((title, True), (text, False)):
        for line in part.split("\n"):
            found = _with_names(line, _whole_words(line, korean(line)))
            runs = list(_runs(found))
            again |= repeated((_words(run, line) for run, _ in runs), _LONGEST)
            for run, index in runs:
                phrases.extend(_phrase(piece, line, offset + index) for piece in _cut(run, line, again))
            if is_title:
                in_title.update(m.surface.lower() for m in found)
            offset += len(found)
    alone = frozenset(word for phrase in phrases for word in "".join(phrase.words).split())
    pieces = [p for p in repeated_pieces(phrases, lambda word: len(word.strip()) > 1) if _whole(p, alone)]
    return Document([*phrases, *pieces], offset, frozenset(in_title))


def _whole(piece: Phrase, alone: frozenset[str]) -> bool:
    """Whether a part of phrases consists of written words: not 풍력, if the text has only 해상풍력."""
    return all(word in alone for word in "".join(piece.words).split())


def _whole_words(line: str, morphemes: list[Morpheme]) -> list[Morpheme]:
    """Return the morphemes, with the beginning of a written word joined to the noun after it: 해상풍력, 엔비디아.

    The analyser reads a name that it does not know as particles, determiners and short nouns. A particle or an ending
    is never followed by a noun in one written word, so that what precedes the noun is part of it.
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
            end = word[cut].start + len(word[cut].surface)
            joined = Morpheme(line[word[0].start : end], word[0].start, "NNG")
            word = [joined, *word[cut + 1 :]]
        out += word
    return out


def _written_words(morphemes: list[Morpheme]) -> Iterator[list[Morpheme]]:
    """Yield the morphemes of each stretch of Hangul without white space; other morphemes one by one."""
    word: list[Morpheme] = []
    for morpheme in morphemes:
        if word and word[-1].start + len(word[-1].surface) == morpheme.start and _HANGUL.fullmatch(morpheme.surface):
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
        elif morpheme.pos == "NNG" and morpheme.surface[-1] in _PARTICLES and _is_particle(morpheme.surface):
            out.append(Morpheme(morpheme.surface[:-1], morpheme.start, "NNG"))
            out.append(Morpheme(morpheme.surface[-1], morpheme.start + len(morpheme.surface) - 1, "JX"))
        else:
            out.append(morpheme)
    return out


def _is_particle(surface: str) -> bool:
    """Whether the last syllable of a noun is a particle: 상승도 is rare as a word, 상승 is common."""
    stem = surface[:-1]
    return len(stem) > 1 and frequencies.frequency(stem, "ko") > _MUCH_COMMONER * frequencies.frequency(surface, "ko")


def _runs(found: list[Morpheme]) -> Iterator[tuple[list[Morpheme], int]]:
    weak = language_of("ko").weak
    run: list[Morpheme] = []
    first = 0
    for index, morpheme in enumerate(found):
        attached = bool(run) and run[-1].start + len(run[-1].surface) == morpheme.start
        if morpheme.pos == "MM" and attached:
            morpheme = morpheme._replace(pos="XSN")  # 특별전: the dictionary reads its last syllable as a determiner
        suffix = morpheme.pos == "XSN"
        if suffix and (not attached or morpheme.surface in _PLURAL):
            pass
        elif morpheme.pos in _NOUNS and (suffix or morpheme.surface not in weak):
            first = first if run else index
            run.append(morpheme)
            continue
        if morpheme.pos == "SN" and attached and run[-1].pos in ("NNP", "NNG", "SL"):  # 코로나19
            run.append(morpheme)
            continue
        if morpheme.pos.startswith(_MAKES_VERB) and run:
            run.pop()
        if run:
            yield run, first
        run = []
    if run:
        yield run, first


def _cut(run: list[Morpheme], line: str, again: frozenset[str]) -> Iterator[list[Morpheme]]:
    """Yield a short run as it is, and a longer run as the longest parts that occur again and whole written words."""
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
    cuts_a_word = end < len(run) and run[end].start == run[end - 1].start + len(run[end - 1].surface)
    if cuts_a_word or form.count(" ") >= _LONGEST_WORDS:
        return False
    return end == len(run) or " " not in form or form in again


def _form(piece: list[Morpheme], line: str) -> str:
    return line[piece[0].start : piece[-1].start + len(piece[-1].surface)]


def _words(piece: list[Morpheme], line: str) -> list[str]:
    """Return the surfaces, each with the characters between it and the previous one."""
    between = [line[a.start + len(a.surface) : b.start + len(b.surface)] for a, b in pairwise(piece)]
    return [piece[0].surface, *between]


def _phrase(piece: list[Morpheme], line: str, start: int) -> Phrase:
    return Phrase(tuple(_words(piece, line)), tuple(m.surface.lower() for m in piece), start)
