"""Readings of names in a language with cases, where the dictionary lacks the name or prefers another word.

    readings_of_name("борисов", readings("борисов"))  ->  those of the surname, not the plural of Борис

A person's name is read in the singular. Source: Unbegaun 1972, "Russian Surnames", chapter 1.
"""

import re
from collections.abc import Iterator, Sequence, Set

from alt_pipelines.tagging.extraction.inflected.russian_words import NOMINAL, Reading
from alt_pipelines.tagging.extraction.spaced.tokens import Token

_DOUBLE = re.compile("[а-яёіїєґ]+-[а-яёіїєґ]+")  # with one hyphen
_SURNAME = re.compile("(?:[оеё]в|[иы]н)$")  # of a man, in the nominative
_SHORTEST = 3  # letters of a surname's stem
# Endings of men's and of women's surnames, each with those that the nominative may have in its place.
_ENDINGS = (
    (
        *((ending, ("",)) for ending in ("а", "у", "ом", "ым", "е", "ові")),
        *((ending, ("ь", "й", "")) for ending in ("я", "ю", "ем", "єм")),
        *((ending, ("ий", "ый", "ой")) for ending in ("ого", "ому", "его", "ему", "им", "ым", "ом")),
        *((ending, ("а",)) for ending in ("ы", "и", "е", "у", "ой", "і", "ою")),
        *((ending, ("о",)) for ending in ("а", "у", "ом")),
    ),
    (
        *((ending, ("а", "ая")) for ending in ("ой", "ою", "у", "ую", "ої", "ій", "ы", "и", "е")),
        *((ending, ("я", "яя")) for ending in ("ей", "ю", "юю", "и", "е")),
    ),
)


def readings_of_name(word: str, found: Sequence[Reading]) -> Sequence[Reading]:
    """Return the readings that a word may have as a name: not the plural of a person's name if it has a singular.

    A word that has only readings as the plural of a person's name, but the ending of a surname, is a surname (Мусаев).
    A word without a nominal reading that the dictionary lacks is an indeclinable name (Кожемяко); so is a double name
    that it lacks (Каран-Кала).
    """
    if _DOUBLE.fullmatch(word) and not any(reading.known for reading in found):
        return (Reading("noun", word, known=False),)
    if not found or any(reading.known and reading.kind not in NOMINAL for reading in found):
        return found
    if not any(reading.kind in NOMINAL for reading in found):
        return (Reading("noun", word, known=False),)
    places = [r for r in found if r.known and r.proper and not r.person and r.lemma == word]
    if places and any(r.lemma != word for r in found):
        return places  # Лиски, not the plural of лиска
    if any(reading.known for reading in found):
        single = [reading for reading in found if reading.number != "plur" or not reading.person]
        if not single and _SURNAME.search(word):
            return (Reading("noun", word, "nomn", "sing", "masc", person=True, proper=True),)
        return single or found
    # A name that the dictionary lacks is in the plural only if it has no other number: Чернівці, but not Оксани.
    return [r for r in found if r.number != "plur" or r.lemma[-1] in "иі"] or found


def with_plural_towns(tokens: Sequence[Token], found: Sequence[Sequence[Reading]]) -> list[Sequence[Reading]]:
    """Return the readings of each token, with the names of towns in the plural in the nominative: Чернівці.

    Such a name is the dictionary form of a form whose first reading is a plural that the dictionary lacks.
    """
    towns = {r.lemma for own in found for r in own[:1] if r.kind == "noun" and not r.known and r.number == "plur"}
    words = [(token.text.lower(), token.text[0].isupper()) for token in tokens]
    return [
        (Reading("noun", word, "nomn", "plur", known=False),) if capital and word in towns else own
        for (word, capital), own in zip(words, found, strict=True)
    ]


def surnames(found: Sequence[Sequence[Reading]], named: Sequence[bool]) -> frozenset[str]:
    """Return the dictionary forms of ambiguous surnames that agree with the given name before them: Еліна Світоліна.

    ``found``: the readings of each token; ``named``: whether it has the capital of a name.
    """
    out: set[str] = set()
    for at in range(1, len(found)):
        if not (named[at] and named[at - 1]) or len({r.lemma for r in found[at] if r.kind == "noun"}) < 2:
            continue
        given = [r for r in found[at - 1] if r.kind == "noun" and r.person and r.number == "sing" and r.known]
        out.update(r.lemma for r in found[at] if r.kind == "noun" and any(_agree(r, one) for one in given))
    return frozenset(out)


def _agree(one: Reading, other: Reading) -> bool:
    return one.case == other.case and one.number == other.number and one.gender in ("", other.gender)


def womens_surnames(
    tokens: Sequence[Token], found: Sequence[Sequence[Reading]], named: Sequence[bool]
) -> list[Sequence[Reading]]:
    """Return the readings of each token, with a foreign surname after a woman's given name indeclinable: Ксения Вольф.

    A woman's surname with the ending of a man's Russian surname would have an ending of its own (Иванова).
    """
    out = list(found)
    for at in range(1, len(found)):
        own = [r for r in found[at] if r.kind == "noun"]
        surname = own and all(r.lemma == tokens[at].text.lower() and r.gender == "masc" for r in own)
        woman = any(r.person and r.gender == "femn" and r.number == "sing" for r in found[at - 1])
        if named[at] and named[at - 1] and surname and woman and not _SURNAME.search(own[0].lemma):
            out[at] = (Reading("noun", own[0].lemma, person=True, proper=True),)
    return out


def names_after_given(
    tokens: Sequence[Token], found: Sequence[Sequence[Reading]], named: Sequence[bool]
) -> list[Sequence[Reading]]:
    """Return the readings of each token, with a name that does not agree with the given name before it: Билл Мейси.

    The dictionary lacks such a name, or has it as another word (Глеб Раздольной). It is read as a surname
    without cases everywhere; the given name is then no other word (Варвара Крушлова: not варвар).
    """
    out = list(found)
    people: set[str] = set()
    for at in range(1, len(found)):
        given = [r for r in found[at - 1] if r.given and r.known and r.number == "sing"]
        if not (given and named[at] and named[at - 1]) or tokens[at].opens or any(_is_place(r) for r in found[at]):
            continue
        if found[at] and not any(_agree(r, one) for r in found[at] if r.kind in NOMINAL for one in given):
            out[at - 1] = given
            people.add(tokens[at].text.lower())
    for at, token in enumerate(tokens):
        word = token.text.lower()
        if named[at] and word in people:
            out[at] = (Reading("noun", word, person=True, proper=True),)
    return out


def _is_place(one: Reading) -> bool:
    return one.known and one.proper and not one.person


def without_people(found: Sequence[Reading]) -> Sequence[Reading]:
    """Return the readings of a word without a capital: not a person's name (вели, мора), if it has others."""
    return [reading for reading in found if not reading.person] or found


def has_capital_of_name(token: Token, found: Sequence[Reading], capitals: Set[str]) -> bool:
    """Whether a word has a capital that is not due to the start of a sentence.

    ``found``: its readings; ``capitals``: the words that have a capital inside a sentence, folded.
    """
    if not token.text[0].isupper():
        return False
    abbreviation = len(token.text) > 1 and token.text.isupper()  # КХЛ
    return not token.opens or abbreviation or token.text.lower() in capitals or any(r.proper for r in found[:1])


def opens_with_given_name(tokens: Sequence[Token], found: Sequence[Sequence[Reading]], at: int) -> bool:
    """Whether a word at the start of a sentence may be a given name with its surname after it: Вера Лохвицкая."""
    if not tokens[at].text[0].isupper() or at + 1 >= len(tokens):
        return False
    if not tokens[at + 1].text[0].isupper() or tokens[at + 1].opens:
        return False
    given = [r for r in found[at] if r.kind == "noun" and r.person and r.number == "sing" and r.case == "nomn"]
    return any(_agree(r, one) for r in found[at + 1] if r.kind == "noun" and r.person for one in given)


def surnames_in_nominative(
    tokens: Sequence[Token], found: Sequence[Sequence[Reading]], named: Sequence[bool]
) -> list[Sequence[Reading]]:
    """Return the readings of each token, with a surname that has its nominative elsewhere in the text: Кучеров.

    The dictionary may take the nominative for another word (кучер) or lack the surname (Петрова-Водкина). A given name
    in another case before the surname shows which of its endings is the nominative's.
    """
    written = {token.text.lower(): at for at, token in enumerate(tokens) if token.text[0].isupper()}
    out, read = list(found), dict[str, Reading]()
    for at in range(1, len(found)):
        given = [r for r in found[at - 1] if r.known and r.person and r.number == "sing" and r.case != "nomn"]
        if not (given and named[at] and named[at - 1]):
            continue
        word = tokens[at].text.lower()
        for nominative in _nominatives(word, given[0].gender):
            own = {r.lemma for r in found[at] if r.kind == "noun"}
            if nominative in written and not any(
                r.lemma in own and r.case in ("", "nomn") for r in found[written[nominative]]
            ):
                person = Reading("noun", nominative, given[0].case, "sing", given[0].gender, person=True, proper=True)
                read |= {word: person, nominative: person._replace(case="nomn")}
                break
    for at, token in enumerate(tokens):
        if token.text[0].isupper() and (reading := read.get(token.text.lower())) is not None:
            out[at] = (reading,)
    return out


def _nominatives(word: str, gender: str) -> Iterator[str]:
    """Yield the nominatives that a surname in another case may have (Unbegaun 1972, chapter 1)."""
    for ending, others in _ENDINGS[gender == "femn"]:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            stem = word[: -len(ending)]
            yield from (_with_first(stem, ending) + other for other in others)


def _with_first(stem: str, ending: str) -> str:
    """Return the stem of a double surname with the first part in the nominative too: петров-водкин."""
    first, hyphen, last = stem.partition("-")
    return f"{first.removesuffix(ending)}{hyphen}{last}" if hyphen else stem


def written_surnames(
    tokens: Sequence[Token], found: Sequence[Sequence[Reading]], named: Sequence[bool]
) -> list[Sequence[Reading]]:
    """Return the readings of each token, with the surnames that the dictionary takes for other words: Мингазов.

    Such a word has the ending of a surname, and other forms in the text are of the same person's name (Мингазова).
    """
    people = {r.lemma for own, name in zip(found, named, strict=True) if name for r in own if r.person}
    out = list(found)
    for at, token in enumerate(tokens):
        word = token.text.lower()
        if named[at] and word in people and _SURNAME.search(word) and all(r.lemma != word for r in found[at]):
            out[at] = (Reading("noun", word, "nomn", "sing", "masc", person=True, proper=True),)
    return out


def disambiguated(found: Sequence[Sequence[Reading]]) -> list[Sequence[Reading]]:
    """Return the readings of each token without the nouns that the word before it excludes.

    After an adjective that agrees with only one of several nouns, it is that noun (водяного пара: пар, not пара).
    After a noun, a word is its genitive and not another noun in the singular (Музей млинів: млин, not млинів).
    After a preposition, a noun of which the dictionary is not certain is not in the nominative (от микропластика).
    """
    out = list(found)
    for at in range(1, len(found)):
        nouns = [r for r in found[at] if r.kind == "noun"]
        if len({r.lemma for r in nouns}) < 2:
            continue
        left = nouns
        genitives = [r for r in nouns if r.case == "gent"]
        if found[at - 1] and _is_complement(found[at - 1], nouns, genitives):
            left = genitives
        elif found[at - 1] and found[at - 1][0].kind == "preposition" and not any(r.known for r in nouns):
            left = [r for r in nouns if r.case != "nomn"]
        elif adjectives := [r for r in found[at - 1] if r.kind in ("adjective", "ordinal")]:
            left = [r for r in nouns if any(_agree(r, one) for one in adjectives)]
        if left and len(left) < len(nouns):
            out[at] = [r for r in found[at] if r.kind != "noun" or r in left]
    return out


def _is_complement(before: Sequence[Reading], nouns: Sequence[Reading], genitives: Sequence[Reading]) -> bool:
    """Whether a word after a noun is its complement: a genitive plural, or another noun in the nominative (млинів)."""
    if any(r.kind != "noun" or not r.known for r in before) or any(not r.known or r.person for r in nouns):
        return False
    if not genitives or any(r.number != "plur" for r in genitives):
        return False
    rest = [r for r in nouns if r.case != "gent"]
    return (
        bool(rest)
        and all(r.case in ("nomn", "accs") and r.number == "sing" for r in rest)
        and not any(r.lemma in {g.lemma for g in genitives} for r in rest)
    )


def ends_as_surname(lemma: str) -> bool:
    """Whether a dictionary form ends as a Russian man's surname, of which a woman's is another: Ремезов, Ремезова."""
    return _SURNAME.search(lemma) is not None


def is_oblique(found: Sequence[Reading]) -> bool:
    """Whether a word that the dictionary knows is certainly not in the nominative: Науке of «Науке в Сибири»."""
    return bool(found) and all(r.known and r.kind in NOMINAL and r.case not in ("", "nomn", "accs") for r in found)
