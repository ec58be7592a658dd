"""Names of places that the Japanese analyser splits at a character which it takes for a verb: 笹|見|岳  ->  笹見岳."""

from collections.abc import Sequence

from alt_pipelines.text.morphemes import Morpheme
from alt_pipelines.text.scripts import is_han

# What a name of a place or a body ends in: mountains and waters, land, roads and bridges, places where people live.
_ENDS = frozenset("岳峰峠山嶺島川沢谷滝湖沼池岬崎浜浦湾津原野森丘台坂橋町村里院寺宮城署局")
_LONGEST_START = 2  # characters before that verb
_NOUNS = frozenset({"名詞", "接頭辞"})


def with_places(tagged: list[Morpheme]) -> list[Morpheme]:
    """Return the morphemes, with every such name as a single one.

    A verb has kana after its character, so that one between a noun and such an end is part of a name.
    """
    if not any(m.pos1 == "動詞" and _is_end(tagged, at + 1) for at, m in enumerate(tagged)):
        return tagged
    out: list[Morpheme] = []
    for at, morpheme in enumerate(tagged):
        if _is_end(tagged, at) and len(out) > 1 and _begins_name(out):
            parts = [*out[-2:], morpheme]
            out[-2:] = [Morpheme("".join(part.surface for part in parts), "名詞", "固有名詞", "地名")]
        else:
            out.append(morpheme)
    return out


def _is_end(tagged: Sequence[Morpheme], at: int) -> bool:
    return at < len(tagged) and tagged[at].surface in _ENDS


def _begins_name(before: Sequence[Morpheme]) -> bool:
    """Whether a noun and a verb of one character end what is before a place's end: 笹|見, but not 夕方|着."""
    noun, verb = before[-2:]
    split = verb.pos1 == "動詞" and len(verb.surface) == 1 and is_han(verb.surface)
    short = noun.pos1 in _NOUNS and len(noun.surface) <= _LONGEST_START and all(map(is_han, noun.surface))
    return split and short and noun.pos3 != "副詞可能"
