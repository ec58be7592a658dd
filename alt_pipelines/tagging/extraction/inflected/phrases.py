"""Noun phrases of a language with cases: adjectives and a noun that agree, a noun and its genitive, names.

    тяговая подстанция города сгорела    ->  тяговая подстанция города; города
    главного тренера сборной уволили     ->  главного тренера сборной; сборной

A word belongs to a phrase by its readings (``inflected.russian_words``): verbs, adverbs and pronouns separate phrases.
The words before a noun must agree with it in case, number and gender, and so must the parts of a name.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from alt_pipelines.tagging.extraction.inflected.russian_words import Reading
from alt_pipelines.text.stopwords import word_set

LONGEST = 3  # words of a phrase
LONGEST_NAME = 4  # words of a name, and of a phrase that begins with a capital

Feature = tuple[str, str, str]  # case, number, gender; "" for any
Features = frozenset[Feature]
ANY: Features = frozenset({("", "", "")})
_NONE: Features = frozenset()
_OBLIQUE = frozenset({"", "gent", "datv", "ablt", "loct"})  # the accusative of things is their nominative
_NO_COMPLEMENT = frozenset({"datv", "ablt", "loct"})  # cases that the complement of a noun is not in
# Derived prepositions (Русская грамматика, 1980, § 1660): a preposition and a noun that is not a topic.
PREPOSITIONS = word_set(
    """
    в_адрес в_виде в_качестве в_лице в_начале в_конце в_середине в_области в_отличие в_отношении в_пользу в_преддверии
    в_продолжение в_процессе в_рамках в_размере в_районе в_результате в_роли в_связи в_силу в_случае в_соответствии
    в_сторону в_сфере в_течение в_ходе в_целях в_честь за_исключением за_пределами за_счёт за_счет из_числа на_базе
    на_основании на_основе на_протяжении на_сумму на_уровне на_фоне от_имени по_вопросам по_данным по_итогам по_мере
    по_мнению по_отношению по_поводу по_причине по_результатам по_словам по_случаю по_сравнению под_видом под_названием
    под_руководством при_поддержке при_помощи при_условии при_участии с_помощью с_точки с_участием с_учётом с_учетом
    с_целью со_ссылкой со_стороны во_время во_главе в_составе
    в_межах в_разі в_рамках за_даними за_допомогою за_рахунок за_результатами за_словами за_умови за_участю
    з_метою з_приводу на_думку на_користь на_основі на_підставі на_початку на_чолі під_час у_вигляді у_зв'язку у_кінці
    у_межах у_разі у_рамках у_результаті у_складі у_сфері у_ході
    """
)


class Word(NamedTuple):
    """What a token may be in a phrase; a token that may be neither separates phrases."""

    noun: Features = _NONE
    adjective: Features = _NONE
    capital: bool = False  # whether it has a capital that is not due to the start of a sentence
    person: bool = False  # whether it may be a part of a person's name
    number: bool = False  # a numeral, after which a noun is counted
    preposition: bool = False  # after which a form that may be oblique is oblique
    foreign: bool = False  # a name in another script
    given: bool = False  # whether it may be a given name, which begins a person's name
    role: bool = False  # whether it is a common noun for a person, of whom a genitive says whose: тренер | гостей


class NounPhrase(NamedTuple):
    """A noun phrase by its place among the tokens of a text, and the cases, numbers and genders that it may have."""

    start: int  # position of the first token
    end: int  # position after the last one
    features: Features  # how it may be read: a phrase with a nominative among them is in its dictionary form
    head: int  # position of the noun, or of the last part of a name


def word_of(found: Sequence[Reading], *, capital: bool) -> Word:
    """Return what a word with these readings may be. An ordinal is part of a phrase only as part of a name.

    An adjective that is also a surname is one only with a capital, and not in the plural: Казанские инженеры.
    """
    adjective = any(reading.kind == "adjective" for reading in found)
    surname = capital or not adjective
    nouns = [
        r
        for r in found
        if r.kind == "noun" and (surname or not r.person) and not (adjective and r.person and r.number == "plur")
    ]
    kinds = ("adjective", "ordinal") if capital else ("adjective",)
    return Word(
        frozenset((r.case, r.number, r.gender) for r in nouns),
        frozenset((r.case, r.number, r.gender) for r in found if r.kind in kinds),
        capital,
        capital and any(r.person for r in nouns),
        given=capital and any(r.given for r in nouns),
        role=not capital and bool(nouns) and all(r.animate for r in nouns),
    )


def agreeing(one: Features, other: Features) -> Features:
    """Return the readings that two words have in common; empty if they do not agree."""
    if other == ANY:
        return one
    if one == ANY:
        return other
    return frozenset(
        (left[0] or right[0], left[1] or right[1], left[2] or right[2])
        for left in one
        for right in other
        if all(not a or not b or a == b for a, b in zip(left, right, strict=True))
    )


def is_nominative(features: Features) -> bool:
    """Whether a phrase may be in the nominative."""
    return any(case in ("", "nomn") for case, _, _ in features)


def noun_phrases(words: Sequence[Word]) -> Iterator[NounPhrase]:
    """Yield the noun phrases of a text, and of a noun with a genitive both the whole and the genitive."""
    at, governed = 0, False
    while at < len(words):
        found = _agreed(words, at)
        if found is None:
            at, governed = at + 1, False
            continue
        found = _in_context(words, found, governed=governed)
        at, governed = found.end, False
        if _is_counted(words, found) or _describes(words, found):
            continue
        complement = _genitive(words, found)
        governed = complement is not None
        longest = LONGEST_NAME if words[found.start].capital else LONGEST
        if complement is not None and words[found.end - 1].role:
            continue  # a role, not a topic: наставник | железнодорожников
        if complement is not None and complement.end - found.start <= longest:
            yield found._replace(end=complement.end)
        else:
            yield from _before_names(words, found._replace(start=max(found.start, found.end - longest)))


def _before_names(words: Sequence[Word], found: NounPhrase) -> Iterator[NounPhrase]:
    """Yield a person's full name without the adjective or the employer before it: РАН | Глеб Завьялов."""
    start = found.start
    while start < found.end - 2 and not words[start].person:
        start += 1
    if start > found.start and words[start].person and words[start + 1].capital:
        if words[found.start].capital:
            yield NounPhrase(found.start, start, ANY, start - 1)
        found = found._replace(start=start)
    yield found


def quoted_name(words: Sequence[Word], start: int, end: int) -> NounPhrase:
    """Return the name between quotation marks, with its case if its words show one: «Крыльями Советов».

    A name in apposition at the end shows the case of the whole: «Газпром Арене».
    """
    features = ANY
    found = _agreed(words, start)
    if found is not None and (found.end == end or _genitive(words, found) is not None):
        features = found.features
    elif words[end - 1].capital and words[end - 2].noun and _is_no_complement(words[end - 1].noun):
        features = words[end - 1].noun
    return NounPhrase(start, end, features, end - 1)


def _is_no_complement(features: Features) -> bool:
    """Whether a word has readings, none of which may be a complement in the genitive."""
    return bool(features) and {case for case, _, _ in features} <= _NO_COMPLEMENT


def _in_context(words: Sequence[Word], found: NounPhrase, *, governed: bool) -> NounPhrase:
    """Return a phrase without the readings that a noun or a preposition before it excludes."""
    features = found.features
    if governed:
        features = frozenset(f for f in features if f[0] in ("", "gent"))
    elif found.start and words[found.start - 1].preposition:
        oblique = frozenset(f for f in features if f[0] in _OBLIQUE)
        features = oblique or features
    return found._replace(features=features)


def _agreed(words: Sequence[Word], at: int) -> NounPhrase | None:
    """Return the longest phrase that begins here without a genitive: adjectives and a noun, or a name."""
    features, end = ANY, at
    while end < min(len(words), at + LONGEST_NAME) and words[end].adjective:
        both = agreeing(features, words[end].adjective)
        if end + 1 >= len(words) or not _continues(words[end + 1], both):
            break
        features, end = both, end + 1
    both = agreeing(features, words[end].noun) if end < len(words) else _NONE
    return _name(words, NounPhrase(at, end + 1, both, end)) if both else None


def _continues(after: Word, features: Features) -> bool:
    """Whether the word after an adjective agrees with it, as an adjective or a noun."""
    return bool(agreeing(features, after.adjective) or agreeing(features, after.noun))


def _name(words: Sequence[Word], found: NounPhrase) -> NounPhrase:
    """Return the phrase with the capitalised words after it that agree: Вадим Кормильцев, Онежское озеро."""
    end, features = found.end, found.features
    if not words[end - 1].capital:
        return found
    while end < len(words) and words[end].capital and words[end].noun and end - found.start < LONGEST_NAME:
        both = agreeing(features, words[end].noun)
        if not both or (words[end].given and not words[end - 1].person):  # жительница Хайфы | Мириам
            break
        features, end = both, end + 1
    return NounPhrase(found.start, end, features, end - 1)


def _genitive(words: Sequence[Word], found: NounPhrase) -> NounPhrase | None:
    """Return the genitive that depends on a phrase: Сборная | России, but not вратаря | Романа Черных."""
    after = found.end
    if after >= len(words) or words[found.end - 1].person:
        return None
    if words[after].foreign and not words[found.end - 1].capital:
        return None  # an apposition: стартап | Aerolynx
    complement = _agreed(words, after)
    if complement is None or words[complement.end - 1].person:
        return None
    if complement.end - after > 1 and all(word.capital for word in words[after : complement.end]):
        return None  # a full name
    if any(case in ("", "gent") for case, _, _ in complement.features):
        return complement
    return None


def _describes(words: Sequence[Word], found: NounPhrase) -> bool:
    """Whether an adjective and its noun describe the foreign name after them: технологическая компания Aerolynx."""
    common = not any(word.capital for word in words[found.start : found.end])
    return common and found.end < len(words) and words[found.end].foreign


def _is_counted(words: Sequence[Word], found: NounPhrase) -> bool:
    one = found.end - found.start == 1 and not words[found.start].capital
    return one and found.start > 0 and words[found.start - 1].number
