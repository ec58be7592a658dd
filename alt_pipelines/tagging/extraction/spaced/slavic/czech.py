"""Czech phrases by their cases: which words are verbs, where a phrase ends, and which of its forms is a tag.

    "raketa vynese družici Orbis-4"         ->  raketa; Orbis-4
    "Lysá hora", twice                      ->  Lysá hora
    "Etoložka Hana Nová"                    ->  Hana Nová
    "komplikovanými zkouškami", "korun"     ->  no tags
    "zahrady" beside "zahrada"              ->  zahrada

Forms of one phrase are counted together, by dictionary forms; the one nearest to the nominative is the tag. A common
phrase that the article has in an oblique case only is left out, as long as enough other phrases are left. A name of one
word is shown in its dictionary form if the article has that form or the word begins with it (Prostějov(ě)). Source:
Naughton 2005, "Czech: An Essential Grammar", chapters 3 and 7.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.spaced.reading import Placed
from alt_pipelines.tagging.extraction.spaced.slavic.case_forms import dictionary_form, in_forms, nearest_forms
from alt_pipelines.tagging.extraction.words.everyday import EVERYDAY
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.tagging.extraction.words.verbs import lemma_of

_ENOUGH = 8  # distinct phrases that an article keeps at least
_SHORTEST = 4  # letters of a name without its ending
_FULL_NAME = 2  # words
_INFINITIVE = re.compile("(?:[aeiěíáýouy]t|[cs]t|ci)$")
_VERB_ENDING = re.compile("(?:ést|íst|ást|nout|jmout|ít|ýt|moci)$")
# Past forms of verbs that the dictionary lacks, which begin with one of many prefixes: prodražila, znovuotevřelo.
_PAST = re.compile(r"\w{3}(?:[aei]l[aoi]|ěl[aoi]?|oval|uj[eí]|[ae]jí|á[šz]í)$")
_OBLIQUE_UNKNOWN = re.compile("(?:[aey]mi|[áe]ch|[ůo]vi|ům|em|ou|u|ů)$")
_OBLIQUE_ADJECTIVE = re.compile("(?:[éí]ho|[éí]mu|ém|[ýí]ch|[ýí]mi)$")
_COMMON_ADJECTIVE = 1e-5  # share of an adjective that after its noun begins another phrase: pozemky | bývalé
_SHORT_ADJECTIVE = re.compile("[nt][aoiy]?$")
_OBLIQUE = re.compile("(?:ami|emi|[áíe]ch|[ůí]m|em|ou|u|ů|ého|ému|ém|[ýí]mi?|[ýí]ch|ích|ě|ovi|[aey]mi|zi|ci)$")
_UNKNOWN_ADJECTIVE = re.compile("(?:(?:n|sk|ck|ov|iv)(?:[ýáé]|ého|ému|ým|ých|ými)|[^áeě]ní(?:ho|mu|m|ch|mi)?)$")
_COMPARATIVE = re.compile("[eě]?jší$")
_NO_COMPLEMENT = re.compile("(?:[aey]mi|[áe]ch|ům|em|ou|ovi)$")
_OBLIQUE_NAME = re.compile("(?:ami|emi|ách|ech|ům|em|ou|ovi|ého|ému|ským|ských|[^aeiouyáéíóúůý]ě|sku|ska)$")
# Words for a person's occupation or a firm, of those that the dictionary lacks: etoložka, fyzioterapeut.
ROLE = re.compile("(?:žka|čka|nka|telka?|ista|istka|log|[áa]ř(?:ka)?|ník|nice|ec|kyně|eut(?:ka)?|ér|or|átor|ant)$")


@lru_cache(maxsize=65536)
def is_czech_verb(word: str) -> bool:
    """Whether a lower-case word is a finite form, infinitive or short participle: vynese, nepoběží, spokojeni."""
    lemma = lemma_of(word, "cs")
    if lemma is None:
        bare = word[2:] if word.startswith(("ne", "po")) else ""
        return bool(bare and lemma_of(bare, "cs") and is_czech_verb(bare)) or _PAST.search(word) is not None
    if lemma[-1] == "ý" and _SHORT_ADJECTIVE.search(word) and word.startswith(lemma[:-1]):
        return True
    if lemma == "být":
        return True
    return _is_infinitive(lemma) and not (word != lemma and lemma.startswith(word))


@lru_cache(maxsize=65536)
def _is_infinitive(lemma: str) -> bool:
    """Whether a dictionary form is a verb's: it has a past form, or the ending of verbs that change their stem."""
    if _INFINITIVE.search(lemma) is None:
        return False
    return lemma_of(f"{lemma[:-1]}l", "cs") == lemma or _VERB_ENDING.search(lemma) is not None


def parts(run: list[Placed], capitals: Collection[str], pairs: Collection[tuple[str, str]]) -> Iterator[list[Placed]]:
    """Yield the parts of a run, cut where a word is neither an adjective of the next nor its complement.

    A capitalised word and one in lower case that the text repeats together are a name: Kozí hřbet, Lysá hora.

    Args:
        run: content words.
        capitals: the words that have a capital inside a sentence, folded.
        pairs: the adjacent words that the text repeats (``Article.pairs``).
    """
    start = 0
    for at in range(1, len(run)):
        before, word = run[at - 1].token.text, run[at].token.text
        if run[at].link or run[at - 1].link or before[0].isdigit() or word[0].isdigit():
            continue
        if word[0].isupper():
            ends = before.islower()
        elif is_adjective(before) or (before.lower() in capitals and (before, word) in pairs):
            ends = False
        else:
            accusative = word[-1] == "u" and _lemma(word)[-1] == "a"
            ends = accusative or _is_oblique(word, _NO_COMPLEMENT) or (_lemma(word) == word and not is_adjective(word))
        if ends:
            if word[0].islower() or not is_adjective(before):
                yield run[start:at]
            start = at
    while len(run) > start + 1 and _begins_another(run[-2].token.text, run[-1].token.text):
        run = run[:-1]
    yield _without_role(run[start:], capitals)


def _begins_another(before: str, word: str) -> bool:
    """Whether a lower-case adjective at the end of a run is not part of a term, as in včela medonosná."""
    if not word.islower() or not is_adjective(word) or is_adjective(before):
        return False
    return _COMPARATIVE.search(word) is not None or frequency(word, "cs") >= _COMMON_ADJECTIVE


def _without_role(run: list[Placed], capitals: Collection[str]) -> list[Placed]:
    """Return a run without the common noun at the start of a sentence before a full name: Etoložka | Hana Nová."""
    words = [placed.token.text for placed in run]
    if len(words) <= _FULL_NAME or not run[0].token.opens or words[0].lower() in capitals:
        return run
    low = words[0].lower()
    role = (lemma_of(low, "cs") == low or ROLE.search(low) is not None) and not is_adjective(low)
    return run[1:] if role and all(word[0].isupper() for word in words[1:]) else run


def czech_stem(stem: Callable[[str], str]) -> Callable[[str], str]:
    """Return the function that maps a folded word to the stem of its dictionary form."""
    return lambda word: stem(_lemma(word).lower())


def in_nominative(phrases: Sequence[Phrase], title: Collection[str], words: Collection[str]) -> list[Phrase]:
    """Return the phrases, each in the form nearest to the nominative, without common ones in an oblique case only.

    ``title``: the stems of the title's words. ``words``: the words of the article.
    """
    times = Counter(phrase.stems for phrase in phrases)
    nearest = nearest_forms(phrases, _nominatives)
    forms = {stems: _shortened(form, words) for stems, form in nearest.items()}
    unfit = [stems for stems, form in forms.items() if is_no_tag(form, in_title=stems[0] in title)]
    unfit.sort(key=lambda stems: (len(stems) > 1, forms[stems][0][0].isupper(), times[stems]))
    return in_forms(phrases, forms, unfit, _ENOUGH)


def is_no_tag(form: Sequence[str], *, in_title: bool) -> bool:
    """Whether a phrase is oblique, an adjective on its own, or an everyday noun that the title does not have."""
    words = [word.strip() for word in form]
    first, last = words[0], words[-1]
    if len(words) == 1 and is_adjective(first.lower()) and lemma_of(first, "cs") is None:
        return True
    if last.islower() and len(words) > 1 and is_adjective(last) and _OBLIQUE_ADJECTIVE.search(last):
        return True
    if last.islower() and is_adjective(first) and _OBLIQUE_ADJECTIVE.search(first):
        return True
    if first[0].isupper() and lemma_of(first.lower(), "cs") is None:
        return len(words) == 1 and _OBLIQUE_NAME.search(first) is not None
    if len(words) == 1 and first.islower() and not in_title and frequency(_lemma(first), "cs") >= EVERYDAY:
        return True
    if words[-1].islower() and len(words) > 1 and all(map(is_adjective, words)):
        return True
    head = next((word for word in words if not is_adjective(word)), first)
    if _is_oblique(first, _OBLIQUE) or (len(words) == 1 and _is_genitive_plural(first)):
        return True
    if head.islower() and (_is_oblique(head, _OBLIQUE) or _is_singular_oblique(head)):
        return True
    return last.islower() and not is_adjective(first) and _is_oblique(last, _NO_COMPLEMENT)


def _shortened(form: tuple[str, ...], words: Collection[str]) -> tuple[str, ...]:
    """Return one word in its dictionary form, if that is a word of the article or begins it: zahrada, Prostějov(ě)."""
    word = form[0]
    lemma = _lemma(word)
    if len(form) > 1 or lemma.lower() == word.lower() or is_adjective(word.lower()):
        return form
    lemma = lemma.capitalize() if word[0].isupper() else lemma
    begins = len(lemma) >= _SHORTEST and word.startswith(lemma) and (word[0].isupper() or _OBLIQUE.search(word))
    return (lemma,) if lemma in words or begins else form


def _nominatives(words: Sequence[str]) -> int:
    """Count the words that are in their dictionary form, and the adjectives that may be in the nominative."""
    stripped = [word.strip().lower() for word in words]
    return sum(_lemma(word).lower() == word or (is_adjective(word) and word[-1] in "áéí") for word in stripped)


@lru_cache(maxsize=65536)
def is_adjective(word: str) -> bool:
    """Whether the dictionary form of a word ends as an adjective's: nový, jarní; or the word does, if it has none."""
    lemma = lemma_of(word, "cs") or lemma_of(word.lower(), "cs")
    if lemma is None:
        return _UNKNOWN_ADJECTIVE.search(word) is not None
    return lemma.endswith("ý") or (lemma.endswith("ní") and lemma_of(f"{lemma}ho", "cs") == lemma)


def _is_oblique(word: str, endings: re.Pattern[str]) -> bool:
    """Whether a word has one of these endings and not its dictionary form, or one that the dictionary lacks."""
    if endings.search(word) is None:
        return False
    lemma = lemma_of(word, "cs") or lemma_of(word.lower(), "cs")
    if lemma is None:
        return word.islower() and _OBLIQUE_UNKNOWN.search(word) is not None
    return lemma.lower() != word.lower()


def _is_singular_oblique(word: str) -> bool:
    """Whether a noun has an ending that is oblique only for its dictionary form: kole (kolo), družici, hydrologa."""
    lemma = _lemma(word)
    if lemma == word or is_adjective(word):
        return False
    if word[-1] == "e" and lemma[-1] in "ao":
        return not word.endswith("ie")
    if word[-1] == "i" and (lemma[-1] in "eě" or lemma.endswith("ost")):
        return True
    return word == f"{lemma}a" or (lemma.endswith("ek") and word == f"{lemma[:-2]}ka")


def _is_genitive_plural(word: str) -> bool:
    """Whether a word is the genitive plural without an ending, or in -í of a noun in -e: korun, lidí."""
    lemma = _lemma(word)
    if lemma == word or word[0].isupper():
        return False
    return (lemma.startswith(word) and len(lemma) == len(word) + 1) or (word[-1] == "í" and not is_adjective(word))


@lru_cache(maxsize=65536)
def _lemma(word: str) -> str:
    """Return the dictionary form of a word, of a name too; the word itself if the dictionary has none."""
    return dictionary_form(word, (word, word.lower()), "cs")
