"""Japanese dishes of kana and a noun, whose kana the analyser reads as grammar: ずんだ餅, かぶら寿司, ぶり大根.

    with_dishes(morphemes of "ずんだ餅を")  ->  ずんだ餅 を, and not ずん だ 餅 を
    dishes_of("いわしの梅煮", recipe)       ->  {"いわしの梅煮"}

A dish ends in what it is or how it is made. The kana before it begin after a sign, a particle or a line's beginning,
and their reading cannot be there: か or a suffix without a word before it, or an adverb with だ or ね.

A dish is also one of the ingredients of a recipe, の and how it is made, if the article has both words together twice.
What stands before how it is made has no particle: 両面を焼き and 中まで焼き are steps of the recipe.
"""

import re
from collections.abc import Sequence

from alt_pipelines.text.morphemes import Morpheme
from alt_pipelines.text.scripts import HAN
from alt_pipelines.text.stopwords import word_set

_DISHES = word_set(
    """
    煮 煮込み 煮付け 焼 焼き 揚げ 蒸し 和え 漬 漬け 浅漬け 味噌漬け 鍋 鍋焼き 汁 味噌汁 味噌
    寿司 寿し 鮨 ずし 飯 めし ご飯 丼 粥 雑炊 雑煮 茶漬け うどん そば 蕎麦 麺 ラーメン そうめん 素麺
    豆腐 どうふ 蓮根 れんこん 大根 芋 いも かぼちゃ 南瓜 なす 茄子 カレー コロッケ サラダ パスタ バター パン
    餅 もち 団子 だんご 饅頭 まんじゅう 煎餅 せんべい 羊羹 ようかん 羊かん 飴 最中 カステラ
    """
)
_KANA = re.compile("[ぁ-んー]+")
_BOUNDARIES = frozenset({"補助記号", "空白", "記号"})
_PARTICLES = frozenset("のとやをはがもにで")
# What does not precede a noun after an adverb: ずん|だ, てこ|ね, かん|ころ.
_PHRASE_ENDS = frozenset({"だ", "ね", "ころ"})
_MOST_PARTS = 2  # morphemes of kana
_LONGEST = 6  # kana
_SHORTEST = 2
# How a dish is made, after its ingredient and の: さば|の|みそ煮.
_MADE = (
    "煮|煮込み|煮付け|煮つけ|煮びたし|煮浸し|焼き|焼|揚げ|蒸し|和え|あえ|漬け|漬|炒め|いため|汁|鍋|佃煮|天ぷら|たたき|酢の物|ソテー|マリネ"
    "|ムニエル|ナムル|スープ|サラダ|カレー|コロッケ|グラタン|パスタ|ピクルス|ご飯|ごはん|丼"
)
_LETTERS = f"[ぁ-んァ-ヴー{HAN}]"
_WITH_NO = re.compile(
    rf"(?<!{_LETTERS})({_LETTERS}{{1,6}}?)の(({_LETTERS}{{0,6}}?)(?:{_MADE}))(?=[をはがもにでと、。!！?？\s」』…]|$)"
)
_PARTICLES_INSIDE = re.compile("[をがはにで]|.から|まで")  # から alone begins から揚げ
# A line of a list of ingredients: さば(切り身)…2切れ, なす 3本.
_INGREDIENT = re.compile(rf"^[・●○◎]?({_LETTERS}{{1,12}})(?=[^\d\n]{{0,15}}[\d０-９])", re.MULTILINE)
_FEWEST_INGREDIENTS = 3
_MOST = 30  # names of an article
_FOLLOWS = frozenset({"助詞", "補助記号", "空白", "助動詞"})


def with_dishes(tagged: Sequence[Morpheme]) -> list[Morpheme]:
    """Return the morphemes, with every such dish as a single noun. Linear in their number."""
    if _DISHES.isdisjoint([morpheme.surface for morpheme in tagged]):
        return list(tagged)
    out: list[Morpheme] = []
    for at, morpheme in enumerate(tagged):
        if morpheme.surface in _DISHES and (size := _before(out)) and _ends(tagged, at):
            whole = "".join(m.surface for m in out[-size:]) + morpheme.surface
            del out[-size:]
            out.append(Morpheme(whole, "名詞", "普通名詞", "一般"))
        else:
            out.append(morpheme)
    return out


def dishes_of(title: str, text: str) -> frozenset[str]:
    """Return the dishes that are named after an ingredient of a recipe and that the article has twice: いわしの梅煮.

    Linear in the article's length.
    """
    ingredients = tuple(set(_INGREDIENT.findall(text)))
    if len(ingredients) < _FEWEST_INGREDIENTS:
        return frozenset()
    whole = f"{title}\n{text}"
    forms = list(dict.fromkeys(match.groups() for match in _WITH_NO.finditer(whole)))[:_MOST]
    made_of = [
        (what, how)
        for what, how, inner in forms
        if any(one.startswith(what) for one in ingredients) and not _has_particle(inner, ingredients)
    ]
    return frozenset(f"{what}の{how}" for what, how in made_of if whole.count(f"{what}の{how}") > 1)


def _has_particle(inner: str, ingredients: Sequence[str]) -> bool:
    """Whether the letters have a particle that is no part of another ingredient: 両面を, and not しょうが."""
    if any(inner in one for one in ingredients):
        return False
    for one in ingredients:
        inner = inner.replace(one, "")
    return _PARTICLES_INSIDE.search(inner) is not None


def _before(out: Sequence[Morpheme]) -> int:
    """Return the number of morphemes of kana before the end of a dish that are part of its name, or 0."""
    for size in range(1, min(_MOST_PARTS, len(out)) + 1):
        parts = out[-size:]
        if not _KANA.fullmatch(parts[0].surface):
            return 0
        if _is_boundary(out, len(out) - size) and _is_impossible(parts):
            return size if _SHORTEST <= sum(len(m.surface) for m in parts) <= _LONGEST else 0
    return 0


def _is_boundary(out: Sequence[Morpheme], at: int) -> bool:
    """Whether a phrase may begin at an index: at the beginning, after a sign, or after a particle."""
    if at == 0:
        return True
    if out[at - 1].pos1 in _BOUNDARIES:
        return out[at - 1].pos2 != "括弧閉"
    return out[at - 1].pos1 == "助詞" and out[at - 1].surface in _PARTICLES


def _is_impossible(parts: Sequence[Morpheme]) -> bool:
    """Whether the reading of the kana cannot begin a phrase and precede a noun: か|ぶら, ずん|だ, てこ|ね, ぶり."""
    if len(parts) == 1:
        return parts[0].pos1 == "接尾辞"
    first, second = parts
    if first.surface == "か" and first.pos1 == "助詞":
        return second.pos1 in ("副詞", "名詞")
    spoken = first.pos1 == "名詞" and second.surface == "ね"  # てこ|ね
    short = (first.pos1 == "副詞" or spoken) and len(first.surface) == _SHORTEST
    return short and second.surface in _PHRASE_ENDS


def _ends(tagged: Sequence[Morpheme], at: int) -> bool:
    return at + 1 == len(tagged) or tagged[at + 1].pos1 in _FOLLOWS
