"""Japanese names of words that make no phrase, such as an adverb and a noun: ほしくず喫茶店, もふもふ茶房, 一番くじ.

    names_as_marked("#一番くじ", "一番くじが始まる。")  ->  {"一番くじ"}

A name is one that the article marks, by quotation marks, a hashtag, a line of its own or a full stop before a particle,
and has again elsewhere; a place in hiragana that it has twice (さぬみ村); an adverb of two equal halves (ふわふわ) with
the noun after it, twice; or a person in a list, of whom the dictionary lacks the given name (2区 大月颯介（白嶺大）).
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from alt_pipelines.tagging.extraction.features import LONGEST_UNSPACED
from alt_pipelines.tagging.extraction.japanese.divided import ADDRESS
from alt_pipelines.tagging.extraction.japanese.kinds import kind_of
from alt_pipelines.tagging.extraction.japanese.names import QUOTED
from alt_pipelines.tagging.extraction.string_finder import StringFinder
from alt_pipelines.text.morphemes import Morpheme, morphemes
from alt_pipelines.text.scripts import CJK, HAN

_MARKED = re.compile(rf"#([\w・]{{2,{LONGEST_UNSPACED}}})|^([\w・]{{3,{LONGEST_UNSPACED}}})$", re.MULTILINE)
# A sentence seldom begins with a particle.
_STOPPED = re.compile(
    rf"(?:^|(?<=[。、「『」』・]))([^。、「」『』\s]{{3,{LONGEST_UNSPACED}}})。(?=[とがはをのもにや、][^。]|[」』](?!と))",
    re.MULTILINE,
)
_PLACE_END = re.compile("[市町村区島駅台丘]")
_KANA_PLACE = re.compile(
    rf"(?:^|(?<=[、。・「『(\s]))([ぁ-ん]{{2,6}}[{HAN}]{{0,2}}{_PLACE_END.pattern})(?![{HAN}ぁ-んァ-ヴー](?<![でのにをはがもとへや]))",
    re.MULTILINE,
)
# A line of a list of people: a number or a position, the name, and in brackets the school, the club or the place.
_LISTED = re.compile(
    rf"^(?:[(（]?\d{{1,3}}[)）.]?[区位番着回年]?|[A-Z]{{2}}|[・●○◎▽])[ \u3000]*([{HAN}]{{3,5}})[ \u3000]*[（(]",
    re.MULTILINE,
)
_FEWEST_LISTED = 2  # lines of a list
_DESCRIBING = frozenset({"動詞", "形容詞", "助動詞", "連体詞", "形状詞"})
_LINKS = frozenset("のがなを")
_MOST = 30  # names of an article that are looked for in its text
_GRAMMAR = frozenset({"助詞", "補助記号", "空白", "感動詞", "接続詞"})  # what is in no such name
_HALF = 2  # kana
_DA = "だ"


def names_as_marked(title: str, text: str) -> frozenset[str]:
    """Return the names that the article marks, that end in a full stop, or that are places in hiragana."""
    whole = f"{title}\n{text}"
    return _coined(whole) | _stopped(whole) | _kana_places(whole) | _listed_people(whole)


def _coined(whole: str) -> frozenset[str]:
    """Return the names that the article marks and has again. Linear in its length."""
    marked = [*QUOTED.findall(whole), *(one or other for one, other in _MARKED.findall(whole))]
    forms = [form for form in dict.fromkeys(marked) if len(form) <= LONGEST_UNSPACED and CJK.search(form)]
    return frozenset(form for form in forms[:_MOST] if whole.count(form) > 1 and _is_coined(form))


def _stopped(whole: str) -> frozenset[str]:
    """Return the names that end in a full stop, without it, which the article has twice. Linear in its length.

    A particle follows the full stop (夜のあとで。が), or quotation marks of a name enclose both.
    """
    times = Counter(_STOPPED.findall(whole)) if "。" in whole else Counter[str]()
    return frozenset(form for form, count in times.most_common(_MOST) if count > 1)


def _kana_places(whole: str) -> frozenset[str]:
    """Return the places with a name in hiragana that begin a line or clause, and that the article has twice: さぬみ村.

    What only describes a place is none: 小さな村, あの町, にぎわう町. Linear in the article's length.
    """
    forms = dict.fromkeys(_KANA_PLACE.findall(whole))
    sizes = sorted({len(form) for form in forms})
    ends = [match.end() for match in _PLACE_END.finditer(whole)] if forms else []
    written = (whole[end - size : end] for end in ends for size in sizes if size <= end)
    times = Counter(form for form in written if form in forms)
    repeated = [form for form in forms if times[form] > 1]
    return frozenset(form for form in repeated[:_MOST] if _is_name_of_place(form))


def _listed_people(whole: str) -> frozenset[str]:
    """Return the names in a list of people that the analyser divides after the surname: 大月|颯|介."""
    listed = list(dict.fromkeys(_LISTED.findall(whole)))
    if len(listed) < _FEWEST_LISTED:
        return frozenset()
    return frozenset(form for form in listed[:_MOST] if _is_surname_and_kanji(morphemes(form)))


def _is_surname_and_kanji(parts: Sequence[Morpheme]) -> bool:
    """Whether morphemes are a proper noun and after it single characters, of which not all are proper nouns."""
    given = parts[1:]
    return (
        bool(given)
        and parts[0].pos2 == "固有名詞"
        and all(len(part.surface) == 1 for part in given)
        and not all(part.pos2 == "固有名詞" for part in given)
    )


def doubled(lines: Iterable[Sequence[Morpheme]]) -> frozenset[str]:
    """Return the adverbs of two equal halves with the noun after them that the lines have twice: もふもふ|茶房."""
    pairs = Counter(
        (adverb.surface, noun.surface)
        for tagged in lines
        for adverb, noun in pairwise(tagged)
        if adverb.pos1 == "副詞" and noun.pos1 == "名詞" and _is_doubled(adverb.surface)
    )
    return frozenset(adverb + noun for (adverb, noun), times in pairs.items() if times > 1)


def with_coined(line: str, tagged: list[Morpheme], names: StringFinder) -> list[Morpheme]:
    """Return the morphemes of a line, with each of the names as a single one, and nouns with だ inside: ほ|だ|木."""
    if _DA in line:
        tagged = _with_da(tagged)
    if not names or "".join(m.surface for m in tagged) != line:
        return tagged
    spans = dict(names.spans(line))
    if not spans:
        return tagged
    starts = list(accumulate((len(m.surface) for m in tagged), initial=0))
    places = {start: at for at, start in enumerate(starts)}
    out: list[Morpheme] = []
    at = 0
    while at < len(tagged):
        stop = spans.get(starts[at], -1)
        end = places.get(stop)
        if end is None and stop > 0:
            end = _inside_address(line, stop, starts)
        if end is None:
            out.append(tagged[at])
            at += 1
            continue
        out.append(Morpheme(line[starts[at] : stop], "名詞", "固有名詞", "一般"))
        if stop < starts[end]:
            out.append(Morpheme(line[stop : starts[end]], "接尾辞", "名詞的", "一般"))
        at = end
    return out


def _inside_address(line: str, stop: int, starts: Sequence[int]) -> int | None:
    """Return the index after a morpheme in which a name ends before a form of address: さくま|も|え|か・さん."""
    end = bisect_left(starts, stop)
    return end if line[stop : starts[end]] in ADDRESS else None


def _is_coined(form: str) -> bool:
    """Whether a form ends in a noun and has a word that is in no phrase, but no particle or sign."""
    parts = morphemes(form)
    if any(m.pos1 in _GRAMMAR for m in parts) or kind_of(parts[-1]) is None or parts[-1].pos2 == "非自立可能":
        return False
    return any(kind_of(m) is None for m in parts) and not any(m.pos2 == "数詞" for m in parts)


def _is_name_of_place(form: str) -> bool:
    parts = morphemes(form)
    if len(parts) < 2 or parts[-1].surface not in (form[-1], form[-2:]):
        return False
    before = parts[-2]
    described = before.pos1 in _DESCRIBING or before.surface in _LINKS
    return not described and not any(m.pos1 in ("連体詞", "代名詞") for m in parts)


def _is_doubled(surface: str) -> bool:
    return len(surface) == 2 * _HALF and surface[:_HALF] == surface[_HALF:]


def _with_da(tagged: list[Morpheme]) -> list[Morpheme]:
    """Join だ between a syllable and a noun, where it cannot end a sentence: ほ|だ|木."""
    out: list[Morpheme] = []
    done = 0
    for at, morpheme in enumerate(tagged[:-1]):
        if morpheme.surface != _DA or at <= done or morpheme.pos1 != "助動詞":
            continue
        if _around_da(tagged[at - 1], tagged[at + 1]):
            whole = "".join(m.surface for m in tagged[at - 1 : at + 2])
            out += [*tagged[done : at - 1], Morpheme(whole, "名詞", "普通名詞", "一般")]
            done = at + 2
    return [*out, *tagged[done:]]


def _around_da(before: Morpheme, after: Morpheme) -> bool:
    syllable = len(before.surface) == 1 and before.pos1 == "名詞" and "ぁ" <= before.surface <= "ん"
    return syllable and after.pos1 == "名詞" and after.pos2 != "数詞"
