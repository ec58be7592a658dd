"""Nouns joined by a small word that name one thing: trains de nuit, Office français de la biodiversité.

A noun and a complement without an article form a compound noun; a complement with an article is a separate thing (le
coût des trains). A common noun with a capital inside a sentence begins the name of an institution. The name continues
after the small word, in capitals or in lower case.
"""

import re
from itertools import dropwhile

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.languages import Language
from alt_pipelines.tagging.extraction.spaced.germanic.dutch import is_dutch_demonym
from alt_pipelines.tagging.extraction.spaced.germanic.german_nouns import is_common_noun
from alt_pipelines.tagging.extraction.spaced.tokens import Token, is_numeral
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.tagging.extraction.words.verbs import is_infinitive, is_participle, is_word

_WORD = re.compile(r"[^\W\d_]{2,}")
_FULL_NAME = 2  # words
_ABBREVIATION = re.compile(r"[A-Z]{2,}(?:-[a-z]|$)")
_GIVEN = 5e-6  # share of a Dutch given name in the language; surnames are rarer
_OF_PLACE = frozenset({"sur", "à", "en"})  # French
IN_NUMERALS = frozenset({"und", "en", "ën", "et"})  # conjunctions that are parts of numerals: einundzwanzig
_LONGEST_INSTITUTION = 4  # words before the small word: École nationale des arts appliqués ... de


def free_nouns(tokens: list[Token], row: Language) -> frozenset[str]:
    """Return the words, without -s, that also occur outside a single compound: alone, or with different nouns."""
    partners: dict[str, set[str]] = {}
    for index, token in enumerate(tokens):
        if not token.text[0].isalpha() or token.text in row.of:
            continue
        partner = ""
        if index > 1 and tokens[index - 1].text in row.of:
            partner = _bare(tokens[index - 2].text)
        elif index + 2 < len(tokens) and tokens[index + 1].text in row.of:
            partner = _bare(tokens[index + 2].text)
        partners.setdefault(_bare(token.text), set()).add(partner)
    return frozenset(word for word, found in partners.items() if len(found) > 1)


def _bare(word: str) -> str:
    return word.lower().removesuffix("s")


def is_compound(
    tokens: list[Token], index: int, run: list[Token], free: frozenset[str], code: str, row: Language
) -> bool:
    """Whether the small word at ``index`` joins the run of words before it to its complement.

    The noun must not occur alone: "huelga de pilotos" is two things in a text that also has "la huelga". A participle
    is not a head, because what follows it is an agent or a cause.
    """
    if tokens[index].text.lower() not in row.of or not run or index + 1 >= len(tokens):
        return False
    head, complement = run[-1], tokens[index + 1].text
    small = complement in row.links or complement in row.articles
    if small or not complement.islower() or not _WORD.fullmatch(complement) or _bare(head.text) in free:
        return False
    if not _WORD.fullmatch(head.text.replace("-", "")) or is_infinitive(complement, code):
        return False
    return not (is_participle(head.text.lower(), code) or head.text.isupper())


def is_institution(tokens: list[Token], index: int, run: list[Token], code: str, row: Language) -> bool:
    """Whether the words before the small word at ``index`` begin the name of an institution.

    They do if the first one is a common noun with a capital that is not due to the start of a sentence.
    """
    if not row.of or not begins_like_of(tokens[index].text.lower(), row):
        return False
    run = list(dropwhile(lambda token: token.text.islower(), run))  # l'association Les Amis de
    if not run or len(run) > _LONGEST_INSTITUTION:
        return False
    first = run[0]
    common = first.text.istitle() and not first.opens and is_word(first.text.lower(), code)
    return common and not any(token.text[0].isupper() and not is_word(token.text.lower(), code) for token in run)


def joins_two_names(tokens: list[Token], index: int, run: list[Token], code: str, row: Language) -> bool:
    """Whether the small word at ``index`` is outside the names on both sides of it.

    It is after a person's full name (Jac Veldman van Team Reggeborgh, Femke Terpstra van Greenpeace), and in German
    before one (Regie von Karla Vogt). The small words of place between two names are outside both (Sophie Binet sur
    France Inter): names have hyphens there, as in Chalon-sur-Saône.
    """
    if run and tokens[index].text in _OF_PLACE:
        return True
    if code == "nl" and tokens[index].text == "van" and _is_dutch_person(run, tokens[index - 2].text):
        return True
    after = [token.text for token in tokens[index + 1 : index + 1 + _FULL_NAME]]
    if not run or len(after) < _FULL_NAME or not all(word[0].isupper() for word in after):
        return False
    if row.noun_capitals:
        return not is_common_noun(after[0])
    full = len(run) >= _FULL_NAME and all(token.text[0].isupper() for token in run)
    if code == "nl":
        return full or _ABBREVIATION.match(run[-1].text) is not None  # DNA-onderzoek van Wageningen Environmental ...
    known = is_word(after[0].lower(), code) or is_word(after[0], code)
    return row.names_end and full and known


def _is_dutch_person(run: list[Token], before: str) -> bool:
    """Whether words end in a given name, which is no Dutch word and no adjective of a place, and a surname.

    A frequent word is a second given name, and what follows is the surname (Anne Marie van Gaal), unless an article is
    ``before`` it (Sanne de Wit van Deventer).
    """
    if len(run) < _FULL_NAME or not run[-1].text.istitle():
        return False
    if before != "de" and frequency(run[-1].text, "nl") > _GIVEN:
        return False
    given = run[-_FULL_NAME].text
    known = is_word(given.lower(), "nl") or is_word(given, "nl") or is_dutch_demonym(given)
    return given.isalpha() and given.istitle() and not known


def joins_firm(tokens: list[Token], index: int) -> bool:
    """Whether the ampersand at ``index`` is between two capitalised words of a firm's name: Kessler & Vogt."""
    if index == 0 or index + 1 >= len(tokens):
        return False
    before, sign, after = tokens[index - 1 : index + 2]
    spaced = (before.end + 1, sign.end + 1) == (sign.start, after.start)
    return spaced and before.text[0].isupper() and after.text[0].isupper()


def without_halves(phrases: list[Phrase]) -> list[Phrase]:
    """Return the phrases except single words that are half of a firm's name: Vogt, beside Kessler & Vogt."""
    halves = {stem for phrase in phrases if "&" in phrase.stems for stem in phrase.stems}
    return [p for p in phrases if len(p.stems) > 1 or p.stems[0] not in halves] if halves else phrases


def begins_like_of(small: str, row: Language) -> bool:
    """Whether a small word is "of", with or without an article: de, du, des, del, della."""
    return any(small[0] == of[0] for of in row.of)


def is_number(word: str, row: Language) -> bool:
    """Whether a word is a number, in digits or in words.

    An article does not count, even if it also means "one"; nor does the conjunction inside numerals (vingt et un).
    """
    low = word.lower()
    if word[0].isdigit():
        return True
    return bool(row.numerals) and not (low in row.articles or low in IN_NUMERALS) and is_numeral(low, row.numerals)


def is_free(word: str, free: frozenset[str]) -> bool:
    """Whether a word is one of ``free_nouns``."""
    return _bare(word) in free
