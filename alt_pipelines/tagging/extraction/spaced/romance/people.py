"""Romance people in runs of content words: apart from the seat of their office, and not by a given name among kin.

la alcaldesa de Villar de Cañas Marta Oropesa   ->  Villar de Cañas, Marta Oropesa
la ministra de Ciencia Marta Oropesa            ->  Ciencia, Marta Oropesa
sa fille Odette                                 ->  no phrase
"""

from collections.abc import Iterator

from alt_pipelines.tagging.extraction.spaced.article import Article, Part
from alt_pipelines.tagging.extraction.spaced.reading import Placed
from alt_pipelines.tagging.extraction.spaced.words import trimmed
from alt_pipelines.tagging.extraction.words.verbs import has_feminine, is_word
from alt_pipelines.text.stopwords import word_set

_FULL_NAME = 2  # words
_KIN = {
    "fr": word_set("""
        père mère parrain marraine frère sœur demi-frère demi-sœur fils fille mari femme époux épouse oncle tante neveu
        nièce cousin cousine grand-père grand-mère papy mamie petit-fils petite-fille beau-père belle-mère beau-frère
        belle-sœur gendre bru veuf veuve"""),
    "it": word_set("""
        padre madre padrino madrina fratello sorella figlio figlia marito moglie zio zia nipote cugino cugina nonno
        nonna suocero suocera cognato cognata genero nuora vedovo vedova"""),
    "es": word_set("""
        padre madre padrino madrina hermano hermana hijo hija marido mujer esposo esposa tío tía sobrino sobrina primo
        prima abuelo abuela nieto nieta suegro suegra cuñado cuñada yerno nuera viudo viuda"""),
    "pt": word_set("""
        pai mãe padrinho madrinha irmão irmã filho filha marido mulher esposo esposa tio tia sobrinho sobrinha primo
        prima avô avó neto neta sogro sogra cunhado cunhada genro nora viúvo viúva caçula"""),
}
# Those that also stand before the name of a member of the clergy, after the definite article: le père Benoît.
_CLERGY = {"fr": word_set("père mère frère sœur"), "es": word_set("padre madre hermano hermana")}
_DEFINITE = frozenset({"le", "la", "el", "du", "au", "del", "al"})


def people(run: list[Placed], part: Part, article: Article) -> Iterator[list[Placed]]:
    """Yield the parts of a run, with a person apart from the seat of the office, and without kin by a given name."""
    if len(run) < _FULL_NAME:
        yield run
        return
    if _is_kin(run, part, article.reading.code):
        return
    repeated = len(run) > _FULL_NAME and run[1].link and run[0].token.text.islower()  # alcalde de Villar
    start = 2 if repeated else 0
    seat = start + _seat(run[start:], part, article)
    if seat > start:
        yield from filter(None, (trimmed(run[:start]), trimmed(run[start:seat])))
        yield run[seat:]
    else:
        yield run


def _is_kin(run: list[Placed], part: Part, code: str) -> bool:
    """Whether a run of the body is a word of kinship and one name: sa fille Odette; not le père Benoît."""
    words = [placed.token.text for placed in run]
    if part.is_title or len(words) != _FULL_NAME or words[0] not in _KIN.get(code, ()) or not words[1].istitle():
        return False
    before = part.tokens[run[0].at - 1].text.lower() if run[0].at else ""
    return not (words[0] in _CLERGY.get(code, ()) and before in _DEFINITE)


def _seat(run: list[Placed], part: Part, article: Article) -> int:
    """Return how many words of a run are the seat or the field of the office before it; 0 without one."""
    code, row, first = article.reading.code, article.row, run[0].at if run else 0
    if first <= 1 or part.tokens[first - 1].text not in row.links or len(run) <= _FULL_NAME:
        return 0
    office = part.tokens[first - 2].text.removeprefix("ex")
    if not office.islower() or office in _KIN.get(code, ()) or not has_feminine(office, code):
        return 0
    links = [at for at, placed in enumerate(run) if placed.link]
    low = run[0].token.text.lower()
    known = is_word(low, code) and low not in row.articles and low not in row.saints
    end = links[-1] + 2 if links else int(known)
    name = [placed.token.text for placed in run[end:]]
    body = bool(name) and is_word(name[0].lower(), code)  # Grupo Financiero Altamar
    return end if len(name) >= _FULL_NAME and all(map(str.istitle, name)) and not body else 0
