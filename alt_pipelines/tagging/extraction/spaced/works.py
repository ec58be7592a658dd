"""Titles of works with small or lower-case words, whole wherever the text has them: Cien años de soledad, Wie is de Mol

A title shows where it begins and ends in one place of the text, and is then known in all others:

    filmen ”Så som i himmelen”           in quotation marks, after a noun for works or more than once
    la novela Cien años de soledad       after a noun for works: what the text has again before other words
    Film Ada Apa dengan Cinta? kembali   up to a question or exclamation mark that ends no sentence

The words of a title are not phrases of their own there. Its last sign is not part of the phrase.

Scope: languages with capitals. Out of scope: what single languages have around their titles (``spaced.titles``).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from alt_pipelines.tagging.extraction.features import LONGEST_SPACED_NAME, Phrase
from alt_pipelines.tagging.extraction.spaced.article import Article, Part, Words, words_of
from alt_pipelines.tagging.extraction.spaced.reading import Reading
from alt_pipelines.tagging.extraction.spaced.tokens import Token, begins_word
from alt_pipelines.tagging.extraction.spaced.verbs import reads_as_verb
from alt_pipelines.tagging.extraction.words.verbs import lemma_of
from alt_pipelines.text.stopwords import word_set

# Nouns for works of literature, film, music and broadcasting, for games, festivals and exhibitions; the dictionary has
# their other forms.
_WORKS = {
    "fr": """
        film documentaire série feuilleton téléfilm roman livre essai nouvelle conte poème pièce comédie
        tragédie opéra ballet spectacle chanson titre album disque émission jeu podcast manga
        festival exposition""",
    "es": """
        película filme film documental serie telenovela novela libro ensayo cuento poema obra comedia tragedia
        ópera ballet musical espectáculo canción álbum disco programa concurso videojuego juego pódcast
        podcast manga festival exposición""",
    "pt": """
        filme longa documentário série novela telenovela romance livro ensaio conto poema peça comédia
        tragédia ópera balé bailado musical espetáculo canção música álbum disco programa concurso jogo
        podcast festival exposição""",
    "it": """
        film documentario serie telefilm fiction romanzo libro saggio racconto poesia dramma commedia tragedia
        opera balletto musical spettacolo canzone brano album disco programma trasmissione videogioco gioco
        podcast festival mostra""",
    "ca": """
        pel·lícula film documental sèrie novel·la llibre assaig conte poema obra comèdia òpera ballet musical
        espectacle cançó àlbum disc programa concurs videojoc joc pòdcast festival exposició""",
    "ro": """
        film filmul documentar documentarul serial serialul roman romanul carte cartea piesa poezia comedia
        opera musicalul spectacolul cântecul albumul emisiunea jocul festivalul expoziția""",
    "de": """
        Film Spielfilm Dokumentarfilm Serie Roman Buch Essay Erzählung Gedicht Stück Theaterstück Drama
        Komödie Oper Operette Ballett Musical Lied Song Album Show Sendung Quizshow Spiel Videospiel Podcast
        Hörspiel Krimi Festival Ausstellung""",
    "nl": """
        film documentaire serie roman boek essay verhaal gedicht toneelstuk voorstelling komedie opera ballet
        musical lied nummer album programma quiz show spel game podcast festival tentoonstelling""",
    "sv": """
        film filmen dokumentär dokumentären serie serien roman romanen bok boken novell novellen dikt dikten
        pjäs pjäsen drama dramat komedi komedin opera operan balett baletten musikal musikalen låt låten sång
        sången album albumet program programmet spel spelet podd podden festivalen utställningen""",
    "da": """
        film filmen dokumentar dokumentaren serie serien roman romanen bog bogen novelle novellen digt digtet
        stykket skuespillet komedien opera operaen balletten musical musicalen sang sangen album albummet
        program programmet tv-serien quizzen spil spillet podcasten festivalen udstillingen""",
    "no": """
        film filmen dokumentar dokumentaren serie serien roman romanen bok boka boken novelle novellen diktet
        stykket skuespillet komedien opera operaen balletten musikal musikalen sang sangen låta låten album
        albumet program programmet tv-serien spill spillet podkasten festivalen utstillingen""",
    "fi": """
        elokuva dokumentti sarja romaani kirja novelli runo näytelmä komedia ooppera baletti musikaali laulu
        kappale albumi levy ohjelma visailu peli podcast festivaali näyttely""",
    "pl": """
        film dokument serial powieść książka esej opowiadanie wiersz sztuka spektakl dramat komedia opera
        balet musical piosenka utwór album płyta program teleturniej gra podcast festiwal wystawa""",
    "cs": """
        film dokument seriál román kniha esej povídka báseň hra inscenace drama komedie opera balet muzikál
        píseň album pořad soutěž videohra podcast festival výstava""",
    "sk": """
        film dokument seriál román kniha esej poviedka báseň hra inscenácia dráma komédia opera balet muzikál
        pieseň album relácia súťaž podcast festival výstava""",
    "tr": """
        film filmi filminin dizi dizisi belgesel belgeseli roman romanı kitap kitabı öykü öyküsü şiir şiiri
        oyun oyunu opera operası müzikal müzikali şarkı şarkısı albüm albümü program programı yarışma
        yarışması festivali sergisi""",
    "id": """
        film dokumenter serial sinetron novel buku cerpen puisi drama komedi opera musikal lagu album acara
        gim podcast festival pameran""",
    "el": """
        ταινία ντοκιμαντέρ σειρά μυθιστόρημα βιβλίο διήγημα ποίημα έργο παράσταση κωμωδία όπερα μπαλέτο
        μιούζικαλ τραγούδι άλμπουμ εκπομπή παιχνίδι φεστιβάλ έκθεση""",
}
_NOUNS = {code: word_set(nouns.lower()) for code, nouns in _WORKS.items()}
LANGUAGES = frozenset(_WORKS)  # whose nouns for works are listed
# The closing marks of each opening one; German and Swedish ones close with what opens elsewhere.
_MARKS = {
    "«": "»",
    "»": "«»",
    "“": "”",
    "„": "“”",
    "”": "”",
    '"': '"',
    "‘": "’",
    "’": "’",
    "'": "'",
}
_ENDS = frozenset("?!")
_OPENS = frozenset("¿¡")
_SHORTEST = 2  # words
_COMPOSING = frozenset({"de", "nl", "sv", "da", "no"})  # languages with compound nouns: dramaserien
_LONGEST_WORD = 40  # letters of a word that is examined for its last part
_FIRST_PART, _LAST_PART = 2, 4  # letters of the parts of a compound, at least


def with_works(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases with the titles of works, and without the parts of these titles."""
    parts = (article.title, article.body)
    found = {title for part in parts for title in _quoted(part, article)}
    found |= {title for part in parts for title in _unquoted(part, article)}
    return article.with_sequences(phrases, found)


def _quoted(part: Part, article: Article) -> Iterator[Words]:
    """Yield the titles in quotation marks, beside a noun for works or in these marks more than once."""
    if not any(mark in part.text for mark in _MARKS):
        return
    code = article.reading.code
    tokens = part.tokens
    spans = list(_quotations(part, suffixes=article.row.suffixes))
    times = Counter(words_of(tokens, *span) for span in spans)
    for start, end in spans:
        words = words_of(tokens, start, end)
        before = start - 2 - (tokens[start - 1].text in _OPENS)
        after = end + 1 + (tokens[end].text in _ENDS)
        nouns = [at for at in (before, after) if 0 <= at < len(tokens)]
        if times[words] > 1 or any(_is_work(tokens[at].text, code) for at in nouns):
            yield words


def _quotations(part: Part, *, suffixes: bool) -> Iterator[tuple[int, int]]:
    """Yield where the words of each short quotation with a capital begin and end, its last sign left out.

    ``suffixes``: whether an apostrophe divides a word inside from its ending (Bir Zamanlar Anadolu'da).
    """
    tokens = part.tokens
    for at, token in enumerate(tokens[:-1]):
        closing = _MARKS.get(token.text)
        if closing is None:
            continue
        if at and tokens[at - 1].end == token.start and tokens[at - 1].text not in "([\n":
            continue  # a mark inside a word
        start = at + 1 + (tokens[at + 1].text in _OPENS)
        end = start
        last = min(len(tokens), start + LONGEST_SPACED_NAME)
        while end < last and (begins_word(tokens[end].text) or (suffixes and tokens[end].end - tokens[end].start > 1)):
            end += 1
        after = end + (end < len(tokens) and tokens[end].text in _ENDS)
        closed = after < len(tokens) and tokens[after].text in closing
        if closed and end - start >= _SHORTEST and tokens[start].text[0].isupper():
            yield start, end


def _unquoted(part: Part, article: Article) -> Iterator[Words]:
    """Yield the titles that follow a noun for works without quotation marks."""
    tokens, code = part.tokens, article.reading.code
    for at, first in enumerate(tokens[1 : 1 - _SHORTEST]):
        if first.opens or not first.text[0].isupper() or tokens[at].end + 1 != first.start:
            continue
        if not _is_work(tokens[at].text, code):
            continue
        end = _end(tokens, at + 1)
        title = _to_sign(tokens, at + 1, end) or _to_branch(tokens, at + 1, end, article)
        if title:
            yield words_of(tokens, at + 1, title)


def _end(tokens: list[Token], start: int) -> int:
    """Return the end of the words that one space divides from each other."""
    end = start + 1
    last = min(len(tokens), start + LONGEST_SPACED_NAME)
    while end < last and begins_word(tokens[end].text) and tokens[end - 1].end + 1 == tokens[end].start:
        end += 1
    return end


def _to_sign(tokens: list[Token], start: int, end: int) -> int:
    """Return the end of a title at its question or exclamation mark, after which the sentence goes on; 0 if none."""
    signed = end + 1 < len(tokens) and tokens[end].text in _ENDS and end - start >= _SHORTEST
    return end if signed and (tokens[end + 1].text == "," or tokens[end + 1].text.islower()) else 0


def _to_branch(tokens: list[Token], start: int, end: int, article: Article) -> int:
    """Return the end of the longest sequence with a word in lower case that different words or signs follow; or 0."""
    reading, seen = article.reading, article.sequences
    for last in range(end, start + _SHORTEST - 1, -1):
        words = words_of(tokens, start, last)
        if len(seen.get(words, ())) > 1 and _is_title(tokens, start, last, reading):
            return last
    return 0


def _is_title(tokens: list[Token], start: int, end: int, reading: Reading) -> bool:
    """Whether words have one in lower case, end in a word of meaning and have no verb."""
    small = reading.row.links | reading.row.articles
    lower = [at for at in range(start + 1, end) if tokens[at].text.islower()]
    last = tokens[end - 1].text
    if not lower or last in small or (last.islower() and last in reading.stop):
        return False
    return not any(
        reads_as_verb(tokens, at, reading)
        for at in lower
        if tokens[at].text not in reading.stop and tokens[at - 1].text not in small
    )


@lru_cache(maxsize=65536)
def _is_work(word: str, code: str) -> bool:
    """Whether a word is a noun for works, in its dictionary form or another one."""
    low, nouns = word.lower(), _NOUNS[code]
    if low in nouns or (lemma_of(low, code) or "").lower() in nouns:
        return True
    last = min(len(low), _LONGEST_WORD) - _LAST_PART
    return code in _COMPOSING and any(low[start:] in nouns for start in range(_FIRST_PART, last + 1))
