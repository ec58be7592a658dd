"""Well-known names that no grammar reads, because their words are common ones: No Man's Sky, Tyler, the Creator.

    with_known_names(document, "", "She plays No Man's Sky.", "en", " ")  ->  the document with the game as a phrase

``data/known_names.tsv`` has them: bands, works, shops, games, places, parties and others in the news, collected by
hand by kinds of things and countries. Where a text has one as it is written, it is a phrase, and no piece of it is one.
Names that capitals show need no row.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from alt_pipelines.data_files import data_file, whole_text
from alt_pipelines.tagging.extraction.features import Document, Phrase
from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.text.scripts import HAN, HIRAGANA, KATAKANA, UNSPACED
from alt_pipelines.text.stopwords import stop_words

_COMMON = "en"  # names of this language are known in all others
_UNSPACED = f"[{HIRAGANA}{KATAKANA}{HAN}{UNSPACED}]"  # a letter of a script without spaces
# The first characters of what may be a name, by which names are found: two at any letter of a script without spaces and
# at the start of a Korean word, four at the start of another word.
_KEYS = re.compile(rf"(?=({_UNSPACED}.))|(?<![\w'])(?:(?=([가-힣].))|(?=([^\W_].{{3}})))", re.DOTALL)
_BEFORE = 3  # characters that show whether a sentence begins
_ENDS = frozenset(".!?:\n")
_MAY_FOLLOW = re.compile(f"{_UNSPACED}|[가-힣]")  # such as a particle
_APOSTROPHES = str.maketrans("’ʼ", "''")
_OPENING = "“„«‹「『‘\"'"
_LOWER = re.compile(r"\b[^\W\d_A-ZА-ЯΑ-Ω]{4,}")  # of a title in running case
# "And" between two names, by language.
AND = {
    "en": "and", "fr": "et", "de": "und", "it": "e", "es": "y", "pt": "e", "ca": "i", "ro": "și", "nl": "en",
    "sv": "och", "da": "og", "no": "og", "fi": "ja", "pl": "i", "cs": "a", "sk": "a", "hu": "és", "tr": "ve",
    "id": "dan", "ru": "и", "uk": "і", "bg": "и", "el": "και",
}  # fmt: skip


class Place(NamedTuple):
    """Where a text has a known name."""

    start: int
    end: int


def with_known_names(document: Document, title: str, text: str, language: str, joiner: str) -> Document:
    """Return a document with the known names of its text as phrases, without phrases that are pieces of them.

    Args:
        document: of the title and text.
        title, text: clean.
        language: of the text.
        joiner: between the words of a phrase.
    """
    whole = f"{title}\n{text}"
    found = _places(whole, language)
    places = [place for place in found if place.start > len(title) or _is_name_in_title(title, whole, place)]
    if not places:
        return document
    return with_whole(document, whole, places, joiner)


def with_whole(
    document: Document, whole: str, places: Sequence[Place], joiner: str, *, pieces: bool = False
) -> Document:
    """Return a document with the names at these places of its text as phrases.

    Args:
        document: of the text.
        whole: the text.
        places: in order, without overlaps.
        joiner: between the words of a phrase.
        pieces: whether the phrases inside the names stay.
    """
    names = {whole[place.start : place.end].casefold() for place in places}
    kept = document.phrases if pieces else _without_pieces(document.phrases, whole, places, names, joiner)
    stems = {word.strip(): stem for p in document.phrases for word, stem in zip(p.words, p.stems, strict=True)}
    added = [_phrase(whole, place, stems, document.tokens, joiner) for place in places]
    return document._replace(phrases=[*kept, *added], tokens=max(document.tokens, 1))


def is_known(form: str, language: str) -> bool:
    """Return whether a form is a known name."""
    plain = form.translate(_APOSTROPHES)
    key = _KEYS.match(plain)
    return key is not None and plain in _table(language).get(key[key.lastindex or 0], ())


def _places(whole: str, language: str) -> Iterator[Place]:
    """Yield where a text has known names, in order, without overlaps; of two at one place, the longer one."""
    plain, table = whole.translate(_APOSTROPHES), _table(language)
    end = 0
    for key in _KEYS.finditer(plain):
        names = table.get(key[key.lastindex or 0])
        at = key.start()
        if names is None or at < end:
            continue
        found = [name for name in names if _is_name_at(plain, at, name, language)]
        if found:
            end = at + max(map(len, found))
            yield Place(at, end)


def _is_name_at(plain: str, at: int, name: str, language: str) -> bool:
    """Whether a text has a name here, and neither a longer one (King's Lynn Town) nor the start of a sentence.

    Where a sentence begins, a name whose only capital is its first one is none (Dix pour cent), nor is one with an
    article or another function word in a language that capitalises nouns (Die Zeit).
    """
    if not plain.startswith(name, at):
        return False
    if _begins_sentence(plain, at):
        first = name.split(" ", 1)[0].lower()
        if name[1:].islower() or (language_of(language).noun_capitals and first in stop_words(language)):
            return False
    end = at + len(name)
    after, beyond = plain[end : end + 1], plain[end + 1 : end + 2]
    if not name[-1].isalnum() or _MAY_FOLLOW.match(after):
        return True
    return not (after.isalnum() or (after in (" ", "-") and beyond.isupper()))


def _begins_sentence(plain: str, at: int) -> bool:
    before = plain[max(at - _BEFORE, 0) : at].rstrip(" ")
    return before[-1:] in _ENDS if before else at < _BEFORE


def _is_name_in_title(title: str, whole: str, place: Place) -> bool:
    """Whether a name in the title is one: in a headline with all words in capitals, any words look like a name."""
    name = whole[place.start : place.end]
    return name in whole[len(title) :] or not name[:1].isupper() or _LOWER.search(title) is not None


def _without_pieces(
    phrases: Sequence[Phrase], whole: str, places: Sequence[Place], names: set[str], joiner: str
) -> list[Phrase]:
    """Return the phrases that the text has outside the names, or that have a whole name in them."""
    folded, outside = whole.casefold(), _blanked(whole, places).casefold()
    joined = "\n".join(names)
    kept: dict[tuple[str, ...], bool] = {}
    for phrase in phrases:
        if phrase.words not in kept:
            form = joiner.join(phrase.words).strip().casefold()
            shared = any(word.strip().casefold() in joined for word in phrase.words)
            kept[phrase.words] = (
                not shared
                or form not in folded
                or form in outside
                or any(name in form and name != form for name in names)
            )
    return [phrase for phrase in phrases if kept[phrase.words]]


def _blanked(whole: str, places: Sequence[Place]) -> str:
    parts, at = [], 0
    for start, end in places:
        parts += [whole[at:start], "\n"]
        at = end
    return "".join([*parts, whole[at:]])


def _phrase(whole: str, place: Place, stems: Mapping[str, str], tokens: int, joiner: str) -> Phrase:
    name = whole[place.start : place.end]
    words = name.split(" ")
    written = words if joiner else [*(f"{word} " for word in words[:-1]), words[-1]]
    start = tokens * place.start // max(len(whole), 1)
    marked = whole[max(place.start - 1, 0) : place.start] in tuple(_OPENING)
    return Phrase(tuple(written), tuple(stems.get(word, word.casefold()) for word in words), start, marked)


@lru_cache(maxsize=64)
def _table(language: str) -> Mapping[str, tuple[str, ...]]:
    """Return the names that a text of a language may have, by the first characters of `_KEYS`."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for code in dict.fromkeys((language, _COMMON)):
        for row in known_names().get(code, ()):
            for name in dict.fromkeys((row, with_other_joiner(row, code))):
                if key := _KEYS.match(name):
                    found[key[key.lastindex or 0]].append(name)
    return {key: tuple(names) for key, names in found.items()}


def with_other_joiner(name: str, language: str) -> str:
    """Return a name with "and" in place of an ampersand between capitalised words, or with this in place of that."""
    word = AND.get(language, "")
    for one, other in ((" & ", f" {word} "), (f" {word} ", " & ")) if word else ():
        before, found, after = name.partition(one)
        if found and before[0].isupper() and after[0].isupper() and one not in after:
            return f"{before}{other}{after}"
    return name


@lru_cache(maxsize=1)
def known_names() -> Mapping[str, Sequence[str]]:
    """Return the names of each language, as written with straight apostrophes.

    Raises:
        DataFileError: known_names.tsv cannot be used.
    """
    found: defaultdict[str, list[str]] = defaultdict(list)
    with data_file(__package__, "data", "known_names.tsv") as file:
        for line in whole_text(file).splitlines():
            code, name = line.split("\t")
            found[code].append(name)
    return found
