"""Turkish runs and names: what a number measures, appositions, names of bodies.

    (90 bin) yıllık göl tortusu        ->  göl tortusu
    otonom drone Kartal                ->  otonom drone | Kartal
    Senegalli kaleci                   ->  kaleci
    Gençlik ve Spor Bakanlığı          ->  one name, as is Ankara 3. İdare Mahkemesi

Scope: where a phrase begins and ends. Out of scope: the form of its words (``spaced.turkish.cases``).
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.spaced.article import Article, Part
from alt_pipelines.tagging.extraction.spaced.compounds import is_number
from alt_pipelines.tagging.extraction.spaced.people import is_possessed
from alt_pipelines.tagging.extraction.spaced.reading import Placed, Reading
from alt_pipelines.tagging.extraction.spaced.tokens import Token, quotation_marks
from alt_pipelines.tagging.extraction.spaced.turkish.verbs import turkish_lower
from alt_pipelines.tagging.extraction.words.verbs import lemma_of
from alt_pipelines.text.stopwords import word_set

# Units of measure, of money and of time, and the words for a counted portion.
_UNITS = word_set(
    """
    milimetre santimetre metre kilometre mil metrekare kilometrekare metreküp dönüm dekar hektar
    miligram gram kilo kilogram ton litre mililitre varil derece desibel
    watt kilowatt megawatt gigawatt kilovat megavat gigavat kilovatsaat megavatsaat gigavatsaat
    km m cm mm kg gr mg mm lt ml kw mw gw kwh mwh gwh gb tb mb
    lira tl kuruş avro euro dolar sent sterlin puan baz
    saniye dakika saat gün hafta ay yıl asır yüzyıl
    adet tane kez kere defa kişi kat avuç kutu paket şişe bardak fincan kaşık demet dilim çuval
    """
)
_MEASURING = re.compile("l[ıiuü]k$")  # yıllık, hektarlık
_DURATION = re.compile("[dt][ıiuü]r$")  # (üç) gündür
_COUNTED = re.compile("(?:l[ıiuü]|[ıiuü]nd[ae](?:ki)?)$")  # (80 litre) hacimli, (9 metre) boyundaki
_LOCATIVES = ("da", "de", "ta", "te")
_WITH = re.compile("l[ıiuü]$")  # Senegalli
_SHORTEST_DEMONYM = 6  # letters: Nijeryalı, but not Aslı
_CODE = re.compile(r"[A-Z]{1,3}-?\d+")  # Yunus K7 | Datça Limanı
_CLOSING = frozenset(quotation_marks('"“‘«').values())
_LONGEST_LIST = 8  # tokens of a name on each side of its "ve"


def parts(run: list[Placed], part: Part, article: Article) -> Iterator[list[Placed]]:
    """Yield the parts of a run: without what only measures, and cut where a name follows a common noun."""
    run = _without_measure(run, part.tokens, article.reading)
    if len(run) == 1 and run[0].token.text[0].isupper():
        yield run
        return
    if run and _is_ending(run[0], part.tokens):
        run = run[1:]
    start = 0
    for at in range(1, len(run) + 1):
        if at == len(run) or _is_cut(run, start, at):
            yield run[start + _begins_with_demonym(run[start:at]) : at]
            start = at


def _is_cut(run: Sequence[Placed], start: int, at: int) -> bool:
    """Whether a phrase ends between two words: before a name in apposition, and after the code that ends a name."""
    before, word = run[at - 1].token.text, run[at].token.text
    return (before.islower() and word[0].isupper()) or (at > start + 1 and _CODE.fullmatch(before) is not None)


def _is_ending(placed: Placed, tokens: Sequence[Token]) -> bool:
    """Whether a word is the ending of a quotation: "Deniz Kızı"nı."""
    if placed.at < 2 or not placed.token.text.islower():
        return False
    word, mark = tokens[placed.at - 2], tokens[placed.at - 1]
    return word.end == mark.start and mark.end == placed.token.start and mark.text in _CLOSING


def _without_measure(run: list[Placed], tokens: Sequence[Token], reading: Reading) -> list[Placed]:
    """Return a run without the units after a number, and the adjective that says what is measured."""
    if not run[0].at or not is_number(tokens[run[0].at - 1].text, reading.row):
        return run
    start = 0
    while start < len(run) and _is_unit(run[start].token.text.lower()):
        start += 1
    if start < len(run) - 1 and _describes_measure(run[start].token.text, counted=bool(start)):
        start += 1
    return run[start:]


def _is_unit(word: str) -> bool:
    return word in _UNITS or _MEASURING.sub("", word) in _UNITS or _DURATION.sub("", word) in _UNITS


def _describes_measure(word: str, *, counted: bool) -> bool:
    return word.islower() and (_COUNTED if counted else _MEASURING).search(word) is not None


def _begins_with_demonym(run: Sequence[Placed]) -> bool:
    """Whether a run begins with where the following comes from: Senegalli kaleci, Çinli TCL.

    The word is the name of a place with an ending, and no name that only looks like one: Denizli (deniz), Kocaeli.
    """
    if len(run) < 2:
        return False
    word, after = run[0].token.text, run[1].token.text
    low = turkish_lower(word)
    if not word[0].isupper() or _WITH.search(low) is None or is_possessed(after):
        return False
    if after.islower():
        place, lemma = _WITH.sub("", low), lemma_of(low, "tr")
        placed = lemma is None or (lemma_of(place, "tr") is not None and not _is_common(place))
        return len(word) >= _SHORTEST_DEMONYM and placed
    return after.isupper() and lemma_of(low, "tr") not in (None, low)


def with_name(piece: list[Placed], _part: Part, article: Article) -> Iterator[list[Placed]]:
    """Yield a phrase and, if it is a name with one possessed noun in lower case, the name: Datça | ilçesi."""
    yield piece
    if len(piece) == 1:
        return
    *name, last = piece
    if not last.token.text.islower() or not is_possessed(last.token.text):
        return
    first = name[0].token
    inside = not first.opens or first.text.lower() in article.reading.capitals
    if inside and all(placed.token.text[0].isupper() for placed in name):
        yield name


def with_bodies(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases with the names of bodies with a conjunction or an ordinal inside, and without their parts."""
    return article.with_pieces(phrases, _bodies)


def _bodies(part: Part, reading: Reading) -> Iterator[list[Placed]]:
    """Yield the bodies of a part: from the fields before "ve", or the name before an ordinal, to the possessed noun."""
    tokens = part.tokens
    last = 0
    for at in range(1, len(tokens) - 2):
        if tokens[at].text == "ve":
            start = _start_of_list(tokens, at, reading)
        elif tokens[at + 1].text == "." and tokens[at].text.isdigit() and _is_name(tokens[at - 1]):
            start, at = at - 1, at + 1
        else:
            continue
        end = _end_of_body(tokens, at + 1) if start is not None else None
        if start is not None and end is not None and start >= last:
            last = end
            yield [Placed(tokens[i], i, link=False) for i in range(start, end) if tokens[i].text[0].isalnum()]


def _start_of_list(tokens: Sequence[Token], at: int, reading: Reading) -> int | None:
    """Return where a name with "ve" begins, if a common noun precedes that: Türk Tarih | ve, Sanat, Kültür | ve.

    Two places (İzmir ve Manisa Valiliği) are no name.
    """
    start = at - 1
    if not _is_field(tokens[start].text):
        return None
    while start > max(1, at - _LONGEST_LIST):
        if tokens[start - 1].text == "," and _is_field(tokens[start - 2].text):
            start -= 2
        elif _begins_body(tokens[start - 1], tokens[start], reading):
            start -= 1
        else:
            break
    return start


def _begins_body(before: Token, token: Token, reading: Reading) -> bool:
    """Whether a word before a name belongs to it; the first word of a sentence only if it has its capital elsewhere."""
    low = turkish_lower(before.text)
    own = not before.opens or low in reading.capitals or _is_field(before.text)
    return own and _is_name(before) and low not in reading.listed and token.start == before.end + 1


@lru_cache(maxsize=4096)
def _is_common(word: str) -> bool:
    """Whether a lower-case word is a common noun: the dictionary has its locative, before which names have a mark."""
    return any(lemma_of(word + ending, "tr") == word for ending in _LOCATIVES)


def without_beginnings(pieces: Sequence[Phrase], phrases: Sequence[Phrase], _article: Article) -> Sequence[Phrase]:
    """Return the parts without those of several capitalised words that end in a common noun and end no name.

    Such a part lacks the head of its name: Türkiye Satranç, of Türkiye Satranç Federasyonu. The name of a person is
    whole: Ahmet Yılmaz, of Ahmet Yılmaz Parkı.
    """
    ends = {phrase.stems[start:] for phrase in phrases for start in range(len(phrase.stems) - 1)}
    return [piece for piece in pieces if piece.stems in ends or not _is_headless(piece.words)]


def _is_headless(words: Sequence[str]) -> bool:
    return len(words) > 1 and all(map(str.istitle, words)) and _is_common(turkish_lower(words[-1].strip()))


@lru_cache(maxsize=4096)
def _is_field(word: str) -> bool:
    """Whether a word is a capitalised common noun in its dictionary form: Kültür, Sanayi, Şehircilik."""
    low = turkish_lower(word)
    return word.istitle() and (_is_common(low) or _MEASURING.search(low) is not None)


def _is_name(token: Token) -> bool:
    return token.text[0].isupper() and token.text.isalpha() and not is_possessed(token.text)


def _end_of_body(tokens: Sequence[Token], start: int) -> int | None:
    """Return the end of a body's name: the possessed nouns after the capitalised words after "ve" or an ordinal."""
    ends: list[int] = []
    for at in range(start, min(len(tokens), start + _LONGEST_LIST)):
        word = tokens[at].text
        if not word[0].isupper() or not word.isalpha():
            break
        if at > start and is_possessed(word):
            ends.append(at + 1)
        elif ends:
            ends.pop()  # an office before its holder's name: Sağlık Bakanı | Deniz Kaya
            break
    return ends[-1] if ends else None


def as_in_body(phrases: Sequence[Phrase], article: Article) -> list[Phrase]:
    """Return the phrases, those of a title in capitals as the body writes them: süt fabrikası, not SÜT FABRİKASI."""
    text = article.body.text
    low = turkish_lower(text)
    out = []
    for phrase in phrases:
        form = "".join(phrase.words)
        loud = phrase.start < article.body.first and form.isupper()
        match = re.search(rf"\b{re.escape(turkish_lower(form))}\b", low) if loud else None
        if match:
            ends = accumulate(map(len, phrase.words), initial=match.start())
            phrase = phrase._replace(words=tuple(text[start:end] for start, end in pairwise(ends)))
        out.append(phrase)
    return out
