"""Cuts runs of content words into phrases: short runs and names stay whole, longer runs become names or windows."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from alt_pipelines.tagging.extraction.features import LONGEST_SPACED_NAME
from alt_pipelines.tagging.extraction.languages import Language, language_of
from alt_pipelines.tagging.extraction.spaced.arabic.phrases import arabic_phrases
from alt_pipelines.tagging.extraction.spaced.compounds import is_free
from alt_pipelines.tagging.extraction.spaced.germanic.german_nouns import is_common_noun, is_feminine
from alt_pipelines.tagging.extraction.spaced.germanic.german_people import at_complements, without_description
from alt_pipelines.tagging.extraction.spaced.hebrew.phrases import at_articles, with_genitives
from alt_pipelines.tagging.extraction.spaced.hindi.phrases import is_whole
from alt_pipelines.tagging.extraction.spaced.kinds import name_after_kind
from alt_pipelines.tagging.extraction.spaced.persian.words import is_in_ezafe
from alt_pipelines.tagging.extraction.spaced.reading import Placed, Reading, parts_between
from alt_pipelines.tagging.extraction.spaced.vietnamese import syllables
from alt_pipelines.tagging.extraction.spaced.words import trimmed
from alt_pipelines.tagging.extraction.words.verbs import is_word, lemma_of

_Cut = Callable[[list[Placed], Reading], Iterator[list[Placed]]]
LONGEST_NAME = 5
_ROLE_AND_NAME = 3  # words: überragende Ilir Shkodra
_DECLINED = re.compile("(?:e[nm]|[sß]te[rs]?|(?<!e)(?<!er)(?<!es)[^ers])$")
_CODE = re.compile(r"[^\W\d_]+-?\d+|\d+[^\W\d_]+")  # a name of letters and digits: G20, 5G
_FULL_NAME = 2  # words
_COMPOUND = 3  # words: trains de nuit
_SHORT = 3  # words of a piece of a run that is too long


def cut(run: list[Placed], again: Mapping[str, int], reading: Reading) -> Iterator[list[Placed]]:
    """Yield the phrases of a run: the run itself if it is short or a name, otherwise its names, otherwise windows."""
    while run and _may_not_end(run, reading):
        run = run[:-1]
    if not run:
        return
    row = reading.row
    if row.lone_letters:
        yield from syllables(run, again, row)
    else:
        yield from _cut_of(reading.code)(run, reading)


def _cut_german(run: list[Placed], reading: Reading) -> Iterator[list[Placed]]:
    for part in _at_adjectives(run):
        for one in at_complements(part, reading):
            yield from _german(one, reading)


def _cut_hebrew(run: list[Placed], reading: Reading) -> Iterator[list[Placed]]:
    longest = reading.row.longest
    for part in at_articles(run, reading.row.places):
        yield from ([part] if len(part) <= longest else with_genitives(part, longest))


def _cut_romance(run: list[Placed], reading: Reading) -> Iterator[list[Placed]]:
    """Yield the phrases of a run, with a code apart from what follows, and a full name without its predicate."""
    if reading.row.of and len(run) > 1 and _CODE.fullmatch(run[0].token.text) and run[1].token.text.islower():
        yield run[:1]  # G20 | débat
        run = run[2:] if run[1].link else run[1:]
    *described, name = _at_kind(run, reading) if reading.row.kinds else [run]
    yield from described
    yield from _by_length(_full_name_before_predicate(name, reading), reading)


def _cut_dutch(run: list[Placed], reading: Reading) -> Iterator[list[Placed]]:
    *described, name = _at_kind(run, reading)
    yield from described
    yield from _by_length(name, reading)


def _at_kind(run: list[Placed], reading: Reading) -> list[list[Placed]]:
    """Return the name after the kind of a body, and before it the kind if that has a complement."""
    name = name_after_kind(run, reading)
    described = run[: len(run) - len(name)]
    if len(described) > _FULL_NAME and any(placed.link for placed in described):
        return [described, name]  # éditeur de jeux de société | Clavio
    return [name]


def _by_length(run: list[Placed], reading: Reading) -> Iterator[list[Placed]]:
    """Yield a short run and the names that end it, the name of an institution, or the parts of a long run."""
    row = reading.row
    size = sum(not placed.link for placed in run)
    longest = row.longest + (run[0].token.text in row.places)  # دانشگاه علوم پزشکی شیراز
    if size > longest and reading.code == "hi" and is_whole(run):
        yield run
    elif size <= longest and len(run) <= LONGEST_NAME:
        names = [] if run[0].token.text[0].isupper() else list(_names(run))
        ends = names and names[-1][-1] is run[-1]
        if not (ends and (_is_full_name(names[-1]) or _describes(run, len(names[-1]), reading))):
            yield run  # of "spagnolo Carlos Alcaraz", only the name
        yield from names
        if row.of and _complement_is_a_tag(run, reading):
            yield run[2:]
    elif row.of and _is_institution(run, reading.code):
        yield run[: _last_word(run)]
    else:
        yield from _names_or_pairs(run, row)


# How the languages of a property cut a run; the others cut it by its length.
_OWN_CUTS: Sequence[tuple[str, _Cut]] = (
    ("noun_capitals", _cut_german),
    ("clitics", lambda run, reading: arabic_phrases(run, reading.row.longest)),
    ("proclitics", _cut_hebrew),
    ("head_first", _cut_romance),
    ("kinds", _cut_dutch),
)


@lru_cache(maxsize=64)
def _cut_of(code: str) -> _Cut:
    row = language_of(code)
    return next((own for key, own in _OWN_CUTS if getattr(row, key)), _by_length)


def _full_name_before_predicate(run: list[Placed], reading: Reading) -> list[Placed]:
    """Return a run without the one word in lower case after a person's full name: Geppi Rossini | lontana."""
    *name, last = run
    if len(name) < _FULL_NAME or not last.token.text.islower() or not is_word(last.token.text, reading.code):
        return run
    named = all(one.token.text.istitle() and not is_word(one.token.text.lower(), reading.code) for one in name)
    return name if named else run


def _describes(run: list[Placed], name: int, reading: Reading) -> bool:
    """Whether the word before a name that ends a run is an adjective or a role in the feminine: rennaise Algavie."""
    word = run[-name - 1].token.text if len(run) > name else ""
    lemma = lemma_of(word, reading.code)
    if not reading.row.head_first or lemma is None or lemma == word:
        return False
    return word in (f"{lemma}e", f"{lemma}a", re.sub("o$", "a", lemma), re.sub("ês$|és$", "esa", lemma))


def _complement_is_a_tag(run: list[Placed], reading: Reading) -> bool:
    """Whether the words after a noun and its small word are a phrase too: coût des | trains de nuit."""
    if len(run) < _COMPOUND or not run[1].link or run[2].link or not run[2].token.text.islower():
        return False
    if len(run) == _COMPOUND:
        return is_free(run[2].token.text, reading.free)
    if run[1].token.text.lower() not in reading.row.of:
        return any(placed.link for placed in run[2:])
    return not any(placed.link for placed in run[2:])  # cour d'appel | de Bordeaux


def _is_institution(run: list[Placed], code: str) -> bool:
    """Whether a long run is one name that continues in lower case: Agence nationale de sécurité sanitaire.

    Common nouns may have a capital before that: Grand Prix du roman noir.
    """
    first = run[0].token
    if not first.text.istitle() or first.opens or not any(placed.link for placed in run):
        return False
    low = next((at for at, placed in enumerate(run) if at and placed.token.text.islower()), 0)
    return 0 < low < len(run) and all(is_word(placed.token.text.lower(), code) for placed in run[1:low])


def _last_word(run: list[Placed]) -> int:
    """Return the end of the longest beginning of a run that is short enough for a name and ends in a whole part.

    Faculdade de Medicina de Ribeirão Preto is whole. A longer name ends before the small word of the part that does not
    fit: Programa Nacional de Alimentación Escolar | de la Universidad Nacional de Salta.
    """
    end = min(len(run), LONGEST_SPACED_NAME)
    if end < len(run) and not run[end].link:
        while end > 1 and not run[end - 1].link:
            end -= 1
    end = end if end > 1 and sum(not placed.link for placed in run[:end]) > 1 else min(len(run), LONGEST_NAME)
    while end > 1 and run[end - 1].link:
        end -= 1
    return end


def _names_or_pairs(run: list[Placed], row: Language) -> Iterator[list[Placed]]:
    names = list(_names(run))
    if names:
        yield from names
        return
    for piece in parts_between(run, lambda placed: placed.link):
        first = piece[0].token.text
        if len(piece) <= _SHORT:
            yield piece
        elif first.upper() == first.lower():  # names are as likely as other words where nothing has a capital
            yield from _parts(piece, row)
        else:
            yield from (piece[start : start + 2] for start in range(0, len(piece), 2))


def _parts(piece: list[Placed], row: Language) -> Iterator[list[Placed]]:
    """Yield parts of three words, of two where a single one would be left, and of one more after a bound word."""
    start = 0
    while start < len(piece):
        size = 2 if len(piece) - start in (2, 4) else _SHORT
        if _is_bound(piece[min(start + size, len(piece)) - 1].token.text, row):
            size += 1
        yield piece[start : start + size]
        start += size


def _is_bound(word: str, row: Language) -> bool:
    """Whether a word is never the last one of a phrase."""
    return bool(row.bound) and re.search(f"(?:{row.bound})$", word) is not None


def _is_full_name(name: list[Placed]) -> bool:
    words = [placed.token.text for placed in name if not placed.link]
    return len(words) > 1 and not any(any(map(str.isdigit, word)) or word.isupper() for word in words)


def _at_adjectives(run: list[Placed]) -> Iterator[list[Placed]]:
    """Cut a German run before each lower-case word that follows a noun: Oberbayern | hohe Verluste."""
    start = 0
    for at in range(1, len(run)):
        before, word = run[at - 1].token.text, run[at].token.text
        low = word[0].islower() and word.islower() and not run[at].link
        if before[0].isalpha() and not before.islower() and low:
            yield trimmed(run[start:at])
            start = at
    yield run[start:]


def _german(run: list[Placed], reading: Reading) -> Iterator[list[Placed]]:
    """Yield the phrases of a German run: without adjectives in another case, and without a role before a name."""
    while len(run) > 1 and (_other_case(run) or _is_adjective_of_name(run)):
        run = run[1:]
    if not run:
        return
    run = without_description(run)
    if sum(not placed.link for placed in run) <= reading.row.longest and len(run) <= LONGEST_NAME:
        yield run
        return
    yield from _names_or_pairs(run, reading.row)


def _other_case(run: list[Placed]) -> bool:
    """Whether a phrase begins with an adjective that is not in the nominative, an adverb or a superlative."""
    word, noun = run[0].token.text, run[-1].token.text
    if not word.islower() or word in (placed.token.text for placed in run[1:]):
        return False
    if _DECLINED.search(word):
        return True
    if not word.endswith("er"):
        return False
    adverb = lemma_of(word, "de") == word  # darunter, bisher: an adjective in -er has an ending after it
    return adverb or is_feminine(noun)


def _is_adjective_of_name(run: list[Placed]) -> bool:
    """Whether a German phrase is an adjective and a full name: überragende Ilir Shkodra."""
    if len(run) < _ROLE_AND_NAME or not run[0].token.text.islower():
        return False
    return not any(placed.link or is_common_noun(placed.token.text) for placed in run[1:])


def _names(run: list[Placed]) -> Iterator[list[Placed]]:
    """Yield runs of capitalised words, with the small words between them."""
    stretch: list[Placed] = []
    for placed in [*run, None]:
        word = placed.token.text if placed else ""
        if (
            placed
            and (word[0].isupper() or word[0].isdigit() or (placed.link and stretch))
            and len(stretch) < LONGEST_NAME + sum(one.link for one in stretch)
        ):
            stretch.append(placed)
            continue
        stretch = trimmed(stretch)
        if stretch:
            yield stretch
        stretch = [placed] if placed and word[0].isupper() else []


def _may_not_end(run: list[Placed], reading: Reading) -> bool:
    """Whether the last word of a run cannot end a phrase: a small word, a German adjective, ..."""
    last, row = run[-1], reading.row
    word = last.token.text
    if last.link or _is_bound(word, row) or (reading.code == "fa" and is_in_ezafe(word)):
        return True
    if not word[0].islower() or word in reading.foreign or "." in word or "_" in word:
        return False
    return row.noun_capitals and word.islower()  # pH-Wert is a noun
