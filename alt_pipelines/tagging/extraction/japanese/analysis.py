"""Japanese candidates: noun phrases and quoted names, from the morphological analyser.

A candidate has no particles or verb endings at its edges, is not just a number or count, and has 2 to 15 characters.
``の`` never joins two nouns, because candidates that contain it lowered F1 by two points.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache, partial

from wordfreq import get_frequency_dict

from alt_pipelines.tagging.extraction.features import LONGEST_UNSPACED, Document, Phrase
from alt_pipelines.tagging.extraction.japanese.citations import read_citations
from alt_pipelines.tagging.extraction.japanese.coined import doubled, names_as_marked, with_coined
from alt_pipelines.tagging.extraction.japanese.dishes import dishes_of, with_dishes
from alt_pipelines.tagging.extraction.japanese.divided import nouns_of_verbs, people_in_kana
from alt_pipelines.tagging.extraction.japanese.edges import ends_prefecture, trim, trim_descriptions, with_full_names
from alt_pipelines.tagging.extraction.japanese.kinds import is_between_hosts, kind_of, results_in, spelled
from alt_pipelines.tagging.extraction.japanese.measures import without_measures
from alt_pipelines.tagging.extraction.japanese.names import repeated_quotes, with_names, without_short_references
from alt_pipelines.tagging.extraction.japanese.parts import free_parts
from alt_pipelines.tagging.extraction.japanese.players import people_by_rank, with_people
from alt_pipelines.tagging.extraction.japanese.predicates import is_predicate, without_headline_verbs
from alt_pipelines.tagging.extraction.japanese.quotes import TIMED, parts_apart, programme, quoted
from alt_pipelines.tagging.extraction.japanese.words import SPOONS, UNITS, may_be_tag, without_readings, words_of
from alt_pipelines.tagging.extraction.string_finder import StringFinder
from alt_pipelines.tagging.extraction.words.everyday import without_everyday
from alt_pipelines.text.morphemes import Morpheme
from alt_pipelines.text.scripts import has_kana, is_han

_LIST_JOINERS = frozenset("・/／&＆")
_SLASHES = frozenset("/／")
_CASES = frozenset("をがはもにへで")  # particles of a verb's subject, object and place
_FOREIGN = re.compile("[ァ-ヴー・＝A-Za-z]+")  # ダ・ヴィンチ is a single word of the dictionary
_NOTHING = frozenset({"なし", "無し", "ナシ"})  # 該当作なし is a predicate
_SIGNS = frozenset({"°", "%", "℃", "‰"})
_SURU = frozenset({"する", "し", "さ", "せ", "すれ", "せよ", "しよう", "できる", "でき", "出来る", "出来"})
_PLURAL = frozenset({"等", "ら", "達", "たち", "同士", "頃", "ごろ", "など"})
_WHEN_OR_HOW_MANY = frozenset({"副詞可能", "助数詞可能"})  # values of `pos3` for time nouns and counters
_ADDRESS = frozenset({"氏", "さん", "君", "くん", "様", "さま", "ちゃん", "殿"})
_ALWAYS_ADDRESS = frozenset({"氏", "さん"})
_POLITE = frozenset({"お", "御"})
_FEWEST = 3  # phrases; a text with fewer keeps the nouns of its verbs
_LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9.&+-]*")
_MODEL = re.compile(r"(?=.*[0-9])(?!U-?[0-9]+$)[A-Z][A-Za-z0-9-]{2,}")  # FFM-3; U-20 is an age
_KATAKANA = re.compile("[ァ-ヴー]+")
_LONGEST_IN_SLASHES = 2  # characters of the shorter part of a name with a slash
# Factor of a noun's share when everyday nouns are dropped (``words.everyday``), because UniDic divides nouns that other
# analysers keep whole. With factors of 1, 2 and 4, 23.3, 22.3 and 21.4 % of the judged phrases were unfit, and 499, 499
# and 497 of the editors' tags were found.
_EVERYDAY_WEIGHT = 2.0
_MOST_IN_TITLE = 1e-4  # share above which a word is dropped even if the title has it; at 2e-4, 0.2 % more are unfit
_RARE = 1e-6  # share of an adjectival noun that may be another noun after a foreign word
_AFTER_NOUNS = frozenset("のをがはもと")
_COPULA = frozenset(
    {"だ", "だっ", "だろ", "で", "です", "でし", "でしょ", "な", "なら", "に", "らしい", "らしく", "みたい"}
)
_INNER = frozenset("のを、")  # in a quoted name: its words are not phrases of their own


def analyse(title: str, text: str, language: str = "ja") -> Document:
    """Return the noun phrases and quoted names of a title and body, without the sources that they cite."""
    again = repeated_quotes(title, text)
    cited = read_citations(title, text)
    people = people_by_rank(title, text)
    read = [
        (line, with_people(line, with_names(with_dishes(words_of(line))), people), is_title)
        for part, is_title in ((title, True), (text, False))
        for line in map(without_readings, part.split("\n"))
    ]
    names = StringFinder(
        names_as_marked(title, text)
        | people_in_kana(title, text)
        | dishes_of(title, text)
        | doubled(tagged for _, tagged, _ in read)
        | nouns_of_verbs(tagged for _, tagged, _ in read)
    )
    lines = [(line, with_coined(line, tagged, names), is_title) for line, tagged, is_title in read]
    lead = [m for _, tagged, is_title in lines if is_title for m in tagged]
    found = without_headline_verbs(list(_phrases(lines, again)), lead, text)
    found = with_full_names(found, [tagged for _, tagged, _ in lines])
    kept = without_short_references([p for p in found if may_be_tag("".join(p.words), cited)])
    if len({phrase.stems for phrase in kept}) < _FEWEST:
        kept = without_short_references(
            [p for p in _phrases(lines, again, verbal=True) if may_be_tag("".join(p.words), cited)]
        )
    kept += free_parts(kept)
    in_title = frozenset(_fold(morpheme.surface) for morpheme in lead)
    every = [morpheme for _, tagged, _ in lines for morpheme in tagged]
    kept = without_measures(kept, every, in_title)
    return Document(list(_without_everyday(kept, every, in_title)), len(every), in_title)


def _without_everyday(phrases: Sequence[Phrase], tagged: Iterable[Morpheme], in_title: Set[str]) -> Sequence[Phrase]:
    """Return the phrases without single everyday nouns that are not proper nouns or quoted names."""
    names = {_fold(morpheme.surface) for morpheme in tagged if morpheme.pos2 == "固有名詞"}
    names.update(phrase.stems[0] for phrase in phrases if phrase.marked)
    counts = Counter(phrase.stems[0] for phrase in phrases if len(phrase.stems) == 1)
    return without_everyday(phrases, in_title, names, partial(_share, counts), _MOST_IN_TITLE)


def _phrases(
    lines: Sequence[tuple[str, list[Morpheme], bool]], again: Set[str], *, verbal: bool = False
) -> Iterator[Phrase]:
    offset = 0
    scheduled = sum(TIMED.match(line) is not None for line, _, _ in lines) > 1
    for line, tagged, is_title in lines:
        names = list(quoted(line, tagged, again))
        titles = [(surfaces, start) for surfaces, start in names if _INNER.intersection(surfaces)]
        inside = {at for surfaces, start in titles for at in parts_apart(tagged, start, len(surfaces))}
        if scheduled and (name := programme(line, tagged)):
            names.append(name)
            surfaces, start = name
            inside.update(range(start + surfaces.index("の") + 1, start + len(surfaces)))  # of みんなの手芸, not 手芸
        for surfaces, start in chunk(tagged, headline=not has_kana(line), verbal=verbal, title=is_title):
            if start not in inside:  # of 「潮の戸籍」, not 戸籍
                yield Phrase(surfaces, tuple(map(_fold, surfaces)), offset + start)
        for surfaces, start in names:
            yield Phrase(surfaces, tuple(map(_fold, surfaces)), offset + start, marked=True)
        offset += len(tagged)


def chunk(
    tagged: list[Morpheme], *, headline: bool = False, verbal: bool = False, title: bool = False
) -> list[tuple[tuple[str, ...], int]]:
    """Return maximal noun phrases as (surfaces, index of the first), except mere counts and bare suffixes.

    In a ``headline`` without kana, a verbal noun at the end of a phrase acts as the verb and is dropped: the topic
    of 入学式挙行 is 入学式. What is done for the first time is apart from who does it: 吹奏楽部|初金賞.
    """
    found: list[tuple[tuple[str, ...], int]] = []
    run: list[tuple[str, str, int]] = []

    def close() -> None:
        found.extend(_closed(run, tagged, headline=headline, verbal=verbal, title=title))
        run.clear()

    surfaces = spelled(tagged)
    results = results_in(tagged) if "-" in surfaces else ()
    for index, surface in enumerate(surfaces):
        kind = None if index in results else _kind_in(tagged, index)
        if run and (ends_prefecture(run, tagged[index]) or (headline and _begins_result(tagged, index))):
            close()  # 岩手県|宮古市
        if kind is not None:
            run.append((surface, kind, index))
            if kind == "H":
                close()  # a form of address ends a name: 立浪志乃さん死去
        elif run and surface:
            close()
    if run:
        close()
    return found


def _begins_result(tagged: list[Morpheme], index: int) -> bool:
    """Whether 初 says of the noun after it that it is the first one."""
    after = tagged[index + 1] if index + 1 < len(tagged) else None
    return tagged[index].surface == "初" and after is not None and after.pos1 == "名詞" and after.pos2 != "数詞"


def _kind_in(tagged: list[Morpheme], index: int) -> str | None:
    """Return the kind of a morpheme in its line; None if it is in no phrase."""
    kind = kind_of(tagged[index])
    if (kind == "J" and not _joins(tagged, index)) or (kind == "S" and _is_stem(tagged, index)):
        return None
    return "H" if kind == "S" and _dropped_suffix(tagged, index) else kind


def _closed(
    run: list[tuple[str, str, int]], tagged: list[Morpheme], *, headline: bool, verbal: bool, title: bool
) -> Iterator[tuple[tuple[str, ...], int]]:
    """Trim a run in place, and yield it if it is a phrase, and the model at its end."""
    if len(run) > 1:
        trim_descriptions(run, tagged)
    _drop_amount(run, tagged)
    if headline and len(run) > 2 and tagged[run[-1][2]].pos3 == "サ変可能":
        run.pop()
    if run and (run[0][0] == "同" or run[-1][0] in _NOTHING):
        run.clear()  # 同チーム refers to something named before
    if is_predicate(run, tagged) or (not verbal and _verbal(run, tagged, title=title)):
        run.clear()
    if len(run) < 3 and run and run[0][0] == "全" and run[0][1] == "P":
        run.pop(0)  # 全選手 means all players, but 全固体電池 is a kind of battery
    while run and (_ends_outside(run, tagged) or (run[-1][1] == "D" and len(run) == 1)):
        run.pop()
    while run and run[0][1] in "JSH":
        run.pop(0)  # a counter without a number is a noun: 食中毒
    trim(run, tagged)
    kinds = "".join([kind for _, kind, _ in run])
    if sum([len(surface) for surface, _, _ in run]) > LONGEST_UNSPACED:
        del run[: _latin_name(run)]  # 新型宇宙ステーション補給機[HTV-X1]
    if "N" in kinds and not _only_when_or_how_many(run, tagged):
        yield tuple([surface for surface, _, _ in run]), run[0][2]
        if len(run) > 1 and run[-1][0].isascii() and _MODEL.fullmatch(run[-1][0]):
            yield (run[-1][0],), run[-1][2]  # 輸送機|C-2


def _verbal(run: list[tuple[str, str, int]], tagged: list[Morpheme], *, title: bool) -> bool:
    """Whether a phrase is one verbal noun that is a verb: with する (発表した), or in a headline (試料を採取)."""
    if len(run) != 1 or tagged[run[0][2]].pos3 != "サ変可能":
        return False
    at = run[0][2]
    after = tagged[at + 1] if at + 1 < len(tagged) else None
    if after is not None and after.pos1 == "動詞" and after.surface in _SURU:
        return True
    ends = title and (after is None or after.pos1 in ("空白", "補助記号"))
    return ends and at > 0 and tagged[at - 1].pos1 == "助詞" and tagged[at - 1].surface in _CASES


def _drop_amount(run: list[tuple[str, str, int]], tagged: list[Morpheme]) -> None:
    """Remove an amount at the end of a phrase (豚バラ肉500g, しょうゆ大さじ3). A name keeps its number (台風10号)."""
    size = len(run)
    if size and run[-1][1] == "D" and run[-1][2] + 1 < len(tagged) and tagged[run[-1][2] + 1].surface in _SIGNS:
        run.pop()  # 大阪30°C
        return
    if size == 2 and run[0][1] == "D" and run[1][0] in UNITS:
        run.clear()
        return
    if (size > 2 and run[-1][0] in UNITS and run[-2][1] == "D") or (
        size > 1 and run[-1][1] == "D" and run[-2][0] in SPOONS
    ):
        del run[-2:]
    while len(run) > 1 and run[-1][1] == "D" and len(run) < size:
        run.pop()


def _ends_outside(run: list[tuple[str, str, int]], tagged: Sequence[Morpheme]) -> bool:
    """Whether the last part is not the end of a name. An adjectival noun in katakana may be: 鉄道|ロマンチック「."""
    surface, kind, at = run[-1]
    if kind != "A" or len(run) == 1:
        return kind in "JPAH"
    if not _KATAKANA.fullmatch(surface):
        rare = _frequencies().get(surface, 0.0) < _RARE and _KATAKANA.fullmatch(run[-2][0]) is not None
        return not (rare and at + 1 < len(tagged) and tagged[at + 1].surface in _AFTER_NOUNS)  # レビー|小体|の
    return at + 1 < len(tagged) and (tagged[at + 1].pos1 == "助動詞" or tagged[at + 1].surface == "に")


def _latin_name(run: list[tuple[str, str, int]]) -> int:
    """Return the index of the last Latin name in a phrase that is too long for a tag; 0 if there is none."""
    return next((at for at in range(len(run) - 1, 0, -1) if _LATIN_NAME.fullmatch(run[at][0])), 0)


@lru_cache(maxsize=65536)
def rarity(word: str) -> float:
    """Return the rarity of a word: 0 for the most common words, 1 for words not in the frequency list."""
    frequency = _frequencies().get(_fold(word), 0.0)
    return min(1.0, (8 - (math.log10(frequency) + 9 if frequency else 1.0)) / 7)


def _share(counts: Mapping[str, int], word: str) -> float:
    """Return a word's weighted share of the language divided by its count in the text; 0 for a word in ASCII.

    A word that the text repeats on its own is more likely to be its topic.
    """
    return 0.0 if word.isascii() else _EVERYDAY_WEIGHT * _frequencies().get(word, 0.0) / counts[word]


@lru_cache(maxsize=1)
def _frequencies() -> dict[str, float]:
    found: dict[str, float] = get_frequency_dict("ja", "large")
    return found


def _only_when_or_how_many(run: list[tuple[str, str, int]], tagged: list[Morpheme]) -> bool:
    """Whether a phrase of several morphemes is a time or an amount: 来年春, 月曜日, 年間三十トン."""
    return len(run) > 1 and all(kind in "DC" or tagged[index].pos3 in _WHEN_OR_HOW_MANY for _, kind, index in run)


def _joins(tagged: list[Morpheme], index: int) -> bool:
    """Whether a joiner is inside a name: マーロン・ブランド is a name, 投手・森本 and 朝日新聞・毎日新聞 are lists."""
    if not 0 < index < len(tagged) - 1:
        return False
    if tagged[index].surface not in _LIST_JOINERS or is_between_hosts(tagged, index):
        return True
    sides = (tagged[index - 1].surface, tagged[index + 1].surface)
    if tagged[index].surface in _SLASHES and min(map(len, sides)) > _LONGEST_IN_SLASHES:
        return False  # iPad/iPhone is a list, TCP/IP is a name
    return all(_FOREIGN.fullmatch(side) is not None for side in sides)


def _inside_stage_name(tagged: list[Morpheme], index: int) -> bool:
    """Whether さん at an index is inside a storyteller's name, before its last character: 春風亭さん馬.

    Two people in a row have longer names: 田中さん|山田さん.
    """
    if not 0 < index < len(tagged) - 1 or len(tagged[index + 1].surface) > 1:
        return False
    return tagged[index - 1].pos3 == tagged[index + 1].pos3 == "人名"


def _is_stem(tagged: list[Morpheme], index: int) -> bool:
    """Whether a suffix is the stem of a verb, which goes on in kana that is no copula: 二杯分|挽|ける."""
    after = tagged[index + 1] if index + 1 < len(tagged) else None
    single = len(tagged[index].surface) == 1 and is_han(tagged[index].surface)
    return single and after is not None and after.pos1 == "助動詞" and after.surface not in _COPULA


def _dropped_suffix(tagged: list[Morpheme], index: int) -> bool:
    """Whether a suffix is not part of a tag: a plural, or a form of address, which would make a variant of a name."""
    surface = tagged[index].surface
    if surface == "さん" and _inside_stage_name(tagged, index):
        return False
    if surface in _PLURAL or (surface in _ADDRESS and index > 0 and tagged[index - 1].pos2 == "固有名詞"):
        return True
    polite = index > 1 and tagged[index - 2].surface in _POLITE  # お母さん
    return surface in _ALWAYS_ADDRESS and index > 0 and not polite


@lru_cache(maxsize=65536)
def _fold(surface: str) -> str:
    return unicodedata.normalize("NFKC", surface).lower().strip()
