"""Swedish phrases: which words are verbs, where a phrase ends, and which form of it is a tag.

    "Nätkostnaden har stigit"              ->  nätkostnad
    "Åklagare Malin Frisk", "ön Tynningö"  ->  Malin Frisk; Tynningö
    "höstens stora nyheter", "Boråsens"    ->  stora nyheter; Boråsen

A noun in the definite form ends a phrase and refers to something that the text has named before, so that it is shown
in the indefinite form with which it begins, if it is a compound or a word of the title. A noun in the genitive belongs
to the noun after it. Source: Holmes and Hinchliffe 2013, "Swedish: A Comprehensive Grammar", chapters 1 and 5.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.spaced.reading import Placed
from alt_pipelines.tagging.extraction.spaced.tokens import Token
from alt_pipelines.tagging.extraction.words.everyday import EVERYDAY
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.tagging.extraction.words.verbs import lemma_of
from alt_pipelines.text.stopwords import word_set

_ENOUGH = 8  # distinct phrases that an article keeps at least
_TELLING = 8  # letters of a noun that is a topic also where the article has it in the definite form only
_SHORTEST_HEAD = 4  # letters of the last part of a compound
_LONGEST_WORD = 40  # letters of a word that is examined for the parts of a compound
_FULL_NAME = 2  # words
_NUMBERED = 2  # words of a name, of which one has its number
_COLON = re.compile("(?<=[A-ZÅÄÖ0-9]):(?:s|n|ns|t|ts|an|ans|en|ens|et|ets)$")  # E4:an, SJ:s
# Verbs whose infinitive is one syllable and has no -a.
_SHORT_VERBS = word_set("be bero bestå bli dö fly få ge gå le må nå se ske slå spå stå så ta tro två")
_VERBAL = re.compile("(?:[ae]?r|[ae]?s|[ai]?ts?|tts?|a?d|(?:a?d|d?d|t)?es?|en|na|[ae]?nde)$")
_NOUNS_IN_A = re.compile("(?:or(?:na)?|an)s?$")  # gruvor, gruvorna, gruvan
_DEFINITE = ("en", "et", "n", "t", "na", "a", "men", "met", "nen", "net")
_PLURAL = re.compile("[aeo]rna$")
_CHANGED = re.compile("(?:[lnr]en|na)$")  # endings of a definite form that does not begin with the indefinite one
# Words for public bodies, which have names in the definite form: Räddningstjänsten.
_BODY = re.compile(
    "(?:verk|myndighet|tjänst|styrels|institut|förening|förbund|råd|nämnd|departement|domstol|inspektion|fack|parti)(?:et|en)$"
)
_ADJECTIVE = re.compile("(?:[^aeiouyåäö]ig|lig|isk|sam|bar|full|lös|artad|mässig)(?:a|t)?$")
_COMPARATIVE = re.compile("(?:are|aste?)$")


@lru_cache(maxsize=65536)
def is_swedish_verb(word: str) -> bool:
    """Whether a lower-case word is a form of a verb and of no noun: stigit, räknas, brinna, bröt, but not gruvor."""
    lemma = lemma_of(word, "sv")
    if lemma is None:
        return False
    if lemma in _SHORT_VERBS:
        return True
    if not lemma.endswith("a") or len(lemma) < _SHORTEST_HEAD - 1:
        return False
    stem = lemma[:-1]
    if all(lemma_of(stem + ending, "sv") != lemma for ending in ("ar", "er", "de", "te", "it", "r")):
        return False
    if word == lemma:
        return lemma_of(f"{stem}an", "sv") != lemma and lemma_of(f"{stem}or", "sv") != lemma
    if not word.startswith(stem):
        return not word.startswith(stem[:-1]) or _VERBAL.search(word) is not None  # bröt, of bryta
    ending = word[len(stem) :]
    return bool(ending) and _NOUNS_IN_A.fullmatch(ending) is None and _VERBAL.fullmatch(ending) is not None


def is_imperative(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word at the start of a sentence is a verb without an ending before its object: Smält | smöret."""
    word = tokens[index].text.lower()
    if not tokens[index].opens or index + 1 >= len(tokens) or not tokens[index + 1].text.islower():
        return False
    object_after = indefinite(tokens[index + 1].text) != tokens[index + 1].text
    return object_after and lemma_of(f"{word}er", "sv") == f"{word}a"


@lru_cache(maxsize=65536)
def indefinite(word: str) -> str:
    """Return the form with which a noun in the definite form begins: avgift(en), elnät(et); others unchanged.

    The dictionary may have only the last part of a compound.
    """
    low = word.lower()
    if len(low) > _LONGEST_WORD:
        return word
    for start in range(max(1, len(low) - _SHORTEST_HEAD)):
        part = low[start:]
        lemma = lemma_of(part, "sv")
        if lemma is None:
            continue
        if _PLURAL.search(part) and lemma_of(part[:-2], "sv") == lemma:
            return word[:-2]
        if lemma == part or not part.startswith(lemma) or part[len(lemma) :] not in _DEFINITE:
            return word
        adjective = part.removeprefix(lemma) in ("a", "t") and (_ADJECTIVE.search(lemma) or lemma[-1] not in "eé")
        return word if adjective or len(lemma) < _SHORTEST_HEAD - 1 else word[: start + len(lemma)]
    return word


@lru_cache(maxsize=65536)
def is_genitive(word: str) -> bool:
    """Whether a word in -s is rather the genitive of a word or name: Gotlands, höstens, but not Lars."""
    base = word.removesuffix("s")
    return len(word) > _SHORTEST_HEAD and base != word and frequency(base, "sv") >= frequency(word, "sv")


def parts(run: list[Placed], capitals: Collection[str]) -> Iterator[list[Placed]]:
    """Yield the parts of a run: names without what describes them, and noun phrases with their last noun.

    ``capitals``: the words that have a capital inside a sentence, folded.
    """
    start = 0
    for at in range(1, len(run)):
        before, word = run[at - 1].token.text, run[at].token.text
        if run[at].link or run[at - 1].link:
            continue
        if _COLON.search(before) or (is_genitive(before) and _is_model(run[at:])):
            yield run[start:at]  # SJ:s | presschef, Flygvapnets | JAS 39 Gripen
            start = at
        elif before.islower() and word[0].isupper():
            start = at  # gruvan | Nautanen: what is before a name describes it
        elif before.islower() and indefinite(before) != before:
            yield run[start:at]
            start = at
    yield _without_role(run[start:], capitals)


def _is_model(name: Sequence[Placed]) -> bool:
    """Whether words are a name with a number in it: JAS 39 Gripen, EX90."""
    words = [placed.token.text for placed in name]
    return not words[0].islower() and any(any(map(str.isdigit, word)) for word in words[:_NUMBERED])


def _without_role(run: list[Placed], capitals: Collection[str]) -> list[Placed]:
    """Return a run without the common noun at the start of a sentence before a full name: Åklagare | Malin Frisk.

    A noun in the definite form describes a name of one word too: Bolaget | Lumira.
    """
    words = [placed.token.text for placed in run]
    if len(words) == _FULL_NAME and run[0].token.opens and words[0].lower() not in capitals:
        described = indefinite(words[0]) != words[0] and _BODY.search(words[0]) is None
        return run[1:] if described and words[1][0].isupper() else run
    if len(run) <= _FULL_NAME or not run[0].token.opens or not all(word[:1].isupper() for word in words[1:]):
        return run
    known = _is_noun(words[0].lower()) and all(word.istitle() for word in words[1:] if word.isalpha())
    return run[1:] if known and not is_genitive(words[0]) else run


@lru_cache(maxsize=65536)
def _is_noun(word: str) -> bool:
    """Whether the dictionary has a word, or the last part of it, other than as an adjective."""
    if _ADJECTIVE.search(word) or len(word) > _LONGEST_WORD:
        return False
    return any(lemma_of(word[start:], "sv") for start in range(max(1, len(word) - _SHORTEST_HEAD)))


def keeps_genitive(before: str, word: str) -> bool:
    """Whether a lower-case word continues a name in the genitive: Gotlands museum, Statens veterinärmedicinska."""
    return is_genitive(before) and indefinite(word) == word and not is_swedish_verb(word)


def in_indefinite(piece: list[Placed], words: Collection[str], capitals: Collection[str]) -> list[Placed]:
    """Return a phrase without the genitive before it or after it, and a noun on its own in the indefinite form.

    ``words``: the words of the article; ``capitals``: those with a capital inside a sentence, folded.
    """
    while piece and piece[0].token.text.islower() and len(piece) > 1 and is_genitive(piece[0].token.text):
        piece = piece[1:]
    while piece and _is_adjective(piece[-1].token.text):
        piece = piece[:-1]
    if not piece:
        return piece
    last, opens = piece[-1].token.text, piece[-1].token.opens
    form = _COLON.sub("", last)
    if form == last and last[0].isupper() and is_genitive(last):
        base = last[:-1]
        form = base if base in words or frequency(base, "sv") > frequency(last, "sv") else last
    elif (
        form == last
        and not last[0].isdigit()
        and (last.islower() or (opens and last.lower() not in capitals and not _BODY.search(last)))
    ):
        form = indefinite(last)
        if form == last and len(piece) == 1 and _CHANGED.search(last) and lemma_of(last.lower(), "sv") != last.lower():
            return []  # pusslen, of pussel
        if form != last and len(piece) > 1 and piece[0].token.text.islower():
            piece = piece[-1:]  # det stora | spelet
    if form == last:
        return piece
    token = piece[-1].token
    return [*piece[:-1], piece[-1]._replace(token=token._replace(text=form, end=token.start + len(form)))]


def _is_adjective(word: str) -> bool:
    """Whether a lower-case word is an adjective by its ending: långvariga, genetiskt, mildare."""
    if not word.islower():
        return False
    lemma = lemma_of(word, "sv")
    if lemma is not None and word == f"{lemma}t" and indefinite(word) == word:
        return True  # klokt
    compared = _COMPARATIVE.search(word) is not None and lemma not in (None, word)
    return compared or (_ADJECTIVE.search(word) is not None and lemma is not None)


def without_common(
    phrases: Sequence[Phrase], title: Collection[str], named: Collection[str], whole: Collection[str]
) -> Sequence[Phrase]:
    """Return the phrases without single common nouns that are everyday, or that are short and only definite.

    ``title`` and ``named``: the stems of the title's words and of names; ``whole``: the words of the article, folded.
    """

    def fit(phrase: Phrase) -> bool:
        word = phrase.words[0].lower()
        if len(phrase.words) > 1 or phrase.stems[0] in named or (word[0].isalpha() and word[-1].isdigit()):
            return True  # E4, also of E4:an
        if is_genitive(phrase.words[0]) and phrase.words[0].islower():
            return False
        if phrase.stems[0] in title:
            return frequency(word, "sv") < EVERYDAY
        return frequency(word, "sv") < EVERYDAY and (word in whole or len(word) >= _TELLING)

    kept = [phrase for phrase in phrases if fit(phrase)]
    return kept if len({phrase.stems for phrase in kept}) >= min(_ENOUGH, len(phrases)) else phrases
