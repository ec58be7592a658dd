"""Indonesian names without the office before them and the lower-case words after them.

    Menteri Keuangan Purbaya Yudhi Sadewa  ->  Purbaya Yudhi Sadewa
    Kepala BPPTKG Agus Budi Santoso        ->  BPPTKG | Agus Budi Santoso
    Partai Golkar langsung                 ->  Partai Golkar

The dictionary says which words are common ones: the words of an office are, those of a name seldom. Adjectives follow
their noun, but seldom a name.
"""

from collections.abc import Iterator

from alt_pipelines.tagging.extraction.spaced.reading import Placed
from alt_pipelines.tagging.extraction.words.verbs import lemma_of
from alt_pipelines.text.stopwords import word_set

_CODE = "id"
_FULL_NAME = 2  # words
_ADDRESSES = word_set("Pak Bapak Bu Ibu Mas Mbak Kiai Ustaz Haji Hajah Dr Prof Ir Drs")
_FIRMS = word_set("pt cv ud tbk")
_OFFICES = word_set(
    """
    aktivis aktor aktris anggota apoteker arsitek asisten astronaut astronot atlet bek bendahara bidan bupati
    camat dekan deputi direktur dirjen dirut dokter dosen dubes ekonom gelandang gubernur guru hakim ilmuwan
    jaksa jenderal juru jurnalis kadis kapolda kapolres kapolri kapolsek kapten kasat kepala ketua kiper koki
    kolonel komandan komedian komisaris komjen kombes koordinator kuasa kurator lurah mahasiswa mahasiswi
    manajer mantan menteri menko musisi musikus nelayan novelis pakar panglima pastor pawang pedagang pelatih
    pelukis pembalap pemain pendeta pendiri pengacara pengamat pengusaha penjaga penulis penyair penyanyi
    penyerang peneliti perawat perdana petani politikus politisi presiden produser profesor psikolog rektor
    sekretaris sekjen seniman sopir striker sutradara wakil wali walikota wartawan ceo cto cfo
    """
)


def apart(run: list[Placed]) -> Iterator[list[Placed]]:
    """Yield the parts of a run: without the office before a name, and cut after a name that lower case follows."""
    for part in _at_address(run):
        for one in _before_full_names(part):
            for name in _without_office(one):
                yield from _after_names(name)


def _before_full_names(run: list[Placed]) -> Iterator[list[Placed]]:
    """Cut a run before a full name that follows two common words or more: ganda putra | Indonesia Raka Wiskito."""
    common = next((at for at, placed in enumerate(run) if not _is_common(placed)), len(run))
    name = [placed for placed in run[common : common + _FULL_NAME] if placed.token.text[0].isupper()]
    if common >= _FULL_NAME and len(name) == _FULL_NAME:
        yield run[:common]
        yield run[common:]
    else:
        yield run


def _is_common(placed: Placed) -> bool:
    """Whether a word is in lower case, or has a capital only because it opens a sentence."""
    word = placed.token.text
    return word.islower() or (placed.token.opens and word.istitle() and lemma_of(word.lower(), _CODE) is not None)


def _at_address(run: list[Placed]) -> Iterator[list[Placed]]:
    """Yield the parts of a run around a form of address before a name: kambing | Suraji, of "kambing Pak Suraji"."""
    start = 0
    for at in range(len(run) - 1):
        if run[at].token.text in _ADDRESSES and run[at + 1].token.text[0].isupper():
            if at > start:
                yield run[start:at]
            start = at + 1
    yield run[start:]


def _without_office(run: list[Placed]) -> Iterator[list[Placed]]:
    first = next((at for at, placed in enumerate(run) if placed.token.text[0].isupper()), len(run))
    words = [placed.token.text for placed in run[first:]]
    if not words or words[0].lower() not in _OFFICES:
        yield run
        return
    name, body = _name_after(words)
    if len(words) - name < _FULL_NAME:
        yield run
        return
    if first:
        yield run[:first]
    if body:
        yield run[first + body : first + body + 1]
    yield run[first + name :]


def _name_after(words: list[str]) -> tuple[int, int]:
    """Return where the name after an office begins, and the place of the abbreviated institution before it, or 0."""
    at = 1
    while at < len(words) and words[at].lower() not in _FIRMS:
        if words[at].isupper() and at + 1 < len(words):
            return at + 1, at
        if lemma_of(words[at].lower(), _CODE) is None and words[at].lower() not in _OFFICES:
            break
        at += 1
    return at, 0


def _after_names(run: list[Placed]) -> Iterator[list[Placed]]:
    """Yield a run up to a name that lower case follows (Partai Golkar | langsung), and a rest of two words."""
    start = 0
    for at in range(1, len(run)):
        before, word = run[at - 1].token, run[at].token.text
        if word.islower() and before.text[0].isupper() and not before.opens:
            yield run[start:at]
            start = at
    if start == 0 or len(run) - start >= _FULL_NAME:
        yield run[start:]
