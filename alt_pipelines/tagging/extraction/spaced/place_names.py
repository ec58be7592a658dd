"""Places whose names have small words inside, whole: Frankfurt an der Oder, Trinidad y Tobago.

A country with "and" is known by its name in the article's language. A town is known by the water or
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

# The countries and territories whose names have "and", by language, in all their cases. A slash is between the forms
# of a word.
_COUNTRIES = {
    "fr": """
        Trinité/Trinidad et Tobago
        Antigua et Barbuda
        Bosnie et Herzégovine
        Saint/St Christophe/Kitts et Niévès/Nevis
        Saint/St Vincent et les Grenadines
        Sao/São Tomé et Principe/Príncipe
        Turques/Turks et Caïques/Caicos
        Wallis et Futuna
        Saint/St Pierre et Miquelon
    """,
    "es": """
        Trinidad y Tobago
        Antigua y Barbuda
        Bosnia y Herzegovina
        San/Saint/St Cristóbal/Kitts y Nieves/Nevis
        San Vicente y las/Las Granadinas
        Santo/São/Sao Tomé y Príncipe
        Turcas/Turks y Caicos
        Wallis y Futuna
        San Pedro y Miquelón
        Saint Pierre y Miquelon
    """,
    "pt": """
        Trinidad/Trindade/Trinidade e Tobago
        Antígua/Antigua e Barbuda
        Bósnia e Herzegovina/Herzegóvina
        São/Saint Cristóvão/Cristovão/Kitts e Nevis/Névis/Neves
        São Vicente e Granadinas
        São Vicente e as Granadinas
        São/Sao Tomé e Príncipe
        Turcas/Turks e Caicos
        Wallis e Futuna
        São/Saint Pedro/Pierre e Miquelon/Miquelão
    """,
    "it": """
        Trinidad e Tobago
        Antigua e Barbuda
        Bosnia e/ed Erzegovina/Herzegovina
        Saint/San Kitts/Cristoforo e Nevis
        Saint/San Vincent/Vincenzo e Grenadine
        Saint/San Vincent/Vincenzo e le Grenadine
        São/Sao Tomé e Príncipe/Principe
        Turks e Caicos
        Wallis e Futuna
        Saint Pierre e Miquelon
    """,
    "ca": """
        Trinitat/Trinidad i Tobago
        Antigua i Barbuda
        Bòsnia i Hercegovina
        Saint/Sant Kitts/Christopher/Cristòfor i Nevis
        Saint/Sant Vincent/Vicenç i les Grenadines
        São/Sao Tomé i Príncipe
        Turks i Caicos
        Wallis i Futuna
        Saint/Sant Pierre/Pere i Miquelon
    """,
    "de": """
        Trinidad und Tobago/Tobagos
        Antigua und Barbuda/Barbudas
        Bosnien und Herzegowina/Herzegowinas/Herzegovina
        Saint/Sankt/St/St. Kitts/Christopher und Nevis
        Saint/Sankt/St/St. Vincent und die/den/der Grenadinen
        São/Sao Tomé/Tome und Príncipe/Principe
        Turks und Caicos
        Wallis und Futuna/Futunas
        Saint/Sankt/St/St. Pierre und Miquelon
    """,
    "nl": """
        Trinidad en Tobago
        Antigua en Barbuda
        Bosnië en Herzegovina
        Saint/Sint/St/St. Kitts/Christoffel en Nevis
        Saint/Sint/St/St. Vincent en de Grenadines/Grenadinen
        São/Sao Tomé en Principe/Príncipe
        Turks en Caicos
        Wallis en Futuna
        Saint/Sint/St/St. Pierre en Miquelon
    """,
    "sv": """
        Trinidad och Tobago/Tobagos
        Antigua och Barbuda/Barbudas
        Bosnien och Hercegovina/Hercegovinas/Herzegovina
        Saint/Sankt/St/St. Kitts/Christopher och Nevis
        Saint/Sankt/St/St. Vincent och Grenadinerna/Grenadinernas
        São/Sao Tomé och Príncipe/Principe
        Turks och Caicos
        Wallis och Futuna
        Saint/Sankt/St/St. Pierre och Miquelon
    """,
    "pl": """
        Trynidad/Trynidadu/Trynidadowi/Trynidadem/Trynidadzie i Tobago
        Antigua/Antigui/Antiguę/Antiguą i Barbuda/Barbudy/Barbudzie/Barbudę/Barbudą
        Bośnia/Bośni/Bośnię/Bośnią i Hercegowina/Hercegowiny/Hercegowinie/Hercegowinę/Hercegowiną
        Saint Kitts i Nevis
        Saint Vincent i Grenadyny/Grenadyn/Grenadynom/Grenadynami/Grenadynach
        Turks i Caicos
        Wallis i Futuna/Futuny/Futunie/Futunę/Futuną
        Saint Pierre i Miquelon
    """,
    "cs": """
        Trinidad/Trinidadu/Trinidadem a Tobago/Tobaga/Tobagu/Tobagem
        Antigua/Antiguy/Antigui/Antigue/Antiguu/Antiguou a Barbuda/Barbudy/Barbudě/Barbudu/Barbudou
        Bosna/Bosny/Bosně/Bosnu/Bosnou a Hercegovina/Hercegoviny/Hercegovině/Hercegovinu/Hercegovinou
        Svatý/Svatého/Svatému/Svatém/Svatým Kryštof/Kryštofa/Kryštofu/Kryštofovi/Kryštofem a Nevis/Nevisu/Nevisem
        Svatý/Svatého/Svatému/Svatém/Svatým Vincenc/Vincence/Vincenci/Vincencem a Grenadiny/Grenadin/Grenadinách
        Turks a Caicos
        Wallis a Futuna/Futuny/Futuně/Futunu/Futunou
        Saint Pierre a Miquelon
    """,
}

# First words of the names of towns.
_FIRST = word_set("St. Sankt Bad")


def _pattern(names: str) -> re.Pattern[str]:
    """Return a pattern for names with a slash between the forms of a word, one name a line."""
    spelt = [
        "[ \u00a0]".join(f"(?:{'|'.join(map(re.escape, word.split('/')))})" for word in line.split())
        for line in names.strip().splitlines()
    ]
    return re.compile(rf"\b(?:{'|'.join(spelt)})\b")


_NAMES = {code: _pattern(names) for code, names in _COUNTRIES.items()}
# One of these begins the second half of each name.
_SECOND = word_set("Tobag Barbud Herz Herc Erz Nev Név Nie Grenad Granad Princ Prínc Caic Caïq Futun Miquel")


class _Towns(NamedTuple):
    """The prepositions inside the names of a language's towns; the waters and landscapes after them; what is before.

    After one of ``only_names``, which are in no other phrase, any name may follow.
    """

    inside: frozenset[str]
    named: frozenset[str]
    before: frozenset[str]
    only_names: frozenset[str] = frozenset()


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
        frozenset({"ob"}),
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


def _countries(part: Part, reading: Reading) -> Iterator[list[Placed]]:
    """Yield the countries whose names begin and end with a token."""
    starts = {token.start: at for at, token in enumerate(part.tokens)}
    ends = {token.end: at + 1 for at, token in enumerate(part.tokens)}
    for name in _NAMES[reading.code].finditer(part.text):
        if name.start() in starts and name.end() in ends:
            yield stretch(part.tokens, starts[name.start()], ends[name.end()])


def with_towns(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases with the towns that have a preposition in their names, and without the parts of these."""
    towns = _TOWNS[article.reading.code]
    if (towns.named | towns.only_names).isdisjoint(article.words):
        return phrases
    count: Counter[str] = Counter()
    placed: set[str] = set()
    for part in (article.title, article.body):
        for start, end in _spans(part.tokens, towns):
            name = part.written(start, end)
            common = towns is _TOWNS["de"] and is_common_noun(part.tokens[start].text)
            count[name] += not common
            if part.tokens[start].text in _FIRST or (start and part.tokens[start - 1].text.lower() in towns.before):
                placed.add(name)
    known = {name for name in count if name in placed or count[name] > 1}
    return article.with_pieces(phrases, partial(_towns, known)) if known else phrases


def _towns(known: set[str], part: Part, reading: Reading) -> Iterator[list[Placed]]:
    for start, end in _spans(part.tokens, _TOWNS[reading.code]):
        if part.written(start, end) in known:
            yield stretch(part.tokens, start, end)


def _spans(tokens: list[Token], towns: _Towns) -> Iterator[tuple[int, int]]:
    """Yield where a town, a preposition and a water, a landscape or another town begin and end."""
    for at, token in enumerate(tokens):
        if at < 2 or not (token.text in towns.named or _is_other_town(tokens, at, towns)):
            continue
        for size in (1, 2):
            small, start = " ".join(one.text for one in tokens[at - size : at]), at - size - 1
            if small in towns.inside | towns.only_names and start >= 0 and tokens[start].text[0].isupper():
                yield start - (start > 0 and tokens[start - 1].text in _FIRST), at + 1


def _is_other_town(tokens: list[Token], at: int, towns: _Towns) -> bool:
    """Whether a word is a name after a preposition that is in names only, between two names: Feistritz ob Bleiburg."""
    if tokens[at - 1].text not in towns.only_names:
        return False
    return all(token.text.istitle() and not is_common_noun(token.text) for token in (tokens[at - 2], tokens[at]))
