"""Chinese candidates, simplified and traditional: runs of nouns, names and foreign words, by jieba's parts of speech.

Verbs, times, numbers and directions end a phrase. A run that is too long is cut into the parts that the text repeats
and single words.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from alt_pipelines.tagging.extraction.features import Document, Phrase
from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.repeats import repeated, repeated_pieces
from alt_pipelines.tagging.extraction.shapes import enclosing, spans
from alt_pipelines.text.segmentation import Word, chinese

_NOUNS = ("n", "vn", "an", "eng", "j", "l", "i", "ng", "nr", "g", "zg")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金"
    "贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧曾蕭蔣葉魏蘇呂盧鍾譚"
    "陸範賈鄒龍賀顧龔"
)
_NUMERAL = re.compile(r"[\d〇零一二三四五六七八九十百千万萬亿億两兩半几幾数數多第]")
_SCORE = re.compile("[一二三四五六七八九十两兩]比")  # 以三比二
_LONGEST_FORM = 10  # characters of a phrase
_Named = tuple[str, int]  # a word and its place in the text


def analyse(title: str, text: str, language: str = "zh") -> Document:
    """Return the noun phrases of a title and body."""
    phrases: list[Phrase] = []
    in_title: set[str] = set()
    offset = 0
    for part, is_title in ((title, True), (text, False)):
        words = _compounds(_with_names(part, chinese(part)), title=is_title)
        runs = list(_runs(words))
        again = repeated(([surface for surface, _ in run] for run, _ in runs), language_of("zh").longest)
        for run, index in runs:
            for piece in [*_cut(run, again), *_latin_names(run)]:
                surfaces = tuple(surface for surface, _ in piece)
                phrases.append(Phrase(surfaces, tuple(s.strip().lower() for s in surfaces), offset + index))
        if is_title:
            in_title.update(word.surface.lower() for word in words)
        offset += len(words)
    pieces = repeated_pieces(phrases, lambda word: bool(word.strip()))
    phrases += [piece for piece in pieces if len("".join(piece.words)) > 1]
    return Document(phrases, offset, frozenset(in_title))


def _with_names(text: str, words: list[Word]) -> list[Word]:
    """Return the words, with every name of letters, digits and signs as a single word."""
    out: list[Word] = []
    for word, name in zip(words, enclosing((word.start for word in words), spans(text)), strict=True):
        if name is not None:
            if not out or out[-1].start != name[0]:
                out.append(Word(text[slice(*name)], name[0], "eng"))
        elif out and word.pos.startswith("nr") and _hides_surname(out[-1]):
            out[-1:] = [Word(out[-1].surface[0], out[-1].start, "k"), Word(out[-1].surface[1], out[-1].start + 1, "nr")]
            out.append(word)
        elif word.surface == "-" and out and len(out[-1].surface) == 1:
            out[-1] = Word(f"{out[-1].surface}-", out[-1].start, "nz")  # 歼-20
        elif out and out[-1].surface[-1] == "-" and word.surface.isdigit():
            out[-1] = Word(out[-1].surface + word.surface, out[-1].start, "nz")
        else:
            out.append(word)
    return out


def _compounds(words: list[Word], *, title: bool) -> list[Word]:
    """Tag a verb as a noun if it occurs beside the same noun more than once: 重建條例, 数字修复.

    A place before a noun is a noun too (海上风电), and so is a "number" without a numeral (港元).
    """
    out = list(words)
    pairs = Counter((word.surface, following.surface) for word, following in pairwise(words))
    for index, (word, following) in enumerate(pairwise(words)):
        if not title and index and words[index - 1].surface in "，；" and _acts_as_verb(word, following):
            out[index] = word._replace(pos="v")
            continue
        verb = word.pos in ("v", "a") and len(word.surface) == 2 and word.surface not in language_of("zh").weak
        if verb and following.pos.startswith("n") and len(following.surface) == 2:
            before = words[index - 1].pos if index else "x"
            if before.startswith(("n", "f", "x", "v")) and pairs[word.surface, following.surface] > 1:
                out[index] = word._replace(pos="vn")
        elif word.pos == "s" and following.pos.startswith("n"):
            out[index] = word._replace(pos="n")  # 海上风电
        elif word.pos == "m" and len(word.surface) > 1 and not _NUMERAL.search(word.surface):
            out[index] = word._replace(pos="n")
        noun = word.pos.startswith("n") and len(word.surface) > 1 and following.pos in ("v", "a")
        if noun and len(following.surface) == 2 and pairs[word.surface, following.surface] > 1:
            out[index + 1] = following._replace(pos="vn")
    return out


def _acts_as_verb(word: Word, following: Word) -> bool:
    """Whether a word at the start of a clause is its verb: 工廠...，生產車用晶片."""
    mistaken = word.pos == "nr" and word.surface[0] not in _SURNAMES
    return len(word.surface) == 2 and (word.pos == "vn" or mistaken) and following.pos.startswith("n")


def _hides_surname(word: Word) -> bool:
    """Whether a word before a given name wrongly includes the surname at its end: 市[長黃]志遠."""
    return len(word.surface) == 2 and not word.pos.startswith("n") and word.surface[1] in _SURNAMES


def _runs(words: list[Word]) -> Iterator[tuple[list[_Named], int]]:
    weak = language_of("zh").weak
    run: list[_Named] = []
    first = 0
    person = False  # whether the run so far is a person's name; other words do not extend it
    for index, word in enumerate([*words, Word("\n", -1, "x")]):
        alone = len(word.surface) > 3 and not word.surface[0].isascii()
        surname = word.surface in _SURNAMES and index + 1 < len(words) and words[index + 1].pos.startswith("nr")
        given = word.pos.startswith("nr")  # jieba tags many other words so
        named = (given and (word.surface[0] in _SURNAMES or person)) or surname
        if run and (named != person or alone or (len(run[-1][0]) > 3 and run[-1][0][0] > "\u2e80")):
            yield _spaced(run), first
            run = []
        person = named
        if surname:
            word = word._replace(pos="nr")
        lone = given and not named and len(word.surface) == 1  # 飞, which is no name without a surname
        if (
            word.pos.startswith(_NOUNS)
            and word.surface.strip()
            and not _SCORE.search(word.surface)
            and word.surface not in weak
            and not lone
        ):
            first = first if run else index
            run.append((word.surface, word.start))
        elif word.surface == " " and run and run[-1][0].isascii() and _latin(words, index + 1):
            continue  # Telegram Bot
        else:
            if run:
                yield _spaced(run), first
            run = []


def _latin_names(run: list[_Named]) -> Iterator[list[_Named]]:
    """Yield foreign names on their own if the run also has Chinese words: COVID-19疫情."""
    for surface, start in run:
        name = surface.strip()
        if len(run) > 1 and name.isascii() and (len(name) > 3 or (len(name) > 1 and any(c.isdigit() for c in name))):
            yield [(surface.strip(), start)]


def _latin(words: list[Word], index: int) -> bool:
    return index < len(words) and words[index].surface[0].isascii() and words[index].surface[0].isalpha()


def _spaced(run: list[_Named]) -> list[_Named]:
    """Return the run, with a space before a word as part of that word."""
    out = run[:1]
    for (before, at), (surface, start) in pairwise(run):
        out.append((f" {surface}" if start > at + len(before) else surface, start))
    return out


def _cut(run: list[_Named], again: frozenset[str]) -> Iterator[list[_Named]]:
    """Yield a short run as it is, and a longer run as the longest parts that occur again and single words.

    A single character before two words is usually the rest of another word: (首)飞欧洲航线.
    """
    if len(run) > 2 and len(run[0][0]) == 1 and not run[0][0].isascii():
        run = run[1:]
    at = 0
    while at < len(run):
        size = min(len(run) - at, language_of("zh").longest)
        while size > 1 and not _fits(run[at : at + size], whole=at + size == len(run), again=again):
            size -= 1
        piece = [(run[at][0].lstrip(), run[at][1]), *run[at + 1 : at + size]]
        if len("".join(surface for surface, _ in piece)) > 1:
            yield piece
        at += size


def _fits(piece: list[_Named], *, whole: bool, again: frozenset[str]) -> bool:
    form = "".join(surface for surface, _ in piece).strip()
    if len(form) > _LONGEST_FORM and not form.isascii():
        return False
    return (whole and len(piece) <= 3) or form in again
