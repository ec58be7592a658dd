"""Names of people without the words that describe them: their role, their country, and what follows their name.

    de Noorse Ingrid Solbakken            ->  Ingrid Solbakken
    Bölge Müdürü Kerem Sağlam             ->  Kerem Sağlam
    zag Teun Postma verbijsterd           ->  Teun Postma

A description is a common noun or an adjective: the dictionary has it. The two or more words of the name are capitalised
and are not common nouns. Scripts without capitals have lists instead (``spaced.offices``), German has rules of its own
(``spaced.germanic.german_people``).
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby, takewhile

from alt_pipelines.tagging.extraction.spaced.germanic.dutch import is_dutch_demonym, is_dutch_predicate
from alt_pipelines.tagging.extraction.spaced.germanic.swedish import keeps_genitive
from alt_pipelines.tagging.extraction.spaced.indonesian import people as indonesian_people
from alt_pipelines.tagging.extraction.spaced.offices import LANGUAGES as OFFICES
from alt_pipelines.tagging.extraction.spaced.offices import at_places, without_office
from alt_pipelines.tagging.extraction.spaced.opening_names import is_in_opening_name
from alt_pipelines.tagging.extraction.spaced.reading import Placed, Reading
from alt_pipelines.tagging.extraction.spaced.slavic.polish import is_national
from alt_pipelines.tagging.extraction.spaced.tokens import Token
from alt_pipelines.tagging.extraction.spaced.turkish.verbs import is_softened, turkish_lower
from alt_pipelines.tagging.extraction.words.verbs import has_feminine, is_word, lemma_of
from alt_pipelines.text.stopwords import word_set

_NAME = 2  # words of a full name, at least
_LONGEST_NAME = 5  # words of an institution
_POSSESSED = re.compile("[sy]?[ıiuü]$")  # Turkish: Başkanı, Valisi
_OFFICE = re.compile("[ıiuü]s[ıiuü]$")  # Turkish: Yardımcısı, Sözcüsü
_OF_A_PLACE = re.compile("l[ıiuü]$")  # Turkish: Koreli
_OF_A_TRADE = re.compile("[çc][ıiuü]$")  # Turkish: ziraatçı
_PLURALS = ("lar", "ler")
# Forms of address before a name. Those that also begin names (Don Quijote, Dom Pedro) are not listed.
_TITLES = {
    "de": word_set("Herr Herrn Frau Fräulein Dr Prof Doktor Professor"),
    "fr": word_set("me mme mlle mm monsieur madame mademoiselle messieurs docteur dr pr maître"),
    "es": word_set("señor señora señorita señores sr sra doctor doctora dr dra"),
    "it": word_set("signor signore signora signorina sig dottor dottoressa dott ingegner avvocato"),
    "pt": word_set("senhor senhora sr sra doutor doutora dr dra"),
    "nl": word_set("meneer mevrouw mevr dhr heer dr"),
    "pl": word_set("pan pani pana panu panią panem dr prof"),
    "tr": word_set("bay bayan dr"),
}
_SHORT_TITLES = frozenset({"dr", "prof", "sr", "sra", "dra", "dott", "sig"})


def apart(run: list[Placed], tokens: Sequence[Token], reading: Reading) -> Iterator[list[Placed]]:
    """Yield the parts of a run, with people's names apart from the words that describe them."""
    run = without_title(run, reading.code)
    if not run or reading.row.clitics or reading.row.lone_letters or reading.row.noun_capitals:
        yield run
    elif reading.row.suffixes:
        yield from _turkish(run)
    elif reading.code == "id":
        yield from indonesian_people.apart(run)
    elif reading.code in OFFICES:
        for part in without_office(run, reading.code):
            yield from at_places(part, reading.row.places)
    else:
        run = without_role(run, tokens, reading)
        yield from _before_and_after_names(run, reading) if reading.row.names_end else [run]


def without_title(run: list[Placed], code: str) -> list[Placed]:
    """Return a run without the forms of address before a capitalised name: Frau Imhof, la señora Ibarra."""
    titles = _TITLES.get(code)
    if not titles or not run:
        return run
    start = 0
    while start + 1 < len(run) and run[start + 1].token.text[0].isupper() and _is_title(run[start], titles, code):
        start += 1
    run = run[start:]
    return [] if run and run[-1].token.text.lower() in _SHORT_TITLES and len(run) == 1 else run  # Dr. | Paul Imhof


def _is_title(placed: Placed, titles: frozenset[str], code: str) -> bool:
    word = placed.token.text
    return word in titles if code == "de" else word.lower() in titles


def without_role(run: list[Placed], tokens: Sequence[Token], reading: Reading) -> list[Placed]:
    """Return a run without its first word if that is the role or the country of the person named after it."""
    lower = 0 if reading.row.articles else sum(1 for _ in takewhile(_is_lower, run))
    if lower and len(part := run[lower:]) > _NAME and len(name := without_role(part, tokens, reading)) < len(part):
        return name  # kontuzjowanej Amerykanki Taylor Bannister
    first = run[0].token
    if not first.text[0].isupper() or not _is_full_name(run[1:]):
        return run
    if reading.code == "pl" and is_national(first.text):
        return run[1:]
    if (first.text, run[1].token.text) in reading.names:
        return run  # Het Laatste Nieuws
    if first.opens:
        known = first.text.lower() not in reading.capitals and is_word(first.text.lower(), reading.code)
        firm = any(placed.token.text == "&" for placed in run[1:])
        if reading.row.head_first and (_is_body(run, reading.code) or is_in_opening_name(tokens, run[0].at, reading)):
            return run
        return run[1:] if known and (reading.row.articles or firm or _is_described(run, reading.code)) else run
    articles = reading.row.articles
    articled = not articles or (run[0].at > 0 and tokens[run[0].at - 1].text.lower() in articles)
    return run[1:] if articled and _is_described(run, reading.code) else run


def _is_lower(placed: Placed) -> bool:
    return placed.token.text[0].islower()


def _is_full_name(run: Sequence[Placed]) -> bool:
    words = [placed.token.text for placed in run if not placed.link]
    return len(words) >= _NAME and not run[0].link and all(word[0].isupper() for word in words)


def _is_described(run: Sequence[Placed], code: str) -> bool:
    """Whether the dictionary has the first word of a run, in lower case or as an inflected form, and no other word."""
    first, *name = [placed.token.text for placed in run if not placed.link]
    known = is_word(first.lower(), code) or lemma_of(first, code) not in (None, first)
    return known and not any(is_word(word.lower(), code) for word in name)


def _is_body(run: Sequence[Placed], code: str) -> bool:
    """Whether all words of a run are common ones and the first is no person's role: Orchestra Regionale Toscana."""
    words = [placed.token.text.lower() for placed in run if not placed.link]
    return not has_feminine(words[0], code) and all(is_word(word, code) for word in words)


def _turkish(run: list[Placed]) -> Iterator[list[Placed]]:
    """Yield the parts of a Turkish run around the office, the role or the country before a person's name.

    An office ends in a possessive (Jüri Başkanı). A role has a plural or is derived from a noun (ziraatçı, from
    ziraat); a given name does neither.
    """
    start = 0
    for named, placed in groupby(enumerate(run), key=lambda pair: _is_capitalised(pair[1])):
        at = [index for index, _ in placed]
        name = next(_turkish_names(run[at[0] : at[-1] + 1]), 0) if named else 0
        if name:
            yield run[start : at[0]]
            start = at[-1] + 1
            yield run[at[0] + name : start]
    yield from _institutions(run[start:])


def _institutions(run: list[Placed]) -> Iterator[list[Placed]]:
    """Yield a run or, if it is too long for one name, its parts up to each possessed word: Şehir Hastanesi | Göz ..."""
    start = 0
    if len(run) > _LONGEST_NAME and all(map(_is_capitalised, run)):
        for at, placed in enumerate(run, 1):
            if is_possessed(placed.token.text):
                yield run[start:at]
                start = at
    yield run[start:]


def _turkish_names(run: list[Placed]) -> Iterator[int]:
    """Yield where a person's name begins in capitalised words, after a description."""
    words = [placed.token.text for placed in run]
    for at in range(len(words) - _NAME, max(0, len(words) - _NAME - 2), -1):
        low = words[at - 1].lower()
        office = _OFFICE.search(low) is not None and is_possessed(low)  # a surname may look possessed: Tekeli
        if any(map(is_possessed, words[at : -1 if office else None])):
            return
        derived = lemma_of(low, "tr") not in (None, low)
        if is_possessed(low) or (derived and _OF_A_PLACE.search(low)):
            yield at
        elif at == 1 and run[0].token.opens:
            trade = _OF_A_TRADE.search(low) is not None and lemma_of(low, "tr") is not None
            if trade or any(lemma_of(low + plural, "tr") == low for plural in _PLURALS):
                yield at


def _is_capitalised(placed: Placed) -> bool:
    return placed.token.text[0].isupper() and placed.token.text.isalpha()


@lru_cache(maxsize=65536)
def is_possessed(word: str) -> bool:
    """Whether a Turkish word has a possessive ending: Başkanı, Bakanlığı."""
    low = turkish_lower(word)
    lemma = lemma_of(low, "tr")
    if lemma is None or lemma == low:
        return False
    return _POSSESSED.fullmatch(low.removeprefix(lemma)) is not None or is_softened(low, lemma)


def _before_and_after_names(run: list[Placed], reading: Reading) -> Iterator[list[Placed]]:
    """Yield the parts of a run, cut after each name that a lower-case word follows: Kampen | voorlopig.

    Where an adjective precedes its noun and compounds are one word, such a word belongs to another part of the
    sentence. What follows is a phrase if it ends in a noun: a word of ``nouns`` or an inflected form.
    """
    start = 0
    while reading.code == "nl" and run and is_dutch_predicate(run[-1].token.text):
        run = run[:-1]  # doorstart mogelijk
    for at in range(1, len(run)):
        before, word = run[at - 1], run[at]
        if reading.code == "nl" and _ends_after_demonym(run, at):
            yield run[start:at]  # Amerikaanse rivierkreeften | gangen
            start = at
        if before.link or word.link or before.token.opens or not word.token.text.islower():
            continue
        if reading.code == "sv" and keeps_genitive(before.token.text, word.token.text):
            continue  # Gotlands museum
        if reading.code == "nl" and is_dutch_demonym(before.token.text):
            continue  # Aziatische hoornaar
        if before.token.text[0].isupper():
            yield run[start:at]
            start = at
    if not run:
        return
    last = run[-1].token.text
    if start == 0 or last in reading.nouns or lemma_of(last, reading.code) not in (None, last):
        yield run[start:]


def _ends_after_demonym(run: Sequence[Placed], at: int) -> bool:
    """Whether a Dutch noun after the adjective of a country ends a phrase before this word, which is another noun."""
    if at < _NAME or not is_dutch_demonym(run[at - 2].token.text):
        return False
    noun, word = run[at - 1].token.text, run[at].token.text
    return noun.islower() and word.islower() and not noun.endswith("e")
