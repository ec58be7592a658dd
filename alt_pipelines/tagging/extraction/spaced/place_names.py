"""Places whose names have small words inside, whole: Frankfurt an der Oder, Trinidad y Tobago.

A country with "and" is known by its two halves. A town is known by the water or
the landscape that tells which one is meant, after a preposition. A preposition of place is before the name, or the
text repeats it. The words of such a name are not phrases of their own there.

Scope: names with a preposition or "and". Out of scope: those with "of", which ``Language.links`` joins, and those with
hyphens.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.spaced.article import Article, Part
from alt_pipelines.tagging.extraction.spaced.germanic.german_nouns import is_common_noun
from alt_pipelines.tagging.extraction.spaced.reading import Placed, Reading, stretch
from alt_pipelines.tagging.extraction.spaced.tokens import Token
from alt_pipelines.text.stopwords import word_set

# The countries and territories whose official names have "and": how the words on its two sides begin.
_COUNTRIES = (
    (("Trinidad", "Trynidad", "Trindad", "Trinit"), ("Tobag",)),
    (("Antig", "Antyg"), ("Barbud",)),
    (("Bosn", "Bósn", "Bośn"), ("Herzeg", "Herceg", "Erzeg")),
    (("Kitts", "Cristó", "Cristo", "Christ", "Krist"), ("Nevis", "Névis", "Nieves")),
    (("Vicen", "Vincen", "Vinzen", "Wincen"), ("Grenad", "Granad")),
    (("Tom", "Thom"), ("Princ", "Prínc", "Prins")),
    (("Turks", "Turcas", "Turques"), ("Caic", "Caïc", "Caïq")),
    (("Wallis",), ("Futuna",)),
    (("Pierre", "Pedro"), ("Miquel",)),
)
_SECOND = tuple(begin for _, second in _COUNTRIES for begin in second)
_SAINT = re.compile(r"Św\w*|S\w{1,4}\.?")  # before Kitts, Vincent, Thomé and Pierre
_MOST_BETWEEN = 2  # "and" and an article


class _Towns(NamedTuple):
    """The prepositions inside the names of a language's towns; the waters and landscapes after them; what is before."""

    inside: frozenset[str]
    named: frozenset[str]
    before: frozenset[str]


_TOWNS = {
    "de": _Towns(
        frozenset({"an der", "am", "ob der", "im", "in der"}),
        word_set(
            """
            Aare Ahr Aisch Ach Alb Aller Alz Amper Bergstraße Bigge Bode Brend Brenz Bodensee Donau Drau Eder Eger Elbe
            Elster Elz Ems Enns Enz Erlauf Fils Fulda Glan Glane Glonn Gölsen Havel Hunte Iller Ilm Ilz Inn Isar Jagst
            Kamp Kocher Krems Lahn Lauter Lech Leine Leitha Lippe Luhe Main Mangfall March Mosel Mur Murg Murr Mürz Nahe
            Naab Neckar Neiße Nette Oder Oker Ohm Oste Pegnitz Pfreimd Pinka Pleiße Prim Queich Raab Rems Rhein Rhin
            Ruhr Saale Saar Salzach Schwalm Schwarza Schwentine Selke Sieg Spree Steinlach Stör Sulm Tauber Thaya
            Traisen Traun Trave Unstrut Vils Vöckla Waag Warnow Warthe Weinstraße Werra Weser Wied Wipper Würm Ybbs
            Zschopau Allgäu Breisgau Burgenland Chiemgau Erzgebirge Hausruck Hunsrück Innkreis Lavanttal Lungau Montafon
            Mühlkreis Odenwald Oberharz Harz Pinzgau Pongau Sauerland Schwarzwald Siegerland Steinfeld Taunus Vogtland
            Waldviertel Weinviertel Westerwald Zillertal Lausitz Oberlausitz Wetterau Pfalz
            """
        ),
        word_set("in aus nach bei"),
    ),
    "nl": _Towns(
        frozenset({"aan den", "aan de", "aan", "op", "bij"}),
        word_set("Amstel IJssel Lek Maas Rijn Vecht Waal Zaan Zee Zoom Duurstede"),
        word_set("in uit naar te van"),
    ),
    "pl": _Towns(
        frozenset({"nad"}),
        word_set(
            """
            Bobrem Bugiem Bystrzycą Drwęcą Dunajcem Gopłem Liwcem Narwią Nerem Notecią Nysą Odrą Pilicą Popradem Sanem
            Wartą Wieprzem Wisłą Wisłoką Wkrą
            """
        ),
        frozenset(),  # the name is not in the nominative there
    ),
    "cs": _Towns(
        frozenset({"nad", "pod"}),
        word_set(
            """
            Bečvou Blanicí Jizerou Labem Lužnicí Metují Moravou Nežárkou Nisou Odrou Ohří Orlicí Ostravicí Oslavou
            Otavou Radhoštěm Sázavou Svitavou Svratkou Úpou Úslavou Vltavou
            """
        ),
        frozenset(),
    ),
}


def with_countries(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases with the countries that have "and" in their names, and without the halves of these."""
    text = (article.title.text, article.body.text)
    halves = any(begin in part for part in text for begin in _SECOND)
    return article.with_pieces(phrases, _countries) if halves else phrases


def _countries(part: Part, _reading: Reading) -> Iterator[list[Placed]]:
    tokens = part.tokens
    for at, token in enumerate(tokens):
        for first, second in _COUNTRIES if token.text[0].isupper() else ():
            if token.text.startswith(first) and (end := _second(tokens, at, second)):
                yield stretch(tokens, _with_saint(tokens, at), end)
                break


def _second(tokens: list[Token], at: int, second: tuple[str, ...]) -> int:
    """Return the end of the name whose first half is at ``at``, after "and" and perhaps an article; 0 if it is none."""
    for end in range(at + 2, min(len(tokens), at + _MOST_BETWEEN + 2)):
        if not all(token.text.islower() for token in tokens[at + 1 : end]):
            return 0
        if tokens[end].text.startswith(second):
            return end + 1
    return 0


def _with_saint(tokens: list[Token], at: int) -> int:
    """Return where a name begins, with the "Saint" before it."""
    return at - 1 if at and _SAINT.fullmatch(tokens[at - 1].text) else at


def with_towns(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases with the towns that have a preposition in their names, and without the parts of these."""
    towns = _TOWNS[article.reading.code]
    if towns.named.isdisjoint(article.words):
        return phrases
    count: Counter[str] = Counter()
    placed: set[str] = set()
    for part in (article.title, article.body):
        for start, end in _spans(part.tokens, towns):
            name = _written(part, start, end)
            common = towns is _TOWNS["de"] and is_common_noun(part.tokens[start].text)
            count[name] += not common
            if start and part.tokens[start - 1].text.lower() in towns.before:
                placed.add(name)
    known = {name for name in count if name in placed or count[name] > 1}
    return article.with_pieces(phrases, partial(_towns, known)) if known else phrases


def _towns(known: set[str], part: Part, reading: Reading) -> Iterator[list[Placed]]:
    for start, end in _spans(part.tokens, _TOWNS[reading.code]):
        if _written(part, start, end) in known:
            yield stretch(part.tokens, start, end)


def _spans(tokens: list[Token], towns: _Towns) -> Iterator[tuple[int, int]]:
    """Yield where a capitalised word, a preposition and a water or landscape begin and end."""
    for at, token in enumerate(tokens):
        if token.text not in towns.named or at < 2:
            continue
        for size in (1, 2):
            small, start = " ".join(one.text for one in tokens[at - size : at]), at - size - 1
            if small in towns.inside and start >= 0 and tokens[start].text[0].isupper():
                yield start, at + 1


def _written(part: Part, start: int, end: int) -> str:
    return part.text[part.tokens[start].start : part.tokens[end - 1].end]
