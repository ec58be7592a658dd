"""German nouns that merely stand side by side, apart: German writes a compound as one word or with a hyphen.

    gibt Kunden Rabatt                ->  Kunden | Rabatt
    ohne Passwort Schadcode           ->  Passwort | Schadcode
    in Uzwil Kurzarbeit               ->  Uzwil | Kurzarbeit
    im Landkreis Celle Verstöße       ->  Landkreis Celle | Verstöße

The second noun is a common noun. Two nouns are a name, and stay whole, if the first one is the kind of thing that the
second one names (Aktion Mensch), if a quotation mark is before them, or if the text has both together more than once
and the second one never alone.

Scope: where a run divides between two nouns. Out of scope: roles and kinds before names (``german_people``).
"""

import re
from collections.abc import Iterator, Sequence

from alt_pipelines.tagging.extraction.spaced.article import Article, Part
from alt_pipelines.tagging.extraction.spaced.germanic.german_nouns import (
    QUOTATION_MARKS,
    are_two_nouns,
    is_adjective,
    is_common_noun,
    is_feminine,
    is_plural,
    is_rare_compound,
)
from alt_pipelines.tagging.extraction.spaced.reading import Placed
from alt_pipelines.tagging.extraction.spaced.tokens import Token
from alt_pipelines.tagging.extraction.words.verbs import is_infinitive, is_role, lemma_of
from alt_pipelines.text.stopwords import word_set

# Kinds of things that are part of the name after them: houses, estates, mines, foundations and alliances.
KINDS = word_set(
    """
    Aktion Apotheke Bar Bündnis Burg Café Camp Campus Casino Club Edition Fort Galerie Gasthaus Gasthof Grube Haus
    Herberge Hotel Hütte Kino Kloster Kap Operation Palais Pension Projekt Radio Restaurant Salon Schacht Schloss Schloß
    Stiftung Studio Tatort Theater Villa Weingut Zeche Zirkus
    """
)
_BARE = word_set(
    """
    An Auf Aus Bei Binnen Dank Durch Für Gegen Gemäß In Laut Mit Mittels Nach Ohne Per Pro Seit Trotz Um Unter Von Vor
    Während Wegen Zu Zufolge Zwischen Über
    """
)  # prepositions, without an article
# Parts of towns, which follow their names: Zürich Altstadt.
_PART_OF_TOWN = re.compile("(?:stadt|dorf|bahnhof|hafen|zentrum|viertel|mitte|park|messe|straße|platz|allee|land)$")
_SHORTEST = 7  # letters of a singular after a town; a shorter one may be a surname: Wolf, Stein
# Ends of the names of towns that are words too: Wolfsburg.
_TOWN = re.compile(
    "(?:au|bach|berg|born|brück|brücken|burg|dorf|feld|felden|furt|hafen|hausen|heim|hof|kirch|kirchen|see|stadt|stein"
    "|tal|wald|werder)$"
)
_AGENT = re.compile("er(?:s|n)?$")


def parts(run: list[Placed], part: Part, article: Article) -> Iterator[list[Placed]]:
    """Yield the parts of a run, cut between two nouns that are no name."""
    start = 0
    for at in range(1, len(run)):
        if (
            at > start
            and _are_apart(run, at, start, part.tokens, article)
            and not _is_name(run, at, part.tokens, article)
        ):
            yield run[start:at]
            start = at
    yield run[start:]


def _are_apart(run: list[Placed], at: int, start: int, tokens: Sequence[Token], article: Article) -> bool:
    """Whether a common noun at ``at`` is another thing than the noun before it."""
    before, word = run[at - 1], run[at]
    first, second = before.token.text, word.token.text
    if not (first[0].isupper() and second[0].isupper()) or first.isupper() or second.isupper():
        return False
    if before.link or word.link or before.at + 1 != word.at:
        return False
    adjectives = start == 0 and all(placed.token.text.islower() and not placed.link for placed in run[start : at - 1])
    if adjectives and not before.token.opens and (are_two_nouns(first, second) or _are_agent_and_object(first, second)):
        return True
    if second in KINDS and at + 1 < len(run) and run[at + 1].token.text[0].isupper() and is_common_noun(first):
        return not is_adjective(first)  # Spielplan | Theater Nordhausen
    if at - 1 == start:
        return start == 0 and _follows_preposition(run, tokens, second)
    if at - 2 != start or not _is_body_of_town(run[at - 2].token.text, first) or len(second) < _SHORTEST:
        return False
    if is_plural(second) or is_rare_compound(second):
        return True
    return is_common_noun(second) and (second in article.apart or is_feminine(second))


def _is_body_of_town(body: str, town: str) -> bool:
    """Whether two words are a common noun and what may be the name of a town: Landkreis Celle."""
    described = is_common_noun(body) and not is_adjective(body) and not is_role(body, "de")
    return described and not (town.endswith("er") or is_common_noun(town) or is_adjective(town))


def _are_agent_and_object(agent: str, word: str) -> bool:
    """Whether the first noun is who does what a verb says, and the second one a common noun: Prüfer Schadstoffe.

    The stem of a place's adjective is a noun too: Harzer, beside Harz.
    """
    if not (is_common_noun(agent) and is_common_noun(word)):
        return False
    stem = _AGENT.sub("", agent)
    return stem != agent and is_infinitive(f"{stem.lower()}en", "de") and lemma_of(stem, "de") is None


def _follows_preposition(run: list[Placed], tokens: Sequence[Token], word: str) -> bool:
    """Whether a preposition without an article governs the first noun of a run, and the second one is apart from it."""
    noun = run[0].token.text
    preposition = tokens[run[0].at - 1].text.capitalize() if run[0].at else ""
    if preposition not in _BARE or is_adjective(noun):
        return False
    if is_common_noun(noun):
        return not noun.endswith("er") and (is_common_noun(word) or is_rare_compound(word)) and not _TOWN.search(word)
    if preposition != "In" or noun.endswith("er") or not is_common_noun(word) or _PART_OF_TOWN.search(word.lower()):
        return False
    return is_plural(word) or (len(word) >= _SHORTEST and not is_role(word, "de"))


def _is_name(run: list[Placed], at: int, tokens: Sequence[Token], article: Article) -> bool:
    """Whether two nouns are a name: after a quotation mark, after the kind of thing, or only together."""
    before, word = run[at - 1], run[at]
    quoted = before.at > 0 and tokens[before.at - 1].text in QUOTATION_MARKS
    if quoted or before.token.text in KINDS:
        return True
    repeated = (before.token.text, word.token.text) in article.pairs and word.token.text not in article.apart
    return repeated and not _is_abbreviation(tokens, word.at)


def _is_abbreviation(tokens: Sequence[Token], at: int) -> bool:
    """Whether a full stop and a number follow a word: Buch Bd. 2."""
    after = [token.text for token in tokens[at + 1 : at + 3]]
    return after[:1] == ["."] and after[-1][0].isdigit()
