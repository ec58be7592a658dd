"""Whether a word of a spaced language is a verb at its place: the rules of each language, in tables.

    BEFORE_FORM   by the neighbours of the word, or by the form that verbs of the language have
    AFTER_FORM    on words whose form leaves open what they are

Between the two, ``words.verbs.is_verb`` decides by the word's dictionary form. A line begins with the code of the
language or with the property of its row in ``languages`` that the rule belongs to. A rule returns whether the word is a
verb, and None to leave it to the next rule; a word that no rule knows is none.

To give a language a rule of its own, add a line here. Rules that need a page are in the language's module.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.spaced.arabic.names import TITLES as ARABIC_TITLES
from alt_pipelines.tagging.extraction.spaced.arabic.words import (
    BEFORE_CLAUSES,
    is_arabic_verb,
    opens_clause,
    opens_main_clause,
    reads_as_present,
)
from alt_pipelines.tagging.extraction.spaced.germanic.swedish import is_imperative, is_swedish_verb
from alt_pipelines.tagging.extraction.spaced.greek import is_greek_verb
from alt_pipelines.tagging.extraction.spaced.hebrew.verbs import (
    is_abbreviated_name,
    is_finite,
    is_participle,
    may_be_past,
)
from alt_pipelines.tagging.extraction.spaced.hebrew.words import (
    is_before_object,
    is_gendered_present,
    is_hebrew_verb,
    is_name,
    is_present,
)
from alt_pipelines.tagging.extraction.spaced.hindi.words import is_hindi_verb
from alt_pipelines.tagging.extraction.spaced.persian.words import is_persian_verb
from alt_pipelines.tagging.extraction.spaced.reading import (
    BEFORE_INFINITIVES,
    HAS_LETTER,
    Occurrence,
    Reading,
    occurrence,
)
from alt_pipelines.tagging.extraction.spaced.romance import verbs as romance_verbs
from alt_pipelines.tagging.extraction.spaced.slavic.czech import is_czech_verb
from alt_pipelines.tagging.extraction.spaced.slavic.polish import is_third_person
from alt_pipelines.tagging.extraction.spaced.tokens import NUMBER, Token
from alt_pipelines.tagging.extraction.spaced.turkish.verbs import is_copula, is_turkish_verb
from alt_pipelines.tagging.extraction.words.verbs import is_infinitive, is_verb, is_word, may_be_verb
from alt_pipelines.text.stopwords import word_set

Rule = Callable[[Occurrence], bool | None]

_PARTICIPLE_TR = re.compile(r"(?:[dt][ıiuü]ğ[ıiuü]n[ıiuü]|[ae]c[ae]ğ[ıi]n[ıi])$")
_BEFORE_VERBS_AR = word_set("قد لقد لم لن سوف")
_BEFORE_MAIN_CLAUSES_AR = word_set("، ف أن")
_AND_AR = "و"
_OBJECT_HE = "את"
_LONGEST_NAME = 4  # words of a person's name
_LONGEST_PARTICLE = 3  # letters of the small words of foreign names: van, von, ben


def reads_as_verb(tokens: list[Token], index: int, reading: Reading) -> bool:
    """Whether a word is a verb in this place: by its form, unless an article makes it a noun, or by its neighbours."""
    here = occurrence(tokens, index, reading)
    for rule in rules_of(reading.code):
        verdict = rule(here)
        if verdict is not None:
            return verdict
    return False


@lru_cache(maxsize=64)
def rules_of(code: str) -> Sequence[Rule]:
    """Return the rules of a language in their order, by its code and its row."""
    row = language_of(code)

    def own(table: Sequence[tuple[str, Rule]]) -> list[Rule]:
        return [rule for key, rule in table if key == code or getattr(row, key, False)]

    return (*own(BEFORE_FORM), _by_form, *own(AFTER_FORM))


def _by_form(here: Occurrence) -> bool | None:
    if not is_verb(here.word, here.reading.code):
        return None
    return here.reading.row.noun_capitals or not (here.word in here.reading.nouns or here.articled)


def _infinitive(here: Occurrence) -> bool | None:
    """True for an infinitive after a preposition that is spelt like an article: d'approuver, al vencer."""
    if not here.articled or here.before.text.lower() not in BEFORE_INFINITIVES:
        return None
    return here.word not in here.reading.nouns if is_infinitive(here.word, here.reading.code) else None


def _complement(here: Occurrence) -> bool | None:
    """False for a word after "of", unless it is an infinitive: mots de passe."""
    if here.before.text.lower() not in here.reading.row.of or is_infinitive(here.word, here.reading.code):
        return None
    return False


def _in_headline(here: Occurrence) -> bool | None:
    """Whether a noun that is spelt like a verb is one: between two names, or after a name and before an object."""
    tokens, index, reading = here.tokens, here.at, here.reading
    row, before, after = reading.row, here.before, here.after
    if index > 1 and before.text[0].isdigit() and NUMBER.fullmatch(before.text) and tokens[index - 2].text[0].isupper():
        before = tokens[index - 2]  # Windows 11 équipe les bornes
    if here.articled or not HAS_LETTER.search(before.text) or before.text.lower() in reading.stop:
        return False
    unknown = len(here.word) > _LONGEST_PARTICLE and _is_unknown(before.text, reading)
    named = before.text[0].isupper() and (not before.opens or before.text.lower() in reading.capitals or unknown)
    # Not "le CSP quitte la deuxième place", where "La" may be a capital elsewhere.
    may_be_name = after.lower() in reading.capitals and after not in row.articles
    if named and not row.noun_capitals and tokens[index + 1 :] and may_be_name:
        return after[0].isupper() and may_be_verb(here.word, reading.code)  # Nantes renverse Montpellier
    opens_object = after.lower() in row.articles or NUMBER.fullmatch(after) is not None or after.lower() in row.weak
    opens_object = opens_object or index + 1 == len(tokens)  # a headline: Île de Ré rouvre
    links = after.lower() in row.links and after[0] in "dl"  # not "rouvre au public"
    return (named or opens_object) and not links and may_be_verb(here.word, reading.code)


def _is_unknown(word: str, reading: Reading) -> bool:
    """Whether a word at the start of a Romance sentence is a name, because the dictionary lacks it."""
    return reading.row.head_first and not is_word(word.lower(), reading.code)


def _arabic(here: Occurrence) -> bool | None:
    """True after a verbal particle and for the verb that opens a clause, False for a name after a title."""
    before, after = here.before.text, here.after
    if before in _BEFORE_VERBS_AR:
        return True
    if before in ARABIC_TITLES and not reads_as_present(here.word, often=True):
        return False  # الأستاذة نهى, but not الفنان [يقدم]
    joined = before == _AND_AR and here.before.end == here.tokens[here.at].start
    opens = here.tokens[here.at].opens or joined or before in BEFORE_CLAUSES
    if opens and (here.word, after) not in here.reading.inside and opens_clause(here.word):
        return True
    return (before in _BEFORE_MAIN_CLAUSES_AR and opens_main_clause(here.word, after)) or None


def _hebrew(here: Occurrence) -> bool:
    """Whether a word is a verb by its form, as the present or the past after a noun (אשדוד [כבש]), or before את."""
    word, before = here.word, here.before.text
    if is_hebrew_verb(word) or is_finite(word) or is_participle(word) or is_gendered_present(word):
        return True
    inside = HAS_LETTER.search(before) is not None and before not in here.reading.stop
    named = (before.isalpha() and is_name(before)) or is_abbreviated_name(before)
    if inside and (is_present(word) or (named and may_be_past(word))):
        return True
    return here.after == _OBJECT_HE and is_before_object(word)


def _opens_name(here: Occurrence) -> bool | None:
    """False for a word that opens a name: one that fills a line, or that a verb follows (Lucía Armas [ganó])."""
    tokens, at = here.tokens, here.at
    if not tokens[at].opens or not tokens[at].text.istitle() or not here.after.istitle():
        return None
    end = at + 1
    while end < min(len(tokens), at + _LONGEST_NAME) and tokens[end].text.istitle():
        end += 1
    after = tokens[end].text if end < len(tokens) else "\n"
    if after[0] == "\n":  # a title alone has no line beside it, and may be a clause: Muere Pelé
        lines = (at == 0 or tokens[at - 1].text[0] == "\n") and (at > 0 or end < len(tokens))
        return False if lines else None
    finite = after.islower() and after not in here.reading.stop and is_verb(after, here.reading.code)
    return False if finite and not is_infinitive(after, here.reading.code) else None


def _before_end(here: Occurrence) -> bool | None:
    """False for a word inside a clause of a language whose verb is last, unless it is a participle with an ending."""
    return False if HAS_LETTER.search(here.after) and not _PARTICIPLE_TR.search(here.word) else None


BEFORE_FORM: Sequence[tuple[str, Rule]] = (
    ("articles", _infinitive),
    ("of", _complement),
    ("head_first", _opens_name),
    ("clitics", _arabic),
    ("fa", lambda here: is_persian_verb(here.word, here.after) or None),
    ("fr", romance_verbs.inverted),
    ("pt", romance_verbs.with_pronoun),
    ("passive", romance_verbs.opens_with_participle),
    ("tr", lambda here: is_turkish_verb(here.word) or is_copula(here.word) or None),
    ("hi", lambda here: is_hindi_verb(here.word) or None),
    ("pl", lambda here: is_third_person(here.word) or None),
    ("cs", lambda here: is_czech_verb(here.word)),
    ("sv", lambda here: is_swedish_verb(here.word) or is_imperative(here.tokens, here.at)),
    ("proclitics", _hebrew),
    ("verbs_last", _before_end),
    ("passive", romance_verbs.governs_object),
    ("passive", romance_verbs.is_attribute),
    ("clitics", lambda here: is_arabic_verb(here.word) or None),
)
AFTER_FORM: Sequence[tuple[str, Rule]] = (
    ("el", lambda here: is_greek_verb(here.word) or None),
    ("passive", romance_verbs.ends_clause),
    ("participles", _in_headline),
)
