"""Chinese candidates, simplified and traditional: runs of nouns, names and foreign words, by jieba's parts of speech.

Verbs, times, numbers and directions end a phrase. A run that is too long is cut into the parts that the text repeats
and single words.
"""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby, pairwise

from alt_pipelines.tagging.extraction.chinese.bodies import with_bodies
from alt_pipelines.tagging.extraction.chinese.characters import SURNAMES, is_sounds, is_surname
from alt_pipelines.tagging.extraction.chinese.competitions import with_competitions
from alt_pipelines.tagging.extraction.chinese.eponyms import diseases, with_eponyms
from alt_pipelines.tagging.extraction.chinese.frequencies import KNOWN, share
from alt_pipelines.tagging.extraction.chinese.honorifics import without_honorifics
from alt_pipelines.tagging.extraction.chinese.listings import STOCK_NUMBER, is_of_shares, with_sessions
from alt_pipelines.tagging.extraction.chinese.measures import without_shares
from alt_pipelines.tagging.extraction.chinese.models import with_models
from alt_pipelines.tagging.extraction.chinese.names import name_words
from alt_pipelines.tagging.extraction.chinese.predicates import fit_phrases, with_predicates
from alt_pipelines.tagging.extraction.chinese.repeated_verbs import counted, with_repeated_verbs
from alt_pipelines.tagging.extraction.chinese.routes import routes, with_routes
from alt_pipelines.tagging.extraction.chinese.speakers import PERSON, has_compound_surname
from alt_pipelines.tagging.extraction.chinese.species import with_greek, with_species
from alt_pipelines.tagging.extraction.chinese.terms import with_activities, with_terms, with_topics
from alt_pipelines.tagging.extraction.chinese.usage import (
    MODAL,
    NOUNS,
    compounds,
    terms_of_programs,
    verbs_of,
    with_verbs,
)
from alt_pipelines.tagging.extraction.chinese.words import NAMES, retagged
from alt_pipelines.tagging.extraction.features import Document, Phrase
from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.repeats import divided_once, repeated, repeated_pieces
from alt_pipelines.tagging.extraction.shapes import enclosing, spans
from alt_pipelines.tagging.extraction.words.everyday import without_everyday
from alt_pipelines.tagging.extraction.words.frequencies import rarity as rarity_of
from alt_pipelines.text.scripts import is_han
from alt_pipelines.text.segmentation import Word, simplified
from alt_pipelines.text.stopwords import word_set

_POINTING = frozenset("一两兩各本该該我此某贵貴全整")  # 两国, 各地, 全长: refers to something named elsewhere
# Last characters of what the name after it is: a trade, a role or a standing (供应商, 外援, 被告, 网友).
_TRADES = frozenset("商厂户方者员手头援将牌民儿告工师友客兵警童")
# What a club, firm or place is called for its standing, before its name: 豪门|浙江队.
_STANDINGS = word_set(
    "领头羊 领跑者 排头兵 龙头 巨头 霸主 班霸 豪门 劲旅 强队 弱旅 黑马 升班马 新军 新贵 新秀 榜首 冠军 亚军 季军"
    " 东道主 劲敌 死敌"
)
_NAMED = (*NAMES, "nw")  # tags of names and titles of works
_LONGEST_WHOLE = 8  # characters of a phrase of more than three words that occurs once
_LONGEST_FORM = 10  # characters of a phrase


def analyse(title: str, text: str, language: str = "zh") -> Document:
    """Return the noun phrases of a title and body."""
    phrases: list[Phrase] = []
    offset = 0
    named = zip((title, text), map(with_greek, name_words(title, text)), strict=True)
    parts = with_models([_with_signs(part, words) for part, words in named])
    ills = diseases(parts)
    parts = [_read(words, ills, title=number == 0) for number, words in enumerate(parts)]
    counts = counted([*parts[0], Word("\n", -1, "x"), *parts[1]])
    parts = [with_repeated_verbs(words, counts) for words in parts]
    heading, body = ([(word.surface, following.surface) for word, following in pairwise(words)] for words in parts)
    pairs, in_body = Counter([*heading, *body]), Counter(body)
    acting = verbs_of([*parts[0], Word("\n", -1, "x"), *parts[1]])
    in_all = Counter(word.surface for words in parts for word in words)
    terms = terms_of_programs(parts)
    parts = [with_topics(compounds(words, in_body, pairs, terms), in_all) for words in parts]
    parts = [with_verbs(words, acting, in_body, title=number == 0) for number, words in enumerate(parts)]
    found = [list(with_routes(_runs(words, pairs), words)) for words in parts]
    again = frozenset(
        repeated(([word.surface for word in run] for runs in found for run, _ in runs), language_of("zh").longest)
    )
    for words, runs in zip(parts, found, strict=True):
        for run, index in runs:
            for piece in [*_cut(run, again), *_latin_names(run), *_kinds_of_models(run)]:
                surfaces = tuple(word.surface for word in piece)
                phrases.append(Phrase(surfaces, tuple(s.strip().lower() for s in surfaces), offset + index))
        offset += len(words)
    phrases = divided_once([*phrases, *routes([*parts[0], *parts[1]])])
    phrases += [p for p in repeated_pieces(phrases, lambda w: bool(w.strip())) if len("".join(p.words)) > 1]
    phrases = without_honorifics(fit_phrases(phrases, f"{title}\n{text}"), [*parts[0], *parts[1]], text)
    in_title = frozenset(word.surface.lower() for word in parts[0])
    names = {word.surface.lower() for words in parts for word in words if word.pos.startswith(_NAMED)}
    return Document(without_everyday(phrases, in_title, names, share), offset, in_title)


def _read(words: list[Word], ills: frozenset[str], *, title: bool) -> list[Word]:
    """Return the words with their tags as this article uses them, and whole terms and institutions as single words."""
    words = with_terms(with_predicates(retagged(with_species(with_sessions(words)), title=title)))
    return with_competitions(with_bodies(with_activities(without_shares(with_eponyms(words, ills)))))


@lru_cache(maxsize=65536)
def rarity(word: str) -> float:
    """Return the rarity of a word (0..1); the frequency list has simplified characters only."""
    return rarity_of(simplified(word), "zh")


def _with_signs(text: str, words: list[Word]) -> list[Word]:
    """Return the words, with every name of letters, digits and signs as a single word."""
    out: list[Word] = []
    for word, name in zip(words, enclosing((word.start for word in words), spans(text)), strict=True):
        if name is not None and word.start == name[0] and len(word.surface) > name[1] - name[0]:
            out.append(word)  # B超, of which B is not a name
        elif name is not None:
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


def _hides_surname(word: Word) -> bool:
    """Whether a word before a given name wrongly includes the surname at its end: 市[長黃]志遠."""
    if len(word.surface) != 2 or word.pos.startswith("n") or word.surface[1] not in SURNAMES:
        return False
    return share(word.surface) < KNOWN  # 登陸 is a word


def _runs(words: list[Word], pairs: Counter[tuple[str, str]]) -> Iterator[tuple[list[Word], int]]:
    """Yield runs of nouns, each with the index of its first word.

    A person's name is a separate run, and the person's role directly before it is left out.
    """
    run: list[Word] = []
    first = 0
    person = False  # whether the run so far is a person's name; other words do not extend it
    for index, word in enumerate([*words, Word("\n", -1, "x")]):
        following = words[index + 1] if index + 1 < len(words) else None
        named = _is_person(word, following, after_person=person)
        if run and (named != person or _stands_alone(run[-1], word, pairs)):
            if named and not person and run[-1].start + len(run[-1].surface) == word.start:
                run = _without_role(run)
            if run:
                yield _spaced(run), first
            run = []
        person = named
        counted = index > 0 and words[index - 1].pos == "m" and len(word.surface) == 1  # 十吋: a measure
        if _is_noun(word, named=named) and not (counted or (not run and _is_ranked(word, following))):
            first = first if run else index
            run.append(word)
        elif word.surface == " " and run and run[-1].surface.isascii() and _latin(words, index + 1):
            continue  # Telegram Bot
        elif run:
            yield _spaced(run), first
            run = []


def _is_ranked(word: Word, following: Word | None) -> bool:
    """Whether a word says among what the rank after it is: 世界|第三. A league's round is not a rank: 英超|第10轮."""
    ranks = following is not None and following.surface[0] == "第"
    return ranks and len(word.surface) == 2 and word.pos != "nz"


def _is_person(word: Word, following: Word | None, *, after_person: bool) -> bool:
    """Whether a word is a person's name or a part of it."""
    if word.surface in SURNAMES and following is not None and following.pos.startswith("nr"):
        return True
    if not word.pos.startswith("nr"):
        return False
    if word.pos in ("nrt", PERSON) or after_person or word.surface[0] in SURNAMES:
        return True
    named = is_surname(word.surface[0]) or has_compound_surname(word.surface) or is_sounds(word.surface)
    return len(word.surface) > 2 and named


def _is_noun(word: Word, *, named: bool) -> bool:
    if not (word.pos.startswith(NOUNS) or named) or not word.surface.strip():
        return False
    pointing = word.surface[0] in _POINTING and len(word.surface) == 2 + (word.surface[0] == "各")
    if (pointing and word.pos in ("n", "ns", "s")) or word.surface in MODAL:
        return False
    lone = word.pos.startswith("nr") and not named and len(word.surface) == 1  # 飞, no name without a surname
    numbered = word.pos == "eng" and STOCK_NUMBER.fullmatch(word.surface) is not None
    return not _is_weak(word.surface) and not lone and not numbered


@lru_cache(maxsize=65536)
def _is_weak(surface: str) -> bool:
    return simplified(surface) in language_of("zh").weak


def _stands_alone(before: Word, word: Word, pairs: Counter[tuple[str, str]]) -> bool:
    """Whether a long word begins or ends a run, unless the text repeats it with its neighbour."""
    if pairs[before.surface, word.surface] > 1 or word.pos == "eng":
        return False
    if is_of_shares(word.surface):
        return True
    called = simplified(before.surface[-1]) in _TRADES or simplified(before.surface) in _STANDINGS
    if before.pos == "n" and called and word.pos in ("ns", "nt", "nz", "nr", "eng"):
        return True  # 供应商|大陆集团, 客户|比亚迪
    if before.pos == "nz" and simplified(before.surface[-1]) == "节":
        return True  # 芒果節|登場
    if before.pos == word.pos == "nr" and len(word.surface) > 1:  # 苗栗|通霄: a place and its county
        return True
    return any(len(w.surface) > 3 and is_han(w.surface[0]) for w in (before, word))


def _without_role(run: list[Word]) -> list[Word]:
    """Return a run before a person's name without the role at its end: 北京大学教授 becomes 北京大学."""
    last = max((at for at, word in enumerate(run) if word.pos.startswith((*NAMES, "j"))), default=-1)
    if last < 0 and len(run) == 2 and run[0].pos == "n":
        return run[:1]  # 乒乓球|名宿
    return run[: last + 1]


def _latin_names(run: list[Word]) -> Iterator[list[Word]]:
    """Yield foreign names on their own, whole, if the run also has Chinese words: COVID-19疫情, Docker Compose配置."""
    for latin, words in groupby(run, key=lambda word: word.surface.strip().isascii()):
        name = list(words)
        form = "".join(word.surface for word in name).strip()
        if latin and len(name) < len(run) and (len(form) > 3 or (len(form) > 1 and any(c.isdigit() for c in form))):
            yield [name[0]._replace(surface=name[0].surface.strip()), *name[1:]]


def _kinds_of_models(run: list[Word]) -> Iterator[list[Word]]:
    """Yield a name of letters and digits with the noun after it, if the run begins before them: 新款|4K|電視."""
    for (before, name), noun in zip(pairwise(run), run[2:], strict=False):
        model = name.surface[0].isalnum() and name.pos == "eng" and any(map(str.isdigit, name.surface))
        if model and not before.surface.isascii() and noun.pos == "n" and len(noun.surface) > 1:
            yield [name, noun]


def _latin(words: list[Word], index: int) -> bool:
    return index < len(words) and words[index].surface[0].isascii() and words[index].surface[0].isalpha()


def _spaced(run: list[Word]) -> list[Word]:
    """Return the run, with a space before a word as part of that word."""
    out = run[:1]
    for before, word in pairwise(run):
        gap = word.start > before.start + len(before.surface)
        out.append(word._replace(surface=f" {word.surface}") if gap else word)
    return out


def _cut(run: list[Word], again: frozenset[str]) -> Iterator[list[Word]]:
    """Yield a short run as it is; cut a longer run into the longest parts that the text repeats and single words.

    A single character before two words is usually the rest of another word: (首)飞欧洲航线. A verbal noun left over
    after a part is not a phrase: 西部陆海新通道(建设).
    """
    if len(run) > 2 and len(run[0].surface) == 1 and not run[0].surface.isascii():
        run = run[1:]
    at = 0
    while at < len(run):
        size = min(len(run) - at, language_of("zh").longest)
        while size > 1 and not _fits(run[at : at + size], whole=at + size == len(run), again=again):
            size -= 1
        piece = run[at : at + size]
        if piece[0].surface[0] == " ":
            piece[0] = piece[0]._replace(surface=piece[0].surface.lstrip())
        left = size == 1 and (run[at].pos == "vn" if at > 0 else size < len(run) and run[at].pos in ("n", "vn", "an"))
        if not left and len("".join(word.surface for word in piece)) > 1:
            yield piece
        at += size


def _fits(piece: list[Word], *, whole: bool, again: frozenset[str]) -> bool:
    form = "".join(word.surface for word in piece).strip()
    if len(form) > _LONGEST_FORM and not form.isascii():
        return False
    return (whole and (len(piece) <= 3 or (len(form) <= _LONGEST_WHOLE and piece[0].pos != "vn"))) or form in again
