"""Verb forms, recognised by their dictionary form.

    is_verb("hablaron", "es")  ->  True     (hablar)
    is_verb("lugares", "es")   ->  False    (lugar is not an infinitive: there is no participle "lugado")

A word is a verb form if its lemma looks like an infinitive, unless the word is the plural or a case form of that lemma.
A word that is its own lemma must have a participle. Languages whose verbs are recognisable by their ending alone have
only ``finite`` in their row.

Scope: what a row of ``languages`` says of verbs. Rules that no key expresses are in the language's own room.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.words.dictionaries import lemmas, starts_of_ends
from alt_pipelines.tagging.extraction.words.frequencies import frequency

_LONGEST = 100  # letters at the end of a word that are examined
_SHORTEST_ROLE = 4  # letters of the last part of a compound
_GENDER = re.compile("[oea]$")
_AGENT = re.compile(r"\w{3}(?:ist[ae]|[ae]nte?|ei?ro|[ao]r[ao]?|tore|trice|eure?|euse)$")
_ACCENTED_END = re.compile("ía$")


@lru_cache(maxsize=65536)
def is_verb(word: str, language: str) -> bool:
    """Whether a word is a verb form of this language; always False for languages without a rule."""
    row = language_of(language)
    word = word.lower()
    if row.finite and not _ends(row.finite, word):
        return False
    if not row.infinitive:
        return bool(row.finite)
    if row.enclitics and (bare := _without_enclitics(word, row.enclitics)):
        return is_verb(bare, language) or is_verb(bare + "e", language)
    if row.imperatives and _is_command(word, language):
        return True
    lemma = _lemmas(language).get(word)
    if lemma is None or not _ends(row.infinitive, lemma) or (lemma[0] != word[0] and len(lemma) < 3):
        return False
    if row.instrumental and _lemmas(language).get(lemma[:-1] + row.instrumental) == lemma:
        return False
    if row.instrumental and word[-1] in "aeiy" and not frequency(lemma, language):
        return False  # osada: the verb osadać is hardly used
    if word == lemma:
        return _has_participle(lemma, row.participles, language)
    return not _declined(word, lemma)


@lru_cache(maxsize=65536)
def is_participle(word: str, language: str) -> bool:
    """Whether a word has the form of a past participle of a verb in the dictionary: évacués, desenvolvida."""
    known, row = _lemmas(language), language_of(language)
    for ending, infinitive in row.passive:
        found = _pattern(ending).search(word)
        if found and len(stem := word[: found.start()]) > 1 and stem + infinitive in known:
            return _ends(row.infinitive, stem + infinitive)  # more is no verb: mots
    return False


@lru_cache(maxsize=65536)
def is_strong_participle(word: str, language: str) -> bool:
    """Whether a word has the ending of an irregular participle: aperto, hecho, ouvert. Nouns have it too."""
    ending = language_of(language).strong
    return bool(ending) and _ends(ending, word)


@lru_cache(maxsize=65536)
def may_be_verb(word: str, language: str) -> bool:
    """Whether a noun is spelt like a verb form: annonce (annoncer), compra (comprar)."""
    row = language_of(language)
    if not row.participles:
        return False
    plain = _ACCENTED_END.sub("ia", word)  # vacía (vaciar)
    forms = [plain + "r", plain + "re", *([f"{word[:-1]}ir", f"{word.replace('è', 'e')}r"] if language == "fr" else ())]
    return any(_lemmas(language).get(form) == form for form in forms)


def is_infinitive(word: str, language: str) -> bool:
    """Whether a word is a verb in its dictionary form."""
    return _lemmas(language).get(word) == word and is_verb(word, language)


@lru_cache(maxsize=65536)
def is_role(word: str, language: str) -> bool:
    """Whether a capitalised word is a person's role, by its feminine form: Torhüter (Torhüterin), Kultursenator."""
    feminine = language_of(language).feminine
    if not feminine:
        return False
    known = _lemmas(language)
    for start in (0, *starts_of_ends(word, 1, _SHORTEST_ROLE)):
        role = word[start].upper() + word[start + 1 :]
        if role + feminine in known or (role.endswith(feminine) and f"{role}nen" in known):
            return True
    return False


@lru_cache(maxsize=4096)
def has_feminine(word: str, language: str) -> bool:
    """Whether a Romance noun is a person's role by its suffix, or has a masculine and a feminine in the dictionary."""
    if _AGENT.search(word):
        return True
    lemmas = _lemmas(language)
    stem = _GENDER.sub("", word)
    pairs = [(f"{stem}{one}", f"{stem}{other}") for one in ("", "e", "o") for other in ("a", "e", "esa", "ne")]
    for one, other in pairs:
        own = lemmas.get(other) == other and (f"{one[-1:]}{other[-1:]}" == "oa" or other.endswith("esa"))
        if word in (one, other) and one != other and lemmas.get(one) == one and (own or lemmas.get(other) == one):
            return True
    return False


def _without_enclitics(word: str, enclitics: str) -> str:
    found = re.fullmatch(rf"(\w{{2,}}r)(?:{enclitics})", word)
    return found.group(1) if found else ""


def _is_command(word: str, language: str) -> bool:
    """Whether a word is an imperative with a pronoun: tagliatela, cortadlo."""
    row = language_of(language)
    for ending, infinitive in row.imperatives:
        found = _pattern(f"{ending}(?:{row.enclitics})").search(word)
        if found and len(stem := word[: found.start()]) > 1 and _lemmas(language).get(stem + infinitive):
            return word not in _lemmas(language)
    return False


def is_word(word: str, language: str) -> bool:
    """Whether the language's dictionary has this lower-case word; False for languages without a verb rule."""
    return bool(language_of(language).infinitive or language_of(language).clitics) and word in _lemmas(language)


@lru_cache(maxsize=65536)
def lemma_of(word: str, language: str) -> str | None:
    """Return a word's dictionary form; None if the dictionary does not have the word."""
    return _lemmas(language).get(word)


def _has_participle(infinitive: str, endings: tuple[str, ...], language: str) -> bool:
    """Whether a word that is its own lemma is an infinitive, not a noun that looks like one ("quartier", "lugar")."""
    if not endings:
        return True
    known = _lemmas(language)
    if language == "it" and known.get(f"{infinitive[:-1]}i") == infinitive:
        return False  # poteri, militari
    stem = (
        re.sub(r"(?:ться|oir|[aei]re|rre|se|..)$" if language == "it" else r"(?:ться|oir|rre|se|..)$", "", infinitive)
        if not infinitive.endswith("se")
        else infinitive[:-4]
    )
    return any(known.get(stem + ending) == infinitive for ending in endings)


def _declined(word: str, lemma: str) -> bool:
    """Whether a word is another form of a noun or adjective like an infinitive: chiffres, poteri, laitière."""
    feminine = f"{lemma.removesuffix('er')}ère"  # a verb in -ère has another stem: gère, gérer
    return word in (
        f"{lemma[:-1]}i",
        feminine,
        f"{feminine}s",
        *(lemma + ending for ending in ("s", "x", "es", "ओं", "एं", "एँ")),
    )


@lru_cache(maxsize=512)
def _pattern(ending: str) -> re.Pattern[str]:
    return re.compile(f"(?:{ending})$")


def _ends(ending: str, word: str) -> bool:
    return _pattern(ending).search(word[-_LONGEST:]) is not None


def _lemmas(language: str) -> Mapping[str, str]:
    """Return the mapping of word forms to dictionary forms; empty for a language without a dictionary."""
    return lemmas({"no": "nb"}.get(language, language))
